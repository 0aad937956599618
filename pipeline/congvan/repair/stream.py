"""Repair of a text of any length in the memory of one piece.

The text is cut into pieces at blank lines, or else at line ends. A piece is repaired with some of the text on either side
and with the damaged lines that were met last: what a font does with a letter is learned from the text, so a piece must
see enough of it, and damage that is established stays established in a piece that has little of it. Only the piece's own
edits are kept. A text of one piece comes out as :func:`congvan.repair.repair_text` repairs it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from unicodedata import combining

import regex

from congvan.document import Edit, Span, Verdict
from congvan.repair.lines import LINE_END, lines_of
from congvan.repair.plan import apply_plan
from congvan.repair.text import RepairedText, judged, repair_text

PIECE = 200_000  # characters of a piece, at most
AROUND = 4_000  # characters before and after a piece that are read with it
CARRIED = 12_000  # characters of damaged lines met before that are read with it
# accepts a blank line with the line end before it: what stands between two paragraphs
_BLANK = regex.compile(r"(?:\r\n|[\r\n])[ \t\f]*+(?:\r\n|[\r\n])")
# accepts a place where a text without line ends may be cut: after white space
_SPACE = regex.compile(r"\s(?=\S)")
# accepts the number of a line in the name of a unit: "12" in "lines 12-15"
_NUMBER = regex.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text after repair.

    Attributes:
        raw: the piece before repair. raw_at, clean_at: where it begins in the whole text, before and after repair.
        repaired: as of :func:`congvan.repair.repair_text`; spans count from the start of the piece, the lines that
            units of verdicts name from the start of the whole text.
    """

    raw: str
    raw_at: int
    clean_at: int
    repaired: RepairedText


def repair_stream(chunks: Iterable[str], size: int = PIECE) -> Iterator[str]:
    """Repair a text that comes in parts, as large as you like: the repaired text in pieces.

    Args:
        chunks: the text in parts of any size, such as the lines of an open file (opened with ``newline=""`` so that line
            ends stay as they are). How it is parted makes no difference.
        size: characters of a piece, at most; memory grows with it.

    Yields:
        The repaired pieces; together they are the repaired text.
    """
    for piece in repair_pieces(chunks, size):
        yield piece.repaired.text


def repair_pieces(chunks: Iterable[str], size: int = PIECE) -> Iterator[Piece]:
    """As :func:`repair_stream`, with the plan, the verdicts and the unresolved places of each piece."""
    raw_at = clean_at = line = 0
    carried = _Carried()
    before = ""
    for raw, after in _cut(chunks, size):
        whole = not before and not after
        repaired = repair_text(raw) if whole else _repaired(carried.text + before, raw, after)
        repaired = replace(repaired, verdicts=tuple(_numbered(repaired.verdicts, line)))
        yield Piece(raw, raw_at, clean_at, repaired)
        if whole:
            return
        carried.add(raw, repaired.edits)
        raw_at += len(raw)
        clean_at += len(repaired.text)
        line += sum(1 for _ in LINE_END.finditer(raw))
        before = _tail(before + raw)


def _cut(chunks: Iterable[str], size: int) -> Iterator[tuple[str, str]]:
    """The pieces of a text, each with the text that follows it as far as it is looked at."""
    waiting: list[str] = []
    held = 0
    for chunk in chunks:
        for at in range(0, len(chunk), size):
            waiting.append(chunk[at : at + size])
            held += len(waiting[-1])
            while held > size + AROUND:
                text = "".join(waiting)
                end = _end(text, size)
                yield text[:end], text[end : end + AROUND]
                waiting = [text[end:]]
                held -= end
    text = "".join(waiting)
    while len(text) > size:
        end = _end(text, size)
        yield text[:end], text[end:]
        text = text[end:]
    if text:
        yield text, ""


def _end(text: str, size: int) -> int:
    """Where a piece ends: after the last blank line, or line end, or white space in the second half of ``size``."""
    half = size // 2
    for pattern in (_BLANK, LINE_END, _SPACE):
        ends = [m.end() for m in pattern.finditer(text, half, size + 1) if m.end() <= size]
        if ends:
            return ends[-1]
    end = size
    while end > half + 1 and (combining(text[end]) or text[end] == "\n"):
        end -= 1  # a letter and its marks are not parted
    return end


def _tail(text: str) -> str:
    """The last lines of a text, whole, up to ``AROUND`` characters."""
    tail = text[-AROUND:]
    if len(tail) == len(text):
        return text
    first = LINE_END.search(tail)
    return tail[first.end() :] if first and first.end() < len(tail) else tail


class _Carried:
    """The damaged lines that were met last, once each, oldest first."""

    def __init__(self) -> None:
        self._lines: dict[str, None] = {}
        self._length = 0

    @property
    def text(self) -> str:
        """The lines, and a blank line after them."""
        return "".join(f"{line}\n" for line in self._lines) + "\n" if self._lines else ""

    def add(self, raw: str, edits: Iterable[Edit]) -> None:
        """Take up the lines of a piece that had edits."""
        starts = [edit.span.start for edit in edits if edit.family != "decomposed"]
        if not starts:
            return
        for line in lines_of(raw):
            if bisect_left(starts, line.end) == bisect_left(starts, line.start) or line.stop - line.start > AROUND:
                continue
            shown = raw[line.start : line.stop]
            if shown in self._lines:
                del self._lines[shown]
            else:
                self._length += len(shown) + 1
            self._lines[shown] = None
        while self._length > CARRIED:
            oldest = next(iter(self._lines))
            del self._lines[oldest]
            self._length -= len(oldest) + 1


def _repaired(before: str, raw: str, after: str) -> RepairedText:
    """The repair of ``raw`` as it comes out between two other texts; spans count from its start."""
    own = Span(len(before), len(before) + len(raw))
    found = repair_text(before + raw + after).edits
    edits = tuple(replace(edit, span=edit.span.shift(-own.start)) for edit in found if own.covers(edit.span))
    return judged(apply_plan(raw, edits), edits)


def _numbered(verdicts: Iterable[Verdict], lines: int) -> Iterator[Verdict]:
    """Verdicts of lines with so many lines before them."""
    for verdict in verdicts:
        yield replace(verdict, unit=_NUMBER.sub(lambda m: str(int(m[0]) + lines), verdict.unit))
