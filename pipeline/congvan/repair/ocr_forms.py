"""Forms that documents have and OCR breaks: "(t/h);" in a list of recipients, "./." at the end, "Số:" before a number, figures."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from congvan.document import Reading
from congvan.language.folding import strip_marks
from congvan.language.syllables import is_syllable

PURPOSES = (
    "b/c",
    "t/h",
    "đ/b",
    "p/h",
    "đ/c",
    "k/b",
)  # why somebody is a recipient, as lists of recipients abbreviate it
_CHEAP = 2.5  # nats: a figure that the engine takes for possible

# accepts a short word in brackets, which may be read as others: "(th);", "(b/C)", "(Uh).", "(b/c};"
_BRACKETS = regex.compile(r"[({\[](?P<inner>[^\s()\p{Nd}]{2,4})[)}\]](?P<after>[;.,:]{0,2})")
# accepts what is left of "./." after the last word: "quyết..", "quyết./"
_END = regex.compile(r"(?P<word>.*[\p{L}\p{Nd})])(?:\.\.|\./|/\.|,/\.|\./,|\.⁄\.)")
# accepts "Số" with lost marks: "Sô:", "Sỏ:", "Sũ:"
_NUMBER = regex.compile(r"S[\p{Ll}\p{M}]{1,2}(?P<after>:?)")
# accepts what follows "Số": figures, perhaps lost, and the symbol: "3337/UBND-KT", "/GM-UBND", "05-KH/TU"
_NUMBERED = regex.compile(r"[\p{Nd}\p{P}]{0,6}[/-][\p{Lu}\p{Nd}].*")
# accepts a figure with what may follow it: "11", "1.250", "15/11/2022;", "10%"
_FIGURE = regex.compile(r"\p{Nd}{1,4}(?:[.,/-]\p{Nd}{1,4}){0,4}[%.,;:)]{0,2}")
# accepts what the dash of a list is taken for, perhaps with the word after it: "~", "¬", "~-Lưu:"
_STROKE = regex.compile(r"[~¬ˆ^—–]+-?(?P<word>\p{L}*:?)|-(?P<word>\p{Lu}\p{Ll}+:?)")
# accepts a word of small letters with a full stop: "sở.", "khăn."
_STOPPED = regex.compile(r"\p{L}[\p{Ll}\p{M}]+\.")
# accepts a sign that a 1 is taken for, or a letter that a figure is
_TAKEN = regex.compile(r"[!|lIiOoSZzBGg†‡]")


def formed(shown: str, reading: Reading, following: str, begins: bool = False, within: bool = False) -> str | None:
    """What a word has to be by its form; None where its form says nothing.

    Args:
        shown: as read. reading: with its other readings. following: the next word. begins: it is the first of its line.
        within: the next word stands in the same line.
    """
    right = (
        _purpose(shown)
        or _ended(shown)
        or _number(shown, following)
        or _figure(shown, reading)
        or (_bullet(shown) if begins and following else None)
        or (_comma(shown, following, reading) if within else None)
    )
    return right if right != shown else None


def _purpose(shown: str) -> str | None:
    m = _BRACKETS.fullmatch(shown)
    if m is None or (is_syllable(m["inner"]) and len(m["inner"]) > 2):
        return None
    near = sorted((_distance(m["inner"].lower().replace("⁄", "/"), p), p) for p in PURPOSES)
    if near[0][0] > 2 or near[0][0] == near[1][0]:
        return None
    return f"({near[0][1]}){m['after']}"


def _bullet(shown: str) -> str | None:
    """The dash of a list, read as another stroke."""
    m = _STROKE.fullmatch(shown)
    return f"-{' ' if m['word'] else ''}{m['word']}" if m is not None else None


def _comma(shown: str, following: str, reading: Reading) -> str | None:
    """A full stop before a small letter is a comma, where the engine takes one for possible."""
    if not _STOPPED.fullmatch(shown) or not following[:1].islower() or len(reading.choices) != len(shown):
        return None
    return f"{shown[:-1]}," if any(c == "," for c, _ in reading.choices[-1]) else None


def _distance(one: str, other: str) -> int:
    """Number of letters to change, take out or put in."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


def _ended(shown: str) -> str | None:
    m = _END.fullmatch(shown)
    return f"{m['word']}./." if m is not None and any(map(str.isalpha, m["word"])) else None


def _number(shown: str, following: str) -> str | None:
    m = _NUMBER.fullmatch(shown)
    if m is None or strip_marks(shown[1]) not in "ou" or not _NUMBERED.fullmatch(following):
        return None
    return f"Số{m['after']}"


def _figure(shown: str, reading: Reading) -> str | None:
    """A figure, where the engine takes one for possible in each place that is none."""
    if not _TAKEN.search(shown) or not any(map(str.isdigit, shown)) or len(reading.choices) != len(shown):
        return None
    fixed = "".join(_letters(shown, reading))
    return fixed if _FIGURE.fullmatch(fixed) else None


def _letters(shown: str, reading: Reading) -> Iterator[str]:
    for c, choices in zip(shown, reading.choices, strict=True):
        digits = [o for o, cost in choices if o.isdigit() and cost < _CHEAP]
        yield digits[0] if _TAKEN.fullmatch(c) and digits else c


_POINTS = "abcdđeghiklmnopqrstuvxy"  # points of a list in Vietnamese order
_LIKE_POINTS = {"c": "e€", "d": "đ", "đ": "d"}  # what the letter of a point is taken for


def point_after(last: str, shown: str) -> str | None:
    """The letter of a point "c)" by the one before it; None where the word is no point."""
    if len(shown) != 2 or shown[1] != ")":
        return None
    expected = _POINTS[_POINTS.index(last) + 1] if last in _POINTS[:-1] and last else ""
    if shown[0] in _LIKE_POINTS.get(expected, ""):
        return expected
    return shown[0] if shown[0] in _POINTS else None
