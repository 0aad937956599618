"""The package around the text of a Word file: styles, head with the page number, footnotes; the same bytes each time."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

_WHEN = datetime.datetime(2024, 1, 1)
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_PAGE_FIELD = "".join(
    f"<w:r><w:rPr><w:sz w:val='26'/></w:rPr>{part}</w:r>"
    for part in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>2</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
)


def package(body: str, notes: list[str], font: str, lists: Sequence[str] = ()) -> bytes:
    """A Word file.

    Args:
        body: the elements of the body; ``{head}`` in it stands where the first section names the head of its pages.
        notes: the footnotes as elements.
        font: the font of the style Normal.
        lists: how the lists look that Word counts, then each list, as elements; without them all markers are typed.
    """
    doc = Document()
    _drop_template(doc)
    _set_style(doc, font)
    _set_language(doc)
    reference = _page_head(doc)
    old = doc.element.body
    doc.element.replace(old, parse_xml(f"<w:body {_NAMESPACES}>{body.replace('{head}', reference)}</w:body>"))
    if lists:
        _add_lists(doc, lists)
    if notes:
        _add_notes(doc, notes)
    core = doc.core_properties
    core.author = core.last_modified_by = "Văn thư"
    core.title, core.comments, core.language = "", "", "vi-VN"
    core.created = core.modified = _WHEN
    raw = io.BytesIO()
    doc.save(raw)
    return _fixed_times(raw.getvalue())


def _drop_template(doc: Any) -> None:
    """Take out what no letter uses of the template that the package began as: its picture, a hundred looks of tables."""
    for part, kind in ((doc.part.package, "/thumbnail"), (doc.part, "/stylesWithEffects")):
        for key in [key for key, relation in part.rels.items() if relation.reltype.endswith(kind)]:
            part.rels.pop(key)
    styles = doc.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) != "1":
            styles.remove(style)


def _set_style(doc: Any, font: str) -> None:
    """The style of all text: 14 points, single lines; in all four slots of the font, or Word takes another for some letters."""
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(14)
    fonts = normal.element.rPr.rFonts
    for slot in ("w:cs", "w:eastAsia"):
        fonts.set(qn(slot), font)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    # LibreOffice raises the number of a note only where these two styles of Word exist.
    text = doc.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style, text.font.size, text.element.styleId = normal, Pt(10), "FootnoteText"
    mark = doc.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript, mark.element.styleId = True, "FootnoteReference"


def _set_language(doc: Any) -> None:
    """Vietnamese; and lines that end by hand are not drawn out to the margin."""
    doc.styles.element.find(".//" + qn("w:rPrDefault")).find(".//" + qn("w:lang")).set(qn("w:val"), "vi-VN")
    settings = doc.settings.element
    language = settings.find(qn("w:themeFontLang"))
    language.attrib.clear()
    language.set(qn("w:val"), "vi-VN")
    settings.find(qn("w:compat")).insert(0, OxmlElement("w:doNotExpandShiftReturn"))


def _page_head(doc: Any) -> str:
    """The heads: the page number in the middle, nothing on first pages. Returns the references to both."""
    section = doc.sections[0]
    head, first = section.header, section.first_page_header
    head.is_linked_to_previous = first.is_linked_to_previous = False
    first.paragraphs[0].style = doc.styles["Normal"]
    paragraph = head.paragraphs[0]
    paragraph.style = doc.styles["Normal"]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in parse_xml(f"<w:p {_NAMESPACES}>{_PAGE_FIELD}</w:p>"):
        paragraph._p.append(run)
    names = {e.get(qn("w:type")): e.get(qn("r:id")) for e in section._sectPr.findall(qn("w:headerReference"))}
    return "".join(f'<w:headerReference w:type="{kind}" r:id="{names[kind]}"/>' for kind in ("default", "first"))


def _add_lists(doc: Any, lists: Sequence[str]) -> None:
    """Put lists beside those of the template, which its styles name. Definitions stand before all lists."""
    definition, *instances = parse_xml(f"<w:numbering {_NAMESPACES}>{''.join(lists)}</w:numbering>")
    root = doc.part.numbering_part.element
    root.insert(0, definition)
    root.extend(instances)


def _add_notes(doc: Any, notes: list[str]) -> None:
    separators = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    )
    content = f"<w:footnotes {_NAMESPACES}>{separators}{''.join(notes)}</w:footnotes>"
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'
    part = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, xml.encode(), doc.part.package)
    doc.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _fixed_times(archive: bytes) -> bytes:
    """The same ZIP with the time of each entry fixed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _WHEN.timetuple()[:6])
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
