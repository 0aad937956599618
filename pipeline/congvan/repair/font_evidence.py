"""What each code of a PDF's font means, by the evidence in the font; the map in the file is the claim that is judged.

In this order: the drawing itself, where the outline is that of a known font; the program's own Unicode cmap; glyph ids of
known fonts; the distance of glyph ids from code points on which the codes of a font agree. A drawing comes first because it is
what people see: it cannot be wrong, only ambiguous between characters that look the same, and then the map's claim stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol
from unicodedata import combining, normalize

from congvan.document import FontFacts
from congvan.language.glyph_index import RARE, USUAL, Drawing, glyph_index
from congvan.repair.glyph_tables import KnownIds, known_ids
from congvan.repair.legacy_fonts import hinted_family
from congvan.repair.map_damage import family_of_maps
from congvan.repair.shift import FIRST, LAST, font_shift

_WIDTH = 4.0  # 1/1000 em: advances that differ by no more are the same (PDFs round)
_SPACE = 80.0  # 1/1000 em: the least advance of a space
_BLANKS = " \xa0\t\u2002\u2003\u2009\u200b\u202f"  # white space that documents have
_HAS_OUTLINES = 3  # outlines that a font must have before a glyph without one counts as a space
_TRUSTED = 0.5  # part of the codes on which a cmap and the file's map must agree, where both speak


class Outlines(Protocol):
    """Knows which characters an outline draws."""

    def drawings(self, outline: int) -> list[Drawing]:
        """The characters that an outline draws, the usual ones first."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """The judgement on one code of one font.

    Attributes:
        text: what it means; "" where nothing decides. shown: what the file says, "" for nothing.
        evidence: what decided, in a few words. confidence: 0 to 1.
        family: the kind of damage, where the file says otherwise. conflict: evidence that says otherwise.
    """

    text: str
    shown: str
    evidence: str = ""
    confidence: float = 0.0
    family: str = ""
    conflict: str = ""

    @property
    def changed(self) -> bool:
        """The file says something else."""
        return bool(self.text) and self.text != self.shown


Letters = dict[int, Letter]  # code -> judgement


def judge_fonts(
    fonts: Sequence[FontFacts], learned: Sequence[Outlines] = (), without: tuple[str, ...] = ()
) -> list[Letters]:
    """The judgement on every code of every font, in the order of the fonts.

    Args:
        fonts: what the file says. learned: outlines besides those that are shipped, asked in this order.
        without: fonts of the shipped index to leave out (measurements).
    """
    index = glyph_index(without)
    judged = [_Judge(font, (index, *learned), without).letters() for font in fonts]
    return [_with_family(font, letters) for font, letters in zip(fonts, judged, strict=True)]


def is_suspect(letters: Letters) -> bool:
    """True where the file's map of a font is wrong, or says nothing of a code."""
    return any(letter.changed or not letter.shown or "\ufffd" in letter.shown for letter in letters.values())


class _Judge:
    """One font on trial."""

    def __init__(self, font: FontFacts, outlines: Sequence[Outlines], without: tuple[str, ...]) -> None:
        self.font, self.outlines = font, outlines
        self.shown = {
            code: (font.to_unicode or {}).get(code) or font.encoded.get(code, "")
            for code in {*font.glyph_ids, *font.widths, *(font.to_unicode or ()), *font.encoded}
        }
        self.without = without
        self.cmap = self._cmap()
        self.can_be_empty = len(font.outlines) >= _HAS_OUTLINES

    @cached_property
    def ids(self) -> KnownIds:
        """The table of glyph ids that fits the font."""
        return known_ids(self.font, self.shown, self.without)

    @cached_property
    def shift(self) -> int | None:
        """Code point less glyph id of the block of Vietnamese letters, where the font's codes agree on one."""
        values = {code: text for code, text in self.shown.items() if len(text) == 1}
        glyphs = {code: self.font.glyph_ids[code] for code in values if code in self.font.glyph_ids}
        return font_shift(values, glyphs) if self.font.kind == "Type0" and glyphs else None

    def letters(self) -> Letters:
        """The judgement on each code."""
        found = {code: self._letter(code, shown) for code, shown in sorted(self.shown.items())}
        if (encoding := hinted_family(self.font.name)) is not None:
            known = [letter for letter in found.values() if letter.text or letter.shown.isspace()]
            # text of an old encoding is converted as a whole, or by its drawings as a whole; VNI draws marks by themselves
            if encoding == "vni" or len(known) < len(found):
                return {code: Letter("", letter.shown) for code, letter in found.items()}
        return found

    def _letter(self, code: int, shown: str) -> Letter:
        glyph = self.font.glyph_ids.get(code)
        if glyph is not None and glyph in self.font.empty and self.can_be_empty:
            return self._space(code, shown)
        drawn = self._drawn(code, glyph)
        if drawn and shown and (agreed := next((d for d in drawn if same(d.character, shown)), None)):
            return Letter(shown, shown, f"outline of {agreed.font}", 0.9995)
        if drawn:
            return self._by_drawing(shown, drawn, self.cmap.get(code, ""))
        told = [
            (text, evidence, confidence)
            for text, evidence, confidence in (
                (self.cmap.get(code, ""), "the font's own cmap", 0.998),
                (self.ids.letters.get(glyph, "") if glyph is not None else "", f"glyph ids of {self.ids.name}", 0.998),
                (self._shifted(glyph), "distance of the glyph ids", 0.995),
                (sequence_before(shown), "Ghostscript's shift of two characters", 0.99),
            )
            if text
        ]
        if not told:
            return Letter("", shown)
        text, evidence, confidence = told[0]
        others = [(t, e) for t, e, _ in told[1:] if not same(t, text)]
        conflict = "; ".join(f"{e}: {t}" for t, e in others)
        if shown and same(shown, text):
            return Letter(shown, shown, evidence, confidence, conflict=conflict)
        return Letter(text, shown, evidence, confidence if not conflict else 0.9, conflict=conflict)

    @staticmethod
    def _by_drawing(shown: str, drawn: Sequence[Drawing], told: str) -> Letter:
        """The character of an outline that the file says otherwise of; ``told``: what the font's own cmap says."""
        seconded = next((d for d in drawn if told and same(d.character, told)), None)
        best = seconded or drawn[0]
        rivals = [d.character for d in drawn if d.character in USUAL and d.character != best.character]
        conflict = "" if seconded or not told else f"the font's own cmap: {told}"
        if rivals and not seconded:
            conflict = conflict or f"could be {' '.join(dict.fromkeys(rivals))}"
        return Letter(
            _plain(best.character), shown, f"outline of {best.font}", 0.9 if conflict else 0.999, conflict=conflict
        )

    def _drawn(self, code: int, glyph: int | None) -> list[Drawing]:
        """The characters that the outline draws; those of another advance only where no other is left."""
        outline = self.font.outlines.get(glyph) if glyph is not None else None
        if outline is None:
            return []
        for known in self.outlines:
            if found := known.drawings(outline):
                usual = [d for d in found if d.character in USUAL] or found
                width = self.font.widths.get(code)
                fitting = [d for d in usual if width is None or abs(d.advance - width) <= _WIDTH]
                rest = [d for d in found if d not in usual]
                return (fitting or usual) + rest
        return []

    def _space(self, code: int, shown: str) -> Letter:
        if shown and shown in _BLANKS:
            return Letter(shown, shown, "a glyph without outline", 0.999)
        if not shown.isspace() and shown.isalnum() and not self._hides(shown):
            return Letter("", shown)  # text that is not drawn: a layer for search, or a letter that the subset lacks
        if self.font.widths.get(code, 0.0) < _SPACE:
            return Letter("", shown)
        return Letter(" ", shown, "a glyph without outline", 0.99)

    @staticmethod
    def _hides(shown: str) -> bool:
        """A value that no document shows."""
        return any(c > "\u2fff" or c < " " for c in shown)

    def _shifted(self, glyph: int | None) -> str:
        if self.shift is None or glyph is None or not FIRST <= glyph + self.shift <= LAST:
            return ""
        return chr(glyph + self.shift)

    def _cmap(self) -> Mapping[int, str]:
        """The program's own cmap, where it can be trusted: some writers number the glyphs of a subset in it."""
        own = {code: text for code, text in (self.font.own_cmap or {}).items() if _can_be_meant(text)}
        spoken = [code for code in own if self.shown.get(code)]
        agreed = sum(same(self.shown[code], own[code]) for code in spoken)
        if spoken and agreed >= _TRUSTED * len(spoken):
            return own
        values = sorted(ord(text) for text in own.values())
        if len(values) > 2 and values[-1] - values[0] == len(values) - 1:
            return {}
        vietnamese = sum(text in USUAL for text in own.values())
        return own if own and vietnamese >= 0.9 * len(own) else {}


def _can_be_meant(text: str) -> bool:
    return len(text) == 1 and (
        text in USUAL or text in RARE or text.isspace() or (text.isprintable() and not "\ue000" <= text <= "\uf8ff")
    )


def same(one: str, other: str) -> bool:
    """The two are one character, or look alike in some font: then the drawing does not tell them apart."""
    return glyph_index().alike(one, other)


def sequence_before(shown: str) -> str:
    """The two characters (letters, a letter and its mark) that the buggy Ghostscript shifted by a byte; "" for anything else.

    It writes 0061 0309 as 6103 0900.
    """
    data = shown.encode("utf-16-be", "surrogatepass")
    if len(data) != 4 or _can_be_pair(shown):
        return ""
    before = (data[3:] + data[:3]).decode("utf-16-be", "replace")
    return normalize("NFC", before) if _can_be_pair(before) else ""


def _can_be_pair(text: str) -> bool:
    return len(text) == 2 and text[0] in USUAL and (text[1] in USUAL or bool(combining(text[1])))


def _plain(character: str) -> str:
    """A ligature as its letters."""
    return {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}.get(character, character)


def _with_family(font: FontFacts, letters: Letters) -> Letters:
    """The judgements, with the kind of damage that explains most of the changes of the font."""
    changed = {code: (letter.shown, letter.text) for code, letter in letters.items() if letter.changed}
    if not changed:
        return letters
    family = hinted_family(font.name) or family_of_maps(
        [(shown, text, font.glyph_ids.get(code, code)) for code, (shown, text) in changed.items()]
    )
    return {
        code: Letter(x.text, x.shown, x.evidence, x.confidence, family, x.conflict) if code in changed else x
        for code, x in letters.items()
    }


def summary(letters: Letters) -> str:
    """The evidence that decided most of a font's codes."""
    counts = Counter(letter.evidence for letter in letters.values() if letter.text)
    return ", ".join(f"{evidence} ({n})" for evidence, n in counts.most_common(3))
