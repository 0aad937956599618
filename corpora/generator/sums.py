"""More ways of writing numbers, for a bank that asks for them: in words, in several units, several that share one.

:func:`spellings` and :func:`spoken` give what surfaces of every class may use; :func:`several` makes the classes of the table ``sum``:
``list`` and ``pair`` (a unit said once), ``moved`` ("từ 5 lên 7 tỷ đồng"), each for ``amount``, ``percentage`` or ``quantity``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random

from corpora.generator.model import Gold, Node
from corpora.generator.numerals import DIGITS, figures, words
from corpora.generator.surfaces import fill

SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, ""))
UNITS = {"nghìn đồng": 10**3, "triệu đồng": 10**6, "tỷ đồng": 10**9}


def spoken(value: Decimal) -> str:
    """A number in words, with its decimals: 12.5 -> "mười hai phẩy năm"; two decimals as one number where they make one."""
    whole, _, rest = f"{value:f}".partition(".")
    if not rest:
        return words(int(whole))
    tail = words(int(rest)) if rest[0] != "0" and len(rest) < 3 else " ".join(DIGITS[int(d)] for d in rest)
    return f"{words(int(whole))} phẩy {tail}"


def in_units(value: int) -> str:
    """A sum in several units: 2_450_000_000 -> "2 tỷ 450 triệu"."""
    out = []
    for scale, name in SCALES:
        n, value = divmod(value, scale)
        if n:
            out.append(f"{figures(n)} {name}".strip())
    return " ".join(out)


def other_words(text: str) -> str:
    """The same number in the words of other regions: linh, ngàn, tư, tỉ."""
    for usual, other in ((" lẻ ", " linh "), ("nghìn", "ngàn"), ("mươi bốn", "mươi tư"), ("tỷ", "tỉ")):
        text = text.replace(usual, other)
    return text


def spellings(value: Decimal, scale: int, unit: str) -> dict[str, object]:
    """Fields of a surface: ``full`` figures, ``mixed`` units, ``spoken`` words of the number before its unit, ``whole`` words of the
    full number (``Whole`` with a capital), ``regional`` the same in other words, ``scaled`` number and scale without the currency."""
    full = int(value * scale)
    whole = words(full)
    return {
        "full": figures(full), "mixed": in_units(full), "spoken": spoken(value), "whole": whole, "Whole": whole[0].upper() + whole[1:],
        "regional": other_words(whole), "scaled": f"{figures(value)} {unit.removesuffix('đồng')}".strip(),
    }  # fmt: skip


def several(rng: Random, table: Mapping[str, Sequence[str]], things: Sequence[str], wanted: str) -> Node:
    """Several numbers of one kind in one surface; ``wanted`` is a class such as ``amount_list``."""
    surface = rng.choice(list(table[wanted]))
    kind = wanted.partition("_")[0]
    if kind == "amount":
        unit = rng.choice(list(UNITS))
        values = [Decimal(rng.randrange(11, 9_000)).scaleb(-rng.choice((0, 1))) for _ in range(3)]
        golds = [
            Gold("amounts", {"operator": "=", "value": _plain(v * UNITS[unit]), "currency": "VND"}) for v in values
        ]
    elif kind == "percentage":
        unit = "%"
        values = [Decimal(rng.randrange(301, 9_899)).scaleb(-2) for _ in range(3)]
        golds = [Gold("percentages", {"operator": "=", "value": _plain(v)}) for v in values]
    else:
        unit = rng.choice(list(things))
        values = [Decimal(rng.randrange(11, 890)) for _ in range(3)]
        golds = [Gold("quantities", {"operator": "=", "value": _plain(v), "unit": unit}) for v in values]
    if "{c}" not in surface:
        values, golds = sorted(values[:2]), golds[:2]
        if "giảm" in surface:
            values.reverse()
        golds = [
            Gold(g.kind, {**g.values, "value": _plain(v * UNITS.get(unit, 1))})
            for g, v in zip(golds, values, strict=True)
        ]
    fields = {name: figures(value) for name, value in zip("abc", values, strict=False)}
    return fill(surface, fields | {"unit": unit}, golds)


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
