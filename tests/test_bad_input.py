"""What `legation read` does with broken, foreign or missing text: a line for each, and the rest is kept."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from stand_in import Coder

from legation import Article
from legation.store import open_store

STAND_IN = [sys.executable, str(Path(__file__).parent / "stand_in.py")]
BODY = "The army attacked the town, and President José Núñez said that they would talk to the rebels there."
FRENCH = (
    "Le président a rencontré le premier ministre à Paris vendredi. L'armée a attaqué la ville, et le "
    "gouvernement a condamné cette attaque. Les rebelles ont refusé de négocier avec les autorités. "
)
ARABIC = "هاجم الجيش المدينة يوم الجمعة، وأدانت الحكومة الهجوم. "
NOISE = random.Random(0).randbytes(4000)
MEGABYTE = 1 << 20


def row(number, **more):
    return json.dumps({"text": f"{BODY} {number}", **more})


ENCODINGS = {"utf8": "utf-8", "utf16": "utf-16", "utf16-no-mark": "utf-16-be", "latin1": "latin-1"}
READ = {f"{name}.txt": f"{BODY} {name}".encode(codec) for name, codec in ENCODINGS.items()}
NOTED = {
    "broken-byte.txt": BODY.encode().replace(b"town", b"to\xffwn"),
    "long-line.txt": BODY.encode() + b"\n" + b"x" * MEGABYTE + b"\nThe rebels attacked next.",
}
REFUSED = {
    "empty.txt": b"",
    "blank.txt": b" \n\n",
    "binary.txt": bytes(range(256)) * 40,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + NOISE,
    "large.txt": BODY.encode() * (50 * MEGABYTE // len(BODY)),
    "french.txt": FRENCH.encode() * 2,
    "arabic.txt": ARABIC.encode() * 2,
}
ROWS = [
    row(1, date="2020-01-10"),
    row(2, date="2020-02-30"),
    row(3, date="yesterday"),
    row(4, date="2999-01-01"),
    '{"text": "cut off',
    "no JSON at all",
    "[1, 2]",
    '{"title": "no text"}',
    '{"text": null}',
    row(10),
]
TOLD = {
    "broken-byte.txt": "1 broken byte",
    "long-line.txt": "1 run of more than 1000 characters without a space left out",
    "empty.txt": "this file is empty",
    "blank.txt": "there is no text in it",
    "binary.txt": "this is binary data, not text",
    "picture.txt": "this is a PNG image, not text",
    "large.txt": "this is larger than 20 MB",
    "french.txt": "language is French (fr), only English is coded",
    "arabic.txt": "language is Arabic (ar), only English is coded",
    "rows.jsonl, line 2": "'2020-02-30' is no date",
    "rows.jsonl, line 3": "'yesterday' is no date",
    "rows.jsonl, line 4": "the date '2999-01-01' lies in the future",
    "rows.jsonl, line 5": "this is no JSON",
    "rows.jsonl, line 6": "this is no JSON",
    "rows.jsonl, line 7": "this is no JSON object",
    "rows.jsonl, line 8": "no column holds the text",
    "rows.jsonl, line 9": "there is no text in it",
}


def read(*args, **more):
    words = [*STAND_IN, "read", *map(str, args)]
    return subprocess.run(words, check=False, capture_output=True, text=True, timeout=60, **more)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Read good and bad files together into a store."""
    folder = tmp_path_factory.mktemp("bad")
    for name, content in (READ | NOTED | REFUSED).items():
        (folder / name).write_bytes(content)
    (folder / "rows.jsonl").write_text("\n".join(ROWS))
    names = [folder / name for name in (*REFUSED, *NOTED, "rows.jsonl", *READ)]
    done = read(*names, "--into", folder / "store", "--format", "jsonl")
    done.folder = folder
    return done


@pytest.mark.parametrize("name", TOLD)
def test_each_bad_input_has_one_line_that_says_why(run, name):
    lines = [line for line in run.stderr.splitlines() if f"/{name}: " in line]
    assert len(lines) == 1
    assert lines[0].startswith("legation: ")
    assert f": {TOLD[name]}" in lines[0]
    assert len(lines[0]) < 300


def test_nothing_else_is_said_but_the_sum(run):
    assert run.returncode == 1
    refused = len(REFUSED) + len(ROWS) - 2
    kept = len(READ) + len(NOTED) + 2
    assert [line for line in run.stderr.splitlines() if str(run.folder) + "/" not in line] == [
        f"legation: {kept - 1} articles have no date, so days like 'on Friday' stay unknown (give --date)"
    ]
    said = run.stderr.splitlines()[-1]
    assert f" {kept} articles read, " in said
    assert f" {refused} inputs not read, " in said


def test_the_rest_is_kept_and_read_as_written(run):
    with open_store(run.folder / "store") as store:
        texts = [report.article.text for report in store.reports()]
    assert len(texts) == len(READ) + len(NOTED) + 2
    assert {f"{BODY} {name}" for name in ENCODINGS} < set(texts)
    assert BODY.replace("town", "to\N{REPLACEMENT CHARACTER}wn") in texts
    assert f"{BODY}\n…\nThe rebels attacked next." in texts
    assert len(run.stdout.splitlines()) == len(texts) + 1  # the long line has a second attack below it


def test_a_text_that_says_the_same_over_and_over_takes_no_more_time_than_its_length():
    began = time.process_time()
    report = Coder().read(Article(text=BODY * 4000))
    assert time.process_time() - began < 8  # half a second; more than 20 where each is compared with each
    assert (len(report.mentions), len(report.events)) == (4000, 1)


def test_a_file_that_cannot_be_read_costs_a_line(tmp_path):
    locked, good = tmp_path / "locked.txt", tmp_path / "good.txt"
    good.write_text(BODY)
    if os.geteuid():
        locked.write_text(BODY)
        locked.chmod(0)
    elif Path("/proc/self/mem").exists():
        locked.symlink_to("/proc/self/mem")  # which not even root can read from its beginning
    else:
        pytest.skip("root reads everything here")
    done = read(locked, good, "--format", "jsonl", "--date", "2020-01-11")
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    first, last = done.stderr.splitlines()
    assert first.removeprefix(f"legation: {locked}: ") in {"permission denied", "input/output error"}
    assert last == "legation: 1 article read, 1 mention, 1 event, 1 input not read"


def test_a_store_of_a_newer_version_is_left_alone(tmp_path):
    good, store = tmp_path / "good.txt", tmp_path / "store"
    good.write_text(BODY)
    assert read(good, "--into", store, "--quiet", "--date", "2020-01-11").returncode == 0
    manifest = store / "legation.json"
    newer = json.dumps({**json.loads(manifest.read_text()), "schema": 99})
    manifest.write_text(newer)
    done = read(good, "--into", store, "--format", "jsonl")
    assert (done.returncode, done.stdout, manifest.read_text()) == (1, "", newer)
    assert done.stderr.splitlines() == [
        f"legation: {store}: made by a newer Legation (schema 99, this reads 1): upgrade"
    ]


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("cannot mount a small disk here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mount"), reason="cannot mount a disk"
)
def test_a_disk_that_fills_up_costs_a_line_and_no_batch(tmp_path, small_disk):
    draw = random.Random(0)
    with (tmp_path / "rows.jsonl").open("w") as rows:
        for number in range(400):
            noise = " ".join(f"{draw.getrandbits(32):x}" for _ in range(2000))
            rows.write(row(number, title=noise) + "\n")
    store = small_disk / "store"
    done = read(tmp_path / "rows.jsonl", "--into", store, "--quiet", "--date", "2020-01-11")
    assert done.returncode == 1
    assert len([line for line in done.stderr.splitlines() if "disk is full" in line]) == 1
    assert "Traceback" not in done.stderr
    with open_store(store) as opened:
        kept = [report.article.id for report in opened.reports()]
        assert len(list(opened.mentions())) == len(kept)
