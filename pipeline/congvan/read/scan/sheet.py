"""One picture read: turned upright, parted where two pages stand side by side, prepared, cut and read line by line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from congvan.document import Reading
from congvan.language.syllables import is_syllable
from congvan.read.pdf_chars import Rules
from congvan.read.scan.cuts import Cut, Page, cut
from congvan.read.scan.engine import Engine, Found
from congvan.read.scan.pen import by_hand
from congvan.read.scan.prepare import Prepared, prepared
from congvan.read.scan.seen import SeenLine, SeenPage, SeenPart, SeenWord

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_READ_AT = 22.0  # pixels: height of letters at which the engine reads best
_AGAIN_AT = 27.0  # the same of a second reading
_CERTAIN = 0.8  # confidence of a word: less, and its line is read again
_DIFFERENT = 0.45  # confidence of figures that two readings do not agree on
_NO_WORD = 0.6  # mean confidence of a line without syllable and figure: less is no text
_DIRT = 0.25  # confidence of a word that is no syllable: less is dirt
_LONGEST = 24  # letters of a word
_BORDER = 0.35  # heights of letters: white around a line
_AROUND = 0.15  # the same of the page itself: faint marks
_CAPITAL = 0.662  # em: height of capitals of Times
_SAME_SIZE = 0.15  # sizes this close to the page's usual one are the usual one
_BOLD = 1.22  # times the page's usual stroke
_POOR = 0.55  # mean confidence of a page: less may stand on its head
_NOTHING = 0.35  # mean confidence of a line: less, without a syllable, is no text
_SIDE_BY_SIDE = 1.2  # width of a sheet by its height, from which it may hold two pages
_BLANK = 0.0002  # of the sheet covered with ink: less is bare paper
_TESTED = 6  # lines that are read to tell which way is up


def read_sheet(picture: Grey, dpi: float, engine: Engine, lines: int = 0) -> SeenPage:
    """Read a picture of a page.

    Args:
        picture: grey or colour pixels. dpi: pixels an inch. lines: read only so many, the longest; 0 for all.
    """
    import numpy as np

    if _is_blank(picture, dpi):
        return SeenPage((), blank=True)
    turn = 90 if _lies(picture, dpi) else 0
    upright = np.ascontiguousarray(np.rot90(picture, -turn // 90)) if turn else picture
    parts, steps, best = _read_parts(upright, dpi, engine, lines)
    if best < _POOR and (turn or best > 0):
        over = np.ascontiguousarray(np.rot90(upright, 2))
        if _sample(over, dpi, engine) > best + 0.1:
            turn = (turn + 180) % 360
            parts, steps, _ = _read_parts(over, dpi, engine, lines)
    if turn:
        steps = [f"turned by {turn}°", *steps]
    return SeenPage(tuple(parts), turn, tuple(dict.fromkeys(steps)))


def _read_parts(picture: Grey, dpi: float, engine: Engine, lines: int) -> tuple[list[SeenPart], list[str], float]:
    parts: list[SeenPart] = []
    steps: list[str] = []
    halves = _halves(picture, dpi)
    if len(halves) > 1:
        steps.append("two pages parted")
    for left, right in halves:
        ready = prepared(picture[:, left:right], dpi)
        page = cut(ready.ink, ready.dpi)
        page = _longest(page, lines) if lines else page
        parts.append(_read_part(ready, page, engine, left * 72 / dpi))
        steps += ready.steps
    letters = [(part.confidence, sum(len(line.words) for line in part.lines)) for part in parts]
    total = sum(n for _, n in letters)
    return parts, steps, sum(c * n for c, n in letters) / total if total else 0.0


def _sample(picture: Grey, dpi: float, engine: Engine) -> float:
    """Mean confidence of a few lines."""
    ready = prepared(picture, dpi)
    return _read_part(ready, _longest(cut(ready.ink, ready.dpi), _TESTED), engine, 0.0).confidence


def _longest(page: Page, lines: int) -> Page:
    """The page with its longest lines only, and without rules."""
    return Page(sorted(page.cuts, key=lambda c: c.x0 - c.x1)[:lines], page.letter)


def _is_blank(picture: Grey, dpi: float) -> bool:
    """Bare paper: hardly any ink away from the edges."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    small = cv2.resize(grey, None, fx=75 / dpi, fy=75 / dpi, interpolation=cv2.INTER_AREA)
    edge = round(0.06 * min(small.shape))
    inner = small[edge : small.shape[0] - edge, edge : small.shape[1] - edge]
    if inner.size == 0:
        return True
    ink = cv2.adaptiveThreshold(inner, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 21, 30)
    return bool(ink.mean() < _BLANK)


def _lies(picture: Grey, dpi: float) -> bool:
    """The lines of the page run up or down: ink changes more sharply from column to column than from row to row."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    small = cv2.resize(grey, None, fx=60 / dpi, fy=60 / dpi, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 21, 10).astype(float)
    edge = round(0.05 * min(dark.shape))
    dark = dark[edge:-edge, edge:-edge]
    if dark.size == 0 or dark.mean() < 0.5:
        return False
    # over pieces of the page, so that skew does not level the rows
    across = down = 0.0
    for piece in (p for half in np.array_split(dark, 3, axis=1) for p in np.array_split(half, 3, axis=0)):
        across += float((np.diff(piece.mean(1)) ** 2).sum())
        down += float((np.diff(piece.mean(0)) ** 2).sum())
    return down > 1.5 * across


def _halves(picture: Grey, dpi: float) -> list[tuple[int, int]]:
    """Left and right edge of each page on the sheet: two where a wide sheet has a white gutter in the middle."""
    import cv2
    import numpy as np

    rows, columns = picture.shape[:2]
    if columns < _SIDE_BY_SIDE * rows:
        return [(0, columns)]
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    small = cv2.resize(grey, None, fx=60 / dpi, fy=60 / dpi, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 21, 14)
    edge = round(0.04 * dark.shape[0])
    filled = (dark[edge:-edge] > 0).mean(0)
    wide = len(filled)
    middle = np.arange(round(0.44 * wide), round(0.56 * wide))
    # a fold or a shadow is one dark column; text on both sides of it is dark in a share of its rows
    white = filled[middle] < 0.01
    best = (0, 0, 0)
    start = None
    for i, is_white in enumerate([*white, False]):
        if is_white and start is None:
            start = i
        elif not is_white and start is not None:
            best = max(best, (i - start, start, i))
            start = None
    sides = filled[: middle[0]].mean(), filled[middle[-1] :].mean()
    if best[0] < 0.02 * wide or max(sides) < 0.01:
        return [(0, columns)]
    at = round((middle[0] + (best[1] + best[2]) / 2) * columns / wide)
    return [(0, at), (at, columns)]


def _read_part(ready: Prepared, page: Page, engine: Engine, left: float) -> SeenPart:
    """Read the lines of one prepared page."""
    by = 72 / ready.dpi
    rows, columns = ready.grey.shape
    strokes = _Strokes(ready.ink)
    lines: list[SeenLine] = []
    sizes = [_size(c, page.letter) for c in page.cuts]
    usual = _usual([(s, len(c.boxes)) for s, c in zip(sizes, page.cuts, strict=True)])
    stroke = _usual([(round(strokes.width(c), 1), len(c.boxes)) for c in page.cuts])
    for c, own in zip(page.cuts, sizes, strict=True):
        size = usual if abs(own - usual) <= _SAME_SIZE * usual else own
        bold = strokes.width(c) > _BOLD * stroke
        high = max(page.letter, 0.75 * own * _CAPITAL)
        found = _found(ready, c, high, _READ_AT, engine, page.letter)
        if ready.noisy or _is_doubtful(found):
            found = _agreed(found, _found(ready, c, high, _AGAIN_AT, engine, page.letter))
        for group in _by_line(found):
            line = _line(by_hand(group, c, ready), c, by, size * by, bold)
            if line is not None:
                lines.append(line)
    rules = page.rules
    return SeenPart(
        tuple(lines),
        _plain(rules, "across", by),
        _plain(rules, "down", by),
        columns * by,
        rows * by,
        ready.skew,
        left,
    )


def _found(ready: Prepared, c: Cut, high: float, height: float, engine: Engine, letter: float) -> list[Found]:
    """The words of a line in pixels of the page.

    Args:
        high: height of its letters. height: what it is scaled to for reading. letter: usual height of letters of the page.
    """
    import cv2
    import numpy as np

    rows, columns = ready.grey.shape
    around, border = round(_AROUND * letter), round(_BORDER * height)
    x, y = max(c.x0 - around, 0), max(c.y0 - around, 0)
    crop = ready.grey[y : min(c.y1 + around, rows), x : min(c.x1 + around, columns)]
    scale = height / high
    if abs(scale - 1) > 0.1:
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        crop = np.asarray(cv2.resize(crop, None, fx=scale, fy=scale, interpolation=way), np.uint8)
    else:
        scale = 1.0
    crop = np.asarray(
        cv2.copyMakeBorder(crop, border, border, border, border, cv2.BORDER_CONSTANT, value=255), np.uint8
    )
    left, top = x - border / scale, y - border / scale
    return [
        replace(
            word,
            edges=tuple(left + e / scale for e in word.edges),
            top=top + word.top / scale,
            bottom=top + word.bottom / scale,
        )
        for word in engine.read(crop, round(ready.dpi * scale), c.single)
    ]


def _is_doubtful(found: list[Found]) -> bool:
    return not found or any(word.reading.confidence < _CERTAIN for word in found)


def _agreed(one: list[Found], other: list[Found]) -> list[Found]:
    """The better of two readings of a line; figures on which they differ are doubtful."""
    best, rest = (one, other) if _quality(one) >= _quality(other) else (other, one)
    texts = {word.reading.text.strip(".,;:()") for word in rest}
    out = []
    for word in best:
        text = word.reading.text
        if any(map(str.isdigit, text)) and text.strip(".,;:()") not in texts:
            word = replace(word, reading=replace(word.reading, confidence=min(word.reading.confidence, _DIFFERENT)))
        out.append(word)
    return out


def _quality(found: list[Found]) -> float:
    """How good a reading is: confidence, and letters that are of syllables."""
    letters = sum(len(word.reading.text) for word in found)
    if not letters:
        return 0.0
    return sum(len(w.reading.text) * (w.reading.confidence + 0.3 * _is_sound(w.reading.text)) for w in found) / letters


def _is_sound(text: str) -> bool:
    """A word that needs no correction: a syllable, or nothing but figures and signs."""
    core = "".join(filter(str.isalpha, text))
    return is_syllable(core) if core else any(map(str.isdigit, text))


def _plain(rules: Rules, name: str, by: float) -> tuple[tuple[float, float, float], ...]:
    return tuple((round(r.at * by, 2), round(r.start * by, 2), round(r.end * by, 2)) for r in getattr(rules, name))


def _by_line(found: list[Found]) -> list[list[Found]]:
    groups: dict[int, list[Found]] = {}
    for word in found:
        groups.setdefault(word.line, []).append(word)
    return list(groups.values())


def _line(words: list[Found], c: Cut, by: float, size: float, bold: bool) -> SeenLine | None:
    """Words of a line in points (``by``: points a pixel); None where they are dirt, a scrawl or a piece of a seal."""
    words = [w for w in words if not _is_dirt(w.reading)]
    letters = sum(len(w.reading.text) for w in words)
    if not letters:
        return None
    mean = sum(w.reading.confidence * len(w.reading.text) for w in words) / letters
    texts = ["".join(filter(str.isalpha, w.reading.text)) for w in words]
    syllable = any(len(t) > 1 and is_syllable(t) for t in texts)
    figures = any(map(str.isdigit, "".join(w.reading.text for w in words)))
    if not syllable and mean < (_NOTHING if figures else _NO_WORD):
        return None
    base = _base(c) if c.single else _bottom(words)
    seen = tuple(SeenWord(w.reading, tuple(round(e * by, 2) for e in w.edges)) for w in words)
    return SeenLine(seen, round(base * by, 2), round(size, 2), bold)


def _is_dirt(reading: Reading) -> bool:
    """Signs that were hardly read, and strings of letters longer than any word."""
    core = "".join(filter(str.isalnum, reading.text))
    if not core:
        return reading.confidence < _NO_WORD
    return (len(core) > _LONGEST and not any(map(str.isdigit, core))) or (
        reading.confidence < _DIRT and not any(map(str.isdigit, core)) and not is_syllable(core)
    )


def _bottom(words: list[Found]) -> float:
    """The base line of words of a block: their boxes reach a little below it."""
    import statistics

    return statistics.median(w.bottom - 0.2 * (w.bottom - w.top) for w in words)


def _base(c: Cut) -> float:
    """The base line of a line: where most of its letters end."""
    import numpy as np

    boxes = c.boxes
    tall = boxes[boxes[:, 3] > 0.5 * boxes[:, 3].max()]
    return float(np.median(tall[:, 1] + tall[:, 3]))


def _size(c: Cut, letter: float) -> float:
    """Font size in pixels, by the height of its tallest letters without marks."""
    import numpy as np

    high = c.boxes[:, 3]
    high = high[high > 0.5 * letter]
    if not len(high):
        return letter / _CAPITAL
    return float(np.percentile(high, 70)) / _CAPITAL


def _usual(weighed: list[tuple[float, int]]) -> float:
    """The weighted median."""
    ordered = sorted(weighed)
    total, sofar = sum(n for _, n in ordered), 0
    for value, n in ordered:
        sofar += n
        if 2 * sofar >= total:
            return value
    return 0.0


class _Strokes:
    """Mean width of the strokes of a place, by its ink and the edge of the ink."""

    def __init__(self, ink: Any) -> None:
        import cv2
        import numpy as np

        edge = ink - cv2.erode(ink, np.ones((3, 3), np.uint8))
        self._ink = cv2.integral(ink)
        self._edge = cv2.integral(edge)

    def width(self, c: Cut) -> float:
        """Mean width of strokes in a line, in pixels."""
        ink, edge = (
            int(t[c.y1, c.x1]) - int(t[c.y0, c.x1]) - int(t[c.y1, c.x0]) + int(t[c.y0, c.x0])
            for t in (self._ink, self._edge)
        )
        return 2 * ink / edge if edge else 0.0
