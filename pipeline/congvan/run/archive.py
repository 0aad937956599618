"""A searchable PDF/A of a scan, by OCRmyPDF: the pictures as they are, our corrected text over them, and what the record says.

OCRmyPDF asks :mod:`congvan.run.archive_engine` for the text of each page. It makes the PDF/A itself (backend "internal"), never by
Ghostscript: versions before 10.01 write wrong letters into the text (:mod:`congvan.language.ghostscript`).
"""

from __future__ import annotations

import io
import logging
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from congvan.config import Config
from congvan.errors import CongvanError, InputError, MissingDependency, SignedInput, UnsupportedInput
from congvan.run.archive_engine import Line, lines_of, serving

if TYPE_CHECKING:
    from congvan.record import Record

INSTALL = 'Install it: pip install "congvan[ocr]".'


@dataclass(frozen=True, slots=True)
class Archived:
    """A searchable PDF/A.

    Attributes:
        data: the file. pages: numbers of the pages whose text is ours; the others had text that was kept.
        title: as its metadata have it.
    """

    data: bytes
    pages: tuple[int, ...]
    title: str


def archive(data: bytes, name: str, config: Config, break_signature: bool = False) -> Archived:
    """Make the searchable PDF/A of a PDF or a picture.

    Args:
        data: the file. name: for messages. break_signature: change a file that is digitally signed.

    Raises:
        InputError: as the file is; SignedInput, EncryptedInput among them. MissingDependency: a part is not installed.
    """
    if find_spec("ocrmypdf") is None:
        raise MissingDependency("A searchable PDF/A needs the package ocrmypdf.", INSTALL)
    from congvan.parse import clean_bytes, records_of
    from congvan.read.sniff import PDF, PICTURES, sniff

    kind = sniff(data, name) if data.strip() else ""
    if kind in PICTURES:
        data = _as_pdf(data, name)
    elif kind != PDF:
        raise UnsupportedInput(f"{name} is no PDF and no picture.", "Archive scans: PDF, TIFF, PNG or JPEG.")
    data = _plain(data, name, config, break_signature)
    clean = clean_bytes(data, name, config)
    if (missing := next((p for p in clean.problems if p.category == "ocr-missing"), None)) is not None:
        raise MissingDependency(f"{name}: {missing.message}", missing.hint)
    pages = {number: lines for number, lines in lines_of(clean).items() if number in clean.pictures}
    records = records_of(clean)
    told = _metadata(records[0]) if records else {}
    replaced = any(v.family == "ocr-layer" for v in clean.verdicts)
    return Archived(_written(data, name, pages, told, replaced), tuple(sorted(pages)), str(told.get("title", "")))


def _as_pdf(data: bytes, name: str) -> bytes:
    """A picture, or several in one file, as a PDF with the pictures as they are."""
    from importlib import import_module

    img2pdf: Any = import_module("img2pdf")  # it has no types

    try:
        made: bytes = img2pdf.convert(io.BytesIO(data), rotation=img2pdf.Rotation.ifvalid)
    except Exception as err:  # the library raises all kinds of exceptions on malformed pictures
        raise InputError(
            f"{name} cannot be put into a PDF ({err}).", "Save the picture as TIFF, PNG or JPEG anew."
        ) from err
    return made


def _plain(data: bytes, name: str, config: Config, break_signature: bool) -> bytes:
    """The file without password; a signed one is refused."""
    from congvan.read.pdf_objects import FontObjects
    from congvan.read.pdf_write import is_signed

    with FontObjects(data, name, config.password) as objects:
        if not break_signature and is_signed(objects.pdf):
            raise SignedInput(
                f"{name} is digitally signed; any change makes the signature invalid.",
                "Use --break-signature to archive a copy all the same; keep the signed file.",
            )
        if not objects.pdf.is_encrypted:
            return data
        out = io.BytesIO()
        objects.pdf.save(out, encryption=False)
        return out.getvalue()


def _metadata(record: Record) -> dict[str, str]:
    """Title, author, subject and keywords from what the letterhead says; what it does not say is left out."""
    named = " ".join(filter(None, (record.document_type, record.number)))
    title = ": ".join(filter(None, (named, record.subject)))
    told = {
        "title": title,
        "author": (record.issuer.name or record.issuer.text) if record.issuer else "",
        "subject": record.subject or "",
        "keywords": ", ".join(filter(None, (record.document_type, record.number, record.issued_on))),
    }
    return {key: " ".join(value.split()) for key, value in told.items() if value}


def _written(data: bytes, name: str, pages: dict[int, list[Line]], told: dict[str, str], replaced: bool) -> bytes:
    """The PDF/A as OCRmyPDF writes it, with the text of the pages given."""
    import ocrmypdf
    from ocrmypdf.exceptions import ExitCodeException

    logging.getLogger("ocrmypdf").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, serving(pages):
        source, target = Path(folder) / "in.pdf", Path(folder) / "out.pdf"
        source.write_bytes(data)
        options: dict[str, Any] = {"redo_ocr": True} if replaced else {"skip_text": True}
        options |= told
        try:
            ocrmypdf.ocr(
                source,
                target,
                language=["vie"],
                output_type="pdfa-2",
                pdfa_backend="internal",
                optimize=0,
                jobs=1,
                use_threads=True,
                progress_bar=False,
                invalidate_digital_signatures=True,  # refused before, unless asked for
                plugins=["congvan.run.archive_engine"],
                **options,
            )
        except ExitCodeException as err:
            raise CongvanError(
                f"{name}: OCRmyPDF cannot write the PDF/A ({err}).",
                "Repair the PDF first, or archive a copy printed to PDF.",
            ) from err
        return target.read_bytes()
