"""PDF: both readers, the layout they share, and bad files."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_inputs import PdfPage, complete, encrypted_pdf, letter_pdf, picture_pdf, refused

from congvan.config import Config
from congvan.document import Block, RawDocument
from congvan.errors import DamagedInput, EmptyInput, EncryptedInput, InputError, InputTooLarge, UsageError
from congvan.read import read, read_bytes, read_bytes_evidence, read_evidence

NAME = "vào.pdf"


def fast(data: bytes, config: Config | None = None) -> RawDocument:
    return read_bytes(data, NAME, config or Config())


def slow(data: bytes) -> RawDocument:
    return read_bytes_evidence(data, NAME, Config())


def shown(document: RawDocument) -> list[tuple[int, str, str]]:
    return [(page.number, block.kind, block.text) for page, block in document.blocks()]


LETTER = [
    (1, "paragraph", "ỦY BAN NHÂN DÂN"),
    (1, "paragraph", "TỈNH HOA SEN"),
    (1, "paragraph", "Số: 12/UBND-KT"),
    (1, "paragraph", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (1, "paragraph", "Độc lập - Tự do - Hạnh phúc"),
    (1, "paragraph", "Hoa Sen, ngày 05 tháng 3 năm 2024"),
    (
        1,
        "paragraph",
        "Thực hiện Kế hoạch số 45/KH-UBND của Ủy ban nhân dân tỉnh,\n"
        "các sở, ban, ngành khẩn trương triển khai nhiệm vụ được giao(1) theo kế\nhoạch đã đề ra.",
    ),
    (
        1,
        "paragraph",
        "Sở Tài chính chủ trì, phối hợp với Sở Kế hoạch và Đầu tư tổng\nhợp, báo cáo trước ngày 20 tháng 6 năm 2024.",
    ),
    (1, "footnote", "(1)Kế hoạch phát triển kinh tế - xã hội năm 2024."),
    (2, "running", "2"),
    (2, "paragraph", "Trên đây là nội dung chỉ đạo, đề nghị các đơn vị nghiêm túc thực\nhiện./."),
    (2, "paragraph", "Nơi nhận:"),
    (2, "paragraph", "- Như trên;"),
    (2, "paragraph", "- Lưu: VT, KT."),
    (2, "paragraph", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"),
]


@pytest.fixture(scope="module")
def letter() -> bytes:
    return letter_pdf()


@pytest.mark.parametrize("reader", [fast, slow])
def test_a_letter_reads_in_order(letter: bytes, reader) -> None:
    assert shown(reader(letter)) == LETTER


@pytest.mark.parametrize("reader", [fast, slow])
def test_a_raised_mark_is_told_apart(letter: bytes, reader) -> None:
    document = reader(letter)
    blocks = document.pages[0].blocks
    assert [(run.origin, run.text) for run in blocks[6].runs][1] == ("sup", "(1)")
    assert blocks[8].note_ref == "1"


@pytest.mark.parametrize("reader", [fast, slow])
def test_boxes_stand_where_the_words_are_drawn(letter: bytes, reader) -> None:
    document = reader(letter)
    block = document.pages[0].blocks[6]
    run = block.runs[0]
    assert run.places is not None
    assert len(run.places) == len(run.text)
    start = run.text.index("các sở")
    box = run.places.box(start, start + 1)
    assert box is not None
    assert box.x0 == pytest.approx(85, abs=1.5)
    assert box.top < 170 - 7 < 170 < box.bottom < 176
    assert run.places.box(run.text.index("\n"), run.text.index("\n") + 1) is None  # made by the reader
    assert (document.pages[0].width, document.pages[0].height) == (595, 842)


def test_facts_of_the_document(letter: bytes) -> None:
    document = fast(letter)
    assert (document.reader, document.paged, len(document.pages)) == ("pdf-text", True, 2)
    assert "ReportLab" in document.producer
    names = {
        document.fonts[run.font].name.rpartition("+")[2]: run.bold
        for _, b in document.blocks()
        for run in b.runs
        if run.font is not None
    }
    assert names == {"LiberationSerif": False, "LiberationSerif-Bold": True}


def test_codes_and_font_facts(letter: bytes) -> None:
    document = slow(letter)
    assert document.reader == "pdf-evidence"
    for _, block in document.blocks():
        for run in block.runs:
            assert run.codes is not None
            assert run.font is not None
            assert len(run.codes) == len(run.text)
            facts = document.fonts[run.font]
            for code, letter_ in zip(run.codes, run.text, strict=True):
                if code != 0xFFFFFFFF:
                    assert facts.to_unicode is not None
                    assert facts.to_unicode[code] == letter_
                    assert facts.widths[code] > 0
                    assert code in facts.glyph_ids
                else:
                    assert letter_ in " \n"
    drawn = [
        document.fonts[n] for n in {run.font for _, block in document.blocks() for run in block.runs} if n is not None
    ]
    assert {facts.kind for facts in drawn} == {"TrueType"}
    assert all(facts.embedded for facts in drawn)
    assert [(f.kind, f.embedded) for f in document.fonts if f not in drawn] == [("Type1", False)]  # named, not drawn


def test_only_the_pages_asked_for(letter: bytes) -> None:
    document = read_bytes_evidence(letter, NAME, Config(), pages=[2])
    assert [page.number for page in document.pages] == [2]
    with pytest.raises(UsageError, match="pages 1 to 2"):
        read_bytes_evidence(letter, NAME, Config(), pages=[3])


# ---------------------------------------------------------------- the four samples of garbled text


CLEAN = "wordlike_liberation_clean.pdf"


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        (CLEAN, "của Chủ tịch Ủy ban nhân dân, mục 1, năm 2025, cũng nghĩa vũ khí", "“Quyết định” số 15/QĐ-UBND"),
        (
            "wordlike_liberation_gs10.00.0.pdf",
            "cāa Chā tịch Āy ban nhân dân, mÿc 1, năm 2025, cũng nghĩa vũ khí",
            "<Quyết \x12ịnh= số 15/Q\x11-UBND",
        ),
        (
            "wordlike_liberation_gs10.00.0_twice.pdf",
            "c\x01a Ch\x01 tßch \x01y ban nhân dân, mÿc 1, n\x03m 2025, cing ngh)a vi khí",
            "<Quy¿t \x12ßnh= sß 15/Q\x11-UBND",
        ),
        (
            "wordlike_liberation_oldgs_then_gs10.00.0.pdf",
            "cÿa Chÿ tßch þy ban nhân dân, mÿc 1, n\x03m 2025, cing ngh)a vi khí",
            "<Quy¿t \x11ßnh= sß 15/Q\x11-UBND",
        ),
    ],
)
def test_garbled_samples_read_alike_on_both_paths(shared: Path, name: str, first: str, second: str) -> None:
    quick = read(shared / "pdf" / name, Config())
    thorough = read_evidence(shared / "pdf" / name, Config())
    assert [text for _, _, text in shown(quick)][:2] == [first, second]
    assert shown(quick) == shown(thorough)


def test_codes_of_the_garbled_samples_are_the_glyph_ids_of_the_clean_one(shared: Path) -> None:
    clean, garbled = (
        read_evidence(shared / "pdf" / name, Config()) for name in (CLEAN, "wordlike_liberation_gs10.00.0.pdf")
    )
    codes = [[c for _, b in d.blocks() for r in b.runs for c in r.codes or ()] for d in (clean, garbled)]
    assert codes[0] == codes[1]
    facts = clean.fonts[0]
    assert facts.kind == "Type0"
    assert facts.own_cmap == facts.to_unicode  # a clean file: map and font agree
    assert garbled.fonts[0].own_cmap is None  # Ghostscript drops the cmap


# ---------------------------------------------------------------- layout


def page_of(draw) -> list[Block]:
    p = PdfPage()
    draw(p)
    document = fast(p.bytes())
    again = slow(p.buffer.getvalue())
    assert shown(document) == shown(again)
    return list(document.pages[0].blocks)


def test_words_are_apart_where_no_space_is_drawn() -> None:
    def draw(p: PdfPage) -> None:
        x = p.text(85, 100, "Ủy")
        x = p.text(x + 3.5, 100, "ban")
        x = p.text(x + 0.6, 100, "kh")
        p.text(x, 100, "ông")

    assert [block.text for block in page_of(draw)] == ["Ủy bankhông"]


def test_many_spaces_are_one() -> None:
    assert [b.text for b in page_of(lambda p: p.text(85, 100, "Số:   12 \xa0 34"))] == ["Số: 12 34"]


def test_text_drawn_twice_to_look_bold_reads_once() -> None:
    def draw(p: PdfPage) -> None:
        p.text(85, 100, "Hội đồng")
        p.text(85.3, 100, "Hội đồng")

    assert [block.text for block in page_of(draw)] == ["Hội đồng"]


def test_lines_drawn_in_any_order_read_top_down() -> None:
    def draw(p: PdfPage) -> None:
        p.text(85, 140, "ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba")
        p.text(85, 100, "một một một một một một một một một một một một")
        p.text(85, 120, "hai hai hai hai hai hai hai hai hai hai hai hai hai hai hai")

    text = "\n".join(block.text for block in page_of(draw))
    assert [line.split()[0] for line in text.split("\n")] == ["một", "hai", "ba"]


def test_list_marks_set_apart_stay_with_their_text() -> None:
    def draw(p: PdfPage) -> None:
        for i, text in enumerate(
            ["Rà soát các nhiệm vụ được giao;", "Tổng hợp kết quả thực hiện;", "Báo cáo cấp trên."]
        ):
            p.text(85, 100 + 40 * i, f"{i + 1}.")
            p.text(121, 100 + 40 * i, text)

    assert [b.text for b in page_of(draw)] == [
        "1. Rà soát các nhiệm vụ được giao;",
        "2. Tổng hợp kết quả thực hiện;",
        "3. Báo cáo cấp trên.",
    ]


def test_the_addressees_are_no_part_of_the_letterhead() -> None:
    def draw(p: PdfPage) -> None:
        p.centred(165, 60, "ỦY BAN NHÂN DÂN TỈNH", 13)
        p.centred(410, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12)
        p.centred(165, 90, "Số: 12/UBND-KT", 13)
        p.centred(410, 90, "Hoa Sen, ngày 05 tháng 3 năm 2024", 13)
        p.centred(165, 106, "V/v giải ngân vốn", 12)
        p.text(150, 140, "Kính gửi:")
        p.text(215, 160, "- Các sở, ban, ngành.")

    assert [b.text for b in page_of(draw)] == [
        "ỦY BAN NHÂN DÂN TỈNH",
        "Số: 12/UBND-KT",
        "V/v giải ngân vốn",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hoa Sen, ngày 05 tháng 3 năm 2024",
        "Kính gửi:",
        "- Các sở, ban, ngành.",
    ]


def test_three_columns_read_row_by_row() -> None:
    def draw(p: PdfPage) -> None:
        rows = [
            ("TT", "Tên nhiệm vụ", "Cơ quan chủ trì"),
            ("1", "Rà soát quy hoạch", "Sở Xây dựng"),
            ("2", "Lập dự toán", "Sở Tài chính"),
        ]
        for n, row in enumerate(rows):
            for x, text in zip((90, 130, 350), row, strict=True):
                p.text(x, 100 + 20 * n, text, 12)

    assert [b.text for b in page_of(draw)] == [
        "TT Tên nhiệm vụ",
        "Cơ quan chủ trì",
        "1 Rà soát quy hoạch",
        "Sở Xây dựng",
        "2 Lập dự toán",
        "Sở Tài chính",
    ]


def test_running_heads_recur() -> None:
    p = PdfPage()
    for n in range(1, 5):
        p.text(85, 40, f"Báo cáo năm 2024, bản {n}", 10)
        p.text(85, 200, f"Nội dung của trang thứ {['một', 'hai', 'ba', 'bốn'][n - 1]}.")
        p.text(290, 820, f"Trang {n}/4", 10)
        p.next()
    document = fast(p.bytes())
    assert [kind for _, kind, _ in shown(document)] == ["running", "paragraph", "running"] * 4


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_shown(turn: int) -> None:
    import pikepdf

    p = PdfPage()
    canvas = p.canvas
    canvas.saveState()  # draw so that the page, turned by the viewer, shows upright text
    moves = {90: (595, 0, 90), 180: (595, 842, 180), 270: (0, 842, 270)}
    x, y, angle = moves[turn]
    canvas.translate(x, y)
    canvas.rotate(angle)
    height = 842 if turn == 180 else 595
    for text, top in (("Dòng thứ nhất", 100), ("Dòng thứ hai", 120)):
        canvas.setFont("Serif", 14)
        canvas.drawString(80, height - top, text)
    canvas.restoreState()
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(p.bytes())) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(out)
    for reader in (fast, slow):
        document = reader(out.getvalue())
        assert " ".join(text for _, _, text in shown(document)).replace("\n", " ") == "Dòng thứ nhất Dòng thứ hai"
        run = document.pages[0].blocks[0].runs[0]
        assert run.places is not None
        box = run.places.box(0, 1)
        assert box is not None
        assert (box.x0, box.top) == pytest.approx((80, 100 - 0.891 * 14), abs=2)


def test_upright_and_turned_text_do_not_mix() -> None:
    def draw(p: PdfPage) -> None:
        p.text(85, 100, "Thân văn bản")
        p.canvas.saveState()
        p.canvas.translate(300, 400)
        p.canvas.rotate(45)
        p.canvas.drawString(0, 0, "BẢN SAO")
        p.canvas.restoreState()

    assert [(b.kind, b.text) for b in page_of(draw)] == [("paragraph", "Thân văn bản"), ("stamp", "BẢN SAO")]


# ---------------------------------------------------------------- bad files


def test_a_truncated_pdf_is_damaged(letter: bytes) -> None:
    with pytest.raises(DamagedInput, match=r"vào\.pdf"):
        fast(letter[:300])
    with pytest.raises(DamagedInput):
        fast(b"%PDF-1.7\n" + bytes(range(256)) * 20)


def test_a_pdf_cut_off_in_a_later_change_says_so(letter: bytes) -> None:
    document = fast(letter + b"\n99 0 obj\n<< /Length 9000 >>\nstream\n" + b"x" * 8000)
    assert shown(document) == LETTER
    assert [p.category for p in document.problems] == ["truncated"]
    assert fast(letter + b"\n\n").problems == ()


def test_a_password_is_asked_for_only_where_one_is_set(letter: bytes) -> None:
    with pytest.raises(EncryptedInput, match="password"):
        fast(encrypted_pdf(letter, user="bí mật".encode().hex()))
    open_to_all = encrypted_pdf(letter, user="")
    assert shown(fast(open_to_all)) == LETTER
    assert shown(slow(open_to_all)) == LETTER


def test_a_page_without_text_is_a_problem_not_an_error() -> None:
    for reader in (fast, slow):
        document = reader(picture_pdf())
        assert shown(document) == [(1, "paragraph", "Trang có chữ")]
        assert [(p.category, p.page) for p in document.problems] == [("no-text-layer", 2)]
        assert "OCR" in document.problems[0].hint


def test_a_document_of_pictures_only_still_reads() -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(picture_pdf())) as pdf:
        del pdf.pages[0]
        pdf.save(out)
    document = fast(out.getvalue())
    assert shown(document) == []
    assert [p.category for p in document.problems] == ["no-text-layer"]


def test_blank_pages_are_empty() -> None:
    p = PdfPage()
    p.next()
    with pytest.raises(EmptyInput):
        fast(p.bytes())


def test_more_pages_than_allowed(letter: bytes) -> None:
    with pytest.raises(InputTooLarge, match="2 pages"):
        fast(letter, Config(max_pages=1))


def test_a_page_that_fails_does_not_end_the_others(letter: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    from congvan.read import pdf_text

    whole = pdf_text.page_chars

    def failing(page, number, fonts):
        if number == 1:
            raise ValueError("broken page")
        return whole(page, number, fonts)

    monkeypatch.setattr(pdf_text, "page_chars", failing)
    document = fast(letter)
    assert [(p.category, p.page) for p in document.problems] == [("page-failed", 1)]
    assert "second reader" in document.problems[0].message
    assert shown(document) == LETTER  # pdfplumber reads the page that PDFium could not


def test_a_page_that_both_readers_fail_on_is_empty(letter: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    from congvan.read import pdf_second, pdf_text

    whole = pdf_text.page_chars

    def failing(page, number, fonts):
        if number == 1:
            raise ValueError("broken page")
        return whole(page, number, fonts)

    def failing_too(*_: object) -> None:
        raise KeyError("also broken")

    monkeypatch.setattr(pdf_text, "page_chars", failing)
    monkeypatch.setattr(pdf_second, "second_look", failing_too)
    document = fast(letter)
    assert [(p.category, p.page) for p in document.problems] == [("page-failed", 1)]
    assert shown(document) == [entry for entry in LETTER if entry[0] == 2]


def test_evidence_is_for_pdf_only() -> None:
    with pytest.raises(InputError, match="no PDF"):
        slow("Ủy ban nhân dân".encode())


def test_reading_leaves_no_warning(letter: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fast(letter)
        slow(letter)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("reader", [fast, slow])
def test_mutated_files_raise_nothing_but_our_errors(letter: bytes, reader) -> None:
    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, len(letter) - 1), st.integers(0, 255)), min_size=1, max_size=30),
        st.booleans(),
    )
    def check(changes: list[tuple[int, int]], cut: bool) -> None:
        data = bytearray(letter)
        for at, byte in changes:
            data[at] = byte
        assert complete(refused(lambda: reader(bytes(data[: changes[0][0]] if cut else data))))

    check()
