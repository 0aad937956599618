"""Units in the heads of tables: "Đơn vị tính: triệu đồng" above a table, "Kinh phí (triệu đồng)", "Tỷ lệ (%)" above a column."""

from __future__ import annotations

import regex

# accepts the unit that a line above a table or a cell of its head names: "Đơn vị tính: triệu đồng", "(ĐVT: 1.000 đồng)"
_STATED = regex.compile(
    r"(?:Đơn vị(?: tính)?|ĐVT) ?: ?(?P<unit>\d[\d.]* ?\p{L}[\p{L} ]{0,20}|[^.;:()|\d]{1,40})", regex.IGNORECASE
)
# accepts a unit in the head of a column: "(triệu đồng)", "(%)", "(m2)" in brackets, or at the end: "Tỷ lệ %"
_OF_COLUMN = regex.compile(
    r"\((?:ĐVT: ?)?(?P<unit>%|\p{L}[\p{L} .]{0,24}[23²³]?|1[.]?000 ?(?:đồng|đ|USD))\)|(?P<unit>%)$", regex.IGNORECASE
)
# accepts the head of a column of units: "ĐVT", "Đơn vị tính"
_UNITS = regex.compile(r"(?:đơn vị tính|đvt|đơn vị)\.?", regex.IGNORECASE)
# accepts the head of a column whose figures are not what the table counts: numbers of rows, years, counts, shares, notes
_OTHER = regex.compile(
    r"(?<!\p{L})(?:s?tt|số tt|số thứ tự|mã|năm|thời gian|tiến độ|ngày|tháng|quý|ghi chú|số lượng|số (?:hộ|người|xã|dự án|công trình|hồ sơ)"
    r"|tỷ lệ|tỉ lệ|diện tích|khối lượng|chiều dài|quy mô|công suất|tên|nội dung|danh mục|địa điểm|chủ đầu tư|đơn vị|cơ quan|số hiệu|điện thoại|hệ số)",
    regex.IGNORECASE,
)
# accepts thousands as a unit: "1.000 đồng", "1000đ"
_THOUSAND = regex.compile(r"1[.,]?000 ?")


def stated_unit(text: str) -> str | None:
    """The unit that a line or cell states for a whole table, as written; None where it states none."""
    m = _STATED.search(text)
    return m["unit"].strip() if m is not None else None


def column_unit(title: str) -> str | None:
    """The unit in the head of a column, as it is said behind a figure: "nghìn đồng" for "(1.000 đồng)"."""
    m = _OF_COLUMN.search(title)
    return spoken(m["unit"].strip()) if m is not None else None


def spoken(unit: str) -> str:
    """A unit as it is said behind a figure."""
    return _THOUSAND.sub("nghìn ", unit) if _THOUSAND.match(unit) else unit


def heads_units(title: str) -> bool:
    """Whether a column holds the units of its rows."""
    return _UNITS.fullmatch(title.strip()) is not None


def heads_other(title: str) -> bool:
    """Whether the figures of a column are not what the unit of the table is for."""
    return _OTHER.search(title) is not None
