"""Amounts of money, in base units (đồng, not triệu đồng)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import regex

from congvan.extract.bounds import Bounds, read_bounds
from congvan.extract.found import Found
from congvan.language.numerals import LIMIT, SCALES, parse_number, without_zeros
from congvan.rules.load import Match, rules

# accepts "triệu" shortened before đồng, as in "1.500 tr.đồng", "65 trđ"
_SHORT = regex.compile(r"(?<!\p{L})tr\b\.?", regex.IGNORECASE)
# accepts a figure again in words, in brackets behind it: " (năm)" in "5 (năm) tỷ"
_ASIDE = regex.compile(r" \([^()]*\)")
# accepts the scale words at the end of a number: "101.294 triệu", "1,2 nghìn tỷ"
_SCALE = regex.compile(r"(?:(?:^|(?<=[\d\s]))(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|trăm|chục) ?)+$", regex.IGNORECASE)
# accepts the bracket between figures and the same amount in words: "10 tỷ đồng (mười tỷ đồng)"
_BRACKET = regex.compile(r" ?\(")
# accepts what stands between figures and the same amount in words: " đồng (bằng chữ: "
_IN_WORDS = regex.compile(r"[,;]? ?\(?(?:số tiền )?(?:viết )?bằng chữ(?: là)? ?:? ?", regex.IGNORECASE)


def find_amounts(text: str) -> list[Found]:
    """Amounts of a flow, by start.

    Value: ``operator``, ``value``, ``low``, ``high``, ``per``, ``currency`` (ISO 4217), ``of`` (None: set by the caller
    from ``of_start``, the start of the amount that it is a part of), ``in_words`` (the value in "(bằng chữ: …)", or
    None) and ``agrees`` (whether the two are the same).
    """
    found: list[Found] = []
    for match in rules("amounts").find(text):
        currency = next((name for name in match.groups if len(name) == 3 and name.isupper()), None)
        if currency is None:
            continue
        if match.rule.build == "ratio":
            found.extend(_ratio(match, currency))
            continue
        bounds = read_bounds(match, _reader(match))
        if bounds is not None:
            found.append(_found(match, bounds, currency))
    return _merge_words(text, found)


def _plain(text: str) -> str:
    return _SHORT.sub("triệu", _ASIDE.sub("", text)).replace("$", "")


def _reader(match: Match) -> Callable[[str], Decimal | None]:
    """Reads a number of the match; the low end of a range takes the scale of the high end where it has none."""
    low, high = match["low"], match["high"]
    scale = _scale(high) if high and not match["low_currency"] else 1

    def read(text: str) -> Decimal | None:
        value = parse_number(_plain(text))
        if text == low and value is not None and scale > 1 and _scale(text) == 1:
            top = parse_number(_plain(high or ""))
            if top is not None and value * scale < top:
                return without_zeros(value * scale)
        return value

    return read


def _scale(text: str) -> int:
    """Product of the scale words at the end: 10^6 for "101.294 triệu", 1 for none."""
    match = _SCALE.search(_plain(text).strip())
    product = 1
    for word in match[0].lower().split() if match else []:
        product *= SCALES.get(word, 1)
    return product


def _found(match: Match, bounds: Bounds, currency: str, of_start: int | None = None) -> Found:
    value: dict[str, Any] = {
        "operator": bounds.operator,
        "value": bounds.value,
        "low": bounds.low,
        "high": bounds.high,
        "per": match["per"],
        "currency": currency,
        "of": None,
        "of_start": of_start,
        "in_words": None,
        "agrees": None,
    }
    return Found("amounts", bounds.start, bounds.end, value, match.rule.id)


def _ratio(match: Match, currency: str) -> list[Found]:
    part_text, whole_text = match["part"] or "", match["whole"] or ""
    part, whole = parse_number(_plain(part_text)), parse_number(_plain(whole_text))
    if part is None or whole is None:
        return []
    if not match["part_currency"] and _scale(part_text) == 1:
        part = without_zeros(part * _scale(whole_text))
    if part >= LIMIT:
        return []
    (part_start, part_end), (whole_start, _) = match.groups["part"], match.groups["whole"]
    part_end = match.groups.get("part_currency", (0, part_end))[1]
    return [
        _found(match, Bounds(part_start, part_end, "=", part), currency, of_start=whole_start),
        _found(match, Bounds(whole_start, match.end, "=", whole), currency),
    ]


def _merge_words(text: str, found: list[Found]) -> list[Found]:
    """An amount repeated in words, "(Bằng chữ: …)", is one finding with the amount in figures."""
    merged: list[Found] = []
    for item in found:
        before = merged[-1] if merged else None
        if (
            before is not None
            and item.rule == "amounts.words"
            and before.rule != "amounts.words"
            and (
                _IN_WORDS.fullmatch(text, before.end, item.start)
                or (before.value["value"] == item.value["value"] and _BRACKET.fullmatch(text, before.end, item.start))
            )
        ):
            words = item.value["value"]
            value = {**before.value, "in_words": words, "agrees": words == before.value["value"]}
            merged[-1] = Found(before.kind, before.start, item.end, value, before.rule)
        else:
            merged.append(item)
    return merged
