"""Numbers as offices write them, from their value: figures with dots and comma, words, Roman numbers.

Written apart from ``congvan.language.numerals``, which goes the other way: a mistake there is not repeated here.
"""

from __future__ import annotations

from decimal import Decimal

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ")


def figures(value: Decimal | int, dots: bool = True) -> str:
    """1234.5 -> "1.234,5"; trailing zeros behind the comma are as in the value."""
    whole, _, rest = f"{Decimal(value):f}".partition(".")
    if dots:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{whole},{rest}" if rest else whole


def _below_thousand(n: int, full: bool) -> list[str]:
    """Words of 1 to 999; ``full`` says "không trăm" where no hundreds are (inside a greater number)."""
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [DIGITS[tens], "mươi"]
    elif ones and words:
        words.append("lẻ")
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 5 and tens:
        words.append("lăm")
    elif ones:
        words.append(DIGITS[ones])
    return words


def words(n: int) -> str:
    """An integer from 0 below 10**15 in words: 1_250_000 -> "một triệu hai trăm năm mươi nghìn"."""
    if n == 0:
        return DIGITS[0]
    groups: list[int] = []
    while n:
        n, group = divmod(n, 1000)
        groups.append(group)
    out: list[str] = []
    for scale in range(len(groups) - 1, -1, -1):
        if groups[scale]:
            out += _below_thousand(groups[scale], full=bool(out))
            # "hai nghìn ba trăm tỷ": the tỷ of a thousand tỷ is said once, behind the lower group
            name = "nghìn" if scale == 4 and groups[3] else SCALES[scale]
            out += [name] if name else []
    return " ".join(out)


def roman(n: int) -> str:
    """1 to 39 in Roman numbers."""
    out = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= value:
            out, n = out + sign, n - value
    return out
