"""First lines of pages: whether a paragraph begins there is told by its indent, where the text has indents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from congvan.document import CleanDocument
from congvan.segment.lines import Line

_FEWEST = 4  # paragraphs of two lines and more from which the indent is measured
_MOST = 200  # paragraphs that are looked at
_CLEAR = 8.0  # points: the least indent that tells
_SAME = 3.0  # points: edges this close are one


@dataclass(frozen=True, slots=True)
class PageStarts:
    """Left edges of a text in points: where first lines of paragraphs begin, and where their other lines do."""

    clean: CleanDocument
    first: float
    other: float

    def goes_on(self, line: Line) -> bool | None:
        """True where a line begins as lines inside a paragraph do; None where its place is not known."""
        x = _left(self.clean, line)
        return None if x is None else abs(x - self.other) <= _SAME

    def begins(self, line: Line) -> bool:
        """True where a line begins as first lines of paragraphs do."""
        x = _left(self.clean, line)
        return x is not None and abs(x - self.first) <= _SAME


def page_starts(clean: CleanDocument, groups: Sequence[Sequence[Line]]) -> PageStarts | None:
    """Measure the indent of a document with pages; None where its paragraphs have none. ``groups``: the lines of each block."""
    firsts: list[float] = []
    others: list[float] = []
    for lines in groups:
        if len(lines) < 2 or len(firsts) >= _MOST:
            continue
        a, b = _left(clean, lines[0]), _left(clean, lines[1])
        if a is not None and b is not None:
            firsts.append(a)
            others.append(b)
    if len(firsts) < _FEWEST:
        return None
    first, other = median(firsts), median(others)
    return PageStarts(clean, first, other) if first - other >= _CLEAR else None


def _left(clean: CleanDocument, line: Line) -> float | None:
    """Left edge of a line in points."""
    places = clean.places.of((line.span.start, line.span.start + 1))
    return places[0].box.x0 if places else None
