"""`legation read` as people run it: real processes, real files, real pipes."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.main import get_command

from legation.cli.read import app
from legation.store import open_store

HERE = Path(__file__).parent
STAND_IN = [sys.executable, str(HERE / "stand_in.py")]
REAL = [sys.executable, "-m", "legation"]
HEADS = ["act", "status", "who", "to", "whom", "when", "where", "according", "to", "sure"]
# given in full, for the readline library sets COLUMNS behind Python's back
PLAIN = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
BODY = (
    "The army attacked the town on Friday, and the president said that they would talk to the rebels there."
)


def run(*args, program=STAND_IN, **more):
    words = [*program, "read", *map(str, args)]
    more = {"capture_output": True, "text": True, "timeout": 60, "env": PLAIN} | more
    return subprocess.run(words, check=False, **more)


def put(folder, name, text):
    path = folder / name
    path.write_text(text)
    return path


@pytest.fixture
def article(tmp_path):
    return put(tmp_path, "a.txt", f"Army attacks the town\n\n{BODY}\n")


def test_a_table_goes_into_a_pipe_as_plain_text(article):
    done = run(article, "--date", "2020-01-11")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    lines = done.stdout.splitlines()
    assert lines[:2] == ["Army attacks the town", "2020-01-11"]
    assert lines[2].split() == HEADS
    assert lines[3].index("occurred") == lines[2].index("status")
    assert "Irn (IRN MIL GOV)" in lines[3]
    assert lines[-1] == "    " + BODY.replace("attacked", "[attacked]")
    assert not any(line != line.rstrip() for line in lines)
    assert done.stderr == "legation: 1 article read, 1 mention, 1 event\n"


@pytest.mark.parametrize("width", [80, 100, 130, 200])
def test_a_table_fits_its_width(article, width):
    done = run(article, "--date", "2020-01-11", env=os.environ | {"COLUMNS": str(width)})
    assert max(map(len, done.stdout.splitlines())) <= width
    assert "2020-01-11" in done.stdout.split("sure", 1)[1]


def test_jsonl_and_csv_hold_nothing_but_data(article):
    done = run(article, "--format", "jsonl", "--date", "2020-01-11")
    (mention,) = map(json.loads, done.stdout.splitlines())
    text = BODY
    assert text[mention["trigger"]["start"] : mention["trigger"]["end"]] == "attacked"
    events = run(article, "--format", "csv", "--what", "events")
    head, row = events.stdout.splitlines()
    assert head.startswith("id,type,")
    assert row.startswith("e_")


def test_standard_input_is_read_and_told_by_its_content(article):
    rows = f'{{"text": "{BODY}"}}\n{{"text": "{BODY} 2"}}\n'
    table = f"title,text\nA,{BODY.replace(',', '')}\n"
    for content, count in ((article.read_text(), 1), (rows, 2), (table, 1)):
        assert len(run("-", "--format", "jsonl", input=content).stdout.splitlines()) == count
    nothing = run("-", input="")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert nothing.stderr.startswith("legation: standard input: this file is empty\n")


def test_named_pipes_are_read(article):
    done = subprocess.run(
        ["bash", "-c", f"{' '.join(STAND_IN)} read <(cat {article}) --format jsonl"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)


def test_bad_inputs_are_named_and_the_rest_is_kept(tmp_path, article):
    picture = tmp_path / "b.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    rows = put(
        tmp_path, "c.jsonl", f'{{"text": "{BODY}"}}\n{{"text"\n{{"text": "{BODY} 2", "date": "2020-99-99"}}\n'
    )
    done = run(picture, tmp_path / "none.txt", rows, article, "--format", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert [line.rsplit("/", 1)[-1] for line in done.stderr.splitlines()[:4]] == [
        "b.txt: this is a PNG image, not text (give the text of the article)",
        "none.txt: there is no such file",
        "c.jsonl, line 2: this is no JSON: expecting ':' delimiter, character 8",
        "c.jsonl, line 3: '2020-99-99' is no date (write it as 2020-01-11)",
    ]
    assert done.stderr.splitlines()[4:] == [
        "legation: 2 articles have no date, so days like 'on Friday' stay unknown (give --date)",
        "legation: 2 articles read, 2 mentions, 2 events, 4 inputs not read",
    ]


def test_strict_stops_at_the_first_bad_input(tmp_path, article):
    done = run(article, tmp_path / "none.txt", article, "--strict", "--format", "jsonl")
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    assert "stopped (--strict): 1 article read" in done.stderr


def test_an_article_that_breaks_the_coder_costs_only_itself(tmp_path, article):
    bad = put(tmp_path, "b.txt", f"The bad one\n\n{BODY} BREAK")
    done = run(article, bad, article, "--format", "jsonl")
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 2)
    assert "legation: The bad one: it could not be coded (ValueError: a bad article)\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in run(bad, "--debug").stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--date", "2020-02-30"], "--date: '2020-02-30' is no date (write it as 2020-01-11)"),
        (["--date", "2999-01-01"], "lies in the future"),
        (["--date", "1500-01-01"], "lies before 1800"),
        (["--format", "xml"], "--format"),
        (["--threads", "0"], "--threads"),
        (["--actors", "/none.csv"], "--actors"),
        (["--colour"], "No such option"),
    ],
)
def test_wrong_use_ends_with_status_2(article, args, told):
    done = run(article, *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_no_source_is_wrong_use():
    assert run().returncode == 2


def test_records_are_kept_in_a_store(tmp_path, article):
    done = run(article, "--into", tmp_path / "store", "--quiet")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith(f"kept in {tmp_path / 'store'}\n")
    assert len(list(open_store(tmp_path / "store").mentions())) == 1
    assert run(article, "--into", tmp_path / "store", "--format", "jsonl").stdout.startswith("{")


def test_a_store_that_cannot_be_written_costs_a_line(article):
    done = run(article, "--into", article)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"legation: {article}: a store is a folder, and this is a file\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk at hand")
def test_a_full_disk_costs_a_line(article):
    with Path("/dev/full").open("w") as full:
        done = run(article, "--format", "jsonl", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert done.returncode == 1
    assert done.stderr == "legation: writing failed: no space left on device\n"


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    for number in range(400):
        put(tmp_path, f"{number}.txt", f"{BODY} {number} " + "Nothing else came. " * 40)
    with subprocess.Popen(
        [*STAND_IN, "read", str(tmp_path), "--into", str(tmp_path / "store")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read().decode()
        assert process.wait(30) == 0
    assert "Traceback" not in told
    assert "Broken" not in told


def test_ctrl_c_keeps_what_is_done(tmp_path, article):
    for number in range(50):
        put(tmp_path, f"slow{number:02}.txt", f"{BODY} SLOW {number}")
    command = [
        *STAND_IN,
        "read",
        str(article),
        str(tmp_path / "slow*.txt"),
        "--into",
        str(tmp_path / "store"),
    ]
    with subprocess.Popen(
        [*command, "--format", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stdout.readline()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, told = process.communicate(timeout=30)
    assert process.returncode == 130
    rows = [json.loads(line) for line in out.splitlines()]
    done = len(rows) + 1  # the first line was taken above
    assert done < 51
    assert told.splitlines()[-1].startswith(f"legation: interrupted: {done} article")
    assert "Traceback" not in told
    assert len(list(open_store(tmp_path / "store").mentions())) == done


PRESSED = """
import os, signal, sys
from legation.cli import main

class Presses:
    def find_spec(self, name, path=None, target=None):
        if name == where:
            os.kill(os.getpid(), signal.SIGINT)

where = sys.argv.pop(1)
sys.meta_path.insert(0, Presses())
main()
"""


@pytest.mark.parametrize("module", ["typer", "legation.cli.read", "duckdb", "legation.coder", "onnxruntime"])
def test_ctrl_c_while_modules_are_loaded_is_one_line(tmp_path, article, module):
    done = run(article, "--into", tmp_path / "store", program=[sys.executable, "-c", PRESSED, module])
    assert (done.returncode, done.stdout) == (130, "")
    assert [line[:21] for line in done.stderr.splitlines()] == ["legation: interrupted"]


def test_closed_streams_are_told_or_left_alone(article):
    nothing = subprocess.run(
        ["bash", "-c", f"{' '.join(STAND_IN)} read - <&-"], capture_output=True, text=True, check=False
    )
    assert nothing.returncode == 1
    assert nothing.stderr.splitlines()[0] == (
        "legation: standard input: this is closed (give it a file or a pipe)"
    )
    for closed in (">&-", "2>&-"):
        done = subprocess.run(
            ["bash", "-c", f"{' '.join(STAND_IN)} read {article} {closed}"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, "Traceback" in done.stderr) == (0, False)


def test_a_bar_shows_on_a_terminal_and_lines_stay_whole(tmp_path, article):
    primary, secondary = pty.openpty()
    with subprocess.Popen(
        [*STAND_IN, "read", str(tmp_path / "none.txt"), str(article), "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=secondary,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "80"},
    ) as process:
        out, _ = process.communicate(timeout=30)
    os.close(secondary)
    told = b""
    while select.select([primary], [], [], 0.2)[0]:
        try:
            told += os.read(primary, 65536)
        except OSError:
            break
    os.close(primary)
    assert json.loads(out)["type"] == "ASSAULT"
    assert b"articles," in told
    assert b"none.txt: there is no such file" in told


def test_help_is_quick_and_imports_nothing_heavy():
    code = (
        "import sys; from legation.cli.app import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'duckdb', 'deltalake', 'numpy', 'onnxruntime', 'trafilatura', 'httpx', 'legation.coder'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == "[]\n"
    assert time.monotonic() - start < 3  # a busy machine; 0.2 s on an idle one
    for command in ("read", "show", "explain", "export", "import"):
        assert f" {command} " in done.stdout


def test_the_version_is_shown_and_a_misspelt_command_met():
    done = subprocess.run([*REAL, "--version"], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("legation 0.")
    done = subprocess.run([*REAL, "raed"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Did you mean 'read'?" in done.stderr


def test_every_option_of_read_stands_in_the_docs():
    docs = (HERE.parent / "docs" / "cli.md").read_text()
    for parameter in get_command(app).params:
        for option in parameter.opts:
            if option.startswith("--") and "completion" not in option:
                assert f"`{option}" in docs, option


def test_the_real_coder_codes_an_article(article):
    done = run(article, "--date", "2020-01-11", "--format", "jsonl", program=REAL)
    assert done.returncode == 0
    assert any(json.loads(line)["type"] == "ASSAULT" for line in done.stdout.splitlines())
