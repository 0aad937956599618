"""A clean page becomes a scan: pen and seal, holes and bleed-through, then the glass, the sensor and the noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from corpora.generator.scan import degrade, handwriting, seal
from corpora.generator.scan.degrade import Matrix, Pixels
from corpora.generator.scan.places import SignatureRoom
from corpora.generator.scan.profiles import Profile

SEAL = 36.0  # millimetres across
SIGNATURE = 45.0  # millimetres
DIGIT = 4.6  # height of written digits, millimetres


@dataclass(frozen=True, slots=True)
class Writing:
    """What the pen writes where: left, right and base line in points."""

    text: str
    left: float
    right: float
    base: float


@dataclass(frozen=True, slots=True)
class Marks:
    """What comes onto a page after printing. ``agency``: the lines around the seal."""

    writings: tuple[Writing, ...] = ()
    room: SignatureRoom | None = None
    agency: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A rasterised page with what is to come onto it; ``behind`` is the other side of the sheet."""

    pixels: Pixels
    marks: Marks = Marks()
    behind: Pixels | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned sheet. ``matrices``: for each page on it, where its clean pixels came to lie (2 x 3)."""

    pixels: Pixels
    matrices: tuple[Matrix, ...]


def _marked(page: CleanPage, profile: Profile, seed: int, rng: np.random.Generator) -> Pixels:
    """The sheet of paper as it lay in the folder."""
    pixels = page.pixels.copy()
    extra = np.random.default_rng(rng.integers(2**32))
    scale, mm = profile.dpi / 72, profile.dpi / 25.4
    height = pixels.shape[0]
    if profile.ragged:
        pixels = degrade.frayed(pixels, profile, rng)
    if "bleed" in profile.extras and page.behind is not None:
        pixels = degrade.bleed(pixels, page.behind, profile.dpi)
    if "pen" in profile.extras:
        for w in page.marks.writings:
            handwriting.write(
                pixels, w.text, (w.left * scale, w.right * scale, height - w.base * scale), DIGIT * mm, seed
            )
    room = page.marks.room
    if "seal" in profile.extras and room is not None:
        x, y = room.x * scale, height - room.y * scale
        y += extra.normal(0, 0.8) * mm
        handwriting.signature(pixels, x, y, SIGNATURE * mm, seed)
        # the seal ends where the first third of the signature ends, as offices press it
        left = x + (-SIGNATURE / 2 + SIGNATURE / 3 - SEAL / 2 + extra.normal(0, 1.2)) * mm
        seal.stamp(pixels, page.marks.agency, left, y + extra.normal(0, 1.5) * mm, round(SEAL * mm), seed)
    if "holes" in profile.extras:
        degrade.holes(pixels, profile.dpi, extra)
    return pixels


def scan_sheet(pages: Sequence[CleanPage], profile: Profile, seed: int, number: int = 0) -> Scan:
    """One scan of one page, or of two side by side.

    Args:
        pages: one or two pages at the profile's resolution, grey or colour as the profile wants.
        seed: the file's seed: one hand writes all of it.
        number: the sheet's place in the file: each lies differently on the glass.
    """
    # each step has luck of its own: the sheet lies the same way with a seal on it and without, and extras can be
    # compared
    sheets = [
        _marked(page, profile, seed, np.random.default_rng((seed, number, n, 31))) for n, page in enumerate(pages)
    ]
    rng = np.random.default_rng((seed, number, 32))
    offsets = [0]
    if "twoup" in profile.extras:
        rows, columns = max(s.shape[0] for s in sheets), max(s.shape[1] for s in sheets)
        sheet = np.full((rows, 2 * columns, *sheets[0].shape[2:]), 255, np.uint8)
        offsets = [0, columns][: len(sheets)]
        for offset, part in zip(offsets, sheets, strict=True):
            sheet[: part.shape[0], offset : offset + part.shape[1]] = part
    else:
        sheet = sheets[0]
    matrix = degrade.skew_matrix(sheet.shape, profile, rng)
    sheet = degrade.laid(sheet, matrix, profile)
    if "streaks" in profile.extras:
        degrade.streaks(sheet, profile.dpi, np.random.default_rng((seed, number, 33)))
    moved = tuple(np.column_stack((matrix[:, :2], matrix[:, 2] + matrix[:, 0] * offset)) for offset in offsets)
    return Scan(degrade.seen(sheet, profile, rng), moved)


def scan_page(
    image: Image.Image, profile: Profile, seed: int, marks: Marks | None = None, behind: Image.Image | None = None
) -> Image.Image:
    """A clean picture of a page (at the profile's resolution) as a scan; JPEG's harm is left to the one who saves it.

    Args:
        marks: where the pen writes and where the seal goes; neither is drawn without.
        behind: the other side of the sheet, for bleed-through.
    """
    mode = "RGB" if profile.colour else "L"
    back = None if behind is None else np.asarray(behind.convert(mode))
    page = CleanPage(np.asarray(image.convert(mode)), marks or Marks(), back)
    single = replace(profile, extras=tuple(e for e in profile.extras if e != "twoup"))
    return Image.fromarray(scan_sheet([page], single, seed).pixels)
