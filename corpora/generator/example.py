"""One small file made by hand that uses every kind of block: for renderers to be tried on."""

from __future__ import annotations

from corpora.generator.model import (
    Cell,
    Document,
    Ending,
    File,
    Gold,
    Letterhead,
    Line,
    Node,
    PageBreak,
    Paragraph,
    Table,
    Title,
    node,
)


def _cells(*texts: str, bold: bool = False) -> tuple[Cell, ...]:
    return tuple(Cell(node(t), bold=bold, align="centre" if bold else "left") for t in texts)


def example() -> File:
    """A letter of a province with table, footnote and landscape annex."""
    due = Node(("trước ngày 25/3/2024",), Gold("deadlines", {"due": "2024-03-25", "inclusive": False}, "d1"))
    amount = Node(("1.250 triệu đồng",), Gold("amounts", {"operator": "=", "value": 1_250_000_000, "currency": "VND"}))
    note = node("Theo Quyết định số 12/QĐ-UBND ngày 05/01/2024 của Ủy ban nhân dân tỉnh.")
    mark = Node(("(1)",), note=note)
    blocks = (
        Letterhead(
            (
                Line(node("ỦY BAN NHÂN DÂN"), bold=True),
                Line(node("TỈNH GIA LAI"), bold=True, rule=True),
                Line(node("Số: 1186/UBND-KTTH")),
                Line(node("V/v đẩy nhanh tiến độ giải ngân vốn đầu tư công năm 2024"), small=True),
            ),
            (
                Line(node("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), bold=True),
                Line(node("Độc lập - Tự do - Hạnh phúc"), bold=True, rule=True),
                Line(node("Gia Lai, ngày 15 tháng 3 năm 2024"), italic=True),
            ),
        ),
        Paragraph("addressee", node("Kính gửi: Các sở, ban, ngành thuộc tỉnh.")),
        Paragraph("body", node("Để đẩy nhanh tiến độ giải ngân", mark, ", Ủy ban nhân dân tỉnh yêu cầu:")),
        Paragraph("heading", node("1. Sở Tài chính", bold=True), marker="1."),
        Paragraph("item", node("a) Chủ trì phân bổ ", amount, " ", due, "."), marker="a)", level=1),
        Paragraph("item", node("- Tổng hợp, báo cáo kết quả thực hiện."), marker="-", level=2),
        Ending(
            (
                Line(node("Nơi nhận:"), bold=True, italic=True),
                Line(node("- Như trên;"), small=True),
                Line(node("- Lưu: VT, KTTH."), small=True),
            ),
            (
                Line(node("TM. ỦY BAN NHÂN DÂN"), bold=True),
                Line(node("KT. CHỦ TỊCH"), bold=True),
                Line(node("PHÓ CHỦ TỊCH"), bold=True),
                Line(node("Rơ Châm Thị Bích Hậu"), bold=True, gap=4),
            ),
        ),
        PageBreak(landscape=True),
        Title((Line(node("PHỤ LỤC"), bold=True), Line(node("Kế hoạch vốn năm 2024"), bold=True, rule=True))),
        Paragraph("unit", node("Đơn vị tính: triệu đồng", italic=True)),
        Table(
            (
                (
                    Cell(node("TT"), rows=2, align="centre", bold=True),
                    Cell(node("Chủ đầu tư"), rows=2, align="centre", bold=True),
                    Cell(node("Kế hoạch vốn"), columns=2, align="centre", bold=True),
                ),
                _cells("Ngân sách tỉnh", "Ngân sách trung ương", bold=True),
                _cells("1", "Ủy ban nhân dân huyện Chư Sê", "1.200", "3.400"),
                _cells("2", "Sở Giao thông vận tải", "2.000", "1.600"),
                (Cell(node("Tổng cộng"), columns=2, bold=True), *_cells("3.200", "5.000", bold=True)),
            ),
            widths=(0.08, 0.52, 0.2, 0.2),
            head=2,
        ),
    )
    fields = {"document_type": "CÔNG VĂN", "number": "1186/UBND-KTTH", "symbol": "UBND-KTTH", "issued_on": "2024-03-15"}
    return File("example", (Document(blocks, fields),), {"seed": 0})
