"""`legation adapt`: a scorer fitted to a user's own labels, and what is said of labels that are bad."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import legation
from legation.cli.app import app
from legation.coding.adaptation import cross_validate
from legation.coding.regression import fit, softmax

STATES = ("Peru", "Chad", "Laos", "Fiji", "Oman", "Togo", "Cuba", "Mali", "Iran", "Iraq")
OWN = {
    "WATER": ("{a} closed the sluices upstream of {b}.", "{a} cut the flow of the river into {b}."),
    "PASSAGE": ("{a} shut its airspace to planes from {b}.", "{a} barred trucks of {b} from its highways."),
}
SHIPPED = {
    "ASSAULT": ("{a} bombed {b} at dawn.", "{a} shelled a town in {b}."),
    "CONSULT": ("{a} held talks with {b} on Monday.", "{a} met a delegation from {b}."),
    "AID": ("{a} sent wheat to {b}.", "{a} delivered medicine to {b}."),
    "ACCUSE": ("{a} condemned {b} on Friday.", "{a} accused {b} of spying."),
}


def row(template, kind, a, b):
    text = template.format(a=a, b=b)
    start = text.index(b)
    return {"text": text, "actor": [0, len(a)], "recipient": [start, start + len(b)], "type": kind}


def labelled(kinds, states=STATES):
    pairs = [(states[i], states[(i + 3) % len(states)]) for i in range(len(states))]
    return [row(t, kind, *pair) for kind, templates in kinds.items() for t in templates for pair in pairs]


def write(path, rows):
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


def adapt(path, out, *more):
    return CliRunner().invoke(app, ["adapt", str(path), "--out", str(out), *more])


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    done = adapt(write(folder / "labels.jsonl", labelled(OWN)), folder / "fitted")
    assert done.exit_code == 0, done.stderr
    return folder / "fitted", done


def figures(folder):
    return json.loads((folder / "adapted.json").read_text(encoding="utf-8"))["figures"]


def test_types_of_the_users_own_are_learned(own):
    folder, done = own
    assert figures(folder)["after"]["accuracy"] >= 0.9
    assert figures(folder)["before"] is None
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert lines[0] == ["measure", "before", "after"]
    assert lines[1][:2] == ["accuracy", "-"]
    assert ["WATER", "20"] in [line[:2] for line in lines]


def test_the_fitted_folder_answers_and_the_shipped_model_stays(own, coder):
    adapted = legation.Coder(adapted=own[0])
    for kind, text in (("WATER", "Ghana closed the dam's sluices above Benin."),
                       ("PASSAGE", "Ghana shut its airspace to jets from Benin.")):  # fmt: skip
        marks = (0, 5), (text.index("Benin"), text.index("Benin") + 5)
        shares = adapted.relate(text, *marks)
        assert sum(shares.values()) == pytest.approx(1)
        assert max(shares, key=shares.get) == kind
        assert set(coder.relate(text, *marks)) == set(coder.codebook.types)


def test_labels_that_are_the_shipped_types_are_kept_or_bettered(tmp_path):
    done = adapt(write(tmp_path / "labels.jsonl", labelled(SHIPPED, STATES[:5])), tmp_path / "fitted")
    assert done.exit_code == 0, done.stderr
    measured = figures(tmp_path / "fitted")
    assert measured["pairs"] == 40
    assert measured["after"]["accuracy"] >= measured["before"]["accuracy"]
    assert measured["after"]["macro-F1"] >= measured["before"]["macro-F1"]
    assert measured["after"]["accuracy"] >= 0.9


def test_a_party_that_is_not_named_may_be_null(tmp_path):
    rows = labelled(OWN)
    for one in rows[::2]:
        one["recipient"] = None
    folder = tmp_path / "fitted"
    assert adapt(write(tmp_path / "labels.jsonl", rows), folder).exit_code == 0
    shares = legation.Coder(adapted=folder).relate("Ghana cut the flow of the river.", (0, 5), None)
    assert max(shares, key=shares.get) == "WATER"


GOOD = row("{a} bombed {b}.", "ASSAULT", "Peru", "Chad")


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("nonsense", "no JSON object"),
        ("[1, 2]", "no JSON object"),
        (json.dumps({k: v for k, v in GOOD.items() if k != "recipient"}), "'recipient' is missing"),
        (json.dumps(GOOD | {"type": ""}), "'type'"),
        (json.dumps(GOOD | {"text": 3}), "'text'"),
        (json.dumps(GOOD | {"actor": [0, 99]}), "outside the text"),
        (json.dumps(GOOD | {"actor": [3, 3]}), "outside the text"),
        (json.dumps(GOOD | {"actor": "Peru"}), "must be [start, end]"),
        (json.dumps(GOOD | {"actor": [0, True]}), "must be [start, end]"),
        (json.dumps(GOOD | {"actor": [4, 5]}), "nothing but spaces"),
        (json.dumps(GOOD | {"actor": None, "recipient": None}), "neither"),
    ],
)
def test_a_bad_row_is_named_with_its_line(tmp_path, bad, words):
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(GOOD) + "\n\n" + bad + "\n", encoding="utf-8")
    done = adapt(path, tmp_path / "fitted")
    assert done.exit_code == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"legation: {path}, line 3: ")
    assert words in line
    assert not (tmp_path / "fitted").exists()


@pytest.mark.parametrize(
    ("rows", "words"),
    [([GOOD] * 3, "only 3 labelled pairs"), ([GOOD] * 30, "all are ASSAULT"), ([], "no labelled pair")],
)
def test_labels_that_teach_nothing_are_refused(tmp_path, rows, words):
    done = adapt(write(tmp_path / "labels.jsonl", rows), tmp_path / "fitted")
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert words in line


def test_a_missing_file_and_a_file_in_the_folders_place_are_wrong_use(tmp_path):
    assert adapt(tmp_path / "none.jsonl", tmp_path / "fitted").exit_code == 2
    path = write(tmp_path / "labels.jsonl", labelled(OWN))
    done = adapt(path, path)
    assert done.exit_code == 2
    assert "name a folder" in done.stderr


def test_a_folder_of_another_model_is_refused(own, tmp_path):
    for name in ("adapted.json", "weights.npz"):
        (tmp_path / name).write_bytes((own[0] / name).read_bytes())
    about = json.loads((tmp_path / "adapted.json").read_text(encoding="utf-8"))
    (tmp_path / "adapted.json").write_text(json.dumps(about | {"made": "model 0, codebook 0"}), "utf-8")
    with pytest.raises(legation.UsageError, match="legation adapt"):
        legation.Coder(adapted=tmp_path)
    (tmp_path / "weights.npz").write_bytes(b"no archive")
    with pytest.raises(legation.UsageError, match="no adapted scorer"):
        legation.Coder(adapted=tmp_path)
    with pytest.raises(legation.UsageError, match="no adapted scorer"):
        legation.Coder(adapted=tmp_path / "nowhere")


def test_a_text_never_stands_on_both_sides_of_a_fold(coder):
    texts = [f"{a} bombed {b}." for a, b in pairwise(STATES)]
    rows = [coder.describe(text, (0, 4), (12, 16)) for text in texts for _ in range(2)]
    labels = [text for text in texts for _ in range(2)]  # each text has a label that no other text has
    found = cross_validate(rows, labels, labels, list(coder.codebook.types), folds=3)
    assert not any(one == other for one, other in zip(found, labels, strict=True))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(4, 30), st.integers(1, 40), st.integers(2, 4))
def test_the_fit_is_where_the_loss_is_flat_however_wide_the_rows(seed, count, width, classes):
    rng = np.random.default_rng(seed)
    rows, prior = rng.normal(size=(count, width)), rng.normal(size=(count, classes))
    labels = rng.integers(0, classes, count)
    weights, biases, trust = fit(rows, labels, prior, 0.2)
    wrong = softmax(rows @ weights + biases + trust * prior) - np.eye(classes)[labels]
    assert np.abs(rows.T @ wrong + 0.2 * weights).max() < 0.05
    assert np.abs(wrong.sum(0) + 0.2 * biases).max() < 0.05
    wide = np.concatenate([rows, np.zeros((count, 60))], 1)
    again = fit(wide, labels, prior, 0.2)
    assert np.allclose(again[0][:width], weights, atol=0.02)
