"""Totals against their parts, shares whose base stands elsewhere, and figures told in two places."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from congvan.relate.groups import Group, Part
from congvan.relate.stated import Checked, Stated, Verdict, grouped, share_check, within

# how far a sum may be off (part of the total) and still be meant as the sum: of a full account, and of "trong đó"
_OFF_FULL, _OFF_SOME = Decimal("0.3"), Decimal("0.1")
_ALIKE = 0.6  # part of the words that labels of one thing share


def sum_checks(groups: Sequence[Group]) -> list[Checked]:
    """Each total against the sum of its parts."""
    out: list[Checked] = []
    for group in groups:
        made = _sum(group.paragraph, group.total.part, [p.figure.part for p in group.parts], group.full)
        if made is not None:
            out.append(made)
        wholes = [p.figure.whole for p in group.parts]
        if group.total.whole is not None and all(w is not None for w in wholes):
            made = _sum(group.paragraph, group.total.whole, [w for w in wholes if w is not None], group.full)
            if made is not None:
                out.append(made)
    return out


def _sum(paragraph: int, total: Stated, parts: Sequence[Stated], full: bool) -> Checked | None:
    computed = sum((p.value for p in parts), Decimal(0))
    tolerance = len(parts) * max([total.step, *(p.step for p in parts)])
    off = abs(total.value - computed)
    verdict: Verdict
    if off <= tolerance:
        verdict = "agrees"
    elif full or computed > total.value:
        verdict = "disagrees" if off <= _OFF_FULL * total.value else "unclear"
    elif off <= _OFF_SOME * total.value:
        verdict = "disagrees"
    else:
        return None  # "trong đó" names some of the parts only
    told = " + ".join(grouped(p.value / total.scale) for p in parts)
    same = [p for p in parts if p.finding.paragraph == paragraph]
    start = min([total.start, *(p.start for p in same)])
    return Checked(
        "sum",
        paragraph,
        start,
        max([total.end, *(p.end for p in same)]),
        total.quoted,
        f"{total.shown(computed)} = {told}",
        verdict,
        [total.finding.id, *(p.finding.id for p in parts)],
    )


def parallel_checks(groups: Sequence[Group]) -> list[Checked]:
    """Groups of the same parts: shares that one tells of the other, and wholes that both tell.

    A share without its whole ("Chương trình A: 23.306 triệu đồng, chiếm 86%") is one of the figure that an earlier group has for
    the same part, where at least two of the group's shares say so, and all but one.
    """
    out: list[Checked] = []
    for n, group in enumerate(groups):
        best: list[Checked] = []
        for other in groups[:n]:
            pairs = [(p, q) for p in group.parts if (q := _match(p, other.parts)) is not None]
            if len(pairs) < 2 or len({id(q) for _, q in pairs}) < len(pairs):
                continue
            made = _shares(group, other, pairs)
            if sum(c.verdict == "agrees" for c in made) > sum(c.verdict == "agrees" for c in best):
                best = made
            out += _wholes(group, other, pairs)
        out += best
    return out


def _match(part: Part, others: Sequence[Part]) -> Part | None:
    """The part of another group with the same name, where one only has it."""
    found = [q for q in others if part.label and q.label and _alike(part.label, q.label)]
    return found[0] if len(found) == 1 else None


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= _ALIKE * max(len(a), len(b))


def _shares(group: Group, other: Group, pairs: Sequence[tuple[Part, Part]]) -> list[Checked]:
    told = [
        (p.paragraph, p.figure.part, q.figure.part, p.figure.share)
        for p, q in pairs
        if p.figure.share is not None and p.figure.whole is None
    ]
    if group.total.share is not None and group.total.whole is None:
        told.append((group.paragraph, group.total.part, other.total.part, group.total.share))
    made = [share_check(i, part, whole, share) for i, part, whole, share in told if share is not None]
    known = sum(
        p.figure.whole is not None and within(p.figure.whole.value, q.figure.part.value, p.figure.whole.step)
        for p, q in pairs
    )
    right = sum(c.verdict == "agrees" for c in made)
    return made if right + known >= 2 and len(made) - right <= 1 else []


def _wholes(group: Group, other: Group, pairs: Sequence[tuple[Part, Part]]) -> list[Checked]:
    """The whole of a part ("1.141/4.097") against the figure that the other group has for it ("4.079"), where the others agree."""
    if group.total.whole is None or group.total.whole.value != other.total.part.value:
        return []
    told = [(p, p.figure.whole, q.figure.part) for p, q in pairs if p.figure.whole is not None]
    wrong = [(p, w, s) for p, w, s in told if not within(w.value, s.value, max(w.step, s.step))]
    if len(wrong) != 1 or len(told) < 2:
        return []
    [(part, whole, before)] = wrong
    if abs(whole.value - before.value) > _OFF_SOME * before.value:
        return []
    return [
        Checked(
            "repeated",
            part.paragraph,
            whole.start,
            whole.end,
            whole.quoted,
            before.quoted,
            "disagrees",
            [whole.finding.id, before.finding.id],
        )
    ]
