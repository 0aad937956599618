"""Repair of a text: normal form, mojibake, Ghostscript damage, the signs; then the verdicts.

Steps are cheap on clean text where they ask :mod:`congvan.repair.suspects` first: ``suspects(text)`` is worked out once for a
text and says which lines have anything but Vietnamese syllables (``unusual``), and a word that Ghostscript's damage could
have made (``odd``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congvan.document import Edit, Span, Verdict
from congvan.repair.codes import code_edits
from congvan.repair.families import damaged_lines
from congvan.repair.legacy import legacy_edits
from congvan.repair.lookalikes import look_alike_edits
from congvan.repair.lowbyte import low_byte_edits
from congvan.repair.mojibake import mojibake_edits
from congvan.repair.normal import nfc_edits
from congvan.repair.plan import apply_plan, compose
from congvan.repair.signs import quote_edits, sign_edits
from congvan.repair.spaces import space_edits
from congvan.repair.suspects import odd_stretches
from congvan.repair.verdicts import judge, unresolved_spans

FAMILY = "ghostscript-range"
MAX_PASSES = 10  # passes come to an end: each puts letters of higher code points for values, or takes spaces out


@dataclass(frozen=True, slots=True)
class RepairedText:
    """A text after repair.

    Attributes:
        text: the repaired text, in NFC.
        edits: the plan; spans point into the text before repair (:func:`congvan.repair.plan.apply_plan` replays it).
        verdicts: judgement of each stretch of lines; spans point into ``text``.
        unresolved: spans of ``text`` that look damaged and could not be repaired.
    """

    text: str
    edits: tuple[Edit, ...]
    verdicts: tuple[Verdict, ...]
    unresolved: tuple[Span, ...]


def repair_text(
    text: str,
    fonts: Sequence[int] | None = None,
    codes: Sequence[int] | None = None,
    letters: Mapping[tuple[int, int], str] | None = None,
    font_names: Sequence[str] = (),
) -> RepairedText:
    """Repair a text.

    Args:
        text: the text as read.
        fonts: for each character the number of its font, -1 where not known; None for bare text. One font draws one
            letter for one code, or where codes are unknown for one value.
        codes: for each character its code in the font, -1 where not known; None where no codes are known.
        letters: (font, code) -> letter, where the fonts themselves tell (:mod:`congvan.repair.shift`).
        font_names: the name of each font, as the file has it; some name the encoding of their text.
    """
    work = _Work(text, fonts, codes)
    if letters and fonts is not None and codes is not None:
        work.apply(_font_edits(text, fonts, codes, letters))
    for _ in range(MAX_PASSES):  # damage may lie on damage: what one step undoes, shows the next its own
        changed = work.apply(mojibake_edits(work.text))
        changed |= work.apply(legacy_edits(work.text, work.fonts, font_names))
        changed |= work.apply(code_edits(work.text) or low_byte_edits(work.text))
        changed |= work.apply(nfc_edits(work.text))
        changed |= work.apply(look_alike_edits(work.text))
        changed |= work.apply(space_edits(work.text))  # before a piece of a syllable is taken for a damaged word
        if not changed:
            break
    for _ in range(MAX_PASSES):
        changed = work.apply(ghostscript_edits(work.text, work.fonts, work.codes))
        changed |= work.apply(space_edits(work.text))
        changed |= work.apply(nfc_edits(work.text))
        if not changed:
            break
    if is_damaged(work.edits):
        work.apply(sign_edits(work.text, has_one_entry_ranges(work.edits)))
    else:
        work.apply(quote_edits(work.text))
    return judged(work.text, work.edits, work.fonts)


def judged(text: str, edits: tuple[Edit, ...], fonts: Sequence[int] | None = None) -> RepairedText:
    """A text with the edits that made it, and the verdicts and unresolved places that follow."""
    families = dict(damaged_lines(text))
    unresolved = unresolved_spans(text, edits, families)
    return RepairedText(text, edits, judge(text, edits, unresolved, families, fonts), unresolved)


def _font_edits(
    text: str, fonts: Sequence[int], codes: Sequence[int], letters: Mapping[tuple[int, int], str]
) -> tuple[Edit, ...]:
    """The edits that follow from the fonts alone."""
    found: list[Edit] = []
    for i, (shown, font, code) in enumerate(zip(text, fonts, codes, strict=True)):
        letter = letters.get((font, code), shown)
        if letter != shown:
            evidence = f"glyph ids of font {font}: code {code} is {letter}"
            found.append(Edit(Span(i, i + 1), shown, letter, FAMILY, evidence, 0.999))
    return tuple(found)


def ghostscript_edits(text: str, fonts: Sequence[int] | None, codes: Sequence[int] | None) -> tuple[Edit, ...]:
    """The edits that undo Ghostscript damage in words."""
    near = odd_stretches(text)
    if not near:
        return ()
    from congvan.repair.cipher.decipher import Decipherer, confidence  # here, because it loads numpy

    found: list[Edit] = []
    for reading in Decipherer(text, fonts, codes, [span for span, _ in damaged_lines(text)], near).run():
        pairs = Counter(
            f"{new} as {_shown(old)}" for old, new in zip(reading.shown, reading.text, strict=True) if old != new
        )
        evidence = "syllable n-grams: " + ", ".join(pairs)
        sure = round(confidence(reading.margin), 3)
        found.append(Edit(reading.span, reading.shown, reading.text, FAMILY, evidence, sure))
    return tuple(found)


def is_damaged(edits: Sequence[Edit]) -> bool:
    """True where the words that were repaired show that the text is damaged as a whole."""
    return len({e.before for e in edits if e.family == FAMILY}) > 2


def has_one_entry_ranges(edits: Sequence[Edit]) -> bool:
    """True where ư was shown as ±, or đ as U+0011: ranges of one entry."""
    return any("±" in e.before or "\x11" in e.before for e in edits if e.family == FAMILY)


def _shown(value: str) -> str:
    return value if value.isprintable() and value != "\ufffd" else f"U+{ord(value):04X}"


class _Work:
    """A text on its way through the steps, with the plan so far and its columns of fonts and codes."""

    def __init__(self, raw: str, fonts: Sequence[int] | None, codes: Sequence[int] | None) -> None:
        self.raw = self.text = raw
        self.fonts, self.codes = fonts, codes
        self.edits: tuple[Edit, ...] = ()

    def apply(self, edits: Sequence[Edit]) -> bool:
        """Apply the edits of a step; True where there were any."""
        if not edits:
            return False
        self.fonts, self.codes = _carried(self.fonts, edits), _carried(self.codes, edits)
        self.edits = compose(self.raw, self.edits, edits)
        self.text = apply_plan(self.text, edits)
        return True


def _carried(column: Sequence[int] | None, edits: Sequence[Edit]) -> Sequence[int] | None:
    """A column with one number for each character, after the edits: new characters take the numbers of the old."""
    if column is None:
        return None
    out: list[int] = []
    at = 0
    for edit in edits:
        out += column[at : edit.span.start]
        old = list(column[edit.span.start : edit.span.end]) or [-1]
        out += (old + old[-1:] * len(edit.after))[: len(edit.after)]
        at = edit.span.end
    out += column[at:]
    return out
