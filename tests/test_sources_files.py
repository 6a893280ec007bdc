"""Files of text and HTML, good and bad, through the one way in."""

import gzip
import os
import zlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.records import Article
from legation.sources import Options, Refusal, open_sources

BODY = (
    "The army attacked the town on Friday, and the president said that they would talk to the rebels there."
)
FRENCH = (
    "Le président de la République a rencontré hier à Paris son homologue pour parler de la situation au "
    "Mali, où des soldats ont été tués dans une attaque contre leur base."
)


def read(*names, **more):
    notes = []
    options = Options(note=lambda name, remark: notes.append(f"{name}: {remark}"), **more)
    found = list(open_sources([str(name) for name in names], options))
    return (
        [item for item in found if isinstance(item, Article)],
        [item for item in found if isinstance(item, Refusal)],
        notes,
    )


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("content", "url", "title", "text"),
    [
        (f"Army attacks\n\n{BODY}", None, "Army attacks", BODY),
        (f"https://x.org/1\n\nArmy attacks?\r\n\r\n{BODY}", "https://x.org/1", "Army attacks?", BODY),
        (f"https://x.org/1\n{BODY}\n\nMore.", "https://x.org/1", None, f"{BODY}\n\nMore."),
        (f"Army attacks.\n\n{BODY}", None, None, f"Army attacks.\n\n{BODY}"),
        (f"He said “no.”\n\n{BODY}", None, None, f"He said “no.”\n\n{BODY}"),
        (f"Army attacks\n{BODY}", None, None, f"Army attacks\n{BODY}"),
        (f"{'long ' * 30}\n\n{BODY}", None, None, f"{'long ' * 30}\n\n{BODY}"),
        ("Army attacks town", None, None, "Army attacks town"),
    ],
)
def test_a_text_file_gives_url_title_and_text(tmp_path, content, url, title, text):
    (article,), refusals, _ = read(put(tmp_path, "a.txt", content))
    assert (article.url, article.title, article.text) == (url, title, text)
    assert not refusals


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (f"\ufeff{BODY} Überfall".encode(), f"{BODY} Überfall"),
        (f"{BODY} Überfall".encode("utf-16"), f"{BODY} Überfall"),
        (f"{BODY} Überfall".encode("utf-16-le"), f"{BODY} Überfall"),
        (f"{BODY} Überfall".encode("utf-16-be"), f"{BODY} Überfall"),
        (f"{BODY} “café” — Überfall".encode("cp1252"), f"{BODY} “café” — Überfall"),
        (f"{BODY} café".encode("latin-1"), f"{BODY} café"),
    ],
)
def test_encodings_are_told_apart(tmp_path, data, expected):
    (article,), _, notes = read(put(tmp_path, "a.txt", data))
    assert article.text == expected
    assert not notes


def test_a_broken_byte_is_replaced_and_noted(tmp_path):
    data = f"“{BODY}” — café ".encode() + b"\xff and more."
    (article,), _, notes = read(put(tmp_path, "a.txt", data))
    assert article.text == f"“{BODY}” — café \ufffd and more."
    assert "1 broken byte" in notes[0]


def test_control_and_hidden_characters_never_reach_an_article(tmp_path):
    data = f"{BODY}\x1b[31m red\x00 so\u00adft \u202eright\u2028next\r\nline".encode()
    (article,), _, notes = read(put(tmp_path, "a.txt", data))
    assert article.text == f"{BODY} [31m red  soft right\nnext\nline"
    assert "2 control characters" in notes[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "this file is empty"),
        (b" \n\n\t ", "there is no text in it"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a PNG image"),
        (b"\xff\xd8\xff\xe0" + b"x" * 50, "a JPEG image"),
        (b"%PDF-1.7\n" + BODY.encode(), "a PDF document"),
        (b"PK\x03\x04" + b"x" * 50, "a ZIP archive"),
        (b"\x7fELF" + bytes(200), "a program"),
        (bytes(range(256)) * 40, "binary data"),
        (os.urandom(5000), "binary data"),
        (b"\0" * 5000, "binary data"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, data, reason):
    articles, (refusal,), _ = read(put(tmp_path, "a.txt", data))
    assert not articles
    assert reason in refusal.reason


def test_a_text_that_is_too_large_is_refused_with_a_mend(tmp_path):
    articles, (refusal,), _ = read(put(tmp_path, "a.txt", b"word " * 5_000_000))
    assert not articles
    assert "larger than 20 MB" in refusal.reason
    assert refusal.mend == "split it, or give JSONL with one article a line"


def test_a_run_without_spaces_is_left_out_and_the_article_kept(tmp_path):
    (article,), _, notes = read(put(tmp_path, "a.txt", f"{BODY}\n\n{'x' * 1_000_000}\n\nMore."))
    assert article.text == f"{BODY}\n\n…\n\nMore."
    assert "1 run of more than 1000" in notes[0]


def test_gzip_is_unpacked_and_a_damaged_one_refused(tmp_path):
    packed = gzip.compress(BODY.encode() * 100)
    good = put(tmp_path, "a.txt.gz", packed)
    cut = put(tmp_path, "b.txt.gz", packed[:-20])
    torn = put(tmp_path, "c.txt.gz", packed[:30] + b"\0" * 8 + packed[38:])
    articles, refusals, _ = read(good, cut, torn)
    assert len(articles) == 1
    assert [r.reason for r in refusals] == ["this gzip file is damaged or cut short"] * 2


@pytest.mark.parametrize(
    "name", ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.csv.gz", "bomb.html.gz", "bomb.warc.gz"]
)
def test_a_gzip_bomb_is_refused(tmp_path, name):
    start = {
        "jsonl": b'{"text": "',
        "csv": b"text\n",
        "warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900000000\r\n\r\n",
    }
    pack = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    data = pack.compress(start.get(name.split(".")[1], b"")) + b"".join(
        pack.compress(b" " * (1 << 20)) for _ in range(120)
    )
    articles, refusals, _ = read(put(tmp_path, name, data + pack.flush()))
    assert not articles
    assert "larger than" in refusals[0].reason or "200 times" in refusals[0].reason


def test_folders_are_read_in_order_and_unknown_files_named(tmp_path):
    put(tmp_path, "b/2.txt", f"{BODY} Two.")
    put(tmp_path, "b/1.txt", f"{BODY} One.")
    put(tmp_path, "a.html", f"<html><body><article><p>{BODY} {BODY}</p></article></body></html>")
    put(tmp_path, "z.docx", b"PK\x03\x04")
    put(tmp_path, ".hidden/3.txt", BODY)
    (tmp_path / "lost.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    articles, refusals, _ = read(tmp_path)
    assert [article.text[-4:] for article in articles] == ["ere.", "One.", "Two."]
    assert {r.name.rsplit("/", 1)[1]: r.reason for r in refusals} == {
        "z.docx": "its extension is not one that is read",
        "lost.txt": "no such file or directory",
        "pipe.txt": "this is no ordinary file",
    }


def test_folders_without_anything_to_read_are_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    put(tmp_path, "pictures/a.png", b"\x89PNG\r\n\x1a\n")
    articles, refusals, _ = read(tmp_path / "empty", tmp_path / "pictures")
    assert not articles
    assert [r.reason for r in refusals] == [
        "there are no files in this folder",
        "its extension is not one that is read",
        "none of the files in this folder is read",
    ]


def test_patterns_and_odd_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "a[1].txt", f"{BODY} Odd.")
    put(tmp_path, "x/b\n\x1b[31m.txt", b"")
    put(tmp_path, "x/c.txt", BODY)
    articles, refusals, _ = read("a[1].txt", "x/*.txt", "*.nothing", "../" * 3 + "nowhere/a.txt", "a" * 5000)
    assert len(articles) == 2
    assert [str(r).partition(" (")[0][:60] for r in refusals] == [
        "x/b\\n\\x1b[31m.txt: this file is empty",
        "*.nothing: no file matches this pattern",
        "../../../nowhere/a.txt: there is no such file",
        "a" * 60,
    ]


def test_a_misspelt_name_is_met_with_the_right_one(tmp_path):
    put(tmp_path, "report.txt", BODY)
    _, (refusal,), _ = read(tmp_path / "raport.txt")
    assert refusal.mend.endswith("report.txt?")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_refused(tmp_path):
    path = put(tmp_path, "a.txt", BODY)
    path.chmod(0)
    _, (refusal,), _ = read(path)
    assert refusal.reason == "permission denied"


def test_other_languages_are_set_aside_and_short_texts_are_not(tmp_path):
    french = put(tmp_path, "fr.txt", FRENCH)
    chinese = put(tmp_path, "zh.txt", "北京市政府今天宣布新的措施")
    short = put(tmp_path, "s.txt", "Macron à Paris")
    articles, refusals, _ = read(french, chinese, short)
    assert [article.text for article in articles] == ["Macron à Paris"]
    assert [r.reason for r in refusals] == [
        "language is French (fr), only English is coded",
        "language is Chinese (zh), only English is coded",
    ]


def test_a_page_is_read_as_an_article(tmp_path):
    page = (
        '<html><head><meta charset="windows-1252"><title>Army attacks</title>'
        '<meta property="article:published_time" content="2020-01-10T08:00:00Z">'
        '<meta property="og:site_name" content="The Paper"><link rel="canonical" href="https://x.org/a"></head>'
        f"<body><nav>Home News Sport</nav><article><h1>Army attacks</h1><p>{BODY} Café.</p><p>{BODY} End.</p>"
        "</article></body></html>"
    ).encode("cp1252")
    (article,), _, _ = read(put(tmp_path, "a.html", page), put(tmp_path, "b.html", b""))
    assert article.title == "Army attacks"
    assert article.text == f"{BODY} Café.\n\n{BODY} End."
    assert (str(article.published), article.publisher, article.url) == (
        "2020-01-10",
        "The Paper",
        "https://x.org/a",
    )


def test_a_page_named_txt_is_read_as_a_page(tmp_path):
    page = f"<!DOCTYPE html>\n<html><body><article><p>{BODY}</p><p>{BODY} End.</p></article></body></html>"
    (article,), _, _ = read(put(tmp_path, "a.txt", page))
    assert "<" not in article.text
    assert article.text.startswith(BODY)


@pytest.mark.parametrize("depth", [100, 5000])
def test_a_page_of_many_levels_is_read_or_refused(tmp_path, depth):
    page = "<html><body>" + "<div>" * depth + f"<p>{BODY} {BODY}</p>" + "</div>" * depth + "</body></html>"
    articles, refusals, _ = read(put(tmp_path, "a.html", page))
    assert len(articles) + len(refusals) == 1
    if depth == 100:
        assert articles[0].text.startswith(BODY)


def test_the_date_of_the_run_stands_where_a_source_has_none(tmp_path):
    (with_date,), _, _ = read(put(tmp_path, "a.txt", BODY), date=date(2020, 1, 11))
    (without,), _, _ = read(tmp_path / "a.txt")
    assert with_date.published == date(2020, 1, 11)
    assert without.published is None


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("any")
    for name in ("a.txt", "a.jsonl", "a.csv", "a", "a.txt.gz", "a.warc"):
        articles, refusals, _ = read(put(folder, name, data))
        for article in articles:
            (article.title or article.text).encode()
            assert not any(ord(char) < 32 and char not in "\n\t" for char in article.text)
        for refusal in refusals:
            assert str(refusal).isprintable()
