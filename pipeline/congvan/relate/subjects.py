"""Who an order speaks to or of: agencies that the authority file knows, lists of them, and actors known by their noun alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import regex

from congvan.rules.load import rules

# accepts what joins two agencies of one list: ", ", " và ", "; ", ", cùng với "
JOIN = regex.compile(
    r"\s*(?:[,;]\s*(?:và|cùng|cùng với|các đồng chí)?\s*|\s(?:và|cùng|cùng với|hoặc)\s)(?:với\s)?", regex.IGNORECASE
)
# accepts a name between two agencies that no list knows: "Viettel Sóc Trăng", "VNPT"
_NAME = regex.compile(r"\p{Lu}[\p{L}\d]*(?: \p{Lu}[\p{L}\d]*){0,4}")
# accepts the noun that an actor's name begins with: "Hiệu trưởng", "Các ấp", "Mỗi hộ gia đình", "Tiểu ban", "Đơn vị quản lý hồ"
_ACTOR = regex.compile(
    r"(?:(?:Các|Mỗi|Từng|Những|Toàn thể|các|mỗi)\s)?(?:đồng chí\s)?(?i:hiệu trưởng|giáo viên|học sinh|kế toán|nhà trường|trường(?! hợp)|ấp|thôn|bản(?! (?:quyền|đồ|án|sao|tin|vẽ|ghi|thân|chất|chính|kê|cam kết|đăng ký|dự thảo))|buôn|làng|tổ(?! chức)|hộ|gia đình|tiểu ban|ban tổ chức|"
    r"nhà thầu|phóng viên|biên tập viên|đơn vị(?! tính)|cơ quan|doanh nghiệp|chủ(?! trì| động| trương| yếu)|người|cán bộ|công chức|đảng viên|chi bộ|đảng bộ|đồn|cảng vụ|lữ đoàn|trạm|đội|hạt|điện lực|bệnh viện|"
    r"trưởng|phó|ngân hàng|công ty|hợp tác xã|câu lạc bộ|liên minh|hiệp hội|trung tâm|ban quản lý|viettel|vnpt|thành viên|huyện ủy viên|tỉnh ủy viên|bí thư|nhân dân|ủy ban|hội đồng|đài|báo(?! cáo))\b"
)
# accepts the end of such a name before its tasks: ":" or a bracket, not after "(nơi có"
_NAME_END = regex.compile(r"\s*[:(]")
# accepts a group, which a comma only goes on: "Trưởng các thôn", before ", làng"
_GROUP = regex.compile(r"\b(?:các|những) \p{Ll}+$")
# accepts the adverb between a name and its verb: " tự", " trực tiếp"
_ADVERB = regex.compile(r" (?:tự|trực tiếp|cũng|sẽ|vẫn)(?: (?:tự|trực tiếp))? $")
# accepts the whole of such a name: words and commas, no stop, no figure of time
_ACTOR_NAME = regex.compile(
    r"(?P<name>\p{L}(?:(?! (?:đã|đang|được|bị|là|của mình|này|thì|nếu|nào)(?: |$))[^.;:()\n]){2,110})"
)
# accepts names that end in capitals, joined by commas, before a word in small letters: "Trường A Vĩnh Hanh, Trường B Vĩnh Hanh"
_PROPER = regex.compile(
    r"(?P<name>\p{L}[^,.;:()]{0,60}? \p{Lu}\p{L}*(?: \p{Lu}\p{L}*)*(?:(?:,| và) \p{Lu}[^,.;:()]{0,60}? \p{Lu}\p{L}*(?: \p{Lu}\p{L}*)*)*)(?= \p{Ll})"
)
# accepts a partner that no list knows with the verb behind it: "các chủ hồ thủy điện vận hành"
_PARTNER = regex.compile(r"(?:(?:các|những) |(?=\p{Lu}))[\p{L} '’-]{6,90}")


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency in a flow: where it stands, and the id of its finding, None where only the formula tells that it is one.

    ``known`` is False for a name that stands in no list, whose end is a guess.
    """

    start: int
    end: int
    finding: str | None = None
    known: bool = True


class Mentions:
    """The agencies of a flow, found by where they start or end."""

    def __init__(self, found: Iterable[Mention]) -> None:
        self._by_start = {m.start: m for m in found}
        self._by_end = {m.end: m for m in self._by_start.values()}
        self._starts = sorted(self._by_start)

    def at(self, position: int) -> Mention | None:
        """The agency that starts at a place."""
        return self._by_start.get(position)

    def between(self, start: int, end: int) -> list[Mention]:
        """The agencies that start in a stretch, in order."""
        return [self._by_start[at] for at in self._starts[bisect_left(self._starts, start) : bisect_left(self._starts, end)]]

    def ending(self, position: int) -> Mention | None:
        """The agency that ends at a place."""
        return self._by_end.get(position)


class Words:
    """Role words of a flow: for each kind of word where they start and end, the longest at each start."""

    def __init__(self, by_kind: Mapping[str, Mapping[int, int]]) -> None:
        self._by_kind = by_kind
        self._starts = {kind: sorted(found) for kind, found in by_kind.items()}

    def at(self, kind: str, position: int) -> int | None:
        """End of a word of that kind that starts at the position."""
        return self._by_kind.get(kind, {}).get(position)

    def between(self, kind: str, start: int, end: int) -> list[tuple[int, int]]:
        """Starts and ends of the words of that kind that start in ``[start, end)``, in order."""
        starts = self._starts.get(kind, [])
        found = starts[bisect_left(starts, start) : bisect_left(starts, end)]
        return [(position, self._by_kind[kind][position]) for position in found]


def role_words(text: str) -> Words:
    """Find the role words of a flow by the rules of ``rules/vi/roles.toml``."""
    found: dict[str, dict[int, int]] = {}
    for m in rules("roles").all_matches(text):
        kind = found.setdefault(m.rule.id.removeprefix("roles."), {})
        kind[m.start] = max(m.end, kind.get(m.start, 0))
    return Words(found)


def chain(text: str, mentions: Mentions, at: int) -> list[Mention]:
    """The list of agencies that starts at ``at``: mentions joined by commas, "và", semicolons."""
    out: list[Mention] = []
    while True:
        here = mentions.at(at)
        if here is None and out:
            here = unknown_between(text, mentions, at)
        if here is None:
            return out
        out.append(here)
        m = JOIN.match(text, here.end)
        if m is None:
            return out
        at = m.end()


def unknown_between(text: str, mentions: Mentions, at: int) -> Mention | None:
    """A name that no list knows before one that is known: "Công an tỉnh, | Viettel Sóc Trăng | và các địa phương"."""
    unknown = _NAME.match(text, at)
    gap = JOIN.match(text, unknown.end()) if unknown is not None else None
    if unknown is None or gap is None or mentions.at(gap.end()) is None:
        return None
    return Mention(at, unknown.end())


def actor(text: str, at: int, end: int, words: Words) -> regex.Match[str] | None:
    """A subject that no list knows, by the noun it begins with: "Hiệu trưởng các trường", "Mỗi hộ gia đình", "Tiểu ban Hậu cần".

    It ends before the first word of duty ("phải", "có nhiệm vụ", "chủ trì"), else before the first verb of a task.
    """
    head = _ACTOR.match(text, at, end)
    if head is None:
        return None
    reach = min(end, head.end() + 90)
    colon = _NAME_END.search(text, head.end(), reach)
    if colon is not None and any(words.between(kind, head.end(), colon.start()) for kind in ("must", "lead")):
        colon = None
    if colon is not None and (named := _ACTOR_NAME.fullmatch(text, at, colon.start())) is not None:
        return named
    for kinds in (("must", "lead", "coordinate"), ("act",)):
        stops = [
            p
            for kind in kinds
            for p, _ in words.between(kind, head.end() + 1, reach)
            if text[p].islower() and not text.endswith("Hậu ", 0, p)
        ]
        for stop in sorted(stops):
            adverb = _ADVERB.search(text, head.end(), stop)
            named = _ACTOR_NAME.fullmatch(text, at, adverb.start() if adverb is not None else stop - 1)
            if named is not None and not named["name"].endswith((" và", ",")):
                return named
    return _proper(text, at, end)


def _proper(text: str, at: int, end: int) -> regex.Match[str] | None:
    """A name that ends in capitals, before a verb that no list knows: "Trường THCS Vĩnh Hanh | mở lớp"."""
    named = _PROPER.match(text, at, end)
    if named is None or _ACTOR_NAME.fullmatch(text, at, named.end()) is None:
        return None
    return named


def actor_heading(text: str, start: int, end: int, words: Words) -> Mention | None:
    """The whole of a heading that is nothing but the name of an actor: "B. Hiệu trưởng các trường"."""
    if _ACTOR.match(text, start, end) is None or words.between("act", start, end) or words.between("lead", start, end):
        return None
    return Mention(start, end)


def names_of(text: str, start: int, end: int) -> list[Mention]:
    """The names of a list that no authority file knows: "Phóng viên, biên tập viên" is two."""
    out: list[Mention] = []
    at = start
    for gap in JOIN.finditer(text, start, end):
        if _ACTOR.match(text, gap.end()) and not _GROUP.search(text, at, gap.start()):
            out.append(Mention(at, gap.start()))
            at = gap.end()
    return [*out, Mention(at, end)]


def unknown_partner(text: str, at: int, end: int, words: Words) -> list[Mention]:
    """A partner that no list knows: what stands between "phối hợp với" and the first verb of the task."""
    named = _PARTNER.match(text, at, end)
    if named is None:
        return []
    verbs = [start for start, _ in words.between("act", at + 5, named.end())]
    return [Mention(at, min(verbs) - 1)] if verbs else []
