"""Memory of one long run: ``legation read`` of 100,000 short articles into a store, one core, one process.

    python benchmarks/memory.py                      # 100,000 articles: half an hour
    python benchmarks/memory.py --articles 30000 --json

Each article is the first sentences of one in ``news/worldwide`` (in the folder LEGATION_DATA), up to
``--words`` words, for whole articles would take a night. They come again and again with other countries,
numbers and days (``--daily`` articles a day), so that there are near copies to find and the same acts
to join. The process is the program as typed; its memory is read from outside as the records come out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import speed
from legation.records import Article
from legation.sources import Options, open_sources
from legation.store import open_store

SEED = 20200111
MARKS = (0.1, 0.25, 0.5, 0.75, 1.0)
MOST_MB = 1500.0
FIRST_DAY = date(2016, 1, 1)
COUNTRIES = [
    "Albania",
    "Angola",
    "Armenia",
    "Bolivia",
    "Botswana",
    "Brazil",
    "Cambodia",
    "Canada",
    "Chad",
    "Chile",
    "China",
    "Colombia",
    "Cuba",
    "Cyprus",
    "Denmark",
    "Ecuador",
    "Egypt",
    "Estonia",
    "Ethiopia",
    "Finland",
    "France",
    "Georgia",
    "Germany",
    "Ghana",
    "Greece",
    "Haiti",
    "Hungary",
    "India",
    "Indonesia",
    "Iran",
    "Iraq",
    "Ireland",
    "Israel",
    "Italy",
    "Jamaica",
    "Japan",
    "Jordan",
    "Kenya",
    "Kuwait",
    "Laos",
    "Lebanon",
    "Libya",
    "Malaysia",
    "Mali",
    "Mexico",
    "Mongolia",
    "Morocco",
    "Myanmar",
    "Nepal",
    "Nigeria",
    "Norway",
    "Oman",
    "Pakistan",
    "Panama",
    "Peru",
    "Poland",
    "Qatar",
    "Russia",
    "Rwanda",
    "Senegal",
    "Serbia",
    "Singapore",
    "Somalia",
    "Spain",
    "Sudan",
    "Sweden",
    "Syria",
    "Taiwan",
    "Tanzania",
    "Thailand",
    "Tunisia",
    "Turkey",
    "Uganda",
    "Ukraine",
    "Uruguay",
    "Venezuela",
    "Vietnam",
    "Yemen",
    "Zambia",
    "Zimbabwe",
]
_COUNTRY = re.compile(rf"\b(?:{'|'.join(COUNTRIES)})\b")
_NUMBER = re.compile(r"\b\d+\b")
_SENTENCE = re.compile(r"[^.!?]+[.!?]+[\"”’)]*\s*")


def openings(words: int) -> list[str]:
    """Return the first sentences of each article, up to a number of words."""
    names = [str(path) for path in sorted(speed.data().glob("*.txt"))]
    found = [item.text for item in open_sources(names, Options()) if isinstance(item, Article)]
    return [opening for opening in (_opening(text, words) for text in found) if opening]


def _opening(text: str, words: int) -> str:
    kept = ""
    for match in _SENTENCE.finditer(" ".join(text.split())):
        if kept and len((kept + match[0]).split()) > words:
            break
        kept += match[0]
    return " ".join(kept.split()[:words])


def varied(texts: list[str], number: int) -> Iterator[tuple[int, str]]:
    """Yield numbered texts, each time round with other countries and numbers."""
    draw = random.Random(SEED)
    for at in range(number):
        text = texts[at % len(texts)]
        if at >= len(texts):
            text = _COUNTRY.sub(lambda _: draw.choice(COUNTRIES), text)
            text = _NUMBER.sub(lambda found: str(int(found[0][:6]) + draw.randrange(40)), text)
        yield at, f"{text} ({draw.choice(COUNTRIES)} {at})" if at % 10 else text


def write_articles(path: Path, options: argparse.Namespace) -> None:
    """Write the articles, one JSON object a line."""
    with path.open("w", encoding="utf-8") as file:
        for at, text in varied(openings(options.words), options.articles):
            day = FIRST_DAY + timedelta(days=at // options.daily)
            row = {"id": f"n{at}", "text": text, "date": day.isoformat(), "publisher": f"paper {at % 7}"}
            file.write(json.dumps(row) + "\n")


def megabytes(process: int, field: str) -> float:
    """Return a line of a process's status: VmRSS is what it holds, VmHWM the most that it held."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith(field))) / 1024


def run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Read the articles in a process of its own; return its memory at the marks."""
    articles, store = folder / "articles.jsonl", folder / "store"
    write_articles(articles, options)
    read = [
        *speed.LEGATION,
        "read",
        str(articles),
        "--into",
        str(store),
        "--format",
        "jsonl",
        "--threads",
        "1",
    ]
    marks = [round(options.articles * share) for share in MARKS]
    points = list[dict[str, float]]()
    began = time.perf_counter()

    def note(articles: int) -> None:
        point = {
            "articles": articles, "MB": megabytes(process.pid, "VmRSS"),
            "peak MB": megabytes(process.pid, "VmHWM"), "seconds": time.perf_counter() - began,
        }  # fmt: skip
        points.append({name: round(value, 1) for name, value in point.items()})
        print(*(f"{name} {value:,.0f}" for name, value in points[-1].items()), sep=", ", file=sys.stderr)

    with subprocess.Popen(read, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout or ():
            at = int(json.loads(line)["article"].removeprefix("n"))
            while marks[:-1] and at >= marks[0]:
                note(marks.pop(0))
            if at >= options.articles - 200 and len(marks) == 1:  # the last of them may hold no act
                note(marks.pop(0))
    whole = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{' '.join(read)}: ended with status {process.returncode}")
    opened = open_store(store)
    held = {name: opened.counts(name)[0][1] for name in ("mentions", "events")}
    ((kept,),) = opened.query("SELECT count(*) FROM articles").fetchall()
    ((copies,),) = opened.query("SELECT count(*) FROM articles WHERE copy_of <> id").fetchall()
    return {
        "points": points, "seconds": round(whole, 1), "articles a second": round(options.articles / whole, 1),
        "articles kept": kept, "of them copies": copies, **held,
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=15, help="words of an article, at most (15)")
    parser.add_argument("--daily", type=int, default=100, help="articles a day (100)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-1:])
    with tempfile.TemporaryDirectory() as folder:
        found = run(options, Path(folder))
    peak, half, end = (found["points"][-1]["peak MB"], found["points"][2]["MB"], found["points"][-1]["MB"])
    found |= {"peak MB": peak, "end against the middle": round(end / half, 3)}
    missed = [] if peak < MOST_MB and end / half < speed.FLAT else ["memory"]
    if options.json:
        print(json.dumps(found | {"missed": missed}))
    else:
        for name, value in found.items():
            print(f"{name:24}", value) if name != "points" else None
        print("memory", "MISSED" if missed else "met", f"(under {MOST_MB:,.0f} MB, flat within a tenth)")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
