"""Damage for the corpora: the pages stay, the text does not, and Ghostscript itself agrees with the formula."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2 as pdfium
import pytest

from corpora.generator.damage import ghostscript, legacy_docx, legacy_pdf, pdf_fonts
from corpora.generator.damage.encodings import as_bytes, letters, pieces, shown, table, viqr
from corpora.generator.damage.genuine import NoBuggyGhostscript, buggy_version, genuine_gs
from corpora.generator.damage.leaves import damage_text, styled
from corpora.generator.damage.text import FAMILIES
from corpora.generator.damage.tounicode import Entry, Font, fonts_of, parse
from corpora.generator.example import example
from corpora.generator.model import Document, File, Paragraph, Run, node
from corpora.generator.render.fonts import MissingFont
from corpora.generator.render.pdf_word import word_pdf

PDF_DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "bug": ghostscript.gs_bug,
    "bug-twice": ghostscript.gs_bug_twice,
    "one-entry": ghostscript.one_entry_ranges,
    "mixed": lambda pdf: pdf_fonts.mixed_fonts(pdf, 1),
    **pdf_fonts.FAMILIES,
}


@cache
def _clean() -> bytes:
    return word_pdf(example())


@pytest.fixture
def clean() -> bytes:
    try:
        return _clean()
    except MissingFont as err:
        pytest.skip(str(err))


@pytest.fixture
def gs() -> None:
    try:
        buggy_version()
    except NoBuggyGhostscript as err:
        pytest.skip(str(err))


@cache
def pictures(pdf: bytes) -> list[np.ndarray]:
    with pdfium.PdfDocument(pdf) as file:
        return [page.render(scale=1).to_numpy().astype(int) for page in file]


@cache
def text_of(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        return "\n".join(page.extract_text() for page in file.pages)


def difference(pdf: bytes, other: bytes) -> float:
    """Mean difference of the pages, of 255."""
    pages = zip(pictures(pdf), pictures(other), strict=True)
    return max(float(np.abs(a - b).mean()) for a, b in pages)


# ---------------------------------------------------------------- maps of a PDF


@pytest.mark.parametrize("name", PDF_DAMAGE)
def test_only_the_text_of_a_pdf_changes(clean: bytes, name: str) -> None:
    damaged = PDF_DAMAGE[name](clean)
    assert damaged == PDF_DAMAGE[name](clean)
    assert difference(clean, damaged) == 0
    assert text_of(damaged) != text_of(clean)


def test_nothing_but_the_maps_is_new(clean: bytes) -> None:
    with pikepdf.open(io.BytesIO(clean)) as a, pikepdf.open(io.BytesIO(ghostscript.gs_bug(clean))) as b:
        for page, other in zip(a.pages, b.pages, strict=True):
            assert page.Contents.read_bytes() == other.Contents.read_bytes()
        assert a.docinfo["/Producer"] == b.docinfo["/Producer"]
        programs = [
            [o.read_raw_bytes() for o in file.objects if isinstance(o, pikepdf.Stream) and "/Length1" in o]
            for file in (a, b)
        ]
        assert sorted(programs[0]) == sorted(programs[1])


def test_formula_and_ghostscript_agree(clean: bytes, gs: None) -> None:
    genuine = genuine_gs(clean)
    assert text_of(genuine) == text_of(ghostscript.gs_bug(clean))
    assert difference(clean, genuine) < 1
    with pikepdf.open(io.BytesIO(genuine)) as file:
        assert str(file.docinfo["/CreationDate"]).startswith("D:20230101")
        assert str(file.docinfo["/Producer"]).startswith("GPL Ghostscript")


def test_formula_and_ghostscript_agree_where_the_bug_comes_twice(clean: bytes, gs: None) -> None:
    assert text_of(genuine_gs(ghostscript.gs_bug(clean))) == text_of(ghostscript.gs_bug_twice(clean))


@pytest.mark.parametrize(
    ("kind", "row", "values"),
    [
        ("bfchar", "<06D0> <1ED8>", ["1ed8"]),
        ("bfchar", "<06D0> <00610309>", ["61030900"]),
        ("bfchar", "<0003> <006600660069>", ["6600cf00"]),
        ("bfchar", "<0044> <0066006600660069>", ["cc00cf00"]),
        ("bfrange", "<0024> <0024> <1EA0>", ["00be"]),
        ("bfrange", "<0044> <0046> [<0061> <1EE7> <0062>]", ["0061", "00ff", "0062"]),
        ("bfrange", "<0047> <0048> [<00610309> <01A1>]", ["006b", "00a1"]),
        ("bfrange", "<0026> <0027> <00610309>", ["006b", "006c"]),
        ("bfrange", "<00D2> <00D3> <D835DC00>", ["00fd", "00fe"]),
        ("bfrange", "<0031> <0034> <1EFD>", ["00ff", "0100", "0101", "0102"]),
        ("bfrange", "<06CF> <06D1> <1EE5>", ["00ff", "0100", "0101"]),
    ],
)
def test_entries_become_what_ghostscript_makes_of_them(kind: str, row: str, values: list[str]) -> None:
    """Each value was seen in the output of Ghostscript 10.00.0."""
    cmap = f"1 begin{kind}\n{row}\nend{kind}\n".encode()
    damaged = ghostscript.buggy_map(0, Font("F", True, cmap, parse(cmap)))
    assert [e.value.hex() for e in parse(damaged)] == values
    assert all(e.step == 0 for e in parse(damaged))


def test_the_formula_is_that_of_the_table(shared: Path) -> None:
    forward = json.loads((shared / "data/ghostscript_tounicode.json").read_text(encoding="utf-8"))["forward"]
    for letter, values in forward.items():
        for step, value in enumerate(values):
            start = ord(letter) - step
            if start >> 8 != ord(letter) >> 8:  # a writer begins a new range there
                continue
            size = len(values)
            row = f"1 beginbfrange <0100> <{0x100 + size:04X}> <{start:04X}> endbfrange".encode()
            damaged = parse(ghostscript.buggy_map(0, Font("F", True, row, parse(row))))
            assert damaged[step].value.hex().upper() == value, (letter, step)


def test_a_range_and_a_lone_entry_are_told_apart() -> None:
    cmap = b"1 beginbfrange <0010> <0011> <1EA1> endbfrange 1 beginbfchar <0003> <0020> endbfchar"
    assert parse(cmap) == (
        Entry(b"\0\x03", b"\0\x20"),
        Entry(b"\0\x10", b"\x1e\xa1", 0),
        Entry(b"\0\x11", b"\x1e\xa1", 1),
    )
    assert [e.text for e in parse(cmap)] == [" ", "ạ", "Ả"]


def test_fonts_of_a_page_are_damaged_each_in_its_way(clean: bytes) -> None:
    before = [{e.code: e.value for e in font.entries} for font in fonts_of(clean)]
    outcomes = set()
    for seed in range(6):
        after = {
            font.name: {e.code: e.value for e in font.entries} for font in fonts_of(pdf_fonts.mixed_fonts(clean, seed))
        }
        outcomes.add(str(after))
        assert any(font in before for font in after.values())  # one is healthy
        assert any(font not in before for font in after.values())
    assert len(outcomes) > 2


def test_without_a_buggy_ghostscript_the_message_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoBuggyGhostscript, match=r"Debian 12.*10\.0\.0~dfsg-11"):
        genuine_gs(b"")


# ---------------------------------------------------------------- text


@pytest.mark.parametrize("family", FAMILIES)
def test_families_damage_a_file(family: str) -> None:
    file = example()
    leaves = [leaf.text.text for leaf in file.leaves()]
    assert ["".join(run.text for run in leaf) for leaf in styled(file)] == leaves
    damaged = damage_text(file, family)
    assert len(damaged) == len(leaves)
    assert damaged != leaves
    assert damaged == damage_text(file, family)


def test_what_becomes_of_a_letter_depends_on_its_font() -> None:
    runs = [Run("của thứ "), Run("Ủy thủ", bold=True), Run("ủ", italic=True)]
    ranges, entries = FAMILIES["ghostscript-runs"](runs), FAMILIES["ghostscript-one-entry"](runs)
    assert ranges == ["của thứ ", "þy thÿ", "ủ"]
    assert entries == ["cÿa thÿ ", "þy thÿ", "ÿ"]


@pytest.mark.parametrize(
    ("family", "text", "damaged"),
    [
        ("ghostscript-arrays", "ơ Ư ư", "¡ ¯ °"),
        ("ghostscript-runs", "ơ Ư ư", "ơ ¯ °"),
        ("ghostscript-runs", "Ủ ủ Ă ă", "þ ÿ \x03 \x04"),
        ("ghostscript-replaced", "Ă ă", "\ufffd \ufffd"),
        ("ghostscript-twice", "ụ Ủ ủ ĩ", "ÿ \x01 \x01 )"),
        ("low-byte", "TRƯỜNG ĐẠI HỌC", "TR¯ÜNG \x10\xa0I HÌC"),
        ("glyph-id-as-code", "CỘNG HÒA, của, Độc lập", "CӜNG HÒA, cӫa, Ĉӝc lұp"),
        ("ascii-shift", "nghiên c", "QJKLrQ\x03F"),
        ("tcvn3", "Cộng hòa xã hội", "Céng hßa x· héi"),
        ("tcvn3", "ỦY BAN. Ủy ban", "ñy BAN. ñy ban"),
        ("tcvn3-shift", "CỘNG HÒA", "CéNG HßA"),
        ("vni", "Cộng hòa xã hội", "Coäng hoøa xaõ hoäi"),
        ("viqr", "Việt là.", "Vie^.t la`\\."),
        ("decomposed-horn", "ở ế", "o\u031b\u0309 ế"),
        ("decomposed-tone", "ở ế ă", "ơ\u0309 ê\u0301 ă"),
        ("look-alike", "ĐẠI HỌC QUỐC GIA HÀ NỘI", "ĐẠI ҺỌເ QUỐເ ǤIA ҺÀ ПỘI"),
        ("look-alike-latin", "Điều đó, Ưu tư", "Ðiều ðó, Ƣu tƣ"),
        ("mojibake", "Chủ tịch", "Chá»§ tá»‹ch"),
    ],
)
def test_a_family_looks_as_it_does_in_the_wild(family: str, text: str, damaged: str) -> None:
    assert FAMILIES[family]([Run(text)]) == [damaged]


def test_mojibake_can_be_undone_by_bytes() -> None:
    once, twice = (FAMILIES[name]([Run("Quyết định “số” 1…")])[0] for name in ("mojibake", "mojibake-twice"))
    assert as_bytes(once).decode("utf-8") == "Quyết định “số” 1…"
    assert as_bytes(twice).decode("utf-8") == once


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("tcvn3",) * 2, ("tcvn5712", "tcvn5712_1"), ("vni_win",) * 2, ("viscii",) * 2, ("vps",) * 2, ("cp1258",) * 2],
)
def test_encodings_are_those_of_the_table(shared: Path, ours: str, theirs: str) -> None:
    codes = json.loads((shared / "data/encodings.json").read_text(encoding="utf-8"))["encodings"][theirs]
    assert dict(table(ours)) == {letter: shown(bytes.fromhex(code)) for letter, code in codes.items()}


def test_viqr_is_that_of_the_table(shared: Path) -> None:
    codes = json.loads((shared / "data/encodings.json").read_text(encoding="utf-8"))["encodings"]["viqr"]
    assert {letter: viqr(letter) for letter in codes} == codes


def test_capitals_of_tcvn3_stand_in_a_font_of_their_own() -> None:
    assert pieces("Số 5/QĐ-UBND", "tcvn3") == [("Sè 5/Q§-UBND", "plain")]
    assert pieces("CHỦ TỊCH", "tcvn3") == [("chñ tÞch", "capital")]
    assert pieces("Ủy ban", "tcvn3") == [("ñ", "capital"), ("y ban", "plain")]
    assert pieces("phó CHỦ tịch", "tcvn3")[1] == ("chñ", "capital")
    assert [p.face for p in letters("§", "tcvn3")] == ["other"]  # its code is that of Đ


@pytest.mark.parametrize("make", [legacy_pdf.tcvn3_pdf, legacy_pdf.vni_pdf])
def test_a_legacy_pdf_looks_right_and_copies_wrong(clean: bytes, make: Callable[[bytes], bytes]) -> None:
    made = make(clean)
    assert made == make(clean)
    assert difference(clean, made) < 0.1
    expected = {
        "tcvn3_pdf": ["céng hßa x· héi", "t\xad c«ng n¨m 2024"],
        "vni_pdf": ["COÄNG HOØA", "tö coâng naêm 2024"],
    }
    for words in expected[make.__name__]:
        assert words in text_of(made)
    names = {font.name for font in fonts_of(made)}
    assert {".VnTime", ".VnTimeH", ".VnTimeH,Bold"} <= names or {"VNI-Times", "VNI-Times,Bold"} <= names


def test_what_an_old_encoding_lacks_stays_in_unicode() -> None:
    file = File("x", (Document((Paragraph("body", node("từ ≥ 5 m² §")),), {}),), {})
    try:
        made = legacy_pdf.tcvn3_pdf(word_pdf(file))
    except MissingFont as err:
        pytest.skip(str(err))
    assert text_of(made) == "tõ ≥ 5 m² §"
    assert [font.composite for font in fonts_of(made)].count(True) == 1


def test_without_maps_a_legacy_pdf_loses_a_letter_of_tcvn3(clean: bytes) -> None:
    made = legacy_pdf.tcvn3_pdf(clean, to_unicode=False)
    assert difference(clean, made) == 0
    assert "kÕt qu¶ thùc hiÖn" in text_of(made)
    assert "\xad" not in text_of(made)


def test_legacy_word_files_name_their_fonts() -> None:
    file = legacy_docx.one_font_each(example(), "tcvn3")
    assert [leaf.text.text for leaf in file.leaves()] == [leaf.text.text for leaf in example().leaves()]
    recode = legacy_docx.recode("tcvn3")
    assert recode(Run("CHỦ TỊCH")) == ("chñ tÞch", ".VnTimeH")
    assert recode(Run("Chủ tịch")) == ("Chñ tÞch", ".VnTime")
    assert legacy_docx.recode("vni_win")(Run("Chủ tịch")) == ("Chuû tòch", "VNI-Times")
    for make, word, font in (
        (legacy_docx.tcvn3_docx, "héi chñ nghÜa", ".VnTimeH"),
        (legacy_docx.vni_docx, "HOÄI CHUÛ", "VNI-Times"),
    ):
        with zipfile.ZipFile(io.BytesIO(make(example()))) as package:
            body = package.read("word/document.xml").decode()
        assert word in body
        assert f'w:ascii="{font}"' in body
