"""Targets and results: what is measured, by how much, whether it is aimed at or reached, whose it is and for when."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import congvan
from congvan.record import Record, Result, Target


def letter(kind: str, body: str, day: str = "10 tháng 3 năm 2024") -> Record:
    """A short document of a type."""
    text = f"ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\nSố: 12/X-UBND\n\nHà Giang, ngày {day}\n\n{kind}\nVề một số nội dung\n\n{body}\n"
    [record] = congvan.parse_bytes(text.encode(), "letter.txt")
    return record


def measured(record: Record) -> list[tuple[str, Target | Result]]:
    """All targets and results in text order."""
    both = [("target", t) for t in record.targets] + [("result", r) for r in record.results]
    return sorted(both, key=lambda pair: pair[1].span)


# a sentence; whether it is a target or result in a plan ("KẾ HOẠCH") or report; what is measured; keys of the value
SENTENCES: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("KẾ HOẠCH", "Phấn đấu đến cuối năm 2025, tỷ lệ hộ nghèo giảm còn dưới 4%.", "target", "tỷ lệ hộ nghèo", {"operator": "<", "value": 4, "unit": "%", "change": None, "period": "cuối năm 2025"}),
    ("KẾ HOẠCH", "Nâng tỷ lệ che phủ rừng lên 59,5% vào năm 2026.", "target", "tỷ lệ che phủ rừng", {"operator": "=", "value": 59.5, "change": None, "period": "năm 2026"}),
    ("KẾ HOẠCH", "Có ít nhất 85% thanh niên trong độ tuổi được tập huấn, cấp chứng chỉ.", "target", "thanh niên trong độ tuổi được tập huấn, cấp chứng chỉ", {"operator": ">=", "value": 85}),
    ("KẾ HOẠCH", "Phấn đấu trồng mới 350 ha quế trong năm 2024.", "target", "trồng mới quế", {"operator": "=", "value": 350, "unit": "ha"}),
    ("KẾ HOẠCH", "Mục tiêu: thu nhập bình quân đầu người đạt trên 48 triệu đồng/người/năm.", "target", "thu nhập bình quân đầu người", {"operator": ">", "value": 48_000_000, "unit": "VND", "per": "người/năm"}),
    ("KẾ HOẠCH", "Phấn đấu giảm 10% số vụ tai nạn giao thông so với năm 2023.", "target", "số vụ tai nạn giao thông", {"value": 10, "change": "decrease"}),
    ("CHỈ THỊ", "Các đơn vị tăng cường khai thác nguồn thu mới, phấn đấu thu ngân sách trên địa bàn đạt 2.750 tỷ đồng.", "target", "thu ngân sách trên địa bàn", {"operator": "=", "value": 2_750_000_000_000}),
    ("BÁO CÁO", "Tỷ lệ hộ dùng nước sạch đạt 91,4%, tăng 2,3 điểm phần trăm so với cùng kỳ năm trước.", "result", "Tỷ lệ hộ dùng nước sạch", {"operator": "=", "value": 91.4, "compared_with": "cùng kỳ năm trước", "difference": "tăng 2,3 điểm phần trăm so với cùng kỳ năm trước"}),
    ("BÁO CÁO", "Đến ngày 20/02/2024, đã giải ngân 64,2/210 tỷ đồng, đạt 30,6% kế hoạch.", "result", "giải ngân", {"value": 64_200_000_000, "compared_with": "kế hoạch", "difference": "đạt 30,6% kế hoạch"}),
    ("BÁO CÁO", "Trong tháng 2, số vụ cháy rừng giảm 12% so với cùng kỳ.", "result", "số vụ cháy rừng", {"value": 12, "change": "decrease", "compared_with": "cùng kỳ"}),
    ("BÁO CÁO", "Tỷ lệ hộ nghèo giảm từ 24,1% năm 2022 xuống còn 19,8% cuối năm 2023.", "result", "Tỷ lệ hộ nghèo", {"value": 19.8, "change": None, "compared_with": "24,1% năm 2022"}),
    ("BÁO CÁO", "Kinh tế tiếp tục phát triển ổn định, tổng thu ngân sách ước đạt 1.120 tỷ đồng.", "result", "tổng thu ngân sách", {"value": 1_120_000_000_000}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "sentence", "mood", "indicator", "value"), SENTENCES, ids=[s[1] for s in SENTENCES])
def test_sentence(kind: str, sentence: str, mood: str, indicator: str, value: dict[str, Any]) -> None:
    found = measured(letter(kind, f"I. Nội dung\n1. {sentence}"))
    assert [(name, m.indicator) for name, m in found] == [(mood, indicator)]
    [(_, m)] = found
    plain = m.model_dump(mode="json")
    assert {key: plain[key] for key in value} == value


NO_MEASURE = [
    ("KẾ HOẠCH", "Kiểm tra các chủ đầu tư có tỷ lệ giải ngân dưới 30%."),
    ("KẾ HOẠCH", "Sở Tài chính bố trí 500 triệu đồng để mua sắm trang thiết bị."),
    ("KẾ HOẠCH", "Kinh phí dự kiến để thực hiện là 12,5 tỷ đồng."),
    ("QUYẾT ĐỊNH", "Mức hỗ trợ tối đa 44 triệu đồng/hộ."),
    ("QUYẾT ĐỊNH", "Học sinh thuộc hộ cận nghèo được giảm 50% học phí."),
    ("BÁO CÁO", "Thời gian qua, Ủy ban nhân dân tỉnh đã chỉ đạo các đơn vị chuẩn bị 34 phòng họp."),
    ("BÁO CÁO", "Nhu cầu kinh phí khoảng 80 tỷ đồng."),
]


@pytest.mark.parametrize(("kind", "sentence"), NO_MEASURE, ids=[s[1] for s in NO_MEASURE])
def test_norms_conditions_and_budgets_are_neither(kind: str, sentence: str) -> None:
    assert measured(letter(kind, f"I. Nội dung\n1. {sentence}")) == []


def test_the_heading_tells_target_from_result() -> None:
    """The same words under another heading, and between them a target that its own words tell."""
    record = letter(
        "KẾ HOẠCH",
        "I. Tình hình\n1. Tỷ lệ trạm y tế đạt chuẩn là 71%.\nII. Mục tiêu\n1. Tỷ lệ trạm y tế đạt chuẩn là 85%.\n",
    )
    assert [(name, m.value, m.section) for name, m in measured(record)] == [
        ("result", 71, "I.1"),
        ("target", 85, "II.1"),
    ]


def test_several_in_one_sentence() -> None:
    record = letter(
        "KẾ HOẠCH",
        "I. Chỉ tiêu đến năm 2026\n1. Tỷ lệ học sinh ra lớp đạt từ 95% đến 97%, tỷ lệ bỏ học không quá 0,5%; "
        "100% giáo viên đạt chuẩn.",
    )
    assert [(m.indicator, m.operator, m.value, m.low, m.high, m.period) for _, m in measured(record)] == [
        ("Tỷ lệ học sinh ra lớp", "range", None, 95, 97, "năm 2026"),
        ("tỷ lệ bỏ học", "<=", Decimal("0.5"), None, None, "năm 2026"),
        ("giáo viên đạt chuẩn", "=", 100, None, None, "năm 2026"),
    ]


def test_owner_and_the_link_between_two_mentions() -> None:
    record = letter(
        "CHỈ THỊ",
        "I. Chỉ tiêu năm 2024\n1. Tỷ lệ bao phủ bảo hiểm y tế đạt 94,5%.\nII. Phân công\n"
        "1. Giám đốc Sở Y tế: tỷ lệ bao phủ bảo hiểm y tế đạt 94,5%; tỷ lệ xã đạt tiêu chí y tế đạt 90%.\n",
    )
    general, own, other = record.targets
    assert general.owner is None
    assert own.owner is not None
    assert own.owner.name == "Sở Y tế tỉnh Hà Giang"
    assert (own.same_as, other.same_as) == (general.id, None)
    assert other.owner == own.owner


def test_a_table_of_indicators() -> None:
    table = (
        "# BÁO CÁO\n\n| TT | Chỉ tiêu | Đơn vị tính | Thực hiện năm 2023 | Kế hoạch năm 2024 | So với năm 2023 (%) |\n"
        "|---|---|---|---|---|---|\n| 1 | Tỷ lệ hộ nghèo | % | 5,2 | ≤ 4 | |\n"
        "| 2 | Thu ngân sách | Tỷ đồng | 120,5 | 150 | 124,5 |\n| 3 | Diện tích quế | ha | 450 | 500 - 550 | |\n"
    )
    [record] = congvan.parse_bytes(table.encode(), "table.md")
    assert [(t.indicator, t.operator, t.value, t.low, t.high, t.unit, t.period) for t in record.targets] == [
        ("Tỷ lệ hộ nghèo", "<=", 4, None, None, "%", "năm 2024"),
        ("Thu ngân sách", "=", 150_000_000_000, None, None, "VND", "năm 2024"),
        ("Diện tích quế", "range", None, 500, 550, "ha", "năm 2024"),
    ]
    assert [(r.value, r.period, r.difference) for r in record.results] == [
        (Decimal("5.2"), "năm 2023", None),
        (120_500_000_000, "năm 2023", None),
        (450, "năm 2023", None),
    ]
    assert record.targets[1].difference == "124,5"


WORDS = st.sampled_from(
    [
        "tỷ",
        "lệ",
        "hộ",
        "nghèo",
        "đạt",
        "giảm",
        "còn",
        "tăng",
        "từ",
        "lên",
        "xuống",
        "so",
        "với",
        "cùng",
        "kỳ",
        "kế",
        "hoạch",
        "5%",
        "12,5%",
        "3/7",
        "xã",
        "(",
        ")",
        ",",
        ";",
        ".",
        ":",
        "trong",
        "năm",
        "2024",
        "phấn",
        "đấu",
        "đã",
        "40",
        "triệu",
        "đồng",
        "ít",
        "nhất",
        "trở",
        "lên",
        "và",
        "Sở",
        "Y",
        "tế",
        "điểm",
        "phần",
        "trăm",
        "-",
        "/",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40))
def test_any_order_of_words_gives_spans_of_the_text(words: list[str]) -> None:
    """Whatever the words, what is found stands where its span says, and each value belongs to one statement only."""
    record = letter("BÁO CÁO", f"I. Kết quả\n1. {' '.join(words)}")
    seen: list[str] = []
    for _, m in measured(record):
        start, end = m.span
        assert " ".join(record.text[start:end].split()) == " ".join(m.text.split())
        assert m.indicator
        assert m.findings
        seen += m.findings
    assert len(seen) == len(set(seen))
