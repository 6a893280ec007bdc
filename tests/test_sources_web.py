"""Pages and feeds, from a server of our own on this machine."""

import gzip
import threading
import time
import zlib
from contextlib import contextmanager, suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from test_sources_files import BODY, read

from legation.sources import Visits, addresses, fetching
from legation.sources.addresses import is_public

pytest.importorskip("httpx")
pytest.importorskip("feedparser")
HTML = {"Content-Type": "text/html; charset=utf-8"}


def page(words):
    article = f"<article><p>{BODY} {words}</p></article>"
    body = f"<html><head><title>{words}</title></head><body>{article}</body></html>"
    return 200, HTML, body.encode()


def feed(base, *entries):
    items = "".join(
        f"<item><title>{title}</title><link>{base}{link}</link><pubDate>{date}</pubDate>{more}</item>"
        for title, link, date, more in entries
    )
    head = '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    body = f"{head}<channel><title>The Paper</title>{items}</channel></rss>"
    return 200, {"Content-Type": "application/rss+xml", "ETag": '"feed1"'}, body.encode()


@contextmanager
def site(answers):
    """Serve a dictionary of path: (status, headers, body) or a list of these, one for each request."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, dict(self.headers)))
            answer = answers.get(self.path, (404, {}, b""))
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            status, headers, body = answer
            if "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.end_headers()
            if isinstance(body, bytes):
                self.wfile.write(body)
            else:
                for piece in body():
                    self.wfile.write(piece)

        def log_message(self, *args):
            pass

        def handle(self):
            with suppress(ConnectionError):
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def fetch(*urls, **more):
    return read(*urls, allow_private=True, **({"pace": 0.0} | more))


def test_a_page_becomes_an_article():
    with site({"/a": page("Army attacks")}) as (base, asked):
        (article,), refusals, _ = fetch(f"{base}/a")
    assert article.text == f"{BODY} Army attacks"
    assert (article.title, article.url, article.fetched is not None) == ("Army attacks", f"{base}/a", True)
    assert not refusals
    assert asked[0][0] == "/robots.txt"
    assert asked[1][1]["User-Agent"].startswith("Legation/")
    assert asked[1][1]["Host"] == base.removeprefix("http://")


def test_private_addresses_are_refused_by_default():
    with site({"/a": page("x")}) as (base, asked):
        for url in (f"{base}/a", base.replace("127.0.0.1", "localhost"), base.replace("127.0.0.1", "[::1]")):
            articles, (refusal,), _ = read(url)
            assert not articles
            assert "is the private address" in refusal.reason
            assert refusal.mend == "give --allow-private to read it"
        assert not asked


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("10.1.2.3", False), ("169.254.169.254", False),
        ("127.0.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False), ("fe80::1", False),  # noqa: S104
        ("fc00::1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False),
        ("100.64.0.1", False), ("64:ff9b::808:808", True),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address, public):
    assert is_public(ip_address(address)) is public


def test_each_hop_of_a_redirect_is_checked(monkeypatch):
    def look_up(host, port, *_, **__):
        return [(2, 1, 6, "", ("127.0.0.2" if host == "inner.example" else "127.0.0.1", port))]

    with site({"/go": (302, {"Location": "http://inner.example/a"}, b"")}) as (base, _):
        monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)
        monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "127.0.0.1")
        _, (refusal,), _ = read(f"{base.replace('127.0.0.1', 'outer.example')}/go", pace=0.0)
    assert "inner.example is the private address 127.0.0.2" in refusal.reason


def test_redirects_are_followed_within_http_and_not_for_ever():
    answers = {
        "/a": (301, {"Location": "/b"}, b""),
        "/b": page("Moved"),
        "/file": (302, {"Location": "file:///etc/passwd"}, b""),
        "/loop": (302, {"Location": "/loop"}, b""),
        "/none": (302, {}, b""),
    }
    with site(answers) as (base, _):
        (article,), refusals, _ = fetch(*(f"{base}{path}" for path in ("/a", "/file", "/loop", "/none")))
    assert article.url == f"{base}/b"
    assert [r.reason for r in refusals] == [
        "it leads to file:///etc/passwd, which is no http or https address",
        "it was redirected more than 10 times",
        "the server answered 302",
    ]


def test_robots_are_obeyed():
    rules = b"User-agent: legation\nDisallow: /no\n\nUser-agent: *\nDisallow: /\n"
    with site({"/robots.txt": (200, {}, rules), "/no": page("x"), "/yes": page("y")}) as (base, asked):
        articles, (refusal,), _ = fetch(f"{base}/no", f"{base}/yes")
    assert [article.title for article in articles] == ["y"]
    assert refusal.reason == "robots.txt of 127.0.0.1 forbids reading it"
    assert [path for path, _ in asked] == ["/robots.txt", "/yes"]


def test_a_site_whose_rules_cannot_be_had_is_left_alone():
    with site({"/robots.txt": (503, {}, b""), "/a": page("x")}) as (base, asked):
        articles, refusals, _ = fetch(f"{base}/a")
    assert not articles
    assert refusals[0].reason == "its robots.txt cannot be had, the server answered 503"
    assert "/a" not in [path for path, _ in asked]


def test_failures_that_pass_are_tried_again_and_others_not():
    answers = {"/a": [(503, {}, b""), (429, {"Retry-After": "0"}, b""), page("x")], "/gone": (410, {}, b"")}
    with site(answers) as (base, asked):
        (article,), (refusal,), _ = fetch(f"{base}/a", f"{base}/gone")
    assert article.title == "x"
    assert refusal.reason == "the server answered 410"
    assert [path for path, _ in asked].count("/gone") == 1


def test_a_server_that_is_not_there_costs_a_line():
    with site({}) as (base, _):
        pass
    _, (refusal, other), _ = fetch(f"{base}/a", "http://no-such-host.invalid/")
    assert "cannot be reached" in refusal.reason
    assert other.reason == "the host no-such-host.invalid is not known"


def test_answers_have_limits():
    pack = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    bomb = b"".join(pack.compress(bytes(1 << 20)) for _ in range(50)) + pack.flush()
    answers = {
        "/large": (200, HTML, lambda: (b"x" * (1 << 20) for _ in range(100))),
        "/bomb": (200, HTML | {"Content-Encoding": "gzip"}, bomb),
        "/torn": (200, HTML | {"Content-Encoding": "gzip"}, b"no gzip"),
        "/odd": (200, HTML | {"Content-Encoding": "br"}, b"x"),
        "/packed": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(page("Packed")[2])),
        "/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7"),
        "/data": (200, {"Content-Type": "application/octet-stream"}, b"abc"),
        "/text": (200, {"Content-Type": "text/plain"}, f"Title\n\n{BODY}".encode()),
    }
    with site(answers) as (base, _):
        articles, refusals, _ = fetch(*(f"{base}{path}" for path in answers))
    assert [article.title for article in articles] == ["Packed", "Title"]
    assert [r.reason for r in refusals] == [
        "the answer is larger than 10 MB",
        "the answer is larger than 10 MB",
        "the answer is damaged",
        "the server packs its answer as br",
        "this is a PDF document, not text",
        "this is application/octet-stream, not a page or a feed",
    ]


def test_an_answer_that_dribbles_is_given_up(monkeypatch):
    monkeypatch.setattr(fetching, "_WHOLE_SECONDS", 0.2)

    def dribble():
        while True:
            time.sleep(0.05)
            yield b"x"

    with site({"/a": (200, HTML, dribble)}) as (base, _):
        _, (refusal,), _ = fetch(f"{base}/a")
    assert "takes longer than" in refusal.reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://x.org/a", "ftp addresses are not read"),
        ("file:///etc/passwd", "file addresses are not read"),
        ("http://user:word@127.0.0.1/a", "there is a password in the address"),
        ("http://127.0.0.1:99999/a", "this is no address that can be read"),
        ("http://[::1/a", "this is no address that can be read"),
        ("http:///a", "which is no http or https address"),
    ],
)
def test_odd_addresses_are_refused(url, reason):
    articles, (refusal,), _ = fetch(url)
    assert not articles
    assert reason in refusal.reason


def test_a_feed_leads_to_its_pages():
    long = f"<p>{BODY}</p>" * 12
    with site({"/1": page("One"), "/2": (404, {}, b"")}) as (base, asked):
        full = f"<content:encoded><![CDATA[{long}]]></content:encoded>"
        answers = {
            "/feed": feed(
                base,
                ("One &amp; only", "/1", "Fri, 10 Jan 2020 08:00:00 GMT", ""),
                ("Two", "/2", "Fri, 10 Jan 2020 08:00:00 GMT", ""),
                ("Three", "/3", "someday", full),
            )
        }
        with site(answers) as (other, _):
            articles, (refusal,), notes = fetch(f"{other}/feed")
    assert [(a.title, str(a.published)) for a in articles] == [
        ("One & only", "2020-01-10 08:00:00+00:00"),
        ("Three", "None"),
    ]
    assert articles[1].text.count(BODY) == 12
    assert articles[1].publisher == "The Paper"
    assert (refusal.name, refusal.reason) == (f"{base}/2", "the server answered 404")
    assert "'someday' is no date" in notes[0]
    assert "/3" not in [path for path, _ in asked]


def test_broken_feeds_are_refused():
    answers = {
        "/empty": (200, {"Content-Type": "text/xml"}, b"<rss version='2.0'><channel></channel></rss>"),
        "/laughs": (200, {}, b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss><channel/></rss>'),
    }
    with site(answers) as (base, _):
        articles, refusals, _ = fetch(*(f"{base}{path}" for path in answers))
    assert not articles
    assert [r.reason for r in refusals] == [
        "there are no entries in this feed",
        "this feed defines entities of its own, which is not read",
    ]


def test_what_has_not_changed_is_not_fetched_again(tmp_path):
    answers = {}
    with site(answers) as (base, asked):
        status, headers, body = page("One")
        answers["/1"] = (
            status,
            headers | {"ETag": '"p1"', "Last-Modified": formatdate(0, usegmt=True)},
            body,
        )
        answers["/feed"] = feed(base, ("One", "/1", "Fri, 10 Jan 2020 08:00:00 GMT", ""))
        visits = Visits(tmp_path / "visited.json")
        articles, _, _ = fetch(f"{base}/feed", visits=visits)
        assert len(articles) == 1
        visits.save()
        articles, refusals, notes = fetch(f"{base}/feed", visits=Visits(tmp_path / "visited.json"))
        assert (articles, refusals) == ([], [])
        assert notes == [f"{base}/feed: not changed since it was last read"]
        status, headers, body = answers["/feed"]
        answers["/feed"] = (status, headers | {"ETag": '"feed2"'}, body)
        articles, refusals, _ = fetch(f"{base}/feed", visits=Visits(tmp_path / "visited.json"))
        assert (articles, refusals) == ([], [])
    assert asked[-1][1]["If-None-Match"] == '"p1"'


def test_a_feed_with_a_page_that_failed_is_read_again(tmp_path):
    answers = {}
    with site(answers) as (base, _):
        answers["/feed"] = feed(base, ("One", "/1", "Fri, 10 Jan 2020 08:00:00 GMT", ""))
        visits = Visits(tmp_path / "visited.json")
        fetch(f"{base}/feed", visits=visits)
        visits.save()
        answers["/1"] = page("One")
        (article,), _, _ = fetch(f"{base}/feed", visits=Visits(tmp_path / "visited.json"))
    assert article.title == "One"


def test_a_host_is_asked_no_faster_than_its_pace():
    with site({"/a": page("a"), "/b": page("b")}) as (base, _):
        start = time.monotonic()
        articles, _, _ = fetch(f"{base}/a", f"{base}/b", pace=0.2)
    assert len(articles) == 2
    assert time.monotonic() - start >= 0.4
