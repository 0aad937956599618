"""Paragraphs rebuilt from lines. A blank line inside a sentence ends nothing; footnotes, page numbers and stamps leave
the flow and keep their place; a paragraph goes on after them and over the end of a page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

import regex

from congvan.document import BlockSpan, CleanDocument, Flow, Paragraph, ParagraphKind, Span
from congvan.language.bodies import HEAD_NOUN, elided
from congvan.language.gazetteer import known_place
from congvan.language.letterforms import ADDRESS_LINE, BODY_START, ISSUED_WITH, RECIPIENTS_LINE, SIGNING, TYPE_LINE
from congvan.language.markers import Marker, marker_of
from congvan.language.verbs import is_verb
from congvan.segment.bare_tables import BareTable, bare_tables
from congvan.segment.indents import PageStarts, page_starts
from congvan.segment.lines import PAGE_NUMBER, Line, Measure, lines_of, mark_roles, measure

# accepts a note mark attached to the word before it: "ý kiến khác nhau(1):", "tỉnh(2)"
_NOTE_MARK = regex.compile(r"(?<=[\p{L}\d”\"%)])\((\d{1,2})\)")
# accepts a line that is a footnote, its mark first: "(1) Theo Quyết định số 86/QĐ-UBND"
_NOTE_START = regex.compile(r"\((\d{1,2})\) ?(?=[\p{L}\d“\"])")
# accepts the Roman figure of a quarter that a line end parted from its word: "II/2026.", "IV năm 2025"
_QUARTER = regex.compile(r"(?:III|II|IV|I)(?: ?[/.,-] ?\d| năm |[.,;]?$)")
# accepts a line end after which a sentence must go on: a comma, "và", "của", "số", "ngày", "Quý" ...
_OPEN_END = regex.compile(
    r"(?:[,(]|(?<=\s)[-–]|\b(?:và|của|về|các|những|do|theo|tại|cho|với|số|ngày|tháng|năm|quý|khoản|điều|điểm|mục|từ|đến|"
    r"trong|là|trên|thuộc|hoặc|giai đoạn|thứ))$",
    regex.IGNORECASE,
)
# accepts a figure at the end of a line, and what goes on with it: the second end of a range ("43,5" / "- 45 tỷ"), a unit in capitals
# ("724.000" / "USD", "hai triệu" / "EUR")
_FIGURE_END = regex.compile(r"(?:\d ?%?|(?<!\p{L})(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng))$")
_RANGE_END = regex.compile(r"[-–] ?\d")
_UNIT_START = regex.compile(
    r"(?:USD|EUR|VN[ĐD]|JPY|GBP|CNY|NDT|KRW|LAK|THB|AUD|SGD|MWp?|GWh?|MWh|MVA|KVA|KV|KW|HA|TB|GB|CV|HP)(?!\p{L})"
)
# accepts the two halves of a hyphenated name that a line end may part: "Lao động" | "- Thương binh", "kinh tế" | "- xã hội"
_HYPHENATED = regex.compile(
    r"(?:Lao động \| Thương binh|Khoa giáo \| Văn xã|Nông nghiệp \| Tài nguyên|kinh tế \| xã hội|chính trị \| xã hội|"
    r"văn hóa \| xã hội|Kế hoạch \| Tài chính|Quy hoạch \| Kiến trúc|Độc lập \| Tự do|Tự do \| Hạnh phúc|"
    r"Bà Rịa \| Vũng Tàu|Thừa Thiên \| Huế|Phan Rang \| Tháp Chàm|Kinh tế \| (?:Hạ tầng|Ngân sách|Xã hội)|Tài chính \| Kế hoạch)",
    regex.IGNORECASE,
)
# accepts a line end inside the name of a body, before the dash of its next word: "và Bộ phận Tài chính" | "- Kế toán xã"
_NAME_BEFORE_DASH = regex.compile(
    r"(?:Sở|Ban|Phòng|Bộ phận|Trung tâm|Văn phòng|Chi cục|Cục|Vụ|Viện|Khoa|Tổ|Đội|Hội đồng|Trường|Công ty)(?: [-–]| và|,|(?<! [-–]) \p{Lu}[\p{L}\p{M}]*(?: \p{Ll}[\p{L}\p{M}]*)?){1,8}$"
)
# accepts a line end that leaves a name without its place or its field: "Ủy ban nhân dân phường" | "Đạo Thạnh", "Sở" | "Văn hóa"
_NEEDS_NAME = regex.compile(
    r"(?:(?<!\p{L})(?P<noun>Sở|Bộ|Phòng|Ban|Cục|Chi cục|Tổng cục|Trung tâm|Kho bạc|Hội|Viện)|"
    r"(?P<place>(?:tỉnh|thành phố|thị xã|thị trấn|huyện|quận|phường|xã|đặc khu)(?: \p{Lu}[\p{L}\p{M}'’]*){0,3}))$"
)
# accepts the words in capitals that a line begins with: "Đạo Thạnh", "Cát"
_CAPITALS = regex.compile(r"\p{Lu}[\p{L}\p{M}'’]*(?: \p{Lu}[\p{L}\p{M}'’]*){0,3}")
# accepts the start of what is a paragraph of its own wherever it stands: one of the bases of a decision, "Căn cứ Luật", "Xét đề nghị",
# the basis of a letter, "Triển khai Thông tư số 5", its closing line, "Trên đây là"
_BASIS = regex.compile(
    r"(?:Căn cứ|Xét|Theo đề nghị|Trên đây là|(?:Thực hiện|Triển khai) (?:Nghị (?:quyết|định)|Quyết định|Chỉ thị|Kế hoạch|Chương trình|Công (?:văn|điện)|Thông (?:tư|báo|tri)|Kết luận|Văn bản) (?:số|của))\b"
)
# accepts who decides, in capitals below the title of a decision: "HỘI ĐỒNG NHÂN DÂN TỈNH", "CHỦ TỊCH ỦY BAN NHÂN DÂN"
_ENACTS = regex.compile(
    r"(?:(?:HỘI ĐỒNG|ỦY BAN|UỶ BAN|CHỦ TỊCH|CHỦ NHIỆM|(?:TỔNG )?GIÁM ĐỐC|BỘ TRƯỞNG|(?:TỔNG |CHI )?CỤC TRƯỞNG|THỦ TƯỚNG|CHÁNH|HIỆU TRƯỞNG|TRƯỞNG BAN|THƯỜNG TRỰC)"
    r"(?= \p{Lu}{2})|CHÍNH PHỦ|QUỐC HỘI)"
)
# accepts the line of a công điện that says who sends it to whom: "Chủ tịch Ủy ban nhân dân tỉnh điện:"
_CALLS = regex.compile(r"\p{Lu}[\p{L} ,-]{4,90} điện ?:")
# accepts the start of a subject: "V/v triển khai", "Về việc tháo gỡ"
_SUBJECT = regex.compile(r"V/v|Về việc")
# accepts a line that is no part of a subject: "Kính gửi:", "Căn cứ Luật", "Kon Tum, ngày 3 tháng 3 năm 2023", "CỘNG HÒA XÃ HỘI"
_AFTER_SUBJECT = regex.compile(r"(?:Kính gửi|Căn cứ|Thực hiện)\b|[\p{L} .]+, ngày\b|\p{Lu}{2,} \p{Lu}{2,}")
# accepts words and figures between white space
_WORD = regex.compile(r"\S+")

_RUNNING = 0.55  # of a full line: a line of running text has more, one of a letterhead less
_LABEL_LENGTH = 40  # of a line that begins with "Nơi nhận" and is its label


@dataclass(slots=True)
class Draft:
    """A paragraph being built."""

    kind: ParagraphKind
    lines: list[Line]
    marker: Marker | None = None
    note_ref: str | None = None
    block: BlockSpan | None = None


@dataclass(slots=True)
class _State:
    """What the builder remembers from line to line."""

    drafts: list[Draft] = field(default_factory=list)
    open: Draft | None = None  # paragraph that may go on
    note: Draft | None = None  # footnote that may go on
    broken: bool = False  # something out of the flow stood between
    marks: set[str] = field(default_factory=set)  # note marks seen in the flow
    last: dict[str, int] = field(default_factory=dict)  # last ordinal of each kind of marker
    tables: int = 0  # number of the next table that the lines show
    placed: bool = False  # blocks come from a page whose lines have places: their borders mean something
    cells: dict[tuple[int | None, int | None, int | None], Draft] = field(
        default_factory=dict
    )  # the last paragraph of each
    starts: PageStarts | None = None  # what the first line of a page says, where lines have places


def paragraphs_of(clean: CleanDocument) -> list[Draft]:
    """The paragraphs of a document in reading order; outline, zones and kinds of the letterhead are not set yet."""
    blocks = clean.blocks or (BlockSpan("text", Span(0, len(clean.text)), 1),)
    lines = [lines_of(clean, block, i) for i, block in enumerate(blocks)]
    loose = [block.kind == "text" or (block.kind == "paragraph" and clean.pages is not None) for block in blocks]
    how = measure([line for group, free in zip(lines, loose, strict=True) if free for line in group])
    state = _State(
        marks={span.of(clean.text).strip("()[]") for span in clean.note_marks}, placed=clean.pages is not None
    )
    if state.placed:
        state.starts = page_starts(clean, [group for group, free in zip(lines, loose, strict=True) if free])
    state.tables = 1 + max((block.table for block in blocks if block.table is not None), default=-1)
    for block, group, free in zip(blocks, lines, loose, strict=True):
        if not group:
            continue
        if free:
            _take_lines(state, block, group, how)
        else:
            for part in _parts(group) if block.kind == "cell" and clean.pages is None else [group]:
                _take_block(state, block, part)
        if clean.pages is not None and free:
            state.note = None
    return state.drafts


def _parts(lines: list[Line]) -> list[list[Line]]:
    """The paragraphs of a cell: its lines are lines that somebody set, but for those that only go on."""
    out = [[lines[0]]]
    for before, line in pairwise(lines):
        if _breaks(before, line, Measure(0, 0)) or marker_of(line.text) is not None:
            out.append([line])
        else:
            out[-1].append(line)
    return out


def _take_block(state: _State, block: BlockSpan, lines: list[Line]) -> None:
    """A block whose borders the format gives."""
    first = lines[0].text
    marker = marker_of(first)
    kind: ParagraphKind = "running" if block.kind in {"running", "stamp"} else "body"
    if block.kind in {"heading", "cell", "footnote"}:
        kind = block.kind
    draft = Draft(kind, lines, marker, block.note_ref, block)
    if kind == "cell":
        place = (block.table, block.row, block.column)
        above = state.cells.get(place)
        if (
            above is not None
            and above.lines[-1].page != lines[0].page
            and not above.lines[-1].terminal
            and marker is None
        ):
            above.lines.extend(lines)  # the row goes on over the end of the page
            return
        state.cells[place] = draft
    if kind == "body":
        before = state.open
        if before is not None and before.kind == "body" and marker is None and first[0].islower():
            last = before.lines[-1]
            if not last.terminal:
                before.lines.extend(lines)
                return
        if marker is not None:
            draft.kind = "item"
        state.open = draft
    elif kind != "footnote" and kind != "running":
        state.open = None
    state.drafts.append(draft)


def _take_lines(state: _State, block: BlockSpan, lines: list[Line], how: Measure) -> None:
    """The lines of a bare text or of a page; those that are cells of a table leave the flow."""
    tables = {table.start: table for table in bare_tables(lines, how)} if block.kind == "text" else {}
    roles = mark_roles(lines) if not state.placed or len(lines) == 1 else lines
    at = 0
    while at < len(lines):
        table = tables.get(at)
        if table is None:
            _take_line(state, roles[at], how)
            at += 1
        else:
            _take_table(state, table, roles, how)
            at = table.end


def _take_table(state: _State, table: BareTable, lines: list[Line], how: Measure) -> None:
    """Cells, each a paragraph; numbers and footnotes of pages between them stay what they are."""
    cell: tuple[int, int] | None = None
    for i in range(table.start, table.end):
        line = lines[i]
        at = table.cells.get(i)
        if at is None:
            _take_line(state, replace(line, role="number") if PAGE_NUMBER.fullmatch(line.text) else line, how)
        elif at == cell and state.drafts[-1].kind == "cell":
            state.drafts[-1].lines.append(line)
        else:
            block = BlockSpan("cell", line.span, line.page or 1, row=at[0], column=at[1], table=state.tables)
            state.drafts.append(Draft("cell", [replace(line, role="text")], block=block))
            state.open, state.note = None, None
        cell = at
    state.tables += 1
    state.open, state.note, state.broken = None, None, False


def _take_line(state: _State, line: Line, how: Measure) -> None:
    """A line of bare text or of a page."""
    if line.role != "text":
        if line.role != "rule":
            state.drafts.append(Draft("running", [line]))
        state.note, state.broken = None, True
        return
    if state.broken or line.new_page:
        line = replace(line, blank=min(line.blank, how.gap))
    note = None if state.placed else _NOTE_START.match(line.text)
    if note is not None and note[1] in state.marks and not _continues_list(state, note[1]):
        state.note = Draft("footnote", [line], None, note[1])
        state.drafts.append(state.note)
        return
    state.marks.update(_NOTE_MARK.findall(line.text))
    if state.note is not None:
        if _note_goes_on(state.note.lines[-1], line, how):
            state.note.lines.append(line)
            return
        state.note, state.broken = None, True
        line = replace(line, blank=min(line.blank, how.gap))
    before = state.open
    last = before.lines[-1] if before is not None else None
    marker = marker_of(line.text)
    if before is not None and last is not None and _parts_a_name(last, line):
        before.lines.append(line)
        return
    if marker is not None and not _believable(state, marker, last, line, how):
        marker = None
    if (
        before is not None
        and marker is None
        and not _ends_title(state, line)
        and (_narrow_subject(before, line, how) or not _parted(state, before.lines[-1], line, how))
    ):
        before.lines.append(line)
    else:
        state.open = Draft("item" if marker is not None else "body", [line], marker)
        state.drafts.append(state.open)
        if marker is not None and marker.ordinal is not None:
            state.last[marker.kind] = marker.ordinal
    state.broken = False


def _narrow_subject(draft: Draft, line: Line, how: Measure) -> bool:
    """True for the next line of a subject (trích yếu) set in the narrow left column of a letter's head."""
    last = draft.lines[-1]
    if not _SUBJECT.match(draft.lines[0].text) or last.terminal or _AFTER_SUBJECT.match(line.text):
        return False
    if line.page is not None and line.block != last.block:
        return False
    return line.blank <= 1 and all(len(part.text) < 0.62 * how.width for part in (*draft.lines, line))


def _ends_title(state: _State, line: Line) -> bool:
    """True for the first line of the body right below the subject of a document: "Thực hiện …", "Chủ tịch … điện:"."""
    if BODY_START.match(line.text) is None and _CALLS.match(line.text) is None:
        return False
    last = state.drafts[-2:]
    titled = len(last) == 2 and TYPE_LINE.match(last[0].lines[0].text) is not None and last[0].lines[0].text.isupper()
    return titled or (bool(last) and _SUBJECT.match(last[-1].lines[0].text) is not None)


def _continues_list(state: _State, number: str) -> bool:
    """True where "(n)" is the next item of a list of bracketed numbers."""
    return state.last.get("bracket") == int(number) - 1 and int(number) > 1


def _note_goes_on(last: Line, line: Line, how: Measure) -> bool:
    if line.new_page or line.blank > how.gap or marker_of(line.text) is not None:
        return False
    return not last.terminal or how.full(last, line)


def _parts_a_name(last: Line, line: Line) -> bool:
    """True where a line end parts a name: "Sở Lao động" / "- Thương binh và Xã hội", "Ủy ban nhân dân phường" / "Đạo Thạnh"."""
    if line.text[0] not in "-–":
        return line.blank == 0 and line.text[0].isupper() and not line.text.isupper() and _place_goes_on(last, line)
    return _HYPHENATED.search(f"{' '.join(last.text.split()[-2:])} | {line.text[1:].lstrip()}") is not None


def _place_goes_on(last: Line, line: Line) -> bool:
    """True where a line ends in a kind of unit, or in half of its name, and the rest of that name begins the next one."""
    open_name = _NEEDS_NAME.search(last.text)
    if open_name is None:
        return False
    if HEAD_NOUN.match(line.text):
        return False
    if open_name["noun"] is not None:
        return elided(open_name["noun"], line.text, 0) is not None
    half = open_name["place"].partition(" ")[2] if open_name["place"][0].islower() else ""
    for kind in ("phố ", "xã ", "trấn ", "khu "):  # the second syllable of "thành phố"
        half = half.removeprefix(kind) if open_name["place"].startswith(("th", "đặc")) else half
    half = "" if half in ("phố", "xã", "trấn", "khu") else half
    if half and known_place(half):
        return False
    words = _CAPITALS.match(line.text)
    if words is None:
        return False
    rest = words[0].split(" ")
    return any(known_place(" ".join((half, *rest[:n])).strip()) for n in range(1, len(rest) + 1))


def _believable(state: _State, marker: Marker, last: Line | None, line: Line, how: Measure) -> bool:
    """True where a marker starts an item, and is not a wrapped piece of a sentence ("tháng" / "3. ", "- Thương binh")."""
    if last is None:
        return True
    rest = line.text[marker.length :]
    if marker.kind == "dash":
        if _FIGURE_END.search(last.text) and _RANGE_END.match(line.text):
            return False
        inside = (
            line.blank == 0
            and len(last.text) > max(40, 0.7 * how.width)
            and _NAME_BEFORE_DASH.search(last.text) is not None
            and not HEAD_NOUN.match(rest)
            and not is_verb(*[*rest.lower().split(), "", ""][:2])
        )
        return last.terminal or line.blank > how.gap or not (rest[:1].islower() or inside)
    if marker.kind == "bracket" and marker.number.isdigit():
        return (marker.ordinal == 1 and last.terminal) or state.last.get("bracket", 0) + 1 == marker.ordinal
    if last.terminal or marker.ordinal is None:
        return True
    if _OPEN_END.search(last.text):
        return False
    if marker.ordinal == 1 or marker.ordinal == state.last.get(marker.kind, 0) + 1:
        return True
    return line.blank > how.gap


def _parted(state: _State, a: Line, b: Line, how: Measure) -> bool:
    """True where a new paragraph starts with line ``b``; on a page the blocks of its reader have a say."""
    if not state.placed:
        return _breaks(a, b, how)
    if a.page != b.page:
        goes_on = state.starts.goes_on(b) if state.starts is not None and a.terminal else None
        return _breaks(a, b, how) if goes_on is None else not goes_on
    if a.block == b.block and a.terminal and state.starts is not None and state.starts.begins(b):
        return True
    if a.block == b.block and len(a.text) > _RUNNING * how.width:
        return _stands_alone(a, b) or (a.text.isupper() != b.text.isupper() and _breaks(a, b, how))
    if a.block == b.block:
        return _breaks(a, b, how)
    goes_on = b.text[0].islower() or b.text[0] in ",;.)%" or _OPEN_END.search(a.text) is not None
    return a.terminal or not goes_on or _breaks(a, b, how)


def _stands_alone(a: Line, b: Line) -> bool:
    """True where one of two lines is no running text: the label of the recipients, who signs, to whom it is addressed."""
    if SIGNING.match(b.text) or SIGNING.match(a.text) or ISSUED_WITH.match(b.text) or ADDRESS_LINE.match(b.text):
        return True
    return RECIPIENTS_LINE.match(b.text) is not None and len(b.text) < _LABEL_LENGTH


def _breaks(a: Line, b: Line, how: Measure) -> bool:
    """True where a new paragraph starts with line ``b``."""
    if _stands_alone(a, b):
        return True
    if ISSUED_WITH.match(a.text) and ")" not in a.text:
        return False
    if b.text.isupper() and not a.text.isupper() and _ENACTS.match(b.text) and not _OPEN_END.search(a.text):
        return True
    starts_low = b.text[0].islower() or b.text[0] in ",;.)%"
    full = how.full(a, b)
    gap = b.blank > how.gap
    if a.terminal:
        if starts_low:
            return not full
        return gap or not full or a.text.endswith((":", "./.")) or _BASIS.match(b.text) is not None
    if _FIGURE_END.search(a.text) and (_UNIT_START.match(b.text) or _RANGE_END.match(b.text)):
        return False
    caps_a, caps_b = a.text.isupper(), b.text.isupper()
    if _OPEN_END.search(a.text) and (caps_a == caps_b or _QUARTER.match(b.text)):
        return False
    if caps_a != caps_b and not full:
        return True
    if starts_low or b.text[0].isdigit():
        return False
    if caps_a:
        return gap or len(a.text) < 0.45 * how.width
    return not full


def flow_of(lines: list[Line]) -> Flow:
    """The running text of lines: single spaces, lines joined; a line that ends in a hyphen set without a space before it
    ("2021-" / "2025") is joined without one."""
    parts: list[str] = []
    starts: list[int] = []
    offsets: list[int] = []
    length = 0
    glue = True
    for line in lines:
        for m in _WORD.finditer(line.text):
            if not glue:
                parts.append(" ")
                length += 1
            starts.append(length)
            offsets.append(line.span.start + m.start())
            parts.append(m[0])
            length += len(m[0])
            glue = False
        words = line.text.rsplit(maxsplit=1)
        glue = len(words[-1]) > 1 and words[-1][-1] in "-‐–" and words[-1][-2].isalnum()
    return Flow("".join(parts), tuple(starts), tuple(offsets))


def finish(draft: Draft) -> Paragraph:
    """The paragraph of a draft."""
    flow = flow_of(draft.lines)
    span = Span(draft.lines[0].span.start, draft.lines[-1].span.end)
    block = draft.block
    return Paragraph(
        kind=draft.kind,
        flow=flow,
        span=span,
        page=draft.lines[0].page,
        marker=draft.marker.number if draft.marker else None,
        note_ref=draft.note_ref,
        row=block.row if block else None,
        column=block.column if block else None,
        table=block.table if block else None,
    )
