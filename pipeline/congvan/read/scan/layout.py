"""What was seen on a picture to the blocks of a page, by the same layout as drawn text."""

from __future__ import annotations

from array import array
from dataclasses import replace

from congvan.document import CharBoxes, RawPage, Reading
from congvan.read.pdf_chars import Chars, Rule, Rules, Stretch
from congvan.read.pdf_layout import page_of
from congvan.read.scan.prepare import back
from congvan.read.scan.seen import SeenPage, SeenPart


def page_from(seen: SeenPage, number: int, font: int, readings: list[Reading], width: float, height: float) -> RawPage:
    """Blocks of a page.

    Args:
        seen: the page. number: from 1. font: number of the "font" of read text. readings: words so far; those of the page are
            added, and its runs' codes number them. width, height: of the page in points as the file shows it.
    """
    blocks = []
    for part in seen.parts:
        page = page_of(_chars(part, number, font, readings))
        blocks += [
            replace(
                block,
                runs=tuple(
                    replace(run, places=_moved(run.places, part, seen.turn, width, height)) for run in block.runs
                ),
            )
            for block in page.blocks
        ]
    return RawPage(number, tuple(blocks), width, height)


def _chars(part: SeenPart, number: int, font: int, readings: list[Reading]) -> Chars:
    stretches = []
    for line in part.lines:
        for word in line.words:
            code = len(readings)
            readings.append(word.reading)
            text = list(word.reading.text)
            stretches.append(
                Stretch(
                    font,
                    line.size,
                    line.base,
                    True,
                    text,
                    list(word.xs[::2]),
                    list(word.xs[1::2]),
                    [code] * len(text),
                    bold=line.bold,
                )
            )
    rules = Rules([Rule(*r) for r in part.across], [Rule(*r) for r in part.down])
    return Chars(number, part.width, part.height, stretches, has_codes=True, rules=rules)


def _moved(places: CharBoxes | None, part: SeenPart, turn: int, width: float, height: float) -> CharBoxes | None:
    """Boxes of the straightened part as boxes of the page in the file."""
    if places is None or not (part.skew or part.left or turn):
        return places
    values = places.values
    out = array("f")
    for i in range(0, len(values), 4):
        x0, top, x1, bottom = values[i : i + 4]
        if x1 <= x0 and bottom <= top:
            out.extend((0.0, 0.0, 0.0, 0.0))
            continue
        x, y = back((x0 + x1) / 2, (top + bottom) / 2, part.skew, part.width, part.height)
        x += part.left
        half_w, half_h = (x1 - x0) / 2, (bottom - top) / 2
        if turn == 180:
            x, y = width - x, height - y
        elif turn == 90:  # it was turned clockwise to be read: its left edge was the page's lower one
            x, y, half_w, half_h = y, height - x, half_h, half_w
        elif turn == 270:
            x, y, half_w, half_h = width - y, x, half_h, half_w
        out.extend((x - half_w, y - half_h, x + half_w, y + half_h))
    return CharBoxes(out)
