"""A PDF without what a clock or a dice put in: the same content gives the same bytes."""

from __future__ import annotations

import io

import pikepdf

_WHEN = "D:20240101080000+07'00'"


def fixed(pdf: bytes) -> bytes:
    """The PDF with fixed dates, without metadata streams that repeat them, with an id made from its content."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for key in ("/CreationDate", "/ModDate"):
            if key in document.docinfo:
                document.docinfo[key] = _WHEN
        if "/Metadata" in document.Root:
            del document.Root["/Metadata"]
        for key in ("/DocChecksum", "/ID"):  # the first half of an old id would be kept
            if key in document.trailer:
                del document.trailer[key]
        document.save(out, deterministic_id=True)
    return out.getvalue()
