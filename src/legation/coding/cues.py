"""The small word lists of coding: speech, status, control, tolls and numbers."""

from __future__ import annotations

from functools import cache

from legation.errors import DataFileError
from legation.records import STATUSES, Status
from legation.tables import rows, shipped

SPEECH_KINDS = frozenset({"verb", "preposition", "noun", "belief", "claim", "denial"})
PLACES = frozenset({"governor", "clause", "beside", "before", "mark"})


@cache
def speech() -> dict[str, str]:
    """Return the kind of each word that reports what somebody says; nouns carry ``noun:`` before them."""
    table, found = shipped("codebook", "speech.csv"), dict[str, str]()
    for line, row in rows(table, ("lemma", "kind")):
        if row["kind"] not in SPEECH_KINDS:
            raise DataFileError(
                table, line, f"{row['kind']!r} is no kind of speech: {', '.join(sorted(SPEECH_KINDS))}"
            )
        prefix = "noun:" if row["kind"] == "noun" else ""
        found[prefix + row["lemma"]] = row["kind"]
    return found


@cache
def statuses() -> dict[tuple[str, str], Status]:
    """Return the status that a word gives an act, by (lemma, place)."""
    table, found = shipped("codebook", "status.csv"), dict[tuple[str, str], Status]()
    for line, row in rows(table, ("lemma", "place", "status")):
        place, status = row["place"], row["status"]
        if place not in PLACES or status not in STATUSES:
            raise DataFileError(table, line, f"unknown place {place!r} or status {status!r}")
        found[row["lemma"], place] = status
    return found


@cache
def denials() -> frozenset[str]:
    """Return the words by which a sentence can say that something did not happen."""
    listed = {row["lemma"] for _, row in rows(shipped("codebook", "denials.csv"), ("lemma",))}
    cues = {word for (word, _), status in statuses().items() if status == "denied"}
    return frozenset(listed | cues | {word for word, kind in speech().items() if kind == "denial"})


@cache
def stances() -> dict[str, dict[str, str]]:
    """Return what a type counts as between two parties while an act is ``intended``, or ``denied``."""
    columns = ("type", "intended", "denied")
    return {row["type"]: row for _, row in rows(shipped("codebook", "stances.csv"), columns)}


@cache
def subject_control() -> frozenset[str]:
    """Return the verbs whose own subject does what their infinitive says."""
    return frozenset(row["lemma"] for _, row in rows(shipped("codebook", "control.csv"), ("lemma",)))


@cache
def pairs() -> frozenset[str]:
    """Return the words that say of a plural that it names two sides."""
    return frozenset(row["lemma"] for _, row in rows(shipped("codebook", "pairs.csv"), ("lemma",)))


@cache
def orders() -> frozenset[str]:
    """Return the verbs whose subject has an act done by their object."""
    return frozenset(row["lemma"] for _, row in rows(shipped("codebook", "orders.csv"), ("lemma",)))


@cache
def tolls() -> dict[tuple[str, str], str]:
    """Return 'deaths' or 'injuries' by (lemma, verb | noun | adj)."""
    table, found = shipped("codebook", "tolls.csv"), dict[tuple[str, str], str]()
    for line, row in rows(table, ("lemma", "pos", "kind")):
        if row["kind"] not in {"deaths", "injuries"}:
            raise DataFileError(table, line, f"{row['kind']!r} is neither deaths nor injuries")
        found[row["lemma"], row["pos"]] = row["kind"]
    return found


@cache
def numbers() -> dict[str, tuple[int, int]]:
    """Return the least and the most that a word of number may mean."""
    table, found = shipped("codebook", "numbers.csv"), dict[str, tuple[int, int]]()
    for line, row in rows(table, ("word", "low", "high")):
        if not (row["low"].isdigit() and row["high"].isdigit()):
            raise DataFileError(table, line, "low and high must be whole numbers")
        found[row["word"]] = (int(row["low"]), int(row["high"]))
    return found
