"""The stage: CleanDocument, Layout and Findings -> Record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from congvan.document import CleanDocument, Finding, Layout, RawMap, Span
from congvan.language.acronyms import issuer_of_symbol
from congvan.language.authority import AgencyContext, canonical, resolve
from congvan.language.symbols import parse_number
from congvan.record import (
    FINDING_MODELS,
    AgencyRef,
    Check,
    DeadlineValue,
    Evidence,
    Obligation,
    OutlineNode,
    PlaceInfo,
    ProblemInfo,
    Recipient,
    Record,
    RepairInfo,
    Signatory,
    SourceInfo,
    VerdictInfo,
    Versions,
)
from congvan.relate.checks import find_checks
from congvan.relate.citations import Own, identities
from congvan.relate.context import context_of
from congvan.relate.doubts import with_doubts
from congvan.relate.ending import RecipientLine, read_recipients, read_signature
from congvan.relate.letterhead import Field, Letterhead, read_letterhead
from congvan.relate.obligations import find_obligations
from congvan.relate.relative import resolve_relative
from congvan.relate.review import review_of
from congvan.relate.stated import Checked
from congvan.relate.subjects import Mention
from congvan.relate.tables import annexes_of, tables_of
from congvan.relate.targets import Measure, find_measures, linked
from congvan.relate.task import Task, headline
from congvan.relate.tense import settled
from congvan.rules.anchors import Anchors, around
from congvan.rules.check import confidence


def relate(
    clean: CleanDocument,
    layout: Layout,
    findings: Sequence[Finding],
    anchors: Anchors,
    made_by: Versions,
    place: int = 0,
    above: AgencyContext | None = None,
) -> Record:
    """Build the record of a document.

    Args:
        clean, layout, findings: what the stages before made. anchors: the giver of ids that ``findings`` were made with.
        made_by: versions for ``produced_by``. place: number of the document in its file, from 0.
        above: context of the document that this one was issued with, where they stand in one file; counts where it has no
            letterhead of its own.
    """
    head = read_letterhead(clean, layout)
    recipients = read_recipients(clean, layout)
    signature = read_signature(clean, layout)
    context = context_of(clean, head, recipients)
    if above is not None and head.issued_with is not None and head.issued_on is None:
        context = above
    issued_on = context.on
    head_lines = {i for i, p in enumerate(layout.paragraphs) if p.kind == "head"}
    findings = [  # number and date of the document itself are fields of the letterhead, not findings
        resolve_relative(f, issued_on) for f in findings if f.kind == "agencies" or f.paragraph not in head_lines
    ]
    findings = settled(findings, layout, _day(head.issued_on), anchors)
    kind = head.document_type.value if head.document_type else None
    tasks = find_obligations(layout, findings, kind)
    findings = _promoted(findings, tasks, anchors)
    builder = _Builder(clean, layout, findings, context, anchors)
    roles = builder.roles(tasks)
    groups: dict[str, list[Any]] = {name: [] for name in FINDING_MODELS}
    identity = identities(findings, Own(kind, _value(head.number), _value(head.issued_on)))
    for finding in findings:
        if finding.value.get("soft") and finding.id not in roles:
            continue  # "các doanh nghiệp" is somebody only where a task names them
        groups[finding.kind].append(builder.finding(finding, roles.get(finding.id), identity))
    groups["obligations"] = [builder.obligation(task) for task in tasks]
    measures = find_measures(layout, findings, tasks, kind, issued_on.isoformat() if issued_on else None)
    for name in ("targets", "results"):
        groups[name] = linked([builder.measure(m) for m in measures if m.kind == name])
    groups["checks"] = [builder.check(c) for c in find_checks(layout, findings)]
    evidence = {name: _evidence(field) for name, field in head.fields()}
    issuer = builder.issuer(head)
    if issuer is None and signature is not None and signature.signed_for_span is not None:
        issuer = builder.agency(_one_line(signature.signed_for_span.of(clean.text)), signature.signed_for_span)
        evidence["issuer"] = Evidence(
            span=signature.signed_for_span,
            rule="letterhead.issuer_of_signature",
            confidence=confidence("letterhead.issuer_of_signature"),
        )
    if signature is not None:
        evidence["signatory"] = Evidence(
            span=signature.span, rule="letterhead.signatory", confidence=confidence("letterhead.signatory")
        )
    problems = [
        ProblemInfo(stage=p.stage, category=p.category, page=p.page, message=p.message, hint=p.hint)
        for p in clean.problems
    ]
    record = Record(
        produced_by=made_by,
        id=document_id(clean.source.sha256, place),
        source=SourceInfo(
            path=clean.source.path,
            sha256=clean.source.sha256,
            size=clean.source.size,
            media_type=clean.source.media_type,
            pages=clean.pages,
            reader=clean.reader,
        ),
        status=("partial" if clean.text.strip() else "failed") if problems else "ok",
        problems=problems,
        text=clean.text,
        repair=_repair(clean),
        document_type=kind,
        number=_value(head.number),
        symbol=_value(head.symbol),
        issued_on=_value(head.issued_on),
        issued_at=_value(head.issued_at),
        issuer=issuer,
        parent_agency=builder.reference(head.parent_agency) if head.parent_agency else None,
        subject=_value(head.subject),
        urgency=_value(head.urgency),
        secrecy=_value(head.secrecy),
        addressees=[builder.agency(_one_line(span.of(clean.text)), span) for span in head.addressees],
        recipients=[builder.recipient(line) for line in recipients],
        signatory=Signatory(name=signature.name, position=signature.position, authority=list(signature.authority))
        if signature
        else None,
        evidence=evidence,
        issued_with=_value(head.issued_with),
        outline=[
            OutlineNode(id=n.id, number=n.number, title=n.title, kind=n.kind, span=n.span, parent=n.parent)
            for n in layout.outline
        ],
        annexes=annexes_of(clean, layout),
        tables=tables_of(clean, layout),
        **groups,
    )
    return with_doubts(record.model_copy(update={"review": review_of(record, head)}), clean.doubts)


def document_id(sha256: str, place: int) -> str:
    """Identity of a document in the catalogue: from the content of its file and its place in it."""
    return f"{hashlib.sha256(f'{sha256}/{place}'.encode()).hexdigest()[:20]}"


def _promoted(findings: Sequence[Finding], tasks: Sequence[Task], anchors: Anchors) -> list[Finding]:
    """The findings, a bare date or period that stands as the time of a task ("Thời gian: Quý IV/2023") as a deadline."""
    due = {task.deadline for task in tasks if task.deadline is not None}
    out: list[Finding] = []
    for f in findings:
        if f.kind == "dates" and f.id in due:
            name = anchors.id_of("deadlines", f.quote, f.before, f.after)
            for task in tasks:
                task.deadline = name if task.deadline == f.id else task.deadline
            edge = f.value.get("part") in {"start", "middle"}  # "đầu tháng 6" names no last day
            value = {"due": None if edge else f.value.get("end"), "inclusive": True}
            f = replace(
                f,
                id=name,
                kind="deadlines",
                value=value,
                rule="deadlines.column",
                confidence=confidence("deadlines.column"),
            )
        out.append(f)
    return out


def _value(field: Field | None) -> str | None:
    return field.value if field is not None else None


def _day(field: Field | None) -> date | None:
    return date.fromisoformat(field.value) if field is not None else None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _evidence(field: Field) -> Evidence:
    return Evidence(span=field.span, rule=field.rule, confidence=field.confidence)


def _repair(clean: CleanDocument) -> RepairInfo:
    verdicts = [
        VerdictInfo(
            unit=v.unit, span=v.span, verdict=v.verdict, family=v.family, evidence=v.evidence, confidence=v.confidence
        )
        for v in clean.verdicts
    ]
    return RepairInfo(verdicts=verdicts, edits=len(clean.edits), unresolved=[tuple(s) for s in clean.unresolved])


class _Builder:
    """Turns what the stages found into parts of the record."""

    def __init__(
        self,
        clean: CleanDocument,
        layout: Layout,
        findings: Sequence[Finding],
        context: AgencyContext,
        anchors: Anchors,
    ) -> None:
        self.clean = clean
        self.layout = layout
        self.context = context
        self.anchors = anchors
        self.raw_map = RawMap(clean.edits)
        self.agency_at = {(f.paragraph, f.at): f for f in findings if f.kind == "agencies"}
        self.by_id = {f.id: f for f in findings}
        self.amount_at = {(f.paragraph, f.at): f.id for f in findings if f.kind == "amounts"}

    def agency(self, text: str, span: Span) -> AgencyRef:
        """A reference to an agency as written, with name and key where they are certain."""
        known = resolve(text, self.context)
        return AgencyRef(text=text, name=known.name, key=known.key, span=span)

    def reference(self, field: Field) -> AgencyRef:
        """The agency of a field of the letterhead."""
        return self.agency(field.value, field.span)

    def issuer(self, head: Letterhead) -> AgencyRef | None:
        """The issuer that the head names; a bare "VĂN PHÒNG" is that of the agency above it."""
        if head.issuer is None:
            return None
        known = self.reference(head.issuer)
        if known.key is None and head.parent_agency is not None:
            whole = self.agency(f"{head.issuer.value} {head.parent_agency.value}", head.issuer.span)
            if whole.key is not None:
                return whole.model_copy(update={"text": known.text})
        return known

    def recipient(self, line: RecipientLine) -> Recipient:
        """A line of the recipients."""
        known = self.agency(line.text, line.span)
        return Recipient(**known.model_dump(), purpose=line.purpose)

    def mention(self, paragraph: int, m: Mention) -> AgencyRef:
        """An agency of a clause."""
        flow = self.layout.paragraphs[paragraph].flow
        text = flow.text[m.start : m.end]
        known = resolve(self.by_id[m.finding].value["name"] if m.finding else text, self.context)
        return AgencyRef(text=text, name=known.name, key=known.key, span=flow.span(m.start, m.end))

    def roles(self, tasks: Sequence[Task]) -> dict[str, str]:
        """Role of each agency finding that takes part in a task; the strongest one."""
        out: dict[str, str] = {}
        for role, pick in (("reports_to", "reports_to"), ("coordinating", "coordinating"), ("lead", "lead")):
            for task in tasks:
                for _, m in getattr(task, pick):
                    if m.finding is not None:
                        out[m.finding] = role
        return out

    def base(self, span: Span, quote: str, before: str, after: str) -> dict[str, Any]:
        """Keys that all findings have: text, span, places, raw, context."""
        raw = self.raw_map.span(span).of(self.clean.raw)
        places = self.clean.places.of(span)
        return {
            "text": quote,
            "span": span,
            "places": [PlaceInfo(page=p.page, box=tuple(round(x, 1) for x in p.box)) for p in places] or None,
            "raw": _one_line(raw) if raw != span.of(self.clean.text) else None,
            "quote_before": before,
            "quote_after": after,
        }

    def finding(self, f: Finding, role: str | None, identity: Mapping[str, str | None]) -> Any:
        """The record's object of a finding."""
        model = FINDING_MODELS[f.kind]
        f = self._body(f)
        keys = {**self.base(f.span, f.quote, f.before, f.after), "id": f.id, "rule": f.rule, "confidence": f.confidence}
        value = {k: v for k, v in f.value.items() if k in model.model_fields}
        if f.kind == "agencies":
            known = resolve(f.value["name"], self.context)
            value = {"name": known.name, "key": known.key, "role": role}
        elif f.kind == "citations":
            value["issuer"] = self._cited_issuer(f)
            value["resolved"] = identity.get(f.id)
        elif f.kind == "amounts" and f.value.get("of_start") is not None:
            value["of"] = self.amount_at.get((f.paragraph, f.value["of_start"]))
        return model.model_validate({**keys, **value})

    def _body(self, f: Finding) -> Finding:
        """Of an office holder ("Giám đốc Sở Y tế") the body itself is the finding; obligations keep the whole title."""
        skipped = f.value.get("body", 0)
        if not skipped:
            return f
        flow, at, end = self.layout.paragraphs[f.paragraph].flow, f.at + skipped, f.at + len(f.quote)
        before, after = around(flow.text, at, end)
        quote = flow.text[at:end]
        value = {**f.value, "name": canonical(quote)}
        return replace(f, span=flow.span(at, end), at=at, quote=quote, before=before, after=after, value=value)

    def _cited_issuer(self, f: Finding) -> AgencyRef | None:
        span = f.value.get("issuer_span")
        if span is None:
            return self._signed_issuer(f)
        known = self.agency_at.get((f.paragraph, span[0]))
        if known is not None:
            return self.mention(f.paragraph, Mention(known.at, known.at + len(known.quote), known.id))
        flow = self.layout.paragraphs[f.paragraph].flow
        return self.agency(flow.text[span[0] : span[1]], flow.span(*span))

    def _signed_issuer(self, f: Finding) -> AgencyRef | None:
        """The issuer that the symbol alone names ("38/BC-SKHĐT"), where it is certain which body that is."""
        number = parse_number(f.value.get("number") or "")
        letters = number.agency if number is not None and number.document_type != "THÔNG TƯ LIÊN TỊCH" else None
        name = issuer_of_symbol(letters) if letters is not None else None
        at = f.quote.rfind(letters) if letters is not None else -1
        if name is None or letters is None or at < 0:
            return None
        known = resolve(name, self.context)
        span = self.layout.paragraphs[f.paragraph].flow.span(f.at + at, f.at + at + len(letters))
        return AgencyRef(text=letters, name=known.name, key=known.key, span=span) if known.key is not None else None

    def obligation(self, task: Task) -> Obligation:
        """The record's object of a task."""
        flow = self.layout.paragraphs[task.paragraph].flow
        quote = flow.text[task.start : task.end].rstrip()
        before, after = around(flow.text, task.start, task.start + len(quote))
        deadline = self.by_id[task.deadline] if task.deadline else None
        action = task.action(flow.text)
        return Obligation(
            id=self.anchors.id_of("obligations", quote, before, after),
            rule=task.rule,
            confidence=confidence(task.rule),
            **self.base(flow.span(task.start, task.start + len(quote)), quote, before, after),
            lead=[self.mention(i, m) for i, m in task.lead],
            coordinating=[self.mention(i, m) for i, m in task.coordinating],
            reports_to=[self.mention(i, m) for i, m in task.reports_to],
            action=action,
            headline=headline(action, deadline.quote if deadline else None),
            modality=task.modality,
            condition=task.clause.condition,
            section=task.section,
            deadline=DeadlineValue(**{k: v for k, v in deadline.value.items() if k in DeadlineValue.model_fields})
            if deadline
            else None,
            amounts=task.amounts,
            citations=task.citations,
        )

    def check(self, c: Checked) -> Check:
        """The record's object of a check."""
        flow = self.layout.paragraphs[c.paragraph].flow
        quote = flow.text[c.start : c.end].rstrip()
        before, after = around(flow.text, c.start, c.start + len(quote))
        rule = f"checks.{c.kind}"
        return Check(
            **self.base(flow.span(c.start, c.start + len(quote)), quote, before, after),
            id=self.anchors.id_of("checks", quote, before, after),
            rule=rule,
            confidence=confidence(rule),
            kind=c.kind,
            stated=c.stated,
            computed=c.computed,
            verdict=c.verdict,
            findings=c.findings,
        )

    def owner(self, paragraph: int, m: Mention) -> AgencyRef:
        """The body that answers for a target: of "Giám đốc Sở Y tế" the department."""
        if m.finding is None:
            return self.mention(paragraph, m)
        f = self._body(self.by_id[m.finding])
        known = resolve(f.value["name"], self.context)
        return AgencyRef(text=f.quote, name=known.name, key=known.key, span=f.span)

    def measure(self, m: Measure) -> Any:
        """The record's object of a target or result."""
        flow = self.layout.paragraphs[m.paragraph].flow
        s = m.statement
        quote = flow.text[s.start : s.end].rstrip()
        before, after = around(flow.text, s.start, s.start + len(quote))
        value = s.value.value
        return FINDING_MODELS[m.kind].model_validate(
            {
                **self.base(flow.span(s.start, s.start + len(quote)), quote, before, after),
                "id": self.anchors.id_of(m.kind, quote, before, after),
                "rule": m.rule,
                "confidence": confidence(m.rule),
                "indicator": s.indicator,
                "owner": self.owner(*m.owner) if m.owner is not None else None,
                **{name: value.get(name) for name in ("operator", "value", "low", "high", "per")},
                "points": bool(value.get("points")),
                "unit": "%" if s.value.kind == "percentages" else value.get("unit") or value.get("currency"),
                "change": s.change,
                "period": m.period,
                "section": m.section,
                "compared_with": s.compared_with,
                "difference": s.difference,
                "findings": [f.id for f in (s.value, *s.others)],
            }
        )
