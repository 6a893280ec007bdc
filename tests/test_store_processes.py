"""What must hold when processes die, meet, or run out of disk: real processes, a real small disk."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from deltalake import DeltaTable
from making import report, varied

from legation.errors import StoreError
from legation.records import Article, Report
from legation.store import open_store

TESTS = str(Path(__file__).parent)
CHILD = f"""
import sys; sys.path.insert(0, {TESTS!r})
from making import varied
from legation.store import open_store
path, first, last, batch = sys.argv[1], *map(int, sys.argv[2:])
store = open_store(path)
print("go", flush=True)
store.add((varied(number) for number in range(first, last)), batch=batch)
print("done", flush=True)
"""
linux_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small disk needs root on Linux"
)


def start(path, first, last, batch, *before):
    child = subprocess.Popen(
        [*before, sys.executable, "-c", CHILD, str(path), str(first), str(last), str(batch)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout.readline() == "go\n"
    return child


def contents(store):
    events = {event.id: msgspec.structs.replace(event, revised_at=None) for event in store.events()}
    return events, {made.id: made for made in store.mentions()}


WHOLE = """
select (select count(*) from articles), (select count(*) from mentions), (select count(*) from tellings),
       (select count(*) from mentions where event not in (select id from events)),
       (select count(*) from (select unnest(mentions) from events))
"""


def assert_whole(store, batch):
    """Check that one state of a store holds whole batches alone, and that its tables agree."""
    ((articles, mentions, tellings, orphans, told),) = store.query(WHOLE).fetchall()
    assert articles % batch == 0
    assert mentions == tellings == told == 2 * articles
    assert orphans == 0
    return articles


@pytest.mark.parametrize("delay", [0.05, 0.15, 0.3, 0.6])
def test_a_killed_writer_leaves_whole_batches_and_a_store_that_goes_on(tmp_path, delay):
    open_store(tmp_path / "s")
    child = start(tmp_path / "s", 0, 60, 4)
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    child.wait()
    store = open_store(tmp_path / "s")
    assert_whole(store, 4)
    store.add(varied(number) for number in range(60))
    assert_whole(store, 60)


def test_a_batch_that_was_written_but_not_committed_is_taken_back(tmp_path, monkeypatch):
    store = open_store(tmp_path / "s")
    store.add([varied(0)])
    before = contents(store)

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("legation.store.store.write_manifest", fail)
    with pytest.raises(StoreError, match="disk is full"):
        store.add([varied(1)])
    monkeypatch.undo()
    assert DeltaTable(store.path / "articles").count() == 2
    assert contents(store) == before
    store.add([varied(2)])
    names = [made.article.url for made in store.reports()]
    assert sorted(names) == ["https://x.org/0", "https://x.org/2"]


def test_a_creation_that_was_cut_short_is_finished(tmp_path):
    store = open_store(tmp_path / "s")
    (store.path / "legation.json").unlink()
    again = open_store(tmp_path / "s")
    again.add([varied(0)])
    assert_whole(again, 1)


def test_what_a_dead_writer_was_about_to_commit_is_no_part_of_a_store(tmp_path):
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / ".legation.json.4242").write_bytes(b'{"batch"')  # killed while the store was created
    store = open_store(folder)
    (folder / ".legation.json.4243").write_bytes(b'{"batch"')
    store.add([report(1)])
    assert store.counts("mentions")[0][1] > 0
    assert [entry.name for entry in folder.iterdir() if entry.name.startswith(".legation.json")] == []


def test_a_table_that_is_rewritten_in_parts_keeps_every_row_once(tmp_path, monkeypatch):
    store = open_store(tmp_path / "s")
    for number in range(5):
        store.add([varied(2 * number), varied(2 * number + 1)])
    before = contents(store)
    monkeypatch.setattr("legation.store.tables._PART", 0)
    store.compact()
    assert contents(open_store(store.path)) == before
    assert DeltaTable(store.path / "articles").count() == 10
    assert_whole(open_store(store.path), 10)


def test_two_writers_at_once_and_a_reader_that_sees_whole_batches(tmp_path):
    path = tmp_path / "s"
    store = open_store(path)
    children = [start(path, 0, 30, 5), start(path, 20, 50, 5)]
    seen = set()
    while any(child.poll() is None for child in children):
        began = time.monotonic()
        seen.add(assert_whole(store, 5))
        assert time.monotonic() - began < 5
    assert [child.returncode for child in children] == [0, 0]
    assert len(seen) > 1
    alone = open_store(tmp_path / "alone")
    alone.add(varied(number) for number in range(50))
    assert contents(open_store(path)) == contents(alone)


@pytest.mark.skipif(shutil.which("faketime") is None, reason="needs the program faketime")
def test_writers_whose_clocks_are_years_apart_lose_nothing(tmp_path):
    path = tmp_path / "s"
    reader = open_store(path)
    clocks = ((), ("faketime", "-f", "-400d"), ("faketime", "-f", "+400d"), ())
    for number, clock in enumerate(clocks):
        query = reader.query("select id from events") if number else None
        child = start(path, number * 10, number * 10 + 20, 5, *clock)
        assert child.wait() == 0
        assert query is None or query.fetchall()
        assert_whole(reader, 5)
    reader.compact()
    alone = open_store(tmp_path / "alone")
    alone.add(varied(number) for number in range(50))
    assert contents(open_store(path)) == contents(alone)


def test_many_open_the_same_new_store(tmp_path):
    children = [start(tmp_path / "s", number, number + 1, 1) for number in range(3)]
    assert [child.wait() for child in children] == [0, 0, 0]
    assert_whole(open_store(tmp_path / "s"), 3)


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)], check=False)
    if made.returncode:
        pytest.skip("cannot mount a small disk here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def large(number):
    text = " ".join(f"{(number * 7919 + k) * 2654435761 % 2**32:x}" for k in range(4000))
    return Report(article=Article(text=text, url=f"https://x.org/large/{number}"))


@linux_root
def test_a_full_disk_is_one_line_and_nothing_is_damaged(small_disk):
    store = open_store(small_disk / "s")
    store.add([varied(0)])
    with pytest.raises(StoreError, match="disk is full") as caught:
        store.add((large(number) for number in range(400)), batch=10)
    assert "\n" not in str(caught.value)
    again = open_store(small_disk / "s")
    kept = again.query("select count(*) from articles").fetchall()[0][0]
    assert kept % 10 == 1
    assert contents(again)[1].keys() == contents(store)[1].keys()
    subprocess.run(["mount", "-o", "remount,size=32m", str(small_disk)], check=True)
    again.add([varied(1)])
    assert again.query("select count(*) from articles").fetchall()[0][0] == kept + 1


@linux_root
def test_a_read_only_disk_can_be_read_and_not_written(small_disk):
    subprocess.run(["mount", "-o", "remount,size=32m", str(small_disk)], check=True)
    open_store(small_disk / "s").add([report(1)])
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    store = open_store(small_disk / "s")
    assert len(list(store.events())) == 1
    with pytest.raises(StoreError, match="read-only"):
        store.add([report(2)])
    with pytest.raises(StoreError, match="read-only"):
        open_store(small_disk / "other")
