"""What can go wrong, and what to do about it.

LegationError
├── InputError         an input cannot be read; the rest of the batch goes on
├── UsageError         an option or argument does not fit
├── DataFileError      a codebook, actor or label file breaks its schema
└── StoreError         a store cannot be opened, read or written
"""

from __future__ import annotations


class LegationError(Exception):
    """An error whose message is one line that names the cause and the mend."""


class InputError(LegationError):
    """An input that cannot be read: its name, the reason, and the mend."""

    def __init__(self, name: str, reason: str, mend: str | None = None) -> None:
        self.name = name
        self.reason = reason
        self.mend = mend
        super().__init__(f"{name}: {reason}" + (f" ({mend})" if mend else ""))


class UsageError(LegationError):
    """An option or argument that does not fit."""


class DataFileError(LegationError):
    """A data file that breaks its schema, with the line number."""

    def __init__(self, file: object, line: int, reason: str) -> None:
        self.file = str(file)
        self.line = line
        self.reason = reason
        super().__init__(f"{file}, line {line}: {reason}")


class StoreError(LegationError):
    """A store that cannot be opened, read or written."""
