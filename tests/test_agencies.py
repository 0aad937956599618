"""Agencies: mentions in a flow, lists of them, full names and keys, the gazetteers."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import congvan
from congvan.extract.agencies import chain, find_agencies
from congvan.language.acronyms import expand, issuer_of_symbol
from congvan.language.authority import AgencyContext, canonical, resolve
from congvan.language.bodies import bodies, changes
from congvan.language.gazetteer import find_province, find_unit, fold_place, known_place, units
from congvan.language.succession import (
    Validity,
    earlier_names,
    lineage,
    predecessors,
    successors,
    validity,
)
from congvan.rules.check import failures
from congvan.rules.load import rules

# Mentions stand between bars: [agency], {group}, <person>.
MARKS = {"[": "agency", "{": "group", "<": "person"}
CLOSE = {"[": "]", "{": "}", "<": ">"}

LINES = [
    # lists, and "và" inside names
    "[Sở Kế hoạch và Đầu tư], [Sở Tài chính] và {các đơn vị} chủ động phối hợp",
    "phối hợp với [Sở Nông nghiệp và Phát triển nông thôn], [Sở Lao động - Thương binh và Xã hội], [Ban Dân tộc] nghiên cứu",
    "[Sở Giáo dục và Đào tạo] và [Sở Y tế] tổ chức thực hiện",
    "[Bộ Văn hóa, Thể thao và Du lịch], [Bộ Tài chính] trình [Chính phủ]",
    # levels and places
    "{Ủy ban nhân dân các huyện, thành phố} rà soát, báo cáo [UBND tỉnh] trước ngày 20",
    "{UBND các xã, phường, thị trấn} và [UBND huyện Ia H’Drai, tỉnh Kon Tum]",
    "{Ủy ban nhân dân cấp huyện, cấp xã} trình [Hội đồng nhân dân cùng cấp] quyết định",
    "[Ủy ban nhân dân Thành phố Hà Nội] giao {UBND các quận, huyện, thị xã}",
    "[Huyện ủy Kon Rẫy]; [Thành ủy Kon Tum]; [Kho bạc Nhà nước Kon Tum]; [Báo Kon Tum]",
    "[Kho bạc Nhà nước khu vực XIV] và [Bảo hiểm xã hội khu vực XXI]",
    "[Ngân hàng Nhà nước Chi nhánh tỉnh Kon Tum], [NHCSXH Chi nhánh tỉnh]",
    "{UBND các tỉnh, thành phố trực thuộc Trung ương} chịu trách nhiệm",
    "[UBND tỉnh Bà Rịa - Vũng Tàu], [UBND tỉnh Thừa Thiên Huế], [UBND Phường 12, Quận 3]; [Sở Xây dựng tỉnh Cam Túc]",
    "[Ủy ban nhân dân tỉnh] Quyết định ban hành; [Hội đồng nhân dân tỉnh] khóa XII, kỳ họp thứ 6",
    # spellings
    "[Uỷ ban nhân dân tỉnh] và [Toà án nhân dân tỉnh]; [Tỉnh uỷ]",
    "[Sở Lao động-Thương binh và Xã hội], [Sở Lao động – Thương binh và Xã hội]",
    "[Sở NN&PTNT], [Sở Nông nghiệp và PTNT], [Sở GD&ĐT], [Sở VH,TT&DL], [Phòng LĐ-TB&XH huyện] phối hợp",
    "[Sở KH&ĐT] và [UBND TP. Hồ Chí Minh]; [TT. Tỉnh ủy], [TT HĐND tỉnh], [VP UBND tỉnh]; [UBMTTQ tỉnh], [UBND TX. An Khê]",
    "[Bộ CHQS tỉnh], [BCH BĐBP tỉnh], [LĐLĐ tỉnh], [Hội LHPN tỉnh], [TAND tỉnh], [Chi cục THADS huyện]",
    "[ỦY BAN NHÂN DÂN TỈNH KON TUM]",
    "[SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG]",
    # persons
    "<Chủ tịch Ủy ban nhân dân các huyện, thành phố> và <Giám đốc Sở Y tế> chủ trì",
    "<Chủ tịch Ủy ban nhân dân tỉnh>, <Trưởng Ban Chỉ đạo> yêu cầu",
    "báo cáo <các Phó Trưởng Ban Chỉ đạo> xem xét",
    "<Chủ tịch, các PCT UBND tỉnh>; [Văn phòng UBND tỉnh]: CVP, các PCVP",
    "<Thủ trưởng các sở, ban ngành, đơn vị thuộc tỉnh>, <Chánh Thanh tra tỉnh> và <Trưởng phòng Nội vụ huyện>",
    "<Bộ trưởng Bộ Tài chính>, <Thủ trưởng cơ quan ngang bộ> chịu trách nhiệm",
    "<Thủ tướng Chính phủ> giao <Tổng Biên tập Báo Kon Tum>",
    # groups
    "{các sở, ban, ngành và địa phương} khẩn trương; {các đơn vị có liên quan} tham mưu",
    "{Các đơn vị thành viên Ban Chỉ đạo} và {các thành viên của Ban Chỉ đạo} rà soát",
    "{các tổ chức chính trị - xã hội thành viên} tiếp tục đẩy mạnh",
    "{các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh} và {Ủy ban nhân dân các huyện, thành phố} biết",
    "{Các cấp, các ngành}, {các doanh nghiệp} và {các chủ đầu tư}",
    "{các Công ty TNHH một thành viên do Nhà nước làm chủ sở hữu thuộc tỉnh} thực hiện",
    "theo dõi cùng {đơn vị liên quan}; {chủ đầu tư} hoàn thiện hồ sơ",
    # party, front, organs
    "[Thường trực Tỉnh ủy] (b/c); [Thường trực HĐND tỉnh]; [Ban Thường vụ Huyện ủy]; [Văn phòng Đoàn ĐBQH và HĐND tỉnh]",
    "[Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh] và [Hội Liên hiệp Phụ nữ tỉnh], [Tỉnh đoàn]",
    "[Ban Chỉ đạo phòng, chống dịch bệnh gia súc, gia cầm tỉnh] họp",
    # not in the authority file
    "Giao [Phòng Khoa giáo-Văn xã] chủ trì, phối hợp với [Phòng Nông nghiệp-Tài nguyên và Môi trường] tham mưu",
    "[Sở Hạ tầng số] chủ trì; [Trung tâm Công nghệ thông tin] tổ chức",
    "[Công ty Điện lực Kon Tum] phối hợp với [Trường THPT Chuyên Nguyễn Tất Thành]",
    # no agencies at all
    "phòng, chống tham nhũng; ban hành quy chế; bộ máy hành chính; hội nghị; bộ hồ sơ; trường hợp này",
    "tăng cường công tác thanh tra, kiểm tra, phòng cháy chữa cháy; sở hữu trí tuệ; cơ sở dữ liệu; quỹ đất",
    "Quyết định số 86/QĐ-UBND; Công văn số 449/UBND-KTTH; Báo cáo số 38/BC-SKHĐT; Nghị quyết số 61/NQ-HĐND",
    "thành phố Hội An; phường Trường Chinh; trái phiếu Chính phủ; phi Chính phủ; công đoàn phí",
    "các ngành nghề nông thôn; các hội nghị; các bộ phận; các ban đầu; trên địa bàn tỉnh; tại các huyện, thành phố",
]


def _marked(line: str) -> tuple[str, list[tuple[str, str]]]:
    """The line without bars, and its mentions as (text, form)."""
    plain = ""
    wanted: list[tuple[str, str]] = []
    start, opened = 0, ""
    for c in line:
        if not opened and c in MARKS:
            start, opened = len(plain), c
        elif opened and c == CLOSE[opened]:
            wanted.append((plain[start:], MARKS[opened]))
            opened = ""
        else:
            plain += c
    return plain, wanted


@pytest.mark.parametrize("line", LINES)
def test_mentions(line: str) -> None:
    text, wanted = _marked(line)
    assert [(text[f.start : f.end], f.value["form"]) for f in find_agencies(text)] == wanted


def test_rules_hold_their_examples() -> None:
    assert failures(rules("agencies")) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ngân hàng CSXH huyện", "Ngân hàng Chính sách xã hội huyện"),
        ("TT. HĐND tỉnh", "Thường trực Hội đồng nhân dân tỉnh"),
        ("UBND các huyện, TP", "Ủy ban nhân dân các huyện, thành phố"),
        ("Sở NN & PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("UBMTTQVN tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("Ủy ban MTTQ Việt Nam huyện", "Ủy ban Mặt trận Tổ quốc Việt Nam huyện"),
        ("SKHĐT", "Sở Kế hoạch và Đầu tư"),
        ("Chủ tịch và các PCT UBND tỉnh", "Chủ tịch và các Phó Chủ tịch Ủy ban nhân dân tỉnh"),
        ("ỦY BAN NHÂN DÂN HUYỆN KON RẪY", "Ủy ban nhân dân huyện Kon Rẫy"),
        ("các đơn vị có liên quan", "các đơn vị có liên quan"),
    ],
)
def test_canonical_name(text: str, name: str) -> None:
    assert canonical(text) == name


def test_expand_leaves_text_without_acronyms() -> None:
    text = "Ủy ban nhân dân tỉnh yêu cầu các sở, ban ngành"
    assert expand(text) == text


def test_elided_heads_are_written_out() -> None:
    text = "Giám đốc các Sở: Nội vụ, Kế hoạch và Đầu tư và Y tế; Chủ tịch UBND các huyện"
    found = find_agencies(text)
    assert [text[f.start : f.end] for f in found] == [
        "Giám đốc các Sở: Nội vụ",
        "Kế hoạch và Đầu tư",
        "Y tế",
        "Chủ tịch UBND các huyện",
    ]
    assert [f.value["name"] for f in found[:3]] == [
        "Giám đốc Sở Nội vụ",
        "Giám đốc Sở Kế hoạch và Đầu tư",
        "Giám đốc Sở Y tế",
    ]


def test_elided_heads_of_acronyms() -> None:
    text = "các Sở: NN&PTNT, KHĐT và TC báo cáo"
    assert [f.value["name"] for f in find_agencies(text)] == [
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Sở Kế hoạch và Đầu tư",
        "Sở Tài chính",
    ]


@pytest.mark.parametrize(
    ("before", "listed", "after"),
    [
        ("phối hợp với ", ["Ban Dân tộc", "Sở Tài chính", "các đơn vị liên quan"], " tham mưu"),
        ("phối hợp với ", ["Sở Kế hoạch và Đầu tư"], " xây dựng kế hoạch, Sở Tài chính thẩm định"),
        ("", ["Sở Tài chính", "UBND các huyện, thành phố"], " có trách nhiệm"),
        ("cùng ", ["Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "các cơ quan, đơn vị liên quan"], ": rà soát"),
    ],
)
def test_chain_ends_before_the_verb(before: str, listed: list[str], after: str) -> None:
    joined = listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + " và " + listed[-1]
    text = before + joined + after
    found = chain(text, len(before))
    assert [text[f.start : f.end] for f in found] == listed
    assert found[-1].end == len(before) + len(joined)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Giám đốc Sở Y tế chủ trì", "Sở Y tế"),
        ("Chánh Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("Chủ tịch, các PCT UBND tỉnh", "UBND tỉnh"),
        ("Thủ tướng Chính phủ giao", "Thủ tướng Chính phủ"),
        ("Sở Y tế", "Sở Y tế"),
    ],
)
def test_the_body_of_an_office_holder(text: str, body: str) -> None:
    [found] = find_agencies(text)
    assert text[found.start + found.value["body"] : found.end] == body


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("SKHĐT", "Sở Kế hoạch và Đầu tư"),
        ("STC-NS", "Sở Tài chính"),
        ("BTC", "Bộ Tài chính"),
        ("TTg", "Thủ tướng Chính phủ"),
        ("QH15", "Quốc hội"),
        ("UBND", None),
        ("XYZ", None),
    ],
)
def test_issuer_of_a_symbol(letters: str, name: str | None) -> None:
    assert issuer_of_symbol(letters) == name


def test_chain_joins() -> None:
    text = "Sở Tài chính cùng với Sở Nội vụ; UBND huyện Kon Rẫy, và Ban Dân tộc họp"
    assert len(chain(text, 0)) == 4
    assert chain(text, 1) == []
    assert [f.start for f in chain(" Sở Y tế", 0)] == [1]


KON_TUM = AgencyContext("tỉnh Kon Tum", on=date(2023, 3, 16), level="province")
KON_RAY = AgencyContext("Kon Tum", "huyện Kon Rẫy", on=date(2023, 6, 1), level="district")
QUANG_NGAI = AgencyContext("tỉnh Quảng Ngãi", on=date(2025, 8, 1), level="province")
KON_DAO = AgencyContext("tỉnh Quảng Ngãi", commune="xã Kon Đào", on=date(2025, 8, 1), level="commune")
HEALTH = AgencyContext("tỉnh Kon Tum", on=date(2023, 3, 16), level="province", issuer="Sở Y tế tỉnh Kon Tum")


@pytest.mark.parametrize(
    ("mention", "context", "name", "key"),
    [
        ("UBND tỉnh", KON_TUM, "Ủy ban nhân dân tỉnh Kon Tum", "63:62/ubnd"),
        ("Sở Tài chính", KON_TUM, "Sở Tài chính tỉnh Kon Tum", "63:62/so-tai-chinh"),
        ("Ban Dân tộc tỉnh", KON_TUM, "Ban Dân tộc tỉnh Kon Tum", "63:62/ban-dan-toc"),
        ("UBND huyện Kon Rẫy", KON_TUM, "Ủy ban nhân dân huyện Kon Rẫy", "63:62.614/ubnd"),
        ("UBND huyện Đăk Tô", KON_TUM, "Ủy ban nhân dân huyện Đắk Tô", "63:62.612/ubnd"),
        ("UBND xã Đăk Ruông", KON_TUM, "Ủy ban nhân dân xã Đắk Ruồng", "63:62.614.23488/ubnd"),
        ("UBND thành phố", KON_TUM, "Ủy ban nhân dân thành phố Kon Tum", "63:62.608/ubnd"),
        ("Bộ Tài chính", KON_TUM, "Bộ Tài chính", "vn/bo-tai-chinh"),
        ("Giám đốc Sở Y tế", KON_TUM, "Giám đốc Sở Y tế tỉnh Kon Tum", "63:62/so-y-te"),
        ("Tỉnh ủy", KON_TUM, "Tỉnh ủy Kon Tum", "63:62/tinh-uy"),
        ("Kho bạc Nhà nước tỉnh", KON_TUM, "Kho bạc Nhà nước Kon Tum", "63:62/kho-bac-nha-nuoc"),
        ("Ủy ban nhân dân", KON_TUM, "Ủy ban nhân dân tỉnh Kon Tum", "63:62/ubnd"),
        ("Ủy ban nhân dân", KON_RAY, "Ủy ban nhân dân huyện Kon Rẫy", "63:62.614/ubnd"),
        ("Huyện ủy", KON_RAY, "Huyện ủy Kon Rẫy", "63:62.614/huyen-uy"),
        ("UBND tỉnh Thừa Thiên Huế", KON_TUM, "Ủy ban nhân dân tỉnh Thừa Thiên Huế", "63:46/ubnd"),
        ("UBND Phường 12, Quận 3, Thành phố Hồ Chí Minh", KON_TUM, "Ủy ban nhân dân phường 12", "63:79.770.27130/ubnd"),
        ("UBND tỉnh Bà Rịa - Vũng Tàu", KON_TUM, "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu", "63:77/ubnd"),
        ("Sở Xây dựng tỉnh Cam Túc", KON_TUM, "Sở Xây dựng tỉnh Cam Túc", None),
        # the place comes from the document, or it stays open
        ("Huyện ủy", KON_TUM, "Huyện ủy", None),
        ("Sở Tài chính", AgencyContext(), "Sở Tài chính", None),
        ("UBND tỉnh", AgencyContext(), "Ủy ban nhân dân tỉnh", None),
        ("UBND tỉnh Kon Tum", AgencyContext(), "Ủy ban nhân dân tỉnh Kon Tum", "63:62/ubnd"),
        # groups and unknown bodies have no key
        ("UBND các huyện, thành phố", KON_TUM, "Ủy ban nhân dân các huyện, thành phố", None),
        ("UBND cấp huyện", KON_RAY, "Ủy ban nhân dân cấp huyện", None),
        ("HĐND cùng cấp", KON_TUM, "Hội đồng nhân dân cùng cấp", None),
        ("các đơn vị liên quan", KON_TUM, "các đơn vị liên quan", None),
        ("Ban Chỉ đạo", KON_TUM, "Ban Chỉ đạo", None),
        ("Sở Hạ tầng số", KON_TUM, "Sở Hạ tầng số", None),
        (
            "các cơ quan chuyên môn thuộc UBND tỉnh",
            KON_TUM,
            "các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh Kon Tum",
            None,
        ),
        # units of the department that writes, and bodies that only their level names
        ("Thanh tra Sở", HEALTH, "Thanh tra Sở Y tế tỉnh Kon Tum", None),
        ("Phòng Nghiệp vụ tổng hợp", HEALTH, "Phòng Nghiệp vụ tổng hợp Sở Y tế tỉnh Kon Tum", None),
        ("Phòng Nghiệp vụ tổng hợp", KON_TUM, "Phòng Nghiệp vụ tổng hợp", None),
        ("Phòng Y tế huyện Kon Rẫy", HEALTH, "Phòng Y tế huyện Kon Rẫy", "63:62.614/phong-y-te"),
        ("Trạm Y tế xã", KON_DAO, "Trạm Y tế xã Kon Đào", "34:51.23430/tram-y-te"),
        ("Bộ phận Văn hóa - Xã hội xã", KON_DAO, "Bộ phận Văn hóa - Xã hội xã Kon Đào", None),
        ("Bộ phận Văn hóa - Xã hội xã", KON_TUM, "Bộ phận Văn hóa - Xã hội xã", None),
        # since 1 July 2025: other codes, no districts, departments merged away
        ("UBND tỉnh", QUANG_NGAI, "Ủy ban nhân dân tỉnh Quảng Ngãi", "34:51/ubnd"),
        ("UBND xã Kon Đào", QUANG_NGAI, "Ủy ban nhân dân xã Kon Đào", "34:51.23430/ubnd"),
        # a district that ended, named in a document of after: the former body
        ("UBND huyện Kon Rẫy", QUANG_NGAI, "Ủy ban nhân dân huyện Kon Rẫy", "63:62.614/ubnd"),
        ("Sở Kế hoạch và Đầu tư", QUANG_NGAI, "Sở Kế hoạch và Đầu tư", None),
        # the day is unknown: Quảng Ngãi is in both gazetteers, the department only in the old one
        ("Sở Y tế", AgencyContext("Quảng Ngãi"), "Sở Y tế tỉnh Quảng Ngãi", None),
        (
            "Sở Kế hoạch và Đầu tư",
            AgencyContext("Quảng Ngãi"),
            "Sở Kế hoạch và Đầu tư tỉnh Quảng Ngãi",
            "63:51/so-ke-hoach-va-dau-tu",
        ),
    ],
)
def test_resolve(mention: str, context: AgencyContext, name: str, key: str | None) -> None:
    resolved = resolve(mention, context)
    assert (resolved.name, resolved.key) == (name, key)


def test_same_code_is_another_province_since_the_reform() -> None:
    before, after = find_province("Quảng Ngãi", date(2025, 6, 30)), find_province("Quảng Ngãi", date(2025, 7, 1))
    assert before is not None
    assert after is not None
    assert (before.key, after.key) == ("63:51", "34:51")
    assert find_province("Quảng Ngãi") is None
    assert find_province("tỉnh Kon Tum", date(2025, 7, 1)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đắk Tô", "Đăk Tô"),
        ("Qui Nhơn", "Quy Nhơn"),
        ("Hoà Bình", "Hòa Bình"),
        ("Ia H' Drai", "Ia H’Drai"),
        ("Kontum", "Kon Tum"),
    ],
)
def test_spellings_of_a_place_are_one(one: str, other: str) -> None:
    assert fold_place(one) == fold_place(other)


def test_gazetteers_are_whole() -> None:
    counts = {
        era: [sum(u.level == level for u in units(era)) for level in ("province", "district", "commune")]
        for era in ("63", "34")
    }
    assert counts["63"][0] == 63
    assert counts["34"][:2] == [34, 0]
    assert counts["34"][2] == 3321
    assert 690 <= counts["63"][1] <= 710
    assert find_unit("Kon Rẫy", era="63", within="62") is not None
    assert find_unit("Tân Lập", era="63") is None  # many communes have that name
    assert known_place("Đà Nẵng")
    assert not known_place("Chủ trì")


def test_authority_file_is_sound() -> None:
    known = bodies()
    assert len({b.name.lower() for b in known}) == len(known)
    for body in known:
        assert body.slug.isascii(), body.name
        assert unicodedata.is_normalized("NFC", body.name)
        assert body.levels, body.name
    slugs = {b.slug for b in known}
    for change in changes():
        assert change.after in slugs
        assert set(change.before) <= slugs
        assert change.since == date(2025, 3, 1)


def test_every_body_is_found_in_running_text() -> None:
    missed = []
    for body in bodies():
        if body.person or body.generic or body.part:
            continue
        text = f"Giao {body.name} chủ trì, báo cáo"
        if body.name not in [text[f.start : f.end] for f in find_agencies(text)]:
            missed.append(body.name)
    assert missed == []


PIECES = st.sampled_from(
    [
        "các",
        "sở",
        "Sở",
        "ban",
        "Ban",
        "Chỉ",
        "đạo",
        "UBND",
        "Ủy ban nhân dân",
        "tỉnh",
        "huyện",
        "Kon",
        "Rẫy",
        "và",
        ",",
        ";",
        "-",
        "&",
        "Chủ tịch",
        "Trưởng",
        "thành viên",
        "thuộc",
        "của",
        "khu vực",
        "XIV",
        "liên quan",
        "(",
        ")",
        "/",
        "NN&PTNT",
        "Chi nhánh",
        "\n",
        " ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60))
def test_any_text_gives_ordered_mentions_inside_it(text: str) -> None:
    last = 0
    for f in find_agencies(text):
        assert last <= f.start < f.end <= len(text)
        assert not text[f.start].isspace()
        assert not text[f.end - 1].isspace()
        assert f.value["name"]
        assert f.value["form"] in ("agency", "group", "person")
        last = f.end
        resolve(f.value["name"], KON_TUM)
    for start in range(0, len(text), 7):
        chain(text, start)


def test_all_agencies_of_the_seed_obligations_are_mentions(shared: Path) -> None:
    import json

    text = " ".join((shared / "gold/000.repaired.txt").read_text(encoding="utf-8").split())
    mentions = {text[f.start : f.end].lower() for f in find_agencies(text)}
    gold = json.loads((shared / "gold/000.records.json").read_text(encoding="utf-8"))
    wanted = {n.lower() for o in gold["obligations"] for n in o["lead"] + o["coordinating"]}
    assert {n for n in wanted if n not in mentions} == set()


def test_import_is_light() -> None:
    code = "import sys, congvan.language.authority, congvan.language.gazetteer; sys.exit('spacy' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Giao Sở Tài chính, Kế hoạch và Đầu tư chủ trì, phối hợp với Sở Nội vụ, Công an tỉnh",
            ["Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Sở Nội vụ", "Công an tỉnh"],
        ),
        ("hai Sở Y tế, Tư pháp cùng ký", ["Sở Y tế", "Sở Tư pháp"]),
        ("các sở, ngành: Tài chính, Nội vụ, Công an tỉnh", ["Sở Tài chính", "Sở Nội vụ", "Công an tỉnh"]),
        ("Bộ Tài chính, Công an tỉnh", ["Bộ Tài chính", "Công an tỉnh"]),
        ("sau khi nghe Đảng ủy Sở Tài chính báo cáo", ["Đảng ủy Sở Tài chính"]),
        ("Đội Quản lý thị trường số 3 và Tiểu ban Nội dung", ["Đội Quản lý thị trường số 3", "Tiểu ban Nội dung"]),
        ("Trường THCS Hoa Sen phát động phong trào", ["Trường THCS Hoa Sen"]),
        ("Trung tâm Bảo tồn di tích lắp đặt biển báo", ["Trung tâm Bảo tồn di tích"]),
        ("Phó Chủ tịch UBND tỉnh Trần Văn Quang kết luận", ["Phó Chủ tịch Ủy ban nhân dân tỉnh"]),
        ("thành phố Hội An; ông Đoàn Văn Hùng; đăng trên Cổng thông tin điện tử tỉnh", []),
        ("lập Văn phòng đại diện tại Huế", []),
    ],
)
def test_names_by_their_grammar(text: str, names: list[str]) -> None:
    assert [f.value["name"] for f in find_agencies(text)] == names


DEFINED = (
    "UBND TỈNH KON TUM\nSố: 12/QĐ-UBND\nKon Tum, ngày 03 tháng 3 năm 2023\nQUYẾT ĐỊNH\nVề việc kiện toàn\n"
    "Điều 1. Kiện toàn Ban Chỉ đạo cải cách hành chính tỉnh (sau đây gọi tắt là Ban Chỉ đạo).\n"
    "Điều 2. Ban Quản lý Khu kinh tế tỉnh (viết tắt là BQL) theo dõi.\nĐiều 3. Ban Chỉ đạo họp hằng quý. BQL báo cáo.\n"
)


def test_a_name_that_the_document_defines_is_followed() -> None:
    [record] = congvan.parse_bytes(DEFINED.encode(), "x.txt")
    last = [(a.text, a.name, a.key) for a in record.agencies][-2:]
    assert last == [
        ("Ban Chỉ đạo", "Ban Chỉ đạo cải cách hành chính tỉnh Kon Tum", "63:62/ban-chi-dao-cai-cach-hanh-chinh"),
        ("BQL", "Ban Quản lý Khu kinh tế tỉnh Kon Tum", "63:62/ban-quan-ly-khu-kinh-te"),
    ]


@pytest.mark.parametrize(
    ("mention", "context", "name", "key"),
    [
        # a district names no province, but there is one of that name only
        ("Tỉnh ủy", AgencyContext(district="huyện Kon Rẫy", level="district", on=date(2023, 3, 3)), "Tỉnh ủy Kon Tum", "63:62/tinh-uy"),
        # several communes have the name: the document's own words, no key
        ("Công an xã", AgencyContext(commune="xã Đại Đồng", level="commune", on=date(2023, 8, 18)), "Công an xã Đại Đồng", None),
        # the other province that has a Châu Thành is no part of today's Vĩnh Long; it has two of them
        ("UBND huyện Châu Thành", AgencyContext(province="tỉnh Vĩnh Long", on=date(2025, 9, 1)), "Ủy ban nhân dân huyện Châu Thành", None),
        ("Văn phòng Sở Y tế", AgencyContext(province="tỉnh Kon Tum", on=date(2023, 3, 3)), "Văn phòng Sở Y tế tỉnh Kon Tum", None),
    ],
)  # fmt: skip
def test_places_that_the_document_tells(mention: str, context: AgencyContext, name: str, key: str | None) -> None:
    assert (resolve(mention, context).name, resolve(mention, context).key) == (name, key)


def test_bodies_in_time() -> None:
    steps = {(s.key, s.on.isoformat(), s.firm) for s in lineage("34:51/so-tai-chinh")}
    assert steps == {
        ("63:51/so-tai-chinh", "2025-07-01", True),
        ("63:62/so-tai-chinh", "2025-07-01", True),
        ("63:51/so-ke-hoach-va-dau-tu", "2025-03-01", False),
        ("63:62/so-ke-hoach-va-dau-tu", "2025-03-01", False),
    }
    assert [s.key for s in successors("63:62/so-ke-hoach-va-dau-tu")] == ["63:62/so-tai-chinh"]
    assert [s.key for s in successors("63:62/so-tai-chinh")] == ["34:51/so-tai-chinh"]
    assert successors("63:62.614/ubnd") == ()  # of districts no source says what became of their bodies
    assert validity("63:62.614/ubnd").valid_to == date(2025, 6, 30)
    assert validity("vn/bo-dan-toc-va-ton-giao").valid_from == date(2025, 3, 1)
    assert not validity("63:62/so-ke-hoach-va-dau-tu").firm
    assert validity("vn/chinh-phu") == Validity(None, None, True, None)
    assert predecessors("no such key") == ()


def test_every_step_has_a_source_and_leads_back() -> None:
    keys = [
        f"{era}:{code}/{slug}"
        for era, code in (("34", "51"), ("34", "01"), ("34", "92"))
        for slug in ("ubnd", "so-noi-vu")
    ]
    for key in [*keys, "vn/bo-xay-dung"]:
        for step in predecessors(key):
            assert step.source
            assert key in {s.key for s in successors(step.key)}


def test_names_of_before() -> None:
    assert earlier_names("Sở Nông nghiệp và Môi trường") == (
        "Sở Tài nguyên và Môi trường",
        "Sở Nông nghiệp và Phát triển nông thôn",
    )
    assert "63:62/so-ke-hoach-va-dau-tu" in earlier_names("Sở Tài chính tỉnh Quảng Ngãi")
    assert earlier_names("Hội Làm vườn") == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Phòng Nghiệp vụ tổng hợp và các cơ quan liên quan", ["Phòng Nghiệp vụ tổng hợp", "các cơ quan liên quan"]),
        ("Phòng Kế hoạch - Tài chính tổng hợp, báo cáo trong tuần", ["Phòng Kế hoạch - Tài chính"]),
        ("các cơ quan, đơn vị, Trạm Y tế xã", ["các cơ quan, đơn vị", "Trạm Y tế xã"]),
        ("Sở Giáo dục - Đào tạo sớm kiểm tra", ["Sở Giáo dục và Đào tạo"]),
        ("Thư viện tỉnh quá tải", ["Thư viện tỉnh"]),
        ("Viện kiểm sát nhân dân khu vực 5 - Đắk Lắk", ["Viện kiểm sát nhân dân khu vực 5 - Đắk Lắk"]),
        ("các Phó Chủ tịch, Ủy viên thường trực", []),
    ],
)
def test_where_names_end(text: str, names: list[str]) -> None:
    assert [f.value["name"] for f in find_agencies(text)] == names
