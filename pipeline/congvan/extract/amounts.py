"""Amounts of money, in base units (đồng, not triệu đồng)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import regex

from congvan.extract.bounds import Bounds, bounds_before, read_bounds
from congvan.extract.found import Found
from congvan.extract.measured import THOUSANDS, agreeing, items_before, number_of, per_of
from congvan.language.numbers import Number
from congvan.language.numerals import LIMIT, without_zeros
from congvan.rules.load import Match, rules

# accepts "đến" before a sum, which makes it the most that is given: "hỗ trợ đến 50 triệu đồng"; not "lên đến", "từ … đến"
_UP_TO = regex.compile(
    r"(?r)(?<!(?<!\p{L})(?:lên|tính|ước|tăng|giảm|xuống|có|từ [^,;.:]{0,25}) )(?<!\p{L})đến ", regex.IGNORECASE
)
# accepts a word that says that a sentence speaks of money
_MONEY = regex.compile(
    r"(?<!\p{L})(?:kinh phí|ngân sách|vốn|tiền|chi|thu|chi phí|dự toán|doanh thu|giá|lương|phạt|thưởng|vay|nợ|thu nhập|quỹ|tài trợ"
    r"|hỗ trợ|đồng|trị giá|giá trị|đầu tư|thuế|phí|lợi nhuận|học bổng|trợ cấp|phụ cấp|giải ngân|quyết toán|đóng góp|ủng hộ)(?!\p{L})",
    regex.IGNORECASE,
)
# accepts a figure that counts and is no sum: "05 đồng" are medals
_COUNTED = regex.compile(r"0\d")
# accepts the words before a unit of a table: "ĐVT: " in "ĐVT: 1.000 đồng"
_UNIT_IS = regex.compile(r"(?r)(?:đơn vị(?: tính)?|ĐVT) ?:? ?", regex.IGNORECASE)
_THOUSAND = 1_000
_LEAST = 1_000_000  # of a sum that is named without its currency
_AROUND = 120  # characters before a bare sum in which its sentence has to speak of money


def find_amounts(text: str) -> list[Found]:
    """Amounts of a flow, by start.

    Value: ``operator``, ``value``, ``low``, ``high``, ``per``, ``currency`` (ISO 4217), ``of`` (None: set by the caller
    from ``of_start``, the start of the amount that it is a part of), ``in_words`` (the value in "(bằng chữ: …)", or
    None) and ``agrees`` (whether the two are the same).
    """
    return agreeing(text, [found for match in rules("amounts").find(text) for found in _read(match)])


def _read(match: Match) -> Iterator[Found]:
    if _COUNTED.fullmatch(match["value"] or "") or _names_a_unit(match):
        return
    currency = next((name for name in match.groups if len(name) == 3 and name.isupper()), "")
    if match.rule.build == "bare":
        currency = "VND" if _speaks_of_money(match) else ""
    if not currency:
        return
    if match.rule.build == "ratio":
        yield from _ratio(match, currency)
        return
    bounds = read_bounds(match, _value_in(match, currency))
    if bounds is None:
        return
    last = number_of(match, "value") if match.rule.build == "list" else None
    for n in items_before(match) if last is not None else ():
        value = without_zeros(n.value * (last.scale if last is not None and n.scale == 1 else 1))
        yield _found(match, Bounds(n.start, n.end, "=", value), currency)
    if bounds.operator == "=":
        up_to = _UP_TO.match(match.text, 0, bounds.start)
        if up_to is not None:
            bounds = replace(bounds, start=up_to.start(), operator="<=")
    yield _found(match, bounds, currency)


def _names_a_unit(match: Match) -> bool:
    """Whether thousands of money are the unit of a table: "ĐVT: 1.000 đồng", "Kinh phí (1.000 đồng)" as the head of a column."""
    number = number_of(match, "value") if "value" in match.groups else None
    if number is None or number.value != _THOUSAND:
        return False
    in_head = match.text[match.start - 1 : match.start] == "(" and match.text[match.end :] == ")"
    return in_head or _UNIT_IS.match(match.text, 0, match.start) is not None


def _speaks_of_money(match: Match) -> bool:
    """Whether a number without a unit, from one million on, stands in a sentence about money."""
    number = number_of(match, "value")
    if number is None or number.value < _LEAST:
        return False
    return _MONEY.search(match.text, max(0, match.start - _AROUND), match.end + _AROUND // 4) is not None


def _value_in(match: Match, currency: str) -> Callable[[Number], Decimal]:
    """The value of a number in a currency: there is no thousandth of a đồng, so the comma of "500,000 đồng" parts thousands."""

    def value(number: Number) -> Decimal:
        if currency == "VND" and THOUSANDS.fullmatch(match.text, number.start, number.end):
            return number.value * 1000
        return number.value

    return value


def _found(match: Match, bounds: Bounds, currency: str, of_start: int | None = None) -> Found:
    value: dict[str, Any] = {
        "operator": bounds.operator,
        "value": bounds.value,
        "low": bounds.low,
        "high": bounds.high,
        "per": per_of(match),
        "currency": currency,
        "of": None,
        "of_start": of_start,
        "in_words": bounds.in_words,
        "agrees": None if bounds.in_words is None else bounds.in_words == bounds.value,
    }
    return Found("amounts", bounds.start, bounds.end, value, match.rule.id)


def _ratio(match: Match, currency: str) -> Iterator[Found]:
    part, whole = number_of(match, "part"), number_of(match, "whole")
    if part is None or whole is None:
        return
    own = _value_in(match, currency)
    share = own(part)
    if "part_unit" not in match.groups and part.scale == 1:
        share = without_zeros(share * whole.scale)
    if share >= LIMIT:
        return
    end = match.groups.get("part_unit", (0, part.end))[1]
    before = bounds_before(match.text, part.start)
    operator = {"about": "~", "gt": ">"}.get(before.bound or "", "=")
    start = before.start if operator != "=" else part.start
    yield _found(match, Bounds(start, end, operator, share), currency, of_start=whole.start)
    yield _found(match, Bounds(whole.start, match.end, "=", own(whole)), currency)
