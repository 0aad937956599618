"""Figures that must agree with each other: a part of a whole with its share, a sum with its parts, a figure told twice.

Each comes with the check that a careful reader would make; in one of four the document is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from corpora.generator.amounts import FEW, UNITS, WRONG, number
from corpora.generator.model import Gold, Node, node
from corpora.generator.numerals import figures


def _count(value: int, unit: str, shown: bool = True) -> Node:
    text = f"{value:02}" if value < 10 else figures(value)
    return Node((f"{text} {unit}" if shown else text,), Gold("quantities", {"operator": "=", "value": value, "unit": unit}))  # fmt: skip


def _check(kind: str, stated: Decimal, computed: Decimal) -> Gold:
    verdict = "agrees" if stated == computed else "disagrees"
    return Gold("checks", {"kind": kind, "stated": number(stated), "computed": number(computed), "verdict": verdict})


def share(rng: Random, unit: str) -> Node:
    """A part, its whole and the share ("12/18 xã, đạt 66,67%"): the share is rounded to two decimals, or wrong by whole percents."""
    whole = rng.randrange(8, 60) if unit in FEW else rng.randrange(120, 4_000)
    part = rng.randrange(whole // 3, whole - 1)
    computed = (Decimal(part * 100) / whole).quantize(Decimal("0.01"))
    stated = computed if rng.random() > WRONG else computed + (rng.choice((4, 7)) if computed < 80 else -6)
    percent = Node(
        (f"{figures(stated.normalize())}%",), Gold("percentages", {"operator": "=", "value": number(stated)})
    )
    word = rng.choice(("đạt", "bằng", "chiếm"))
    return Node((_count(part, unit, False), "/", _count(whole, unit), f", {word} ", percent), _check("share", stated, computed))  # fmt: skip


def split(rng: Random, unit: str, names: Sequence[str]) -> Node:
    """A number and its parts by their names ("320 hộ, trong đó: 200 hộ nghèo, 120 hộ cận nghèo")."""
    values = [rng.randrange(12, 400) for _ in names]
    computed = sum(values)
    stated = computed if rng.random() > WRONG else computed + rng.choice((-9, 10, 20))
    parts: list[str | Node] = [_count(stated, unit), rng.choice((", trong đó: ", ", gồm: ", " (trong đó: "))]
    closed = str(parts[1]).startswith(" (")
    for n, (value, name) in enumerate(zip(values, names, strict=True)):
        parts += [", " if n else "", _count(value, unit), f" {name}"]
    return Node((*[p for p in parts if p != ""], *([")"] if closed else [])), _check("sum", Decimal(stated), Decimal(computed)))  # fmt: skip


def sum_of_money(rng: Random, names: Sequence[str], unit: str) -> list[Node]:
    """The total first, then a line a part ("ngân sách tỉnh: 1.200 triệu đồng"); the total carries the check."""
    scale = UNITS[unit]
    values = [rng.randrange(40, 2_400) for _ in names]
    computed = sum(values)
    stated = computed if rng.random() > WRONG else computed + rng.choice((-30, 50, 100))

    def money(value: int) -> Node:
        return Node((f"{figures(value)} {unit}",), Gold("amounts", {"operator": "=", "value": value * scale, "currency": "VND"}))  # fmt: skip

    total = Node((money(stated),), _check("sum", Decimal(stated * scale), Decimal(computed * scale)))
    return [total, *(node(f"{name}: ", money(value)) for name, value in zip(names, values, strict=True))]


def again(rng: Random, first: Node, unit: str) -> Node:
    """An amount told before told once more: the same, or another by mistake."""
    assert first.gold is not None
    value = Decimal(str(first.gold.values["value"])) / UNITS[unit]
    stated = value if rng.random() > WRONG else value + 10
    gold = Gold("amounts", {"operator": "=", "value": number(stated * UNITS[unit]), "currency": "VND"})
    check = _check("repeated", stated * UNITS[unit], value * UNITS[unit])
    return Node((Node((f"{figures(stated)} {unit}",), gold),), check)
