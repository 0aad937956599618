"""A round red seal, drawn: two rims, a star, the agency's name around it. It imitates no real seal (those bear the
emblem)."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from corpora.generator.render.fonts import ROOTS, MissingFont
from corpora.generator.scan.degrade import Pixels, opencv, stain

RED = (214, 26, 40)
FINE = 3
# words that begin the lower half
LOWER = ("TỈNH", "HUYỆN", "XÃ", "PHƯỜNG", "QUẬN", "THÀNH", "THỊ", "SỞ", "BAN", "PHÒNG", "CỤC", "CHI")
FONT = "truetype/liberation2/LiberationSans-Bold.ttf"


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    path = next((p for root in ROOTS if (p := root.expanduser() / FONT).is_file()), None)
    if path is None:
        raise MissingFont(f"{FONT} is missing: apt-get install fonts-liberation2")
    return ImageFont.truetype(str(path), size)


def _around(image: Image.Image, text: str, radius: float, size: int, middle: float, *, inward: bool) -> None:
    """Letters along a circle. ``middle``: angle of the text's middle, 0 at the top, clockwise; ``inward``: feet to
    the centre."""
    font = _font(size)
    widths = [font.getlength(c) + size * 0.08 for c in text]
    angle = middle - sum(widths) / radius / 2 * (1 if inward else -1)
    for char, width in zip(text, widths, strict=True):
        step = width / radius * (1 if inward else -1)
        at = angle + step / 2
        angle += step
        side = 2 * size
        glyph = Image.new("L", (side, side))
        ImageDraw.Draw(glyph).text((size, size), char, 255, font, anchor="mm")
        turned = glyph.rotate(-math.degrees(at) + (0 if inward else 180), Image.Resampling.BICUBIC)
        x = image.width / 2 + radius * math.sin(at) - size
        y = image.height / 2 - radius * math.cos(at) - size
        image.paste(255, (round(x), round(y)), turned)


def _halves(lines: tuple[str, ...]) -> tuple[str, str]:
    """The name's upper and lower half: a line that only goes on with the one before stays with it."""
    at = next((n for n, line in enumerate(lines) if n and line.split()[0] in LOWER), 1)
    return " ".join(lines[:at]), " ".join(lines[at:])


@lru_cache(maxsize=16)
def seal_mask(lines: tuple[str, ...], diameter: int) -> Pixels:
    """The seal's drawing without ink's unevenness. The agency above runs around the top, its place or office around
    the bottom."""
    size = diameter * FINE
    image = Image.new("L", (size, size))
    draw = ImageDraw.Draw(image)
    middle, radius = size / 2, size / 2
    for share, wide in ((0.985, 0.028), (0.93, 0.009), (0.62, 0.009)):
        r = radius * share
        draw.ellipse((middle - r, middle - r, middle + r, middle + r), outline=255, width=max(1, round(radius * wide)))
    top, bottom = _halves(lines)
    ring, letter = radius * 0.775, round(radius * 0.2)
    for text, angle, inward in ((top, 0.0, True), (bottom, math.pi, False)):
        room = ring * math.pi * 0.86
        length = sum(_font(letter).getlength(c) + letter * 0.08 for c in text) or 1
        _around(image, text, ring, round(letter * min(1.0, room / length)), angle, inward=inward)
    for at, r, spikes in (
        ((middle, middle), 0.36, 5),
        ((middle - ring, middle), 0.07, 5),
        ((middle + ring, middle), 0.07, 5),
    ):
        draw.polygon(_star(at, radius * r, spikes), 255)
    return np.asarray(image.resize((diameter, diameter), Image.Resampling.BOX))


def _star(at: tuple[float, float], radius: float, spikes: int) -> list[tuple[float, float]]:
    angles = [(n * math.pi / spikes, radius if n % 2 == 0 else radius * 0.382) for n in range(2 * spikes)]
    return [(at[0] + r * math.sin(a), at[1] - r * math.cos(a)) for a, r in angles]


def stamp(picture: Pixels, lines: tuple[str, ...], x: float, y: float, diameter: int, seed: int) -> None:
    """Press the seal onto the picture around (x, y): a little turned, unevenly inked, print below shining through."""
    cv2 = opencv()
    rng = np.random.default_rng((seed, 21))
    mask = seal_mask(lines, diameter)
    turn = cv2.getRotationMatrix2D((diameter / 2, diameter / 2), float(rng.normal(0, 5)), 1.0)
    mask = cv2.warpAffine(mask, turn, (diameter, diameter), flags=cv2.INTER_LINEAR)
    patches = cv2.GaussianBlur(rng.normal(0, 1, (diameter, diameter)).astype(np.float32), (0, 0), diameter / 14)
    patches = patches / float(np.abs(patches).max())
    grain = cv2.GaussianBlur(rng.normal(0, 1, (diameter, diameter)).astype(np.float32), (0, 0), 0.8)
    lean = np.linspace(-0.12, 0.12, diameter, dtype=np.float32) * rng.choice((-1, 1))  # pressed harder at one side
    ink = (mask * (0.88 + 0.26 * patches + 0.3 * grain + lean)).clip(0, 255).astype(np.uint8)
    stain(picture, ink, RED, round(x - diameter / 2), round(y - diameter / 2), 0.86)
