"""Values in running text: every rule's own examples, combinations, the gold of the seeds, and properties."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.errors import CongvanError
from congvan.extract.found import Found
from congvan.extract.values import find_values
from congvan.rules.check import failures
from congvan.rules.format import Example
from congvan.rules.load import rules

KINDS = ("percentages", "amounts", "quantities", "dates", "deadlines", "citations")
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
    if isinstance(value, list):
        return [plain(v) for v in value]
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
        "trực 24/24 giờ",
        "ĐT: 0260.3862.320",
        "Số: /BC-UBND",
        "Dự án 1, Tiểu dự án 2",
    ):
        assert of_kind(kind, text) == []


# text, kind, the keys that are compared, and what must be found: no more, no less; numbers as strings
TABLE: list[tuple[str, str, tuple[str, ...], list[tuple[Any, ...]]]] = [
    ("tỷ lệ 7,98%/6,6%, đạt 121 %", "percentages", ("operator", "value"), [("=", "7.98"), ("=", "6.6"), ("=", "121")]),
    ("từ 36,28% năm 2021 xuống 25%", "percentages", ("operator", "value"), [("=", "36.28"), ("=", "25")]),
    ("tăng từ 5% lên 7%; còn 3,5%", "percentages", ("operator", "value"), [("=", "5"), ("=", "7"), ("=", "3.5")]),
    ("đạt từ 80% đến dưới 90%", "percentages", ("operator", "low", "high"), [("range", "80", "90")]),
    ("năm 2022 - 5%", "percentages", ("operator", "value"), [("=", "5")]),
    ("không dưới 30%, tối đa 40%", "percentages", ("operator", "value"), [(">=", "30"), ("<=", "40")]),
    ("từ 40% trở xuống", "percentages", ("operator", "value"), [("<=", "40")]),
    ("tăng 3,2 điểm % và 7%", "percentages", ("value", "points"), [("3.2", True), ("7", False)]),
    (
        "giải ngân 14.770,5 /101.294 triệu đồng, đạt 14,58%",
        "amounts",
        ("value", "of_start"),
        [("14770500000", "20"), ("101294000000", None)],
    ),
    (
        "6.909 triệu đồng/75.337 triệu đồng",
        "amounts",
        ("value", "of_start"),
        [("6909000000", "17"), ("75337000000", None)],
    ),
    ("tăng từ 5 lên 7 triệu đồng", "amounts", ("operator", "value"), [("=", "5000000"), ("=", "7000000")]),
    ("1,3 triệu lượt khách, 05 đồng chí, 2 đồng bào", "amounts", ("value",), []),
    ("giá trị từ 300 triệu đồng đến dưới một tỷ đồng", "amounts", ("low", "high"), [("300000000", "1000000000")]),
    (
        "vốn 5 (năm) tỷ đồng; đến 50 triệu đồng",
        "amounts",
        ("operator", "value"),
        [("=", "5000000000"), ("<=", "50000000")],
    ),
    ("đến nay đã có 7/12 xã", "quantities", ("value", "unit"), [("7", "xã"), ("12", "xã")]),
    ("01 (một) bản, 1,3 triệu lượt khách", "quantities", ("value", "unit"), [("1", "bản"), ("1300000", "lượt khách")]),
    ("từ 71% xã trở lên, 15 ngày, Điều 5, 02 tỷ đồng", "quantities", ("value",), []),
    (
        "từ 5 đến 7 con; dưới 10 tấn; từ 10 tấn trở lên",
        "quantities",
        ("operator", "unit"),
        [("range", "con"), ("<", "tấn"), (">=", "tấn")],
    ),
    ("đạt 98,5 điểm, hạng 3, 24/24 giờ, số 12 đường", "quantities", ("value",), []),
    ("thửa đất số 5 tờ bản đồ 12, Quốc lộ 14 đoạn", "quantities", ("value",), []),
    ("Giao Sở Y tế lắp đặt thiết bị trong năm 2026.", "deadlines", ("due",), [("2026-12-31",)]),
    ("Trong năm 2025, toàn tỉnh có 5 xã đạt chuẩn.", "deadlines", ("due",), []),
    ("số hộ được hỗ trợ trong quý I/2024 tăng 5%.", "deadlines", ("due",), []),
    ("trước khi họp ít nhất 03 ngày làm việc", "deadlines", ("offset", "working_days"), [("-P3D", True)]),
    (
        "vào các ngày 10 và 25 hằng tháng",
        "deadlines",
        ("recurrence",),
        [("FREQ=MONTHLY;BYMONTHDAY=10",), ("FREQ=MONTHLY;BYMONTHDAY=25",)],
    ),
    ("tăng so với năm trước, chuyển sang năm sau", "dates", ("start",), []),
    ("phạt tù từ 03 tháng đến 02 năm", "dates", ("duration",), [("P3M",), ("P2Y",)]),
    ("từ 5 đến 7 triệu đồng/hộ", "amounts", ("low", "high", "per"), [("5000000", "7000000", "hộ")]),
    ("500.000 đồng - 1 triệu đồng", "amounts", ("low", "high"), [("500000", "1000000")]),
    (
        "21.000.000 đồng (Bằng chữ: Hai mươi mốt triệu đồng)",
        "amounts",
        ("value", "in_words", "agrees"),
        [("21000000", "21000000", True)],
    ),
    (
        "21.000.000 đồng (Bằng chữ: Hai mươi hai triệu đồng)",
        "amounts",
        ("value", "in_words", "agrees"),
        [("21000000", "22000000", False)],
    ),
    ("Số tiền bằng chữ: Hai mươi mốt triệu đồng", "amounts", ("value",), [("21000000",)]),
    ("20 triệu USD; 3 tỷ yên Nhật; 500 nghìn euro", "amounts", ("currency",), [("USD",), ("JPY",), ("EUR",)]),
    ("ngày 22/02/2022 và tháng 3/2023", "dates", ("start", "grain"), [("2022-02-22", "day"), ("2023-03-01", "month")]),
    (
        "năm 2022, 2023 và giai đoạn 2021- 2025",
        "dates",
        ("start",),
        [("2022-01-01",), ("2023-01-01",), ("2021-01-01",)],
    ),
    ("tháng 3 và tháng 4 năm 2023", "dates", ("start",), [("2023-03-01",), ("2023-04-01",)]),
    ("đạt 14,58% vào ngày 31/02/2023", "dates", ("start",), []),
    ("theo Quyết định số 86/QĐ-UBND ngày 22/02/2022 của UBND tỉnh", "dates", ("start",), []),
    ("Điều 12 năm khoản; ĐT 0260.3862.320; 8/10 chỉ tiêu; tỷ lệ 1/500", "dates", ("start",), []),
    ("Trong năm 2022, tỉnh đã ban hành 15 văn bản", "deadlines", ("due",), []),
    ("Tính đến hết tháng 3 năm 2023, giải ngân đạt khá", "deadlines", ("due",), []),
    ("số thu trong tháng 5/2023 đạt khá", "deadlines", ("due",), []),
    ("dự án khởi công trước năm 2020", "deadlines", ("due",), []),
    ("hoàn thành xong trước 30/6/2023", "deadlines", ("due", "inclusive"), [("2023-06-30", False)]),
    ("nộp trước ngày 15/6/2023 và ngày 15/12/2023", "deadlines", ("due",), [("2023-06-15",), ("2023-12-15",)]),
    ("trình chậm nhất đến hết tháng 6 năm 2023", "deadlines", ("due", "inclusive"), [("2023-06-30", True)]),
    (
        "Định kỳ hằng tháng, quý, 06 tháng, năm báo cáo",
        "deadlines",
        ("recurrence",),
        [("FREQ=MONTHLY",), ("FREQ=MONTHLY;INTERVAL=3",), ("FREQ=MONTHLY;INTERVAL=6",), ("FREQ=YEARLY",)],
    ),
    (
        "Thời hạn gửi báo cáo là trước ngày 10 tháng 12 hằng năm",
        "deadlines",
        ("recurrence", "inclusive"),
        [("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", False)],
    ),
    ("các dự án có thể giải ngân ngay sau khi giao kế hoạch", "deadlines", ("event",), []),
    (
        "các Nghị quyết số 21, 22, 23/2022/NQ-HĐND ngày 23 tháng 6 năm 2022",
        "citations",
        ("number", "issued_on"),
        [(f"{n}/2022/NQ-HĐND", "2022-06-23") for n in (21, 22, 23)],
    ),
    (
        "Nghị quyết số 21,22/NQ-HĐND ngày 23/06/2022",
        "citations",
        ("number", "issued_on"),
        [("21/NQ-HĐND", "2022-06-23"), ("22/NQ-HĐND", "2022-06-23")],
    ),
    (
        "Công văn số 77/UBND-TH; văn bản số 1157/SKHĐT ngày 01/4/2023",
        "citations",
        ("number", "issued_on"),
        [("77/UBND-TH", None), ("1157/SKHĐT", "2023-04-01")],
    ),
    (
        "Quyết định số 10/QĐ-UBND và số 11/QĐ-UBND ngày 05/01/2023",
        "citations",
        ("number", "issued_on"),
        [("10/QĐ-UBND", "2023-01-05"), ("11/QĐ-UBND", "2023-01-05")],
    ),
    (
        "Luật Đất đai số 45/2013/QH13 ngày 29/11/2013",
        "citations",
        ("number", "title", "document_type", "issued_on"),
        [("45/2013/QH13", "Luật Đất đai", "LUẬT", "2013-11-29")],
    ),
    (
        "Thông tư số 17/2022/TT-BLĐTBXH của Bộ trưởng Bộ Lao động - Thương binh và Xã hội quy định danh mục",
        "citations",
        ("issuer_text", "title"),
        [("Bộ trưởng Bộ Lao động - Thương binh và Xã hội", "quy định danh mục")],
    ),
    ("Mẫu số 02/BC; QCVN 01:2021/BXD; biển số 82A-123.45; Số: /BC-UBND; 03/2023", "citations", ("number",), []),
]


@pytest.mark.parametrize(("text", "kind", "keys", "wanted"), TABLE, ids=[row[0][:40] for row in TABLE])
def test_table(text: str, kind: str, keys: tuple[str, ...], wanted: list[tuple[Any, ...]]) -> None:
    found = [tuple(f.value[key] for key in keys) for f in of_kind(kind, text)]
    shown = [tuple(v if v is None or isinstance(v, bool | str) else str(v) for v in row) for row in found]
    assert shown == wanted


@pytest.mark.parametrize(
    "pattern",
    ["{} đồng", "{} triệu đồng", "{}%", "từ {} đến {} tỷ đồng", "{}/{} triệu đồng", "ngày {}", "tháng {} năm 2023",
     "trước ngày {}/{}/2023", "trong {} ngày kể từ ngày ký", "số {}/QĐ-UBND", "Luật Đất đai năm {}", "khoản {} Điều {}",
     "năm {}", "{} USD (Bằng chữ: {} đồng)", "{}.000.000 đồng", "0,{} tỷ đồng"],
)  # fmt: skip
def test_endless_figures_are_no_values_and_do_no_harm(pattern: str) -> None:
    for figures in ("1" * 5000, ".".join(["111"] * 1500), "1" * 30):
        for found in find_values(pattern.replace("{}", figures)):
            numbers = [v for v in found.value.values() if isinstance(v, Decimal)]
            assert all(v < 10**20 for v in numbers)


def test_kinds_do_not_share_text() -> None:
    text = (
        "Theo Nghị quyết số 5/NQ-HĐND ngày 05/5/2023, chi 5 tỷ đồng (5%) trước ngày 05/5/2023, xong tháng 5 năm 2023."
    )
    found = find_values(text)
    assert [f.kind for f in found] == ["citations", "amounts", "percentages", "deadlines", "deadlines"]
    assert all(a.end <= b.start for a, b in pairwise(found))


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
