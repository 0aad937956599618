"""A picture of a page made ready for reading. Each step is taken only where a measurement of the page asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, tan
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey: TypeAlias = NDArray[np.uint8]

_COARSE, _FINE = 170, 340  # pixels an inch between which a page keeps its own resolution
_DPI = 240  # what others are brought to
_SKEW = 0.2  # degrees: less does no harm, and turning costs time and sharpness
_MOST_SKEW = 6.0  # degrees that are looked for
_NOISE = 4.0  # steps of 0 to 255 between neighbours on bare paper: more is smoothed away
_PALE = 90  # steps between paper and ink: less is stretched
_COLOUR = 60  # steps between the strongest and the weakest channel of ink that is not black
_PALEST = 100  # of 255: ink that is darker in every channel is print
_SEAL = 12.0  # millimetres: coloured ink that hangs together over this much is a seal or a signature


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready for reading.

    Attributes:
        grey: black on white, upright, straight. ink: 1 where there is ink. dpi: its pixels an inch.
        skew: degrees by which it was turned back. scale: its pixels for one of the picture. steps: what was done.
        colour: how far ink is from black, 0 to 255, in a quarter of the pixels each way; None for a grey picture.
        noisy: paper and print are not clean: what is read is read twice.
    """

    grey: Grey
    ink: Grey
    dpi: int
    skew: float
    scale: float
    steps: tuple[str, ...]
    colour: Grey | None = None
    noisy: bool = False


def prepared(picture: Grey, dpi: float) -> Prepared:
    """Make a picture of one page ready.

    Args:
        picture: grey, or colour (rows, columns, RGB). dpi: pixels an inch.
    """
    import cv2
    import numpy as np

    cv2.setNumThreads(1)  # pages are read side by side in processes
    steps: list[str] = []
    grey = _without_seal(picture, dpi, steps) if picture.ndim == 3 else picture
    noise = _noise(grey)
    if noise > _NOISE:
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.6 * min(dpi / 200, 1.5)), np.uint8)
        steps.append(f"noise {noise:.1f} smoothed")
    scale = 1.0 if _COARSE <= dpi <= _FINE else _DPI / dpi
    skew = _skew(grey, dpi)
    if abs(skew) < _SKEW:
        skew = 0.0
    if scale != 1.0 or skew:
        grey = _turned(grey, skew, scale)
        steps += [f"turned by {skew:.2f}°"] * bool(skew) + [f"scaled by {scale:.2f}"] * (scale != 1.0)
    colour = _colour(picture, skew, scale) if picture.ndim == 3 else None
    grey, ink = _flat(grey)
    return Prepared(grey, ink, round(dpi * scale), skew, scale, tuple(steps), colour, noise > _NOISE)


def _colour(picture: Grey, skew: float, scale: float) -> Grey:
    """How far apart the channels are, in the places of the prepared page, at a quarter of its resolution."""
    import cv2
    import numpy as np

    found = cv2.subtract(picture.max(2), picture.min(2))
    if skew or scale != 1.0:
        found = _turned(np.asarray(found, np.uint8), skew, scale)
    return np.asarray(cv2.resize(found, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), np.uint8)


def _without_seal(picture: Grey, dpi: float, steps: list[str]) -> Grey:
    """Grey of a colour picture; large stretches of coloured ink (seal, signature) are taken for paper."""
    import cv2
    import numpy as np

    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    small = cv2.resize(picture, None, fx=100 / dpi, fy=100 / dpi, interpolation=cv2.INTER_AREA)
    high, low = small.max(2), small.min(2)
    coloured = ((high.astype(np.int16) - low) > _COLOUR).astype(np.uint8)
    if coloured.mean() < 0.0003:
        return grey
    joined = cv2.dilate(coloured, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    side = _SEAL / 25.4 * 100
    large = [
        i
        for i in range(1, count)
        if max(stats[i, 2], stats[i, 3]) > side and min(stats[i, 2], stats[i, 3]) > 0.3 * side
    ]
    if not large:
        return grey
    mask = cv2.dilate(np.isin(labels, large).astype(np.uint8), np.ones((3, 3), np.uint8))
    mask = cv2.resize(mask, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST).astype(bool)
    strong, weak = picture.max(2), picture.min(2)
    ink = mask & (strong - weak > _COLOUR // 2) & (strong > _PALEST)  # print below it is dark in every channel
    grey[ink] = np.percentile(grey[::8, ::8], 90)
    steps.append("coloured ink lifted")
    return grey


def _noise(grey: Grey) -> float:
    """How much neighbours differ on bare paper, as a standard deviation: the median of small patches that have no ink."""
    import numpy as np

    rows, columns = grey.shape
    step = max(min(rows, columns) // 40, 16)
    found = []
    for y in range(step, rows - step - 8, step):
        for x in range(step, columns - step - 8, step):
            patch = grey[y : y + 8, x : x + 8].astype(np.float32)
            if patch.min() > 0.6 * patch.max():
                found.append(float(np.abs(np.diff(patch, axis=1)).mean()) / 1.128)
    return float(np.median(found)) if found else 0.0


def _skew(grey: Grey, dpi: float) -> float:
    """The angle in degrees that makes rows of ink sharpest; positive turns the picture clockwise."""
    import cv2
    import numpy as np

    factor = min(100 / dpi, 1.0)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    edge = round(0.04 * min(dark.shape))
    dark[:edge] = dark[-edge:] = 0
    dark[:, :edge] = dark[:, -edge:] = 0
    ys, xs = np.nonzero(dark)
    if len(ys) < 500:
        return 0.0
    if len(ys) > 60_000:
        ys, xs = ys[:: len(ys) // 60_000 + 1], xs[:: len(ys) // 60_000 + 1]
    middle = dark.shape[1] / 2

    def sharpness(angle: float) -> float:
        rows = np.bincount((ys - (xs - middle) * tan(radians(angle)) + dark.shape[0]).astype(np.int64)).astype(float)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    best = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.5), key=sharpness)
    return float(max(np.arange(best - 0.5, best + 0.51, 0.1), key=sharpness))


def _turned(grey: Grey, skew: float, scale: float) -> Grey:
    """The picture turned and scaled about its middle in one step."""
    import cv2
    import numpy as np

    rows, columns = grey.shape
    size = round(columns * scale), round(rows * scale)
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), skew, scale)
    matrix[:, 2] += (size[0] / 2 - columns / 2, size[1] / 2 - rows / 2)
    way = cv2.INTER_AREA if scale < 1 and not skew else cv2.INTER_CUBIC
    return np.asarray(cv2.warpAffine(grey, matrix, size, flags=way, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def back(x: float, y: float, skew: float, width: float, height: float) -> tuple[float, float]:
    """A point of the straight page as a point of the page as it lies in the file (points)."""
    angle = radians(skew)
    dx, dy = x - width / 2, y - height / 2
    return width / 2 + dx * cos(angle) - dy * sin(angle), height / 2 + dx * sin(angle) + dy * cos(angle)


def _flat(grey: Grey) -> tuple[Grey, Grey]:
    """The picture with white paper everywhere, and its ink."""
    import cv2
    import numpy as np

    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper: Any = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    flat = np.asarray(cv2.divide(grey, paper, scale=255), np.uint8)
    bound, _ = cv2.threshold(flat[::2, ::2], 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bound = min(max(bound, 90.0), 215.0)
    ink = np.asarray(cv2.threshold(flat, bound, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)
    dark = flat[ink > 0]
    if dark.size and float(np.median(dark)) > 255 - _PALE:
        flat = np.asarray(cv2.convertScaleAbs(flat, alpha=255 / _PALE, beta=255 - 255 * 255 / _PALE), np.uint8)
    return flat, ink
