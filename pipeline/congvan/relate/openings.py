"""What may stand before the subject of a clause: connectives, times, purposes, grounds and conditions."""

from __future__ import annotations

import regex

from congvan.relate.actors import listed
from congvan.relate.predicates import role_at, verb_at
from congvan.relate.subjects import Mentions, Words

# accepts connectives with their comma: "Thứ nhất, ", "Ngoài ra, ", "mặt khác ", "(1) "
_CONNECTIVE = regex.compile(
    r"(?:(?:Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy)|(?:Một|Hai|Ba|Bốn|Năm) là|Từ nay trở đi|Trước mắt|Ngoài ra|Đồng thời|Bên cạnh đó|Trong đó|Theo đó|Vì vậy|Do đó|Một mặt|Mặt khác|Song song với đó|Tiếp theo|Nhân dịp này)(?:,\s*|:\s*|\s)|Cụ thể(?: là)?[,:]\s*"
    r"|Riêng (?:đối với )?(?=\p{Lu})|\((?:\d{1,2}|[ivx]{1,4})\)\s*)",
    regex.IGNORECASE,
)
# accepts the word that opens a time, purpose or ground: "Để ", "Trước ", "Căn cứ ", "Ngay từ "
_ADVERBIAL = regex.compile(
    r"(?:Để|Riêng|Nhằm|Trên cơ sở|Trên tinh thần|Căn cứ|Theo(?! dõi)|Qua|Tại|Với|Về|Trước|Trong|Đến|Chậm nhất|Muộn nhất|(?:Ngay )?(?:sau|từ)(?: khi)?|Định kỳ|(?:Hằng|Hàng) (?:năm|quý|tháng|tuần|ngày)|Đầu|Cuối|Năm|Quý|Tháng|Ngày|Từ|Nhận được|Thực hiện(?= (?:Nghị|Quyết|Chỉ|Kế hoạch|Công|Thông|Chương trình)))\b",
    regex.IGNORECASE,
)
# accepts the word that opens a condition: "Trường hợp ", "Nếu ", "Khi ", "Quá thời hạn ", "Đối với những nội dung"
_IF = regex.compile(
    r"(?:(?:Trong )?(?:trường hợp|quá trình(?: tổ chức)?(?: triển khai)?(?: thực hiện)?,? nếu)|Nếu|Khi|Quá (?:thời hạn|hạn|ngày)|Sau thời (?:hạn|gian)|Đối với(?! (?:\p{Lu}|các (?:sở|ngành|đơn vị|cơ quan|địa phương)))|Hết thời hạn)\s",
    regex.IGNORECASE,
)
# accepts a place where an opening may end; brackets are passed over
_END = regex.compile(r"\([^)]*\)|(?P<end>,(?= )| thì(?= )|:(?= \p{L}))\s*|(?P<stop>[.;](?= |$))")
_REACH = 600  # characters of an opening
_MOST = 4


def behind_openings(
    text: str, at: int, end: int, mentions: Mentions, words: Words, below: bool
) -> tuple[int, str | None]:
    """Where the clause proper begins, and the condition that stands before it.

    An opening ends at the first comma behind which somebody acts or is ordered to; a verb ends it where the subject stands in the
    line above (``below``), or where nothing better follows.
    """
    condition: str | None = None
    for _ in range(_MOST):
        connective = _CONNECTIVE.match(text, at, end)
        if connective is not None:
            at = connective.end()
            continue
        opening = _IF.match(text, at, end)
        conditional = opening is not None
        opening = opening or _ADVERBIAL.match(text, at, end)
        if opening is None or (not conditional and _is_task(text, at, end, words)):
            break
        stop = _stop(text, opening.end(), end, mentions, words, below or conditional)
        if stop is None:
            break
        if conditional and condition is None:
            condition = text[at : stop[0]]
        at = stop[1]
    return at, condition


def _is_task(text: str, at: int, end: int, words: Words) -> bool:
    """True for a verb that looks like an opening: "Thực hiện nghiêm", "Theo dõi"."""
    return (
        text[at : at + 8].lower() not in ("căn cứ ", "thực hiệ")
        and words.at("act", at) is not None
        and not text[at:].lower().startswith(("căn cứ", "định kỳ", "thực hiện"))
    )


def _stop(text: str, start: int, end: int, mentions: Mentions, words: Words, verbs: bool) -> tuple[int, int] | None:
    """End of the opening and start of what follows it."""
    fallback: tuple[int, int] | None = None
    for m in _END.finditer(text, start + 1, min(end, start + _REACH)):
        if m["stop"] is not None:
            break
        if m["end"] is None:
            continue
        here = m.start(), m.end()
        if (
            words.at("assign", m.end()) is not None
            or role_at(text, m.end(), words)
            or listed(text, mentions, m.end(), end, words)
        ):
            return here
        if verb_at(text, m.end(), end, words, capital=True):
            if verbs or m[0].startswith(":"):
                return here
            fallback = fallback or here
    return fallback
