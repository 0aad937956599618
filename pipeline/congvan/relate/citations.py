"""Identity of cited documents: which mentions of one document speak of the same document.

A number alone is ambiguous ("86/QĐ-UBND" is issued by every province every year): number and date are an identity. A
mention without a date joins the only dated one of its number; with two dates for one number nobody is joined: a wrong
link is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence

from congvan.document import Finding


def identities(findings: Sequence[Finding]) -> dict[str, str | None]:
    """Identity of each citation by the id of its finding; None where it stays unresolved."""
    cited = [f for f in findings if f.kind == "citations" and f.value.get("number")]
    dates: dict[str, set[str]] = {}
    for f in cited:
        if f.value.get("issued_on"):
            dates.setdefault(_key(f), set()).add(str(f.value["issued_on"]))
    out: dict[str, str | None] = {}
    for f in findings:
        if f.kind != "citations":
            continue
        number = f.value.get("number")
        known = dates.get(_key(f), set()) if number else set()
        on = f.value.get("issued_on") or (next(iter(known)) if len(known) == 1 else None)
        out[f.id] = f"{number}@{on}" if number and on else _by_title(f)
    return out


def _key(finding: Finding) -> str:
    return "".join(str(finding.value["number"]).split()).upper()


def _by_title(finding: Finding) -> str | None:
    """A law cited by name and year is one document: "Luật Ngân sách nhà nước@2015"."""
    title, year = finding.value.get("title"), finding.value.get("year")
    named = finding.value.get("number") is None and finding.value.get("reference") is None
    return f"{title}@{year}" if named and title and year else None
