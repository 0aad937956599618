"""Paragraphs, zones, outline and sentences of bare text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.document import BlockSpan, CleanDocument, Layout, Source, Span
from congvan.language.markers import marker_of, roman
from congvan.language.sentences import sentences_of
from congvan.segment.layout import segment

SOURCE = Source("x.txt", "0" * 64, 1, "text/plain")


def layout_of(text: str) -> Layout:
    return segment(CleanDocument(SOURCE, "text", text, text))


def texts(text: str, *kinds: str) -> list[str]:
    return [p.text for p in layout_of(text).paragraphs if not kinds or p.kind in kinds]


WRAPPED = """\
Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh về việc đẩy nhanh tiến độ giải ngân vốn

đầu tư công, yêu cầu các đơn vị khẩn trương triển khai các nhiệm vụ trọng tâm trong
năm 2023 theo đúng thời gian quy định. Các đơn vị chịu trách nhiệm về kết quả.
1. Rà soát danh mục các dự án chậm tiến độ, báo cáo kết quả trước ngày 25 tháng
3 năm 2023 để tổng hợp.
"""


def test_a_blank_line_inside_a_sentence_ends_nothing() -> None:
    first, second = texts(WRAPPED)
    assert first.startswith("Thực hiện chỉ đạo") and first.endswith("về kết quả.")
    assert "vốn đầu tư công" in first
    assert (
        second
        == "1. Rà soát danh mục các dự án chậm tiến độ, báo cáo kết quả trước ngày 25 tháng 3 năm 2023 để tổng hợp."
    )


def test_a_blank_line_after_every_line_changes_nothing() -> None:
    spread = WRAPPED.replace("\n\n", "\n").replace("\n", "\n\n")
    assert texts(spread) == texts(WRAPPED)


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_nothing(ending: str) -> None:
    assert texts(WRAPPED.replace("\n", ending)) == texts(WRAPPED)


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = "Điều thứ nhất được nêu rõ trong văn bản\nKết quả thực hiện còn hạn chế\nTrong thời gian tới cần khắc phục\n"
    assert len(texts(text)) == 3


def test_a_number_at_a_line_start_inside_a_sentence_is_no_item() -> None:
    text = (
        "Các cơ quan, đơn vị căn cứ chức năng, nhiệm vụ được giao báo cáo kết quả trong tháng\n"
        "3. Việc báo cáo chậm sẽ bị phê bình trước toàn thể hội nghị của các đơn vị thuộc tỉnh.\n"
    )
    assert [p.marker for p in layout_of(text).paragraphs] == [None]


def test_a_hyphenated_name_broken_before_its_dash_is_no_item() -> None:
    text = (
        "1. Các đơn vị có tên dưới đây phối hợp thực hiện nhiệm vụ được giao gồm: Sở Lao động\n"
        "- Thương binh và Xã hội và Sở Nội vụ trong quá trình triển khai kế hoạch năm 2023.\n"
    )
    [only] = layout_of(text).paragraphs
    assert "Sở Lao động - Thương binh và Xã hội" in only.text


def test_a_range_broken_after_its_hyphen_is_joined_without_a_space() -> None:
    text = "Tốc độ tăng trưởng của khu vực nông, lâm nghiệp và thủy sản trong cơ cấu kinh tế đạt 19-\n20% vào cuối năm theo kế hoạch."
    assert "19-20%" in texts(text)[0]


FOOTED = """\
1. Thành viên Ban Chỉ đạo tỉnh(1) kiểm tra, đôn đốc các huyện, thành phố đẩy nhanh tiến
độ thực hiện các chương trình mục tiêu quốc gia trong năm 2023, báo cáo Ủy ban nhân
(1) Theo Quyết định số 86/QĐ-UBND ngày 22 tháng 02 năm 2022.
692 16 3
2
\fdân tỉnh kết quả thực hiện.
2. Nhiệm vụ khác: (1) rà soát danh mục; (2) lập kế hoạch.
"""


def test_footnotes_page_numbers_and_stamps_leave_the_flow_and_keep_their_place() -> None:
    layout = layout_of(FOOTED)
    kinds = {p.text: p.kind for p in layout.paragraphs}
    assert kinds["(1) Theo Quyết định số 86/QĐ-UBND ngày 22 tháng 02 năm 2022."] == "footnote"
    assert kinds["692 16 3"] == "running" and kinds["2"] == "running"
    first = layout.paragraphs[0]
    assert first.text.endswith("báo cáo Ủy ban nhân dân tỉnh kết quả thực hiện.")
    found = first.flow.span(first.text.index("nhân dân"), first.text.index("nhân dân") + len("nhân dân"))
    assert FOOTED[found.start : found.end].startswith("nhân") and FOOTED[found.start : found.end].endswith("dân")
    assert next(p for p in layout.paragraphs if p.kind == "footnote").note_ref == "1"


OUTLINED = """\
I. NHIỆM VỤ CHUNG
1. Về thu ngân sách
a) Rà soát nguồn thu.
- Cục Thuế tỉnh chủ trì.
+ Báo cáo hằng tháng.
- Sở Tài chính phối hợp.
đ) Nội dung khác.
2. Về chi ngân sách
2.1. Chi thường xuyên.
2.2. Chi đầu tư.
II. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính hướng dẫn.
"""


def test_outline_ids_are_paths_of_markers() -> None:
    outline = layout_of(OUTLINED).outline
    assert [n.id for n in outline] == [
        "I", "I.1", "I.1.a", "I.1.a.-1", "I.1.a.-1.+1", "I.1.a.-2", "I.1.đ", "I.2", "I.2.1", "I.2.2", "II", "II.1",
    ]  # fmt: skip
    assert {n.id: n.parent for n in outline}["I.2.1"] == "I.2"
    assert outline[1].title == "Về thu ngân sách"
    assert outline[0].span.covers(outline[9].span) and not outline[0].span.covers(outline[10].span)


def test_numbers_never_lie_under_dashes_at_the_top() -> None:
    text = "Kính gửi các đơn vị sau đây:\n- Sở A;\n- Sở B.\n1. Nội dung thứ nhất.\n- Ý một.\n2. Nội dung thứ hai.\n"
    assert [n.id for n in layout_of(text).outline if n.kind == "number"] == ["1", "2"]


def test_articles_and_their_points() -> None:
    text = "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Áp dụng cho tỉnh.\na) Cấp huyện;\nĐiều 2. Đối tượng\nChương II\nTỔ CHỨC\nĐiều 3. Hiệu lực\n"
    assert [n.id for n in layout_of(text).outline] == [
        "Chương I", "Chương I.Điều 1", "Chương I.Điều 1.1", "Chương I.Điều 1.1.a", "Chương I.Điều 2", "Chương II", "Chương II.Điều 3",
    ]  # fmt: skip


LETTER = """\
ỦY BAN NHÂN DÂN TỈNH KON TUM     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ TÀI CHÍNH                       Độc lập - Tự do - Hạnh phúc
Số: 123/STC-NS                     Kon Tum, ngày 05 tháng 3 năm 2023
V/v báo cáo giải ngân

Kính gửi:
- Sở Nội vụ;
- Ủy ban nhân dân các huyện, thành phố.

Thực hiện chỉ đạo của tỉnh, đề nghị các đơn vị báo cáo trước ngày 10 tháng 3 năm 2023./.

Nơi nhận:
- Như trên;
- Lưu: VT, NS.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Nguyễn Văn A
"""


def test_zones_of_a_letter() -> None:
    layout = layout_of(LETTER)
    assert [z.name for z in layout.zones] == ["head", "addressees", "body", "recipients", "signature"]
    signature = layout.zone("signature")
    assert signature is not None and LETTER[signature.start : signature.end].startswith("KT. GIÁM ĐỐC")


@pytest.mark.parametrize("text", ["QUYẾT ĐỊNH:", "Quyết liệt chỉ đạo.", "KTXH phát triển"])
def test_words_that_begin_like_a_signature_are_none(text: str) -> None:
    assert "signature" not in {p.kind for p in layout_of(f"Nội dung.\n{text}\nĐiều 1. Ban hành.\n").paragraphs}


@pytest.mark.parametrize(
    ("text", "kind", "number", "ordinal"),
    [
        ("đ) Đề nghị", "letter", "đ", 5),
        ("IV. KẾT LUẬN", "roman", "IV", 4),
        ("1.2. Chi", "dotted", "1.2", 2),
        ("(3) Việc", "bracket", "3", 3),
        ("Điều 12. Hiệu lực", "article", "12", 12),
        ("– Các sở", "dash", "-", None),
    ],
)
def test_markers(text: str, kind: str, number: str, ordinal: int | None) -> None:
    marker = marker_of(text)
    assert marker is not None
    assert (marker.kind, marker.number, marker.ordinal) == (kind, number, ordinal)


@pytest.mark.parametrize(
    "text", ["2023. Tổng kết", "7/7 xã", "1.700 tỷ đồng", "20% số xã", "Điều 5 Luật Đầu tư", "-5 độ", "a.b.c"]
)
def test_what_looks_like_a_marker_and_is_none(text: str) -> None:
    assert marker_of(text) is None


def test_roman_numbers() -> None:
    assert [roman(n) for n in ("I", "IV", "IX", "XIV", "XL")] == [1, 4, 9, 14, 40]


def test_sentences_end_before_capitals_and_not_after_abbreviations() -> None:
    text = "Báo cáo UBND TP. Kon Tum. Hoàn thành trước ngày 25/3/2023. Kinh phí 1.700 tỷ đồng…"
    assert [text[a:b] for a, b in sentences_of(text)] == [
        "Báo cáo UBND TP. Kon Tum.",
        "Hoàn thành trước ngày 25/3/2023.",
        "Kinh phí 1.700 tỷ đồng…",
    ]


def test_blocks_of_a_format_keep_their_kinds() -> None:
    text = "Tiêu đề\nĐoạn một chưa hết\nmà còn tiếp.\nSTT\nTên"
    blocks = (
        BlockSpan("heading", Span(0, 7), 1, level=1),
        BlockSpan("paragraph", Span(8, 25), 1),
        BlockSpan("paragraph", Span(26, 38), 1),
        BlockSpan("cell", Span(39, 42), 1, row=0, column=0, table=0),
        BlockSpan("cell", Span(43, 46), 1, row=0, column=1, table=0),
    )
    layout = segment(CleanDocument(SOURCE, "docx", text, text, blocks=blocks))
    assert [(p.kind, p.text) for p in layout.paragraphs] == [
        ("heading", "Tiêu đề"),
        ("body", "Đoạn một chưa hết mà còn tiếp."),
        ("cell", "STT"),
        ("cell", "Tên"),
    ]


pieces = st.sampled_from(
    [
        "Sở Tài chính",
        "chủ trì",
        "1. ",
        "a) ",
        "- ",
        "+ ",
        "(1)",
        "\n",
        "\n\n",
        "\f",
        ".",
        ";",
        ":",
        " ",
        "2023",
        "2",
        "692 16 3",
        "Nơi nhận:",
        "TM. ỦY BAN",
        "Kính gửi:",
        "Điều 1.",
        "I. ",
        "THÔNG BÁO",
        "\r\n",
        "\t",
        "…",
        "năm",
        "-",
        "Chương I",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=60).map("".join) | st.text(max_size=200))
def test_nothing_is_lost_and_every_span_fits(text: str) -> None:
    layout = layout_of(text)
    covered = bytearray(len(text))
    for p in layout.paragraphs:
        squeezed = "".join(p.text.split())
        positions = [p.flow.offset(i) for i, c in enumerate(p.text) if not c.isspace()]
        assert positions == sorted(positions)
        assert "".join(text[i] for i in positions) == squeezed
        for i in positions:
            assert not covered[i]
            covered[i] = 1
    kept = sum(covered)
    drawn = sum(1 for i, c in enumerate(text) if not c.isspace() and not covered[i])
    assert kept + drawn == sum(1 for c in text if not c.isspace())
    assert all(text[i] in "-–—_=*~.·" or text[i].isspace() for i in range(len(text)) if not covered[i])
    for span, owner in zip(layout.sentences, layout.sentence_of, strict=True):
        assert layout.paragraphs[owner].span.covers(span)
    assert len({n.id for n in layout.outline}) == len(layout.outline)
