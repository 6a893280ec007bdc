"""The format in which people label sentences."""

import pytest

from legation.errors import DataFileError
from legation.labels import read_labels

REPORT = """\
> Alone it stands.
@ 2018-05-14 report
> Army shells town
  shells | ASSAULT heavy-weapons | occurred | by Army [- MIL] | to town [-]
> It began at dawn.
@ 2018-05-15
> Nothing followed.
"""


def write(folder, text):
    path = folder / "labels.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_sentences_of_a_report_belong_together(tmp_path):
    read = list(read_labels(write(tmp_path, REPORT)))
    assert [(sentence.text, sentence.report) for sentence in read] == [
        ("Alone it stands.", 0),
        ("Army shells town", 2),
        ("It began at dawn.", 2),
        ("Nothing followed.", 0),
    ]
    assert [len(sentence.mentions) for sentence in read] == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("@ 2018-05-14 page", "line 1: 'page' stands after the date"),
        ("@ yesterday", "line 1: 'yesterday' is no date"),
        ("  shells | ASSAULT | occurred", "line 1: a mention stands before any"),
        (
            "> Army shells town\n  shelled | ASSAULT | occurred",
            "line 2: 'shelled' does not stand in the sentence",
        ),
        ("> Army shells town\n  shells | ATTACK | occurred", "line 2: 'ATTACK' is no event type"),
        ("> Army shells town\n  shells | ASSAULT | done", "line 2: 'done' is no status"),
        ("> Army shells town\n  shells | ASSAULT | occurred | with guns", "line 2: 'with' is no part"),
        ("> Army shells town\n  shells | ASSAULT | occurred | by Army", "line 2: 'Army' needs codes"),
        (
            "> Army shells town\n  shells | ASSAULT | occurred | dead many",
            "line 2: 'many' is no number of people",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(tmp_path, line, reason):
    with pytest.raises(DataFileError, match=reason):
        list(read_labels(write(tmp_path, line + "\n")))
