"""Vietnamese numbers in figures and words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.language.numerals import parse_figure, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("593", "593"),
        ("05", "5"),
        ("1.700", "1700"),
        ("14.770,5", "14770.5"),
        ("1.234.567.890", "1234567890"),
        ("7,98", "7.98"),
        ("14.58", "14.58"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1,345,600", "1345600"),
        ("1,345.6", "1345.6"),
        ("1,700", "1.7"),
    ],
)
def test_figures(text: str, value: str) -> None:
    assert parse_figure(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("99999999999999999999", "99999999999999999999"),
        ("0,1234567890123456789", "0.1234567890123456789"),
        ("100000000000000000000", None),
        ("12.345.678.901.234.567.890.123.456.789", None),
        ("1" * 5000, None),
        ("0," + "1" * 5000, None),
    ],
)
def test_figures_have_at_most_twenty_digits(text: str, value: str | None) -> None:
    expected = None if value is None else Decimal(value)
    assert parse_figure(text) == expected
    assert parse_number(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("99.999.999.999 tỷ", "99999999999000000000"),
        ("99.999.999.999 tỷ 0,123456789012345678", "99999999999000000000.123456789012345678"),
        ("100.000.000.000 tỷ", None),
        ("một tỷ tỷ tỷ tỷ", None),
        ("một" + " tỷ" * 60, None),
        ("một phẩy hai" + " tỷ" * 60, None),
        ("99.999.999.999 tỷ 1.234.567,8901234567890123456789", None),
    ],
)
def test_large_numbers_are_exact_or_none(text: str, value: str | None) -> None:
    assert parse_number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("text", ["", "1.23.4", "1,2,3", ",5", "5,", "1.700.00", "x", "1..2", "-5"])
def test_what_is_no_figure(text: str) -> None:
    assert parse_figure(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("không", 0),
        ("năm", 5),
        ("mười", 10),
        ("mười lăm", 15),
        ("hai mươi", 20),
        ("hai mươi mốt", 21),
        ("hai mươi tư", 24),
        ("hai mươi bốn", 24),
        ("hai mươi lăm", 25),
        ("hai mươi nhăm", 25),
        ("chín mươi chín", 99),
        ("ba chục", 30),
        ("ba mốt", 31),
        ("năm mươi lăm", 55),
        ("một trăm", 100),
        ("một trăm linh năm", 105),
        ("một trăm lẻ năm", 105),
        ("một trăm mười", 110),
        ("hai trăm rưỡi", 250),
        ("ba trăm hai mươi", 320),
        ("một nghìn", 1_000),
        ("một ngàn không trăm linh hai", 1_002),
        ("một nghìn hai", 1_200),
        ("hai nghìn không trăm hai mươi ba", 2_023),
        ("hai mươi tư nghìn", 24_000),
        ("ba vạn năm nghìn", 35_000),
        ("năm trăm nghìn", 500_000),
        ("một triệu rưỡi", 1_500_000),
        ("Hai mươi mốt triệu", 21_000_000),
        ("bốn nghìn sáu trăm tỷ", 4_600_000_000_000),
        ("hai nghìn ba trăm tỉ năm trăm triệu", 2_300_500_000_000),
        ("một triệu không trăm linh hai nghìn không trăm linh ba", 1_002_003),
        ("một triệu tỷ", 10**15),
        ("3 triệu 5", 3_500_000),
        ("3 triệu 500", 3_500_000),
        ("3 triệu rưỡi", 3_500_000),
        ("2 tỷ 350 triệu", 2_350_000_000),
        ("1,2 nghìn tỷ", 1_200_000_000_000),
        ("14.770,5 triệu", 14_770_500_000),
        ("3 trăm triệu", 300_000_000),
    ],
)
def test_words_and_mixed(text: str, value: int) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("nửa", "0.5"), ("ba phẩy mười bốn", "3.14"), ("không phẩy không năm", "0.05"), ("một phẩy hai tỷ", "1200000000"),
     ("ba rưỡi", "3.5"), ("mười rưỡi", "10.5")],
)  # fmt: skip
def test_parts_of_one(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "triệu", "trăm triệu", "nghìn tỷ", "mươi", "mười mười", "hai ba", "linh năm", "một trăm linh mười", "5 triệu 50",
     "hai một triệu", "đồng", "tỷ " * 500, "hai mươi mươi", "một phẩy"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def group(number: int, full: bool) -> str:
    """A number below one thousand in words; ``full`` says the hundreds even where they are none, as inside a number."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = [ONES[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        if units:
            words += ["linh", ONES[units]] if words else [ONES[units]]
    elif tens == 1:
        words += ["mười"] + (["lăm" if units == 5 else ONES[units]] if units else [])
    else:
        unit = {1: "mốt", 4: "tư", 5: "lăm"}.get(units, ONES[units])
        words += [ONES[tens], "mươi"] + ([unit] if units else [])
    return " ".join(words)


def spell(number: int) -> str:
    """The number in words as a voucher has it."""
    if number == 0:
        return "không"
    if number >= 10**9:
        high, low = divmod(number, 10**9)
        return f"{spell(high)} tỷ" + (f" {below_billion(low, full=True)}" if low else "")
    return below_billion(number, full=False)


def below_billion(number: int, full: bool) -> str:
    words: list[str] = []
    for size, name in ((10**6, " triệu"), (10**3, " nghìn"), (1, "")):
        part, number = divmod(number, size)
        if part:
            words.append(group(part, full or bool(words)) + name)
    return " ".join(words)


@given(st.integers(0, 10**15))
def test_any_number_in_words_is_read_back(number: int) -> None:
    assert parse_number(spell(number)) == number


@given(st.integers(0, 10**15), st.integers(0, 999))
def test_any_number_in_figures_is_read_back(number: int, thousandths: int) -> None:
    dotted = f"{number:,}".replace(",", ".")
    assert parse_figure(dotted) == number
    assert parse_figure(f"{dotted},{thousandths:03}") == Decimal(f"{number}.{thousandths:03}")


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_none(text: str) -> None:
    assert parse_number(text) is None or parse_number(text) >= 0  # type: ignore[operator]
