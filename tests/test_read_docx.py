"""DOCX and web pages: structure, automatic numbers, notes, letters that other readers lose."""

from __future__ import annotations

import io
import zipfile

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_inputs import complete, docx, refused, zipped

from congvan.config import Config
from congvan.document import RawDocument
from congvan.errors import DamagedInput, EmptyInput, EncryptedInput, InputTooLarge, UnsupportedInput
from congvan.read import read_bytes


def of(data: bytes, config: Config | None = None) -> RawDocument:
    return read_bytes(data, "vào.docx", config or Config())


def shown(document: RawDocument) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for _, block in document.blocks()]


def p(inner: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(number: int, level: int, text: str) -> str:
    return p(r(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(n: int, form: str, pattern: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>{more}</w:lvl>'


# ---------------------------------------------------------------- text


def test_a_document_of_python_docx() -> None:
    document = python_docx.Document()
    document.add_heading("BÁO CÁO", level=1)
    document.add_paragraph("Thực hiện ").add_run("nhiệm vụ").bold = True
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Gộp"
    table.cell(1, 0).text = "Một"
    table.cell(1, 1).text = "Hai\nBa"
    document.add_paragraph("Cuối.")
    document.sections[0].footer.paragraphs[0].text = "Chân trang"
    out = io.BytesIO()
    document.save(out)
    found = of(out.getvalue())
    assert found.reader == "docx"
    assert shown(found) == [
        ("heading", "BÁO CÁO"),
        ("paragraph", "Thực hiện nhiệm vụ"),
        ("cell", "Gộp"),
        ("cell", "Một"),
        ("cell", "Hai\nBa"),
        ("paragraph", "Cuối."),
        ("running", "Chân trang"),
    ]
    blocks = [block for _, block in found.blocks()]
    assert blocks[0].level == 1
    assert [(b.table, b.row, b.column) for b in blocks[2:5]] == [(0, 0, 0), (0, 1, 0), (0, 1, 1)]
    assert [(run.text, run.bold) for run in blocks[1].runs] == [("Thực hiện ", False), ("nhiệm vụ", True)]


def test_signs_that_are_no_letters() -> None:
    body = p(
        '<w:r><w:t>nh</w:t><w:softHyphen/><w:t>ng</w:t><w:tab/><w:t>a</w:t><w:br/><w:t>15</w:t><w:noBreakHyphen/><w:t>KH</w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    )
    assert shown(of(docx(body))) == [("paragraph", "nh\xadng\ta\n15-KH\uf0fc")]


def test_insertions_stay_deletions_and_hidden_text_go() -> None:
    body = p(
        r("Giữ ")
        + f"<w:ins>{r('thêm')}</w:ins>"
        + "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{r('cũ')}</w:moveFrom>"
        + r(" ẩn", "<w:vanish/>")
        + r(" hiện", '<w:vanish w:val="0"/>')
        + f"<w:hyperlink>{r(' liên kết')}</w:hyperlink>"
    )
    assert shown(of(docx(body))) == [("paragraph", "Giữ thêm hiện liên kết")]


def test_a_field_gives_its_result_not_its_instruction() -> None:
    body = p(
        r("Trang ")
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("3")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + r(".")
    )
    assert shown(of(docx(body))) == [("paragraph", "Trang 3.")]


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{p(r('Trong hộp'))}</w:txbxContent>"
    body = p(
        f"<w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        + r("Ngoài")
    )
    assert shown(of(docx(body))) == [("paragraph", "Ngoài"), ("paragraph", "Trong hộp")]


def test_fonts_sizes_and_producer() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman"/><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="Cu"><w:rPr><w:rFonts w:ascii=".VnTime"/><w:b/></w:rPr></w:style>'
    )
    body = p(r("moi")) + p(r("cò") + r("x", '<w:b w:val="0"/><w:sz w:val="20"/>'), '<w:pStyle w:val="Cu"/>')
    document = of(docx(body, styles=styles))
    runs = [run for _, block in document.blocks() for run in block.runs]
    names = [document.fonts[run.font].name for run in runs]
    assert names == ["Times New Roman", ".VnTime", ".VnTime"]
    assert [(run.size, run.bold) for run in runs] == [(14.0, False), (14.0, True), (10.0, False)]
    assert document.producer == "Microsoft Office Word 16.0000"


# ---------------------------------------------------------------- automatic numbers


def test_automatic_numbers_are_text() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{level(0, "upperRoman", "%1.")}{level(1, "decimal", "%1.%2.", "<w:isLgl/>")}{level(2, "lowerLetter", "%3)")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="8">{level(0, "bullet", "-")}{level(1, "bullet", "&#xF0B7;")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>'
    )
    body = "".join(
        [
            numbered(1, 0, "Một"),
            numbered(1, 1, "Hai"),
            numbered(1, 1, "Ba"),
            numbered(1, 2, "Bốn"),
            numbered(3, 0, "gạch"),
            numbered(3, 1, "chấm"),
            numbered(1, 0, "Năm"),
            numbered(1, 1, "Sáu"),
            numbered(2, 0, "Bảy"),
            numbered(0, 0, "Tám"),
        ]
    )
    document = of(docx(body, numbering=numbering))
    assert [text for _, text in shown(document)] == [
        "I. Một",
        "1.1. Hai",
        "1.2. Ba",
        "a) Bốn",
        "- gạch",
        "• chấm",
        "II. Năm",
        "2.1. Sáu",
        "V. Bảy",
        "Tám",
    ]
    first = document.pages[0].blocks[0].runs
    assert [(run.origin, run.text) for run in first] == [("label", "I. "), ("body", "Một")]


def test_a_heading_style_numbers_its_paragraphs() -> None:
    numbering = f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "Điều %1.", "<w:pStyle w:val=&quot;D&quot;/>".replace("&quot;", chr(34)))}</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>'
    styles = '<w:style w:type="paragraph" w:styleId="D"><w:name w:val="heading 3"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
    body = p(r("Phạm vi"), '<w:pStyle w:val="D"/>') + p(r("Đối tượng"), '<w:pStyle w:val="D"/>')
    document = of(docx(body, numbering=numbering, styles=styles))
    assert shown(document) == [("heading", "Điều 1. Phạm vi"), ("heading", "Điều 2. Đối tượng")]
    assert document.pages[0].blocks[0].level == 3


def test_letters_and_roman_numerals_far_out() -> None:
    from congvan.read.docx_numbering import letters, roman

    assert [letters(n) for n in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]
    assert [roman(n) for n in (4, 19, 1994, 0)] == ["iv", "xix", "mcmxciv", "0"]


# ---------------------------------------------------------------- notes, tables, running heads


def test_notes_are_numbered_as_word_draws_them() -> None:
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    ref = f'<w:r>{raised}<w:t>(</w:t></w:r><w:r>{raised}<w:footnoteReference w:id="{{}}"/></w:r><w:r>{raised}<w:t>)</w:t></w:r>'
    footnotes = "".join(
        f'<w:footnote w:id="{n}">{p("<w:r><w:footnoteRef/></w:r>" + r(text))}</w:footnote>'
        for n, text in ((9, " Luật số 5"), (3, " Nghị định 7"))
    )
    body = p(r("Theo luật") + ref.format(3) + r(" và") + ref.format(9) + r("."))
    document = of(docx(body, footnotes=footnotes))
    assert shown(document) == [
        ("paragraph", "Theo luật(1) và(2)."),
        ("footnote", "1 Nghị định 7"),
        ("footnote", "2 Luật số 5"),
    ]
    blocks = document.pages[0].blocks
    assert [(run.origin, run.text) for run in blocks[0].runs][1] == ("sup", "(1)")
    assert [block.note_ref for block in blocks] == [None, "1", "2"]


def test_merged_cells_come_once_and_nested_tables_after_their_table() -> None:
    def cell(content: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"

    nested = f"<w:tbl><w:tr>{cell(p(r('trong')))}</w:tr></w:tbl>"
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (
        p(r("trước"))
        + f"<w:tbl><w:tr>{cell(p(r('A')), down)}{cell(p(r('B')), '<w:gridSpan w:val=' + chr(34) + '2' + chr(34) + '/>')}</w:tr>"
        + f"<w:tr>{cell(p(''), on)}{cell(p(r('C')) + nested + p(''))}{cell(p(r('D')))}</w:tr></w:tbl>"
        + p(r("sau"))
    )
    found = [(b.kind, b.text, b.table, b.row, b.column) for _, b in of(docx(body)).blocks()]
    assert found == [
        ("paragraph", "trước", None, None, None),
        ("cell", "A", 0, 0, 0),
        ("cell", "B", 0, 0, 1),
        ("cell", "C", 0, 1, 1),
        ("cell", "D", 0, 1, 2),
        ("cell", "trong", 1, 0, 0),
        ("paragraph", "sau", None, None, None),
    ]


def test_heads_and_feet_are_running() -> None:
    document = of(docx(p(r("thân")), header1=p(r("đầu")), footer1=p(r("chân"))))
    assert shown(document) == [("running", "đầu"), ("paragraph", "thân"), ("running", "chân")]


# ---------------------------------------------------------------- what is no DOCX, or a bad one


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}, "Excel"),
        ({"ppt/presentation.xml": "<a/>", "[Content_Types].xml": "<a/>"}, "PowerPoint"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, "OpenDocument"),
        ({"mimetype": "application/epub+zip", "META-INF/container.xml": "<a/>"}, "EPUB"),
        ({"META-INF/MANIFEST.MF": "x"}, "Java"),
        ({"a.txt": "x", "b.txt": "y"}, "2 files"),
        ({}, "empty ZIP"),
    ],
)
def test_other_zips_are_named(files: dict[str, str | bytes], word: str) -> None:
    with pytest.raises(UnsupportedInput) as caught:
        of(zipped(files))
    assert word in caught.value.message
    assert "vào.docx" in caught.value.message


def test_a_truncated_docx_is_damaged() -> None:
    with pytest.raises(DamagedInput, match=r"vào\.docx"):
        of(docx(p(r("x" * 5000)))[:-60])


def test_a_docx_with_broken_xml_is_damaged() -> None:
    with pytest.raises(DamagedInput, match=r"word/document\.xml"):
        of(docx(p("<w:r>")))


def test_an_encrypted_office_file_needs_its_password() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(99)
    with pytest.raises(EncryptedInput, match="password"):
        of(data)


def test_a_docx_without_text_is_empty() -> None:
    with pytest.raises(EmptyInput):
        of(docx(p("")))


def test_a_packed_bomb_is_refused_before_it_is_unpacked() -> None:
    data = docx(p(r("a" * 20_000_000)))
    assert len(data) < 100_000
    with pytest.raises(InputTooLarge, match="unpack"):
        of(data)


def test_entities_do_not_expand() -> None:
    lol = '<!DOCTYPE d [<!ENTITY a "BOMBOM"><!ENTITY b "&a;&a;">]>'
    text = docx(p(r("&amp;b;")))
    with zipfile.ZipFile(io.BytesIO(text)) as archive:
        files: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    files["word/document.xml"] = lol.encode() + bytes(files["word/document.xml"]).replace(b"&amp;b;", b"an &b; toan")
    try:
        text_found = "".join(text for _, text in shown(of(zipped(files))))
    except DamagedInput:
        return
    assert "BOMBOM" not in text_found


_GOOD = docx(p(r("Ủy ban nhân dân")) + p(r("tỉnh")), header1=p(r("đầu")))


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(_GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_mutated_documents_raise_nothing_but_our_errors(changes: list[tuple[int, int]]) -> None:
    data = bytearray(_GOOD)
    for at, byte in changes:
        data[at] = byte
    assert complete(refused(lambda: of(bytes(data))))


# ---------------------------------------------------------------- web pages


def page(body: str, head: str = '<meta charset="utf-8">') -> RawDocument:
    return of(f"<!DOCTYPE html><html><head>{head}<title>Tên</title></head><body>{body}</body></html>".encode())


def test_blocks_of_a_web_page() -> None:
    document = page(
        "<nav>menu</nav><script>x()</script><h2>QUYẾT\n   ĐỊNH</h2>lời <i>dẫn</i>"
        "<p> Căn  cứ <b>Luật </b> số&nbsp;5<sup>(1)</sup>;<br>\n dòng hai &amp; ba </p><p style='display: none'>ẩn</p><p>&nbsp;</p>"
    )
    assert document.reader == "html"
    assert shown(document) == [
        ("heading", "QUYẾT ĐỊNH"),
        ("paragraph", "lời dẫn"),
        ("paragraph", "Căn cứ Luật số\xa05(1);\ndòng hai & ba"),
    ]
    runs = document.pages[0].blocks[2].runs
    assert [(run.text, run.origin, run.bold) for run in runs][:4] == [
        ("Căn cứ ", "body", False),
        ("Luật ", "body", True),
        ("số\xa05", "body", False),
        ("(1)", "sup", False),
    ]


def test_list_items_carry_the_marks_that_a_browser_draws() -> None:
    document = page(
        "<ol type=a><li>Một<li>Hai<ul><li>con</ul><li value=5>Ba</ol><ol start=3><li>Bốn</ol>"
        "<ul style='list-style:none'><li>Năm</ul><ul><li>- Sáu</ul>"
    )
    assert [text for _, text in shown(document)] == ["a. Một", "b. Hai", "- con", "e. Ba", "3. Bốn", "Năm", "- Sáu"]
    assert document.pages[0].blocks[0].runs[0].origin == "label"


def test_spans_of_a_table_move_the_cells_beside_them() -> None:
    document = page(
        "<table><tr><td rowspan=2>A<td colspan=2><p>B</p><p>C</p><tr><td>D<td>E<table><tr><td>in</table><tr><td>F</table>sau"
    )
    found = [(b.text, b.table, b.row, b.column) for _, b in document.blocks()]
    assert found == [
        ("A", 0, 0, 0),
        ("B\nC", 0, 0, 1),
        ("D", 0, 1, 1),
        ("E", 0, 1, 2),
        ("F", 0, 2, 0),
        ("in", 1, 0, 0),
        ("sau", None, None, None),
    ]


def test_charset_of_a_page() -> None:
    body = "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1258'></head><body>{}</body></html>"
    assert shown(of(body.format("nhân dân đô").encode("cp1258")))[0][1] == "nhân dân đô"
    assert shown(of(body.format("Ủy ban").encode()))[0][1] == "Ủy ban"  # says cp1258, is UTF-8
    assert (
        shown(of(b"<html><body>" + b"Vi\xea\xf2t Nam, nh\xe2n d\xe2n" + b"</body></html>"))[0][1]
        == "Viê\u0323t Nam, nhân dân"
    )


def test_fonts_of_a_page_reach_the_runs() -> None:
    document = page(
        "<p style='font-family:\".VnTime\";font-size:14.0pt'>Céng hßa</p><font face='VNI-Times, serif'>Coäng</font>"
    )
    runs = [run for _, block in document.blocks() for run in block.runs]
    assert [document.fonts[run.font].name for run in runs] == [".VnTime", "VNI-Times"]
    assert runs[0].size == 14.0


def test_notes_of_a_page_saved_by_word() -> None:
    document = page("<p>Luật<a href='#_ftn1'><sup>[1]</sup></a></p><div id=ftn1><p><sup>[1]</sup> Số 5.</p></div>")
    assert [(b.kind, b.note_ref, b.text) for _, b in document.blocks()] == [
        ("paragraph", None, "Luật[1]"),
        ("footnote", "1", "[1] Số 5."),
    ]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "</table>",
                "<tr>",
                "<td rowspan=9 colspan=3>",
                "</td>",
                "<ol>",
                "<li>",
                "</ol>",
                "<sup>",
                "</sup>",
                "<br>",
                "<h1>",
                "x",
                " ",
                "\n",
                "<nav>",
                "</nav>",
                "<!--",
                "-->",
                "&amp",
                "\0",
            ]
        ),
        max_size=60,
    )
)
def test_any_soup_of_tags_raises_nothing_but_our_errors(soup: list[str]) -> None:
    assert complete(refused(lambda: of(("<html>" + "".join(soup)).encode())))


def test_a_deeply_nested_page_is_read_as_deep_as_the_parser_goes() -> None:
    assert shown(of(b"<html>" + b"<div>" * 1_500 + b"x")) == [("paragraph", "x")]
    document = of(b"<html><p>Tren" + b"<div>" * 5_000 + b"x")
    assert shown(document) == [("paragraph", "Tren")]
    assert [p.category for p in document.problems] == ["too-deep"]


def test_a_page_too_deep_to_be_read_says_so() -> None:
    with pytest.raises(InputTooLarge, match="nests its elements too deeply") as caught:
        of(("<html><body>" + "<div>" * 3000 + "đáy" + "</div>" * 3000 + "</body></html>").encode())
    assert caught.value.hint


# ---------------------------------------------------------------- numbers that no program writes


def columns(document: RawDocument) -> list[tuple[int | None, int | None, str]]:
    return [(b.row, b.column, b.text) for _, b in document.blocks() if b.kind == "cell"]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"


def test_spans_of_a_word_table_stay_within_its_63_columns() -> None:
    huge = cell("a", '<w:gridSpan w:val="1000000000"/>') + cell("b", '<w:gridSpan w:val="-7"/>') + cell("c")
    shifted = '<w:trPr><w:gridBefore w:val="{}"/></w:trPr>'
    rows = [huge, shifted.format(-5) + cell("d"), shifted.format(10**9) + cell("e"), shifted.format(2) + cell("f")]
    found = of(docx("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"))
    assert columns(found) == [(0, 0, "a"), (0, 63, "b"), (0, 64, "c"), (1, 0, "d"), (2, 63, "e"), (3, 2, "f")]


def test_spans_of_a_web_table_stay_within_63_columns() -> None:
    row = "".join(f"<td colspan=1000 rowspan=2>{i}</td>" for i in range(4))
    found = of(f"<html><body><table><tr>{row}</tr><tr><td>x</td></tr></table></body></html>".encode())
    assert columns(found) == [(0, 0, "0"), (0, 63, "1"), (0, 64, "2"), (0, 65, "3"), (1, 63, "x")]


def test_a_word_table_is_as_before_within_the_limits() -> None:
    row = cell("a", '<w:gridSpan w:val="3"/>') + cell("b")
    assert columns(of(docx(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"))) == [(0, 0, "a"), (0, 3, "b")]


@pytest.mark.parametrize("number", ["D800", "DFFF", "0", "1F", "110000", "-1", "x"])
def test_a_symbol_that_is_no_character_is_left_out(number: str) -> None:
    body = p(r("a") + f'<w:r><w:sym w:font="Symbol" w:char="{number}"/></w:r>' + r("b"))
    assert shown(of(docx(body))) == [("paragraph", "ab")]


def test_half_a_character_becomes_a_replacement_character_and_a_problem() -> None:
    page = b"<html><head><meta charset=raw_unicode_escape></head><body><p>a\\ud800b \xff</p></body></html>"
    found = of(page)
    assert shown(found) == [("paragraph", "a\ufffdb \xff")]
    assert [problem.category for problem in found.problems] == ["invalid-characters"]


def test_no_reader_lets_half_a_character_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congvan.read.docx_body._SIGNS", {"tab": "\udc00\ud800"})
    found = of(docx(p("<w:r><w:t>a</w:t><w:tab/></w:r>")))
    assert shown(found) == [("paragraph", "a\ufffd\ufffd")]
    assert [problem.category for problem in found.problems] == ["invalid-characters"]


def test_a_zip_with_a_password() -> None:
    data = bytearray(docx(p(r("x"))))
    for start, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flags in both heads of each entry
        at = data.find(start)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(start, at + 4)
    with pytest.raises(EncryptedInput, match="password") as caught:
        of(bytes(data))
    assert caught.value.hint
