"""The stage: Layout -> Findings. Runs the extractors over every paragraph and anchors what they find."""

from __future__ import annotations

from congvan.document import Finding, Layout
from congvan.extract.agencies import find_agencies
from congvan.extract.defined_names import followed
from congvan.extract.found import Found
from congvan.extract.tables import find_in_cell, units_of_cells
from congvan.extract.values import find_values
from congvan.rules.anchors import Anchors, around
from congvan.rules.check import confidence


def extract(layout: Layout, anchors: Anchors) -> list[Finding]:
    """Find values and agencies in every paragraph but page numbers, running heads and stamps.

    Returns:
        The findings in text order, not yet resolved against the document.
    """
    out: list[Finding] = []
    shown = [(i, p) for i, p in enumerate(layout.paragraphs) if p.kind != "running"]
    texts = [p.text for _, p in shown]
    agencies = followed(texts, [find_agencies(text) for text in texts])
    units = units_of_cells(layout)
    for (i, paragraph), bodies in zip(shown, agencies, strict=True):
        text = paragraph.text
        in_cell = find_in_cell(text, units[i]) if i in units else []
        found: list[Found] = [*(in_cell or find_values(text)), *bodies]
        found.sort(key=lambda f: (f.start, -f.end, f.kind))
        for f in found:
            quote = text[f.start : f.end]
            before, after = around(text, f.start, f.end)
            out.append(
                Finding(
                    id=anchors.id_of(f.kind, quote, before, after),
                    kind=f.kind,
                    span=paragraph.flow.span(f.start, f.end),
                    value=f.value,
                    rule=f.rule,
                    confidence=confidence(f.rule),
                    quote=quote,
                    before=before,
                    after=after,
                    paragraph=i,
                    at=f.start,
                )
            )
    return out
