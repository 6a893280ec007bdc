"""Whose country a party shares where its own words do not say, in reports on several states."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import legation
from legation.grounding.kin import READ
from legation.records import Mention, Party

STATES = {"Kenyan": "KEN", "Peruvian": "PER", "Turkish": "TUR", "Iraqi": "IRQ"}
OTHERS = [
    "The government of Chad condemned Niger on Sunday.",
    "Its soldiers crossed the border near Diffa and shelled a village in Niger.",
    "Japan's foreign minister met his Mongolian counterpart in Ulan Bator and praised him.",
    "Rain fell.",
]


def parties(mention: Mention) -> tuple[Party, ...]:
    return (*mention.actors, *mention.recipients)


def party(report: legation.Report, words: str, trigger: str) -> Party:
    mention = next(m for m in report.mentions if m.trigger.text.split()[0] == trigger)
    return next(p for p in parties(mention) if p.text == words)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(OTHERS), max_size=4), st.sampled_from(sorted(STATES)))
def test_what_a_phrase_names_itself_is_never_overruled(
    coder: legation.Coder, before: list[str], adjective: str
) -> None:
    sentence = f"{adjective} troops attacked rebels on Monday."
    report = coder.read(" ".join([*before, sentence]), title="Chad condemns Niger", date="2019-03-05")
    assert party(report, f"{adjective} troops", "attacked").country == STATES[adjective]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(OTHERS), max_size=3), st.sampled_from(sorted(STATES)))
def test_a_surname_is_of_the_country_that_the_full_name_had(
    coder: legation.Coder, between: list[str], adjective: str
) -> None:
    introduced = f"{adjective} minister Daniel Vester resigned on Monday."
    text = " ".join([introduced, *between, "Vester accused rebels of lying."])
    report = coder.read(text, title="Chad condemns Niger", date="2019-03-05")
    assert party(report, "Vester", "accused").country == STATES[adjective]


def test_a_row_of_the_users_is_never_overruled(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        "key,names,kind,country,sectors,from,to,source\ngov,the government,organization,FJI,GOV,,,own\n",
        encoding="utf-8",
    )
    report = legation.Coder(actors=own).read(
        f"{OTHERS[0]} The government accused rebels of lying.", date="2019-03-05"
    )
    assert party(report, "The government", "accused").country == "FJI"


@pytest.mark.parametrize(
    "example", ["21-qatar-cut-off", "29-venezuela-aid-blocked", "30-yeonpyeong-shelling"]
)
def test_a_country_by_the_model_is_marked(coder: legation.Coder, example: str) -> None:
    text = (Path(__file__).parent.parent / "examples" / f"{example}.txt").read_text(encoding="utf-8")
    title, _, body = text.partition("\n\n")
    marked = 0
    for mention in coder.read(body, title=title, date="2019-02-24").mentions:
        read = {i["words"] for i in mention.why if i["kind"] == "actor" and READ in (i["how"] or "")}
        for one in parties(mention):
            if one.text in read:
                marked += 1
                assert one.inferred or one.country is None
    assert marked or example != "29-venezuela-aid-blocked"


def test_the_government_is_that_of_the_state_whose_deeds_are_told(coder: legation.Coder) -> None:
    report = coder.read(
        "LETICIA, Colombia, May 4 - Peruvian soldiers fired tear gas on Sunday at farmers who tried to cross "
        "the river from Colombia with sacks of rice. The Colombian minister said that forty were hurt. "
        "The government denied that its forces had fired, and blamed the opposition for two burned boats.",
        title="Peru troops turn back farmers at border",
        date="2019-05-05",
    )
    assert party(report, "the opposition", "blamed").country == "PER"
