import gc
import time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.coding.codebook import Codebook
from legation.coding.frames import Condition
from legation.errors import DataFileError, UsageError
from legation.labels import TYPES

LEXICON = "entry\tpos\ttype\tmode\tframe\tactor\trecipient\treciprocal\tstatus\tpriority\n"
MODES = "type,mode,intensity,cameo,definition\n"


@pytest.fixture(scope="module")
def book():
    return Codebook.load()


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def first(book: Codebook, lemma: str, pos: str, frame: set[Condition]):
    """Return the first entry of a word that has just these conditions."""
    return next(e for e in book.entries_for(lemma, pos) if set(e.frame) == frame)


def test_every_row_gives_an_entry(book):
    text = (files("legation") / "data" / "codebook" / "lexicon.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t")[0] for line in text.splitlines() if line.strip() and not line.startswith("#")][
        1:
    ]
    assert len(book.entries) == sum(row.count(",") + 1 for row in rows) >= 2500


def test_types_are_those_of_the_labels(book):
    assert set(book.types) == set(TYPES)


def test_every_type_and_mode_has_entries(book):
    used = {(entry.type, entry.mode) for entry in book.entries}
    assert {kind for kind, _ in used if kind} == set(book.types)
    assert set(book.modes) <= used


def test_every_type_has_verbs_and_nouns_and_blocks_exist(book):
    used = {(entry.type, entry.pos) for entry in book.entries}
    assert {(kind, pos) for kind in TYPES for pos in ("verb", "noun")} <= used
    assert sum(entry.type is None for entry in book.entries) > 300


def test_an_act_names_where_its_parties_stand(book):
    bare = [e for e in book.entries if e.type and not e.actor and not e.recipient]
    assert bare == []


def test_intensities_keep_the_sign_of_their_quad(book):
    signs = {1: 1, 2: 1, 3: -1, 4: -1}
    wrong = [t.name for t in book.types.values() if t.intensity * signs[t.quad] < 0]
    assert wrong == []
    assert (book.quad("SANCTION"), book.quad("CONCEDE"), book.intensity("ACCUSE")) == (4, 1, -3.0)


def test_a_mode_has_its_own_intensity_and_code(book):
    assert book.intensity("PROTEST", "riot") == -7.0
    assert book.cameo("PROTEST", "riot") == "145"
    assert book.cameo("PROTEST") == "14"
    assert book.cameo("COERCE", "cyber") == "17"
    with pytest.raises(KeyError):
        book.intensity("PROTEST", "visit")


def test_more_conditions_are_tried_first(book):
    for key in (("attack", "verb"), ("strike", "verb"), ("strike", "noun"), ("impose", "verb")):
        ranks = [(-e.priority, -len(e.words), -len(e.frame)) for e in book.entries_for(*key)]
        assert ranks == sorted(ranks)
        assert len(ranks) > 3


def test_a_plain_word_is_the_last_resort(book):
    entry = book.entries_for("attack", "verb")[-1]
    assert (entry.type, entry.frame, entry.actor) == ("ASSAULT", (), ("subj",))


def test_entries_are_found_by_first_word_and_either_case(book):
    found = {e.text for e in book.entries_for("Turn", "VERB")}
    assert "turn down" in found
    assert book.entries_for("zzz", "verb") == ()


@pytest.mark.parametrize(
    ("lemma", "pos", "kind"),
    [
        ("condemn", "verb", "ACCUSE"), ("invade", "verb", "ASSAULT"), ("mediate", "verb", "CONSULT"),
        ("extradite", "verb", "COOPERATE"), ("veto", "verb", "REJECT"), ("ratify", "verb", "SUPPORT"),
        ("imprison", "verb", "COERCE"), ("resign", "verb", "RETREAT"), ("donate", "verb", "AID"),
        ("assassination", "noun", "ASSAULT"), ("demonstration", "noun", "PROTEST"),
    ],
)  # fmt: skip
def test_plain_senses(book, lemma, pos, kind):
    assert first(book, lemma, pos, set()).type == kind


@pytest.mark.parametrize(
    "lemma", ["attack", "fire", "kill", "strike", "shoot", "beat", "meet", "hit", "charge", "arrest"]
)
def test_false_friends_are_blocked(book, lemma):
    assert any(e.type is None and e.frame for e in book.entries_for(lemma, "verb"))


def test_speech_is_no_act(book):
    acts = [
        e
        for verb in ("say", "tell", "add", "note")
        for e in book.entries_for(verb, "verb")
        if e.type and not e.frame
    ]
    assert acts == []


def test_contexts_of_words_and_of_words_side_by_side(book):
    assert book.contexts_of(["The", "Embassy", "protest"]) == ("diplomatic",)
    assert "human_rights" in book.contexts_of(["human", "right", "group", "human", "rights"])
    assert book.contexts_of(["human", "and", "rights"]) == ()
    assert all(context.cues for context in book.contexts.values())


def test_links_of_a_type(book):
    actors, recipients = book.links_of("ASSAULT", "NOUN")
    assert actors[0] == "prep:by"
    assert "prep:on" in recipients
    assert book.links_of("NONE", "verb") == ((), ())


def test_a_frame_is_read_into_conditions(tmp_path):
    row = "zap\tverb\tASSAULT\tdrone\tobj=deal,@forces on!=* person-obj !passive no-obj comp to obj.of=war\n"
    book = Codebook.load([write(tmp_path, "a.tsv", LEXICON + row)])
    (entry,) = book.entries_for("zap", "verb")
    lists, on, person, active, nothing, clause, infinitive, of = entry.frame
    assert (lists.link, lists.negated, lists.flag) == ("obj", False, "")
    assert {"deal", "soldier"} <= lists.lemmas
    assert on == Condition("on", negated=True)
    assert person == Condition("obj", flag="person")
    assert active == Condition("", negated=True, flag="passive")
    assert nothing == Condition("obj", negated=True)
    assert clause == Condition("comp")
    assert infinitive == Condition("inf")
    assert of == Condition("obj.of", lemmas=frozenset({"war"}))


def test_links_status_and_alternatives_are_read(tmp_path):
    row = "zap, zap up\tverb\tCONSULT\tvisit\tto=paris\tsubj\tprep:to, obj.prep:with\tyes\tintended\t3\n"
    row += "zap\tnoun\t-\t\t\t-\t-\n"
    book = Codebook.load([write(tmp_path, "a.tsv", LEXICON + row)])
    two, one = book.entries_for("zap", "verb")
    assert (two.text, one.text) == ("zap up", "zap")
    assert one.recipient == ("prep:to", "obj.prep:with")
    assert (one.reciprocal, one.status, one.priority, one.line) == (True, "intended", 3, 2)
    (block,) = book.entries_for("zap", "noun")
    assert (block.type, block.actor, block.recipient) == (None, (), ())


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("zap\tverb\tASALT", "did you mean"),
        ("zap\tverb\tASSAULT\triot", "no mode of ASSAULT"),
        ("zap\tverb\t-\triot", "no mode"),
        ("zap\tadverb\tASSAULT", "part of speech"),
        ("Zap\tverb\tASSAULT", "lower-case"),
        ("zap\tverb\tASSAULT\t\tobj=@agreement", "did you mean 'agreements'"),
        ("zap\tverb\tASSAULT\t\tobj=Deal", "lower-case"),
        ("zap\tverb\tASSAULT\t\tobjekt=deal", "no link"),
        ("zap\tverb\tASSAULT\t\tobj", "no condition"),
        ("zap\tverb\tASSAULT\t\t\tprep:nearby", "no link to a party"),
        ("zap\tverb\tASSAULT\t\t\t\t\tmaybe", "reciprocal"),
        ("zap\tverb\tASSAULT\t\t\t\t\t\tdone", "no status"),
        ("zap\tverb\tASSAULT\t\t\t\t\t\t\thigh", "no whole number"),
        ("zap\tverb\tASSAULT\t\t\t\t\t\t\t\textra", "columns"),
        ("zap\tverb\tASSAULT\t\ton=* to\nzap\tverb\tREJECT\t\tto on=*", "stands already in line 3"),
    ],
)
def test_a_bad_row_is_named_with_its_line(tmp_path, row, words):
    path = write(tmp_path, "a.tsv", "# mine\n" + LEXICON + row + "\n")
    with pytest.raises(DataFileError, match=words) as caught:
        Codebook.load([path])
    assert caught.value.line == 3 + row.count("\n")
    assert caught.value.file == str(path)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("set,lemmas\nx,Deal\n", 2),
        ("set,lemmas\nx,@nothing\n", 2),
        ("type,quad,intensity,definition,cameo\nNEW,5,1,A test,01\n", 2),
        ("type,quad,intensity,definition,cameo\nNEW,1,eleven,A test,01\n", 2),
        ("type,quad,intensity,definition,cameo\nNEW,1,11,A test,01\n", 2),
        (MODES + "NEW,x,1,,A test\n", 2),
        (MODES + "AID,x,1,,A test\nAID,x,2,,Again\n", 3),
        (MODES + "AID,,1,,A test\n", 2),
        ("type,pos,actor,recipient\nAID,verb,nobody,obj\n", 2),
        ("type,pos,actor,recipient\nAID,word,subj,obj\n", 2),
        ("# nothing\nthis,is,no,table\n", 2),
        ("# nothing\n", 1),
    ],
)
def test_a_bad_table_is_named_with_its_line(tmp_path, text, line):
    with pytest.raises(DataFileError) as caught:
        Codebook.load([write(tmp_path, "any name.csv", text)])
    assert caught.value.line == line


def test_a_missing_file_is_wrong_use(tmp_path):
    with pytest.raises(UsageError, match=r"nowhere\.tsv"):
        Codebook.load([tmp_path / "nowhere.tsv"])


def test_a_folder_adds_a_type_a_mode_and_words(tmp_path, book):
    write(
        tmp_path,
        "my types.csv",
        "type,quad,intensity,definition,cameo\nCLAIM,3,-1,Lay claim to something,13\n",
    )
    write(tmp_path, "my modes.csv", MODES + "CLAIM,sea,-2,,A claim to waters\n")
    write(tmp_path, "my links.csv", 'type,pos,actor,recipient\nCLAIM,verb,subj,"prep:from,obj.poss"\n')
    write(tmp_path, "my words.tsv", LEXICON + "claim\tverb\tCLAIM\tsea\tobj=waters,strait\n")
    mine = Codebook.load([tmp_path])
    entry = next(e for e in mine.entries_for("claim", "verb") if e.type == "CLAIM")
    assert entry.recipient == ("prep:from", "obj.poss")
    assert (mine.quad("CLAIM"), mine.intensity("CLAIM", "sea"), mine.cameo("CLAIM", "sea")) == (3, -2.0, "13")
    assert [mode.name for mode in mine.modes_of("CLAIM")] == ["sea"]
    assert mine.digest != book.digest


def test_a_user_row_replaces_the_packaged_one(tmp_path, book):
    path = write(tmp_path, "a.tsv", LEXICON + "condemn\tverb\t-\n")
    mine = Codebook.load([path])
    assert first(mine, "condemn", "verb", set()).type is None
    assert len(mine.entries) == len(book.entries)


def test_the_digest_is_stable(book):
    assert book.digest == Codebook.load().digest
    assert book.digest.startswith("plover-")
    assert len(book.digest) == len("plover-") + 8
    assert int(book.digest.removeprefix("plover-"), 16) >= 0


def test_loading_is_quick():
    times = []
    for _ in range(5):
        gc.collect()
        start = time.perf_counter()
        Codebook.load()
        times.append(time.perf_counter() - start)
    assert min(times) < 0.15


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="abjo=!@*,- .#person", max_size=30))
def test_a_frame_is_read_or_refused_by_line(tmp_path_factory, frame):
    row = f"zap\tverb\tASSAULT\t\t{frame}\n"
    path = write(tmp_path_factory.mktemp("frame"), "a.tsv", LEXICON + row)
    try:
        read, line = Codebook.load([path]).entries_for("zap", "verb"), 2
    except DataFileError as error:
        read, line = (), error.line
    assert line == 2
    assert all(len(entry.frame) == len(frame.split()) for entry in read)


def test_examples_in_the_documentation_are_rows(tmp_path):
    page = (Path(__file__).parent.parent / "docs" / "codebook.md").read_text(encoding="utf-8")
    rows = [line.strip() for line in page.splitlines() if line.startswith("    ") and "\t" in line]
    mine = Codebook.load([write(tmp_path, "a.tsv", LEXICON + "\n".join(rows))])
    assert len(rows) == 3
    assert {e.line for e in mine.entries if e.file.endswith("a.tsv")} == {2, 3, 4}
