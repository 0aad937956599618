"""From the reader's blocks to one text, its repair, and the way back to the page."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from congvan.document import (
    OCR,
    Block,
    BlockSpan,
    CharBoxes,
    CleanDocument,
    Edit,
    Places,
    Problem,
    RawDocument,
    Span,
    Verdict,
)
from congvan.repair.font_evidence import Letter, Outlines, judge_fonts
from congvan.repair.text import RepairedText, repair_text

NO_CODE = 0xFFFFFFFF
NO_BOX = array("f", (0.0, 0.0, 0.0, 0.0))


@dataclass(slots=True)
class _Piece:
    """A run (or what stands between two) in the linear text."""

    start: int
    text: str
    page: int
    boxes: CharBoxes | None = None


@dataclass(slots=True)
class _Linear:
    """The blocks of a document as one text."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    pieces: list[_Piece] = field(default_factory=list)
    fonts: array[int] = field(default_factory=lambda: array("q"))
    codes: array[int] = field(default_factory=lambda: array("q"))
    words: array[int] = field(default_factory=lambda: array("q"))  # of text read by OCR the number of its word
    read: frozenset[int] = frozenset()  # the "fonts" of such text
    blocks: list[tuple[Span, Block, int]] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)

    def add(
        self, text: str, page: int, font: int = -1, codes: array[int] | None = None, boxes: CharBoxes | None = None
    ) -> None:
        if not text:
            return
        if boxes is not None and len(boxes) != len(text):
            boxes = None
        self.pieces.append(_Piece(self.length, text, page, boxes))
        self.parts.append(text)
        self.length += len(text)
        nothing = [-1] * len(text)
        if font in self.read and codes is not None and len(codes) == len(text):
            self.fonts.extend(nothing)
            self.codes.extend(nothing)
            self.words.extend(-1 if c == NO_CODE else c for c in codes)
            return
        self.words.extend(nothing)
        self.fonts.extend([font] * len(text))
        if codes is not None and len(codes) == len(text):
            self.codes.extend(-1 if c == NO_CODE else c for c in codes)
        else:
            self.codes.extend(nothing)


def linearise(raw: RawDocument) -> _Linear:
    """One text of all blocks.

    A block of kind "text" is kept exactly as it is. Other blocks end in a line feed; cells of one row of a table are
    parted by a tab. A page begins on a new line.
    """
    out = _Linear(read=frozenset(n for n, font in enumerate(raw.fonts) if font.kind == OCR))
    last: tuple[Block, int] | None = None
    ended = True  # the text so far ends in a line end, or is empty
    for page, block in raw.blocks():
        if last is not None:
            before, number = last
            same_row = (
                before.kind == block.kind == "cell"
                and (before.table, before.row) == (block.table, block.row)
                and before.column != block.column
            )
            exact = before.kind == block.kind == "text" and number == page.number
            if same_row:
                out.add("\t", page.number)
            elif not exact and not ended:
                out.add("\n", page.number)
        start = out.length
        for run in block.runs:
            if run.origin == "sup" and run.text:
                out.marks.append(Span(out.length, out.length + len(run.text)))
            out.add(run.text, page.number, -1 if run.font is None else run.font, run.codes, run.places)
        out.blocks.append((Span(start, out.length), block, page.number))
        last = (block, page.number)
        if out.length > start:
            ended = out.parts[-1].endswith(("\n", "\r"))
    return out


class _Forward:
    """Offsets of the raw text as offsets of the clean text; one inside an edit goes to the edit's start or end."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._at = 0
        self._shift = 0

    def offset(self, raw: int, end: bool) -> int:
        """Offset of ``raw``; calls must ascend."""
        while self._at < len(self._edits) and self._edits[self._at].span.end <= raw:
            edit = self._edits[self._at]
            self._shift += len(edit.after) - edit.span.length
            self._at += 1
        if self._at < len(self._edits):
            edit = self._edits[self._at]
            if edit.span.start < raw:
                return edit.span.start + self._shift + (len(edit.after) if end else 0)
        return raw + self._shift


def _places(pieces: Sequence[_Piece], edits: Sequence[Edit], length: int, has_boxes: bool) -> Places:
    """Pieces of the clean text with a box for each of its characters; an edit's characters share its union box."""
    starts: list[int] = []
    pages: list[int] = []
    boxes: list[CharBoxes | None] = []
    at = 0  # next edit
    out = 0  # offset in the clean text
    skip = 0  # offset in the raw text up to which an edit reached out of the piece before
    for piece in pieces:
        begin, i = out, max(skip, piece.start)
        stop = piece.start + len(piece.text)
        column = array("f")
        while i < stop:
            edit = edits[at] if at < len(edits) else None
            if edit is not None and edit.span.start == i:
                if piece.boxes is not None:
                    union = piece.boxes.box(i - piece.start, max(edit.span.end - piece.start, i - piece.start + 1))
                    column.extend((array("f", union) if union else NO_BOX) * len(edit.after))
                out += len(edit.after)
                at += 1
                i = skip = edit.span.end
                continue
            until = min(stop, edit.span.start) if edit is not None else stop
            if piece.boxes is not None:
                column.extend(piece.boxes.values[4 * (i - piece.start) : 4 * (until - piece.start)])
            out += until - i
            i = until
        if out > begin:
            starts.append(begin)
            pages.append(piece.page)
            boxes.append(CharBoxes(column) if piece.boxes is not None else None)
    if not has_boxes:
        return _merged(starts, pages, length)
    return Places(tuple(starts), tuple(pages), tuple(boxes), length)


def _merged(starts: list[int], pages: list[int], length: int) -> Places:
    """Without boxes one piece for each page is enough."""
    kept = [i for i in range(len(starts)) if i == 0 or pages[i] != pages[i - 1]]
    return Places(tuple(starts[i] for i in kept), tuple(pages[i] for i in kept), (None,) * len(kept), length)


def repair_document(
    raw: RawDocument, learned: Sequence[Outlines] = (), language_model: bool = True, without: tuple[str, ...] = ()
) -> CleanDocument:
    """Repair a document as read: one clean text, the plan that made it, and the way back to blocks, pages and boxes.

    Args:
        raw: as read. learned: outlines besides those that are shipped. language_model: as of :func:`repair_text`.
        without: fonts of the shipped index to leave out (measurements).
    """
    linear = linearise(raw)
    text = "".join(linear.parts)
    words = linear.words if any(word >= 0 for word in linear.words) else None
    has_fonts = any(f >= 0 for f in linear.fonts)
    if has_fonts or words is not None:
        names = [font.name for font in raw.fonts]
        letters: dict[tuple[int, int], Letter] = {}
        if any(code >= 0 for code in linear.codes):
            judged = judge_fonts(raw.fonts, learned, without)
            for number, known in enumerate(judged):
                letters |= {(number, code): letter for code, letter in known.items()}
            if any(font.shapes for font in raw.fonts):
                from congvan.repair.shapes import shape_letters

                letters |= shape_letters(text, linear.fonts, linear.codes, raw.fonts, judged, language_model, without)
        repaired = repair_text(text, linear.fonts, linear.codes, letters, names, language_model, words, raw.readings)
    else:
        repaired = repair_text(text, language_model=language_model)
    forward = _Forward(repaired.edits)
    blocks: list[BlockSpan] = []
    for span, block, page in linear.blocks:
        start = forward.offset(span.start, end=False)
        new = Span(start, max(start, forward.offset(span.end, end=True)))
        drawn = [run for run in block.runs if run.text.strip()]
        blocks.append(
            BlockSpan(
                block.kind,
                new,
                page,
                block.level,
                block.row,
                block.column,
                block.table,
                block.note_ref,
                bool(drawn) and all(run.bold for run in drawn),
            )
        )
    forward = _Forward(repaired.edits)
    marks = tuple(Span(forward.offset(m.start, end=False), forward.offset(m.end, end=True)) for m in linear.marks)
    has_boxes = any(p.boxes is not None for p in linear.pieces)
    return CleanDocument(
        source=raw.source,
        reader=raw.reader,
        raw=text,
        text=repaired.text,
        edits=repaired.edits,
        verdicts=(*repaired.verdicts, *_layer_verdicts(raw, blocks)),
        unresolved=repaired.unresolved,
        blocks=tuple(blocks),
        note_marks=marks,
        places=_places(linear.pieces, repaired.edits, len(repaired.text), has_boxes) if raw.paged else Places(),
        pages=len(raw.pages) if raw.paged else None,
        problems=(*raw.problems, *_problems(repaired)),
        doubts=_doubts(repaired),
        pictures=frozenset(page.number for page in raw.pages if page.scan is not None),
    )


_SURE = 0.97  # words read with less are kept as doubts


def _doubts(repaired: RepairedText) -> tuple[tuple[Span, float], ...]:
    """The words that OCR read without certainty, by their spans in the repaired text."""
    forward = _Forward(repaired.edits)
    return tuple(
        (Span(forward.offset(span.start, end=False), forward.offset(span.end, end=True)), sure)
        for span, sure in repaired.doubts
        if sure < _SURE
    )


def _layer_verdicts(raw: RawDocument, blocks: Sequence[BlockSpan]) -> Iterator[Verdict]:
    """What became of the text layers of pictures: a verdict for each page that had one."""
    for page in raw.pages:
        spans = [b.span for b in blocks if b.page == page.number]
        if page.scan is None or page.scan.layer == "none" or not spans:
            continue
        kept = page.scan.layer == "kept"
        yield Verdict(
            "page",
            Span(spans[0].start, spans[-1].end),
            "clean" if kept else "repaired",
            None if kept else "ocr-layer",
            f"text layer {page.scan.layer}: {page.scan.evidence}",
            page.scan.confidence,
        )


def _problems(repaired: RepairedText) -> tuple[Problem, ...]:
    left = [v for v in repaired.verdicts if v.verdict == "damaged"]
    if not left and not repaired.unresolved:
        return ()
    families = sorted({v.family for v in left if v.family})
    kind = f" ({', '.join(families)})" if families else ""
    places = len(repaired.unresolved)
    message = f"{places} place{'s look' if places > 1 else ' looks'} damaged{kind} and could not be repaired."
    if not places:
        message = f"The text looks damaged{kind} and could not be repaired."
    return (
        Problem("repair", "damaged-text", message, "See `congvan repair --explain`, or read the file again by OCR."),
    )
