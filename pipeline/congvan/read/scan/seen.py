"""What is seen on the picture of a page: lines of words with places, confidences and other readings; plain and storable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from congvan.document import Reading


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word. ``xs``: left and right edge of each character in points, one after the other."""

    reading: Reading
    xs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line, or the part of one that stands in one column or cell.

    Attributes:
        words: left to right. base: distance of the base line from the top in points. size: of the font in points.
        bold: its strokes are clearly heavier than those of the page.
    """

    words: tuple[SeenWord, ...]
    base: float
    size: float
    bold: bool = False

    @property
    def confidence(self) -> float:
        """Mean confidence of its letters."""
        letters = sum(len(w.reading.text) for w in self.words)
        return sum(w.reading.confidence * len(w.reading.text) for w in self.words) / letters if letters else 0.0


@dataclass(frozen=True, slots=True)
class SeenPart:
    """A page as it was read, or one of two that stand side by side on the sheet.

    Attributes:
        lines: in no particular order. across, down: rules as (at, start, end) in points.
        width, height: in points. skew: degrees by which the sheet was turned back before it was read.
        left: where the part begins on the sheet in points.
    """

    lines: tuple[SeenLine, ...]
    across: tuple[tuple[float, float, float], ...]
    down: tuple[tuple[float, float, float], ...]
    width: float
    height: float
    skew: float = 0.0
    left: float = 0.0

    @property
    def confidence(self) -> float:
        """Mean confidence of all letters; 0 where nothing was read."""
        weights = [(sum(len(w.reading.text) for w in line.words), line.confidence) for line in self.lines]
        letters = sum(n for n, _ in weights)
        return sum(n * c for n, c in weights) / letters if letters else 0.0


@dataclass(frozen=True, slots=True)
class SeenPage:
    """All that was seen on one picture. ``turn``: degrees clockwise by which it had to be turned; ``steps``: what was
    done to prepare it; ``blank``: it is bare paper."""

    parts: tuple[SeenPart, ...]
    turn: int = 0
    steps: tuple[str, ...] = ()
    blank: bool = False

    @property
    def confidence(self) -> float:
        """Mean confidence of the parts that have text."""
        found = [part.confidence for part in self.parts if part.lines]
        return sum(found) / len(found) if found else 0.0


def to_plain(page: SeenPage) -> Any:
    """The page as lists and numbers, for JSON."""
    return {
        "turn": page.turn,
        "steps": page.steps,
        "blank": page.blank,
        "parts": [
            {
                "lines": [
                    [
                        line.base,
                        line.size,
                        line.bold,
                        [[w.reading.text, w.reading.confidence, w.reading.choices, w.xs] for w in line.words],
                    ]
                    for line in part.lines
                ],
                "across": part.across,
                "down": part.down,
                "box": [part.width, part.height, part.skew, part.left],
            }
            for part in page.parts
        ],
    }


def from_plain(plain: Any) -> SeenPage:
    """Undo :func:`to_plain`.

    Raises:
        KeyError, TypeError, ValueError: it is something else.
    """
    parts = []
    for part in plain["parts"]:
        lines = tuple(
            SeenLine(tuple(_word(*w) for w in words), float(base), float(size), bool(bold))
            for base, size, bold, words in part["lines"]
        )
        across, down = (tuple((float(a), float(b), float(c)) for a, b, c in part[k]) for k in ("across", "down"))
        parts.append(SeenPart(lines, across, down, *map(float, part["box"])))
    return SeenPage(tuple(parts), int(plain["turn"]), tuple(map(str, plain["steps"])), bool(plain["blank"]))


def _word(text: str, confidence: float, choices: Any, xs: Any) -> SeenWord:
    read = tuple(tuple((str(c), float(cost)) for c, cost in place) for place in choices)
    return SeenWord(Reading(str(text), float(confidence), read), tuple(map(float, xs)))
