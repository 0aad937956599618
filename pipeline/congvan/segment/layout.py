"""The stage: CleanDocument -> Layout."""

from __future__ import annotations

from congvan.document import CleanDocument, Layout, Span
from congvan.language.markers import marker_of
from congvan.language.sentences import sentences_of
from congvan.segment.outline import outline_of
from congvan.segment.paragraphs import finish, paragraphs_of
from congvan.segment.zones import zones_of


def segment(clean: CleanDocument) -> Layout:
    """Find paragraphs, zones, outline and sentences.

    Returns:
        Spans over ``clean.text``. Nothing of the text is lost: every character that is no white space lies in exactly one
        paragraph (page numbers and stamps in paragraphs of kind "running"), but for drawn rules.
    """
    paragraphs = [finish(draft) for draft in paragraphs_of(clean)]
    paragraphs, zones = zones_of(paragraphs)
    paragraphs, outline = outline_of(paragraphs)
    sentences: list[Span] = []
    owners: list[int] = []
    for i, paragraph in enumerate(paragraphs):
        if paragraph.kind == "running":
            continue
        marker = marker_of(paragraph.text) if paragraph.marker is not None else None
        for start, end in sentences_of(paragraph.text, marker.length if marker is not None else 0):
            sentences.append(paragraph.flow.span(start, end))
            owners.append(i)
    return Layout(zones, outline, tuple(paragraphs), tuple(sentences), tuple(owners))
