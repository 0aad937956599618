"""Verdicts: which stretches of a text are clean, repaired, damaged, or not evaluated."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import regex

from congvan.document import Edit, Span, Verdict, VerdictKind
from congvan.language.folding import fold_word
from congvan.language.ghostscript import REPLACEMENT, tell_tale
from congvan.language.syllables import place_words, syllables
from congvan.repair.families import Family

# accepts a word, values of damage included ("qußc", "n\ufffdm")
_WORD = regex.compile(r"[\p{L}\p{M}\x00-\x08\x0e-\x1b¡¢¯°±¾¿\ufffd]+")
# accepts what never stands in a clean text: a control character or U+FFFD, with the word around it ("\x12ồng")
_BROKEN = regex.compile(r"[\p{L}\p{M}]*[\x01-\x08\x0e-\x1b\ufffd][\p{L}\p{M}\x01-\x08\x0e-\x1b\ufffd]*")
# accepts one line with its end
LINE = regex.compile(r"[^\n]*\n|[^\n]+")
# accepts a word that holds a letter outside ASCII
_ACCENTED = regex.compile(r"\p{L}*[^\p{ASCII}\P{L}][\p{L}\p{M}]*")


def after_spans(edits: Sequence[Edit]) -> Iterator[Span]:
    """The spans of the edits in the text after repair."""
    shift = 0
    for edit in edits:
        start = edit.span.start + shift
        yield Span(start, start + len(edit.after))
        shift += len(edit.after) - edit.span.length


def unresolved_spans(text: str, edits: Sequence[Edit], families: Mapping[Span, Family]) -> tuple[Span, ...]:
    """Words of the repaired text that look damaged; of a line with other damage (``families``) the whole line.

    A control character or U+FFFD always does; a letter of the damage (ß, ÿ) only in a text where damage was found.
    """
    found = [Span(*m.span()) for m in _BROKEN.finditer(text) if m[0].strip()]
    if any(e.family == "ghostscript-range" for e in edits):
        odd = tell_tale()
        for m in _ACCENTED.finditer(text):
            if any(c in odd for c in m[0]) and REPLACEMENT not in m[0]:
                found.append(Span(*m.span()))
    lines = sorted(families)
    starts = [line.start for line in lines]
    outside = {
        s for s in found if not any(line.covers(s) for line in lines[max(bisect_right(starts, s.start) - 1, 0) :][:1])
    }
    return tuple(sorted(outside | families.keys()))


def judge(
    text: str,
    edits: Sequence[Edit],
    unresolved: Sequence[Span],
    families: Mapping[Span, Family],
    fonts: Sequence[int] | None = None,
) -> tuple[Verdict, ...]:
    """A verdict for each font, or without fonts for each stretch of lines of the same judgement."""
    spans = list(after_spans(edits))
    if fonts is not None and any(f >= 0 for f in fonts):
        return tuple(_font_verdicts(text, edits, spans, unresolved, families, fonts))
    return tuple(_line_verdicts(text, edits, spans, unresolved, families))


def _line_verdicts(
    text: str, edits: Sequence[Edit], spans: Sequence[Span], unresolved: Sequence[Span], families: Mapping[Span, Family]
) -> Iterator[Verdict]:
    starts, left = [s.start for s in spans], [u.start for u in unresolved]
    open_kind: tuple[VerdictKind, Family | None] | None = None
    open_start = at = 0
    first = 1
    number = 0
    for number, line in enumerate(LINE.findall(text), 1):
        end = at + len(line)
        own = edits[bisect_left(starts, at) : bisect_left(starts, end)]
        open_words = bisect_left(left, end) - bisect_left(left, at)
        family = families.get(Span(at, end - line.endswith("\n")))
        line_kind = _line_kind(line, own, open_words)
        kind = None if line_kind is None else (line_kind, family)
        if kind is not None and (open_kind is None or kind[0] != open_kind[0] or _id(kind[1]) != _id(open_kind[1])):
            if open_kind is not None:
                yield _lines_verdict((first, number - 1), open_kind, Span(open_start, at), edits, starts, left)
                open_start, first = at, number
            open_kind = kind
        at = end
    if at:
        yield _lines_verdict(
            (first, number), open_kind or ("not-evaluated", None), Span(open_start, at), edits, starts, left
        )


def _id(family: Family | None) -> str | None:
    return None if family is None else family.id


def _line_kind(line: str, edits: Sequence[Edit], unresolved: int) -> VerdictKind | None:
    """Judgement of a line, None where it has no words."""
    if unresolved:
        return "damaged"
    if any(e.family != "decomposed" for e in edits):
        return "repaired"
    words = _WORD.findall(line)
    if not words:
        return None
    return "clean" if _share_known(words) >= 0.5 else "not-evaluated"


def _share_known(words: Sequence[str]) -> float:
    """Share of Vietnamese syllables, known place words and abbreviations."""
    known, places = syllables(), place_words()
    right = 0
    for word in words:
        folded = fold_word(word)
        right += folded in known or folded in places or (word.isupper() and len(word) > 1)
    return right / max(len(words), 1)


def _lines_verdict(
    numbers: tuple[int, int],
    kind: tuple[VerdictKind, Family | None],
    span: Span,
    edits: Sequence[Edit],
    starts: Sequence[int],
    left: Sequence[int],
) -> Verdict:
    own = edits[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
    open_words = bisect_left(left, span.end) - bisect_left(left, span.start)
    first, last = numbers
    unit = f"line {first}" if first == last else f"lines {first}-{last}"
    return _verdict(unit, span, kind[0], own, open_words, kind[1])


def _verdict(
    unit: str, span: Span, kind: VerdictKind, edits: Sequence[Edit], open_words: int, other: Family | None = None
) -> Verdict:
    if other is not None and kind == "damaged":
        return Verdict(unit, span, kind, other.id, other.evidence, 0.9)
    real = [e for e in edits if e.family != "decomposed"]
    families = Counter(e.family for e in real)
    family = families.most_common(1)[0][0] if families else None
    parts = []
    if real:
        parts.append(f"{len(real)} words repaired")
    if open_words:
        parts.append(f"{open_words} words not")
    if kind == "clean":
        parts.append("Vietnamese syllables")
    if kind == "not-evaluated":
        parts.append("too few Vietnamese words")
    sure = sum(e.confidence for e in real) / len(real) if real else 0.9
    return Verdict(unit, span, kind, family, ", ".join(parts), round(sure, 3))


def _font_verdicts(
    text: str,
    edits: Sequence[Edit],
    spans: Sequence[Span],
    unresolved: Sequence[Span],
    families: Mapping[Span, Family],
    fonts: Sequence[int],
) -> Iterator[Verdict]:
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    words: dict[int, list[str]] = {}
    for i, font in enumerate(fonts):
        if font >= 0:
            first.setdefault(font, i)
            last[font] = i + 1
    for m in _WORD.finditer(text):
        words.setdefault(fonts[m.start()], []).append(m[0])
    own: dict[int, list[Edit]] = {}
    for edit, span in zip(edits, spans, strict=True):
        if span.length:
            own.setdefault(fonts[span.start], []).append(edit)
    left = Counter(fonts[u.start] for u in unresolved)
    other = {fonts[line.start]: family for line, family in families.items()}
    for font in sorted(first):
        kind: VerdictKind
        real = [e for e in own.get(font, []) if e.family != "decomposed"]
        if left[font]:
            kind = "damaged"
        elif real:
            kind = "repaired"
        else:
            kind = "clean" if _share_known(words.get(font, [])) >= 0.5 else "not-evaluated"
        yield _verdict(f"font {font}", Span(first[font], last[font]), kind, real, left[font], other.get(font))
