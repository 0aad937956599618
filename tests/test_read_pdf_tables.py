"""Tables that are drawn with rules come out as cells; paragraphs of pages by their blocks and indents."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_inputs import PdfPage

from congvan.config import Config
from congvan.document import RawDocument, Source
from congvan.parse import clean_bytes, parse_bytes
from congvan.read.pdf import read_pdf
from congvan.read.pdf_chars import Rule, Rules
from congvan.read.pdf_grid import grids_of
from congvan.segment.layout import segment

SOURCE = Source("t.pdf", "0" * 64, 1, "application/pdf")


def read(draw, evidence: bool = False) -> RawDocument:
    page = PdfPage()
    draw(page)
    return read_pdf(page.bytes(), SOURCE, Config(), evidence=evidence)


def cells(document: RawDocument) -> dict[tuple[int, int, int], str]:
    out: dict[tuple[int, int, int], str] = {}
    for _, block in document.blocks():
        if block.kind == "cell":
            key = (block.table, block.row, block.column)
            out[key] = f"{out.get(key, '')} {' '.join(block.text.split())}".strip()
    return out


def lines(page: PdfPage, xs: list[float], ys: list[float]) -> None:
    """Rules across and down as a program draws them: one for each border of each cell."""
    for y in ys:
        for a, b in itertools.pairwise(xs):
            page.canvas.line(a, 842 - y, b, 842 - y)
    for x in xs:
        for a, b in itertools.pairwise(ys):
            page.canvas.rect(x, 842 - b, 0.5, b - a, stroke=0, fill=1)


@pytest.mark.parametrize("evidence", [False, True])
def test_a_ruled_table_is_cells(evidence: bool) -> None:
    def draw(p: PdfPage) -> None:
        p.text(85, 80, "Phân công nhiệm vụ như sau:")
        lines(p, [85, 115, 320, 510], [100, 120, 160])
        for x, text in ((90, "TT"), (120, "Nhiệm vụ"), (325, "Chủ trì")):
            p.text(x, 115, text, 12)
        p.text(90, 135, "1", 12)
        p.text(120, 135, "Rà soát quy hoạch sử dụng đất năm", 12)
        p.text(120, 152, "2026", 12)
        p.text(325, 135, "Sở Nông nghiệp và Môi", 12)
        p.text(325, 152, "trường", 12)
        p.text(85, 200, "Trân trọng./.")

    document = read(draw, evidence)
    assert cells(document) == {
        (0, 0, 0): "TT",
        (0, 0, 1): "Nhiệm vụ",
        (0, 0, 2): "Chủ trì",
        (0, 1, 0): "1",
        (0, 1, 1): "Rà soát quy hoạch sử dụng đất năm 2026",
        (0, 1, 2): "Sở Nông nghiệp và Môi trường",
    }
    kinds = [block.kind for _, block in document.blocks()]
    assert kinds[0] == kinds[-1] == "paragraph"


def test_a_cell_over_columns_stands_at_its_first_one() -> None:
    def draw(p: PdfPage) -> None:
        lines(p, [85, 200, 300, 400], [140, 160])
        p.canvas.line(85, 742, 400, 742)
        p.canvas.line(85, 722, 85, 702)
        for x in (85, 200, 400):
            p.canvas.line(x, 742, x, 702)
        p.canvas.line(200, 722, 400, 722)  # under the head over two columns
        p.canvas.line(300, 722, 300, 702)
        p.text(90, 118, "Đơn vị", 12)
        p.text(205, 115, "Kinh phí", 12)
        p.text(205, 135, "Giao", 12)
        p.text(305, 135, "Đã chi", 12)
        p.text(90, 155, "Sở Y tế", 12)
        p.text(205, 155, "12", 12)
        p.text(305, 155, "7", 12)

    assert cells(read(draw)) == {
        (0, 0, 0): "Đơn vị",
        (0, 0, 1): "Kinh phí",
        (0, 1, 1): "Giao",
        (0, 1, 2): "Đã chi",
        (0, 2, 0): "Sở Y tế",
        (0, 2, 1): "12",
        (0, 2, 2): "7",
    }


def test_a_table_goes_on_over_the_end_of_the_page() -> None:
    def draw(p: PdfPage) -> None:
        p.text(85, 80, "Kinh phí của các đơn vị:")
        lines(p, [85, 115, 320, 510], [700, 720, 740, 760])
        rows = (("TT", "Đơn vị", "Số tiền"), ("1", "Sở Y tế", "7"), ("2", "Trung tâm Kiểm soát", "8"))
        for i, row in enumerate(rows):
            for x, text in zip((90, 120, 325), row, strict=True):
                p.text(x, 715 + 20 * i, text, 12)
        p.next()
        p.centred(297, 40, "2", 12)
        lines(p, [85, 115, 320, 510], [70, 90, 110, 130])
        rows = (("TT", "Đơn vị", "Số tiền"), ("", "bệnh tật tỉnh", ""), ("3", "Sở Tài chính", "9"))
        for i, row in enumerate(rows):
            for x, text in zip((90, 120, 325), row, strict=True):
                if text:
                    p.text(x, 85 + 20 * i, text, 12)
        p.text(85, 200, "Trân trọng./.")

    document = read(draw)
    assert cells(document) == {
        (0, 0, 0): "TT",
        (0, 0, 1): "Đơn vị",
        (0, 0, 2): "Số tiền",
        (0, 1, 0): "1",
        (0, 1, 1): "Sở Y tế",
        (0, 1, 2): "7",
        (0, 2, 0): "2",
        (0, 2, 1): "Trung tâm Kiểm soát bệnh tật tỉnh",
        (0, 2, 2): "8",
        (0, 3, 0): "3",
        (0, 3, 1): "Sở Tài chính",
        (0, 3, 2): "9",
    }
    page = PdfPage()
    draw(page)
    data = page.bytes()
    [record] = parse_bytes(data, "t.pdf")
    assert [len(table.rows) for table in record.tables] == [4]
    clean = clean_bytes(data, "t.pdf")
    assert any(p.text == "Trung tâm Kiểm soát bệnh tật tỉnh" for p in segment(clean).paragraphs)
    running = " ".join(p.text for p in segment(clean).paragraphs if p.kind == "running")
    assert "Số tiền" in running  # the repeated head is kept, apart from the flow


def test_two_tables_with_text_between_are_two() -> None:
    def draw(p: PdfPage) -> None:
        for top in (100, 200):
            lines(p, [85, 200, 400], [top, top + 20, top + 40])
            for r in range(2):
                for c, x in enumerate((90, 205)):
                    p.text(x, top + 15 + 20 * r, f"ô {r}{c}", 12)
            p.text(85, top + 70, "Văn bản giữa hai bảng.")

    assert len({table for table, _, _ in cells(read(draw))}) == 2


def test_a_frame_and_an_underline_are_no_table() -> None:
    def draw(p: PdfPage) -> None:
        p.canvas.rect(80, 700, 300, 60)
        p.text(90, 120, "ĐẾN Số: 15 Ngày: 3/4/2026", 12)
        p.canvas.line(90, 715, 200, 715)

    assert cells(read(draw)) == {}


def test_columns_that_nearly_meet_are_parted() -> None:
    def draw(p: PdfPage) -> None:
        right = p.text(60, 60, "ỦY BAN NHÂN DÂN TỈNH", 13)
        p.text(right + 11, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13)
        p.text(120, 76, "HOA SEN", 13)
        p.text(right + 60, 76, "Độc lập - Tự do - Hạnh phúc", 13)
        p.text(85, 150, "Thực hiện Kế hoạch số 45/KH-UBND của Ủy ban nhân dân tỉnh.")

    texts = [" ".join(block.text.split()) for _, block in read(draw).blocks()]
    assert texts[0].startswith("ỦY BAN NHÂN DÂN TỈNH")
    assert not any("TỈNH CỘNG" in text for text in texts)
    assert next(t for t in texts if "HOA SEN" in t or "CỘNG HÒA" in t).endswith("HOA SEN")


def test_a_paragraph_that_begins_a_page_is_known_by_its_indent() -> None:
    """Full lines on both sides of the page's end: only the indent tells whether the paragraph goes on."""
    full = "thực hiện nhiệm vụ theo kế hoạch và báo cáo kết quả cho tỉnh."

    def pages(indent: float) -> bytes:
        p = PdfPage()
        for i in range(5):
            p.text(115, 80 + 60 * i, "Các cơ quan, đơn vị, địa phương khẩn trương phối hợp")
            p.text(85, 100 + 60 * i, full)
        p.next()
        p.text(85 + indent, 60, "Sở Tài chính bố trí kinh phí theo quy định hiện hành của tỉnh")
        p.text(85, 80, "và các văn bản hướng dẫn.")
        return p.bytes()

    for indent, separate in ((30.0, True), (0.0, False)):
        paragraphs = [p for p in segment(clean_bytes(pages(indent), "t.pdf")).paragraphs if p.kind != "running"]
        assert any(p.text.startswith("Sở Tài chính") for p in paragraphs) is separate


rules = st.builds(
    Rule,
    st.floats(0, 800, allow_nan=False),
    st.floats(0, 400, allow_nan=False),
    st.floats(400, 800, allow_nan=False),
)


@given(st.lists(rules, max_size=25), st.lists(rules, max_size=25))
def test_any_rules_make_sound_grids(across: list[Rule], down: list[Rule]) -> None:
    """Borders ascend, each place has a cell, and a cell begins at or before its places."""
    for grid in grids_of(Rules(across, down)):
        assert grid.xs == sorted(grid.xs)
        assert grid.ys == sorted(grid.ys)
        assert set(grid.cells) == {(r, c) for r in range(len(grid.ys) - 1) for c in range(len(grid.xs) - 1)}
        assert all(grid.cells[start] == start and start <= place for place, start in grid.cells.items())
