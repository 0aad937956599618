"""The evidence path: every character with its font object and its code, as fast as the fast path.

PDFium tells no codes, but it does what ToUnicode says. So it reads a copy of the file, in memory, in which each font's map gives
for each code a sign of the private use area that stands for that code, and in which each embedded font has a name that is its
number. Places and boxes are those of the file: neither depends on the map.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pikepdf import ObjectStreamMode

from congvan.document import FontFacts, RawPage, Run
from congvan.read.pdf_chars import NO_CODE, Chars
from congvan.read.pdf_cmaps import write_ranges
from congvan.read.pdf_font import PdfFont, facts_of
from congvan.read.pdf_objects import FontObjects
from congvan.read.surrogates import without_surrogates

_FIRST, _LAST = 0xE000, 0xF8FF  # the private use area
_FOR_NAMELESS = 1_536  # signs kept for fonts that must keep their name, which share none
_NAME = "CongvanFont"
_UNKNOWN = 0xF0000  # plane 15: stands for what nothing is known of, while a page is laid out


@dataclass(slots=True)
class _Signs:
    """The signs of one font: sign number n stands for ``codes[n]``."""

    start: int
    codes: list[int]


@dataclass(slots=True)
class TokenFonts:
    """The fonts of the copy: what the reader of pages asks for their numbers, and what turns signs into codes.

    Attributes:
        fonts: every font of the file. letters: (font, code) -> what is known to be drawn, for the layout alone.
        facts: for the reader: the names of the fonts; fonts without a number come behind them.
        drawn: for each font the codes that were met.
    """

    fonts: list[PdfFont]
    letters: Mapping[tuple[int, int], str] = field(default_factory=dict)
    facts: list[FontFacts] = field(default_factory=list)
    drawn: list[set[int]] = field(default_factory=list)
    _shared: dict[int, _Signs] = field(default_factory=dict)
    _own: dict[int, tuple[int, _Signs]] = field(default_factory=dict)
    _others: dict[tuple[str, bool], int] = field(default_factory=dict)
    _shown: dict[tuple[int, int], str] = field(default_factory=dict)
    _said: dict[tuple[int, int], str] = field(default_factory=dict)  # where that is not what the layout is shown

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
        """What the layout is shown for a code: it parts words at spaces and knows marks of lists, so it needs the truth."""
        key = (number, code)
        if key not in self._shown:
            self.drawn[number].add(code)
            font = self.fonts[number]
            said = without_surrogates(font.shown(code))[0] or "\ufffd"
            shown = self.letters.get(key, said)
            if len(shown) != 1 and shown != said:
                shown = said
            blank = font.draws_nothing(code)
            if "\ufffd" in shown or (blank is False and shown.isspace()):
                shown = chr(_UNKNOWN + len(self._shown) % 0xFFFF)  # unlike any other, and no space
            elif blank and not shown.isprintable() and font.advance(code) > 0:
                shown = " "
            self._shown[key] = shown
            if shown != said:
                self._said[key] = said if len(said) == 1 and not said.isspace() else "\ufffd"
        return self._shown[key]

    def as_said(self, pages: Iterable[RawPage]) -> tuple[RawPage, ...]:
        """The pages with the text that the file gives, now that they are laid out."""
        if not self._said:
            return tuple(pages)
        return tuple(
            replace(page, blocks=tuple(replace(b, runs=tuple(map(self._run, b.runs))) for b in page.blocks))
            for page in pages
        )

    def _run(self, run: Run) -> Run:
        if run.codes is None or run.font is None:
            return run
        font, said = run.font, self._said
        text = "".join(said.get((font, code), c) for c, code in zip(run.text, run.codes, strict=True))
        return run if text == run.text else replace(run, text=text)

    def all_facts(self) -> Iterator[FontFacts]:
        """What the file says of each font, for the codes that were met."""
        for n, known in enumerate(self.facts):
            yield facts_of(self.fonts[n], self.drawn[n]) if n < len(self.fonts) else known

    # ------------------------------------------------------------ making the copy

    def mark(self, objects: FontObjects) -> bytes:
        """The copy of the file, with signs for codes."""
        own = _FIRST
        shared = _FIRST + _FOR_NAMELESS
        for number, font in enumerate(self.fonts):
            try:
                codes = font.codes()
                if font.embedded:
                    signs = _Signs(shared, codes[: _LAST - shared + 1])
                else:
                    room = _FIRST + _FOR_NAMELESS - own
                    used = font.said() if len(codes) > min(room, 256) else codes
                    signs = _Signs(own, used[:room])
                if not signs.codes:
                    continue
                font.spec["/ToUnicode"] = objects.pdf.make_stream(write_ranges(_ranges(signs), font.composite))
                if font.embedded:
                    font.rename(f"{_NAME}{number}")
            except Exception:  # a malformed font is read as it stands
                continue
            if font.embedded:
                self._shared[number] = signs
            else:
                self._own.update((own + n, (number, signs)) for n in range(len(signs.codes)))
                own += len(signs.codes)
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


def marked_copy(objects: FontObjects, letters: Mapping[tuple[int, int], str]) -> tuple[bytes, TokenFonts]:
    """The copy of an open file with signs for codes, and what reads them; ``letters`` as of :class:`TokenFonts`."""
    fonts: list[PdfFont] = [PdfFont(spec) for spec in objects.specs]
    for font in fonts:
        _ = font.to_unicode  # before the map is replaced
    tokens = TokenFonts(fonts, letters)
    return tokens.mark(objects), tokens
