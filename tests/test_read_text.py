"""Encodings, sniffing and Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_inputs import complete, refused

from congvan.config import Config
from congvan.document import Block, RawDocument
from congvan.errors import CongvanError, UnsupportedInput
from congvan.read import read, read_bytes
from congvan.read.sniff import DOCX, HTML, MARKDOWN, PDF, PLAIN, sniff

TEXT = (
    "Ủy ban nhân dân tỉnh\r\nyêu cầu các sở, ngành;\n\n đẩy mạnh “cải cách” – năm 2024.\f\nTrang hai: ĂÂĐÊÔƠƯ ẵ ỹ ợ\n"
)


def of(data: bytes) -> RawDocument:
    return read_bytes(data, "vào.bin", Config())


def shown(document: RawDocument) -> list[tuple[str, str]]:
    """Kind and text of every block."""
    return [(block.kind, block.text) for _, block in document.blocks()]


def only(document: RawDocument) -> Block:
    ((_, block),) = document.blocks()
    return block


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("utf-32-be", b"\0\0\xfe\xff"),
        ("utf-32-le", b""),
        ("utf-32-be", b""),
    ],
)
def test_unicode_comes_back_to_the_character(encoding: str, bom: bytes) -> None:
    document = of(bom + TEXT.encode(encoding))
    assert only(document).text == TEXT
    assert only(document).kind == "text"
    assert document.reader == "text"
    assert document.problems == ()
    assert document.paged is False


def test_decomposed_and_control_characters_are_left_to_repair() -> None:
    damaged = "cu\u0309a n\u0004m 2023 \x11ồng, tr°ờng, <Quyết \x12ịnh="
    assert only(of(damaged.encode())).text == damaged


def test_cp1258_gives_letters_and_tone_marks() -> None:
    # Ủy ban: U + hook D2; nhân: â E2; việt: ê EA + dot F2; đường: đ F0, ư FD, ơ F5 + grave CC
    data = b"U\xd2y ban nh\xe2n d\xe2n, n\xfd\xf5\xccc Vi\xea\xf2t Nam, \xf0\xfd\xf5\xccng\n"
    document = of(data)
    assert only(document).text == "U\u0309y ban nhân dân, nươ\u0300c Viê\u0323t Nam, đươ\u0300ng\n"
    assert document.problems == ()


def test_tcvn3_bytes_come_as_windows_shows_them() -> None:
    document = of("Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp\n".encode("cp1252"))
    assert only(document).text == "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp\n"
    assert [p.category for p in document.problems] == ["encoding-guessed"]


def test_french_is_not_taken_for_vietnamese() -> None:
    text = "Où est l'élève ? Il a été reçu à l'école, ça ira : île, août, Noël.\n"
    assert only(of(text.encode("cp1252"))).text == text


def test_italian_is_not_taken_for_vietnamese() -> None:
    text = "Tutto ciò che si può fare, signor Rossi.\n"
    assert only(of(text.encode("cp1252"))).text == text


def test_stray_bytes_in_utf8_become_replacement_characters_and_a_problem() -> None:
    data = "Ủy ban nhân dân tỉnh giao Sở Tài chính".encode().replace("tỉnh".encode(), b"t\xff\xfenh")
    document = of(data)
    assert only(document).text == "Ủy ban nhân dân t\ufffd\ufffdnh giao Sở Tài chính"
    assert [p.category for p in document.problems] == ["invalid-bytes"]


def test_text_cut_inside_its_last_letter_is_still_utf8() -> None:
    data = ("Ủy ban nhân dân tỉnh " * 3 + "ủ").encode()[:-1]
    assert only(of(data)).text == "Ủy ban nhân dân tỉnh " * 3 + "\ufffd"


# ---------------------------------------------------------------- kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Điều 1. Phạm vi\n# ghi chú\n* một\n---\n5 * 3 = 15\n", PLAIN),
        ("Điều 1 | Điều 2\n- một\n+ hai\n1. ba\n", PLAIN),
        ("x < 5 và y > 3; <Quyết định= số 5\n", PLAIN),
        ("(*) Ghi chú ** xem dưới\n**\n", PLAIN),
        ("## **BÁO CÁO**\n\nVăn bản\n", MARKDOWN),
        ("# QUYẾT ĐỊNH\n\nĐiều 1.\n", MARKDOWN),
        ("Số liệu\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", MARKDOWN),
        ("Theo **luật** và nghị quyết<sup>(1)</sup>\n", MARKDOWN),
        ("<!DOCTYPE html>\n<html><body>x</body></html>", HTML),
        ("\n <!-- c --> <HTML><p>x", HTML),
        ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", HTML),
        ("<div class=a><p>Một</p></div>", HTML),
    ],
)
def test_kind_by_content(text: str, kind: str) -> None:
    assert sniff(text.encode()) == kind


def test_a_web_page_in_utf16_is_a_web_page() -> None:
    assert sniff("<html><body>Ủy ban</body></html>".encode("utf-16")) == HTML


def test_pictures_are_told_by_their_first_bytes() -> None:
    assert sniff(b"\x89PNG\r\n\x1a\n" + bytes(50)) == "image/png"
    assert sniff(b"\xff\xd8\xff\xe0" + bytes(50)) == "image/jpeg"
    assert {sniff(start + bytes(50)) for start in (b"II*\0", b"MM\0*")} == {"image/tiff"}


def test_media_types_are_the_registered_names() -> None:
    assert (PLAIN, PDF) == ("text/plain", "application/pdf")
    assert DOCX.endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"GIF89a" + bytes(50), "GIF"),
        (b"\x1f\x8b\x08" + bytes(50), "gzip"),
        (b"%!PS-Adobe-3.0\n", "PostScript"),
        (b"<?xml version='1.0'?><congvan/>", "XML"),
        (b"From: a@b.vn\nMIME-Version: 1.0\n\nx", "e-mail"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99) + "PowerPoint Document".encode("utf-16-le"), ".ppt"),
        (bytes(400), "neither text"),
        (bytes(range(256)) * 8, "neither text"),
    ],
)
def test_other_formats_are_named(data: bytes, word: str) -> None:
    with pytest.raises(UnsupportedInput) as caught:
        sniff(data, "tệp.bin")
    assert word in caught.value.message
    assert "tệp.bin" in caught.value.message
    assert caught.value.hint


PDF_START = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF_START, PDF),
        (b"\xef\xbb\xbf\r\n " + PDF_START, PDF),
        (b"\x00\x05\x16\x07mail\n" + PDF_START, PDF),
        (b"\xde\xad\xbe\xef" + PDF_START, PDF),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + PDF_START, PDF),
        (b"junk " + PDF_START + bytes(range(256)) * 4, PDF),
        ("Tệp bắt đầu bằng %PDF-1.4 là tệp PDF; endobj.\n".encode(), PLAIN),
        ("Ghi chú về định dạng:\n%PDF-1.4\nlà dòng đầu của tệp.\n".encode(), PLAIN),
        (("x" * 1000 + "\n").encode() * 2 + PDF_START, PLAIN),
    ],
)
def test_a_pdf_begins_with_its_signature_and_a_text_may_mention_it(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"\x93\xa1K\xfe\x80\x05z\xd9",
        b"\xc4 a\xe9 \xb2 o\xf1 \xd0 e\xfa",
        b"k\x0eX2\x1bq>d",
        b"a\0b\x07cd\0x",
    ],
)
def test_a_few_random_bytes_are_no_text(data: bytes) -> None:
    with pytest.raises(UnsupportedInput):
        of(data)


@pytest.mark.parametrize(
    "data",
    [b"Kon Tum", "Tỉnh".encode(), "Kon Tum\n".encode("utf-16"), "Quyết \x12ịnh".encode(), b"a\tb\r\n\f"],
)
def test_a_short_text_is_text(data: bytes) -> None:
    assert of(data).reader == "text"


@settings(max_examples=150, deadline=None)
@given(st.binary(min_size=200, max_size=3000))
def test_random_bytes_raise_nothing_but_our_errors(data: bytes) -> None:
    assert complete(refused(lambda: of(data)))


# whatever prose is made of: letters, marks, digits, punctuation, line ends
_PROSE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"], include_characters="\n"))


@settings(max_examples=100, deadline=None)
@given(_PROSE)
def test_any_prose_that_is_read_as_text_comes_back_exactly(text: str) -> None:
    try:
        document = of(text.encode())
    except CongvanError:
        return
    if document.reader == "text":
        assert only(document).text == text.removeprefix("\ufeff")


def test_the_seeds_are_four_texts_and_one_markdown(shared) -> None:
    found = [read(path, Config()).reader for path in sorted((shared / "seeds").glob("*.txt"))]
    assert found == ["text", "text", "text", "text", "markdown"]


def test_seed_004_has_its_notes_out_of_the_text(shared) -> None:
    document = read(next((shared / "seeds").glob("004*")), Config())
    notes = [block.note_ref for _, block in document.blocks() if block.kind == "footnote"]
    assert notes == ["1", "2", "3", "4"]
    text = "\n".join(text for _, text in shown(document))
    assert "**" not in text
    assert "<sup>" not in text
    marks = [run.text for _, block in document.blocks() for run in block.runs if run.origin == "sup"]
    assert sorted(set(marks)) == ["(1)", "(2)", "(3)", "(4)"]


# ---------------------------------------------------------------- Markdown


def md(text: str) -> list[tuple[str, str]]:
    return shown(of(("# T\n\n" + text + "\n").encode()))[1:]


def styles(text: str) -> list[tuple[str, bool, bool]]:
    document = of(("# T\n\n" + text + "\n").encode())
    return [(r.text, r.bold, r.italic) for _, b in list(document.blocks())[1:] for r in b.runs]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**a** và *b*", [("a", True, False), (" và ", False, False), ("b", False, True)]),
        ("***b. Kết quả***", [("b. Kết quả", True, True)]),
        (r"**\* Đánh giá:** Giảm", [("* Đánh giá:", True, False), (" Giảm", False, False)]),
        ("**Đánh giá:**Giảm", [("Đánh giá:", True, False), ("Giảm", False, False)]),
        ("_(Kèm theo Quyết định)_", [("(Kèm theo Quyết định)", False, True)]),
        ("**a****b**", [("ab", True, False)]),
        ("**a _b_ c**", [("a ", True, False), ("b", True, True), (" c", True, False)]),
        ("*mở mà không đóng", [("*mở mà không đóng", False, False)]),
        ("đóng mà không mở**", [("đóng mà không mở**", False, False)]),
        ("5 * 3 * 2 và 5*3*2", [("5 * 3 * 2 và 5*3*2", False, False)]),
        ("Sở Tài chính(*) và đơn vị(*)", [("Sở Tài chính(*) và đơn vị(*)", False, False)]),
        ("tên_tệp_dài", [("tên_tệp_dài", False, False)]),
        ("Họ tên: ________", [("Họ tên: ________", False, False)]),
        (r"1\. Về kinh tế \- xã hội", [("1. Về kinh tế - xã hội", False, False)]),
        ("a &amp; b &lt;c&gt; R&D", [("a & b <c> R&D", False, False)]),
        ("<Quyết định= số 5", [("<Quyết định= số 5", False, False)]),
        ("xem [Nghị định](http://x.vn/a) ![](p.png)này", [("xem Nghị định này", False, False)]),
        ("một<br>hai<br/>ba", [("một\nhai\nba", False, False)]),
    ],
)
def test_inline_markup(source: str, expected: list[tuple[str, bool, bool]]) -> None:
    assert styles(source) == expected


def test_list_marks_stay_and_every_item_is_a_paragraph() -> None:
    assert md("- một\n- hai\n  tiếp\n+ ba\n1. bốn\n\n    + năm") == [
        ("paragraph", "- một"),
        ("paragraph", "- hai\ntiếp"),
        ("paragraph", "+ ba"),
        ("paragraph", "1. bốn"),
        ("paragraph", "+ năm"),
    ]


def test_headings_rules_and_quotes() -> None:
    assert md("## **I. MỘT** ##\ndưới\n---\n> trích\n\n#không phải\n***\ncuối") == [
        ("heading", "I. MỘT"),
        ("paragraph", "dưới"),
        ("paragraph", "trích"),
        ("paragraph", "#không phải"),
        ("paragraph", "cuối"),
    ]


def test_a_greater_than_sign_inside_a_line_is_no_quotation() -> None:
    assert md("tỷ lệ > 5% và <sup>(1)</sup> > 3") == [("paragraph", "tỷ lệ > 5% và (1) > 3")]


def test_a_table_becomes_cells() -> None:
    document = of("| Chỉ tiêu | **Năm** |\n|:--|--:|\n| a \\| b | 5 |\n| c | |\n\nsau".encode())
    cells = [(b.row, b.column, b.table, b.text) for _, b in document.blocks() if b.kind == "cell"]
    assert cells == [
        (0, 0, 0, "Chỉ tiêu"),
        (0, 1, 0, "Năm"),
        (1, 0, 0, "a | b"),
        (1, 1, 0, "5"),
        (2, 0, 0, "c"),
        (2, 1, 0, ""),
    ]
    assert shown(document)[-1] == ("paragraph", "sau")


def test_notes_follow_a_rule_or_a_mark() -> None:
    text = (
        "Theo luật<sup>(1)</sup> và<sup>2</sup>.\n\n---\n\n<sup>(1)</sup> Luật số 5.\n\n<sup>2</sup> Số 6.\n\nTiếp tục."
    )
    document = of(("## A\n\n" + text).encode())
    found = [(b.kind, b.note_ref, b.text) for _, b in document.blocks()]
    assert found == [
        ("heading", None, "A"),
        ("paragraph", None, "Theo luật(1) và2."),
        ("footnote", "1", "(1) Luật số 5."),
        ("footnote", "2", "2 Số 6."),
        ("paragraph", None, "Tiếp tục."),
    ]


def test_a_long_line_of_stars_takes_no_quadratic_time() -> None:
    text = "# T\n\n" + "*a _b **c " * 30_000
    assert len(of(text.encode()).pages[0].blocks) == 2
