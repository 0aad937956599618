"""Repair of a text: normal form, mojibake, Ghostscript damage, the signs; then the verdicts.

Steps are cheap on clean text where they ask :mod:`congvan.repair.suspects` first: ``suspects(text)`` is worked out once for a
text and says which lines have anything but Vietnamese syllables (``unusual``), and a word that Ghostscript's damage could
have made (``odd``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from congvan.document import Edit, Reading, Span, Verdict
from congvan.repair.codes import code_edits
from congvan.repair.families import damaged_lines
from congvan.repair.font_evidence import Letter
from congvan.repair.legacy import legacy_edits
from congvan.repair.lookalikes import look_alike_edits
from congvan.repair.lowbyte import low_byte_edits
from congvan.repair.misread import misread_lines
from congvan.repair.mojibake import mojibake_edits
from congvan.repair.normal import nfc_edits
from congvan.repair.ocr import corrected
from congvan.repair.plan import apply_plan, compose
from congvan.repair.signs import quote_edits, sign_edits
from congvan.repair.spaces import space_edits
from congvan.repair.suspects import odd_stretches
from congvan.repair.verdicts import after_spans, judge, unresolved_spans

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
        doubts: of text read by OCR each word (its span BEFORE repair) with the probability that it is right.
    """

    text: str
    edits: tuple[Edit, ...]
    verdicts: tuple[Verdict, ...]
    unresolved: tuple[Span, ...]
    doubts: tuple[tuple[Span, float], ...] = ()


def repair_text(
    text: str,
    fonts: Sequence[int] | None = None,
    codes: Sequence[int] | None = None,
    letters: Mapping[tuple[int, int], Letter] | None = None,
    font_names: Sequence[str] = (),
    language_model: bool = True,
    words: Sequence[int] | None = None,
    readings: Sequence[Reading] = (),
) -> RepairedText:
    """Repair a text.

    Args:
        text: the text as read.
        fonts: for each character the number of its font, -1 where not known; None for bare text. One font draws one
            letter for one code, or where codes are unknown for one value.
        codes: for each character its code in the font, -1 where not known; None where no codes are known.
        letters: (font, code) -> judgement (:mod:`congvan.repair.font_evidence`); what it decides, no later step overrules.
        font_names: the name of each font, as the file has it; some name the encoding of their text.
        language_model: let the language model decide what is left; without it, fonts, tables and normal form C alone.
        words: for each character the number of its word in ``readings``, -1 where it was not read by OCR; None where nothing was.
    """
    if words is not None:
        read = corrected(text, words, readings, language_model)
        done = _repaired(_Work(text, fonts, codes, read.edits, words), letters, font_names, language_model)
        return replace(done, doubts=read.doubts)
    return _repaired(_Work(text, fonts, codes), letters, font_names, language_model)


def _repaired(
    work: _Work, letters: Mapping[tuple[int, int], Letter] | None, font_names: Sequence[str], language_model: bool
) -> RepairedText:
    text, fonts, codes = work.text, work.fonts, work.codes
    if work.sure is not None and all(work.sure[i] or c.isspace() for i, c in enumerate(text)):
        return judged(text, work.edits)  # all of it was read by OCR
    if letters and fonts is not None and codes is not None:
        known = [bool((x := letters.get(pair)) and x.text) for pair in zip(fonts, codes, strict=True)]
        work.sure = [a or bool(b) for a, b in zip(known, work.sure, strict=True)] if work.sure is not None else known
        work.apply(_font_edits(text, fonts, codes, letters), sure=True)
    if not language_model:
        work.apply(legacy_edits(work.text, work.fonts, font_names))
        work.apply(nfc_edits(work.text))
        return judged(work.text, work.edits, work.fonts)
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
        damaged = [s.start for e, s in zip(work.edits, after_spans(work.edits), strict=True) if e.family == FAMILY]
        work.apply(sign_edits(work.text, has_one_entry_ranges(work.edits), damaged))
    else:
        work.apply(quote_edits(work.text))
    return judged(work.text, work.edits, work.fonts)


def judged(text: str, edits: tuple[Edit, ...], fonts: Sequence[int] | None = None) -> RepairedText:
    """A text with the edits that made it, and the verdicts and unresolved places that follow."""
    families = misread_lines(text, edits) | dict(damaged_lines(text))
    unresolved = unresolved_spans(text, edits, families)
    return RepairedText(text, edits, judge(text, edits, unresolved, families, fonts), unresolved)


def _font_edits(
    text: str, fonts: Sequence[int], codes: Sequence[int], letters: Mapping[tuple[int, int], Letter]
) -> tuple[Edit, ...]:
    """The edits that follow from the fonts alone."""
    found: list[Edit] = []
    for i, (shown, font, code) in enumerate(zip(text, fonts, codes, strict=True)):
        letter = letters.get((font, code))
        if letter is not None and letter.changed and letter.text != shown:
            evidence = f"font {font}, code {code}: {letter.evidence}"
            found.append(Edit(Span(i, i + 1), shown, letter.text, letter.family, evidence, letter.confidence))
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

    def __init__(
        self,
        raw: str,
        fonts: Sequence[int] | None,
        codes: Sequence[int] | None,
        read: Sequence[Edit] = (),
        words: Sequence[int] | None = None,
    ) -> None:
        """``read``: corrections of what OCR read; ``words``: for each character the number of its word, -1 for others."""
        self.raw = self.text = raw
        self.fonts, self.codes = fonts, codes
        # of each character, whether its font or its picture has decided what it is
        self.sure: Sequence[int] | None = None if words is None else [word >= 0 for word in words]
        self.edits: tuple[Edit, ...] = ()
        if read:
            self.apply(read, sure=True)

    def apply(self, edits: Sequence[Edit], sure: bool = False) -> bool:
        """Apply the edits of a step; True where there were any.

        Args:
            sure: they are what the fonts decide. Of other edits, those that would change a sure character are dropped.
        """
        if self.sure is not None and not sure:
            edits = [e for e in edits if not self._overrules(e)]
        if not edits:
            return False
        if self.sure is not None:
            self.sure = _carried(self.sure, edits)
        self.fonts, self.codes = _carried(self.fonts, edits), _carried(self.codes, edits)
        self.edits = compose(self.raw, self.edits, edits)
        self.text = apply_plan(self.text, edits)
        return True

    def _overrules(self, edit: Edit) -> bool:
        """The edit takes a sure character for another one; it may compose letters, and put spaces in or out."""
        assert self.sure is not None
        if not any(self.sure[edit.span.start : edit.span.end]):
            return False
        before, after = ("".join(normalize("NFC", text).split()) for text in (edit.before, edit.after))
        if before == after:
            return False
        if len(edit.before) != len(edit.after):
            return True
        places = range(edit.span.start, edit.span.end)
        return any(self.sure[i] and a != b for i, a, b in zip(places, edit.before, edit.after, strict=True))


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
