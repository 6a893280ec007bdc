"""Reports that are copies of one another: how many the package finds, and how many it finds wrongly.

    python benchmarks/duplicates.py             # a table
    python benchmarks/duplicates.py --errors    # and what was missed and invented

The 800 articles of ``news/worldwide`` (measure only) and 1,200 copies of them,
altered as newsrooms alter an agency's text: cut to 60 to 90 per cent, the lead
reworded, another headline, an agency's line and byline added, punctuation
changed; some copies are altered twice. A pair is right if both are of one
article. Everything else is apart, reports on one topic by one newsroom too. Articles of which one holds
eight tenths of the runs of eight words of the other are one article: the folder
holds some twice.
"""

from __future__ import annotations

import argparse
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

from legation.merging.copies import fingerprint, group_copies, likeness

ROOT = Path(__file__).parent.parent
COPIES, SEED = 1200, 20220701
TARGETS = {"precision": 99.0, "recall": 97.0}
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
_FILLERS = ("on Monday", "officials said", "according to reports", "it emerged", "sources confirmed")
_SWAPS = {
    "said": "stated", "told": "informed", "also": "moreover", "after": "following", "big": "large", "about": "around",
    "new": "fresh", "many": "numerous", "says": "states", "will": "is to", "but": "yet", "show": "reveal",
}  # fmt: skip
_AGENCIES = ("LAGOS, Aug 3 (NAN) – ", "By our correspondent\n\nNAIROBI (Agency) — ", "(Newswire) ")
_TAILS = (
    "\n\nAgencies contributed to this report.",
    "\n\n© 2022. All rights reserved. Read more on our site.",
    "",
)
Alteration = Callable[[str, random.Random], str]


def articles() -> dict[str, str]:
    """Return the articles by name, without the address in the first line."""
    folder = Path(os.environ.get("LEGATION_DATA", ROOT / "../shared/data")) / "news" / "worldwide"
    if not folder.is_dir():
        raise SystemExit(f"{folder} is no folder; set LEGATION_DATA to the one that holds news/worldwide")
    found = {}
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace").strip()
        first, _, rest = text.partition("\n")
        found[path.stem] = rest.strip() if first.startswith("http") else text
    return found


def originals_of(texts: dict[str, str]) -> dict[str, str]:
    """Return for each article the first that it repeats, itself if none."""
    runs: dict[str, set[tuple[str, ...]]] = {}
    of: dict[str, str] = {}
    for name, text in texts.items():
        words = re.findall(r"\w+", text.casefold())
        mine = {tuple(words[n : n + 8]) for n in range(len(words) - 7)}
        same = (
            o for o, theirs in runs.items() if len(mine & theirs) >= 0.8 * min(len(mine), len(theirs)) > 0
        )
        of[name] = next(same, name)
        runs[name] = mine
    return of


def cut(text: str, draw: random.Random) -> str:
    """Keep the first 60 to 90 per cent of the sentences, as newsrooms cut from the end."""
    sentences = _SENTENCE.split(text)
    return " ".join(sentences[: max(1, round(len(sentences) * draw.uniform(0.6, 0.9)))])


def reword_lead(text: str, draw: random.Random) -> str:
    """Turn the first two sentences round and change words of them."""
    lead, rest = _SENTENCE.split(text)[:2], _SENTENCE.split(text)[2:]
    changed = []
    for sentence in lead:
        words = [_SWAPS.get(word, word) for word in sentence.split()]
        half = len(words) // 2
        changed.append(" ".join([*words[half:], draw.choice(_FILLERS), *words[:half]]))
    return " ".join([*changed, *rest])


def another_headline(text: str, draw: random.Random) -> str:
    """Put another headline, made of words of the text, in the place of the first line."""
    words = [word for word in re.findall(r"[A-Za-z]{5,}", text)[:200] if word] or ["News"]
    first, _, rest = text.partition("\n")
    made = " ".join(draw.choices(words, k=9)).capitalize()
    return f"{made}\n\n{rest.strip() if len(first) < 120 and rest else text}"


def add_agency(text: str, draw: random.Random) -> str:
    """Put an agency's line before the text and a notice after it."""
    return draw.choice(_AGENCIES) + text + draw.choice(_TAILS)


def punctuate(text: str, draw: random.Random) -> str:
    """Write quotes, dashes, spaces and contractions another way."""
    for old, new in (("“", '"'), ("”", '"'), ("’", "'"), ("–", "-"), ("—", " - "), ("…", "...")):
        text = text.replace(old, new)
    return (
        text.replace("\n\n", "\n" if draw.random() < 0.5 else " ").replace(";", ",").replace("%", " per cent")
    )


ALTERATIONS: dict[str, Alteration] = {
    "cut": cut, "lead reworded": reword_lead, "another headline": another_headline, "agency added": add_agency,
    "punctuation": punctuate,
}  # fmt: skip


def altered(originals: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield copies: name, the article's name, what was done, text. A fourth is altered twice."""
    draw = random.Random(SEED)
    kinds, names = list(ALTERATIONS), sorted(originals)
    for number in range(COPIES):
        name = names[draw.randrange(len(names))]
        done = draw.sample(kinds, 2 if number % 4 == 3 else 1)
        text = originals[name]
        for kind in sorted(done, key=kinds.index):
            text = ALTERATIONS[kind](text, draw)
        yield f"{name} copy {number}", name, " and ".join(done), text


def main() -> None:
    ask = argparse.ArgumentParser(description="Near-duplicate reports.")
    ask.add_argument("--errors", action="store_true", help="print what was missed and invented")
    given = ask.parse_args()
    originals = articles()
    source, done, texts = originals_of(originals), dict[str, str](), dict(originals)
    for name, of, what, text in altered(originals):
        source[name], done[name], texts[name] = source[of], what, text
    signatures = {name: fingerprint(text) for name, text in texts.items()}
    groups = group_copies(signatures)
    of_group = {name: number for number, group in enumerate(groups) for name in group}
    found = {pair for group in groups for pair in combinations(group, 2)}
    wanted = {pair for pair in combinations(sorted(texts), 2) if source[pair[0]] == source[pair[1]]}
    hits = found & wanted
    scores = {
        "precision": 100 * len(hits) / max(1, len(found)),
        "recall": 100 * len(hits) / max(1, len(wanted)),
    }
    print(f"{len(texts)} reports, {len(wanted)} pairs of copies, {len(found)} found")
    for name, value in scores.items():
        print(f"{name:24}{value:7.2f}   target {TARGETS[name]:.0f}")
    total, kept = Counter(done.values()), Counter[str]()
    for name, what in done.items():
        kept[what] += of_group[name] == of_group[source[name]]
    for what in sorted(total, key=lambda w: (" and " in w, w)):
        print(f"{what:40}{100 * kept[what] / total[what]:7.1f}  of {total[what]}")
    invented = Counter(tuple(sorted((source[a], source[b]))) for a, b in found - wanted)
    print(f"{len(invented)} pairs of different articles joined")
    if given.errors:
        for (a, b), times in invented.most_common():
            print(
                f"INVENTED {times} {a} {b} {likeness(signatures[a], signatures[b]):.2f}\n   {originals[a][:150]!r}\n   {originals[b][:150]!r}"
            )
        for name, what in done.items():
            if of_group[name] != of_group[source[name]]:
                score = likeness(signatures[name], signatures[source[name]])
                print(
                    f"MISSED {name}: {what}, {len(texts[name].split())} words of {len(texts[source[name]].split())}, {score:.2f}"
                )


if __name__ == "__main__":
    main()
