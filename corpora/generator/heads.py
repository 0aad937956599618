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
ROOMS = ("KTTH", "KGVX", "NC", "CNXD", "TH", "VX", "KT")  # the unit that drafted a letter


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the text, and the fields it means."""

    letterhead: Letterhead
    title: Title | None
    addressees: tuple[Paragraph, ...]
    ending: Ending
    fields: Mapping[str, Any]


def _field(name: str, text: str) -> Node:
    """Text that is a field of the letterhead, for renderings that draw it by hand."""
    return Node((text,), Gold(f"field:{name}", {"value": text}))


def _dated(text: str, day: date) -> Node:
    """The date of issue: a field, and a date that may be found as one besides."""
    values = {"start": day.isoformat(), "end": day.isoformat(), "grain": "day", "optional": True}
    return Node((_field("issued_on", text),), Gold("dates", values))


def head(writer: Writer, kind: str, issued: date, subject: Node) -> Head:
    """The frame of a document of a type: numbers, agencies and persons are drawn."""
    rng, office = writer.rng, writer.office
    council = kind == "NGHỊ QUYẾT" and office.level != "department"
    body = _council(office) if council else office.body
    number, symbol, number_line = _number(rng, kind, office, council)
    left = [*_agency_lines(rng, office, council), Line(number_line)]
    if kind == "CÔNG VĂN":
        left.append(Line(node("V/v ", subject), small=True))
    place = office.seat.name
    day = parts(issued)
    dated = f"ngày {day['dd']} tháng {day['m2']} năm {day['y']}"
    right = (
        Line(node("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), bold=True),
        Line(node("Độc lập - Tự do - Hạnh phúc"), bold=True, rule=True),
        Line(node(f"{place}, ", _dated(dated, issued)), italic=True),
    )
    title = None
    if kind != "CÔNG VĂN":
        about = capitalised(subject) if rng.random() < 0.4 else node("Về việc ", subject)
        title = Title((Line(node(kind), bold=True), Line(about, bold=True, rule=True)))
    receivers = _addressees(writer, kind)
    ending, signatory, recipients = _ending(writer, kind, council)
    fields: dict[str, Any] = {
        "document_type": kind, "number": number, "symbol": symbol, "issued_on": issued.isoformat(), "issued_at": place,
        "issuer": body.name, "parent_agency": office.parent.name if office.level == "department" and office.parent else None,
        "subject": subject.text, "addressees": [a.text for a in receivers], "recipients": recipients, "signatory": signatory,
    }  # fmt: skip
    return Head(Letterhead(tuple(left), right), title, tuple(_addressed(receivers)), ending, fields)


def _council(office: Office) -> Agency:
    text = f"Hội đồng nhân dân {office.seat}"
    return Agency(text, text, "HĐND")


def _agency_lines(rng: Random, office: Office, council: bool) -> list[Line]:
    """The agency in capitals over one or two lines, its parent above it where it has one of its own."""
    if office.level == "department":
        parent = f"{'UBND' if rng.random() < 0.5 else 'ỦY BAN NHÂN DÂN'} {office.province}".upper()
        return [Line(node(parent)), Line(node(office.body.text.upper()), bold=True, rule=True)]
    own = "HỘI ĐỒNG NHÂN DÂN" if council else "ỦY BAN NHÂN DÂN"
    return [Line(node(own), bold=True), Line(node(str(office.seat).upper()), bold=True, rule=True)]


def _number(rng: Random, kind: str, office: Office, council: bool) -> tuple[str | None, str, Node]:
    """(number, symbol, line): of one in twelve the figures are lost, as in drafts and forms filled in by hand."""
    letters = "HĐND" if council else office.body.letters
    symbol = f"{TYPES[kind]}-{letters}" if TYPES[kind] else f"{letters}-{rng.choice(ROOMS)}"
    n = rng.randrange(1, 4200)
    figures = f"{n:02}"
    if rng.random() < 1 / 12:
        return None, symbol, node("Số:      /", symbol)
    return f"{figures}/{symbol}", symbol, node("Số: ", _field("number", figures), f"/{symbol}")


def _addressees(writer: Writer, kind: str) -> list[Agency]:
    office, rng = writer.office, writer.rng
    if kind in ("CÔNG VĂN", "CÔNG ĐIỆN"):
        return [*office.groups()[:2], *rng.sample(office.bodies(), 1)] if rng.random() < 0.7 else office.groups()[:1]
    if kind == "TỜ TRÌNH":
        above = office.parent if office.parent is not None else _council(office)
        return [above]
    return []


def _addressed(agencies: list[Agency]) -> list[Paragraph]:
    """Kính gửi: with one agency behind it, or with a list of them below."""
    if not agencies:
        return []
    if len(agencies) == 1:
        return [
            Paragraph("addressee", node("Kính gửi: ", agencies[0].node(_upper(agencies[0].text)), "."), centred=True)
        ]
    lines = [Paragraph("addressee", node("Kính gửi:"))]
    for n, agency in enumerate(agencies):
        end = "." if n == len(agencies) - 1 else ";"
        lines.append(Paragraph("addressee", node("- ", agency.node(_upper(agency.text)), end), marker="-", level=1))
    return lines


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _person(writer: Writer) -> str:
    rng, bank = writer.rng, writer.bank["phrases"]
    return " ".join(rng.choice(bank[key]) for key in ("family_names", "middle_names", "given_names"))


def _ending(writer: Writer, kind: str, council: bool) -> tuple[Ending, dict[str, Any], list[dict[str, Any]]]:
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
    name = _person(writer)
    signature = (
        *(Line(node(text), bold=True) for text in above),
        Line(node(position), bold=True),
        Line(node(name), bold=True, gap=4),
    )
    recipients = _recipients(writer, kind)
    lines = [Line(node("Nơi nhận:"), bold=True, italic=True)]
    for text, purpose in recipients:
        lines.append(Line(node(f"- {text}{f' ({purpose})' if purpose else ''};"), small=True))
    lines.append(Line(node(f"- Lưu: VT, {rng.choice(ROOMS)}."), small=True))
    gold = [{"text": text, "purpose": purpose} for text, purpose in recipients]
    return Ending(tuple(lines), signature), {"name": name, "position": position, "authority": authority}, gold


def _recipients(writer: Writer, kind: str) -> list[tuple[str, str | None]]:
    """(agency or "Như trên", purpose) of nơi nhận."""
    office, rng = writer.office, writer.rng
    out: list[tuple[str, str | None]] = []
    if kind in ("CÔNG VĂN", "TỜ TRÌNH", "CÔNG ĐIỆN"):
        out.append(("Như trên", None))
    if office.parent is not None and rng.random() < 0.8:
        out.append((office.parent.text, "b/c"))
    seat = office.seat.kind
    party = {"tỉnh": "Thường trực Tỉnh ủy", "huyện": "Thường trực Huyện ủy"}.get(seat, "Thường trực Đảng ủy")
    out.append((party, "b/c"))
    out.append((f"Chủ tịch, các Phó Chủ tịch UBND {seat}", None if rng.random() < 0.5 else "b/c"))
    out += [(_upper(a.text), rng.choice(("t/h", "t/h", None))) for a in office.groups()[:2]]
    return out
