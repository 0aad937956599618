"""Markdown as converters write it: headings, paragraphs, tables, footnotes; markup gone, list marks kept.

Not CommonMark to the letter. "-", "+", "1." and "a)" are the outline's own marks in Vietnamese documents and stay in the
text; four spaces make no code block; a line of dashes is a rule and never a heading's underline.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import regex

from congvan.document import Block, RawDocument, RawPage, Run, Source
from congvan.read.encoding import Decoded
from congvan.read.inline import inline

# accepts a heading: "## **BÁO CÁO**", "# Title #"
_HEADING = regex.compile(r" {0,3}(#{1,6})(?:[ \t]++(.*?))?(?:[ \t]++#++)?[ \t]*+$")
# accepts a rule: "---", "* * *", "_____"
_RULE = regex.compile(r" {0,3}(?:(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,})$")
# accepts the line under the head of a table: "|---|:--:|"
_TABLE_RULE = regex.compile(r" {0,3}\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
# accepts the start of a list item: "- ", "+ ", "* ", "1. ", "2) "
_ITEM = regex.compile(r"\s*+(?:[-+*]|[0-9]{1,9}[.)])[ \t]")
# accepts a fence of a listing: "```text"
_FENCE = regex.compile(r" {0,3}(?:`{3,}|~{3,})[^`]*+$")
# accepts the mark of a quotation: "> "
_QUOTE = regex.compile(r" {0,3}(?:>[ ]?)++")
# accepts a note of Pandoc's kind: "[^1]: Quyết định số 5"
_NOTE = regex.compile(r" {0,3}\[\^([\w*]{1,20}+)\]:[ \t]*+")
# accepts a column border that is not escaped: "|" but not "\|"
_BORDER = regex.compile(r"(?<!\\)\|")
# accepts a comment over the whole line: "<!-- page 2 -->"
_COMMENT = regex.compile(r"\s*+<!--.*-->\s*+$")


@dataclass(slots=True)
class _Reader:
    """Blocks so far, the lines of the open paragraph, and what the notes need."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    after_rule: bool = False
    tables: int = 0

    def close(self) -> None:
        """End the open paragraph: a footnote where it starts with a raised mark after a rule or one used before."""
        runs = stripped(inline("\n".join(self.lines)))
        self.lines.clear()
        if not runs:
            return
        mark = bare_mark(runs[0].text) if runs[0].origin == "sup" else None
        if mark and len(runs) > 1 and (self.after_rule or mark in self.marks):
            self.blocks.append(Block("footnote", runs, note_ref=mark))
            return
        self.add(Block("paragraph", runs))

    def add(self, block: Block) -> None:
        """Append a block of the text, which ends the notes under a rule."""
        self.after_rule = False
        self.marks.update(bare_mark(run.text) for run in block.runs if run.origin == "sup")
        self.blocks.append(block)


def read_markdown(decoded: Decoded, source: Source) -> RawDocument:
    """Blocks of a Markdown text. Pages are not known to Markdown; there is one."""
    reader = _Reader()
    lines = decoded.text.splitlines()
    fenced = False
    i = 0
    while i < len(lines):
        line = lines[i]
        i += 1
        if _FENCE.match(line):
            reader.close()
            fenced = not fenced
        elif fenced:
            reader.lines.append(_escaped(line))
        elif not line.strip() or _COMMENT.match(line):
            reader.close()
        elif _RULE.match(line):
            reader.close()
            reader.after_rule = True
        elif heading := _HEADING.match(line):
            reader.close()
            if runs := stripped(inline(heading[2] or "")):
                reader.add(Block("heading", runs, level=len(heading[1])))
        elif "|" in line and i < len(lines) and "|" in lines[i] and _TABLE_RULE.match(lines[i]):
            reader.close()
            rows = [line]
            i += 1
            while i < len(lines) and "|" in lines[i] and lines[i].strip():
                rows.append(lines[i])
                i += 1
            for block in _cells(rows, reader.tables):
                reader.add(block)
            reader.tables += 1
        elif note := _NOTE.match(line):
            reader.close()
            runs = (Run(note[1], origin="sup"), Run(" "), *stripped(inline(line[note.end() :])))
            reader.blocks.append(Block("footnote", runs, note_ref=note[1]))
        else:
            if quote := _QUOTE.match(line):
                line = line[quote.end() :]
            if _ITEM.match(line):
                reader.close()
            # two spaces or a backslash at the end break the line; every other line end is a line end of the source
            reader.lines.append(line.strip().removesuffix("\\"))
    reader.close()
    return RawDocument(source, "markdown", (RawPage(1, tuple(reader.blocks)),), problems=decoded.problems)


def bare_mark(text: str) -> str:
    """A note mark without brackets: "(1)" gives "1"."""
    return text.strip().strip("()[]").strip()


def stripped(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs without white space at either end of the block; runs left empty are dropped."""
    out = list(runs)
    while out and not out[0].text.strip():
        out.pop(0)
    while out and not out[-1].text.strip():
        out.pop()
    if out:
        out[0] = replace(out[0], text=out[0].text.lstrip())
        out[-1] = replace(out[-1], text=out[-1].text.rstrip())
    return tuple(out)


def _cells(rows: list[str], table: int) -> Iterator[Block]:
    for r, row in enumerate(rows):
        inner = row.strip()
        inner = inner.removeprefix("|")
        if inner.endswith("|") and not inner.endswith("\\|"):
            inner = inner[:-1]
        for c, cell in enumerate(_BORDER.split(inner)):
            yield Block("cell", stripped(inline(cell.strip())), row=r, column=c, table=table)


def _escaped(line: str) -> str:
    """A line of a listing, its signs protected from being read as markup."""
    return "".join("\\" + c if c in "\\*_~<>[]!&`" else c for c in line)
