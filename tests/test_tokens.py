"""Words: spans of the text exactly, and the corrections that administrative text needs."""

from __future__ import annotations

import itertools
import pickle
import unicodedata
from itertools import pairwise

import pytest
from benchmarks.bench_tokens import congvan_words, read_gold, underthesea_words, wrong
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.segment.tokens import tokenize
from congvan.segment.words import WordTokenizer, words_doc


def words(text: str) -> str:
    """The words, parted by ``|``; a line break inside a word as a blank."""
    return "|".join(" ".join(span.of(text).split()) for span in tokenize(text))


@pytest.mark.parametrize(
    "split",
    [
        # symbols of documents are one word, with or without year, number or stroke
        "Quyết định|số|86/QĐ-UBND|ngày|22/02/2022",
        "số|1234/QĐ-UBND|,|số|23-NQ/TU|,|số|70-CTr/HU",
        "Nghị định|số|60/2021/NĐ-CP|và|Công văn|số|549/SKHĐT-KT",
        "Số|:|/BC-UBND",
        "số|21|,|22|,|23/2022/NQ-HĐND",
        # figures, dates and periods; the percent sign is a word of its own
        "đạt|14,58|%|kế hoạch",
        "đạt|18,6|%|kế hoạch",
        "1.345,6|tỷ|đồng|(|6.909/75.337|triệu|đồng|)",
        "giai đoạn|2021|-|2025",
        "trong|quý|I/2025|và|quý|II|năm|2026",
        "ngày|tháng|năm|2024",
        # abbreviations
        "TM.|ỦY BAN NHÂN DÂN",
        "Ban|Tổ chức|T.Ư",
        "UBND|TP.|Pleiku",
        "V/v|báo cáo|KT-XH",
        "Tỉnh ủy|(|b/c|)|;",
        "thi hành|./.",
        # old and new spelling of ủy
        "Ủy ban nhân dân|tỉnh",
        "Uỷ ban nhân dân|tỉnh",
        # agencies are their words; "và" is never inside one
        "Sở|Kế hoạch|và|Đầu tư",
        "Sở|Lao động|-|Thương binh|và|Xã hội",
        "Ban|Thường vụ|Huyện ủy",
        # titles
        "Phó Chủ tịch|Hội đồng nhân dân",
        "Phó Trưởng phòng|và|Chánh Văn phòng",
        # headings in capitals are split as in small letters
        "SỞ|NÔNG NGHIỆP|VÀ|PHÁT TRIỂN|NÔNG THÔN",
        "CỘNG HÒA|XÃ HỘI CHỦ NGHĨA|VIỆT NAM",
        "ỦY BAN NHÂN DÂN|HUYỆN|KON PLÔNG",
        # names
        "huyện|Kon Plông|,|huyện|Ia H'Drai|và|Tu Mơ Rông",
        "Huyện|Tu Mơ Rông|báo cáo",
        "Báo|Đắk Lắk",
        "xã|Ia Dom|,|tỉnh|Gia Lai",
        "ông|Nguyễn Văn An|,|bà|Y Hương Lan",
        "đồng chí|A Thái Bình|,|Phó Giám đốc",
        "Trần Thị Minh Thảo",
        # words that the model parts
        "kể từ|ngày|ký|,|so với|cùng kỳ|,|20|%|trở lên",
        "báo cáo|hằng tháng|,|hằng quý",
    ],
)
def test_words(split: str) -> None:
    glued = {",", ";", ")", ":", "./."}
    text = ""
    for word in split.split("|"):
        text += word if word in glued or text.endswith("(") or not text else f" {word}"
    assert words(text) == split


def test_range_without_spaces() -> None:
    assert words("giai đoạn 2021-2025") == "giai đoạn|2021|-|2025"
    assert words("đạt 14,58%") == "đạt|14,58|%"


def test_a_word_runs_over_a_line_break_but_not_into_a_list_item() -> None:
    text = "Giao Sở Kế\nhoạch và Đầu  tư:\n- Chủ trì\n2. Sở Tài\n\nchính"
    assert words(text) == "Giao|Sở|Kế hoạch|và|Đầu tư|:|-|Chủ trì|2|.|Sở|Tài chính"
    assert "Kế\nhoạch" in [span.of(text) for span in tokenize(text)]


def test_decomposed_letters_give_the_same_words_at_their_own_places() -> None:
    text = "Ủy ban nhân dân huyện Đăk Glei trước ngày 20 hằng tháng."
    assert words(unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFD", words(text))


def test_gold_half_by_half() -> None:
    lines = read_gold()
    assert len(lines) == 200
    for half in (lines[::2], lines[1::2]):
        total, missed, added = wrong(half, congvan_words)
        _, peer_missed, peer_added = wrong(half, underthesea_words)
        assert missed + added <= 0.010 * total
        assert 5 * (missed + added) < peer_missed + peer_added


VIETNAMESE = st.sampled_from(
    [
        "Ủy ban",
        "nhân dân",
        "KON PLÔNG",
        "86/QĐ-UBND",
        "14,58%",
        "H'Drai",
        "./.",
        "...",
        "“",
        "a)",
        "\n- ",
        "\n\n",
        "  ",
        "\x12ồng",
        "ê\u0301",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(VIETNAMESE | st.text(max_size=6), max_size=12).map(" ".join))
def test_words_cover_the_text_and_nothing_is_lost(text: str) -> None:
    spans = tokenize(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(
        span.length and not text[span.start].isspace() | text[span.end - 1].isspace()
        for span in spans
        if span.of(text).strip()
    )
    inside = {i for span in spans for i in range(*span)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in inside)
    assert words_doc(text).text == text


def test_doc_has_our_words_and_can_be_pickled() -> None:
    text = " Giao Sở Kế hoạch và Đầu tư\n\nhoàn thành  trước ngày 30/6/2024."
    doc = words_doc(text)
    assert doc.text == text
    assert "Kế hoạch" in [token.text for token in doc]
    assert "30/6/2024" in [token.text for token in doc]
    assert doc.char_span(text.index("Kế"), text.index("Kế") + len("Kế hoạch")) is not None
    assert pickle.loads(pickle.dumps(doc)).text == text


def test_tokenizer_has_nothing_to_save() -> None:
    tokenizer = WordTokenizer(words_doc("một").vocab)
    assert tokenizer.from_bytes(tokenizer.to_bytes()) is tokenizer
    assert [t.text for t in pickle.loads(pickle.dumps(tokenizer))("Tỉnh ủy")] == ["Tỉnh ủy"]


@pytest.mark.parametrize("bad", ["-", "\n", ",1", "A", "a.", "BB/", ".", "I", "1/", "A-", "Ủy ban "])
def test_one_piece_over_and_over_is_covered(bad: str) -> None:
    text = bad * 8000
    spans = tokenize(text)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert "".join(text[s.start : s.end] for s in spans).replace(" ", "") == "".join(text.split())
