"""A page that PDFium cannot read, read by pdfplumber: another parser often goes on where one gives up."""

from __future__ import annotations

import io
import logging
from typing import Any

from congvan.document import Box
from congvan.read.pdf_chars import Chars, Stretch
from congvan.read.pdf_fonts import is_bold, is_italic
from congvan.read.pdf_text import FontList

_SAME = 0.01  # points: characters of one line differ by rounding only
for _library in ("pdfminer", "pdfplumber"):  # a library must not print on standard error
    logging.getLogger(_library).addHandler(logging.NullHandler())


def second_look(data: bytes, number: int, fonts: FontList, password: str = "") -> Chars:
    """Characters of page ``number`` (from 1) as pdfplumber reads them.

    Raises:
        Exception: of any kind, as its parser does on malformed pages.
    """
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data), password=password, raise_unicode_errors=False) as document:
        page = document.pages[number - 1]
        chars = Chars(number, float(page.width), float(page.height), [])
        for char in page.chars:
            _add(chars, char, fonts)
    return chars


def _add(chars: Chars, char: dict[str, Any], fonts: FontList) -> None:
    """Append a character to the stretch it goes on with, else to a new one."""
    name, upright = str(char["fontname"]), bool(char["upright"])
    size, bottom = float(char["size"]), float(char["bottom"])
    rise = float(char["matrix"][5]) - float(char["y0"])  # from the lower edge of the box to the base line
    base = bottom - rise
    font = fonts.number(name, True)
    s = chars.stretches[-1] if chars.stretches else None
    if s is None or (s.font, s.upright) != (font, upright) or abs(s.base - base) > _SAME or abs(s.size - size) > _SAME:
        s = Stretch(font, size, base, upright, bold=is_bold(name), italic=is_italic(name))
        chars.stretches.append(s)
    text = str(char["text"])
    s.text.append("\ufffd" if text.startswith("(cid:") else text)
    s.x0.append(float(char["x0"]))
    s.x1.append(float(char["x1"]))
    if not upright:
        box = Box(float(char["x0"]), float(char["top"]), float(char["x1"]), bottom)
        old = s.box or box
        s.box = Box(min(old.x0, box.x0), min(old.top, box.top), max(old.x1, box.x1), max(old.bottom, box.bottom))
