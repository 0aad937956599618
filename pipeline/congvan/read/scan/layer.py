"""A text layer that came with a picture: does it say what the picture shows?

Archives hold scans whose layer was made by software without Vietnamese: one word in four is wrong, and many of the wrong ones are
words all the same. So a few lines of the picture are read, and their words compared with those of the layer in the same places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from congvan.document import Box, RawPage, ScanFacts
from congvan.language.folding import strip_marks
from congvan.language.ngrams import model
from congvan.language.syllables import is_syllable
from congvan.read.scan.layout import page_from
from congvan.read.scan.seen import SeenPage

_AGREES = 0.9  # of the sampled words: the layer fits
_ALIKE = 0.8  # of them without their marks: it fits where it reads better than the picture does
_VALID = 0.7  # of the words of a layer that must be syllables, without a look at the picture
_LEAST = 4  # words that must be compared

# accepts the letters and figures of a word: "(UBND" gives "UBND"
_CORE = regex.compile(r"[\p{L}\p{M}\p{Nd}]+")
# accepts a word in small letters, perhaps with a capital first: what has to be a syllable
_PLAIN = regex.compile(r"\p{L}[\p{Ll}\p{M}]+")


class Word(NamedTuple):
    """A word with its place on the page in points."""

    text: str
    box: Box


def words_of(page: RawPage) -> Iterator[Word]:
    """The words of a page that have places."""
    for block in page.blocks:
        for run in block.runs:
            if run.places is None:
                continue
            for m in regex.finditer(r"\S+", run.text):
                box = run.places.box(*m.span())
                if box is not None:
                    yield Word(m[0], box)


def valid_share(words: Sequence[str]) -> float:
    """Share of the plain words that are Vietnamese syllables; 1 where there are none."""
    plain = [m for word in words for m in _PLAIN.findall(word)]
    return sum(map(is_syllable, plain)) / len(plain) if plain else 1.0


def judge(layer: RawPage, seen: SeenPage) -> ScanFacts:
    """Whether the layer of a page is kept.

    Args:
        layer: the page as its layer has it. seen: some lines of its picture, as they were read.
    """
    own = list(words_of(layer))
    share = valid_share([w.text for w in own])
    page = page_from(seen, layer.number, 0, [], layer.width, layer.height)
    pairs = [(w.text, _at(w.box, own)) for w in words_of(page) if _CORE.search(w.text)]
    if len(pairs) < _LEAST:
        kept = share >= _VALID
        evidence = f"{share:.0%} of its words are syllables; too little of the picture could be read to compare"
        return ScanFacts("kept" if kept else "replaced", evidence, 0.6)
    same = sum(_core(a) == _core(b) for a, b in pairs) / len(pairs)
    alike = sum(_bare(a) == _bare(b) for a, b in pairs) / len(pairs)
    evidence = f"{same:.0%} of {len(pairs)} sampled words are as in the picture, {share:.0%} of its words are syllables"
    better = _likelihood(b for _, b in pairs) > _likelihood(a for a, _ in pairs)
    if same >= _AGREES or (alike >= _ALIKE and share >= _AGREES and better):
        return ScanFacts("kept", evidence, round(max(same, 0.8), 2))
    return ScanFacts("replaced", evidence, round(max(1 - same, 0.8), 2))


def _core(text: str) -> str:
    return "".join(_CORE.findall(text))


def _bare(text: str) -> str:
    return strip_marks(_core(text)).lower()


def _at(box: Box, words: Sequence[Word]) -> str:
    """The word of a layer that covers most of a box; "" where none does."""
    best, most = "", 0.0
    for word in words:
        wide = min(box.x1, word.box.x1) - max(box.x0, word.box.x0)
        high = min(box.bottom, word.box.bottom) - max(box.top, word.box.top)
        if wide > 0 and high > 0 and wide * high > most:
            best, most = word.text, wide * high
    return best


def _likelihood(words: Iterator[str]) -> float:
    return model().score_text(" ".join(words))
