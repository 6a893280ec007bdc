"""The work that ``kills.py`` disturbs: the articles and rows of one store, and the commands that read them."""

from __future__ import annotations

import json
import random
import sys
from datetime import date, timedelta
from pathlib import Path

from memory import varied
from speed import LEGATION, ROOT

DAY = date(2020, 1, 1)
ACTORS = ("USA", "RUS", "CHN", "IRN", "IRQ", "ISR", "SYR", "TUR", "UKR", "EGY")
CODES = ("190", "043", "112", "173", "010", "057", "138", "145")
COMPACT = "import sys; from legation.store import open_store; open_store(sys.argv[1]).compact()"


def write_inputs(folder: Path) -> None:
    """Write the articles and the rows that every round reads."""
    texts = [
        " ".join(path.read_text(encoding="utf-8").split()[:24])
        for path in sorted((ROOT / "examples").glob("*.txt"))
    ]
    for name, first, last in (("some", 0, 30), ("more", 20, 60)):
        with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for at, text in list(varied(texts, last))[first:]:
                row = {"id": f"n{at}", "text": text, "date": (DAY + timedelta(days=at % 9)).isoformat()}
                file.write(json.dumps(row) + "\n")
    for number in range(6):
        # the last 40 stand in the next file too
        lines = [gdelt_row(number * 200 + at) for at in range(240)]
        (folder / f"rows{number}.tsv").write_text("".join(lines), encoding="utf-8")


def gdelt_row(number: int) -> str:
    """Return a row of GDELT 1.0; the same number gives the same row."""
    draw = random.Random(number)
    one, other = draw.sample(ACTORS, 2)
    cells = [""] * 58
    day = f"{DAY + timedelta(days=draw.randrange(9)):%Y%m%d}"
    cells[0], cells[1], cells[26], cells[30] = str(number), day, draw.choice(CODES), "-2.0"
    cells[5:8], cells[15:18] = [one, one, one], [other, other, other]
    cells[-2:] = [day, f"https://example.org/{number}"]
    return "\t".join(cells) + "\n"


def commands(folder: Path, store: Path) -> list[tuple[str, list[str]]]:
    """Return what a round does, each command by its name."""
    rows = [str(folder / f"rows{number}.tsv") for number in range(6)]
    read = [*LEGATION, "read", "--into", str(store), "--quiet", "--threads", "1"]
    take = [*LEGATION, "import", "--into", str(store), "--format", "gdelt"]
    return [
        ("import", [*take, *rows[:3]]),
        ("read", [*read, str(folder / "some.jsonl")]),
        ("import", [*take, *rows[2:]]),
        ("read", [*read, str(folder / "some.jsonl"), str(folder / "more.jsonl")]),
        ("compact", [sys.executable, "-c", COMPACT, str(store)]),
        ("import", [*take, *rows]),
    ]
