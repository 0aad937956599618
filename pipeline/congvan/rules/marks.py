"""The text as the patterns of numbers see it: each number a sign of its form, as long as the number, so that offsets stay."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import regex

from congvan.language.numbers import Number, find_numbers

# noncharacters of Unicode: they stand in no text that is interchanged, and match no letter, digit, space or sign of a rule
_SMALL, _YEAR, _FIGURE, _SCALED, _WORDS, _REST = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5"
_FORMS = {"small": _SMALL, "year": _YEAR, "figure": _FIGURE, "scaled": _SCALED, "words": _WORDS}
_TAKEN = regex.compile(r"[\ufdd0-\ufdd5]")

PIECES: Mapping[str, str] = {
    "number": rf"[{_SMALL}-{_WORDS}]{_REST}*+",
    "figure": rf"[{_SMALL}-{_FIGURE}]{_REST}*+",
    "small": rf"{_SMALL}{_REST}?+",
    "year": rf"{_YEAR}{_REST}*+",
    "scaled": rf"{_SCALED}{_REST}*+",
    "words": rf"{_WORDS}{_REST}*+",
    "long": rf"[{_YEAR}-{_WORDS}]{_REST}{{3}}{_REST}*+",
}
"""Pieces of pattern for numbers; see :mod:`congvan.rules.format`."""


def within_number(text: str, at: int) -> bool:
    """Whether a place lies inside a number of the text, behind its first character."""
    return marked(text)[0][at : at + 1] == _REST


@lru_cache(maxsize=8)
def marked(text: str) -> tuple[str, Mapping[int, Number]]:
    """The text with its numbers as signs, and the numbers by their start."""
    if _TAKEN.search(text):
        text = _TAKEN.sub("\ufffd", text)
    numbers = find_numbers(text)
    out: list[str] = []
    at = 0
    for n in numbers:
        out += (text[at : n.start], _FORMS[n.form], _REST * (n.end - n.start - 1))
        at = n.end
    out.append(text[at:])
    return "".join(out), {n.start: n for n in numbers}
