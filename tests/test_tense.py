"""What the date of issue decides: a time that is over is no term, one that is to come may be. All expectations by hand."""

from __future__ import annotations

import pytest

from congvan.parse import parse_bytes

HEAD = """ỦY BAN NHÂN DÂN
TỈNH KON TUM

Số: 45/UBND-TH

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Kon Tum, ngày 10 tháng 5 năm 2023

Kính gửi: Các sở, ban, ngành.

"""


@pytest.mark.parametrize(
    ("sentence", "kind", "day"),
    [
        ("Trong quý III năm 2023, Sở Y tế tổ chức tập huấn cho trạm y tế xã.", "deadlines", "2023-09-30"),
        ("Trong quý I năm 2023, Sở Y tế tổ chức tập huấn cho trạm y tế xã.", "dates", "2023-03-31"),
        ("Sở Xây dựng hoàn thành thẩm định đồ án trong tháng 6 năm 2023.", "deadlines", "2023-06-30"),
        ("Sở Xây dựng hoàn thành thẩm định đồ án trong tháng 3 năm 2023.", "dates", "2023-03-31"),
        ("Các xã bàn giao mặt bằng trước ngày 30/6/2023.", "deadlines", "2023-06-30"),
        ("Các xã bàn giao mặt bằng trước ngày 30/4/2023.", "dates", "2023-04-30"),
        ("Nhân bản sổ tay đến từng hộ trong tháng 8 năm 2023.", "deadlines", "2023-08-31"),
        ("Dự toán chi trong tháng 8 năm 2023 là 5 tỷ đồng.", "dates", "2023-08-31"),
        ("Giấy phép có giá trị đến hết ngày 31/12/2023.", "dates", "2023-12-31"),
        ("Phấn đấu đến hết năm 2023, tỷ lệ hộ nghèo còn 5%.", "dates", "2023-12-31"),
        ("Hội nghị được tổ chức vào ngày 16/6/2023 tại hội trường.", "dates", "2023-06-16"),
    ],
)
def test_the_day_of_issue_tells_a_term_from_a_fact(sentence: str, kind: str, day: str) -> None:
    [record] = parse_bytes(f"{HEAD}{sentence}\n".encode(), "letter.txt")
    found = [("deadlines", d.due) for d in record.deadlines] + [("dates", d.end) for d in record.dates]
    assert found == [(kind, day)]


def test_without_a_date_of_issue_the_words_decide() -> None:
    [record] = parse_bytes(
        b"S\xe1\xbb\x9f X\xc3\xa2y d\xe1\xbb\xb1ng ho\xc3\xa0n th\xc3\xa0nh trong th\xc3\xa1ng 3/2023.\n", "a.txt"
    )
    assert ([d.due for d in record.deadlines], record.dates) == (["2023-03-31"], [])
