"""Repair: goldens of four kinds, laws that always hold, documents with fonts and boxes, and the seeds."""

from __future__ import annotations

import json
import unicodedata
from array import array
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.document import Block, CharBoxes, Edit, FontFacts, RawDocument, RawMap, RawPage, Run, Source, Span
from congvan.errors import UsageError
from congvan.language.ghostscript import garbled, sign_sources, sources, tell_tale
from congvan.repair import apply_plan, repair_document, repair_text, reverse_plan
from congvan.repair.plan import compose
from congvan.repair.shift import font_shift

GOLDENS = Path(__file__).parent / "goldens" / "repair"
SOURCE = Source("a.pdf", "0" * 64, 1, "application/pdf")


def cases(kind: str) -> list[Any]:
    return [pytest.param(c, id=c["label"]) for c in json.loads((GOLDENS / f"{kind}.json").read_text(encoding="utf-8"))]


@pytest.mark.parametrize("case", [*cases("in_the_wild"), *cases("synthetic"), *cases("negative")])
def test_golden(case: dict[str, str]) -> None:
    repaired = repair_text(case["original"])
    assert repaired.text == case["fixed"]
    assert apply_plan(case["original"], repaired.edits) == repaired.text
    assert reverse_plan(repaired.text, repaired.edits) == case["original"]
    assert repair_text(repaired.text).edits == ()


@pytest.mark.xfail(strict=True, reason="known failure: remove it from the file once it passes")
@pytest.mark.parametrize("case", cases("known_failures"))
def test_known_failure(case: dict[str, str]) -> None:
    assert repair_text(case["original"]).text == case["fixed"]


# ------------------------------------------------------------------ the formula


@pytest.mark.parametrize(
    ("letter", "k", "value"),
    [
        ("ủ", 2, "ā"),
        ("ủ", 1, "ÿ"),
        ("ơ", 1, "¢"),
        ("ư", 1, "°"),
        ("ư", 0, "±"),
        ("ă", 1, "\x04"),
        ("Ĩ", 0, ")"),
        ("“", 0, "<"),
    ],
)
def test_formula(letter: str, k: int, value: str) -> None:
    assert garbled(letter, k) == value


def test_reverse_table_names_the_letters_of_a_value() -> None:
    assert {"ủ", "ụ", "ứ"} <= {s.letter for s in sources()["ÿ"]}
    assert {s.letter for s in sources()["°"]} == {"ư"}
    assert sign_sources()["3"] == "–"
    assert "ß" in tell_tale()
    assert "á" not in tell_tale()


# ------------------------------------------------------------------ laws

WORDS = [
    "của",
    "cāa",
    "chá",
    "tiêu",
    "chỉ",
    "Āy",
    "ban",
    "lãnh",
    "đạo",
    "án",
    "n\ufffdm",
    "\x12ồng",
    "qußc",
    "gia",
    "3",
    "1.700",
]
WORDS += [
    "<Đề",
    "án=",
    "Straße",
    "QĐ-UBND",
    "Đăk",
    "\n",
    "t¿nh",
    "ngh)a",
    "cing",
    "±ÿc",
    "e\u0301",
    "Ã¡",
    "đ)",
    "•",
    "&",
    "́",
    "x",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.text(alphabet=st.sampled_from("aácāßÿ°¿\x04\ufffd hnờểệ\n\t<=39&)i"), max_size=60),
    st.text(max_size=40),
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_plan_replays_and_a_second_repair_changes_nothing(text: str) -> None:
    repaired = repair_text(text)
    assert apply_plan(text, repaired.edits) == repaired.text
    assert reverse_plan(repaired.text, repaired.edits) == text
    assert unicodedata.is_normalized("NFC", repaired.text)
    assert repair_text(repaired.text).edits == ()
    ends = [v.span for v in repaired.verdicts]
    assert [s for span in ends for s in span] == sorted(s for span in ends for s in span)
    assert (ends[0].start, ends[-1].end) == (0, len(repaired.text)) if repaired.text else not ends
    assert all(0 <= u.start < u.end <= len(repaired.text) for u in repaired.unresolved)


def edits_of(text: str, cuts: list[tuple[int, int, str]]) -> tuple[Edit, ...]:
    found, at = [], 0
    for gap, length, after in cuts:
        start = at + gap
        end = min(start + length, len(text))
        if start > len(text) or (start == end and not after):
            continue
        found.append(Edit(Span(start, end), text[start:end], after, "f", "e", 1.0))
        at = end + 1
    return tuple(found)


CUTS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.text("xyz", max_size=3)), max_size=6)


@given(st.text("abcd", max_size=24), CUTS, CUTS)
def test_composed_plan_does_what_the_two_do(text: str, one: list[Any], two: list[Any]) -> None:
    first = edits_of(text, one)
    middle = apply_plan(text, first)
    second = edits_of(middle, two)
    both = compose(text, first, second)
    assert apply_plan(text, both) == apply_plan(middle, second)
    assert reverse_plan(apply_plan(text, both), both) == text


def test_plan_for_another_text_is_an_error() -> None:
    edits = repair_text("cāa Chā tåch").edits
    with pytest.raises(UsageError):
        apply_plan("của Chủ tịch", edits)
    with pytest.raises(UsageError):
        reverse_plan("cāa Chā tåch", edits)


# ------------------------------------------------------------------ verdicts


def test_verdicts_tell_repaired_clean_and_other_languages() -> None:
    text = "Chā tåch Āy ban\nQuyết định này có hiệu lực từ ngày ký.\nThe quick brown fox jumps over lazy dogs\n"
    assert [(v.verdict, v.span.of(repair_text(text).text).count("\n")) for v in repair_text(text).verdicts] == [
        ("repaired", 1),
        ("clean", 1),
        ("not-evaluated", 1),
    ]


def test_what_stays_damaged_is_said() -> None:
    repaired = repair_text("Quyết định của Ủy ban về \x05\x06q\x06 này")
    assert [u.of(repaired.text) for u in repaired.unresolved] == ["\x05\x06q\x06"]
    assert repaired.verdicts[0].verdict == "damaged"


# ------------------------------------------------------------------ line ends


def test_text_that_an_engine_misread_is_damaged_and_not_clean() -> None:
    read = (
        "SỜ Y TÉ TỈNH, Dộc lộp - Tụ do - Hạnh phúc\nQuyểt đinh vê việc phê duyêt kế hoạch phảt triẻn nông nghiẹp\n"
        "Căn cứ đề nghị của Truởng phòng, các đơn vị thưc hiên nhiệm vụ đuợc giao theo phưong án.\n"
    )
    done = repair_text(read)
    assert done.text == read
    assert {(v.verdict, v.family) for v in done.verdicts} == {("damaged", "ocr-layer")}
    assert done.unresolved
    names = "Làng Krăi, xã Đăk Rơ Ông; ông Y Bhĕm, bà H'Ngăm Niê Kđăm; suối Đăk Ơkoi; bản Nậm Pồ.\n"
    assert all(v.family is None for v in repair_text(names * 3).verdicts)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_end_as_their_system_ends_them(end: str) -> None:
    lines = [
        "Chā tåch Āy ban nhân dân tãnh",
        "Quyết định này có hiệu lực từ ngày ký.",
        "Quyết định của Ủy ban về \x05\x06q\x06 này",
        "The quick brown fox jumps over lazy dogs",
    ]
    repaired = repair_text(end.join([*lines, ""]))
    assert repaired.text == end.join(["Chủ tịch Ủy ban nhân dân tỉnh", *lines[1:], ""])
    assert [(v.unit, v.verdict, v.family) for v in repaired.verdicts] == [
        ("line 1", "repaired", "ghostscript-range"),
        ("line 2", "clean", None),
        ("line 3", "damaged", None),
        ("line 4", "not-evaluated", None),
    ]
    assert [u.of(repaired.text) for u in repaired.unresolved] == ["\x05\x06q\x06"]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_signs_know_where_a_line_begins_and_ends(end: str) -> None:
    body = "ch±¡ng trình cąa Ąy ban nhân dân tỉnh về nhiệm vụ đ±ợc giao"
    garbled_lines = [body, "n) ban hành quyết định", '" Sở Tài chính', "các xã, ph±ờng, v.v&", "<Đề án=", ""]
    out = repair_text(end.join(garbled_lines)).text.split(end)
    assert out[1:] == ["n) ban hành quyết định", "• Sở Tài chính", "các xã, phường, v.v…", "“Đề án”", ""]


def test_page_that_ends_in_a_carriage_return_needs_no_line_feed() -> None:
    pages = (page(1, Block("text", (Run("của tỉnh\r"),))), page(2, Block("text", (Run("Điều 1"),))))
    assert repair_document(RawDocument(SOURCE, "text", pages, paged=True)).text == "của tỉnh\rĐiều 1"


def test_mojibake_holds_characters_that_are_no_line_ends() -> None:
    shown = "quyết định của Ủy ban về nguyễn".encode().decode("latin-1")
    assert "\x85" in shown
    assert repair_text(shown).text == "quyết định của Ủy ban về nguyễn"


def test_unresolved_words_do_not_overlap() -> None:
    repaired = repair_text("Chā tåch Āy ban nhân dân tãnh, xyzßq\x05ÿw và ßßxq\ufffd")
    assert [u.of(repaired.text) for u in repaired.unresolved] == ["xyzßq\x05ÿw", "ßßxq\ufffd"]


# ------------------------------------------------------------------ documents


def boxes(text: str, top: float) -> CharBoxes:
    return CharBoxes(array("f", [v for i in range(len(text)) for v in (10.0 * i, top, 10.0 * i + 9, top + 10)]))


def page(number: int, *blocks: Block) -> RawPage:
    return RawPage(number, blocks, 600, 800)


def test_document_keeps_blocks_pages_boxes_and_note_marks() -> None:
    title, body, mark, cell = "CHĀ TäCH", "cāa Āy ban vê\u0300", "(1)", "nhiệm vÿ"
    raw = RawDocument(
        SOURCE,
        "pdf-text",
        (
            page(1, Block("heading", (Run(title, places=boxes(title, 50), bold=True),), level=1)),
            page(
                2,
                Block(
                    "paragraph", (Run(body, places=boxes(body, 70)), Run(mark, places=boxes(mark, 65), origin="sup"))
                ),
                Block("cell", (Run(cell, places=boxes(cell, 90)),), row=0, column=0, table=0),
                Block("cell", (Run("2023"),), row=0, column=1, table=0),
            ),
        ),
        paged=True,
    )
    clean = repair_document(raw)
    assert clean.text == "CHỦ TỊCH\ncủa Ủy ban về(1)\nnhiệm vụ\t2023"
    assert clean.raw == "CHĀ TäCH\ncāa Āy ban vê\u0300(1)\nnhiệm vÿ\t2023"
    assert [b.span.of(clean.text) for b in clean.blocks] == ["CHỦ TỊCH", "của Ủy ban về(1)", "nhiệm vụ", "2023"]
    assert [b.bold for b in clean.blocks] == [True, False, False, False]
    assert [m.of(clean.text) for m in clean.note_marks] == ["(1)"]
    assert (clean.pages, clean.places.length) == (2, len(clean.text))
    at = clean.text.index("Ủy")
    assert [(p.page, tuple(p.box)) for p in clean.places.of((at, at + 2))] == [(2, (40.0, 70.0, 59.0, 80.0))]
    accent = clean.text.index("về") + 1
    assert tuple(clean.places.of((accent, accent + 1))[0].box) == (120.0, 70.0, 139.0, 80.0)
    note = clean.note_marks[0]
    assert tuple(clean.places.of(note)[0].box) == (0.0, 65.0, 29.0, 75.0)
    assert clean.places.page_of(0) == 1
    assert RawMap(clean.edits).span((at, at + 2)).of(clean.raw) == "Āy"


def test_bare_text_block_is_kept_as_it_is() -> None:
    text = "\ufeffa\r\n\r\n  của tỉnh \t\n\n"
    clean = repair_document(RawDocument(SOURCE, "text", (RawPage(1, (Block("text", (Run(text),)),)),)))
    assert clean.text == clean.raw == text
    assert (clean.pages, clean.edits, clean.problems) == (None, (), ())


def test_one_code_of_a_font_has_one_letter() -> None:
    # "ÿ" alone could be ụ or ủ; in font 0 code 7 is read as ủ everywhere, in font 1 as ụ
    first, second = "cÿa Chÿ tịch", "nhiệm vÿ, mÿc tiêu"
    raw = RawDocument(
        SOURCE,
        "pdf-evidence",
        (page(1, Block("paragraph", (Run(first, font=0),)), Block("paragraph", (Run(second, font=1),))),),
        fonts=(FontFacts("A"), FontFacts("B")),
        paged=True,
    )
    clean = repair_document(raw)
    assert clean.text == "của Chủ tịch\nnhiệm vụ, mục tiêu"
    assert [(v.unit, v.verdict) for v in clean.verdicts] == [("font 0", "repaired"), ("font 1", "repaired")]


def test_shift_of_glyph_ids_is_found_from_right_and_damaged_codes() -> None:
    # Liberation Serif: code = glyph id = code point - 6166. Run Ụ ụ Ủ ủ is damaged, ế alone is right
    run = "ụỦủ"
    values = {ord(u) - 6166: garbled(u, k) for k, u in enumerate(run)}
    values[ord("ế") - 6166] = "ế"
    assert font_shift(values, {code: code for code in values}) == 6166
    unknown = {ord(u) - 5000: garbled(u, k) for k, u in enumerate(run)}
    unknown[ord("ế") - 5000] = "ế"
    assert font_shift(unknown, {code: code for code in unknown}) == 5000
    assert font_shift({65: "A", 66: "ế"}, {65: 65, 66: 66}) is None


def test_problem_is_reported_for_what_stays_damaged() -> None:
    raw = RawDocument(SOURCE, "text", (RawPage(1, (Block("text", (Run("Quyết định về \x05\x06q\x06 này"),)),)),))
    (problem,) = repair_document(raw).problems
    assert (problem.stage, problem.category) == ("repair", "damaged-text")
    assert "damaged" in problem.message
    assert problem.hint


# ------------------------------------------------------------------ seeds


def seed(shared: Path, number: str) -> str:
    return next((shared / "seeds").glob(f"{number}_*.txt")).read_bytes().decode("utf-8")


def test_seed_000_against_gold(shared: Path) -> None:
    gold = (shared / "gold" / "000.repaired.txt").read_bytes().decode("utf-8").split()
    ours = repair_text(seed(shared, "000")).text.split()
    assert [(a, b) for a, b in zip(ours, gold, strict=True) if a != b] == []


@pytest.mark.parametrize("number", ["001", "004"])
def test_clean_seeds_stay(shared: Path, number: str) -> None:
    text = seed(shared, number)
    assert repair_text(text).text.replace("mục tiêu", "mục t iêu") == text.replace("mục tiêu", "mục t iêu")


def test_seed_003_leaves_nothing_damaged(shared: Path) -> None:
    repaired = repair_text(seed(shared, "003"))
    assert repaired.unresolved == ()
    assert not tell_tale() & set(repaired.text)
