"""ToUnicode CMaps: read as viewers read them, and written anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import regex

_MOST = 70_000  # entries of one CMap; a code has two bytes
_BLOCK = 100  # the most entries that a section may have

# accepts a section of a CMap with its content: "2 beginbfchar <03> <0020> <04> <1EA1> endbfchar"
_SECTION = regex.compile(rb"begin(bfchar|bfrange)(.*?)(?:endbf|\Z)", regex.DOTALL)
# accepts a token of a section: a string in hexadecimal, or a bracket: "<1EA0>", "[", "]"
_TOKEN = regex.compile(rb"<([0-9A-Fa-f\s]*)>|([\[\]])")


def read_cmap(data: bytes) -> dict[int, str]:
    """Code -> text. What breaks the format is passed over; of several entries for a code the last one holds."""
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(data):
        tokens = [m[2] or _bytes(m[1]) for m in _TOKEN.finditer(body)]
        if kind == b"bfchar":
            for source, value in zip(tokens[::2], tokens[1::2], strict=False):
                found[int.from_bytes(source)] = _text(value)
        else:
            _ranges(tokens, found)
        if len(found) > _MOST:
            break
    return found


def _bytes(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _text(value: bytes) -> str:
    if len(value) % 2:
        value = b"\0" + value
    return value.decode("utf-16-be", errors="replace").rstrip("\0") or "\0"


def _ranges(tokens: list[bytes], found: dict[int, str]) -> None:
    i = 0
    while i + 2 < len(tokens) and len(found) <= _MOST:
        low = int.from_bytes(tokens[i])
        high = low & ~0xFF | int.from_bytes(tokens[i + 1]) & 0xFF  # only the last byte of a code may vary
        if tokens[i + 2] == b"[":
            stop = tokens.index(b"]", i) if b"]" in tokens[i:] else len(tokens)
            for code, value in zip(range(low, high + 1), tokens[i + 3 : stop], strict=False):
                found[code] = _text(value)
            i = stop + 1
            continue
        start = tokens[i + 2] or b"\0\0"
        width = len(start)
        for code in range(low, high + 1):
            number = (int.from_bytes(start) + code - low) & ((1 << 8 * width) - 1)
            found[code] = _text(number.to_bytes(width))
        i += 3


def write_cmap(meanings: Mapping[int, str], wide: bool) -> bytes:
    """A CMap that says what each code means.

    Beyond Latin-1 each code is an entry of its own: the reader with Ghostscript's bug takes ranges amiss there, and no others.

    Args:
        wide: codes have two bytes (a composite font), else one.
    """
    digits = 4 if wide else 2
    said = {code: text for code, text in sorted(meanings.items()) if text and 0 <= code < 1 << 4 * digits}
    single: list[str] = []
    ranges: list[str] = []
    codes = list(said)
    i = 0
    while i < len(codes):
        first = last = codes[i]
        while i + 1 < len(codes) and _goes_on(said, last, codes[i + 1]):
            i += 1
            last = codes[i]
        i += 1
        value = said[first].encode("utf-16-be", "surrogatepass").hex()
        if last > first:
            ranges.append(f"<{first:0{digits}x}><{last:0{digits}x}><{value}>")
        else:
            single.append(f"<{first:0{digits}x}><{value}>")
    return _cmap([*_sections("bfchar", single), *_sections("bfrange", ranges)], digits)


def _goes_on(said: Mapping[int, str], last: int, code: int) -> bool:
    """A code continues a range of Latin-1: the next code, the next character, no border of 256 between."""
    one, other = said[last], said[code]
    return (
        code == last + 1
        and code & 0xFF != 0
        and len(one) == len(other) == 1
        and ord(other) == ord(one) + 1
        and ord(other) < 0x100
    )


def write_ranges(ranges: Iterable[tuple[int, int, int]], wide: bool) -> bytes:
    """A CMap of ranges (first code, last code, first code point) that may cross the borders of 256."""
    digits = 4 if wide else 2
    rows: list[str] = []
    for first, last, value in ranges:
        start = first
        while start <= last:
            stop = min(last, start | 0xFF)
            rows.append(f"<{start:0{digits}X}> <{stop:0{digits}X}> <{value + start - first:04X}>")
            start = stop + 1
    return _cmap(_sections("bfrange", rows), digits)


def _sections(kind: str, rows: list[str]) -> list[str]:
    out: list[str] = []
    for i in range(0, len(rows), _BLOCK):
        block = rows[i : i + _BLOCK]
        out += [f"{len(block)} begin{kind}", *block, f"end{kind}"]
    return out


def _cmap(body: list[str], digits: int) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<{'0' * digits}> <{'F' * digits}>",
        "endcodespacerange",
        *body,
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ]
    return ("\n".join(lines) + "\n").encode("ascii")
