"""Word files as clerks make them: letterhead in a table without borders, markers typed or counted by Word, landscape annexes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpora.generator.model import (
    Block,
    Document,
    Ending,
    File,
    Letterhead,
    Line,
    PageBreak,
    Paragraph,
    Run,
    Table,
    Title,
)
from corpora.generator.render.shape import Part, grid, padding, parts, stands_centred
from corpora.generator.render.word_numbers import WordNumbers, without
from corpora.generator.render.word_package import package
from corpora.generator.render.word_runs import Form, Recode, WordRuns, properties

_MM = 1440 / 25.4  # twentieths of a point
_SHORT, _LONG = 209.9, 297.0  # A4 in mm as Word has it
_MARGINS = {False: (20, 15, 20, 30), True: (20, 20, 15, 20)}  # mm: top, right, bottom, left; upright and landscape
_INDENT = 720  # of first lines, 12.7 mm
_TINY = Form(size=2, exact=20)  # of a paragraph that is there because Word wants one
_ROLES = {
    "addressee": Form("left", left=2000, before=120),
    "basis": Form(first=_INDENT, before=120),
    "enact": Form("center", before=200, after=120, keep=True),
    "heading": Form(first=_INDENT, before=120, keep=True),
    "body": Form(first=_INDENT, before=120),
    "item": Form(first=_INDENT, before=120),
    "unit": Form("right", size=26, before=120, after=60, keep=True),
}
_ALIGN = {"left": "left", "centre": "center", "right": "right"}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def docx(file: File, *, font: str = "Times New Roman", recode: Recode | None = None, automatic: bool = False) -> bytes:
    """The file as a DOCX; the same bytes each time.

    Args:
        file: what is written.
        font: the font of the style Normal. Where the file is to be printed here, one that is installed.
        recode: text and font of each run as they shall stand in the file (TCVN3, VNI); without it, Unicode in ``font``.
        automatic: Word counts the markers "1." and "a)" where its count gives them; else all are typed.
    """
    writer = _Writer(WordRuns(recode), WordNumbers() if automatic else None)
    cut = [(n, document, part) for n, document in enumerate(file.documents) for part in parts(document)]
    pieces = []
    for i, (n, document, part) in enumerate(cut):
        pieces += writer.part(document, part)
        opens = i == 0 or cut[i - 1][0] != n
        section = _section(part, head="{head}" if i == 0 else "", opens=opens)
        last = i == len(cut) - 1
        # A paragraph always ends a section; behind the last one Word wants it where a table ends the text.
        pieces.append(f"<w:p>{properties(_TINY, '' if last else section)}</w:p>" + (section if last else ""))
    lists = writer.numbers.definitions() if writer.numbers else ()
    return package("".join(pieces), writer.runs.notes, font, lists)


def _section(part: Part, *, head: str, opens: bool) -> str:
    """Sheet and page number; the first page of each document is its page 1 and does not show it."""
    wide, high = (_LONG, _SHORT) if part.landscape else (_SHORT, _LONG)
    turned = ' w:orient="landscape"' if part.landscape else ""
    top, right, bottom, left = (round(mm * _MM) for mm in _MARGINS[part.landscape])
    number = '<w:pgNumType w:start="1"/>' if opens else ""
    return (
        f'<w:sectPr>{head}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{round(wide * _MM)}" w:h="{round(high * _MM)}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="567" w:footer="567" '
        f'w:gutter="0"/>{number}{"<w:titlePg/>" if opens else ""}</w:sectPr>'
    )


def _width(part: Part) -> int:
    """Width of the text, twentieths of a point."""
    _, right, _, left = _MARGINS[part.landscape]
    return round(((_LONG if part.landscape else _SHORT) - left - right) * _MM)


@dataclass(slots=True)
class _Writer:
    """Blocks as WordprocessingML."""

    runs: WordRuns
    numbers: WordNumbers | None = None

    def part(self, document: Document, part: Part) -> list[str]:
        """The blocks of a part of a document."""
        pieces = [self._block(document.blocks, n, _width(part)) for n in range(part.start, part.end)]
        # Before a table that opens a section, LibreOffice puts an empty line of full height where there is none of ours.
        return [f"<w:p>{properties(_TINY)}</w:p>", *pieces] if pieces[0].startswith("<w:tbl>") else pieces

    def _block(self, blocks: tuple[Block, ...], n: int, width: int) -> str:
        block = blocks[n]
        match block:
            case Letterhead(left, right):
                columns = self._head(left, padding(left, right), 62), self._head(right, padding(right, left), 160)
                return _pair(columns, width + 400, 0.44) + f"<w:p>{properties(Form(size=16))}</w:p>"
            case Ending(recipients, signature):
                names = "".join(self._line(line, Form("left", size=22 if line.small else 24)) for line in recipients)
                signed = "".join(self._line(line, Form("center", size=28)) for line in signature)
                return f"<w:p>{properties(Form(size=16, keep=True))}</w:p>" + _pair((names, signed), width, 0.5)
            case Title(lines):
                return "".join(self._line(line, Form("center", keep=True), rule=90) for line in lines)
            case Paragraph():
                last = n + 1 < len(blocks) and isinstance(
                    blocks[n + 1], Ending
                )  # a signature never stands alone on a page
                return self._paragraph(block, centred=stands_centred(blocks, n), keep=last)
            case Table():
                return self._table(block, width)
            case PageBreak():
                return ""

    def _paragraph(self, block: Paragraph, *, centred: bool, keep: bool) -> str:
        form = _ROLES[block.role]
        form = replace(form, keep=form.keep or keep)
        if centred:
            form = replace(form, align="center", left=0, first=0)
        elif block.role == "addressee" and block.text.text.startswith("-"):
            form = replace(form, left=2800, before=60)
        strong = block.role in ("heading", "enact")
        runs: Iterable[Run] = block.text.runs(strong, block.role in ("basis", "unit"))
        lead = f"{block.marker} "
        if self.numbers and block.text.text.startswith(lead) and (number := self.numbers.number(block.marker)):
            form = replace(form, number=number, strong=strong)
            runs = without(runs, len(lead))
        return self.runs.paragraph(runs, form)

    def _head(self, lines: tuple[Line, ...], gap: int, rule: int) -> str:
        """A column of a letterhead: quốc hiệu and names of agencies in 12 points, the motto, number and date in 13."""
        named = next((n for n, line in enumerate(lines) if line.rule), -1)
        out = []
        for n, line in enumerate(lines):
            motto = rule > 100 and n > 0  # only quốc hiệu stands in the right column above its rule
            small = line.small or (n <= named and not motto)
            inward = 250 if line.small else 0  # a long trích yếu keeps away from the other column
            form = Form("center", size=24 if small else 26, left=inward, right=inward)
            out.append(self._line(line, form, rule))
            if line.rule:
                out.append(f"<w:p>{properties(Form('center', size=26))}</w:p>" * gap)
        return "".join(out)

    def _line(self, line: Line, form: Form, rule: int = 0) -> str:
        empty = f"<w:p>{properties(form)}</w:p>" * line.gap
        text = self.runs.paragraph(line.text.runs(line.bold, line.italic), form)
        return empty + text + (self.runs.rule(rule) if line.rule and rule else "")

    def _table(self, table: Table, width: int) -> str:
        widths = [round(share * width) for share in table.widths]
        size = 22 if len(widths) > 8 else 24
        rows = []
        for n, places in enumerate(grid(table)):
            cells = []
            for cell, column, top in places:
                merged = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if top else "<w:vMerge/>"
                span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
                wide = sum(widths[column : column + cell.columns])
                form = Form(_ALIGN[cell.align], size=size, before=40, after=40)
                text = self.runs.paragraph(cell.text.runs(cell.bold) if top else (), form)
                cells.append(
                    f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
                    f"{text}</w:tc>"
                )
            repeats = "<w:tblHeader/>" if n < table.head else ""
            rows.append(f"<w:tr><w:trPr><w:cantSplit/>{repeats}</w:trPr>{''.join(cells)}</w:tr>")
        borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
        return (
            _tbl(widths, f"<w:tblBorders>{borders}</w:tblBorders>", 85, "".join(rows))
            + f"<w:p>{properties(_TINY)}</w:p>"
        )


def _pair(columns: tuple[str, str], width: int, share: float) -> str:
    """Two columns without borders that stay on one page."""
    widths = [round(width * share), round(width * (1 - share))]
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{text or "<w:p/>"}</w:tc>'
        for wide, text in zip(widths, columns, strict=True)
    )
    return _tbl(widths, "", 0, f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")


def _tbl(widths: list[int], borders: str, margin: int, rows: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    sides = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{borders}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{rows}</w:tbl>"
    )
