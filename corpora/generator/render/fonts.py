"""The fonts that the generator sets its documents in: four files of a face, with what a layout must know of them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from fontTools.ttLib import TTFont  # type: ignore[import-untyped,unused-ignore]

ROOTS: Final = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
)
STYLES: Final = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
# every letter that a face must have: a capital and a small one of the block that only Vietnamese uses
NEEDED: Final = "ẠệỹƯơĐ"


class MissingFont(FileNotFoundError):
    """A font of a face is not installed; the message names the package that has it."""


class MissingGlyph(LookupError):
    """A font has no glyph for a character of the text."""


class _Source(NamedTuple):
    stem: str
    folders: tuple[str, ...]
    package: str


FACES: Final[Mapping[str, _Source]] = {
    # the folder of version 2 first: version 1 in the other one lacks most Vietnamese letters
    "liberation": _Source("LiberationSerif", ("truetype/liberation2", "truetype/liberation"), "fonts-liberation2"),
    "tinos": _Source("Tinos", ("truetype/croscore",), "fonts-croscore"),
    "gentium": _Source("GentiumPlus", ("truetype/gentiumplus",), "fonts-sil-gentiumplus"),
}


class _ByCharacter(dict[str, int]):
    """A table by character that says which character a font lacks."""

    def __init__(self, name: str, table: Mapping[str, int]) -> None:
        super().__init__(table)
        self._name = name

    def __missing__(self, character: str) -> int:
        raise MissingGlyph(f"{self._name} has no glyph for U+{ord(character):04X} {character!r}")


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """The TrueType tables that a subset is cut from, as they stand in the file.

    Attributes:
        loca: where each glyph begins in ``tables["glyf"]``, and the end of the last one.
        metrics: number of (advance, bearing) pairs in ``tables["hmtx"]``.
    """

    tables: Mapping[str, bytes]
    loca: array[int]
    metrics: int


@dataclass(frozen=True, slots=True, eq=False)
class FontFile:
    """One font.

    Attributes:
        name: its PostScript name, "LiberationSerif-Bold".
        glyphs: character -> glyph id. widths: character -> advance in 1/1000 em, rounded as a PDF writes it.
        ascent, descent, cap_height, x_height, average_width, max_width, box: in 1/1000 em, for the font descriptor.
    """

    path: Path
    name: str
    bold: bool
    italic: bool
    glyphs: Mapping[str, int]
    widths: Mapping[str, int]
    outlines: Outlines
    angle: float
    ascent: int
    descent: int
    cap_height: int
    x_height: int
    average_width: int
    max_width: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """The four fonts of a face."""

    name: str
    regular: FontFile
    bold: FontFile
    italic: FontFile
    bold_italic: FontFile

    def style(self, bold: bool, italic: bool) -> FontFile:
        """The font of a style."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular

    @property
    def files(self) -> tuple[Path, Path, Path, Path]:
        """Regular, bold, italic, bold italic, for programs that load fonts from files."""
        return self.regular.path, self.bold.path, self.italic.path, self.bold_italic.path


@cache
def face(name: str) -> Face:
    """The four fonts of "liberation", "tinos" or "gentium", read once.

    Raises:
        MissingFont: a file is not installed, or is a version without Vietnamese. ValueError: no such face.
    """
    if name not in FACES:
        raise ValueError(f"no face {name!r}; there are {', '.join(FACES)}")
    regular, bold, italic, both = (_read(name, *style) for style in STYLES)
    return Face(name, regular, bold, italic, both)


def _read(name: str, bold: bool, italic: bool) -> FontFile:
    source = FACES[name]
    wanted = f"{source.stem}-{STYLES[bold, italic]}.ttf"
    places = [root.expanduser() / folder / wanted for root in ROOTS for folder in (*source.folders, ".")]
    for path in places:
        if path.is_file():
            break
    else:
        raise MissingFont(f"{wanted} is not installed: apt-get install {source.package}")
    with TTFont(path, lazy=True) as font:
        best = {chr(code): font.getGlyphID(glyph) for code, glyph in font.getBestCmap().items()}
        if missing := [c for c in NEEDED if c not in best]:
            raise MissingFont(f"{path} is too old, it lacks {' '.join(missing)}: apt-get install {source.package}")
        em = font["head"].unitsPerEm
        order = font.getGlyphOrder()
        advances = [round(font["hmtx"].metrics[glyph][0] * 1000 / em) for glyph in order]
        post = str(font["name"].getDebugName(6))
        os2, head, hhea = font["OS/2"], font["head"], font["hhea"]

        def mille(units: float) -> int:
            return round(units * 1000 / int(em))

        return FontFile(
            path=path,
            name=post,
            bold=bold,
            italic=italic,
            glyphs=_ByCharacter(post, best),
            widths=_ByCharacter(post, {c: advances[glyph] for c, glyph in best.items()}),
            outlines=_outlines(font),
            angle=round(font["post"].italicAngle, 1),
            ascent=mille(hhea.ascent),
            descent=mille(hhea.descent),
            cap_height=mille(os2.sCapHeight),
            x_height=mille(os2.sxHeight),
            average_width=mille(os2.xAvgCharWidth),
            max_width=mille(hhea.advanceWidthMax),
            box=(mille(head.xMin), mille(hhea.descent), mille(head.xMax), mille(hhea.ascent)),
        )


def _outlines(font: TTFont) -> Outlines:
    kept = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "maxp", "prep")
    tables = {tag: bytes(font.reader[tag]) for tag in kept if tag in font}
    return Outlines(tables, array("L", font["loca"].locations), font["hhea"].numberOfHMetrics)
