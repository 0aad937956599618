"""Which lines of a text need a closer look. Most lines need none: all their words were met before and found plain.

Words, as white space parts them, are judged once and remembered; a line is then judged by comparing sets. What is asked
for the text at hand is remembered too, so that every step of the repair may ask.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from congvan.document import Span
from congvan.language.folding import fold_word
from congvan.language.syllables import syllables
from congvan.repair.candidates import analyse
from congvan.repair.lines import Line, lines_of
from congvan.repair.tokens import words_of

MAX_KNOWN = 60_000  # words that are remembered
MAX_TESTED = 30_000  # words of which the outcome of one test is remembered
AROUND = 4_000  # characters on either side of a damaged word that tell what its font does with letters
PLAIN, UNUSUAL, ODD = 0, 1, 2

# accepts what holds no word: figures and signs ("15/2023", "–")
_NO_WORD = regex.compile(r"[\p{Nd}!-/:-@\[-`{-~“”‘’–—…•°²³½§€₫×÷≤≥±]*+")
# accepts the mark of a point ("a)", "đ)"), an abbreviation or number in capitals ("UBND", "III", "QĐ-UBND")
_MARK = regex.compile(r"[a-eghikl-zđ]\)|[(]?[A-ZĐ]{2,7}(?:[-/][A-ZĐ]{2,7})*+[,.;:)]{0,2}")
# accepts signs around a word ("(tỉnh", "xã,")
_SIGNS = "".join(map(chr, (*range(0x21, 0x30), *range(0x3A, 0x41), *range(0x5B, 0x61), *range(0x7B, 0x7F)))) + "“”‘’–—…"
# white space that is not of ASCII or that only some take for white space: U+001C to U+001F, NEL, NBSP, spaces of typesetting
_UNCLEAR_BLANKS = frozenset(c for c in map(chr, range(0x3001)) if c.isspace()) - frozenset(" \t\n\v\f\r")
_known: dict[str, int] = {}


class Suspects(NamedTuple):
    """The lines of a text to look at.

    Attributes:
        lines: all lines. unusual: the numbers of those with anything but Vietnamese syllables, figures and signs: names,
            abbreviations, other languages, damage. odd: of those with a word that Ghostscript's damage could have made.
        words: what stands between white space, once each. characters: all that the text has.
    """

    lines: tuple[Line, ...]
    unusual: tuple[int, ...]
    odd: tuple[int, ...]
    words: frozenset[str]
    characters: frozenset[str]

    @property
    def parted_plainly(self) -> bool:
        """True where all white space is of ASCII and parts words in every sense: NBSP is a letter of some encodings."""
        return self.characters.isdisjoint(_UNCLEAR_BLANKS)


class WordTest:
    """A test of single words that remembers which it has met: a text is asked by comparing sets."""

    def __init__(self, test: Callable[[str], bool]) -> None:
        self._test = test
        self._met: set[str] = set()
        self._passed: set[str] = set()

    def among(self, words: frozenset[str]) -> set[str]:
        """Those of some words that pass."""
        if len(self._met) > MAX_TESTED:
            self._met.clear()
            self._passed.clear()
        new = words - self._met
        if new:
            self._passed.update(filter(self._test, new))
            self._met |= new
        return self._passed & words


def judge_word(word: str) -> int:
    """PLAIN for Vietnamese syllables, figures and signs; ODD for what Ghostscript's damage could have made; else UNUSUAL."""
    bare = word.strip(_SIGNS)
    low = bare.lower()
    one_case = bare == low or bare[1:] == low[1:] or bare.isupper()
    if one_case and fold_word(bare) in syllables() and (len(bare) > 1 or not bare.isascii()):
        return PLAIN
    if _NO_WORD.fullmatch(bare) or _MARK.fullmatch(word):
        return PLAIN
    if any(analyse(token).odd for token in words_of(word)):
        return ODD
    return UNUSUAL


def odd_stretches(text: str) -> list[Span]:
    """The odd lines with what stands within ``AROUND`` characters of them, joined where they touch."""
    seen = suspects(text)
    found: list[Span] = []
    for number in seen.odd:
        start, end = seen.lines[number].start - AROUND, seen.lines[number].end + AROUND
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, end)
        else:
            found.append(Span(start, end))
    return [_whole_lines(span, seen.lines) for span in found]


def _whole_lines(span: Span, lines: Sequence[Line]) -> Span:
    first = bisect_right(lines, span.start, key=lambda line: line.start) - 1
    last = bisect_left(lines, span.end, key=lambda line: line.end)
    return Span(lines[max(first, 0)].start, lines[min(last, len(lines) - 1)].end)


@lru_cache(maxsize=4)
def suspects(text: str) -> Suspects:
    """The lines of a text that need a closer look."""
    if len(_known) > MAX_KNOWN:
        _known.clear()
    lines = tuple(lines_of(text))
    # what stands between spaces, once each: much shorter than the text, and has all of its characters but line feeds
    once = " ".join(set(text.replace("\n", " ").split(" ")))
    words, characters = frozenset(once.split()), frozenset(once)
    for word in words - _known.keys():
        _known[word] = judge_word(word)
    unusual_words = {word for word in words if _known[word]}
    odd_words = {word for word in unusual_words if _known[word] == ODD}
    unusual = tuple(_lines_with(text, lines, unusual_words))
    odd = tuple(_lines_with(text, lines, odd_words))
    return Suspects(lines, unusual, odd, words, characters)


def lines_with(text: str, words: Collection[str]) -> list[int]:
    """The numbers of the lines that have one of these words, as white space parts them."""
    return _lines_with(text, suspects(text).lines, words)


def _lines_with(text: str, lines: Sequence[Line], words: Collection[str]) -> list[int]:
    if not words:
        return []
    wanted = frozenset(words)
    return [n for n, (start, stop, _) in enumerate(lines) if not wanted.isdisjoint(text[start:stop].split())]
