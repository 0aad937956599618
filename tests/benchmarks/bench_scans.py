"""Scans: syllables that OCR gets wrong and pages a second, beside plain Tesseract with the same model."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import Any

from bench_conditions import missing, syllables
from congvan.errors import CongvanError
from congvan.parse import clean_bytes
from corpora.generator.renderings import SCANS, renderings
from corpora.generator.verify import engine as tesseract
from generated import cases
from measuring import Bench, per_thousand, table

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # before Tesseract is loaded: its threads slow each other down
LAYERS = ("scan-layer-good", "scan-layer-bad", "pdf-mixed-scan")


def _plain(engine: Any, pdf: bytes) -> tuple[str, int]:
    """What plain Tesseract reads from the pictures of a PDF, and how many pages it has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        engine.SetImage(page.render(scale=300 / 72).to_pil())
        texts.append(engine.GetUTF8Text())
    return "\n".join(texts), len(texts)


def scans(bench: Bench) -> list[str]:
    """OCR errors by profile."""
    engine = tesseract()
    documents = [*cases("a", bench.size(4, 1)), *cases("b", bench.size(4, 1))]
    truths = [[s for leaf in c.file.leaves() for s in syllables(leaf.text.text)] for c in documents]
    total = sum(map(len, truths))
    rows: list[Sequence[object]] = []
    wanted = SCANS if not bench.quick else SCANS[:2]
    for name in (*(f"scan-{s}" for s in wanted), *LAYERS):
        try:
            made = [renderings()[name].make(c.file) for c in documents]
        except Exception as err:  # a program, font or package that this machine lacks: the row says which
            rows.append((name, f"absent: {str(err).splitlines()[0]}", "", "", ""))
            continue
        plain = speed = "Tesseract not installed"
        if engine is not None:
            began = time.perf_counter()
            read = [_plain(engine, data) for data in made]
            speed = f"{sum(pages for _, pages in read) / (time.perf_counter() - began):.2f}"
            plain = per_thousand(
                sum(missing(t, syllables(text)) for t, (text, _) in zip(truths, read, strict=True)), total
            )
        began = time.perf_counter()
        ours = [_ours(data) for data in made]
        seconds = time.perf_counter() - began
        counts = [missing(t, syllables(text)) for t, text in zip(truths, ours, strict=True)]
        for c, count in zip(documents, counts, strict=True):
            bench.keep(f"scans/{name}/{c.name}", count)
        rows.append((name, plain, per_thousand(sum(counts), total), speed, f"{len(documents) / seconds:.1f}"))
    return [
        "## Scans",
        "",
        f"{len(documents)} generated documents of both banks, {total:,} syllables; syllables of the truth that the text lacks per 1,000. congvan does not read scans yet: it",
        "reports them, and takes the text layer where there is one. Handwritten numbers and dates (`pen`) are part of the truth.",
        "",
        *table(("rendering", "plain Tesseract", "congvan", "Tesseract pages/s", "congvan documents/s"), rows),
    ]


def _ours(data: bytes) -> str:
    try:
        return clean_bytes(data, "scan.pdf").text
    except CongvanError:
        return ""
