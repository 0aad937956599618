"""Rows of the report: lines before and after repair beside each other, and what makes their marks."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from congvan.document import Edit, Span
from congvan.repair.lines import lines_of

NORMAL_FORM = "decomposed"  # changes of the normal form look alike before and after: they are counted, not marked
SURE, LIKELY = 0.99, 0.9  # confidence from which on an edit is sure, and likely
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})  # categories of characters that nobody sees
_LINE_ENDS = "\r\n"


@dataclass(frozen=True, slots=True)
class Row:
    """A line, or several that an edit joins: where it stands before and after repair, and its edits.

    Attributes:
        line: number of the (first) line, from 1. before, after: spans with their line ends. edits: first and last + 1.
        unresolved: the places in it that stay damaged, first and last + 1.
    """

    line: int
    before: Span
    after: Span
    edits: tuple[int, int]
    unresolved: tuple[int, int]
    changed: bool

    @property
    def quiet(self) -> bool:
        """True where there is nothing to look at."""
        return not self.changed and self.unresolved[0] == self.unresolved[1]


def rows_of(raw: str, edits: Sequence[Edit], unresolved: Sequence[Span]) -> Iterator[Row]:
    """The rows of a text, in order; they cover it."""
    starts = [span.start for span in unresolved]
    first = n = shift = begin = 0
    number = 0
    left = 0
    for count, line in enumerate(lines_of(raw), 1):
        number = number or count
        last = line.end == len(raw)
        while n < len(edits) and (edits[n].span.start < line.end or last):
            n += 1
        if n and edits[n - 1].span.end > line.end and not last:
            continue  # an edit goes on in the next line
        grown = sum(len(e.after) - e.span.length for e in edits[first:n])
        after = Span(begin + shift, line.end + shift + grown)
        until = bisect_left(starts, after.end) if not last else len(starts)
        changed = any(e.family != NORMAL_FORM for e in edits[first:n])
        yield Row(number, Span(begin, line.end), after, (first, n), (left, until), changed)
        begin, first, shift, left, number = line.end, n, shift + grown, until, 0


def level(confidence: float) -> str:
    """The class of an edit by its confidence."""
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "doubt"


def about(edit: Edit) -> str:
    """What stands behind an edit, in a line: family, evidence, confidence."""
    return f"{edit.family} | {plain(edit.evidence)} | {edit.confidence:.3f}"


def before_cell(raw: str, row: Row, edits: Sequence[Edit]) -> str:
    """The HTML of a row before repair."""
    out: list[str] = []
    at = row.before.start
    for edit in edits[slice(*row.edits)]:
        if edit.family == NORMAL_FORM:
            continue
        out += (visible(raw[at : edit.span.start]), _mark("del", edit, visible(edit.before)))
        at = edit.span.end
    out.append(visible(raw[at : row.before.end].rstrip(_LINE_ENDS)))
    return "".join(out)


def after_cell(text: str, row: Row, edits: Sequence[Edit], unresolved: Sequence[Span]) -> str:
    """The HTML of a row after repair. Edits have the ids e1, e2 …, unresolved places u1, u2 …"""
    marks: list[tuple[Span, int]] = []  # span in the repaired text, number of the edit
    shift = row.after.start - row.before.start
    for n in range(*row.edits):
        edit = edits[n]
        start = edit.span.start + shift
        if edit.family != NORMAL_FORM:
            marks.append((Span(start, start + len(edit.after)), n))
        shift += len(edit.after) - edit.span.length
    end = row.after.start + len(row.after.of(text).rstrip(_LINE_ENDS))
    out: list[str] = []
    at = row.after.start
    for n in range(*row.unresolved):
        place = Span(max(unresolved[n].start, at), min(unresolved[n].end, max(end, at)))
        out += _marked(text, Span(at, place.start), marks, edits)
        inside = "".join(_marked(text, place, marks, edits))
        out.append(f'<span class="left" id="u{n + 1}" title="chưa sửa được / unresolved">{inside}</span>')
        at = place.end
    out += _marked(text, Span(at, max(end, at)), marks, edits, last=True)
    return "".join(out)


def _marked(
    text: str, span: Span, marks: Sequence[tuple[Span, int]], edits: Sequence[Edit], last: bool = False
) -> Iterator[str]:
    """A stretch of the repaired text with its edits; one without extent belongs to the stretch that it begins.

    The last stretch of a row has those that begin among its line ends too.
    """
    at = span.start
    first = bisect_left(marks, span.start, key=_begin) - 1  # the one before may reach into the stretch
    until = len(marks) if last else bisect_right(marks, span.end, key=_begin)
    for place, n in marks[max(first, 0) : until]:
        inside = span.start <= place.start < span.end or (last and place.start >= span.end)
        if not inside and not place.overlaps(span):
            continue
        start, end = min(max(place.start, span.start), span.end), min(place.end, span.end)
        yield visible(text[at:start])
        own = f' id="e{n + 1}"' if place.start >= span.start else ""
        yield _mark("ins", edits[n], visible(text[start:end]), own)
        at = max(end, at)
    yield visible(text[at : span.end])


def _begin(mark: tuple[Span, int]) -> int:
    return mark[0].start


def _mark(tag: str, edit: Edit, inside: str, attribute: str = "") -> str:
    title = escape(about(edit))
    return f'<{tag} class="{level(edit.confidence)}"{attribute} title="{title}">{inside or NOTHING}</{tag}>'


NOTHING = '<span class="sign">∅</span>'  # where characters were taken out, or put in


def visible(text: str) -> str:
    """A text as HTML; characters that nobody sees, and U+FFFD, are shown by their sign or their number."""
    if text.isprintable() and "\ufffd" not in text and "\xad" not in text:
        return escape(text)
    return "".join(_shown(c) for c in text)


def _shown(c: str) -> str:
    if c == "\t" or c in _LINE_ENDS:
        return c
    category = unicodedata.category(c)
    if c == "\ufffd":
        sign = "\ufffd"
    elif category in _HIDDEN:
        sign = f"U+{ord(c):04X}"
    elif category == "Zs" and c != " ":
        sign = "\u237d"
    else:
        return escape(c)
    return f'<span class="sign" title="U+{ord(c):04X}">{sign}</span>'


def plain(text: str) -> str:
    """A text for an attribute or a list: characters that nobody sees by their number."""
    return "".join(f"U+{ord(c):04X}" if c == "\ufffd" or unicodedata.category(c) in _HIDDEN else c for c in text)
