"""What each code of each font means in the end: the repaired text, read back into the fonts.

Fonts, tables and the language model decided on characters; one code of one font draws one letter, so what became of its
characters has to agree. Where it does not, the code is told, and keeps what most of its characters became if nearly all did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import combining, normalize

from congvan.document import CleanDocument, Edit, RawDocument
from congvan.repair.font_evidence import Letters
from congvan.repair.linear import linearise

_NEARLY_ALL = 0.9  # part of the characters of a code that must have become one letter
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MAX_PIECE = 400  # characters of an edit that are laid beside each other


@dataclass(slots=True)
class FontMap:
    """One font of a PDF.

    Attributes:
        said: code -> what the file says. meant: code -> what it means.
        torn: codes whose characters became different letters, with how often each. open: codes that nothing decided.
    """

    said: dict[int, str] = field(default_factory=dict)
    meant: dict[int, str] = field(default_factory=dict)
    torn: dict[int, dict[str, int]] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)

    @property
    def changed(self) -> dict[int, str]:
        """The codes that mean something else than the file says."""
        return {code: text for code, text in self.meant.items() if self.said.get(code) != text}


def font_maps(raw: RawDocument, clean: CleanDocument, judged: Sequence[Letters]) -> list[FontMap]:
    """The meaning of every code that is drawn, by font.

    Args:
        raw: as read by the evidence path. clean: the same, repaired. judged: the judgement on its fonts.
    """
    linear = linearise(raw)
    text, fonts, codes = "".join(linear.parts), linear.fonts, linear.codes
    became: dict[tuple[int, int], Counter[str]] = {}
    later: list[tuple[int, int, str]] = []  # two codes for one letter: the second is settled by what the first means
    at = 0
    for edit in (*clean.edits, None):
        for i in range(at, edit.span.start if edit is not None else len(text)):
            if codes[i] >= 0:
                became.setdefault((fonts[i], codes[i]), Counter())[text[i]] += 1
        if edit is None:
            break
        for i, letter, pair in _beside(edit):
            if codes[i] < 0:
                continue
            if pair:
                later.append((i, i + 1, letter))
            else:
                became.setdefault((fonts[i], codes[i]), Counter())[letter] += 1
        at = edit.span.end
    for one, other, letter in later:
        _settle_pair(became, (fonts[one], codes[one]), (fonts[other], codes[other]), letter, text[one].isascii())
    maps = [FontMap() for _ in raw.fonts]
    for number, letters_of in enumerate(judged[: len(maps)]):
        for code, judgement in letters_of.items():  # spaces are no characters of the layout
            if (number, code) not in became and judgement.changed and judgement.text.isspace():
                maps[number].said[code], maps[number].meant[code] = judgement.shown, judgement.text
    for (number, code), letters in sorted(became.items()):
        _conclude(maps[number], raw, number, code, letters)
    return maps


def _conclude(found: FontMap, raw: RawDocument, number: int, code: int, letters: Counter[str]) -> None:
    font = raw.fonts[number]
    found.said[code] = (font.to_unicode or {}).get(code) or font.encoded.get(code, "")
    best, count = letters.most_common(1)[0]
    total = sum(letters.values())
    if "\ufffd" in best:
        found.open.append(code)
        return
    if len(letters) > 1:
        found.torn[code] = dict(letters)
        if count < _NEARLY_ALL * total:
            return
    found.meant[code] = best


def _settle_pair(
    became: dict[tuple[int, int], Counter[str]], one: tuple[int, int], other: tuple[int, int], letter: str, plain: bool
) -> None:
    """Letter and mark are two codes (VNI): the first means what it means alone, the second the marks that are missing."""
    alone = became.get(one)
    marks = None
    for base in (
        *([alone.most_common(1)[0][0]] if alone else ()),
        *(() if plain else [_toneless(letter)]),
        normalize("NFD", letter)[0],
    ):
        if marks := _missing_marks(base, letter):
            break
    if marks:
        became.setdefault(one, Counter())[base] += 1
        became.setdefault(other, Counter())[marks] += 1


def _toneless(letter: str) -> str:
    """The letter without its tone: ơ of ờ."""
    return normalize("NFC", "".join(c for c in normalize("NFD", letter) if c not in _TONES))


def _missing_marks(base: str, letter: str) -> str | None:
    """The marks that make a letter of another one; None where no marks do."""
    have, want = normalize("NFD", base), list(normalize("NFD", letter))
    for c in have:
        if c not in want:
            return None
        want.remove(c)
    marks = "".join(want)
    return marks if all(combining(c) for c in marks) and normalize("NFC", base + marks) == letter else None


def _beside(edit: Edit) -> Iterator[tuple[int, str, bool]]:
    """Place, letter, and whether the next place belongs to it, of the characters that an edit replaces."""
    before, after, start = edit.before, edit.after, edit.span.start
    if len(before) != len(after):
        kept = [i for i, c in enumerate(before) if not c.isspace()]
        letters = "".join(after.split())
        if len(kept) == len(letters):
            yield from ((start + i, letter, False) for i, letter in zip(kept, letters, strict=True))
        elif len(letters) < len(kept) <= _MAX_PIECE:
            yield from _paired(start, before, kept, letters)
        return
    for i, letter in enumerate(after):
        yield start + i, letter, False


def _paired(start: int, before: str, kept: Sequence[int], letters: str) -> Iterator[tuple[int, str, bool]]:
    """Lay fewer letters beside more characters: some letters take two, the second a sign that is no plain letter."""
    doubles = len(kept) - len(letters)
    if doubles > len(letters):
        return
    best: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {(0, 0): (0, ())}
    for n, letter in enumerate(letters):
        reached: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {}
        plain = normalize("NFD", letter)[0].lower()
        for (i, used), (cost, takes) in best.items():
            for take in (1, 2):
                if i + take > len(kept) or used + take - 1 > doubles:
                    continue
                first = before[kept[i]]
                step = 0 if normalize("NFD", first)[0].lower() == plain else 1
                if take == 2 and (before[kept[i + 1]].isascii() or normalize("NFD", letter) == letter):
                    step += 3
                key = (i + take, used + take - 1)
                if key not in reached or cost + step < reached[key][0]:
                    reached[key] = (cost + step, (*takes, take))
        best = reached
        if not best or n > _MAX_PIECE:
            return
    if (len(kept), doubles) not in best:
        return
    i = 0
    for letter, take in zip(letters, best[len(kept), doubles][1], strict=True):
        yield start + kept[i], letter, take == 2 and kept[i + 1] == kept[i] + 1
        i += take
