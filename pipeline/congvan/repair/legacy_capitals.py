"""Capitals of TCVN3: its fonts have no codes for capitals with a tone, .VnTimeH draws small letters as capitals.

Where the font of a letter is known, it decides. In bare text the rest of the word, its neighbours and its place tell:
"CéNG HßA" is in capitals, "ñy ban" after a stop begins a sentence, the name of a type of document alone on its line was set
in .VnTimeH. What does not tell stays small.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import regex

from congvan.document import Edit, Span
from congvan.language.acronyms import agency_table
from congvan.language.folding import fold_word
from congvan.language.letterforms import ANNEX_LINE, MOTTO, POSITION, SIGNING, TYPE_LINE
from congvan.language.ngrams import model
from congvan.language.syllables import is_syllable
from congvan.repair.legacy_tables import WORD
from congvan.repair.lines import lines_of

_Case = Literal["capitals", "small", "open"]
# Where a word stands: after a stop, at the start of a line (after a stop, a colon or semicolon, anything else), after the
# sign of a list, inside a sentence.
_Place = Literal["stop", "line-stop", "line-colon", "line", "marker", "inside"]

# accepts the gap between two columns that are set side by side: three spaces, a tab
_GAP = regex.compile(r" {3,}|\t+")
# accepts what stands before the first word of a list's line: "- ", "a) ", "1.2. ", "(1) "
_MARKER = regex.compile(r"[ \t]*+(?:[-+*•·–]|\(?(?:[a-z®]|\d+(?:\.\d+)*+|[IVX]+)[.)])[ \t]*+")
# accepts the end of a sentence, before a word: ". ", ".” ("
_STOP = regex.compile(r"[.!?][\"”’)]?\s+[\"“‘(]?$")
# accepts the name of an agency that heads a letter, in capitals: "UBND TỈNH KON TUM", "SỞ TƯ PHÁP"
_AGENCY = regex.compile(
    r"(?:UBND|HĐND|[UỦ][ỶY] BAN|HỘI ĐỒNG NHÂN DÂN|SỞ|BỘ|TỈNH|HUYỆN|THÀNH PHỐ|THỊ XÃ|BAN|TỈNH ỦY|VĂN PHÒNG|CHÍNH PHỦ)\b[\p{Lu} ,-]*+"
)
# accepts a heading of a law: "CHƯƠNG I", "PHẦN THỨ HAI"
_PART = regex.compile(r"(?:CHƯƠNG|PHẦN|MỤC)\b[\p{Lu}\d ]{0,20}")

# Confidence of a capital by what tells it: the rest of the word or the font, its neighbours, a fixed form, the place.
REST, BESIDE, FORM, START = 0.98, 0.9, 0.85, 0.93
LIKELY = 0.9  # share of capitals among words of such a place before one is put
FAR = 3  # words to a neighbour that tells
NAME = 3  # words of the name of an agency that tell it
LONGEST = 12  # words of a heading
_PRIOR = {
    "stop": (9.0, 0.5),
    "line-stop": (9.0, 0.5),
}  # capitals and small letters that count as seen there; else (1, 1)


@dataclass(slots=True)
class _Word:
    """A word after conversion.

    Attributes:
        span: in the text before. text: as it is now. edit: its number among the edits, None for ASCII.
        case: what its ASCII letters tell. fixed: its font tells.
        place: where it stands.
    """

    span: Span
    text: str
    edit: int | None
    case: _Case
    fixed: bool
    place: _Place


def restored(
    text: str,
    edits: Sequence[Edit],
    spans: Sequence[Span],
    fonts: Sequence[int] | None = None,
    shown: frozenset[int] = frozenset(),
    large: frozenset[int] = frozenset(),
) -> tuple[Edit, ...]:
    """The edits with capitals put where TCVN3 lost them.

    Args:
        text: before the edits. edits: sorted. spans: sorted stretches in TCVN3.
        fonts: for each character the number of its font. shown: fonts of the ABC family; large: those of capitals.
    """
    if not spans:
        return tuple(edits)
    work = _Work(text, list(edits), fonts, shown)
    if fonts is not None and large:
        work.by_font(spans, fonts, large)
    segments = list(work.segments(spans))
    shares = _shares(segments)
    heading = False
    for words in segments:
        heading = work.is_heading(words, heading)
        if heading:
            work.capitals(words, FORM, "a fixed form of letters")
            continue
        work.by_neighbours(words)
        work.by_place(words, shares)
    return tuple(sorted(work.edits, key=lambda e: e.span))


class _Work:
    """A text with its edits on their way."""

    def __init__(self, text: str, edits: list[Edit], fonts: Sequence[int] | None, shown: frozenset[int]) -> None:
        self.text, self.edits, self.fonts, self.shown = text, edits, fonts, shown

    def by_font(self, spans: Sequence[Span], fonts: Sequence[int], large: frozenset[int]) -> None:
        """Letters that stand in a font of capitals."""
        starts = [e.span.start for e in self.edits]
        for m in (m for span in spans for m in WORD.finditer(self.text, span.start, span.end)):
            if not any(fonts[i] in large for i in range(*m.span())):
                continue
            number = self._edit_at(Span(*m.span()), starts)
            place = Span(*m.span()) if number is None else self.edits[number].span
            old = m[0] if number is None else self.edits[number].after
            if len(old) == place.length:  # one code is one letter
                letters = zip(range(*place), old, strict=True)
                self._put(
                    number, place, "".join(c.upper() if fonts[i] in large else c for i, c in letters), REST, "font"
                )
        self.edits.sort(key=lambda e: e.span)

    def segments(self, spans: Sequence[Span]) -> Iterator[list[_Word]]:
        """The words of each line, or of each column in it, that is in TCVN3."""
        before = "."
        starts = [e.span.start for e in self.edits]
        at = 0
        for line in lines_of(self.text):
            while at < len(spans) and spans[at].end <= line.start:
                at += 1
            if at < len(spans) and spans[at].start < line.stop:
                first = line.start
                for m in [*_GAP.finditer(self.text, line.start, line.stop), None]:
                    stop = line.stop if m is None else m.start()
                    if words := list(self._words(Span(first, stop), before if first == line.start else ".", starts)):
                        yield words
                    first = line.stop if m is None else m.end()
            before = self.text[line.start : line.stop].rstrip()[-1:] or "."

    def _words(self, segment: Span, before: str, starts: Sequence[int]) -> Iterator[_Word]:
        marker = _MARKER.match(self.text, *segment)
        begin = marker.end() if marker else segment.start
        last = begin
        for m in WORD.finditer(self.text, begin, segment.end):
            between = self.text[last : m.start()]
            place: _Place = "stop" if _STOP.search(between) else "inside"
            if last == begin:
                place = "marker" if marker else _at_line_start(before)
            last = m.end()
            number = self._edit_at(Span(*m.span()), starts)
            edit = self.edits[number] if number is not None else None
            text = m[0] if edit is None else edit.after
            fixed = self.fonts is not None and self.fonts[m.start()] in self.shown
            yield _Word(Span(*m.span()), text, number, _case(m[0], text), fixed, place)

    def _edit_at(self, word: Span, starts: Sequence[int]) -> int | None:
        """Number of the edit of a word; ``starts``: of the edits."""
        i = bisect_left(starts, word.start)
        return i if i < len(starts) and starts[i] < word.end else None

    def is_heading(self, words: Sequence[_Word], after_heading: bool) -> bool:
        """True for a line of small letters that is written in capitals by custom, and for what goes on with it."""
        plain = self._now(words)
        if len(words) > LONGEST or plain != plain.lower() or words[0].place == "marker" or any(w.fixed for w in words):
            return False
        if all(w.edit is None for w in words) or words[0].place == "inside":
            return False
        upper = plain.upper().rstrip(" :")
        if MOTTO.fullmatch(upper) or SIGNING.match(upper):
            return True
        if words[0].place == "line" and not after_heading:
            return False
        return any(form.fullmatch(upper) for form in (TYPE_LINE, POSITION, ANNEX_LINE, _AGENCY, _PART))

    def _now(self, words: Sequence[_Word]) -> str:
        """What stands from the first to the last of the words, after conversion."""
        out: list[str] = []
        at = words[0].span.start
        for word in words:
            out += (self.text[at : word.span.start], word.text)
            at = word.span.end
        return "".join(out)

    def capitals(self, words: Sequence[_Word], confidence: float, why: str) -> None:
        """All letters of words as capitals."""
        for word in words:
            if not word.fixed and word.text != word.text.upper():
                place = word.span if word.edit is None else self.edits[word.edit].span
                self._put(word.edit, place, word.text.upper(), confidence, why)

    def by_neighbours(self, words: Sequence[_Word]) -> None:
        """Words whose ASCII letters are capitals; those without ASCII letters between such words."""
        for i, word in enumerate(words):
            if word.edit is None:
                continue
            if word.case == "capitals":
                self.capitals([word], REST, "the other letters of the word are capitals")
            elif word.case == "open":
                sides = (
                    _first_that_tells(words[max(i - FAR, 0) : i][::-1]),
                    _first_that_tells(words[i + 1 : i + 1 + FAR]),
                )
                if "capitals" in sides and "small" not in sides:
                    self.capitals([word], BESIDE, "the words beside it are in capitals")

    def by_place(self, words: Sequence[_Word], shares: dict[_Place, float]) -> None:
        """The first letter of sentences, and of words that have a capital in such a place elsewhere."""
        for i, word in enumerate(words):
            if word.edit is None or word.fixed or not self.edits[word.edit].after[:1].islower():
                continue
            if self.text[word.span.start].isascii():
                continue
            share, why = shares[word.place], "the start of a sentence"
            if share < LIKELY or word.place == "inside":
                share, why = self._share_inside(words, i)
            if share >= LIKELY:
                edit = self.edits[word.edit]
                self._put(word.edit, edit.span, edit.after[0].upper() + edit.after[1:], min(share, START), why)

    def _share_inside(self, words: Sequence[_Word], i: int) -> tuple[float, str]:
        """Share of capitals of a word inside a sentence, and what tells it."""
        if tuple(fold_word(w.text) for w in words[i : i + NAME]) in _names():
            return START, "the name of an agency"
        before, after = self._beside(words[i].span)
        return model().capital(model().number(fold_word(words[i].text)), before, after) or 0.0, "words in such a place"

    def _beside(self, word: Span) -> tuple[str, str]:
        """First characters of what stands before and after a word."""
        before = self.text[max(word.start - 40, 0) : word.start].split()
        after = self.text[word.end : word.end + 3].split()
        return before[-1] if before else "", after[0] if after else ""

    def _put(self, number: int | None, place: Span, text: str, confidence: float, why: str) -> None:
        before = place.of(self.text)
        if number is None:
            if text != before:
                self.edits.append(Edit(place, before, text, "tcvn3", f"TCVN3: capital by {why}", confidence))
            return
        old = self.edits[number]
        if text != old.after:
            sure = round(old.confidence * confidence, 3)
            self.edits[number] = replace(old, after=text, evidence=f"{old.evidence}; capital by {why}", confidence=sure)


@cache
def _names() -> frozenset[tuple[str, ...]]:
    """The first words of the names of agencies whose first letter TCVN3 has no capital for ("Ủy ban nhân dân")."""
    names = (body["name"].split()[:NAME] for body in agency_table()["bodies"])
    return frozenset(tuple(map(fold_word, name)) for name in names if len(name) == NAME and not name[0][0].isascii())


def _at_line_start(before: str) -> _Place:
    return "line-stop" if before in ".!?" else "line-colon" if before in ":;" else "line"


def _case(shown: str, text: str) -> _Case:
    """What the letters of a word that have a case in TCVN3 tell: ASCII letters, and codes of capitals."""
    told = [c for c in shown if c.isascii() and c.isalpha()]
    if any(c.islower() for c in told):
        return "small"
    later = any(c.isupper() for c in text[1:])
    return "capitals" if len(told) > 1 or later else "open"


def _first_that_tells(words: Sequence[_Word]) -> _Case | None:
    """The case of the first word that tells one; abbreviations do not."""
    told = (w.case for w in words if w.case == "small" or (w.case == "capitals" and is_syllable(w.text)))
    return next(told, None)


def _shares(segments: Sequence[Sequence[_Word]]) -> dict[_Place, float]:
    """Share of capitals at each place, among the words whose first letter has a case."""
    upper: Counter[_Place] = Counter()
    total: Counter[_Place] = Counter()
    for words in segments:
        for word in words:
            if word.text[0].isupper() or (word.text[0].isascii() and word.text[0].islower()):
                total[word.place] += 1
                upper[word.place] += word.text[0].isupper()
    places: tuple[_Place, ...] = ("stop", "line-stop", "line-colon", "line", "marker", "inside")
    found: dict[_Place, float] = {}
    for place in places:
        large, small = _PRIOR.get(place, (1.0, 1.0))
        found[place] = (upper[place] + large) / (total[place] + large + small)
    return found
