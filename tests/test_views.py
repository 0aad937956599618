"""Views: the follow-up register on the terminal, for programs, as a calendar and as a worksheet; the tree of the outline."""

from __future__ import annotations

import builtins
import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from typer.testing import CliRunner

import congvan
from congvan.cli.app import app
from congvan.errors import ExitCode
from congvan.run.agenda import calendar
from congvan.run.register import Row, form, labels, rows
from congvan.run.worksheet import worksheet

ROOT = Path(__file__).parents[1]
LETTER = """ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
Số: 12/CT-UBND

Hà Giang, ngày 10 tháng 3 năm 2024

CHỈ THỊ
Về việc phòng cháy rừng

Ủy ban nhân dân tỉnh yêu cầu:

1. Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ bố trí 500 triệu đồng theo Quyết định số 15/QĐ-UBND ngày 02/01/2024, hoàn thành trước ngày 25/3/2024.

2. Giao Sở Y tế báo cáo Ủy ban nhân dân tỉnh trước ngày 20 hằng tháng.

3. Giao Công an tỉnh tăng cường tuần tra.

4. Giao Sở Xây dựng họp tổ công tác, xong trước 17 giờ 00 ngày 05/4/2024.
"""
NOW = datetime(2024, 3, 11, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def found() -> list[Row]:
    return list(rows(congvan.parse_bytes(LETTER.encode(), "letter.txt")))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == code, done.output
    return done.stdout


# ---------------------------------------------------------------- the register


def test_columns_are_those_of_the_decree() -> None:
    """Every column of the follow-up register of Annex IV stands in ours, under its own name."""
    own = {column["vi"] for column in form()["columns"]}
    assert {
        "Số đến",
        "Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành văn bản",
        "Thời hạn giải quyết",
        "Tiến độ giải quyết",
        "Số, ký hiệu văn bản trả lời",
        "Ghi chú",
    } <= own
    assert set(labels("en")) == set(labels("vi")) == {column["key"] for column in form()["columns"]}


def test_rows(found: list[Row]) -> None:
    first, monthly, open_ended, timed = found
    assert first.document == "Chỉ thị số 12/CT-UBND ngày 10/03/2024 của Ủy ban nhân dân tỉnh Hà Giang"
    assert (first.no, first.lead, first.coordinating, first.due) == (1, "Sở Tài chính", "Sở Nội vụ", date(2024, 3, 25))
    assert (first.amount, first.basis) == (500_000_000, "Quyết định số 15/QĐ-UBND")
    assert (monthly.due, monthly.term) == (None, "trước ngày 20 hằng tháng")
    assert (open_ended.due, open_ended.term) == (None, None)
    assert timed.deadline is not None
    assert (timed.due, timed.deadline.time) == (date(2024, 4, 5), "17:00")


def test_formats_for_programs_say_the_same(letter: Path) -> None:
    table = run("tasks", str(letter))
    assert "Sở Tài chính" in table
    assert "2024-03-25" in table
    lines = list(csv.DictReader(io.StringIO(run("tasks", str(letter), "--format", "csv", "--language", "en"))))
    array = json.loads(run("tasks", str(letter), "--format", "json"))
    single = [json.loads(line) for line in run("tasks", str(letter), "--format", "jsonl").splitlines()]
    markdown = run("tasks", str(letter), "--format", "md").splitlines()
    assert array == single
    assert [line["Lead"] for line in lines] == [row["lead"] for row in array]
    assert [line["Due"] for line in lines] == ["2024-03-25", "trước ngày 20 hằng tháng", "", "2024-04-05"]
    assert len(markdown) == 2 + len(array)
    assert {line.count("|") for line in markdown} == {len(labels("vi")) + 1}


def test_a_file_that_fails_does_not_end_the_others(letter: Path) -> None:
    out = run("tasks", str(letter), "missing.txt", "--format", "jsonl", code=ExitCode.PARTIAL)
    assert len(out.splitlines()) == 4


# ---------------------------------------------------------------- the calendar


def test_calendar_reads_back(found: list[Row]) -> None:
    made, left = calendar(found, now=NOW)
    events = Calendar.from_ical(made).walk("VEVENT")
    assert [row.no for row in left] == [3]
    assert [e.decoded("dtstart") for e in events][:2] == [date(2024, 3, 25), date(2024, 3, 20)]
    assert dict(events[1]["rrule"]) == {"FREQ": ["MONTHLY"], "BYMONTHDAY": [20]}
    hour = events[2].decoded("dtstart")
    assert (hour.replace(tzinfo=None), hour.utcoffset()) == (datetime(2024, 4, 5, 17), timedelta(hours=7))
    assert events[0]["summary"].startswith("Sở Tài chính: ")
    assert "Kinh phí: 500 triệu đồng" in events[0]["description"]


def test_reminders_come_before_the_deadline(found: list[Row]) -> None:
    made, _ = calendar(found, remind=(7, 1), now=NOW)
    all_day, _, timed = Calendar.from_ical(made).walk("VEVENT")
    triggers = [[a.decoded("trigger") for a in e.walk("VALARM")] for e in (all_day, timed)]
    assert triggers[0] == [
        -timedelta(days=6, hours=15),
        -timedelta(hours=15),
    ]  # at nine in the morning, 7 and 1 days before
    assert triggers[1] == [-timedelta(days=7), -timedelta(days=1)]


def test_calendar_keeps_the_rules_of_rfc_5545(found: list[Row]) -> None:
    made, _ = calendar(found, now=NOW)
    assert made.endswith(b"END:VCALENDAR\r\n")
    lines = made.split(b"\r\n")
    assert all(b"\n" not in line and len(line) <= 75 for line in lines)
    unfolded = made.replace(b"\r\n ", b"").decode().split("\r\n")
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert "VERSION:2.0" in unfolded
    assert any(line.startswith("PRODID:") for line in unfolded)
    events = Calendar.from_ical(made).walk("VEVENT")
    assert len({str(e["uid"]) for e in events}) == len(events)
    assert all(e.decoded("dtstamp") == NOW for e in events)
    zones = {str(z["tzid"]) for z in Calendar.from_ical(made).walk("VTIMEZONE")}
    assert zones == {"Asia/Ho_Chi_Minh"}  # every TZID that is used is defined
    assert calendar(found, now=NOW)[0] == made


# ---------------------------------------------------------------- the worksheet


def test_worksheet(found: list[Row]) -> None:
    sheet = load_workbook(io.BytesIO(worksheet(found, made_on=date(2024, 3, 11)))).active
    assert sheet is not None
    head = 5
    assert sheet["A1"].value == "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN"
    assert {"A1:L1", "E5:G5", "J5:K5", "A5:A6"} <= {str(r) for r in sheet.merged_cells.ranges}
    assert sheet.cell(head, 5).value == "Giao giải quyết"
    assert [sheet.cell(head + 2, c).value for c in (1, 12)] == ["(1)", "(12)"]
    first = head + 3
    due, amount = sheet.cell(first, 7), sheet.cell(first, 8)
    assert (due.value, due.number_format, due.is_date) == (datetime(2024, 3, 25), "dd/mm/yyyy", True)
    assert (amount.value, amount.number_format) == (500_000_000, "#,##0")
    assert sheet.cell(first + 1, 7).value == "trước ngày 20 hằng tháng"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("E8", "A7:L11")
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.print_title_rows == "$5:$7"
    assert all(sheet.cell(first, c).border.left.style == "thin" for c in range(1, 13))
    assert sheet.cell(first, 4).alignment.wrap_text


def test_a_text_that_looks_like_a_formula_stays_text(found: list[Row]) -> None:
    from dataclasses import replace

    sheet = load_workbook(io.BytesIO(worksheet([replace(found[0], task='=HYPERLINK("x")')]))).active
    assert sheet is not None
    assert (sheet["D8"].value, sheet["D8"].data_type) == ('=HYPERLINK("x")', "s")


def test_worksheet_of_nothing_opens() -> None:
    assert load_workbook(io.BytesIO(worksheet([]))).active is not None


@pytest.mark.parametrize(("package", "format_"), [("openpyxl", "xlsx"), ("icalendar", "ics")])
def test_a_missing_extra_is_said_with_how_to_get_it(
    package: str, format_: str, letter: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] == package:
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    done = CliRunner().invoke(app, ["tasks", str(letter), "--format", format_, "-o", str(tmp_path / "out")])
    assert done.exit_code == ExitCode.MISSING_DEPENDENCY
    assert package in done.stderr
    assert 'pip install "congvan[office]"' in done.stderr
    assert not (tmp_path / "out").exists()


def test_reminders_are_checked(letter: Path) -> None:
    assert "3,1" in CliRunner().invoke(app, ["tasks", str(letter), "--remind", "soon"]).stderr


# ---------------------------------------------------------------- the outline


def test_outline_is_a_tree(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("KẾ HOẠCH\nVề nước sạch\n\nI. MỤC TIÊU\n1. Một.\n2. Hai.\nII. NHIỆM VỤ\n1. Ba.\n", encoding="utf-8")
    shown = run("outline", str(path)).splitlines()[1:]
    assert shown == ["├─ I  MỤC TIÊU", "│  ├─ I.1  Một", "│  └─ I.2  Hai", "└─ II  NHIỆM VỤ", "   └─ II.1  Ba"]
    assert run("outline", str(path), "--depth", "1").splitlines()[1:] == ["├─ I  MỤC TIÊU", "└─ II  NHIỆM VỤ"]
    [tree] = json.loads(run("outline", str(path), "--format", "json"))
    assert [node["id"] for node in tree["outline"]] == ["I", "I.1", "I.2", "II", "II.1"]


def test_lists_of_the_catalogue_hold_targets_results_and_checks(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "BÁO CÁO\nVề đầu tư\n\nI. KẾT QUẢ\n1. Đã giải ngân 64,2/210 tỷ đồng, đạt 33,6% kế hoạch.\n"
        "II. PHƯƠNG HƯỚNG\n1. Phấn đấu tỷ lệ giải ngân đạt trên 95%.\n",
        encoding="utf-8",
    )
    catalogue = str(tmp_path / "c.sqlite")
    run("import", str(path), "--catalogue", catalogue)

    def listed(kind: str) -> list[dict[str, Any]]:
        out: list[dict[str, Any]] = json.loads(run("list", kind, "--catalogue", catalogue, "--format", "json"))
        return out

    assert [(t["indicator"], t["operator"], t["value"]) for t in listed("targets")] == [("tỷ lệ giải ngân", ">", 95)]
    assert [(r["value"], r["compared_with"]) for r in listed("results")] == [(64_200_000_000, "kế hoạch")]
    assert [(c["kind"], c["verdict"]) for c in listed("checks")] == [("share", "disagrees")]
    assert "33,6%" in run("list", "checks", "--catalogue", catalogue)
