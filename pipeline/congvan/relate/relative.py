"""Dates that the text leaves open ("trước ngày 25 tháng 3", "Quý II", "06 tháng đầu năm"), completed by the date of issue.

Without a date of issue they stay open: a year is never guessed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from congvan.document import Finding


def resolve_relative(finding: Finding, issued_on: date | None) -> Finding:
    """The finding with its open dates completed, where they are open and the date of issue is known."""
    relative = finding.value.get("relative")
    if not relative or issued_on is None or finding.kind not in {"dates", "deadlines"}:
        return finding
    interval = _interval(relative, issued_on)
    if interval is None:
        return finding
    first, last = interval
    if finding.kind == "dates":
        return replace(finding, value={**finding.value, "start": first.isoformat(), "end": last.isoformat()})
    if last < issued_on and "year" not in relative and "shift" not in relative:
        later = _interval(relative, date(issued_on.year + 1, 1, 1))
        first, last = later if later is not None else interval
    value: dict[str, Any] = {**finding.value, "due": last.isoformat()}
    if "day" not in relative:
        value["start"] = first.isoformat()
    return replace(finding, value=value)


def _interval(relative: Mapping[str, Any], given: date) -> tuple[date, date] | None:
    """First and last day of an open day, month, quarter, half-year or shifted unit in the year of ``given``."""
    year = int(relative.get("year", given.year))
    if "shift" in relative:
        return _shifted(str(relative["unit"]), int(relative["shift"]), given)
    if "day" in relative:
        month, day = int(relative.get("month", given.month)), int(relative["day"])
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
            return None
        on = date(year, month, day)
        return on, on
    if "months" in relative:
        count = int(relative["months"])
        if relative.get("part") == "end":
            return date(year, 13 - count, 1), date(year, 12, 31)
        return date(year, 1, 1), _month_end(year, count)
    if "quarter" in relative:
        quarter = int(relative["quarter"])
        return date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter)
    if "month" in relative:
        month = int(relative["month"])
        return date(year, month, 1), _month_end(year, month)
    return None


def _shifted(unit: str, shift: int, given: date) -> tuple[date, date] | None:
    """This, the next or the last year, quarter or month: "cuối năm nay", "tháng sau"."""
    if unit == "year":
        return date(given.year + shift, 1, 1), date(given.year + shift, 12, 31)
    if unit == "month":
        index = given.year * 12 + given.month - 1 + shift
        return date(index // 12, index % 12 + 1, 1), _month_end(index // 12, index % 12 + 1)
    if unit == "quarter":
        index = given.year * 4 + (given.month - 1) // 3 + shift
        year, quarter = index // 4, index % 4
        return date(year, 3 * quarter + 1, 1), _month_end(year, 3 * quarter + 3)
    return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
