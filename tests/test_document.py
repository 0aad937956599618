"""Span arithmetic of the types that pass between stages."""

from __future__ import annotations

import json
import pickle
from array import array

from hypothesis import given
from hypothesis import strategies as st

from congvan.document import Box, CharBoxes, Edit, Place, Places, RawMap, Span, to_json


def plan(raw: str, *replacements: tuple[int, int, str]) -> tuple[str, list[Edit]]:
    edits = [Edit(Span(a, b), raw[a:b], after, "x", "", 1.0) for a, b, after in replacements]
    out, at = "", 0
    for edit in edits:
        out += raw[at : edit.span.start] + edit.after
        at = edit.span.end
    return out + raw[at:], edits


def test_spans_go_back_through_edits() -> None:
    raw = "Chā tịch &amp; Āy ban"
    clean, edits = plan(raw, (2, 3, "ủ"), (9, 14, "&"), (15, 16, "Ủ"))
    assert clean == "Chủ tịch & Ủy ban"
    back = RawMap(edits)
    assert back.span((0, 3)) == (0, 3)
    assert back.span((9, 10)) == (9, 14)
    assert back.span((11, 17)) == (15, 21)
    assert back.span((4, 8)) == (4, 8)


def test_a_span_that_cuts_an_edit_is_widened_to_all_of_it() -> None:
    clean, edits = plan("a½b", (1, 2, "1/2"))
    assert clean == "a1/2b"
    assert RawMap(edits).span((2, 5)) == (1, 3)


@given(st.text(max_size=30), st.data())
def test_untouched_text_comes_back_equal(raw: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=8)))
    pairs = [(a, b, data.draw(st.text(max_size=3))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    pairs = [p for i, p in enumerate(pairs) if i == 0 or p[0] > pairs[i - 1][1]]
    clean, edits = plan(raw, *pairs)
    back = RawMap(edits)
    shift = 0
    at = 0
    for edit in [*edits, None]:
        end = edit.span.start if edit is not None else len(raw)
        if end > at:
            assert clean[at + shift : end + shift] == raw[at:end]
            assert back.span((at + shift, end + shift)) == (at, end)
        if edit is not None:
            at = edit.span.end
            shift += len(edit.after) - edit.span.length


def test_places_join_the_boxes_of_a_line_and_part_lines_and_pages() -> None:
    line = array("f", [0, 0, 5, 10, 5, 0, 10, 10, 0, 20, 5, 30])  # two characters on one line, one on the next
    places = Places((0, 2, 3), (1, 1, 2), (CharBoxes(line[:8]), CharBoxes(line[8:]), None), 5)
    assert places.of((0, 3)) == (Place(1, Box(0, 0, 10, 10)), Place(1, Box(0, 20, 5, 30)))
    assert places.of((3, 5)) == ()
    assert [places.page_of(i) for i in (0, 2, 4, 5)] == [1, 1, 2, None]


def test_stages_print_as_json_and_pickle() -> None:
    place = Place(3, Box(1.5, 2, 3, 4))
    assert json.loads(json.dumps(to_json(place))) == {"page": 3, "box": [1.5, 2, 3, 4]}
    boxes = CharBoxes(array("f", [0, 0, 1, 1]))
    assert to_json(boxes) == {"values": [0, 0, 1, 1]}
    assert pickle.loads(pickle.dumps(boxes)) == boxes
