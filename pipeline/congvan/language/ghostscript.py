"""Ghostscript's ToUnicode bug: which value stands for which letter. Computed from the formula; no table is stored.

``pdf/pdf_cmap.c`` of Ghostscript 9.56.0 to 10.00.0 read the start of a ``bfrange`` as high byte OR low byte and counted
up from there. The k-th entry of a range (from 0) that should be the letter u became::

    garbled(u, k) = (hi(u - k) | lo(u - k)) + k

Which letters stand in one range depends on the letters that a font uses in a document: Word writes neighbours (glyph ids
and code points both consecutive) as a range, a lone letter as ``bfchar``, which stays right.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

# Blocks of Vietnamese letters beyond Latin-1 whose glyphs can be neighbours in a font: first and last code point.
LETTER_BLOCKS = (
    (0x102, 0x103),
    (0x110, 0x111),
    (0x128, 0x129),
    (0x168, 0x169),
    (0x1A0, 0x1A1),
    (0x1AF, 0x1B0),
    (0x1EA0, 0x1EF9),
)
# Signs beyond Latin-1: dashes, quotes, the bullet, the ellipsis.
SIGN_BLOCKS = ((0x2013, 0x2014), (0x2018, 0x2019), (0x201C, 0x201D), (0x2022, 0x2022), (0x2026, 0x2026))
REPLACEMENT = "\ufffd"

# A start that is k code points away supposes that all k+1 letters occur in one font: rarer with each step.
_DECAY = 0.8
# Shares of the variants: written twice by the bug; control characters replaced by U+FFFD by whoever extracted the text.
_TWICE = 0.02


class Source(NamedTuple):
    """A letter that a value may stand for, and how likely the letter becomes this value where it is damaged at all."""

    letter: str
    share: float


def garbled(letter: str, k: int) -> str:
    """The value that the bug gives a letter that stands k steps (0 or more) after the start of its range."""
    start = ord(letter) - k
    return chr(((start >> 8) | (start & 0xFF)) + k)


@cache
def starts(letter: str, value: str) -> tuple[int, ...]:
    """Starts of the ranges in which the bug gives ``letter`` this value."""
    code = ord(letter)
    first = next((a for a, b in LETTER_BLOCKS if a <= code <= b), code)
    return tuple(code - k for k in range(code - first + 1) if garbled(letter, k) == value)


@cache
def forward() -> dict[str, dict[str, float]]:
    """Letter or sign -> value -> share of that value among the damaged occurrences of the letter, before any evidence."""
    table: dict[str, dict[str, float]] = {}
    for first, last in (*LETTER_BLOCKS, *SIGN_BLOCKS):
        for code in range(first, last + 1):
            letter = chr(code)
            weights = [_DECAY**k for k in range(code - first + 1)]
            values = table.setdefault(letter, {})
            for k, weight in enumerate(weights):
                value = garbled(letter, k)
                values[value] = values.get(value, 0.0) + weight / sum(weights)
    return table


@cache
def sources() -> dict[str, tuple[Source, ...]]:
    """Value -> the Vietnamese letters that it may stand for, most likely first. Signs are in :func:`sign_sources`."""
    found: dict[str, dict[str, float]] = {}
    for letter, values in forward().items():
        if ord(letter) >= 0x2000:
            continue
        for value, share in values.items():
            found.setdefault(value, {})[letter] = share
            if 0x100 <= ord(value) <= 0x107:  # the bug a second time, on its own output
                for k in range(3):
                    again = garbled(value, k)
                    if ord(again) < 0x20:
                        row = found.setdefault(again, {})
                        row[letter] = row.get(letter, 0.0) + share * _TWICE
    found.setdefault("\x10", {})["Đ"] = _TWICE  # cut to its low byte by whoever wrote the text
    lost: dict[str, float] = {}
    for value, letters in found.items():
        if ord(value) < 0x20 and value not in "\t\n\r":
            for letter, share in letters.items():
                lost[letter] = lost.get(letter, 0.0) + share
    found[REPLACEMENT] = lost
    for value in "\t\n\r":
        found.pop(value, None)
    return {
        value: tuple(Source(u, share) for u, share in sorted(letters.items(), key=lambda item: (-item[1], item[0])))
        for value, letters in found.items()
    }


@cache
def sign_sources() -> dict[str, str]:
    """Value -> the sign that it stands for: ``<`` is “, ``=`` is ”, ``3`` an en dash, ``&`` an ellipsis."""
    return {garbled(chr(c), 0): chr(c) for first, last in SIGN_BLOCKS for c in range(first, last + 1)}


@cache
def tell_tale() -> frozenset[str]:
    """Values that never occur in clean Vietnamese words: evidence of the damage."""
    from congvan.language.syllables import syllables

    used = frozenset("".join(syllables())) | frozenset("".join(syllables()).upper())
    return frozenset(v for v in sources() if v not in used and not v.isascii()) | frozenset(
        v for v in sources() if ord(v) < 0x20
    )
