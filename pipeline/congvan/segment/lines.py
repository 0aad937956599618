"""Lines of the clean text, each with what layout tells of it: the raw material of paragraphs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import regex

from congvan.document import BlockSpan, CleanDocument, Span
from congvan.language.letterforms import COLUMN_GAP, RECIPIENTS_LINE

Role = Literal["text", "number", "stamp", "rule"]

# accepts a line that is nothing but a page number: "2", "- 12 -", "Trang 3/10", "3/10"
PAGE_NUMBER = regex.compile(r"(?:trang )?[-–—]? ?\d{1,4}(?: ?/ ?\d{1,4})? ?[-–—]?", regex.IGNORECASE)
# accepts figures of a stamp that stand apart: "692 16 3", "1234 05/3"
STAMP = regex.compile(r"\d{1,5}(?:[ /]+\d{1,4}){1,3}")
# accepts a drawn rule: "---------", "_____", "* * *"
RULE = regex.compile(r"[-–—_=*~.· ]{3,}|\*")
# accepts the end of a sentence or of a list item: "định:", "tỉnh./.", "tế;", "(b/c);"
TERMINAL = regex.compile(r'(?:[.;:!?…]|\./\.)[”"»)]*$')

# accepts the end of a line as any system writes it
_LINE_END = regex.compile(r"\r\n|\n|\r")
_HEAD_LINES = 16  # so many lines from the start may be set in two columns


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it.

    Attributes:
        span: in the clean text. text: its text, inner white space as it is.
        blank: blank lines before it. indent: spaces before its first letter.
        page: page, None without pages. new_page: it is the first one of a page, as far as known.
        block: number of the reader's block. role: what it is apart from the flow, if anything.
    """

    span: Span
    text: str
    blank: int
    indent: int
    page: int | None
    new_page: bool
    block: int
    role: Role = "text"

    @property
    def terminal(self) -> bool:
        """True where it ends as a sentence or a list item does."""
        return TERMINAL.search(self.text) is not None

    @property
    def first_word(self) -> str:
        """Its first word."""
        return self.text.split(maxsplit=1)[0]


def lines_of(clean: CleanDocument, block: BlockSpan, number: int) -> list[Line]:
    """The lines of one block. Form feeds start a page."""
    out: list[Line] = []
    blank = 0
    start, end = block.span
    new_page, ended = True, False
    while start < end:
        ending = _LINE_END.search(clean.text, start, end)
        stop = ending.start() if ending is not None else end
        content = clean.text[start:stop]
        if "\f" in content:
            new_page = True
        bare = content.strip()
        if bare:
            ended = ended or RECIPIENTS_LINE.match(bare) is not None
            in_columns = block.kind == "text" and (ended or len(out) < _HEAD_LINES)
            for a, b in _columns(content) if in_columns else [_stripped(content, 0, len(content))]:
                span = Span(start + a, start + b)
                page = clean.places.page_of(span.start) if clean.pages else None
                out.append(Line(span, content[a:b], blank, a, page, new_page, number))
                blank, new_page = 0, False
        else:
            blank += 1
        start = ending.end() if ending is not None else end
    return out


def _stripped(content: str, start: int, end: int) -> tuple[int, int]:
    """The range without the white space at its ends."""
    part = content[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _columns(content: str) -> list[tuple[int, int]]:
    """The parts of a line of the head or of the end that are set side by side."""
    out: list[tuple[int, int]] = []
    at = 0
    for gap in [*COLUMN_GAP.finditer(content), None]:
        a, b = _stripped(content, at, gap.start() if gap is not None else len(content))
        if a < b:
            out.append((a, b))
        at = gap.end() if gap is not None else at
    return out


def mark_roles(lines: list[Line]) -> list[Line]:
    """Mark page numbers, stamps and drawn rules: lines that stand apart and are no sentence."""
    out: list[Line] = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        after = lines[i + 1] if i + 1 < len(lines) else None
        figures = [n for n in (before, after) if n is not None and n.text[0].isdigit() and len(n.text) < 12]
        role: Role = "text"
        if RULE.fullmatch(line.text):
            role = "rule"
        elif PAGE_NUMBER.fullmatch(line.text) and len(figures) < 2:
            role = "number"
        elif STAMP.fullmatch(line.text) and len(figures) < 2 and not _wrapped_figure(before, line):
            role = "stamp"
        out.append(replace(line, role=role))
    return out


def _wrapped_figure(before: Line | None, line: Line) -> bool:
    """True where figures alone on a line end the sentence of the line before: "ngày" / "23/02/2023"."""
    return before is not None and not before.terminal and line.blank <= before.blank and before.text[-1].isalpha()


@dataclass(frozen=True, slots=True)
class Measure:
    """How the lines of a text are set.

    Attributes:
        width: length that a full line has, in characters; 0 where lines are not wrapped (a paragraph a line).
        gap: blank lines that stand between any two lines and so mean nothing.
    """

    width: int
    gap: int

    def full(self, line: Line, after: Line) -> bool:
        """True where the first word of ``after`` would not have fitted on ``line``: the break is the typesetter's."""
        return self.width > 0 and len(line.text) + 1 + len(after.first_word) > 0.86 * self.width


def measure(lines: list[Line]) -> Measure:
    """Measure wrapping and the meaningless gap from the breaks that fall inside sentences."""
    text = [line for line in lines if line.role == "text"]
    if not text:
        return Measure(0, 0)
    inner = [(a, b) for a, b in pairwise(text) if b.text[0].islower() and not a.terminal and a.block == b.block]
    gaps = Counter(b.blank for _, b in inner)
    lengths = sorted(len(line.text) for line in text)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    wrapped = len(inner) >= max(1, len(text) // 10) and width <= 160
    gap = gaps.most_common(1)[0][0] if gaps and gaps.most_common(1)[0][1] * 2 > len(inner) else 0
    return Measure(width if wrapped else 0, gap if wrapped else 0)
