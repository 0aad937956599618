"""What paper, copier and scanner do to a picture: stains, holes, bleed-through, skew, blur, noise.

Pictures are arrays of bytes, grey (rows, columns) or colour (rows, columns, RGB).
"""

from __future__ import annotations

import importlib
import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpora.generator.scan.profiles import Colour, Profile

Pixels = NDArray[np.uint8]
Matrix = NDArray[np.float64]
LUMA = (0.299, 0.587, 0.114)
TILE = 1024  # noise is made once for a tile of this side: a page full of fresh noise would take most of its time


def opencv() -> Any:
    """OpenCV, asked for only where a scan is made.

    Raises:
        RuntimeError: it is not installed.
    """
    try:
        return importlib.import_module("cv2")
    except ImportError as error:
        raise RuntimeError("scans need OpenCV: pip install opencv-python-headless") from error


def grey(colour: Colour) -> int:
    """The grey that a scanner makes of a colour."""
    return round(sum(share * value for share, value in zip(LUMA, colour, strict=True)))


def stain(picture: Pixels, mask: NDArray[np.uint8], colour: Colour, x: int, y: int, strength: float) -> None:
    """Put ink on the picture, in place: what is below shines through. ``x``, ``y`` is the mask's corner; overhang is
    cut."""
    top, left = max(0, y), max(0, x)
    bottom, right = min(picture.shape[0], y + mask.shape[0]), min(picture.shape[1], x + mask.shape[1])
    if top >= bottom or left >= right:
        return
    ink = mask[top - y : bottom - y, left - x : right - x].astype(np.float32) * (strength / 255)
    part = picture[top:bottom, left:right]
    if picture.ndim == 2:
        part[:] = part * (1 - ink * (1 - grey(colour) / 255))
    else:
        for channel in range(3):
            part[..., channel] = part[..., channel] * (1 - ink * (1 - colour[channel] / 255))


def bleed(picture: Pixels, behind: Pixels, dpi: int) -> Pixels:
    """Print of the other side shines through: mirrored, soft, faint. A landscape page is bound in turned by a
    quarter."""
    cv2 = opencv()
    if (behind.shape[0] > behind.shape[1]) != (picture.shape[0] > picture.shape[1]):
        behind = cv2.rotate(behind, cv2.ROTATE_90_CLOCKWISE)
    back = cv2.flip(behind, 1)
    if back.shape[:2] != picture.shape[:2]:
        back = cv2.resize(back, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_AREA)
    back = cv2.GaussianBlur(back, (0, 0), 0.25 / 25.4 * dpi)
    # 13 % of the other side's darkness is taken away from this side
    return np.asarray(cv2.addWeighted(picture, 1.0, back, 0.13, -0.13 * 255), np.uint8)


def holes(picture: Pixels, dpi: int, rng: np.random.Generator) -> None:
    """Two punch holes at the left, in place: the dark of the lid shows in them, with a lit rim at one side."""
    cv2 = opencv()
    mm = dpi / 25.4
    middle = picture.shape[0] / 2 + rng.normal(0, 2) * mm
    x = (12 + rng.normal(0, 0.7)) * mm
    for y in (middle - 40 * mm, middle + 40 * mm):
        centre = (round(x * 8), round(y * 8))  # 1/8 pixels
        for radius, tone, shift in ((3.0, (205, 203, 198), 0.35), (3.0, (70, 69, 70), 0.0), (2.8, (48, 47, 49), -0.15)):
            at = (centre[0] + round(shift * mm * 8), centre[1] + round(shift * mm * 8))
            value = grey(tone) if picture.ndim == 2 else tone
            cv2.circle(picture, at, round(radius * mm * 8), value, -1, cv2.LINE_AA, 3)


def streaks(picture: Pixels, dpi: int, rng: np.random.Generator) -> None:
    """Lines along the copier's way and specks of dust, in place."""
    cv2 = opencv()
    rows, columns = picture.shape[:2]
    for _ in range(int(rng.integers(2, 5))):
        wide = int(rng.integers(1, 4)) * max(1, dpi // 150)
        x = int(rng.uniform(0.04, 0.96) * columns)
        steps = rng.uniform(0, 1, rows // 90 + 2)
        along = np.interp(np.arange(rows), np.arange(len(steps)) * 90, steps)
        force = np.clip(along * 1.6 - 0.5, 0, 1) * rng.uniform(70, 170)
        stain(picture, np.repeat(force[:, None], wide, 1).astype(np.uint8), (60, 60, 62), x, 0, 1.0)
    for _ in range(int(rng.integers(60, 140))):
        at = (int(rng.uniform(0, columns)), int(rng.uniform(0, rows)))
        axes = tuple(int(v) for v in rng.integers(1, max(2, dpi // 90), 2))
        tone = int(rng.uniform(70, 190))
        cv2.ellipse(
            picture, at, axes, rng.uniform(0, 180), 0, 360, tone if picture.ndim == 2 else (tone,) * 3, -1, cv2.LINE_AA
        )


def skew_matrix(shape: tuple[int, ...], profile: Profile, rng: np.random.Generator) -> Matrix:
    """Where a pixel of the clean sheet comes to lie: turned by the profile's angle to one side, moved by a millimetre
    or so."""
    turn = math.radians(profile.skew) * rng.choice((-1, 1))
    cos, sin = math.cos(turn), math.sin(turn)
    x, y = shape[1] / 2, shape[0] / 2
    dx, dy = rng.normal(0, 0.04 * profile.dpi * min(1.0, 0.3 + profile.skew), 2)
    return np.array([[cos, sin, x - cos * x - sin * y + dx], [-sin, cos, y + sin * x - cos * y + dy]])


def laid(picture: Pixels, matrix: Matrix, profile: Profile) -> Pixels:
    """The sheet on the glass: askew, with the lid beside it and the shadow of the paper's edge."""
    cv2 = opencv()
    rows, columns = picture.shape[:2]
    edge = (212, 212, 210) if profile.shade == 0 else (176, 176, 174)
    cv2.rectangle(picture, (0, 0), (columns - 1, rows - 1), edge, max(1, profile.dpi // 100))
    lid = (236, 236, 232) if profile.shade == 0 else (205, 204, 200)
    return np.asarray(
        cv2.warpAffine(
            picture,
            matrix,
            (columns, rows),
            flags=cv2.INTER_LINEAR,
            borderValue=lid if picture.ndim == 3 else grey(lid),
        ),
        np.uint8,
    )


@lru_cache(maxsize=8)
def _noise_tile(sigma: float, soft: float, seed: int) -> Pixels:
    """Noise around 128. ``soft`` blurs it, so that grains are larger than a pixel."""
    noise = np.random.default_rng(seed).standard_normal((TILE, TILE), np.float32)
    if soft:
        noise = opencv().GaussianBlur(noise, (0, 0), soft, borderType=opencv().BORDER_REFLECT)
        noise /= noise.std()
    return np.asarray((noise * sigma + 128.5).clip(0, 255), np.uint8)


def with_noise(picture: Pixels, sigma: float, soft: float, rng: np.random.Generator) -> Pixels:
    """Noise added; grey noise on colour pictures too, which is what is left of it after JPEG."""
    cv2 = opencv()
    tile = np.roll(_noise_tile(sigma, soft, 7), tuple(int(v) for v in rng.integers(0, TILE, 2)), (0, 1))
    rows, columns = picture.shape[:2]
    noise = np.tile(tile, (rows // TILE + 1, columns // TILE + 1))[:rows, :columns]
    if picture.ndim == 3:
        noise = cv2.cvtColor(np.ascontiguousarray(noise), cv2.COLOR_GRAY2RGB)
    return np.asarray(cv2.addWeighted(picture, 1.0, noise, 1.0, -128), np.uint8)


def _fray_table() -> Pixels:
    """A copier's steep curve: all that is nearly white turns white, nearly black turns black.

    After noise it leaves print with frayed edges and gaps, on paper that is nearly clean, as copies of copies are.
    """
    value = np.arange(256) / 255
    return np.asarray(((value - 0.18) / 0.62).clip(0, 1) * 255, np.uint8)


def _shade_map(shape: tuple[int, ...], shade: float, rng: np.random.Generator) -> Pixels:
    """How much light is missing at each pixel: most in one corner, as under a lid that does not close."""
    cv2 = opencv()
    rows, columns = np.mgrid[0:1:24j, 0:1:16j]
    x, y = rng.uniform(0.25, 0.75, 2)
    far = np.hypot((columns - x) * 1.2, rows - y) ** 2
    wave = cv2.GaussianBlur(rng.normal(0, 1, far.shape), (0, 0), 3)
    dark = far / far.max() + 0.25 * wave / max(1e-6, float(np.abs(wave).max()))
    return np.asarray(
        cv2.resize(
            (dark.clip(0, 1) * shade * 255).astype(np.uint8), (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR
        ),
        np.uint8,
    )


def frayed(picture: Pixels, profile: Profile, rng: np.random.Generator) -> Pixels:
    """Print as a copier gave it: the copy is what was signed, sealed and later scanned, so ink of pens does not
    fray."""
    cv2 = opencv()
    picture = cv2.GaussianBlur(picture, (0, 0), profile.blur)
    picture = with_noise(picture, 90 * profile.ragged, 0.8, rng)
    return np.asarray(cv2.LUT(picture, _fray_table()), np.uint8)


def seen(picture: Pixels, profile: Profile, rng: np.random.Generator) -> Pixels:
    """The sheet as the sensor sees it: blur, tone of paper and toner, shade, noise."""
    cv2 = opencv()
    picture = cv2.GaussianBlur(picture, (0, 0), profile.blur)
    steps = np.arange(256) / 255
    tones = (
        [(t, p) for t, p in zip(profile.toner, profile.paper, strict=True)]
        if picture.ndim == 3
        else [(grey(profile.toner), grey(profile.paper))]
    )
    table = np.stack([t + (p - t) * steps for t, p in tones], -1).round().astype(np.uint8)
    picture = cv2.LUT(picture, table.reshape(1, 256, -1) if picture.ndim == 3 else table[:, 0])
    if profile.shade:
        shade = _shade_map(picture.shape, profile.shade, rng)
        if picture.ndim == 3:
            shade = cv2.cvtColor(shade, cv2.COLOR_GRAY2RGB)
        picture = cv2.subtract(picture, shade)
    return with_noise(picture, profile.noise, 0.0, rng)
