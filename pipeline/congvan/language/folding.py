"""Foldings of Vietnamese words for look-up. Output always keeps the writing of the source."""

from __future__ import annotations

import unicodedata
from itertools import groupby

import regex

# accepts so many marks in a row as no language writes ("e" with forty accents)
_MANY_MARKS = regex.compile(r"\p{M}{32,}")

# The two styles of tone placement differ only in open oa, oe, uy (hòa - hoà, khỏe - khoẻ, thủy - thuỷ): new -> old.
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_OLD_STYLE = {
    unicodedata.normalize("NFC", pair + tone): unicodedata.normalize("NFC", pair[0] + tone + pair[1])
    for pair in ("oa", "oe", "uy")
    for tone in _TONES[1:]
}
_NEW_STYLE = {old: new for new, old in _OLD_STYLE.items()}


def nfc(text: str) -> str:
    """Unicode normal form C, in linear time: :func:`unicodedata.normalize` is quadratic where many marks are in disorder."""
    return unicodedata.normalize("NFC", _MANY_MARKS.sub(_in_order, text) if len(text) > 32 else text)


def _in_order(marks: regex.Match[str]) -> str:
    """Marks in canonical order: by class, those of class 0 stay where they are."""
    apart = "".join(unicodedata.normalize("NFD", c) for c in marks[0])
    stretches = groupby(apart, key=lambda c: unicodedata.combining(c) > 0)
    return "".join("".join(sorted(s, key=unicodedata.combining)) for _, s in stretches)


def fold_word(word: str) -> str:
    """Lower case, NFC, tone placement of the old style (``Hoà`` becomes ``hòa``); after q the u is a glide (``quý``)."""
    low = word.lower()
    if not low.isascii():
        low = nfc(low)
        if low[-2:] in _OLD_STYLE and not low.startswith("q"):
            low = low[:-2] + _OLD_STYLE[low[-2:]]
    return low


def new_style(syllable: str) -> str:
    """The same folded syllable with the tone placement of the new style (``hòa`` becomes ``hoà``)."""
    if syllable[-2:] in _NEW_STYLE and not syllable.startswith("q"):
        return syllable[:-2] + _NEW_STYLE[syllable[-2:]]
    return syllable


def strip_marks(text: str) -> str:
    """The text without tone and vowel marks, đ as d (``Đắk Tô`` becomes ``Dak To``)."""
    bare = "".join(c for c in unicodedata.normalize("NFD", nfc(text)) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")
