"""Documents written by hand, one paragraph a line, as files of the model: so that they are rendered as all others are.

The first word of a line says what it is: ``LP`` and ``L`` the agency above and the agency itself, then number and subject;
``R`` the right side of the letterhead; ``T`` title, ``K`` addressee, ``C`` basis, ``E`` enacting line, ``B`` heading,
``P`` paragraph, ``#`` and ``##`` items numbered "1." and "a)"; ``TB`` table row with ``|`` between its cells; ``F`` footnote;
``N`` recipient, ``S`` signature (empty: room for it).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

import regex

from corpora.generator.lists import Numbers
from corpora.generator.model import (
    Block,
    Cell,
    Document,
    Ending,
    File,
    Letterhead,
    Line,
    Node,
    Paragraph,
    Role,
    Table,
    Title,
    node,
)

_ROLES: Final[dict[str, Role]] = {"K": "addressee", "C": "basis", "E": "enact", "B": "heading", "P": "body"}
_SIGNING_ROOM = 4  # empty lines
_SEED = 2  # nothing is drawn; bare text of this seed has columns one after the other, and no page ends
# accepts the marker that a text begins with: "1. ", "IV. ", "a) ", "- ", "Điều 3. "
_MARKER = regex.compile(r"(?:(?:Điều )?\d+\.|[IVX]+\.|\p{Ll}\)|-)(?= )")
# accepts the mark of a footnote behind a word or sign: "giao(1)", "30%(1)"
_NOTE_MARK = regex.compile(r"(?<=[\w%])\((\d)\)")
# accepts place and date of a letterhead: "Gia Lai, ngày 15 tháng 5 năm 2024"
_PLACE_DATE = regex.compile(r"(.+), ngày (\d+) tháng (\d+) năm (\d+)")


class Item(NamedTuple):
    """A line of a source: what it is, and its text."""

    kind: str
    text: str


def read_source(name: str, text: str) -> File:
    """The file that a source describes; ``name`` is its name in the model."""
    items = [Item(kind, rest) for kind, _, rest in (line.partition(" ") for line in text.splitlines())]
    notes = [node(item.text.partition(" ")[2]) for item in items if item.kind == "F"]
    blocks: list[Block] = []
    if left := [item for item in items if item.kind in ("LP", "L")]:
        blocks.append(Letterhead(_agency(left), _nation(_texts(items, "R"))))
    blocks += _body(items, notes)
    if recipients := _texts(items, "N"):
        blocks.append(Ending(_recipients(recipients), _signature(_texts(items, "S"))))
    return File(name, (Document(tuple(blocks), _fields(_texts(items, "R"))),), {"seed": _SEED})


def _texts(items: Iterable[Item], kind: str) -> list[str]:
    return [item.text for item in items if item.kind == kind]


def _fields(right: Sequence[str]) -> dict[str, str]:
    """What renderers ask for: place and day."""
    match = _PLACE_DATE.fullmatch(right[-1]) if right else None
    if match is None:
        return {}
    day, month, year = (int(match[n]) for n in (2, 3, 4))
    return {"issued_at": match[1], "issued_on": f"{year}-{month:02}-{day:02}"}


# ---------------------------------------------------------------- letterhead and ending


def _agency(left: Sequence[Item]) -> tuple[Line, ...]:
    """The names in capitals, a rule under the last of them; number, and the subject of a letter in small print."""
    named = [n for n, item in enumerate(left) if item.text.isupper()]
    return tuple(
        Line(
            node(item.text),
            bold=n in named and item.kind == "L",
            rule=n == named[-1],
            small=item.text.startswith("V/v"),
        )
        for n, item in enumerate(left)
    )


def _nation(right: Sequence[str]) -> tuple[Line, ...]:
    nation, motto, dated = right
    return Line(node(nation), bold=True), Line(node(motto), bold=True, rule=True), Line(node(dated), italic=True)


def _recipients(texts: Sequence[str]) -> tuple[Line, ...]:
    head, *others = texts
    return Line(node(head), bold=True, italic=True), *(Line(node(text), small=True) for text in others)


def _signature(texts: Sequence[str]) -> tuple[Line, ...]:
    lines = []
    gap = 0
    for text in texts:
        if text:
            lines.append(Line(node(text), bold=True, gap=gap))
        gap = 0 if text else _SIGNING_ROOM
    return tuple(lines)


# ---------------------------------------------------------------- between them


def _body(items: Iterable[Item], notes: Sequence[Node]) -> Iterator[Block]:
    numbers = Numbers()
    letters = numbers.below("a)")
    for kind, group in groupby(items, lambda item: item.kind):
        texts = [text for _, text in group]
        if kind == "T":
            yield _title(texts)
        elif kind == "TB":
            yield _table(texts)
        elif kind == "#":
            for text in texts:
                yield _item(numbers.next(), text, notes, level=0)
            letters = numbers.below("a)")
        elif kind == "##":
            for text in texts:
                yield _item(letters.next(), text, notes, level=1)
        elif kind in _ROLES:
            for text in texts:
                yield _paragraph(_ROLES[kind], text, notes)


def _title(texts: Sequence[str]) -> Title:
    last = len(texts) - 1
    return Title(
        tuple(
            Line(node(text), bold=text[0] != "(", italic=text[0] == "(", rule=n == last) for n, text in enumerate(texts)
        )
    )


def _table(texts: Sequence[str]) -> Table:
    """The first row is the head, the first column holds names."""
    head, *rows = (text.split("|") for text in texts)
    return Table(
        (
            tuple(Cell(node(text), align="centre", bold=True) for text in head),
            *(tuple(Cell(node(text), align="right" if n else "left") for n, text in enumerate(row)) for row in rows),
        ),
        widths=(0.34, *[0.66 / (len(head) - 1)] * (len(head) - 1)),
    )


def _item(marker: str, text: str, notes: Sequence[Node], level: int) -> Paragraph:
    return Paragraph("item", _marked(f"{marker} {text}", notes), marker=marker, level=level)


def _paragraph(role: Role, text: str, notes: Sequence[Node]) -> Paragraph:
    match = _MARKER.match(text)
    marker = match[0] if match else ""
    if role == "body" and marker:
        role = "item"
    level = 1 if role == "heading" and marker[:1].isdigit() else 0
    return Paragraph(role, _marked(text, notes), marker=marker, level=level)


def _marked(text: str, notes: Sequence[Node]) -> Node:
    """The text with the marks of its footnotes; without footnotes a figure in brackets is a figure in brackets."""
    parts: list[str | Node] = []
    at = 0
    for match in _NOTE_MARK.finditer(text) if notes else ():
        parts += [text[at : match.start()], Node((match[0],), note=notes[int(match[1]) - 1])]
        at = match.end()
    return node(*parts, text[at:])
