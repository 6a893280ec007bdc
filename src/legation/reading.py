"""Parsing text that is tokenised already, for evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from legation.language.model import Model
from legation.language.parser import Parser
from legation.records import Sentence


@cache
def _parser() -> Parser:
    return Parser(Model())


def read_tokens(sentences: Iterable[Sequence[str]]) -> list[Sentence]:
    """Return a parsed sentence for each list of words; offsets are those of the words joined by spaces."""
    parsed = []
    for words in sentences:
        tokens, start = [], 0
        for word in words:
            tokens.append((word, start, start + len(word)))
            start += len(word) + 1
        parsed.append(
            _parser().sentence(tokens) if tokens else Sentence(field="text", start=0, end=0, words=())
        )
    return parsed
