"""Web pages: blocks, tables and lists of the page as a browser shows it, by lxml."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field, replace

import regex
from lxml import etree

from congvan.document import Block, BlockKind, FontFacts, Problem, RawDocument, RawPage, Run, Source
from congvan.read.docx_numbering import number_text
from congvan.read.encoding import Decoded, decode
from congvan.read.html_runs import WebLook, collapsed, styled
from congvan.read.surrogates import without_surrogates

_DROPPED = {
    "script",
    "style",
    "nav",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "select",
    "button",
    "textarea",
    "title",
    "head",
    "audio",
    "video",
    "canvas",
}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "blockquote",
    "center",
    "address",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "fieldset",
    "form",
    "body",
    "html",
    "hr",
    "details",
    "summary",
    "caption",
    "pre",
    "legend",
}
_FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "none": "none",
}
_MOST_COLUMNS = 63  # of a table, what Word allows; cells to the right of them span nothing
_MOST_ROWS = 1000  # that a cell spans

# accepts the charset that a page declares: <meta charset="utf-8">, <meta … content="text/html; charset=windows-1258">
_CHARSET = regex.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s*+=\s*+["']?\s*+([\w.:-]{2,40})""", regex.IGNORECASE
)
# accepts the declaration that lxml must not see a second time: <?xml version="1.0" encoding="utf-16"?>
_DECLARATION = regex.compile(r"\s*+<\?xml[^>]*+>")
# accepts the style of a list: "list-style-type: lower-alpha", "list-style:none"
_LIST_STYLE = regex.compile(r"list-style(?:-type)?\s*+:\s*+([\w-]++)", regex.IGNORECASE)
# accepts what hides an element: "display:none", "visibility: hidden"
_HIDDEN = regex.compile(r"display\s*+:\s*+none|visibility\s*+:\s*+hidden|mso-hide\s*+:\s*+all", regex.IGNORECASE)
# accepts the id of a note in a page that Word saved: "ftn1", "_edn2"
_NOTE = regex.compile(r"_?(?:ftn|edn|fn)[-_:]?\d{1,4}", regex.IGNORECASE)
# accepts an item that carries its own mark already: "- Sở", "1. Về", "a) Rà"
_OWN_MARK = regex.compile(r"\s*+(?:[-–+*•]|\d{1,3}[.)]|[a-zđ][.)])")


@dataclass(slots=True)
class _List:
    form: str
    count: int


@dataclass(slots=True)
class _Table:
    number: int
    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)  # column -> rows below that a cell above still covers
    inner: list[Block] = field(default_factory=list)

    def next_row(self) -> None:
        """Go to the next row; cells from above reach one row less far."""
        self.row += 1
        self.column = 0

    def place(self, e: etree._Element) -> tuple[int, int]:
        """Row and column of the next cell, which takes the places that it spans."""
        if self.row < 0:
            self.next_row()
        while self.taken.get(self.column, 0) > self.row:
            self.column += 1
        at = (self.row, self.column)
        rows = _count(e, "rowspan", _MOST_ROWS)
        right = self.column + _count(e, "colspan", _MOST_COLUMNS)
        for column in range(self.column, min(right, _MOST_COLUMNS)):
            self.taken[column] = self.row + rows
        self.column = max(min(right, _MOST_COLUMNS), self.column + 1)
        return at


def _count(e: etree._Element, name: str, most: int) -> int:
    text = str(e.get(name, "1")).strip()
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 8 else 1


@dataclass(slots=True)
class _Builder:
    """Blocks so far and the open paragraph; cells collect their own blocks."""

    out: list[list[Block]] = field(default_factory=lambda: [[]])
    pieces: list[tuple[str, WebLook]] = field(default_factory=list)
    looks: list[WebLook] = field(default_factory=lambda: [WebLook()])
    kinds: list[tuple[BlockKind, int]] = field(default_factory=lambda: [("paragraph", 0)])
    lists: list[_List] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)
    fonts: dict[str, int] = field(default_factory=dict)
    label: str = ""
    table_count: int = 0

    def text(self, text: str | None) -> None:
        """Text in the current look."""
        if text:
            self.pieces.append((text, self.looks[-1]))

    def flush(self) -> None:
        """End the open paragraph."""
        runs = collapsed(self.pieces, self.fonts)
        self.pieces = []
        if not runs:
            return
        if self.label and not _OWN_MARK.match("".join(r.text for r in runs)):
            runs.insert(0, Run(self.label, font=runs[0].font, size=runs[0].size, origin="label", bold=runs[0].bold))
        self.label = ""
        kind, level = self.kinds[-1]
        note: str | None = None
        if kind == "footnote":
            raised = next((r.text for r in runs if r.text.strip()), "")
            note = raised.strip(" \n\t()[]") if len(raised) <= 8 else None
        self.out[-1].append(Block(kind, tuple(runs), level=level, note_ref=note))


def read_html(data: bytes, source: Source) -> RawDocument:
    """Blocks of a web page; scripts, navigation and hidden elements are left out."""
    decoded = decode_html(data)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    text, broken = without_surrogates(_DECLARATION.sub("", decoded.text, count=1).replace("\0", "\ufffd"))
    root = etree.fromstring(text.encode(), parser)
    problems = decoded.problems + broken
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        message = "The page nests its elements too deeply; what lies below 2,000 levels was not read."
        problems += (Problem("read", "too-deep", message, "Save the page from a browser as text or PDF."),)
    builder = _Builder()
    if root is not None:
        _walk(root, builder)
    builder.flush()
    fonts = tuple(FontFacts(name) for name in builder.fonts)
    return RawDocument(source, "html", (RawPage(1, tuple(builder.out[0])),), fonts, problems)


def decode_html(data: bytes) -> Decoded:
    """Text of a page: byte order mark, then valid UTF-8, then what the page declares, then statistics."""
    found = decode(data)
    if found is not None and (found.encoding.startswith("utf") and not found.problems):
        return found
    if declared := _CHARSET.search(data[:4096]):
        name = declared[1].decode("ascii", "replace").lower()
        if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
            name = "cp1252"  # as browsers do
        try:
            return Decoded(data.decode(codecs.lookup(name).name, errors="replace"), name)
        except (LookupError, UnicodeError):
            pass
    problem = Problem("read", "encoding-guessed", "The page does not say its encoding.", "Save it as UTF-8.")
    return found or Decoded(data.decode("cp1252", errors="congvan-c1"), "cp1252", (problem,))


def _walk(root: etree._Element, b: _Builder) -> None:
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, e in walker:
        name = e.tag.lower() if isinstance(e.tag, str) else ""
        if event == "start":
            if name in _DROPPED or e.get("hidden") is not None or _HIDDEN.search(e.get("style", "")):
                walker.skip_subtree()
                b.looks.append(b.looks[-1])
                b.kinds.append(b.kinds[-1])
                continue
            _start(e, name, b)
        else:
            if not (name in _DROPPED or e.get("hidden") is not None or _HIDDEN.search(e.get("style", ""))):
                _end(name, b)
            b.looks.pop()
            b.kinds.pop()
            b.text(e.tail)


def _start(e: etree._Element, name: str, b: _Builder) -> None:
    kind = b.kinds[-1]
    if name in _BLOCKS or name in ("ul", "ol", "li", "table", "tr", "td", "th") or name in _LEVELS:
        b.flush()
    if name in _LEVELS:
        kind = ("heading", _LEVELS[name])
    elif name in ("div", "li", "p", "aside") and (
        _NOTE.fullmatch(e.get("id", "")) or e.get("style", "").replace(" ", "").rstrip(";") == "mso-element:footnote"
    ):
        kind = ("footnote", 0)
    b.kinds.append(kind)
    b.looks.append(styled(b.looks[-1], e, name))
    if name in ("ul", "ol"):
        b.lists.append(_list(e, name))
    elif name == "li":
        b.label = _item(e, b.lists[-1]) if b.lists else ""
    elif name == "table":
        b.tables.append(_Table(b.table_count))
        b.table_count += 1
    elif name == "tr" and b.tables:
        b.tables[-1].next_row()
    elif name in ("td", "th") and b.tables:
        b.cells.append(b.tables[-1].place(e))
        b.out.append([])
    elif name == "br":
        b.pieces.append(("\n", replace(b.looks[-1], keep=True)))
    b.text(e.text)


def _end(name: str, b: _Builder) -> None:
    if name in _BLOCKS or name in _LEVELS or name in ("ul", "ol", "li"):
        b.flush()
    if name in ("ul", "ol") and b.lists:
        b.lists.pop()
    elif name == "li":
        b.label = ""
    elif name in ("td", "th") and b.tables and b.cells:
        b.flush()
        row, column = b.cells.pop()
        blocks = b.out.pop()
        b.tables[-1].inner.extend(block for block in blocks if block.kind == "cell")
        runs: list[Run] = []
        for block in blocks:
            if block.kind != "cell":
                runs += [Run("\n"), *block.runs] if runs else [*block.runs]
        b.out[-1].append(Block("cell", tuple(runs), row=row, column=column, table=b.tables[-1].number))
    elif name == "table" and b.tables:
        b.flush()
        b.out[-1].extend(b.tables.pop().inner)


_LEVELS = {f"h{n}": n for n in range(1, 7)}


def _list(e: etree._Element, name: str) -> _List:
    style = _LIST_STYLE.search(e.get("style", ""))
    form = _FORMS.get(style[1].lower() if style else e.get("type", "1"), "decimal") if name == "ol" else "bullet"
    if name == "ul" and style and style[1].lower() == "none":
        form = "none"
    start = e.get("start", "1").strip()
    return _List(form, int(start) - 1 if start.isdecimal() and len(start) < 8 else 0)


def _item(e: etree._Element, of: _List) -> str:
    """The mark that a browser draws before an item."""
    number = str(e.get("value", "")).strip()
    of.count = int(number) if number.isdecimal() and len(number) < 8 else of.count + 1
    style = _LIST_STYLE.search(e.get("style", ""))
    if of.form == "none" or (style and style[1].lower() == "none"):
        return ""
    return "- " if of.form == "bullet" else number_text(of.count, of.form) + ". "
