"""`legation codebook`, and codebooks of the user's own: shown, checked, and coded by."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import legation
from legation.cli.app import app
from legation.coding.codebook import Codebook

LEXICON = "entry\tpos\ttype\tmode\tframe\tactor\trecipient\treciprocal\tstatus\tpriority\n"
TYPES = "type,quad,intensity,definition,cameo\n"
MODES = "type,mode,intensity,cameo,definition\n"
EXAMPLES = "type,mode,sentence\n"


def run(*args):
    return CliRunner().invoke(app, ["codebook", *map(str, args)])


def put(folder, **tables):
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def book():
    return Codebook.load()


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    """Return a codebook with a type, a mode, words and example sentences of its own."""
    return put(
        tmp_path_factory.mktemp("codebook"),
        types_csv=TYPES + 'CLAIM,3,-1.5,"Lay claim to what another holds.",13\n',
        modes_csv=MODES + "PROTEST,encircle,-5.5,144,A person is surrounded.\nCLAIM,sea,-2,,It is waters.\n",
        links_csv='type,pos,actor,recipient\nCLAIM,verb,subj,"obj.poss,prep:from"\n',
        cues_csv="type,mode,near,lemmas\nCLAIM,sea,clause,reef;reefs;waters\n",
        words_tsv=LEXICON
        + "encircle\tverb\tPROTEST\tencircle\tsubj=student,worker\nlay claim\tverb\tCLAIM\n",
        examples_csv=EXAMPLES
        + "PROTEST,encircle,[who: Students] [act: gheraoed] [to whom: the rector] on Monday.\n"
        + "CLAIM,,[who: Ruritania] [act: cartographed] [to whom: Grauland]'s islands.\n",
    )


def test_the_list_holds_every_type_and_mode_as_columns(book):
    done = run()
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert rows[0] == ["type", "mode", "quad", "intensity", "cameo", "definition"]
    named = {(kind, mode) for kind, mode, *_ in rows[1:]}
    assert named == {(name, "") for name in book.types} | set(book.modes)
    assert ["PROTEST", "riot", "4", "-7", "145"] in [row[:5] for row in rows]


def test_a_type_shows_its_modes_and_words(book):
    done = run("REJECT")
    assert "3, verbal conflict" in done.stdout
    assert all(f"mode\t{mode.name}: {mode.definition}" in done.stdout for mode in book.modes_of("REJECT"))
    shown = {line.split("\t")[0] for line in done.stdout.partition("\nword\t")[2].splitlines()[1:]}
    assert shown == {entry.text for entry in book.entries if entry.type == "REJECT"}


@pytest.mark.parametrize("words", [["turn", "down"], ["turn down"], ["turned", "down"], ["Turn", "Down"]])
def test_a_phrase_is_explained_in_plain_words(words):
    done = run(*words)
    first = done.stdout.split("\n\n")[0]
    assert "word\tturn down (verb)" in first
    assert "means\tREJECT: " in first
    assert "who acts\tthe subject" in first
    assert re.search(r"must hold\tthe object is one of: ", first)
    assert re.search(r"row\tlexicon\.tsv, line \d+", first)
    assert not re.search(r"\b(obj|subj|prep:|poss|comp)\b", done.stdout)


def test_every_word_of_the_lexicon_can_be_explained(book):
    from legation.cli.wording import explain

    told = {entry: dict(explain(entry, book)) for entry in book.entries}
    for entry, words in told.items():
        assert all(words.values())
        assert (words["means"] == "no political act") == (entry.type is None)
        assert not re.search(r"(obj|comp|prep|inf)[.:=!]", " ".join(words.values())), entry


def test_senses_stand_in_the_order_in_which_they_are_tried(book):
    done = run("attack")
    lines = [int(n) for n in re.findall(r"row\tlexicon\.tsv, line (\d+)", done.stdout)]
    tried = [
        e.line for pos in ("noun", "verb") for e in book.entries_for("attack", pos) if e.text == "attack"
    ]
    assert lines == tried
    assert f"{len(lines)} senses" in done.stderr


@pytest.mark.parametrize(
    ("word", "near"), [("REJCT", "'REJECT'"), ("condem", "'condemn'"), ("qqqq", "no word")]
)
def test_an_unknown_word_is_refused_with_what_may_be_meant(word, near):
    done = run(word)
    assert done.exit_code == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert near in line


def test_a_terminal_gets_columns():
    reader, writer = pty.openpty()
    command = [sys.executable, "-m", "legation", "codebook", "turn", "down"]
    with subprocess.Popen(command, stdout=writer, stderr=subprocess.DEVNULL) as process:
        os.close(writer)
        shown = b""
        try:
            while data := os.read(reader, 65536):
                shown += data
        except OSError:  # the terminal's way to say that it is over
            pass
        process.wait()
    os.close(reader)
    assert b"turn down (verb)" in shown
    assert b"\t" not in shown


def test_a_codebook_of_ones_own_is_sound_and_shown(mine):
    done = run("--check", mine)
    assert (done.exit_code, done.stderr) == (0, "")
    assert sorted(line.split("\t")[1:] for line in done.stdout.splitlines()) == [
        ["cues", "1"], ["examples", "2"], ["lexicon", "2"], ["links", "1"], ["modes", "2"], ["types", "1"],
    ]  # fmt: skip
    assert "CLAIM\tsea\t3\t-2\t13\tIt is waters." in run("--codebook", mine).stdout
    shown = run("--codebook", mine, "cartograph").stdout
    assert "CLAIM: Lay claim to what another holds." in shown
    assert "examples.csv, line 3" in shown


def test_what_a_codebook_of_ones_own_adds_is_coded(mine):
    coder = legation.Coder(codebook=mine)
    report = coder.read(
        "Students encircled the rector. Workers gheraoed the manager of the plant. "
        "Brazil laid claim to the reefs. The union will gherao the minister."
    )
    coded = [(m.trigger.text.split()[0], m.type, m.mode) for m in report.mentions]
    assert coded == [
        ("encircled", "PROTEST", "encircle"), ("gheraoed", "PROTEST", "encircle"),
        ("laid", "CLAIM", "sea"), ("gherao", "PROTEST", "encircle"),
    ]  # fmt: skip
    claim = report.mentions[2]
    assert (claim.quad, claim.intensity, claim.cameo) == (3, -2.0, "13")
    assert [party.text for party in report.mentions[1].actors] == ["Workers"]
    assert report.mentions[0].coder.codebook != Codebook.load().digest


def test_a_row_of_ones_own_silences_a_word(tmp_path, coder):
    text = "Peru condemned Chile."
    assert [m.type for m in coder.read(text).mentions] == ["ACCUSE"]
    quiet = legation.Coder(codebook=put(tmp_path, words_tsv=LEXICON + "condemn\tverb\t-\n"))
    assert quiet.read(text).mentions == ()


ONTOLOGY = {
    "types_csv": TYPES + "REPRESSION,4,-7,A state presses its people.,17\nTALKS,1,2.5,Parties meet.,04\n",
    "modes_csv": MODES + "REPRESSION,arrest,-7,173,People are held.\n",
    "covers_csv": "type,covers\nREPRESSION,COERCE; ASSAULT crowd-control\nTALKS,CONSULT; AGREE\n-,*\n",
}


def test_an_ontology_of_ones_own_takes_the_place_of_the_packaged_one(tmp_path):
    folder = put(tmp_path, **ONTOLOGY)
    assert {line.split("\t")[0] for line in run("--codebook", folder).stdout.splitlines()[1:]} == {
        "REPRESSION",
        "TALKS",
    }
    coder = legation.Coder(codebook=folder)
    report = coder.read(
        "Police arrested the mayor of Quito. Peru condemned Chile. Peru's president met Chile's."
    )
    assert [(m.type, m.mode, m.quad) for m in report.mentions] == [
        ("REPRESSION", "arrest", 4),
        ("TALKS", None, 1),
    ]
    shares = coder.relate("Police arrested the mayor of Quito.", (0, 6), (16, 25))
    assert max(shares, key=shares.get) == "REPRESSION"
    assert set(shares) == {"REPRESSION", "TALKS"}
    assert sum(shares.values()) == pytest.approx(1)


@pytest.fixture(scope="module")
def ontology(tmp_path_factory):
    return Codebook.load([put(tmp_path_factory.mktemp("ontology"), **ONTOLOGY)])


@given(st.sampled_from(sorted(Codebook.load().modes)), st.booleans())
@settings(max_examples=30, deadline=None)
def test_every_act_ends_in_a_type_that_the_ontology_has(ontology, act, with_mode):
    final = ontology.recode(act[0], act[1] if with_mode else None)
    assert (final is not None) == (
        act[0] in ("COERCE", "CONSULT", "AGREE") or (act[1] == "crowd-control" and with_mode)
    )
    assert final is None or final[0] in ontology.types
    assert final is None or final[1] is None or final in ontology.modes


@pytest.mark.parametrize(
    ("tables", "wanted"),
    [
        ({"a_tsv": LEXICON + "zap\tverb\tASALT\nzip\tverb\tAID\t\tobj=@no\n"},
         ["a.tsv, line 2: 'ASALT' is no type; did you mean", "a.tsv, line 3: no set is named @no"]),
        ({"a_csv": TYPES + "NEW,5,1,x,01\nOLD,1,99,x,01\n", "b_tsv": LEXICON + "zap\tverb\tNEW\n"},
         ["a.csv, line 2: quad 5", "a.csv, line 3: intensity 99"]),
        ({"a_csv": "this,is,nothing\n", "b_csv": ""}, ["a.csv, line 1: ", "b.csv, line 1: "]),
        ({"a_csv": EXAMPLES + "AID,,Peru aided Chad.\n"}, ["a.csv, line 2: no act is marked"]),
        ({"a_csv": EXAMPLES + "AID,,[verb: aided] Chad.\n"}, ["a.csv, line 2: 'verb' is none of"]),
        ({"a_csv": EXAMPLES + "ADI,,[act: aided] Chad.\n"}, ["a.csv, line 2: 'ADI' is no type"]),
        ({"a_csv": "type,covers\nAID,ADI\nCONSULT,AGREE sign\n"},
         ["a.csv, line 2: 'ADI' is no type; did you mean 'AID'", "a.csv, line 3: 'sign' is no mode"]),
        ({"a_csv": "type,mode,near,lemmas\nPROTEST,riot,far,x\n"}, ["a.csv, line 2: 'far' is no place"]),
        ({"a_csv": EXAMPLES + "AID,,[act: bombed] [to whom: Chad] on Monday.\n"},
         ["a.csv, line 2: 'bombed' should be AID"]),
    ],
)  # fmt: skip
def test_every_problem_is_named_with_file_and_line(tmp_path, tables, wanted):
    if "bombed" in str(wanted):  # a row with a frame speaks against the example
        tables = tables | {"b_tsv": LEXICON + "bomb\tverb\tASSAULT\t\tobj=chad\n"}
    done = run("--check", put(tmp_path, **tables))
    assert (done.exit_code, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert len(lines) == len(wanted)
    for line, words in zip(lines, wanted, strict=True):
        assert line.startswith(f"legation: {tmp_path / words.split(',')[0]}, line ")
        assert words in line


def test_what_spreadsheets_leave_in_a_table_does_no_harm(tmp_path):
    text = "\ufefftype,quad,intensity,definition,cameo,,\r\nCLAIM,3,-1,Lay claim,13,,\r\n,,,,,,\r\n"
    (tmp_path / "a.csv").write_bytes(text.encode())
    assert run("--check", tmp_path).stdout == f"{tmp_path / 'a.csv'}\ttypes\t1\n"
    (tmp_path / "a.csv").write_bytes((TYPES + "CLAIM,3,-1,Fa\xe7ade,13\n").encode("latin-1"))
    assert "line 2: this is no UTF-8" in run("--check", tmp_path).stderr


def test_a_folder_without_tables_is_wrong_use(tmp_path):
    assert run("--check", tmp_path).exit_code == 2
    assert run("--check", tmp_path / "none").exit_code == 2


def test_the_rows_of_a_folder_are_read_by_the_program(mine, tmp_path):
    (tmp_path / "a.txt").write_text("Workers gheraoed the manager of the plant on Monday.")
    done = CliRunner().invoke(
        app, ["read", str(tmp_path / "a.txt"), "--codebook", str(mine), "--format", "jsonl"]
    )
    assert '"mode":"encircle"' in done.stdout.replace(" ", "")


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """Return the folder of the worked example in the documentation."""
    page = (Path(__file__).parent.parent / "docs" / "codebook.md").read_text(encoding="utf-8")
    folder = tmp_path_factory.mktemp("worked")
    for _, name, text in re.findall(r"^```(csv|tsv)\n# (\S+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        (folder / name).write_text(text, encoding="utf-8")
    return folder, page


def test_the_worked_example_is_sound_and_codes_what_the_page_says(worked):
    folder, page = worked
    done = run("--check", folder)
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"{folder / 'words.tsv'}\tlexicon\t20" in done.stdout
    coder = legation.Coder(codebook=folder)
    rows = re.findall(r"^\| ([A-Z][^|]*\.) \| (.*) \|$", page, re.MULTILINE)
    assert len(rows) == 6
    for sentence, coded in rows:
        found = coder.read(sentence).mentions
        kind, _, mode = coded.split(",")[0].partition(" ")
        if "*" in coded:
            (mention,) = found
            assert (mention.type, mention.mode or "") == (kind, mode), sentence
            sides = [party.text for party in (*mention.actors, *mention.recipients)]
            assert sides == re.findall(r"\*([^*]+)\*", coded), sentence
        else:
            assert not {"CLAIM", "PROTEST"} & {mention.type for mention in found}, sentence
