"""ToUnicode CMaps of a PDF: read, and change for all fonts of a file while nothing else in it changes.

Here an entry keeps how it was written (alone, or how far into a range), because that decides what the bug makes of it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from corpora.generator.render.tounicode import BLOCK

# accepts a block of a CMap with its content ("2 beginbfchar\n<03> <0020> ... endbfchar")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
# accepts a token of a block: a string in hexadecimal, or a bracket ("<1EA0>", "[")
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|([\[\]])")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one code means.

    Attributes:
        code: the bytes by which the page shows the glyph.
        start: UTF-16 (big endian) of the value at the start of the range; of this value itself where there is no range.
        step: how far after the start of its ``bfrange`` the code stands; None for a ``bfchar``. An element of an array is
            a range of its own, as readers treat it.
    """

    code: bytes
    start: bytes
    step: int | None = None

    @property
    def value(self) -> bytes:
        """UTF-16 of the value: the last unit of the start counts up."""
        size = len(self.start)
        return ((int.from_bytes(self.start) + (self.step or 0)) % (1 << 8 * size)).to_bytes(size)

    @property
    def text(self) -> str:
        """The value as text; halves of pairs and odd bytes are kept as well as Python can."""
        return self.value.decode("utf-16-be", "surrogatepass") if len(self.value) % 2 == 0 else ""


@dataclass(frozen=True, slots=True)
class Font:
    """A font of a PDF that has a ToUnicode CMap.

    Attributes:
        name: PostScript name without the tag of the subset.
        composite: True for Type0 (codes of two bytes), False for a simple font.
        cmap: its CMap as it stands in the file.
        entries: what that says, in the order of the codes.
        glyph_ids: code -> glyph id for a TrueType program; empty for a simple font, which tells by names or its own cmap.
    """

    name: str
    composite: bool
    cmap: bytes
    entries: tuple[Entry, ...]
    glyph_ids: Mapping[bytes, int] = field(default_factory=dict)


def parse(cmap: bytes) -> tuple[Entry, ...]:
    """The entries of a CMap, in the order of the codes; the last one of a code counts."""
    found: dict[bytes, Entry] = {}
    for kind, body in _BLOCK.findall(cmap):
        tokens = [m[2] or bytes.fromhex(m[1].decode()) for m in _TOKEN.finditer(body)]
        pairs = kind == b"bfchar"
        i = 0
        while i + (1 if pairs else 2) < len(tokens):
            first, last = tokens[i], tokens[i if pairs else i + 1]
            codes = [n.to_bytes(len(first)) for n in range(int.from_bytes(first), int.from_bytes(last) + 1)]
            i += 1 if pairs else 2
            if tokens[i] == b"[":
                stop = tokens.index(b"]", i)
                entries = [Entry(c, v, 0) for c, v in zip(codes, tokens[i + 1 : stop], strict=False)]
                i = stop
            else:
                entries = [Entry(c, tokens[i], None if pairs else k) for k, c in enumerate(codes)]
            found |= {e.code: e for e in entries}
            i += 1
    return tuple(found[code] for code in sorted(found))


def as_pdfwrite(entries: Sequence[Entry], name: str) -> bytes:
    """The CMap of a composite font as Ghostscript's pdfwrite writes it: each code a range of one."""
    return _cmap(name, 2, "bfrange", [f"<{e.code.hex()}><{e.code.hex()}><{e.value.hex()}>" for e in entries])


def one_byte_cmap(meanings: Mapping[int, str]) -> bytes:
    """The CMap of a simple font."""
    rows = [f"<{code:02x}><{text.encode('utf-16-be').hex()}>" for code, text in sorted(meanings.items())]
    return _cmap("Adobe-Identity-UCS", 1, "bfchar", rows)


def _cmap(name: str, width: int, kind: str, rows: list[str]) -> bytes:
    blocks = [rows[i : i + BLOCK] for i in range(0, len(rows), BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CMapType 2 def",
        f"/CMapName/{name} def",
        "1 begincodespacerange",
        f"<{'00' * width}><{'ff' * width}>",
        "endcodespacerange",
        *(line for block in blocks for line in (f"{len(block)} begin{kind}", *block, f"end{kind}")),
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end end",
    ]
    return ("\n".join(lines) + "\n").encode()


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a PDF: the same for the same content."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def fonts_of(pdf: bytes) -> list[Font]:
    """The fonts with a ToUnicode CMap, in the order of their objects."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [_font(spec) for spec in _specs(file)]


def change_maps(pdf: bytes, change: Callable[[int, Font], bytes | None]) -> bytes:
    """The file with the CMaps that ``change`` gives for font number n; None takes the CMap away.

    The streams are new, so fonts that share one CMap are changed each by itself. All other objects stay.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for n, spec in enumerate(_specs(file)):
            cmap = change(n, _font(spec))
            if cmap is None:
                del spec["/ToUnicode"]
            else:
                spec["/ToUnicode"] = file.make_stream(cmap)
        return saved(file)


def _specs(file: pikepdf.Pdf) -> list[Any]:
    return [
        o for o in file.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font" and "/ToUnicode" in o
    ]


def _font(spec: Any) -> Font:
    composite = spec["/Subtype"] == "/Type0"
    cmap = spec["/ToUnicode"].read_bytes()
    entries = parse(cmap)
    glyph_ids: dict[bytes, int] = {}
    if composite:
        table = spec["/DescendantFonts"][0].get("/CIDToGIDMap")
        data = table.read_bytes() if isinstance(table, pikepdf.Stream) else b""
        for e in entries:
            cid = int.from_bytes(e.code)
            glyph_ids[e.code] = int.from_bytes(data[2 * cid : 2 * cid + 2]) if data else cid
    return Font(str(spec["/BaseFont"]).lstrip("/").split("+")[-1], composite, cmap, entries, glyph_ids)
