"""Paragraphs and tables of a Word document's parts to blocks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from congvan.document import Block, BlockKind, FontFacts, Run
from congvan.read.docx_numbering import Numbering, number_text
from congvan.read.docx_styles import Styles, WordLook, outline_level
from congvan.read.docx_xml import child, integer, local, switched_on, value

_GONE = {"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "rt"}  # deleted, or no text
_MOST_COLUMNS = 63  # of a table, what Word allows
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}


@dataclass(slots=True)
class Notes:
    """Footnotes or endnotes: the number that each is drawn with, by its id, in the order of reference."""

    form: str = "decimal"
    start: int = 1
    marks: dict[str, str] = field(default_factory=dict)

    def mark(self, key: str) -> str:
        """The mark of a note; a new one is counted."""
        if key not in self.marks:
            self.marks[key] = number_text(self.start + len(self.marks), self.form)
        return self.marks[key]


@dataclass(slots=True)
class Fonts:
    """Fonts of the document by name."""

    index: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int | None:
        """Index of a font, None without a name."""
        return self.index.setdefault(name, len(self.index)) if name else None

    def facts(self) -> tuple[FontFacts, ...]:
        """All fonts so far."""
        return tuple(FontFacts(name) for name in self.index)


@dataclass(slots=True)
class _Paragraph:
    """A paragraph under construction; text boxes anchored in it wait until it ends."""

    look: WordLook
    runs: list[Run] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)  # open fields: True once the result has begun


@dataclass(slots=True)
class Body:
    """Walks over parts; one for a document, since lists, notes and tables count on."""

    styles: Styles
    numbering: Numbering
    footnotes: Notes
    endnotes: Notes
    fonts: Fonts = field(default_factory=Fonts)
    tables: int = 0

    def blocks(self, parent: etree._Element, kind: BlockKind = "paragraph", own_mark: str = "") -> Iterator[Block]:
        """Blocks of a part or container.

        Args:
            parent: body, header, note, cell content. kind: of plain paragraphs. own_mark: of the note that is read.
        """
        for e in parent:
            name = local(e)
            if name == "p":
                yield from self._paragraph(e, kind, own_mark)
            elif name == "tbl":
                yield from self._table(e, kind)
            elif name == "AlternateContent":
                yield from self.blocks(_alternative(e), kind, own_mark)
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "txbxContent"):
                yield from self.blocks(e, kind, own_mark)

    def _paragraph(self, e: etree._Element, kind: BlockKind, own_mark: str) -> Iterator[Block]:
        properties = child(e, "pPr")
        named = child(properties, "pStyle")
        style = value(named, "val") if named is not None else ""
        of_style = self.styles.paragraph(style)
        level = of_style.level
        if (outline := child(properties, "outlineLvl")) is not None:
            level = outline_level(outline)
        p = _Paragraph(self.styles.paragraph_look(style))
        self._walk(e, p, own_mark)
        runs = _joined(p.runs)
        if "".join(run.text for run in runs).strip():
            label = self._label(properties, style)
            if label:
                first = runs[0]
                runs.insert(0, Run(label, font=first.font, size=first.size, origin="label", bold=first.bold))
            block_kind: BlockKind = "heading" if level and kind == "paragraph" else kind
            yield Block(block_kind, tuple(runs), level=level if block_kind == "heading" else 0)
        for box in p.boxes:
            yield from self.blocks(box, kind)

    def _label(self, properties: etree._Element | None, style: str) -> str:
        of_style = self.styles.paragraph(style)
        number, level = of_style.number, of_style.list_level
        if number and level is None:
            level = self.numbering.level_of_style(number, of_style.list_style)
        if (own := child(properties, "numPr")) is not None:
            if (e := child(own, "numId")) is not None:
                number = value(e, "val")
            if (e := child(own, "ilvl")) is not None:
                level = integer(value(e, "val"))
        return self.numbering.label(number, level or 0) if number and number != "0" else ""

    def _walk(self, e: etree._Element, p: _Paragraph, own_mark: str) -> None:
        """Everything below a paragraph that draws text, in order."""
        for c in e:
            name = local(c)
            if name == "r":
                look = self.styles.run_look(p.look, child(c, "rPr"))
                if not look.hidden:
                    self._run(c, look, p, own_mark)
            elif name == "AlternateContent":
                self._walk(_alternative(c), p, own_mark)
            elif name == "txbxContent":
                p.boxes.append(c)
            elif name == "t":  # of a formula
                self._add(c.text or "", p.look, p)
            elif name not in _GONE:
                self._walk(c, p, own_mark)

    def _run(self, e: etree._Element, look: WordLook, p: _Paragraph, own_mark: str) -> None:
        for c in e:
            name = local(c)
            if name == "fldChar":
                _field(value(c, "fldCharType"), p)
            elif p.fields and not all(p.fields):
                continue  # the instruction of a field, not its result
            elif name == "t":
                self._add(c.text or "", look, p)
            elif name in _SIGNS:
                self._add(_SIGNS[name], look, p)
            elif name == "sym":
                self._symbol(c, look, p)
            elif name in ("footnoteReference", "endnoteReference"):
                notes = self.footnotes if name == "footnoteReference" else self.endnotes
                if not switched_on(_custom_mark(c)):
                    self._add(notes.mark(value(c, "id")), replace(look, raised=True), p)
            elif name in ("footnoteRef", "endnoteRef"):
                self._add(own_mark, replace(look, raised=True), p)
            elif name == "AlternateContent":
                self._walk(_alternative(c), p, own_mark)
            elif name not in _GONE:
                self._walk(c, p, own_mark)

    def _symbol(self, e: etree._Element, look: WordLook, p: _Paragraph) -> None:
        """A character of a symbol font, by its number in hexadecimal."""
        try:
            letter = chr(int(value(e, "char"), 16))
        except (ValueError, OverflowError):
            return
        if unicodedata.category(letter) in ("Cc", "Cs"):
            return
        self._add(letter, replace(look, font=value(e, "font") or look.font), p)

    def _add(self, text: str, look: WordLook, p: _Paragraph) -> None:
        if text:
            p.runs.append(look.run(text, self.fonts.number(look.font)))

    def _table(self, e: etree._Element, kind: BlockKind) -> Iterator[Block]:
        """Cells row by row; a merged cell once, at its upper left place. Tables inside cells follow their table."""
        table = self.tables
        self.tables += 1
        inner: list[Block] = []
        for r, row in enumerate(_below(e, "tr")):
            before = child(child(row, "trPr"), "gridBefore")
            column = min(max(integer(value(before, "val")), 0), _MOST_COLUMNS) if before is not None else 0
            for cell in _below(row, "tc"):
                properties = child(cell, "tcPr")
                span, merge = child(properties, "gridSpan"), child(properties, "vMerge")
                if merge is None or value(merge, "val") == "restart":
                    blocks = list(self.blocks(cell))
                    inner.extend(b for b in blocks if b.kind == "cell")
                    runs = _stacked([b for b in blocks if b.kind != "cell"])
                    yield Block("running" if kind == "running" else "cell", runs, row=r, column=column, table=table)
                wide = integer(value(span, "val"), 1) if span is not None else 1
                column += max(min(wide, _MOST_COLUMNS - column), 1)
        yield from inner


def _custom_mark(e: etree._Element) -> etree._Element | None:
    """The element itself where its mark is typed by hand in the next run."""
    return e if value(e, "customMarkFollows") in ("1", "true", "on") else None


def _alternative(e: etree._Element) -> etree._Element:
    """One of the alternatives of mc:AlternateContent, so that nothing is read twice."""
    for name in ("Choice", "Fallback"):
        if (found := child(e, name)) is not None:
            return found
    return etree.Element("none")


def _below(e: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, through content controls and tracked insertions."""
    for c in e:
        if local(c) == name:
            trash = child(child(c, "trPr"), "del")
            if trash is None:
                yield c
        elif local(c) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _below(c, name)


def _field(step: str, p: _Paragraph) -> None:
    """Follow the beginning, the result and the end of a field such as PAGE."""
    if step == "begin":
        p.fields.append(False)
    elif step == "separate" and p.fields:
        p.fields[-1] = True
    elif step == "end" and p.fields:
        p.fields.pop()


def _joined(runs: list[Run]) -> list[Run]:
    """Join neighbours of one look; Word cuts runs wherever a spelling check or an edit happened."""
    out: list[Run] = []
    texts: list[str] = []
    for run in runs:
        if out and replace(out[-1], text="") == replace(run, text=""):
            texts.append(run.text)
            continue
        if out:
            out[-1] = replace(out[-1], text="".join(texts))
        out.append(run)
        texts = [run.text]
    if out:
        out[-1] = replace(out[-1], text="".join(texts))
    return out


def _stacked(blocks: list[Block]) -> tuple[Run, ...]:
    """Paragraphs of a cell, one below the other."""
    runs: list[Run] = []
    for block in blocks:
        if runs:
            runs.append(Run("\n"))
        runs.extend(block.runs)
    return tuple(runs)
