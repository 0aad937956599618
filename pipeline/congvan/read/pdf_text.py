"""The fast path: text, boxes and font names of a PDF page by pypdfium2, some hundred pages a second."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from math import hypot
from typing import Any

from congvan.document import Box, FontFacts
from congvan.read.pdf_chars import Chars, FontNumbers, Frame, Stretch
from congvan.read.pdf_fonts import is_bold, is_italic


@dataclass(slots=True)
class FontList:
    """Fonts of a document by name, in the order they turn up."""

    facts: list[FontFacts] = field(default_factory=list)
    index: dict[tuple[str, bool], int] = field(default_factory=dict)

    def number(self, name: str, embedded: bool) -> int:
        """Index of a font; a new one is added."""
        key = (name, embedded)
        if key not in self.index:
            self.index[key] = len(self.facts)
            self.facts.append(FontFacts(name, embedded=embedded))
        return self.index[key]


def page_chars(page: Any, number: int, fonts: FontNumbers) -> Chars:
    """Characters of an open pypdfium2 page, on the page as shown (turned, cropped)."""
    text_page = page.get_textpage()
    try:
        return _Reader(page, text_page, number, fonts).read()
    finally:
        text_page.close()


class _Reader:
    """Walks over the characters of one page; a new stretch begins with each text object."""

    def __init__(self, page: Any, text_page: Any, number: int, fonts: FontNumbers) -> None:
        import pypdfium2.raw

        self.raw: Any = pypdfium2.raw
        self.text_page = text_page
        self.handle = text_page.raw
        self.fonts = fonts
        self.fonts_here: dict[int, int] = {}  # address of a font -> its number
        self.letters: dict[int, dict[int, str]] = {}  # number of a font -> value -> character
        self.matrix, self.x, self.y = self.raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        self.frame = Frame(page.get_rotation(), page.get_cropbox())
        width, height = page.get_size()
        self.chars = Chars(number, width, height, [])

    def read(self) -> Chars:
        """All characters. Four questions to PDFium for each: this loop is most of the time of reading."""
        handle, stretches = ctypes.cast(self.handle, ctypes.c_void_p).value or 0, self.chars.stretches
        object_of, unicode_of, unmapped, box_of = _bare_functions(self.raw)[:4]
        box = self.raw.FS_RECTF()
        pointer = ctypes.addressof(box)
        turned, left = self.frame.turn != 0, self.frame.crop[0]
        known = 0
        stretch: Stretch | None = None
        simple = False  # upright on an upright page
        high = 0  # first half of a surrogate pair
        gap = False  # PDFium sees a gap between words
        for i in range(self.text_page.count_chars()):
            address = object_of(handle, i)
            if not address:  # a space or line end that PDFium made up
                gap = gap or unicode_of(handle, i) == 0x20
                continue
            if address != known or stretch is None:
                known = address
                stretch = self._stretch(handle, i, address)
                if gap and stretches:
                    _part_words(stretches[-1], stretch)
                gap = False
                stretches.append(stretch)
                letters = self.letters.setdefault(stretch.font, {})
                add, add_left, add_right = stretch.text.append, stretch.x0.append, stretch.x1.append
                simple = stretch.upright and not turned
            value = unicode_of(handle, i)
            if value in letters:
                c = letters[value]
            elif 32 <= value < 127 or 127 < value < 0xD800 or 0xE000 <= value < 0xFFF0:
                c = letters[value] = self._unmapped(value, i) if unmapped(handle, i) == 1 else chr(value)
            elif 0xD800 <= value < 0xDC00:
                high = value
                continue
            else:
                c = self._rare(value, high, i)
            high = 0
            box_of(handle, i, pointer)
            add(c)
            if simple:
                add_left(box.left - left)
                add_right(box.right - left)
            else:
                shown = self._shown(box)
                add_left(shown.x0)
                add_right(shown.x1)
                stretch.box = shown if stretch.box is None else _around(stretch.box, shown)
        return self.chars

    def _unmapped(self, value: int, i: int) -> str:
        """A character that PDFium says has no map. Of text laid unseen over a picture it is the letter all the same: the fonts of
        such layers have one empty glyph for all codes, which PDFium takes for a fault of the map."""
        shown = self.raw.FPDFTextObj_GetTextRenderMode(self.raw.FPDFText_GetTextObject(self.handle, i))
        return chr(value) if shown == self.raw.FPDF_TEXTRENDERMODE_INVISIBLE else "\ufffd"

    def _rare(self, value: int, high: int, i: int) -> str:
        """Control characters, surrogates, and PDFium's own sign for a hyphen at a line end."""
        if high and 0xDC00 <= value < 0xE000:
            return chr(0x10000 + ((high - 0xD800) << 10) + (value - 0xDC00))
        if value in (2, 0xFFFE) and self.raw.FPDFText_IsHyphen(self.handle, i) == 1:
            return "-"
        if (
            value == 0
            or 0xD800 <= value < 0xE000
            or value > 0x10FFFF
            or self.raw.FPDFText_HasUnicodeMapError(self.handle, i) == 1
        ):
            return "\ufffd"
        return chr(value)

    def _stretch(self, handle: int, i: int, text_object: int) -> Stretch:
        _, _, _, _, matrix_of, size_of, origin_of, font_of = _bare_functions(self.raw)
        matrix, x, y = self.matrix, self.x, self.y
        matrix_of(handle, i, ctypes.addressof(matrix))
        origin_of(handle, i, ctypes.addressof(x), ctypes.addressof(y))
        size = size_of(handle, i) * hypot(matrix.c, matrix.d)
        base = self.frame.point(x.value, y.value)[1]
        font = self._font(font_of(text_object) or 0)
        name = self.fonts.facts[font].name
        upright = self.frame.upright(matrix.a, matrix.b)
        return Stretch(font, size, base, upright, bold=_bold(name), italic=_italic(name))

    def _shown(self, box: Any) -> Box:
        ax, ay = self.frame.point(box.left, box.bottom)
        bx, by = self.frame.point(box.right, box.top)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _font(self, address: int) -> int:
        """Number of the font at an address."""
        if not address:
            return self.fonts.number("", False)
        if address not in self.fonts_here:
            raw = self.raw
            font = ctypes.cast(address, raw.FPDF_FONT)
            length = raw.FPDFFont_GetBaseFontName(font, None, 0)
            buffer = ctypes.create_string_buffer(max(length, 1))
            raw.FPDFFont_GetBaseFontName(font, buffer, length)
            name = buffer.value.decode("utf-8", errors="replace")
            self.fonts_here[address] = self.fonts.number(name, raw.FPDFFont_GetIsEmbedded(font) == 1)
        return self.fonts_here[address]


def _part_words(one: Stretch, other: Stretch) -> None:
    """End a stretch with a space where the next one of the same size and line stands apart, and the file draws no space."""
    if one.x1 and one.size == other.size and one.base == other.base and one.upright and one.text[-1] != " ":
        one.text.append(" ")
        one.x0.append(one.x1[-1])
        one.x1.append(one.x1[-1])


_bold, _italic = cache(is_bold), cache(is_italic)


@cache
def _bare_functions(raw: Any) -> tuple[Callable[..., Any], ...]:
    """Of a character: text object, Unicode, unmapped or not, box, matrix, size, origin; and the font of a text object.

    Functions that take and give bare numbers.

    No Python object for each answer, no lock given up for each question: twice as fast.
    """
    plain, number = ctypes.c_void_p, ctypes.c_int

    def bare(function: Any, gives: Any, *takes: Any) -> Callable[..., Any]:
        return ctypes.PYFUNCTYPE(gives, *takes)(ctypes.cast(function, ctypes.c_void_p).value or 0)

    return (
        bare(raw.FPDFText_GetTextObject, plain, plain, number),
        bare(raw.FPDFText_GetUnicode, ctypes.c_uint, plain, number),
        bare(raw.FPDFText_HasUnicodeMapError, number, plain, number),
        bare(raw.FPDFText_GetLooseCharBox, number, plain, number, plain),
        bare(raw.FPDFText_GetMatrix, number, plain, number, plain),
        bare(raw.FPDFText_GetFontSize, ctypes.c_double, plain, number),
        bare(raw.FPDFText_GetCharOrigin, number, plain, number, plain, plain),
        bare(raw.FPDFTextObj_GetFont, plain, plain),
    )


def _around(a: Box, b: Box) -> Box:
    return Box(min(a.x0, b.x0), min(a.top, b.top), max(a.x1, b.x1), max(a.bottom, b.bottom))
