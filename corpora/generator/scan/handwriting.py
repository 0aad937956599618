"""A clerk's pen: digits and a few letters as strokes, drawn in ink of uneven pressure.

The shapes are lists of points on a field of height 1 (the line is at 0, y goes up). Each stroke is a smooth curve through its
points; a new stroke starts where the hand turns sharply or lifts the pen. Several shapes of a character are habits of different
hands: one hand (one seed) keeps to one of them. Nothing here stems from a font or from anyone's writing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from corpora.generator.scan.degrade import Pixels, opencv, stain
from numpy.typing import NDArray

Points = tuple[tuple[float, float], ...]
Shape = tuple[Points, ...]

SHAPES: dict[str, tuple[Shape, ...]] = {
    "0": (
        (((0.52, 0.95), (0.24, 0.86), (0.08, 0.5), (0.18, 0.1), (0.44, 0.01), (0.66, 0.25), (0.7, 0.6), (0.56, 0.9), (0.4, 0.97)),),
        (((0.4, 1.0), (0.13, 0.78), (0.07, 0.35), (0.28, 0.0), (0.56, 0.18), (0.64, 0.62), (0.44, 0.96), (0.22, 0.9)),),
    ),
    "1": (
        (((0.06, 0.68), (0.22, 0.82), (0.38, 1.0)), ((0.38, 1.0), (0.34, 0.5), (0.29, -0.02))),
        (((0.3, 1.0), (0.27, 0.5), (0.22, 0.0)),),
    ),
    "2": (
        (((0.08, 0.72), (0.2, 0.95), (0.48, 0.97), (0.6, 0.74), (0.4, 0.36), (0.04, 0.03)), ((0.04, 0.03), (0.34, 0.07), (0.72, 0.01))),
        (((0.1, 0.78), (0.28, 1.0), (0.55, 0.88), (0.5, 0.5), (0.2, 0.05), (0.06, 0.12), (0.2, 0.2), (0.45, 0.03), (0.74, 0.08)),),
    ),
    "3": (
        (((0.1, 0.86), (0.34, 0.99), (0.58, 0.84), (0.5, 0.6), (0.28, 0.53)), ((0.28, 0.53), (0.58, 0.44), (0.64, 0.18), (0.36, 0.0), (0.04, 0.1))),
        (((0.08, 0.95), (0.35, 0.97), (0.62, 0.96)), ((0.62, 0.96), (0.44, 0.74), (0.3, 0.58)), ((0.3, 0.58), (0.6, 0.46), (0.6, 0.14), (0.3, -0.04), (0.02, 0.08))),
    ),
    "4": (
        (((0.42, 0.98), (0.22, 0.62), (0.04, 0.34)), ((0.04, 0.34), (0.36, 0.33), (0.74, 0.38)), ((0.54, 0.62), (0.48, 0.3), (0.42, -0.1))),
        (((0.14, 0.95), (0.1, 0.66), (0.12, 0.44)), ((0.12, 0.44), (0.36, 0.42), (0.62, 0.47)), ((0.6, 0.98), (0.53, 0.5), (0.46, -0.05))),
    ),
    "5": (
        (((0.22, 0.95), (0.17, 0.76), (0.13, 0.55)), ((0.13, 0.55), (0.36, 0.62), (0.6, 0.44), (0.56, 0.14), (0.32, -0.01), (0.04, 0.08)), ((0.22, 0.95), (0.46, 0.94), (0.72, 1.0))),
        (((0.68, 0.98), (0.44, 0.96), (0.24, 0.97)), ((0.24, 0.97), (0.16, 0.58)), ((0.16, 0.58), (0.44, 0.6), (0.58, 0.34), (0.42, 0.02), (0.05, 0.02))),
    ),
    "6": (
        (((0.58, 0.97), (0.3, 0.74), (0.1, 0.4), (0.13, 0.1), (0.36, 0.0), (0.58, 0.14), (0.55, 0.38), (0.33, 0.44), (0.14, 0.24)),),
        (((0.44, 1.0), (0.2, 0.7), (0.06, 0.3), (0.22, 0.0), (0.5, 0.08), (0.54, 0.34), (0.3, 0.42), (0.1, 0.2)),),
    ),
    "7": (
        (((0.05, 0.9), (0.34, 0.93), (0.7, 0.94)), ((0.7, 0.94), (0.46, 0.52), (0.3, -0.02)), ((0.24, 0.46), (0.62, 0.52))),
        (((0.08, 0.82), (0.1, 0.95), (0.4, 0.92), (0.66, 0.97)), ((0.66, 0.97), (0.42, 0.5), (0.34, 0.0))),
    ),
    "8": (
        (((0.6, 0.84), (0.36, 0.99), (0.15, 0.8), (0.34, 0.55), (0.6, 0.3), (0.5, 0.03), (0.24, 0.01), (0.12, 0.24), (0.34, 0.52), (0.58, 0.72), (0.58, 0.9)),),
        (((0.5, 0.96), (0.2, 0.94), (0.18, 0.68), (0.5, 0.42), (0.54, 0.1), (0.28, -0.02), (0.08, 0.16), (0.3, 0.5), (0.56, 0.74), (0.46, 0.97)),),
    ),
    "9": (
        (((0.58, 0.78), (0.4, 0.98), (0.13, 0.86), (0.12, 0.6), (0.34, 0.5), (0.56, 0.68), (0.62, 0.9)), ((0.62, 0.9), (0.56, 0.42), (0.36, -0.04))),
        (((0.56, 0.86), (0.3, 1.0), (0.08, 0.76), (0.24, 0.52), (0.52, 0.66), (0.58, 0.9), (0.54, 0.4), (0.34, 0.0), (0.08, 0.06)),),
    ),
    "/": ((((0.42, 1.12), (0.22, 0.5), (0.0, -0.14)),),),
    ".": ((((0.1, 0.03), (0.13, 0.0), (0.1, -0.01)),),),
    "-": ((((0.06, 0.4), (0.44, 0.43)),),),
    "a": ((((0.46, 0.5), (0.24, 0.58), (0.06, 0.26), (0.2, 0.0), (0.42, 0.2), (0.5, 0.54)), ((0.5, 0.54), (0.44, 0.16), (0.52, 0.0), (0.66, 0.1))),),
    "b": ((((0.14, 1.0), (0.1, 0.5), (0.1, 0.06)), ((0.1, 0.06), (0.34, -0.02), (0.5, 0.24), (0.36, 0.5), (0.12, 0.34))),),
    "c": ((((0.48, 0.48), (0.28, 0.58), (0.08, 0.3), (0.2, 0.02), (0.5, 0.1)),),),
    "d": ((((0.46, 0.46), (0.24, 0.56), (0.06, 0.26), (0.2, 0.0), (0.44, 0.2)), ((0.58, 1.0), (0.48, 0.4), (0.48, 0.06), (0.6, 0.02))),),
    "đ": ((((0.46, 0.46), (0.24, 0.56), (0.06, 0.26), (0.2, 0.0), (0.44, 0.2)), ((0.58, 1.0), (0.48, 0.4), (0.48, 0.06), (0.6, 0.02)), ((0.36, 0.78), (0.72, 0.82))),),
}  # fmt: skip

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
    """A signature of no letters around (x, y): a tall beginning, quick strokes that grow flatter, a flourish back under them."""
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
