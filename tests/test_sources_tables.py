"""Tables of articles: JSONL, CSV, TSV, Parquet and WARC."""

import gzip
import json
from datetime import date

import duckdb
import pytest
from test_sources_files import BODY, FRENCH, put, read

from legation.sources import Columns


def lines(*rows):
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows) + "\n"


def test_jsonl_keeps_what_is_good_and_names_each_bad_line(tmp_path):
    content = lines(
        {
            "id": "1",
            "Headline": "Army attacks",
            "body": BODY,
            "date": "2020-01-10T08:00:00Z",
            "url": "https://x/1",
        },
        '{"body": "cut',
        "",
        "[1, 2]",
        {"headline": "no text"},
        {"body": "", "id": 5},
        {"body": BODY, "date": "2020-13-45"},
        {"body": BODY, "date": "2999-01-01"},
        {"body": BODY, "date": "1066-10-14"},
        {"body": BODY, "date": "11/01/2020"},
        {"body": FRENCH},
        {"body": ["One.", "Two."], "id": "../../etc/passwd"},
        '{"body": "a\\ud800b\\u0000c"}',
        '{"body": ' + "[" * 100_000,
    )
    articles, refusals, _ = read(put(tmp_path, "a.jsonl", content), date=date(2020, 1, 11))
    assert [(a.id if a.id[0] != "a" else "", a.title, str(a.published)) for a in articles] == [
        ("1", "Army attacks", "2020-01-10 08:00:00+00:00"),
        ("../../etc/passwd", None, "2020-01-11"),
        ("", None, "2020-01-11"),
    ]
    assert articles[1].text == "One.\n\nTwo."
    assert articles[2].text == "a b c"
    told = {int(r.name.rsplit(" ", 1)[1]): r.reason for r in refusals}
    assert list(told) == [2, 4, 5, 6, 7, 8, 9, 10, 11, 14]
    assert "this is no JSON" in told[2]
    assert told[4] == "this is no JSON object"
    assert told[5] == "no column holds the text, there are headline"
    assert told[6] == "there is no text in it"
    assert told[7] == "'2020-13-45' is no date"
    assert told[8] == "the date '2999-01-01' lies in the future"
    assert told[9] == "the date '1066-10-14' lies before 1800"
    assert told[10] == "'11/01/2020' could be two days"
    assert "nested too deep" in told[14]


def test_a_text_that_is_no_string_is_refused_by_name(tmp_path):
    odd = (5, 1.5, True, ["One.", 2])
    content = lines(*({"text": value} for value in odd), {"text": BODY, "title": 1984}, {"text": None})
    (article,), refusals, _ = read(put(tmp_path, "a.jsonl", content))
    assert (article.text, article.title) == (BODY, "1984")
    assert [refusal.reason for refusal in refusals] == [
        "'text' must be a string, and it is a number",
        "'text' must be a string, and it is a number",
        "'text' must be a string, and it is true or false",
        "'text' must be a string, and it is a number",
        "there is no text in it",
    ]
    assert refusals[0].name.endswith("a.jsonl, line 1")


def test_json_lists_and_nested_objects_are_read(tmp_path):
    listed = json.dumps([{"text": BODY, "source": {"name": "Paper"}}, 3, {"text": f"{BODY} 2"}], indent=1)
    articles, (refusal,), _ = read(put(tmp_path, "a.json", listed))
    assert len(articles) == 2
    assert refusal.name.endswith("article 2")
    row = json.dumps({"text": BODY, "source": {"name": "Paper"}})
    (article,), _, _ = read(put(tmp_path, "b.jsonl", row), columns=Columns(publisher="source.name"))
    assert article.publisher == "Paper"


def test_a_file_of_objects_without_a_text_is_refused_once(tmp_path):
    articles, (refusal,), _ = read(put(tmp_path, "a.jsonl", lines(*[{"name": "x", "size": 3}] * 500)))
    assert not articles
    assert refusal.reason == "no column holds the text, there are name, size"
    assert refusal.mend == "name it with --text-column"


@pytest.mark.parametrize(
    ("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.csv.gz", ",")]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimited_tables_are_read(tmp_path, name, mark, encoding):
    data = mark.join(["Title", "Full text", "Pub-Date"]) + "\r\n"
    data += mark.join(["Café", f'"{BODY}\nA ""second"" line."', "Jan 10, 2020"]).replace(
        "Jan 10, 2020", '"Jan 10, 2020"'
    )
    packed = data.encode(encoding)
    path = put(tmp_path, name, gzip.compress(packed) if name.endswith("gz") else packed)
    (article,), refusals, _ = read(path)
    assert not refusals
    assert (article.title, article.text) == ("Café", f'{BODY}\nA "second" line.')
    assert article.published == date(2020, 1, 10)


def test_rows_that_do_not_fit_the_head_are_refused_by_line(tmp_path):
    content = f'title,text\nA,"{BODY}\nmore"\nB,{BODY}\nC\nD,Short text,,\n'
    articles, refusals, _ = read(put(tmp_path, "a.csv", content))
    assert [a.title for a in articles] == ["A", "D"]
    assert [r.name.rsplit(", ", 1)[1] for r in refusals] == ["line 4", "line 5"]
    assert refusals[0].reason == "3 cells stand where the head names 2"


def test_a_column_that_is_not_there_is_met_with_those_that_are(tmp_path):
    path = put(tmp_path, "a.csv", f"headline,story_body,n\nA,{BODY[:20]},1\n")
    _, (guessed,), _ = read(path)
    assert str(guessed).endswith(
        "no column holds the text, there are headline, story_body, n (name it with --text-column)"
    )
    _, (close,), _ = read(path, columns=Columns(text="storybodi"))
    assert close.mend == "did you mean --text-column story_body?"
    (article,), _, _ = read(path, columns=Columns(text="story_body", title="headline"))
    assert article.title == "A"


def test_an_open_quotation_mark_costs_no_more_than_20_megabytes(tmp_path):
    content = b'title,text\nA,"' + b"word " * 4_500_000
    articles, refusals, _ = read(put(tmp_path, "a.csv", content))
    assert not articles
    assert "larger than 20 MB" in refusals[0].reason


def test_a_word_of_its_own_says_that_a_text_is_english(tmp_path):
    (article,), _, _ = read(put(tmp_path, "a.jsonl", lines({"text": FRENCH, "language": "en-GB"})))
    assert article.text == FRENCH


def test_parquet_is_read_and_a_broken_one_refused(tmp_path):
    path = tmp_path / "a[1].parquet"
    with duckdb.connect() as database:
        database.execute('create table t("the text" varchar, day date, seen timestamptz, n int)')
        database.execute("insert into t values (?, '2020-01-10', now(), 1), (null, null, null, 2)", [BODY])
        database.execute(f"copy t to '{path}' (format parquet)")
    (article,), (empty,), _ = read(path, columns=Columns(text="the text", date="day"))
    assert (article.text, article.published) == (BODY, date(2020, 1, 10))
    assert empty.name.endswith("row 2")
    _, (missing,), _ = read(path)
    assert "there are the text, day, seen, n" in missing.reason
    for content in (b"PAR1 not really PAR1", path.read_bytes()[:200], b""):
        _, (broken,), _ = read(put(tmp_path, "b.parquet", content))
        assert "Parquet" in broken.reason


def page(body):
    article = f"<article><p>{body}</p><p>{body}</p></article>"
    return f"<html><head><title>T</title></head><body>{article}</body></html>".encode()


def record(kind, url, content, **more):
    headers = {"WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": "2020-01-11T10:00:00Z", **more}
    lines = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
    return f"WARC/1.0\r\n{lines}Content-Length: {len(content)}\r\n\r\n".encode() + content + b"\r\n\r\n"


def response(url, kind, status, body, **more):
    headers = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in more.items())
    head = f"HTTP/1.1 {status} x\r\nContent-Type: {kind}\r\n{headers}\r\n".encode()
    return record("response", url, head + body)


def test_warc_pages_are_read_and_the_rest_passed_over(tmp_path):
    packed = gzip.compress(page(f"{BODY} Packed."))
    chunked = (
        b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (packed[:50], packed[50:])) + b"0\r\n\r\n"
    )
    parts = [
        record("warcinfo", "", b"software: test"),
        record("request", "https://x.org/1", b"GET / HTTP/1.1\r\n\r\n"),
        response("https://x.org/1", "text/html; charset=utf-8", 200, page(BODY)),
        response("https://x.org/2", "image/png", 200, b"\x89PNG"),
        response("https://x.org/3", "text/html", 404, page("gone")),
        response("https://x.org/4", "text/html", 200, b"<html></html>"),
        response("https://x.org/5", "text/html", 200, page(FRENCH)),
        response(
            "https://x.org/6", "text/html", 200, chunked, Transfer_Encoding="chunked", Content_Encoding="gzip"
        ),
        record("conversion", "https://x.org/7", f"Army attacks\n\n{BODY} Text.".encode()),
        response("https://x.org/8", "text/html", 200, b"x" * (11 << 20)),
    ]
    for name, data in (("a.warc", b"".join(parts)), ("a.warc.gz", b"".join(map(gzip.compress, parts)))):
        articles, refusals, notes = read(put(tmp_path, name, data))
        assert [article.url[-1] for article in articles] == ["1", "6", "7"]
        assert articles[0].text == BODY
        assert articles[1].text.endswith("Packed.")
        assert articles[2].title == "Army attacks"
        assert str(articles[0].fetched) == "2020-01-11 10:00:00+00:00"
        assert [r.name[-1] for r in refusals] == ["4", "5", "8"]
        assert "2 of 8 records are no pages" in notes[0]


def test_a_damaged_archive_gives_what_stands_before_the_damage(tmp_path):
    good = response("https://x.org/1", "text/html", 200, page(BODY))
    for tail, reason in (
        (good[:-40], "cut short"),
        (b"noise\n", f"damaged from byte {len(good):,} on"),
        (b"WARC/1.0\r\n\r\n", "damaged"),
    ):
        (article,), (refusal,), _ = read(put(tmp_path, "a.warc", good + tail))
        assert article.url == "https://x.org/1"
        assert reason in refusal.reason
    _, (other,), _ = read(put(tmp_path, "b.warc", b"not a warc at all"))
    assert other.reason == "this is no WARC archive"
