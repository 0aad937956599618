"""Vietnamese numbers, in figures and in words, as ``Decimal``.

Figures: dot for thousands, comma for decimals ("14.770,5"). Words (số đếm): "hai mươi mốt", "một trăm linh năm",
"ba nghìn tỷ". Both mixed: "2 tỷ 350 triệu", "3 triệu 5", "một triệu rưỡi". What is not a number is None, never a guess.

The grammar of the words, W a number, D a digit, S a scale word (chục trăm nghìn vạn triệu tỷ, alone or in a row):

    W = [W] tỷ [rest] | [W] triệu [rest] | [W] vạn [rest] | [W] nghìn [rest] | hundreds | W phẩy digits [S] | nửa [S] | S rưỡi
    rest = W below S | linh W | D (tenths: "triệu hai" is 1,2 triệu) | rưỡi (half of S)
    hundreds = D trăm [linh D | tens | D | rưỡi] | tens
    tens = mười [D] | D mươi [D] | D chục [D] | D mốt/tư/lăm/nhăm | D [rưỡi]

Every digit may be a figure as well ("3 triệu 5", "3 trăm triệu"). Where they are found in running text: ``language/numbers.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal, Inexact, localcontext

import regex

# accepts dot thousands with an optional decimal comma: "14.770,5", "1.700"
_GROUPED = regex.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
# accepts comma thousands, as English writes them, only where two signs show it: "1,345,600", "1,345.6"
_ENGLISH = regex.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+")
# accepts figures without thousands, decimal comma or (misprinted) decimal point: "593", "7,98", "14.58", "0.125"
_PLAIN = regex.compile(r"\d+(?:[.,]\d+)?")
# accepts a figure, or a run of letters: "3", "14.770,5", "triệu"
_TOKEN = regex.compile(r"\d+(?:[.,]\d+)*|\p{L}+")
# accepts a figure that is a number by itself inside a mixed expression: "3", "14.770,5"
_STARTS_WITH_DIGIT = regex.compile(r"\d")

DIGITS: dict[str, int] = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "nhăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
"""The digits in words, with the forms they take after "mươi" (mốt, tư, lăm, nhăm)."""

SCALES: dict[str, int] = {
    "chục": 10,
    "trăm": 100,
    "nghìn": 1_000,
    "ngàn": 1_000,
    "ngìn": 1_000,
    "vạn": 10_000,
    "triệu": 1_000_000,
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
}
"""The words that multiply what stands before them."""

_AFTER_TENS = frozenset({"mốt", "tư", "lăm", "nhăm"})  # forms that a digit takes in the units place only
_LINK = frozenset({"linh", "lẻ"})
_POWERS = (("tỷ", "tỉ"), ("triệu",), ("vạn",), ("nghìn", "ngàn", "ngìn"))
_LONGEST = 64  # more words than the longest number that is ever written out
_MOST_DIGITS = 20  # more digits than any sum of money or count has
_EXACT = Context(prec=2 * _MOST_DIGITS, traps=[Inexact])
ZERO = Decimal(0)
LIMIT = Decimal(10) ** _MOST_DIGITS
"""No number that is read reaches this: a longer row of figures is a code, or damage."""


def parse_figure(text: str) -> Decimal | None:
    """The value of a figure written the Vietnamese way; None where the signs contradict each other.

    "1.700" is 1700, "7,98" is 7.98, "14.58" (a misprint for 14,58) is 14.58, "1,345,600" is 1345600, "1.23.4" is None.
    More than 20 digits are None too.
    """
    text = text.strip()
    if len(text) - text.count(".") - text.count(",") > _MOST_DIGITS:
        return None
    if _GROUPED.fullmatch(text) and not text.startswith("0"):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return None


def parse_number(text: str) -> Decimal | None:
    """The value of a number in figures, in words or mixed; None where it is none.

    "hai mươi mốt" is 21, "3 triệu 5" is 3500000, "2 tỷ 350 triệu" is 2350000000, "một triệu rưỡi" is 1500000,
    "triệu rưỡi" too; "trăm triệu" (with nothing before it) is None, and so is what reaches :data:`LIMIT`. Never rounded.
    """
    return parse_tokens([token.lower() for token in _TOKEN.findall(text)])


def without_zeros(value: Decimal) -> Decimal:
    """The same number without decimals where they are none: 5.0 as 5."""
    return Decimal(int(value)) if value == value.to_integral_value() else value


def parse_tokens(tokens: Sequence[str]) -> Decimal | None:
    """As :func:`parse_number`, of tokens in small letters: figures and words of numbers."""
    if not tokens or len(tokens) > _LONGEST:
        return None
    try:
        with localcontext(_EXACT):
            value = _number(tokens)
    except Inexact:
        return None
    return None if value is None or value >= LIMIT else without_zeros(value)


def _number(tokens: Sequence[str]) -> Decimal | None:
    if tokens and tokens[0] == "nửa":
        scale = _product(tokens[1:])
        return Decimal(scale) / 2 if scale is not None else None
    if len(tokens) == 2 and tokens[1] == "rưỡi" and SCALES.get(tokens[0], 0) >= 100:
        return Decimal(SCALES[tokens[0]]) * 3 / 2
    if "phẩy" in tokens:
        return _decimal(tokens)
    for names in _POWERS:
        at = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i] in names), -1)
        if at >= 0:
            scale = SCALES[names[0]]
            high = _number(tokens[:at])
            low = _remainder(tokens[at + 1 :], scale)
            return None if high is None or low is None else high * scale + low
    return _below_thousand(tokens)


def _product(words: Sequence[str]) -> int | None:
    """What a row of scale words multiplies by, 1 for none: "nghìn tỷ" is 10^12; None for other words."""
    product = 1
    for word in words:
        if word not in SCALES:
            return None
        product *= SCALES[word]
    return product


def _remainder(tokens: Sequence[str], scale: int) -> Decimal | None:
    """What follows a scale word: nothing, "rưỡi", the tenths ("3 triệu 5", "ba triệu hai"), or a smaller number."""
    if not tokens:
        return ZERO
    if list(tokens) == ["rưỡi"]:
        return Decimal(scale) / 2
    if len(tokens) == 1 and tokens[0] in DIGITS and tokens[0] != "không":
        return Decimal(DIGITS[tokens[0]]) * scale / 10
    if len(tokens) == 1 and tokens[0].isdecimal():
        return _tenths(tokens[0], scale)
    if tokens[0] in _LINK:
        tokens = tokens[1:]
    value = _number(tokens)
    return value if value is not None and value < scale else None


def _tenths(figure: str, scale: int) -> Decimal | None:
    """The figure after a scale word without one of its own: "3 triệu 5" and "3 triệu 500" are both three and a half."""
    if len(figure) not in (1, 3) or figure.startswith("0"):
        return None
    return Decimal(figure) * scale / Decimal(10) ** len(figure)


def _decimal(tokens: Sequence[str]) -> Decimal | None:
    """With phẩy: "ba phẩy mười bốn" is 3.14, "không phẩy không năm" is 0.05; a scale multiplies: "một phẩy hai tỷ"."""
    last = len(tokens)
    factor = 1
    while last and SCALES.get(tokens[last - 1], 0) >= 1_000:
        last -= 1
        factor *= SCALES[tokens[last]]
    at = list(tokens).index("phẩy")
    whole, part = _number(tokens[:at]) if at else None, tokens[at + 1 : last]
    if whole is None or not part:
        return None
    zeros = 0
    while zeros < len(part) - 1 and part[zeros] == "không":
        zeros += 1
    if all(token in DIGITS for token in part):
        digits = "".join(str(DIGITS[token]) for token in part)
    else:
        fraction = _below_thousand(part[zeros:])
        if fraction is None:
            return None
        digits = "0" * zeros + str(int(fraction))
    return (whole + Decimal(f"0.{digits}")) * factor


def _below_thousand(tokens: Sequence[str]) -> Decimal | None:
    if not tokens:
        return None
    if len(tokens) == 1 and _STARTS_WITH_DIGIT.match(tokens[0]):
        return parse_figure(tokens[0])
    if "trăm" in tokens:
        at = list(tokens).index("trăm")
        hundreds, rest = _units(tokens[:at]), list(tokens[at + 1 :])
        if hundreds is None:
            return None
        if not rest:
            return hundreds * 100
        if rest == ["rưỡi"]:
            return hundreds * 100 + 50
        if rest[0] in _LINK:
            low = _units(rest[1:])
            return None if low is None or low > 9 else hundreds * 100 + low
        if len(rest) == 1 and rest[0] in DIGITS:
            return hundreds * 100 + DIGITS[rest[0]] * 10
        low = _tens(rest)
        return None if low is None else hundreds * 100 + low
    return _tens(tokens)


def _tens(tokens: Sequence[str]) -> Decimal | None:
    """Numbers below one hundred: "mười lăm", "hai mươi mốt", "ba chục", "ba mốt"."""
    first, rest = tokens[0], list(tokens[1:])
    if first == "mười":
        if not rest:
            return Decimal(10)
        if rest == ["rưỡi"]:
            return Decimal("10.5")
        low = _units(rest)
        return None if low is None or not 1 <= low <= 9 else 10 + low
    if len(rest) >= 1 and rest[0] in ("mươi", "chục"):
        tens = _units([first])
        if tens is None or not 1 <= tens <= 9:
            return None
        if len(rest) == 1:
            return tens * 10
        low = _units(rest[1:])
        return None if low is None or low > 9 else tens * 10 + low
    if len(rest) == 1 and rest[0] in _AFTER_TENS and first in DIGITS and DIGITS[first] >= 2:
        return Decimal(DIGITS[first] * 10 + DIGITS[rest[0]])
    if rest == ["rưỡi"]:
        digit = _units([first])
        return None if digit is None else digit + Decimal("0.5")
    return _units(tokens)


def _units(tokens: Sequence[str]) -> Decimal | None:
    """One digit in words or one figure."""
    if len(tokens) != 1:
        return None
    if tokens[0] in DIGITS:
        return Decimal(DIGITS[tokens[0]])
    return parse_figure(tokens[0]) if _STARTS_WITH_DIGIT.match(tokens[0]) else None
