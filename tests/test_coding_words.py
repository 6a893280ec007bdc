"""The words that a record quotes: whole triggers and whole parties, and no more than these."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("About 20 MPs continued an open-ended sit-in at the National Assembly in Kuwait.", "sit-in"),
        ("Germany will co-finance the dam with Burkina Faso.", "co-finance"),
        ("A cease-fire was agreed by Ethiopia and Eritrea.", "cease-fire"),
        ("An Israeli-led attack on the port killed two Syrians.", "attack"),
    ],
)
def test_a_trigger_that_a_hyphen_cuts_is_whole(coder, text, trigger):
    assert trigger in {m.trigger.text for m in coder.read(text, date="2022-05-17").mentions}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("HH the Amir accepted the resignation, a minister in Kuwait said.", "HH the Amir"),
        ("His Highness the Amir received the ambassador of Oman in Kuwait City.", "His Highness the Amir"),
        ("HE the Adviser to the Premier met the UK minister in Doha.", "HE the Adviser to the Premier"),
        ("Police arrested Christoph Kern (1960-2010) in Berlin.", "Christoph Kern"),
    ],
)
def test_a_party_has_its_style_and_no_open_bracket(coder, text, words):
    mentions = coder.read(text, date="2022-05-17").mentions
    assert words in {p.text for m in mentions for p in (*m.actors, *m.recipients)}
