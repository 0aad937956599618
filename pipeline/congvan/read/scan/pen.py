"""Figures that were written by hand into what is printed: told by coloured ink, and by their height beside the print of the line.

Clerks write number and day into the blanks that print leaves. What an engine makes of them is a guess, so it loses its confidence.
"""

from __future__ import annotations

from dataclasses import replace

from congvan.read.scan.cuts import Cut
from congvan.read.scan.engine import Found
from congvan.read.scan.prepare import Prepared

_GUESS = 0.2  # confidence of what was written by hand
_COLOURED = 45  # of 255: ink that is not black
_SHARE = 0.4  # of the ink of a word that must be coloured
_HIGHER = 1.18  # times the capitals of its line
_FEW = 6  # signs of a word that may be handwriting


def by_hand(words: list[Found], c: Cut, ready: Prepared) -> list[Found]:
    """The words of a line; those with figures that were written by hand with little confidence."""
    usual = _capitals(words, c)
    out = []
    for word in words:
        if any(map(_may_be_figure, word.reading.text)) and (_is_coloured(word, c, ready) or _is_high(word, c, usual)):
            word = replace(word, reading=replace(word.reading, confidence=min(word.reading.confidence, _GUESS)))
        out.append(word)
    return out


def _may_be_figure(sign: str) -> bool:
    return sign.isdigit() or sign in "|!?lIZ"


def _boxes(word: Found, c: Cut) -> list[tuple[int, int]]:
    """Height and top of what is drawn between the edges of a word."""
    left, right = word.edges[0], word.edges[-1]
    return [
        (high, y)
        for x, y, wide, high, _ in c.boxes.tolist()
        if left <= x + wide / 2 <= right and word.bottom >= y >= word.top - high
    ]


def _capitals(words: list[Found], c: Cut) -> float:
    """Usual height of capitals and figures in the words that have no handwriting: 0 where it cannot be told."""
    high = sorted(h for w in words if not any(map(str.isdigit, w.reading.text)) for h, _ in _boxes(w, c))
    tall = [h for h in high if high and h > 0.8 * high[-1 - len(high) // 10]]
    return tall[len(tall) // 2] if len(tall) > 1 else 0.0


def _is_high(word: Found, c: Cut, usual: float) -> bool:
    """Its figures are higher than the capitals of the line."""
    if not usual or len(word.reading.text) > _FEW:
        return False
    high = sorted(h for h, _ in _boxes(word, c))
    return bool(high) and high[len(high) // 2] > _HIGHER * usual


def _is_coloured(word: Found, c: Cut, ready: Prepared) -> bool:
    """Its ink is not black."""
    if ready.colour is None:
        return False
    left, right = int(word.edges[0]) // 4, int(word.edges[-1]) // 4 + 1
    top, bottom = c.y0 // 4, c.y1 // 4 + 1
    part = ready.colour[top:bottom, left:right]
    ink = ready.ink[4 * top : 4 * bottom : 4, 4 * left : 4 * right : 4][: part.shape[0], : part.shape[1]]
    part = part[: ink.shape[0], : ink.shape[1]]
    drawn = int(ink.sum())
    return drawn > 0 and int((part[ink > 0] > _COLOURED).sum()) > _SHARE * drawn
