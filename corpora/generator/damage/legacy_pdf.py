"""PDFs from before Unicode, made from a Word-like one: the same page, drawn by one-byte codes of TCVN3 or VNI.

Each string of glyph ids is read through its ToUnicode, encoded, and set in simple fonts; what the encoding lacks stays in
its Unicode font. The advances are those of the same letters, so that no line moves.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf, String

from corpora.generator.damage.encodings import Face, as_bytes, letters, shown, table
from corpora.generator.damage.legacy_docx import FONTS
from corpora.generator.damage.legacy_fonts import marks, simple_font, widths
from corpora.generator.damage.tounicode import one_byte_cmap, parse, saved
from corpora.generator.render.fonts import FACES, FontFile, face

_STYLES = {(False, False): "", (True, False): ",Bold", (False, True): ",Italic", (True, True): ",BoldItalic"}
# the operators by which a PDF of Word shows text
_SHOW = ("Tj", "TJ")


def tcvn3_pdf(pdf: bytes, keep_case: bool = False, to_unicode: bool = True) -> bytes:
    """A Word-like PDF set in .VnTime and .VnTimeH.

    Args:
        pdf: as :func:`~corpora.generator.render.pdf_word.word_pdf` makes it; the pages look the same afterwards.
        keep_case: as in :func:`letters`.
        to_unicode: with maps that say which character of cp1252 a code is. Without, the fonts have WinAnsiEncoding only,
            which has no character for ư (0xAD): readers show nothing or a hyphen.
    """
    return _transcoded(pdf, "tcvn3", keep_case, to_unicode)


def vni_pdf(pdf: bytes, to_unicode: bool = True) -> bytes:
    """A Word-like PDF set in VNI-Times: letter and mark are two codes, the mark has no advance."""
    return _transcoded(pdf, "vni_win", False, to_unicode)


def _transcoded(pdf: bytes, encoding: str, keep_case: bool, to_unicode: bool) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        setter = _Setter(file, encoding, keep_case)
        for page in file.pages:
            setter.page(page)
        setter.finish(to_unicode)
        return saved(file)


@dataclass(slots=True)
class _Simple:
    """A simple font as it grows: ``drawn`` and ``marked`` as in :func:`simple_font`."""

    font: FontFile
    encoding: str
    face: Face
    resource: str
    spec: Any
    drawn: dict[int, str] = field(default_factory=dict)
    marked: dict[int, tuple[str, str]] = field(default_factory=dict)

    def codes(self, letter: str, text: str) -> bytes:
        """The bytes of what stands for a letter in the encoding."""
        code = as_bytes(text)
        if len(code) == 1:
            self.drawn[code[0]] = letter
        else:
            self.drawn[code[0]] = _alone(self.encoding).get(text[0], text[0])
            self.marked[code[1]] = marks(self.encoding)[text[1]]
        return code

    def finish(self, pdf: Pdf, to_unicode: bool) -> None:
        """Writes program, advances, and ToUnicode or an encoding into the font object."""
        font = self.font
        program = simple_font(font, self.drawn, self.marked)
        stream = pdf.make_stream(program, Length1=len(program))
        tag = "".join("AB"[on] for on in (True, True, font.bold, font.italic, self.face == "capital", False))
        name = Name(f"/{tag}+{FONTS[self.encoding][self.face]}{_STYLES[font.bold, font.italic]}")
        used = sorted(self.drawn | self.marked)
        codes = range(used[0], used[-1] + 1)
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=name, Flags=4, ItalicAngle=font.angle, Ascent=font.ascent,
            Descent=font.descent, CapHeight=font.cap_height, StemV=80, FontBBox=Array(font.box), FontFile2=stream,
        )  # fmt: skip
        self.spec.update(
            Dictionary(
                Type=Name.Font, Subtype=Name.TrueType, BaseFont=name, FirstChar=codes[0], LastChar=codes[-1],
                Widths=Array(widths(font, self.drawn, codes)), FontDescriptor=pdf.make_indirect(descriptor),
            )
        )  # fmt: skip
        if to_unicode:
            self.spec.ToUnicode = pdf.make_stream(one_byte_cmap({c: shown(bytes([c])) for c in used}))
        else:
            self.spec.Encoding = Name.WinAnsiEncoding


class _Setter:
    """Sets the pages of one file anew, and keeps the simple fonts that it needs for them."""

    def __init__(self, pdf: Pdf, encoding: str, keep_case: bool) -> None:
        self._pdf, self._encoding, self._keep_case = pdf, encoding, keep_case
        self._simple: dict[tuple[str, Face], _Simple] = {}
        self._meanings: dict[str, dict[bytes, str]] = {}

    def page(self, page: Any) -> None:
        """Sets a page; its resources hold the fonts that it still uses."""
        old, fonts = page.Resources.Font, Dictionary()
        out: list[tuple[Any, Operator]] = []
        resource, size = "", None
        for instruction in pikepdf.parse_content_stream(page):
            operands, operator = instruction.operands, instruction.operator
            if str(operator) == "Tf":
                resource, size = str(operands[0]), operands[1]
            elif str(operator) not in _SHOW:
                out.append((operands, operator))
            else:
                strings = operands[0] if isinstance(operands[0], Array) else [operands[0]]
                for name, font, part in self._parts(resource, old[resource], strings):
                    fonts[name] = font
                    out.append(([Name(name), size], Operator("Tf")))
                    out.append(([Array(part)], Operator("TJ")))
        page.Resources.Font = fonts
        page.Contents = self._pdf.make_stream(pikepdf.unparse_content_stream(out))

    def finish(self, to_unicode: bool) -> None:
        """Makes the fonts, now that all their codes are known."""
        for font in self._simple.values():
            font.finish(self._pdf, to_unicode)

    def _parts(self, resource: str, spec: Any, strings: Any) -> Iterator[tuple[str, Any, list[Any]]]:
        """Name and font of each stretch, and its strings and moves for ``TJ``."""
        if spec.Subtype != "/Type0":
            yield resource, spec, list(strings)
            return
        glyphs: list[bytes | Any] = []
        for item in strings:
            if isinstance(item, String):
                code = bytes(item)
                glyphs += [code[i : i + 2] for i in range(0, len(code), 2)]
            else:
                glyphs.append(item)
        meanings = self._meaning(spec)
        text = "".join(meanings.get(g, "\ufffd") for g in glyphs if isinstance(g, bytes))
        pieces = zip(text, letters(text, self._encoding, self._keep_case), strict=True)
        name, font = "", None
        part: list[Any] = []
        moves: list[Any] = []  # those before the first glyph
        for glyph in glyphs:
            if not isinstance(glyph, bytes):
                (part if name else moves).append(glyph)
                continue
            letter, piece = next(pieces)
            simple = None if piece.face == "other" else self._font(spec, piece.face)
            wanted = simple.resource if simple else resource
            if wanted != name:
                if name:
                    yield name, font, part
                name, font, part, moves = wanted, simple.spec if simple else spec, moves, []
            code = simple.codes(letter, piece.text) if simple else glyph
            if part and isinstance(part[-1], String):
                code = bytes(part.pop()) + code
            part.append(String(code))
        if name:
            yield name, font, part

    def _meaning(self, spec: Any) -> dict[bytes, str]:
        name = str(spec.BaseFont)
        if name not in self._meanings:
            self._meanings[name] = {e.code: e.text for e in parse(spec.ToUnicode.read_bytes()) if len(e.text) == 1}
        return self._meanings[name]

    def _font(self, spec: Any, face_: Face) -> _Simple:
        key = (str(spec.BaseFont), face_)
        if key not in self._simple:
            resource = f"/L{len(self._simple) + 1}"
            empty = self._pdf.make_indirect(Dictionary())
            self._simple[key] = _Simple(_file(key[0].split("+")[-1]), self._encoding, face_, resource, empty)
        return self._simple[key]


@cache
def _alone(encoding: str) -> dict[str, str]:
    """What shows -> letter, for letters of one code: VNI's "ô" is ơ."""
    return {code: letter for letter, code in table(encoding).items() if len(code) == 1}


@cache
def _file(name: str) -> FontFile:
    """The installed font of a PostScript name.

    Raises:
        MissingFont: it is not installed. ValueError: the PDF is set in a font that the generator does not know.
    """
    for key, source in FACES.items():
        if name.split("-")[0] == source.stem:
            found = face(key)
            return next(f for f in (found.regular, found.bold, found.italic, found.bold_italic) if f.name == name)
    raise ValueError(f"{name} is no font of {', '.join(FACES)}")
