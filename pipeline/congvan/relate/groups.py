"""A total and its parts: in one sentence ("75.337 triệu đồng, trong đó: A 26.884 triệu đồng; B …"), in brackets, or in a list below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from congvan.document import Finding, Layout
from congvan.language.folding import strip_marks
from congvan.language.markers import marker_of
from congvan.language.sentences import sentences_of
from congvan.relate.stated import Figure, figures

# accepts what introduces the parts of the total before it: ", trong đó: ", " gồm ", ". Trong đó: "
_PARTS = regex.compile(
    r"[.,;]? ?\(?(?P<word>trong đó|gồm(?: có)?|bao gồm|chia ra|cụ thể(?: như sau)?|phân bổ(?: như sau)?|trong đó gồm)\b ?:?\s*",
    regex.IGNORECASE,
)
# accepts the words of a full account, of which nothing is left out
_ALL = regex.compile(r"gồm|chia ra|cụ thể|phân bổ", regex.IGNORECASE)
# accepts a bracket without another inside
_BRACKET = regex.compile(r"\([^()]*\)")
# accepts the start of a phrase that is no part: "tăng 5 tỷ so với", "đạt", "bình quân", "mức hỗ trợ"
_NO_PART = regex.compile(
    r"(?:và )?(?:tăng|giảm|so với|bằng|đạt|bình quân|trung bình|mức|mỗi|vượt|tương đương|tương ứng|chiếm|đã|ước|trong khi|nhưng|cao hơn|thấp hơn|lũy kế|đến ngày|hiện|trước đó|riêng|dự kiến|thực hiện)\b",
    regex.IGNORECASE,
)
# accepts a noun of a total: "Tổng kinh phí", "Tổng số"
_TOTAL = regex.compile(r"tổng\b", regex.IGNORECASE)
# accepts the words that labels have in common and that tell them not apart
_EMPTY_WORDS = frozenset(["chuong", "trinh", "mtqg", "muc", "tieu", "quoc", "gia", "von", "nguon", "ve", "kinh", "phi", "du", "an", "so", "la", "thuc", "hien", "cua", "va", "cac", "cho", "tu", "theo", "xd", "kt", "xh"])  # fmt: skip
_NEAR = 90  # characters between a total and the word that introduces its parts


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a total, with the words that name it."""

    label: frozenset[str]
    figure: Figure
    paragraph: int


@dataclass(frozen=True, slots=True)
class Group:
    """A total with its parts. ``full`` where the words promise that nothing is left out."""

    paragraph: int
    total: Figure
    parts: Sequence[Part]
    full: bool


def label_of(text: str) -> frozenset[str]:
    """The words that name a part, folded: "Chương trình MTQG giảm nghèo bền vững" is {giam, ngheo, ben, vung}."""
    words = regex.findall(r"[\p{L}\d]+", strip_marks(text).lower())
    return frozenset(w for w in words if w not in _EMPTY_WORDS) or frozenset(words)


def groups_of(layout: Layout, by_paragraph: Mapping[int, Sequence[Finding]]) -> list[Group]:
    """All groups of the running text, in text order."""
    out: list[Group] = []
    for i, p in enumerate(layout.paragraphs):
        if p.kind in {"body", "item", "heading", "footnote"} and i in by_paragraph:
            out += _in_flow(i, p.text, by_paragraph[i])
            below = _in_list(layout, i, by_paragraph)
            if below is not None:
                out.append(below)
    return out


def _brackets(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _BRACKET.finditer(text)]


def _in_flow(i: int, text: str, findings: Sequence[Finding]) -> list[Group]:
    out: list[Group] = []
    brackets = _brackets(text)
    top = figures(text, findings, brackets)
    ends = [end for _, end in sentences_of(text)]
    for m in _PARTS.finditer(text):
        inside = next(((a, b) for a, b in brackets if a <= m.end() - 1 and m.end() <= b), None)
        if inside is not None and m.start("word") > inside[0] + 2:
            continue  # within a bracket, not its beginning
        end = inside[1] - 1 if inside is not None else next((e for e in ends if e > m.end()), len(text))
        total = next((f for f in reversed(top) if f.end <= m.start() and not _between(text, f, m.start())), None)
        if total is not None:
            group = _group(i, text, findings, total, (m.end(), end), _ALL.search(m["word"]) is not None)
            if group is not None:
                out.append(group)
    for a, b in brackets:
        total = next(
            (f for f in top if 0 <= a - f.end <= 1 or (f.share is not None and 0 <= a - f.share.end <= 1)), None
        )
        if total is not None and not _PARTS.match(text, a + 1) and not _PARTS.match(text, a):
            group = _group(i, text, findings, total, (a + 1, b - 1), False)
            if group is not None:
                out.append(group)
    return out


def _between(text: str, total: Figure, at: int) -> bool:
    """Whether too much stands between a total and its parts."""
    gap = text[total.end : at]
    return len(gap) > _NEAR or ";" in gap


def _group(
    i: int, text: str, findings: Sequence[Finding], total: Figure, stretch: tuple[int, int], full: bool
) -> Group | None:
    """The parts in a stretch, separated by semicolons, else by commas; None where there are not two."""
    start, end = stretch
    brackets = [(a, b) for a, b in _brackets(text) if start <= a and b <= end]
    shown = figures(text, [f for f in findings if start <= f.at < end], brackets)
    parts: list[Part] = []
    at = start
    semicolons = ";" in _without(text, start, end, brackets)
    stop = text.find(";", start, end)
    if semicolons and sum(f.end <= stop for f in shown) > 1:  # "…, trong đó A 3 tỷ, B 2 tỷ; phần còn thiếu …"
        semicolons, end = False, stop
        shown = [f for f in shown if f.end <= stop]
    for figure in shown:
        label = text[at : figure.part.start].strip(" ,;:.-–")
        label = label.rpartition(";")[2] if semicolons else label
        at = max(figure.end, figure.share.end if figure.share is not None else 0)
        if figure.part.finding.kind == "percentages" or _NO_PART.match(label.strip()):
            if semicolons:
                continue
            break
        if figure.part.unit != total.part.unit and not _same_thing(figure, total):
            continue
        if parts and not _parted(text, parts[-1].figure, figure, semicolons):
            continue
        parts.append(Part(label_of(label), figure, i))
    return Group(i, total, parts, full) if len(parts) > 1 else None


def _parted(text: str, before: Figure, figure: Figure, semicolons: bool) -> bool:
    """Whether a separator stands between two parts."""
    gap = text[before.end : figure.part.start]
    return ";" in gap if semicolons else ("," in gap or " và " in gap)


def _without(text: str, start: int, end: int, hidden: Sequence[tuple[int, int]]) -> str:
    return "".join(c for n, c in enumerate(text[start:end], start) if not any(a <= n < b for a, b in hidden))


def _same_thing(a: Figure, b: Figure) -> bool:
    """Whether two counts are of the same thing, of which one is named longer: "hộ" and "hộ nghèo"."""
    left, right = (str(f.part.finding.value.get("unit") or "") for f in (a, b))
    return a.part.finding.kind == b.part.finding.kind == "quantities" and bool(left and right) and (left.startswith(right) or right.startswith(left))  # fmt: skip


# ---------------------------------------------------------------- lists


def _in_list(layout: Layout, i: int, by_paragraph: Mapping[int, Sequence[Finding]]) -> Group | None:
    """The total of a line and its parts in the list below: each item begins with what it is of and how much."""
    p = layout.paragraphs[i]
    shown = figures(p.text, by_paragraph[i], _brackets(p.text))
    shown = [f for f in shown if f.part.finding.kind != "percentages"]
    opens = p.text.rstrip().endswith(":")
    if not shown or i + 1 >= len(layout.paragraphs) or not (opens or p.marker is not None):
        return None
    total = shown[-1] if opens else shown[0]
    if len(shown) > 2 or (opens and len(p.text.rstrip()) - total.end > _NEAR):
        return None
    items = _items(layout, i)
    parts: list[Part] = []
    for j in items:
        part = _leading(layout.paragraphs[j].text, by_paragraph.get(j, ()))
        if part is None or part[1].part.unit != total.part.unit or (part[1].whole is None) != (total.whole is None):
            return None
        parts.append(Part(part[0], part[1], j))
    word = next((m for m in _PARTS.finditer(p.text, total.end)), None)
    if not opens and not _TOTAL.search(p.text) and total.whole is None:
        return None
    full = word is None or _ALL.search(word["word"]) is not None
    return Group(i, total, parts, full and opens) if len(parts) > 1 else None


def _items(layout: Layout, i: int) -> list[int]:
    """The items right below a line: those of the first one's kind, without what stands under them."""
    own = marker_of(layout.paragraphs[i].text) if layout.paragraphs[i].marker is not None else None
    out: list[int] = []
    kind: str | None = None
    for j in range(i + 1, len(layout.paragraphs)):
        p = layout.paragraphs[j]
        if p.kind in {"running", "footnote"}:
            continue
        mark = marker_of(p.text) if p.marker is not None else None
        if mark is None or (own is not None and mark.kind == own.kind) or p.kind == "cell":
            break
        if kind is None:
            kind = mark.kind
        if mark.kind == kind:
            if out and mark.ordinal is not None and mark.ordinal == 1:
                break
            out.append(j)
        elif len(out) == 0:
            break
    return out


def _leading(text: str, findings: Sequence[Finding]) -> tuple[frozenset[str], Figure] | None:
    """Label and first value of an item "Ngân sách tỉnh: 1.200 triệu đồng"."""
    mark = marker_of(text)
    begin = mark.length if mark is not None else 0
    shown = [f for f in figures(text, findings, _brackets(text)) if f.part.finding.kind != "percentages"]
    if not shown:
        return None
    label = text[begin : shown[0].part.start].strip()
    if not label.endswith(":") and len(label.split()) > 12:
        return None
    return label_of(label), shown[0]
