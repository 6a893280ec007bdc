"""Whether other programs open what Legation writes.

The examples are coded into a store, the store is exported in each format, and
every program that is installed here opens its format and counts: R (`Rscript`),
GDAL (`ogrinfo`), networkx, geopandas, polars, pandas, and DuckDB on the store's
own files. A program that is not here is
named and passed over. The exit status is 1 if one fails or counts otherwise.

    pip install networkx geopandas pyogrio polars pandas pyarrow
    apt-get install r-base-core gdal-bin
    python benchmarks/opened.py
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import legation
from legation.formats import BINARY, writer
from legation.labels import read_labels

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FORMATS = (
    "csv",
    "parquet",
    "gdelt",
    "gdelt-mentions",
    "icews",
    "polecat",
    "geojson",
    "graphml",
    "gexf",
    "dyad-month",
)

_COUNT = re.compile(r"Feature Count: (\d+)")


def main() -> int:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        written = export(made)
        lines = [line for program in (r, gdal, python, duckdb) for line in program(made, written)]
    for state, what in lines:
        print(f"{state:9} {what}")
    return int(any(state == "FAILED" for state, _ in lines))


def export(folder: Path) -> dict[str, int]:
    """Code the examples, write every format into a folder, and return how many each holds."""
    coder = legation.Coder()
    articles = (
        legation.Article(
            text=gold.with_suffix(".txt").read_text(encoding="utf-8"),
            published=next(iter(read_labels(gold))).day,
        )
        for gold in sorted(EXAMPLES.glob("*.gold"))
    )
    store = legation.open_store(folder / "store")
    store.add(coder.read_many(articles))
    written = {}
    for name in FORMATS:
        kind = {"mode": "wb"} if name in BINARY else {"mode": "w", "encoding": "utf-8", "newline": ""}
        with (folder / f"out.{name}").open(**kind) as stream:
            written[name] = writer(name)(store.reports(), "events", stream)
    written["store"] = sum(1 for _ in store.events())
    return written


def r(folder: Path, written: dict[str, int]) -> list[tuple[str, str]]:
    """Let R count the rows of tables, and read codes as text and days as days."""
    rows = {"csv": "read.csv({}, colClasses='character')", "dyad-month": "read.csv({})"}
    tabs = "read.delim({}, header={}, quote='', colClasses='character')"
    rows |= {
        name: tabs.format("{}", head)
        for name, head in (
            ("gdelt", "FALSE"),
            ("gdelt-mentions", "FALSE"),
            ("icews", "TRUE"),
            ("polecat", "TRUE"),
        )
    }
    return [
        counted(
            "R",
            name,
            ["Rscript", "-e", f"cat(nrow({call.format(repr(str(folder / f'out.{name}')))}))"],
            written[name],
        )
        for name, call in rows.items()
    ]


def gdal(folder: Path, written: dict[str, int]) -> list[tuple[str, str]]:
    """Let GDAL count the points, as QGIS does."""
    command = ["ogrinfo", "-so", "-al", str(folder / "out.geojson")]
    return [counted("GDAL", "geojson", command, written["geojson"], lambda out: int(_COUNT.findall(out)[0]))]


def counted(
    program: str, name: str, command: list[str], wanted: int, number: Callable[[str], int] = int
) -> tuple[str, str]:
    """Run a program and compare what it counts."""
    if shutil.which(command[0]) is None:
        return "not here", f"{program}: {name}"
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found = number(run.stdout)
    except (ValueError, IndexError):
        return "FAILED", f"{program}: {name}: {(run.stderr or run.stdout).strip()[-200:]}"
    return "opened" if found == wanted else "FAILED", f"{program}: {name}: {found} of {wanted}"


def python(folder: Path, written: dict[str, int]) -> list[tuple[str, str]]:
    """Let Python's libraries count."""
    opens: list[tuple[str, str, Callable[[Any, str], int]]] = [
        ("networkx", "graphml", lambda nx, path: nx.read_graphml(path).number_of_edges()),
        ("networkx", "gexf", lambda nx, path: nx.read_gexf(path).number_of_edges()),
        ("geopandas", "geojson", lambda gp, path: len(gp.read_file(path))),
        ("polars", "parquet", lambda pl, path: pl.read_parquet(path).height),
        ("polars", "csv", lambda pl, path: pl.read_csv(path, infer_schema=False).height),
        ("pandas", "parquet", lambda pd, path: len(pd.read_parquet(path))),
        ("pandas", "csv", lambda pd, path: len(pd.read_csv(path, dtype=str))),
    ]
    lines = []
    for library, name, count in opens:
        if find_spec(library) is None:
            lines.append(("not here", f"{library}: {name}"))
            continue
        found = count(import_module(library), str(folder / f"out.{name}"))
        lines.append(
            (
                "opened" if found == written[name] else "FAILED",
                f"{library}: {name}: {found} of {written[name]}",
            )
        )
    return lines


def duckdb(folder: Path, written: dict[str, int]) -> list[tuple[str, str]]:
    """Count with plain DuckDB on the files of the tables, without Legation."""
    import duckdb as database

    legation.open_store(folder / "store").compact()
    versions = json.loads((folder / "store" / "legation.json").read_text(encoding="utf-8"))["tables"]
    from deltalake import DeltaTable

    files = DeltaTable(folder / "store" / "events", version=versions["events"]).file_uris()
    (found,) = database.execute("select count(*) from read_parquet(?)", [files]).fetchone() or (0,)
    return [
        (
            "opened" if found == written["store"] else "FAILED",
            f"DuckDB: the store: {found} of {written['store']}",
        )
    ]


if __name__ == "__main__":
    sys.exit(main())
