"""Each mention says why it was coded so, and `legation explain` tells it in words."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from legation import Coder, Mention, Report, open_store
from legation.cli import explain

TEXT = (
    "Kenya’s army bombed a rebel camp near Kismayo on Tuesday, a spokesman said. "
    "Ethiopia did not attack Somalia. Uganda condemned the raid. It will send medicine to Somalia."
)
LEXICON = Path(explain.__file__).parent.parent / "data" / "codebook" / "lexicon.tsv"


@pytest.fixture(scope="module")
def report(coder: Coder) -> Report:
    return coder.read(TEXT, date="2021-03-04")


def act(report: Report, trigger: str) -> Mention:
    return next(mention for mention in report.mentions if mention.trigger.text == trigger)


def items(mention: Mention, kind: str) -> list[dict]:
    return [item for item in mention.why if item["kind"] == kind]


def test_every_mention_names_its_type_and_what_speaks_for_it(report: Report) -> None:
    assert len(report.mentions) >= 4
    for mention in report.mentions:
        (score,) = items(mention, "score")
        assert score["of"] == mention.type
        assert 0 <= score["model"] <= 1
        assert 0 < score["combined"] <= 1
        for entry in items(mention, "lexicon"):
            assert entry["type"] == mention.type
            assert mention.trigger.text.split()[0] in entry["words"]


def test_an_entry_is_named_with_its_line_in_the_table(report: Report) -> None:
    (entry,) = items(act(report, "condemned"), "lexicon")
    row = LEXICON.read_text(encoding="utf-8").split("\n")[entry["line"] - 1].split("\t")
    assert (entry["entry"], entry["table"]) == ("condemn", "lexicon.tsv")
    assert "condemn" in row[0].split(",")
    assert row[2] == entry["type"] == "ACCUSE"


def test_every_party_has_the_link_that_led_to_it(report: Report) -> None:
    for mention in report.mentions:
        linked = items(mention, "link")
        assert all(link["by"] in {"codebook", "model", "codebook and model"} for link in linked)
        assert all(0 < link["probability"] <= 1 and link["grammar"] for link in linked)
        for part, parties in (("actor", mention.actors), ("recipient", mention.recipients)):
            words = [link["word"] for link in linked if link["party"] == part]
            assert all(any(word in party.text for word in words) for party in parties)


def test_codes_of_a_party_name_the_row_that_gave_them(report: Report) -> None:
    told = {item["words"]: item["how"] for item in items(act(report, "attack"), "actor")}
    assert told == {"Ethiopia": "states.csv: ETH", "Somalia": "states.csv: SOM"}


def test_a_reference_names_whom_it_stands_for(report: Report) -> None:
    sent = act(report, "send")
    assert [party.country for party in sent.actors] == ["UGA"]
    (meant,) = [item for item in items(sent, "actor") if item["party"] == "actor"]
    assert (meant["words"], meant["refers to"]) == ("It", "Uganda")


def test_a_status_names_the_words_that_decide_it(report: Report) -> None:
    for trigger, status, cues in (
        ("attack", "denied", [("not", "denied")]),
        ("send", "intended", [("will", "intended")]),
        ("condemned", "occurred", []),
    ):
        (told,) = items(act(report, trigger), "status")
        assert told["status"] == status
        assert [(cue["word"], cue["says"]) for cue in told["cues"]] == cues


def test_mode_source_time_and_place_name_their_words(report: Report) -> None:
    bombed = act(report, "bombed")
    (mode,) = items(bombed, "mode")
    assert mode["mode"] == bombed.mode
    assert mode["from"]
    assert items(bombed, "source") == [
        {"kind": "source", "words": "a spokesman", "cue": "said", "quoted": False}
    ]
    assert items(bombed, "when") == [{"kind": "when", "words": "on Tuesday", "assumed": False}]
    (place,) = items(bombed, "where")
    assert (place["words"], place["place"]) == ("Kismayo", "Kismayo")
    assert [item["assumed"] for item in items(act(report, "condemned"), "when")] == [True]


def test_a_row_of_the_user_is_what_the_evidence_names(tmp_path: Path) -> None:
    table = tmp_path / "mine.tsv"
    header = "entry\tpos\ttype\tmode\tframe\tactor\trecipient\treciprocal\tstatus\tpriority"
    row = "condemn\tverb\tACCUSE\tallege\t\tsubj\tobj\t\t\t5"
    table.write_text(f"# Mine.\n{header}\n{row}\n", encoding="utf-8")
    (mention,) = Coder(codebook=[table]).read("Chad condemned Libya on Monday.").mentions
    (entry,) = items(mention, "lexicon")
    assert (mention.mode, entry["line"], entry["table"]) == ("allege", 3, "mine.tsv")
    assert items(mention, "mode") == [{"kind": "mode", "mode": "allege", "from": "lexicon"}]


def test_a_sector_that_the_sentence_gives_is_marked_unless_a_row_of_the_user_gives_one(
    coder: Coder, tmp_path: Path
) -> None:
    text = "Bus conductors blocked the main road in Dhaka on Monday."
    [mention] = coder.read(text).mentions
    assert mention.actors[0].sectors == ("LAB",)
    assert [item["how"] for item in items(mention, "actor")] == ["sector by the model"]
    table = tmp_path / "mine.csv"
    table.write_text(
        "key,names,kind,country,sectors,from,to,source\nconductors,Bus conductors,group,BGD,EDU,,,me\n",
        encoding="utf-8",
    )
    [mention] = Coder(actors=table).read(text).mentions
    assert mention.actors[0].sectors == ("EDU",)


def test_explain_tells_all_of_it_in_words(report: Report, tmp_path: Path) -> None:
    open_store(tmp_path / "s").add([report])
    told = {
        mention.trigger.text: CliRunner()
        .invoke(explain.app, [str(tmp_path / "s"), mention.id], catch_exceptions=False)
        .stdout
        for mention in report.mentions
    }
    assert (
        "because: The codebook's entry: words: condemned; entry: condemn; type: ACCUSE" in told["condemned"]
    )
    assert "because: The language model's estimate: of: ACCUSE; model: " in told["condemned"]
    assert (
        "because: The grammar of the sentence: party: actor; word: Uganda; grammar: nsubj"
        in told["condemned"]
    )
    assert "because: Whether it happened: status: occurred; cues: none" in told["condemned"]
    assert "because: Who is meant: party: actor; words: Uganda" in told["condemned"]
    assert "cues: “not” says denied" in told["attack"]
    assert "because: How it was done: mode: " in told["bombed"]
    assert "because: Who says so: words: a spokesman; cue: said; quoted: no" in told["bombed"]
    assert "because: When: words: on Tuesday; assumed: no" in told["bombed"]
    assert "because: Where: words: Kismayo" in told["bombed"]
    for text in told.values():
        assert text.count("because: ") == len(next(m for m in report.mentions if text.startswith(m.id)).why)
        assert not [line for line in text.splitlines() if line.rstrip().endswith(":") or ": ;" in line]
