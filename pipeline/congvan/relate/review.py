"""What a person should look at, worst first."""

from __future__ import annotations

from bisect import bisect_left

import regex

from congvan.record import Record, ReviewItem
from congvan.relate.letterhead import Letterhead
from congvan.rules.check import measured

# accepts a day with its year: "ngày 25/4/2030", "25 tháng 4 năm 2030"
_DAY = regex.compile(r"\d{1,2}(?:[/.-]| tháng )\d{1,2}(?:[/.-]| năm )\d{4}")
_SURE = 0.6  # below this measured precision a finding is shown to a person


def review_of(record: Record, head: Letterhead) -> list[ReviewItem]:
    """Reasons to look at a record: damage left, fields missing that every document has, values of unsure rules."""
    out: list[ReviewItem] = []
    if record.repair.unresolved:
        out.append(
            ReviewItem(
                field="text", reason=f"{len(record.repair.unresolved)} places look damaged and were not repaired"
            )
        )
    if next(filter(str.isalpha, record.text), "A").islower():
        out.append(ReviewItem(field="text", reason="it begins within a sentence: what stood before is not in the file"))
    if head.stamp is not None:
        out.append(
            ReviewItem(
                field="number",
                reason=f"the figures {head.stamp.value!r} of a stamp stand apart at {head.stamp.span.start}: "
                "they may be number, day and month",
            )
        )
    for name in ("document_type", "issuer", "number", "issued_on", "signatory"):
        if getattr(record, name) is None:
            out.append(ReviewItem(field=name, reason="not found in the text"))
    if record.signatory is not None and record.signatory.name is None:
        out.append(ReviewItem(field="signatory", reason="the name of the person who signed is not in the text"))
    damaged = sorted(record.repair.unresolved)
    starts = [start for start, _ in damaged]
    for kind, finding in record.all_findings():
        last = bisect_left(starts, finding.span[1]) - 1
        if kind != "agencies" and last >= 0 and damaged[last][1] > finding.span[0]:
            out.append(ReviewItem(finding=finding.id, reason="its text looks damaged"))
    for valued in (*record.percentages, *record.amounts, *record.quantities):
        if valued.agrees is False:
            reason = f"figures and words disagree: {valued.value} against {valued.in_words}"
            out.append(ReviewItem(finding=valued.id, reason=reason))
    for check in record.checks:
        if check.verdict == "disagrees":
            out.append(ReviewItem(finding=check.id, reason=f"{check.kind}: {check.stated} against {check.computed}"))
    for deadline in record.deadlines:
        if deadline.due is not None and deadline.assumed_year:
            out.append(
                ReviewItem(finding=deadline.id, reason="the year is not named and follows from the date of issue")
            )
        if deadline.due is None and deadline.working_days and _DAY.search(deadline.event or ""):
            out.append(ReviewItem(finding=deadline.id, reason="the working days of that year are not known"))
        if deadline.due is None and deadline.recurrence is None and deadline.event is None:
            out.append(ReviewItem(finding=deadline.id, reason="the date could not be worked out"))
    for _, finding in record.all_findings():
        if finding.confidence >= _SURE:
            continue
        if measured(finding.rule) == (0, 0):
            reason = f"rule {finding.rule} has not been measured on gold yet"
        else:
            reason = f"rule {finding.rule} is right in {finding.confidence:.0%} of the cases"
        out.append(ReviewItem(finding=finding.id, reason=reason))
    return out
