"""A quotation of several sentences: whoever speaks it is the source of every act told in it."""

from __future__ import annotations

from legation.coder import Coder


def sources(coder: Coder, text: str) -> dict[str, tuple[str, bool] | None]:
    report = coder.read(text, date="2020-01-10")
    return {m.trigger.text: (m.source.text, m.source.quoted) if m.source else None for m in report.mentions}


def test_the_speaker_of_the_first_sentence_speaks_the_next_ones_too(coder: Coder) -> None:
    found = sources(
        coder,
        '"Soldiers shelled us all night," the nurse told reporters. '
        '"They arrested my brother. Soldiers shot two of our neighbours."',
    )
    assert found["arrested"] == found["shot"] == ("the nurse", True)


def test_a_speaker_named_at_the_end_speaks_what_stands_before(coder: Coder) -> None:
    found = sources(coder, "“The army attacked the village. It arrested ten men,” the mayor said.")
    assert found["attacked"] == ("the mayor", True)


def test_a_quotation_ends_with_its_mark_and_with_its_paragraph(coder: Coder) -> None:
    found = sources(
        coder,
        '"Soldiers shelled us," the nurse said. The army arrested ten men.\n\n'
        '"Rebels killed two doctors," police said.',
    )
    assert found["arrested"] is None
    assert found["killed"] == ("police", True)


def test_an_own_source_goes_before_the_speaker_of_the_quotation(coder: Coder) -> None:
    found = sources(coder, '"We fled," she said. "The mayor says that soldiers killed two doctors."')
    assert found["killed"] is not None
    assert found["killed"][0].lower() == "the mayor"
