"""Damage to a text without its PDF: what someone has who copied it out, or converted it.

A family turns the styled runs of a whole file, in order, into their damaged strings, one for each run. Bold, italic and
upright are fonts of their own; what becomes of a letter depends on the other letters that its font shows in the file.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol

from congvan.language.ghostscript import REPLACEMENT, garbled
from corpora.generator.damage.encodings import encode, letters, shown, viqr
from corpora.generator.damage.times_new_roman import glyph_ids
from corpora.generator.render.tounicode import ranges


class Styled(Protocol):
    """A stretch of text of one style, as :class:`corpora.generator.model.Run` is."""

    @property
    def text(self) -> str:
        """Its characters."""

    @property
    def bold(self) -> bool:
        """Set in bold."""

    @property
    def italic(self) -> bool:
        """Set in italics."""


Family = Callable[[Sequence[Styled]], list[str]]
# letters -> what becomes of them, given all characters of a font and whether it is an italic one
ByFont = Callable[[set[str], bool], Mapping[str, str]]

# letters of other scripts that look like those of Vietnamese, as theses put them against copying
_LOOK_ALIKE = str.maketrans("CcHhNnGgyvpbo", "ເເҺһПпǤǥɣѵρь0")
_LATIN_LOOK_ALIKE = str.maketrans("ĐđƯư", "ÐðƢƣ")
_HORN = "\u031b"
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
# accepts the space after a word that ends in a vowel with a mark, before a letter ("đề tài": the space)
_SPACE_AFTER_MARK = re.compile(r"(?<=[À-ỹ]) (?=[^\W\d_])")
# accepts the place between two letters, one of them beyond ASCII ("c|ủ|a")
_SEAM = re.compile(r"(?<=[^\W\d_])(?=[À-ỹ])|(?<=[À-ỹ])(?=[^\W\d_])")
# How many of the places lose a space, or get one.
_LOST, _INSERTED = 0.5, 0.15


# ---------------------------------------------------------------- a table for each font


def _fonts(by_font: ByFont, runs: Sequence[Styled]) -> list[str]:
    used: dict[tuple[bool, bool], set[str]] = {}
    for run in runs:
        used.setdefault((run.bold, run.italic), set()).update(run.text)
    tables = {style: {ord(c): v for c, v in by_font(font, style[1]).items()} for style, font in used.items()}
    return [run.text.translate(tables[run.bold, run.italic]) for run in runs]


def _runs(used: set[str], italic: bool) -> dict[str, str]:
    """Ghostscript on Word's ranges: a letter without a neighbour in use is a ``bfchar``, which stays right."""
    glyphs = {gid: letter for letter, gid in glyph_ids(italic).items() if letter in used}
    runs = [run for run in ranges(glyphs) if len(run) > 1]
    found = {glyphs[gid]: garbled(glyphs[gid], k) for run in runs for k, gid in enumerate(run)}
    return {letter: value for letter, value in found.items() if value != letter}


def _arrays(used: set[str], italic: bool) -> dict[str, str]:
    """As :func:`_runs`, and Word's arrays: ơ and Ư are neighbours by glyph id only, so they are written as a list.

    Each element of a list is a range of its own. Where Ơ is used, ơ stands in a range with it instead, and ư takes Ư.
    """
    table = _runs(used, italic)
    if {"ơ", "Ư"} <= used and "Ơ" not in used:
        table["ơ"] = garbled("ơ", 0)
        table.setdefault("Ư", garbled("Ư", 0))
    return table


def _one_entry(used: Iterable[str], _: bool) -> dict[str, str]:
    """Ghostscript on ranges of one."""
    return {c: garbled(c, 0) for c in used if c > "\u00ff"}


def _twice(used: set[str], italic: bool) -> dict[str, str]:
    """Ghostscript on its own output: ranges of one, whatever they were before."""
    first = {c: c for c in used} | _runs(used, italic)
    second = _one_entry(first.values(), italic)
    return {c: second.get(value, value) for c, value in first.items()}


def _replaced(used: set[str], italic: bool) -> dict[str, str]:
    """Ghostscript on Word's ranges; who extracted the text put U+FFFD for control characters."""
    return {c: REPLACEMENT if v < " " else v for c, v in _runs(used, italic).items()}


def _low_byte(used: set[str], _: bool) -> dict[str, str]:
    """UTF-16 cut to its low byte."""
    return {c: chr(ord(c) & 0xFF) for c in used if c > "\u00ff"}


def _glyph_id(used: set[str], italic: bool) -> dict[str, str]:
    """Letters beyond Latin-1 shown as their glyph ids in Times New Roman."""
    return {c: chr(gid) for c, gid in glyph_ids(italic).items() if c in used and c > "\u00ff"}


def _ascii_shift(used: set[str], italic: bool) -> dict[str, str]:
    """Every character shown as its glyph id in Times New Roman."""
    return {c: chr(gid) for c, gid in glyph_ids(italic).items() if c in used}


# ---------------------------------------------------------------- the same for all fonts


def _each(change: Callable[[str], str], runs: Sequence[Styled]) -> list[str]:
    return [change(run.text) for run in runs]


def _tcvn3(text: str, keep_case: bool = False) -> str:
    return "".join(piece.text for piece in letters(text, "tcvn3", keep_case))


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _horn_apart(text: str) -> str:
    """Only ơ and ư are taken apart: o + horn, and the tone after it."""
    return "".join(_decomposed(c) if _HORN in _decomposed(c) else c for c in text)


def _tone_apart(text: str) -> str:
    """Letter with its circumflex, breve or horn, then the tone: what Vietnamese keyboards call composite Unicode."""
    return "".join(_letter_and_tone(c) for c in text)


def _letter_and_tone(letter: str) -> str:
    parts = _decomposed(letter)
    tone = "".join(c for c in parts if c in _TONES)
    base = "".join(c for c in parts if c not in _TONES)
    return unicodedata.normalize("NFC", base) + tone if tone else letter


def _mojibake(text: str, times: int = 1) -> str:
    for _ in range(times):
        text = shown(text.encode("utf-8"))
    return text


def _drawn(place: re.Pattern[str], put: str, share: float, runs: Sequence[Styled]) -> list[str]:
    """Some of the places get ``put``; which ones depends on the text alone."""
    draw = random.Random("\n".join(run.text for run in runs))
    return [place.sub(lambda m: put if draw.random() < share else m[0], run.text) for run in runs]


FAMILIES: Mapping[str, Family] = {
    "ghostscript-runs": partial(_fonts, _runs),
    "ghostscript-arrays": partial(_fonts, _arrays),
    "ghostscript-one-entry": partial(_fonts, _one_entry),
    "ghostscript-twice": partial(_fonts, _twice),
    "ghostscript-replaced": partial(_fonts, _replaced),
    "low-byte": partial(_fonts, _low_byte),
    "glyph-id-as-code": partial(_fonts, _glyph_id),
    "ascii-shift": partial(_fonts, _ascii_shift),
    "tcvn3": partial(_each, _tcvn3),
    "tcvn3-shift": partial(_each, partial(_tcvn3, keep_case=True)),
    "tcvn5712": partial(_each, partial(encode, name="tcvn5712")),
    "vni": partial(_each, partial(encode, name="vni_win")),
    "viscii": partial(_each, partial(encode, name="viscii")),
    "vps": partial(_each, partial(encode, name="vps")),
    "cp1258": partial(_each, partial(encode, name="cp1258")),
    "viqr": partial(_each, viqr),
    "decomposed": partial(_each, _decomposed),
    "decomposed-horn": partial(_each, _horn_apart),
    "decomposed-tone": partial(_each, _tone_apart),
    "look-alike": partial(_each, lambda text: text.translate(_LOOK_ALIKE)),
    "look-alike-latin": partial(_each, lambda text: text.translate(_LATIN_LOOK_ALIKE)),
    "lost-space": partial(_drawn, _SPACE_AFTER_MARK, "", _LOST),
    "inserted-space": partial(_drawn, _SEAM, " ", _INSERTED),
    "mojibake": partial(_each, _mojibake),
    "mojibake-twice": partial(_each, partial(_mojibake, times=2)),
}
