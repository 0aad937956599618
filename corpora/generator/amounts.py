"""Money, percentages and quantities: a value is drawn, its meaning written down, then a surface of the bank chosen.

The classes of a bank's tables ``amount``, ``percentage`` and ``quantity`` are the operators of the record and what else the
grammar of values has: ``ratio``, ``words``, ``half``, ``rate``, ``foreign``, ``parts`` (a sum and its two parts), ``share`` (part,
whole and percentage), ``points``. What is asked for may be narrowed: "le=triệu" an amount in triệu đồng, "rate=hộ" one for each
household, "lt=2-9" a percentage of 2 to 9.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from corpora.generator.model import Gold, Node
from corpora.generator.numerals import figures, words
from corpora.generator.sums import spellings, spoken
from corpora.generator.surfaces import fill

OPERATORS = {"exact": "=", "gt": ">", "ge": ">=", "lt": "<", "le": "<=", "approx": "~"}
UNITS = {"đồng": 1, "nghìn đồng": 10**3, "triệu đồng": 10**6, "tỷ đồng": 10**9}
# how often each class is drawn where the template does not say; those of weight 0 do not fit everywhere and come only when asked for
AMOUNT_CLASSES = {
    "exact": 12, "gt": 2, "ge": 1, "lt": 1, "le": 2, "approx": 2, "range": 1, "words": 1,
    "ratio": 0, "half": 0, "rate": 0, "foreign": 0, "parts": 0, "share": 0,
}  # fmt: skip
PERCENT_CLASSES = {"exact": 10, "gt": 2, "ge": 3, "lt": 1, "le": 1, "approx": 1, "range": 2, "points": 0, "rate": 0}
QUANTITY_CLASSES = {"exact": 8, "gt": 1, "ge": 1, "approx": 1, "lt": 0, "le": 0, "range": 0, "scaled": 0}
# the currencies that a surface with their names may have
CURRENCIES = {
    "USD": "đô la Mỹ", "EUR": "euro", "JPY": "yên Nhật", "CNY": "nhân dân tệ", "GBP": "bảng Anh", "KRW": "won", "LAK": "kíp", "THB": "baht",
}  # fmt: skip
# things of which an office has dozens, not thousands
FEW = {
    "dự án", "gói thầu", "công trình", "thủ tục hành chính", "xã", "tấn", "điểm sạt lở", "trường", "phòng học",
    "giếng", "cụm", "đề tài", "chợ", "sạp", "phiên", "nút", "trụ sở", "bộ", "câu lạc bộ", "văn bằng", "nhãn hiệu", "thủ tục",
    "bể chứa", "lồng", "sân tập", "sáng kiến", "địa bàn", "vận động viên", "cộng tác viên", "công trình cấp nước",
    "trạm y tế", "giường bệnh", "vụ việc", "di tích", "cơ sở lưu trú", "cơ sở", "lớp học", "trường hợp", "ca bệnh",
}  # fmt: skip
WRONG = 0.25  # how often a sum or share that the document states is not what its parts make


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


def _money(rng: Random, wanted: str = "") -> tuple[Decimal, str]:
    """A figure and its unit, as offices write them: tỷ with up to two decimals, triệu with dots, full đồng by thousands.

    ``wanted``: "triệu" and the like for that unit. Small sums are more frequent than great ones, as in the budgets of offices.
    """
    unit = f"{wanted} đồng".strip() if wanted else rng.choices(list(UNITS), [2, 1, 8, 5])[0]
    if unit == "tỷ đồng":
        places = rng.choice((0, 1, 1, 2))
        return Decimal(rng.randrange(12, 600) if places == 0 else rng.randrange(12, 9_000)).scaleb(-places), unit
    if unit == "triệu đồng":
        most = rng.choice((990, 990, 9_900, 9_900, 60_000))
        return Decimal(rng.randrange(15, most)).scaleb(-rng.choice((0, 0, 0, 1))), unit
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
    wanted, _, narrowed = wanted.partition("=")
    name, surface = drawn(rng, AMOUNT_CLASSES, table, wanted)
    value, unit = _money(rng, "" if name == "rate" else narrowed)
    value = _tidy(value)
    scale = UNITS[unit]
    fields: dict[str, object] = {"n": figures(value), "unit": unit}
    vnd = {"currency": "VND"}
    if name in OPERATORS:
        forms = spellings(value, scale, unit)
        made = fill(surface, fields | forms, [_gold("amounts", OPERATORS[name], value * scale, **vnd)])
        if "{n}" in surface and any(
            f"({{{key}" in surface for key in forms
        ):  # "568 (năm trăm sáu mươi tám) triệu đồng"
            return Node((made,), _check("words", value * scale, value * scale))
        return made
    if name == "range":
        high = value + Decimal(rng.randrange(2, 40))
        fields |= {"a": figures(value), "b": figures(high)}
        gold = _gold("amounts", "range", None, low=number(value * scale), high=number(high * scale), **vnd)
        return fill(surface, fields, [gold])
    if name == "ratio":
        whole = _whole(rng, value)
        fields |= {"a": figures(value), "b": figures(whole)}
        return fill(surface, fields, [_gold("amounts", "=", v * scale, **vnd) for v in (value, whole)])
    if name in ("parts", "share"):
        made, check = (_parts if name == "parts" else _share)(rng, surface, value, unit)
        return Node((made,), check)
    if name == "words":
        full = rng.randrange(5, 99_000) * 10 ** rng.choice((4, 5, 6))
        spelled = words(full)
        fields |= {"n": figures(full), "words": spelled, "Words": spelled[0].upper() + spelled[1:]}
        made = fill(surface, fields, [_gold("amounts", "=", Decimal(full), **vnd)] * 2)
        return Node((made,), _check("words", Decimal(full), Decimal(full)))
    if name == "half":
        whole_number = rng.randrange(2, 30)
        fields |= {"k": whole_number}
        scale = 10**9 if "tỷ" in surface else 10**6
        return fill(surface, fields, [_gold("amounts", "=", (whole_number + Decimal("0.5")) * scale, **vnd)])
    if name == "rate":
        each = rng.randrange(4, 900) * 10_000
        per = narrowed or rng.choice(("người/tháng", "hộ/năm", "học sinh/tháng", "ha/năm"))
        fields |= {"n": figures(each), "per": per}
        return fill(surface, fields, [_gold("amounts", "=", Decimal(each), per=per, **vnd)])
    dollars = Decimal(rng.randrange(2, 90) if rng.random() < 0.4 else rng.randrange(11, 900)).scaleb(-1)
    currency = rng.choice(list(CURRENCIES)) if "{name}" in surface else rng.choice(("USD", "EUR"))
    fields |= {"n": figures(_tidy(dollars)), "currency": currency, "name": CURRENCIES[currency]}
    scale = 10**6 if "triệu" in surface else 1
    value = dollars if scale > 1 else Decimal(rng.randrange(2, 900) * 1000)
    fields["n"] = figures(_tidy(value))
    return fill(surface, fields, [_gold("amounts", "=", value * scale, currency=currency)])


def _whole(rng: Random, part: Decimal) -> Decimal:
    """A whole of which the part is a tenth to nearly all, as round as the part."""
    return _as_round(part * 100 / rng.randrange(11, 97), part) + _step(part)


def _step(value: Decimal) -> Decimal:
    """The least that a value is written by: its last decimal, or thousands where it ends in them."""
    return Decimal(1000) if value >= 100_000 and not value % 1000 else Decimal(1).scaleb(min(_exponent(value), 0))


def _exponent(value: Decimal) -> int:
    return len(f"{value:f}".partition(".")[2]) * -1


def _as_round(value: Decimal, like: Decimal) -> Decimal:
    step = _step(like)
    return (value / step).quantize(Decimal(1)) * step


def _check(kind: str, stated: Decimal, computed: Decimal) -> Gold:
    verdict = "agrees" if stated == computed else "disagrees"
    return Gold("checks", {"kind": kind, "stated": number(stated), "computed": number(computed), "verdict": verdict})


def _parts(rng: Random, surface: str, whole: Decimal, unit: str) -> tuple[Node, Gold]:
    """A sum and its two parts; in one of four they make another sum."""
    first = _as_round(whole * rng.randrange(20, 85) / 100, whole)
    second = whole - first
    if rng.random() < WRONG:
        second += rng.randrange(2, 20) * _step(whole)
    scale = UNITS[unit]
    fields = {"n": figures(whole), "a": figures(first), "b": figures(second), "unit": unit}
    golds = [_gold("amounts", "=", v * scale, currency="VND") for v in (whole, first, second)]
    return fill(surface, fields, golds), _check("sum", whole * scale, (first + second) * scale)


def _share(rng: Random, surface: str, part: Decimal, unit: str) -> tuple[Node, Gold]:
    """A part, its whole, and the share in percent; in one of four the share is another."""
    whole, scale = _whole(rng, part), UNITS[unit]
    computed = (part * 100 / whole).quantize(Decimal("0.01"))
    off = Decimal(rng.choice((3, 5, 10))) if rng.random() < WRONG else Decimal(0)
    stated = computed - off if computed > 85 else computed + off  # never above 100
    fields = {"a": figures(part), "b": figures(whole), "p": figures(_tidy(stated)), "unit": unit}
    golds = [_gold("amounts", "=", v * scale, currency="VND") for v in (part, whole)]
    made = fill(surface, fields, [*golds, _gold("percentages", "=", stated)])
    return made, _check("share", stated, computed)


def _percent(rng: Random, name: str, narrowed: str) -> Decimal:
    """What is told has decimals, what is aimed at is round."""
    if narrowed:
        first, _, last = narrowed.partition("-")
        return Decimal(rng.randint(int(first), int(last)))
    if name == "exact" and rng.random() < 0.7:
        return (
            Decimal(rng.randrange(3_000, 9_960)).scaleb(-2)
            if rng.random() < 0.7
            else Decimal(rng.randrange(300, 996)).scaleb(-1)
        )
    if name == "rate":
        return Decimal(rng.randrange(10, 120)).scaleb(-1)
    least, most = (10, 60) if name in ("lt", "le") else (60, 99)
    return (
        Decimal(rng.randrange(least, most) // 5 * 5)
        if rng.random() < 0.7
        else Decimal(rng.randrange(2 * least, 2 * most)) / 2
    )


def percentage(rng: Random, table: Mapping[str, Sequence[str]], wanted: str = "") -> Node:
    """A percentage, or percentage points."""
    wanted, _, narrowed = wanted.partition("=")
    name, surface = drawn(rng, PERCENT_CLASSES, table, wanted)
    value = _percent(rng, name, narrowed)
    fields: dict[str, object] = {"n": figures(_tidy(value))}
    fields["spoken"] = spoken(_tidy(value))
    if name in OPERATORS:
        return fill(surface, fields, [_gold("percentages", OPERATORS[name], value)])
    if name == "range":
        high = min(value + rng.randrange(1, 9), Decimal(100))
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
    few, some, many = rng.randrange(2, 60), rng.randrange(60, 900), rng.randrange(1000, 9_900)
    value = Decimal(few if thing in FEW else rng.choice((few, some, some, many)))
    fields: dict[str, object] = {
        "n": figures(value) if value > 9 else f"{int(value):02}",
        "unit": thing,
        "spoken": spoken(value),
    }
    if name == "range":
        high = value + rng.randrange(2, 30)
        return fill(
            surface,
            fields | {"b": figures(high)},
            [_gold("quantities", "range", None, low=number(value), high=number(high), unit=thing)],
        )
    if name == "scaled":
        tenths = Decimal(rng.randrange(11, 99)).scaleb(-1)
        return fill(surface, fields | {"n": figures(tenths)}, [_gold("quantities", "=", tenths * 10**6, unit=thing)])
    return fill(surface, fields, [_gold("quantities", OPERATORS[name], value, unit=thing)])
