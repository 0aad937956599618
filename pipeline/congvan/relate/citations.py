"""Identity of cited documents: which mentions of one document speak of the same document.

A number alone is ambiguous ("86/QĐ-UBND" is issued by every province every year): number and date are an identity. A
mention without a date joins the only dated one of its number; with two dates for one number nobody is joined: a wrong
link is worse than none. Numbers that one central body gives once ("60/2021/NĐ-CP") need no date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from congvan.document import Finding
from congvan.language.acronyms import is_national
from congvan.language.symbols import normal_number, parse_number

_ANY = "VĂN BẢN"  # names a document of any type


@dataclass(frozen=True, slots=True)
class Own:
    """What the document itself is: "Quyết định này" means it."""

    document_type: str | None = None
    number: str | None = None
    issued_on: str | None = None


def identities(findings: Sequence[Finding], own: Own = Own()) -> dict[str, str | None]:  # frozen
    """Identity of each citation by the id of its finding; None where it stays unresolved.

    Args:
        findings: of one document, in text order. own: its type, number and date.
    """
    cited = [f for f in findings if f.kind == "citations"]
    numbers = _once(
        (_key(f), f.value["issued_on"]) for f in cited if f.value.get("number") and f.value.get("issued_on")
    )
    out: dict[str, str | None] = {f.id: _by_number(f, numbers) or _by_title(f) for f in cited}
    titles = _once((_title(f), out[f.id]) for f in cited if f.value.get("title") and out[f.id] and _is_law(f))
    figures = _once((_figures(f), out[f.id]) for f in cited if f.value.get("number") and out[f.id])
    for i, f in enumerate(cited):
        if out[f.id] is not None:
            continue
        if f.value.get("reference") is not None:
            out[f.id] = _referred(f, cited[:i], out, own)
        elif f.value.get("figures"):
            out[f.id] = figures.get((f.value["document_type"], str(f.value["figures"]).split("/")[0]))
        elif f.value.get("number") is None and f.value.get("title"):
            out[f.id] = titles.get(_title(f))
    return out


def _once(pairs: Iterable[tuple[object, str | None]]) -> dict[object, str | None]:
    """What belongs to a key, where it is one thing alone; None where it is several."""
    out: dict[object, str | None] = {}
    for key, value in pairs:
        out[key] = value if out.get(key, value) == value else None
    return out


def _by_number(finding: Finding, dates: Mapping[object, str | None]) -> str | None:
    number = finding.value.get("number")
    if not number:
        return None
    on = finding.value.get("issued_on") or dates.get(_key(finding))
    if on:
        return f"{number}@{on}"
    parsed = parse_number(number)
    return number if parsed is not None and _key(finding) not in dates and is_national(parsed) else None


def _key(finding: Finding) -> str:
    return normal_number(str(finding.value["number"])).upper()


def _figures(finding: Finding) -> tuple[str | None, str]:
    parsed = parse_number(str(finding.value["number"]))
    return finding.value["document_type"], parsed.figures if parsed is not None else ""


def _is_law(finding: Finding) -> bool:
    return str(finding.value["title"]).startswith(("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"))


def _title(finding: Finding) -> str:
    return str(finding.value["title"]).lower()


def _by_title(finding: Finding) -> str | None:
    """A law cited by name and year is one document: "Luật Ngân sách nhà nước@2015"."""
    title, year = finding.value.get("title"), finding.value.get("year")
    named = finding.value.get("number") is None and finding.value.get("reference") is None
    return f"{title}@{year}" if named and title and year else None


def _referred(finding: Finding, before: Sequence[Finding], known: Mapping[str, str | None], own: Own) -> str | None:
    """The document that a back reference means: this one, or the only one of its type named before, in its paragraph or at all."""
    kind = finding.value["document_type"]
    if finding.value["reference"] == "this":
        same = own.document_type in (kind, None) or kind == _ANY
        return f"{own.number}@{own.issued_on}" if same and own.number and own.issued_on else None
    named = [f for f in before if f.value.get("reference") is None and kind in (f.value["document_type"], _ANY)]
    here = [f for f in named if f.paragraph == finding.paragraph]
    meant = {known[f.id] for f in (here or named)}
    return next(iter(meant)) if len(meant) == 1 else None
