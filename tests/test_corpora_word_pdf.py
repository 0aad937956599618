"""The PDF renderer that writes as Word does: what is drawn is what was meant, where it says, the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped,unused-ignore]

from corpora.generator.example import example
from corpora.generator.model import (
    Block,
    Cell,
    Document,
    Ending,
    File,
    Letterhead,
    Line,
    Node,
    PageBreak,
    Paragraph,
    Table,
    Title,
    node,
)
from corpora.generator.render import tounicode
from corpora.generator.render.fonts import FACES, FontFile, MissingFont, MissingGlyph, face
from corpora.generator.render.page import Piece
from corpora.generator.render.pdf_word import word_pdf, word_pdf_with_places

LONG = (
    "Các sở, ban, ngành, Ủy ban nhân dân các huyện, thị xã, thành phố rà soát, đề xuất phương án phân bổ nguồn vốn bảo đảm "
    "đúng trọng tâm, không dàn trải, gửi Sở Kế hoạch và Đầu tư trước ngày 15/4/2024 để tổng hợp, trình Ủy ban nhân dân tỉnh "
    "xem xét, quyết định theo quy định của pháp luật; chịu trách nhiệm nếu để xảy ra chậm trễ."
)


@pytest.fixture(params=FACES)
def installed(request: pytest.FixtureRequest) -> str:
    return needed(request.param)


def needed(name: str) -> str:
    try:
        face(name)
    except MissingFont as error:
        pytest.skip(str(error))
    return name


def line(
    text: str, *, bold: bool = False, italic: bool = False, rule: bool = False, gap: int = 0, small: bool = False
) -> Line:
    return Line(node(text), bold, italic, rule, gap, small)


def head() -> Letterhead:
    left = (line("ỦY BAN NHÂN DÂN", bold=True), line("TỈNH QUẢNG NGÃI", bold=True, rule=True), line("Số: 418/QĐ-UBND"))
    right = (
        line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True),
        line("Độc lập - Tự do - Hạnh phúc", bold=True, rule=True),
        line("Quảng Ngãi, ngày 02 tháng 4 năm 2024", italic=True),
    )
    return Letterhead(left, right)


def ending() -> Ending:
    recipients = (
        line("Nơi nhận:", bold=True, italic=True),
        line("- Như Điều 4;", small=True),
        line("- Lưu: VT.", small=True),
    )
    return Ending(recipients, (line("CHỦ TỊCH", bold=True), line("Đinh Thị Hồng Vân", bold=True, gap=4)))


def noted(number: int) -> Node:
    note = node(f"Nghị quyết số {number}/NQ-HĐND của Hội đồng nhân dân tỉnh.")
    return node(LONG[:60], Node((f"({number})",), note=note), LONG[60:])


def table() -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            Cell(node("TT"), rows=2, bold=True),
            Cell(node("Địa bàn"), rows=2, bold=True),
            Cell(node("Nội dung"), columns=2, bold=True),
        ),
        (Cell(node("Công trình"), bold=True), Cell(node("Vốn"), bold=True)),
    ]
    for number in range(1, 31):
        work = LONG * 8 if number == 12 else "Đường giao thông nông thôn xã Trà Phong giai đoạn 2"
        cells = [Cell(node(str(number))), Cell(node(work)), Cell(node(f"{number * 137}.500"), align="right")]
        if number % 10 == 1:
            cells.insert(1, Cell(node("Huyện Trà Bồng " * 20), rows=10))
        rows.append(tuple(cells))
    return Table(tuple(rows), (0.08, 0.2, 0.52, 0.2), head=2)


def bundle(paragraphs: int = 12) -> File:
    """A decision and the plan that it issues: several pages, footnotes, a table that runs over pages, a landscape annex."""
    decision: tuple[Block, ...] = (
        head(),
        Title((line("QUYẾT ĐỊNH", bold=True), line("Về việc ban hành Kế hoạch", bold=True, rule=True))),
        Paragraph("basis", node("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;")),
        Paragraph("enact", node("QUYẾT ĐỊNH:")),
        *[Paragraph("body", noted(n)) for n in range(1, paragraphs + 1)],
        ending(),
    )
    plan: tuple[Block, ...] = (
        head(),
        Paragraph("addressee", node("Kính gửi:")),
        Paragraph("addressee", node("- Văn phòng Chính phủ;")),
        Paragraph("addressee", node("- Bộ Kế hoạch và Đầu tư.")),
        Paragraph("heading", node("I. MỤC TIÊU")),
        Paragraph("body", node(LONG)),
        Paragraph("unit", node("Đơn vị tính: triệu đồng")),
        table(),
        ending(),
        PageBreak(landscape=True),
        Title((line("PHỤ LỤC", bold=True),)),
        table(),
    )
    return File("bundle", (Document(decision, {"issued_on": "2024-04-02"}), Document(plan, {})), {})


def squeezed(text: str) -> str:
    return "".join(text.split())


def leaf_places(file: File, places: list[list[Piece]], role: str) -> list[tuple[str, list[Piece]]]:
    return [(leaf.text.text, found) for leaf, found in zip(file.leaves(), places, strict=True) if leaf.role == role]


@pytest.mark.parametrize("made", [example, lambda: bundle(5)], ids=["example", "bundle"])
def test_each_piece_of_a_leaf_stands_in_its_box(installed: str, made: Callable[[], File]) -> None:
    file = made()
    pdf, places = word_pdf_with_places(file, installed)
    leaves = file.leaves()
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        chars = [page.chars for page in opened.pages]
        meant: list[Counter[str]] = [Counter() for _ in chars]
        for leaf, pieces in zip(leaves, places, strict=True):
            text = leaf.text.text
            assert "".join(text[p.start : p.end] for p in pieces if not p.repeat) == text
            for piece in pieces:
                want = squeezed(text[piece.start : piece.end])
                inside = [
                    c["text"]
                    for c in chars[piece.page - 1]
                    if piece.x0 < (c["x0"] + c["x1"]) / 2 < piece.x1
                    and piece.top < (c["top"] + c["bottom"]) / 2 < piece.bottom
                ]
                assert squeezed("".join(inside)) == want
                meant[piece.page - 1].update(want)
    document = pypdfium2.PdfDocument(pdf)  # type: ignore[no-untyped-call]
    for n, page in enumerate(document):
        drawn = Counter(squeezed(page.get_textpage().get_text_range()))
        assert not meant[n] - drawn
        assert set(drawn - meant[n]) <= set("()0123456789")  # page number, marks before the footnotes


def test_same_bytes_whatever_the_hash_seed() -> None:
    needed("liberation")
    code = (
        "import hashlib; from corpora.generator.example import example; "
        "from corpora.generator.render.pdf_word import word_pdf; print(hashlib.sha256(word_pdf(example())).hexdigest())"
    )
    root = Path(__file__).parents[1]
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {hashlib.sha256(word_pdf(example())).hexdigest()}


def test_codes_are_glyph_ids_of_the_full_font_and_the_file_is_sound(installed: str) -> None:
    with pikepdf.open(io.BytesIO(word_pdf(bundle(), installed))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.docinfo["/Producer"]) == "Microsoft® Word 2016"
        fonts = pdf.pages[0].Resources.Font
        assert len(fonts) == 4
        for font in fonts.values():
            descendant = font.DescendantFonts[0]
            prefix, name = str(font.BaseFont).split("+")
            full = next(f for f in fonts_of(installed) if f.name == name)
            assert len(prefix) == 7
            program = TTFont(io.BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()), checkChecksums=2)
            assert "cmap" not in program
            with TTFont(full.path) as whole:
                same = whole.getGlyphOrder()
                for glyph, text in tounicode.glyphs(tounicode.parse(font.ToUnicode.read_bytes())).items():
                    assert full.glyphs[text] == glyph
                    cut = program["glyf"][program.getGlyphName(glyph)]
                    assert cut.numberOfContours == whole["glyf"][same[glyph]].numberOfContours
                    if cut.isComposite():
                        parts = [program.getGlyphID(part.glyphName) for part in cut.components]
                        assert all(program["glyf"][program.getGlyphName(part)].numberOfContours for part in parts)


def fonts_of(name: str) -> list[FontFile]:
    found = face(name)
    return [found.regular, found.bold, found.italic, found.bold_italic]


def test_ending_stays_together_with_text_before_it() -> None:
    needed("liberation")
    for paragraphs in range(4, 10):
        file = bundle(paragraphs)
        _, places = word_pdf_with_places(file)
        first = [n for n, leaf in enumerate(file.leaves()) if leaf.document == 0]
        roles = [file.leaves()[n].role for n in first]
        pages = {p.page for n in first if roles[n] in ("recipient", "signature") for p in places[n]}
        assert len(pages) == 1
        assert pages <= {p.page for n in first if roles[n] == "body" for p in places[n]}


def test_footnotes_stand_at_the_foot_of_the_page_of_their_mark() -> None:
    needed("liberation")
    file = bundle()
    _, places = word_pdf_with_places(file)
    bodies, notes = leaf_places(file, places, "body")[:-1], leaf_places(file, places, "footnote")
    assert len(bodies) == len(notes) == 12
    for (text, pieces), (_, note) in zip(bodies, notes, strict=True):
        mark = text.index("(")
        marked = next(p for p in pieces if p.start <= mark < p.end)
        assert {p.page for p in note} == {marked.page}
        lowest = max(p.bottom for _, ps in bodies for p in ps if p.page == marked.page)
        assert min(p.top for p in note) > lowest


def test_header_rows_are_printed_again_and_long_rows_break() -> None:
    needed("liberation")
    file = bundle()
    _, places = word_pdf_with_places(file)
    cells = leaf_places(file, places, "cell")
    upright = cells[: len(cells) // 2]
    pages = sorted({p.page for _, pieces in upright for p in pieces})
    assert len(pages) > 3
    assert [(p.page, p.repeat) for p in upright[0][1]] == [(page, n > 0) for n, page in enumerate(pages)]
    long = next(pieces for text, pieces in upright if text.startswith(LONG))
    assert len({p.page for p in long}) > 1
    assert all(p.bottom <= 841.92 - 56 for _, pieces in upright for p in pieces)


def test_pages_turn_and_count_as_the_document_says() -> None:
    needed("liberation")
    file = bundle()
    pdf, places = word_pdf_with_places(file)
    begins = [
        min(p.page for leaf, ps in zip(file.leaves(), places, strict=True) if leaf.document == d for p in ps)
        for d in (0, 1)
    ]
    annex = leaf_places(file, places, "title")[-1][1][0].page
    document = pypdfium2.PdfDocument(pdf)  # type: ignore[no-untyped-call]
    for n, page in enumerate(document, 1):
        width, height = page.get_size()
        count = n - begins[1] + 1 if n >= begins[1] else n
        assert page.get_textpage().get_text_bounded(bottom=height - 50) == ("" if count == 1 else str(count))
        assert (width > height) == (n >= annex)


def test_word_makes_ranges_of_neighbours_only() -> None:
    used = {
        3: " ",
        36: "A",
        37: "B",
        38: "C",
        40: "Z",
        41: "Ơ",
        42: "ơ",
        43: "x",
        0xFF: "1",
        0x100: "2",
        70: "ff",
        71: "g",
    }
    assert tounicode.ranges(used) == [[3], [36, 37, 38], [40], [41, 42], [43], [70], [71], [0xFF], [0x100]]
    written = tounicode.to_unicode(used)
    assert b"<0024> <0026> <0041>" in written
    assert b"<0046> <00660066>" in written
    read = tounicode.parse(written)
    assert sorted(read) == tounicode.entries(used)
    assert tounicode.glyphs(read) == used


def test_lists_in_ranges_are_read_and_damage_can_be_written() -> None:
    data = b"2 beginbfrange\n<0005> <0007> [<0041> <01A1> <01AF>] <0010> <0011> <0061>\nendbfrange\n"
    assert tounicode.glyphs(tounicode.parse(data)) == {5: "A", 6: "ơ", 7: "Ư", 16: "a", 17: "b"}
    damaged = [tounicode.Entry(5, 6, "\x04"), tounicode.Entry(9, 9, "\ud800")]
    assert tounicode.parse(tounicode.cmap(damaged)) == [damaged[1], damaged[0]]
    many = {2 * n: chr(0x1000 + n) for n in range(250)}
    assert tounicode.to_unicode(many).count(b"beginbfchar") == 3


def test_what_cannot_be_set_is_named() -> None:
    needed("liberation")
    with pytest.raises(MissingGlyph, match="LiberationSerif has no glyph for U\\+0009"):
        word_pdf(File("tab", (Document((Paragraph("body", node("a\tb")),), {}),), {}))
    with pytest.raises(ValueError, match="no face 'times'"):
        face("times")


def test_missing_font_names_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("corpora.generator.render.fonts.ROOTS", (tmp_path,))
    with pytest.raises(MissingFont, match="apt-get install fonts-sil-gentiumplus"):
        face.__wrapped__("gentium")
