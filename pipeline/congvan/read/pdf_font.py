"""One font of a PDF: its codes, what they are said to mean, and which glyph of its program each draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from congvan.document import FontFacts
from congvan.language.glyph_index import glyph_index
from congvan.read.glyf import BadGlyph
from congvan.read.outlines import Cmaps, Drawn, Program, glyph_hash, open_program
from congvan.read.pdf_cmaps import read_cmap
from congvan.read.surrogates import without_surrogates
from congvan.read.type3 import Type3

_SYMBOL = 0xF000  # a symbol font's cmap holds its codes from here on
_MOST_OUTLINES = 3_000  # of one font: a program may hold every script, a document draws some hundred glyphs
_MOST_CODES = 4_800
_LOW = 300  # glyph ids of Latin letters and spaces
_CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}


class PdfFont:
    """A font dictionary, read with care: what is malformed is as if it were not there.

    Attributes:
        spec: the font dictionary. name: with the tag of the subset. kind: as the file says (TrueType, Type0, Type1, Type3).
        composite: codes have two bytes.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.kind = _name(spec.get("/Subtype"))
        self.composite = self.kind == "Type0"
        self._below = self._descendant()
        self.name = _name(spec.get("/BaseFont")) or _name(self._below.get("/BaseFont"))
        descriptor = self._below.get("/FontDescriptor")
        self._descriptor: Any = descriptor if isinstance(descriptor, Dictionary) else {}

    def _descendant(self) -> Any:
        below = self.spec.get("/DescendantFonts")
        first = below[0] if isinstance(below, Array) and len(below) else None
        return first if isinstance(first, Dictionary) else self.spec

    # ------------------------------------------------------------ what the file says

    @cached_property
    def identity(self) -> bool:
        """Codes are character identifiers, two bytes each."""
        return self.composite and _name(self.spec.get("/Encoding")).startswith("Identity")

    @cached_property
    def to_unicode(self) -> dict[int, str] | None:
        """Code -> text of the ToUnicode CMap; None where there is none."""
        stream = self.spec.get("/ToUnicode")
        data = _bytes(stream)
        if data is None:
            return None
        return {code: without_surrogates(text)[0] for code, text in read_cmap(data).items()}

    @cached_property
    def _names(self) -> dict[int, str]:
        """Code -> glyph name, by the differences of the encoding."""
        encoding = self.spec.get("/Encoding")
        found: dict[int, str] = {}
        if self.composite or not isinstance(encoding, Dictionary):
            return found
        code = 0
        for item in _listed(encoding.get("/Differences")):
            if name := _name(item):
                found[code] = name
                code += 1
            elif isinstance(item, int):
                code = item
        return found

    @cached_property
    def _codec(self) -> str:
        """The encoding below the differences, "" where the file names none."""
        encoding = self.spec.get("/Encoding")
        if isinstance(encoding, Dictionary):
            encoding = encoding.get("/BaseEncoding")
        return _CODECS.get("/" + _name(encoding), "")

    def encoded(self, code: int) -> str:
        """Text of a code by the font's encoding, "" where it says nothing."""
        if self.composite or not 0 <= code < 256:
            return ""
        if name := self._names.get(code):
            from fontTools import agl  # type: ignore[import-untyped,unused-ignore]

            return without_surrogates(agl.toUnicode(name))[0]
        if self._codec:
            return bytes([code]).decode(self._codec, errors="ignore")
        if self.kind != "TrueType" and isinstance(self.program, Drawn):
            from fontTools import agl

            return without_surrogates(agl.toUnicode(self.program.encoding.get(code, "")))[0]
        return chr(code) if 0x20 <= code < 0x7F and not self.embedded else ""

    def shown(self, code: int) -> str:
        """What a reader shows for a code: ToUnicode, else the encoding; "" where neither tells."""
        return (self.to_unicode or {}).get(code) or self.encoded(code)

    @cached_property
    def widths(self) -> dict[int, float]:
        """Code -> advance in 1/1000 em, as the file lists it."""
        try:
            if self.composite:
                return _cid_widths(self._below.get("/W"))
            first = int(self.spec.get("/FirstChar", 0))
            scale = self.program.matrix[0] if isinstance(self.program, Type3) else 1.0
            return {first + n: scale * float(w) for n, w in enumerate(_listed(self.spec.get("/Widths"))) if n < 256}
        except (TypeError, ValueError, ArithmeticError):
            return {}

    # ------------------------------------------------------------ the program

    @cached_property
    def _opened(self) -> tuple[Program, Cmaps] | None:
        if self.kind == "Type3":
            try:
                return Type3(self.spec), Cmaps({})
            except Exception:  # qpdf raises all kinds of exceptions on malformed dictionaries
                return None
        for key in ("/FontFile2", "/FontFile3", "/FontFile"):
            data = _bytes(self._descriptor.get(key))
            if data is not None:
                try:
                    return open_program(data)
                except Exception:  # fontTools raises all kinds of exceptions on malformed programs
                    return None
        return None

    @property
    def program(self) -> Program | None:
        """The font program; None where there is none, or none that can be read."""
        return self._opened[0] if self._opened else None

    @cached_property
    def embedded(self) -> bool:
        """The font program is in the file."""
        return self.kind == "Type3" or any(key in self._descriptor for key in ("/FontFile2", "/FontFile3", "/FontFile"))

    @cached_property
    def _cid_map(self) -> bytes | None:
        return _bytes(self._below.get("/CIDToGIDMap"))

    def glyph(self, code: int) -> int | None:
        """The glyph that a code draws; without a program the character identifier, which often is the glyph id."""
        if self.composite:
            if not self.identity:
                return None
            if self._cid_map is not None:
                pair = self._cid_map[2 * code : 2 * code + 2]
                return int.from_bytes(pair) if len(pair) == 2 else None
            if isinstance(self.program, Drawn) and self.program.cids is not None:
                return self.program.cids.get(code)
            return code
        if self.program is None:
            return None
        if isinstance(self.program, Type3):
            return self._numbers.get(self._names.get(code, ""))
        if isinstance(self.program, Drawn):
            return self._numbers.get(self._names.get(code) or self._base_name(code))
        return self._true_type(code)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: n for n, name in enumerate(self.program.names)} if isinstance(self.program, Drawn | Type3) else {}

    def _base_name(self, code: int) -> str:
        if self._codec and isinstance(self.program, Drawn):
            from fontTools import agl

            text = bytes([code]).decode(self._codec, errors="ignore") if 0 <= code < 256 else ""
            return agl.UV2AGL.get(ord(text), "") if text else ""
        return self.program.encoding.get(code, "") if isinstance(self.program, Drawn) else ""

    def _true_type(self, code: int) -> int | None:
        """Simple TrueType (PDF 32000-1, 9.6.6.4): the symbol cmap, Unicode by the encoding, the Macintosh cmap."""
        assert self._opened is not None
        tables = self._opened[1].tables
        found: int | None = None
        if symbol := tables.get((3, 0)):
            found = symbol.get(_SYMBOL + code) or symbol.get(code)
        if found is None and (unicode_table := tables.get((3, 1))):
            text = self.encoded(code) or bytes([code & 0xFF]).decode("cp1252", errors="ignore")
            found = unicode_table.get(ord(text)) if len(text) == 1 else None
        if found is None and (macintosh := tables.get((1, 0))):
            found = macintosh.get(code)
        return found

    @cached_property
    def _letters(self) -> dict[int, str] | None:
        """Glyph -> character by the program's own Unicode cmap; of several the lowest code point."""
        table = self._opened[1].unicode if self._opened else None
        if table is None:
            return None
        return {glyph: without_surrogates(chr(value))[0] for value, glyph in sorted(table.items(), reverse=True)}

    def draws_nothing(self, code: int) -> bool | None:
        """True for a code whose glyph has no outline; None where it cannot be told."""
        glyph = self.glyph(code) if self.program is not None else None
        if self.program is None or glyph is None:
            return None
        return self.program.is_empty(glyph)

    def advance(self, code: int) -> float:
        """Advance in 1/1000 em, 0 where nothing tells."""
        width = self.widths.get(code)
        if width is None and self.program is not None and (glyph := self.glyph(code)) is not None:
            width = self.program.advance(glyph)
        return width or 0.0

    def _shapes(self, codes: list[int], glyphs: Mapping[int, int], outlines: Mapping[int, int]) -> dict[int, bytes]:
        """Pictures of the glyphs that no index knows, in a font that does not say what all of its codes mean."""
        program = self.program
        unknown = [
            glyphs[c] for c in codes if not glyph_index().drawings(outlines.get(glyphs.get(c, -1), -1)) and c in glyphs
        ]
        if program is None or not unknown or all(self.shown(c).isprintable() and self.shown(c) for c in codes):
            return {}
        from congvan.read.rasters import packed

        found: dict[int, bytes] = {}
        for glyph in unknown[:_MOST_SHAPES]:
            try:
                if (contours := program.contours(glyph)) and (picture := packed(contours, program.em)):
                    found[glyph] = picture
            except BadGlyph:
                continue
        return found

    # ------------------------------------------------------------ together

    def codes(self) -> list[int]:
        """Every code that a page may draw, as far as it can be told; at most some thousand."""
        if not self.composite:
            return list(range(256))
        named = {*(self.to_unicode or ()), *self.widths}
        if self.program is not None and self.identity and self._cid_map is None and not isinstance(self.program, Drawn):
            program = self.program
            named.update(range(min(program.count, _LOW)))  # spaces have no outline, and stand there
            named.update(n for n in range(program.count) if not program.is_empty(n))
        elif isinstance(self.program, Drawn) and self.program.cids is not None:
            named.update(self.program.cids)
        elif self._cid_map is not None:
            named.update(n for n in range(len(self._cid_map) // 2) if self._cid_map[2 * n : 2 * n + 2] != b"\0\0")
        elif isinstance(self.program, Drawn):
            named.update(range(self.program.count))
        return sorted(c for c in named if 0 <= c < 0x10000)[:_MOST_CODES]

    def said(self) -> list[int]:
        """The codes that the file itself speaks of."""
        return sorted({*(self.to_unicode or ()), *self.widths, *self._names})

    def rename(self, name: str) -> None:
        """Give the font another name, in a copy that is read and thrown away."""
        self.spec["/BaseFont"] = Name(f"/{name}")
        if self._below is not self.spec:
            self._below["/BaseFont"] = Name(f"/{name}")

    def meant(self) -> list[int]:
        """The codes that are likely drawn: those that the map, the widths or the outlines of a subset name."""
        if self.to_unicode:
            return sorted(self.to_unicode)
        program = self.program
        named = [c for c in self.codes() if c in self.widths or not self.composite]
        if program is not None:
            return [c for c in named or self.codes() if (g := self.glyph(c)) is not None and not program.is_empty(g)]
        return named

    def facts(self, drawn: Iterable[int] | None = None) -> FontFacts:
        """What the file says, for the codes that are drawn (None: for those that likely are)."""
        codes = sorted(self.meant() if drawn is None else drawn)
        glyphs = {code: glyph for code in codes if (glyph := self.glyph(code)) is not None}
        outlines: dict[int, int] = {}
        empty: set[int] = set()
        program = self.program
        if program is not None:
            for glyph in sorted(set(glyphs.values()))[:_MOST_OUTLINES]:
                try:
                    outline = glyph_hash(program, glyph)
                except BadGlyph:
                    continue
                if outline is None:
                    empty.add(glyph)
                else:
                    outlines[glyph] = outline
        shapes = {} if drawn is None else self._shapes(codes, glyphs, outlines)
        own: Mapping[int, str] | None = None
        if self._letters is not None:
            own = {code: self._letters[glyph] for code, glyph in glyphs.items() if glyph in self._letters}
        to_unicode = self.to_unicode
        return FontFacts(
            self.name,
            kind=self.kind,
            to_unicode=None if to_unicode is None else {c: to_unicode[c] for c in codes if c in to_unicode},
            encoded={code: text for code in codes if (text := self.encoded(code))},
            own_cmap=own,
            glyph_ids=glyphs if program is not None or self.identity else {},
            outlines=outlines,
            empty=frozenset(empty),
            shapes=shapes,
            widths={code: self.advance(code) for code in codes},
            embedded=self.embedded,
        )


_MOST_SHAPES = 400  # of one font


def facts_of(font: PdfFont, drawn: Iterable[int] | None = None) -> FontFacts:
    """:meth:`PdfFont.facts` of a font that may be malformed in a way nobody thought of: then its name alone."""
    try:
        return font.facts(drawn)
    except Exception:  # qpdf and fontTools raise all kinds of exceptions
        return FontFacts(font.name, kind=font.kind)


def _name(value: object) -> str:
    """A name without its slash, "" for anything else."""
    if not isinstance(value, Name):
        return ""
    try:
        return str(value)[1:]
    except UnicodeDecodeError:  # older than Unicode
        return value.unparse()[1:].decode("latin-1")


def _listed(value: Any) -> list[Any]:
    """The items of an array; none for anything else."""
    return list(value) if isinstance(value, Array) else []


def _bytes(stream: Any) -> bytes | None:
    """Content of a stream; None where there is none, or it cannot be unpacked."""
    if not isinstance(stream, Stream):
        return None
    try:
        return bytes(stream.read_bytes())
    except Exception:  # qpdf raises all kinds of exceptions on malformed streams
        return None


def _cid_widths(listed: Any) -> dict[int, float]:
    """The W array: ``first [w w w]`` and ``first last w``."""
    found: dict[int, float] = {}
    items = _listed(listed)
    i = 0
    while i + 1 < len(items):
        first = int(items[i])
        if isinstance(items[i + 1], Array):
            for n, width in enumerate(items[i + 1]):
                found[first + n] = float(width)
            i += 2
        elif i + 2 < len(items):
            for code in range(first, min(int(items[i + 1]), first + 0xFFFF) + 1):
                found[code] = float(items[i + 2])
            i += 3
        else:
            break
    return found
