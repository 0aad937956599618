"""Citations: the grammar of numbers, provisions and references, what is none, and which mentions mean one document. All by hand."""

from __future__ import annotations

import pytest

from congvan.extract.values import find_values
from congvan.parse import parse_bytes

HEAD = """ỦY BAN NHÂN DÂN
TỈNH KON TUM

Số: 86/QĐ-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Kon Tum, ngày 22 tháng 02 năm 2023

QUYẾT ĐỊNH
Về việc kiện toàn Ban Chỉ đạo

"""


@pytest.mark.parametrize(
    ("text", "numbers", "kinds"),
    [
        ("Quyết định số: 23 /QĐ-UBND ngày 19/01/2023", ["23/QĐ-UBND"], ["QUYẾT ĐỊNH"]),
        ("Quyết định số 23 / QĐ - UBND ngày 19/01/2023", ["23/QĐ-UBND"], ["QUYẾT ĐỊNH"]),
        ("Quyết định số 23/QĐ–UBND", ["23/QĐ-UBND"], ["QUYẾT ĐỊNH"]),
        ("Quyết định số 12/QÐ-UBND", ["12/QĐ-UBND"], ["QUYẾT ĐỊNH"]),
        ("Nghị định số 132 /2020/NĐ-CP", ["132/2020/NĐ-CP"], ["NGHỊ ĐỊNH"]),
        ("Công văn số 12/UBND - KT", ["12/UBND-KT"], ["CÔNG VĂN"]),
        ("Nghị quyết số 05 - NQ/HU", ["05-NQ/HU"], ["NGHỊ QUYẾT"]),
        ("Nghị quyết 05 NQ/HU", ["05-NQ/HU"], ["NGHỊ QUYẾT"]),
        ("Thông tri số 12-TT/TU", ["12-TT/TU"], ["THÔNG TRI"]),
        ("Kế hoạch liên tịch số 15/KHLT-CA-GDĐT", ["15/KHLT-CA-GDĐT"], ["KẾ HOẠCH LIÊN TỊCH"]),
        ("theo số 05/HDLN-TA-VKS", ["05/HDLN-TA-VKS"], ["HƯỚNG DẪN LIÊN NGÀNH"]),
        ("Quy chế phối hợp số 01/QCPH-UBND-UBMTTQ", ["01/QCPH-UBND-UBMTTQ"], ["QUY CHẾ PHỐI HỢP"]),
        ("Nghị quyết số 21, số 22 và số 23/2022/NQ-HĐND",
         ["21/2022/NQ-HĐND", "22/2022/NQ-HĐND", "23/2022/NQ-HĐND"], ["NGHỊ QUYẾT"] * 3),
        ("các Quyết định số 5, 6/QĐ-UBND", ["5/QĐ-UBND", "6/QĐ-UBND"], ["QUYẾT ĐỊNH"] * 2),
        ("Nghị định 15/2021/NĐ-CP và Nghị định 35/2023/NĐ-CP", ["15/2021/NĐ-CP", "35/2023/NĐ-CP"], ["NGHỊ ĐỊNH"] * 2),
        ("Công điện số 12 ngày 01/3/2023 của Thủ tướng", [None], ["CÔNG ĐIỆN"]),
        ("các Luật: Đất đai, Đầu tư công và Đấu thầu", [None] * 3, ["LUẬT"] * 3),
        ("Pháp lệnh Ưu đãi người có công với cách mạng số 02/2020/UBTVQH14", ["02/2020/UBTVQH14"], ["PHÁP LỆNH"]),
    ],
)  # fmt: skip
def test_numbers_and_types(text: str, numbers: list[str | None], kinds: list[str]) -> None:
    found = [f.value for f in find_values(text) if f.kind == "citations"]
    assert ([v["number"] for v in found], [v["document_type"] for v in found]) == (numbers, kinds)


@pytest.mark.parametrize(
    "provision",
    [
        "điểm a khoản 2 Điều 5", "khoản 2, 3 và 4 Điều 5", "điểm a và điểm c khoản 1 Điều 12", "Điều 5, 6, 7",
        "Điều 5 và Điều 6 Chương II", "tiết b điểm 1 mục II", "Mục II Phụ lục I", "khoản 2, khoản 3 Điều 5, Điều 6 và Điều 7",
    ],
)  # fmt: skip
def test_provisions_stand_as_written(provision: str) -> None:
    [found] = find_values(f"theo {provision} của Nghị định số 27/2022/NĐ-CP")
    assert (found.value["provision"], found.value["number"]) == (provision, "27/2022/NĐ-CP")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Căn cứ Nghị định số 27/2022/NĐ-CP", "căn cứ"),
        ("Phúc đáp Công văn số 12/SNV-VP", "trả lời"),
        ("hướng dẫn thi hành Nghị định số 10/2023/NĐ-CP", "hướng dẫn"),
        ("sửa đổi, bổ sung một số điều của Nghị định số 10/2023/NĐ-CP", "sửa đổi"),
        ("bãi bỏ Quyết định số 12/2020/QĐ-UBND", "bãi bỏ"),
        ("thay thế Quyết định số 12/2020/QĐ-UBND", "thay thế"),
        ("Thực hiện ý kiến chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh tại Công văn số 12/UBND-TH", "thực hiện"),
        ("đã nhận Công văn số 12/UBND-TH", None),
    ],
)
def test_what_the_text_does_with_a_document(text: str, relation: str | None) -> None:
    assert [f.value["relation"] for f in find_values(text) if f.kind == "citations"] == [relation]


@pytest.mark.parametrize(
    "text",
    [
        "tỷ lệ 12/20 xã", "QCVN 01:2021/BXD", "TCVN 5574:2018", "Mẫu số 01/TNDN", "số 12/4 đường Trần Phú", "24/7",
        "thửa số 12/TĐ", "tài khoản số 3751/0/1234", "báo cáo 5 nội dung", "Báo cáo 6 tháng của Sở", "Đề án 06",
        "biển số 82A-123.45", "giai đoạn 2021-2025", "phiên bản 2.5.1", "Km12/QL14",
    ],
)  # fmt: skip
def test_what_is_no_citation(text: str) -> None:
    assert [f for f in find_values(text) if f.kind == "citations"] == []


@pytest.mark.parametrize(
    ("body", "resolved"),
    [
        ("Quyết định này có hiệu lực.", ["86/QĐ-UBND@2023-02-22"]),
        ("Kế hoạch này có hiệu lực.", [None]),
        ("Theo Công văn số 12/SNV-VP ngày 01/02/2023, nội dung Công văn trên.", ["12/SNV-VP@2023-02-01"] * 2),
        (
            "Theo Công văn số 12/SNV-VP ngày 01/02/2023 và Công văn số 15/SNV-VP ngày 03/02/2023, Công văn nêu trên.",
            ["12/SNV-VP@2023-02-01", "15/SNV-VP@2023-02-03", None],
        ),
        ("Theo Nghị định số 27/2022/NĐ-CP; Nghị định 27 của Chính phủ nêu rõ.", ["27/2022/NĐ-CP"] * 2),
        (
            "Theo Nghị định số 27/2022/NĐ-CP ngày 19/4/2022; Nghị định số 27/2022/NĐ-CP.",
            ["27/2022/NĐ-CP@2022-04-19"] * 2,
        ),
        ("Theo Quyết định số 19/QĐ-UBND.", [None]),
        ("Theo Luật Đầu tư công năm 2019; Luật Đầu tư công.", ["Luật Đầu tư công@2019"] * 2),
        (
            "Theo Luật Đất đai năm 2013, Luật Đất đai năm 2024; Luật Đất đai.",
            ["Luật Đất đai@2013", "Luật Đất đai@2024", None],
        ),
    ],
)
def test_mentions_of_one_document_share_their_identity(body: str, resolved: list[str | None]) -> None:
    [record] = parse_bytes(f"{HEAD}{body}\n".encode(), "letter.txt")
    assert [c.resolved for c in record.citations] == resolved
