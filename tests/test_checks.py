"""Checks: what a document states is recomputed; what is wrong is found, what is cut or rounded is not accused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import congvan
from congvan.record import Check, Record
from congvan.relate.stated import grouped


def report(*lines: str, kind: str = "BÁO CÁO") -> Record:
    """A short report; each line is a paragraph."""
    body = "\n\n".join(lines)
    text = f"ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\nSố: 12/BC-UBND\n\nHà Giang, ngày 10 tháng 3 năm 2024\n\n{kind}\nVề một số nội dung\n\n{body}\n"
    [record] = congvan.parse_bytes(text.encode(), "report.txt")
    return record


def told(record: Record) -> list[tuple[str, str, str]]:
    """Kind, verdict and what was stated of each check."""
    return [(c.kind, c.verdict, c.stated) for c in record.checks]


# a sentence with its check: kind, verdict, stated, and what the computed text begins with
SENTENCES = [
    ("Đã giải ngân 64,2/210 tỷ đồng, đạt 30,5% kế hoạch.", "share", "agrees", "30,5%", "30,57%"),  # cut
    ("Đã giải ngân 64,2/210 tỷ đồng, đạt 30,6% kế hoạch.", "share", "agrees", "30,6%", "30,57%"),  # rounded
    ("Đã giải ngân 64,2/210 tỷ đồng, đạt 33,6% kế hoạch.", "share", "disagrees", "33,6%", "30,57%"),
    ("Có 12/18 xã, đạt 66,67%.", "share", "agrees", "66,67%", "66,66%"),
    ("Tổng kinh phí 5.000 triệu đồng, gồm: ngân sách tỉnh 3.200 triệu đồng, ngân sách huyện 1.800 triệu đồng.", "sum", "agrees", "5.000 triệu đồng", "5.000 triệu đồng"),
    ("Tổng kinh phí 5.000 triệu đồng, gồm: ngân sách tỉnh 3.200 triệu đồng, ngân sách huyện 1.850 triệu đồng.", "sum", "disagrees", "5.000 triệu đồng", "5.050 triệu đồng"),
    ("Vốn đầu tư là 28,9 tỷ đồng (ngân sách trung ương: 25,957 tỷ đồng; ngân sách tỉnh: 3,0229 tỷ đồng).", "sum", "agrees", "28,9 tỷ đồng", "28,9799 tỷ đồng"),  # cut
    ("Tổng 2 tỷ đồng, bao gồm: hỗ trợ giống 1.250 triệu đồng; tập huấn 750 triệu đồng.", "sum", "agrees", "2 tỷ đồng", "2 tỷ đồng"),  # tỷ and triệu
    ("Rà soát được 320 hộ, trong đó: 204 hộ nghèo, 120 hộ cận nghèo.", "sum", "disagrees", "320 hộ", "324 hộ"),
    ("Tỷ lệ hộ nghèo giảm 4,3% (từ 24,1% năm 2022 xuống còn 19,8% cuối năm 2023).", "change", "agrees", "4,3%", "4,3%"),
    ("Tỷ lệ hộ nghèo giảm 5,3% (từ 24,1% năm 2022 xuống còn 19,8% cuối năm 2023).", "change", "disagrees", "5,3%", "4,3%"),
    ("Dự toán 415.000.000 đồng (bằng chữ: Bốn trăm mười lăm triệu đồng).", "words", "agrees", "415.000.000 đồng", "415.000.000 đồng"),
    ("Dự toán 451.000.000 đồng (bằng chữ: Bốn trăm mười lăm triệu đồng).", "words", "disagrees", "451.000.000 đồng", "415.000.000 đồng"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "kind", "verdict", "stated", "computed"), SENTENCES, ids=[s[0] for s in SENTENCES]
)
def test_sentence(sentence: str, kind: str, verdict: str, stated: str, computed: str) -> None:
    record = report(f"1. {sentence}")
    assert told(record) == [(kind, verdict, stated)]
    assert record.checks[0].computed.split(" = ")[0] == computed


NOTHING_TO_CHECK = [
    "Tổng kinh phí 5.000 triệu đồng, trong đó ngân sách tỉnh 1.200 triệu đồng, ngân sách huyện 800 triệu đồng.",  # some of it
    "Kinh phí khoảng 5 tỷ đồng, gồm: ngân sách tỉnh 3 tỷ đồng, ngân sách huyện 1,5 tỷ đồng.",
    "Thu ngân sách đạt 120 tỷ đồng, tăng 20 tỷ đồng so với năm trước, bằng 95% dự toán.",
    "Mức hỗ trợ 40 triệu đồng/hộ xây mới, 20 triệu đồng/hộ sửa chữa.",
    "Năm 2022 giải ngân 12 tỷ đồng, năm 2023 giải ngân 15 tỷ đồng.",
]


@pytest.mark.parametrize("sentence", NOTHING_TO_CHECK)
def test_nothing_is_accused_that_is_not_a_sum(sentence: str) -> None:
    assert report(f"1. {sentence}").checks == []


def test_a_list_below_its_total() -> None:
    lines = (
        "1. Tổng kinh phí: 900 triệu đồng, trong đó:",
        "- Ngân sách tỉnh: 500 triệu đồng;",
        "- Ngân sách xã: 380 triệu đồng.",
    )
    assert told(report(*lines)) == [("sum", "disagrees", "900 triệu đồng")]


def test_shares_of_figures_that_stand_elsewhere() -> None:
    """Three shares of the figures of another paragraph, one of which is wrong; where only one is right, none is accused."""
    first = "1. Vốn trung ương: 800 triệu đồng. Trong đó: Chương trình nước sạch: 500 triệu đồng; Chương trình dược liệu: 300 triệu đồng."
    second = "2. Vốn đối ứng 80 triệu đồng chiếm tỷ lệ 10% (Chương trình nước sạch: 50 triệu đồng chiếm tỷ lệ 10%; Chương trình dược liệu: 30 triệu đồng chiếm tỷ lệ {}%)."
    right = [c for c in report(first, second.format("10")).checks if c.kind == "share"]
    assert [c.verdict for c in right] == ["agrees"] * 3
    wrong = [c for c in report(first, second.format("16")).checks if c.verdict != "agrees"]
    assert [(c.kind, c.stated, c.computed.split(" = ")[0]) for c in wrong] == [("share", "16%", "10%")]
    other = second.replace("chiếm tỷ lệ 10% (", "chiếm tỷ lệ 22% (").format("16")
    assert [c for c in report(first, other).checks if c.kind == "share"] == []


def test_one_document_with_two_dates() -> None:
    same = (
        "1. Theo Quyết định số 15/2023/QĐ-UBND ngày 10/5/2023 của UBND tỉnh.",
        "2. Căn cứ Quyết định số 15/2023/QĐ-UBND ngày 10/5/2022 của UBND tỉnh.",
    )
    [check] = report(*same).checks
    assert (check.kind, check.verdict, {check.stated, check.computed}) == (
        "date",
        "disagrees",
        {"2023-05-10", "2022-05-10"},
    )
    each_year = (
        "1. Theo Quyết định số 15/QĐ-UBND ngày 10/5/2023 của UBND tỉnh.",
        "2. Căn cứ Quyết định số 15/QĐ-UBND ngày 18/4/2022 của UBND tỉnh.",
    )
    assert report(*each_year).checks == []


TABLE = """# BÁO CÁO

Đơn vị tính: triệu đồng

| TT | Đơn vị | Kế hoạch | Giải ngân | Còn lại | Tỷ lệ (%) |
|---|---|---|---|---|---|
| 1 | Xã A | 400 | 100 | 300 | 25,0 |
| 2 | Xã B | 300 | 150 | {left} | 50,0 |
| 3 | Xã C | 200 | 50 | 150 | 25,0 |
| 4 | Xã D | 100 | 40 | 60 | 40,0 |
| | Tổng cộng | {total} | 340 | 660 | 34,0 |
"""


def test_columns_and_rows_of_a_table() -> None:
    def checks(**values: str) -> list[Check]:
        [record] = congvan.parse_bytes(TABLE.format(**values).encode(), "table.md")
        return record.checks

    assert [(c.kind, c.verdict) for c in checks(left="150", total="1.000")] == [("sum", "agrees")] * 3
    [wrong] = [c for c in checks(left="150", total="1.100") if c.verdict != "agrees"]
    assert (wrong.kind, wrong.stated, wrong.computed) == ("sum", "1.100", "1.000")
    told_wrong = [(c.kind, c.stated, c.computed) for c in checks(left="170", total="1.000") if c.verdict != "agrees"]
    assert ("difference", "170", "150") in told_wrong


def test_a_disagreement_is_for_a_person_to_see() -> None:
    record = report("1. Đã giải ngân 64,2/210 tỷ đồng, đạt 33,6% kế hoạch.")
    [check] = record.checks
    assert any(item.finding == check.id and "33,6%" in item.reason for item in record.review)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(50, 99_999), min_size=2, max_size=5), st.integers(0, 3))
def test_a_total_written_from_its_parts_agrees_and_one_that_is_off_does_not(parts: list[int], off: int) -> None:
    total = sum(parts) + off * max(2, sum(parts) // 20)
    named = "; ".join(f"nguồn thứ {chr(97 + n)}: {grouped(Decimal(p))} hộ" for n, p in enumerate(parts))
    [check] = report(f"1. Toàn tỉnh có {grouped(Decimal(total))} hộ, gồm: {named}.").checks
    assert check.verdict == ("disagrees" if off else "agrees")
