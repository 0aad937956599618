"""Checks: arithmetic that a document states, recomputed. Kinds: share, sum, difference, change, growth, words,
repeated, date.

Offices cut decimals as often as they round: within one unit of the last written place agrees, for sums times the number of parts.
Counts, and money written out to the đồng, are exact. Precision first: where it is not sure what is held against what, there is no
check, or one that is "unclear".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import regex

from congvan.document import Finding, Layout
from congvan.relate.check_tables import table_checks
from congvan.relate.groups import groups_of
from congvan.relate.stated import Checked, figures, grouped, share_check, stated, within
from congvan.relate.sums import parallel_checks, sum_checks

# accepts the two figures of a change: "(từ |24,86%| năm 2021 xuống còn |16,88%|"
_FROM = regex.compile(r"\btừ\s*$", regex.IGNORECASE)
# accepts the words between them, with the time of the first
_TO = regex.compile(r"[^.;]{0,40}?\b(?:xuống(?: còn)?|còn|lên(?: đến)?|đến|tới)\s*(?:mức )?", regex.IGNORECASE)
# accepts the verb before a figure that is the change itself: "giảm ", "tăng thêm "
_CHANGED = regex.compile(r"\b(?:tăng|giảm)(?: thêm| bình quân| được)?(?: [^.;:()\d%]{0,80})?\s*$", regex.IGNORECASE)
# accepts what stands behind a change before its change: ", tăng ", " (giảm "
_BY = regex.compile(r"[^.;()\d]{0,30}[,(] ?(?:tức )?(?:tăng|giảm)(?: thêm)? ", regex.IGNORECASE)
# accepts a total that a document has one of, right before its figure: "Tổng mức đầu tư: ", "tổng mức đầu tư "
_ONE_TOTAL = regex.compile(
    r"(?P<name>tổng (?:mức đầu tư|dự toán|kinh phí thực hiện|giá trị hợp đồng|diện tích|vốn đầu tư))(?: (?:của )?(?:dự án|công trình|kế hoạch))?(?: (?:là|dự kiến|khoảng))?:? $",
    regex.IGNORECASE,
)


def find_checks(layout: Layout, findings: Sequence[Finding]) -> list[Checked]:
    """All checks of a document, in text order; none twice for the same figures."""
    by_paragraph: dict[int, list[Finding]] = {}
    for f in findings:
        by_paragraph.setdefault(f.paragraph, []).append(f)
    groups = groups_of(layout, by_paragraph)
    found = [*_shares(layout, by_paragraph), *sum_checks(groups), *parallel_checks(groups)]
    found += [*_changes(layout, by_paragraph), *_words(findings), *_totals(layout, by_paragraph), *_dates(findings)]
    found += table_checks(layout)
    seen: set[tuple[str, ...]] = set()
    out: list[Checked] = []
    for check in found:
        key = (check.kind, *sorted(check.findings), "" if check.findings else f"{check.paragraph}/{check.start}")
        if key not in seen:
            seen.add(key)
            out.append(check)
    return sorted(out, key=lambda c: (c.paragraph, c.start, c.end))


def _shares(layout: Layout, by_paragraph: Mapping[int, Sequence[Finding]]) -> list[Checked]:
    """Part, whole and share in one place: "6.909/75.337 triệu đồng, đạt 9,17%"."""
    out: list[Checked] = []
    for i, here in by_paragraph.items():
        text = layout.paragraphs[i].text
        brackets = [m.span() for m in regex.finditer(r"\([^()]*\)", text)]
        for hidden in ((), tuple(brackets)):
            for f in figures(text, here, hidden):
                if f.whole is not None and f.share is not None and f.part.value <= 20 * f.whole.value:
                    out.append(share_check(i, f.part, f.whole, f.share))
    return out


def _changes(layout: Layout, by_paragraph: Mapping[int, Sequence[Finding]]) -> list[Checked]:
    """From X to Y, changed by Z: Z against the difference, or against the growth where Z is a percentage of other values."""
    out: list[Checked] = []
    for i, here in by_paragraph.items():
        text = layout.paragraphs[i].text
        values = sorted((f for f in here if f.kind in {"percentages", "amounts", "quantities"}), key=lambda f: f.at)
        for n in range(len(values) - 1):
            a, b = stated(values[n]), stated(values[n + 1])
            if a is None or b is None or a.unit != b.unit or not _FROM.search(text[: a.start]):
                continue
            if not _TO.fullmatch(text, a.end, b.start):
                continue
            by = [values[n + 2]] if n + 2 < len(values) and _BY.fullmatch(text, b.end, values[n + 2].at) else []
            before = [v for v in values[max(0, n - 2) : n] if a.start - v.at < 60 and _CHANGED.search(text[: v.at])]
            for z in [*by, *before[:1]]:
                told = stated(z)
                if told is None or (told.unit != a.unit and z.kind != "percentages"):
                    continue
                growth = z.kind == "percentages" and a.finding.kind != "percentages"
                computed = abs(b.value - a.value) * (100 / a.value if growth else 1)
                tolerance = max(told.step, Decimal(0) if growth else 2 * a.step)
                agrees = within(computed, told.value, tolerance)
                relative = 100 * abs(b.value - a.value) / a.value
                if not agrees and z.kind == "percentages" and not growth and not z.value.get("points"):
                    agrees = within(relative, told.value, told.step)  # of the first figure, not in points
                out.append(
                    Checked(
                        "growth" if growth else "change",
                        i,
                        min(a.start, told.start),
                        max(b.end, told.end),
                        told.quoted,
                        f"{told.shown(computed, max(told.places, 2))} = {a.quoted} → {b.quoted}",
                        "agrees" if agrees else "disagrees",
                        [a.finding.id, b.finding.id, z.id],
                    )
                )
    return out


def _words(findings: Sequence[Finding]) -> list[Checked]:
    """Figures against the same amount in words: "415.000.000 đồng (bằng chữ: …)"."""
    out: list[Checked] = []
    for f in findings:
        words = f.value.get("in_words")
        if f.kind == "amounts" and words is not None:
            same = words == f.value["value"]
            out.append(
                Checked(
                    "words",
                    f.paragraph,
                    f.at,
                    f.at + len(f.quote),
                    f"{grouped(Decimal(f.value['value']))} đồng",
                    f"{grouped(Decimal(words))} đồng",
                    "agrees" if same else "disagrees",
                    [f.id],
                )
            )
    return out


def _totals(layout: Layout, by_paragraph: Mapping[int, Sequence[Finding]]) -> list[Checked]:
    """A total that a document has one of ("Tổng mức đầu tư") told in two places."""
    told: dict[str, list[tuple[int, Finding]]] = {}
    for i, here in by_paragraph.items():
        text = layout.paragraphs[i].text
        for f in here:
            m = _ONE_TOTAL.search(text[: f.at]) if f.kind in {"amounts", "quantities"} else None
            if m is not None and f.value.get("operator") == "=":
                told.setdefault(m["name"].lower(), []).append((i, f))
    out: list[Checked] = []
    for places in told.values():
        if len(places) < 2 or len({f.value["value"] for _, f in places}) > 2:
            continue  # several projects
        first = stated(places[0][1])
        for i, f in places[1:]:
            again = stated(f)
            if first is None or again is None or first.unit != again.unit:
                continue
            same = within(first.value, again.value, max(first.step, again.step))
            near = abs(first.value - again.value) <= first.value / 10
            out.append(
                Checked(
                    "repeated",
                    i,
                    again.start,
                    again.end,
                    again.quoted,
                    first.quoted,
                    "agrees" if same else "disagrees" if near else "unclear",
                    [again.finding.id, first.finding.id],
                )
            )
    return out


def _dates(findings: Sequence[Finding]) -> list[Checked]:
    """One document cited with two dates: the same type, number and issuer."""
    first: dict[tuple[str, str], Finding] = {}
    out: list[Checked] = []
    for f in findings:
        number, day = f.value.get("number"), f.value.get("issued_on")
        if f.kind != "citations" or not number or not day or "/" not in number:
            continue
        key = (str(f.value.get("document_type") or ""), number)
        before = first.setdefault(key, f)
        other = before.value["issued_on"]
        # a number without its year comes again each year
        if other == day or (not _DATED.search(number) and other[:4] != day[:4]) or not _same_issuer(before, f):
            continue
        out.append(
            Checked(
                "date", f.paragraph, f.at, f.at + len(f.quote), day, other, "disagrees", [f.id, before.id]
            )
        )  # fmt: skip
    return out


# accepts a number with its year: "02/2023/QĐ-UBND"
_DATED = regex.compile(r"/(?:19|20)\d{2}/")


def _same_issuer(a: Finding, b: Finding) -> bool:
    """Whether two citations can be of one issuer."""
    left, right = (str(f.value.get("issuer_text") or "").lower() for f in (a, b))
    return not left or not right or left in right or right in left
