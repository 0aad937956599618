"""Sentences of a paragraph, as ranges of its flow."""

from __future__ import annotations

import regex

# accepts the end of a sentence before the next one: ". Hoàn thành", "…; - Chủ trì"; never after an abbreviation ("TP. ", "KT. ")
_END = regex.compile(r'[.!?…]+["”»)]* (?=["“«(]?(?:\p{Lu}|[-+] ))')
# accepts an abbreviation, an initial or the marker of an item before the full stop: "TP", "T.Ư", "ThS", "1", "IV"
_NO_END = regex.compile(
    r"(?:^|[\s(\"“])(?:TP|Tp|TT|TX|Tx|Q|P|H|KT|TM|TL|TUQ|GS|PGS|TS|ThS|BS|KS|CN|Mr|Mrs|St|tr|vs|No|Tr|Đ/c|[A-ZĐ]|T\.Ư)\.$"
)


def sentences_of(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Sentences of a flow from ``start`` (behind the marker), without the spaces between them."""
    out: list[tuple[int, int]] = []
    begin = start
    for m in _END.finditer(text, start):
        stop = m.end() - 1
        if m.start() - begin < 2 or _NO_END.search(text, max(begin, m.start() - 8), m.start() + 1):
            continue
        out.append((begin, stop))
        begin = m.end()
    if text[begin:].strip():
        out.append((begin, len(text)))
    return out
