"""Every surface of the values of bank a makes text with gold of its own, whatever office writes it and whenever."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.generator import amounts, bodies, sources, sums, terms, times
from corpora.generator.bank import bank
from corpora.generator.model import Node
from corpora.generator.places import Office, office

BANK = bank("a")
DAYS = BANK["day"]["surfaces"]
OFFICES = [office(Random(n), level, era) for n, (level, era) in enumerate((("province", "63"), ("province", "34"), ("department", "63"), ("district", "63"), ("commune", "34")))]  # fmt: skip
ISSUED = [
    date(2022, 1, 4),
    date(2024, 2, 29),
    date(2024, 6, 28),
    date(2023, 10, 31),
    date(2023, 12, 29),
    date(2026, 8, 31),
]


def surfaces(table: str) -> list[Any]:
    return [
        pytest.param(name, one, id=f"{name}-{n}") for name, ones in BANK[table].items() for n, one in enumerate(ones)
    ]


def sound(made: Node) -> None:
    """There is gold, each in its stretch, and no hole is left."""
    marks = list(made.marks())
    assert marks
    assert not set(made.text) & set("{}[]\0")
    for _, start, end in marks:
        assert made.text[start:end].strip() == made.text[start:end] != ""


@pytest.mark.parametrize(("name", "surface"), surfaces("amount"))
def test_amounts(name: str, surface: str) -> None:
    for seed in range(8):
        sound(amounts.amount(Random(seed), {name: [surface]}, name))


@pytest.mark.parametrize(("name", "surface"), surfaces("percentage"))
def test_percentages(name: str, surface: str) -> None:
    for seed in range(8):
        sound(amounts.percentage(Random(seed), {name: [surface]}, name))


@pytest.mark.parametrize(("name", "surface"), surfaces("quantity"))
def test_quantities(name: str, surface: str) -> None:
    for seed in range(8):
        sound(amounts.quantity(Random(seed), {name: [surface]}, ["hộ", "ha"], name))


@pytest.mark.parametrize(("name", "surface"), surfaces("sum"))
def test_sums(name: str, surface: str) -> None:
    for seed in range(8):
        made = sums.several(Random(seed), {name: [surface]}, ["hộ", "ha"], name)
        sound(made)
        values = [gold.values["value"] for gold, _, _ in made.marks()]
        assert "moved" not in name or values == sorted(values, reverse="giảm" in surface)


@pytest.mark.parametrize(("name", "surface"), surfaces("deadline"))
def test_deadlines(name: str, surface: str) -> None:
    for issued in ISSUED:
        sound(
            times.deadline(Random(surface), {**BANK["deadline"], name: [surface]}, DAYS, ["ký hợp đồng"], issued, name)
        )


@pytest.mark.parametrize(("name", "surface"), surfaces("term"))
def test_terms_are_not_over(name: str, surface: str) -> None:
    for seed, issued in enumerate(ISSUED):
        made = terms.term(Random(seed), {name: [surface]}, DAYS, ["ký hợp đồng"], issued, name)
        sound(made)
        [(gold, _, _)] = made.marks()
        told = gold.values
        assert (
            sum(bool(told.get(key)) for key in ("due", "recurrence"))
            + (told.get("offset") is not None and not told["due"])
            == 1
        )
        if told["due"]:
            assert date.fromisoformat(told["due"]) >= issued
        assert told["inclusive"] is (not surface.startswith("trước ") or surface.startswith("trước khi "))


@pytest.mark.parametrize(("name", "surface"), surfaces("span"))
def test_spans_begin_before_they_end(name: str, surface: str) -> None:
    for seed, issued in enumerate(ISSUED):
        made = terms.span(Random(seed), {name: [surface]}, DAYS, issued, name)
        sound(made)
        for gold, _, _ in made.marks():
            assert gold.values.get("duration") or gold.values["start"] <= gold.values["end"]


@pytest.mark.parametrize(("name", "surface"), surfaces("source"))
def test_sources(name: str, surface: str) -> None:
    for seed, writes in enumerate(OFFICES):
        issued = date(2026, 3, 5) if writes.era == "34" else date(2023, 10, 4)
        made = sources.source(Random(seed), {name: [surface]}, DAYS, ["phê duyệt kế hoạch"], writes, issued, name)
        sound(made)
        for gold, start, end in made.marks():
            if gold.kind == "citations":
                figures = gold.values["number"].partition("/")[0].partition("-")[0]
                assert figures in made.text[start:end]
                assert gold.values["issued_on"] is None or gold.values["issued_on"] <= issued.isoformat()


@pytest.mark.parametrize("name", bodies.CLASSES)
@pytest.mark.parametrize("writes", OFFICES, ids=lambda o: f"{o.level}{o.era}")
def test_bodies(name: str, writes: Office) -> None:
    for seed in range(12):
        made = bodies.body(Random(seed), writes, name)
        sound(made)
        assert {gold.kind for gold, _, _ in made.marks()} == {"agencies"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("12.5", "mười hai phẩy năm"),
        ("0.75", "không phẩy bảy mươi lăm"),
        ("3.05", "ba phẩy không năm"),
        ("21", "hai mươi mốt"),
    ],
)
def test_decimals_in_words(value: str, words: str) -> None:
    assert sums.spoken(Decimal(value)) == words


def test_several_units_and_other_words() -> None:
    assert sums.in_units(2_450_000_000) == "2 tỷ 450 triệu"
    assert sums.in_units(1_005_000) == "1 triệu 5 nghìn"
    assert sums.other_words("hai mươi bốn tỷ một trăm lẻ năm nghìn") == "hai mươi tư tỉ một trăm linh năm ngàn"


@given(st.dates(date(2021, 1, 1), date(2026, 12, 1)), st.integers(1, 15))
def test_working_days_leave_out_the_ends_of_weeks(day: date, n: int) -> None:
    end = terms.working_days_after(day, n)
    between = [day + timedelta(days=d) for d in range(1, (end - day).days + 1)]
    assert sum(d.weekday() < 5 for d in between) == n
    assert end.weekday() < 5
