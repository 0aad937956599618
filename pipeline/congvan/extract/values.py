"""All values of a flow in one pass: what one kind takes, no other kind sees.

Order: citations, then percentages and amounts, then dates and deadlines, then quantities. So the date of a decree is not a
date of the text, the 5 in "5%" is no day, a deadline is not also a date, and "05 ngày" counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from congvan.extract.amounts import find_amounts
from congvan.extract.citations import find_citations
from congvan.extract.dates import find_dates
from congvan.extract.deadlines import find_deadlines
from congvan.extract.found import Found
from congvan.extract.percentages import find_percentages
from congvan.extract.quantities import find_quantities
from congvan.rules.marks import within_number

_MASK = "\ufffc"  # object replacement character: matches no letter, digit, space or sign of any rule


def find_values(text: str) -> list[Found]:
    """Percentages, amounts, dates, deadlines, quantities and citations of a flow, by start.

    Args:
        text: the flow of one paragraph: NFC, lines joined with single spaces.
    """
    mentions = find_citations(text)
    found = [mention.found for mention in mentions]
    rest = _masked(text, (span for mention in mentions for span in mention.masked))
    numbers = find_percentages(rest)
    rest = _masked(rest, ((f.start, f.end) for f in numbers))
    amounts = find_amounts(rest)
    rest = _masked(rest, ((f.start, f.end) for f in amounts))
    dates = [d for d in find_dates(rest) if not _cuts_a_number(rest, d)]
    deadlines, taken = find_deadlines(rest, dates, text)
    open_ = {f.value["told"]["end"]: f for f in deadlines if f.value.get("tentative")}
    deadlines = [f for f in deadlines if not f.value.get("tentative")]
    rest = _masked(rest, ((f.start, f.end) for f in (*dates, *deadlines)))
    dates = [_asked(d, open_.get(d.end)) for d in dates if (d.start, d.end) not in taken and not _beside(d)]
    found += [*numbers, *amounts, *deadlines, *dates, *find_quantities(rest)]
    found.sort(key=lambda f: (f.start, f.end, f.kind))
    return found


def _cuts_a_number(text: str, date: Found) -> bool:
    """Whether a date ends within a number in words: "tám trăm năm" in "857 (tám trăm năm mươi bảy) hộ"."""
    return within_number(text, date.end)


def _asked(found: Found, deadline: Found | None) -> Found:
    """The date with the deadline that it may be, which the date of issue decides."""
    if deadline is None:
        return found
    value = {k: v for k, v in deadline.value.items() if k != "tentative"}
    asked = {
        "ahead": deadline.value["tentative"] == "ahead",
        "start": deadline.start,
        "end": deadline.end,
        "value": value,
        "rule": deadline.rule,
    }
    return replace(found, value={**found.value, "asked": asked})


def _beside(found: Found) -> bool:
    """Whether a date is only named from the one spoken of: "so với năm trước", "chuyển sang năm sau", "hôm nay"."""
    relative = found.value["relative"] or {}
    return bool(relative.get("shift")) or "day_shift" in relative


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with the spans overwritten, so that every offset stays."""
    out: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if end > at:
            start = max(start, at)
            out += (text[at:start], _MASK * (end - start))
            at = end
    out.append(text[at:])
    return "".join(out)
