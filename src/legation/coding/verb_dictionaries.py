"""Verb dictionaries of TABARI and PETRARCH, read as a lexicon of the user's.

A block ``--- ACT [100] ---`` holds verbs, one a line, and patterns: ``- * FOR
&SANCTIONS [172]`` is a sense of the block's verbs (``*``) beside other words.
``&NAME`` and the ``+`` lines below it make a set of words. Codes are CAMEO's
unless a table with the columns ``code,type`` says what they are; a code that
stands for no type tells no act. Of a pattern the words count, not their order;
helping verbs, denials and the slots of parties (``+ $ ^ %``) are left to the
program, which reads status and parties from the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from legation.coding.cues import speech
from legation.coding.tables import Table
from legation.language.lemmas import lemma_of

PRIORITY = "4"
RECIPIENT = (
    "obj,iobj,prep:with,prep:to,prep:against,prep:on,prep:from,prep:for,prep:of,prep:in,prep:into,prep:over,"
    "obj.prep:with,obj.prep:to,obj.prep:against,obj.prep:in,obj.prep:of,obj.poss,comp.recipient,after"
)
HELPING = frozenset(
    {"will", "would", "may", "might", "must", "should", "could", "can", "have", "has", "had", "be", "is",
     "are", "was", "were", "been", "to", "the", "a", "an", "it", "that", "now"}
)  # fmt: skip
DENIED = frozenset({"not", "no", "neither", "never", "n't", "wo", "ca"})
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"\[\s*([^\]:]*)[^\]]*\]")
_FORMS = re.compile(r"\{[^}]*\}")
_SLOTS = frozenset("+$^%")


class _Block(msgspec.Struct):
    code: str
    verbs: list[tuple[str, ...]]


def lexicon_of(
    file: str, text: str, codes: Callable[[str], str | None], prepositions: frozenset[str]
) -> Table:
    """Return a dictionary as a table of the lexicon, each row on the line where it stands in the file.

    ``codes`` gives the type of a code, None for one that stands for no act.
    """
    made: dict[int, str] = {}
    seen: set[tuple[str, str]] = set()
    for line, verb, frame, code in _senses(text, prepositions):
        kind = codes(code)
        if kind is None or (verb, frame) in seen:
            continue
        seen.add((verb, frame))
        cells = (verb, "verb", kind, "", frame, "subj", RECIPIENT, "", "", PRIORITY)
        made.setdefault(line, "\t".join(cells))
    rows = [made.get(line, "") for line in range(1, max(made, default=0) + 1)]
    return Table(file, "lexicon", "\n".join(rows), 0)


def _senses(text: str, prepositions: frozenset[str]) -> Iterator[tuple[int, str, str, str]]:
    """Yield line, verb with its particle, frame and code of each verb and pattern."""
    sets: dict[str, list[str]] = {}
    members: list[str] | None
    block, members = _Block("", []), None
    for line, raw in enumerate(_COMMENT.sub(lambda m: "\n" * m[0].count("\n"), text).splitlines(), 1):
        told = raw.split("#")[0].strip()
        code = next(iter(_CODE.findall(told)), "").strip()
        words = _CODE.sub("", told).strip()
        if not words:
            members = None
        elif words.startswith("---"):
            block = _Block(code, [])
        elif words.startswith("&"):
            members = sets.setdefault(words[1:].strip("_ "), [])
        elif words.startswith("-"):
            for verb in block.verbs[:1]:
                sense = _pattern(verb, words[1:].split(), sets, prepositions)
                if sense is not None:
                    yield line, *sense, code or block.code
        elif words.startswith("+") and members is not None:
            members.append(words[1:])
        elif verb := _verb(_FORMS.sub("", words)):
            block.verbs.append(verb)
            yield line, " ".join(verb), "", code or block.code


def _verb(text: str) -> tuple[str, ...]:
    """Return the lemma of a verb and what goes with it: *CORDON_OFF* is cordon off, *WIRE_+TAP* tap."""
    parts = [part for part in text.lower().replace("_", " ").split() if part.strip("+")]
    if not parts:
        return ()
    marked = next((part for part in parts if part.startswith("+")), parts[0])
    head = lemma_of(marked.lstrip("+"), "VERB", "lower:0:")
    return (head, *(part.strip("+") for part in parts[1:])) if marked == parts[0] else (head,)


def _pattern(
    verb: tuple[str, ...], tokens: list[str], sets: dict[str, list[str]], prepositions: frozenset[str]
) -> tuple[str, str] | None:
    """Return the verb with its particle and the frame of a pattern, None for one of helping words alone."""
    words = [part for token in tokens for part in re.split(r"(?<=\*)|(?=\*)|_", token) if part]
    if "*" not in words or any(word.lower() in DENIED for word in words):
        return None
    after = [word.lower() for word in words[words.index("*") + 1 :] if word not in _SLOTS]
    before = [word.lower() for word in words[: words.index("*")] if word not in _SLOTS]
    particle = [after.pop(0)] if after and after[0] in prepositions and len(verb) == 1 else []
    conditions = [
        test for word in (*before, *after)
        if not _is_helping(word) and word not in prepositions and (test := _condition(word, sets))
    ]  # fmt: skip
    if not particle and not conditions:
        return None
    return " ".join((*verb, *particle)), " ".join(dict.fromkeys(conditions))


def _is_helping(word: str) -> bool:
    """Say whether a word only tells of tense, or of saying: *said would attack*."""
    lemma = lemma_of(word, "VERB", "lower:0:")
    return word in HELPING or lemma in HELPING or lemma in speech()


def _condition(word: str, sets: dict[str, list[str]]) -> str:
    """Return the condition that a word, or one of a set, stands in the sentence."""
    named = sets.get(word[1:].upper().strip("_"), []) if word.startswith("&") else [word]
    last = [member.lower().replace("_", " ").split()[-1] for member in named if not member.startswith("&")]
    lemmas = {form for one in last for form in (one, lemma_of(one, "NOUN", "lower:0:"), one.rstrip("s"))}
    return "sent=" + ",".join(sorted(filter(str.isalpha, lemmas))) if any(map(str.isalpha, lemmas)) else ""
