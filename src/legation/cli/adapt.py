"""`legation adapt LABELLED.jsonl --out FOLDER`: fits a light scorer to a user's own labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from legation.errors import DataFileError, UsageError

if TYPE_CHECKING:
    from legation.coder import Coder
    from legation.coding.pair_features import Features
    from legation.pairs import LabelledPair

app = typer.Typer()

FEWEST = 20  # labelled pairs, below which figures from folds say nothing


@app.command()
def command(
    labelled: Annotated[
        Path, typer.Argument(metavar="LABELLED", help="Labelled pairs, a JSON object a line.")
    ],
    *,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the fitted weights go.")],
    folds: Annotated[int, typer.Option(min=2, max=50, help="Folds of the cross-validation.")] = 5,
    codebook: Annotated[
        list[Path] | None, typer.Option(exists=True, help="A codebook of your own, as in `legation read`.")
    ] = None,
) -> None:
    """Fit a light scorer to your own labels of two marked parties; the shipped model stays as it is.

    Use it with legation.Coder(adapted=FOLDER).relate(text, actor, recipient).
    """
    from legation.pairs import read_pairs

    pairs = read_pairs(labelled)
    _check(labelled, pairs)
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: this is a file; name a folder for the weights")
    from legation.coder import Coder

    coder = Coder(codebook=codebook or ())
    rows = _describe(labelled, coder, pairs)
    figures = _figures(rows, pairs, list(coder.codebook.types), folds)
    _save(out, coder, rows, pairs, figures)
    for line in report(figures):
        typer.echo(line)
    typer.echo(f"legation: {len(pairs)} labelled pairs fitted, kept in {out}", err=True)


def _check(labelled: Path, pairs: Sequence[LabelledPair]) -> None:
    """Refuse what nothing can be learned from."""
    if len(pairs) < FEWEST:
        raise DataFileError(
            labelled, pairs[-1].line, f"only {len(pairs)} labelled pairs; give at least {FEWEST}"
        )
    if len({pair.type for pair in pairs}) == 1:
        reason = f"all are {pairs[0].type}; give pairs of at least two types"
        raise DataFileError(labelled, pairs[-1].line, reason)


def _describe(labelled: Path, coder: Coder, pairs: Sequence[LabelledPair]) -> list[Features]:
    rows = []
    for pair in pairs:
        try:
            rows.append(coder.describe(pair.text, pair.actor, pair.recipient))
        except UsageError as error:
            raise DataFileError(labelled, pair.line, str(error)) from error
    return rows


def _figures(
    rows: Sequence[Features], pairs: Sequence[LabelledPair], types: Sequence[str], folds: int
) -> dict[str, Any]:
    """Return accuracy and macro-F1 before and after; before only where all labels are types."""
    from legation.coding.adaptation import accuracy, cross_validate, macro_f1

    wanted = [pair.type for pair in pairs]
    found = cross_validate(rows, wanted, [pair.text for pair in pairs], types, folds)
    measures = (("accuracy", accuracy), ("macro-F1", macro_f1))
    right = Counter(w for w, f in zip(wanted, found, strict=True) if w == f)
    before = None
    if set(wanted) <= set(types):
        shipped = [types[int(row.shares.argmax())] for row in rows]
        before = {name: round(measure(wanted, shipped), 4) for name, measure in measures}
    return {
        "pairs": len(pairs), "folds": folds, "before": before,
        "after": {name: round(measure(wanted, found), 4) for name, measure in measures},
        "types": {
            label: {"pairs": number, "right": right[label]} for label, number in Counter(wanted).most_common()
        },
    }  # fmt: skip


def _save(
    out: Path, coder: Coder, rows: Sequence[Features], pairs: Sequence[LabelledPair], figures: dict[str, Any]
) -> None:
    from legation.coding.adaptation import Adaptation

    fitted = Adaptation.fit(rows, [pair.type for pair in pairs], list(coder.codebook.types), coder.made)
    try:
        fitted.save(out, figures=figures)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({(error.strerror or str(error)).lower()})") from error


def report(figures: dict[str, Any]) -> list[str]:
    """Return the figures as lines of plain text, columns between tabs."""
    before, after = figures["before"], figures["after"]
    lines = ["measure\tbefore\tafter"]
    for name, value in after.items():
        lines.append(f"{name}\t{f'{before[name]:.1%}' if before else '-'}\t{value:.1%}")
    lines.append("type\tpairs\tright after")
    return lines + [f"{name}\t{row['pairs']}\t{row['right']}" for name, row in figures["types"].items()]
