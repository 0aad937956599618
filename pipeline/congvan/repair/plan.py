"""The repair plan: sorted edits that turn a text into the repaired text; replay, undo, compose."""

from __future__ import annotations

from collections.abc import Sequence

from congvan.document import Edit, Span
from congvan.errors import UsageError
from congvan.repair.lines import LINE_END


def apply_plan(raw: str, edits: Sequence[Edit]) -> str:
    """The text that the edits make of ``raw``.

    Raises:
        UsageError: the edits overlap, are not sorted, or were made for another text.
    """
    out: list[str] = []
    at = 0
    for edit in edits:
        if edit.span.start < at or edit.span.of(raw) != edit.before:
            raise _misfit(raw, edit.span.start, edit.before, in_order=edit.span.start >= at)
        out += (raw[at : edit.span.start], edit.after)
        at = edit.span.end
    out.append(raw[at:])
    return "".join(out)


def reverse_plan(clean: str, edits: Sequence[Edit]) -> str:
    """The text before repair, from the repaired text and the plan.

    Raises:
        UsageError: the edits overlap, are not sorted, or the plan was made for another text.
    """
    out: list[str] = []
    at = shift = 0
    for edit in edits:
        start = edit.span.start + shift
        if start < at or clean[start : start + len(edit.after)] != edit.after:
            raise _misfit(clean, start, edit.after, in_order=start >= at)
        out += (clean[at:start], edit.before)
        at = start + len(edit.after)
        shift += len(edit.after) - edit.span.length
    out.append(clean[at:])
    return "".join(out)


SHOWN = 40  # characters of a place that messages quote


def _misfit(text: str, at: int, wanted: str, in_order: bool) -> UsageError:
    """The error of an edit that meets something else than what it was made for: where, and what stands there."""
    if not in_order:
        return UsageError(
            f"The plan is not in order: an edit at character {at} begins inside the one before.",
            "Make the plan anew from the text.",
        )
    line = sum(1 for _ in LINE_END.finditer(text, 0, max(at, 0))) + 1
    there = text[at : at + max(len(wanted), 1)] if 0 <= at < len(text) else ""
    met = f"there stands {_quoted(there)}" if there else "the text ends before it"
    return UsageError(
        f"The plan does not fit the text: line {line}, character {at}, should read {_quoted(wanted)}, {met}.",
        "Use the text that the plan was made for, unchanged, or make a new plan.",
    )


def _quoted(text: str) -> str:
    """A piece of a text in quotes, on one line, cut where it is long."""
    return ascii(text) if not text.isprintable() else f"“{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}”"


def compose(raw: str, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """One plan that does what ``first`` and then ``second`` do. Spans of the result point into ``raw``.

    Edits that touch the same characters become one, with the family and evidence of the later one and the lower
    confidence.
    """
    if not first or not second:
        return tuple(first or second)
    middle = apply_plan(raw, first)
    # every edit as (start, end) in the middle text and in its own other text; merged from left to right
    merged: list[Edit] = []
    i = j = 0
    shift = 0  # len(middle) - len(raw) before the next edit of `first`
    while i < len(first) or j < len(second):
        start_1 = first[i].span.start + shift if i < len(first) else len(middle) + 1
        start_2 = second[j].span.start if j < len(second) else len(middle) + 1
        start = min(start_1, start_2)
        raw_start = start - shift
        end = start
        after: list[str] = []
        at = start  # how far the middle text of this group has been written to `after`
        own: list[Edit] = []
        open_group = True
        while open_group:
            open_group = False
            if i < len(first):
                s = first[i].span.start + shift
                e = s + len(first[i].after)
                if s < end or s == start:
                    own.append(first[i])
                    shift += len(first[i].after) - first[i].span.length
                    end, i, open_group = max(end, e), i + 1, True
                    continue
            if j < len(second):
                s, e = second[j].span
                if s < end or s == start:
                    after += (middle[at:s], second[j].after)
                    own.append(second[j])
                    at = e
                    end, j, open_group = max(end, e), j + 1, True
        after.append(middle[at:end])
        raw_end = end - shift
        before, new = raw[raw_start:raw_end], "".join(after)
        if before != new:
            last = own[-1]
            confidence = min(e.confidence for e in own)
            merged.append(Edit(Span(raw_start, raw_end), before, new, last.family, last.evidence, confidence))
    return tuple(merged)
