"""What OCRmyPDF asks for the text of a page: a plugin that gives back words that were read and corrected before."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from congvan._version import __version__
from congvan.document import Box, CleanDocument

_DESCENT = 0.195  # of a line's box: what is below the base line
# accepts a word with its signs
_WORD = regex.compile(r"\S+")
# accepts a line, or a cell of a row of a table
_LINE = regex.compile(r"[^\n\t]+")


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line with their boxes in points of the page."""

    words: tuple[tuple[str, Box], ...]


_lock = threading.Lock()  # one file at a time: the plugin is a module
_pages: dict[int, list[Line]] = {}


@contextmanager
def serving(pages: Mapping[int, list[Line]]) -> Iterator[None]:
    """Serve the lines of these pages (from 1) to OCRmyPDF while the context is open."""
    with _lock:
        _pages.update(pages)
        try:
            yield
        finally:
            _pages.clear()


def lines_of(clean: CleanDocument) -> dict[int, list[Line]]:
    """The lines of a repaired document by page."""
    out: dict[int, list[Line]] = {}
    for line in _LINE.finditer(clean.text):
        words: dict[int, list[tuple[str, Box]]] = {}
        for m in _WORD.finditer(clean.text, *line.span()):
            for place in clean.places.of(m.span())[:1]:
                words.setdefault(place.page, []).append((m[0], place.box))
        for page, found in words.items():
            out.setdefault(page, []).append(Line(tuple(found)))
    return out


def _engine() -> Any:
    from ocrmypdf.hocrtransform import Baseline, BoundingBox, OcrClass, OcrElement
    from ocrmypdf.pluginspec import OcrEngine, OrientationConfidence
    from PIL import Image

    def element(kind: str, boxes: list[Box], by: float, **more: Any) -> Any:
        box = BoundingBox(
            by * min(b.x0 for b in boxes),
            by * min(b.top for b in boxes),
            by * max(b.x1 for b in boxes),
            by * max(b.bottom for b in boxes),
        )
        return OcrElement(ocr_class=kind, bbox=box, **more)

    class Served(OcrEngine):
        """Gives back what was read before."""

        @staticmethod
        def version() -> str:
            return __version__

        @staticmethod
        def creator_tag(options: Any) -> str:
            return f"congvan {__version__}"

        def __str__(self) -> str:
            return f"congvan {__version__}"

        @staticmethod
        def languages(options: Any) -> set[str]:
            return {"vie"}

        @staticmethod
        def get_orientation(input_file: Path, options: Any) -> Any:
            return OrientationConfidence(angle=0, confidence=0.0)

        @staticmethod
        def supports_generate_ocr() -> bool:
            return True

        @staticmethod
        def generate_ocr(input_file: Path, options: Any, page_number: int = 0) -> tuple[Any, str]:
            with Image.open(input_file) as image:
                width, height = image.size
                dpi = float(image.info.get("dpi", (72, 72))[0])
            by = dpi / 72
            lines = []
            for line in _pages.get(page_number + 1, []):
                boxes = [box for _, box in line.words]
                words = [element(OcrClass.WORD, [box], by, text=text, confidence=1.0) for text, box in line.words]
                # level, also where the sheet lies askew: viewers break turned lines when they search and copy
                base = sum(b.bottom - _DESCENT * (b.bottom - b.top) for b in boxes) / len(boxes)
                baseline = Baseline(slope=0.0, intercept=by * (base - max(b.bottom for b in boxes)))
                lines.append(element(OcrClass.LINE, boxes, by, children=words, baseline=baseline, language="vie"))
            whole = BoundingBox(0, 0, width, height)
            page = OcrElement(ocr_class=OcrClass.PAGE, bbox=whole, dpi=dpi, page_number=page_number, children=lines)
            return page, "\n".join(" ".join(text for text, _ in line.words) for line in _pages.get(page_number + 1, []))

        @staticmethod
        def generate_hocr(input_file: Path, output_hocr: Path, output_text: Path, options: Any) -> None:
            raise NotImplementedError("text is given as elements")

        @staticmethod
        def generate_pdf(input_file: Path, output_pdf: Path, output_text: Path, options: Any) -> None:
            raise NotImplementedError("text is given as elements")

    return Served()


try:
    from ocrmypdf import hookimpl
except ImportError:
    pass
else:

    @hookimpl
    def get_ocr_engine(options: Any) -> Any:
        """The engine that OCRmyPDF asks, before its own."""
        return _engine()
