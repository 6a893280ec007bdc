import json

import pytest
from making import DAY, article, mention, place, report, state
from typer.testing import CliRunner

from legation.cli import explain, export, imports, show
from legation.errors import StoreError, UsageError
from legation.records import Party, Period, Report, Sentence, Source, Span
from legation.store import open_store

TEXT = (
    "It was quiet. On Friday Washington turned down an Iraqi request, a spokeswoman said. Nothing else came."
)


@pytest.fixture
def store(tmp_path):
    made = article(9, text=TEXT)
    told = mention(
        made,
        35,
        "ACCUSE",
        cameo="111",
        trigger=Span(text="turned down", start=35, end=46),
        actors=(
            Party(
                text="Washington",
                start=24,
                end=34,
                name="United States",
                kind="state",
                country="USA",
                sectors=("GOV",),
            ),
        ),
        recipients=(
            Party(text="Iraqi", start=50, end=55, name="Iraq", kind="state", country="IRQ", inferred=True),
        ),
        source=Source(text="a spokeswoman", start=65, end=78, cue="said"),
        when=Period(text="On Friday", start=14, end=23, from_=DAY, to=DAY, precision="day"),
        why=(
            {"kind": "lexicon", "entry": "turn down", "words": ["turned", "down"]},
            {"kind": "score", "type": 0.91},
            {"kind": "novel", "some_key": {"a": 1}},
            {"kind": "link"},
        ),
    )
    bounds = (
        Sentence(field="text", start=0, end=13, words=()),
        Sentence(field="text", start=14, end=84, words=()),
    )
    opened = open_store(tmp_path / "s")
    opened.add([Report(article=made, sentences=bounds, mentions=(told,)), report(1)])
    return opened


def run(module, *arguments):
    return CliRunner().invoke(
        module.app, [str(argument) for argument in arguments], catch_exceptions=False, standalone_mode=False
    )


def test_explain_marks_the_sentence_and_tells_the_evidence(store):
    (found,) = store.mentions(type="ACCUSE")
    told = run(explain, store.path, found.id).stdout
    assert (
        "[when: On Friday] [who: Washington] [act: turned down] an [to whom: Iraqi] request, "
        "[says: a spokeswoman] said." in told
    )
    assert "It was quiet" not in told
    assert "The codebook's entry: entry: turn down; words: turned, down" in told
    assert "The language model's estimate: type: 91%" in told
    assert "novel: some key: a 1" in told
    assert "the country is not in these words" in told
    assert told in run(explain, store.path, found.event).stdout
    with pytest.raises(UsageError, match="m_none"):
        run(explain, store.path, "m_none")


def test_show_lists_and_counts(store):
    done = run(show, store.path)
    assert "United States (USA)" in done.stdout
    assert "2 events" in done.stderr
    assert len(run(show, store.path, "--limit", 1).stdout.splitlines()) == 2
    assert run(show, store.path, "--by", "type").stdout == "1\tACCUSE\n1\tASSAULT\n"
    assert run(show, store.path, "--actor", "USA", "--by", "recipient_countries").stdout == "1\tIRQ\n"


def test_show_writes_records(store):
    lines = run(
        show, store.path, "--format", "jsonl", "--type", "accuse", "--what", "mentions"
    ).stdout.splitlines()
    assert [json.loads(line)["trigger"]["text"] for line in lines] == ["turned down"]
    assert run(show, store.path, "--format", "csv", "--actor", "NOR").stdout.count("\n") == 1


def test_export(store, tmp_path):
    assert run(export, store.path, "--format", "dyad-day").stdout.count("\n") == 3
    run(export, store.path, "--format", "gdelt", "--output", tmp_path / "out.tsv")
    assert (tmp_path / "out.tsv").read_text().count("\n") == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.tsv", "s"]
    assert "20 columns" in run(export, "--format", "icews", "--codebook").stdout
    with pytest.raises(StoreError, match="no store here"):
        run(export, tmp_path / "none", "--format", "csv")


def test_import_keeps_what_it_can_read_and_names_the_rest(store, tmp_path):
    file = tmp_path / "rows.tsv"
    run(export, store.path, "--format", "icews", "--output", file)
    with file.open("a") as stream:
        stream.write("torn\n")
    done = CliRunner().invoke(imports.app, [str(file), "--format", "icews", "--into", str(tmp_path / "t")])
    assert done.exit_code == 1
    assert "line 4" in done.stderr
    other = open_store(tmp_path / "t")
    assert other.query("select count(*) from skipped").fetchall() == [(2,)]
    assert other.query("select count(*) from events").fetchall() == [(1,)]


def test_places_and_people_are_shown(tmp_path):
    made = article(3)
    opened = open_store(tmp_path / "s")
    opened.add([Report(article=made, mentions=(mention(made, 20, where=place(), actors=(state("ISR"),)),))])
    assert "Damascus" in run(show, opened.path, "--place", "damas").stdout
    assert "no" not in run(show, opened.path, "--place", "LBN").stdout
