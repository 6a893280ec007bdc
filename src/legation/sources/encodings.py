"""From bytes to characters: which encoding, what is broken, what must not reach a reader's screen."""

from __future__ import annotations

import codecs
import re

BROKEN = "\N{REPLACEMENT CHARACTER}"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
_LONGEST_SEQUENCE = 3  # bytes of a UTF-8 character that a cut can leave behind
_ASCII_END = 0x80
# letters and signs of Windows-1252 that occur in news; the rest hints at damage
_WESTERN_LETTER = re.compile("[À-ÖØ-öø-üßŒœŠšŽžŸ]")
_WESTERN_SIGN = re.compile("[\u2018\u2019“”\u2013—…•€£¥«»°§©®·\xb4¿¡ºª½¼¾\xa0]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_HIDDEN = re.compile("[\N{SOFT HYPHEN}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def guess_encoding(head: bytes, *, whole: bool = True) -> str:
    """Return the Python codec of a text that begins with these bytes.

    UTF-8, UTF-16 and UTF-32 by their mark or by where their zeros stand; else
    UTF-8 if it fits, or nearly; else Windows-1252, the Western superset of Latin-1.
    ``whole`` is false where the text goes on, so that a cut character is no damage.
    """
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    if wide := _zeros(head[:_SAMPLE]):
        return wide
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if not whole and error.start >= len(head) - _LONGEST_SEQUENCE and error.end == len(head):
            return "utf-8"
        return "cp1252" if _is_western(head) else "utf-8"
    return "utf-8"


def decode(data: bytes, encoding: str | None = None) -> str:
    """Decode a whole text; bytes that do not fit become U+FFFD."""
    return data.decode(encoding or guess_encoding(data), errors="replace")


def _zeros(sample: bytes) -> str | None:
    """Tell UTF-16 without a mark: Latin letters leave a zero in every other byte."""
    pairs = len(sample) // 2
    if pairs == 0:
        return None
    first, second = (sample[place : pairs * 2 : 2].count(0) / pairs for place in (0, 1))
    many, few = 0.4, 0.05
    if second > many and first < few:
        return "utf-16-le"
    if first > many and second < few:
        return "utf-16-be"
    return None


def _is_western(data: bytes) -> bool:
    """Tell Windows-1252 from UTF-8 with broken bytes.

    The high bytes of Western text stand alone, as letters within words or as
    typographic signs; UTF-8 has them in valid groups.
    """
    replaced = data.decode("utf-8", errors="replace")
    valid = sum(1 for char in replaced if ord(char) >= _ASCII_END and char != BROKEN)
    broken = replaced.count(BROKEN)
    if valid >= broken:
        return False
    western = data.decode("cp1252", errors="replace")
    high = [place for place, char in enumerate(western) if ord(char) >= _ASCII_END]
    fit = sum(1 for place in high if _fits(western, place))
    return fit >= 0.9 * len(high)


def _fits(text: str, place: int) -> bool:
    if _WESTERN_SIGN.match(text, place):
        return True
    around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return bool(_WESTERN_LETTER.match(text, place)) and any(char.isalpha() for char in around)


def clean(text: str) -> tuple[str, int]:
    r"""Return text without control and hidden characters, and how many controls became spaces.

    Line ends become ``\n``; soft hyphens, marks of direction and zero-width
    spaces go, since they break words and can disguise what a terminal shows.
    """
    text = _HIDDEN.sub("", plain_lines(text))
    return _CONTROLS.subn(" ", text)


def plain_lines(text: str) -> str:
    r"""Return text whose lines all end with ``\n``."""
    return _LINE_ENDS.sub("\n", text)


def control_share(text: str) -> float:
    """Return the share of control and undecodable characters: high in what is no text."""
    text = plain_lines(text)
    odd = sum(1 for _ in _CONTROLS.finditer(text)) + text.count(BROKEN)
    return odd / len(text) if text else 0.0
