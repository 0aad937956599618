"""What percentages, amounts and quantities share: lists, what they are reckoned by, the same value in words behind it."""

from __future__ import annotations

import regex

from congvan.extract.found import Found
from congvan.language.numbers import Number
from congvan.language.numerals import parse_number
from congvan.rules.load import Match
from congvan.rules.marks import marked

# accepts a figure whose comma parts thousands if nothing smaller than its unit is counted: "500,000" (đồng), "1,250" (hộ)
THOUSANDS = regex.compile(r"[1-9]\d{0,2},\d{3}")
# accepts what stands between a value and the same once more: " (bằng chữ: ", ", số tiền viết bằng chữ là "
_AGAIN = regex.compile(r"[,;.]? ?\(?(?:(?:số tiền|ghi|viết) ){0,2}bằng (?:chữ|số)(?: là)? ?:? ?", regex.IGNORECASE)
# accepts the end of the bracket: ")", " chẵn./.)"
_CLOSING = regex.compile(r"(?: chẵn)?\.?/?\.?\)")
_FAR = 40  # more characters than stand between a value and the same in words


def number_of(match: Match, group: str) -> Number | None:
    """The number that a group of a match is; of a rule that sees figures as they are written, what its group says, or None."""
    start, end = match.groups[group]
    known = marked(match.text)[1].get(start)
    if known is not None and (match.rule.numbers or known.end == end):
        return known
    value = parse_number(match.text[start:end])
    return None if value is None else Number(start, end, value, 1, "figure")


def items_before(match: Match) -> list[Number]:
    """The numbers of a list before the last one, which has the unit; group ``items``."""
    start, end = match.groups["items"]
    numbers = marked(match.text)[1]
    return [numbers[at] for at in range(start, end) if at in numbers]


def per_of(match: Match) -> str | None:
    """What a value is reckoned by, as written, without spaces at the signs: "người/tháng"; None for nothing."""
    per = match["per"]
    if per is None:
        return None
    parts = [part.strip() for part in per.split("/")]
    return "/".join([*parts, match["per2"]] if match["per2"] else parts)


def agreeing(text: str, found: list[Found]) -> list[Found]:
    """The findings, by start, those that say the one before them again, in words or figures in brackets, made one with it.

    ``in_words`` of the one that is left is the value of the words, ``agrees`` whether the two are the same.
    """
    found.sort(key=lambda f: (f.start, f.end))
    out: list[Found] = []
    for item in found:
        before = out[-1] if out else None
        if before is not None and _repeats(text, before, item):
            spoken = item if _in_words(text, item) else before
            value = {**before.value, "in_words": spoken.value["value"]}
            value["agrees"] = before.value["value"] == item.value["value"]
            closing = _CLOSING.match(text, item.end) if "(" in text[before.end : item.start] else None
            out[-1] = Found(before.kind, before.start, closing.end() if closing else item.end, value, before.rule)
        else:
            out.append(item)
    return out


def _in_words(text: str, item: Found) -> bool:
    return not any(c.isdecimal() for c in text[item.start : item.end])


def _repeats(text: str, before: Found, item: Found) -> bool:
    """Whether a finding says the one before it again: words for figures, alone in a bracket or behind "bằng chữ"."""
    gap = text[before.end : item.start]
    if len(gap) > _FAR or _in_words(text, before) == _in_words(text, item):
        return False
    if gap in (" (", "(") and _CLOSING.match(text, item.end) is not None:
        return True
    return _AGAIN.fullmatch(gap) is not None
