"""Lemmas as edits of the word: how many letters to drop at its end, and what to add."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import takewhile

from legation.errors import DataFileError
from legation.tables import shipped

DOUBLED = frozenset("bdgklmnprtz")


def edit(word: str, lemma: str) -> str:
    """Return the edit that turns a word into its lemma, as ``case:drop:add``."""
    lowered = word.lower()
    case = "keep" if lemma[:1].isupper() and word[:1].isupper() else "lower"
    base = word if case == "keep" else lowered
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(base, lemma, strict=False)))
    return f"{case}:{len(base) - shared}:{lemma[shared:]}"


@lru_cache(maxsize=50_000)
def apply(word: str, change: str) -> str:
    """Return the lemma that an edit makes; an edit that does not fit leaves the word."""
    case, drop, add = change.split(":", 2)
    base = word if case == "keep" else word.lower()
    cut = int(drop)
    if cut > len(base):
        return base
    return (base[: len(base) - cut] + add) or base


def lemma_of(word: str, upos: str, change: str) -> str:
    """Return the lemma of a word: the irregular one from the table, else what the predicted edit makes.

    A noun in *ies* ends in *y* unless the table has it (*armies*, not *movies*).
    A verb whose edit makes no known verb takes the first known stem that its
    ending allows (*denied*: deny, not denie), and the barest if none is known,
    so that a new verb has one lemma wherever it stands.
    """
    known = irregular().get((word.lower(), upos))
    if known is not None:
        return known
    lemma = apply(word, change)
    if upos == "VERB" and lemma not in verbs():
        stems = _stems(word.lower())
        return next((stem for stem in stems if stem in verbs()), stems[0])
    if upos == "NOUN" and lemma.endswith("ie") and word.lower() == lemma + "s":
        return lemma.removesuffix("ie") + "y"
    return lemma


def _stems(word: str) -> list[str]:
    """Return the verbs that a word may be a form of, the likeliest first."""
    for ending, endings in (
        ("ied", "y"),
        ("ies", "y"),
        ("ing", " e"),
        ("ed", " e"),
        ("es", " e"),
        ("s", " "),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            base = word.removesuffix(ending)
            stems = [base + add.strip() for add in endings]
            if len(base) > 1 and base[-1] == base[-2] and base[-1] in DOUBLED:
                stems.append(base[:-1])
            return stems
    return [word]


@cache
def verbs() -> frozenset[str]:
    """Return the lemmas of known verbs."""
    return _listed("verbs.txt")


@cache
def auxiliaries() -> frozenset[str]:
    """Return the forms of auxiliaries, in small letters."""
    return _listed("auxiliaries.txt")


def _listed(name: str) -> frozenset[str]:
    lines = shipped("language", name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def irregular() -> dict[tuple[str, str], str]:
    """Return lemmas by (form, part of speech)."""
    table = shipped("language", "irregular.tsv")
    found: dict[tuple[str, str], str] = {}
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            parts = line.split("\t")
            if len(parts) != len(("form", "upos", "lemma")):
                raise DataFileError(
                    table, number, "a row has a form, a part of speech and a lemma, between tabs"
                )
            found[parts[0], parts[1]] = parts[2]
    return found
