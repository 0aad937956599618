"""Scans: syllables and values that OCR gets wrong, pages a second, layers and handwriting, beside plain Tesseract with the same model."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import Any

from bench_conditions import missing, syllables
from congvan.errors import CongvanError
from congvan.parse import clean_bytes, records_of
from corpora.generator.renderings import SCANS, renderings
from corpora.generator.verify import engine as tesseract
from generated import Case, cases
from measuring import Bench, per_thousand, table

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # before Tesseract is loaded: its threads slow each other down
LAYERS = ("scan-layer-good", "scan-layer-bad", "pdf-mixed-scan")
VALUES = ("amounts", "percentages", "dates", "citations")


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
            rows.append((name, f"absent: {str(err).splitlines()[0]}", *[""] * 7))
            continue
        plain = speed = "Tesseract not installed"
        pages = 0
        if engine is not None:
            began = time.process_time()
            read = [_plain(engine, data) for data in made]
            pages = sum(n for _, n in read)
            seconds = time.process_time() - began
            speed = f"{pages / seconds:.2f}"
            plain = per_thousand(
                sum(missing(t, syllables(text)) for t, (text, _) in zip(truths, read, strict=True)), total
            )
        began = time.process_time()
        ours = [_ours(data) for data in made]
        own_seconds = time.process_time() - began
        counts = [missing(t, syllables(clean.text) if clean else []) for t, clean in zip(truths, ours, strict=True)]
        for c, count in zip(documents, counts, strict=True):
            bench.keep(f"scans/{name}/{c.name}", count)
        values, surely_wrong = _values(documents, ours)
        replaced = sum(any(v.family == "ocr-layer" for v in clean.verdicts) for clean in ours if clean)
        rows.append(
            (
                name,
                plain,
                per_thousand(sum(counts), total),
                speed,
                f"{seconds / own_seconds:.2f}" if pages else "",
                values,
                surely_wrong,
                _unsure_numbers(ours) if "pen" in name else "",
                replaced if "layer" in name else "",
            )
        )
    return [
        "## Scans",
        "",
        f"{len(documents)} generated documents of both banks, {total:,} syllables; syllables of the truth that the text lacks per 1,000 (handwritten numbers and",
        "dates are part of the truth). Speed: processor time of one process, the whole way from the file to corrected text, as a share of plain Tesseract's, which renders at 300",
        "dpi and prints what it reads. Values: amounts, percentages, dates and citations found, and those with a value that the gold does not have and a confidence over 0.9.",
        "Numbers: documents with a number or day above 0.5 that the pen wrote, of all. Layers: documents whose text layer was replaced.",
        "",
        *table(
            ("rendering", "plain Tesseract", "congvan", "Tesseract pages/s", "speed", "values", "surely wrong", "pen above 0.5", "replaced"),
            rows,
        ),
    ]  # fmt: skip


def _ours(data: bytes) -> Any:
    try:
        return clean_bytes(data, "scan.pdf")
    except CongvanError:
        return None


def _values(documents: Sequence[Case], found: Sequence[Any]) -> tuple[int, int]:
    """Values found, and those that no gold value of their document equals although their confidence is over 0.9."""
    count = wrong = 0
    for case, clean in zip(documents, found, strict=True):
        for kind in VALUES:
            true = {_key(kind, item) for name in (kind, f"{kind}_optional") for item in case.gold[name]}
            for record in records_of(clean) if clean else ():
                for item in getattr(record, kind):
                    count += 1
                    wrong += item.confidence > 0.9 and _key(kind, item.model_dump(mode="json")) not in true
    return count, wrong


def _key(kind: str, item: Any) -> tuple[str, ...]:
    names = {"dates": ("start", "end", "duration"), "citations": ("number",)}.get(kind, ("value", "low", "high"))
    return tuple("" if item.get(n) is None else str(item.get(n)).removesuffix(".0") for n in names)


def _unsure_numbers(found: Sequence[Any]) -> str:
    """Documents whose number or date stands above 0.5, though the pen wrote it, of all."""
    above = 0
    for clean in found:
        [first, *_] = records_of(clean) if clean else [None]
        evidence = first.evidence if first is not None else {}
        above += any(name in evidence and evidence[name].confidence > 0.5 for name in ("number", "issued_on"))
    return f"{above} of {len(found)}"
