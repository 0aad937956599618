"""Vietnamese encodings from before Unicode: a text as it shows where their bytes are read as cp1252.

The tables of TCVN3, VNI, VISCII and VPS are those by which the package recognises them (``models/legacy.json``); what they
leave out, because its codes are ASCII control characters, stands here, with the capitals of TCVN 5712.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Literal, NamedTuple

from congvan.config import models_dir

Face = Literal["plain", "capital", "other"]

# the codes below 0x20 of VISCII and VPS
_CONTROLS = {
    "viscii": {"Ẳ": 0x02, "Ẵ": 0x05, "Ẫ": 0x06, "Ỷ": 0x14, "Ỹ": 0x19, "Ỵ": 0x1E},
    "vps": {
        "Ạ": 0x02, "Ậ": 0x03, "Ặ": 0x04, "Ẹ": 0x05, "Ệ": 0x06, "Ị": 0x10, "Ọ": 0x11, "Ộ": 0x12, "Ợ": 0x13, "Ụ": 0x14,
        "Ự": 0x15, "Ỵ": 0x19, "Ẫ": 0x1C, "Ữ": 0x1D,
    },
}  # fmt: skip
# TCVN 5712 (VN1) is TCVN3 and codes for the capitals with a tone
_TCVN5712_CAPITALS = dict(
    zip(
        "ÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ",
        bytes.fromhex(
            "8380818284c4c1c2c386c0afbabf85" "8a8788898bdac5cdd98c" "908d8e8f91" "9592939496ffdbe0f0979b98999a9c"
            "019d9e9f021104050612" "1613141517"
        ),
        strict=True,
    )
)  # fmt: skip
# the combining marks, and how VIQR writes them
_VIQR = {
    "\u0306": "(",
    "\u0302": "^",
    "\u031b": "+",
    "\u0301": "'",
    "\u0300": "`",
    "\u0309": "?",
    "\u0303": "~",
    "\u0323": ".",
}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# the same marks in cp1258
_CP1258 = {"\u0300": 0xCC, "\u0301": 0xEC, "\u0303": 0xDE, "\u0309": 0xD2, "\u0323": 0xF2}
_VIQR_SIGNS = frozenset(_VIQR.values())
# accepts a word of letters ("Ủy", "HÒA")
_WORD = re.compile(r"[^\W\d_]+")


class Piece(NamedTuple):
    """A stretch of a text that one font shows: the normal one, the one of capitals (.VnTimeH), or one of Unicode."""

    text: str
    face: Face


@cache
def table(name: str) -> Mapping[str, str]:
    """Letter -> what shows. Names: tcvn3, tcvn5712, vni_win, viscii, vps, cp1258."""
    if name == "cp1258":
        return {c: _cp1258(c) for c in table("tcvn5712")}
    if name == "tcvn5712":
        return {**table("tcvn3"), **{letter: shown(bytes([code])) for letter, code in _TCVN5712_CAPITALS.items()}}
    tables = json.loads((models_dir() / "legacy.json").read_text(encoding="utf-8"))
    found = {letter: text for text, letter in tables[name].items()}
    return found | {letter: chr(code) for letter, code in _CONTROLS.get(name, {}).items()}


def shown(code: bytes) -> str:
    """Bytes read as cp1252; the five that it lacks as Latin-1, as programs do."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in code)


def as_bytes(text: str) -> bytes:
    """The inverse of :func:`shown`."""
    return b"".join(c.encode("cp1252", "ignore") or c.encode("latin-1") for c in text)


def encode(text: str, name: str) -> str:
    """The text in an encoding; what the encoding does not have stays."""
    return text.translate({ord(c): code for c, code in table(name).items()})


def viqr(text: str) -> str:
    """The text in VIQR ("Vie^.t"); a real sign that would be read as a mark of the vowel before it gets a backslash."""
    out: list[str] = []
    vowel = False
    for c in text:
        base, marks = (parts := unicodedata.normalize("NFD", c))[0], parts[1:]
        if c in "đĐ":
            out.append(2 * ("d" if c == "đ" else "D"))
        elif marks and all(m in _VIQR for m in marks):
            out += [base, *(_VIQR[m] for m in sorted(marks, key=_TONES.__contains__))]
        else:
            out.append("\\" + c if vowel and c in _VIQR_SIGNS else c)
        vowel = base in "AEIOUYaeiouy"
    return "".join(out)


def letters(text: str, name: str, keep_case: bool = False) -> list[Piece]:
    """Each character of a text of one style as the encoding has it, and in which font it stands.

    TCVN3 has no code for a capital with a tone; such letters are set in .VnTimeH, whose small letters look like capitals.
    A text in capitals stands there as a whole, so does a word in capitals; elsewhere only the letter.

    Args:
        text: text of one style.
        name: tcvn3, or the name of an encoding that has all letters (see :func:`table`).
        keep_case: among capitals what has a code as a capital keeps it ("CéNG HßA"), as where the typist holds Shift.
    """
    if name != "tcvn3":
        return [_letter(c, "plain", name) for c in text]
    if _all_capitals(text):
        return [_capital(c, keep_case) for c in text]
    found: list[Piece] = []
    for c, whole in _with_words(text):
        if _all_capitals(c) or _all_capitals(whole):
            found.append(_capital(c, keep_case))
        else:
            found.append(_letter(c, "plain", name))
    return found


def pieces(text: str, name: str, keep_case: bool = False) -> list[Piece]:
    """The same, joined to the longest stretches of one font."""
    by_font = groupby(letters(text, name, keep_case), key=lambda piece: piece.face)
    return [Piece("".join(piece.text for piece in group), face) for face, group in by_font]


def _with_words(text: str) -> list[tuple[str, str]]:
    """Each character with its word; what is no letter with nothing."""
    words = {i: m[0] for m in _WORD.finditer(text) for i in range(*m.span())}
    return [(c, words.get(i, "")) for i, c in enumerate(text)]


def _all_capitals(text: str) -> bool:
    """Only capitals, and one of them has no code in TCVN3."""
    codes = table("tcvn3")
    found = [c for c in text if c.isalpha()]
    return all(c.isupper() for c in found) and any(c not in codes and c.lower() in codes for c in found)


def _capital(letter: str, keep_case: bool) -> Piece:
    kept = keep_case and (letter in table("tcvn3") or letter.isascii())
    piece = _letter(letter if kept else letter.lower(), "capital", "tcvn3")
    return Piece(letter, "other") if piece.face == "other" else piece


def _letter(letter: str, face: Face, name: str) -> Piece:
    code = table(name).get(letter)
    return Piece(code or letter, face if code or _is_free(letter, name) else "other")


@cache
def _taken(name: str) -> frozenset[str]:
    return frozenset("".join(table(name).values()))


@cache
def _is_free(letter: str, name: str) -> bool:
    """A character that is the same in the encoding: its code in cp1252 means nothing else."""
    return letter.isascii() or (letter not in _taken(name) and bool(letter.encode("cp1252", "ignore")))


def _cp1258(letter: str) -> str:
    """Letters that cp1258 lacks are a letter and a tone there."""
    try:
        return shown(letter.encode("cp1258"))
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tone = next(c for c in parts if c in _CP1258)
        base = unicodedata.normalize("NFC", parts.replace(tone, ""))
        return shown(base.encode("cp1258") + bytes([_CP1258[tone]]))
