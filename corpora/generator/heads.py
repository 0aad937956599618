"""Letterhead, title and ending of a document, with the fields that the record should have of them.

Layout and wording follow Decree 30/2020/NĐ-CP, Annexes I and III: agency left, quốc hiệu right, number and symbol, place and date
(days below 10 and the months 1 and 2 with a zero), trích yếu, kính gửi, nơi nhận with purposes, authority, position and name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from corpora.generator.model import Ending, Gold, Letterhead, Line, Node, Paragraph, Title, node
from corpora.generator.places import Agency, Office
from corpora.generator.times import parts
from corpora.generator.writer import Writer, capitalised

# type of document -> letters in its symbol; a letter (công văn) has none
TYPES = {
    "CÔNG VĂN": "", "CHỈ THỊ": "CT", "THÔNG BÁO": "TB", "QUYẾT ĐỊNH": "QĐ", "KẾ HOẠCH": "KH", "BÁO CÁO": "BC",
    "CÔNG ĐIỆN": "CĐ", "TỜ TRÌNH": "TTr", "NGHỊ QUYẾT": "NQ", "CHƯƠNG TRÌNH": "CTr",
}  # fmt: skip
# types that only forms of a bank have besides
SYMBOLS = TYPES | {
    "KẾT LUẬN": "KL", "HƯỚNG DẪN": "HD", "GIẤY MỜI": "GM", "PHƯƠNG ÁN": "PA", "ĐỀ ÁN": "ĐA", "QUY CHẾ": "QC", "BIÊN BẢN": "BB",
}  # fmt: skip
# the unit that drafted a letter, by level
ROOMS = {
    "province": ("KTTH", "KGVX", "NC", "CNXD", "TH", "VX", "KT"), "department": ("VP", "KHTC", "TCHC", "NVTH"),
    "district": ("VP", "TCKH", "KTHT", "NV", "VX"), "commune": ("VP", "KT", "VHXH"),
}  # fmt: skip
# how far the numbers of a type run in a year, in a province; a commune issues a fifth of it
MOST = {"CHỈ THỊ": 24, "NGHỊ QUYẾT": 90, "CHƯƠNG TRÌNH": 20, "CÔNG ĐIỆN": 25, "KẾ HOẠCH": 360, "THÔNG BÁO": 480, "TỜ TRÌNH": 300, "BÁO CÁO": 520, "QUYẾT ĐỊNH": 3200}  # fmt: skip
# how urgent: marks under the number of telegrams, seldom of letters
MARKS = {"CÔNG ĐIỆN": ("HỎA TỐC", "HỎA TỐC", "KHẨN", "THƯỢNG KHẨN", "", ""), "CÔNG VĂN": ("KHẨN", *[""] * 9)}
# families of the Central Highlands and of the north-west, which live there; men's names, which do not follow "Thị"
HOMES = {
    "Rơ Châm": "Gia Lai|Kon Tum|Đắk Lắk", "Ksor": "Gia Lai|Đắk Lắk|Phú Yên", "Lò": "Sơn La|Điện Biên|Lai Châu|Lào Cai|Yên Bái",
    "Giàng": "Lào Cai|Hà Giang|Tuyên Quang|Lai Châu|Điện Biên|Yên Bái|Sơn La",
}  # fmt: skip
MEN = ("Cường", "Dũng", "Long", "Phúc", "Quang", "Sơn", "Tuấn", "Vinh", "Hùng", "Mạnh", "Thắng", "Trung", "Kiên", "Đạt")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the text, and the fields it means."""

    letterhead: Letterhead
    title: Title | None
    addressees: tuple[Paragraph, ...]
    ending: Ending
    fields: Mapping[str, Any]


def field(name: str, text: str) -> Node:
    """Text that is a field of the letterhead, for renderings that draw it by hand."""
    return Node((text,), Gold(f"field:{name}", {"value": text}))


def dated(text: str, day: date) -> Node:
    """The date of issue: a field, and a date that may be found as one besides."""
    values = {"start": day.isoformat(), "end": day.isoformat(), "grain": "day", "optional": True}
    return Node((field("issued_on", text),), Gold("dates", values))


def head(writer: Writer, kind: str, issued: date, subject: Node) -> Head:
    """The frame of a document of a type: numbers, agencies and persons are drawn."""
    rng, office = writer.rng, writer.office
    council = kind == "NGHỊ QUYẾT" and office.level != "department"
    body = _council(office) if council else office.body
    room = rng.choice(ROOMS[office.level])
    number, symbol, number_line = _number(rng, kind, office, council, room, issued)
    left = [*_agency_lines(rng, office, council), Line(number_line)]
    if kind == "CÔNG VĂN":
        left.append(Line(node("V/v ", subject), small=True))
    mark = rng.choice(MARKS.get(kind, ("",)))
    if mark:
        left.append(Line(field("urgency", mark), bold=True))
    place = office.seat.name
    day = parts(issued)
    when = f"ngày {day['dd']} tháng {day['m2']} năm {day['y']}"
    right = (
        Line(node("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), bold=True),
        Line(node("Độc lập - Tự do - Hạnh phúc"), bold=True, rule=True),
        Line(node(f"{place}, ", dated(when, issued)), italic=True),
    )
    title = None
    if kind != "CÔNG VĂN":
        about = capitalised(subject) if rng.random() < 0.4 else node("Về việc ", subject)
        title = Title((Line(node(kind), bold=True), Line(about, bold=True, rule=True)))
    receivers = _addressees(writer, kind)
    ending, signatory, recipients = _ending(writer, kind, council, receivers, room)
    fields: dict[str, Any] = {
        "document_type": kind, "number": number, "symbol": symbol, "issued_on": issued.isoformat(), "issued_at": place,
        "issuer": body.name, "parent_agency": office.parent.name if office.level == "department" and office.parent else None,
        "subject": subject.text, "addressees": [a.text for a in receivers], "recipients": recipients, "signatory": signatory,
        "urgency": mark or None,
    }  # fmt: skip
    wired = kind == "CÔNG ĐIỆN" and rng.random() < 0.6
    return Head(
        Letterhead(tuple(left), right), title, tuple(addressed(receivers, office if wired else None)), ending, fields
    )


def _council(office: Office) -> Agency:
    """The people's council of the place."""
    text = f"Hội đồng nhân dân {office.seat}"
    return Agency(text, text, "HĐND")


def _agency_lines(rng: Random, office: Office, council: bool) -> list[Line]:
    """The agency in capitals over one or two lines, its parent above it where it has one of its own."""
    if office.level == "department":
        parent = f"{'UBND' if rng.random() < 0.5 else 'ỦY BAN NHÂN DÂN'} {office.province}".upper()
        return [Line(node(parent)), Line(node(office.body.text.upper()), bold=True, rule=True)]
    own = "HỘI ĐỒNG NHÂN DÂN" if council else "ỦY BAN NHÂN DÂN"
    return [Line(node(own), bold=True), Line(node(str(office.seat).upper()), bold=True, rule=True)]


def _number(
    rng: Random, kind: str, office: Office, council: bool, room: str, issued: date
) -> tuple[str | None, str, Node]:
    """(number, symbol, line): of one in twelve the figures are lost, as in drafts and forms filled in by hand."""
    letters = "HĐND" if council else office.body.letters
    symbol = f"{SYMBOLS[kind]}-{letters}" if SYMBOLS[kind] else f"{letters}-{room}"
    # numbers run through the year; a commune issues a fifth of what a province does
    most = MOST.get(kind, 4200) / (5 if office.level == "commune" else 1)
    n = max(1, round(most * issued.timetuple().tm_yday / 366 * rng.uniform(0.75, 1)))
    figures = f"{n:02}"
    if rng.random() < 1 / 12:
        return None, symbol, node("Số:      /", symbol)
    return f"{figures}/{symbol}", symbol, node("Số: ", field("number", figures), f"/{symbol}")


def _addressees(writer: Writer, kind: str) -> list[Agency]:
    office, rng = writer.office, writer.rng
    if kind in ("CÔNG VĂN", "CÔNG ĐIỆN"):
        shape = rng.random()
        if shape < 0.35:
            return rng.sample(office.bodies(), rng.randint(2, 4))
        return office.groups()[: 2 if shape < 0.75 else 1]
    if kind == "TỜ TRÌNH" or (kind == "BÁO CÁO" and rng.random() < 0.5):
        above = office.parent if office.parent is not None else _council(office)
        return [above]
    return []


def addressed(agencies: list[Agency], wires: Office | None) -> list[Paragraph]:
    """Kính gửi: with one agency behind it, or with a list of them below; a telegram is wired by a chairman (``wires``)."""
    if not agencies:
        return []
    if wires is not None:
        who = node("Chủ tịch ", wires.body.node(), " điện:", bold=True)
        lines = [Paragraph("addressee", who, centred=True)]
    elif len(agencies) == 1:
        return [
            Paragraph("addressee", node("Kính gửi: ", agencies[0].node(_upper(agencies[0].text)), "."), centred=True)
        ]
    else:
        lines = [Paragraph("addressee", node("Kính gửi:"))]
    for n, agency in enumerate(agencies):
        end = "." if n == len(agencies) - 1 else ";"
        lines.append(Paragraph("addressee", node("- ", agency.node(_upper(agency.text)), end), marker="-", level=1))
    return lines


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def person(writer: Writer) -> str:
    """A name by chance: no man's name behind "Thị", families that live in one region only there."""
    rng, bank, province = writer.rng, writer.bank["phrases"], writer.office.province.name
    families = [f for f in bank["family_names"] if f not in HOMES or province in HOMES[f].split("|")]
    middle = rng.choice(bank["middle_names"])
    given = [g for g in bank["given_names"] if middle != "Thị" or g not in MEN]
    return f"{rng.choice(families)} {middle} {rng.choice(given)}"


def _ending(
    writer: Writer, kind: str, council: bool, receivers: list[Agency], room: str
) -> tuple[Ending, dict[str, Any], list[dict[str, Any]]]:
    rng, office = writer.rng, writer.office
    deputy = rng.random() < 0.55 and not council
    if office.level == "department":
        authority, chief, above = list[str](), "GIÁM ĐỐC", list[str]()
    elif council:
        authority, chief, above = [], "CHỦ TỊCH", []
        deputy = False
    elif kind == "CÔNG ĐIỆN":
        authority, chief, above = [], "CHỦ TỊCH", []
    else:
        authority, chief, above = ["TM."], "CHỦ TỊCH", ["TM. ỦY BAN NHÂN DÂN"]
    if deputy:
        authority, above = [*authority, "KT."], [*above, f"KT. {chief}"]
    position = f"PHÓ {chief}" if deputy else chief
    name = person(writer)
    signature = (
        *(Line(node(text), bold=True) for text in above),
        Line(node(position), bold=True),
        Line(node(name), bold=True, gap=4),
    )
    recipients = _recipients(writer, kind, receivers)
    lines = [Line(node("Nơi nhận:"), bold=True, italic=True)]
    for text, purpose in recipients:
        lines.append(Line(node(f"- {text}{f' ({purpose})' if purpose else ''};"), small=True))
    lines.append(Line(node(f"- Lưu: VT, {room}."), small=True))
    gold = [{"text": text, "purpose": purpose} for text, purpose in recipients]
    return Ending(tuple(lines), signature), {"name": name, "position": position, "authority": authority}, gold


def _recipients(writer: Writer, kind: str, receivers: list[Agency]) -> list[tuple[str, str | None]]:
    """(agency or "Như trên", purpose) of nơi nhận; who is addressed above is not named again."""
    office, rng = writer.office, writer.rng
    out: list[tuple[str, str | None]] = []
    named = {a.text for a in receivers}
    if receivers:
        out.append(("Như trên", None))
    if office.parent is not None and rng.random() < 0.8 and office.parent.text not in named:
        out.append((office.parent.text, "b/c"))
    if office.level == "department":
        out.append(("Giám đốc, các Phó Giám đốc Sở", rng.choice(("b/c", None))))
        return out + [(_upper(a.text), rng.choice(("t/h", None))) for a in office.groups()[:2] if a.text not in named]
    seat = office.seat.kind
    party = {"tỉnh": "Thường trực Tỉnh ủy", "huyện": "Thường trực Huyện ủy"}.get(seat, "Thường trực Đảng ủy")
    out.append((party, "b/c"))
    out.append((f"Chủ tịch, các Phó Chủ tịch UBND {seat}", None if rng.random() < 0.5 else "b/c"))
    out += [(_upper(a.text), rng.choice(("t/h", "t/h", None))) for a in office.groups()[:2] if a.text not in named]
    return out
