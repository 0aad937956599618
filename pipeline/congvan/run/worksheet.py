"""The follow-up register as a worksheet, as offices keep it: title, head with groups, numbered columns, borders, A4 landscape."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any, cast

from congvan.errors import MissingDependency
from congvan.run.register import Language, Row, form, labels

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Times New Roman"
# width of the columns in characters
_WIDTHS = {
    "no": 5, "arrival_number": 7, "document": 24, "task": 44, "lead": 20, "coordinating": 22, "due": 14, "amount": 16, "basis": 18,
    "progress": 13, "reply": 13, "remarks": 16,
}  # fmt: skip
_CENTRED = frozenset({"no", "arrival_number", "due"})
_LINE = 15.0  # points of a line at 11 points
_MOST_LINES = 26  # a row that Excel can show
_HEAD = 5  # row of the head


def worksheet(rows: Iterable[Row], *, language: Language = "vi", made_on: date | None = None) -> bytes:
    """The register as the bytes of an XLSX file.

    Raises:
        MissingDependency: the extra ``office`` is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError as err:
        raise MissingDependency("A worksheet needs the package openpyxl.", 'pip install "congvan[office]"') from err

    kept = list(rows)
    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = "Theo dõi" if language == "vi" else "Tasks"
    _title(sheet, language, kept, made_on or date.today())
    _head(sheet, language)
    last = _body(sheet, kept)
    _print(sheet, last)
    book.properties.title = form()["title"][language]
    book.properties.creator = "congvan"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _keys() -> list[str]:
    return [column["key"] for column in form()["columns"]]


def _title(sheet: Worksheet, language: Language, rows: list[Row], made_on: date) -> None:
    from openpyxl.styles import Alignment, Font

    documents = len({row.document_id for row in rows})
    if language == "vi":
        told = f"Lập ngày {made_on:%d/%m/%Y}: {len(rows)} nhiệm vụ của {documents} văn bản"
    else:
        told = f"Made on {made_on:%d/%m/%Y}: {len(rows)} tasks of {documents} documents"
    lines = (
        (form()["title"][language], Font(name=FONT, size=14, bold=True)),
        (form()["note"][language], Font(name=FONT, size=11, italic=True)),
        (told, Font(name=FONT, size=11)),
    )
    for number, (text, font) in enumerate(lines, 1):
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(_keys()))
        cell = sheet.cell(number, 1, text)
        cell.font, cell.alignment = font, Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 22


def _head(sheet: Worksheet, language: Language) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    keys, names = _keys(), labels(language)
    grouped = {key: group for group in form()["groups"] for key in group["keys"]}
    for column, key in enumerate(keys, 1):
        group = grouped.get(key)
        if group is None:
            sheet.cell(_HEAD, column, names[key])
            sheet.merge_cells(start_row=_HEAD, start_column=column, end_row=_HEAD + 1, end_column=column)
        else:
            sheet.cell(_HEAD + 1, column, names[key])
            if key == group["keys"][0]:
                sheet.cell(_HEAD, column, group[language])
                sheet.merge_cells(
                    start_row=_HEAD, start_column=column, end_row=_HEAD, end_column=column + len(group["keys"]) - 1
                )
        sheet.cell(_HEAD + 2, column, f"({column})")
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[key]
    line = Side(style="thin")
    for row in range(_HEAD, _HEAD + 3):
        for column in range(1, len(keys) + 1):
            cell = sheet.cell(row, column)
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.font = Font(name=FONT, size=11, bold=row < _HEAD + 2, italic=row == _HEAD + 2)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.fill = PatternFill("solid", fgColor="E7EDF5")
    sheet.row_dimensions[_HEAD + 1].height = 4 * _LINE


def _body(sheet: Worksheet, rows: list[Row]) -> int:
    """Write the rows; returns the number of the last line."""
    from openpyxl.styles import Alignment, Border, Font, Side

    line = Side(style="thin")
    keys = _keys()
    at = _HEAD + 3
    for row in rows:
        lines = 1
        for column, key in enumerate(keys, 1):
            value: Any = row.due if key == "due" and row.due is not None else row.values()[key]
            cell = sheet.cell(at, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with "=" is no formula
            cell.font = Font(name=FONT, size=11)
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            figure = isinstance(value, int) and key == "amount"
            where = "center" if key in _CENTRED else "right" if figure else "left"
            cell.alignment = Alignment(horizontal=where, vertical="top", wrap_text=True)
            if isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
            elif figure:
                cell.number_format = "#,##0"
            if isinstance(value, str):
                lines = max(lines, sum(ceil(max(len(part), 1) / _WIDTHS[key]) for part in value.split("\n")))
        sheet.row_dimensions[at].height = _LINE * min(lines, _MOST_LINES) + 3
        at += 1
    return at - 1


def _print(sheet: Worksheet, last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    width = get_column_letter(len(_keys()))
    sheet.freeze_panes = f"{get_column_letter(5)}{_HEAD + 3}"
    sheet.auto_filter.ref = f"A{_HEAD + 2}:{width}{max(last, _HEAD + 2)}"
    sheet.print_title_rows = f"{_HEAD}:{_HEAD + 2}"
    sheet.print_area = f"A1:{width}{max(last, _HEAD + 2)}"
    setup = sheet.page_setup
    setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", sheet.PAPERSIZE_A4, 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.8, 0.4
    sheet.print_options.horizontalCentered = True
    foot = HeaderFooterItem()
    foot.right.text = "&P/&N"
    sheet.HeaderFooter.oddFooter = foot
