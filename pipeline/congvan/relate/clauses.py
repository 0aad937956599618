"""One clause of an order: subject, role, coordinating agencies, action. Works on the flow of a paragraph; knows no lists."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from congvan.relate.subjects import JOIN, Mention, Mentions, Words, actor, chain, names_of, unknown_partner
from congvan.relate.units import listed, unit

# accepts what may open a clause before its subject: "Từ nay trở đi, ", "Ngoài ra, ", "Hằng tuần, ", "Trước 16 giờ thứ Sáu, ", "Riêng "
_OPENING = regex.compile(
    r"(?:(?:Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy)|(?:Một|Hai|Ba|Bốn|Năm) là|Từ nay trở đi|Trước mắt|Ngoài ra|Đồng thời|Bên cạnh đó|Trong đó|Theo đó|Định kỳ[^,.;]{0,40}|(?:Hằng|Hàng) (?:năm|quý|tháng|tuần|ngày)|"
    r"(?:Để|Nhằm|Trên cơ sở|Căn cứ|Theo(?! dõi)|Qua|Tại|Đối với|Về|Trước|Trong|Đến|Chậm nhất|Muộn nhất|(?:Ngay )?Sau khi)\s[^.;:]{3,200}?),\s*|Riêng (?:đối với )?|Các đồng chí |Đồng chí )",
    regex.IGNORECASE,
)
# accepts the word that opens a condition at the head of a sentence: "Trường hợp ", "Nếu "
_IF = regex.compile(r"(?:(?:Trong )?trường hợp|Nếu|Khi)\s", regex.IGNORECASE)
# accepts a place where a condition may end: ", " or " thì "; brackets and figures between are passed over
_IF_END = regex.compile(r"\([^)]*\)|(?P<end>,(?= )| thì(?= ))\s*|[.;](?= |$)")
# accepts what may stand between subject and verb: brackets, ", nhất là …", ", trên cơ sở …, ", "là cơ quan thường trực …, ",
# "theo chức năng, nhiệm vụ được giao "
_BETWEEN = regex.compile(
    r"\s*(?:\([^)]{0,300}\)|,?\s*(?:nhất là|đặc biệt là|trong đó có|bao gồm)\s[^.;:]{1,300}?(?=\s(?:phải|cần|chịu|có trách nhiệm)\s)"
    r"|,?\s*(?:trên cơ sở|căn cứ|theo(?! dõi)|tùy theo|với vai trò|trong phạm vi)\s[^.;:()]{3,200}?(?:(?=\s(?:phải|cần|có trách nhiệm)\s)"
    r"|,(?=\s*(?!nhiệm vụ|quyền hạn|kế hoạch|địa phương)\p{L}))"
    r"|\s*là\s[^.;:]{3,100}?,(?=\s*(?:chủ trì|có trách nhiệm|chịu trách nhiệm)\b)"
    r"|,?\s*(?:theo|căn cứ) chức năng,? nhiệm vụ(?: được giao)?(?: của mình)?(?=[,\s:])|[,\s]+)",
    regex.IGNORECASE,
)
# accepts the first words of what may stand between subject and verb: " trên cơ sở", ", nhất là"
_ASIDE = regex.compile(
    r",?\s*(?:trên cơ sở|căn cứ|theo|tùy theo|trong phạm vi|với vai trò|nhất là|đặc biệt)\b", regex.IGNORECASE
)
# accepts the verb of the order right behind a list: ":" or " thực hiện các nhiệm vụ sau:"
_COLON = regex.compile(
    r"\s*(?:thực hiện|triển khai|tập trung|khẩn trương|nghiêm túc|tổ chức|chủ trì|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|hoàn thành|phải|cần|tốt|một số|các|những|\s|,)*"
    r"(?:(?:nhiệm vụ|nội dung|công việc|việc|giải pháp|yêu cầu)(?: \p{L}+|,){0,8}?)?\s*(?:sau(?: đây)?|như sau)?(?: (?:trước|chậm nhất|trong|xong) [^:]{3,60})?\s*:"
)
# accepts a label before the agencies it stands for: "Các cơ quan chủ trì chương trình mục tiêu quốc gia: "
_LABEL = regex.compile(r"[^.;:()]{4,100}: ")
# accepts a name that no list knows before "chủ trì": "Tổ công tác 35 chủ trì"
_UNKNOWN = regex.compile(
    r"(?P<name>\p{Lu}(?:(?! (?:thì|nếu|nào|khi|để) )[^,.;:()]){2,80}?)\s+(?=(?:chủ trì|làm đầu mối|có trách nhiệm)\b)"
)
# accepts a heading that names whose tasks stand below it: "Nhiệm vụ của Tổ công tác", "Trách nhiệm của Sở Y tế"
_TASKS_OF = regex.compile(
    r"(?:Nhiệm vụ|Trách nhiệm|Quyền hạn)(?:,? (?:nhiệm vụ|trách nhiệm|quyền hạn|cụ thể|và))* của (?:các )?(?=\p{Lu}|các )",
    regex.IGNORECASE,
)
# accepts a document that speaks of itself, no verb: "Thông báo này được gửi", "Quyết định này có hiệu lực"
_SELF = regex.compile(r"\p{Lu}\p{L}*(?: \p{L}+){0,2} này\b")
# accepts the closing line of a notice, no task: "thông báo để các cơ quan, đơn vị biết, thực hiện"
_NOTICE = regex.compile(
    r"thông tin (?:chi tiết|liên hệ)\b|(?:trân trọng|kính) (?:báo cáo|trình|gửi|thông báo)\b|thông báo (?:đến|để|cho)\b[^.;]{0,160}\b(?:biết|thực hiện)\W*$",
    regex.IGNORECASE,
)
# accepts the words before whom the order is for: "Đối với Công an tỉnh: ", "Riêng Sở Y tế: "
_FOR = regex.compile(r"(?:Đối với|Riêng(?: đối với)?|Về phía) ", regex.IGNORECASE)
# accepts the word before who acts, in the passive: "do "
_BY = regex.compile(r"(?:,? (?:được )?giao cho|,? do) ")
# accepts the number of a listed task: "(1) "
_NUMBERED = regex.compile(r"\(\d{1,2}\)\s*")
# accepts a topic before the subject: "Đối với trường nội trú: ", "Về mặt bằng: "
_TOPIC = regex.compile(r"(?:Đối với|Về|Riêng|Tại) [^.;:()]{3,100}: ")
# accepts an order that one agency hands on to another: "Chỉ đạo Chi cục Kiểm lâm ..."
_DIRECTS = regex.compile(r"(?:chỉ đạo|hướng dẫn|đôn đốc|khuyến khích|vận động)\b", regex.IGNORECASE)
# accepts a word in lower case that may be a verb: no preposition, conjunction or auxiliary of a fact
_VERB = regex.compile(
    r"(?!(?:của|và|về|với|tại|trong|từ|cho (?:biết|thấy|rằng)|do|theo|để|như|nhưng|mà|thuộc|trên|ở|có|là|đã|đang|được|bị|gồm|bao gồm|nơi|khi|nếu|hoặc|cùng|đến|"
    r"này|đó|khác|nêu|liên quan)\b)\p{Ll}{2,}"
)
# accepts the first words of an item that may be a verb and its object: "Chi trả tiền", "Cử người trực"; no label, no noun of a figure
_IMPERATIVE = regex.compile(
    r"(?!(?:Về|Đối với|Kinh phí|Thời (?:gian|hạn)|Địa điểm|Mục (?:tiêu|đích)|Nguồn|Tổng (?!hợp|kết)|Số |Tỷ lệ|Diện tích|Trong|Các|Những|Một|Năm|Giai đoạn|"
    r"Thành phần|Nội dung|Tiến độ|Dự (?:toán|án)|Nơi|Phụ lục|Quy mô|Mức|Chỉ tiêu|Kết quả|Tình hình|Yêu cầu|Phạm vi|Đối tượng|Hình thức|Đơn vị|Cơ quan|Ông|Bà|"
    r"Không (?:bao gồm|tính|kể)|Trên đây|Đến|Từ|Theo|Qua|Có|Là|Đã|Được|Hiện|Do|Vì|Nếu|Khi|Trường hợp)\b)\p{Lu}\p{Ll}*(?: \p{Ll}+)(?= [\p{L}\d])(?![^.;]{0,30}:)"
)
# accepts what stands between "chủ trì" and "phối hợp": ", ", " và "
_AND = regex.compile(r"(?:,|và)?\s*")

_MAX_OPENINGS = 3
_MAX_ROLES = 3
_LONGER = 60  # so many characters may a name go on behind what the rules for agencies took
_MAX_BETWEEN = 5
_LONGEST_IF = 300  # characters of a condition


@dataclass(slots=True)
class Clause:
    """What a clause says. Offsets are of the flow; ``action`` is (start, end), empty where the clause only opens a list."""

    start: int
    end: int
    lead: list[Mention] = field(default_factory=list)
    coordinating: list[Mention] = field(default_factory=list)
    modality: str | None = None
    condition: str | None = None
    leads: bool = False  # "chủ trì" or what is like it was said
    must: bool = False  # phải, cần, có trách nhiệm, an assigning verb or "chủ trì": an order without doubt
    action: tuple[int, int] = (0, 0)
    rule: str = ""


def parse_clause(
    text: str,
    start: int,
    end: int,
    mentions: Mentions,
    words: Words,
    *,
    item: bool = False,
    first: bool = False,
    below: bool = False,
) -> Clause | None:
    """Read one clause.

    Args:
        text: a flow. start, end: the clause in it. mentions: the agencies of the flow, by start. words: its role words.
        item: any verb behind the subject is an order, as in a list of tasks. first: the clause opens an item. below: an introductory line
            above gives the subject, so that "Chỉ đạo Chi cục ..." is what that subject does.

    Returns:
        The clause, or None where it is no order: no subject with a role, and no verb of a task at its head.
    """
    out = Clause(start, end)
    at = start
    if text[start:end].isupper():
        return None  # a heading
    if _done_by(text, at, end, mentions, words, out):
        return out
    at = _condition(text, at, end, mentions, words, out)
    if not (below and _DIRECTS.match(text, at)):
        at = _assigned(text, at, end, mentions, words, out)
    if not out.lead:
        at = _subject(text, at, end, mentions, words, out, item)
    if not out.lead:
        return _without_subject(text, at, end, mentions, words, out, first and below)
    return _predicate(text, at, end, mentions, words, out, item)


def _condition(text: str, at: int, end: int, mentions: Mentions, words: Words, out: Clause) -> int:
    """Behind the condition at the head of the clause: "Trường hợp phát sinh khó khăn, vướng mắc, | Sở A báo cáo".

    It ends at the first comma behind which a body or a verb of a task stands, else at the first one.
    """
    opening = _IF.match(text, at, end)
    if opening is None:
        return at
    stops: list[regex.Match[str]] = []
    for m in _IF_END.finditer(text, opening.end() + 3, min(end, opening.end() + _LONGEST_IF)):
        if m["end"] is not None:
            stops.append(m)
        elif m[0][0] != "(":
            break
    followed = (
        m
        for m in stops
        if listed(text, mentions, m.end(), end, words)
        or any(words.at(kind, m.end()) is not None for kind in ("act", "must", "lead", "assign"))
    )
    stop = next(followed, stops[0] if stops else None)
    if stop is None:
        return at
    out.condition = text[at : stop.start()]
    return stop.end()


def _assigned(text: str, at: int, end: int, mentions: Mentions, words: Words, out: Clause) -> int:
    """An assigning verb with agencies right behind it, wherever it stands in the clause; the first one counts."""
    for position, stop in words.between("assign", at, end):
        if _TOLD.search(text, max(0, position - 12), position):
            continue
        if _DIRECTS.match(text, position) and chain(text, mentions, _gap(text, at)):
            continue  # "Sở A chỉ đạo Chi cục B …" is what the subject does
        start = _gap(text, stop + 1) if text[stop : stop + 1] in {" ", ":"} else stop
        opening = _skip_people(text, start)
        lead = listed(text, mentions, opening, end, words)
        if lead and lead[-1].end <= end:
            out.lead, out.modality, out.must = lead, text[position:stop].lower(), True
            out.rule = "obligations.assigned"
            return lead[-1].end
    return at


# accepts what makes an assigning verb a fact: "đã giao", "được yêu cầu", "theo đề nghị"
_TOLD = regex.compile(r"\b(?:đã|được|bị|theo|do|từng|không|chưa) (?:kịp thời )?$", regex.IGNORECASE)
# accepts words before a title: "các đồng chí ", "đồng chí "
_PEOPLE = regex.compile(r"(?:các )?đồng chí ", regex.IGNORECASE)


def _skip_people(text: str, at: int) -> int:
    m = _PEOPLE.match(text, at)
    return m.end() if m else at


def _done_by(text: str, start: int, end: int, mentions: Mentions, words: Words, out: Clause) -> bool:
    """The passive: "Việc kiểm tra do Thanh tra Sở chủ trì, Phòng A phối hợp": action first, then who leads and takes part."""
    for m in _BY.finditer(text, start, end):
        lead = chain(text, mentions, m.end())
        if not lead or words.at("lead", _gap(text, lead[-1].end)) is None or m.start() - start < 8:
            continue
        out.lead, out.leads, out.must, out.rule = lead, True, True, "obligations.done_by"
        at = _skip(text, words.at("lead", _gap(text, lead[-1].end)) or lead[-1].end)
        partners = chain(text, mentions, at)
        if partners and words.at("coordinate", _gap(text, partners[-1].end)) is not None:
            out.coordinating = partners
        out.action = (start, m.start())
        return True
    return False


def _subject(text: str, at: int, end: int, mentions: Mentions, words: Words, out: Clause, item: bool) -> int:
    """Agencies at the head of the clause, openings skipped; a name that no list knows counts before "chủ trì"."""
    heading = _TASKS_OF.match(text, at, end)
    if heading is not None:
        return _whole_heading(text, heading.end(), end, mentions, out)
    for_whom = _FOR.match(text, at, end)
    if (
        for_whom is not None
        and (named := chain(text, mentions, for_whom.end()))
        and text[named[-1].end : end].strip(" .")[:1] in {":", ""}
    ):
        out.lead, out.rule = named, "obligations.subject"
        return named[-1].end
    for _ in range(_MAX_OPENINGS):
        lead = listed(text, mentions, at, end, words)
        if lead and lead[0].finding is None and not _acts(text, lead[-1].end, end, words, item):
            lead = chain(text, mentions, at)
        label = _LABEL.match(text, at, end)
        own = bool(lead) and label is not None and text[lead[-1].end : label.end()].strip() == ":"
        if label is not None and not own and (behind := chain(text, mentions, label.end())):
            lead = behind  # "Các cơ quan chủ trì chương trình: Sở A, Sở B chủ trì": those behind the colon
        verb = any(words.at(kind, at) is not None for kind in ("act", "lead", "coordinate", "must"))
        if lead and not lead[-1].known and item and unit(text, lead[-1].start, end, words) is None:
            longer = actor(text, at, end, words)
            if (
                longer is not None
                and 0 < longer.end("name") - lead[-1].end <= _LONGER
                and not _ASIDE.match(text, lead[-1].end)
            ):
                lead = names_of(text, longer.start("name"), longer.end("name"))
        if lead:
            out.lead, out.rule = lead + _more_names(text, lead[-1].end, end, words, item), "obligations.subject"
            return out.lead[-1].end
        unknown = None if verb else _UNKNOWN.match(text, at, end) or (actor(text, at, end, words) if item else None)
        if unknown is not None:
            out.lead = names_of(text, unknown.start("name"), unknown.end("name"))
            out.rule = "obligations.unknown_subject"
            return unknown.end("name")
        opening = _OPENING.match(text, at, end) or (_TOPIC.match(text, at, end) if item else None)
        if opening is None:
            break
        at = opening.end()
    return at


def _acts(text: str, at: int, end: int, words: Words, item: bool) -> bool:
    """True where the words behind a name that no list knows make it a subject: a role, a colon, in a list of tasks any verb."""
    at = _skip(text, at)
    if text[at : at + 1] == ":" or any(words.at(kind, at) is not None for kind in ("lead", "must", "coordinate")):
        return True
    return item and (words.at("act", at) is not None or _VERB.match(text, at, end) is not None)


def _more_names(text: str, at: int, end: int, words: Words, item: bool) -> list[Mention]:
    """What a list of agencies goes on with and no list knows: "Đài Truyền hình tỉnh, | phóng viên các báo | đưa tin"."""
    gap = JOIN.match(text, at, end) if item else None
    if gap is None or any(words.at(kind, gap.end()) is not None for kind in ("act", "lead", "coordinate", "must")):
        return []
    more = actor(text, gap.end(), end, words)
    return names_of(text, more.start("name"), more.end("name")) if more is not None else []


def _whole_heading(text: str, at: int, end: int, mentions: Mentions, out: Clause) -> int:
    """The agencies of a heading "Trách nhiệm của …"; what is more than they are belongs to a name that no list knows."""
    colon = text.find(":", at, end)
    stop = colon if text[colon + 1 : end].strip() and colon > at else len(text[:end].rstrip(" .:;"))
    lead = chain(text, mentions, at)
    out.rule = "obligations.subject"
    out.lead = lead if lead and lead[-1].end == stop else [Mention(at, stop)] if stop > at else []
    return stop


def _predicate(
    text: str, at: int, end: int, mentions: Mentions, words: Words, out: Clause, item: bool
) -> Clause | None:
    """Role and action behind the subject."""
    for _ in range(_MAX_BETWEEN):
        if _opens_list(text, at, end):
            out.action = (end, end)
            return out
        if text[at : at + 1] == ":":
            number = _NUMBERED.match(text, _gap(text, at + 1), end)
            return _roles(text, number.end() if number else _gap(text, at + 1), end, mentions, words, out, item)
        between = _BETWEEN.match(text, at, end)
        if between is None or between.end() == at:
            break
        at = between.end()
        if any(words.at(kind, at) is not None for kind in ("lead", "coordinate", "must", "act", "fact")):
            break
    if words.at("fact", at) is not None and all(words.at(kind, at) is None for kind in ("must", "act", "lead")):
        return None
    return _roles(text, at, end, mentions, words, out, item)


def _opens_list(text: str, at: int, end: int) -> bool:
    """True where nothing but a colon, or words as "tập trung thực hiện các nhiệm vụ sau:", follows the subject."""
    colon = _COLON.match(text, at, end)
    return (colon is not None and colon.end() >= end - 1) or not text[at:end].strip(" .:;")


def _roles(
    text: str, at: int, end: int, mentions: Mentions, words: Words, out: Clause, item: bool = False
) -> Clause | None:
    """Read "chủ trì, phối hợp với A, B" and the verb behind it."""
    for _ in range(_MAX_ROLES):
        role = next((kind for kind in ("lead", "must") if words.at(kind, at) is not None), None)
        if role is None:
            break
        out.must = True
        out.leads = out.leads or role == "lead"
        prohibits = text.startswith("không", at)
        if prohibits:
            break  # "không được …" is the action itself
        at = _skip(text, words.at(role, at) or at)
    joined = _AND.match(text, at, end)
    probe = joined.end() if joined is not None else at
    stop = words.at("coordinate", probe)
    if stop is not None:
        partners = listed(text, mentions, _gap(text, stop), end, words) or unknown_partner(
            text, _gap(text, stop), end, words
        )
        if partners and partners[-1].end <= end:
            out.coordinating = partners
            out.must = out.must or out.leads
            at = _gap(text, partners[-1].end)
        elif out.leads:
            at = _gap(text, stop)
        else:
            at = probe
    at = _skip(text, at)
    if _NOTICE.match(text, at, end):
        return None
    if text[at:end].strip(" :.;") == "":
        out.action = (end, end)
        return out if out.must or out.coordinating else None
    acts = words.at("act", at) is not None or words.at("must", at) is not None
    acts = acts or (item and (_VERB.match(text, at, end) or _IMPERATIVE.match(text, at, end)) is not None)
    if not (out.must or out.coordinating or acts):
        return None
    out.action = (at, end)
    return out


def _skip(text: str, at: int) -> int:
    """Behind the commas and spaces at a place."""
    while text[at : at + 1] in {",", " "}:
        at += 1
    return at


def _gap(text: str, at: int) -> int:
    while text[at : at + 1] == " ":
        at += 1
    return at


def _without_subject(
    text: str, at: int, end: int, mentions: Mentions, words: Words, out: Clause, item: bool
) -> Clause | None:
    """A clause that begins with its verb: its subject stands in the introductory line of the list."""
    if _SELF.match(text, at):
        return None
    known = any(words.at(kind, at) is not None for kind in ("act", "must", "coordinate"))
    if not known and not (item and _IMPERATIVE.match(text, at, end)):
        return None
    out.rule = "obligations.inherited"
    return _roles(text, at, end, mentions, words, out, item)
