"""Characters of a page to blocks in reading order; the same for both PDF readers."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from math import inf

import regex

from congvan.document import Block, BlockKind, CharBoxes, RawPage, Run
from congvan.read.pdf_chars import ASCENT, DESCENT, NO_CODE, Chars, Line, Stretch, Style
from congvan.read.pdf_columns import flows_of
from congvan.read.pdf_grid import Grid, grids_of, part
from congvan.read.pdf_lines import lines_of

_MARGIN = 0.09  # of the page's height: heads, feet and page numbers stand there
_INDENT = 0.8  # em: a step to the right or left of more begins a paragraph
_PADDING = 5.4  # points: what Word keeps free on both sides of a cell
_PITCH = 1.22  # times the usual distance of base lines: more parts paragraphs

# accepts a page number: "3", "- 3 -", "Trang 3/12"
_PAGE_NUMBER = regex.compile(r"(?:trang|page)?\s*+[-–—]?\s*+\d{1,4}(?:\s*+/\s*+\d{1,4})?\s*+[-–—]?", regex.IGNORECASE)
# accepts a note mark: "(1)", "2", "*"
_MARK = regex.compile(r"[(\[]?(\d{1,3}|\*{1,3}|[a-z])[)\]]?")
# accepts the start of an item: "- ", "1. ", "a) ", "II. ", "Điều 3."
_ITEM = regex.compile(r"(?:[-–+*•]\s|\d{1,3}(?:\.\d{1,3})*+[.)]\s|[a-zđ]\)\s|[IVXL]{1,6}\.\s|(?:Điều|Chương|Mục)\s\w)")
# accepts the end of a sentence or item: ".", ";", "./."
_END = regex.compile(r"[.;:!?/…]$")


def page_of(chars: Chars) -> RawPage:
    """Blocks of one page. Tables that are drawn with rules become cells; ``table`` counts from 0 on each page."""
    grids = grids_of(chars.rules)
    parted = part(chars.stretches, grids)
    flows = [lines_of(stretches) for stretches in parted.flows]
    cells = [{place: lines_of(text) for place, text in sorted(found.items())} for found in parted.cells]
    usual = _usual_size(
        [line for lines in (*flows, *(text for table in cells for text in table.values())) for line in lines]
    )
    blocks: list[Block] = []
    for i, lines in enumerate(flows):
        for flow in flows_of(lines):
            blocks.extend(_block(group, chars, usual) for group in _paragraphs(flow))
        if i < len(grids):
            blocks.extend(_cells(grids[i], cells[i], i, chars))
    turned = [s for s in chars.stretches if not s.upright]
    blocks.extend(_turned(turned, chars))
    return RawPage(chars.number, tuple(blocks), chars.width, chars.height)


def _cells(grid: Grid, cells: Mapping[tuple[int, int], list[Line]], table: int, chars: Chars) -> Iterator[Block]:
    """The cells of a table, row by row; a block for each paragraph of a cell."""
    for (row, column), lines in cells.items():
        left, right = grid.extent((row, column))
        for group in _paragraphs(lines, left + _PADDING, right - _PADDING) if lines else ():
            yield Block("cell", _runs(group, chars.has_codes), row=row, column=column, table=table)


def mark_running(pages: Sequence[RawPage]) -> tuple[RawPage, ...]:
    """Give the kind "running" to heads and feet that recur on at least three pages, and half of all."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(block) for block in page.blocks if _in_margin(block, page)})
    often = {shape for shape, n in seen.items() if shape and n >= 3 and 2 * n >= len(pages)}
    if not often:
        return tuple(pages)
    return tuple(
        replace(
            page,
            blocks=tuple(
                replace(b, kind="running") if _in_margin(b, page) and _shape(b) in often else b for b in page.blocks
            ),
        )
        for page in pages
    )


def _shape(block: Block) -> str:
    """Text with its figures levelled: "Trang 3" and "Trang 4" are one running foot."""
    return "".join("0" if c.isdigit() else c for c in block.text.strip())


def _in_margin(block: Block, page: RawPage) -> bool:
    boxes = [box for run in block.runs if run.places is not None and (box := run.places.box()) is not None]
    if not boxes or block.kind in {"footnote", "cell"}:
        return False
    top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
    return bottom < _MARGIN * page.height or top > (1 - _MARGIN) * page.height


def _usual_size(lines: list[Line]) -> float:
    """The font size that most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


# ---------------------------------------------------------------- paragraphs


def _paragraphs(flow: list[Line], left: float = inf, right: float = -inf) -> list[list[Line]]:
    """Cut a flow of lines into paragraphs; parts of one row stay together. ``left``, ``right``: edges that are known."""
    left = min(left, *(line.left for line in flow))
    right = max(right, *(line.right for line in flow))
    pitches = sorted(b.base - a.base for a, b in pairwise(flow) if b.base - a.base > 0.5 * b.size)
    pitch = pitches[len(pitches) // 4] if pitches else 0.0
    stepped = _steps_back(flow, left)
    groups: list[list[Line]] = []
    for line in flow:
        first = stepped and bool(groups) and _is_first(groups[-1][-1], line, left)
        if groups and not first and not _begins(groups[-1], line, left, right, pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _steps_back(flow: list[Line], left: float) -> bool:
    """True where first lines are indented and the others are not: an indented line that follows a full stop begins a paragraph."""
    back = level = 0
    for a, b in pairwise(flow):
        if a.left - left > _INDENT * a.size and b.base - a.base > 0.5 * b.size:
            back += b.left - left < 0.3 * b.size
            level += abs(b.left - a.left) < 0.3 * b.size
    return back > 1 and 2 * back >= level


def _is_first(last: Line, line: Line, left: float) -> bool:
    """True for an indented line below one that ends a sentence."""
    below = line.base - last.base > 0.5 * line.size
    return below and line.left - left > _INDENT * line.size and _END.search(last.string) is not None


def _begins(group: list[Line], line: Line, left: float, right: float, pitch: float) -> bool:
    """True where a line begins a new paragraph after the lines of ``group``."""
    last = group[-1]
    size = max(last.size, line.size)
    if line.base - last.base < 0.5 * size and line.left > last.right:
        return False  # the next part of the same row
    if line.base - last.base > _PITCH * max(pitch, 1.0 * size) or line.base < last.base - size:
        return True
    if abs(line.size - last.size) > 0.05 * size or line.bold != last.bold:
        return True
    if line.styles[0].raised or (_ITEM.match(line.string) and _END.search(last.string)):
        return True
    if (_centred(last, left, right) and _centred(line, left, right)) or _on_one_axis(last, line):
        return False
    step = line.left - last.left
    if len(group) > 1 and abs(step) > _INDENT * size:
        return True
    if len(group) == 1 and step > _INDENT * size and last.right < right - 2 * size:
        return True
    return last.right + 0.3 * size + _first_word(line) < right - 0.5 * size  # the next word would have fitted


def _centred(line: Line, left: float, right: float) -> bool:
    """A line with about the same space on both sides."""
    before, after = line.left - left, right - line.right
    return before > line.size and abs(before - after) < 1.5 * line.size


def _on_one_axis(a: Line, b: Line) -> bool:
    """Two lines of different width with one middle: centred, wherever their column stands."""
    off = abs(a.left + a.right - b.left - b.right) / 2
    return off < 0.35 * b.size and abs((a.right - a.left) - (b.right - b.left)) > b.size


def _first_word(line: Line) -> float:
    """Width of the first word in points."""
    end = line.text.index(" ") if " " in line.text else len(line.text)
    return line.x1[end - 1] - line.left


# ---------------------------------------------------------------- blocks


def _block(lines: list[Line], chars: Chars, usual: float) -> Block:
    runs = _runs(lines, chars.has_codes)
    text = "".join(run.text for run in runs)
    top, bottom = lines[0].top, lines[-1].bottom
    in_margin = bottom < _MARGIN * chars.height or top > (1 - _MARGIN) * chars.height
    kind: BlockKind = "paragraph"
    note: str | None = None
    mark = _MARK.fullmatch(runs[0].text.strip()) if runs[0].origin == "sup" else None
    if in_margin and _PAGE_NUMBER.fullmatch(text.strip()):
        kind = "running"
    elif mark and len(runs) > 1 and lines[0].size < 0.95 * usual and top > 0.4 * chars.height:
        kind, note = "footnote", mark[1]
    return Block(kind, runs, note_ref=note)


def _runs(lines: list[Line], has_codes: bool) -> tuple[Run, ...]:
    """Runs of one font and size over all lines of a block; a line end is part of the run before it."""
    pieces: list[tuple[Style, list[str], array[int], array[float]]] = []
    for n, line in enumerate(lines):
        if n:
            same_row = line.base - lines[n - 1].base < 0.5 * line.size and line.left > lines[n - 1].right
            first = line.styles[line.style[0]]
            if pieces[-1][0].raised and not first.raised:
                pieces.append((first, [], array("I"), array("f")))
            _, text, codes, boxes = pieces[-1]
            text.append(" " if same_row else "\n")
            codes.append(NO_CODE)
            boxes.extend((0.0, 0.0, 0.0, 0.0))
        for index, group in groupby(range(len(line.text)), key=line.style.__getitem__):
            members = list(group)
            start, end = members[0], members[-1] + 1
            style = line.styles[index]
            if not pieces or not _alike(pieces[-1][0], style):
                pieces.append((style, [], array("I"), array("f")))
            _, text, codes, boxes = pieces[-1]
            text.extend(line.text[start:end])
            codes.extend(line.codes[start:end])
            top, bottom = style.base - ASCENT * style.size, style.base + DESCENT * style.size
            for c, x0, x1 in zip(line.text[start:end], line.x0[start:end], line.x1[start:end], strict=True):
                boxes.extend((0.0, 0.0, 0.0, 0.0) if c == " " else (x0, top, x1, bottom))
    return tuple(
        Run(
            "".join(text),
            codes=codes if has_codes else None,
            font=style.font,
            size=round(style.size, 2),
            places=CharBoxes(boxes),
            origin="sup" if style.raised else "body",
            bold=style.bold,
            italic=style.italic,
        )
        for style, text, codes, boxes in pieces
    )


def _alike(a: Style, b: Style) -> bool:
    """Two stretches belong to one run."""
    return a.font == b.font and a.raised == b.raised and a.bold == b.bold and abs(a.size - b.size) < 0.05


def _turned(stretches: list[Stretch], chars: Chars) -> list[Block]:
    """Text that does not run left to right (a stamp, a water mark): a block for each stretch, in drawing order."""
    blocks: list[Block] = []
    for s in stretches:
        text, codes, boxes = [], array("I"), array("f")
        box = s.box or (0.0, 0.0, 0.0, 0.0)
        for i, c in enumerate(s.text):
            for letter in c:
                text.append(letter)
                codes.append(s.codes[i] if s.codes else NO_CODE)
                boxes.extend(box)
        if joined := "".join(text).strip():
            cut = "".join(text).index(joined[0])
            end = cut + len(joined)
            run = Run(
                joined,
                codes=codes[cut:end] if chars.has_codes else None,
                font=s.font,
                size=round(s.size, 2),
                places=CharBoxes(boxes[4 * cut : 4 * end]),
                bold=s.bold,
                italic=s.italic,
            )
            blocks.append(Block("stamp", (run,)))
    return blocks
