"""What the user sees of repair: the plan as a file, undo, the report, repair of a text that is longer than memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from test_repair import TEXTS

from congvan.document import Edit, Span, Verdict
from congvan.errors import UsageError
from congvan.repair import RepairedText, apply_plan, repair_stream, repair_text, reverse_plan
from congvan.repair.planfile import Origin, as_line, end_line, explained, read_plan
from congvan.repair.report import report_html
from congvan.repair.report_rows import rows_of, visible
from congvan.repair.report_words import FAMILIES, LEVELS, VERDICTS
from congvan.repair.stream import AROUND, repair_pieces

GOLDEN = Path(__file__).parent / "goldens" / "report" / "body.html"
ORIGIN = Origin("text/plain", "utf-8", "", True, "0" * 64, "1" * 64)


def plan_of(repaired: RepairedText) -> list[str]:
    return [*map(as_line, explained(repaired)), as_line(end_line(ORIGIN))]


# ------------------------------------------------------------------ the plan as a file


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_plan_that_was_written_replays_and_undoes(text: str) -> None:
    repaired = repair_text(text)
    plan = read_plan(plan_of(repaired))
    assert plan.edits == repaired.edits
    assert plan.origin == ORIGIN
    assert apply_plan(text, plan.edits) == repaired.text
    assert reverse_plan(repaired.text, plan.edits) == text


def test_a_plan_lists_edits_then_verdicts_then_unresolved_places() -> None:
    repaired = repair_text("Chā tåch Āy ban nhân dân tãnh\nvề \x05\x06q\x06 này\n")
    lines = [json.loads(line) for line in plan_of(repaired)]
    kinds = [next(k for k in ("before", "verdict", "unresolved", "plan") if k in line) for line in lines]
    assert kinds == ["before"] * 4 + ["verdict"] * 2 + ["unresolved", "plan"]
    assert {"unit": "line 2", "verdict": "damaged", "after_span": [30, 42]}.items() <= lines[5].items()
    assert lines[6] == {"unresolved": [33, 37], "text": "\x05\x06q\x06"}


BROKEN = [
    ([], "cut off"),
    (
        [as_line({"span": [0, 1], "before": "a", "after": "b", "family": "f", "evidence": "", "confidence": 1})],
        "cut off",
    ),
    (["{"], "line 1"),
    (["[]"], "line 1"),
    (["\n", '{"x": 1}'], "line 2"),
    (['{"span": [3, 1], "before": "a", "after": "b", "family": "f", "evidence": "", "confidence": 1}'], "line 1"),
    (['{"span": [0, 1], "before": 1, "after": "b", "family": "f", "evidence": "", "confidence": 1}'], "line 1"),
    (['{"plan": 2}'], "version 2"),
    (['{"plan": 1}'], "line 1"),
    ([as_line(end_line(ORIGIN)), "x"], "line 2"),
]


@pytest.mark.parametrize(("lines", "words"), BROKEN)
def test_what_is_no_plan_is_refused_with_its_line(lines: list[str], words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        read_plan(lines, "p.jsonl")
    assert "p.jsonl" in caught.value.message
    assert caught.value.hint


def test_a_plan_that_does_not_fit_says_where_and_what() -> None:
    edits = (Edit(Span(4, 7), "cāa", "của", "f", "e", 1.0),)
    with pytest.raises(UsageError, match=r"line 2, character 4, should read “cāa”, there stands “của”"):
        apply_plan("abc\ncủa", edits)
    with pytest.raises(UsageError, match="the text ends before it"):
        reverse_plan("abc", edits)
    with pytest.raises(UsageError, match="not in order"):
        apply_plan("abc\ncāa", (*edits, *edits))


# ------------------------------------------------------------------ streams

DAMAGED = "Chā tßch Āy ban nhân dân tãnh yêu cầu các sở, ban ngành khẩn tr°¡ng thực hiện nhißm vā cāa mình.\n"
CLEAN = "Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành; các cơ quan chịu trách nhiệm thi hành.\n\n"


def parted(text: str, cuts: list[int]) -> Iterator[str]:
    for start, end in pairwise([0, *sorted(min(c, len(text)) for c in cuts), len(text)]):
        yield text[start:end]


@settings(max_examples=30, deadline=None)
@given(TEXTS, st.lists(st.integers(0, 60), max_size=4))
def test_a_text_of_one_piece_is_repaired_as_a_whole(text: str, cuts: list[int]) -> None:
    assert "".join(repair_stream(parted(text, cuts))) == repair_text(text).text


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, max_size=6).map("\n".join), st.lists(st.integers(0, 300), max_size=4), st.integers(8, 90))
def test_pieces_cover_the_text_and_do_not_depend_on_how_it_comes(text: str, cuts: list[int], size: int) -> None:
    pieces = list(repair_pieces(parted(text, cuts), size))
    assert "".join(p.raw for p in pieces) == text
    assert all(len(p.raw) <= size for p in pieces)
    assert [(p.raw_at, p.clean_at) for p in pieces] == [
        (sum(len(q.raw) for q in pieces[:n]), sum(len(q.repaired.text) for q in pieces[:n])) for n in range(len(pieces))
    ]
    plan = tuple(Edit(**{**_fields(e), "span": e.span.shift(p.raw_at)}) for p in pieces for e in p.repaired.edits)
    clean = "".join(p.repaired.text for p in pieces)
    assert apply_plan(text, plan) == clean
    assert reverse_plan(clean, plan) == text
    assert "".join(repair_stream([text], size)) == clean


def _fields(edit: Edit) -> dict[str, object]:
    return {name: getattr(edit, name) for name in Edit.__slots__}


def test_pieces_see_enough_to_be_repaired_as_the_whole_text_is() -> None:
    text = DAMAGED * 20 + CLEAN * 200 + "Ngày 05 tháng 3, Chā tåch kết luận.\n" + CLEAN * 100 + DAMAGED
    size = 2 * AROUND
    pieces = list(repair_pieces([text], size))
    assert len(pieces) > 3
    assert "".join(p.repaired.text for p in pieces) == repair_text(text).text
    lines = text.count("\n")
    assert pieces[-1].repaired.verdicts[-1].unit.endswith(str(lines))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""])
def test_pieces_end_at_line_ends_where_there_are_any(end: str) -> None:
    text = "".join(f"dòng số {n} e\u0301{end}" for n in range(200))
    pieces = list(repair_pieces([text], 500))
    assert "".join(p.raw for p in pieces) == text
    for piece in pieces[:-1]:
        assert piece.raw.endswith(end)
    assert "".join(p.repaired.text for p in pieces) == text.replace("e\u0301", "é")


def test_letters_and_their_marks_are_not_parted() -> None:
    text = "e\u0301" * 400
    assert "".join(repair_stream([text], 101)) == "é" * 400


# ------------------------------------------------------------------ the report

RAW = "Chā tịch\n<b>\x04 & n\ufffdm\nA\nB\nC\nD\nE\nvi t\nxß\n"
TEXT = "Chủ tịch\n<b>\x04 & năm\nA\nB\nC\nD\nE\nvit\nxß\n"
EDITS = (
    Edit(Span(0, 3), "Chā", "Chủ", "ghostscript-range", "ủ as <ā>", 0.999),
    Edit(Span(16, 19), "n\ufffdm", "năm", "ghostscript-range", 'ă as "U+FFFD"', 0.5),
    Edit(Span(30, 34), "vi t", "vit", "inserted-space", "", 0.95),
)
REPAIRED = RepairedText(
    TEXT,
    EDITS,
    (
        Verdict("lines 1-7", Span(0, 30), "repaired", "ghostscript-range", "2 words repaired", 0.75),
        Verdict("line 8", Span(30, 34), "repaired", "inserted-space", "1 word repaired", 0.95),
        Verdict("line 9", Span(34, 37), "damaged", None, "1 word not", 0.9),
    ),
    (Span(12, 13), Span(34, 36)),
)


def page(raw: str = RAW, repaired: RepairedText = REPAIRED, name: str = "a<b>.txt") -> str:
    return "".join(report_html(raw, repaired, name))


def test_report_golden() -> None:
    shown = regex.sub(r"<style>.*?</style>|congvan [\d.a-z]+", "", page(), flags=regex.DOTALL)
    assert shown == GOLDEN.read_text(encoding="utf-8")


def test_report_is_one_file_without_network_and_scripts() -> None:
    shown = page()
    assert not regex.search(r"https?:|<script|<link|<img|@import|url\(|src=", shown)
    assert "default-src 'none'" in shown
    assert "prefers-color-scheme: dark" in shown


def test_report_says_what_stands_behind_an_edit() -> None:
    tree = lxml.html.document_fromstring(page())
    ins = tree.get_element_by_id("e2")
    assert (ins.tag, ins.text, ins.get("class")) == ("ins", "năm", "doubt")
    assert ins.get("title") == 'ghostscript-range | ă as "U+FFFD" | 0.500'
    assert tree.get_element_by_id("u1").text_content() == "U+0004"
    assert [a.get("href") for a in tree.xpath("//table[@class='list']//a")] == ["#u1", "#e2", "#u2"]
    assert len(tree.xpath("//details[.//table[@class='text']]//tr[@class='quiet']")) == 4


def test_what_nobody_sees_is_shown() -> None:
    assert visible("a\u00a0b") == 'a<span class="sign" title="U+00A0">⍽</span>b'
    for c in ("\x00", "\x1b", "\x85", "\xad", "\u200b", "\u202e", "\ue000", "\ufeff", "\U000e0001", "\ud800"):
        assert f">U+{ord(c):04X}<" in visible(f"a{c}")
    assert visible('<a href="x">&') == "&lt;a href=&quot;x&quot;&gt;&amp;"


def test_report_of_a_document_with_fonts_lists_their_verdicts() -> None:
    fonts = (Verdict("font 1", Span(0, 30), "repaired", "x", "", 0.9), Verdict("font 2", Span(4, 37), "clean"))
    shown = page(repaired=RepairedText(TEXT, EDITS, fonts, ()))
    assert "font 2" in shown
    assert shown.count("<tr class=") == 9


def test_report_of_clean_and_of_empty_text() -> None:
    text = CLEAN * 50
    shown = page(text, repair_text(text))
    assert "Nothing had to be repaired." in shown
    assert shown.count("<details>") == 1
    page("", repair_text(""))


def test_words_of_the_report_cover_verdicts() -> None:
    assert set(VERDICTS) == {"clean", "repaired", "damaged", "not-evaluated"}
    assert set(LEVELS) == {"sure", "likely", "doubt"}
    assert all(len(names) == 2 for names in FAMILIES.values())


def a_repair(text: str, cuts: list[tuple[int, int, str]], left: list[tuple[int, int]]) -> RepairedText:
    """Any edits and unresolved places on a text, whether they make sense or not."""
    edits: list[Edit] = []
    at = 0
    for gap, length, after in cuts:
        start, end = at + gap, min(at + gap + length, len(text))
        if start <= end and (start < end or after):
            edits.append(Edit(Span(start, end), text[start:end], after, "f<&>", 'e">', 0.95))
            at = end + 1
    clean = apply_plan(text, edits)
    places: list[Span] = []
    at = 0
    for gap, length in left:
        place = Span(at + gap, min(at + gap + length, len(clean)))
        if place.start < place.end:
            places.append(place)
            at = place.end
    verdict = (Verdict("line 1", Span(0, len(clean)), "repaired"),) if clean else ()
    return RepairedText(clean, tuple(edits), verdict, tuple(places))


class Balance(HTMLParser):
    """Checks that each element is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("meta", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


ANY = st.text("ab<>&\"' \n", max_size=40)
CUTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), st.text("x<\n", max_size=3)), max_size=6)
LEFT = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 6)), max_size=4)


@settings(max_examples=150, deadline=None)
@given(ANY, CUTS, LEFT)
def test_columns_hold_the_texts_and_nothing_escapes(
    text: str, cuts: list[tuple[int, int, str]], left: list[tuple[int, int]]
) -> None:
    repaired = a_repair(text, cuts, left)
    rows = list(rows_of(text, repaired.edits, repaired.unresolved))
    assert "".join(r.before.of(text) for r in rows) == text
    if text:
        assert "".join(r.after.of(repaired.text) for r in rows) == repaired.text
    shown = page(text, repaired)
    balance = Balance()
    balance.feed(shown)
    assert balance.open == []
    tree = lxml.html.document_fromstring(shown)
    cells = [c.text_content().replace("∅", "") for c in tree.xpath("//table[@class='text']/tbody/tr/td")]
    for column, given_text, spans in (
        (cells[::2], text, [r.before for r in rows]),
        (cells[1::2], repaired.text, [r.after for r in rows]),
    ):
        assert [c.rstrip("\n") for c in column] == [span.of(given_text).rstrip("\n") for span in spans]
    if text:
        assert len(tree.xpath("//del")) >= len(repaired.edits)
        assert all(tree.xpath(f"//ins[@id='e{n + 1}']") for n in range(len(repaired.edits)))
