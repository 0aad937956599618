"""Tables and annexes of a document as parts of the record."""

from __future__ import annotations

from congvan.document import CleanDocument, Layout, Paragraph, Span
from congvan.language.letterforms import ANNEX_LINE
from congvan.language.table_heads import stated_unit
from congvan.record import Annex, Table


def tables_of(clean: CleanDocument, layout: Layout) -> list[Table]:
    """Tables of the body; those that only set the head or the end of a letter in columns are none."""
    cells: dict[int, list[Paragraph]] = {}
    before: dict[int, Paragraph] = {}
    last: Paragraph | None = None
    for p in layout.paragraphs:
        if p.table is not None and p.row is not None and p.column is not None:
            cells.setdefault(p.table, []).append(p)
            if last is not None:
                before.setdefault(p.table, last)
        else:
            last = p
    out: list[Table] = []
    for number, group in cells.items():
        if any(p.kind != "cell" for p in group):
            continue
        rows = [
            ["" for _ in range(1 + max(p.column or 0 for p in group))]
            for _ in range(1 + max(p.row or 0 for p in group))
        ]
        for p in group:
            row, column = p.row or 0, p.column or 0
            rows[row][column] = f"{rows[row][column]} {p.text}".strip()
        unit = None
        for text in (
            *((before[number].text,) if number in before else ()),
            *(cell for row in rows[:2] for cell in row),
        ):
            unit = stated_unit(text)
            if unit is not None:
                break
        span = Span(min(p.span.start for p in group), max(p.span.end for p in group))
        out.append(Table(span=span, page=group[0].page, rows=rows, unit=unit))
    return out


def annexes_of(clean: CleanDocument, layout: Layout) -> list[Annex]:
    """Annexes behind the signature, each with its title: the line "PHỤ LỤC" and what stands in capitals below it."""
    out: list[Annex] = []
    zone = layout.zone("annex")
    if zone is None:
        return out
    starts = [p for p in layout.paragraphs if p.span.start >= zone.start and ANNEX_LINE.match(p.text)]
    ends = [*(p.span.start for p in starts[1:]), zone.end]
    for p, end in zip(starts, ends, strict=False):
        i = layout.paragraphs.index(p)
        title = [p.text]
        for q in layout.paragraphs[i + 1 : i + 3]:
            if q.span.start < end and q.text.isupper() and q.kind != "cell":
                title.append(q.text)
        out.append(Annex(title=" ".join(title), span=Span(p.span.start, end), page=p.page))
    return out
