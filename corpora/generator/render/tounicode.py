"""ToUnicode the way Word writes it, and read back.

A glyph that stands alone is a ``bfchar``; a run of consecutive glyph ids with consecutive code points is a ``bfrange``. Which
glyphs form a run depends on the letters that the font uses in the document, and so does what a faulty reader of ranges
makes of them: damage is done by changing :class:`Entry` objects and writing them with :func:`cmap`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

BLOCK: Final = 100  # the most entries that a section of a CMap may have

_HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TAIL: Final = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
# accepts a section with its kind and its entries: "2 beginbfchar <0003> <0020> <0024> <0041> endbfchar"
_SECTION: Final = re.compile(r"\bbegin(bfchar|bfrange)\b(.*?)\bend\1\b", re.DOTALL)
# accepts a hexadecimal string, the bracket that opens a list, the bracket that closes it: "<1EA1>", "[", "]"
_TOKEN: Final = re.compile(r"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


class Entry(NamedTuple):
    """Glyphs ``first`` to ``last``; the first means ``text``, each further one the next code point after its last letter."""

    first: int
    last: int
    text: str


def ranges(glyphs: Mapping[int, str]) -> list[list[int]]:
    """The glyph ids in order, as runs: ids and code points go up by one, and the high byte of both stays the same."""
    runs: list[list[int]] = []
    for glyph in sorted(glyphs):
        before = runs[-1][-1] if runs else -1
        if glyph == before + 1 and glyph >> 8 == before >> 8 and _follows(glyphs[before], glyphs[glyph]):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _follows(before: str, text: str) -> bool:
    if len(before) != 1 or len(text) != 1:
        return False
    return ord(text) == ord(before) + 1 and ord(text) >> 8 == ord(before) >> 8


def entries(glyphs: Mapping[int, str]) -> list[Entry]:
    """The runs of :func:`ranges` with the text of their first glyph."""
    return [Entry(run[0], run[-1], glyphs[run[0]]) for run in ranges(glyphs)]


def to_unicode(glyphs: Mapping[int, str]) -> bytes:
    """The CMap for {glyph id: text}, with Word's ranges."""
    return cmap(entries(glyphs))


def cmap(found: Iterable[Entry]) -> bytes:
    """The CMap of these entries: first all of one glyph, as ``bfchar``, then the longer ones, as ``bfrange``.

    The text is written as it is, so that a damaged one (a control character, a half surrogate) can be written too.
    """
    ordered = sorted(found)
    single = [f"<{e.first:04X}> <{_hex(e.text)}>\n" for e in ordered if e.first == e.last]
    longer = [f"<{e.first:04X}> <{e.last:04X}> <{_hex(e.text)}>\n" for e in ordered if e.first != e.last]
    body = "".join([*_sections("bfchar", single), *_sections("bfrange", longer)])
    return f"{_HEAD}{body}{_TAIL}".encode("ascii")


def _sections(kind: str, rows: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        yield f"{len(block)} begin{kind}\n{''.join(block)}end{kind}\n"


def _hex(text: str) -> str:
    return text.encode("utf-16-be", "surrogatepass").hex().upper()


def parse(data: bytes) -> list[Entry]:
    """The entries of a CMap in its order; a range with a list of texts becomes an entry for each."""
    found: list[Entry] = []
    for kind, body in _SECTION.findall(data.decode("latin-1")):
        tokens = iter(_TOKEN.findall(body))
        for first, _, _ in tokens:
            low = int(first, 16)
            high = low if kind == "bfchar" else int(next(tokens)[0], 16)
            value, opens, _ = next(tokens)
            if not opens:
                found.append(Entry(low, high, _text(value)))
                continue
            for glyph, (item, _, closes) in zip(range(low, high + 2), tokens, strict=False):
                if closes:
                    break
                found.append(Entry(glyph, glyph, _text(item)))
    return found


def _text(value: str) -> str:
    return bytes.fromhex(value).decode("utf-16-be", "surrogatepass")


def glyphs(found: Iterable[Entry]) -> dict[int, str]:
    """The inverse of :func:`entries`: what each glyph means. The last entry for a glyph holds."""
    return {
        first + k: text[:-1] + chr(ord(text[-1]) + k) if text else ""
        for first, last, text in found
        for k in range(last - first + 1)
    }
