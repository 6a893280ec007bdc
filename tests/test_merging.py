from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import DAY, article, mention, place, report, reports, state, varied

from legation.merging import fingerprint, group_copies, merge_article, merge_reports, tellings_of
from legation.merging.copies import likeness
from legation.merging.senses import sense
from legation.records import Party, Period, Report, Source, Span, Toll

A = article()


def merged(*mentions):
    return merge_article(mentions, A)[1]


def coded(made):
    mentions, events = merge_article(made.mentions, made.article)
    return Report(article=made.article, sentences=made.sentences, mentions=mentions, events=events)


def test_a_repeat_of_the_same_act_is_one_event():
    events = merged(mention(A, 0), mention(A, 50, actor=None))
    assert [len(event.mentions) for event in events] == [2]


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "CONSULT"},
        {"recipient": "LBN"},
        {"day": DAY - timedelta(days=2)},
        {"status": "denied"},
        {"deaths": Toll(low=90, high=90)},
        {"mode": "airstrike"},
    ],
    ids=str,
)
def test_what_contradicts_stays_apart(other):
    first = mention(A, 0, deaths=Toll(low=3, high=3), mode="beat")
    assert len(merged(first, mention(A, 50, **other))) == 2


def words(text, at=50):
    return Span(text=text, start=at, end=at + len(text))


def test_words_of_one_sense_can_tell_of_one_act_and_those_of_two_cannot():
    first = mention(A, 0, trigger=words("murdered", 0))
    assert len(merged(first, mention(A, 50, trigger=words("killings")))) == 1
    assert len(merged(first, mention(A, 50, trigger=words("shelled")))) == 2
    assert sense("gunned down") == sense("opened fire") == sense("shooting")
    assert sense("deride") == "deride"


def test_two_towns_are_two_acts_and_a_country_holds_a_town():
    here, there = place("Damascus", 1), place("Aleppo", 2)
    wide = place("Syria", 3, "country")
    assert len(merged(mention(A, 0, where=here), mention(A, 50, where=there))) == 2
    (event,) = merged(mention(A, 0, where=wide), mention(A, 50, where=here))
    assert event.where == here


def test_nothing_known_in_common_is_no_evidence():
    unknown = {"actors": (Party(text="gunmen", start=0, end=6),), "recipient": None}
    assert len(merged(mention(A, 0, **unknown), mention(A, 50, **unknown))) == 2


def test_an_easing_and_a_withdrawal_can_be_one_act():
    assert len(merged(mention(A, 0, "CONCEDE"), mention(A, 50, "RETREAT"))) == 1


def test_a_reciprocal_act_told_the_other_way_round_is_one():
    first = mention(A, 0, "CONSULT", reciprocal=True)
    second = mention(A, 50, "CONSULT", "SYR", "ISR", reciprocal=True)
    (event,) = merged(first, second)
    assert {party.country for party in event.actors} != {party.country for party in event.recipients}


def test_a_plan_and_a_deed_meet_only_where_both_are_dated():
    assumed = Period(from_=DAY, to=DAY, assumed=True)
    assert len(merged(mention(A, 0), mention(A, 50, status="intended"))) == 1
    assert len(merged(mention(A, 0, when=assumed), mention(A, 50, status="intended", when=assumed))) == 2


def test_a_denial_by_another_stays_visible():
    said = [Source(text=name, start=0, end=1) for name in ("Kyiv", "Moscow")]
    (contested,) = merged(mention(A, 0, source=said[0]), mention(A, 50, source=said[1], status="denied"))
    (reported,) = merged(mention(A, 0), mention(A, 50, source=said[1], status="denied"))
    assert (contested.status, reported.status) == ("possible", "occurred")
    assert contested.source is None


def test_merged_values():
    person = Party(
        text="Ali", start=1, end=4, name="Ali Khan", kind="person", country="ISR", sectors=("GOV",)
    )
    (event,) = merged(
        mention(
            A, 0, deaths=Toll(low=3, high=5), confidence=0.4, when=Period(from_=DAY, to=DAY, assumed=True)
        ),
        mention(
            A, 50, deaths=Toll(low=4, high=9), confidence=0.9, actors=(person,), day=DAY - timedelta(days=1)
        ),
    )
    assert event.deaths == Toll(low=3, high=9)
    assert event.confidence == 0.9
    assert event.actors == (person,)
    assert event.when.from_ == DAY - timedelta(days=1)


@settings(max_examples=60, deadline=None)
@given(reports(), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_merging_again_changes_nothing(made, random):
    mentions, events = merge_article(made.mentions, made.article)
    shuffled = list(made.mentions)
    random.shuffle(shuffled)
    assert merge_article(shuffled, made.article)[1] == events
    assert merge_article(mentions, made.article) == (mentions, events)
    assert sorted(name for event in events for name in event.mentions) == sorted(m.id for m in made.mentions)
    assert all(mention.event for mention in mentions)


def test_reports_of_one_act_become_one_event_with_a_stable_id():
    first, second = coded(report(1)), coded(report(2, day=DAY + timedelta(days=1)))
    (alone,) = merge_reports(tellings_of(first))
    known = [type(t)(**{f: getattr(t, f) for f in t.__struct_fields__} | {"joined": alone.event.id})
             for t in alone.tellings]  # fmt: skip
    (both,) = merge_reports(tellings_of(second), known)
    assert both.event.id == alone.event.id
    assert (both.event.reports, both.event.publishers, len(both.event.mentions)) == (2, 2, 2)


def told(number, text, day, trigger="struck", **more):
    """Return a report without a date of its acts, whose words and trigger are given."""

    def acts(made):
        return [
            mention(made, text.index(trigger), trigger=words(trigger, text.index(trigger)), day=None, **more)
        ]

    return coded(report(number, acts, text=text, day=day))


LAUNCH = (
    "In the town of Masyaf, planes of Israel struck a depot of Hezbollah near the old Mill of Deir Shmail."
)


def test_reports_without_a_day_meet_where_much_else_speaks_for_one_act():
    first, same = told(1, LAUNCH, None), told(2, "Late news: " + LAUNCH, None)
    other = told(3, "As Iran and Qatar and Oman and Kuwait looked on, somebody struck something else.", None)
    clusters = merge_reports([t for made in (first, same, other) for t in tellings_of(made)])
    assert sorted(c.event.reports for c in clusters) == [1, 2]
    assert merge_reports(tellings_of(same), [*tellings_of(first)], {"none"}) == tuple(
        c for c in clusters if c.event.reports == 2
    )


def test_the_names_of_another_story_keep_reports_apart():
    here = told(
        1, "In the town of Masyaf, planes of Israel struck a depot of Hezbollah near Deir Shmail.", DAY
    )
    there = told(
        2, "In the port of Latakia, boats of Israel struck some ships of Tartous near Ras Ibn Hani.", DAY
    )
    assert len(merge_reports([*tellings_of(here), *tellings_of(there)])) == 2


def test_other_days_and_other_countries_stay_apart_across_reports():
    late = coded(report(2, lambda made: [mention(made, 20, day=DAY + timedelta(days=1))]))
    other = coded(report(3, lambda made: [mention(made, 20, recipient="LBN")]))
    tellings = [telling for made in (coded(report(1)), late, other) for telling in tellings_of(made)]
    assert len(merge_reports(tellings)) == 3


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(12)))
def test_events_across_reports_do_not_depend_on_order(order):
    tellings = [telling for number in order for telling in tellings_of(coded(varied(number)))]
    expected = [telling for number in range(12) for telling in tellings_of(coded(varied(number)))]
    clusters = merge_reports(tellings)
    assert {c.event.id: c.event for c in clusters} == {c.event.id: c.event for c in merge_reports(expected)}
    assert len(clusters) < len(tellings)


def test_a_copy_counts_once_as_a_report_and_its_publisher_counts():
    text = " ".join(f"word{k}" for k in range(200))
    copies = [coded(report(k, text=text + f" ({k})", publisher=f"p{k}")) for k in range(3)]
    signatures = {made.article.id: fingerprint(made.article.text) for made in copies}
    (group,) = group_copies(signatures)
    (cluster,) = merge_reports([t for made in copies for t in tellings_of(made, group[0])])
    assert (cluster.event.reports, cluster.event.publishers) == (1, 3)


def test_a_copy_cut_short_with_another_lead_is_found():
    story = [f"{word}{k}" for k in range(100) for word in ("alpha", "beta", "gamma")]
    cut = ["our", "own", "correspondent", *(f"lead{k}" for k in range(25)), *story[25:200]]
    other = [f"{word}{k}" for k in range(100) for word in ("delta", "epsilon")] + story[:60]
    signatures = {
        name: fingerprint(" ".join(text)) for name, text in zip("abc", (story, cut, other), strict=True)
    }
    assert group_copies(signatures) == [["a", "b"], ["c"]]


def test_fingerprints_estimate_what_texts_share():
    first = [f"word{k}" for k in range(300)]
    half = first[:150] + [f"other{k}" for k in range(150)]
    assert likeness(fingerprint(" ".join(first)), fingerprint(" ".join(first))) == 1.0
    assert 0.1 < likeness(fingerprint(" ".join(first)), fingerprint(" ".join(half))) < 0.6
    assert likeness(fingerprint(""), fingerprint("")) == 0.0


def test_first_seen_is_the_first_day_of_publication():
    made = [coded(report(k, day=date(2020, 1, 12 - k))) for k in range(3)]
    (cluster,) = merge_reports([t for one in made for t in tellings_of(one)])
    assert cluster.event.first_seen == date(2020, 1, 10)
    assert cluster.event.actors == (state("ISR"),)
