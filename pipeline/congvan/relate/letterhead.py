"""The letterhead (thể thức) of a document: type, number, symbol, place, date, issuer, subject, addressees, marks.

Values come from the head where there is one; where it is lost, from title, signature and body, with their span as evidence
and the confidence of that rule, or stay None. Nothing is invented: the date of a meeting is no date of issue.
Source: Decree 30/2020, Article 8 and Annex I.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import regex

from congvan.document import CleanDocument, Layout, Span
from congvan.language.letterforms import MOTTO, POSITION, TYPE_LINE
from congvan.language.symbols import type_of_symbol
from congvan.rules.check import confidence

# accepts the types that a first sentence names where the title is lost: "xây dựng Chương trình hành động", "ban hành Kế hoạch"
_TYPE_IN_BODY = regex.compile(
    r"(?:xây dựng|ban hành) (?:và (?:triển khai|tổ chức) (?:thực hiện )?)?(?P<type>Chương trình|Kế hoạch|Đề án|Phương án|Quy chế|Quy định|Hướng dẫn)\b"
)
# accepts number and symbol: "Số: 549/SKHĐT-KT", "Số: /BC-UBND", "Số 23-NQ/TU", "Số: 23 /QĐ-UBND", "Số:15/2023/QĐ-UBND"
_NUMBER = regex.compile(
    r"(?:Số|SỐ) ?:? ?(?P<number>\d{1,5})?[ ._…]*(?P<year>/ ?(?:19|20)\d\d)? ?(?P<join>/|-(?! )) ?"
    r"(?P<symbol>\p{Lu}[\p{L}\d&]*(?:[-/.][\p{L}\d&.]+)*)"
)
# accepts place and date: "Kon Tum, ngày 16 tháng 3 năm 2023", "Kon Rẫy, ngày tháng năm", "Hà Nội, ngày 05/12/2023"
_PLACE_DATE = regex.compile(
    r"(?P<place>\p{Lu}[\p{L}.'’-]*(?: (?:[-–] )?\p{L}[\p{L}.'’-]*){0,5}), ?ngày\s*(?:(?P<day>\d{1,2})?[ .…_]*(?:tháng\s*(?P<month>\d{1,2})?[ .…_]*năm\s*(?P<year>\d{4})?|"
    r"[/-](?P<month2>\d{1,2})[/-](?P<year2>\d{4})))",
    regex.IGNORECASE,
)
# accepts white space that parts two columns set side by side
_COLUMNS = regex.compile(r" {2,}|\t+")
# accepts what a number leaves when its figures are lost and blanks stand for them: "Số:", "/BC-SKHCN"
_NUMBER_PIECE = regex.compile(r"(?:Số|SỐ) ?:?|[/-] ?\p{Lu}[\p{L}\d&./-]*")
# accepts a line of drawn characters
_DRAWN = regex.compile(r"[\W_]*")
# accepts the second line of an agency's name: "TỈNH KON TUM", "HUYỆN KON RẪY"
_PLACE_LINE = regex.compile(r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN)\b")
# accepts the second line of a name that the column was too narrow for: "VÀ ĐẦU TƯ", "THƯƠNG BINH VÀ XÃ HỘI"
_NAME_LINE = regex.compile(r"(?:VÀ|[-–]|THƯƠNG BINH|NÔNG THÔN|MÔI TRƯỜNG|CÁC|TRUNG ƯƠNG)\b")
# accepts the subject: "V/v triển khai ...", "Về việc tháo gỡ ..."
_SUBJECT = regex.compile(r"(?:V/v|Về việc)\s+", regex.IGNORECASE)
# accepts the note "(Ban hành kèm theo ...)" and what is like it
_NOTE = regex.compile(r"\((?:Ban hành )?kèm theo (?P<decision>[^)]+)\)?", regex.IGNORECASE)
# accepts marks of urgency and of secrecy
_URGENCY = regex.compile(r"\b(HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN)\b")
_SECRECY = regex.compile(r"\b(TUYỆT MẬT|TỐI MẬT|MẬT)\b")
# accepts the words before the addressees with their colon: "Kính gửi:", "CHỦ TỊCH ... ĐIỆN:"
_ADDRESS = regex.compile(r"(?i:Kính gửi)\s*:?\s*|(?:[\p{Lu} ,]+ )?(?:ĐIỆN|(?<=\p{Lu} )điện) ?:\s*")
# accepts what stands between two addressees
_BETWEEN = regex.compile(r"\s*(?:;|(?<=[.;:])\s*\n|\n\s*(?=[-–•+]))\s*")
# accepts a mark of a list, or the full stop at its end
_TRIM = regex.compile(r"^[-–•+\s]+|(?:\s*\(\d{1,2}\))?[\s.;,]*$")


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the letterhead, where it stands, and the rule that read it."""

    value: str
    span: Span
    rule: str

    @property
    def confidence(self) -> float:
        """Measured precision of the rule."""
        return confidence(self.rule)


@dataclass(slots=True)
class Letterhead:
    """What the head says; a missing field is missing or lost. ``addressees`` are spans, one for each."""

    document_type: Field | None = None
    number: Field | None = None
    symbol: Field | None = None
    issued_on: Field | None = None
    issued_at: Field | None = None
    issuer: Field | None = None
    parent_agency: Field | None = None
    subject: Field | None = None
    urgency: Field | None = None
    secrecy: Field | None = None
    issued_with: Field | None = None
    addressees: list[Span] = field(default_factory=list)
    stamp: Field | None = None

    def fields(self) -> Iterator[tuple[str, Field]]:
        """The fields that are there, with their names."""
        for name in (
            "document_type", "number", "symbol", "issued_on", "issued_at", "issuer", "parent_agency", "subject",
            "urgency", "secrecy", "issued_with",
        ):  # fmt: skip
            value = getattr(self, name)
            if value is not None:
                yield name, value


def read_letterhead(clean: CleanDocument, layout: Layout) -> Letterhead:
    """Read the letterhead of a document."""
    out = Letterhead()
    text = clean.text
    top = _top(layout)
    if top is not None:
        _number(text, top, out)
        _place_and_date(text, top, out)
        _marks(text, top, out)
        _agencies(text, top, out)
    _title(clean, layout, out)
    _addressees(text, layout, out)
    _type(clean, layout, out)
    _stamp(text, layout, out)
    return out


def _top(layout: Layout) -> Span | None:
    """From the first zone of the head to the last one above the body; a line of a web portal may stand above the head."""
    spans: list[Span] = []
    zones = layout.zones
    if len(zones) > 1 and zones[0].name == "body" and zones[1].name == "head":
        zones = zones[1:]
    for zone in zones:
        if zone.name not in {"head", "title", "addressees"}:
            break
        if zone.name != "addressees":
            spans.append(zone.span)
    return Span(spans[0].start, spans[-1].end) if spans else None


def _number(text: str, top: Span, out: Letterhead) -> None:
    for piece in _pieces(text, top):
        m = _NUMBER.match(text, piece.start, top.end)
        if m is None:
            continue
        symbol = m["symbol"].rstrip(".")
        span = Span(m.start("symbol"), m.start("symbol") + len(symbol))
        out.symbol = Field(symbol, span, "letterhead.symbol")
        if m["number"] is not None:
            year = (m["year"] or "").replace(" ", "")
            number = f"{m['number']}{year}{m['join']}{symbol}"
            out.number = Field(number, Span(m.start("number"), span.end), "letterhead.number")
        return


def _place_and_date(text: str, top: Span, out: Letterhead) -> None:
    for m in _PLACE_DATE.finditer(text, top.start, top.end):
        place = m["place"].strip()
        if place.lower().startswith(("tại ", "số ")) or m["place"].count("\n"):
            continue
        out.issued_at = Field(" ".join(place.split()), Span(*m.span("place")), "letterhead.place")
        day, month, year = m["day"], m["month"] or m["month2"], m["year"] or m["year2"]
        if day and month and year:
            try:
                on = date(int(year), int(month), int(day)).isoformat()
            except ValueError:
                return
            out.issued_on = Field(on, Span(m.end("place"), m.end()), "letterhead.date")
        return


def _marks(text: str, top: Span, out: Letterhead) -> None:
    for name, pattern in (("urgency", _URGENCY), ("secrecy", _SECRECY)):
        for m in pattern.finditer(text, top.start, top.end):
            line = text[text.rfind("\n", 0, m.start()) + 1 : (text.find("\n", m.end()) + 1 or len(text) + 1) - 1]
            if any(m[0] == part.strip(" :.0123456789Hh") for part in _COLUMNS.split(line)):
                setattr(out, name, Field(m[0], Span(*m.span()), f"letterhead.{name}"))
                break


def _agencies(text: str, top: Span, out: Letterhead) -> None:
    """Issuer and parent: the lines in capitals above the number, the parent first; names run over lines."""
    names: list[list[Span]] = []  # the pieces of each name
    for span in _pieces(text, top):
        piece = span.of(text)
        if (
            not piece.isupper()
            or _NUMBER.match(piece)
            or _NUMBER_PIECE.fullmatch(piece)
            or _URGENCY.fullmatch(piece)
            or _SECRECY.fullmatch(piece)
        ):
            continue
        if TYPE_LINE.match(piece) or POSITION.match(piece):
            break
        last = names[-1][-1].of(text) if names else ""
        if last and (_PLACE_LINE.match(piece) or _NAME_LINE.match(piece) or last.endswith((",", "-", " VÀ"))):
            names[-1].append(span)
        else:
            names.append([span])
    for name, pieces in zip(("issuer", "parent_agency"), reversed(names), strict=False):
        value = " ".join(_one_line(text, span) for span in pieces)
        rule = "letterhead.issuer" if name == "issuer" else "letterhead.parent"
        setattr(out, name, Field(value, Span(pieces[0].start, pieces[-1].end), rule))


def _pieces(text: str, top: Span) -> Iterator[Span]:
    """The lines of the head, columns set side by side taken apart, the motto of the state left out."""
    start = top.start
    for line in top.of(text).splitlines(keepends=True):
        at = start
        for part in _COLUMNS.split(line.rstrip("\n")):
            begin = text.find(part, at) if part else at
            at = begin + len(part)
            motto = MOTTO.search(part)
            kept = (part[: motto.start()] if motto else part).rstrip()
            lead = len(kept) - len(kept.lstrip())
            if len(kept) - lead > 2 and not _DRAWN.fullmatch(kept):
                yield Span(begin + lead, begin + len(kept))
        start += len(line)


def _one_line(text: str, span: Span) -> str:
    return " ".join(span.of(text).split())


def _title(clean: CleanDocument, layout: Layout, out: Letterhead) -> None:
    """Type and subject from the paragraphs of the title; the subject of a letter from "V/v" in its head."""
    subject: list[Span] = []
    for p in layout.paragraphs:
        if p.kind == "head":
            m = _SUBJECT.search(p.text)
            if m is not None and out.subject is None and not subject:
                span = p.flow.span(m.end(), len(p.text)) if m.end() < len(p.text) else p.span
                out.subject = Field(p.text[m.end() :], span, "letterhead.subject_of_letter")
        if p.kind != "title":
            continue
        note = _NOTE.search(p.text)
        if note is not None:
            out.issued_with = Field(
                note["decision"].strip(), p.flow.span(*note.span("decision")), "letterhead.issued_with"
            )
            continue
        m = TYPE_LINE.match(p.text)
        if m is not None and out.document_type is None:
            out.document_type = Field(m["type"], p.flow.span(*m.span("type")), "letterhead.type")
            mark = _URGENCY.match(p.text, m.end() + 1)
            if mark is not None and out.urgency is None:  # "CÔNG ĐIỆN KHẨN"
                out.urgency = Field(mark[0], p.flow.span(*mark.span()), "letterhead.urgency")
            elif p.text[m.end() :].strip(" :"):
                rest = m.end() + len(p.text[m.end() :]) - len(p.text[m.end() :].lstrip(" :"))
                subject.append(p.flow.span(rest, len(p.text)))
        else:
            subject.append(p.span)
    if subject:
        span = Span(subject[0].start, subject[-1].end)
        words = " ".join(_one_line(clean.text, s) for s in subject)
        if out.document_type is None or len(words) > 3:
            out.subject = Field(
                _SUBJECT.sub("", words, count=1) if _SUBJECT.match(words) else words, span, "letterhead.subject"
            )


def _addressees(text: str, layout: Layout, out: Letterhead) -> None:
    zone = layout.zone("addressees")
    if zone is None:
        return
    at = zone.start
    for part in _BETWEEN.split(zone.of(text)):
        begin = text.find(part, at) if part else at
        at = begin + len(part)
        lead = _ADDRESS.match(part)
        start, end = begin + (lead.end() if lead else 0), begin + len(part)
        bare = text[start:end]
        kept = _TRIM.sub("", bare)
        if kept:
            offset = bare.find(kept)
            out.addressees.append(Span(start + offset, start + offset + len(kept)))


def _type(clean: CleanDocument, layout: Layout, out: Letterhead) -> None:
    """Type where the title does not say it: from the symbol; a letter (công văn) has none; last from the first sentences."""
    if out.document_type is not None:
        return
    if out.symbol is not None:
        kind = type_of_symbol(out.symbol.value)
        if kind is not None:
            out.document_type = Field(kind, out.symbol.span, "letterhead.type_of_symbol")
        elif out.addressees or out.subject is not None:
            out.document_type = Field("CÔNG VĂN", out.symbol.span, "letterhead.letter")
        return
    if out.addressees:
        out.document_type = Field("CÔNG VĂN", out.addressees[0], "letterhead.letter")
        return
    for p in [p for p in layout.paragraphs if p.kind == "body"][:3]:
        m = _TYPE_IN_BODY.search(p.text)
        if m is not None and out.issued_with is not None:
            out.document_type = Field(m["type"].upper(), p.flow.span(*m.span("type")), "letterhead.type_in_body")
            return


def _stamp(text: str, layout: Layout, out: Letterhead) -> None:
    """Figures of a stamp that stand apart: a candidate for number and date, for a person to decide."""
    if out.number is not None and out.issued_on is not None:
        return
    for p in layout.paragraphs:
        if p.kind == "running" and len(p.text.split()) > 1 and p.text[0].isdigit():
            out.stamp = Field(p.text, p.span, "letterhead.stamp")
            return
