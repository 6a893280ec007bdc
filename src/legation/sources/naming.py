"""From the names that a user gives to the files they mean."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from legation.errors import InputError
from legation.sources.items import Refusal, printable
from legation.sources.kinds import EXTENSIONS, kind_by_name

_NO_FILE_TYPE = "its extension is not one that is read"


def find_files(name: str) -> Iterator[Path | Refusal]:
    """Yield the files that a name stands for: itself, those in a folder, those that a pattern matches.

    Folders are read with all folders in them, in the order of names; hidden
    files are passed over, and files whose extension is unknown are refused.
    """
    path = Path(name)
    if path.is_dir():
        yield from _in_folder(path)
    elif _exists(path):
        yield path
    elif glob.has_magic(name):
        yield from _matching(name)
    else:
        raise InputError(name, "there is no such file", _did_you_mean(path))


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):
        return False


def _in_folder(folder: Path) -> Iterator[Path | Refusal]:
    found = read = False
    problems: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
        for file in sorted(files):
            if file.startswith("."):
                continue
            found = True
            path = Path(place, file)
            refusal = _refuse(path)
            read = read or refusal is None
            yield refusal or path
        while problems:
            yield _unreadable(problems.pop())
    while problems:
        found = True
        yield _unreadable(problems.pop())
    if not read:
        what = "none of the files in this folder is read" if found else "there are no files in this folder"
        raise InputError(f"{folder}{os.sep}", what, "read are " + ", ".join(EXTENSIONS))


def _refuse(path: Path) -> Refusal | None:
    if kind_by_name(path.name) is None:
        return Refusal(
            name=printable(str(path)), reason=_NO_FILE_TYPE, mend="name the file itself to have it read"
        )
    try:
        if stat.S_ISREG(path.stat().st_mode):
            return None
    except OSError as error:
        return Refusal(name=printable(str(path)), reason=(error.strerror or str(error)).lower())
    return Refusal(name=printable(str(path)), reason="this is no ordinary file")


def _unreadable(error: OSError) -> Refusal:
    return Refusal(name=printable(str(error.filename)), reason=(error.strerror or str(error)).lower())


def _matching(pattern: str) -> Iterator[Path | Refusal]:
    matches = sorted(glob.iglob(pattern, recursive=True))  # noqa: PTH207 - patterns may be absolute
    if not matches:
        raise InputError(pattern, "no file matches this pattern")
    for match in matches:
        path = Path(match)
        if path.is_dir():
            if "**" not in pattern:
                yield from _in_folder(path)
        else:
            yield path


def _did_you_mean(path: Path) -> str | None:
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except (OSError, ValueError):
        return None
    close = get_close_matches(path.name, names, n=1, cutoff=0.8)
    return f"did you mean {printable(str(path.with_name(close[0])))}?" if close else None
