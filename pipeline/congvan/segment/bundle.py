"""Files that bundle several documents: a decision and the plan that it issues, or letters one behind the other.

A further document begins behind the end of the one before, with a letterhead of its own, or with a title in capitals that says what
it was issued with: "KẾ HOẠCH … (Ban hành kèm theo Quyết định số …)". An annex (PHỤ LỤC) is a part of its document, and so are
the forms in it.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from congvan.document import BlockSpan, CharBoxes, CleanDocument, Places, RawMap, Span
from congvan.language.letterforms import (
    ANNEX_LINE,
    ISSUED_WITH,
    MOTTO,
    POSITION,
    RECIPIENTS_LINE,
    SIGNING,
    TYPE_LINE,
)

# accepts a line without the white space around it
_LINE = regex.compile(r"[^\s](?:[^\n\r\f]*[^\s])?")
# accepts a form, which has a motto and no number of its own: "Mẫu số 02", "BIỂU MẪU"
_FORM = regex.compile(r"(?:Mẫu|MẪU|Biểu|BIỂU)\b")
# accepts the number of a document that was given one: "Số: 12/QĐ-UBND", "Số 549 /SKHĐT-KT"
_NUMBERED = regex.compile(r"Số ?:? ?\d{1,5} ?[/-]", regex.IGNORECASE)
# accepts the agencies above or beside the motto: "ỦY BAN NHÂN DÂN", "TỈNH KON TUM", "SỞ Y TẾ"
_ISSUER = regex.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|HĐND|HỘI ĐỒNG|SỞ|BỘ|TỔNG CỤC|CỤC|CHI CỤC|BAN|PHÒNG|VĂN PHÒNG|THANH TRA|CÔNG AN|TRUNG TÂM|TRƯỜNG|CHÍNH PHỦ|"
    r"TỈNH|HUYỆN|THÀNH PHỐ|THỊ XÃ|QUẬN|XÃ|PHƯỜNG|THỊ TRẤN|ĐẢNG BỘ|HUYỆN ỦY|TỈNH ỦY|ĐẢNG ỦY)\b[^a-zà-ỹ]*(?: {3,}.*)?"
)
_TITLE_LINES = 7  # lines in which the note of issue follows a title
_HEAD_LINES = 8  # lines in which number and title stand around a motto
_ABOVE = 4  # lines of the head above a motto
_TITLE_LENGTH = 200


def documents_in(clean: CleanDocument) -> list[CleanDocument]:
    """The documents of a file, in order; the file itself where it holds one.

    Each has the text, blocks, edits and places of its own stretch; offsets count from its start.
    """
    starts = starts_of(clean.text)
    if not starts:
        return [clean]
    ends = [*starts, len(clean.text)]
    return [_part(clean, Span(a, b)) for a, b in zip([0, *starts], ends, strict=True)]


def starts_of(text: str) -> list[int]:
    """Where further documents begin in a text, the first one apart."""
    lines = [m.span() for m in _LINE.finditer(text)]
    out: list[int] = []
    ended = annexed = False
    for n, (start, end) in enumerate(lines):
        line = text[start:end]
        begin: int | None = None
        if ended:
            below = [text[a:b] for a, b in lines[n + 1 : n + 1 + _TITLE_LINES]]
            if _titled(line, below) and not any(ANNEX_LINE.match(text[a:b]) for a, b in lines[max(0, n - 2) : n]):
                begin = n
            elif not annexed and MOTTO.search(line[-80:]) and line.isupper():
                begin = _letterhead(text, lines, n)
        if begin is not None:
            out.append(lines[begin][0])
            ended = annexed = False
        elif RECIPIENTS_LINE.match(line) or (SIGNING.match(line) and line.isupper()):
            ended = True
        elif ANNEX_LINE.match(line) or _FORM.match(line):
            annexed = True
    return out


def _titled(line: str, below: list[str]) -> bool:
    """True for the title of what was issued with another document."""
    if TYPE_LINE.match(line) is None or not line.isupper() or len(line) > _TITLE_LENGTH or line.endswith(":"):
        return False
    return any(ISSUED_WITH.match(one) for one in below)


def _letterhead(text: str, lines: list[tuple[int, int]], motto: int) -> int | None:
    """The first line of the letterhead around a motto, None where no numbered document with a title has it."""
    around = [text[a:b] for a, b in lines[max(0, motto - _ABOVE) : motto + _HEAD_LINES]]
    if not any(_NUMBERED.search(one) for one in around):
        return None
    first = motto
    while first > max(0, motto - _ABOVE):
        above = text[slice(*lines[first - 1])]
        if SIGNING.match(above) or POSITION.match(above) or not (_ISSUER.fullmatch(above) or _NUMBERED.match(above)):
            break
        first -= 1
    return first


def _part(clean: CleanDocument, span: Span) -> CleanDocument:
    """The stretch of a document as a document."""
    start, end = span
    raw = RawMap(clean.edits).span(span)
    edits = tuple(
        replace(e, span=Span(e.span.start - raw.start, e.span.end - raw.start))
        for e in clean.edits
        if raw.start <= e.span.start and e.span.end <= raw.end
    )

    def within(one: Span) -> Span | None:
        a, b = max(one.start, start), min(one.end, end)
        return Span(a - start, b - start) if a < b else None

    blocks: list[BlockSpan] = []
    for block in clean.blocks:
        kept = within(block.span)
        if kept is not None:
            blocks.append(replace(block, span=kept))
    return replace(
        clean,
        raw=clean.raw[raw.start : raw.end],
        text=clean.text[start:end],
        edits=edits,
        verdicts=tuple(replace(v, span=s) for v in clean.verdicts if (s := within(v.span)) is not None),
        unresolved=tuple(s for one in clean.unresolved if (s := within(one)) is not None),
        blocks=tuple(blocks),
        note_marks=tuple(s for one in clean.note_marks if (s := within(one)) is not None),
        places=_places(clean.places, start, end),
        doubts=tuple((s, sure) for one, sure in clean.doubts if (s := within(one)) is not None),
    )


def _places(places: Places, start: int, end: int) -> Places:
    """The pieces of a stretch; one that the stretch cuts keeps the boxes of the characters that are left."""
    starts: list[int] = []
    pages: list[int] = []
    boxes: list[CharBoxes | None] = []
    stops = [*places.starts, places.length][1:]
    for begin, stop, page, box in zip(places.starts, stops, places.pages, places.boxes, strict=True):
        a, b = max(begin, start), min(stop, end)
        if a < b:
            starts.append(a - start)
            pages.append(page)
            boxes.append(CharBoxes(box.values[4 * (a - begin) : 4 * (b - begin)]) if box is not None else None)
    return Places(tuple(starts), tuple(pages), tuple(boxes), end - start if places.length else 0)
