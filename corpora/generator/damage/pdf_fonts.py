"""Damage to the ToUnicode CMaps of a PDF other than Ghostscript's: the pages look the same, the text does not."""

from __future__ import annotations

import random
from collections.abc import Callable

from corpora.generator.damage.ghostscript import buggy_map
from corpora.generator.damage.times_new_roman import glyph_ids
from corpora.generator.damage.tounicode import Entry, Font, change_maps, fonts_of
from corpora.generator.render import tounicode as word

Meaning = Callable[[Font, Entry], str]


def glyph_id_as_code(pdf: bytes) -> bytes:
    """Letters beyond Latin-1 become the character whose code point is their glyph id in this font."""
    return _by_meaning(pdf, _own_id)


def times_id_as_code(pdf: bytes) -> bytes:
    """As :func:`glyph_id_as_code`, with the glyph ids of Times New Roman: "CӜNG HÒA", "cӫa", as most such files look."""
    return _by_meaning(pdf, _times_id)


def ascii_shift(pdf: bytes) -> bytes:
    """Every character becomes its glyph id: "CH" is "&+", as where a reader without a map takes codes for characters."""
    return _by_meaning(pdf, lambda font, e: chr(font.glyph_ids[e.code]))


def low_byte(pdf: bytes) -> bytes:
    """UTF-16 cut to its low byte: ư is °, ế is ¿, Đ is U+0010."""
    return _by_meaning(pdf, _cut)


def byte_swap(pdf: bytes) -> bytes:
    """The bytes of each character swapped: "f" is 昀. A space becomes U+2000, which is a space as well."""
    return _by_meaning(pdf, lambda _, e: "".join(_swapped(c) for c in e.text))


def no_tounicode(pdf: bytes) -> bytes:
    """All CMaps gone: what a reader shows depends on the font programs alone."""
    return change_maps(pdf, lambda _, font: None if font.composite else font.cmap)


def mixed_fonts(pdf: bytes, seed: int) -> bytes:
    """Each font damaged in its own way: one by Ghostscript's bug, one healthy, the others by what the seed draws.

    The font with the most letters beyond Latin-1 gets the bug, so that the file is damaged whatever the seed; a file of
    one font has no healthy one.
    """
    fonts = [font for font in fonts_of(pdf) if font.composite]
    ranks = sorted(range(len(fonts)), key=lambda n: (-sum(e.text > "\u00ff" for e in fonts[n].entries), fonts[n].name))
    draw = random.Random(f"mixed fonts {seed}")
    others = [draw.choice(list(_WAYS.values())) for _ in ranks[1:]]
    if others:
        others[draw.randrange(len(others))] = _healthy
    ways = dict(zip(ranks, [buggy_map, *others], strict=True))
    numbers = iter(range(len(fonts)))
    return change_maps(pdf, lambda n, font: ways[next(numbers)](n, font) if font.composite else font.cmap)


def _by_meaning(pdf: bytes, meaning: Meaning) -> bytes:
    return change_maps(pdf, lambda _, font: _changed(font, meaning))


def _changed(font: Font, meaning: Meaning) -> bytes:
    if not font.composite:
        return font.cmap
    codes = ((int.from_bytes(e.code), meaning(font, e)) for e in font.entries)
    return word.cmap(word.Entry(code, code, text) for code, text in codes)


def _own_id(font: Font, e: Entry) -> str:
    return chr(font.glyph_ids[e.code]) if max(e.text, default="") > "\u00ff" else e.text


def _times_id(font: Font, e: Entry) -> str:
    ids = glyph_ids("Italic" in font.name)
    return "".join(chr(ids.get(c, ord(c))) if c > "\u00ff" else c for c in e.text)


def _cut(_: Font, e: Entry) -> str:
    return "".join(chr(ord(c) & 0xFF) for c in e.text)


def _swapped(letter: str) -> str:
    code = ord(letter)
    return chr((code & 0xFF) << 8 | code >> 8) if code < 0x10000 else letter


def _healthy(_: int, font: Font) -> bytes:
    return font.cmap


_WAYS: dict[str, Callable[[int, Font], bytes | None]] = {
    "ghostscript": buggy_map,
    "no-map": lambda _, font: None,
    "low-byte": lambda _, font: _changed(font, _cut),
    "glyph-id-as-code": lambda _, font: _changed(font, _times_id),
}

FAMILIES: dict[str, Callable[[bytes], bytes]] = {
    "glyph-id-as-code": glyph_id_as_code,
    "times-id-as-code": times_id_as_code,
    "ascii-shift": ascii_shift,
    "low-byte": low_byte,
    "byte-swap": byte_swap,
    "no-map": no_tounicode,
}
