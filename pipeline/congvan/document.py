"""The types that pass between stages: frozen, picklable, printable as JSON. Span arithmetic, and nothing else.

    Source ─read→ RawDocument ─repair→ CleanDocument ─segment→ Layout ─extract→ Findings ─relate→ Record (record.py)

Spans are half-open ``[start, end)`` and count Unicode code points. Character boxes are columns (``array('f')``), never
an object each: a page of 3,000 characters costs 48 kB.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal, NamedTuple


class Span(NamedTuple):
    """Half-open range of code points in a text."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of code points."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """The text that the span covers."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        """The same range, moved by ``by`` code points."""
        return Span(self.start + by, self.end + by)

    def covers(self, other: tuple[int, int]) -> bool:
        """True where ``other`` lies wholly inside."""
        return self.start <= other[0] and other[1] <= self.end

    def overlaps(self, other: tuple[int, int]) -> bool:
        """True where the two share a code point."""
        return self.start < other[1] and other[0] < self.end


class Box(NamedTuple):
    """Rectangle on a page in points, origin at the upper left: x0, top, x1, bottom."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong without ending the work.

    Attributes:
        stage: read, repair, segment, extract, relate or store.
        category: a short stable key, as ``CongvanError.category`` or "no-text-layer", "damaged-text", "page-failed".
        message: what is wrong. hint: what to do next.
        page: page number from 1, or None for the whole document.
    """

    stage: str
    category: str
    message: str
    hint: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from. ``path`` is relative to what was given; ``size`` is in bytes."""

    path: str
    sha256: str
    size: int
    media_type: str


# ---------------------------------------------------------------- read


BlockKind = Literal["paragraph", "heading", "cell", "footnote", "running", "stamp", "text"]


@dataclass(frozen=True, slots=True)
class CharBoxes:
    """Boxes of the characters of a run, in columns: ``values[4*i : 4*i+4]`` is x0, top, x1, bottom of character i."""

    values: array[float]

    def __len__(self) -> int:
        return len(self.values) // 4

    def box(self, start: int = 0, end: int | None = None) -> Box | None:
        """Smallest box around characters ``[start, end)``; None when they have no extent (spaces made by the reader)."""
        stop = len(self) if end is None else min(end, len(self))
        v = self.values[4 * start : 4 * stop]
        lefts, tops, rights, bottoms = v[0::4], v[1::4], v[2::4], v[3::4]
        blank = rights.count(0.0)  # characters made by the reader have boxes of zeros
        if blank:
            if blank == len(rights):
                return None
            if lefts.count(0.0) != blank or tops.count(0.0) != blank or bottoms.count(0.0) != blank:
                drawn = [i for i in range(len(rights)) if rights[i] > lefts[i] or bottoms[i] > tops[i]]
                if not drawn:
                    return None
                lefts, tops, rights, bottoms = (
                    array("f", [c[i] for i in drawn]) for c in (lefts, tops, rights, bottoms)
                )
                return Box(min(lefts), min(tops), max(rights), max(bottoms))
            return Box(
                min(filter(None, lefts)), min(filter(None, tops)), max(filter(None, rights)), max(filter(None, bottoms))
            )
        return Box(min(lefts), min(tops), max(rights), max(bottoms)) if rights else None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one font and size inside a block.

    Attributes:
        text: as the file gives it, before any repair.
        codes: the font's character codes, one for each character of ``text`` (0xFFFFFFFF where a character was made by
            the reader, as a space between words); None where the format has none.
        font: index into ``RawDocument.fonts``, or None.
        size: font size in points, 0 where unknown.
        places: character boxes, or None.
        origin: ``body``, ``sup`` (raised: a note mark), ``label`` (made by the word processor: an automatic number).
        bold, italic: as far as the file tells.
    """

    text: str
    codes: array[int] | None = None
    font: int | None = None
    size: float = 0.0
    places: CharBoxes | None = None
    origin: Literal["body", "sup", "label"] = "body"
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, table cell, footnote, running head or foot, stamp, or (bare text) a whole page of lines.

    Attributes:
        kind: "text" is bare text whose paragraphs the segmenter has to find; all other kinds are as the format says.
        level: heading level from 1, 0 otherwise.
        row, column: of a cell, from 0, None otherwise. table: number of the table in the document, None otherwise.
        note_ref: the mark of a footnote ("1"), None otherwise.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 0
    row: int | None = None
    column: int | None = None
    table: int | None = None
    note_ref: str | None = None

    @property
    def text(self) -> str:
        """The text of all runs."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Reading:
    """What OCR read in the picture of one word.

    Attributes:
        text: the word. confidence: of the engine in the word, 0 to 1.
        choices: for each character of ``text`` what else it may be, with the cost in nats above what was read; empty where
            the engine says nothing of it.
    """

    text: str
    confidence: float
    choices: tuple[tuple[tuple[str, float], ...], ...] = ()


LayerState = Literal["none", "kept", "replaced"]


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """How the picture of a page was read.

    Attributes:
        layer: the text layer that came with the picture: there was none, it was kept, or it was replaced by what OCR read.
        evidence: what decided that, in a few words. confidence: of that decision, or of the reading where there was none.
    """

    layer: LayerState
    evidence: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page. ``number`` counts from 1; width and height in points, 0 for formats without pages; ``scan`` of a picture."""

    number: int
    blocks: tuple[Block, ...]
    width: float = 0.0
    height: float = 0.0
    scan: ScanFacts | None = None

    @property
    def is_read(self) -> bool:
        """True where the text of the page was read from its picture."""
        return self.scan is not None and self.scan.layer != "kept"


OCR = "OCR"  # the kind of the "font" of text that was read from pictures


@dataclass(frozen=True, slots=True)
class FontFacts:
    """What the file says of a font. Reading collects facts; repair decides.

    Attributes:
        name: as in the file, with subset prefix. kind: TrueType, Type0, Type1, Type3, CFF, :data:`OCR` or "" (word processor).
        to_unicode: code -> text of the ToUnicode CMap; None where there is none.
        encoded: code -> text by the font's encoding (names of glyphs), for simple fonts.
        own_cmap: code -> text of the font program's own Unicode cmap; None where there is none or it was not read.
        glyph_ids: code -> glyph id. outlines: glyph id -> hash of its outline. empty: glyph ids without outline.
        widths: code -> advance in 1/1000 em. embedded: the font program is in the file.
        shapes: glyph id -> small grey picture, of outlines that no index knows, where codes of the font say nothing.
    """

    name: str
    kind: str = ""
    to_unicode: Mapping[int, str] | None = None
    own_cmap: Mapping[int, str] | None = None
    glyph_ids: Mapping[int, int] = field(default_factory=dict)
    outlines: Mapping[int, int] = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)
    embedded: bool = False
    encoded: Mapping[int, str] = field(default_factory=dict)
    empty: frozenset[int] = frozenset()
    shapes: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document as read: pages of blocks of runs, before any repair.

    Attributes:
        reader: ``text``, ``markdown``, ``html``, ``docx``, ``pdf-text``, ``pdf-evidence``, ``ocr``.
        producer: the program that wrote the file, as the file says, else "".
        paged: False where the format has no pages (there is then one page numbered 1, and no places).
        readings: the words that OCR read; the codes of a run in a font of the kind :data:`OCR` number them.
    """

    source: Source
    reader: str
    pages: tuple[RawPage, ...]
    fonts: tuple[FontFacts, ...] = ()
    problems: tuple[Problem, ...] = ()
    producer: str = ""
    paged: bool = False
    readings: tuple[Reading, ...] = ()

    def blocks(self) -> Iterator[tuple[RawPage, Block]]:
        """All blocks in reading order, each with its page."""
        for page in self.pages:
            for block in page.blocks:
                yield page, block


# ---------------------------------------------------------------- repair


VerdictKind = Literal["clean", "repaired", "damaged", "not-evaluated"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement of the repair plan.

    Attributes:
        span: range in the text BEFORE repair that is replaced by ``after``. Edits of a plan do not overlap and are sorted.
        before, after: the two texts. family: id of the damage (``facts``: ghostscript-range, utf8-mojibake, decomposed …).
        evidence: what decided, in a few words. confidence: 0 to 1.
    """

    span: Span
    before: str
    after: str
    family: str
    evidence: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Judgement of one unit of text (a line, a paragraph, a font of a PDF). ``span`` points into the clean text."""

    unit: str
    span: Span
    verdict: VerdictKind
    family: str | None = None
    evidence: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a healthy document teaches: an outline (64 bits of its hash), the character it draws, font and advance (1/1000 em)."""

    outline: int
    character: str
    font: str
    advance: float


@dataclass(frozen=True, slots=True)
class BlockSpan:
    """A block of the reader as a range of the clean text. The other fields are those of :class:`Block`."""

    kind: BlockKind
    span: Span
    page: int
    level: int = 0
    row: int | None = None
    column: int | None = None
    table: int | None = None
    note_ref: str | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a page (from 1)."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Places:
    """The way from the clean text back to the page: consecutive pieces of text, each with its page and boxes.

    Attributes:
        starts: start of each piece in the clean text, ascending.
        pages: page number of each piece. boxes: character boxes of each piece, or None. Piece i ends where i+1 starts;
            a piece with boxes has one box for each of its characters.
        length: length of the clean text.
    """

    starts: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()
    boxes: tuple[CharBoxes | None, ...] = ()
    length: int = 0

    def page_of(self, offset: int) -> int | None:
        """Page number of a code point, None outside the text or without pages."""
        i = bisect_right(self.starts, offset) - 1
        return self.pages[i] if i >= 0 and offset < self.length else None

    def of(self, span: tuple[int, int]) -> tuple[Place, ...]:
        """Boxes of a span, one for each line and page it touches; empty without boxes."""
        found: list[Place] = []
        i = max(bisect_right(self.starts, span[0]) - 1, 0)
        while i < len(self.starts) and self.starts[i] < span[1]:
            stop = self.starts[i + 1] if i + 1 < len(self.starts) else self.length
            boxes = self.boxes[i]
            if boxes is not None:
                box = boxes.box(max(span[0] - self.starts[i], 0), min(span[1], stop) - self.starts[i])
                if box is not None:
                    found.append(Place(self.pages[i], box))
            i += 1
        return _joined(found)


def _joined(places: Sequence[Place]) -> tuple[Place, ...]:
    """Join boxes that stand on one line of one page."""
    out: list[Place] = []
    for place in places:
        last = out[-1] if out else None
        if last is not None and last.page == place.page:
            a, b = last.box, place.box
            middle = (b.top + b.bottom) / 2
            if a.top <= middle <= a.bottom or b.top <= (a.top + a.bottom) / 2 <= b.bottom:
                joined = Box(min(a.x0, b.x0), min(a.top, b.top), max(a.x1, b.x1), max(a.bottom, b.bottom))
                out[-1] = Place(last.page, joined)
                continue
        out.append(place)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """The repaired document: one NFC text and the way back.

    Attributes:
        source, reader: as read. raw: the text before repair, in the order of ``text``.
        text: the repaired text. edits: the plan from ``raw`` to ``text`` (:func:`congvan.repair.plan.apply_plan`).
        verdicts: one for each judged unit. unresolved: spans of ``text`` that look damaged and could not be repaired.
        blocks: the reader's blocks as spans of ``text``. note_marks: spans of raised note marks in ``text``.
        places: way back to pages and boxes. pages: number of pages, None for formats without pages.
        lessons: outlines of unknown fonts, of a document whose fonts say the truth.
        pictures: numbers of the pages that are pictures, with or without a text layer of their own.
        doubts: spans of ``text`` that were read from a picture without certainty, ascending, each with the probability that
            it is right.
    """

    source: Source
    reader: str
    raw: str
    text: str
    edits: tuple[Edit, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    unresolved: tuple[Span, ...] = ()
    blocks: tuple[BlockSpan, ...] = ()
    note_marks: tuple[Span, ...] = ()
    places: Places = field(default_factory=Places)
    pages: int | None = None
    problems: tuple[Problem, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    doubts: tuple[tuple[Span, float], ...] = ()
    pictures: frozenset[int] = frozenset()


class RawMap:
    """The way from spans of the repaired text back to the text before repair, in logarithmic time."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts: list[int] = []  # start of each edit in the repaired text
        self._shifts: list[int] = []  # len(repaired) - len(raw) up to the end of each edit
        shift = 0
        for edit in edits:
            self._starts.append(edit.span.start + shift)
            shift += len(edit.after) - edit.span.length
            self._shifts.append(shift)

    def span(self, span: tuple[int, int]) -> Span:
        """The range before repair that a span of the repaired text comes from; one that cuts an edit is widened to all of it."""
        i = bisect_right(self._starts, span[0]) - 1
        if i >= 0 and span[0] < self._starts[i] + len(self._edits[i].after):
            start = self._edits[i].span.start
        else:
            start = span[0] - (self._shifts[i] if i >= 0 else 0)
        j = bisect_left(self._starts, span[1]) - 1
        if j >= 0 and span[1] <= self._starts[j] + len(self._edits[j].after):
            end = self._edits[j].span.end
        else:
            end = span[1] - (self._shifts[j] if j >= 0 else 0)
        return Span(start, end)


# ---------------------------------------------------------------- segment


@dataclass(frozen=True, slots=True)
class Flow:
    """Running text of one paragraph: lines joined by single spaces, with the way back to the clean text.

    Rules run on ``text``; ``span`` brings a match back. A word that was broken at a line end, a page number or a footnote
    between two lines are left out of ``text``, so the span of a match may cover more of the clean text than the match.

    Attributes:
        text: the joined text.
        starts: start of each piece in ``text``, ascending, the first 0. offsets: start of the same piece in the clean text.
    """

    text: str
    starts: tuple[int, ...]
    offsets: tuple[int, ...]

    def offset(self, position: int) -> int:
        """Offset in the clean text of the character at ``position`` of the flow."""
        i = bisect_right(self.starts, position) - 1
        return self.offsets[i] + position - self.starts[i]

    def position(self, offset: int) -> int | None:
        """Position in the flow of the character at ``offset`` of the clean text; None for one that the flow leaves out."""
        i = bisect_right(self.offsets, offset) - 1
        if i < 0:
            return None
        at = self.starts[i] + offset - self.offsets[i]
        end = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)
        return at if at < end else None

    def span(self, start: int, end: int) -> Span:
        """Span in the clean text of ``text[start:end]`` (not empty)."""
        return Span(self.offset(start), self.offset(end - 1) + 1)


ParagraphKind = Literal[
    "body", "heading", "item", "footnote", "cell", "head", "title", "recipients", "signature", "running"
]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the flow.

    Attributes:
        kind: "item" and "heading" carry a marker of the outline; "running" is a page number, running head or stamp.
        flow: its running text, marker included.
        span: from its first to its last character in the clean text.
        page: page of its first character, None without pages.
        marker: number of the outline as written, without brackets and dots ("1", "a", "II", "-", "+"), or None.
        node: id of the outline node that it belongs to ("2.a", "II.3.đ"), None before the first one.
        note_ref: mark of a footnote ("1"), None otherwise.
        row, column, table: of a cell.
    """

    kind: ParagraphKind
    flow: Flow
    span: Span
    page: int | None = None
    marker: str | None = None
    node: str | None = None
    note_ref: str | None = None
    row: int | None = None
    column: int | None = None
    table: int | None = None

    @property
    def text(self) -> str:
        """Running text of the paragraph."""
        return self.flow.text


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the outline. ``id`` is the path of markers; ``kind`` is roman, number, letter, dash, plus, star, bracket,
    part, chapter, section, article, clause, point or heading; ``paragraph`` the index of its first paragraph;
    ``span`` covers all its text, children included."""

    id: str
    number: str
    title: str
    kind: str
    span: Span
    parent: str | None
    paragraph: int


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a letter: head, title, addressees, basis, body, recipients, signature, annex."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Layout:
    """Structure over the clean text. ``sentences`` and ``tokens`` are spans of the clean text; ``sentence_of`` gives the
    index of the paragraph of each sentence. Tokens are made on demand (:func:`congvan.segment.tokens.tokenize`)."""

    zones: tuple[Zone, ...]
    outline: tuple[Node, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Span, ...]
    sentence_of: tuple[int, ...]

    def zone(self, name: str) -> Span | None:
        """Span of the first zone of that name."""
        return next((z.span for z in self.zones if z.name == name), None)


# ---------------------------------------------------------------- extract


FindingKind = Literal[
    "agencies",
    "percentages",
    "amounts",
    "quantities",
    "dates",
    "deadlines",
    "citations",
    "obligations",
    "targets",
    "results",
    "checks",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """A value found in the text.

    Attributes:
        id: stable over re-parsing: made from kind, quote and context, not from offsets.
        kind: a key of RECORD.md. span: in the clean text. value: keys of RECORD.md for that kind, plain JSON values and
            ``Decimal``. rule: id of the rule. confidence: measured precision of the rule.
        quote: as written, lines joined. before, after: up to 32 characters on either side, lines joined.
        paragraph: index into ``Layout.paragraphs``. at: start of the quote in the paragraph's flow.
    """

    id: str
    kind: FindingKind
    span: Span
    value: Mapping[str, Any]
    rule: str
    confidence: float
    quote: str
    before: str = ""
    after: str = ""
    paragraph: int = -1
    at: int = -1


def to_json(value: Any) -> Any:
    """A stage's type as plain JSON values: dataclasses become objects, arrays and tuples lists, spans pairs."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): to_json(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, array)):
        return [to_json(v) for v in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return float(value) if hasattr(value, "as_tuple") else str(value)
