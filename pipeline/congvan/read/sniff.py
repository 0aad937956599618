"""What kind of file some bytes are, by their content and never by their name."""

from __future__ import annotations

import codecs
import io
import zipfile

import regex

from congvan.errors import DamagedInput, EncryptedInput, UnsupportedInput
from congvan.read.encoding import decode

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
RTF = "application/rtf"
XLS = "application/vnd.ms-excel"
HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"

ENCRYPTED = 0x1  #: flag of a ZIP entry that needs a password

_READS = "congvan reads PDF, DOCX, HTML, Markdown, plain text and pictures (TIFF, PNG, JPEG), and with LibreOffice DOC, RTF and XLS."
_SAVE_AS = "Open it in Word or LibreOffice and save it as DOCX or PDF. " + _READS
_PICTURE = "Save the picture as PNG, TIFF or JPEG, or put it into a PDF."
_UNPACK = "Unpack it and give the documents inside. " + _READS

# first bytes of formats that are recognised and not read: what it is, and what to do
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"GIF87a", "a GIF picture", _PICTURE),
    (b"GIF89a", "a GIF picture", _PICTURE),
    (b"\0\0\0\x0cjP  \r\n", "a JPEG 2000 picture", _PICTURE),
    (b"AT&TFORM", "a DjVu document", "Convert it to PDF. " + _READS),
    (b"%!PS", "a PostScript file", "Convert it to PDF. " + _READS),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf'\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"SQLite format 3\0", "an SQLite database", _READS),
    (b"PAR1", "a Parquet file", _READS),
    (b"\x7fELF", "a program", _READS),
    (b"MZ\x90", "a program", _READS),
    (b"ID3", "a sound recording", _READS),
    (b"OggS", "a sound recording", _READS),
)
# first bytes of pictures that are read
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
)
PICTURES = frozenset(kind for _, kind in _PICTURES)
_PDF = b"%PDF-"
_PDF_WITHIN = 1024 + len(_PDF)  # bytes in which PDF readers look for the signature
# accepts a byte that stands in no text: 00, 1B
_BINARY = regex.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_RTF = b"{\\rtf"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# accepts the beginning of a web page: "<!DOCTYPE html>", "<?xml …?><html", "<meta charset"
_PAGE = regex.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--.*?-->\s*+)*+<(?:!doctype\s+html|(?:html|head|body|meta|title)\b)",
    regex.IGNORECASE | regex.DOTALL,
)
# accepts the beginning of a piece of a web page: "<div class=x>", "<p>"
_FRAGMENT = regex.compile(
    r"\s*+<(?:div|p|table|h[1-6]|span|article|section|main|center|font|ul|ol|b|strong|style)\b[^<>]*+>",
    regex.IGNORECASE,
)
# accepts the end of a block of a web page: "</p>", "</td>"
_CLOSING = regex.compile(r"</(?:div|p|table|td|h[1-6]|article|section|main|center|li)\s*+>", regex.IGNORECASE)
# accepts the beginning of an XML file: "<?xml version"
_XML = regex.compile(r"\s*+<\?xml\b", regex.IGNORECASE)
# accepts the head of an e-mail or a saved web archive: "MIME-Version: 1.0"
_MIME = regex.compile(r"(?:[A-Z][\w-]*+:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*?MIME-Version:", regex.IGNORECASE)

# accepts a Markdown heading: "## **BÁO CÁO**"
_HEADING = regex.compile(r"^ {0,3}(#{1,6})[ \t]+\S", regex.MULTILINE)
# accepts a stretch in bold: "**Kết quả**"
_BOLD = regex.compile(r"\*\*(?=[^\s*])[^*\n]{1,2000}+\*\*")
# accepts a raised stretch: "<sup>(1)</sup>"
_RAISED = regex.compile(r"<su[pb]>[^<>\n]{1,20}+</su[pb]>")
# accepts the line under the head of a table: "|---|:--:|"
_TABLE = regex.compile(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)++\|?[ \t]*$", regex.MULTILINE)
# accepts a link or a picture: "[Nghị định](http://…)", "![](p1.png)"
_LINK = regex.compile(r"!?\[[^\[\]\n]{0,500}+\]\([^()\s]{1,2000}+\)")


def sniff(data: bytes, name: str = "The input") -> str:
    """Media type of a file, by its content.

    Args:
        data: the whole file.
        name: how messages call it.

    Raises:
        UnsupportedInput: some other format, or no text at all; says what was recognised.
        EncryptedInput: an Office document with a password. DamagedInput: a ZIP without its end.
    """
    if _is_pdf(data):
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _sniff_zip(data, name)
    if data.startswith(_RTF):
        return RTF
    if data.startswith(_OLE):
        return _ole(data, name)
    for magic, kind in _PICTURES:
        if data.startswith(magic):
            return kind
    if (foreign := _foreign(data)) is not None:
        raise UnsupportedInput(f"{name} is {foreign[0]}.", foreign[1])
    decoded = decode(data)
    if decoded is None and _PDF in data[:_PDF_WITHIN]:
        return PDF
    if decoded is None:
        raise UnsupportedInput(f"{name} is neither text nor a known kind of document.", _READS)
    return sniff_text(decoded.text, name)


def sniff_text(text: str, name: str = "The input") -> str:
    """Media type of decoded text: web page, Markdown or plain.

    Raises:
        UnsupportedInput: XML that is no web page, or an e-mail.
    """
    head = text[:4096].lstrip("\ufeff")
    if _PAGE.match(head) or (_FRAGMENT.match(head) and _CLOSING.search(text)):
        return HTML
    if _XML.match(head):
        if "<html" in head.lower():
            return HTML
        raise UnsupportedInput(f"{name} is an XML file.", _SAVE_AS)
    if _MIME.match(head):
        raise UnsupportedInput(f"{name} is an e-mail or a saved web archive.", "Save the document itself. " + _READS)
    return MARKDOWN if is_markdown(text) else PLAIN


def is_markdown(text: str) -> bool:
    """True where a text uses Markdown; single signs such as "#", "*" or "---" in plain text are not enough."""
    levels = [len(m[1]) for m in _HEADING.finditer(text)]
    bold = len(_BOLD.findall(text))
    kinds = (bool(levels), bold > 0, _RAISED.search(text), _TABLE.search(text), _LINK.search(text))
    if sum(1 for kind in kinds if kind) >= 2 or bold >= 3 or kinds[3]:
        return True
    return len(set(levels)) >= 2 or _titled(text)


def _titled(text: str) -> bool:
    """The first line is a heading with an empty line after it: "# QUYẾT ĐỊNH"."""
    lines = text.lstrip("\ufeff\r\n").split("\n", 2)
    return len(lines) == 3 and bool(_HEADING.match(lines[0])) and not lines[1].strip()


def _is_pdf(data: bytes) -> bool:
    """The signature of a PDF at the start, or after a prefix that PDF readers pass over.

    Such a prefix is binary (the header of a mail system), or lines of text (HTTP) before a file with objects; a text
    that mentions the signature is no PDF.
    """
    start = data.find(_PDF, 0, _PDF_WITHIN)
    if start < 0:
        return False
    prefix = data[:start].removeprefix(codecs.BOM_UTF8)
    if not prefix.strip() or _BINARY.search(prefix) or decode(prefix) is None:
        return True
    return prefix.endswith(b"\n") and b"endobj" in data


def _foreign(data: bytes) -> tuple[str, str] | None:
    for magic, what, hint in _FOREIGN:
        if data.startswith(magic):
            return what, hint
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "a WebP picture", _PICTURE
    if data.startswith(b"BM") and len(data) > 26 and int.from_bytes(data[2:6], "little") == len(data):
        return "a BMP picture", _PICTURE
    if data[4:8] == b"ftyp":
        return "a film or HEIC picture", _READS
    return None


def _ole(data: bytes, name: str) -> str:
    """An OLE file: old Office, or new Office with a password; told by the names of its streams (UTF-16)."""
    for stream, media_type in (("WordDocument", DOC), ("Workbook", XLS)):
        if stream.encode("utf-16-le") in data:
            return media_type
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedInput(f"{name} is an Office document with a password.", "Save a copy without the password.")
    if "PowerPoint Document".encode("utf-16-le") in data:
        raise UnsupportedInput(f"{name} is a PowerPoint 97 presentation (.ppt).", _SAVE_AS)
    raise UnsupportedInput(f"{name} is an OLE file (old Office, or an e-mail of Outlook).", _SAVE_AS)


def _sniff_zip(data: bytes, name: str) -> str:
    """A ZIP: DOCX, or what else it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            info = archive.NameToInfo.get("mimetype")
            if info is not None and info.file_size < 200 and not info.flag_bits & ENCRYPTED:
                mimetype = archive.read(info).decode("ascii", errors="replace")
            else:
                mimetype = ""
    except Exception as err:  # zipfile raises a dozen kinds on malformed archives
        raise DamagedInput(
            f"{name} begins as a ZIP (DOCX?) and is cut off or damaged: {err}.", "Get the file again from its source."
        ) from err
    if any(n == "word/document.xml" or (n.startswith("word/document") and n.endswith(".xml")) for n in names):
        return DOCX
    if not names:
        raise UnsupportedInput(f"{name} is an empty ZIP archive.", _UNPACK)
    for part, what, hint in (
        ("xl/workbook", "an Excel worksheet (.xlsx)", _SAVE_AS),
        ("ppt/presentation", "a PowerPoint presentation (.pptx)", _SAVE_AS),
        ("META-INF/container.xml", "an EPUB book", _READS),
        ("META-INF/MANIFEST.MF", "a Java archive", _READS),
    ):
        if any(n.startswith(part) for n in names):
            raise UnsupportedInput(f"{name} is {what}.", hint)
    if "opendocument" in mimetype:
        raise UnsupportedInput(f"{name} is an OpenDocument file ({mimetype.strip()}).", _SAVE_AS)
    if any(n == "[Content_Types].xml" for n in names):
        raise UnsupportedInput(f"{name} is an Office file without a Word document inside.", _SAVE_AS)
    raise UnsupportedInput(f"{name} is a ZIP archive with {len(names)} files, no DOCX.", _UNPACK)
