"""The fixed split of the labelled sentences, by their number within a file.

One tenth tunes the weights that join codebook and model; another tenth is the
development test, which nothing is fitted to.
"""

from __future__ import annotations

TUNE, DEVELOPMENT = 4, 9


def split_of(number: int) -> str:
    """Return train, tune or dev for the sentence with this number in its file."""
    return {TUNE: "tune", DEVELOPMENT: "dev"}.get(number % 10, "train")
