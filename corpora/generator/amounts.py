"""Money, percentages and quantities: a value is drawn, its meaning written down, then a surface of the bank chosen.

The classes of a bank's tables ``amount``, ``percentage`` and ``quantity`` are the operators of the record and what else the
grammar of values has: ``ratio``, ``words``, ``half``, ``rate``, ``foreign``, ``points``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from corpora.generator.model import Gold, Node
from corpora.generator.numerals import figures, words
from corpora.generator.surfaces import fill

OPERATORS = {"exact": "=", "gt": ">", "ge": ">=", "lt": "<", "le": "<=", "approx": "~"}
UNITS = {"đồng": 1, "nghìn đồng": 10**3, "triệu đồng": 10**6, "tỷ đồng": 10**9}
# how often each class is drawn where the template does not say
AMOUNT_CLASSES = {"exact": 12, "gt": 2, "ge": 1, "lt": 1, "le": 2, "approx": 2, "range": 1, "ratio": 1, "words": 1, "half": 1, "rate": 1, "foreign": 1}  # fmt: skip
PERCENT_CLASSES = {"exact": 10, "gt": 2, "ge": 3, "lt": 1, "le": 1, "approx": 1, "range": 2, "points": 1, "rate": 1}
QUANTITY_CLASSES = {"exact": 8, "gt": 1, "ge": 1, "approx": 1}


def drawn(rng: Random, classes: Mapping[str, int], table: Mapping[str, Sequence[str]], wanted: str) -> tuple[str, str]:
    """(class, surface): the class asked for, or one by weight among those that the bank has."""
    have = [c for c in classes if table.get(c)]
    name = wanted or rng.choices(have, [classes[c] for c in have])[0]
    if not table.get(name):
        raise ValueError(f"the bank has no surfaces of class {name!r}; it has {have}")
    return name, rng.choice(list(table[name]))


def number(value: Decimal) -> int | float:
    """As JSON has it: an integer where it is one."""
    return int(value) if value == value.to_integral_value() else float(value)


def _money(rng: Random) -> tuple[Decimal, str]:
    """A figure and its unit, as offices write them: tỷ with up to two decimals, triệu with dots, full đồng by thousands."""
    unit = rng.choices(list(UNITS), [2, 1, 8, 6])[0]
    if unit == "tỷ đồng":
        return Decimal(rng.randrange(12, 90_000)).scaleb(-rng.choice((0, 1, 1, 2))), unit
    if unit == "triệu đồng":
        return Decimal(rng.randrange(15, 99_000)).scaleb(-rng.choice((0, 0, 0, 1))), unit
    if unit == "nghìn đồng":
        return Decimal(rng.randrange(20, 9_000) * 10), unit
    return Decimal(rng.randrange(500, 9_000_000) * 1000), unit


def _tidy(value: Decimal) -> Decimal:
    """Without zeros behind the comma, as prose has it."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _gold(kind: str, operator: str, value: Decimal | None, **more: Any) -> Gold:
    values = {"operator": operator, **({"value": number(value)} if value is not None else {}), **more}
    return Gold(kind, values)


def amount(rng: Random, table: Mapping[str, Sequence[str]], wanted: str = "") -> Node:
    """An amount of money; its gold has operator, value (đồng), currency and what its class needs."""
    name, surface = drawn(rng, AMOUNT_CLASSES, table, wanted)
    value, unit = _money(rng)
    value = _tidy(value)
    scale = UNITS[unit]
    fields: dict[str, object] = {"n": figures(value), "unit": unit}
    vnd = {"currency": "VND"}
    if name in OPERATORS:
        return fill(surface, fields, [_gold("amounts", OPERATORS[name], value * scale, **vnd)])
    if name == "range":
        high = value + Decimal(rng.randrange(2, 40))
        fields |= {"a": figures(value), "b": figures(high)}
        gold = _gold("amounts", "range", None, low=number(value * scale), high=number(high * scale), **vnd)
        return fill(surface, fields, [gold])
    if name == "ratio":
        whole = value + Decimal(rng.randrange(20, 20_000))
        fields |= {"a": figures(value), "b": figures(whole)}
        return fill(surface, fields, [_gold("amounts", "=", v * scale, **vnd) for v in (value, whole)])
    if name == "words":
        full = rng.randrange(5, 99_000) * 10 ** rng.choice((4, 5, 6))
        spelled = words(full)
        fields |= {"n": figures(full), "words": spelled, "Words": spelled[0].upper() + spelled[1:]}
        return fill(surface, fields, [_gold("amounts", "=", Decimal(full), **vnd)] * 2)
    if name == "half":
        whole_number = rng.randrange(2, 30)
        fields |= {"k": whole_number}
        scale = 10**9 if "tỷ" in surface else 10**6
        return fill(surface, fields, [_gold("amounts", "=", (whole_number + Decimal("0.5")) * scale, **vnd)])
    if name == "rate":
        each = rng.randrange(4, 900) * 10_000
        per = rng.choice(("người/tháng", "hộ/năm", "học sinh/tháng", "ha/năm"))
        fields |= {"n": figures(each), "per": per}
        return fill(surface, fields, [_gold("amounts", "=", Decimal(each), per=per, **vnd)])
    dollars = Decimal(rng.randrange(2, 9_000)).scaleb(-rng.choice((0, 1)))
    currency = rng.choice(("USD", "EUR"))
    fields |= {"n": figures(_tidy(dollars)), "currency": currency}
    scale = 10**6 if "triệu" in surface else 1
    value = dollars if scale > 1 else Decimal(rng.randrange(2, 900) * 1000)
    fields["n"] = figures(_tidy(value))
    return fill(surface, fields, [_gold("amounts", "=", value * scale, currency=currency)])


def percentage(rng: Random, table: Mapping[str, Sequence[str]], wanted: str = "") -> Node:
    """A percentage, or percentage points."""
    name, surface = drawn(rng, PERCENT_CLASSES, table, wanted)
    value = _tidy(Decimal(rng.randrange(5, 9_990)).scaleb(-rng.choice((1, 2, 2)))) % 100 or Decimal(100)
    if rng.random() < 0.4:
        value = Decimal(rng.randrange(1, 20) * 5)
    fields: dict[str, object] = {"n": figures(_tidy(value))}
    if name in OPERATORS:
        return fill(surface, fields, [_gold("percentages", OPERATORS[name], value)])
    if name == "range":
        high = value + rng.randrange(1, 9)
        fields |= {"a": figures(_tidy(value)), "b": figures(_tidy(high))}
        return fill(surface, fields, [_gold("percentages", "range", None, low=number(value), high=number(high))])
    if name == "points":
        points = _tidy(Decimal(rng.randrange(2, 99)).scaleb(-1))
        return fill(surface, {"n": figures(points)}, [_gold("percentages", "=", points, points=True)])
    return fill(surface, fields | {"per": "năm"}, [_gold("percentages", "=", value, per="năm")])


def quantity(rng: Random, table: Mapping[str, Sequence[str]], things: Sequence[str], wanted: str = "") -> Node:
    """A number of things ("1.250 hộ"); the unit is the thing."""
    name, surface = drawn(rng, QUANTITY_CLASSES, table, wanted)
    thing = rng.choice(list(things))
    value = Decimal(rng.choice((rng.randrange(2, 60), rng.randrange(60, 900), rng.randrange(1000, 60_000))))
    fields: dict[str, object] = {"n": figures(value) if value > 9 else f"{int(value):02}", "unit": thing}
    return fill(surface, fields, [_gold("quantities", OPERATORS[name], value, unit=thing)])
