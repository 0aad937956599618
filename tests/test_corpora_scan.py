"""Scans of generated documents: same seed, same bytes; ink where it belongs; a text layer that lies on the picture."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

pytest.importorskip("cv2", reason="scans need OpenCV: pip install opencv-python-headless")
pytest.importorskip("corpora.generator.model", reason="run with the checkout on PYTHONPATH")

import numpy as np
import pikepdf
from PIL import Image

from corpora.generator.example import example
from corpora.generator.render.pdf_word import word_pdf
from corpora.generator.scan.blanks import blank_number_and_date, fills
from corpora.generator.scan.degrade import opencv
from corpora.generator.scan.handwriting import SHAPES, hand, pen_strokes
from corpora.generator.scan.layer import on_scan
from corpora.generator.scan.misread import misread
from corpora.generator.scan.page import scan_page
from corpora.generator.scan.pdf import mixed_pdf, scanned_images, scanned_pdf, sheets
from corpora.generator.scan.places import Word, words
from corpora.generator.scan.profiles import C300, D200, PROFILES, profile
from corpora.generator.scan.truth import scan_truth

pypdfium2: Any = pytest.importorskip("pypdfium2")  # it has no types
FILLS = fills(example())
# the same conditions with few pixels: these tests are about places and bytes, not about legibility
SMALL = replace(PROFILES["D200c"], dpi=100)


@pytest.fixture(scope="module")
def clean() -> bytes:
    return word_pdf(example())


@pytest.fixture(scope="module")
def blank() -> bytes:
    return word_pdf(blank_number_and_date(example()))


def _texts(pdf: bytes) -> list[list[str]]:
    return [[word.text for word in words(page)] for page in pypdfium2.PdfDocument(pdf)]


def _missing(true: list[str], got: list[str]) -> float:
    return sum((Counter(true) - Counter(got)).values()) / len(true)


# ---------------------------------------------------------------- profiles, truth


def test_profiles_are_found_by_name() -> None:
    assert profile("C300") == C300
    assert profile("D200+pen+seal").extras == ("seal", "pen")
    assert profile("D200+pen+seal").full_name == "D200+seal+pen"


@pytest.mark.parametrize("name", ["X100", "C300+glitter", "C300+seal+seal", ""])
def test_unknown_profiles_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no profile"):
        profile(name)


def test_truth_says_what_the_pen_wrote_and_what_the_layer_is_worth() -> None:
    truth = scan_truth(3, profile("C300c+pen"), 1, "bad", fills=FILLS, scanned_pages=[0])
    assert [(p["kind"], p["layer"]) for p in truth["pages"]] == [
        ("scan", "bad"),
        ("digital", "true"),
        ("digital", "true"),
    ]
    assert truth["handwritten"] == [
        {"document": 0, "field": "number", "value": "1186/UBND-KTTH", "written": ["1186"], "in_print": False},
        {"document": 0, "field": "issued_on", "value": "2024-03-15", "written": ["15"], "in_print": False},
    ]
    assert scan_truth(1, C300, 1, fills=FILLS)["handwritten"] == []
    assert [p["source_pages"] for p in scan_truth(3, profile("C300+twoup"), 1)["pages"]] == [[1, 2], [3]]


# ---------------------------------------------------------------- blanks, pen


def test_blanks_leave_number_and_day_out_of_print() -> None:
    file = example()
    made = blank_number_and_date(file)
    printed = "\n".join(leaf.text.text for leaf in made.leaves())
    assert "1186" not in printed
    assert re.search(r"Số:\u00a0{6,}/UBND-KTTH", printed)
    assert re.search(r"ngày\u00a0{4,}tháng 3 năm 2024", printed)
    assert "12/QĐ-UBND ngày 05/01/2024" in printed  # another document's number stays
    assert made.documents[0].fields == file.documents[0].fields
    marks = [[gold for gold, _, _ in leaf.text.marks()] for leaf in file.leaves()]
    assert [[gold for gold, _, _ in leaf.text.marks()] for leaf in made.leaves()] == marks
    assert [fill.text for fill in fills(file, month=True)] == ["1186", "15", "3"]


def test_pen_knows_all_digits_and_refuses_what_it_cannot_write() -> None:
    for text in ("0123456789", "57a/b", "đ.-"):
        curves, width = pen_strokes(text, hand(3), np.random.default_rng(3))
        assert width > 0.3 * len(text)
        assert len(curves) >= len(text)
    assert set("0123456789") <= set(SHAPES)
    with pytest.raises(ValueError, match="no shape"):
        pen_strokes("Q", hand(3), np.random.default_rng(3))


def test_pen_writes_into_the_blanks_and_the_seal_covers_the_left_of_the_signature(blank: bytes) -> None:
    condition = replace(PROFILES["C300c"], dpi=100)
    plain, _ = sheets(blank, condition, 5)
    both, annex = sheets(blank, condition.plus("seal", "pen"), 5, FILLS)
    (number, day), room = both.marks[0].writings, both.marks[0].room
    assert (number.text, day.text) == ("1186", "15")
    assert room is not None
    assert annex.marks[0].room is None
    pixels = both.scan.pixels.astype(int)
    rows, columns = pixels.shape[:2]
    ink = np.abs(pixels - plain.scan.pixels).max(-1) > 60
    for w in (number, day):
        base = rows - round(w.base / 0.72)
        assert ink[base - 20 : base + 4, round(w.left / 0.72) : round(w.right / 0.72)].sum() > 40
    assert ink[: rows // 3].sum() < 900, "ink beside the blanks"
    red = pixels[..., 0] - pixels[..., 1:].max(-1) > 25
    y, x = (float(np.median(place)) for place in np.nonzero(red))
    middle = columns * room.x / 595
    assert red.sum() > 1000
    assert middle - 0.15 * columns < x < middle - 0.09 * columns  # 25 mm left of a signature of 45 mm
    assert abs(y / rows - (1 - room.y / 842)) < 0.03


def test_pen_needs_something_to_write(clean: bytes) -> None:
    with pytest.raises(ValueError, match="what to write"):
        scanned_pdf(clean, SMALL.plus("pen"), 1)


# ---------------------------------------------------------------- files


def test_same_seed_same_bytes(blank: bytes) -> None:
    full = SMALL.plus("seal", "pen", "bleed", "holes", "streaks")
    first = scanned_pdf(blank, full, 7, "bad", fills=FILLS)
    assert first == scanned_pdf(blank, full, 7, "bad", fills=FILLS)
    assert first != scanned_pdf(blank, full, 8, "bad", fills=FILLS)


def test_each_page_is_one_picture_as_it_was_encoded(clean: bytes) -> None:
    made = scanned_pdf(clean, C300, 2)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pictures = [list(page.get_images().values()) for page in pdf.pages]
    assert [len(found) for found in pictures] == [1, 1]
    with pikepdf.open(io.BytesIO(made)) as pdf:
        raw = [next(iter(page.get_images().values())).read_raw_bytes() for page in pdf.pages]
    assert raw == scanned_images(clean, C300, 2, "jpeg")
    assert _texts(made) == [[], []]


def test_good_layer_lies_on_the_words_of_a_skewed_page(clean: bytes) -> None:
    sheet, _ = sheets(clean, D200, 3)
    made = pypdfium2.PdfDocument(scanned_pdf(clean, D200, 3, "good"))
    found = words(made[0])
    assert [w.text for w in found] == [w.text for w in sheet.words[0]]
    place = on_scan(D200.dpi, sheet.rows[0], sheet.scan.matrices[0], sheet.scan.pixels.shape[0])
    assert abs(place[0, 1]) == pytest.approx(np.sin(np.radians(D200.skew)), abs=1e-6)
    scale = D200.dpi / 72
    dark = 0
    for word in found:
        rows = slice(int((842.04 - word.top) * scale), int((842.04 - word.bottom) * scale) + 1)
        dark += sheet.scan.pixels[rows, int(word.left * scale) : int(word.right * scale) + 1].min() < 140
    assert dark / len(found) > 0.97


def test_bad_layer_errs_at_the_documented_rate(root: Any) -> None:
    pdf = (root / "corpora/samples/12_quyet_dinh_ho_tro.pdf").read_bytes()
    page = words(pypdfium2.PdfDocument(pdf)[0])
    true = [w.text for w in page]
    rates = [_missing(true, [w.text for w in misread(page, seed)]) for seed in range(20)]
    assert 0.18 < sum(rates) / len(rates) < 0.28
    assert misread(page, 1) == misread(page, 1)
    assert all(w.left < w.right for w in misread(page, 1))


def test_bad_layer_confuses_as_engines_without_vietnamese_do() -> None:
    page = [Word("SỞ", 0, 0, 20, 12), Word("TẾ", 24, 0, 40, 12), Word("Độc", 44, 0, 60, 12), Word("lập", 64, 0, 80, 12)]
    seen = {w.text for seed in range(300) for w in misread(page, seed)}
    assert {"SỜ", "TÉ", "Dộc", "lộp"} <= seen


def test_pen_is_missing_in_a_good_layer_and_scrawl_in_a_bad_one(blank: bytes) -> None:
    good = _texts(scanned_pdf(blank, SMALL.plus("pen"), 4, "good", fills=FILLS))[0]
    bad = _texts(scanned_pdf(blank, SMALL.plus("pen"), 4, "bad", fills=FILLS))[0]
    assert good == _texts(blank)[0]
    assert not {"1186", "15"} & set(bad)
    assert good[good.index("Số:") + 1] == "/UBND-KTTH"
    assert len(bad) > len(good) - 10


def test_two_pages_share_a_sheet(root: Any) -> None:
    pdf = (root / "corpora/samples/12_quyet_dinh_ho_tro.pdf").read_bytes()
    made = scanned_pdf(pdf, SMALL.plus("twoup"), 2, "good")
    pages = pypdfium2.PdfDocument(made)
    assert [tuple(round(v) for v in page.get_size()) for page in pages] == [(1191, 842)]
    found = words(pages[0])
    assert [w.text for w in found] == [text for page in _texts(pdf) for text in page]
    assert found[0].right < 595 < found[-1].left


def test_mixed_file_keeps_its_digital_pages(clean: bytes) -> None:
    made = mixed_pdf(clean, [0], SMALL.plus("seal"), 3)
    assert _texts(made) == [[], _texts(clean)[1]]
    assert made == mixed_pdf(clean, [0], SMALL.plus("seal"), 3)
    with pytest.raises(ValueError, match="no pages"):
        mixed_pdf(clean, [7], SMALL, 3)
    with pytest.raises(ValueError, match="apart"):
        mixed_pdf(clean, [0], SMALL.plus("twoup"), 3)


def test_picture_files(clean: bytes) -> None:
    (tiff,) = scanned_images(clean, SMALL, 3, "tiff")
    with Image.open(io.BytesIO(tiff)) as picture:
        assert (getattr(picture, "n_frames", 1), picture.mode, round(picture.info["dpi"][0])) == (2, "RGB", 100)
    pngs = scanned_images(clean, SMALL, 3, "png")
    jpegs = scanned_images(clean, SMALL, 3, "jpeg")
    for png, jpeg in zip(pngs, jpegs, strict=True):
        assert np.array_equal(np.asarray(Image.open(io.BytesIO(png))), np.asarray(Image.open(io.BytesIO(jpeg))))


def test_one_picture_alone_can_be_scanned() -> None:
    white = Image.new("L", (400, 560), 255)
    first = scan_page(white, D200, 1)
    assert (first.size, first.mode) == ((400, 560), "L")
    assert first.tobytes() == scan_page(white, D200, 1).tobytes()
    assert 150 < np.asarray(first).mean() < 235


def test_without_opencv_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(RuntimeError, match="opencv-python-headless"):
        opencv()


# ---------------------------------------------------------------- legibility


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("tesseract"), reason="needs tesseract-ocr and tesseract-ocr-vie")
@pytest.mark.parametrize(("name", "least", "most"), [("C300", 0.0, 0.015), ("D200", 0.05, 0.16)])
def test_ocr_reads_clean_scans_and_struggles_with_bad_ones(
    root: Any, tmp_path: Any, name: str, least: float, most: float
) -> None:
    pdf = (root / "corpora/samples/12_quyet_dinh_ho_tro.pdf").read_bytes()
    true: list[str] = []
    read: list[str] = []
    for sheet in sheets(pdf, profile(name), 2, only={0}):  # the body: small print of an ending says little of the scan
        (tmp_path / "page.jpg").write_bytes(sheet.jpeg)
        command = ["tesseract", str(tmp_path / "page.jpg"), "-", "-l", "vie"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env={"OMP_THREAD_LIMIT": "1"})
        read += done.stdout.split()
        true += [w.text for page in sheet.words for w in page]
    assert least <= _missing(true, read) <= most
