"""Pages that are pictures: cut into lines, read, corrected; layers judged; what is missing said. Marked tests run the engine."""

from __future__ import annotations

import io
import json
from array import array
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("cv2", reason='scans need the extra: pip install "congvan[ocr]"')

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image, ImageDraw
from typer.testing import CliRunner

import congvan.read.scan.pages as pages_module
from congvan.cli.app import app
from congvan.config import Config
from congvan.document import OCR, Block, CharBoxes, FontFacts, RawDocument, RawPage, Reading, Run, ScanFacts, Source
from congvan.errors import CongvanError, DamagedInput
from congvan.parse import clean_bytes, parse_bytes, records_of
from congvan.read import read_bytes
from congvan.read.scan import engine
from congvan.read.scan.cuts import Cut, cut
from congvan.read.scan.engine import Found
from congvan.read.scan.layer import judge, valid_share
from congvan.read.scan.layout import page_from
from congvan.read.scan.pen import by_hand
from congvan.read.scan.prepare import Prepared, back, prepared
from congvan.read.scan.seen import SeenLine, SeenPage, SeenPart, SeenWord, from_plain, to_plain
from congvan.read.scan.store import Readings
from congvan.repair import apply_plan, repair_document
from congvan.repair.ocr import corrected
from congvan.repair.ocr_forms import formed, point_after
from congvan.run.archive import archive
from corpora.generator.compose import compose
from corpora.generator.example import example
from corpora.generator.render.pdf_word import word_pdf
from corpora.generator.renderings import renderings
from corpora.generator.scan.pdf import mixed_pdf, scanned_images, scanned_pdf
from corpora.generator.scan.profiles import profile

NOT_THERE = engine.missing()
needs_engine = pytest.mark.skipif(NOT_THERE is not None, reason=f"{NOT_THERE} {engine.INSTALL}")


def seen_line(text: str, base: float, left: float = 80.0, size: float = 13.0, confidence: float = 0.95) -> SeenLine:
    """A line whose letters are half as wide as high."""
    words = []
    x = left
    for word in text.split():
        edges = [x + 0.5 * size * k for i in range(len(word)) for k in (i, i + 1)]
        words.append(SeenWord(Reading(word, confidence), tuple(edges)))
        x = edges[-1] + 0.4 * size
    return SeenLine(tuple(words), base, size)


def seen_page(*lines: SeenLine) -> SeenPage:
    return SeenPage((SeenPart(lines, (), (), 595.0, 842.0),))


def read_document(*words: Reading) -> RawDocument:
    """A page of one line of words that were read."""
    text = " ".join(word.text for word in words)
    codes = array("I")
    for n, word in enumerate(words):
        codes.extend([0xFFFFFFFF] * (n > 0) + [n] * len(word.text))
    boxes = CharBoxes(array("f", [v for i in range(len(text)) for v in (10.0 * i, 10.0, 10.0 * i + 9, 20.0)]))
    page = RawPage(1, (Block("paragraph", (Run(text, codes=codes, font=0, places=boxes),)),), 595.0, 842.0)
    source = Source("scan.png", "0" * 64, 1, "image/png")
    return RawDocument(source, "ocr", (page,), (FontFacts("", OCR),), paged=True, readings=words)


# ---------------------------------------------------------------- pictures to lines


def page_picture(texts: dict[tuple[int, int], int], size: tuple[int, int] = (1654, 2339)) -> Any:
    """A page with bars of letters: (left, top) -> number of letters, each 14 by 24 pixels."""
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for (x, y), letters in texts.items():
        for i in range(letters):
            draw.rectangle((x + 18 * i, y, x + 18 * i + 13, y + 23), fill=0)
    return np.asarray(image)


def test_columns_that_do_not_share_base_lines_are_cut_into_their_own_lines() -> None:
    left = {(150, 1500 + 40 * i): 20 for i in range(4)}
    right = {(1000, 1515 + 40 * i): 15 for i in range(4)}
    ready = prepared(page_picture({**left, **right}), 200)
    found = sorted((c.x0, c.y0) for c in cut(ready.ink, ready.dpi).cuts)
    assert found == sorted([*left, *right])


def test_a_wide_word_space_does_not_cut_a_line() -> None:
    ready = prepared(page_picture({(150, 400): 20, (560, 400): 20, (150, 440): 40}), 200)
    assert len(cut(ready.ink, ready.dpi).cuts) == 2


@pytest.mark.parametrize("angle", [-2.3, -0.7, 1.4, 4.0])
def test_skew_is_measured_and_places_come_back(angle: float) -> None:
    lines = page_picture({(200, 300 + 60 * i): 60 for i in range(25)})
    askew = np.asarray(Image.fromarray(lines).rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255))
    ready = prepared(askew, 200)
    assert ready.skew == pytest.approx(angle, abs=0.15)
    x, y = back(100.0, 400.0, angle, 595.0, 842.0)
    assert (x - 297.5) ** 2 + (y - 421) ** 2 == pytest.approx(197.5**2 + 21**2)
    assert y < 400.0 if angle > 0 else y > 400.0  # what stood left of the middle was higher up


def test_a_level_clean_page_is_left_as_it_is() -> None:
    ready = prepared(page_picture({(200, 300 + 60 * i): 60 for i in range(25)}), 200)
    assert (ready.steps, ready.skew, ready.scale) == ((), 0.0, 1.0)


def test_coloured_ink_is_lifted_only_where_it_hangs_together() -> None:
    image = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((900, 1500, 1190, 1790), outline=(214, 26, 40), width=14)
    draw.rectangle((200, 300, 214, 324), fill=(200, 20, 20))  # a red letter stays
    ready = prepared(np.asarray(image), 200)
    assert "coloured ink lifted" in ready.steps
    assert not ready.ink[1480:1800, 880:1200].any()
    assert ready.ink[300:325, 200:215].all()


# ---------------------------------------------------------------- readings


def test_readings_are_kept_and_damaged_ones_are_none(tmp_path: Path) -> None:
    page = seen_page(seen_line("Kính gửi: Sở Tài chính", 100))
    assert from_plain(json.loads(json.dumps(to_plain(page)))) == page
    kept = Readings(str(tmp_path / "cache"), "5.5.4-1")
    kept.put("key", page)
    assert kept.get("key") == page
    assert Readings(str(tmp_path / "cache"), "5.6.0-1").get("key") is None
    [file] = (tmp_path / "cache").rglob("*.gz")
    file.write_bytes(file.read_bytes()[:-9])
    assert kept.get("key") is None
    assert not Readings("", "5").keeps


def test_lines_become_blocks_with_places_by_the_layout_of_drawn_text() -> None:
    page = page_from(
        seen_page(seen_line("Nơi nhận:", 600), seen_line("TM. ỦY BAN NHÂN DÂN", 604, 320), seen_line("- Như trên;", 616)),
        1, 0, [], 595.0, 842.0,
    )  # fmt: skip
    assert page.blocks[0].text.startswith("Nơi nhận:")
    assert page.blocks[-1].text == "TM. ỦY BAN NHÂN DÂN"
    run = page.blocks[-1].runs[0]
    assert run.places is not None and run.places.box() is not None and run.places.box()[0] == pytest.approx(320)  # type: ignore[index]


# ---------------------------------------------------------------- correction


def word(text: str, confidence: float = 0.9, **choices: str) -> Reading:
    """A reading; ``_2="ổ"``: the letter 2 may be ổ as well."""
    places = [tuple((c, 1.5) for c in choices.get(f"_{i}", "")) for i in range(len(text))]
    return Reading(text, confidence, tuple(places))


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ([word("chuyến", _3="ể"), word("đối", _1="ổ"), word("số")], "chuyển đổi số"),
        ([word("Uy"), word("ban"), word("nhân"), word("dân"), word("tính", _1="ỉ")], "Ủy ban nhân dân tỉnh"),
        ([word("Kiếm", _2="ể"), word("tra,"), word("đôn"), word("đốc")], "Kiểm tra, đôn đốc"),
    ],
)
def test_marks_are_given_back_by_neighbours(read: list[Reading], right: str) -> None:
    clean = repair_document(read_document(*read))
    assert clean.text == right
    assert {e.family for e in clean.edits} == {"ocr"}
    assert all(0.5 < e.confidence <= 1 for e in clean.edits)
    assert apply_plan(clean.raw, clean.edits) == clean.text


@pytest.mark.parametrize("text", ["12.345", "3337/UBND-KT", "15/11/2022", "10%", "(915)", "7,5"])
def test_the_language_model_never_touches_figures(text: str) -> None:
    read = [word("số"), Reading(text, 0.3, tuple((("1", 0.1), ("7", 0.2)) for _ in text)), word("ngày")]
    clean = repair_document(read_document(*read))
    assert clean.text.split()[1] == text


def test_what_is_right_stays() -> None:
    text = "Căn cứ Luật Tổ chức chính quyền địa phương; xét đề nghị của Giám đốc Sở Kế hoạch và Đầu tư M'gar"
    clean = repair_document(read_document(*(word(w, 0.96) for w in text.split())))
    assert clean.text == text


def test_without_the_language_model_words_stay_and_doubts_are_told() -> None:
    found = corrected("tính Kon", [0, 0, 0, 0, -1, 1, 1, 1], [word("tính", 0.4), word("Kon")], language_model=False)
    assert found.edits == ()
    assert found.doubts[0][1] < 0.6 < found.doubts[1][1]


@pytest.mark.parametrize(
    ("shown", "following", "right"),
    [
        ("(th);", "", "(t/h);"),
        ("(b/C);", "", "(b/c);"),
        ("(đ/b)", "", None),
        ("(an)", "", None),
        ("(xong", "", None),
        ("(VT)", "", None),
        ("quyết..", "", "quyết./."),
        ("hiện./.", "", None),
        ("...", "", None),
        ("12..", "", None),
        ("Sũ:", "3337/UBND-KT", "Số:"),
        ("Sô", "/GM-UBND", "Số"),
        ("Sổ", "tay", None),
    ],
)
def test_forms_that_documents_have(shown: str, following: str, right: str | None) -> None:
    assert formed(shown, word(shown), following) == right


def test_points_of_a_list_go_on() -> None:
    assert [point_after("b", "e)"), point_after("d", "e)"), point_after("đ", "e)"), point_after("c", "đ)")] == [
        "c",
        "e",
        "e",
        "d",
    ]
    assert point_after("b", "sở)") is None


def test_a_stroke_that_begins_a_line_is_the_dash_of_a_list() -> None:
    assert formed("~", word("~"), "Như", begins=True, within=True) == "-"
    assert formed("~Lưu:", word("~Lưu:"), "VT,", begins=True, within=True) == "- Lưu:"
    assert formed("~", word("~"), "5", begins=False, within=True) is None


def test_a_full_stop_before_a_small_letter_is_a_comma_where_the_picture_allows_it() -> None:
    read = Reading("sở.", 0.9, ((), (), ((",", 1.0),)))
    assert formed("sở.", read, "ban", within=True) == "sở,"
    assert formed("sở.", read, "Ban", within=True) is None
    assert formed("sở.", word("sở."), "ban", within=True) is None


def test_a_figure_is_corrected_by_the_picture_alone() -> None:
    assert formed("!1", Reading("!1", 0.4, ((("1", 1.0),), ())), "năm") == "11"
    assert formed("!1", Reading("!1", 0.4, ((("l", 1.0),), ())), "năm") is None
    assert formed("25", Reading("25", 0.4, ((("3", 0.1),), ())), "năm") is None


# ---------------------------------------------------------------- handwriting, doubts


def hand_line(height: int, tone: int = 0) -> tuple[list[Found], Cut, Prepared]:
    """Capitals 30 pixels high, then a figure of another height."""
    ink = np.zeros((200, 900), np.uint8)
    boxes = [(100 + 40 * i, 100, 24, 30, 400) for i in range(4)] + [
        (400 + 40 * i, 130 - height, 24, height, 400) for i in range(3)
    ]
    colour = np.zeros((50, 225), np.uint8)
    for x, y, wide, high, _ in boxes:
        ink[y : y + high, x : x + wide] = 1
    colour[:, 98:130] = tone
    c = Cut(100, 130 - max(height, 30), 510, 130, np.array(boxes, np.int32))
    words = [
        Found(Reading("KÝ", 0.9), (100.0, 150.0, 150.0, 245.0), 95.0, 135.0, 0),
        Found(Reading("169", 0.95), (398.0, 430.0, 430.0, 470.0, 470.0, 512.0), 85.0, 135.0, 0),
    ]
    return words, c, Prepared((1 - ink) * 255, ink, 300, 0.0, 1.0, (), colour)


@pytest.mark.parametrize(("height", "tone", "sure"), [(30, 0, 0.95), (40, 0, 0.2), (30, 120, 0.2)])
def test_written_figures_lose_their_confidence(height: int, tone: int, sure: float) -> None:
    assert [w.reading.confidence for w in by_hand(*hand_line(height, tone))] == [0.9, sure]


def test_findings_of_doubtful_words_are_shown_to_a_person() -> None:
    text = "Ủy ban nhân dân tỉnh phân bổ kinh phí 915 triệu đồng cho huyện trong năm nay."
    words = [word(w, 0.3 if w == "915" else 0.96) for w in text.split()]
    [record] = records_of(repair_document(read_document(*words)))
    [amount] = record.amounts
    assert amount.confidence < 0.5
    assert amount.id in {item.finding for item in record.review}


# ---------------------------------------------------------------- layers


def layer_page(text: str) -> RawPage:
    return replace(
        page_from(
            seen_page(*(seen_line(t, 100 + 20 * i) for i, t in enumerate(text.split("\n")))), 1, 0, [], 595.0, 842.0
        )
    )


TRUE = "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành\nkhẩn trương triển khai các nhiệm vụ sau đây"
WRONG = "Úy han nhân dan tinh yêu cẩu các sờ, han, ngành\nkhân truơng triển khai cac nhiệm vu sau đay"


def test_a_layer_that_fits_is_kept_and_one_that_does_not_is_replaced() -> None:
    seen = seen_page(*(seen_line(t, 100 + 20 * i) for i, t in enumerate(TRUE.split("\n"))))
    assert judge(layer_page(TRUE), seen).layer == "kept"
    assert judge(layer_page(WRONG), seen).layer == "replaced"


def test_a_good_layer_is_kept_where_the_picture_reads_worse() -> None:
    seen = seen_page(*(seen_line(t, 100 + 20 * i) for i, t in enumerate(WRONG.replace("han", "ban").split("\n"))))
    assert judge(layer_page(TRUE), seen).layer == "kept"


def test_share_of_syllables() -> None:
    assert valid_share(["Ủy", "ban", "UBND", "12"]) == 1.0
    assert valid_share(["Cnủ", "tjch"]) == 0.0


def test_the_verdict_says_what_became_of_a_layer() -> None:
    raw = read_document(word("Kính"), word("gửi:"))
    page = replace(raw.pages[0], scan=ScanFacts("replaced", "40 % of 20 sampled words", 0.9))
    clean = repair_document(replace(raw, pages=(page,)))
    [verdict] = [v for v in clean.verdicts if v.unit == "page"]
    assert (verdict.verdict, verdict.family) == ("repaired", "ocr-layer")
    assert "replaced" in verdict.evidence


# ---------------------------------------------------------------- the engine is missing


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_module, "missing", lambda: "Reading pictures of text needs the package tesserocr.")


@pytest.fixture(scope="module")
def clean_pdf() -> bytes:
    return word_pdf(example())


@pytest.fixture(scope="module")
def scan(clean_pdf: bytes) -> bytes:
    return scanned_pdf(clean_pdf, profile("C300"), 1)


def test_without_the_engine_a_scan_says_how_to_install_it(no_engine: None, scan: bytes, clean_pdf: bytes) -> None:
    [record] = parse_bytes(scan, "scan.pdf")
    assert record.status == "failed"
    assert {p.category for p in record.problems} == {"ocr-missing"}
    assert "pip install" in record.problems[0].hint and "apt-get install tesseract-ocr-vie" in record.problems[0].hint
    assert all(r.status == "ok" for r in parse_bytes(clean_pdf, "clean.pdf"))


@pytest.mark.parametrize("verb", ["parse", "repair"])
def test_a_file_of_which_nothing_is_read_is_no_success(no_engine: None, scan: bytes, tmp_path: Path, verb: str) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan)
    done = CliRunner().invoke(app, [verb, str(path)])
    assert done.exit_code == 10
    assert "apt-get install tesseract-ocr-vie" in done.stderr


def test_without_the_engine_pictures_say_so_too(no_engine: None) -> None:
    picture = io.BytesIO()
    Image.new("L", (60, 60), 255).save(picture, "PNG")
    raw = read_bytes(picture.getvalue(), "a.png", Config())
    assert [p.category for p in raw.problems] == ["ocr-missing"]


# ---------------------------------------------------------------- with the engine


@needs_engine
def test_the_model_knows_all_letters_but_those_that_are_given_back() -> None:
    assert set(engine.unknown_letters() or "") <= engine.GIVEN_BACK


@needs_engine
@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0broken", b"II*\0\x08\0\0\0", b"MM\0*" + b"\xff" * 40]
)
def test_broken_pictures_are_damaged_inputs(data: bytes) -> None:
    with pytest.raises(DamagedInput):
        read_bytes(data, "broken", Config())


@needs_engine
@pytest.mark.slow
def test_a_scan_is_read_whole(clean_pdf: bytes, scan: bytes, tmp_path: Path) -> None:
    config = Config(ocr_cache=str(tmp_path))
    truth = clean_bytes(clean_pdf, "clean.pdf").text.split()
    found = clean_bytes(scan, "scan.pdf", config)
    assert found.reader == "ocr"
    wrong = len(set(truth) - set(found.text.split()))
    assert wrong <= 0.02 * len(truth)
    assert clean_bytes(scan, "scan.pdf", config).text == found.text  # from the store


@needs_engine
@pytest.mark.slow
def test_scanned_and_written_pages_of_one_file_are_one_document(clean_pdf: bytes) -> None:
    mixed = clean_bytes(mixed_pdf(clean_pdf, [0], profile("C300"), 1), "mixed.pdf")
    truth = clean_bytes(clean_pdf, "clean.pdf")
    assert mixed.reader == "pdf-text+ocr"
    assert mixed.text.split()[-40:] == truth.text.split()[-40:]


@needs_engine
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["tiff", "png", "jpeg"])
def test_pictures_are_documents(clean_pdf: bytes, kind: Any) -> None:
    [first, *_] = scanned_images(clean_pdf, profile("D200"), 1, kind)
    found = clean_bytes(first, "picture")
    assert found.reader == "ocr"
    assert "nhân dân" in found.text.lower()


@needs_engine
@pytest.mark.slow
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_that_lie_or_stand_on_their_head_are_turned(clean_pdf: bytes, turn: int) -> None:
    [first, *_] = scanned_images(clean_pdf, profile("C300"), 1, "png")
    out = io.BytesIO()
    with Image.open(io.BytesIO(first)) as image:
        image.rotate(turn, expand=True).save(out, "PNG", dpi=(300, 300))
    assert clean_bytes(first, "a.png").text == clean_bytes(out.getvalue(), "a.png").text


@needs_engine
def test_no_picture_raises_anything_else() -> None:
    for size in ((1, 1), (3000, 2), (40, 900)):
        picture = io.BytesIO()
        Image.new("1", size, 1).save(picture, "PNG")
        with suppress(CongvanError):
            read_bytes(picture.getvalue(), "a.png", Config())


# ---------------------------------------------------------------- searchable PDF/A


@needs_engine
@pytest.mark.slow
def test_the_archived_copy_is_searchable_and_shows_the_same(scan: bytes, tmp_path: Path) -> None:
    pytest.importorskip("ocrmypdf", reason='needs the extra: pip install "congvan[ocr]"')
    source, target = tmp_path / "scan.pdf", tmp_path / "archived.pdf"
    source.write_bytes(scan)
    done = archive(scan, "scan.pdf", Config())
    assert done.pages == (1, 2)
    target.write_bytes(done.data)
    with pikepdf.open(source) as before, pikepdf.open(target) as after:
        pictures = [[im.read_raw_bytes() for im in page.get_images().values()] for page in before.pages]
        assert pictures == [[im.read_raw_bytes() for im in page.get_images().values()] for page in after.pages]
        assert str(after.open_metadata()["pdfaid:part"]) == "2"
        assert "1186/UBND-KTTH" in str(after.docinfo["/Title"])
        assert "Ghostscript" not in str(after.docinfo.get("/Producer"))
    document = pypdfium2.PdfDocument(target.read_bytes())
    text = " ".join(document[0].get_textpage().get_text_range().split())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert document[0].get_textpage().search("Độc lập - Tự do").get_next() is not None


@needs_engine
def test_a_signed_file_is_not_archived_unless_asked(clean_pdf: bytes, tmp_path: Path) -> None:
    pytest.importorskip("ocrmypdf", reason='needs the extra: pip install "congvan[ocr]"')
    with pikepdf.open(io.BytesIO(clean_pdf)) as pdf:
        signature = pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=pikepdf.Dictionary(ByteRange=pikepdf.Array([0, 1, 2, 3])))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(signature)]), SigFlags=3)
        pdf.save(tmp_path / "signed.pdf")
    done = CliRunner().invoke(app, ["archive", str(tmp_path / "signed.pdf"), "-o", str(tmp_path / "out.pdf")])
    assert done.exit_code == 14
    assert not (tmp_path / "out.pdf").exists()


def test_text_is_no_scan(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kính gửi: Sở Tài chính", encoding="utf-8")
    done = CliRunner().invoke(app, ["archive", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out.pdf")])
    assert done.exit_code in (6, 10)


def test_letters_of_a_layer_laid_over_a_picture_are_read() -> None:
    """The font of such a layer has one empty glyph; its letters are true all the same."""
    file = compose(0, "a")
    data = renderings()["scan-layer-good"].make(file)
    text = "".join(block.text for _, block in read_bytes(data, "scan.pdf", Config()).blocks())
    assert "\ufffd" not in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in " ".join(text.split())
