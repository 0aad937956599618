"""PDF by the evidence in its fonts: what glyphs draw, damaged maps, the repaired file, malformed fonts."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata
from collections import Counter
from functools import cache
from itertools import permutations
from pathlib import Path
from random import Random
from shutil import which
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from make_inputs import encrypted_pdf
from mutate_pdf import mutated
from soak_pdf import outcome
from soak_pdf import sources as mutated_sources

from congvan.cli.app import app
from congvan.config import Config
from congvan.document import Lesson
from congvan.errors import EncryptedInput, SignedInput, UsageError
from congvan.language.glyph_index import glyph_index
from congvan.language.glyph_shapes import glyph_shapes
from congvan.language.own_glyphs import OwnGlyphs
from congvan.parse import clean_bytes, parse_and_learn
from congvan.parse_pdf import RepairedPdf, repaired_pdf
from congvan.read import pdf_font, read_bytes, read_bytes_evidence
from congvan.read.glyf import Glyf, tables_of
from congvan.read.outlines import open_program, outline_hash
from congvan.read.pdf_cmaps import read_cmap, write_cmap, write_ranges
from congvan.repair import font_evidence, repair_document
from congvan.repair import lessons as lessons_module
from congvan.repair.shapes import matched
from corpora.generator.compose import compose
from corpora.generator.damage.genuine import NoBuggyGhostscript, buggy_version
from corpora.generator.renderings import PDF_DAMAGE, renderings

LIBERATION = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
LIBERTINE = Path("/usr/share/fonts/opentype/linux-libertine/LinLibertine_R.otf")
OFF = Config(language_model=False)
# damage whose fonts tell everything; the marks of VNI are drawn by themselves, so that its tables are needed too
TOLD = [*sorted(set(PDF_DAMAGE) - {"gs-genuine"}), "mixed-fonts"]


def has_gs() -> bool:
    try:
        return bool(buggy_version())
    except NoBuggyGhostscript:
        return False


@cache
def made(name: str, seed: int = 3) -> bytes:
    return renderings()[f"pdf-{name}"].make(compose(seed))


def words(data: bytes, config: Config = OFF) -> list[str]:
    return clean_bytes(data, "a.pdf", config).text.split()


# ---------------------------------------------------------------- damage is undone without the language model


def test_the_damaged_samples_give_the_text_of_the_clean_one(shared: Path) -> None:
    files = sorted((shared / "pdf").glob("*.pdf"))
    texts = {path.name: clean_bytes(path.read_bytes(), path.name, OFF).text for path in files}
    assert len(texts) == 4
    assert set(texts.values()) == {texts["wordlike_liberation_clean.pdf"]}
    assert "của Chủ tịch Ủy ban nhân dân" in texts["wordlike_liberation_clean.pdf"]


@pytest.mark.parametrize("damage", TOLD)
def test_damaged_maps_cost_no_letter(damage: str) -> None:
    assert words(made(damage)) == words(made("word-liberation"))


@pytest.mark.parametrize(
    ("shown", "before"),
    [("\u6103\u0900", "ả"), ("\u5400\u6800", "Th"), ("Th", ""), ("ế", ""), ("\u5400", ""), ("中文", "")],
)
def test_two_characters_that_ghostscript_shifted_are_shifted_back(shown: str, before: str) -> None:
    assert font_evidence.sequence_before(shown) == before


@pytest.mark.skipif(not has_gs(), reason="no Ghostscript with the bug")
def test_genuine_ghostscript_output_costs_no_letter() -> None:
    assert words(made("gs-genuine")) == words(made("word-liberation"))


def test_one_damaged_font_among_healthy_ones_is_found() -> None:
    clean = made("word-liberation")
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        [bold] = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and str(o.get("/BaseFont", "")).endswith("Serif-Bold") and "/ToUnicode" in o]  # fmt: skip
        said = read_cmap(bold.ToUnicode.read_bytes())
        told = next(code for code, text in said.items() if text == "Ộ")
        bold.ToUnicode = pdf.make_stream(write_cmap({**said, told: "Á"}, wide=True))  # a valid letter: no text shows it
        out = io.BytesIO()
        pdf.save(out)
    found = clean_bytes(out.getvalue(), "a.pdf", OFF)
    assert found.text == clean_bytes(clean, "a.pdf", OFF).text
    assert {(e.before, e.after) for e in found.edits} == {("Á", "Ộ")}
    assert {v.verdict for v in found.verdicts} == {"clean", "repaired"}
    assert "outline of LiberationSerif-Bold" in found.edits[0].evidence


def test_what_the_fonts_decide_the_language_model_does_not_overrule() -> None:
    assert words(made("gs-one-entry"), Config()) == words(made("word-liberation"))


def test_a_font_that_nobody_knows_stays_and_is_listed() -> None:
    raw = read_bytes_evidence(made("no-map"), "a.pdf", OFF)
    found = repair_document(raw, language_model=False, without=("Liberation", "Tinos"))
    assert "\ufffd" in found.text
    assert found.unresolved
    assert any(p.category == "damaged-text" for p in found.problems)


# ---------------------------------------------------------------- two paths, one result


@pytest.mark.parametrize("name", ["word-liberation", "word-gentium", "word-tinos"])
def test_both_paths_give_the_same_characters_in_the_same_places(name: str) -> None:
    fast = read_bytes(made(name), "a.pdf", OFF)
    slow = read_bytes_evidence(made(name), "a.pdf", OFF)
    for one, other in zip(fast.pages, slow.pages, strict=True):
        assert [block.text for block in one.blocks] == [block.text for block in other.blocks]
        boxes = [[v for b in page.blocks for r in b.runs if r.places for v in r.places.values] for page in (one, other)]
        assert len(boxes[0]) == len(boxes[1]) > 100
        assert max(abs(a - b) for a, b in zip(*boxes, strict=True)) < 0.5


# ---------------------------------------------------------------- the repaired file


def characters(text: str) -> Counter[str]:
    return Counter(c for c in unicodedata.normalize("NFC", text) if not c.isspace())


def by_page(done: RepairedPdf) -> list[Counter[str]]:
    places = done.clean.places
    found: dict[int, Counter[str]] = {}
    for start, end, page in zip(places.starts, (*places.starts[1:], places.length), places.pages, strict=True):
        found.setdefault(page, Counter()).update(characters(done.clean.text[start:end]))
    return [found[page] for page in sorted(found)]


@pytest.mark.parametrize("name", ["gs", "ascii-shift", "byte-swap", "no-map", "tcvn3", "vni", "mixed-fonts"])
def test_every_reader_takes_the_true_text_from_the_repaired_file(name: str, tmp_path: Path) -> None:
    import pdfplumber

    data = made(name)
    done = repaired_pdf(data, "a.pdf", OFF)
    path = tmp_path / "out.pdf"
    path.write_bytes(done.data)
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
    assert len(done.data) < 1.05 * len(data)
    library: Any = pypdfium2
    before, after = library.PdfDocument(data), library.PdfDocument(done.data)
    truth = by_page(done)
    assert "".join(done.clean.text.split()) == "".join(words(made("word-liberation")))
    with pdfplumber.open(path) as plumber:
        for n, page in enumerate(plumber.pages):
            assert (before[n].render(scale=1.5).to_numpy() == after[n].render(scale=1.5).to_numpy()).all()
            assert characters("".join(c["text"] for c in page.chars)) == truth[n]
            assert characters(after[n].get_textpage().get_text_range()) == truth[n]
            if which("pdftotext"):
                command = ["pdftotext", "-f", str(n + 1), "-l", str(n + 1), str(path), "-"]
                shown = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
                assert characters(shown) == truth[n]


def test_a_repaired_file_needs_no_repair() -> None:
    once = repaired_pdf(made("gs"), "a.pdf", OFF).data
    assert repaired_pdf(once, "a.pdf", OFF).data == once
    assert read_bytes(once, "a.pdf", OFF).reader == clean_bytes(once, "a.pdf").reader == "pdf-text"


def test_a_healthy_file_is_given_back_as_it_is() -> None:
    assert repaired_pdf(made("word-tinos"), "a.pdf", OFF).data == made("word-tinos")


def signed() -> bytes:
    with pikepdf.open(io.BytesIO(made("gs"))) as pdf:
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=pikepdf.Array([0, 10, 20, 10]))
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Signature1", V=pdf.make_indirect(value)))
        pdf.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array([field]))
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def test_a_signed_file_is_changed_only_on_request() -> None:
    data = signed()
    assert words(data) == words(made("word-liberation"))
    with pytest.raises(SignedInput, match="--break-signature"):
        repaired_pdf(data, "a.pdf", OFF)
    assert repaired_pdf(data, "a.pdf", OFF, break_signature=True).data != data


def test_an_encrypted_file_needs_its_password() -> None:
    locked = encrypted_pdf(made("gs"), user="mở")
    with pytest.raises(EncryptedInput, match="--password"):
        clean_bytes(locked, "a.pdf", OFF)
    with pytest.raises(EncryptedInput, match="wrong"):
        clean_bytes(locked, "a.pdf", Config(password="đóng"))
    config = Config(password="mở", language_model=False)
    assert words(locked, config) == words(made("word-liberation"))
    done = repaired_pdf(locked, "a.pdf", config)
    assert words(done.data, config) == words(made("word-liberation"))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(done.data))


def run(*call: object, code: int = 0) -> tuple[str, str]:
    from typer.testing import CliRunner

    done = CliRunner().invoke(app, [str(word) for word in call])
    assert done.exit_code == code, done.output
    return done.stdout, done.stderr


def test_the_program_writes_the_repaired_file(tmp_path: Path) -> None:
    source, target = tmp_path / "in.pdf", tmp_path / "out.pdf"
    source.write_bytes(made("gs"))
    out, err = run("repair", source, "-o", target)
    assert out == ""
    assert "codes of" in err
    assert words(target.read_bytes()) == words(made("word-liberation"))
    run("repair", source, "-o", source, code=2)
    source.write_bytes(signed())
    run("repair", source, "-o", target, code=14)
    run("repair", source, "-o", target, "--break-signature")
    source.write_text("Ủy ban", encoding="utf-8")
    run("repair", source, "-o", target, code=2)
    source.write_bytes(encrypted_pdf(made("gs"), user="mở"))
    run("parse", source, code=8)
    assert "Ủy ban" in run("repair", source, "--password", "mở")[0]


# ---------------------------------------------------------------- outlines


@pytest.mark.skipif(not LIBERATION.is_file(), reason="fonts-liberation2 is not installed")
def test_outlines_are_those_that_fonttools_draws() -> None:
    data = LIBERATION.read_bytes()
    glyf, font = Glyf(tables_of(data)), TTFont(io.BytesIO(data))
    glyphs = font.getGlyphSet()
    names = font.getGlyphOrder()
    for number in range(0, glyf.count, 7):
        pen = DecomposingRecordingPen(glyphs)
        glyphs[names[number]].draw(pen)
        starts = sorted(points[-1] for call, points in pen.value if call == "moveTo")
        ours = glyf.contours(number)
        assert len(ours) == len(starts)
        drawn = {(x, y) for contour in ours for x, y, _ in contour}
        assert all(any(abs(x - a) < 1 and abs(y - b) < 1 for a, b in drawn) for x, y in starts if (x, y) in drawn)
        assert glyf.advance(number) == pytest.approx(1000 * font["hmtx"][names[number]][0] / 2048)


@pytest.mark.skipif(not LIBERATION.is_file(), reason="fonts-liberation2 is not installed")
@pytest.mark.parametrize("path", [LIBERATION, LIBERTINE])
def test_the_index_knows_the_letters_of_its_fonts(path: Path) -> None:
    if not path.is_file():
        pytest.skip("not installed")
    program, cmaps = open_program(path.read_bytes())
    glyphs = cmaps.unicode
    assert glyphs
    for letter in "aĂâđĐêôơƯưỦủạếềểễệỳỹỶ0123456789%/“”–":
        contours = program.contours(glyphs[ord(letter)])
        assert letter in [d.character for d in glyph_index().drawings(outline_hash(contours, program.em))]


def test_the_index_can_do_without_a_font() -> None:
    assert any(face.startswith("FreeSerif") for face in glyph_index().faces)
    all_, fewer = glyph_index(), glyph_index(("FreeSerif",))
    assert fewer.advances("FreeSerif") == {}
    assert all_.advances("FreeSerif")


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.integers(0, 0xFFFF),
        st.text(st.characters(min_codepoint=1, exclude_categories=("Cs",)), min_size=1, max_size=3),
        max_size=300,
    )
)
def test_maps_are_read_as_they_were_written(meanings: dict[int, str]) -> None:
    assert read_cmap(write_cmap(meanings, wide=True)) == meanings


def test_ranges_cross_no_border_of_256() -> None:
    found = read_cmap(write_ranges([(0x00F0, 0x0210, 0xE000)], wide=True))
    assert found == {code: chr(0xE000 + code - 0xF0) for code in range(0xF0, 0x211)}


@given(st.binary(max_size=400))
def test_any_bytes_are_a_map(data: bytes) -> None:
    read_cmap(data)
    read_cmap(b"1 beginbfrange " + data + b" endbfrange 1 beginbfchar <" + data)


# ---------------------------------------------------------------- what users and archives teach


def test_own_outlines_are_kept_told_and_shared(tmp_path: Path) -> None:
    glyphs = OwnGlyphs(tmp_path / "deep" / "glyphs.sqlite")
    assert glyphs.drawings(1) == []
    assert (
        glyphs.add([Lesson(1, "ủ", "Times", 500.0), Lesson(2**64 - 1, "Đ", "Times", 700.0)], "added", "times.ttf") == 2
    )
    assert [d.character for d in glyphs.drawings(2**64 - 1)] == ["Đ"]
    assert glyphs.fonts() == [("Times", "added", 2, 1)]
    other = OwnGlyphs(tmp_path / "other.sqlite")
    assert other.take_in(list(glyphs.export()), "x") == 2
    assert other.take_in(list(glyphs.export()), "x") == 0
    assert other.drawings(1)[0][:2] == ("ủ", "Times")
    with pytest.raises(UsageError, match="no export"):
        other.take_in(['{"format": "other"}'], "x")


def test_a_learned_outline_needs_votes_that_agree(tmp_path: Path) -> None:
    glyphs = OwnGlyphs(tmp_path / "glyphs.sqlite")
    glyphs.add([Lesson(7, "ủ", "Unknown", 500.0)], "learned", "one")
    assert glyphs.drawings(7) == []
    glyphs.add([Lesson(7, "ủ", "Unknown", 500.0)], "learned", "one")  # the same document again is no second vote
    assert glyphs.drawings(7) == []
    glyphs.add([Lesson(7, "ủ", "Unknown", 500.0)], "learned", "two")
    assert [d.character for d in glyphs.drawings(7)] == ["ủ"]
    glyphs.add([Lesson(7, "ụ", "Unknown", 500.0)], "learned", "three")
    assert glyphs.drawings(7) == []


def test_a_broken_file_of_outlines_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "glyphs.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(UsageError, match="glyphs"):
        OwnGlyphs(tmp_path / "glyphs.sqlite").drawings(1)


def test_healthy_documents_teach_what_damaged_ones_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = glyph_index(("Gentium", "Charis"))
    for module in (font_evidence, lessons_module):
        monkeypatch.setattr(module, "glyph_index", lambda without=(): bare)
    own = tmp_path / "glyphs.sqlite"
    config = Config(glyphs=str(own), language_model=False)
    with pikepdf.open(io.BytesIO(made("word-gentium"))) as pdf:
        for o in pdf.objects:
            if isinstance(o, pikepdf.Dictionary) and "/ToUnicode" in o:
                del o["/ToUnicode"]
        out = io.BytesIO()
        pdf.save(out)
    damaged = out.getvalue()
    assert clean_bytes(damaged, "a.pdf", config).text.count("\ufffd") > 1000
    for seed in (3, 4, 5):
        data = made("word-gentium", seed)
        _, lessons = parse_and_learn(data, "a.pdf", config)
        assert {lesson.font for lesson in lessons} >= {"GentiumPlus"}
        OwnGlyphs(own).add(lessons, "learned", str(seed))
    text = clean_bytes(damaged, "a.pdf", config).text
    truth = clean_bytes(made("word-gentium"), "a.pdf", config).text
    assert text.count("\ufffd") < 0.03 * len(text)  # letters that two documents have not shown
    assert sum((characters(text) - characters(truth)).values()) == text.count("\ufffd")


@pytest.mark.skipif(not LIBERATION.is_file(), reason="fonts-liberation2 is not installed")
def test_fonts_are_added_listed_and_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_GLYPHS", str(tmp_path / "glyphs.sqlite"))
    assert "outlines that were not known" in run("fonts", "add", LIBERATION)[0]
    assert "LiberationSerif-Regular" in run("fonts", "list")[0]
    run("fonts", "export", "-o", tmp_path / "out.jsonl")
    monkeypatch.setenv("CONGVAN_GLYPHS", str(tmp_path / "other.sqlite"))
    assert "added" not in run("fonts", "list")[0]
    run("fonts", "import", tmp_path / "out.jsonl")
    assert "added" in run("fonts", "list")[0]
    (tmp_path / "no.ttf").write_bytes(b"no font at all")
    run("fonts", "add", tmp_path / "no.ttf", code=7)


# ---------------------------------------------------------------- fonts that nobody knows


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 4), st.integers(0, 2), st.randoms(use_true_random=False))
def test_letters_are_matched_so_that_the_whole_is_most_alike(rows: int, more: int, draw: Random) -> None:
    likeness = np.array([[draw.uniform(0.45, 1.0) for _ in range(rows + more)] for _ in range(rows)], np.float32)
    found = matched(likeness)
    cost = -np.log((likeness.astype(float) - 0.4) / 0.6)
    best = min(sum(cost[r, c] for r, c in enumerate(choice)) for choice in permutations(range(rows + more), rows))
    assert len(set(found)) == rows
    assert sum(cost[r, c] for r, c in enumerate(found)) == pytest.approx(best)


def test_a_font_that_nobody_knows_is_read_by_its_looks_and_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    left_out = ("Liberation", "Tinos")
    bare = glyph_index(left_out)
    for module in (font_evidence, pdf_font):
        monkeypatch.setattr(module, "glyph_index", lambda without=(): bare)
    for face in [name for name in glyph_shapes().faces if name.startswith("Liberation")]:
        monkeypatch.delitem(glyph_shapes().faces, face)
    truth = characters(clean_bytes(made("word-liberation"), "a.pdf", OFF).text)
    without = clean_bytes(made("no-map"), "a.pdf", OFF)
    found = clean_bytes(made("no-map"), "a.pdf", Config())
    lacking = truth - characters(found.text)
    assert sum(lacking.values()) < 0.1 * truth.total() < (truth - characters(without.text)).total()
    invented = characters(found.text) - truth
    assert not any(c.isdigit() for c in invented)
    assert "looks like" in " ".join(e.evidence for e in found.edits)


# ---------------------------------------------------------------- Type 3


@pytest.mark.skipif(not LIBERTINE.is_file(), reason="fonts-linuxlibertine is not installed")
def test_type_3_glyphs_that_are_paths_are_read_by_their_outlines() -> None:
    text = "Sở Nội vụ 2024"
    data = type3_pdf(text)
    assert words(data) == text.split()
    done = repaired_pdf(data, "a.pdf", OFF)
    library: Any = pypdfium2
    shown = library.PdfDocument(done.data)[0].get_textpage().get_text_range()
    assert shown.split() == text.split()


def type3_pdf(text: str) -> bytes:
    """A page whose font has glyph procedures and says nothing of what they mean, as browsers write fonts of cubic outlines."""
    program, cmaps = open_program(LIBERTINE.read_bytes())
    glyphs = cmaps.unicode or {}
    letters = sorted(set(text))
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 200))
    drawn = pikepdf.Dictionary()
    widths = []
    for n, letter in enumerate(letters):
        glyph = glyphs[ord(letter)]
        width = program.advance(glyph) or 0
        widths.append(width)
        path = [f"{width:g} 0 -100 -300 1000 1000 d1"]
        for contour in program.contours(glyph):
            first, *rest = (
                contour[contour.index(next(p for p in contour if p[2] == 1)) :]
                + contour[: contour.index(next(p for p in contour if p[2] == 1))]
            )
            path.append(f"{first[0]:.3f} {-first[1]:.3f} m")
            waiting: list[str] = []
            for x, y, kind in rest:
                waiting.append(f"{x:.3f} {-y:.3f}")
                if kind == 1:
                    path.append(" ".join(waiting) + (" l" if len(waiting) == 1 else " c"))
                    waiting = []
            if waiting:
                path.append(" ".join([*waiting, f"{first[0]:.3f} {-first[1]:.3f}"]) + " c")
            path.append("h")
        drawn[f"/g{n}"] = pdf.make_stream("\n".join([*path, "f"]).encode())
    names = pikepdf.Array([1, *(pikepdf.Name(f"/g{n}") for n in range(len(letters)))])
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=pikepdf.Array([-100, -300, 1000, 1000]),
        FontMatrix=pikepdf.Array([0.001, 0, 0, -0.001, 0, 0]), CharProcs=drawn, FirstChar=1, LastChar=len(letters),
        Widths=pikepdf.Array(widths), Encoding=pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=names),
        Resources=pikepdf.Dictionary(),
    )  # fmt: skip
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    codes = bytes(letters.index(c) + 1 for c in text).hex()
    page.Contents = pdf.make_stream(f"BT /F1 20 Tf 40 100 Td <{codes}> Tj ET".encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


# ---------------------------------------------------------------- malformed


@pytest.mark.parametrize(
    "key", ["/FontFile2", "/ToUnicode", "/W", "/CIDToGIDMap", "/DescendantFonts", "/Encoding", "/Font"]
)
def test_a_malformed_font_costs_itself_alone(key: str) -> None:
    with pikepdf.open(io.BytesIO(made("gs"))) as pdf:
        for o in pdf.objects:
            if isinstance(o, pikepdf.Dictionary) and key in o and "Bold" in str([*map(str, o.values())]):
                o[key] = pdf.make_stream(b"\xff\x00 beginbfrange <" * 50)
        out = io.BytesIO()
        pdf.save(out)
    found = clean_bytes(out.getvalue(), "a.pdf", OFF)
    truth = clean_bytes(made("word-liberation"), "a.pdf", OFF)
    kept = sum((characters(truth.text) & characters(found.text)).values())
    assert kept > 0.6 * sum(characters(truth.text).values())


def test_a_font_whose_name_is_older_than_unicode_is_read() -> None:
    data = made("gs").replace(b"+LiberationSerif-Bold ", b"+LiberationSeri\xd4-Bold ")
    assert data != made("gs")
    assert words(data) == words(made("word-liberation"))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_mutated_files_end_with_a_record_or_a_clear_problem(part: int) -> None:
    files = mutated_sources()
    outcomes = Counter(
        outcome(mutated(files[seed % len(files)], seed), f"{seed}.pdf") for seed in range(25 * part, 25 * part + 25)
    )
    assert set(outcomes) <= {"record", "error"}
    assert outcomes["record"] > 0


def test_looking_at_fonts_loads_no_heavy_library() -> None:
    code = "import sys, congvan.parse_pdf; print(*[m for m in ('pdfplumber', 'pikepdf', 'numpy', 'fontTools') if m in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == []
