"""From text to the record's parts: letterhead, end, context, obligations. All texts are ours; all expectations by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.parse import parse_bytes
from congvan.record import KINDS, Obligation, Record


def record_of(text: str) -> Record:
    [record] = parse_bytes(text.encode(), "letter.txt")
    return record


def tasks(text: str) -> list[tuple[list[str], list[str], str | None]]:
    """Lead, coordinating, due of each obligation."""
    return [
        ([a.text for a in o.lead], [a.text for a in o.coordinating], o.deadline.due if o.deadline else None)
        for o in record_of(text).obligations
    ]


LETTER = """\
ỦY BAN NHÂN DÂN TỈNH KON TUM     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ TÀI CHÍNH                       Độc lập - Tự do - Hạnh phúc
Số: 123/STC-NS                     Kon Tum, ngày 05 tháng 3 năm 2023
V/v báo cáo tình hình giải ngân vốn

Kính gửi:
- Sở Nội vụ;
- Ủy ban nhân dân các huyện, thành phố.

Thực hiện Công văn số 45/UBND-KTTH ngày 01 tháng 3 năm 2023 của Ủy ban nhân dân tỉnh,
Sở Tài chính đề nghị các đơn vị báo cáo tình hình giải ngân trước ngày 10 tháng 3./.

Nơi nhận:
- Như trên;
- UBND tỉnh (b/c);
- Lưu: VT, NS.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Nguyễn Văn A
"""


def test_letterhead_set_in_two_columns() -> None:
    record = record_of(LETTER)
    assert (record.document_type, record.number, record.symbol) == ("CÔNG VĂN", "123/STC-NS", "STC-NS")
    assert (record.issued_on, record.issued_at) == ("2023-03-05", "Kon Tum")
    assert record.subject == "báo cáo tình hình giải ngân vốn"
    assert record.issuer is not None and record.issuer.name == "Sở Tài chính tỉnh Kon Tum"
    assert record.issuer.key == "63:62/so-tai-chinh"
    assert record.parent_agency is not None and record.parent_agency.key == "63:62/ubnd"
    assert [a.text for a in record.addressees] == ["Sở Nội vụ", "Ủy ban nhân dân các huyện, thành phố"]
    assert [(r.text, r.purpose) for r in record.recipients] == [
        ("Như trên", None),
        ("UBND tỉnh", "b/c"),
        ("VT, NS", "lưu"),
    ]
    assert record.signatory is not None
    assert (record.signatory.name, record.signatory.position) == ("Nguyễn Văn A", "PHÓ GIÁM ĐỐC")
    assert record.signatory.authority == ["KT."]
    assert {"number", "issued_on", "issuer", "signatory"} <= set(record.evidence)
    assert record.text[slice(*record.evidence["number"].span)] == "123/STC-NS"


@pytest.mark.parametrize("above", ["Cổng thông tin điện tử tỉnh Kon Tum\n", "Trang chủ\nVăn bản chỉ đạo điều hành\n"])
def test_lines_of_a_web_portal_above_the_letterhead_do_not_hide_it(above: str) -> None:
    alone, below = record_of(LETTER), record_of(above + LETTER)
    for field in ("number", "issued_on", "issued_at", "document_type", "subject"):
        assert getattr(below, field) == getattr(alone, field)
    assert below.issuer is not None
    assert below.issuer.key == "63:62/so-tai-chinh"


def test_the_number_of_the_document_itself_is_no_citation_and_its_date_no_date() -> None:
    record = record_of(LETTER)
    assert [c.number for c in record.citations] == ["45/UBND-KTTH"]
    assert "2023-03-05" not in {d.start for d in record.dates}


def test_a_deadline_without_a_year_is_completed_by_the_date_of_issue() -> None:
    assert [d.due for d in record_of(LETTER).deadlines] == ["2023-03-10"]
    without = LETTER.replace("Kon Tum, ngày 05 tháng 3 năm 2023", "")
    record = record_of(without)
    assert [d.due for d in record.deadlines] == [None]
    assert any(item.finding == record.deadlines[0].id for item in record.review)


def test_blank_number_and_date_stay_null() -> None:
    blank = LETTER.replace("Số: 123/STC-NS", "Số:     /STC-NS").replace(
        "ngày 05 tháng 3 năm 2023", "ngày    tháng    năm 2023"
    )
    record = record_of(blank)
    assert (record.number, record.symbol, record.issued_on, record.issued_at) == (None, "STC-NS", None, "Kon Tum")
    assert {"number", "issued_on"} <= {item.field for item in record.review}


def test_a_lost_head_is_not_invented_and_the_signature_names_the_issuer() -> None:
    text = """\
THÔNG BÁO
Kết luận cuộc họp ngày 16 tháng 3 năm 2023

Ngày 16 tháng 3 năm 2023, Ủy ban nhân dân tỉnh Kon Tum họp về giải ngân vốn.

Nơi nhận:
- Chủ tịch và các PCT UBND tỉnh;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""
    record = record_of(text)
    assert (record.document_type, record.number, record.issued_on) == ("THÔNG BÁO", None, None)
    assert record.issuer is not None and record.issuer.key == "63:62/ubnd"
    assert record.evidence["issuer"].rule == "letterhead.issuer_of_signature"
    assert record.signatory is not None and record.signatory.name is None


def test_text_that_begins_within_a_sentence_is_a_matter_for_review() -> None:
    cut = " trường kinh doanh năm 2023\n\n(Ban hành kèm theo Quyết định số 23/QĐ-UBND)\n\nSở Tài chính báo cáo."
    whole = cut.replace(" trường", "Môi trường", 1)
    reasons = [[item.reason for item in record_of(text).review if item.field == "text"] for text in (cut, whole)]
    assert reasons == [["it begins within a sentence: what stood before is not in the file"], []]


def test_figures_of_a_stamp_are_a_candidate_for_review() -> None:
    text = "V/v triển khai nhiệm vụ\n\nKính gửi: Sở Nội vụ.\n\nĐề nghị Sở Nội vụ báo cáo kết quả.\n\n692 16 3\n\n2\n\nTrân trọng./.\n"
    record = record_of(text)
    assert record.number is None and record.issued_on is None
    assert any("692 16 3" in item.reason for item in record.review)


def test_lead_and_coordinating_agencies_and_deadline() -> None:
    text = (
        "1. Sở Y tế chủ trì, phối hợp với Sở Tài chính, Công an tỉnh và các đơn vị liên quan kiểm tra các cơ sở "
        "khám bệnh. Hoàn thành trước ngày 25 tháng 3 năm 2023.\n"
    )
    assert tasks(text) == [(["Sở Y tế"], ["Sở Tài chính", "Công an tỉnh", "các đơn vị liên quan"], "2023-03-25")]


NESTED = """\
2. Giao Sở Kế hoạch và Đầu tư:
- Chủ trì, phối hợp với Sở Tài chính thẩm định dự án, báo cáo trước ngày 20 tháng 3 năm 2023.
- Theo dõi, đôn đốc các huyện.
3. Sở Nội vụ chủ trì:
+ Phối hợp với Sở Tư pháp rà soát văn bản.
+ Tham mưu Ủy ban nhân dân tỉnh ban hành quy chế.
"""


def test_the_subject_of_the_introductory_line_goes_to_the_items() -> None:
    assert tasks(NESTED) == [
        (["Sở Kế hoạch và Đầu tư"], ["Sở Tài chính"], "2023-03-20"),
        (["Sở Kế hoạch và Đầu tư"], [], None),
        (["Sở Nội vụ"], ["Sở Tư pháp"], None),
        (["Sở Nội vụ"], [], None),
    ]
    first = record_of(NESTED).obligations[0]
    assert (first.modality, first.section) == ("giao", "2")
    assert first.headline == "thẩm định dự án, báo cáo"


def test_a_heading_that_only_names_an_agency_gives_the_subject() -> None:
    text = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Hướng dẫn các đơn vị phòng bệnh.\n2. Công an tỉnh\n- Tăng cường tuần tra.\n"
    assert tasks(text) == [(["Sở Y tế"], [], None), (["Công an tỉnh"], [], None)]


def test_a_preface_gives_the_subject_of_all_items() -> None:
    text = (
        "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành tập trung thực hiện các nhiệm vụ sau:\n"
        "1. Rà soát thủ tục hành chính.\n2. Sở Nội vụ tổng hợp kết quả.\n"
    )
    assert tasks(text) == [(["các sở, ban, ngành"], [], None), (["Sở Nội vụ"], [], None)]


def test_an_item_that_directs_another_agency_is_a_task_of_the_subject() -> None:
    text = "1. Sở Nông nghiệp và Phát triển nông thôn:\na) Chỉ đạo Chi cục Kiểm lâm trực cháy rừng.\n"
    assert tasks(text) == [(["Sở Nông nghiệp và Phát triển nông thôn"], [], None)]


@pytest.mark.parametrize(
    "text",
    [
        "Ban Chỉ đạo tỉnh đã họp và kiện toàn các tổ công tác.",
        "Sở Tài chính được giao nhiệm vụ từ năm 2020.",
        "Thông báo này được gửi đến các sở, ban, ngành.",
        "Nghị quyết của Hội đồng nhân dân tỉnh về kế hoạch năm 2023.",
        "Trong năm 2022, tỉnh có 15 xã đạt chuẩn nông thôn mới.",
    ],
)
def test_facts_are_no_obligations(text: str) -> None:
    assert tasks(f"1. {text}\n") == []


def test_results_of_a_report_are_no_obligations_but_its_tasks_are() -> None:
    text = """\
BÁO CÁO
Tình hình thực hiện nhiệm vụ năm 2023

I. KẾT QUẢ THỰC HIỆN
1. Sở Y tế tổ chức 05 lớp tập huấn.
2. Ủy ban nhân dân huyện chỉ đạo các xã rà soát hộ nghèo.
II. NHIỆM VỤ NĂM 2024
1. Sở Y tế chủ trì, phối hợp với Sở Tài chính mua sắm thiết bị.
"""
    assert tasks(text) == [(["Sở Y tế"], ["Sở Tài chính"], None)]


def test_two_tasks_with_their_own_deadlines_are_two() -> None:
    text = (
        "1. Sở Tài chính phân bổ kinh phí, hoàn thành trong tháng 6 năm 2024; quyết toán với Bộ Tài chính chậm nhất ngày "
        "31/7/2024.\n"
    )
    assert tasks(text) == [(["Sở Tài chính"], [], "2024-06-30"), (["Sở Tài chính"], [], "2024-07-31")]


@pytest.mark.parametrize("word", ["không", "đã", "chưa"])
def test_what_was_or_was_not_ordered_is_no_order(word: str) -> None:
    assert tasks(f"Ủy ban nhân dân tỉnh {word} giao Sở Y tế thực hiện nhiệm vụ này.\n") == []


def test_labels_and_tables_name_lead_partner_and_time() -> None:
    text = (
        "1. Tổ chức hội chợ nông sản.\nChủ trì thực hiện: Sở Công Thương. Phối hợp: Sở Tài chính. Thời gian: quý III/2023.\n"
        "2. Mua sắm thiết bị. Đơn vị chủ trì: Sở Y tế; Đơn vị phối hợp: Công an tỉnh; Thời gian hoàn thành: trước ngày "
        "31/10/2025.\n"
    )
    assert tasks(text) == [
        (["Sở Công Thương"], ["Sở Tài chính"], "2023-09-30"),
        (["Sở Y tế"], ["Công an tỉnh"], "2025-10-31"),
    ]


def test_a_common_deadline_goes_to_all_tasks_of_the_paragraph() -> None:
    text = "1. Sở Y tế cấp thuốc; Sở Tài chính bố trí kinh phí. Các nội dung trên hoàn thành trước ngày 20/9/2024.\n"
    assert tasks(text) == [(["Sở Y tế"], [], "2024-09-20"), (["Sở Tài chính"], [], "2024-09-20")]


def test_a_condition_is_told_apart() -> None:
    text = "1. Trường hợp có vướng mắc, Sở Tư pháp có trách nhiệm báo cáo Ủy ban nhân dân tỉnh.\n"
    [obligation] = record_of(text).obligations
    assert obligation.condition == "Trường hợp có vướng mắc"
    assert [a.text for a in obligation.lead] == ["Sở Tư pháp"]
    assert [a.text for a in obligation.reports_to] == ["Ủy ban nhân dân tỉnh"]


def test_amounts_and_citations_are_attached_by_id() -> None:
    text = "1. Sở Tài chính bố trí 25,4 tỷ đồng theo Nghị quyết số 08/NQ-HĐND ngày 22 tháng 3 năm 2023.\n"
    record = record_of(text)
    [obligation] = record.obligations
    assert obligation.amounts == [record.amounts[0].id]
    assert obligation.citations == [record.citations[0].id]


def test_mentions_of_one_document_share_their_identity_and_two_dates_are_not_joined() -> None:
    text = (
        "Căn cứ Quyết định số 86/QĐ-UBND ngày 22/02/2022 của Ủy ban nhân dân tỉnh; theo Quyết định số 86/QĐ-UBND.\n"
        "Theo Quyết định số 02/QĐ-UBND ngày 10/02/2022 và Quyết định số 02/QĐ-UBND ngày 10/02/2023, Quyết định số 02/QĐ-UBND.\n"
    )
    assert [c.resolved for c in record_of(text).citations] == [
        "86/QĐ-UBND@2022-02-22", "86/QĐ-UBND@2022-02-22", "02/QĐ-UBND@2022-02-10", "02/QĐ-UBND@2023-02-10", None,
    ]  # fmt: skip


def test_ids_survive_a_change_elsewhere() -> None:
    before = {o.id for o in record_of(NESTED).obligations}
    after = {o.id for o in record_of("1. Nội dung mới được thêm vào.\n" + NESTED).obligations}
    assert before == after


def test_a_finding_from_repaired_text_keeps_the_text_before_repair() -> None:
    text = (
        "Chā tịch Āy ban nhân dân tỉnh giao nhiệm vÿ cāa tỉnh, thực hiện mÿc tiêu quốc gia về phát triển kinh tế - xã hội.\n"
        "1. Āy ban nhân dân tỉnh yêu cầu Sở Nội vÿ rà soát, hoàn thành trước ngày 25 tháng 3 n�m 2023.\n"
    )
    record = record_of(text)
    [deadline] = record.deadlines
    assert (deadline.due, deadline.text) == ("2023-03-25", "trước ngày 25 tháng 3 năm 2023")
    assert deadline.raw is not None and "n�m" in deadline.raw


snippets = st.sampled_from(
    [
        "Sở Tài chính", "chủ trì", ", phối hợp với ", "Giao ", "Công an tỉnh", "trước ngày 25 tháng 3 năm 2023", "1. ", "a) ", "- ", "\n", ":",
        "; ", ". ", "25%", "1,5 tỷ đồng", "Quyết định số 86/QĐ-UBND", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Kính gửi:", "THÔNG BÁO",
        "Số: 12/UBND-KT", "(1)", "Kon Tum, ngày 3 tháng 3 năm 2023", "các đơn vị liên quan", "báo cáo", "Trường hợp ", "Āy", "�", "\f", "2",
    ]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    st.lists(snippets, min_size=1, max_size=40)
    .map("".join)
    .filter(lambda t: 10 * t.count("�") < sum(map(str.isalpha, t)))
)
def test_every_finding_is_where_it_says(text: str) -> None:
    record = record_of(text)
    ids = [f.id for _, f in record.all_findings()]
    assert len(ids) == len(set(ids))
    for kind in KINDS:
        for finding in record.findings(kind):
            start, end = finding.span
            assert 0 <= start < end <= len(record.text)
            quoted = "".join(record.text[start:end].split())
            wanted = "".join(finding.text.split())
            assert wanted in quoted or set(wanted) <= set(quoted)
            assert quoted[:1] == wanted[:1] and quoted[-1:] == wanted[-1:]
            if isinstance(finding, Obligation):
                assert finding.lead and len(finding.headline.split()) < 20
    known = set(ids)
    for o in record.obligations:
        assert {*o.amounts, *o.citations} <= known
