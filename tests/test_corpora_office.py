"""Office, web and Markdown renderings of generated files: every character of the file is there, in reading order."""

from __future__ import annotations

import importlib.util
import io
import os
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pdfplumber
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from lxml import etree, html

from corpora.generator.example import example
from corpora.generator.model import (
    Block,
    Cell,
    Document,
    File,
    Letterhead,
    Line,
    Node,
    PageBreak,
    Paragraph,
    Run,
    Table,
    Title,
    node,
)
from corpora.generator.render import pdf_office
from corpora.generator.render.markdown import Dialect, markdown
from corpora.generator.render.pdf_office import office_pdfs
from corpora.generator.render.pdf_web import weasyprint_pdf
from corpora.generator.render.peers import FAMILIES, Missing, family
from corpora.generator.render.shape import grid, marks, parts, stands_centred
from corpora.generator.render.web import print_page, web_page
from corpora.generator.render.word import docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROOT = Path(__file__).parents[1]

needs_office = pytest.mark.skipif(
    which("soffice") is None, reason="LibreOffice (libreoffice-writer-nogui) is not there"
)
needs_weasyprint = pytest.mark.skipif(importlib.util.find_spec("weasyprint") is None, reason="no weasyprint")


def bundle() -> File:
    """A decision of several pages with footnotes and a long table, and a plan that counts footnotes from (1) again."""
    (letter,) = example().documents
    head, ending = letter.blocks[0], letter.blocks[6]
    return File("bundle", (_decision(head, ending), _plan(head, ending)), {"seed": 1})


def _mark(n: int, text: str) -> Node:
    return Node((f"({n})",), note=node(text))


def _decision(head: Block, ending: Block) -> Document:
    body = [
        Paragraph(
            "item",
            node(
                f"{n}. ",
                node("Sở Nội vụ", bold=True),
                *words,
                ", <b>ít hơn</b> < 5% & * _ | trước ngày 30/6/2024; " * 3,
            ),
            marker=f"{n}.",
        )
        for n in range(1, 31)
        for words in ([_mark(n // 10, f"Nghị quyết số {n}/NQ-HĐND.")] if n % 10 == 0 else [""],)
    ]
    top = (
        Cell(node("TT"), rows=2, bold=True),
        Cell(node("Dự án", _mark(4, "Chưa tính vốn khác.")), rows=2, bold=True),
        Cell(node("Vốn | nguồn"), columns=2, bold=True),
    )
    rows = [top, (Cell(node("Tỉnh")), Cell(node("Trung ương")))]
    for n in range(1, 41, 2):
        rows.append((Cell(node(str(n)), rows=2), *(Cell(node(f"{n}.{k}00"), align="right") for k in (1, 2, 3))))
        rows.append(tuple(Cell(node(f"{n}.{k}50")) for k in (1, 2, 3)))
    rows.append((Cell(node("Tổng cộng"), columns=2, bold=True), Cell(node("1")), Cell(node(""))))
    addressees = (Paragraph("addressee", node(t)) for t in ("Kính gửi:", "- Sở Tài chính;", "- Sở Nội vụ."))
    enact = Paragraph("enact", node("QUYẾT ĐỊNH:"))
    annex = Title((Line(node("PHỤ LỤC"), bold=True, rule=True),))
    table = Table(tuple(rows), (0.1, 0.5, 0.2, 0.2), head=2)
    last = (PageBreak(), Paragraph("body", node("Dòng một\nDòng hai")))
    blocks = (head, *addressees, enact, *body, ending, PageBreak(landscape=True), annex, table, *last)
    return Document(blocks, {})


def _plan(head: Block, ending: Block) -> Document:
    items = (Paragraph("body", node("Tổ chức thực hiện", _mark(1, "Số liệu tạm tính."), ".")),)
    return Document((head, Title((Line(node("KẾ HOẠCH"), bold=True),)), *items, ending), {})


FILES = {"example": example(), "bundle": bundle()}
files = pytest.mark.parametrize("file", FILES.values(), ids=FILES.keys())


def packed(text: str) -> str:
    return "".join(text.replace("\xa0", " ").split())


def body(file: File) -> str:
    return packed("".join(leaf.text.text for leaf in file.leaves() if leaf.role != "footnote"))


def foot(file: File) -> list[str]:
    return [packed(leaf.text.text) for leaf in file.leaves() if leaf.role == "footnote"]


def test_covered_places_of_a_table_are_found() -> None:
    table = Table(
        ((Cell(node("a"), rows=2, columns=2), Cell(node("b"))), (Cell(node("c")),), (Cell(node("d"), columns=3),)),
        (0.2, 0.4, 0.4),
    )
    shown = [[(p.cell.text.text, p.column, p.top) for p in row] for row in grid(table)]
    assert shown == [[("a", 0, True), ("b", 2, True)], [("a", 0, False), ("c", 2, True)], [("d", 0, True)]]


def test_one_addressee_stands_in_the_middle_and_a_list_does_not() -> None:
    assert stands_centred(example().documents[0].blocks, 1)
    blocks = bundle().documents[0].blocks
    assert [stands_centred(blocks, n) for n in range(1, 6)] == [False, False, False, True, False]


def test_sheets_turn_at_page_breaks() -> None:
    assert [part.landscape for part in parts(bundle().documents[0])] == [False, True, False]


@files
@pytest.mark.parametrize("columns", [False, True])
def test_markdown_has_all_characters(file: File, columns: bool) -> None:
    text = markdown(file, Dialect(columns, repeated=False)).decode()
    letter, _, notes = text.partition("\n---\n")
    assert rendered(letter) == body(file)
    assert [packed(line.partition("</sup>")[2].replace("*", "")) for line in notes.split("\n\n") if line] == foot(file)


def rendered(text: str) -> str:
    """What a reader of Markdown sees; list marks are part of the text in these documents, and stay."""
    for sign in ("**", "# ", "#", "<sup>", "</sup>", "<br>"):
        text = text.replace(sign, "")
    lines = [line for line in text.splitlines() if not line.startswith("|---")]
    cells = "".join(line.strip("|").replace(" | ", "") if line.startswith("|") else line for line in lines)
    plain = cells.replace("\\*", "\0").replace("*", "").replace("\0", "*").replace("\\", "")
    return packed(plain.replace("&lt;", "<"))


def test_markdown_repeats_merged_cells_in_one_dialect() -> None:
    lines = markdown(example(), Dialect(columns=True, repeated=True)).decode().splitlines()
    assert "| **TT** | **Chủ đầu tư** | **Kế hoạch vốn** | **Kế hoạch vốn** |" in lines
    assert "| **TT** | **Chủ đầu tư** | **Ngân sách tỉnh** | **Ngân sách trung ương** |" in lines
    assert len({markdown(example(), Dialect(a, b)) for a in (False, True) for b in (False, True)}) == 4


@files
def test_web_page_has_all_characters(file: File) -> None:
    (article,) = html.document_fromstring(web_page(file).decode()).xpath("//article")
    notes = article.xpath("div[@class='footnotes']")[0]
    article.remove(notes)
    assert packed(article.text_content()) == body(file)
    assert [packed(n.text_content()) for n in notes] == [packed(m) + packed(note.text) for m, note in marks(file)]


def test_web_page_keeps_merged_cells() -> None:
    (head,) = html.document_fromstring(web_page(example()).decode()).xpath("//thead")
    assert [(c.get("rowspan"), c.get("colspan")) for c in head.xpath("tr[1]/td")] == [("2", None)] * 2 + [(None, "2")]


@files
def test_print_page_has_all_characters(file: File) -> None:
    page = html.document_fromstring(print_page(file, "Tinos"))
    notes = page.xpath("//span[@class='note']")
    assert [packed(n.text_content()) for n in notes] == foot(file)
    for n in notes:
        for child in n:
            n.remove(child)
        n.text = n.get("data-mark")
    assert packed(page.find("body").text_content()) == body(file)


@files
def test_word_file_has_all_characters(file: File) -> None:
    made = zipfile.ZipFile(io.BytesIO(docx(file)))
    assert packed("".join(spoken(made, "word/document.xml"))) == body(file)
    notes = etree.fromstring(made.read("word/footnotes.xml"))
    assert [packed("".join(n.itertext())) for n in notes if not n.get(f"{W}type")] == foot(file)


def spoken(made: zipfile.ZipFile, part: str) -> Iterator[str]:
    """The text of a part, with the numbers of footnotes as Word counts them."""
    counted = 0
    for e in etree.fromstring(made.read(part)).iter(f"{W}t", f"{W}footnoteReference"):
        if e.tag == f"{W}t":
            yield e.text or ""
        elif not e.get(f"{W}customMarkFollows"):
            yield str(counted := counted + 1)


def test_word_file_has_sections_heads_and_merged_cells() -> None:
    made = zipfile.ZipFile(io.BytesIO(docx(bundle())))
    text = etree.fromstring(made.read("word/document.xml"))
    sheets = [
        (s.find(f"{W}pgSz").get(f"{W}orient"), s.find(f"{W}titlePg") is not None) for s in text.iter(f"{W}sectPr")
    ]
    assert sheets == [(None, True), ("landscape", False), (None, False), (None, True)]
    assert len(list(text.iter(f"{W}tblHeader"))) == 2
    assert len(list(text.iter(f"{W}gridSpan"))) == 2
    assert sum(e.get(f"{W}val") == "restart" for e in text.iter(f"{W}vMerge")) == 22
    assert b" PAGE " in made.read("word/header1.xml") + made.read("word/header2.xml")


def test_word_file_takes_text_and_fonts_of_legacy_documents() -> None:
    def recode(run: Run) -> tuple[str, str]:
        return run.text.replace("Ủ", "ñ"), ".VnTime" if run.bold else ".VnArial"

    made = zipfile.ZipFile(io.BytesIO(docx(bundle(), recode=recode)))
    for part in ("word/document.xml", "word/footnotes.xml"):
        fonts = {e.get(f"{W}ascii") for e in etree.fromstring(made.read(part)).iter(f"{W}rFonts")}
        assert fonts == {".VnTime", ".VnArial"}  # the mark of a note in a bold head is bold, and so is its own font
    assert "Ủ" not in (text := "".join(spoken(made, "word/document.xml"))) and "ñY BAN" in text


@needs_weasyprint
@files
def test_printed_web_page_has_all_characters(file: File) -> None:
    made = weasyprint_pdf(file, "liberation")
    assert made == weasyprint_pdf(file, "liberation")
    check_pdf(file, made, "liberation", notes=[packed(m + note.text) for m, note in marks(file)])


@needs_office
@pytest.mark.slow
def test_office_pdf_has_all_characters() -> None:
    words = {name: docx(file, font=FAMILIES["tinos"]) for name, file in FILES.items()}
    made = office_pdfs(words)
    assert made == office_pdfs(words)
    for name, file in FILES.items():
        # Word's numbers before notes have no brackets, typed marks have; only the last of the bundle is typed.
        counted = [m.strip("()") for m, _ in marks(file)][: 4 if name == "bundle" else 1]
        typed = [m for m, _ in marks(file)][len(counted) :]
        notes = [packed(m + note.text) for m, (_, note) in zip(counted + typed, marks(file), strict=True)]
        check_pdf(file, made[name], "tinos", notes)


def check_pdf(file: File, made: bytes, face: str, notes: list[str]) -> None:
    """All leaves stand in the PDF, notes on the page of their mark; besides them only page numbers and repeated heads."""
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        chars = [[c["text"] for c in page.chars] for page in pdf.pages]
        fonts = {c["fontname"].partition("+")[2].replace("-", "") for page in pdf.pages for c in page.chars}
        sizes = {(round(page.width), round(page.height)) for page in pdf.pages}
    assert all(font.startswith(FAMILIES[face].replace(" ", "")) for font in fonts)
    assert sizes == {(595, 842), (842, 595)}
    pages = [packed("".join(page)) for page in chars]
    whole = "".join(pages)
    at = 0
    for leaf in file.leaves():
        text = packed(leaf.text.text)
        # A paragraph that goes on over the page has notes and page number in between: its beginning must do.
        found = whole.find(text[:30], 0 if leaf.role == "footnote" else at)
        assert found >= 0, text
        at = found if leaf.role != "footnote" else at
    for (mark, _), note in zip(marks(file), notes, strict=True):
        assert any(mark in page and note in page for page in pages), note
    more = Counter(whole) - Counter(body(file) + "".join(notes))
    assert not Counter(body(file) + "".join(notes)) - Counter(whole)
    repeated = {c for d in file.documents for b in d.blocks if isinstance(b, Table) for r in b.rows[: b.head]
                for cell in r for c in cell.text.text}  # fmt: skip
    assert set(more) <= repeated | set("0123456789")


def test_missing_peers_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_office, "which", lambda name: None)
    with pytest.raises(Missing, match="libreoffice-writer-nogui"):
        office_pdfs({"a": b""})
    assert office_pdfs({}) == {}
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(Missing, match="pip install weasyprint"):
        weasyprint_pdf(example(), "liberation")
    with pytest.raises(ValueError, match="no face"):
        family("arial")


def test_same_bytes_under_any_hash_seed() -> None:
    call = (
        "import hashlib\n"
        "from tests.test_corpora_office import bundle\n"
        "from corpora.generator.render import markdown, web, word\n"
        "f = bundle()\n"
        "made = [markdown.markdown(f), web.web_page(f), web.print_page(f, 'Tinos').encode(), word.docx(f)]\n"
        "print(hashlib.sha256(b''.join(made)).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", call],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_letterhead_numbers_stand_at_one_height() -> None:
    (letter,) = example().documents
    head = letter.blocks[0]
    assert isinstance(head, Letterhead)
    taller = Letterhead((Line(node("BỘ")), *head.left), head.right)
    page = print_page(File("a", (Document((taller,), {}),), {}), "Tinos")
    right = page.partition('<td class="right">')[2]
    assert right.count("&nbsp;") == 1 and right.index("&nbsp;") < right.index("ngày 15")
