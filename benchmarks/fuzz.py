"""The language layer, and the whole coder if asked, over random and hostile strings.

    python benchmarks/fuzz.py                  # 100,000 strings through the language layer
    python benchmarks/fuzz.py --coder --count 5000

Nothing may raise; words slice back to the text, in order; sentences stand in order and do not overlap;
every tree has one root and no cycle. A failure is named by its seed and number, and made shorter for as
long as it fails the same way. The exit status is 1 if there is one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import hostile
import legation
from legation.language.model import Model
from legation.language.parser import Parser
from legation.records import Article, Sentence

Check = Callable[[str], str | None]
SHOWN = 20
TRIES = 400


def fault_of_sentences(text: str, sentences: Iterable[Sentence]) -> str | None:
    """Return what is wrong with the sentences of a text, None if nothing is."""
    last = 0
    for sentence in sentences:
        words = sentence.words
        if not words:
            return "a sentence has no words"
        if (sentence.start, sentence.end) != (words[0].start, words[-1].end):
            return "a sentence does not end where its words do"
        for word in words:
            if not word.text or text[word.start : word.end] != word.text:
                return "a word does not slice back"
            if word.start < last:
                return "words overlap or stand out of order"
            last = word.end
        if not is_tree([word.head for word in words]):
            return "the heads are no tree"
        if any(not sentence.start <= e.start < e.end <= sentence.end for e in sentence.entities):
            return "a name lies outside its sentence"
    return None


def is_tree(heads: Sequence[int]) -> bool:
    """Say whether there is one root, which every word leads to."""
    if heads.count(-1) != 1 or not all(-1 <= head < len(heads) for head in heads):
        return False
    safe = [head == -1 for head in heads]
    for start in range(len(heads)):
        path, node = set[int](), start
        while not safe[node]:
            if node in path:
                return False
            path.add(node)
            node = heads[node]
        for step in path:
            safe[step] = True
    return True


def language_check() -> Check:
    """Return a check of the language layer."""
    parser = Parser(Model())
    return lambda text: fault_of_sentences(text, parser.article(Article(text=text)))


def coder_check() -> Check:
    """Return a check of the whole coder: its sentences, and every span of its mentions."""
    coder = legation.Coder()

    def check(text: str) -> str | None:
        report = coder.read(text, date="2020-01-10")
        for mention in report.mentions:
            spans = [
                mention.trigger,
                *mention.actors,
                *mention.recipients,
                mention.source,
                mention.when,
                mention.where,
            ]
            for span in spans:
                if span is not None and span.start is not None and text[span.start : span.end] != span.text:
                    return f"a {type(span).__name__.lower()} does not slice back"
        return fault_of_sentences(text, report.sentences)

    return check


def fault(check: Check, text: str) -> str | None:
    """Return the fault of a text, an exception by its name and place."""
    try:
        return check(text)
    except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
        at = error.__traceback__
        while at and at.tb_next:
            at = at.tb_next
        where = f"{at.tb_frame.f_code.co_filename.rpartition('/')[2]}:{at.tb_lineno}" if at else "?"
        return f"{type(error).__name__} at {where}: {str(error)[:80]}"


def shorten(check: Check, text: str, wrong: str) -> str:
    """Cut pieces out of a failing text while it fails the same way."""
    cause, size, tries = wrong.partition(":")[0], len(text) // 2, 0
    while size and tries < TRIES:
        at = 0
        while at < len(text) and tries < TRIES:
            tried, tries = text[:at] + text[at + size :], tries + 1
            if (fault(check, tried) or "").partition(":")[0] == cause:
                text = tried
            else:
                at += size
        size //= 2
    return text


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--count", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=2_026)
    options.add_argument("--first", type=int, default=0, help="the number of the first string")
    options.add_argument(
        "--coder", action="store_true", help="run the whole coder, not the language layer alone"
    )
    asked = options.parse_args()
    check = coder_check() if asked.coder else language_check()
    kinds: Counter[str] = Counter()
    failures: dict[str, list[tuple[int, str]]] = {}
    started = time.perf_counter()
    for number in range(asked.first, asked.first + asked.count):
        kind, text = hostile.make(asked.seed, number)
        kinds[kind] += 1
        wrong = fault(check, text)
        if wrong is not None:
            failures.setdefault(wrong, []).append((number, text))
    spent = time.perf_counter() - started
    print("; ".join(f"{count} {kind}" for kind, count in kinds.most_common()))
    failed = sum(map(len, failures.values()))
    print(f"strings {asked.count}, seed {asked.seed}, failures {failed}, seconds {spent:.0f}")
    for wrong, cases in list(failures.items())[:SHOWN]:
        number, text = min(cases, key=lambda case: len(case[1]))
        print(f"{len(cases)} times {wrong}; number {number}: {shorten(check, text, wrong)!r}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
