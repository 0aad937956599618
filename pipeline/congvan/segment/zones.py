"""Zones of a letter (thể thức): head, title, addressees, body, recipients, signature, annex. Source: Decree 30/2020, Article 8 and Annex I.

Zones are found from the text alone, so that they hold for bare text whose head is lost; where layout gives cells and
headings, the same words decide.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from congvan.document import Paragraph, ParagraphKind, Span, Zone
from congvan.segment.paragraphs import SIGNING

# accepts the name of a type of document in capitals at the start of a line: "THÔNG BÁO", "BÁO CÁO TÌNH HÌNH"
TYPE_LINE = regex.compile(
    r"(?P<type>NGHỊ QUYẾT|QUYẾT ĐỊNH|CHỈ THỊ|QUY CHẾ|QUY ĐỊNH|THÔNG CÁO|THÔNG BÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH|KẾ HOẠCH|PHƯƠNG ÁN|"
    r"ĐỀ ÁN|DỰ ÁN|BÁO CÁO|BIÊN BẢN|TỜ TRÌNH|HỢP ĐỒNG|CÔNG ĐIỆN|BẢN GHI NHỚ|BẢN TH[OỎ][ẢA] THUẬN|GIẤY [UỦ][ỶY] QUYỀN|GIẤY MỜI|"
    r"GIẤY GIỚI THIỆU|GIẤY NGHỈ PHÉP|PHIẾU GỬI|PHIẾU CHUYỂN|PHIẾU BÁO|THƯ CÔNG|THÔNG TƯ LIÊN TỊCH|THÔNG TƯ|NGHỊ ĐỊNH|PHÁP LỆNH|"
    r"KẾT LUẬN|LỆNH|LUẬT|CÔNG VĂN)(?=$|[ :]|\n)"
)
# accepts quốc hiệu and tiêu ngữ: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
MOTTO = regex.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập ?[-–] ?Tự do ?[-–] ?Hạnh phúc|ĐẢNG CỘNG SẢN VIỆT NAM",
    regex.IGNORECASE,
)
# accepts the line of number and symbol: "Số: 549/SKHĐT-KT", "Số: /BC-UBND", "Số 71/CĐ-TTg"
NUMBER_LINE = regex.compile(r"Số ?:? ?[\d.…_ ]*/ ?\p{Lu}|Số ?: ?[\d.…_]+ ?[-/]", regex.IGNORECASE)
# accepts the line of place and date: "Kon Tum, ngày 16 tháng 3 năm 2023", "Kon Rẫy, ngày tháng năm"
DATE_LINE = regex.compile(r"[\p{L} .'’-]{2,40}, ?ngày\s[\d. …]{0,6}\s?tháng\s[\d. …]{0,6}\s?năm", regex.IGNORECASE)
# accepts the subject of a letter without a type: "V/v triển khai", "Về việc tháo gỡ"
SUBJECT_LINE = regex.compile(r"(?:V/v|Về việc)\b", regex.IGNORECASE)
# accepts the addressees: "Kính gửi:", "KÍNH GỬI"
ADDRESS_LINE = regex.compile(r"Kính gửi\b", regex.IGNORECASE)
# accepts the line above the list of recipients: "Nơi nhận:", "Nơi nhận : TM. ỦY BAN"
RECIPIENTS_LINE = regex.compile(r"Nơi nhận ?:?", regex.IGNORECASE)
# accepts an annex: "PHỤ LỤC I", "Phụ lục 02"
ANNEX_LINE = regex.compile(r"(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu)(?: (?:số )?[IVX\d]+)?(?=$|[ :.\n(])")
# accepts marks of urgency and secrecy that stand alone: "HỎA TỐC", "KHẨN", "MẬT"
MARK_LINE = regex.compile(r"(?:HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|TUYỆT MẬT|TỐI MẬT|MẬT)(?: ?[-:] ?\d+ ?[Hh]?)?")
# accepts the note below a title: "(Ban hành kèm theo Quyết định số: 23 /QĐ-UBND ...)"
ISSUED_WITH = regex.compile(r"\((?:Ban hành )?kèm theo\b", regex.IGNORECASE)
# accepts the beginning of the first paragraph of the body or of the legal basis
BODY_START = regex.compile(
    r"(?:Căn cứ|Thực hiện|Để |Theo |Thi hành|Xét |Nhằm |Trên cơ sở|Sau khi|Tiếp theo|Ngày \d|Trong |Qua |Năm \d)"
)
# accepts the position of a signatory in capitals: "PHÓ CHỦ TỊCH", "GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"
POSITION = regex.compile(
    r"(?:Q\. ?|QUYỀN )?(?:PHÓ )?(?:CHỦ TỊCH|CHỦ NHIỆM|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BÍ THƯ|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|TRƯỞNG BAN|TRƯỞNG PHÒNG|"
    r"BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|CHỈ HUY TRƯỞNG|TỔNG CỤC TRƯỞNG|"
    r"TRƯỞNG ĐOÀN|CHÁNH ÁN|TỔ TRƯỞNG|CHỦ TỌA|THƯ KÝ)\b.{0,60}"
)

_HEAD_REACH = 40  # paragraphs from the start in which a head is looked for
_SUBJECT_PARTS = 4


def zones_of(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], tuple[Zone, ...]]:
    """Give paragraphs of the letterhead and of the end their kinds, and name the zones."""
    names = _names(paragraphs)
    kinds: dict[str, ParagraphKind] = {
        "head": "head",
        "title": "title",
        "addressees": "recipients",
        "recipients": "recipients",
        "signature": "signature",
    }
    out = [
        p if p.kind in {"running", "footnote"} or name not in kinds else replace(p, kind=kinds[name])
        for p, name in zip(paragraphs, names, strict=True)
    ]
    zones: list[Zone] = []
    for p, name in zip(paragraphs, names, strict=True):
        if p.kind in {"running", "footnote"}:
            continue
        if zones and zones[-1].name == name:
            zones[-1] = Zone(name, Span(zones[-1].span.start, p.span.end))
        else:
            zones.append(Zone(name, p.span))
    return out, tuple(zones)


def _names(paragraphs: list[Paragraph]) -> list[str]:
    names = ["body"] * len(paragraphs)
    flow = [i for i, p in enumerate(paragraphs) if p.kind not in {"running", "footnote"}]
    at = _head(paragraphs, flow, names)
    _end(paragraphs, flow[at:], names)
    return names


def _head(paragraphs: list[Paragraph], flow: list[int], names: list[str]) -> int:
    """Name head, title and addressees; returns the position in ``flow`` behind them."""
    at = 0
    titled = addressed = False
    parts = 0
    while at < min(len(flow), _HEAD_REACH):
        i = flow[at]
        p = paragraphs[i]
        text = p.text
        cell = p.kind == "cell"
        if not titled and (p.kind != "item") and TYPE_LINE.match(text) and (text.isupper() or len(text) < 60):
            names[i], titled = "title", True
        elif ADDRESS_LINE.match(text):
            at = _addressees(paragraphs, flow, names, at)
            addressed = True
            continue
        elif ISSUED_WITH.match(text):
            for j in flow[:at]:
                names[j] = "title" if names[j] == "body" else names[j]
            names[i], titled = "title", True
        elif (
            not addressed
            and (
                MOTTO.search(text[:160])
                or NUMBER_LINE.match(text)
                or DATE_LINE.match(text)
                or MARK_LINE.fullmatch(text)
                or (cell and len(text) < 200 and not titled)
            )
        ) or (not titled and not addressed and SUBJECT_LINE.match(text) and not text.endswith(".")):
            names[i] = "head"
        elif not addressed and text.isupper() and p.marker is None and len(text) < 160 and not _heading_of_body(text):
            names[i] = "title" if titled and parts == 0 and not POSITION.match(text) else "head"
            parts += names[i] == "title"
        elif titled and not addressed and parts < _SUBJECT_PARTS and _is_subject(p, parts):
            names[i] = "title"
            parts += 1
        else:
            break
        at += 1
    return at


def _heading_of_body(text: str) -> bool:
    """True for "QUYẾT ĐỊNH:", the word that opens the articles."""
    return text.endswith(":")


def _is_subject(p: Paragraph, parts: int) -> bool:
    text = p.text
    if p.kind == "item" or text.endswith((".", ":", ";")) or len(text) > 600:
        return False
    return not BODY_START.match(text) or (parts == 0 and SUBJECT_LINE.match(text) is not None)


def _addressees(paragraphs: list[Paragraph], flow: list[int], names: list[str], at: int) -> int:
    """Name the addressees: the line "Kính gửi" and the list below it."""
    first = paragraphs[flow[at]].text
    names[flow[at]] = "addressees"
    at += 1
    if ADDRESS_LINE.sub("", first, count=1).strip(" :") and first.endswith((".", "…")):
        return at
    while at < len(flow):
        text = paragraphs[flow[at]].text
        listed = text.startswith(("-", "–", "•", "+")) or (text.endswith(";") and len(text) < 200)
        if not listed and not (
            text.endswith(".")
            and len(text) < 120
            and not BODY_START.match(text)
            and paragraphs[flow[at]].marker is None
        ):
            break
        if BODY_START.match(text.lstrip("-–•+ ")):
            break
        names[flow[at]] = "addressees"
        at += 1
        if text.endswith(".") and not text.endswith("..."):
            break
    return at


def _end(paragraphs: list[Paragraph], flow: list[int], names: list[str]) -> None:
    """Name recipients, signature and annexes, from the first "Nơi nhận" or signature on."""
    state = "body"
    for i in flow:
        p = paragraphs[i]
        text = p.text
        if ANNEX_LINE.match(text) and len(text) < 200 and state != "body":
            state = "annex"
        elif state == "annex":
            pass
        elif RECIPIENTS_LINE.match(text) and p.marker is None and len(text) < 4000:
            state = "recipients"
        elif (SIGNING.match(text) and text[:80].isupper()) or (
            POSITION.fullmatch(text) and text.isupper() and _near_end(paragraphs, flow, i)
        ):
            state = "signature"
        elif state == "recipients" and not _is_recipient(p):
            state = "signature" if len(text) < 80 else "body"
        elif state == "signature":
            if p.marker is not None and text.startswith("-"):
                state = "recipients"
            elif len(text) > 90 or (TYPE_LINE.match(text) and text.isupper()):
                state = "annex"
        names[i] = state


def _is_recipient(p: Paragraph) -> bool:
    return p.marker in {"-", "+", "•", "*"} or p.text.endswith((";", ".")) or p.kind == "cell"


def _near_end(paragraphs: list[Paragraph], flow: list[int], i: int) -> bool:
    """True where only short lines, or the recipients, follow."""
    rest = [paragraphs[j].text for j in flow if j > i]
    return all(len(text) < 90 or RECIPIENTS_LINE.match(text) for text in rest[:6])
