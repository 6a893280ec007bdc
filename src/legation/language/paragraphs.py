"""Where paragraphs begin and end: blank lines, line ends, and lines wrapped by hand."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")
WRAPPED_LINES = 4
WRAP_WIDTH = (40, 100)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each paragraph; wrapped lines are put together again."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace()]
    if not _is_wrapped(text, lines):
        yield from lines
        return
    start, end = lines[0]
    for line_start, line_end in lines[1:]:
        if _goes_on(text, end, line_start, text[start:end]):
            end = line_end
        else:
            yield start, end
            start, end = line_start, line_end
    yield start, end


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Say whether most lines are of one middling width and stop inside a sentence."""
    if len(lines) < WRAPPED_LINES:
        return False
    widths = [end - start for start, end in lines]
    inside = sum(not _ENDS.search(text[start:end]) for start, end in lines)
    middling = WRAP_WIDTH[0] <= statistics.median(widths) <= WRAP_WIDTH[1]
    return middling and inside / len(lines) > 1 / 2 and max(widths) <= 2 * WRAP_WIDTH[1]


def _goes_on(text: str, end: int, start: int, line: str) -> bool:
    between = text[end:start].replace("\r\n", "\n")
    return between.count("\n") <= 1 and len(line) >= WRAP_WIDTH[0] // 2
