"""Vietnamese encodings from before Unicode, as their bytes show: tables of ``models/legacy.json``, and VIQR.

The bytes of such a text arrive as the characters of cp1252, or those from 0x80 to 0x9F as C1 controls; both are known here.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import regex

from congvan.config import models_dir
from congvan.errors import CongvanError
from congvan.language.folding import nfc

# White space that parts words. NBSP and the C1 control NEL do not: they are letters of VISCII (Õ, Ầ).
BLANK = " \t\r\n\f\v\u2000-\u200a\u2028\u2029\u3000"
# accepts a word with anything but ASCII signs, digits and white space inside ("Céng", "x·", "C\x12NG")
WORD = regex.compile(rf"[^{BLANK}!-/:-@\[-`{{-~0-9]+")
# accepts a letter with its marks in VIQR, or đ, or an escaped sign ("e^.", "o+'", "dd", "\.")
_VIQR = regex.compile(
    r"\\(?P<sign>.)|(?P<d>dd|DD|Dd)|(?P<letter>[AEIOUYaeiouy])(?P<shape>(?<=[Aa])[(^]|(?<=[Ee])\^|(?<=[Oo])[\^+]|(?<=[Uu])\+)?"
    r"(?P<tone>['`?~.])?"
)
_SHAPES = {"(": "\u0306", "^": "\u0302", "+": "\u031b"}
_VIQR_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}


class Encoding(NamedTuple):
    """An encoding: the name of its family, what shows -> letter, and the characters that only occur in what shows."""

    family: str
    title: str
    table: Mapping[str, str]
    shown: frozenset[str]


_TITLES = {
    "tcvn3": ("tcvn3", "TCVN3 (ABC)"),
    "tcvn5712": ("tcvn5712", "TCVN 5712"),
    "vni_win": ("vni", "VNI"),
    "viscii": ("viscii", "VISCII"),
    "vps": ("vps", "VPS"),
    "cp1258": ("cp1258", "Windows cp1258"),
    "bkhcm1": ("bkhcm1", "BK HCM 1"),
    "bkhcm2": ("bkhcm2", "BK HCM 2"),
}
VIQR = Encoding("viqr", "VIQR", {}, frozenset())
# the marks of cp1258, for letters that it has whole as well ("aì" beside "á")
_CP1258_MARKS = {"Ì": "\u0300", "ì": "\u0301", "Þ": "\u0303", "Ò": "\u0309", "ò": "\u0323"}


@cache
def encodings() -> tuple[Encoding, ...]:
    """All encodings with a table, the most frequent first.

    Raises:
        CongvanError: the model file is missing or damaged.
    """
    path = models_dir() / "legacy.json"
    try:
        tables = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as err:
        raise CongvanError("The model file legacy.json cannot be read.", "Run models/build_tables.py.") from err
    return tuple(_encoding(name, tables[name]) for name in _TITLES)


@cache
def by_family() -> dict[str, Encoding]:
    """The encodings by the names of their families, VIQR included."""
    return {e.family: e for e in (*encodings(), VIQR)}


def _encoding(name: str, table: dict[str, str]) -> Encoding:
    table = dict(table)
    if name == "cp1258":
        for vowel in "aeiouyAEIOUYâêôÂÊÔãõýÃÕÝ":
            for mark, combining in _CP1258_MARKS.items():
                table.setdefault(vowel + mark, nfc(table.get(vowel, vowel) + combining))
    for shown, letter in list(table.items()):
        table[_as_controls(shown)] = letter
    family, title = _TITLES[name]
    return Encoding(family, title, table, frozenset(c for key in table for c in key if not "A" <= c <= "z"))


def _as_controls(shown: str) -> str:
    """The same bytes read as Latin-1: C1 controls for what cp1252 has between 0x80 and 0x9F."""
    return "".join(chr(c.encode("cp1252", "ignore")[0]) if c > "\xff" else c for c in shown)


def decoded(word: str, encoding: Encoding) -> str:
    """A word with its characters, or pairs of them, replaced by the letters that they mean."""
    table = encoding.table
    out: list[str] = []
    i = 0
    while i < len(word):
        pair = table.get(word[i : i + 2]) if i + 1 < len(word) else None
        if pair is not None:
            out.append(pair)
            i += 2
        else:
            out.append(table.get(word[i], word[i]))
            i += 1
    return "".join(out)


def from_viqr(chunk: str) -> str:
    """A stretch without white space, read as VIQR ("Vie^.t")."""

    def letter(m: regex.Match[str]) -> str:
        if m["sign"]:
            return str(m["sign"])
        if m["d"]:
            return "đ" if m["d"] == "dd" else "Đ"
        marks = _SHAPES.get(m["shape"] or "", "") + _VIQR_TONES.get(m["tone"] or "", "")
        return unicodedata.normalize("NFC", m["letter"] + marks)

    return _VIQR.sub(letter, chunk)
