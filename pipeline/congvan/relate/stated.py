"""A figure as a document states it: its value, and by how much its last written place counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import Literal

import regex

from congvan.document import Finding
from congvan.language.numerals import parse_number, without_zeros
from congvan.record import CheckKind

Verdict = Literal["agrees", "disagrees", "unclear"]

# accepts the first figure of a value as written: "26.884" of "26.884 triệu đồng", "38,4" of "38,4%"
_FIGURE = regex.compile(r"\d+(?:[.,]\d+)*")
# accepts what stands between a part and its whole: "/", " / "
_SLASH = regex.compile(r" ?/ ?")
# scales that money is written in, the largest first
_SCALES = ((Decimal(10**9), "tỷ đồng"), (Decimal(10**6), "triệu đồng"), (Decimal(10**3), "nghìn đồng"), (Decimal(1), "đồng"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure of the text.

    Attributes:
        finding: the value. value: in base units. scale: what its written figure counts ("triệu đồng": 10**6). places: decimals
            as written. start, end: of the flow of its paragraph.
    """

    finding: Finding
    value: Decimal
    scale: Decimal
    places: int

    @property
    def start(self) -> int:
        """Where it begins in the flow."""
        return self.finding.at

    @property
    def end(self) -> int:
        """Where it ends in the flow."""
        return self.finding.at + len(self.finding.quote)

    @property
    def step(self) -> Decimal:
        """One unit of its last written place; 0 for what is counted or written out to the đồng, which nobody rounds."""
        exact = self.scale == 1 and not self.places and self.finding.kind != "percentages"
        return Decimal(0) if exact else self.scale.scaleb(-self.places)

    @property
    def unit(self) -> str:
        """What tells values that may be added: kind, and currency or thing."""
        value = self.finding.value
        return f"{self.finding.kind}/{value.get('currency') or value.get('unit') or ''}"

    def shown(self, value: Decimal, places: int | None = None) -> str:
        """Another value written as this one is: "26.844 triệu đồng"."""
        figure = grouped(value / self.scale, places)
        if self.finding.kind == "percentages":
            return f"{figure}%"
        if self.finding.kind == "amounts":
            name = next((n for s, n in _SCALES if s == self.scale), "") if self._vnd else self.finding.value["currency"]
            return f"{figure} {name}".strip()
        return f"{figure} {self.finding.value.get('unit') or ''}".strip()

    @property
    def _vnd(self) -> bool:
        return self.finding.value.get("currency") == "VND"

    @property
    def quoted(self) -> str:
        """The value as written, with its unit."""
        return self.shown(self.value)


def stated(f: Finding) -> Stated | None:
    """The figure of a value that is exact ("=") and written in digits; None for bounds, ranges, rates and numbers in words."""
    if f.value.get("operator") != "=" or f.value.get("value") is None or f.value.get("per"):
        return None
    m = _FIGURE.search(f.quote)
    figure = parse_number(m[0]) if m is not None else None
    value = Decimal(f.value["value"])
    if m is None or figure is None or not figure or not value:
        return None
    scale = without_zeros(abs(value) / figure)
    if scale not in {s for s, _ in _SCALES}:
        return None
    places = len(m[0].rpartition(",")[2]) if "," in m[0] else 0
    return Stated(f, value, scale, places)


def grouped(value: Decimal, places: int | None = None) -> str:
    """A number as Vietnamese offices write it: "14.770,5"; cut, not rounded, to the places asked for."""
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN)
    value = without_zeros(value)
    whole, _, decimals = f"{value:,f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated value with its whole ("6.909/75.337 triệu đồng") and the share told behind it ("đạt 9,17%")."""

    part: Stated
    whole: Stated | None = None
    share: Stated | None = None

    @property
    def end(self) -> int:
        """Where its figures end in the flow."""
        return (self.whole or self.part).end


# accepts what stands between a value and the share it makes: ", đạt ", " chiếm tỷ lệ ", " (", ", bằng "
_TO_SHARE = regex.compile(
    r"(?: kế hoạch)?[,;]? ?\(?(?:chỉ |mới )?(?:đạt|bằng|chiếm|tương đương|tương ứng|đạt tỷ lệ|chiếm tỷ lệ|tỷ lệ|tỷ lệ giải ngân|=)?(?: tỷ lệ| mức)?:? ?(?:là )?",
    regex.IGNORECASE,
)


def figures(text: str, findings: Iterable[Finding], hidden: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """The values of a flow in order, parts joined to their wholes and shares; what stands in ``hidden`` is passed over."""
    values = [f for f in findings if f.kind in {"percentages", "amounts", "quantities"}]
    values = sorted((f for f in values if not any(a <= f.at < b for a, b in hidden)), key=lambda f: f.at)
    out: list[Figure] = []
    left = list(values)
    while left:
        first = stated(left.pop(0))
        if first is None:
            continue
        whole = share = None
        if left and _SLASH.fullmatch(text, first.end, left[0].at) and left[0].kind == first.finding.kind:
            whole = stated(left[0])
            left.pop(0)
        end = (whole or first).end
        gap = _shown(text, end, left[0].at, hidden) if left else None
        if left and left[0].kind == "percentages" and gap is not None and _TO_SHARE.fullmatch(gap):
            share = stated(left[0])
            if share is not None and not share.finding.value.get("points"):
                left.pop(0)
        out.append(Figure(first, whole, share if share is None or not share.finding.value.get("points") else None))
    return out


def _shown(text: str, start: int, end: int, hidden: Sequence[tuple[int, int]]) -> str:
    """The text between two places without what is hidden there."""
    for a, b in sorted(hidden, reverse=True):
        if start <= a and b <= end:
            text = text[:a] + text[b:]
            end -= b - a
    return " ".join(text[start:end].split()) if text[start:end].strip() else text[start:end]


@dataclass(frozen=True, slots=True)
class Checked:
    """A check before it becomes part of the record. ``start``, ``end`` count in the flow of ``paragraph``."""

    kind: CheckKind
    paragraph: int
    start: int
    end: int
    stated: str
    computed: str
    verdict: Verdict
    findings: list[str] = field(default_factory=list)


def within(a: Decimal, b: Decimal, tolerance: Decimal) -> bool:
    """Whether two values agree."""
    return abs(a - b) <= tolerance


def share_check(paragraph: int, part: Stated, whole: Stated, share: Stated) -> Checked:
    """Part of whole against the share that is told. Within one unit of its last written place agrees: offices cut as often as round."""
    computed = 100 * part.value / whole.value
    agrees = within(computed, share.value, share.step or Decimal(1))
    places = max(share.places, 2)
    return Checked(
        "share",
        paragraph,
        min(part.start, share.start) if part.finding.paragraph == share.finding.paragraph else share.start,
        share.end,
        share.quoted,
        f"{grouped(computed, places)}% = {part.quoted} / {whole.quoted}",
        "agrees" if agrees else "disagrees",
        [part.finding.id, whole.finding.id, share.finding.id],
    )
