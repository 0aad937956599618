"""Makes the small input files of the read tests: PDF by reportlab, DOCX by python-docx and raw parts.

The documents are invented. A PDF needs a font with Vietnamese letters: Liberation Serif (fonts-liberation2) or DejaVu.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from congvan.errors import CongvanError

_FONTS = (
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-{}.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-{}.ttf",
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def register_fonts() -> None:
    """Register "Serif" and "Serif-Bold" with reportlab, or skip the test."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, style in (("Serif", "Regular"), ("Serif-Bold", "Bold")):
        path = next((p for f in _FONTS if (p := Path(f.format(style))).is_file()), None)
        if path is None:
            pytest.skip("no Liberation Serif with Vietnamese letters (apt-get install fonts-liberation2)")
        pdfmetrics.registerFont(TTFont(name, str(path)))


class PdfPage:
    """Draws lines on pages of 595 x 842 points; y counts from the top."""

    def __init__(self) -> None:
        from reportlab.pdfgen import canvas

        register_fonts()
        self.buffer = io.BytesIO()
        self.canvas = canvas.Canvas(self.buffer, pagesize=(595, 842))

    def text(self, x: float, y: float, text: str, size: float = 14, bold: bool = False) -> float:
        """Write a line, return its right edge."""
        font = "Serif-Bold" if bold else "Serif"
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, 842 - y, text)
        return x + self.canvas.stringWidth(text, font, size)

    def centred(self, x: float, y: float, text: str, size: float = 14, bold: bool = False) -> None:
        """Write a line around x."""
        self.canvas.setFont("Serif-Bold" if bold else "Serif", size)
        self.canvas.drawCentredString(x, 842 - y, text)

    def next(self) -> None:
        """Start a page."""
        self.canvas.showPage()

    def bytes(self) -> bytes:
        """The finished file."""
        self.canvas.save()
        return self.buffer.getvalue()


def letter_pdf() -> bytes:
    """A two-page official letter: two-column letterhead, indented paragraphs, a note, a signature, page number 2."""
    p = PdfPage()
    p.centred(165, 60, "ỦY BAN NHÂN DÂN", 13)
    p.centred(165, 76, "TỈNH HOA SEN", 13, bold=True)
    p.centred(165, 104, "Số: 12/UBND-KT", 13)
    p.centred(410, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    p.centred(410, 77, "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    p.centred(410, 104, "Hoa Sen, ngày 05 tháng 3 năm 2024", 13)
    p.text(115, 150, "Thực hiện Kế hoạch số 45/KH-UBND của Ủy ban nhân dân tỉnh,")
    x = p.text(85, 170, "các sở, ban, ngành khẩn trương triển khai nhiệm vụ được giao")
    p.text(x, 165, "(1)", 9)
    p.text(x + 14, 170, "theo kế")
    p.text(85, 190, "hoạch đã đề ra.")
    p.text(115, 216, "Sở Tài chính chủ trì, phối hợp với Sở Kế hoạch và Đầu tư tổng")
    p.text(85, 236, "hợp, báo cáo trước ngày 20 tháng 6 năm 2024.")
    x = p.text(85, 740, "(1)", 7)
    p.text(x + 2, 744, "Kế hoạch phát triển kinh tế - xã hội năm 2024.", 10)
    p.next()
    p.centred(297, 40, "2", 13)
    p.text(115, 80, "Trên đây là nội dung chỉ đạo, đề nghị các đơn vị nghiêm túc thực")
    p.text(85, 100, "hiện./.")
    p.text(85, 140, "Nơi nhận:", 12, bold=True)
    p.text(85, 155, "- Như trên;", 11)
    p.text(85, 168, "- Lưu: VT, KT.", 11)
    p.centred(420, 140, "TM. ỦY BAN NHÂN DÂN", 14, bold=True)
    p.centred(420, 158, "CHỦ TỊCH", 14, bold=True)
    return p.bytes()


def picture_pdf() -> bytes:
    """Page 1 with text, page 2 with a picture only."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    p = PdfPage()
    p.text(85, 100, "Trang có chữ")
    p.next()
    p.canvas.drawImage(ImageReader(Image.new("L", (60, 80), 128)), 100, 300, 300, 400)
    return p.bytes()


def encrypted_pdf(data: bytes, user: str) -> bytes:
    """The same PDF with a user password (or an empty one) and an owner password."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user=user, owner="owner", R=6))
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A minimal DOCX from the XML of its body; ``parts``: numbering, styles, footnotes, header1, footer1."""
    kinds = {
        "numbering": "numbering",
        "styles": "styles",
        "footnotes": "footnotes",
        "settings": "settings",
        "header1": "header",
        "footer1": "footer",
    }
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "".join(f'<Relationship Id="r{n}" Type="{base}/{kinds[n]}" Target="{n}.xml"/>' for n in parts)
    roots = {
        "numbering": "numbering",
        "styles": "styles",
        "footnotes": "footnotes",
        "settings": "settings",
        "header1": "hdr",
        "footer1": "ftr",
    }
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{base}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{rels}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "docProps/app.xml": "<Properties><Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>",
        **{f"word/{n}.xml": f'<w:{roots[n]} xmlns:w="{W}">{xml}</w:{roots[n]}>' for n, xml in parts.items()},
    }
    return zipped(files)


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def refused(call: Callable[[], object]) -> CongvanError | None:
    """The error that a call ends with, None where it ends well. Any other exception goes through and fails the test."""
    try:
        call()
    except CongvanError as err:
        return err
    return None


def complete(err: CongvanError | None) -> bool:
    """No error, or one that says what is wrong and what to do."""
    return err is None or bool(err.message and err.hint)
