"""Characters to lines: rows by base line, raised marks put back, words told apart, rows cut at wide gaps."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import inf

from congvan.read.pdf_chars import NO_CODE, Line, Stretch, Style

_SAME_BASE = 0.12  # em: base lines this close are one
_BACK = 0.5  # em: a step back of more starts elsewhere
_GUTTER = 0.6  # em: a gap of more is none where the rows around have a wide one in the same place
_NEAR_ROWS = 2
_WIDE = 1.6  # em: a gap of more is no word space (columns, tabs)
_WORD = 0.17  # em: a gap of more parts words where the line draws no spaces
_WORD_SPACED = 0.22  # em: the same where it does
_SMALL = 0.86  # a raised mark has at most this part of its line's size
_RAISED = 0.13  # em: and stands at least this much above
_SPACES = frozenset(" \t\n\r\f\v\xa0\u2002\u2003\u2009\u200b\u3000")


@dataclass(slots=True)
class _Part:
    """Characters ``[start, end)`` of a stretch without a jump."""

    stretch: Stretch
    start: int
    end: int
    left: float
    right: float
    raised: bool = False


@dataclass(slots=True)
class _Row:
    base: float
    size: float
    parts: list[_Part]


def lines_of(stretches: list[Stretch]) -> list[Line]:
    """Lines of the upright text of a page, top to bottom, then left to right."""
    rows = _rows([part for s in stretches if s.upright for part in _parts(s)])
    rows = _raised_marks(rows)
    gaps = [_wide_gaps(rows, i) for i in range(len(rows))]
    lines: list[Line] = []
    for i, row in enumerate(rows):
        near = [
            gap for j in range(max(i - _NEAR_ROWS, 0), min(i + _NEAR_ROWS + 1, len(rows))) if j != i for gap in gaps[j]
        ]
        lines.extend(_cut(row, near))
    return lines


def _wide_gaps(rows: list[_Row], at: int) -> list[tuple[float, float]]:
    """The gaps of a row that are no word space, as where the left part ends and the right one begins; rows that overlap it
    count as one with it, since two columns seldom share their base lines."""
    row = rows[at]
    parts = list(row.parts)
    for j in (at - 1, at + 1):
        if 0 <= j < len(rows) and abs(rows[j].base - row.base) < 0.5 * row.size:
            parts.extend(rows[j].parts)
    parts.sort(key=lambda p: p.left)
    out: list[tuple[float, float]] = []
    right = -inf
    for part in parts:
        if part.left - right > _WIDE * row.size and right > -inf:
            out.append((right, part.left))
        right = max(right, part.right)
    return out


def _parts(s: Stretch) -> list[_Part]:
    """Cut a stretch where it jumps back or far ahead; blank ends are dropped."""
    parts: list[_Part] = []
    x0, x1 = s.x0, s.x1
    back, wide = -_BACK * s.size, _WIDE * s.size
    start, last = -1, -1  # first and last drawn character of the open part
    for i, c in enumerate(s.text):
        if c in _SPACES:
            continue
        if start < 0:
            start = i
        elif not back <= x0[i] - x1[last] <= wide:
            parts.append(_Part(s, start, last + 1, x0[start], x1[last]))
            start = i
        last = i
    if start >= 0:
        parts.append(_Part(s, start, last + 1, x0[start], x1[last]))
    return parts


def _rows(parts: list[_Part]) -> list[_Row]:
    """Put parts of one base line together."""
    parts.sort(key=lambda p: p.stretch.base)
    rows: list[_Row] = []
    for part in parts:
        s = part.stretch
        row = rows[-1] if rows else None
        if row is not None and abs(s.base - row.base) <= _SAME_BASE * max(s.size, row.size):
            row.parts.append(part)
            if s.size > row.size:
                row.size, row.base = s.size, s.base
        else:
            rows.append(_Row(s.base, s.size, [part]))
    for row in rows:
        row.parts.sort(key=lambda p: p.left)
    return rows


def _raised_marks(rows: list[_Row]) -> list[_Row]:
    """Move small raised (or lowered) parts into the row that they belong to."""
    bases = [row.base for row in rows]
    lefts = [[p.left for p in row.parts] for row in rows]
    kept: list[_Row] = []
    moved: dict[int, list[_Part]] = {}
    for i, row in enumerate(rows):
        stay: list[_Part] = []
        for part in row.parts:
            host = _host(part, i, rows, bases, lefts)
            if host is None:
                stay.append(part)
            else:
                part.raised = part.stretch.base < rows[host].base - _RAISED * part.stretch.size
                moved.setdefault(host, []).append(part)
        row.parts = stay
    for i, row in enumerate(rows):
        if i in moved:
            row.parts = sorted(row.parts + moved[i], key=lambda p: p.left)
        if row.parts:
            kept.append(row)
    return kept


def _host(part: _Part, own: int, rows: list[_Row], bases: list[float], lefts: list[list[float]]) -> int | None:
    """Index of the row whose line the part is raised from: larger, next to it, close below."""
    size, base = part.stretch.size, part.stretch.base
    if part.end - part.start > 12:
        return None
    i = bisect_left(bases, base - 0.5 * size)
    while i < len(rows) and bases[i] < base + 1.2 * size:
        row = rows[i]
        off = row.base - base
        if i != own and size < _SMALL * row.size and -0.3 * row.size < off < 0.75 * row.size:
            near = 0.6 * row.size
            at = bisect_left(lefts[i], part.left)
            for other in row.parts[max(at - 1, 0) : at + 1]:
                if other.left - near < part.right and part.left < other.right + near:
                    return i
        i += 1
    return None


def _cut(row: _Row, near: list[tuple[float, float]]) -> list[Line]:
    """Lines of a row: one for each stretch without a wide gap; ``near``: the wide gaps of the rows around it.

    A narrower gap is one too where it stands in line with a wide one: two columns whose longest lines nearly meet.
    """
    lines: list[Line] = []
    group: list[_Part] = []
    right = 0.0
    for part in row.parts:
        if group and _same(part, group[-1]):
            continue  # drawn twice to look bold
        gap = part.left - right
        in_line = (
            group
            and near
            and gap > _GUTTER * row.size
            and any(a - gap <= right and part.left <= b + gap for a, b in near)
        )
        if group and (gap > _WIDE * row.size or in_line):
            lines.append(_line(group))
            group = []
        right = part.right if not group else max(right, part.right)
        group.append(part)
    if group:
        lines.append(_line(group))
    return lines


def _same(a: _Part, b: _Part) -> bool:
    """The same text in the same place."""
    return (
        abs(a.left - b.left) < 0.3 * a.stretch.size
        and a.end - a.start == b.end - b.start
        and a.stretch.text[a.start : a.end] == b.stretch.text[b.start : b.end]
    )


def _line(parts: list[_Part]) -> Line:
    """Characters of adjoining parts, with one space between words."""
    line = Line(left=parts[0].left, right=max(p.right for p in parts))
    main = max((p for p in parts if not p.raised), key=lambda p: p.stretch.size, default=parts[0])
    line.size, line.base = main.stretch.size, main.stretch.base
    line.bold = all(p.stretch.bold for p in parts if not p.raised)
    spaced = any(c in _SPACES for p in parts for c in p.stretch.text[p.start : p.end])
    word = (_WORD_SPACED if spaced else _WORD) * line.size
    previous, end = "", 0.0  # the last drawn character and its right edge
    trailing = False  # a space was drawn after it
    add, add_left, add_right = line.text.append, line.x0.append, line.x1.append
    add_code, add_style = line.codes.append, line.style.append
    for part in parts:
        s = part.stretch
        style = Style(s.font, s.size, s.base, part.raised, s.bold, s.italic)
        line.styles.append(style)
        index = len(line.styles) - 1
        codes = s.codes
        if part.start and s.text[part.start - 1] in _SPACES:
            trailing = True
        text, lefts, rights = s.text, s.x0, s.x1
        for i in range(part.start, part.end):
            c = text[i]
            if c in _SPACES:
                trailing = True
                continue
            x0, x1 = lefts[i], rights[i]
            if previous:
                if c == previous and x1 - x0 > 0 and abs(end - x1) < 0.3 * (x1 - x0):
                    continue  # drawn twice to look bold
                if trailing or x0 - end > word:
                    add(" ")
                    add_left(0.0)
                    add_right(0.0)
                    add_code(NO_CODE)
                    add_style(index if line.styles[line.style[-1]].raised else line.style[-1])
            trailing = False
            for letter in c:
                add(letter)
                add_left(x0)
                add_right(x1)
                add_code(codes[i] if codes else NO_CODE)
                add_style(index)
            previous = c
            if x1 > end:
                end = x1
        if part.end < len(text) and text[part.end] in _SPACES:
            trailing = True
    return line
