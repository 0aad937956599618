"""Verdicts: which stretches of a text are clean, repaired, damaged, or not evaluated."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import regex

from congvan.document import Edit, Span, Verdict, VerdictKind
from congvan.language.folding import fold_word
from congvan.language.ghostscript import tell_tale
from congvan.language.syllables import place_words, syllables
from congvan.repair.families import Family
from congvan.repair.lines import Line
from congvan.repair.suspects import suspects

_Kind: TypeAlias = tuple[VerdictKind, str | None]  # judgement of a line, id of its other damage
REPAIRED: _Kind = ("repaired", None)
_PLAIN: _Kind = ("clean", None)
HEAD = 12  # characters of a line that mostly tell whether it has letters
BRIDGE = 4  # clean lines between repaired ones that belong to their stretch

# accepts a word, values of damage included ("qußc", "n\ufffdm")
_WORD = regex.compile(r"[\p{L}\p{M}\x00-\x08\x0e-\x1b¡¢¯°±¾¿\ufffd]+")
# accepts a word with the characters inside it that never stand in a clean text: controls, U+FFFD ("\x12ồng", "Straße")
_LETTERS = regex.compile(r"[\p{L}\p{M}\x01-\x08\x0e-\x1b\ufffd]+")
_NEVER_CLEAN = frozenset("\ufffd").union(map(chr, (*range(0x01, 0x09), *range(0x0E, 0x1C))))


def after_spans(edits: Sequence[Edit]) -> Iterator[Span]:
    """The spans of the edits in the text after repair."""
    shift = 0
    for edit in edits:
        start = edit.span.start + shift
        yield Span(start, start + len(edit.after))
        shift += len(edit.after) - edit.span.length


def unresolved_spans(text: str, edits: Sequence[Edit], families: Mapping[Span, Family]) -> tuple[Span, ...]:
    """Words of the repaired text that look damaged; of a line with other damage (``families``) the whole line.

    A control character or U+FFFD always does; a letter of the damage (ß, ÿ) only in a text where damage was found, and
    among Vietnamese words: foreign names have such letters too.
    """
    seen = suspects(text)
    garbled = len({e.before for e in edits if e.family == "ghostscript-range"}) > 1
    found: list[Span] = []
    for number in seen.unusual if garbled or not seen.characters.isdisjoint(_NEVER_CLEAN) else ():
        line = seen.lines[number]
        words = list(_LETTERS.finditer(text, line.start, line.stop))
        spans = [Span(*m.span()) for m in words if not _NEVER_CLEAN.isdisjoint(m[0])]
        if garbled and (shown := [m for m in words if not tell_tale().isdisjoint(m[0])]):
            others = [m[0] for m in words if tell_tale().isdisjoint(m[0])]
            if not others or _share_known(others) >= 0.5:
                spans = sorted({*spans, *(Span(*m.span()) for m in shown)})
        found += spans
    lines = sorted(families)
    starts = [line.start for line in lines]
    outside = {s for s in found if not ((n := bisect_right(starts, s.start)) and lines[n - 1].covers(s))}
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
    seen = suspects(text)
    lines, unusual = seen.lines, frozenset(seen.unusual)
    kinds: list[_Kind | None] = []
    edited = {number for span in (*spans, *unresolved) for number in _numbers(lines, span)}
    for number, line in enumerate(lines):
        if number not in unusual and number not in edited:
            has_letters = _is_lettered(text[line.start : min(line.start + HEAD, line.stop)])
            kinds.append(_PLAIN if has_letters or _is_lettered(text[line.start : line.stop]) else None)
            continue
        own = edits[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
        open_words = bisect_left(left, line.end) - bisect_left(left, line.start)
        kind = _line_kind(text[line.start : line.stop], own, open_words)
        family = families.get(_bare(line))
        kinds.append(None if kind is None else (kind, family and family.id))
    for first, stop, joined in _stretches(kinds):
        span = Span(lines[first].start, lines[stop - 1].end)
        other = next((families[f] for n in range(first, stop) if (f := _bare(lines[n])) in families), None)
        yield _lines_verdict((first + 1, stop), (joined[0], other), span, edits, starts, left)


def _is_lettered(text: str) -> bool:
    """True for a text with letters that have a case."""
    return text.lower() != text.upper()


def _numbers(lines: Sequence[Line], span: Span) -> range:
    """The lines that a span touches."""
    first = bisect_right(lines, span.start, key=lambda line: line.start) - 1
    return range(max(first, 0), max(bisect_left(lines, span.end, key=lambda line: line.start), first + 1))


def _bare(line: Line) -> Span:
    """A line without its line end."""
    return Span(line.start, line.stop)


def _stretches(kinds: Sequence[_Kind | None]) -> Iterator[tuple[int, int, _Kind]]:
    """First line, line after the last, and judgement of each stretch of lines.

    Lines without words go with what stands before; a few clean lines between repaired ones are of the repaired stretch.
    """
    runs: list[tuple[int, _Kind, int]] = []  # first line, judgement, lines with words
    for n, kind in enumerate(kinds):
        if kind is None:
            continue
        if runs and runs[-1][1] == kind:
            runs[-1] = (runs[-1][0], kind, runs[-1][2] + 1)
        elif len(runs) > 1 and runs[-1][1][0] == "clean" and runs[-1][2] <= BRIDGE and runs[-2][1] == kind == REPAIRED:
            runs.pop()
        else:
            runs.append((n, kind, 1))
    if not runs and kinds:
        runs = [(0, ("not-evaluated", None), 0)]
    for i, (first, kind, _) in enumerate(runs):
        yield (first if i else 0), (runs[i + 1][0] if i + 1 < len(runs) else len(kinds)), kind


def _line_kind(line: str, edits: Sequence[Edit], unresolved: int) -> VerdictKind | None:
    """Judgement of a line, None where it has no words."""
    if unresolved:
        return "damaged"
    if any(e.family != "decomposed" for e in edits):
        return "repaired"
    known = words = 0
    for right, own in map(_counts, line.split()):
        known += right
        words += own
    if not words:
        return None
    return "clean" if known / words >= 0.5 else "not-evaluated"


@lru_cache(maxsize=20_000)
def _counts(chunk: str) -> tuple[int, int]:
    """Of a stretch without white space: the words that are known, and all words."""
    words = _WORD.findall(chunk)
    return sum(map(_is_known, words)), len(words)


def _share_known(words: Sequence[str]) -> float:
    """Share of Vietnamese syllables, known place words and abbreviations."""
    return sum(map(_is_known, words)) / max(len(words), 1)


def _is_known(word: str) -> bool:
    folded = fold_word(word)
    return folded in syllables() or folded in place_words() or (word.isupper() and len(word) > 1)


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
        parts.append(f"{len(real)} {'word' if len(real) == 1 else 'words'} repaired")
    if open_words:
        parts.append(f"{open_words} {'word' if open_words == 1 else 'words'} not")
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
