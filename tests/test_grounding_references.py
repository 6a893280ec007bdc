"""Whom *he*, *they*, *the ministry* and *both sides* stand for."""

from __future__ import annotations

import pytest


def parties(coder, text):
    report = coder.read(text, date="2020-01-10")
    return [p for m in report.mentions for p in (*m.actors, *m.recipients)]


def called(coder, text, words):
    """Return the parties that the text calls by these words, which must be coded."""
    found = [p for p in parties(coder, text) if p.text == words]
    assert found, f"{words!r} is no party of {text!r}"
    return found


def countries(coder, text, words):
    return {p.country for p in called(coder, text, words)}


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Xi Jinping arrived in Moscow on Monday. Ukraine criticised him.", "him", "CHN"),
        ("Iran freed three of its prisoners.", "three of its prisoners", "IRN"),
        ("Germany warned that Iran would attack it.", "it", "DEU"),
        ("Turkish soldiers attacked a village in Syria on Friday. They killed ten people.", "They", "TUR"),
        ("Iran rejected the demand. Israel accused it of terrorism.", "it", "IRN"),
        ("Egyptian lawmakers met a Russian minister in Cairo. They condemned Israel.", "They", "EGY"),
        ("Police arrested nine Ghanaian miners in Togo. The nine were freed on Friday.", "The nine", "GHA"),
        ("Chad accused Sudan of arming rebels. The latter rejected the charge.", "The latter", "SDN"),
        (
            "Relatives of Filipino sailors marched in Manila. Lawyers of the sailors sued the ministry.",
            "Lawyers of the sailors",
            "PHL",
        ),
    ],
)
def test_a_pronoun_has_the_country_of_whom_it_stands_for(coder, text, words, country):
    assert countries(coder, text, words) == {country}


def test_a_nameless_person_is_an_antecedent_too(coder):
    text = (
        "Police in Harare arrested an opposition leader on Monday, hours after he criticised the president."
    )
    assert {p.sectors for p in called(coder, text, "he")} == {("OPP",)}


def test_they_are_the_many_and_not_the_one(coder):
    text = "Rebels freed a nurse whom they had kidnapped."
    assert {p.sectors for p in called(coder, text, "they")} == {("REB",)}


def test_the_subject_owns_what_is_its(coder):
    assert countries(coder, "Cuba thanked Mexico for freeing its sailors.", "its sailors") == {"CUB"}


@pytest.mark.parametrize(
    ("text", "words", "both"),
    [
        (
            "France and Germany met in Paris. The two countries agreed to send troops to Mali.",
            "The two countries",
            {"FRA", "DEU"},
        ),
        (
            "Iran accused Israel of breaking the truce. Both sides rejected the proposal on Sunday.",
            "Both sides",
            {"IRN", "ISR"},
        ),
        (
            "Chad and Sudan blamed each other for the clash. Officers of both armies met on Friday.",
            "Officers of both armies",
            {"TCD", "SDN"},
        ),
    ],
)
def test_two_sides_are_the_two_that_were_named(coder, text, words, both):
    assert countries(coder, text, words) == both


def test_a_description_is_the_body_named_before(coder):
    text = "The Iranian foreign ministry summoned the British ambassador. The ministry condemned Britain."
    found = called(coder, text, "The ministry")
    assert {(p.country, p.sectors) for p in found} == {("IRN", ("GOV",))}


def test_our_village_is_the_speakers(coder):
    text = "“Israeli jets bombed our village on Sunday,” a Lebanese official said."
    assert countries(coder, text, "our village") == {"LBN"}


def test_the_one_who_speaks_is_we(coder):
    text = "“We attacked an American base,” Iranian general Hossein Salami said."
    assert countries(coder, text, "We") == {"IRN"}


def test_a_pronoun_is_not_the_other_party_of_its_own_act(coder):
    text = "Iran said on Sunday that Israel had attacked it."
    assert countries(coder, text, "it") == {"IRN"}


def test_nobody_is_made_up(coder):
    found = parties(coder, "They attacked the village. He condemned the attack.")
    assert {p.country for p in found if p.text in {"They", "He"}} <= {None}


@pytest.mark.parametrize(
    "later",
    ["Russia condemned the strikes.", "It was raining in Paris.", "They met Boris Johnson in London."],
)
def test_what_follows_changes_nothing(coder, later):
    text = "Turkish soldiers attacked a village in Syria on Friday. They killed ten people."
    assert countries(coder, f"{text} {later}", "They") >= countries(coder, text, "They")


def test_the_title_is_not_searched_for_a_pronoun_of_the_text(coder):
    report = coder.read("It attacked a ship.", title="Iran rejects talks", date="2020-01-10")
    assert not [p for m in report.mentions for p in m.actors if p.text == "It" and p.country]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("North Korea fired at South Korea. The South condemned the North.", "The South", "KOR"),
        ("NATO met in Brussels. The alliance condemned Russia.", "The alliance", "IGO"),
        ("The Taliban met Chinese envoys. The movement condemned Washington.", "The movement", "AFG"),
        ("Israel shelled a Syrian depot on Monday.", "a Syrian depot", "SYR"),
        ("North Korea shelled an island of South Korea.", "an island", "KOR"),
        ("Aid groups condemned Russia.", "Aid groups", "NGO"),
    ],
)
def test_a_short_or_loose_naming_has_the_country_that_the_report_tells(coder, text, words, country):
    found = {p.country for p in parties(coder, text) if p.text.startswith(words)}
    assert found == {country}


def test_who_urges_both_sides_is_neither(coder):
    text = "Armenia and Azerbaijan exchanged fire on Monday. Russia urged both sides to stop fighting."
    assert countries(coder, text, "both sides") == {"ARM", "AZE"}


def test_what_was_only_spoken_about_is_no_party(coder):
    report = coder.read("Israel condemned it. Turkey condemned Israel.", date="2020-01-10")
    assert all(p.country for m in report.mentions for p in m.recipients)


def test_coordinated_subjects_act_together(coder):
    report = coder.read(
        "Saudi Arabia and the United Arab Emirates pledged $3 billion to Sudan.", date="2020-01-10"
    )
    [mention] = [m for m in report.mentions if m.type == "AGREE"]
    assert {p.country for p in mention.actors} == {"SAU", "ARE"}


def test_a_pronoun_beside_its_name_is_no_second_party(coder):
    report = coder.read("Israel invaded Lebanon and occupied it.", date="2020-01-10")
    assert [[p.country for p in m.recipients] for m in report.mentions] == [["LBN"]] * len(report.mentions)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Uganda urged its neighbours to expel the rebels.", "its neighbours"),
        ("Russia warned Ukraine's allies on Monday.", "Ukraine's allies"),
        ("Canada asked other countries to take the refugees.", "other countries"),
        ("The US warned allies of Ukraine on Monday.", "allies of Ukraine"),
    ],
)
def test_neighbours_and_allies_are_not_those_whose_they_are(coder, text, words):
    assert countries(coder, text, words) == {None}


def test_an_ally_that_is_named_is_itself(coder):
    assert countries(coder, "The US urged its ally Turkey to free the pastor.", "its ally Turkey") == {"TUR"}


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("The pope visited Kazakhstan on Monday.", "The pope", "VAT"),
        ("The Coptic pope condemned Egypt's government.", "The Coptic pope", "EGY"),
        ("The Secretary-General met British lawmakers.", "The Secretary-General", "UNO"),
    ],
)
def test_an_office_of_which_there_is_one_tells_whose_it_is(coder, text, words, country):
    assert countries(coder, text, words) == {country}


def test_troops_are_those_of_whoever_orders_them(coder):
    text = "President Vladimir Putin ordered troops to withdraw from Kherson."
    assert countries(coder, text, "troops") == {"RUS"}


def test_both_and_the_two_are_the_sides_named_before(coder):
    report = coder.read(
        "Pakistan shelled villages in India on Monday. Russia urged both to hold talks.", date="2020-01-10"
    )
    [mention] = [m for m in report.mentions if m.type == "REQUEST"]
    assert {p.country for p in mention.recipients} == {"PAK", "IND"}


def test_the_two_sides_are_never_who_calls_on_them(coder):
    report = coder.read(
        "Pakistan shelled villages in India on Monday. Germany called on the two countries to stop fighting.",
        date="2020-01-10",
    )
    [mention] = [m for m in report.mentions if m.type == "REQUEST"]
    assert {p.country for p in mention.recipients} == {"PAK", "IND"}


def test_an_official_keeps_the_office_under_the_surname(coder):
    report = coder.read(
        "General Prasit Suwan dissolved parliament on Monday. Prasit promised elections.",
        title="Thai army seizes power", date="2020-01-10",
    )  # fmt: skip
    [mention] = [m for m in report.mentions if m.type == "AGREE"]
    assert [(p.name, p.country, p.sectors) for p in mention.actors] == [("Prasit Suwan", "THA", ("MIL",))]


def test_a_report_is_about_what_its_headline_names(coder):
    report = coder.read(
        "The president stepped down on Tuesday. He flew to Panama. Prosecutors arrested two generals.",
        title="Ecuador's president quits", date="2020-01-10",
    )  # fmt: skip
    [mention] = [m for m in report.mentions if m.type == "COERCE"]
    assert [p.country for p in mention.actors] == ["ECU"]


def test_a_body_that_many_states_have_does_not_say_what_a_report_is_about(coder):
    report = coder.read(
        "Dozens of Congress lawmakers marched to Vijay Chowk in Delhi. Congress said the government arrested "
        "two Congress leaders.",
        date="2022-07-26",
    )  # fmt: skip
    [mention] = [m for m in report.mentions if m.type == "COERCE"]
    assert [p.country for p in mention.actors] == ["IND"]


def test_whoever_the_text_gives_no_country_is_of_the_scene_and_marked_so(coder):
    text = "Peruvian police arrested two men in Lima. Julio Quispe accused the police of beating him."
    assert {(p.country, p.inferred) for p in called(coder, text, "Julio Quispe")} == {("PER", True)}


def test_the_place_of_a_signature_is_not_the_country_of_an_army(coder):
    text = "Under a truce signed in Geneva on Monday the Indonesian army and the rebels will disarm."
    assert countries(coder, text, "the rebels") == {"IDN"}
