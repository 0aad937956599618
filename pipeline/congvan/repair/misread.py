"""Text that an OCR engine misread: words that are Vietnamese syllables but for their marks ("phưong", "truờng", "nghiẹp").

No formula undoes that, and the words that are syllables by chance cannot be told: the image must be read again. Clean text
has next to no such words, other languages have other letters, and names of the highlands are no syllables without their
marks either.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

import regex

from congvan.document import Edit, Span
from congvan.language.folding import fold_word
from congvan.language.syllables import place_words, syllables
from congvan.repair.families import Family
from congvan.repair.suspects import WordTest, lines_with, suspects

FAMILY = "ocr-layer"
DIFFERENT, SHARE = 5, 0.02  # such words that a text must have, and their share of the words with letters of Vietnamese
BESIDE = 3  # lines before and after the first and last such word that were read by the same engine

# accepts a word with a letter that only Vietnamese has, or hardly another language ("phưong", "đất")
_WORD = regex.compile(r"[\p{L}\p{M}]*[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9][\p{L}\p{M}]*")
# accepts an abbreviation ("HĐND", "QĐ")
_ABBREVIATION = regex.compile(r"[A-ZĐƯ]{2,6}")


def misread_lines(text: str, edits: Sequence[Edit]) -> dict[Span, Family]:
    """The lines of the stretch of a text that was misread, each with the kind of damage; none of other text.

    Args:
        text: after repair. edits: that made it; where other damage was repaired, what is left of it is no misreading.
    """
    told = _HAS_MISREAD.among(suspects(text).words)
    if len(told) < DIFFERENT:
        return {}
    lines = suspects(text).lines
    numbers = lines_with(text, told)
    first, last = numbers[0], numbers[-1]
    words = _WORD.findall(text, lines[first].start, lines[last].stop)
    wrong = [word for word in words if _is_misread(word)]
    repaired = sum(edit.family != "decomposed" for edit in edits)
    if len(set(wrong)) < DIFFERENT or len(wrong) < SHARE * len(words) or len(wrong) < repaired:
        return {}
    evidence = f"{len(wrong)} of {len(words)} words with Vietnamese marks are syllables but for the marks: read the image again"
    bare = (Span(line.start, line.stop) for line in lines[max(first - BESIDE, 0) : last + BESIDE + 1])
    return {span: Family(FAMILY, evidence) for span in bare if _WORD.search(text, span.start, span.end)}


@lru_cache(maxsize=20_000)
def _is_misread(word: str) -> bool:
    """True for a word that is no syllable and would be one with other marks, or in one case."""
    folded = fold_word(word)
    if _ABBREVIATION.fullmatch(word) or len(word) < 2 or folded in place_words():
        return False
    one_case = word.isupper() or word[1:] == word[1:].lower()
    return not (one_case and folded in syllables()) and _bare(word) in _bare_syllables()


@cache
def _bare_syllables() -> frozenset[str]:
    return frozenset(map(_bare, syllables()))


def _bare(word: str) -> str:
    """A word without marks."""
    parts = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in parts if not unicodedata.combining(c))


_HAS_MISREAD = WordTest(lambda chunk: any(map(_is_misread, _WORD.findall(chunk))))
