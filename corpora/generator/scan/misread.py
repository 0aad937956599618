"""Text as an OCR engine without Vietnamese reads it: "HỘĨ" for "HỘI", "SỜ Y TÉ" for "SỞ Y TẾ", "Dộc lộp" for "Độc lập".

Such layers stand in many archives' files: scanned years ago with software made for French or English. The rates are in
:class:`Reader`; with :data:`BAD` 20 to 25 of 100 words of running text are wrong.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpora.generator.scan.places import Word

GRAVE, ACUTE, TILDE, HOOK, DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
TONES = GRAVE + ACUTE + TILDE + HOOK + DOT
# what small marks are taken for; the dot below is mostly not seen at all
LIKE = {
    HOOK: (GRAVE, ACUTE, ""),
    TILDE: (HOOK, "", ACUTE),
    ACUTE: (GRAVE, "", HOOK),
    GRAVE: ("", ACUTE),
    DOT: ("", "", HOOK),
}
PLAIN = {
    "a": "oâ", "b": "hl", "c": "eo", "d": "đ", "e": "c", "g": "qy", "h": "bn", "i": "íl", "l": "1I", "m": "n",
    "n": "uii",
    "o": "òc",
    "p": "n", "q": "g", "r": "i", "t": "lf", "u": "nii", "v": "y", "x": "z", "y": "v", "đ": "d", "Đ": "DÐ",
    "A": "Â", "B": "8R",
    "C": "G", "E": "F", "G": "C", "H": "I", "I": "ĨlÍ", "K": "X", "M": "N", "N": "M", "O": "0Q", "P": "F", "S": "5",
    "T": "I",
    "U": "Ư", "V": "Y", ",": ".", ".": ",", ":": ";", ";": ":", "-": "—", "/": "l1",
}  # fmt: skip
DIGITS = dict(zip("0123456789", ("O6", "l7", "7Z", "8", "1A", "6S", "8b", "1", "3B", "0g"), strict=True))
SCRAWL = "lJ/({}ÁÂÔ4719£*iIfỉ"  # what an engine makes of handwriting


@dataclass(frozen=True, slots=True)
class Reader:
    """How often an engine errs.

    Attributes:
        marked: a letter with a mark (â, ế, ử, đ) is taken for another.
        plain: a letter or sign without mark is taken for another.
        digit: a digit is taken for another digit or letter.
        merged: a word runs into the next.
        split: a word falls into two.
    """

    marked: float
    plain: float
    digit: float
    merged: float
    split: float


BAD = Reader(marked=0.20, plain=0.012, digit=0.05, merged=0.02, split=0.015)


def _bare(letter: str) -> str:
    """The letter without tone and without circumflex, horn or breve."""
    return unicodedata.normalize("NFD", letter)[0]


def _marked_misread(letter: str, rng: np.random.Generator) -> str:
    """Another letter for one that bears marks: its tone or its second mark is lost or taken for a like one."""
    base, *marks = list(unicodedata.normalize("NFD", letter))
    tone = next((m for m in marks if m in TONES), "")
    shape = "".join(m for m in marks if m not in TONES)
    chance = rng.random()
    if shape and (not tone or chance < 0.4):
        # â and ô look alike when the print is small: "lập" becomes "lộp"
        if base.lower() == "a" and shape == "\u0302" and rng.random() < 0.35:
            base = "o" if base == "a" else "O"
        else:
            shape = ""
    elif chance < 0.9 or not shape:
        options = LIKE[tone]
        tone = options[int(rng.integers(len(options)))]
    else:
        shape = tone = ""
    return unicodedata.normalize("NFC", base + shape + tone)


def misread_word(text: str, reader: Reader, rng: np.random.Generator) -> str:
    """One word as the engine reads it."""
    out = []
    for char in text:
        chance = rng.random()
        if char in DIGITS:
            options = DIGITS[char] if chance < reader.digit else ""
        elif char not in "đĐ" and _bare(char) != char:
            out.append(_marked_misread(char, rng) if chance < reader.marked else char)
            continue
        else:
            options = PLAIN.get(char, "") if chance < (reader.marked if char in "đĐ" else reader.plain) else ""
        out.append(options[int(rng.integers(len(options)))] if options else char)
    return "".join(out)


def misread(words: Sequence[Word], seed: int, reader: Reader = BAD) -> list[Word]:
    """The words as the engine reads them, with boxes; the same seed errs in the same places."""
    rng = np.random.default_rng((seed, 41))
    out: list[Word] = []
    join = False
    for word in words:
        read = replace(word, text=misread_word(word.text, reader, rng))
        chance = rng.random()
        if join and abs(out[-1].bottom - read.bottom) < read.height / 3 and read.left >= out[-1].right - 1:
            out[-1] = replace(out[-1], text=out[-1].text + read.text, right=read.right)
        elif chance < reader.split and len(read.text) > 3:
            cut = int(rng.integers(1, len(read.text) - 1))
            at = read.left + (read.right - read.left) * cut / len(read.text)
            out += [
                replace(read, text=read.text[:cut], right=at - 0.5),
                replace(read, text=read.text[cut:], left=at + 0.5),
            ]
        else:
            out.append(read)
        join = chance > 1 - reader.merged
    return out


def scrawl(text: str, rng: np.random.Generator) -> str:
    """Handwriting as the engine reads it: signs that mean nothing, about as many as were written."""
    length = max(1, len(text) + int(rng.integers(-1, 2)))
    return "".join(SCRAWL[int(rng.integers(len(SCRAWL)))] for _ in range(length))
