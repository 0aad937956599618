"""Characters of a PDF page in columns, as both PDF readers give them to the layout."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Protocol

from congvan.document import Box, FontFacts

NO_CODE = 0xFFFFFFFF  # the code of a character that the reader made itself

# A line's box in parts of the font size, the same for every font: ascent and descent of the fonts that the letter
# templates of Decree 30/2020 prescribe (Times New Roman: 0.891 and 0.216), so that both readers give the same boxes.
ASCENT = 0.891
DESCENT = 0.216

THIN = 3.0  # points: a stroke that is thicker is a shape, no rule
_SHORT = 4.0  # points: one that is shorter is a dot or part of a drawn letter


class FontNumbers(Protocol):
    """Numbers the fonts of a document, by what PDFium says of them."""

    facts: list[FontFacts]

    def number(self, name: str, embedded: bool) -> int:
        """Index of a font in ``facts``."""
        ...


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is shown: its turn in degrees clockwise and its crop box (left, bottom, right, top in user space)."""

    turn: int = 0
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as shown, from its upper left corner."""
        x0, y0, x1, y1 = self.crop
        if self.turn == 90:
            return y - y0, x - x0
        if self.turn == 180:
            return x1 - x, y - y0
        if self.turn == 270:
            return y1 - y, x1 - x
        return x - x0, y1 - y

    def upright(self, a: float, b: float) -> bool:
        """True where text with the direction (a, b) in user space runs left to right as shown."""
        along, up = {90: (b, -a), 180: (-a, -b), 270: (-b, a)}.get(self.turn, (a, b))
        return along > 0 and abs(up) < 0.05 * along


@dataclass(slots=True)
class Stretch:
    """Characters drawn one after the other in one font, size and line.

    Attributes:
        font: index into the document's fonts. size: in points on the page.
        base: distance of the base line from the top of the page in points.
        upright: runs left to right on the page as shown.
        text: one string for each drawn character (a ligature gives several letters). x0, x1: its left and right edge.
        codes: the font's character codes, empty on the fast path.
        box: the whole stretch, needed where it is not upright.
    """

    font: int
    size: float
    base: float
    upright: bool
    text: list[str] = field(default_factory=list)
    x0: list[float] = field(default_factory=list)
    x1: list[float] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    box: Box | None = None
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A stroke. ``at``: its distance from the top (horizontal) or from the left (vertical); it runs from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Rules:
    """The strokes of a page as shown, in points from its upper left corner."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)

    def add(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Take a thin box in as a rule; a thick one is none."""
        width, height = x1 - x0, bottom - top
        if height <= THIN and width >= _SHORT:
            self.across.append(Rule((top + bottom) / 2, x0, x1))
        elif width <= THIN and height >= _SHORT:
            self.down.append(Rule((x0 + x1) / 2, top, bottom))


@dataclass(slots=True)
class Chars:
    """What is drawn on a page: its size in points as shown, and the text in drawing order."""

    number: int
    width: float
    height: float
    stretches: list[Stretch]
    has_codes: bool = False
    rules: Rules = field(default_factory=Rules)


@dataclass(slots=True)
class Line:
    """Characters of one line (or the part of a line in one column), left to right, words apart by one space.

    The columns run in step, one entry for each code point of ``text``; ``style`` indexes ``styles``.
    """

    text: list[str] = field(default_factory=list)
    x0: array[float] = field(default_factory=lambda: array("f"))
    x1: array[float] = field(default_factory=lambda: array("f"))
    codes: list[int] = field(default_factory=list)
    style: list[int] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    bold: bool = False

    @property
    def top(self) -> float:
        """Upper edge of the line's core, where lines set as tight as they can do not touch."""
        return self.base - 0.7 * self.size

    @property
    def bottom(self) -> float:
        """Lower edge of the line's core."""
        return self.base + 0.1 * self.size

    @property
    def string(self) -> str:
        """The line's text."""
        return "".join(self.text)


@dataclass(frozen=True, slots=True)
class Style:
    """What tells one run from the next: font, size, base line, raised or not."""

    font: int
    size: float
    base: float
    raised: bool
    bold: bool
    italic: bool
