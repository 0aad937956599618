"""Who has to act, and how a task is put: the grammar of actors, openings, passives and lists. All texts are ours, all expectations by hand."""

from __future__ import annotations

import pytest

from congvan.parse import parse_bytes
from congvan.record import Obligation

INTRO = (
    "CHỈ THỊ\nVề việc phòng, chống thiên tai\n\nỦy ban nhân dân huyện yêu cầu các đơn vị thực hiện các nội dung sau:\n"
)


def orders(text: str) -> list[Obligation]:
    [record] = parse_bytes((INTRO + text).encode(), "letter.txt")
    return list(record.obligations)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Các hộ gia đình, cá nhân dọn sạch bãi tập kết vật liệu.", ["Các hộ gia đình, cá nhân"]),
        ("Phòng Cảnh sát giao thông phân luồng từ xa.", ["Phòng Cảnh sát giao thông"]),
        ("Đồng chí Phó Chủ tịch phụ trách khối trực tiếp kiểm tra hiện trường.", ["Phó Chủ tịch phụ trách khối"]),
        (
            "Các cơ quan được giao nhiệm vụ chuẩn bị đầu tư thực hiện nghiêm túc tiến độ.",
            ["Các cơ quan được giao nhiệm vụ chuẩn bị đầu tư"],
        ),
        ("Ban Hậu cần, Ban Kỹ thuật bảo đảm xăng dầu.", ["Ban Hậu cần", "Ban Kỹ thuật"]),
        ("Ngay từ đầu mùa mưa, các cấp chính quyền đặt nhiệm vụ phòng lũ lên hàng đầu.", ["các cấp chính quyền"]),
    ],
)
def test_actors(text: str, lead: list[str]) -> None:
    [order] = orders(f"1. {text}\n")
    assert [a.text for a in order.lead] == lead


@pytest.mark.parametrize(
    ("text", "lead", "action"),
    [
        ("Việc nạo vét kênh do Trạm Thủy nông đảm nhiệm.", "Trạm Thủy nông", "Việc nạo vét kênh"),
        ("Lập bản đồ ngập lụt: Phòng Kinh tế thực hiện.", "Phòng Kinh tế", "Lập bản đồ ngập lụt"),
        ("Quá thời hạn nêu trên, Hạt Kiểm lâm phải giải trình.", "Hạt Kiểm lâm", "giải trình"),
        ("Trạm Y tế không được để thiếu thuốc.", "Trạm Y tế", "không được để thiếu thuốc"),
        (
            "Trưởng thôn chịu trách nhiệm toàn diện trong việc sơ tán dân.",
            "Trưởng thôn",
            "chịu trách nhiệm toàn diện trong việc sơ tán dân",
        ),
        (
            "Chủ đầu tư phối hợp với chính quyền địa phương để giải quyết vướng mắc.",
            "Chủ đầu tư",
            "giải quyết vướng mắc",
        ),
    ],
)
def test_constructions(text: str, lead: str, action: str) -> None:
    [order] = orders(f"1. {text}\n")
    assert [a.text for a in order.lead] == [lead]
    assert order.action == action


@pytest.mark.parametrize(
    "text",
    [
        "Hạt Kiểm lâm chưa chủ động tuần tra.",
        "Thành viên: đại diện Phòng Kinh tế, Phòng Nội vụ.",
        "Phòng Kinh tế có quyền đề nghị các xã cung cấp số liệu.",
        "Ngày 12/3/2031, Phòng Kinh tế ban hành Báo cáo, trong đó giao Trạm Y tế lập danh sách.",
        "Phòng Nội vụ ban hành Tờ trình số 15/TTr-NV về nội dung này.",
        "Công an huyện: tỷ lệ vụ việc được giải quyết đạt 90%.",
    ],
)
def test_no_task(text: str) -> None:
    assert orders(f"1. {text}\n") == []


def test_line_between_two_lists_belongs_to_the_second() -> None:
    text = "Đề nghị Phòng Nội vụ:\n- Rà soát biên chế.\nGiao Trạm Y tế:\n- Dự trù thuốc.\n"
    assert [[a.text for a in o.lead] for o in orders(text)] == [["Phòng Nội vụ"], ["Trạm Y tế"]]


def test_numbers_with_a_bracket_stand_below_those_with_a_stop() -> None:
    [record] = parse_bytes(
        (
            INTRO + "1. Giao Phòng Nội vụ:\n1) Rà soát biên chế.\n2) Lập danh sách.\n2. Giao Trạm Y tế dự trù thuốc.\n"
        ).encode(),
        "x.txt",
    )
    assert [n.id for n in record.outline] == ["1", "1.1", "1.2", "2"]


def test_columns_of_a_table_by_what_stands_in_them() -> None:
    rows = [
        ("1", "Nạo vét kênh mương", "Trạm Thủy nông", "Trước ngày 5/3/2031"),
        ("2", "Lập bản đồ ngập lụt", "Phòng Kinh tế", "Quý II/2031"),
    ]
    head = ("TT", "Đầu mục", "Ai lo", "Khi nào")
    table = "\n".join("| " + " | ".join(row) + " |" for row in (head, ("---",) * 4, *rows))
    found = parse_bytes((INTRO + "\n" + table + "\n").encode(), "letter.md")[0].obligations
    assert [([a.text for a in o.lead], o.action) for o in found] == [
        (["Trạm Thủy nông"], "Nạo vét kênh mương"),
        (["Phòng Kinh tế"], "Lập bản đồ ngập lụt"),
    ]


def test_order_of_a_body_behind_a_long_ground_holds_for_the_sections() -> None:
    ground = "; ".join(
        f"Nghị quyết số {n}/NQ-HĐND ngày 09 tháng 12 năm 2030 của Hội đồng nhân dân tỉnh về nhiệm vụ năm 2031"
        for n in range(61, 66)
    )
    text = (
        f"CHỈ THỊ\nVề việc triển khai\n\nThực hiện {ground}, Ủy ban nhân dân tỉnh yêu cầu Sở Tài chính; Sở Nội vụ khẩn trương triển khai các nội dung sau:\n"
        "1. Về ngân sách\n- Chú trọng nuôi dưỡng nguồn thu.\n"
    )
    [record] = parse_bytes(text.encode(), "letter.txt")
    assert [[a.text for a in o.lead] for o in record.obligations if o.section == "1"] == [["Sở Tài chính", "Sở Nội vụ"]]
