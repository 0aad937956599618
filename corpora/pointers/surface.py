"""A slip of the pen in a label shows: the digits of its values must stand in the words that it marks.

This is no second extractor: it compares digits and nothing else, and keeps silent about numbers written in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex

# accepts a figure with its separators: "1.700", "14,58", "5 000"
_FIGURE = regex.compile(r"\d+(?:[.,]\d+| \d{3}\b)*")
# accepts a number without leading zeros: "05" gives "5"
_INTEGER = regex.compile(r"(?<!\d)0*(\d+)")
# accepts halves, which have no digits of their own: "2 năm rưỡi", "nửa"
_HALF = regex.compile(r"rưỡi|nửa", regex.IGNORECASE)
# accepts a fraction, whose value has other digits: "1/3"
_FRACTION = regex.compile(r"\d+/\d+")


def _bare(number: object) -> str:
    """The digits of a number that do not depend on its scale: 1.7e12, "1.700" and 1700 are all "17"."""
    text = f"{number:.10f}" if isinstance(number, float) else str(number)
    if isinstance(number, float):
        text = text.rstrip("0")
    return regex.sub(r"\D", "", text).strip("0")


def disagreement(kind: str, label: Mapping[str, Any], surface: str) -> str | None:
    """What of a label's values does not stand in its words, or None."""
    if not regex.search(r"\d", surface) or _HALF.search(surface):
        return None
    if kind == "quantities" and _FRACTION.search(surface):
        return None
    if kind in ("percentages", "amounts", "quantities"):
        figures = _FIGURE.findall(surface)
        bare = {_bare(figure) for figure in figures} | {_bare("".join(figures))}
        wrong = [
            label[key]
            for key in ("value", "low", "high")
            if label.get(key) is not None and _bare(label[key]) not in bare
        ]
        # "1 đến dưới 2 tỷ": a bound may be written in words beside one in figures
        return (
            f"value {wrong[0]} is not in the words" if wrong and len(figures) > (label["operator"] == "range") else None
        )
    integers = {match[1] for match in _INTEGER.finditer(surface)}
    if kind == "citations":
        return _citation(label, integers)
    for key in ("duration", "offset"):
        told = {match[1] for match in _INTEGER.finditer(label.get(key) or "")}
        if told - integers:
            return f"{key} {label[key]} is not in the words"
    days = [day for day in (label.get("due"), label.get("start_date"), label.get("end_date")) if day]
    years = {number for number in integers if len(number) == 4}
    if days and years and not years & {str(int(day[:4])) for day in days}:
        return f"no year of {', '.join(days)} is in the words"
    return None


def _citation(label: Mapping[str, Any], integers: set[str]) -> str | None:
    number = _INTEGER.match(label.get("number") or "")
    if number and number[1] not in integers:
        return f"number {label['number']} is not in the words"
    year = (label.get("issued_on") or "")[:4]
    if year and year not in integers:
        return f"date {label['issued_on']} is not in the words"
    return None
