"""Codes of a font that a reader took for characters: glyph ids as code points, all of them or letters alone; bytes swapped.

Each is a table, so nothing is guessed but whether a line has the damage. That is decided by what its words become, and shared
with the lines around it: a number alone does not tell, but "6ӕ" beside shifted text is shifted as well. These steps come
before normal form C, which would melt glyph ids into other characters (U+0340, U+2000).
"""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from congvan.document import Edit, Span
from congvan.language.glyph_ids import characters, letters, signs
from congvan.language.syllables import syllables
from congvan.repair.regions import WORD, Sign, damaged_region, is_abbreviation, is_known, known_share
from congvan.repair.suspects import suspects

GLYPH_ID, ASCII_SHIFT, BYTE_SWAP = "glyph-id-as-code", "ascii-shift", "byte-swap"
SHARE = 0.5  # of the words of a line that must become syllables
LETTERS = 8  # that these syllables must have together: short ones are met by chance
_SHIFT_EVIDENCE = "glyph ids of Times New Roman: ASCII less 29"
_NUMBER_COLUMN = ("77", "677")  # TT and STT: figures only, and the head of most tables
_METRE = "P"  # m, after which ² and ³ are what they show
PAIR = 2  # words of a text that glyph ids must explain

_GLYPHS = "".join(regex.escape(c, special_only=False) for c in letters() if c > "\xff")
_ODD_GLYPHS = frozenset(c for c in letters() if c > "\xff") - frozenset("Ăă")
# accepts a word with glyph ids of letters inside ("cӫa", "Ĉ̷k", "ÿi")
_GLYPH_WORD = regex.compile(rf"[\p{{L}}\p{{M}}{_GLYPHS}]+")
# accepts a glyph id of a letter that is none of Vietnamese ("ӫ"; not "ă", which stands for itself)
_GLYPH = regex.compile(rf"(?![Ăă])[{_GLYPHS}]")
# accepts a Latin letter of ASCII ("n")
_PLAIN = regex.compile(r"[A-Za-z]")
# accepts a word with a Greek or Cyrillic letter among Latin ones, which no language writes ("cӫa")
_SURE_WORD = regex.compile(r"(?=.*[\u0370-\u0523])(?=.*[A-Za-z].*[A-Za-z]).+")
# accepts a letter of Vietnamese beyond Latin-1 that is no glyph id of one ("ủ", "đ")
_VIETNAMESE = regex.compile(r"[\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
# accepts what glyph ids of signs look like, where they are not what they show: an opening quote ("³Đề"), a closing one, a single
# one, a dash ("2021±2025"; not "±5"), a long dash (not "m²"), an ellipsis ("v.v«"; not "«Đề"), a bullet
_SHOWN_SIGN = regex.compile(
    r"(?<![\p{L}\p{Nd}])³(?=\S)|´|(?<=\p{L})¶|(?<![\p{L}\p{Nd}])µ(?=\p{L}[^¶\n]{0,80}¶)|±(?!\p{Nd})|(?<=\p{Nd} ?)±(?=\p{Nd})|"
    r"(?<![\p{L}\p{Nd})])²|(?<=[\p{L}\p{Nd}.)])«|«(?=\s|$)|\x87"
)
# accepts a word or the blanks of a line of glyph ids, where the blank is U+0003
_SHIFTED_PIECE = regex.compile(r"\x03+|[^\x03\r\n]+")
# accepts what two readings of a line of glyph ids are cut at
_BLANK = regex.compile(r"[\s\x03]+")
# accepts a letter that is no glyph id of Vietnamese: hardly a line of any language is without
_NO_GLYPH = regex.compile(r"[bcdfghlnoswx]")
# accepts a control character that a clean line does not have ("\x15"; not a tab, a form feed)
_CONTROL = regex.compile(r"[\x01-\x08\x0b\x0e-\x1f]")
# accepts the lone letter at the end of a line that begins so many names of the highlands ("Đăk R", "Cư M")
_NAME_HEAD = regex.compile(r"(?:^|\p{L} )[BDHKMNRT]$")
# accepts a ligature ("fi", "ffl"), which is what is swapped in a text that is sound otherwise
_LIGATURE = regex.compile(r"f[fijlot]{1,2}")
# accepts a word, or the blanks between two
_PIECE = regex.compile(r"\S+|\s+")
# accepts a figure and its signs
_FIGURE = regex.compile(r"[\p{Nd}\p{P}\p{S}\s]*")


def code_edits(text: str) -> tuple[Edit, ...]:
    """The edits that undo codes shown as characters."""
    found = _swap_edits(text) or _shift_edits(text) or _glyph_edits(text)
    return tuple(found)


# ---------------------------------------------------------------- every character its glyph id


def _shift_edits(text: str) -> list[Edit]:
    found: list[Edit] = []
    open_lines = [s for s in suspects(text).lines if not _NO_GLYPH.search(text, s.start, s.stop)]
    if not any(_shift_sign(text[s.start : s.stop]) is Sign.DAMAGED for s in open_lines):
        return []
    region = damaged_region(text, _shift_sign)
    own_end = "\n" if "\n" in text else "\r"
    for n, line in enumerate(region):
        shown = text[line.start : line.stop]
        if shown and not _is_shifted(shown):
            continue
        new = shifted(shown)
        for m in _SHIFTED_PIECE.finditer(shown):
            if new[slice(*m.span())] != m[0]:
                span = Span(line.start + m.start(), line.start + m.end())
                found.append(Edit(span, m[0], new[slice(*m.span())], ASCII_SHIFT, _SHIFT_EVIDENCE, 0.99))
        following = text[region[n + 1].start : region[n + 1].stop] if n + 1 < len(region) else ""
        sign = _line_end_sign(text[line.stop : line.end], new, shifted(following), own_end)
        if sign is not None and region[n + 1].start == line.end:
            found.append(
                Edit(Span(line.stop, line.end), text[line.stop : line.end], sign, ASCII_SHIFT, _SHIFT_EVIDENCE, 0.95)
            )
    return found


def shifted(line: str) -> str:
    """Glyph ids of a line as the characters that they draw.

    A superscript after a letter stays, and so does a blank in a line whose blanks are no glyph ids.
    """
    table = characters()
    keep = "" if "\x03" in line else " "
    return "".join(
        c if c in keep or (c in "²³" and line[i - 1 : i] == _METRE) else table.get(c, c) for i, c in enumerate(line)
    )


def _line_end_sign(end: str, line: str, following: str, own_end: str) -> str | None:
    """The sign whose glyph id is this line end; None where it ends a line.

    The line feed is the apostrophe: "Đăk R" and "Lấp" are one name. The carriage return is the star where lines end otherwise.
    """
    if end == "\n" and _NAME_HEAD.search(line) and WORD.match(following):
        return "'"
    return "*" if end == "\r" != own_end and following else None


@lru_cache(maxsize=4096)
def _shift_sign(line: str) -> Sign:
    long = [w for w in WORD.findall(line) if len(w) > 1]
    if _NO_GLYPH.search(line):
        return Sign.SOUND if known_share(long) >= SHARE else Sign.OPEN
    # figures and signs become capitals: they tell nothing
    worded = [w for w in _BLANK.split(line) if any(map(str.isalpha, w))]
    fixed = [n for w in worded for n in WORD.findall(shifted(w)) if len(n) > 1]
    known = [w for w in fixed if is_known(w)]
    otherwise = sum(is_known(_unglyphed(w)) for w in _GLYPH_WORD.findall(line) if len(w) > 1)
    if 2 <= len(known) > otherwise and len(known) >= SHARE * len(fixed) and sum(map(len, known)) >= LETTERS:
        return Sign.DAMAGED
    sound = long and otherwise >= SHARE * len(long) and not _CONTROL.search(line)
    return Sign.SOUND if sound else Sign.OPEN


def _is_shifted(line: str) -> bool:
    """True for a line of a shifted text that is shifted as well: a figure as it should be is not."""
    if _NO_GLYPH.search(line):
        return False
    if _shift_sign(line) is Sign.DAMAGED or _CONTROL.search(line) or line.strip() in _NUMBER_COLUMN:
        return True
    new = WORD.findall(shifted(line))
    return not _FIGURE.fullmatch(line) and any(is_known(w) or is_abbreviation(w) for w in new)


# ---------------------------------------------------------------- letters beyond Latin-1 their glyph ids


def _glyph_edits(text: str) -> list[Edit]:
    if suspects(text).characters.isdisjoint(_ODD_GLYPHS):
        return []
    explained = {w for w in _GLYPH_WORD.findall(text) if _is_explained(w)}
    if len(explained) < PAIR and not any(_SURE_WORD.fullmatch(w) for w in explained):
        return []
    evidence = f"glyph ids of Times New Roman make syllables of {len(explained)} words"
    found: list[Edit] = []
    for line in damaged_region(text, _glyph_sign):
        edits = [
            Edit(Span(*m.span()), m[0], _unglyphed(m[0]), GLYPH_ID, evidence, 0.99)
            for m in _GLYPH_WORD.finditer(text, line.start, line.stop)
            if _is_glyphs(m[0])
        ]
        edits += (
            Edit(Span(*m.span()), m[0], signs()[m[0]], GLYPH_ID, evidence, 0.9)
            for m in _SHOWN_SIGN.finditer(text, line.start, line.stop)
        )
        found += sorted(edits, key=lambda e: e.span)
    return found


def _unglyphed(word: str) -> str:
    table = letters()
    return "".join(table.get(c, c) for c in word)


@lru_cache(maxsize=20_000)
def _is_explained(word: str) -> bool:
    """True for a word of Latin letters and glyph ids that is none, and a syllable by the glyph ids."""
    return (
        _GLYPH.search(word) is not None
        and _PLAIN.search(word) is not None
        and not is_known(word)
        and is_known(_unglyphed(word))
    )


def _glyph_sign(line: str) -> Sign:
    odd = [w for w in _GLYPH_WORD.findall(line) if _GLYPH.search(w)]
    explained = sum(map(_is_explained, odd))
    if explained and explained * 2 > sum(len(w) > 1 for w in odd):
        return Sign.DAMAGED
    return Sign.SOUND if _VIETNAMESE.search(line) else Sign.OPEN


def _is_glyphs(word: str) -> bool:
    """True for a word of a damaged line that holds glyph ids: it is a word by them, or it mixes them with Latin letters."""
    new = _unglyphed(word)
    if new == word:
        return False
    if is_known(new) or is_abbreviation(new) or new in "đĐ":  # "ÿ)" is the point đ)
        return True
    return _GLYPH.search(word) is not None and _PLAIN.search(word) is not None


# ---------------------------------------------------------------- bytes swapped


@cache
def _swapped() -> dict[str, str]:
    """A character with its bytes swapped -> the character: ASCII, and all that Vietnamese and its typesetting need."""
    known = {c for s in syllables() for c in s + s.upper()} | set("–—‘’“”•…°§²³×±½")
    known |= {chr(u) for u in range(0x20, 0x7F)} | {"\n", "\t", "\r"}
    return {chr((ord(c) & 0xFF) << 8 | ord(c) >> 8): c for c in known if (ord(c) & 0xFF) << 8 | ord(c) >> 8 > 0xFF}


@cache
def _swapped_stretch() -> regex.Pattern[str]:
    # accepts characters whose bytes, swapped, are of Vietnamese, not among letters of the scripts that they fall into ("昀椀")
    inside = "".join(regex.escape(c, special_only=False) for c in sorted(_swapped()))
    scripts = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Yi}"
    return regex.compile(rf"(?<![{scripts}])[{inside}]+(?![{scripts}])")


def _swap_edits(text: str) -> list[Edit]:
    """Where a text has swapped words that are long enough to tell, all its stretches count; else ligatures alone."""
    table = _swapped()
    if suspects(text).characters.isdisjoint(table):
        return []
    stretches = [(m, "".join(table[c] for c in m[0])) for m in _swapped_stretch().finditer(text)]
    whole = any(map(_is_prose, (new for _, new in stretches)))
    return [
        Edit(
            Span(m.start() + a, m.start() + b), m[0][a:b], new[a:b], BYTE_SWAP, "bytes of each character swapped", 0.98
        )
        for m, new in stretches
        if whole or any(map(_LIGATURE.fullmatch, WORD.findall(new)))
        for a, b in (piece.span() for piece in _PIECE.finditer(new))
    ]


def _is_prose(text: str) -> bool:
    words = [w for w in WORD.findall(text) if len(w) > 1]
    return sum(map(len, words)) >= LETTERS and known_share(words) >= SHARE
