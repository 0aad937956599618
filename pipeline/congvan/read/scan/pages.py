"""The pages of a document that are pictures: found, read, and put in place; text layers judged and kept or replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from congvan.config import Config
from congvan.document import OCR, FontFacts, Problem, RawDocument, RawPage, Reading, ScanFacts, Source
from congvan.errors import CongvanError, InputTooLarge
from congvan.read.pdf import opened
from congvan.read.pdf_layout import mark_running
from congvan.read.pdf_tables import join_tables
from congvan.read.scan.engine import INSTALL, missing
from congvan.read.scan.layer import judge, valid_share, words_of
from congvan.read.scan.layout import page_from
from congvan.read.scan.pictures import Picture, frames, of_pdf_page
from congvan.read.scan.seen import SeenPage

NO_TEXT = "no-text-layer"
MISSING = "ocr-missing"
_COVERS = 0.5  # of the area of the page: a picture that text lies over
_INVISIBLE = 3  # render mode of text that is not drawn
_SAMPLE = 6  # lines of a picture that are compared with its layer
_LOW = 0.6  # share of syllables: a layer with less is wrong, whatever the picture shows


def read_images(data: bytes, source: Source, config: Config) -> RawDocument:
    """Read a TIFF, PNG or JPEG: a page for each picture in it.

    Raises:
        DamagedInput, InputTooLarge: as the file is.
    """
    what = missing()
    if what is not None:
        problem = Problem("read", MISSING, f"{source.path} is a picture.", f"{what} {INSTALL}")
        return RawDocument(source, "ocr", (), problems=(problem,), paged=True)
    sizes: dict[int, tuple[float, float]] = {}

    def numbered() -> Iterator[tuple[int, Picture]]:
        for number, picture in enumerate(frames(data, source.path, config.max_pages), 1):
            sizes[number] = (picture.width, picture.height)
            yield number, picture

    readings: list[Reading] = []
    pages: list[RawPage] = []
    problems: list[Problem] = []
    for number, seen in _read(numbered(), config):
        if isinstance(seen, Exception):
            problems.append(_failed(number, seen))
            pages.append(RawPage(number, ()))
        else:
            facts = ScanFacts("none", _evidence(seen), round(seen.confidence, 3))
            pages.append(replace(page_from(seen, number, 0, readings, *sizes[number]), scan=facts))
            problems += _unread(number, seen)
    return RawDocument(
        source,
        "ocr",
        join_tables(mark_running(pages)),
        (FontFacts("", OCR),),
        tuple(problems),
        paged=True,
        readings=tuple(readings),
    )


def with_scans(raw: RawDocument, data: bytes, config: Config) -> RawDocument:
    """A PDF as the fast path read it, with the pages that are pictures read by OCR.

    Args:
        raw: the document; its pages without text have the problem "no-text-layer". data: the file.
    """
    bare = {p.page for p in raw.problems if p.category == NO_TEXT and p.page is not None}
    failed = {p.page for p in raw.problems if p.category == "page-failed"}
    document = opened(data, raw.source.path, config.password)
    try:
        rest = [page for page in raw.pages if page.number not in bare and page.number not in failed]
        layered = {page.number for page in rest if _is_layered(document, page)}
        if not bare and not layered:
            return raw
        what = missing()
        if what is not None:
            return _without_engine(raw, layered, what)
        return _with_pages(raw, document, bare, layered, config)
    finally:
        document.close()


def _with_pages(raw: RawDocument, document: Any, bare: set[int], layered: set[int], config: Config) -> RawDocument:
    font = len(raw.fonts)
    readings: list[Reading] = []
    problems = [p for p in raw.problems if p.category != NO_TEXT]
    found: dict[int, RawPage] = {}
    pages = {page.number: page for page in raw.pages}
    judged: dict[int, ScanFacts] = {}
    for number, seen in _read(_pictures(document, sorted(layered), _SAMPLE), config):
        if isinstance(seen, Exception):
            problems.append(_failed(number, seen))
            continue
        judged[number] = judge(pages[number], seen)
        if judged[number].layer == "kept":
            found[number] = replace(pages[number], scan=judged[number])
    wanted = bare | {number for number, facts in judged.items() if facts.layer == "replaced"}
    for number, seen in _read(_pictures(document, sorted(wanted)), config):
        page = pages[number]
        if isinstance(seen, Exception):
            problems.append(_failed(number, seen))
            continue
        facts = judged.get(number) or ScanFacts("none", _evidence(seen), round(seen.confidence, 3))
        found[number] = replace(page_from(seen, number, font, readings, page.width, page.height), scan=facts)
        problems += _unread(number, seen)
    out = [found.get(page.number, page) for page in raw.pages]
    read = [page for page in out if page.is_read]
    if not read:
        return replace(raw, pages=tuple(out), problems=tuple(problems))
    with_text = [page for page in out if page.blocks]
    reader = "ocr" if all(page.is_read for page in with_text) else f"{raw.reader}+ocr"
    return replace(
        raw,
        reader=reader,
        pages=join_tables(mark_running(out)),
        fonts=(*raw.fonts, FontFacts("", OCR)),
        problems=tuple(problems),
        readings=tuple(readings),
    )


def _read(pictures: Iterator[tuple[int, Picture]], config: Config) -> Iterator[tuple[int, SeenPage | Exception]]:
    from congvan.read.scan.pool import read_pictures

    for number, seen in read_pictures(pictures, config):
        if isinstance(seen, InputTooLarge):
            raise seen
        yield number, seen


def _pictures(document: Any, numbers: Sequence[int], lines: int = 0) -> Iterator[tuple[int, Picture]]:
    for number in numbers:
        page = document[number - 1]
        try:
            picture = of_pdf_page(page)
        finally:
            page.close()
        yield number, replace(picture, lines=lines)


def _is_layered(document: Any, page: RawPage) -> bool:
    """The page is a picture with text over it that is not drawn."""
    import pypdfium2.raw as raw_module

    raw: Any = raw_module
    try:
        opened_page = document[page.number - 1]
    except Exception:  # as below; a page that fails is told where it is read
        return False
    try:
        pictures = 0.0
        hidden = shown = 0
        for drawn in opened_page.get_objects(max_depth=2):
            if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
                x0, y0, x1, y1 = drawn.get_bounds()
                pictures += max(x1 - x0, 0.0) * max(y1 - y0, 0.0)
            elif drawn.type == raw.FPDF_PAGEOBJ_TEXT:
                if raw.FPDFTextObj_GetTextRenderMode(drawn.raw) == _INVISIBLE:
                    hidden += 1
                else:
                    shown += 1
        return pictures >= _COVERS * page.width * page.height and hidden > 4 * shown
    except Exception:  # a malformed page: its text stands as it was read
        return False
    finally:
        opened_page.close()


def _without_engine(raw: RawDocument, layered: set[int], what: str) -> RawDocument:
    """What has to be said where pictures cannot be read."""
    problems = [
        replace(p, category=MISSING, hint=f"{what} {INSTALL}") if p.category == NO_TEXT else p for p in raw.problems
    ]
    for page in raw.pages:
        if page.number in layered and (share := valid_share([w.text for w in words_of(page)])) < _LOW:
            message = f"The text layer of page {page.number} looks wrong ({share:.0%} of its words are syllables)."
            problems.append(Problem("read", MISSING, message, f"{what} {INSTALL}", page.number))
    return replace(raw, problems=tuple(problems))


def _unread(number: int, seen: SeenPage) -> list[Problem]:
    """The problem of a page that shows something, in which no text could be read."""
    if seen.blank or any(part.lines for part in seen.parts):
        return []
    hint = "OCR found no text in its picture: look at it, and scan it again at 300 dpi if it has some."
    return [Problem("read", NO_TEXT, f"Page {number} has no text.", hint, number)]


def _failed(number: int, err: Exception) -> Problem:
    message = err.message if isinstance(err, CongvanError) else f"{type(err).__name__}: {err}"
    hint = err.hint if isinstance(err, CongvanError) and err.hint else "Scan the page again."
    return Problem("read", "page-failed", f"The picture of page {number} cannot be read ({message}).", hint, number)


def _evidence(seen: SeenPage) -> str:
    steps = f"; {', '.join(seen.steps)}" if seen.steps else ""
    return f"read from the picture with a mean confidence of {seen.confidence:.0%}{steps}"
