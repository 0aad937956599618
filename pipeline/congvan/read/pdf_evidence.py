"""The slow path: every character with its code, and every font with what the file says of it.

pdfminer (opened by pdfplumber) is the only permissive library that gives the character code beside the Unicode value.
Two hooks do it: a resource manager that remembers each font's dictionary, and a device that is told of each character
instead of building a layout. Both are public extension points of pdfminer; the version is pinned all the same.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping
from math import hypot
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt

from congvan.document import Box, FontFacts
from congvan.read.pdf_chars import Chars, Frame, Stretch
from congvan.read.pdf_font_facts import font_facts, font_name
from congvan.read.pdf_fonts import is_bold, is_italic

for _library in ("pdfminer", "fontTools"):  # a library must not print on standard error
    logging.getLogger(_library).addHandler(logging.NullHandler())

_SAME_PLACE = 0.01  # points: characters of one line differ by rounding only


class _Fonts(PDFResourceManager):
    """Hands out fonts and keeps the dictionary that each was made from."""

    def __init__(self) -> None:
        super().__init__(caching=True)
        self.specs: dict[int, tuple[PDFFont, Mapping[str, Any]]] = {}

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        font = super().get_font(objid, spec)
        self.specs[id(font)] = (font, spec)  # for Type0 called twice; the outer dictionary comes last and stays
        return font


class _Device(PDFTextDevice):
    """Collects the characters of a page."""

    def __init__(self, fonts: _Fonts) -> None:
        super().__init__(fonts)
        self.set_ctm(MATRIX_IDENTITY)
        self.fonts = fonts
        self.numbers: dict[int, int] = {}
        self.order: list[int] = []
        self.names: list[str] = []
        self.drawn: list[set[int]] = []
        self.frame = Frame()
        self.stretches: list[Stretch] = []

    def begin(self, frame: Frame) -> None:
        """Start a page."""
        self.frame = frame
        self.stretches = []

    def render_char(
        self,
        matrix: tuple[float, float, float, float, float, float],
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: object,
        graphicstate: object,
    ) -> float:
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        advance = float(font.char_width(cid) * fontsize * scaling)
        number = self._number(font)
        self.drawn[number].add(cid)
        a, b, c, d, _, _ = matrix
        size = fontsize * hypot(c, d)
        x, y = self.frame.point(*apply_matrix_pt(matrix, (0.0, rise)))
        end_x, end_y = self.frame.point(*apply_matrix_pt(matrix, (advance, rise)))
        upright = self.frame.upright(a, b)
        s = self.stretches[-1] if self.stretches else None
        if s is None or s.font != number or s.upright != upright or not upright or _moved(s, size, y):
            name = self.names[number]
            s = Stretch(number, size, y, upright, bold=is_bold(name), italic=is_italic(name))
            if not upright and self.stretches and _continues(self.stretches[-1], s, x, y):
                s = self.stretches[-1]
            else:
                self.stretches.append(s)
        s.text.append("\ufffd" if text in ("", "\0") else text)
        s.x0.append(min(x, end_x))
        s.x1.append(max(x, end_x))
        s.codes.append(cid)
        if not upright:
            box = Box(min(x, end_x) - size, min(y, end_y) - size, max(x, end_x) + size, max(y, end_y) + size)
            old = s.box or box
            s.box = Box(min(old.x0, box.x0), min(old.top, box.top), max(old.x1, box.x1), max(old.bottom, box.bottom))
        return advance

    def _number(self, font: PDFFont) -> int:
        key = id(font)
        if key not in self.numbers:
            self.numbers[key] = len(self.order)
            self.order.append(key)
            self.names.append(font_name(font, self.fonts.specs[key][1]))
            self.drawn.append(set())
        return self.numbers[key]


def _moved(s: Stretch, size: float, y: float) -> bool:
    return abs(s.base - y) > _SAME_PLACE or abs(s.size - size) > _SAME_PLACE


def _continues(last: Stretch, new: Stretch, x: float, y: float) -> bool:
    """Turned text goes on where the last character ended."""
    return (
        not last.upright
        and last.font == new.font
        and last.box is not None
        and last.box.x0 - new.size <= x <= last.box.x1 + new.size
        and last.box.top - new.size <= y <= last.box.bottom + new.size
    )


class EvidenceReader:
    """Pages of one PDF with codes; a context manager. ``facts()`` describes the fonts of the pages read so far."""

    def __init__(self, data: bytes) -> None:
        import pdfplumber

        self._pdf = pdfplumber.open(io.BytesIO(data), password="", raise_unicode_errors=False)
        self._fonts = _Fonts()
        self._device = _Device(self._fonts)
        self._interpreter = PDFPageInterpreter(self._fonts, self._device)

    def __enter__(self) -> EvidenceReader:
        return self

    def __exit__(self, *exc: object) -> None:
        self._pdf.close()

    def page(self, page: Any, number: int) -> Chars:
        """Characters of page ``number``; ``page`` is the same page, opened by PDFium, for its size and turn."""
        frame = Frame(page.get_rotation(), page.get_cropbox())
        self._device.begin(frame)
        source = self._pdf.pages[number - 1].page_obj
        self._interpreter.render_contents(source.resources, source.contents, ctm=MATRIX_IDENTITY)
        width, height = page.get_size()
        return Chars(number, width, height, self._device.stretches, has_codes=True)

    def facts(self) -> Iterator[FontFacts]:
        """Facts of each font, in the order of the runs' font numbers; for drawn codes only."""
        device = self._device
        for key, name, drawn in zip(device.order, device.names, device.drawn, strict=True):
            font, spec = self._fonts.specs[key]
            yield font_facts(font, spec, name, drawn)
