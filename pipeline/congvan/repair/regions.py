"""Stretches of lines that have one kind of damage: what the lines that tell say of those between that are too short to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import lru_cache

import regex

from congvan.language.folding import fold_word
from congvan.language.syllables import place_words, syllables
from congvan.repair.lines import Line, lines_of

# accepts a word of letters, marks between them included ("Céng", "tỉnh")
WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")


class Sign(Enum):
    """What a line says: it has the damage, it has not, or neither."""

    DAMAGED = "damaged"
    SOUND = "sound"
    OPEN = "open"


def damaged_region(text: str, judge: Callable[[str], Sign]) -> list[Line]:
    """The lines that have the damage, and the open ones next to them: a document is damaged as a whole.

    An open line belongs to the damage where the nearest line that tells, before or after it, is damaged.
    """
    lines = list(lines_of(text))
    signs = [judge(text[line.start : line.stop]) for line in lines]
    if Sign.DAMAGED not in signs:
        return []
    before = _carried(signs)
    after = _carried(signs[::-1])[::-1]
    return [line for line, *near in zip(lines, before, after, strict=True) if Sign.DAMAGED in near]


def _carried(signs: Sequence[Sign]) -> list[Sign]:
    """Each sign, or where it is open the last one that is not."""
    found: list[Sign] = []
    last = Sign.OPEN
    for sign in signs:
        if sign is not Sign.OPEN:
            last = sign
        found.append(last)
    return found


@lru_cache(maxsize=20_000)
def is_known(word: str) -> bool:
    """True for a syllable and for a word of a place name, written in small letters, in capitals, or with one capital first."""
    folded = fold_word(word)
    if folded not in syllables() and folded not in place_words():
        return False
    return word.isupper() or word[1:].islower() or len(word) == 1 or folded in place_words()


def is_abbreviation(word: str) -> bool:
    """True for two or more capitals of the Vietnamese alphabet without tones ("UBND", "QĐ")."""
    return len(word) > 1 and word.isupper() and all(c.isascii() or c in "ĐƯĂÂÊÔƠ" for c in word)


def known_share(words: Sequence[str]) -> float:
    """Share of words that :func:`is_known` knows; 0 of none."""
    return sum(map(is_known, words)) / len(words) if words else 0.0
