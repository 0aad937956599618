"""Values in running text: every rule's own examples, combinations, the gold of the seeds, and properties."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import regex
from congvan.errors import CongvanError
from congvan.extract.found import Found
from congvan.extract.values import find_values
from congvan.rules.check import failures
from congvan.rules.format import Example
from congvan.rules.load import rules
from hypothesis import given, settings
from hypothesis import strategies as st

KINDS = ("percentages", "amounts", "dates", "deadlines", "citations")
EXAMPLES = [
    pytest.param(kind, example, id=f"{rule.id}-{number}")
    for kind in KINDS
    for rule in rules(kind).rules
    for number, example in enumerate(rule.example)
    if example.value
]


def of_kind(kind: str, text: str) -> list[Found]:
    return [found for found in find_values(text) if found.kind == kind]


def plain(value: Any) -> Any:
    """A value in a form in which a number of a rule file and a Decimal are equal."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return Decimal(str(value))


def same(found: Found, wanted: dict[str, Any]) -> bool:
    """Whether the keys wanted are so; "" in a rule file stands for None."""
    return all(plain(found.value.get(key)) == (None if value == "" else plain(value)) for key, value in wanted.items())


@pytest.mark.parametrize("kind", KINDS)
def test_rules_find_their_examples_and_not_their_counters(kind: str) -> None:
    assert failures(rules(kind)) == []


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_examples_have_their_values(kind: str, example: Example) -> None:
    start = example.text.index(example.find)
    end = start + len(example.find)
    kinds = (kind, "deadlines") if kind == "dates" else (kind,)  # a date after the words of a deadline becomes one
    around = [f for f in find_values(example.text) if f.kind in kinds and f.start < end + 40 and start < f.end + 40]
    assert any(same(f, example.value) for f in around), around


@pytest.mark.parametrize("kind", KINDS)
def test_counters_of_a_whole_kind_hold_no_finding(kind: str) -> None:
    """What no rule of a kind may find in a text is checked rule by rule; here: these texts hold none of any kind."""
    for text in (
        "Điều 5 khoản 2",
        "đến nay đã có 7/7 xã",
        "ĐT: 0260.3862.320",
        "Số: /BC-UBND",
        "Dự án 1, Tiểu dự án 2",
    ):
        assert of_kind(kind, text) == []


def load(shared: Path, number: str) -> str:
    if number == "000":
        text = (shared / "gold" / "000.repaired.txt").read_text(encoding="utf-8")
    else:
        text = next((shared / "seeds").glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    if number == "004":
        text = regex.sub(r"</?sup>|[*#]|^---$", "", text, flags=regex.MULTILINE)
    return " ".join(unicodedata.normalize("NFC", text).split())


def counted(items: list[dict[str, Any]], keys: tuple[str, ...]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(plain(item.get(key)) for key in keys) for item in items)


@pytest.mark.parametrize("number", ["000", "001", "004"])
@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("percentages", ("operator", "value")),
        ("amounts", ("operator", "value", "currency")),
        ("citations", ("number", "issued_on")),
    ],
)
def test_gold_of_the_seeds(shared: Path, number: str, kind: str, keys: tuple[str, ...]) -> None:
    gold = json.loads((shared / "gold" / f"{number}.records.json").read_text(encoding="utf-8"))
    found = [dict(f.value) for f in of_kind(kind, load(shared, number)) if kind != "citations" or f.value["number"]]
    assert counted(found, keys) == counted(gold[kind], keys)


@pytest.mark.parametrize("number", ["000", "001", "004"])
def test_gold_deadlines(shared: Path, number: str) -> None:
    gold = json.loads((shared / "gold" / f"{number}.records.json").read_text(encoding="utf-8"))
    found = [dict(f.value) for f in of_kind("deadlines", load(shared, number))]
    keys = ("due", "inclusive")
    assert counted(gold["deadlines"], keys) - counted(found, keys) == Counter()
    false = counted(found, keys) - counted(gold["deadlines"], keys)
    optional = Counter(item["due"] for item in gold["deadlines_optional"])
    assert Counter(due for due, _ in false.elements()) - optional == Counter()


_TEXT = """ngày tháng năm quý 05 3 2023 2021-2025 trước chậm nhất trong hoàn thành % 14,58 1.700 tỷ triệu đồng số 23 /QĐ-UBND
Nghị quyết Luật Đầu tư công của về từ đến trở lên khoảng kể từ hằng cuối I II / - , . ; ( ) 99999999999 22/02/2022"""
_PIECES = st.sampled_from(_TEXT.split())


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map(" ".join), st.lists(_PIECES).map("".join)))
def test_any_text_gives_sorted_offsets_inside_it(text: str) -> None:
    try:
        found = find_values(text)
    except CongvanError:
        return
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert [f.start for f in found] == sorted(f.start for f in found)
