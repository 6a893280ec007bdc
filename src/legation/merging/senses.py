"""Which words speak of the same kind of act."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from legation.errors import DataFileError
from legation.language.lemmas import lemma_of

_COLUMNS = 2
_FILE = Path(__file__).with_name("senses.tsv")
_AS_IT_STANDS = "lower:0:"


@lru_cache(maxsize=1 << 14)
def sense(trigger: str) -> str:
    """Return the sense of the words of an act, as *kill* for *murdered*; if none, the first word's lemma."""
    words = trigger.casefold().split()
    lemmas = [lemma_of(word, "VERB", _AS_IT_STANDS) for word in words]
    bare = [lemma_of(lemma, "VERB", _AS_IT_STANDS) for lemma in lemmas]  # killings, killing, kill
    known = _senses()
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            for run in (lemmas, words, bare):
                found = known.get(" ".join(run[start : start + size]))
                if found is not None:
                    return found
    return bare[0] if bare else ""


@cache
def _senses() -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or line == "sense\twords":
            continue
        cells = line.split("\t")
        if len(cells) != _COLUMNS or not all(cells):
            raise DataFileError(_FILE, number, "a line is a sense, a tab and its words")
        for word in cells[1].split(", "):
            if word in found:
                raise DataFileError(_FILE, number, f"{word!r} stands twice")
            found[word] = cells[0]
    return found
