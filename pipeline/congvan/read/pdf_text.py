"""The fast path: text, boxes and font names of a PDF page by pypdfium2, some hundred pages a second."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from math import hypot
from typing import Any

from congvan.document import Box, FontFacts
from congvan.read.pdf_chars import Chars, Stretch
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


def page_chars(page: Any, number: int, fonts: FontList) -> Chars:
    """Characters of an open pypdfium2 page, on the page as shown (turned, cropped)."""
    text_page = page.get_textpage()
    try:
        return _Reader(page, text_page, number, fonts).read()
    finally:
        text_page.close()


class _Reader:
    """Walks over the characters of one page; a new stretch begins with each text object."""

    def __init__(self, page: Any, text_page: Any, number: int, fonts: FontList) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        self.page, self.text_page = page, text_page
        self.handle = text_page.raw
        self.fonts = fonts
        self.fonts_here: dict[int, int] = {}
        self.turn = page.get_rotation()
        self.crop = page.get_cropbox()
        width, height = page.get_size()
        self.chars = Chars(number, width, height, [])

    def read(self) -> Chars:
        raw, handle = self.raw, self.handle
        unicode_of, box_of, object_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetTextObject
        unmapped = raw.FPDFText_HasUnicodeMapError
        box = raw.FS_RECTF()
        pointer = ctypes.byref(box)
        turn, crop = self.turn, self.crop
        left, top = crop[0], crop[3]
        known: int | None = None
        stretch: Stretch | None = None
        high = ""
        for i in range(self.text_page.count_chars()):
            text_object = object_of(handle, i)
            if not text_object:
                continue  # a space or line end that PDFium made up
            address = ctypes.addressof(text_object.contents)
            if address != known or stretch is None:
                known = address
                stretch = self._stretch(i, text_object)
                self.chars.stretches.append(stretch)
            code = unicode_of(handle, i)
            if 0xD800 <= code < 0xDC00:
                high = chr(code)
                continue
            c = chr(code)
            if high:
                c = (high + c).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
                high = ""
            elif (code == 2 or code == 0xFFFE) and raw.FPDFText_IsHyphen(handle, i) == 1:
                c = "-"
            elif code == 0 or (unmapped(handle, i) == 1):
                c = "\ufffd"
            elif 0xDC00 <= code < 0xE000:
                c = "\ufffd"
            box_of(handle, i, pointer)
            stretch.text.append(c)
            if not turn:
                stretch.x0.append(box.left - left)
                stretch.x1.append(box.right - left)
            else:
                shown = self._shown(box)
                stretch.x0.append(shown.x0)
                stretch.x1.append(shown.x1)
            if not stretch.upright:
                shown = self._shown(box) if turn else Box(box.left - left, top - box.top, box.right - left, top - box.bottom)
                stretch.box = shown if stretch.box is None else _around(stretch.box, shown)
        return self.chars

    def _stretch(self, i: int, text_object: Any) -> Stretch:
        raw = self.raw
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.handle, i, ctypes.byref(matrix))
        size = raw.FPDFText_GetFontSize(self.handle, i) * hypot(matrix.c, matrix.d)
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self.handle, i, ctypes.byref(x), ctypes.byref(y))
        base = self._point(x.value, y.value)[1]
        font = self._font(text_object)
        name = self.fonts.facts[font].name
        return Stretch(font, size, base, self._upright(matrix), bold=is_bold(name), italic=is_italic(name))

    def _upright(self, m: Any) -> bool:
        """The text runs left to right on the page as shown; a slant is allowed."""
        along, up = {0: (m.a, m.b), 1: (m.b, -m.a), 2: (-m.a, -m.b), 3: (-m.b, m.a)}[self.turn // 90]
        return bool(along > 0 and abs(up) < 0.05 * along)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as shown, from the upper left corner."""
        x0, y0, x1, y1 = self.crop
        return {0: (x - x0, y1 - y), 1: (y - y0, x - x0), 2: (x1 - x, y - y0), 3: (y1 - y, x1 - x)}[self.turn // 90]

    def _shown(self, box: Any) -> Box:
        ax, ay = self._point(box.left, box.bottom)
        bx, by = self._point(box.right, box.top)
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


def _around(a: Box, b: Box) -> Box:
    return Box(min(a.x0, b.x0), min(a.top, b.top), max(a.x1, b.x1), max(a.bottom, b.bottom))
