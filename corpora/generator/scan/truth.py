"""What is true of a scanned file: how it was scanned, what the pen wrote, what its text layer is worth."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from corpora.generator.scan.blanks import Fill
from corpora.generator.scan.misread import BAD
from corpora.generator.scan.pdf import Layer
from corpora.generator.scan.profiles import Profile

FIELDS = {"number": "number", "day": "issued_on", "month": "issued_on"}  # a part written by hand -> field of the record


def scan_truth(
    page_count: int,
    profile: Profile,
    seed: int,
    layer: Layer | None = None,
    *,
    fills: Sequence[Fill] = (),
    scanned_pages: Collection[int] | None = None,
) -> dict[str, Any]:
    """The truth of one scan, for JSON.

    Args:
        page_count: pages of the clean PDF.
        fills: what the pen wrote; only a profile with ``pen`` writes it.
        scanned_pages: the scanned pages (from 0) of a mixed file; None where all are.

    Returns:
        ``pages``: for each page of the file (from 1) ``source_pages`` of the clean PDF, ``kind`` (``scan`` or
        ``digital``) and ``layer`` (``none``, ``good``, ``bad``; ``true`` for a page that was never scanned).
        ``handwritten``: the fields that are not in print, with the record's value and, in ``written``, what the pen
        wrote of it.
    """
    step = 2 if "twoup" in profile.extras else 1
    pages: list[dict[str, Any]] = []
    for at in range(0, page_count, step):
        scanned = scanned_pages is None or at in scanned_pages
        pages.append(
            {
                "page": len(pages) + 1,
                "source_pages": [n + 1 for n in range(at, min(at + step, page_count))],
                "kind": "scan" if scanned else "digital",
                "layer": (layer or "none") if scanned else "true",
            }
        )
    written: dict[tuple[int, str, str], list[str]] = {}
    for fill in fills if "pen" in profile.extras else ():
        texts = written.setdefault((fill.document, FIELDS[fill.field], fill.value), [])
        if fill.text not in texts:  # a number repeated on the page is written each time, and is one fact
            texts.append(fill.text)
    truth: dict[str, Any] = {
        "profile": profile.full_name,
        "seed": seed,
        "dpi": profile.dpi,
        "colour": profile.colour,
        "jpeg_quality": profile.jpeg,
        "pages": pages,
        "handwritten": [
            {"document": document, "field": field, "value": value, "written": texts, "in_print": False}
            for (document, field, value), texts in written.items()
        ],
    }
    if layer == "bad":
        truth["layer_error_rates"] = {name: getattr(BAD, name) for name in BAD.__slots__}
    return truth
