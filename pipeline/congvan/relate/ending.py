"""The end of a document: recipients (nơi nhận) and signatory (người ký). Source: Decree 30/2020, Annex I."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from congvan.document import CleanDocument, Layout, Span
from congvan.language.letterforms import POSITION, RECIPIENTS_LINE

# accepts a purpose in brackets at the end of a recipient: "(b/c)", "(để báo cáo)", "(đ/b)", "(t/h)"
_PURPOSE = regex.compile(
    r"\s*\((?P<purpose>(?:để )?(?:b/c|t/h|đ/b|đ/t|p/h|k/t|th/h|báo cáo|thực hiện|biết|đưa tin|đăng tải|phối hợp|đăng|kiểm tra)[^()]{0,30})\)\s*$",
    regex.IGNORECASE,
)
# accepts the archive copy: "Lưu: VT, KTTH"
_ARCHIVE = regex.compile(r"Lưu ?:? ?(?=\p{L})", regex.IGNORECASE)
# accepts a mark of authority: "TM.", "KT", "TUQ."
_AUTHORITY = regex.compile(r"(?P<mark>TM|KT|TL|TUQ|T/M|K/T|T/L|Q)(?:\.| |\. )(?=\p{Lu})")
# accepts the name of a person, a rank or degree before it: "Lê Ngọc Tuấn", "Đại tá Nguyễn Văn B", "TS. Trần Thị C"
_NAME = regex.compile(
    r"(?:(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)|GS|PGS|TS|ThS|Th\.S|BS|CN|KS|LS)\.? ?)*(?P<name>\p{Lu}\p{Ll}*(?: \p{Lu}\p{Ll}*){1,5}|\p{Lu}+(?: \p{Lu}+){1,5})"
)
# accepts what is written over the name: "(đã ký)", "(Đã ký)", "Đã ký"
_SIGNED = regex.compile(r"\(?(?:đã ký|ký, đóng dấu|signed)\)?", regex.IGNORECASE)
# accepts the colon that opens a sub-list: "Văn phòng UBND tỉnh:"
_LIST_MARK = regex.compile(r"^[-–•+*]\s*")
# accepts white space that parts the two columns of the end
_COLUMNS = regex.compile(r"\s{3,}|\t+|\n")

_REACH = 400  # characters between two lines of one signature block


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """A recipient as written, where it stands, and what the copy is for."""

    text: str
    span: Span
    purpose: str | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed. ``signed_for`` is what stands behind "TM.", as "ỦY BAN NHÂN DÂN"; ``span`` covers the whole block."""

    name: str | None
    position: str | None
    authority: tuple[str, ...]
    signed_for: str | None
    signed_for_span: Span | None
    span: Span


def read_recipients(clean: CleanDocument, layout: Layout) -> list[RecipientLine]:
    """The lines of "Nơi nhận", in order."""
    out: list[RecipientLine] = []
    inside = False
    for p in layout.paragraphs:
        if p.kind != "recipients":
            inside = inside and p.kind in {"running", "footnote", "signature"}  # the columns may stand line by line
            continue
        head = RECIPIENTS_LINE.match(p.text)
        inside = inside or head is not None
        if not inside:
            continue
        start = head.end() if head else 0
        for a, b in _items(p.text, start):
            line = _recipient(p.text[a:b])
            if line is not None:
                lead = p.text.find(line[0], a)
                out.append(RecipientLine(line[0], p.flow.span(lead, lead + len(line[0])), line[1]))
    return out


def _items(text: str, start: int) -> list[tuple[int, int]]:
    """Items of one paragraph: "- A; - B." set in one line are two."""
    out: list[tuple[int, int]] = []
    begin = start
    for i in range(start, len(text)):
        if text[i] == ";" and text[i + 1 : i + 3].lstrip()[:1] in {"-", "–", "+", ""}:
            out.append((begin, i))
            begin = i + 1
    out.append((begin, len(text)))
    return out


def _recipient(text: str) -> tuple[str, str | None] | None:
    kept = _LIST_MARK.sub("", text.strip()).strip(" ;.,:")
    if not any(c.isalnum() for c in kept):
        return None
    archive = _ARCHIVE.match(kept)
    if archive is not None:
        return kept[archive.end() :], "lưu"
    m = _PURPOSE.search(kept)
    if m is not None:
        return kept[: m.start()].strip(" ;.,:"), m["purpose"]
    return kept, None


def read_signature(clean: CleanDocument, layout: Layout) -> Signature | None:
    """The signature block: marks of authority in order, position of the person who signs, name where it is printed."""
    parts = [p for p in layout.paragraphs if p.kind == "signature"]
    if not parts:
        return None
    block = [parts[0]]
    for p in parts[1:]:
        if p.span.start - block[-1].span.end > _REACH:
            break
        block.append(p)
    span = Span(block[0].span.start, block[-1].span.end)
    authority: list[str] = []
    position: str | None = None
    signed_for: Span | None = None
    name: str | None = None
    for start, end in (line for p in block for line in _lines(clean.text, p.span)):
        line = clean.text[start:end]
        mark = _AUTHORITY.match(line)
        if mark is not None:
            authority.append(mark["mark"] if "/" in mark["mark"] else f"{mark['mark']}.")
            if mark["mark"] in {"TM", "T/M"}:
                signed_for = Span(start + mark.end(), end)
            elif mark["mark"] == "Q":
                position = line
        elif POSITION.match(line) and line.isupper():
            position = line
        elif _SIGNED.fullmatch(line):
            continue
        elif authority or position:
            m = _NAME.fullmatch(line)
            if m is not None:
                name = m["name"] if not m["name"].isupper() else m["name"].title()
    return Signature(
        name, position, tuple(authority), signed_for.of(clean.text) if signed_for else None, signed_for, span
    )


def _lines(text: str, span: Span) -> list[tuple[int, int]]:
    """Lines of the block, without the white space around them; columns set side by side taken apart."""
    out: list[tuple[int, int]] = []
    at = span.start
    for part in _COLUMNS.split(span.of(text)):
        begin = text.find(part, at) if part else at
        at = begin + len(part)
        bare = part.strip(" *_/\r\f")
        if bare:
            start = text.find(bare, begin)
            out.append((start, start + len(bare)))
    return out
