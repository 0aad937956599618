"""A damaged file as text: each leaf with the styles in which Word shows it."""

from __future__ import annotations

from collections.abc import Iterator

from corpora.generator.damage.text import FAMILIES
from corpora.generator.model import Block, Ending, File, Letterhead, Node, Paragraph, Run, Table, Title


def damage_text(file: File, family: str) -> list[str]:
    """The text of each of :meth:`File.leaves`, in that order, damaged by a family of :data:`FAMILIES`."""
    leaves = styled(file)
    damaged = iter(FAMILIES[family]([run for leaf in leaves for run in leaf]))
    return ["".join(next(damaged) for _ in leaf) for leaf in leaves]


def styled(file: File) -> list[list[Run]]:
    """The runs of each of :meth:`File.leaves`, bold and italic where the line, cell or role of the paragraph says so."""
    found: list[list[Run]] = []
    for document in file.documents:
        for block in document.blocks:
            for text, bold, italic in _texts(block):
                found.append(list(text.runs(bold, italic)))
                found += (list(note.runs()) for note in text.notes())
    return found


def _texts(block: Block) -> Iterator[tuple[Node, bool, bool]]:
    """Text, bold, italic of each piece of text of a block in reading order."""
    match block:
        case Letterhead(left, right) | Ending(left, right):
            yield from ((line.text, line.bold, line.italic) for line in (*left, *right))
        case Title(lines):
            yield from ((line.text, line.bold, line.italic) for line in lines)
        case Paragraph(role, text):
            yield text, role in ("heading", "enact"), role in ("basis", "unit")
        case Table(rows):
            yield from ((cell.text, cell.bold, False) for row in rows for cell in row)
