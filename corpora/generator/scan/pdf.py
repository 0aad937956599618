"""Scanned files: a clean PDF in, a PDF of pictures out (with an OCR layer where asked), or TIFF, PNG, JPEG."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from pikepdf import Dictionary, Name, Pdf, Stream, String
from PIL import Image

from corpora.generator.scan.blanks import Fill
from corpora.generator.scan.degrade import Matrix, Pixels
from corpora.generator.scan.layer import layer_font, layer_stream, on_scan
from corpora.generator.scan.misread import misread, scrawl
from corpora.generator.scan.page import CleanPage, Marks, Scan, Writing, scan_sheet
from corpora.generator.scan.places import Word, agency, blanks, signature_room, words
from corpora.generator.scan.profiles import Profile

Layer = Literal["good", "bad"]
Format = Literal["tiff", "png", "jpeg"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A scanned sheet: the picture, its JPEG bytes, and the words of its pages with the way to their places."""

    pages: tuple[int, ...]
    scan: Scan
    jpeg: bytes
    words: tuple[tuple[Word, ...], ...] = ()
    marks: tuple[Marks, ...] = ()
    rows: tuple[int, ...] = field(default=())


def _rendered(page: Any, profile: Profile) -> Pixels:
    """The clean page in pixels."""
    bitmap = page.render(scale=profile.dpi / 72, grayscale=not profile.colour, rev_byteorder=profile.colour)
    pixels: Pixels = bitmap.to_numpy()
    return pixels if profile.colour else pixels.reshape(pixels.shape[:2])


def _marks(pages: Sequence[tuple[list[Word], float]], fills: Sequence[Fill]) -> list[Marks]:
    """What comes onto each page: pages as (words, width). The n-th blank of a field takes the n-th fill of it."""
    waiting = {name: [f.text for f in fills if f.field == name] for name in ("number", "day", "month")}
    found = []
    issuer: tuple[str, ...] = ()
    for on_page, width in pages:
        writings = []
        for blank in blanks(on_page):
            if waiting[blank.field]:
                writings.append(Writing(waiting[blank.field].pop(0), blank.left, blank.right, blank.base))
        issuer = agency(on_page, width) or issuer
        found.append(Marks(tuple(writings), signature_room(on_page, width), issuer))
    return found


def sheets(
    pdf: bytes, profile: Profile, seed: int, fills: Sequence[Fill] | None = None, only: Collection[int] | None = None
) -> Iterator[Sheet]:
    """The scanned sheets of a PDF one after another.

    Args:
        fills: what the pen writes into the blanks of the PDF (for profiles with ``pen``).
        only: scan these pages (from 0), not all.

    Raises:
        ValueError: a profile with ``pen`` without fills. (They may be empty: a file without number has none.)
    """
    import pypdfium2  # heavy, and only scans need it

    if "pen" in profile.extras and fills is None:
        raise ValueError(f"{profile.full_name}: the pen does not know what to write: give fills")
    library: Any = pypdfium2  # it has no types
    source = library.PdfDocument(pdf)
    try:
        pages = [source[n] for n in range(len(source))]
        texts = [words(page) for page in pages]
        marks = _marks([(text, page.get_width()) for text, page in zip(texts, pages, strict=True)], fills or ())
        wanted = [n for n in range(len(pages)) if only is None or n in only]
        step = 2 if "twoup" in profile.extras else 1
        for at in range(0, len(wanted), step):
            group = tuple(wanted[at : at + step])
            clean = []
            for n in group:
                behind = _rendered(pages[(n + 1) % len(pages)], profile) if "bleed" in profile.extras else None
                clean.append(CleanPage(_rendered(pages[n], profile), marks[n], behind))
            scan = scan_sheet(clean, profile, seed, group[0])
            yield Sheet(
                group,
                scan,
                _jpeg(scan.pixels, profile),
                tuple(tuple(texts[n]) for n in group),
                tuple(marks[n] for n in group),
                tuple(page.pixels.shape[0] for page in clean),
            )
    finally:
        source.close()


def _jpeg(pixels: Pixels, profile: Profile) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=profile.jpeg, dpi=(profile.dpi, profile.dpi))
    return out.getvalue()


def _layer(sheet: Sheet, profile: Profile, seed: int, layer: Layer) -> str:
    """The text layer of a sheet. What the pen wrote is missing in a good one and scrawl in a bad one."""
    parts = []
    for n, text in enumerate(sheet.words):
        place: Matrix = on_scan(profile.dpi, sheet.rows[n], sheet.scan.matrices[n], sheet.scan.pixels.shape[0])
        if layer == "bad":
            page = sheet.pages[n]
            rng = np.random.default_rng((seed, page, 42))
            # an engine reads line by line, so scrawl stands where the pen wrote: right after the word before the blank
            read = misread(text, seed * 1000 + page)
            if "pen" in profile.extras:
                for w in sheet.marks[n].writings:
                    height = 13.0
                    mess = Word(
                        scrawl(w.text, rng), w.left + 2, w.base - 0.2 * height, w.right - 2, w.base + 0.8 * height
                    )
                    before = [
                        i
                        for i, other in enumerate(read)
                        if abs(other.right - w.left) < 3 and other.bottom < w.base < other.top
                    ]
                    read.insert(before[0] + 1 if before else len(read), mess)
            parts.append(layer_stream(read, place))
        else:
            parts.append(layer_stream(text, place))
    return "\n".join(parts)


def _add_sheet(pdf: Pdf, sheet: Sheet, profile: Profile, text: str, font: Any) -> None:
    """A page that is one picture and, over it, invisible text. The JPEG goes in as it is."""
    rows, columns = sheet.scan.pixels.shape[:2]
    width, height = columns * 72 / profile.dpi, rows * 72 / profile.dpi
    picture = Stream(pdf, sheet.jpeg)
    picture.update(
        {
            "/Type": Name.XObject, "/Subtype": Name.Image, "/Width": columns, "/Height": rows, "/BitsPerComponent": 8,
            "/ColorSpace": Name.DeviceRGB if profile.colour else Name.DeviceGray, "/Filter": Name.DCTDecode,
        }
    )  # fmt: skip
    page = pdf.add_blank_page(page_size=(round(width, 2), round(height, 2)))
    page.Resources = Dictionary(XObject=Dictionary(scan=pdf.make_indirect(picture)))
    if text:
        page.Resources.Font = Dictionary(ocr=font)
    page.Contents = Stream(pdf, f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /scan Do Q\n{text}".encode())


def _saved(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def scanned_pdf(
    pdf: bytes, profile: Profile, seed: int, layer: Layer | None = None, *, fills: Sequence[Fill] | None = None
) -> bytes:
    """The PDF as a scanned one: a picture on each page.

    Args:
        layer: invisible text as OCR software adds it: ``good`` is true, ``bad`` is misread (:mod:`.misread`).
        fills: what the pen writes (:func:`corpora.generator.scan.blanks.fills`), for profiles with ``pen``.
    """
    out = Pdf.new()
    out.docinfo["/Producer"] = String("Document scanner")
    font = layer_font(out) if layer else None
    for sheet in sheets(pdf, profile, seed, fills):
        _add_sheet(out, sheet, profile, _layer(sheet, profile, seed, layer) if layer else "", font)
    return _saved(out)


def mixed_pdf(
    pdf: bytes,
    scanned_pages: Collection[int],
    profile: Profile,
    seed: int,
    layer: Layer | None = None,
    *,
    fills: Sequence[Fill] | None = None,
) -> bytes:
    """The PDF with some pages (from 0) replaced by their scans: a signed page scanned in, an annex left as it was
    written.

    Raises:
        ValueError: pages that the PDF does not have, or a profile with two pages on a sheet.
    """
    if "twoup" in profile.extras:
        raise ValueError("a mixed file keeps its pages apart: no twoup")
    out = Pdf.open(io.BytesIO(pdf))
    count = len(out.pages)
    if strange := sorted(set(scanned_pages) - set(range(count))):
        raise ValueError(f"no pages {strange} in a PDF of {count} pages")
    font = layer_font(out) if layer else None
    for sheet in sheets(pdf, profile, seed, fills, scanned_pages):
        _add_sheet(out, sheet, profile, _layer(sheet, profile, seed, layer) if layer else "", font)
        out.pages[sheet.pages[0]] = out.pages[-1]
        del out.pages[-1]
    return _saved(out)


def scanned_images(
    pdf: bytes, profile: Profile, seed: int, kind: Format = "tiff", *, fills: Sequence[Fill] | None = None
) -> list[bytes]:
    """The scan as picture files: one multi-page TIFF (JPEG inside), or a PNG or JPEG for each sheet."""
    made = list(sheets(pdf, profile, seed, fills))
    if kind == "jpeg":
        return [sheet.jpeg for sheet in made]
    pictures = [Image.open(io.BytesIO(sheet.jpeg)) for sheet in made]
    if kind == "png":
        return [_encoded(picture, "PNG", compress_level=3, dpi=(profile.dpi, profile.dpi)) for picture in pictures]
    first, *others = [Image.fromarray(sheet.scan.pixels) for sheet in made]
    return [
        _encoded(
            first,
            "TIFF",
            save_all=True,
            append_images=others,
            compression="jpeg",
            quality=profile.jpeg,
            dpi=(profile.dpi,) * 2,
        )
    ]


def _encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
