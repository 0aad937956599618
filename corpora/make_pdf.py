"""PDF files: one by ReportLab, one as Word writes it and Ghostscript 10.00 garbles it; the same bytes each time."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fontTools import subset
from fontTools.ttLib import TTFont
from ghostscript_damage import garbled
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as ReportlabFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

if TYPE_CHECKING:
    from make_samples import Item

FONTS = Path("/usr/share/fonts/truetype/liberation2")
FACES = {"body": "Regular", "bold": "Bold", "italic": "Italic"}
PAGE = (595, 842)


def _font_file(face: str) -> Path:
    path = FONTS / f"LiberationSerif-{FACES[face]}.ttf"
    if not path.is_file():
        raise SystemExit(f"{path} is missing: apt-get install fonts-liberation2")
    return path


def _texts(items: list[Item], kinds: str) -> list[str]:
    return [i.text for i in items if i.kind in kinds.split()]


# ---------------------------------------------------------------- ReportLab


def reportlab_pdf(items: list[Item]) -> bytes:
    """Letterhead and ending in two columns, justified body, page breaks where they fall."""
    for face in FACES:
        pdfmetrics.registerFont(ReportlabFont(face, _font_file(face)))
    body = ParagraphStyle(
        "body", fontName="body", fontSize=13, leading=18, alignment=TA_JUSTIFY, firstLineIndent=28, spaceAfter=5
    )
    centre = ParagraphStyle("centre", parent=body, alignment=TA_CENTER, firstLineIndent=0, fontName="bold")
    small = ParagraphStyle("small", parent=body, fontSize=11, leading=13, firstLineIndent=0, spaceAfter=0)
    head = ParagraphStyle("head", parent=centre, fontSize=12, leading=16, spaceAfter=0)
    plain = ParagraphStyle("plain", parent=head, fontName="body")
    italic = ParagraphStyle("italic", parent=head, fontName="italic")
    left = [Paragraph(t, plain if t.startswith("Số") else head) for t in _texts(items, "L")]
    right = [Paragraph(t, italic if "ngày" in t else head) for t in _texts(items, "R")]
    story: list[Any] = [Table([[left, right]], colWidths=[200, 290], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])]
    story.append(Spacer(0, 12))
    for item in items:
        if item.kind in ("T", "K", "B", "P"):
            story.append(Paragraph(item.text, body if item.kind in ("P", "K") else centre))
    recipients = [Paragraph(t, small) for t in _texts(items, "N")]
    signature = [Paragraph(t, centre) if t else Spacer(0, 50) for t in _texts(items, "S")]
    story += [
        Spacer(0, 12),
        Table([[recipients, signature]], colWidths=[240, 250], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]),
    ]
    out = io.BytesIO()
    SimpleDocTemplate(
        out, pagesize=PAGE, leftMargin=60, rightMargin=45, topMargin=50, bottomMargin=50, invariant=1, title="12"
    ).build(story)
    return out.getvalue()


# ---------------------------------------------------------------- Word, then Ghostscript


class _Face:
    """A font as Word embeds it: codes are glyph ids."""

    def __init__(self, face: str) -> None:
        self.name = f"LiberationSerif-{FACES[face]}"
        self.path = _font_file(face)
        self.font = TTFont(self.path)
        self.cmap = self.font.getBestCmap()
        self.used: dict[int, int] = {}  # glyph id -> code point

    def advance(self, text: str) -> float:
        """Width in 1/1000 em."""
        return sum(self.font["hmtx"][self.cmap[ord(c)]][0] for c in text) * 1000 / self.font["head"].unitsPerEm

    def codes(self, text: str) -> str:
        """The text as a PDF string in hexadecimal."""
        out = ""
        for c in text:
            gid = self.font.getGlyphID(self.cmap[ord(c)])
            self.used[gid] = ord(c)
            out += f"{gid:04X}"
        return out

    def embed(self, pdf: Pdf, tag: str) -> Any:
        """The font object: a subset that keeps the glyph ids, and the garbled ToUnicode."""
        options = subset.Options(retain_gids=True, notdef_outline=True, hinting=False, layout_features=[])
        options.drop_tables += ["cmap", "post", "name", "OS/2", "FFTM", "GPOS", "GSUB", "GDEF"]
        cut = TTFont(self.path, recalcTimestamp=False)
        maker = subset.Subsetter(options)
        maker.populate(gids=sorted(self.used))
        maker.subset(cut)
        program = io.BytesIO()
        cut.save(program)
        file = Stream(pdf, program.getvalue())
        file.Length1 = len(program.getvalue())
        base = Name(f"/{tag}+{self.name}")
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=base, Flags=4, ItalicAngle=0, Ascent=891, Descent=-216, CapHeight=693,
            StemV=80, FontBBox=Array([-500, -300, 2000, 1000]), FontFile2=pdf.make_indirect(file),
        )  # fmt: skip
        widths = Array()
        for gid in sorted(self.used):
            widths.append(gid)
            widths.append(Array([round(self.advance(chr(self.used[gid])))]))
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=base, DW=1000, W=widths, CIDToGIDMap=Name.Identity,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
        )  # fmt: skip
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=base, Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_indirect(Stream(pdf, self._to_unicode())),
            )
        )  # fmt: skip

    def _to_unicode(self) -> bytes:
        wrong = garbled(self.used.values())
        rows = [f"<{gid:04X}> <{wrong.get(u, u):04X}>" for gid, u in sorted(self.used.items())]
        blocks = "".join(
            f"{len(rows[a : a + 100])} beginbfchar\n" + "\n".join(rows[a : a + 100]) + "\nendbfchar\n"
            for a in range(0, len(rows), 100)
        )
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n"
            "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{blocks}endcmap\nend\nend\n"
        ).encode()


def garbled_pdf(items: list[Item]) -> bytes:
    """The source set in three fonts, codes kept and ToUnicode wrong, as Ghostscript 10.00 leaves a file of Word."""
    faces = {face: _Face(face) for face in FACES}
    pages: list[list[str]] = [[]]
    y = 790.0

    def put(text: str, face: str, size: float, x: float, at: float) -> None:
        pages[-1].append(f"BT /{face} {size} Tf {x:.2f} {at:.2f} Td <{faces[face].codes(text)}> Tj ET")

    def centred(text: str, face: str, size: float, middle: float, at: float) -> None:
        put(text, face, size, middle - faces[face].advance(text) * size / 2000, at)

    def columns(left: list[tuple[str, str]], right: list[tuple[str, str]], size: float, *, flush: bool) -> None:
        nonlocal y
        if y - 16 * max(len(left), len(right)) < 50:
            pages.append([])
            y = 790.0
        for n, (text, face) in enumerate(left):
            if flush:
                put(text, face, size - 2, 62, y - 16 * n)
            else:
                centred(text, face, size, 150, y - 16 * n)
        for n, (text, face) in enumerate(right):
            centred(text, face, size, 405, y - 16 * n)
        y -= 16 * max(len(left), len(right)) + 14

    head = _texts(items, "R")
    left = [(t, "body" if t.startswith("Số") else "bold") for t in _texts(items, "L")]
    columns(left, [(t, "bold") for t in head[:2]] + [(t, "italic") for t in head[2:]], 12.5, flush=False)
    for item in items:
        if item.kind not in ("T", "K", "B", "P"):
            continue
        face = "bold" if item.kind in ("T", "B") else "body"
        for n, line in enumerate(_wrapped(item.text, faces[face], 13, 470 if item.kind != "T" else 400)):
            if y < 60:
                pages.append([])
                y = 790.0
            if item.kind == "T":
                centred(line, face, 13, 300, y)
            else:
                put(line, face, 13, 90 if n == 0 else 62, y)
            y -= 18
        y -= 4
    signature = [(t, "bold") for t in _texts(items, "S")]
    signature[-1:-1] = [("", "bold")] * 2
    columns([(t, "body") for t in _texts(items, "N")], signature, 13, flush=True)
    return _assemble(pages, faces)


def _wrapped(text: str, face: _Face, size: float, width: float) -> list[str]:
    lines = [""]
    room = width - 28
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.advance(longer) * size / 1000 > room and lines[-1]:
            lines.append(word)
            room = width
        else:
            lines[-1] = longer
    return lines


def _assemble(pages: list[list[str]], faces: dict[str, _Face]) -> bytes:
    pdf = Pdf.new()
    fonts = Dictionary()
    for n, (face, made) in enumerate(faces.items()):
        fonts[f"/{face}"] = made.embed(pdf, f"AAAAA{chr(65 + n)}")
    for content in pages:
        page = pdf.add_blank_page(page_size=PAGE)
        page.Resources = Dictionary(Font=fonts)
        page.Contents = Stream(pdf, "\n".join(content).encode())
    pdf.docinfo["/Producer"] = String("GPL Ghostscript 10.00.0")
    pdf.docinfo["/Creator"] = String("Microsoft Word")
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
