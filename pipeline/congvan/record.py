"""The record: what one parsed document is to the outside. JSON keys keep their names and meaning; keys may be added.

Numbers are JSON numbers in base units (đồng, not triệu đồng), computed with ``Decimal``. Dates are ISO 8601. Text is NFC.
Spans ``[start, end)`` count Unicode code points of ``text``. The JSON Schema of these models is published as
``docs/record.schema.json``; a test keeps the two in step.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from congvan.errors import UsageError

if TYPE_CHECKING:
    import pandas

SCHEMA_VERSION: Literal["1"] = "1"

Operator = Literal["=", ">=", ">", "<=", "<", "~", "range"]


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


#: share: A/B = C %; sum: parts against their total; difference: what is left against whole and part; change: from X to Y by Z;
#: growth: the same in percent; words: figures against words; repeated: one figure told twice; date: one document with two dates
CheckKind = Literal["share", "sum", "difference", "change", "growth", "words", "repeated", "date"]

Number = Annotated[Decimal, PlainSerializer(_number, return_type=int | float, when_used="json")]
SpanPair = Annotated[tuple[int, int], Field(description="[start, end) in code points of `text`")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Versions(_Model):
    """What made a record, so that a change re-parses just what it must."""

    version: str = Field(description="version of congvan")
    rules: str = Field(description="hash of the rule files")
    models: str = Field(description="hash of the models")


class SourceInfo(_Model):
    """The file that the document comes from."""

    path: str = Field(description="relative to what was given")
    sha256: str
    size: int = Field(description="bytes")
    media_type: str
    pages: int | None = Field(description="number of pages; null for formats without pages")
    reader: str = Field(description="text, markdown, html, docx, pdf-text, pdf-evidence, ocr")


class ProblemInfo(_Model):
    """Something that went wrong without ending the work."""

    stage: str
    category: str
    page: int | None = None
    message: str
    hint: str = ""


class VerdictInfo(_Model):
    """Judgement of one unit of the text before repair."""

    unit: str = Field(description="what was judged: line, lines, font, document")
    span: SpanPair
    verdict: Literal["clean", "repaired", "damaged", "not-evaluated"]
    family: str | None = None
    evidence: str = ""
    confidence: float = 0.0


class RepairInfo(_Model):
    """What was repaired, and what looks damaged still."""

    verdicts: list[VerdictInfo] = Field(default_factory=list)
    edits: int = Field(default=0, description="number of replacements")
    unresolved: list[SpanPair] = Field(default_factory=list)


class PlaceInfo(_Model):
    """A box on a page."""

    page: int = Field(description="from 1")
    box: tuple[float, float, float, float] = Field(description="x0, top, x1, bottom in points, origin upper left")


class AgencyRef(_Model):
    """Cơ quan: a reference to an agency, everywhere the same four keys."""

    text: str = Field(description="as written, lines joined")
    name: str | None = Field(default=None, description="full official name, resolved")
    key: str | None = Field(default=None, description="key in the authority file, as 63:62/so-tai-chinh")
    span: SpanPair


class Recipient(AgencyRef):
    """Nơi nhận: a line of the list of recipients."""

    purpose: str | None = Field(default=None, description="b/c, t/h, đ/b, lưu … as written")


class Signatory(_Model):
    """Người ký."""

    name: str | None = None
    position: str | None = Field(default=None, description="chức vụ, in capitals as signed")
    authority: list[str] = Field(default_factory=list, description='quyền hạn, in order: ["TM.", "KT."]')


class Evidence(_Model):
    """Where the value of a field comes from."""

    span: SpanPair
    rule: str
    confidence: float


class OutlineNode(_Model):
    """A node of the outline (bố cục)."""

    id: str = Field(description='path of markers: "2.a", "II.3.đ"')
    number: str
    title: str
    kind: str
    span: SpanPair
    parent: str | None = None


class Annex(_Model):
    """Phụ lục."""

    title: str
    span: SpanPair
    page: int | None = None


class Table(_Model):
    """Bảng."""

    span: SpanPair
    page: int | None = None
    rows: list[list[str]]
    unit: str | None = Field(default=None, description="đơn vị tính in the head, as written")


class ReviewItem(_Model):
    """What a person should look at; worst first."""

    field: str | None = None
    finding: str | None = None
    reason: str


class FindingInfo(_Model):
    """Keys that every finding has."""

    id: str
    text: str = Field(description="as written, lines joined")
    span: SpanPair
    places: list[PlaceInfo] | None = None
    rule: str
    confidence: float = Field(ge=0, le=1)
    raw: str | None = Field(default=None, description="the text before repair where it differs")
    quote_before: str = Field(default="", description="up to 32 characters before, lines joined")
    quote_after: str = Field(default="", description="up to 32 characters after, lines joined")


class AgencyMention(FindingInfo):
    """A mention of an agency."""

    name: str | None = None
    key: str | None = None
    role: str | None = Field(default=None, description="lead, coordinating, reports_to, issuer, addressee, recipient")


class _Valued(FindingInfo):
    operator: Operator
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    per: str | None = Field(default=None, description='as in "6%/năm": năm')
    in_words: Number | None = Field(
        default=None, description="the value that words in brackets tell behind the figures"
    )
    agrees: bool | None = Field(default=None, description="whether figures and words tell the same")


class Percentage(_Valued):
    """Tỷ lệ phần trăm."""

    points: bool = Field(default=False, description="true for điểm phần trăm")


class Amount(_Valued):
    """Số tiền."""

    currency: str = Field(description="ISO 4217")
    of: str | None = Field(default=None, description="id of the amount it is a part of")


class Quantity(_Valued):
    """Số lượng with its unit."""

    unit: str


class DateMention(FindingInfo):
    """Ngày, kỳ, thời hạn: every date, period and duration that is not a deadline."""

    start: str | None = None
    end: str | None = None
    grain: str | None = Field(default=None, description="day, week, month, quarter, year, period")
    duration: str | None = Field(default=None, description="ISO 8601")


class DeadlineValue(_Model):
    """The value of a deadline, alone as in an obligation."""

    due: str | None = Field(default=None, description="the date named, or the last day of the period named")
    inclusive: bool | None = Field(default=None, description='false for "trước ngày …"')
    start: str | None = None
    recurrence: str | None = Field(default=None, description="RFC 5545 RRULE")
    event: str | None = Field(default=None, description='text of "ngay sau khi …"')
    offset: str | None = Field(default=None, description="ISO 8601 duration from the event")
    working_days: bool | None = None
    time: str | None = Field(default=None, description='the hour named with the day: "17:00"')
    assumed_year: bool = Field(default=False, description="the year is not named: it follows from the date of issue")
    lunar: bool = Field(default=False, description="âm lịch: marked, not resolved")

    def in_words(self) -> str | None:
        """The deadline in one cell of a table: the day and hour, the rule of recurrence, or the term from its event."""
        if self.due is not None:
            return f"{self.due} {self.time}" if self.time else self.due
        if self.recurrence is not None:
            return f"{self.recurrence} {self.time}" if self.time else self.recurrence
        if self.offset is not None and self.event is not None:
            return f"{self.offset}{' (working days)' if self.working_days else ''} from {self.event}"
        return self.offset or self.event


class Deadline(DeadlineValue, FindingInfo):
    """Thời hạn."""


class Citation(FindingInfo):
    """Viện dẫn: one object a mention of a document."""

    number: str | None = None
    title: str | None = None
    document_type: str | None = None
    issued_on: str | None = None
    issuer: AgencyRef | None = None
    provision: str | None = Field(default=None, description='as written: "điểm a khoản 2 Điều 5"')
    relation: str | None = None
    resolved: str | None = Field(default=None, description="identity shared by mentions of one document, or null")


class Obligation(FindingInfo):
    """Nhiệm vụ: who has to do what, with whom, by when, for how much, on what basis."""

    lead: list[AgencyRef] = Field(default_factory=list, description="cơ quan chủ trì")
    coordinating: list[AgencyRef] = Field(default_factory=list, description="cơ quan phối hợp")
    reports_to: list[AgencyRef] = Field(default_factory=list)
    action: str
    headline: str
    modality: str | None = Field(default=None, description="giao, yêu cầu, đề nghị, … as written")
    condition: str | None = None
    section: str | None = Field(default=None, description="id of a node of the outline")
    deadline: DeadlineValue | None = None
    amounts: list[str] = Field(default_factory=list, description="ids of amounts")
    citations: list[str] = Field(default_factory=list, description="ids of citations")


class _Measured(FindingInfo):
    indicator: str = Field(description="the phrase that is measured, as written")
    owner: AgencyRef | None = Field(default=None, description="who answers for it, from its list item or heading")
    operator: Operator
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str | None = Field(default=None, description="%, a currency, or the thing counted, as written")
    per: str | None = Field(default=None, description='as in "6%/năm": năm')
    in_words: Number | None = Field(
        default=None, description="the value that words in brackets tell behind the figures"
    )
    agrees: bool | None = Field(default=None, description="whether figures and words tell the same")
    points: bool = Field(default=False, description="true for điểm phần trăm")
    change: Literal["increase", "decrease"] | None = Field(
        default=None, description='the value is a change ("tăng 5%"), not a level ("đạt 5%")'
    )
    period: str | None = Field(default=None, description="the time it is of, as written")
    section: str | None = Field(default=None, description="id of a node of the outline")
    compared_with: str | None = Field(default=None, description='as written: "cùng kỳ năm trước", "kế hoạch"')
    difference: str | None = Field(
        default=None, description='how it differs from what it is compared with: "tăng 12% so với năm 2022"'
    )
    same_as: str | None = Field(default=None, description="id of the earlier one that states the same")
    findings: list[str] = Field(default_factory=list, description="ids of the values that it is made of, its own first")


class Target(_Measured):
    """Chỉ tiêu: what is aimed at."""


class Result(_Measured):
    """Kết quả: what was reached."""


class Check(FindingInfo):
    """Arithmetic that the document itself states, recomputed."""

    kind: CheckKind
    stated: str = Field(description='as the document has it: "26.884 triệu đồng", "10,8%", "2022-02-10"')
    computed: str = Field(description='what comes out, and of what: "26.844 triệu đồng = 24.314 + 2.530"')
    verdict: Literal["agrees", "disagrees", "unclear"]
    findings: list[str] = Field(default_factory=list, description="ids of the values compared, the stated one first")


class Record(_Model):
    """One parsed document."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    produced_by: Versions
    id: str = Field(description="from content and place in the file")
    source: SourceInfo
    status: Literal["ok", "partial", "failed"] = "ok"
    problems: list[ProblemInfo] = Field(default_factory=list)
    text: str = ""
    repair: RepairInfo = Field(default_factory=RepairInfo)
    document_type: str | None = Field(default=None, description="tên loại văn bản, in capitals")
    number: str | None = Field(default=None, description="số và ký hiệu, the whole string")
    symbol: str | None = Field(default=None, description="ký hiệu alone")
    issued_on: str | None = None
    issued_at: str | None = Field(default=None, description="địa danh")
    issuer: AgencyRef | None = Field(default=None, description="cơ quan ban hành")
    parent_agency: AgencyRef | None = Field(default=None, description="cơ quan chủ quản")
    subject: str | None = Field(default=None, description="trích yếu")
    urgency: str | None = Field(default=None, description="độ khẩn")
    secrecy: str | None = Field(default=None, description="độ mật")
    addressees: list[AgencyRef] = Field(default_factory=list, description="kính gửi")
    recipients: list[Recipient] = Field(default_factory=list, description="nơi nhận")
    signatory: Signatory | None = None
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    issued_with: str | None = Field(default=None, description="the citation of the decision it was issued with")
    outline: list[OutlineNode] = Field(default_factory=list)
    annexes: list[Annex] = Field(default_factory=list)
    tables: list[Table] = Field(default_factory=list)
    agencies: list[AgencyMention] = Field(default_factory=list)
    percentages: list[Percentage] = Field(default_factory=list)
    amounts: list[Amount] = Field(default_factory=list)
    quantities: list[Quantity] = Field(default_factory=list)
    dates: list[DateMention] = Field(default_factory=list)
    deadlines: list[Deadline] = Field(default_factory=list)
    citations: list[Citation] = Field(default_factory=list)
    obligations: list[Obligation] = Field(default_factory=list)
    targets: list[Target] = Field(default_factory=list)
    results: list[Result] = Field(default_factory=list)
    checks: list[Check] = Field(default_factory=list)
    review: list[ReviewItem] = Field(default_factory=list)

    def findings(self, kind: str) -> list[FindingInfo]:
        """The findings of one kind.

        Raises:
            UsageError: no such kind.
        """
        if kind not in KINDS:
            raise UsageError(f"There is no kind of finding {kind!r}.", f"Kinds: {', '.join(KINDS)}.")
        found: list[FindingInfo] = getattr(self, kind)
        return found

    def all_findings(self) -> Iterator[tuple[str, FindingInfo]]:
        """Every finding with its kind."""
        for kind in KINDS:
            for finding in self.findings(kind):
                yield kind, finding

    def to_json(self, indent: int | None = None) -> str:
        """The record as JSON, Vietnamese letters as they are."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON values."""
        return self.model_dump(mode="json")

    def to_frame(self, kind: str) -> pandas.DataFrame:
        """The findings of one kind as a pandas table: a row each, columns as in the record, with the document's id.

        Nested references are flattened to what a table can hold: agencies to their names (joined by "; "), a deadline to
        its ``due``, ids to a comma-joined string. Amounts and percentages are floats, dates are ``datetime64``.

        Args:
            kind: one of :data:`KINDS`.

        Raises:
            UsageError: no such kind.
        """
        import pandas as pd

        columns = ["document", *FINDING_MODELS[kind].model_fields] if kind in KINDS else []
        rows = [{"document": self.id, **flat_row(finding)} for finding in self.findings(kind)]
        frame = pd.DataFrame(rows, columns=columns)
        for name in {"value", "low", "high", "confidence"} & set(columns):
            frame[name] = pd.to_numeric(frame[name])
        for name in {"start", "end", "due", "issued_on"} & set(columns):
            frame[name] = pd.to_datetime(frame[name], errors="coerce")
        return frame


FINDING_MODELS: dict[str, type[FindingInfo]] = {
    "agencies": AgencyMention,
    "percentages": Percentage,
    "amounts": Amount,
    "quantities": Quantity,
    "dates": DateMention,
    "deadlines": Deadline,
    "citations": Citation,
    "obligations": Obligation,
    "targets": Target,
    "results": Result,
    "checks": Check,
}
KINDS: tuple[str, ...] = tuple(FINDING_MODELS)


def flat_row(finding: FindingInfo) -> dict[str, Any]:
    """A finding as one row of a table: nested values flattened to text, numbers left as numbers."""
    row: dict[str, Any] = {}
    for name in type(finding).model_fields:
        value = getattr(finding, name)
        if isinstance(value, AgencyRef):
            value = value.name or value.text
        elif isinstance(value, DeadlineValue) and name == "deadline":
            value = value.in_words()
        elif isinstance(value, Decimal):
            value = _number(value)
        elif isinstance(value, list):
            parts = [(v.name or v.text) if isinstance(v, AgencyRef) else v for v in value]
            if name == "places":
                value = json.dumps([p.model_dump(mode="json") for p in value]) if value else None
            else:
                value = "; ".join(str(p) for p in parts)
        elif isinstance(value, tuple):
            value = f"{value[0]}-{value[1]}"
        row[name] = value
    return row


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    schema = Record.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "congvan record"}
