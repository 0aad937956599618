"""Speed of the values: pages a second of all kinds together and of each, and time for each kilobyte of text made to be hard."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from statistics import median

from congvan.document import Layout
from congvan.extract.agencies import find_agencies
from congvan.extract.amounts import find_amounts
from congvan.extract.citations import find_citations
from congvan.extract.dates import find_dates
from congvan.extract.percentages import find_percentages
from congvan.extract.quantities import find_quantities
from congvan.extract.values import find_values
from congvan.parse import clean_bytes
from congvan.segment.layout import segment
from generated import cases
from measuring import KB, SHARED, Bench, once, table

PAGE = 400  # syllables
#: pieces that are repeated: long figures, signs between them, brackets, words of numbers, words of bounds, codes, dates
HARD = (
    "1", "1.", "1,", "1.111.", " 111", "1 - ", "1/", "(1", "1, ", "5 (năm) ", "một trăm ", "hai mươi ", "tỷ ", "1 tỷ ", "triệu rưỡi ", "không phẩy ",
    "từ ", "không quá ", "tối đa mỗi hộ ", "trở lên ", "5% ", "5 tỷ đồng/", "3, 4 và ", "5 hộ ", "ngày 5/", "điều 5 khoản ", "1/2023/QĐ-", "quý I, ",
    "trước ngày 5 tháng 3 ", "%", "Ạ", "\ufdd0",
)  # fmt: skip


def _flows(documents: int) -> list[str]:
    """The paragraphs of generated documents, and of the seeds where they are at hand."""
    texts = [(one.text.encode(), f"{one.name}.txt") for one in cases("a", documents)]
    texts += [(path.read_bytes(), path.name) for path in sorted(SHARED.glob("seeds/*.txt"))]
    layouts: list[Layout] = [segment(clean_bytes(data, name)) for data, name in texts]
    return [p.text for layout in layouts for p in layout.paragraphs if p.kind != "running"]


def _all(text: str) -> None:
    find_values(text)
    find_agencies(text)


def values(bench: Bench) -> list[str]:
    """Pages a second of one core, after loading; processor time, median of three."""
    flows = _flows(bench.size(60, 20))
    pages = sum(len(flow.split()) for flow in flows) / PAGE
    work: list[tuple[str, Callable[[str], object]]] = [
        ("all values and agencies", _all),
        ("all values", find_values),
        ("agencies", find_agencies),
        ("citations", find_citations),
        ("percentages", find_percentages),
        ("amounts", find_amounts),
        ("dates", find_dates),
        ("quantities", find_quantities),
    ]
    rows: list[Sequence[object]] = []
    for name, find in work:
        for flow in flows[:200]:  # rules and authority file loaded
            find(flow)
        took = [once(lambda: [find(flow) for flow in flows], time.process_time) for _ in range(3)]  # noqa: B023
        rows.append((name, f"{pages:,.0f}", f"{pages / median(took):,.0f}", f"{KB * median(took) / pages:.2f}"))
    return [
        "## Speed of the values",
        "",
        f"Paragraphs as bare strings (generated documents of bank a, and the seeds), a page is {PAGE} syllables; one core, processor time, median of three.",
        "",
        *table(("kind", "pages", "pages/s", "ms a page"), rows),
        "",
        "Text made to be hard, one piece over and over: milliseconds for each kilobyte at 2 and at 8 kB; linear where both are alike.",
        "",
        *table(("piece", "ms/kB at 2 kB", "ms/kB at 8 kB", "growth"), _hard(bench)),
    ]


def _hard(bench: Bench) -> list[Sequence[object]]:
    rows: list[Sequence[object]] = []
    for piece in HARD:
        rates = []
        for size in (2 * KB, 8 * KB):
            text = piece * (size // len(piece))
            took = [once(lambda: find_values(text + " " * n), time.process_time) for n in range(bench.size(3, 1))]  # noqa: B023
            rates.append(KB * min(took) * KB / len(text))
        shown = piece if piece.isprintable() else ascii(piece)[1:-1]
        rows.append((f"`{shown}`", f"{rates[0]:.1f}", f"{rates[1]:.1f}", f"{4 * rates[1] / max(rates[0], 0.01):.1f}"))
    return rows
