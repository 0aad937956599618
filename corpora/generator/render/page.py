"""A page as a layout leaves it: stretches of glyphs, rules, and where the text of each leaf stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from corpora.generator.render.fonts import Face, FontFile
from corpora.generator.render.lines import SetLine

MM: Final = 72 / 25.4
# how far a line reaches above and below its baseline, in em; the same for all faces, so that they break pages alike
ASCENT: Final = 0.891
DESCENT: Final = 0.216
Align = Literal["left", "centre", "right", "justify"]


class Piece(NamedTuple):
    """Characters [start, end) of a leaf stand in this box of this page (from 1; points, origin upper left).

    The pieces of a leaf follow each other without gaps: the spaces at a line break belong to the line before, outside its box.
    ``repeat``: a header row that is printed again on a later page; the characters have been placed before.
    """

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    start: int
    end: int
    repeat: bool = False


class Glyphs(NamedTuple):
    """Text of one font and size, from x on the baseline (measured from the top); ``stretch`` is added to each space."""

    font: FontFile
    size: float
    x: float
    baseline: float
    text: str
    stretch: float


class Box(NamedTuple):
    """A filled black rectangle: a rule, an edge of a table."""

    x: float
    top: float
    width: float
    height: float


class Frame(NamedTuple):
    """The paper and the rectangle that the text may fill."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.right - self.left


# A4 in Word's units; the margins of Decree 30/2020
UPRIGHT: Final = Frame(595.32, 841.92, 30 * MM, 20 * MM, 595.32 - 15 * MM, 841.92 - 20 * MM)
LANDSCAPE: Final = Frame(841.92, 595.32, 20 * MM, 20 * MM, 841.92 - 20 * MM, 595.32 - 15 * MM)


@dataclass(slots=True)
class Page:
    """What is drawn on a page, in the order in which it is written."""

    frame: Frame
    number: int
    glyphs: list[Glyphs] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


@dataclass(slots=True)
class Sheets:
    """The pages of a file as they grow, and where its leaves stand."""

    face: Face
    places: list[list[Piece]]
    pages: list[Page] = field(default_factory=list)

    def add(self, frame: Frame) -> Page:
        """A new page."""
        self.pages.append(Page(frame, len(self.pages) + 1))
        return self.pages[-1]

    def plain(self, text: str, size: float, x: float, baseline: float) -> None:
        """Text that belongs to no leaf: a page number, the mark before a footnote."""
        self.pages[-1].glyphs.append(Glyphs(self.face.regular, size, x, baseline, text, 0.0))

    def rule(self, x0: float, x1: float, y: float, thickness: float = 0.72) -> None:
        """A horizontal rule."""
        self.pages[-1].boxes.append(Box(x0, y, x1 - x0, thickness))

    def line(
        self, line: SetLine, x0: float, x1: float, baseline: float, align: Align, *, repeat: bool = False
    ) -> tuple[float, float]:
        """Puts a line of a leaf between x0 and x1.

        Args:
            line: what to put. ``indent`` of it moves the left edge.
            align: ``justify`` stretches the spaces, but not those of a line that ends its paragraph.
            repeat: see :class:`Piece`.

        Returns:
            The left and right end of what was put.
        """
        page = self.pages[-1]
        x0 += line.indent
        slack = x1 - x0 - line.width
        stretch = 0.0
        if align == "justify" and line.spaces and not line.ends:
            stretch = max(slack, 0.0) / line.spaces
        x = x0 + {"left": 0.0, "justify": 0.0, "centre": slack / 2, "right": slack}[align]
        right = x + line.width + stretch * line.spaces
        size = max((span.size for span in line.spans), default=0.0)
        if line.end > line.start:
            top, bottom = baseline - ASCENT * size, baseline + DESCENT * size
            piece = Piece(page.number, x, top, right, bottom, line.start, line.end, repeat)
            self.places[line.leaf].append(piece)
        left = x
        for span in line.spans:
            page.glyphs.append(Glyphs(span.font, span.size, x, baseline - span.rise, span.text, stretch))
            x += span.width + stretch * span.text.count(" ")
        return left, right


def printed(points: float) -> float:
    """A size as Word prints it, in steps of 0.12 points: 14 becomes 14.04."""
    return round(round(points / 0.12) * 0.12, 2)


def baseline(top: float, pitch: float, size: float) -> float:
    """Where the baseline of a line lies whose pitch is more than its letters need."""
    return top + (pitch - (ASCENT + DESCENT) * size) / 2 + ASCENT * size
