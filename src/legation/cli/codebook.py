"""`legation codebook [TYPE | WORD]`: what is coded, and which words speak of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation.errors import UsageError

if TYPE_CHECKING:
    from legation.coder import Coder
    from legation.coding.codebook import Codebook
    from legation.coding.lexicon import Entry

app = typer.Typer(rich_markup_mode="rich")

EXAMPLES = """[bold]Examples[/bold]

legation codebook

legation codebook REJECT

legation codebook turn down

legation codebook --check my-codebook/
"""
OVERVIEW = ("type", "mode", "quad", "intensity", "cameo", "definition")
ENTRIES = ("word", "as", "mode", "must hold", "who acts", "to whom", "row")
WRONG = 2
QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}


@app.command(epilog=EXAMPLES)
def command(
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TYPE | WORD]", help="A type in capitals, or a word or phrase in small letters."
        ),
    ] = None,
    *,
    codebook: Annotated[
        list[Path] | None,
        typer.Option(exists=True, help="A codebook of your own: a table or a folder of tables."),
    ] = None,
    check: Annotated[
        list[Path] | None, typer.Option(help="Say what is wrong with tables of your own, and show nothing.")
    ] = None,
) -> None:
    """Show the types and modes of acts, the words of a type, or what a word or phrase is taken for."""
    if check:
        raise typer.Exit(_check(check))
    book = _load(codebook or [])
    wanted = " ".join(name or []).strip()
    if not wanted:
        _table(OVERVIEW, _overview(book))
    elif wanted in book.types:
        _show_type(book, wanted)
    else:
        _show_word(book, wanted)


def _load(paths: list[Path]) -> Codebook:
    """Return the codebook; the model is loaded only where example sentences have to be read."""
    from legation.coding.codebook import Codebook

    book = Codebook.load(paths)
    return _coder(paths).codebook if book.examples else book


def _coder(paths: list[Path]) -> Coder:
    from legation.coder import Coder

    return Coder(codebook=paths)


def _overview(book: Codebook) -> Iterable[Sequence[str]]:
    for kind in book.types.values():
        yield kind.name, "", str(kind.quad), f"{kind.intensity:g}", kind.cameo, kind.definition
        for mode in book.modes_of(kind.name):
            code = book.cameo(kind.name, mode.name)
            yield kind.name, mode.name, str(kind.quad), f"{mode.intensity:g}", code, mode.definition


def _show_type(book: Codebook, name: str) -> None:
    kind = book.types[name]
    quad = QUADS[kind.quad]
    _lines([("type", name), ("means", kind.definition), ("quad", f"{kind.quad}, {quad}"),
            ("intensity", f"{kind.intensity:g}"), ("cameo", kind.cameo)])  # fmt: skip
    for mode in book.modes_of(name):
        code = book.cameo(name, mode.name)
        _lines([("mode", f"{mode.name}: {mode.definition} (intensity {mode.intensity:g}, CAMEO {code})")])
    entries = [e for e in book.entries if e.type and (book.recode(e.type, e.mode) or ("",))[0] == name]
    typer.echo()
    _table(ENTRIES, (_row(book, entry) for entry in sorted(entries, key=lambda e: (e.text, e.pos))))


def _row(book: Codebook, entry: Entry) -> Sequence[str]:
    from legation.cli.wording import condition, party

    tests = "; ".join(condition(test, book.sets) for test in entry.frame)
    final = book.recode(entry.type or "", entry.mode)
    mode = (final[1] if final else None) or ""
    where = f"{Path(entry.file).name}:{entry.line}"
    return entry.text, entry.pos, mode, tests, party(entry.actor), party(entry.recipient), where


def _show_word(book: Codebook, wanted: str) -> None:
    from legation.cli.wording import explain

    text = _listed(book, wanted.lower())
    found = sorted((e for e in book.entries if e.text == text), key=lambda e: (e.pos, *e.rank))
    for number, entry in enumerate(found):
        if number:
            typer.echo()
        _lines(explain(entry, book))
    if len(found) > 1:
        _say(f"{len(found)} senses, in the order in which they are tried; the first that holds decides")
    longer = sorted({e.text for e in book.entries if len(e.words) > 1 and text in e.words and e.text != text})
    if longer:
        _say(f"see also: {', '.join(longer)}")
    if text.upper() in book.types:
        _say(f"{text.upper()} is a type, too: legation codebook {text.upper()}")


def _listed(book: Codebook, wanted: str) -> str:
    """Return the dictionary form that the lexicon lists; `UsageError` where it lists none."""
    from legation.language.lemmas import lemma_of

    known = {entry.text for entry in book.entries}
    first, space, rest = wanted.partition(" ")
    forms = [wanted, lemma_of(first, "VERB", "lower:0:") + space + rest]
    forms += [wanted.removesuffix("s"), wanted.removesuffix("es")]
    for form in forms:
        if form in known:
            return form
    names = [
        *get_close_matches(wanted.upper(), list(book.types), 1),
        *get_close_matches(wanted, list(known), 2),
    ]
    near = f"; did you mean {' or '.join(map(repr, names))}?" if names else ""
    raise UsageError(f"{wanted!r} is no type and no word of the lexicon{near}")


def _check(paths: list[Path]) -> int:
    """Name every problem; return the exit status of the program."""
    from legation.coding.checking import check

    found = check(paths)
    for problem in found.problems:
        _say(str(problem))
    if found.codebook is not None and found.codebook.examples:
        wrong = _try_examples(paths)
        for line in wrong:
            _say(line)
        if wrong:
            return WRONG
    if found.problems:
        return WRONG
    for table in found.tables:
        typer.echo(f"{table.file}\t{table.kind}\t{table.size}")
    return 0


def _try_examples(paths: list[Path]) -> list[str]:
    """Code the example sentences; return a line for each that is not coded as it says."""
    coder, wrong = _coder(paths), list[str]()
    for example in coder.codebook.examples:
        start, end = example.spans["act"]
        acts = [
            mention for mention in coder.read(example.text).mentions
            if mention.trigger.start < end and mention.trigger.end > start
        ]  # fmt: skip
        wanted = (example.type, example.mode)
        if any(act.type == example.type and example.mode in (None, act.mode) for act in acts):
            continue
        coded = " and ".join(_name(act.type, act.mode) for act in acts) or "not coded"
        place = f"{example.file}, line {example.line}"
        wrong.append(f"{place}: {example.text[start:end]!r} should be {_name(*wanted)}, but is {coded}")
    return wrong


def _name(kind: str, mode: str | None) -> str:
    return f"{kind} {mode}" if mode else kind


def _lines(pairs: Iterable[tuple[str, str]]) -> None:
    """Print labelled lines: aligned on a terminal, with a tab into a pipe."""
    if not sys.stdout.isatty():
        for label, words in pairs:
            typer.echo(f"{label}\t{words}")
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", width=10)
    grid.add_column()
    for label, words in pairs:
        grid.add_row(Text(label), Text(words))
    Console(highlight=False).print(grid)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: in columns on a terminal, with tabs into a pipe."""
    if not sys.stdout.isatty():
        for row in (heads, *rows):
            typer.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False).print(table)


def _say(line: str) -> None:
    typer.echo(f"legation: {line}", err=True)
