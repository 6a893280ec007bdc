"""Which language an article is in. Only English is coded."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from legation.tables import rows, shipped

_SAMPLE = 3000  # characters; more changes nothing
_FEW_LETTERS = 40  # below, a guess is worth nothing unless the script settles it
_SURE = 0.9
_MANY_WORDS = 30
_ENGLISH_SHARE = 0.12  # English news has 0.18 to 0.35 of the listed words
_URL = re.compile(r"https?://\S+|\S+@\S+")
_WORD = re.compile(r"[^\W\d_]+")


def foreign_language(text: str) -> tuple[str, str] | None:
    """Return (code, English name) of the language of a text; None for English or where it is uncertain.

    Texts of fewer than 40 letters in the Latin script count as English, for
    names alone decide nothing.
    """
    sample = _URL.sub(" ", text[:_SAMPLE])
    if _looks_english(sample):
        return None
    letters = [char for char in sample if char.isalpha()]
    latin = sum(1 for char in letters if _is_latin(char))
    other_script = len(letters) > 2 * latin
    if not letters or (len(letters) < _FEW_LETTERS and not other_script):
        return None
    code, probability = _identifier().classify(sample)
    if code in ("en", "zxx") or (probability < _SURE and not other_script):
        return None
    return code, names()[code]


def _looks_english(sample: str) -> bool:
    """Spare the model, whose loading takes half a second, where plain words settle it."""
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < _MANY_WORDS:
        return False
    common = english_words()
    return sum(1 for word in words if word in common) >= _ENGLISH_SHARE * len(words)


def _is_latin(char: str) -> bool:
    return char.isascii() or unicodedata.name(char, "").startswith("LATIN")


@cache
def english_words() -> frozenset[str]:
    """Load the common English words that ship with the package."""
    lines = shipped("sources", "english.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def names() -> dict[str, str]:
    """Load the languages told apart: code to English name."""
    return {
        row["code"]: row["name"] for _, row in rows(shipped("sources", "languages.tsv"), ("code", "name"))
    }


@cache
def _identifier() -> Any:
    from py3langid import langid

    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(names()))
    return identifier
