"""Numbers in running text: where they stand, how they were misprinted, in every spelling; and that no text costs more than its length."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from congvan.extract.values import find_values
from congvan.language.numbers import find_numbers
from congvan.language.numerals import parse_number
from congvan.rules.marks import marked, within_number
from congvan.rules.words import words_pattern

# ---------------------------------------------------------------- where they stand

# text, the stretches that are numbers with their values; numbers as strings
FOUND: list[tuple[str, list[tuple[str, str]]]] = [
    ("chi 12 500 000 đồng", [("12 500 000", "12500000")]),
    ("chi 12.500 .000 đồng", [("12.500 .000", "12500000")]),
    ("chi 1.234. 567 đồng", [("1.234. 567", "1234567")]),
    ("chi 300. 000 đồng", [("300. 000", "300000")]),
    ("đạt (8, 3 tỷ USD)", [("8, 3 tỷ", "8300000000")]),
    ("đạt 8 ,3%", [("8 ,3", "8.3")]),
    ("1.234,5 và 1,234.5", [("1.234,5", "1234.5"), ("1,234.5", "1234.5")]),
    ("1 200 300,5 đồng", [("1 200 300,5", "1200300.5")]),
    ("tháng 12 500 đồng", [("12", "12"), ("500", "500")]),
    ("năm 2023 500 hộ", [("2023", "2023"), ("500", "500")]),
    ("mức 3, 4 triệu đồng", [("3", "3"), ("4 triệu", "4000000")]),
    ("khoản 2. 500 đồng", [("2", "2"), ("500", "500")]),
    ("1 tỷ 250 triệu đồng", [("1 tỷ 250 triệu", "1250000000")]),
    ("2 tỷ rưỡi", [("2 tỷ rưỡi", "2500000000")]),
    ("triệu rưỡi đồng", [("triệu rưỡi", "1500000")]),
    ("nửa triệu đồng", [("nửa triệu", "500000")]),
    ("3 triệu 5 đồng", [("3 triệu 5", "3500000")]),
    ("3 triệu 5 hộ", [("3 triệu", "3000000"), ("5", "5")]),
    ("1.500 tr.đồng, 65trđ", [("1.500 tr.", "1500000000"), ("65tr", "65000000")]),
    ("05 (năm) tỷ đồng", [("05 (năm) tỷ", "5000000000")]),
    ("năm (05) bộ", [("năm (05)", "5")]),
    ("6%/năm (1)", [("6", "6"), ("1", "1")]),
    ("hai mươi năm công tác", [("hai mươi", "20")]),
    ("hai mươi năm triệu đồng", [("hai mươi năm triệu", "25000000")]),
    ("mỗi năm ba triệu đồng", [("ba triệu", "3000000")]),
    ("đầu tư ba mươi triệu", [("ba mươi triệu", "30000000")]),
    ("hai trăm triệu một năm", [("hai trăm triệu", "200000000")]),
    ("Một trăm triệu, hai trăm nghìn đồng", [("Một trăm triệu, hai trăm nghìn", "100200000")]),
    ("năm phần trăm", [("năm", "5")]),
    ("hàng trăm triệu đồng, vài ba trăm nghìn, hai ba triệu", []),
    ("5 tỷ lệ, 3 triệu tập", [("5", "5"), ("3", "3")]),
    ("ĐT 0260.3862.320, mục 2.1.3, Covid-19, m2", []),
    ("bảy mươi lăm phẩy bốn mươi hai phần trăm", [("bảy mươi lăm phẩy bốn mươi hai", "75.42")]),
    ("TẤT CẢ HAI TRIỆU ĐỒNG", [("HAI TRIỆU", "2000000")]),
]


@pytest.mark.parametrize(("text", "wanted"), FOUND, ids=[row[0][:30] for row in FOUND])
def test_numbers_stand_where_they_are(text: str, wanted: list[tuple[str, str]]) -> None:
    found = [(text[n.start : n.end], n.value) for n in find_numbers(text)]
    assert found == [(stretch, Decimal(value)) for stretch, value in wanted]


@pytest.mark.parametrize(
    ("text", "said"), [("05 (năm) tỷ", 5_000_000_000), ("05 (sáu) tỷ", 6_000_000_000), ("năm (05)", 5), ("5 tỷ", None)]
)
def test_the_bracket_says_it_again(text: str, said: int | None) -> None:
    [number] = find_numbers(text)
    assert number.in_words == said


def test_the_marked_text_is_as_long_and_has_no_figure_of_a_number() -> None:
    text = "Chi 1.700 tỷ đồng cho 05 (năm) xã, đạt 14,58% \ufdd0 và hai mươi mốt hộ; ĐT 0260.3862.320"
    seen, numbers = marked(text)
    assert len(seen) == len(text)
    assert [text[n.start : n.end] for n in numbers.values()] == ["1.700 tỷ", "05 (năm)", "14,58", "hai mươi mốt"]
    assert regex.findall(r"\d+", seen) == ["0260", "3862", "320"]
    assert within_number(text, text.index("năm)"))
    assert not within_number(text, text.index(" tỷ đồng") + 3)


# ---------------------------------------------------------------- every spelling

ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SPELLINGS = st.fixed_dictionaries(
    {
        "link": st.sampled_from(["linh", "lẻ"]),
        "thousand": st.sampled_from(["nghìn", "ngàn"]),
        "billion": st.sampled_from(["tỷ", "tỉ"]),
        "one": st.sampled_from(["mốt", "một"]),
        "four": st.sampled_from(["tư", "bốn"]),
        "five": st.sampled_from(["lăm", "nhăm", "năm"]),
        "seven": st.sampled_from(["bảy", "bẩy"]),
        "comma": st.booleans(),
        "capital": st.booleans(),
        "figures": st.sampled_from([0, 0, 1, 2]),  # groups in figures: none, the first, all
    }
)


def group(n: int, full: bool, how: dict[str, object]) -> list[str]:
    """Words of a number below one thousand; ``full`` as inside a greater one."""
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    words = [ONES[hundreds], "trăm"] if hundreds or full else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [ONES[tens], "mươi"]
    elif ones and words:
        words.append(str(how["link"]))
    special = {
        1: how["one"] if tens > 1 else None,
        4: how["four"] if tens > 1 else None,
        5: how["five"] if tens else None,
    }
    if ones == 5 and tens == 1 and how["five"] == "năm":
        special[5] = "lăm"  # "mười năm" are ten years
    if ones:
        words.append(str(special.get(ones) or ONES[ones]))
    return [str(how["seven"]) if w == "bảy" else w for w in words]


def spell(n: int, how: dict[str, object]) -> str:
    """A number from 0 to 10^15 in the words of a dialect, perhaps with figures before the scale words."""
    if n == 0:
        return "không"
    parts: list[str] = []
    for size, name in ((10**9, how["billion"]), (10**6, "triệu"), (10**3, how["thousand"]), (1, "")):
        part, n = divmod(n, size)
        if not part:
            continue
        figures = how["figures"] == 2 or (how["figures"] == 1 and not parts)
        if figures and name:
            said = f"{part:,}".replace(",", ".")
        elif part >= 1000:
            said = spell(part, {**how, "comma": False, "capital": False, "figures": 0})
        else:
            said = " ".join(group(part, bool(parts), how))
        parts.append(f"{said} {name}".strip())
    text = (", " if how["comma"] and not how["figures"] else " ").join(parts)
    return text[0].upper() + text[1:] if how["capital"] else text


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(st.integers(0, 10**15), st.integers(0, 10**4), st.integers(0, 10**6).map(lambda n: n * 1000)), SPELLINGS
)
@example(10**15, {"link": "linh", "thousand": "nghìn", "billion": "tỷ", "one": "mốt", "four": "tư", "five": "lăm", "seven": "bảy",
                  "comma": False, "capital": False, "figures": 0})  # fmt: skip
def test_any_number_in_any_spelling_is_read_back(number: int, how: dict[str, object]) -> None:
    words = spell(number, how)
    assert parse_number(words) == number
    [amount] = [f for f in find_values(f"Cấp {words} đồng.") if f.kind == "amounts"]
    assert amount.value["value"] == number


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**15), st.sampled_from([".", " .", ". ", " "]), st.integers(0, 99))
def test_any_number_in_figures_is_found(number: int, sign: str, cents: int) -> None:
    groups = f"{number:,}".split(",")
    figure = groups[0] + "".join(
        # a misprint beside signs as they should be; the space alone parts all groups
        (sign if sign == " " or n == len(groups) - 2 else ".") + g
        for n, g in enumerate(groups[1:])
    )
    decimals = sign == "." and number < 10**13  # more are no sum of money
    text = f"chi {figure},{cents:02} triệu USD" if decimals else f"chi {figure} đồng"
    found = [f for f in find_values(text) if f.kind == "amounts"]
    wanted = (Decimal(f"{number}.{cents:02}") * 1_000_000) if decimals else Decimal(number)
    assert [f.value["value"] for f in found] == [wanted]


# ---------------------------------------------------------------- hostile strings

HOSTILE = (
    "1", "1.", "1,", "1.111", ".111", " 111", "1 ", "1/", "1-", "1 - ", "1 đến ", "1, ", "(", ")", "(1", "(năm) ", "5 (năm) ", "hai ", "năm ", "một trăm ",
    "hai mươi ", "trăm ", "phẩy ", "không phẩy ", "tỷ ", "1 tỷ ", "triệu rưỡi ", "từ ", "không quá ", "tối đa mỗi hộ ", "trở lên ", "đồng ", "5% ",
    "5 tỷ đồng/", "3, 4 và ", "tháng ", "ngày 5/", "điều 5 khoản ", "1/2023/QĐ-", "hộ ", "5 hộ ", "%", "a", "A", "ạ", "\ufdd0", "\ufdd5", "\ufffc", "²", "٣",
)  # fmt: skip
_CALLS = 60_000  # Python and C calls for each kilobyte of a hostile text
_START = 20_000  # besides


def calls_of(work: Callable[[], object]) -> int:
    """How many calls a piece of work makes: the same on every machine."""
    count = 0

    def tick(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    marked.cache_clear()
    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_strings_cost_no_more_than_their_length(piece: str) -> None:
    find_values("5 tỷ đồng")  # rules loaded
    small, large = (piece * (size // len(piece)) for size in (500, 2_000))
    few, many = calls_of(lambda: find_values(small)), calls_of(lambda: find_values(large))
    assert many <= _START + 2 * _CALLS
    assert many <= 6 * few + _START


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=12).map("".join))
def test_mixed_hostile_strings_cost_no_more_than_their_length(piece: str) -> None:
    text = piece * (1_000 // len(piece) + 1)
    assert calls_of(lambda: find_values(text)) <= _START + _CALLS * (len(text) / 1000)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(HOSTILE), max_size=40).map("".join)))
def test_numbers_are_sorted_and_inside_the_text(text: str) -> None:
    numbers = find_numbers(text)
    assert all(0 <= n.start < n.end <= len(text) for n in numbers)
    assert all(a.end <= b.start for a, b in pairwise(numbers))
    assert len(marked(text)[0]) == len(text)


# ---------------------------------------------------------------- lists of words


@given(
    st.lists(st.text("abhộ ", min_size=1, max_size=6).map(str.strip).filter(bool), min_size=1, max_size=12, unique=True)
)
def test_a_list_of_words_accepts_its_words_and_the_longest_first(words: list[str]) -> None:
    pattern = regex.compile(words_pattern(words))
    assert all(pattern.fullmatch(word) for word in words)
    for word in words:
        m = pattern.match(word + "zz")
        assert m is not None
        assert m[0] == max((w for w in words if (word + "zz").startswith(w)), key=len)


def test_a_word_may_look_ahead() -> None:
    pattern = regex.compile(words_pattern(["điểm(?! (?:phần|so))", "điểm trường"]))
    assert pattern.match("điểm trường").group() == "điểm trường"  # type: ignore[union-attr]
    assert pattern.match("điểm phần trăm") is None
    with pytest.raises(ValueError, match="is no word"):
        words_pattern(["a|b"])
