import json
import tempfile
from datetime import timedelta

import msgspec
import pytest
from deltalake import DeltaTable
from hypothesis import given, settings
from hypothesis import strategies as st
from making import DAY, article, mention, report, reports, varied

from legation.errors import StoreError, UsageError
from legation.records import Report
from legation.store import open_store
from legation.store.schema import TABLES


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path / "store")


def bare(made):
    return msgspec.structs.replace(made, event=None)


def contents(store):
    """Return all that a store holds, in a form that does not depend on when it was added."""
    events = {event.id: msgspec.structs.replace(event, revised_at=None) for event in store.events()}
    return events, {made.id: made for made in store.mentions()}


@settings(max_examples=15, deadline=None)
@given(st.lists(reports(), min_size=1, max_size=4, unique_by=lambda one: one.article.id))
def test_what_goes_in_comes_out(made):
    with tempfile.TemporaryDirectory() as folder, open_store(folder + "/s") as store:
        store.add(made)
        for one in made:
            found = store.report(one.article.id)
            assert msgspec.structs.replace(found.article, fetched=None) == msgspec.structs.replace(
                one.article, fetched=None
            )
            assert found.sentences == one.sentences
            assert {m.id: bare(m) for m in found.mentions} == {m.id: m for m in one.mentions}
            assert {m.event for m in found.mentions} == {event.id for event in found.events}
        assert store.add(made).unchanged == len(made)


@settings(max_examples=4, deadline=None)
@given(st.permutations(range(10)), st.integers(2, 5))
def test_the_order_of_adding_does_not_matter(order, batch):
    with tempfile.TemporaryDirectory() as folder:
        one, other = open_store(folder + "/a"), open_store(folder + "/b")
        one.add(varied(number) for number in range(10))
        other.add((varied(number) for number in order), batch=batch)
        assert contents(other) == contents(one)
        assert any(event.reports > 1 for event in one.events())


def test_the_same_again_changes_nothing(store):
    store.add([varied(number) for number in range(5)])
    before = contents(store), (store.path / "legation.json").read_bytes()
    assert store.add(varied(number) for number in range(5)).unchanged == 5
    assert (contents(store), (store.path / "legation.json").read_bytes()) == before


def test_a_newer_coder_replaces_and_an_older_one_does_not(store):
    def told(version, kind):
        return report(1, lambda made: [mention(made, 20, kind, version=version)])

    store.add([told("0.9.0", "ASSAULT")])
    assert store.add([told("0.10.0", "ACCUSE")]).replaced == 1
    assert [m.type for m in store.mentions()] == ["ACCUSE"]
    assert [e.type for e in store.events()] == ["ACCUSE"]
    assert store.add([told("0.9.0", "ASSAULT")]).unchanged == 1
    assert store.query("select count(*) from parties").fetchall() == [(2,)]


def test_an_event_splits_when_the_telling_that_joined_it_goes(store):
    store.add([report(1), report(2)])
    assert [event.reports for event in store.events()] == [2]
    replaced = report(2, lambda made: [mention(made, 20, "CONSULT", version="0.2.0")])
    store.add([replaced])
    assert sorted((event.type, event.reports) for event in store.events()) == [("ASSAULT", 1), ("CONSULT", 1)]


def test_a_report_that_joins_revises_the_event_and_keeps_its_id(store):
    store.add([report(1)])
    (before,) = store.events()
    assert before.revised_at is None
    store.add([report(2, day=DAY + timedelta(days=1))])
    (after,) = store.events()
    assert (after.id, after.reports) == (before.id, 2)
    assert after.revised_at is not None


def test_the_id_of_an_event_that_was_taken_over_still_leads_to_it(store):
    store.add([report(2)])
    (old,) = store.events()
    store.add([report(1, day=DAY - timedelta(days=1))])
    (event,) = store.events()
    assert event.id != old.id
    assert store.event(old.id) == event
    assert store.query("select id, replaced_by from removed_events").fetchall() == [(old.id, event.id)]
    assert {m.event for m in store.mentions()} == {event.id}


def test_a_copied_report_counts_once_even_if_it_comes_later(store):
    text = " ".join(f"word{k}" for k in range(200))
    for number in (2, 0, 1):
        store.add([report(number, text=f"{text} {number}", publisher=f"p{number}")])
    (event,) = store.events()
    assert (event.reports, event.publishers) == (1, 3)
    assert len(store.query("select distinct copy_of from articles").fetchall()) == 1


def test_the_tables_are_plain_delta_tables_without_leftovers(store):
    store.add([varied(number) for number in range(6)], batch=2)
    store.add([varied(number, "0.2.0") for number in range(6)], batch=2)
    for name in ("articles", "mentions", "events", "parties"):
        (current,) = store.query(f"select count(*) from {name}").fetchall()  # noqa: S608
        assert DeltaTable(store.path / name).count() == current[0], name


def test_compacting_changes_nothing(store):
    store.add([varied(number) for number in range(12)], batch=1)
    before = contents(store)
    store.compact()
    assert contents(store) == before
    assert len(DeltaTable(store.path / "mentions").file_uris()) == 1


def test_queries(store):
    store.add([report(1)])
    rows = store.query("select type, actor_country, day_from from events where type = ?", ["ASSAULT"])
    assert rows.columns == ["type", "actor_country", "day_from"]
    assert list(rows) == [("ASSAULT", "ISR", DAY)]
    assert list(store.query("select status from mentions").dicts()) == [{"status": "occurred"}]


@pytest.mark.parametrize(
    "sql",
    ["drop view events", "select 1; select 2", "copy (select 1) to 'x'", "selec 1", "select x from events",
     "select * from read_csv('/etc/passwd')", "set memory_limit = '1GB'"],
)  # fmt: skip
def test_a_query_only_reads_and_only_the_store(store, sql):
    with pytest.raises(StoreError) as caught:
        store.query(sql).fetchall()
    assert "\n" not in str(caught.value)


def test_filters(store):
    store.add([varied(number) for number in range(6)])
    assert {m.type for m in store.mentions(actor="RUS")} == {"RETREAT"}
    assert {m.type for m in store.mentions(actor="rus")} == {"RETREAT"}
    assert {m.type for m in store.mentions(type=["ASSAULT", "ACCUSE"])} == {"ASSAULT", "ACCUSE"}
    assert all(m.where.name == "Kyiv" for m in store.mentions(place="kyi"))
    assert {m.when.from_ for m in store.mentions(since="2020-01-12", until="2020-01-12")} == {
        DAY + timedelta(days=2)
    }
    assert len(list(store.mentions(limit=3))) == 3
    with pytest.raises(UsageError, match="did you mean 'actor'"):
        store.mentions(actr="RUS")
    assert dict(store.counts("mentions", "type"))["RETREAT"] == 6


def test_one_record_by_its_id(store):
    made = report(1)
    store.add([made])
    assert bare(store.mention(made.mentions[0].id)) == made.mentions[0]
    assert store.article(made.article.id) == made.article
    assert (store.mention("m_no"), store.event("e_no"), store.article("a_no")) == (None, None, None)


def test_skipped_inputs_are_kept_once(store):
    for _ in range(2):
        store.skip("bad.pdf", "no text")
    assert store.query("select name, reason from skipped").fetchall() == [("bad.pdf", "no text")]


def test_a_failing_source_keeps_what_came_before(store):
    def failing():
        yield report(1)
        store.skip("two", "torn")
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        store.add(failing())
    assert store.query("select count(*) from articles").fetchall() == [(1,)]
    assert store.query("select count(*) from skipped").fetchall() == [(1,)]


def test_column_names_are_short_and_in_snake_case():
    for columns in TABLES.values():
        for name in columns:
            assert len(name) <= 32
            assert name.islower()
            assert name.isidentifier()


def test_a_newer_store_is_refused(store):
    file = store.path / "legation.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "schema": 3}))
    with pytest.raises(StoreError, match=r"made by a newer Legation \(schema 3, this reads 1\): upgrade"):
        open_store(store.path)


def test_what_is_no_store(tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.txt").write_text("x")
    for path, create in ((file, True), (tmp_path / "folder", True), (tmp_path / "none", False)):
        with pytest.raises(StoreError) as caught:
            open_store(path, create=create)
        assert "\n" not in str(caught.value)
    assert not (tmp_path / "none").exists()
    assert [entry.name for entry in (tmp_path / "folder").iterdir()] == ["notes.txt"]


def test_a_report_without_mentions_is_kept(store):
    store.add([Report(article=article(1))])
    assert [made.article for made in store.reports()] == [article(1)]
