"""Documents written by hand as files of the model, lists that Word counts, and lines damaged without styles."""

from __future__ import annotations

import io
import zipfile

import pytest

from congvan.config import Config
from congvan.read import read_bytes
from corpora.generator.damage.bare_lines import damage
from corpora.generator.model import Document, Ending, File, Letterhead, Paragraph, Table, Title, node
from corpora.generator.render.word import docx
from corpora.generator.source import read_source

SOURCE = """\
LP UBND TỈNH GIA LAI
L SỞ TÀI CHÍNH
L Số: 12/TB-STC
R CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
R Độc lập - Tự do - Hạnh phúc
R Gia Lai, ngày 05 tháng 3 năm 2024
T THÔNG BÁO
T Về việc giao vốn
C Căn cứ Luật Ngân sách nhà nước;
B I. KẾT QUẢ
B 1. Vốn giao
P Vốn giao(1) là 5 tỷ đồng (2).
# Các huyện:
## Huyện A;
## Huyện B.
# Các sở.
TB Huyện|Vốn
TB A|2
F (1) Theo Quyết định số 1/QĐ-UBND.
N Nơi nhận:
N - Lưu: VT.
S GIÁM ĐỐC
S
S Người Ký
"""


def texts_of(data: bytes) -> list[str]:
    blocks = read_bytes(data, "x.docx", Config()).blocks()
    return ["".join(run.text for run in block.runs) for _, block in blocks][1:]  # the first is the number of the page


def test_a_source_becomes_a_file_of_the_model() -> None:
    [document] = read_source("x", SOURCE).documents
    assert dict(document.fields) == {"issued_at": "Gia Lai", "issued_on": "2024-03-05"}
    head, title, *body, table, ending = document.blocks
    assert isinstance(head, Letterhead) and isinstance(title, Title)
    assert [(line.bold, line.rule) for line in head.left] == [(False, False), (True, True), (False, False)]
    assert isinstance(table, Table) and table.head == 1 and sum(table.widths) == pytest.approx(1)
    assert isinstance(ending, Ending) and [line.gap for line in ending.signature] == [0, 4]
    paragraphs = [block for block in body if isinstance(block, Paragraph)]
    assert [(p.role, p.marker, p.level) for p in paragraphs] == [
        ("basis", "", 0),
        ("heading", "I.", 0),
        ("heading", "1.", 1),
        ("body", "", 0),
        ("item", "1.", 0),
        ("item", "a)", 1),
        ("item", "b)", 1),
        ("item", "2.", 0),
    ]
    assert [note.text for note in paragraphs[3].text.notes()] == ["Theo Quyết định số 1/QĐ-UBND."]
    assert paragraphs[3].text.text == "Vốn giao(1) là 5 tỷ đồng (2)."


def items(*texts: str) -> File:
    paragraphs = (Paragraph("item", node(text), marker=text.partition(" ")[0]) for text in texts)
    return File("x", (Document(tuple(paragraphs), {}),), {"seed": 0})


def test_word_counts_what_it_can_count() -> None:
    texts = ["1. một", "a) hai", "b) ba", "2. bốn", "a) năm", "- sáu", "b) bảy", "c) tám", "d) chín", "đ) mười",
             "e) sau đ", "4. sót", "1. lại", "2. nữa", "a) x", "a) lại", "b) y", "3. z"]  # fmt: skip
    file = items(*texts)
    counted = docx(file, automatic=True)
    assert counted == docx(file, automatic=True)
    assert texts_of(counted) == texts_of(docx(file)) == texts
    with zipfile.ZipFile(io.BytesIO(counted)) as archive:
        body = archive.read("word/document.xml").decode()
    typed = ["- sáu", "đ) mười", "4. sót"]  # a dash, a letter and a gap that Word's list does not have
    assert body.count("<w:numPr>") == len(texts) - len(typed)
    assert all(text in body for text in typed)
    assert ">một<" in body


def test_lines_are_damaged_in_one_font_or_two() -> None:
    lines = ["Ủy ban nhân dân tỉnh chủ trì các sở họp", "Sở Tài chính của tỉnh chủ trì phối hợp", "“Ω” là chữ khác"]
    assert damage(lines, "clean") == lines
    assert damage(lines, "runs")[1] == "Sở Tài chính cÿa tỉnh chÿ trì phối hợp"
    whole = damage(lines, "one-entry")
    assert whole[0] == "þy ban nhân dân tßnh chÿ trì các sß hßp"
    assert whole[2] == "<Ω= là chÿ khác"
    in_two = damage(lines, "fonts")
    assert [len(line) for line in in_two] == [len(line) for line in lines]
    assert in_two[0] == lines[0].translate(str.maketrans("Ủủ", "þÿ"))
