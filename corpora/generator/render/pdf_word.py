"""PDF as Microsoft Word writes it: codes are glyph ids of the full font, ToUnicode has ranges where letters follow each other.

A PDF with these codes is what archives have, and what Ghostscript 9.56 to 10.00 garbled. The layout is our own
(:mod:`~corpora.generator.render.layout`), so that it is fast and tells where each character went.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from corpora.generator.model import File
from corpora.generator.render.fonts import FontFile
from corpora.generator.render.fonts import face as find_face
from corpora.generator.render.layout import lay_out
from corpora.generator.render.objects import Objects
from corpora.generator.render.page import Glyphs, Page, Piece
from corpora.generator.render.sfnt import subset
from corpora.generator.render.tounicode import to_unicode

MAKER: Final = "Microsoft® Word 2016"
# accepts a date as the record has it: "2024-03-15"
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_UNKNOWN_DATE: Final = ("2024", "01", "02")
# accepts text up to and with its next space: a justified line moves what follows
_TO_SPACE: Final = re.compile(r"[^ ]* |[^ ]+")


def word_pdf(file: File, face: str = "liberation") -> bytes:
    """The file as PDF in "liberation", "tinos" or "gentium"."""
    return word_pdf_with_places(file, face)[0]


def word_pdf_with_places(file: File, face: str = "liberation") -> tuple[bytes, list[list[Piece]]]:
    """The file as PDF, and for each leaf of :meth:`File.leaves` the pieces that its text was broken into."""
    sheets = lay_out(file, find_face(face))
    return _pdf(sheets.pages, _date(file)), sheets.places


def _date(file: File) -> str:
    """The morning of the day on which the first document was issued."""
    written = file.documents[0].fields.get("issued_on") if file.documents else None
    match = _DATE.fullmatch(str(written))
    return "D:{}{}{}081500+07'00'".format(*(match.groups() if match else _UNKNOWN_DATE))


class _Used:
    """A font of the file: its name in content streams, its number, the characters that it sets."""

    def __init__(self, font: FontFile, n: int, number: int) -> None:
        self.font = font
        self.name = f"F{n + 1}"
        self.number = number
        self.prefix = f"BCD{chr(ord('E') + n)}EE"
        self.characters: set[str] = set()
        self.codes: dict[str, str] = {}

    def code(self, text: str) -> str:
        """The codes of a text in hexadecimal."""
        for character in set(text) - self.characters:
            self.codes[character] = f"{self.font.glyphs[character]:04X}"
            self.characters.add(character)
        return "".join([self.codes[character] for character in text])


def _pdf(pages: list[Page], date: str) -> bytes:
    objects = Objects()
    root, tree = objects.reserve(), objects.reserve()
    fonts: dict[str, _Used] = {}
    contents = [_content(page, fonts, objects) for page in pages]
    resources = "".join(f"/{used.name} {used.number} 0 R" for used in fonts.values())
    kids: list[int] = []
    for page, content in zip(pages, contents, strict=True):
        stream = objects.stream(content)
        box = f"{page.frame.width:g} {page.frame.height:g}"
        kids.append(
            objects.add(
                f"<</Type/Page/Parent {tree} 0 R/Resources<</Font<<{resources}>>/ProcSet[/PDF/Text]>>"
                f"/MediaBox[ 0 0 {box}] /Contents {stream} 0 R"
                "/Group<</Type/Group/S/Transparency/CS/DeviceRGB>>/Tabs/S>>"
            )
        )
    for used in fonts.values():
        _embed(used, objects)
    objects.set(root, f"<</Type/Catalog/Pages {tree} 0 R/Lang(vi-VN) >>")
    objects.set(tree, f"<</Type/Pages/Count {len(kids)}/Kids[ {' '.join(f'{kid} 0 R' for kid in kids)}] >>")
    maker = f"<FEFF{MAKER.encode('utf-16-be').hex().upper()}>"
    info = objects.add(f"<</Creator {maker}/Producer {maker}/CreationDate({date})/ModDate({date})>>")
    return objects.file(root, info)


def _content(page: Page, fonts: dict[str, _Used], objects: Objects) -> bytes:
    height = page.frame.height
    out: list[str] = []
    for glyphs in page.glyphs:
        if not glyphs.text:
            continue
        used = fonts.get(glyphs.font.name)
        if used is None:
            used = fonts[glyphs.font.name] = _Used(glyphs.font, len(fonts), objects.reserve())
        out.append(
            f"BT\r\n/{used.name} {_n(glyphs.size)} Tf\r\n1 0 0 1 {_n(glyphs.x)} {_n(height - glyphs.baseline)} Tm\r\n"
            f"0 g\r\n0 G\r\n[{_shown(glyphs, used)}] TJ\r\nET\r\n"
        )
    for box in page.boxes:
        bottom = height - box.top - box.height
        out.append(f"{_n(box.x)} {_n(bottom)} {_n(box.width)} {_n(box.height)} re\r\nf*\r\n")
    return "".join(out).encode("ascii")


def _shown(glyphs: Glyphs, used: _Used) -> str:
    """The text as an array for TJ: where spaces are stretched, a number after each moves what follows."""
    if not glyphs.stretch:
        return f"<{used.code(glyphs.text)}>"
    move = f"{-glyphs.stretch * 1000 / glyphs.size:.1f}"
    pieces = _TO_SPACE.findall(glyphs.text)
    return "".join(f"<{used.code(piece)}>{move if piece[-1] == ' ' else ''}" for piece in pieces)


def _n(value: float) -> str:
    """A number with as many digits as it needs, three at most after the point."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _embed(used: _Used, objects: Objects) -> None:
    font = used.font
    glyphs: dict[int, str] = {}
    for character in sorted(
        used.characters, reverse=True
    ):  # a space and a no-break space may share a glyph: the space wins
        glyphs[font.glyphs[character]] = character
    program = subset(font.outlines, glyphs)
    file = objects.stream(program, f"/Length1 {len(program)}")
    name = f"/{used.prefix}+{font.name}"
    box = " ".join(str(side) for side in font.box)
    descriptor = objects.add(
        f"<</Type/FontDescriptor/FontName{name}/Flags {96 if font.italic else 32}/ItalicAngle {font.angle:g}"
        f"/Ascent {font.ascent}/Descent {font.descent}/CapHeight {font.cap_height}/AvgWidth {font.average_width}"
        f"/MaxWidth {font.max_width}/FontWeight {700 if font.bold else 400}/XHeight {font.x_height}/StemV 40"
        f"/FontBBox[ {box}] /FontFile2 {file} 0 R>>"
    )
    descendant = objects.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont{name}/CIDToGIDMap/Identity/DW 1000"
        "/CIDSystemInfo<</Ordering(Identity) /Registry(Adobe) /Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/W[{_widths(font, glyphs)}] >>"
    )
    unicode = objects.stream(to_unicode(glyphs))
    objects.set(
        used.number,
        f"<</Type/Font/Subtype/Type0/BaseFont{name}/Encoding/Identity-H"
        f"/DescendantFonts[ {descendant} 0 R] /ToUnicode {unicode} 0 R>>",
    )


def _widths(font: FontFile, glyphs: dict[int, str]) -> str:
    """The W array: a list for each stretch of consecutive ids."""
    runs = groupby(enumerate(sorted(glyphs)), key=lambda pair: pair[1] - pair[0])
    out = []
    for _, pairs in runs:
        ids = [glyph for _, glyph in pairs]
        out.append(f" {ids[0]}[{' '.join(str(font.widths[glyphs[glyph]]) for glyph in ids)}]")
    return "".join(out)
