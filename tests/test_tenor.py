"""A doubtful act counts for less in a text that tells no politics."""

from __future__ import annotations

from legation.coder import Coder
from legation.tenor import in_keeping

TRAVEL = (
    "The bay lies an hour south of the airport. Its beaches are wide and clean. "
    "Breakfast is served until ten. The guide offered us coconut water. Children play under the palms. "
    "A market is held each Wednesday evening. Bring a hat and good shoes. The best month is March. "
    "Buses leave twice a day. Rooms cost fifty dollars. The owner asked us to come back."
)
WAR = " Rebels attacked an army base in Mali on Monday and killed twelve soldiers."


def test_a_text_about_a_beach_holds_no_act(coder: Coder) -> None:
    assert not coder.read(TRAVEL).mentions


def test_a_sure_act_stays_in_any_text(coder: Coder) -> None:
    assert {m.type for m in coder.read(TRAVEL + WAR).mentions} == {"ASSAULT"}


def test_a_short_text_and_a_political_one_keep_what_is_doubtful(coder: Coder) -> None:
    report = coder.read(WAR.strip())
    doubtful = [m for m in report.mentions if m.confidence < 0.99]
    assert all(in_keeping(report.mentions, 1))
    assert all(in_keeping(report.mentions * 4, 4))
    assert doubtful
    assert not any(in_keeping(report.mentions, 10_000))
