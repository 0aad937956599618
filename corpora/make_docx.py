"""Word files: a letterhead table without borders, automatic numbers, a footnote; the same bytes each time."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

if TYPE_CHECKING:
    from make_samples import Item

WHEN = datetime.datetime(2024, 1, 1)
NUMBERS = 77  # id of our numbering, above those of the template


def document(items: list[Item]) -> bytes:
    """The source as a Word file."""
    doc = Document()
    style = doc.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    _add_numbering(doc)
    _two_columns(doc, _texts(items, "L"), _texts(items, "R"), bold=(True, True))
    notes = _texts(items, "F")
    for item in items:
        if item.kind in ("T", "K"):
            p = doc.add_paragraph()
            p.alignment = ALIGN.CENTER
            p.add_run(item.text).bold = item.kind == "T"
        elif item.kind in ("P", "#", "##", "B"):
            p = doc.add_paragraph()
            p.alignment = ALIGN.JUSTIFY
            _runs(p, item.text, bool(notes), bold=item.kind == "B")
            if item.kind in ("#", "##"):
                _number(p, level=len(item.kind) - 1)
    _two_columns(doc, _texts(items, "N"), _texts(items, "S"), bold=(False, True))
    if notes:
        _add_footnotes(doc, notes)
    core = doc.core_properties
    core.author, core.title, core.created, core.modified = "congvan", _texts(items, "T K")[0], WHEN, WHEN
    raw = io.BytesIO()
    doc.save(raw)
    return _fixed_times(raw.getvalue())


def _texts(items: list[Item], kinds: str) -> list[str]:
    return [i.text for i in items if i.kind in kinds.split()]


def _two_columns(doc: Any, left: list[str], right: list[str], *, bold: tuple[bool, bool]) -> None:
    cells = doc.add_table(rows=1, cols=2).rows[0].cells
    for cell, lines, heavy in zip(cells, (left, right), bold, strict=True):
        for n, line in enumerate(lines):
            p = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
            p.alignment = ALIGN.CENTER if heavy else ALIGN.LEFT
            p.add_run(line).bold = heavy and not line.startswith("Số")


def _runs(paragraph: Any, text: str, has_notes: bool, *, bold: bool) -> None:
    """The text; where there are footnotes, a mark "(1)" after a word becomes a reference."""
    # accepts a footnote mark glued to the word before it: "kế hoạch(1)"
    for n, piece in enumerate(re.split(r"(?<=\w)\((\d)\)", text) if has_notes else [text]):
        if n % 2:
            run = paragraph.add_run()
            run.font.superscript = True
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), piece)
            run._r.append(reference)
        elif piece:
            paragraph.add_run(piece).bold = bold


def _add_numbering(doc: Any) -> None:
    """Level 0 "1.", level 1 "a)": definitions stand before all instances in the part."""
    root = doc.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate([("decimal", "%1."), ("lowerLetter", "%2)")])
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERS}">{levels}</w:abstractNum>')
    root.insert(0, abstract)
    number = parse_xml(f'<w:num {nsdecls("w")} w:numId="{NUMBERS}"><w:abstractNumId w:val="{NUMBERS}"/></w:num>')
    root.append(number)


def _number(paragraph: Any, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = NUMBERS


def _add_footnotes(doc: Any, notes: list[str]) -> None:
    body = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve">{note[3:]}</w:t></w:r></w:p></w:footnote>'
        for n, note in enumerate(notes, 1)
    )
    separators = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{separators}{body}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), doc.part.package)
    doc.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _fixed_times(archive: bytes) -> bytes:
    """The same ZIP with the time of each entry fixed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, WHEN.timetuple()[:6])
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
