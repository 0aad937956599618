"""Dates that the text leaves open ("trước ngày 25 tháng 3", "Quý II", "06 tháng đầu năm"), completed by the date of issue.

Without a date of issue they stay open, and so do dates of the lunar calendar (âm lịch): a date is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import regex

from congvan.document import Finding
from congvan.language.calendar import last_month, next_month, open_interval
from congvan.language.working_days import term_end

# accepts the day of issue as an event: "ngày ký", "ngày ký ban hành Quyết định này", "ngày ban hành văn bản này"
_ISSUED = regex.compile(
    r"ngày (?:(?:ký|ký ban hành|ban hành)(?: (?:Quyết định|Kế hoạch|Công văn|văn bản|Thông báo|Chỉ thị|Công điện|Nghị quyết|Chương trình) này)|ký(?: ban hành)?)",
    regex.IGNORECASE,
)
_YEARS = range(1900, 2101)  # years in which a document can have been issued; others are misprints
_LATE = 11  # from November on, a month of the first half of a year is one of the year to come
_HALF = 6


def resolve_relative(finding: Finding, issued_on: date | None) -> Finding:
    """The finding with its open dates completed, where they are open and the date of issue is known.

    A date gets ``start`` and ``end`` in the year of issue. A deadline gets ``due``: the day, or the last day of the
    period, but the first day of a period that is excluded ("trước tháng 7": 1 July, ``inclusive`` false), as where the
    year is named. The beginning or middle of a period (part "start", "middle") has no certain last day: no ``due``.

    A deadline lies in the year of issue, also where that day has passed, with two exceptions: a month of the first half
    of the year, in a document of November or December, is one of the next year ("trước ngày 15 tháng 01"); a day without
    its month that has passed is one of the next month ("trước ngày 05"). Where no words name the year ("năm nay",
    "tháng sau"), the value gets ``assumed_year``: True.
    """
    value = finding.value
    if finding.kind == "deadlines" and issued_on is not None and _ISSUED.fullmatch(value.get("event") or ""):
        return _from_issue(finding, issued_on)
    relative: Mapping[str, Any] | None = value.get("relative")
    if (
        finding.kind not in {"dates", "deadlines"}
        or not relative
        or value.get("lunar")
        or issued_on is None
        or issued_on.year not in _YEARS
    ):
        return finding
    given: dict[str, Any] = {}
    if finding.kind == "dates":
        interval = open_interval(relative, issued_on)
        if interval is not None:
            given = {"start": interval[0].isoformat(), "end": interval[1].isoformat()}
    else:
        interval = open_interval(relative, _deadline_base(relative, issued_on))
        if interval is not None and value.get("part") not in ("start", "middle"):
            excluded = value.get("inclusive") is False and value.get("part") is None
            given["due"] = interval[0 if excluded else 1].isoformat()
            if "months" in relative and finding.rule == "deadlines.label":
                given["start"] = interval[0].isoformat()
        if relative.get("from") == "issue":
            given["start"] = issued_on.isoformat()
    if interval is not None and given and "shift" not in relative and "year_shift" not in relative:
        given["assumed_year"] = True
    return replace(finding, value={**value, **given}) if given else finding


def _from_issue(finding: Finding, issued_on: date) -> Finding:
    """A term that runs from the day of this document: "trong 10 ngày kể từ ngày ký Quyết định này"."""
    value = finding.value
    length = value.get("offset") or ""
    due = None if value.get("due") else term_end(issued_on, length, working_days=bool(value.get("working_days")))
    return replace(finding, value={**value, "due": due.isoformat()}) if due is not None else finding


def _deadline_base(relative: Mapping[str, Any], issued_on: date) -> date:
    """The day whose year, and month, complete an open deadline."""
    if relative.keys() & {"shift", "year_shift", "month_shift", "day_shift", "toward", "range"}:
        return issued_on
    month = last_month(relative)
    if month is None:
        passed = "day" in relative and int(relative["day"]) < issued_on.day
        return next_month(issued_on) if passed else issued_on
    return date(issued_on.year + 1, 1, 1) if issued_on.month >= _LATE and month <= _HALF else issued_on
