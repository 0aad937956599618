"""One clause of an order: subject, role, coordinating agencies, action. Works on the flow of a paragraph; knows no lists."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from congvan.relate.actors import HEAD, listed, people, whole
from congvan.relate.openings import behind_openings
from congvan.relate.passive import task_first
from congvan.relate.predicates import FACT, predicate_at, role_at, verb_at
from congvan.relate.subjects import Mention, Mentions, Words, chain

# accepts what may stand between subject and verb: brackets, " - cơ quan thường trực", ", nhất là …", ", trên cơ sở …, ",
# "là cơ quan thường trực …, ", "theo chức năng, nhiệm vụ được giao "
_BETWEEN = regex.compile(
    r"\s*(?:\([^)]{0,300}\)| ?[-–] (?:là )?(?:cơ quan|đơn vị|bộ phận) (?:chủ trì|thường trực|đầu mối|tham mưu)(?=[,: ])"
    r"|,?\s*(?:theo|căn cứ|trong phạm vi)(?: thẩm quyền,?)? chức năng,? nhiệm vụ(?:,? quyền hạn)?(?: (?:được giao|của mình|được phân công))*,?(?=[\s:])"
    r"|,?\s*(?:nhất là|đặc biệt là|trong đó có|bao gồm)\s[^.;:]{1,300}?(?=\s(?:phải|cần|chịu|có trách nhiệm)\s)"
    r"|,?\s*(?:trên cơ sở|căn cứ|theo(?! dõi)|tùy theo|với vai trò|trong phạm vi|bằng)\s[^.;:()]{3,200}?(?:(?=\s(?:phải|cần|có trách nhiệm)\s)"
    r"|,(?=\s*(?!nhiệm vụ|quyền hạn|kế hoạch|địa phương)\p{L}))"
    r"|\s*là (?:cơ quan|đơn vị|bộ phận|đầu mối) (?:thường trực|đầu mối|chủ trì|tham mưu)?[^.;:,]{0,80}?,(?=\s*(?:chủ trì|có trách nhiệm|chịu trách nhiệm|giúp|tham mưu|làm đầu mối)\b)"
    r"|[,\s]+)",
    regex.IGNORECASE,
)
# accepts partners set off by dashes behind the lead: ", Sở B, Sở C - cơ quan phối hợp:"
_APPOSED = regex.compile(r"\s*[-–] (?:cơ quan|đơn vị|bộ phận) phối hợp", regex.IGNORECASE)
# accepts the verb of the order right behind a list: ":" or " thực hiện các nhiệm vụ sau:"
_COLON = regex.compile(
    r"\s*(?:thực hiện|triển khai|tập trung|khẩn trương|nghiêm túc|tổ chức|chủ trì|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|hoàn thành|phải|cần|tốt|một số|các|những|\s|,)*"
    r"(?:(?:nhiệm vụ|nội dung|công việc|việc|giải pháp|yêu cầu)(?: \p{L}+|,){0,8}?)?\s*(?:sau(?: đây)?|như sau)?(?: (?:trước|chậm nhất|trong|xong) [^:]{3,60})?\s*:"
)
# accepts what somebody is for the list below: " là người chỉ huy tại chỗ:"
_IS_IN_CHARGE = regex.compile(r"\s*là (?:người|cơ quan|đơn vị|bộ phận|đầu mối)[^.;:]{0,60}:\s*")
# accepts a label before the agencies it stands for: "Các cơ quan chủ trì chương trình mục tiêu quốc gia: "
_LABEL = regex.compile(r"[^.;:()]{4,100}: ")
# accepts a name that no grammar knows before "chủ trì": "Tổ công tác 35 chủ trì"
_UNKNOWN = regex.compile(
    r"(?P<name>\p{Lu}(?:(?! (?:thì|nếu|nào|khi|để) )[^,.;:()]){2,80}?)\s+(?=(?:chủ trì|làm đầu mối|có trách nhiệm)\b)"
)
# accepts a heading that names whose tasks stand below it: "Nhiệm vụ của Tổ công tác", "Trách nhiệm của Sở Y tế", "Về phía Sở"
_TASKS_OF = regex.compile(
    r"(?:(?:Nhiệm vụ|Trách nhiệm|Quyền hạn)(?:,? (?:nhiệm vụ|trách nhiệm|quyền hạn|cụ thể|và))* (?:của|đối với)|Đối với|Riêng(?: đối với)?|Về phía) (?=\p{Lu}|các |những |mỗi |cán bộ|người)",
    regex.IGNORECASE,
)
# accepts a document that speaks of itself, no verb: "Thông báo này được gửi", "Quyết định này có hiệu lực"
_SELF = regex.compile(r"\p{Lu}\p{L}*(?: \p{L}+){0,2} này\b")
# accepts the closing line of a notice, no task: "thông báo để các cơ quan, đơn vị biết, thực hiện(1)./."
_NOTICE = regex.compile(
    r"thông tin (?:chi tiết|liên hệ)\b|(?:trân trọng|kính) (?:báo cáo|trình|gửi|thông báo|cảm ơn|mời|chúc)\b|(?:thừa lệnh )?thông báo (?:đến|để|cho)\b[^.;]{0,160}\b(?:biết|thực hiện)(?:\(\d{1,2}\))?\W*$",
    regex.IGNORECASE,
)
# accepts what a body declares or decides itself in an introductory line, no order to it: "thống nhất một số nội dung sau:"
_DECLARES = regex.compile(
    r"(?:thống nhất|thông qua|quyết nghị|quyết định|ban hành|xác định|đề ra|có ý kiến|kết luận|báo cáo|thông báo|yêu cầu|chỉ đạo|kính|trân trọng|xây dựng (?:kế hoạch|chương trình|nội dung)|tổ chức thực hiện với|tổ chức (?:cuộc )?họp|ghi nhận|đánh giá|đề nghị)\b",
    regex.IGNORECASE,
)
# accepts an indicator with a value to be reached, which is a target and no task: "tỷ lệ hộ nghèo còn dưới 3%"
_TARGET = regex.compile(
    r"[^.;:,]{2,30}: (?:khoảng |trên |dưới |hơn )?\d|(?:(?:phấn đấu|đến (?:cuối )?năm \d{4},?|duy trì|bảo đảm|đạt) )?(?:tỷ lệ|tỉ lệ|số lượng|tốc độ|mức độ|chỉ số|tổng sản phẩm|thu nhập bình quân|độ che phủ)\s[^.;]{0,120}?(?:\d|đạt|còn|tăng|giảm)",
    regex.IGNORECASE,
)
# accepts who a member of a group is: "lãnh đạo Sở X", "đại diện các sở", "ông Nguyễn Văn A"
_MEMBER = regex.compile(r"(?:lãnh đạo|đại diện(?: lãnh đạo)?|(?:đồng chí|ông|bà)) (?=\p{Lu}|các )", regex.IGNORECASE)
# accepts the number of a listed task: "(1) ", "(i) "
_NUMBERED = regex.compile(r"\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*")
# accepts a document that has its number already, so that it was issued: "ban hành Tờ trình số 898/TTr-VP", "gửi Quy chế số 853"
_ISSUED = regex.compile(r"(?:ban hành|có|gửi|chuyển|nhận được) (?:\p{Lu}\p{L}+(?: \p{Ll}+){0,2}) số ?:? ?\d")
# accepts an order that one agency hands on to another: "Chỉ đạo Chi cục Kiểm lâm ..."
_DIRECTS = regex.compile(r"(?:chỉ đạo|hướng dẫn|đôn đốc|khuyến khích|vận động|phân công|cử|mời)\b", regex.IGNORECASE)
# accepts a word in lower case that may be a verb: no preposition, conjunction or auxiliary of a fact
_VERB = regex.compile(
    r"(?!(?:của|và|về|với|tại|trong|từ|cho (?:biết|thấy|rằng)|do|theo|để|như|nhưng|mà|thuộc|trên|ở|có|là|đã|đang|được|bị|gồm|bao gồm|nơi|khi|nếu|hoặc|cùng|đến|"
    r"này|đó|khác|nêu trên|liên quan|chưa|sẽ|vẫn|còn)\b)\p{Ll}{2,}"
)
# accepts the first words of an item that may be a verb and its object: "Chi trả tiền", "Cử người trực"; no label, no noun of a figure
_IMPERATIVE = regex.compile(
    r"(?!(?:Về|Đối với|Kinh phí|Thời (?:gian|hạn)|Địa điểm|Mục (?:tiêu|đích)|Nguồn|Tổng (?!hợp|kết)|Số |Tỷ lệ|Diện tích|Trong|Các|Những|Một|Năm|Giai đoạn|Hồ sơ|Việc|Công tác|Chế độ|Ý thức|Tình trạng|"
    r"Thành phần|Nội dung|Tiến độ|Dự (?:toán|án)|Nơi|Phụ lục|Quy mô|Mức|Chỉ tiêu|Kết quả|Tình hình|Yêu cầu|Phạm vi|Đối tượng|Hình thức|Đơn vị|Cơ quan|Ông|Bà|"
    r"Không (?:bao gồm|tính|kể|có)|Trên đây|Đến|Từ|Theo|Qua|Có|Là|Đã|Được|Hiện|Do|Vì|Nếu|Khi|Trường hợp)\b)\p{Lu}\p{Ll}*(?: \p{Ll}+)(?= [\p{L}\d])(?![^.;]{0,30}:)"
)
# accepts what makes a sentence without a subject a told fact: " sẽ không được xem xét", " đã hoàn thành", " còn chậm"
_TOLD = regex.compile(r"[^,;:]{0,90}? (?:đã|sẽ (?:không )?(?:được|bị)|còn chậm|còn hạn chế|chưa được|chưa đáp ứng)\b")
# accepts a sentence that tells what happened on a day: "Ngày 12/3/2024, Ủy ban nhân dân tỉnh ban hành", "Chiều ngày 5/6, … chủ trì cuộc họp"
_TOLD_DAY = regex.compile(
    r"(?:(?:Sáng|Chiều|Hôm nay,?)? ?(?:đến )?ngày \d|Vừa qua|Thời gian qua|Trong thời gian qua|Tính đến|Trước đây)(?:[^.;]|(?<=\d)\.(?=\d)){0,200}?"
    r"\b(?:đã|vẫn|cơ bản|ban hành|có (?:văn bản|công văn|tờ trình)|chủ trì (?:cuộc họp|buổi|hội nghị|phiên)|tổ chức (?:cuộc họp|buổi|hội nghị|phiên)|nhận được|do đơn vị)\b"
    r"|Tại (?:cuộc họp|hội nghị|buổi (?:họp|làm việc))[^,]{0,60}, (?!(?:giao|yêu cầu|đề nghị))|Tham dự (?:có|cuộc họp|buổi|hội nghị)"
    r"|(?:Tại|Theo) (?:điểm|khoản|Điều|Mục|Phần|Chương|Nghị|Quyết|Thông|Luật|Công|Chỉ|Văn|Kế|quy định)(?:[^.;]|(?<=\d)\.(?=\d)){0,250}? (?:quy định|nêu rõ|đã) (?!tại|của)",
    regex.IGNORECASE,
)
# accepts a prohibition at the head of a clause: "Không để", "Tuyệt đối không", "Không được", "Cấm", "Nghiêm cấm"
_PROHIBITS = regex.compile(
    r"(?:(?:Tuyệt đối|Kiên quyết) )?(?:không (?!bao gồm|tính|kể|có\b|còn|đủ)\p{Ll}|(?:nghiêm )?cấm \p{Ll})",
    regex.IGNORECASE,
)
# accepts what an item is in its role before its task: "Là bộ phận thường trực, "
_AS = regex.compile(r"Là (?:cơ quan|bộ phận|đơn vị|đầu mối)\s[^.;:]{2,60}?,\s", regex.IGNORECASE)
# accepts "chịu trách nhiệm" with what one answers for, which is the task itself: "chịu trách nhiệm trước Chủ tịch", "… về kết quả"
_ANSWERS = regex.compile(r"(?:tự )?chịu (?:hoàn toàn )?trách nhiệm(?! (?:chủ trì|phối hợp))", regex.IGNORECASE)
# accepts what stands between "chủ trì" and "phối hợp": ", ", " và "
_AND = regex.compile(r"(?:,|và)?\s*")
# accepts what makes an assigning verb a fact or a part of a noun: "đã giao", "theo đề nghị", "nhiệm vụ giao", "trong đó giao", "có quyền yêu cầu"
_NO_ORDER = regex.compile(
    r"\b(?:đã|được|bị|theo|do|từng|không|chưa|của|mới|vừa|sẽ|trong đó|nhiệm vụ|việc|văn bản(?: [\p{Ll}]+){0,3}|trước đây|quyền|vốn|kinh phí|tiền|kế hoạch|sự|những|các|nội dung|ý kiến|được quyền)(?: kịp thời| nghiêm túc| có văn bản)? $",
    regex.IGNORECASE,
)
# accepts what may stand right before an assigning verb inside a clause: a comma, "và", "đồng thời", a word of courtesy
_BEFORE_ORDER = regex.compile(
    r"(?:[,;:–-]|\b(?:và|đồng thời|mặt khác|nay|thì|trân trọng|kính|vậy|cần|xin|thống nhất|đồng ý|nhất trí|tiếp tục|quyết định|chính thức|tạm thời|chủ trương|thống nhất chủ trương|lưu ý|riêng))\s*$",
    regex.IGNORECASE,
)
# accepts what makes the body behind it no giver of orders: "của ", "theo ", "với "
_OF_ANOTHER = regex.compile(r"\b(?:của|theo|với|tại|cho|do) $", regex.IGNORECASE)
# accepts the words of an assigning verb that are its modality: "giao" of "Giao nhiệm vụ cho", "đề nghị" of "Kính đề nghị"
_MODALITY = regex.compile(
    r"(?:(?:kính|trân trọng) )?(?P<verb>\p{L}+(?: (?!cho\b|nhiệm vụ\b|trách nhiệm\b)\p{L}+)?)", regex.IGNORECASE
)

_MAX_ROLES = 3
_MAX_BETWEEN = 5


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
    if text[start:end].isupper() or _TOLD_DAY.match(text, start, end):
        return None  # a heading, or what happened
    passive = task_first(text, start, end, mentions, words)
    if passive is not None:
        out.lead, out.coordinating, out.modality, out.action = (
            passive.lead,
            passive.coordinating,
            passive.modality,
            passive.action,
        )
        out.leads = out.must = True
        out.rule = "obligations.done_by"
        return out
    at, out.condition = behind_openings(text, start, end, mentions, words, below)
    if not (below and _DIRECTS.match(text, at)):
        at = _assigned(text, at, end, mentions, words, out, first)
    if not out.lead:
        at = _subject(text, at, end, mentions, words, out, item)
    if not out.lead:
        return _without_subject(text, at, end, mentions, words, out, first, below)
    return _predicate(text, at, end, mentions, words, out, item)


def _assigned(text: str, at: int, end: int, mentions: Mentions, words: Words, out: Clause, first: bool) -> int:
    """An assigning verb with agencies right behind it, at the head of the clause or where it goes on; the first one counts."""
    for position, stop in words.between("assign", at, end):
        if position > at and not _may_order(text, at, position, mentions, first):
            continue
        start = _gap(text, stop + 1) if text[stop : stop + 1] in {" ", ":"} else stop
        lead = listed(text, mentions, start, end, words, loose=position == at)
        if lead and lead[-1].end <= end:
            modality = _MODALITY.match(text[position:stop])
            out.lead, out.must, out.rule = lead, True, "obligations.assigned"
            out.modality = (modality["verb"] if modality is not None else text[position:stop]).lower()
            return lead[-1].end
    return at


def _may_order(text: str, at: int, position: int, mentions: Mentions, first: bool) -> bool:
    """True for an assigning verb inside a clause that goes on with an order, or whose subject gives it.

    In an item of a list what a body tells others is its own task ("Sở A chỉ đạo Chi cục B …"), unless it asks or assigns.
    """
    before = text[max(at, position - 40) : position]
    if _NO_ORDER.search(before):
        return False
    if _BEFORE_ORDER.search(before):
        return not _DIRECTS.match(text, position)
    giver = mentions.ending(position - 1)
    gives = giver is not None and not _OF_ANOTHER.search(text, max(at, giver.start - 20), giver.start)
    return (
        gives
        and not _DIRECTS.match(text, position)
        and not (first and text.startswith(("đề nghị", "kiến nghị"), position))
    )


def _subject(text: str, at: int, end: int, mentions: Mentions, words: Words, out: Clause, item: bool) -> int:
    """Agencies at the head of the clause; a name that no list knows counts before "chủ trì"."""
    heading = _TASKS_OF.match(text, at, end)
    if heading is not None:
        colon = text.find(":", heading.end(), end)
        told = listed(text, mentions, _gap(text, colon + 1), end, words) if colon > 0 else []
        if not (told and _acts(text, told[-1].end, end, words, item)):
            return _whole_heading(text, heading.end(), end, mentions, words, out)
        at = _gap(text, colon + 1)  # a topic: "Đối với trường nội trú: Hiệu trưởng lập danh sách"
    if verb_at(text, at, end, words, capital=True) and mentions.at(at) is None and HEAD.match(text, at, end) is None:
        return at
    lead = listed(text, mentions, at, end, words)
    if lead and lead[0].finding is None and not _acts(text, lead[-1].end, end, words, item):
        lead = chain(text, mentions, at)
    label = _LABEL.match(text, at, end)
    own = bool(lead) and label is not None and text[lead[-1].end : label.end()].strip() == ":"
    if (
        label is not None
        and not own
        and item
        and (behind := chain(text, mentions, label.end()))
        and _acts(text, behind[-1].end, end, words, False)
    ):
        lead = behind  # "Các cơ quan chủ trì chương trình: Sở A, Sở B chủ trì": those behind the colon
    if lead:
        out.lead, out.rule = [_bare(text, m) for m in lead], "obligations.subject"
        return lead[-1].end
    unknown = None if predicate_at(text, at, end, words) else _UNKNOWN.match(text, at, end)
    if unknown is not None:
        out.lead = [Mention(*unknown.span("name"), known=False)]
        out.rule = "obligations.unknown_subject"
        return unknown.end("name")
    return at


def _bare(text: str, m: Mention) -> Mention:
    """The actor without "đồng chí"."""
    start = people(text, m.start)
    return m if start == m.start else Mention(start, m.end, known=m.known)


def _acts(text: str, at: int, end: int, words: Words, item: bool) -> bool:
    """True where the words behind a name that no list knows make it a subject: a role, a colon, in a list of tasks any verb."""
    between = _BETWEEN.match(text, at, end)
    at = _skip(text, between.end() if between is not None and text[at : at + 2] in {" (", " -", " –"} else at)
    if text[at : at + 1] == ":" or role_at(text, at, words):
        return True
    return item and (verb_at(text, at, end, words) or _BETWEEN.match(text, at, end) is not None)


def _whole_heading(text: str, at: int, end: int, mentions: Mentions, words: Words, out: Clause) -> int:
    """The agencies of a heading "Trách nhiệm của …"; what is more than they are belongs to a name that no list knows."""
    colon = text.find(":", at, end)
    stop = colon if colon > at else len(text[:end].rstrip(" .;"))
    bracket = text.find(" (", at, stop)
    stop = bracket if bracket > 0 and text[:stop].endswith(")") else stop
    out.rule = "obligations.subject"
    out.lead = whole(text, mentions, at, stop, words)
    if not out.lead and text[colon + 1 : end].strip() == "" and HEAD.match(text, at, stop) is not None:
        out.lead = [Mention(at, stop, known=False)]
    return (colon if colon > at else stop) if out.lead else at


def _predicate(
    text: str, at: int, end: int, mentions: Mentions, words: Words, out: Clause, item: bool
) -> Clause | None:
    """Role and action behind the subject."""
    for _ in range(_MAX_BETWEEN):
        if _opens_list(text, at, end):
            out.action = (end, end)
            return out
        partners = listed(text, mentions, _skip(text, at), end, words) if text[at : at + 1] == "," else []
        apposed = _APPOSED.match(text, partners[-1].end, end) if partners else None
        if apposed is not None:
            out.coordinating, out.leads, out.must, at = partners, True, True, apposed.end()
            continue
        if text[at : at + 1] == ":":
            number = _NUMBERED.match(text, _gap(text, at + 1), end)
            begin = number.end() if number else _gap(text, at + 1)
            return (
                None
                if _names_members(text, begin, end, mentions, words)
                else _roles(text, begin, end, mentions, words, out, item)
            )
        between = _BETWEEN.match(text, at, end)
        if between is None or between.end() == at:
            break
        at = between.end()
        if role_at(text, at, words) or predicate_at(text, at, end, words):
            break
    if (
        _NOTICE.match(text, at, end)
        or _ISSUED.match(text, at, end)
        or (FACT.match(text, at, end) is not None and not role_at(text, at, words))
    ):
        return None
    return _roles(text, at, end, mentions, words, out, item)


def _names_members(text: str, at: int, end: int, mentions: Mentions, words: Words) -> bool:
    """True where nothing but who somebody is stands behind a colon: "Thành viên: đại diện Sở A, Sở B"."""
    member = _MEMBER.match(text, at, end)
    begin = member.end() if member is not None else at
    stop = len(text[:end].rstrip(" .;"))
    return bool(whole(text, mentions, begin, stop, words))


def _opens_list(text: str, at: int, end: int) -> bool:
    """True where nothing but a colon, or words as "tập trung thực hiện các nhiệm vụ sau:", follows the subject."""
    colon = _COLON.match(text, at, end)
    if _IS_IN_CHARGE.fullmatch(text, at, end):
        return True
    return (colon is not None and colon.end() >= end - 1) or not text[at:end].strip(" .:;")


def _roles(
    text: str, at: int, end: int, mentions: Mentions, words: Words, out: Clause, item: bool = False
) -> Clause | None:
    """Read "chủ trì, phối hợp với A, B" and the verb behind it."""
    whole_action = at
    for _ in range(_MAX_ROLES):
        role = next((kind for kind in ("lead", "must") if words.at(kind, at) is not None), None)
        if role is None:
            break
        out.must = True
        out.leads = out.leads or role == "lead"
        if text[at : at + 5].lower() == "không":
            break  # "không được …" is the action itself
        if _ANSWERS.match(text, at, end) is not None:
            following = _skip(text, words.at(role, at) or at)
            if not verb_at(text, following, end, words):
                break  # "chịu trách nhiệm trước …" is the action itself
        at = _skip(text, words.at(role, at) or at)
        if role == "must" or text[at - 1] != " " or not verb_at(text, at, end, words):
            whole_action = at
    joined = _AND.match(text, at, end)
    probe = joined.end() if joined is not None else at
    stop = words.at("coordinate", probe)
    if stop is not None:
        partners = listed(text, mentions, _gap(text, stop), end, words, loose=True)
        if partners and partners[-1].end <= end:
            out.coordinating = partners
            out.must = out.must or out.leads
            whole_action = at = _gap(text, partners[-1].end)
            if text.startswith("để ", at) and verb_at(text, at + 3, end, words):
                whole_action = at = at + 3
        elif out.leads:
            whole_action = at = _gap(text, stop)
        else:
            at = probe
    at = _skip(text, at)
    if _NOTICE.match(text, at, end) or _TARGET.match(text, at, end):
        return None
    if text[at:end].strip(" :.;") == "":
        out.action = (end, end)
        return out if out.must or out.coordinating else None
    acts = (
        verb_at(text, at, end, words, capital=True)
        or words.at("must", at) is not None
        or _PROHIBITS.match(text, at, end) is not None
    )
    acts = acts or (item and (_VERB.match(text, at, end) or _IMPERATIVE.match(text, at, end)) is not None)
    if not (out.must or out.coordinating or acts):
        return None
    out.action = (_skip(text, whole_action), end)
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
    text: str, at: int, end: int, mentions: Mentions, words: Words, out: Clause, first: bool, below: bool
) -> Clause | None:
    """A clause that begins with its verb: its subject stands in the introductory line of the list."""
    leading = words.at("lead", at)
    if _SELF.match(text, at) or (leading is not None and text[leading : leading + 1] == ":"):
        return None
    as_role = _AS.match(text, at, end)
    at = as_role.end() if as_role is not None else at
    known = (
        role_at(text, at, words)
        or verb_at(text, at, end, words, capital=True)
        or _PROHIBITS.match(text, at, end) is not None
    )
    told = _TOLD.match(text, at, end) is not None
    if not known and not (first and below and not told and _IMPERATIVE.match(text, at, end)):
        return None
    out.rule = "obligations.inherited"
    return _roles(text, at, end, mentions, words, out, first and below)
