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
        self.fonts_here: dict[int, int] = {}
        self.frame = Frame(page.get_rotation(), page.get_cropbox())
        width, height = page.get_size()
        self.chars = Chars(number, width, height, [])

    def read(self) -> Chars:
        raw, handle = self.raw, self.handle
        unicode_of, box_of, object_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, _address_function(raw)
        unmapped = raw.FPDFText_HasUnicodeMapError
        box = raw.FS_RECTF()
        pointer = ctypes.byref(box)
        turned, left = self.frame.turn != 0, self.frame.crop[0]
        known = 0
        stretch: Stretch | None = None
        high = 0  # first half of a surrogate pair
        for i in range(self.text_page.count_chars()):
            address = object_of(handle, i)
            if not address:
                continue  # a space or line end that PDFium made up
            if address != known or stretch is None:
                known = address
                stretch = self._stretch(i)
                self.chars.stretches.append(stretch)
            value = unicode_of(handle, i)
            if 0xD800 <= value < 0xDC00:
                high = value
                continue
            if 32 <= value < 127 or (value > 127 and not 0xD800 <= value < 0xE000 and value < 0xFFF0):
                c = chr(value) if unmapped(handle, i) != 1 else "\ufffd"
            else:
                c = self._rare(value, high, i)
            high = 0
            box_of(handle, i, pointer)
            stretch.text.append(c)
            if turned or not stretch.upright:
                shown = self._shown(box)
                stretch.x0.append(shown.x0)
                stretch.x1.append(shown.x1)
                stretch.box = shown if stretch.box is None else _around(stretch.box, shown)
            else:
                stretch.x0.append(box.left - left)
                stretch.x1.append(box.right - left)
        return self.chars

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

    def _stretch(self, i: int) -> Stretch:
        raw = self.raw
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.handle, i, ctypes.byref(matrix))
        size = raw.FPDFText_GetFontSize(self.handle, i) * hypot(matrix.c, matrix.d)
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self.handle, i, ctypes.byref(x), ctypes.byref(y))
        base = self.frame.point(x.value, y.value)[1]
        font = self._font(raw.FPDFText_GetTextObject(self.handle, i))
        name = self.fonts.facts[font].name
        upright = self.frame.upright(matrix.a, matrix.b)
        return Stretch(font, size, base, upright, bold=is_bold(name), italic=is_italic(name))

    def _shown(self, box: Any) -> Box:
        ax, ay = self.frame.point(box.left, box.bottom)
        bx, by = self.frame.point(box.right, box.top)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _font(self, text_object: Any) -> int:
        raw = self.raw
        font = raw.FPDFTextObj_GetFont(text_object)
        if not font:
            return self.fonts.number("", False)
        address = ctypes.addressof(font.contents)
        if address not in self.fonts_here:
            length = raw.FPDFFont_GetBaseFontName(font, None, 0)
            buffer = ctypes.create_string_buffer(max(length, 1))
            raw.FPDFFont_GetBaseFontName(font, buffer, length)
            name = buffer.value.decode("utf-8", errors="replace")
            self.fonts_here[address] = self.fonts.number(name, raw.FPDFFont_GetIsEmbedded(font) == 1)
        return self.fonts_here[address]


@cache
def _address_function(raw: Any) -> Callable[[Any, int], int | None]:
    """FPDFText_GetTextObject as a function that gives the bare address: no Python object for each character."""
    address = ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(address or 0)


def _around(a: Box, b: Box) -> Box:
    return Box(min(a.x0, b.x0), min(a.top, b.top), max(a.x1, b.x1), max(a.bottom, b.bottom))
