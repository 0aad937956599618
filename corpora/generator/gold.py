"""The gold of a file, by construction: what its writer meant, in the keys of RECORD.md, with places in its bare text.

``span`` counts code points of the text that :func:`~corpora.generator.plain.plain` printed. ``at`` counts characters that are
not white space in the text without footnotes, in reading order: for renderings whose line breaks and furniture differ (None for
what stands in a footnote). ``bodies`` are the stretches that are neither letterhead nor ending.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import regex

from corpora.generator.model import Document, File, Gold, Leaf, Paragraph, Table
from corpora.generator.plain import Printed

KINDS = ("agencies", "percentages", "amounts", "quantities", "dates", "deadlines", "citations", "obligations", "targets", "results", "checks")  # fmt: skip
# accepts a marker that counts: "1.", "a)", "(2)", "IV.", "1.1.", "Điều 3.", "Chương II", "A."; not "-" or "+"
_COUNTS = regex.compile(r"\(?(?:Điều |Chương |Phần |Mục )?(?P<number>\d+(?:\.\d+)*|[a-zđ]|[A-H]|[IVX]+)[.)]?\)?")


def gold(file: File, printed: Printed, source: str) -> dict[str, Any]:
    """The gold of a file as JSON has it: ``source``, ``about``, ``records`` (one a document)."""
    leaves = file.leaves()
    records = [_record(n, document, leaves, printed) for n, document in enumerate(file.documents)]
    return {"source": source, "about": dict(file.about), "records": records}


def _record(n: int, document: Document, leaves: list[Leaf], printed: Printed) -> dict[str, Any]:
    kinds: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    before = 0
    mine = [i for i, leaf in enumerate(leaves) if leaf.document == n]
    for i, leaf in enumerate(leaves):
        text = leaf.text.text
        if leaf.document == n:
            for made, start, end in leaf.text.marks():
                if made.kind in kinds:
                    span = list(printed.span(i, start, end))
                    at = [before + _solid(text[:start]), before + _solid(text[:end])]
                    item = _named(made, len(kinds[made.kind])) | {"text": text[start:end], "span": span}
                    kinds[made.kind].append(item | {"at": None if leaf.role == "footnote" else at})
        before += 0 if leaf.role == "footnote" else _solid(text)
    whole = _extent(printed, mine)
    stretches = groupby(mine, lambda i: _zone(leaves[i].role))  # footnotes are printed elsewhere: each by itself
    bodies = [_extent(printed, list(stretch)) for zone, stretch in stretches if zone != "frame"]
    return {
        **document.fields,
        "span": whole,
        "bodies": bodies,
        "outline": list(_outline(document)),
        "tables": list(_tables(document)),
        **kinds,
    }


def _zone(role: str) -> str:
    return "frame" if role.startswith(("head-", "recipient", "signature")) else "note" if role == "footnote" else "body"


def _extent(printed: Printed, leaves: list[int]) -> list[int]:
    """From the first character of some leaves to their last."""
    offsets = [place for i in leaves for place in printed.offsets[i][:1] + printed.offsets[i][-1:]]
    return [min(offsets), max(offsets) + 1]


def _named(made: Gold, count: int) -> dict[str, Any]:
    return {"id": made.ref or f"{made.kind}:{count + 1}", **made.values}


def _solid(text: str) -> int:
    """Characters that are not white space."""
    return sum(not c.isspace() for c in text)


def _outline(document: Document) -> Iterator[Mapping[str, str | None]]:
    """The numbered paragraphs: id (path of markers), number, parent."""
    stack: list[tuple[int, str]] = []
    for block in document.blocks:
        if not isinstance(block, Paragraph) or not block.marker:
            continue
        while stack and stack[-1][0] >= block.level:
            stack.pop()
        counted = _COUNTS.fullmatch(block.marker)
        if counted is None:
            continue
        number = block.marker.rstrip(".)").lstrip("(")
        parent = stack[-1][1] if stack else None
        repeated = f"{parent.rpartition('.')[2]}." if parent else ""  # "2.1." under "2." names its parent already
        own = f"{parent}.{number.removeprefix(repeated)}" if parent else number
        stack.append((block.level, own))
        yield {"id": own, "number": number, "parent": parent}


def _tables(document: Document) -> Iterator[Mapping[str, Any]]:
    """Rows of text; a cell over several places stands in the first, the others are empty. The unit is that of the line above."""
    unit: str | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            unit = block.text.text.partition(":")[2].strip() if block.role == "unit" else None
        elif isinstance(block, Table):
            yield {"rows": grid(block), "unit": unit}


def grid(table: Table) -> list[list[str]]:
    """The table as a full grid of texts."""
    width = len(table.widths)
    rows = [["" for _ in range(width)] for _ in table.rows]
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(table.rows):
        c = 0
        for cell in row:
            while (r, c) in covered:
                c += 1
            rows[r][c] = cell.text.text
            covered |= {(r + i, c + j) for i in range(cell.rows) for j in range(cell.columns)}
            c += cell.columns
    return rows
