"""A clerk's pen: digits and a few letters as strokes, drawn in ink of uneven pressure.

The shapes are lists of points on a field of height 1 (the line is at 0, y goes up). Each stroke is a smooth curve
through its points; a new stroke starts where the hand turns sharply or lifts the pen. Several shapes of a character are
habits of different hands: one hand (one seed) keeps to one of them. Nothing here stems from a font or from anyone's
writing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpora.generator.scan.degrade import Pixels, opencv, stain

Points = tuple[tuple[float, float], ...]
Shape = tuple[Points, ...]

# points in hundredths, strokes parted by "/"
_DRAWN: dict[str, tuple[str, ...]] = {
    "0": (
        "52 95, 24 86, 8 50, 18 10, 44 1, 66 25, 70 60, 56 90, 40 97",
        "40 100, 13 78, 7 35, 28 0, 56 18, 64 62, 44 96, 22 90",
    ),
    "1": (
        "6 68, 22 82, 38 100 / 38 100, 34 50, 29 -2",
        "30 100, 27 50, 22 0",
    ),
    "2": (
        "8 72, 20 95, 48 97, 60 74, 40 36, 4 3 / 4 3, 34 7, 72 1",
        "10 78, 28 100, 55 88, 50 50, 20 5, 6 12, 20 20, 45 3, 74 8",
    ),
    "3": (
        "10 86, 34 99, 58 84, 50 60, 28 53 / 28 53, 58 44, 64 18, 36 0, 4 10",
        "8 95, 35 97, 62 96 / 62 96, 44 74, 30 58 / 30 58, 60 46, 60 14, 30 -4, 2 8",
    ),
    "4": (
        "42 98, 22 62, 4 34 / 4 34, 36 33, 74 38 / 54 62, 48 30, 42 -10",
        "14 95, 10 66, 12 44 / 12 44, 36 42, 62 47 / 60 98, 53 50, 46 -5",
    ),
    "5": (
        "22 95, 17 76, 13 55 / 13 55, 36 62, 60 44, 56 14, 32 -1, 4 8 / 22 95, 46 94, 72 100",
        "68 98, 44 96, 24 97 / 24 97, 16 58 / 16 58, 44 60, 58 34, 42 2, 5 2",
    ),
    "6": (
        "58 97, 30 74, 10 40, 13 10, 36 0, 58 14, 55 38, 33 44, 14 24",
        "44 100, 20 70, 6 30, 22 0, 50 8, 54 34, 30 42, 10 20",
    ),
    "7": (
        "5 90, 34 93, 70 94 / 70 94, 46 52, 30 -2 / 24 46, 62 52",
        "8 82, 10 95, 40 92, 66 97 / 66 97, 42 50, 34 0",
    ),
    "8": (
        "60 84, 36 99, 15 80, 34 55, 60 30, 50 3, 24 1, 12 24, 34 52, 58 72, 58 90",
        "50 96, 20 94, 18 68, 50 42, 54 10, 28 -2, 8 16, 30 50, 56 74, 46 97",
    ),
    "9": (
        "58 78, 40 98, 13 86, 12 60, 34 50, 56 68, 62 90 / 62 90, 56 42, 36 -4",
        "56 86, 30 100, 8 76, 24 52, 52 66, 58 90, 54 40, 34 0, 8 6",
    ),
    "/": (
        "42 112, 22 50, 0 -14",
    ),
    ".": (
        "10 3, 13 0, 10 -1",
    ),
    "-": (
        "6 40, 44 43",
    ),
    "a": (
        "46 50, 24 58, 6 26, 20 0, 42 20, 50 54 / 50 54, 44 16, 52 0, 66 10",
    ),
    "b": (
        "14 100, 10 50, 10 6 / 10 6, 34 -2, 50 24, 36 50, 12 34",
    ),
    "c": (
        "48 48, 28 58, 8 30, 20 2, 50 10",
    ),
    "d": (
        "46 46, 24 56, 6 26, 20 0, 44 20 / 58 100, 48 40, 48 6, 60 2",
    ),
    "đ": (
        "46 46, 24 56, 6 26, 20 0, 44 20 / 58 100, 48 40, 48 6, 60 2 / 36 78, 72 82",
    ),
}  # fmt: skip


def _shape(drawn: str) -> Shape:
    """A shape from its text."""
    strokes = (stroke.split(",") for stroke in drawn.split("/"))
    pairs = ([point.split() for point in stroke] for stroke in strokes)
    return tuple(tuple((int(x) / 100, int(y) / 100) for x, y in stroke) for stroke in pairs)


SHAPES = {char: tuple(_shape(drawn) for drawn in shapes) for char, shapes in _DRAWN.items()}
BLUE = (24, 40, 130)
FINE = 3  # strokes are drawn this many times larger, then reduced: smooth edges


@dataclass(frozen=True, slots=True)
class Hand:
    """One writer's habits; all figures in parts of a digit's height."""

    habit: dict[str, int]
    slant: float
    thick: float
    wobble: float
    close: float
    colour: tuple[int, int, int]


def hand(seed: int) -> Hand:
    """The hand of a seed: which shapes it writes, how slanted, how heavy."""
    rng = np.random.default_rng((seed, 11))
    habit = {char: int(rng.integers(len(shapes))) for char, shapes in SHAPES.items()}
    tint = rng.integers(-12, 13, 3)
    return Hand(
        habit,
        slant=float(rng.uniform(0.06, 0.38)),
        thick=float(rng.uniform(0.068, 0.095)),
        wobble=float(rng.uniform(0.018, 0.034)),
        close=float(rng.uniform(0.16, 0.26)),
        colour=(int(BLUE[0] + tint[0]), int(BLUE[1] + tint[1]), int(BLUE[2] + tint[2])),
    )


def smooth(points: NDArray[np.float64], steps: int = 14) -> NDArray[np.float64]:
    """A curve through all points (Catmull-Rom), so that few points describe a round stroke."""
    padded = np.vstack((2 * points[0] - points[1], points, 2 * points[-1] - points[-2]))
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
    ]
    return np.vstack((*parts, points[-1:]))


def pen_strokes(text: str, writer: Hand, rng: np.random.Generator) -> tuple[list[NDArray[np.float64]], float]:
    """The curves of a text on a line of height 1, and its width.

    Raises:
        ValueError: a character has no shape.
    """
    curves, x = [], 0.0
    rise = rng.normal(0, 0.03)  # the line of writing climbs or falls a little
    for char in text:
        if char not in SHAPES:
            raise ValueError(f"the pen has no shape for {char!r} in {text!r}")
        shape = SHAPES[char][writer.habit[char]]
        size = 1 + rng.normal(0, 0.05)
        lift, turn = rng.normal(0, 0.03) + rise * x, rng.normal(0, 0.04)
        wide = max(px for stroke in shape for px, _ in stroke)
        for stroke in shape:
            points = np.array(stroke) * size
            points[1:-1] += rng.normal(0, writer.wobble, points[1:-1].shape)
            points += rng.normal(0, writer.wobble / 2, 2)
            points = points @ np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
            points[:, 0] += x + writer.slant * points[:, 1]
            points[:, 1] += lift
            curves.append(smooth(points))
        x += wide * size + writer.close + rng.normal(0, 0.03)
    return curves, x - writer.close


def ink_mask(
    curves: list[NDArray[np.float64]], thick: float, shape: tuple[int, int], rng: np.random.Generator
) -> NDArray[np.uint8]:
    """How much ink lies on each pixel (0 to 255). Curves and ``thick`` in pixels, y downwards.

    Pressure swells along a stroke, is light where the pen lands and leaves, and the ball skips now and then.
    """
    cv2 = opencv()
    mask = np.zeros((shape[0] * FINE, shape[1] * FINE), np.uint8)
    for curve in curves:
        n = len(curve)
        along = np.linspace(0, 1, n)
        swell = 0.82 + 0.14 * np.sin(along * rng.uniform(2, 7) + rng.uniform(0, 6))
        pressure = swell * np.minimum(1, 0.5 + 5 * np.minimum(along + 0.02, 1.02 - along))
        for a, b, force in zip(curve, curve[1:], pressure, strict=False):
            width = max(1, round(thick * FINE * (0.62 + 0.4 * force)))
            ends = [tuple(round(v) for v in (p * FINE).tolist()) for p in (a, b)]
            cv2.line(mask, ends[0], ends[1], int(150 + 105 * min(1.0, force)), width, cv2.LINE_AA)
    small = cv2.resize(mask, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
    grain = rng.normal(0.93, 0.09, shape).clip(0.55, 1.0)  # paper's fibres take ink unevenly
    return np.asarray(small * cv2.GaussianBlur(grain, (0, 0), 0.7), np.uint8)


def write(picture: Pixels, text: str, box: tuple[float, float, float], height: float, seed: int) -> None:
    """Write ``text`` by hand into the picture.

    Args:
        box: left, right and base line in pixels; text too wide for it is written narrower.
        height: height of a digit in pixels.
        seed: the writer; the same seed writes the same text with the same strokes.
    """
    writer = hand(seed)
    rng = np.random.default_rng((seed, 12, *text.encode()))
    curves, width = pen_strokes(text, writer, rng)
    left, right, base = box
    size = min(
        height, height * 0.25 + 0.75 * (right - left) / (width + 0.1)
    )  # a narrow room makes the writing smaller ...
    squeeze = min(1.0, (right - left) / (size * (width + 0.1)))  # ... and a very narrow one squeezes it
    start = left + max(0.0, (right - left - width * size * squeeze) * rng.uniform(0.35, 0.6))
    base += rng.normal(0.02, 0.04) * size
    x0, y0 = int(start - size), int(base - 1.6 * size)
    shape = (int(2.4 * size), int(width * size * squeeze + 2.5 * size))
    placed = [np.column_stack((start + c[:, 0] * size * squeeze - x0, base - c[:, 1] * size - y0)) for c in curves]
    stain(picture, ink_mask(placed, writer.thick * height, shape, rng), writer.colour, x0, y0, 0.92)


def signature(picture: Pixels, x: float, y: float, width: float, seed: int) -> None:
    """A signature of no letters around (x, y): a tall beginning, quick strokes that grow flatter, a flourish back
    under them."""
    rng = np.random.default_rng((seed, 13))
    count = int(rng.integers(5, 10))
    # ups and downs of a quick hand: each stroke differs from the last in height, width and how far it leans
    height = np.linspace(1, 0.25, count) * rng.uniform(0.5, 1.15, count)
    height[0] = rng.uniform(1.1, 1.5)
    step = rng.uniform(0.5, 1.3, count).cumsum()
    step = step / step[-1] * rng.uniform(0.62, 0.8) - 0.42
    lean, climb = rng.uniform(0.02, 0.09), rng.uniform(-0.02, 0.14)
    points = [(-0.44 + rng.normal(0, 0.03), rng.uniform(-0.16, 0.0))]
    for n, (at, high) in enumerate(zip(step.tolist(), height.tolist(), strict=True)):
        up, low = 0.17 * high + climb * (at + 0.4), -0.11 * high * rng.uniform(0.5, 1.1) + climb * (at + 0.4)
        points.append((at + lean * high, up))
        if n % 3 == 0:  # a loop: the pen turns back before it goes down
            points.append((at - 0.035 * high, up * 0.75))
        points.append((at + 0.02, low))
    end = points[-1]
    tail = [(end[0] + 0.14, end[1] + 0.06), (0.5, rng.uniform(0.0, 0.1))]
    if rng.random() < 0.7:
        tail += [(0.3, -0.13), (-0.3, -0.15 + rng.normal(0, 0.03)), (-0.05, -0.2), (0.46, -0.13 + rng.normal(0, 0.03))]
    size = (int(width * 0.9), int(width * 1.5))
    x0, y0 = int(x - size[1] / 2), int(y - size[0] / 2)
    curve = smooth(np.array(points + tail))
    placed = np.column_stack((x + curve[:, 0] * width - x0, y - curve[:, 1] * width - y0))
    mask = ink_mask([placed], width * rng.uniform(0.008, 0.012), size, rng)
    stain(picture, mask, hand(seed + 1).colour, x0, y0, 0.92)
