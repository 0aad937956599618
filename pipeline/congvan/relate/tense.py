"""What the calendar says of a time: an order looks ahead of the day of issue, a report looks back.

Words alone leave some sentences open ("Trong quý II năm 2025, Sở Y tế tổ chức tập huấn …"): a period that is over before the
document was issued is no term that it sets, and one that is still to come is the time of a task, not of a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from congvan.document import Finding, FindingKind, Layout
from congvan.rules.anchors import Anchors, around
from congvan.rules.check import confidence

# words of direction that also stand in reports: "trước ngày 01/7/2023 đã …", "trong năm 2022"
_ALSO_TOLD = frozenset({f"deadlines.{name}" for name in ("before", "until", "by", "within", "done-by")})


def settled(findings: Sequence[Finding], layout: Layout, issued_on: date | None, anchors: Anchors) -> list[Finding]:
    """The findings, times of the past as dates and times to come that a task may have as deadlines.

    Args:
        findings: open dates completed. issued_on: date of issue of the document itself; None leaves all as it is.
    """
    if issued_on is None:
        return list(findings)
    day = issued_on.isoformat()
    return [_settled(f, layout, day, anchors) for f in findings]


def _settled(f: Finding, layout: Layout, day: str, anchors: Anchors) -> Finding:
    told, asked, end = f.value.get("told"), f.value.get("asked"), f.value.get("end")
    named = not f.value.get("relative")
    if f.kind == "deadlines" and told and named and f.rule in _ALSO_TOLD and (f.value.get("due") or day) < day:
        return _as(f, "dates", told["start"], told["end"], told["value"], told["rule"], layout, anchors)
    if f.kind == "dates" and asked and named and end and (f.value["start"] if asked["ahead"] else end) > day:
        return _as(f, "deadlines", asked["start"], asked["end"], asked["value"], asked["rule"], layout, anchors)
    return f


def _as(
    f: Finding,
    kind: FindingKind,
    start: int,
    end: int,
    value: dict[str, object],
    rule: str,
    layout: Layout,
    anchors: Anchors,
) -> Finding:
    """The finding as one of another kind, with its own stretch of the paragraph."""
    flow = layout.paragraphs[f.paragraph].flow
    quote = flow.text[start:end]
    before, after = around(flow.text, start, end)
    return replace(
        f,
        id=anchors.id_of(kind, quote, before, after),
        kind=kind,
        span=flow.span(start, end),
        value=value,
        rule=rule,
        confidence=confidence(rule),
        quote=quote,
        before=before,
        after=after,
        at=start,
    )
