"""Operator, value and ends of a bounded number: what stands around a number says whether it is the value or its bound.

The words are in ``rules/vi/pieces/bounds.toml``. Before a number they are read from right to left ("tối thiểu phải đạt trên 5%"):
a strict bound is stronger than "khoảng", of two strict ones the nearer one counts. Behind it "trở lên" may follow what is counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from congvan.extract.measured import number_of
from congvan.language.numbers import Number
from congvan.language.numerals import without_zeros
from congvan.rules.load import Match, read_pieces

_OPERATORS = {"ge": ">=", "le": "<=", "lt": "<", "gt": ">", "about": "~", "more": ">", "less": "<"}
_STRICT = frozenset({"ge", "le", "lt", "gt", "more", "less"})
_REACH = 60  # characters that a bound, its filler or "trở lên" may be away from the number
_NEAR = 30  # characters between figure and "trở lên" where no "từ" stands before the figure ("6.000 lao động trở lên")
_STEPS = 6  # words of bound and filler that are read before one number


@dataclass(frozen=True, slots=True)
class Bounds:
    """A bounded number and the range of the flow that it takes, operator words included.

    Attributes:
        operator: "=", ">=", ">", "<=", "<", "~" or "range". value: None for a range. low, high: None but for a range.
        in_words: the value that a bracket tells in words, None without one.
    """

    start: int
    end: int
    operator: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    in_words: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Before:
    """What bounds a number on its left: name of the bound or None, whether "từ" stands there, and where they begin."""

    bound: str | None
    start: int
    since: bool


@dataclass(frozen=True, slots=True)
class _Patterns:
    step: regex.Pattern[str]
    behind: regex.Pattern[str]
    difference: regex.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = read_pieces("bounds")
    names = ("ge", "le", "lt", "less", "more", "gt", "about", "from", "filler")
    step = "|".join(f"(?P<{'since' if name == 'from' else name}>{words[name]})" for name in names)
    flags = regex.IGNORECASE
    return _Patterns(
        # accepts one word of bound or filler that ends where the number begins, its space or colon included: "không quá "
        regex.compile(rf"(?r)(?:(?<!\p{{L}})|(?<=[<>≤≥~≈=]))(?:{step})(?: ?: ?| )?", flags),
        # accepts "trở lên" behind a number and, at a distance, behind what it counts
        regex.compile(
            rf" (?P<gap>)(?:(?P<up>{words['up_next']})|(?P<down>{words['down_next']}))(?!\p{{L}})"
            rf"|(?P<gap>[^\d.;:()%]{{0,{_REACH}}}?) (?:(?P<up>{words['up']})|(?P<down>{words['down']}))(?!\p{{L}})",
            flags,
        ),
        # accepts what makes "cao hơn 5%" and "vượt 5%" a difference: "… so với cùng kỳ", "… kế hoạch"
        regex.compile(
            r"[^\d.,;:()]{0,40}? (?:so với|cùng kỳ|năm trước|năm ngoái|kế hoạch|dự toán|chỉ tiêu|mục tiêu|bình quân)",
            flags,
        ),
    )


def bounds_before(text: str, at: int) -> _Before:
    """The bound that ends at a place of a text."""
    step = _patterns().step
    bound: str | None = None
    start, since = at, False
    place = at
    for _ in range(_STEPS):
        m = step.match(text, max(0, place - _REACH), place)
        if m is None or m.start() == place:
            break
        name = m.lastgroup or ""
        place = m.start()
        if name == "filler":
            continue
        if name == "since":
            if since:
                break
            since, start = True, place
            continue
        if bound is None or (bound == "about" and name in _STRICT):
            bound, start = name, place
        elif name == "about" or bound in ("ge", "le", "lt", "gt"):
            start = place
        else:
            break
    return _Before(bound, start, since)


def read_bounds(match: Match, value_of: Callable[[Number], Decimal] | None = None) -> Bounds | None:
    """The bounds that a match states, from its groups ``value``, or ``low`` and ``high``; None where a number is none.

    A "range" whose first end is not the smaller one ("năm 2022 - 5%") is the second number alone. An end without scale
    words takes those of the other end where that makes it the smaller one ("từ 5 đến 7 triệu").

    Args:
        value_of: what the value of a number is, where its unit decides on that; default: its own value.
    """
    own = value_of or (lambda number: number.value)
    if "high" in match.groups:
        first, last = number_of(match, "low"), number_of(match, "high")
        if first is None or last is None:
            return None
        low, high = own(first), own(last)
        if first.scale == 1 and last.scale > 1 and "low_unit" not in match.groups and low * last.scale < high:
            low = without_zeros(low * last.scale)
        if low >= high:
            return Bounds(last.start, match.end, "=", high)
        before = bounds_before(match.text, match.groups["low"][0])
        return Bounds(min(before.start, match.start), match.end, "range", None, low, high)
    number = number_of(match, "value")
    if number is None:
        return None
    value = own(number)
    if match["half"]:
        value += Decimal("0.5")
    if match["minus"]:
        value = value.copy_negate()
    own_start = number.start if "items" in match.groups else match.groups.get("minus", (match.start,))[0]
    before = bounds_before(match.text, own_start)
    operator, end = _operator(match, before)
    start = before.start if operator != "=" else own_start
    return Bounds(start, end, operator, value, in_words=number.in_words)


def _operator(match: Match, before: _Before) -> tuple[str, int]:
    """The operator, and where the finding ends: "trở lên" directly behind it belongs to it."""
    behind = _patterns().behind.match(match.text, match.end)
    if behind is not None and (before.since or before.bound not in ("le", "lt")):
        gap = behind["gap"].strip()
        if not gap or before.since or (len(gap) <= _NEAR and "," not in gap):
            end = match.end if gap else behind.end()
            if behind["down"]:
                return "<=", end
            return (">" if before.bound == "gt" else ">="), end
    if before.bound is None:
        return "=", match.end
    if before.bound in ("more", "less") and (match["points"] or _patterns().difference.match(match.text, match.end)):
        return "=", match.end
    return _OPERATORS[before.bound], match.end
