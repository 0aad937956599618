"""Obligations in the forms that offices give them: names that no list knows, conditions, reports, tables of bare text, bundles.

All texts are ours; all expectations by hand.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from congvan.parse import parse_bytes
from congvan.record import AgencyRef, Obligation, Record

INTRO = "Ủy ban nhân dân xã yêu cầu các đơn vị thực hiện các nội dung sau:\n"


def records_of(text: str) -> list[Record]:
    return parse_bytes(text.encode(), "letter.txt")


def orders(text: str) -> list[Obligation]:
    [record] = records_of(text)
    return list(record.obligations)


def only(text: str) -> Obligation:
    [order] = orders(INTRO + "1. " + text + "\n")
    return order


def names(agencies: Iterable[AgencyRef]) -> list[str]:
    return [a.text for a in agencies]


@pytest.mark.parametrize(
    ("text", "lead", "action"),
    [
        ("Giao Bộ phận Tài chính - Kế toán xã rà soát nợ đọng.", ["Bộ phận Tài chính - Kế toán xã"], "rà soát nợ đọng"),
        ("Phòng Nghiệp vụ tổng hợp vệ sinh kho lưu trữ.", ["Phòng Nghiệp vụ tổng hợp"], "vệ sinh kho lưu trữ"),
        ("Phòng Kế hoạch - Tài chính thanh tra các quầy thuốc.", ["Phòng Kế hoạch - Tài chính"], "thanh tra các quầy thuốc"),
        ("Đề nghị Trung tâm Thông tin và Dịch vụ công hoàn thiện hồ sơ.", ["Trung tâm Thông tin và Dịch vụ công"], "hoàn thiện hồ sơ"),
        ("Trưởng các thôn, làng vận động hộ dân ký cam kết.", ["Trưởng các thôn, làng"], "vận động hộ dân ký cam kết"),
        ("Tiểu ban Hậu cần dự trù lễ vật.", ["Tiểu ban Hậu cần"], "dự trù lễ vật"),
    ],
)  # fmt: skip
def test_a_name_that_no_list_knows_ends_before_its_verb(text: str, lead: list[str], action: str) -> None:
    order = only(text)
    assert names(order.lead) == lead
    assert order.action == action


@pytest.mark.parametrize(
    "head",
    [
        "Bộ phận Tài chính - Kế toán xã có trách nhiệm:",
        "Yêu cầu Bộ phận Tài chính - Kế toán xã:",
        "Bộ phận Tài chính - Kế toán xã",
        "Bộ phận Tài chính - Kế toán xã chịu trách nhiệm thực hiện các nhiệm vụ sau:",
    ],
)
def test_an_introductory_line_makes_its_subject_by_grammar(head: str) -> None:
    found = orders(
        f"{INTRO}1. {head}\na) Rà soát công nợ.\nb) Công khai dự toán.\n2. Công an xã:\na) Tuần tra ban đêm.\n"
    )
    assert [(names(o.lead), o.section) for o in found] == [
        (["Bộ phận Tài chính - Kế toán xã"], "1.a"),
        (["Bộ phận Tài chính - Kế toán xã"], "1.b"),
        (["Công an xã"], "2.a"),
    ]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "Trường hợp phát sinh khó khăn, vướng mắc, Công an xã báo cáo Ủy ban nhân dân xã.",
            "Trường hợp phát sinh khó khăn, vướng mắc",
        ),
        ("Nếu thiếu kinh phí (trên 1,5 tỷ đồng), Công an xã lập dự toán.", "Nếu thiếu kinh phí (trên 1,5 tỷ đồng)"),
        ("Trong trường hợp cần thiết, Công an xã tuần tra.", "Trong trường hợp cần thiết"),
    ],
)
def test_a_condition_ends_where_the_subject_begins(text: str, condition: str) -> None:
    order = only(text)
    assert (order.condition, names(order.lead)) == (condition, ["Công an xã"])


@pytest.mark.parametrize(
    ("text", "reports_to", "recurrence"),
    [
        (
            "Công an xã rà soát cư trú; định kỳ báo cáo Ủy ban nhân dân huyện trước ngày 20 hằng tháng.",
            ["Ủy ban nhân dân huyện"],
            "FREQ=MONTHLY;BYMONTHDAY=20",
        ),
        ("Công an xã rà soát cư trú, gửi kết quả về Trạm Y tế xã trước ngày 05/6/2023.", ["Trạm Y tế xã"], None),
        ("Công an xã rà soát cư trú, gửi kết quả về Thanh tra Sở trước ngày 05/6/2023.", ["Thanh tra Sở"], None),
    ],
)
def test_who_receives_the_report(text: str, reports_to: list[str], recurrence: str | None) -> None:
    order = only(text)
    assert names(order.reports_to) == reports_to
    assert order.deadline is not None
    assert order.deadline.recurrence == recurrence


def test_a_report_of_the_result_with_its_own_time_is_a_task_of_its_own() -> None:
    text = f"{INTRO}1. Công an xã kiểm tra quán xá; báo cáo kết quả về Ủy ban nhân dân xã trước ngày 05/6/2023.\n"
    assert [(o.action[:17], o.deadline.due if o.deadline else None) for o in orders(text)] == [
        ("kiểm tra quán xá", None),
        ("báo cáo kết quả v", "2023-06-05"),
    ]


@pytest.mark.parametrize(
    "end",
    [
        "; thực hiện xong trước ngày 05/6/2023",
        "; thời gian thực hiện: trước ngày 05/6/2023",
        "; hoàn thành trước ngày 05/6/2023",
    ],
)
def test_a_clause_that_says_by_when_is_no_second_task(end: str) -> None:
    order = only(f"Công an xã kiểm tra quán xá{end}.")
    assert order.action.startswith("kiểm tra quán xá")
    assert order.deadline is not None
    assert order.deadline.due == "2023-06-05"


@pytest.mark.parametrize(
    "text",
    [
        "Sở Y tế, với sự phối hợp của Sở Nội vụ, rà soát biên chế.",
        "Giao Sở Y tế đầu mối, có sự tham gia của Sở Nội vụ rà soát biên chế.",
        "Rà soát biên chế (Sở Y tế chủ trì; Sở Nội vụ phối hợp).",
        "Trách nhiệm của Sở Y tế: phối hợp với Sở Nội vụ rà soát biên chế.",
    ],
)
def test_partners_in_other_words(text: str) -> None:
    order = only(text)
    assert (names(order.lead), names(order.coordinating)) == (["Sở Y tế"], ["Sở Nội vụ"])
    assert order.action.lower() == "rà soát biên chế"


@pytest.mark.parametrize(
    "text",
    [
        "Yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.",
        "Chánh Văn phòng Sở, Thủ trưởng các đơn vị chịu trách nhiệm thi hành Quyết định này./.",
        "Thông tin chi tiết xin liên hệ số điện thoại của bộ phận Văn thư.",
        "Đơn vị tính: triệu đồng",
        "Bản quyền thuộc Cổng thông tin điện tử huyện.",
    ],
)
def test_closing_orders_and_notes_are_no_tasks(text: str) -> None:
    assert [o.action for o in orders(f"{INTRO}1. Công an xã tuần tra.\n{text}\n")] == ["tuần tra"]


def test_what_stands_under_money_is_no_task_of_the_subject_far_above() -> None:
    text = f"{INTRO}I. Nhiệm vụ\n1. Công an xã tuần tra.\nII. Kinh phí thực hiện\n- Huy động xã hội hóa 30 triệu đồng.\n- Công an xã lập dự toán.\n"
    assert [o.action for o in orders(text)] == ["tuần tra", "lập dự toán"]


TASKS = ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "hoàn thành"]
ROWS = [
    ["1", "Kiểm kê kho thóc của hợp tác xã, lập biên bản và", "niêm yết", "Công an xã", "Trạm Y tế xã,", "Hội Nông dân xã", "Trước ngày 01/6/2023"],
    ["2", "Phát quang đường làng", "Trưởng các thôn, làng", "Công an xã", "Quý II/2023"],
    ["3", "Nạo vét mương", "Hội Nông dân xã", "Công an xã", "Trong năm 2023"],
]  # fmt: skip


@pytest.mark.parametrize("page", [None, 0, 1, 2, 3])
def test_a_table_of_tasks_whose_cells_stand_on_lines_of_their_own(page: int | None) -> None:
    """A page ends anywhere: before a row, or behind any of its first cells."""
    rows = [list(row) for row in ROWS]
    if page is not None:
        rows[1].insert(page, "2" if page else "4")
    lines = [INTRO.strip(), "Phân công nhiệm vụ cụ thể", *TASKS, *(cell for row in rows for cell in row)]
    [record] = records_of("\n".join([*lines, "Trên đây là nội dung phân công./.", ""]))
    assert [(names(o.lead), names(o.coordinating), o.deadline.due if o.deadline else None, o.section) for o in record.obligations] == [
        (["Công an xã"], ["Trạm Y tế xã", "Hội Nông dân xã"], "2023-06-01", None),
        (["Trưởng các thôn, làng"], ["Công an xã"], "2023-06-30", None),
        (["Hội Nông dân xã"], ["Công an xã"], "2023-12-31", None),
    ]  # fmt: skip
    assert record.obligations[0].action == "Kiểm kê kho thóc của hợp tác xã, lập biên bản và niêm yết"
    assert record.tables[0].rows[0] == ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành"]


def test_a_footnote_and_a_page_number_do_not_break_a_table() -> None:
    rows = [list(row) for row in ROWS]
    rows[1][3:3] = ["(1) Không tính các thôn đã hoàn thành.", "2"]
    [record] = records_of("\n".join(["Nội dung như sau(1):", *TASKS, *(cell for row in rows for cell in row), ""]))
    assert [o.deadline.due for o in record.obligations if o.deadline] == ["2023-06-01", "2023-06-30", "2023-12-31"]


def test_a_table_of_money_under_a_head_of_two_rows() -> None:
    lines = [
        "TT",
        "Tên đơn vị",
        "Kinh phí",
        "Kế hoạch",
        "Đã chi",
        "1",
        "Công an xã",
        "673",
        "498",
        "2",
        "Trạm Y tế xã",
        "297",
        "53",
    ]
    lines += ["3", "Hội Nông dân xã", "914", "503", "Tổng cộng", "1.884", "1.054"]
    [record] = records_of("Chi tiết như sau:\n" + "\n".join(lines) + "\n")
    assert record.obligations == []
    assert record.tables[0].rows == [
        ["TT", "Tên đơn vị", "Kinh phí", ""],
        ["", "", "Kế hoạch", "Đã chi"],
        ["1", "Công an xã", "673", "498"],
        ["2", "Trạm Y tế xã", "297", "53"],
        ["3", "Hội Nông dân xã", "914", "503"],
        ["", "Tổng cộng", "1.884", "1.054"],
    ]


DECISION = """\
ỦY BAN NHÂN DÂN     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH KON TUM        Độc lập - Tự do - Hạnh phúc
Số: 15/QĐ-UBND      Kon Tum, ngày 05 tháng 3 năm 2023

QUYẾT ĐỊNH
Ban hành Kế hoạch phòng, chống cháy rừng

Căn cứ Luật Lâm nghiệp;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phòng, chống cháy rừng.
Điều 2. Giao Sở Tài chính bố trí kinh phí.

Nơi nhận:           TM. ỦY BAN NHÂN DÂN
- Như Điều 2;       CHỦ TỊCH
- Lưu: VT.          Nguyễn Văn A

"""
PLAN = """\
KẾ HOẠCH
Phòng, chống cháy rừng
(Ban hành kèm theo Quyết định số 15/QĐ-UBND ngày 05 tháng 3 năm 2023 của Ủy ban
nhân dân tỉnh Kon Tum)

I. Nhiệm vụ
1. Sở Nội vụ lập danh sách trực, xong trước ngày 20 tháng 4.
"""


def test_a_decision_and_its_plan_in_one_file_are_two_records() -> None:
    decision, plan = records_of(DECISION + PLAN)
    assert decision.signatory is not None
    assert (decision.document_type, decision.number, decision.signatory.name) == (
        "QUYẾT ĐỊNH",
        "15/QĐ-UBND",
        "Nguyễn Văn A",
    )
    assert (plan.document_type, plan.number, plan.signatory) == ("KẾ HOẠCH", None, None)
    assert plan.issued_with is not None
    assert plan.issued_with.startswith("Quyết định số 15/QĐ-UBND")
    assert plan.subject == "Phòng, chống cháy rừng"
    assert (decision.id, decision.source.sha256) != (plan.id, plan.source.sha256)
    assert decision.text + plan.text == DECISION + PLAN
    [order] = plan.obligations
    assert plan.text[slice(*order.span)] == order.text
    assert order.deadline is not None
    assert order.deadline.due == "2023-04-20"  # the year of the decision
    assert order.lead[0].name == "Sở Nội vụ tỉnh Kon Tum"


def test_two_letters_in_one_file_are_two_records() -> None:
    second = DECISION.replace("15/QĐ-UBND", "16/QĐ-UBND")
    assert [r.number for r in records_of(DECISION + second)] == ["15/QĐ-UBND", "16/QĐ-UBND"]


@pytest.mark.parametrize(
    "behind",
    [
        "PHỤ LỤC\nKẾ HOẠCH CHI TIẾT\n(Kèm theo Quyết định số 15/QĐ-UBND ngày 05 tháng 3 năm 2023)\n",
        "Mẫu số 01\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nĐƠN ĐỀ NGHỊ\nSố: 01/ĐĐN\n",
    ],
)
def test_annexes_and_forms_are_no_documents(behind: str) -> None:
    assert len(records_of(DECISION + behind)) == 1
