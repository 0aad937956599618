"""Where things stand on a clean page: words with boxes, the blanks for the pen, the room for the signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

MM = 72 / 25.4  # points of a millimetre


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box in points, y upwards as in PDF. The box is as high as the font, not as the letters."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Height of the font."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Blank:
    """Room that print leaves for the pen. ``field``: ``number``, ``day`` or ``month``."""

    field: str
    left: float
    right: float
    base: float


@dataclass(frozen=True, slots=True)
class SignatureRoom:
    """The empty room between position and name: its middle, and how high it is."""

    x: float
    y: float
    height: float


def words(page: Any) -> list[Word]:
    """Words of a page of pypdfium2 in the order of its text."""
    text_page = page.get_textpage()
    text: str = text_page.get_text_range()
    found: list[Word] = []
    start: int | None = None
    for n, char in enumerate(f"{text} "):
        if not char.isspace():
            start = n if start is None else start
        elif start is not None:
            boxes = [text_page.get_charbox(i, loose=True) for i in range(start, n)]
            found.append(
                Word(
                    text[start:n],
                    min(b[0] for b in boxes),
                    min(b[1] for b in boxes),
                    max(b[2] for b in boxes),
                    max(b[3] for b in boxes),
                )
            )
            start = None
    return found


def _after(first: Word, words: Sequence[Word]) -> Word | None:
    """The next word to the right on the same line."""
    middle = (first.bottom + first.top) / 2
    right = [w for w in words if w.left >= first.right - 1 and w.bottom < middle < w.top]
    return min(right, key=lambda w: w.left, default=None)


def _blank_between(first: str, second: str) -> str | None:
    """The field that is blank where two words follow each other. "Số:" and "/UBND-KTTH" (or "-KH/TU") leave it out."""
    if first in ("Số:", "số:", "Số", "số") and second.startswith(("/", "-")):
        return "number"
    if first == "ngày" and second.startswith("/"):  # "ngày      /3/2024"
        return "day"
    return {("ngày", "tháng"): "day", ("tháng", "năm"): "month"}.get((first, second))


def blanks(words: Sequence[Word]) -> list[Blank]:
    """The places where a number, day or month is missing, from top to bottom, then from left to right."""
    found = []
    for word in words:
        if word.text in ("Số:", "số:", "Số", "số", "ngày", "tháng") and (second := _after(word, words)):
            field = _blank_between(word.text, second.text)
            # justified lines have wide word spaces too, but none as wide as a line is high
            if field and second.left - word.right > word.height:
                found.append(Blank(field, word.right, second.left, word.bottom + 0.2 * word.height))
    return sorted(found, key=lambda b: (-round(b.base), b.left))


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words by line, from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-w.bottom, w.left)):
        if lines and abs(lines[-1][0].bottom - word.bottom) < word.height / 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def signature_room(words: Sequence[Word], width: float) -> SignatureRoom | None:
    """The first wide gap (10 to 60 mm) between two lines of the right column beside "Nơi nhận:"; None where no ending
    is.

    A wider gap leads to a footnote or a page number.
    """
    starts = [a for a, b in pairwise(words) if (a.text, b.text) == ("Nơi", "nhận:")]
    if not starts:
        return None
    top = starts[-1].top + 2 * starts[-1].height  # the position may begin a little above "Nơi nhận:"
    column = _lines([w for w in words if w.left > 0.44 * width and w.top < top])
    gaps = [(upper[0].bottom - lower[0].top, upper, lower) for upper, lower in pairwise(column)]
    room = next(((height, upper, lower) for height, upper, lower in gaps if 10 * MM <= height <= 60 * MM), None)
    if room is None:
        return None
    height, upper, lower = room
    middle = (min(w.left for w in lower) + max(w.right for w in lower)) / 2
    return SignatureRoom(middle, (upper[0].bottom + lower[0].top) / 2, height)


def agency(words: Sequence[Word], width: float) -> tuple[str, ...]:
    """Lines of the letterhead's left column above "Số: …/…": what the seal says. Empty where the page has no
    letterhead."""
    for number in words:
        if number.text in ("Số:", "Số") and number.right < width / 2:
            second = _after(number, words)
            if second and ("/" in second.text or "-" in second.text):
                lines = _lines([w for w in words if w.right < width / 2 and w.bottom > number.top - 2])
                texts = [" ".join(w.text for w in line) for line in lines]
                return tuple(text for text in texts if text.isupper())  # not the page number
    return ()
