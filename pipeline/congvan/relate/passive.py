"""Tasks that stand before who does them: "Việc kiểm tra do Thanh tra Sở chủ trì", "Số hóa hồ sơ: Sở Nội vụ thực hiện"."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from congvan.relate.actors import listed
from congvan.relate.predicates import FACT, verb_at
from congvan.relate.subjects import Mention, Mentions, Words

# accepts the word before who acts: " do ", " được giao cho ", ", giao cho "
_BY = regex.compile(r"(?P<by>,? do|,? (?:được )?(?P<giao>giao|phân công)(?: nhiệm vụ)?(?: cho)?|:) ")
# accepts the verb of who acts: " chủ trì", " đảm nhiệm", " thực hiện", " quản lý, thanh quyết toán"
_ROLE = regex.compile(
    r",? (?:có trách nhiệm |chịu trách nhiệm |trực tiếp )?(?:(?P<leads>chủ trì|làm đầu mối|đầu mối)|đảm nhiệm|đảm nhận|thực hiện|phụ trách|chịu trách nhiệm|quản lý|tổ chức|triển khai|bảo đảm|chi trả|xây dựng|lập|tham mưu|thẩm định|giải quyết|tổng hợp|điều hành|bố trí|cân đối)\b"
)
# accepts a role that says no more than that somebody does it
_DOES = regex.compile(
    r",? (?:chịu trách nhiệm |trực tiếp )?(?:chủ trì|làm đầu mối|đầu mối|đảm nhiệm|đảm nhận|thực hiện|phụ trách|chịu trách nhiệm)\b"
)
# accepts what makes "do" a reason: "là do", "nguyên nhân do", "do … chưa"
_REASON = regex.compile(
    r"(?:\blà|nguyên nhân|chủ yếu|một phần|vướng mắc|chậm|gây ra|ban hành|tổ chức) $", regex.IGNORECASE
)
# accepts what stands before the partners: ", ", " và "
_GAP = regex.compile(r"[,;]? (?:và )?")
_LEAST = 8  # characters of a task before its doer


@dataclass(frozen=True, slots=True)
class Passive:
    """Who does a task that stands first."""

    lead: list[Mention]
    coordinating: list[Mention]
    modality: str | None
    action: tuple[int, int]


def task_first(text: str, start: int, end: int, mentions: Mentions, words: Words) -> Passive | None:
    """The task and its doers, None where the clause is not of this form."""
    for m in _BY.finditer(text, start + _LEAST, end):
        if _REASON.search(text, max(start, m.start() - 20), m.start() + 1):
            return None
        colon = m["by"] == ":"
        if colon and not verb_at(text, start, end, words, capital=True):
            continue
        lead = listed(text, mentions, m.end(), end, words)
        role = _ROLE.match(text, lead[-1].end, end) if lead else None
        if role is None or FACT.match(text, lead[-1].end + 1, end):
            continue
        if m["giao"] and "được" not in m["by"] and role["leads"] is None:
            continue
        if (
            colon
            and text[role.end() : end].strip(" .;/,")
            and role["leads"] is None
            and not text[role.end() : end].startswith((",", ";", ".", " trước", " trong", " xong", " chậm"))
        ):
            continue
        if (
            listed(text, mentions, start, m.start(), words)
            and not text.startswith(("Nhiệm vụ", "Kinh phí"), start)
            and not colon
        ):
            continue
        at = role.end()
        partners: list[Mention] = []
        gap = _GAP.match(text, at, end)
        probe = gap.end() if gap is not None else at
        stop = words.at("coordinate", probe)
        if stop is not None:
            partners = listed(text, mentions, stop + 1, end, words)
        else:
            named = listed(text, mentions, probe, end, words)
            if named and words.at("coordinate", named[-1].end + 1) is not None:
                partners = named
        modality = m["giao"].lower() if m["giao"] else None
        whole = (
            _DOES.match(text, lead[-1].end, end) is None
        )  # "do Sở A quản lý, quyết toán": what is done stands behind
        return Passive(lead, partners, modality, (start, end if whole else m.start()))
    return None
