"""The outline (bố cục): a tree of the paragraphs that carry a marker. Which kind of marker lies under which is learned
from the document itself: a kind already open closes what lies under it, a new kind opens below."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import regex

from congvan.document import Node, Paragraph, Span
from congvan.language.markers import ENUMERATED, LETTERS, Marker, marker_of

# accepts the end of the heading of an item: a full stop before a capital, a colon, a semicolon
_TITLE_END = regex.compile(r"[.;](?= \p{Lu}| ?$)|:(?= |$)")
_TITLE_LENGTH = 160

# what the id of a node says for the parts that are named by a word
_NAMED = {
    "part": "Phần ",
    "chapter": "Chương ",
    "section": "Mục ",
    "subsection": "Tiểu mục ",
    "article": "Điều ",
    "clause": "Khoản ",
    "point": "Điểm ",
}

# kinds that always lie above the ones behind them, whatever the document seems to say
_RANK = {"part": 0, "chapter": 1, "section": 2, "subsection": 3, "article": 4}


@dataclass(slots=True)
class _Open:
    """A node that may still get text and children."""

    id: str
    marker: Marker
    paragraph: int
    parent: str | None
    children: dict[str, int] = field(default_factory=dict)
    end: int = 0


def outline_of(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], tuple[Node, ...]]:
    """Build the tree.

    Returns:
        The paragraphs, each with the id of its node, and the nodes in text order. Footnotes, running lines, cells, the
        recipients and the signature carry no node.
    """
    stack: list[_Open] = []
    top: dict[str, int] = {}
    nodes: list[_Open] = []
    out: list[Paragraph] = []
    ids: dict[str, int] = {}
    for i, paragraph in enumerate(paragraphs):
        if paragraph.kind not in {"body", "item", "heading"}:
            if paragraph.kind in {"recipients", "signature"}:
                stack.clear()
            out.append(paragraph)
            continue
        marker = marker_of(paragraph.text) if paragraph.marker is not None else None
        if marker is not None:
            marker = _as_sequence(marker, stack)
            if marker.closed and marker.ordinal != 1 and "number)" not in map(_level, (n.marker for n in stack)):
                marker = replace(marker, closed=False)  # "2)" that goes on "1."
            _close(stack, marker)
            node = _open(stack, marker, i, ids, top)
            nodes.append(node)
        for node in stack:
            node.end = paragraph.span.end
        out.append(replace(paragraph, node=stack[-1].id if stack else None))
    return out, tuple(_node(n, paragraphs[n.paragraph]) for n in nodes)


def _as_sequence(marker: Marker, stack: list[_Open]) -> Marker:
    """A capital letter that may be a Roman number is what continues an open sequence: "C." after "B." is a letter,
    "V." after "IV." a number."""
    low = marker.number.lower()
    if marker.kind == "roman" and low in LETTERS and len(low) == 1:
        uppers = [n.marker.ordinal for n in stack if n.marker.kind == "upper"]
        if LETTERS.index(low) in uppers:
            return Marker("upper", marker.number, marker.length)
    return marker


def _level(marker: Marker) -> str:
    """What counts as one kind in the stack: dotted numbers by their depth, a number as depth one, "1)" apart from "1."."""
    if marker.kind == "dotted":
        return f"number{marker.number.count('.') + 1}"
    if marker.closed:
        return "number)"
    return "number1" if marker.kind == "number" else marker.kind


def _close(stack: list[_Open], marker: Marker) -> None:
    """Close the nodes that the marker's node does not lie under."""
    level = _level(marker)
    levels = [_level(n.marker) for n in stack]
    if level in levels:
        del stack[levels.index(level) :]
        return
    if level.startswith("number") or level in {"roman", "upper"} or (level == "letter" and marker.ordinal != 1):
        cut = next((i for i, n in enumerate(stack) if n.marker.kind not in ENUMERATED), len(stack))
        del stack[cut:]  # a number never lies under a dash
    if level in _RANK:
        while stack and _RANK.get(_level(stack[-1].marker), 9) > _RANK[level]:
            stack.pop()
    elif level.startswith("number") and marker.kind == "dotted":
        while stack and not _may_hold(stack[-1].marker, marker):
            stack.pop()
    elif level == "roman":  # a Roman number never lies under a list
        while stack and _level(stack[-1].marker) not in _RANK and stack[-1].marker.kind != "upper":
            stack.pop()


def _may_hold(above: Marker, dotted: Marker) -> bool:
    """True where "1.2" may lie under the marker above: under "1", or under anything that is no number and no list."""
    if above.kind in {"number", "dotted"}:
        return above.number.count(".") < dotted.number.count(".")
    return above.kind in {"roman", "upper", *_RANK}


def _open(stack: list[_Open], marker: Marker, paragraph: int, ids: dict[str, int], top: dict[str, int]) -> _Open:
    parent = stack[-1] if stack else None
    if marker.kind == "dotted":
        above = [n for n in stack if n.marker.kind not in {"number", "dotted"}]
        path = [*([above[-1].id] if above else []), marker.number]
    elif marker.kind in ENUMERATED:
        path = [*([parent.id] if parent else []), f"{_NAMED.get(marker.kind, '')}{marker.number}"]
    else:
        counts = parent.children if parent is not None else top
        counts[marker.number] = counts.get(marker.number, 0) + 1
        path = [*([parent.id] if parent else []), f"{marker.number}{counts[marker.number]}"]
    node_id = ".".join(path)
    ids[node_id] = ids.get(node_id, 0) + 1
    unique = node_id if ids[node_id] == 1 else f"{node_id}#{ids[node_id]}"  # an annex, or a list that starts anew
    node = _Open(unique, marker, paragraph, parent.id if parent else None)
    stack.append(node)
    return node


def _node(node: _Open, paragraph: Paragraph) -> Node:
    rest = paragraph.text[node.marker.length :]
    end = _TITLE_END.search(rest)
    title = rest[: end.start()] if end is not None and end.start() > 0 else rest
    if len(title) > _TITLE_LENGTH:
        title = title[:_TITLE_LENGTH].rsplit(" ", 1)[0] + " …"
    span = Span(paragraph.span.start, max(node.end, paragraph.span.end))
    return Node(node.id, node.marker.number, title.strip(), node.marker.kind, span, node.parent, node.paragraph)


def section_of(node_id: str | None, nodes: dict[str, Node]) -> str | None:
    """Id of the nearest numbered or lettered node: what RECORD.md calls a section; dashes are none."""
    while node_id is not None:
        node = nodes[node_id]
        if node.kind in ENUMERATED:
            return node.id
        node_id = node.parent
    return None
