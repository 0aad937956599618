"""The evidence path: every character with its font object and its code, as fast as the fast path.

PDFium tells no codes, but it does what ToUnicode says. So it reads a copy of the file, in memory, in which each font's map gives
for each code a sign of the private use area that stands for that code, and in which each embedded font has a name that is its
number. Places and boxes are those of the file: neither depends on the map.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pikepdf import ObjectStreamMode

from congvan.document import FontFacts
from congvan.read.pdf_chars import NO_CODE, Chars
from congvan.read.pdf_cmaps import write_ranges
from congvan.read.pdf_font import PdfFont
from congvan.read.pdf_objects import FontObjects
from congvan.read.surrogates import without_surrogates

_FIRST, _LAST = 0xE000, 0xF8FF  # the private use area
_FOR_NAMELESS = 3_072  # signs kept for fonts that must keep their name, which share none
_NAME = "CongvanFont"


@dataclass(slots=True)
class _Signs:
    """The signs of one font: sign number n stands for ``codes[n]``."""

    start: int
    codes: list[int]


@dataclass(slots=True)
class TokenFonts:
    """The fonts of the copy: what the reader of pages asks for their numbers, and what turns signs into codes.

    Attributes:
        fonts: every font of the file. facts: for the reader: their names; fonts without a number come behind them.
        drawn: for each font the codes that were met.
    """

    fonts: list[PdfFont]
    facts: list[FontFacts] = field(default_factory=list)
    drawn: list[set[int]] = field(default_factory=list)
    _shared: dict[int, _Signs] = field(default_factory=dict)
    _own: dict[int, tuple[int, _Signs]] = field(default_factory=dict)
    _others: dict[tuple[str, bool], int] = field(default_factory=dict)
    _shown: dict[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.facts = [FontFacts(font.name, embedded=font.embedded) for font in self.fonts]
        self.drawn = [set() for _ in self.fonts]

    def number(self, name: str, embedded: bool) -> int:
        """Number of a font by the name that it has in the copy."""
        if name.startswith(_NAME) and name[len(_NAME) :].isdigit():
            number = int(name[len(_NAME) :])
            if number < len(self.fonts):
                return number
        key = (name, embedded)
        if key not in self._others:
            self._others[key] = len(self.facts)
            self.facts.append(FontFacts(name, embedded=embedded))
            self.drawn.append(set())
        return self._others[key]

    def decode(self, chars: Chars) -> Chars:
        """The characters of a page with their codes, and with what the file says of each."""
        for stretch in chars.stretches:
            signs = self._shared.get(stretch.font)
            for i, c in enumerate(stretch.text):
                value = ord(c) if len(c) == 1 else 0
                number, of = stretch.font, signs
                if value in self._own:
                    number, of = self._own[value]
                n = value - of.start if of is not None else -1
                if of is None or not 0 <= n < len(of.codes):
                    stretch.codes.append(NO_CODE)
                    continue
                code = of.codes[n]
                stretch.font = number
                stretch.codes.append(code)
                stretch.text[i] = self._text(number, code)
        chars.has_codes = True
        return chars

    def _text(self, number: int, code: int) -> str:
        key = (number, code)
        if key not in self._shown:
            self.drawn[number].add(code)
            self._shown[key] = self._said(self.fonts[number], code)
        return self._shown[key]

    @staticmethod
    def _said(font: PdfFont, code: int) -> str:
        """What the file says of a code. The layout parts words at spaces, so those are told by what is drawn."""
        shown = without_surrogates(font.shown(code))[0]
        blank = font.draws_nothing(code)
        if blank is False and shown.isspace():
            return "\ufffd"
        if blank and not shown.isalnum() and not shown.isprintable() and font.advance(code) > 0:
            return " "
        return shown or "\ufffd"

    def all_facts(self) -> Iterator[FontFacts]:
        """What the file says of each font, for the codes that were met."""
        for n, known in enumerate(self.facts):
            yield self.fonts[n].facts(self.drawn[n]) if n < len(self.fonts) else known

    # ------------------------------------------------------------ making the copy

    def mark(self, objects: FontObjects) -> bytes:
        """The copy of the file, with signs for codes."""
        own = _FIRST
        shared = _FIRST + _FOR_NAMELESS
        for number, font in enumerate(self.fonts):
            codes = font.codes()
            if font.embedded or font.kind == "Type3":
                signs = _Signs(shared, codes[: _LAST - shared + 1])
                self._shared[number] = signs
                font.rename(f"{_NAME}{number}")
            else:
                room = _FIRST + _FOR_NAMELESS - own
                used = font.said() if len(codes) > min(room, 256) else codes
                signs = _Signs(own, used[:room])
                for n in range(len(signs.codes)):
                    self._own[own + n] = (number, signs)
                own += len(signs.codes)
            if signs.codes:
                font.spec["/ToUnicode"] = objects.pdf.make_stream(write_ranges(_ranges(signs), font.composite))
        out = io.BytesIO()
        objects.pdf.save(out, compress_streams=False, object_stream_mode=ObjectStreamMode.preserve)
        return out.getvalue()


def _ranges(signs: _Signs) -> Iterator[tuple[int, int, int]]:
    """Stretches of consecutive codes: first, last, the first one's sign."""
    codes = signs.codes
    start = 0
    for n, (one, next_) in enumerate(pairwise([*codes, -2])):
        if next_ != one + 1:
            yield codes[start], one, signs.start + start
            start = n + 1


def marked_copy(objects: FontObjects) -> tuple[bytes, TokenFonts]:
    """The copy of an open file with signs for codes, and what reads them."""
    fonts: list[PdfFont] = [PdfFont(spec) for spec in objects.specs]
    for font in fonts:
        _ = font.to_unicode  # before the map is replaced
    tokens = TokenFonts(fonts)
    return tokens.mark(objects), tokens
