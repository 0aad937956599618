"""What the outline tells about orders: who an introductory line hands down to the items below it, and under which headings orders,
facts or money stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import regex

from congvan.document import Layout, Paragraph
from congvan.relate.subjects import Mention

# accepts the end of a line that introduces the list below it
_INTRO_END = regex.compile(r"(?:\(\d{1,2}\))?:\s*$")
# accepts the end of a preface whose orders go to all that follows: "các nhiệm vụ, giải pháp trọng tâm sau:"
_PREFACE_END = regex.compile(r"\bsau(?: đây)?(?: (?:trước|chậm nhất|trong|xong)[^:]{3,60})?\s*:\s*$")
# accepts a heading under which money is told of, so that only who is named has to do something: "III. Kinh phí thực hiện"
MONEY_HEADING = regex.compile(r"(?:nguồn |dự toán )?(?:kinh phí|nguồn lực|nguồn vốn|nhu cầu vốn)", regex.IGNORECASE)
# accepts a heading of a report under which orders stand, not results: "II. NHIỆM VỤ, GIẢI PHÁP 6 THÁNG CUỐI NĂM"
TASK_HEADING = regex.compile(
    r"nhiệm vụ|giải pháp|phương hướng|kiến nghị|đề xuất|tổ chức thực hiện|trách nhiệm|^kết luận|^phân công|(?:ý kiến|nội dung) (?:chỉ đạo|kết luận|thống nhất)|^chỉ đạo",
    regex.IGNORECASE,
)

# accepts a heading under which facts are told: "I. KẾT QUẢ NĂM 2022", "II. TÌNH HÌNH", "1. Đánh giá chung"
FACT_HEADING = regex.compile(
    r"(?:một số |những )?(?:kết quả|tình hình|đánh giá|hiện trạng|thực trạng|đặc điểm|tồn tại|hạn chế|khó khăn|nguyên nhân|căn cứ|giải thích|mục tiêu|chỉ tiêu|sự cần thiết)",
    regex.IGNORECASE,
)


@dataclass(slots=True)
class Intro:
    """What an introductory line hands down: mentions carry the index of their paragraph."""

    lead: list[tuple[int, Mention]] = field(default_factory=list)
    coordinating: list[tuple[int, Mention]] = field(default_factory=list)
    modality: str | None = None
    deadline: str | None = None
    order: bool = False  # the line gives an order, whose modality holds for what bodies are named below as well


def opens_list(layout: Layout, i: int, parents: Mapping[str, str | None]) -> tuple[bool, str | None]:
    """Whether the end of the paragraph introduces what stands below it, and the node whose items those are.

    A line without a marker between two lists stands, for the outline, in the last item of the first one.
    """
    p = layout.paragraphs[i]
    below = next((q for q in layout.paragraphs[i + 1 :] if q.kind not in {"running", "footnote"}), None)
    listed = below is not None and below.kind in {"item", "heading"} and below.node is not None
    above = parents.get(below.node) if below is not None and below.node is not None and listed else p.node
    if not listed or p.kind in {"item", "heading"}:
        above = p.node
    if _PREFACE_END.search(p.text) is not None:
        return True, above
    if _INTRO_END.search(p.text) is None:
        return False, p.node
    if not listed:
        return p.node in parents.values() and p.node is not None, p.node
    return p.kind == "body" or (below is not None and parents.get(below.node or "") == p.node), above


def is_preface(p: Paragraph) -> bool:
    """True for a line whose orders go to all that follows: "… các nhiệm vụ sau:"."""
    return _PREFACE_END.search(p.text) is not None


def is_caption(layout: Layout, i: int) -> bool:
    """True for the title of the table right below it: "Phân công nhiệm vụ cụ thể"."""
    p = layout.paragraphs[i]
    following = [q for q in layout.paragraphs[i + 1 : i + 4] if q.kind not in {"running", "footnote"}]
    return (
        p.kind in {"body", "heading"}
        and bool(following)
        and following[0].kind == "cell"
        and not p.text.endswith((".", ";"))
    )


def inherited_by(
    p: Paragraph, parents: dict[str, str | None], intros: dict[str | None, Intro], closed: set[str | None]
) -> Intro:
    """The nearest introductory line above a paragraph: of its parents for an item, of its own node for the rest. What stands
    above a node of ``closed`` does not reach what is below it."""
    if p.kind == "footnote":
        return Intro()
    node = parents.get(p.node) if p.kind == "item" and p.node is not None else p.node
    while True:
        if node in intros:
            above = intros[node]
            direct = p.kind == "item" and p.node is not None and parents.get(p.node) == node
            return above if direct or not above.order else replace(above, order=False)
        if node is None or node in closed:
            return Intro()
        node = parents.get(node)


def is_under(node: str | None, parents: dict[str, str | None], wanted: set[str | None]) -> bool:
    """True for a node that is one of ``wanted`` or lies below one."""
    while node is not None:
        if node in wanted:
            return True
        node = parents.get(node)
    return False


def sections_of(layout: Layout) -> dict[str | None, str | None]:
    """Node id -> id of the nearest numbered node."""
    kinds = {node.id: node for node in layout.outline}
    out: dict[str | None, str | None] = {None: None}
    for node in layout.outline:
        at: str | None = node.id
        while at is not None and kinds[at].kind in {"dash", "plus", "star"}:
            at = kinds[at].parent
        out[node.id] = at
    return out
