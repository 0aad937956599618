"""Who has to act, by the grammar of names: bodies, holders of posts, groups of people, known to a list or not.

    list = actor (", " | " và " | "; " … actor)*
    actor = ("đồng chí" | "ông" | "các" …)? noun word* tail*

A name begins with the noun of a kind of body, of a post or of people. It goes on over words with a capital and over words in small
letters up to where a predicate begins (:mod:`congvan.relate.predicates`), a sign stands or a relative clause ends. The agencies that
the stage before found are trusted where the authority file knows them.
"""

from __future__ import annotations

import regex

from congvan.relate.predicates import NAME_VERBS, predicate_at, role_at, verb_at
from congvan.relate.subjects import JOIN, Mention, Mentions, Words, chain, unknown_between

# accepts words before a name that are no part of it: "các đồng chí ", "đồng chí ", "ông "
_PEOPLE = regex.compile(
    r"(?:(?:các |những )?(?:đồng chí|ông|bà)(?=\s\p{Lu}|\s(?:thành viên|ủy viên)) |Riêng (?=\p{Lu}|các ))+",
    regex.IGNORECASE,
)
_PLURAL = r"(?:(?i:các|mỗi|từng|những|mọi|toàn thể|tất cả các|quý|cả|hai|một số) )"
# nouns of bodies and posts, which begin a name with a capital
_BODY = (
    r"(?:Sở|Ban(?! hành| bố)|Phòng(?! chống| ngừa|, chống)|Bộ phận|Bộ(?! luật| đội| máy)|Thanh tra(?=[ ,]\p{Lu}| (?:tỉnh|huyện))|Trung tâm|Văn phòng|Chi cục|Cục|Tổng cục|Vụ(?! việc| mùa)|Viện|Học viện|Tổ(?! chức)|Tiểu ban|"
    r"Đội(?! ngũ)|Trạm|Hạt|Hội(?! nghị| thảo| thi| nhập| họp)|Đoàn(?! kết)|Liên đoàn|Liên minh|Liên hiệp|Hiệp hội|Công an|Ủy ban|Uỷ ban|Hội đồng|Đài|Báo(?! cáo)|Trường(?! hợp)|Đại học|Bệnh viện|Kho bạc|"
    r"Ngân hàng|Công ty|Tổng công ty|Tập đoàn|Quỹ|Cảng vụ|Đồn|Bảo hiểm xã hội|Mặt trận|Tòa án|Viện kiểm sát|Nhà (?:máy|văn hóa|thiếu nhi|xuất bản|trường|thầu)|Hợp tác xã|Điện lực|Bưu điện|Viễn thông|"
    r"Cơ quan|Đơn vị(?! tính)|Chi nhánh|Xí nghiệp|Khoa(?! học)|Khối|Thường trực|Thường vụ|Đảng ủy|Đảng uỷ|Đảng bộ|Chi bộ|Huyện ủy|Tỉnh ủy|Thành ủy|Cấp ủy|Quân khu|Sư đoàn|Lữ đoàn|Trung đoàn|Tiểu đoàn|Hải đội|Đại đội|Ấp|Thôn|Bản(?= \p{Lu})|Khóm|Buôn|Làng|"
    r"Trưởng|Phó|Chánh|Quyền|Giám đốc|Tổng Giám đốc|Chủ tịch|Chủ nhiệm|Bí thư|Thủ trưởng|Hiệu trưởng|Chỉ huy|Cục trưởng|Vụ trưởng|Viện trưởng|Bộ trưởng|Thứ trưởng|Thủ tướng|Tổng Biên tập|Kế toán trưởng|Người đứng đầu|"
    r"Đại diện|Lãnh đạo(?= \p{Lu})|Thành viên|Ủy viên|Đại biểu|Chính quyền|Chủ đầu tư|Nhà thầu|Cán bộ|Công chức|Viên chức|Nhân viên|Giáo viên|Người lao động|Kế toán|Văn thư|Thủ quỹ|Phóng viên|Biên tập viên|"
    r"Doanh nghiệp|Hộ (?:gia đình|kinh doanh|dân)|Người (?:dân|học|sử dụng|nộp)|Nhân dân(?= )|Lực lượng|Tập thể|Đảng viên|Đoàn viên|Hội viên|Học sinh|Sinh viên|Phụ huynh|Khách hàng|Bên [AB]\b|Tư vấn|Chuyên viên|Điện lực|Lãnh đạo Sở)"
)
# nouns of groups, which begin a name in small letters or behind "các"
_GROUP = (
    r"(?:sở(?! hữu)|ban xây dựng Đảng|ban(?! hành| đầu)|bộ(?! phận| máy| tiêu)|bộ phận|ngành|phòng(?! ngừa| chống|, chống)|đoàn thể(?: chính trị(?: - xã hội)?)?|ban xây dựng Đảng|đoàn(?! kết)|cơ quan|đơn vị(?! tính)|địa phương|tổ chức(?= (?:chính trị(?: - xã hội)?|đảng|tín dụng|xã hội|hội|cá nhân|có liên quan|liên quan|hành nghề|, )|,)|cá nhân|"
    r"doanh nghiệp|hợp tác xã|hộ(?! trợ| sơ)|gia đình|nhà thầu|nhà trường|nhà đầu tư|chủ (?:thể|đầu tư|hộ|dự án|rừng|phương tiện|cơ sở|hồ|công trình|tàu)|người(?= (?:dân|đứng đầu|lao động|học|sử dụng|nộp|đại diện|được|có|tham gia|phụ trách|cao tuổi))|cán bộ|công chức|viên chức|nhân viên|giáo viên|"
    r"học sinh|sinh viên|phụ huynh|khách hàng|đảng viên|đoàn viên|hội viên|thành viên|ủy viên|đại biểu|phóng viên|biên tập viên|kế toán|văn thư|chi bộ|đảng bộ|chi(?=, đảng bộ| hội| đoàn)|cấp ủy|cấp uỷ|cấp(?=, các|,| chính quyền| hội)|chính quyền|"
    r"trường(?! hợp)|lớp|khoa(?! học)|trạm|đội|tổ(?! chức)|hạt|đồn|ấp|thôn|bản(?! (?:quyền|đồ|án|sao|tin|vẽ|thân|chất|chính|kê))|buôn|làng|khóm|khu phố|tổ dân phố|(?<=[Cc]ác |[Tt]ừng |[Mm]ỗi |, |và )(?:xã(?! hội)|phường|thị trấn|huyện|quận|thành phố|thành đoàn|tỉnh)|trưởng (?:thôn|ấp|bản|phòng|khoa|ban)|trưởng(?= các)|phó trưởng|"
    r"hiệu trưởng|giám đốc|thủ trưởng|chủ tịch|bí thư|tổ trưởng|đội trưởng|lãnh đạo(?=, cán bộ| (?:các|phòng|đơn vị|cơ quan|\p{Lu}))|xí nghiệp|nhà máy|công ty|chi nhánh|bệnh viện|trung tâm|lực lượng|bên(?= liên quan)|đồng chí|hội(?! nghị| thảo| thi| nhập| đồng)|mặt trận|nhân dân|câu lạc bộ|hiệp hội|ngân hàng|nông dân|thí sinh|"
    r"quý (?:khách(?: hàng)?|cơ quan|đơn vị)|điểm (?:bán|trường)|cơ sở(?= (?:kinh doanh|sản xuất|giáo dục|y tế|khám|đào tạo|in|dịch vụ))|vận động viên|cộng tác viên|tình nguyện viên|đại lý|tổng công ty|tập đoàn)"
)
# nouns with a capital that stand behind "các": "các Ban", "các Phó Chủ tịch"
_PLURAL_BODY = r"(?:Ban(?! hành)|Tổ(?! chức)|Phòng|Sở|Công an|Ủy ban|Hội|Mặt trận|Khoa|Trường|Tiểu ban|Đảng ủy|Chi bộ|Trưởng|Phó|Tỉnh ủy viên|Huyện ủy viên|Bí thư|Chủ tịch|Giám đốc|Bộ|Cục|Viện)"
# accepts the beginning of a name
HEAD = regex.compile(
    rf"(?:{_PLURAL}?tổ chức chính trị(?: - xã hội)?|{_PLURAL}(?:{_GROUP}|{_PLURAL_BODY})|{_PLURAL}?{_BODY}|{_GROUP})(?!\p{{L}})"
)
# accepts the beginning of a group, which a bare noun behind a comma goes on: "Các cơ quan", "Trưởng các thôn", "cán bộ"
_IS_GROUP = regex.compile(
    r"(?:[^,.;:]{0,40}?\b(?i:các|mỗi|từng|những|mọi|toàn thể|quý) |(?i:cán bộ|công chức|viên chức|người lao động|sở|ban|ngành|chi|xã|cấp ủy)\b)"
)
# accepts the noun that goes on a group behind a comma or "và": ", đơn vị", " và địa phương", ", thành đoàn"
_GOES_ON = regex.compile(rf"(?:, | và |, và |; )(?={_GROUP}(?!\p{{L}}))(?=\p{{Ll}})")
# accepts a word with a capital and what may join it: " Kế", " - Tài", ", Thể", " và Dịch", " 35", " số 1"
_WORD = regex.compile(
    r"(?: [-–] |[-–]| |, | và |, và )(?=\p{Lu})[\p{L}\d'’.]*[\p{L}\d]| (?:số )?\d{1,3}(?![\d/.,%]\d| (?:hộ|ha|tỷ|triệu|người|xã)\b)"
)
# accepts a word in small letters that may stand in a name
_SMALL = regex.compile(
    r" (?P<word>(?!(?:nào|này|đó|đã|đang|sẽ|được|bị|là|có(?! liên quan)|còn|vẫn|cũng|đều|không|chưa|phải|cần(?<!Hậu cần)|theo|từ|đến|để|cho|với|về|nếu|khi|thì|mà|do|vì|như|trước|sau|vào|hằng|hàng|nhằm|qua|chủ trì|bằng|giữa|đối|cùng với|nêu trên)\b)\p{Ll}+)"
)
# accepts a back reference, which is no name: "Đơn vị nào", "Cơ quan này", "đơn vị trên"
_NO_NAME = regex.compile(r"[^,.;:]{0,30}? (?:nào|này|đó|trên|nêu trên|khác)(?= |$|[,.;:])")
# accepts the verb of a relative clause behind a name: " phụ trách địa bàn", " trực thuộc", " được giao vốn", " có hồ chứa"
_RELATIVE = regex.compile(
    r" (?:(?:trực tiếp )?phụ trách|(?:có )?liên quan|trực thuộc|thuộc|gây ra|được (?:giao|phân công|mời|cử|thụ hưởng|hỗ trợ|phân bổ)(?! (?:chủ trì|cho))|tham dự|tham gia|sinh sống|hoạt động|quản lý|sử dụng|có(?= (?:vốn|hồ|tên|nhu cầu|đông|rừng|biển|cửa khẩu|đường biên))|làm việc|công tác|giúp việc|tư vấn|kinh doanh|sản xuất|thường trú|đóng|đứng chân|thi công|nêu tại|có tên tại)\b"
)
# accepts a comma before the next body
_NEXT_BODY = regex.compile(rf", (?:và )?{_BODY}(?!\p{{L}})")
# accepts a word that the verb behind it belongs to: "nhiệm vụ | chuẩn bị", "làm chủ | đầu tư"
_OBJECT_NEXT = regex.compile(r"(?:nhiệm vụ|làm chủ|việc|công tác|chức năng)$")
# accepts what may follow a name that is known: ", thị trấn", " trên địa bàn huyện", " các cấp", " phụ trách khối", " Thường trực"
_TAIL = regex.compile(
    r" (?:tỉnh|huyện|xã(?! hội)|phường|thành phố|thị xã|quận|khu vực|trung ương|địa phương|các cấp|cùng cấp|trên địa bàn(?: (?:toàn )?(?:tỉnh|huyện|xã|thành phố|phường|thị xã|quận)(?: (?=\p{Lu})\p{L}+(?: \p{Lu}\p{L}*)*)?)?|cơ sở|cấp (?:tỉnh|huyện|xã)|có liên quan|liên quan|trực thuộc(?: (?:Sở|tỉnh|huyện|\p{Lu}\p{L}+))?|Thường trực|phụ trách (?:khối|ngành|lĩnh vực|địa bàn|chuyên môn)(?: \p{Ll}+(?= (?:trực tiếp|chủ trì|chỉ đạo)))?)(?=$|[ ,.;:()])"
)
# accepts a place where a name surely ends: the end, a stop, a bracket, what joins the next one or opens an adverbial
_END = regex.compile(
    r"\s*(?:$|[,;:.()])| (?:và|trước|trong|sau|vào|để|từ|về|hằng|hàng|chậm nhất|muộn nhất|định kỳ|cùng|với|theo|nếu|khi|xong)\b| [-–] (?=\p{Ll})"
)
# accepts the role that a body is named by: "cơ quan | chủ trì", "đơn vị | phối hợp"
_OF_ROLE = regex.compile(
    r" (?:được giao )?(?:chủ trì|phối hợp)(?<=(?:quan|vị) (?:được giao )?(?:chủ trì|phối hợp))(?= )"
)
# accepts what shows that a verb before it is a part of the name: a sign or the end, a level, a role
_STILL_NAME = regex.compile(
    r"\s*(?:$|[,:;.)(])| (?:tỉnh|huyện|thành phố|thị xã|quận|xã(?! hội)|phường|và \p{Lu})(?!\p{L})"
)
_SMALL_WORDS = 9  # words in small letters that may follow each other in a name
_GUESSED = 4  # so many may stand before a comma
_WITHOUT_VERB = 2  # so many of them are kept where no predicate shows the end
_LONGEST = 160  # characters of a name
_RELATIVE_REACH = 60


def people(text: str, at: int) -> int:
    """Behind words of address: "các đồng chí ", "ông "."""
    m = _PEOPLE.match(text, at)
    return m.end() if m is not None else at


def actor_at(text: str, at: int, end: int, words: Words, loose: bool = False) -> Mention | None:
    """The name that starts at a place by its grammar alone; None where none does or nothing tells where it ends.

    ``loose``: a name must stand here (behind "giao", "nghiêm cấm"), so that a group ends with its nouns where no verb is known.
    """
    head = HEAD.match(text, at, end)
    if head is None or _NO_NAME.match(text, head.end(), min(end, head.end() + 40)):
        return None
    limit = min(end, at + _LONGEST)
    group = _IS_GROUP.match(text, at, limit) is not None
    stop, small, sure = head.end(), 0, head.end()
    named = halved = levelled = capital = False
    role = _OF_ROLE.match(text, stop, limit)
    if role is not None and predicate_at(text, role.end() + 1, end, words):
        return Mention(at, role.end(), known=False)
    while stop < limit:
        word = _WORD.match(text, stop, limit) if _part_of_name(text, stop, limit) else None
        if word is not None:
            proper = stop == sure and word[0][:1] == " " and named and text[stop - 1].isalpha() and not halved
            stop = sure = word.end()
            small, named, halved, capital = 0, True, False, True
            second = _SMALL.match(text, stop, limit)
            if (
                second is not None
                and word[0][-1].isalpha()
                and not word[0].strip(" -–,").isupper()
                and _half(text, second, limit, words, proper)
            ):
                stop = sure = second.end()
                halved = True
            continue
        tail = _TAIL.match(text, stop, limit)
        if tail is not None:
            stop = sure = tail.end()
            small = 0
            named = levelled = True
            continue
        more = _GOES_ON.match(text, stop, limit) if group and not capital else None
        if more is not None and not verb_before_sign(text, more.end(), limit, words):
            noun = HEAD.match(text, more.end(), limit)
            if noun is not None:
                stop = sure = noun.end()
                small = 0
                continue
        ended = _END.match(text, stop, end)
        if ended is not None:
            guessed = small > _GUESSED and ended[0].strip() not in {"", ":", "("}
            return Mention(at, sure if guessed and named else stop, known=False)
        relative = None if role_at(text, stop + 1, words) else _RELATIVE.match(text, stop, limit)
        if relative is not None and (further := _relative_end(text, relative.end(), end, words)) is not None:
            stop = sure = further
            continue
        if text[stop : stop + 1] == " " and predicate_at(text, stop + 1, end, words):
            kept = _verb_of_name(text, stop + 1, end, words) if not (levelled or (named and not halved)) else None
            if kept is None:
                return Mention(at, stop, known=False)
            stop, small = kept, small + 2
            continue
        following = _SMALL.match(text, stop, limit)
        if following is None:
            return Mention(at, stop if named or small <= _WITHOUT_VERB else sure, known=False)
        if small >= _SMALL_WORDS:
            break
        stop, small = following.end(), small + 1
    if stop >= end:
        return Mention(at, stop, known=False)
    return Mention(at, sure, known=False) if named or (loose and group) else None


def verb_before_sign(text: str, at: int, end: int, words: Words) -> bool:
    """True where the noun of a group is the verb of a clause after all: "lãnh đạo, chỉ đạo", "tổ chức"."""
    return role_at(text, at, words) or (verb_at(text, at, end, words) and HEAD.match(text, at, end) is None)


def actors(text: str, mentions: Mentions, at: int, end: int, words: Words, loose: bool = False) -> list[Mention]:
    """The list of actors that starts at a place: agencies that were found, and names known by their grammar."""
    out: list[Mention] = []
    while True:
        at = people(text, at)
        here = _one(text, mentions, at, end, words, loose)
        if here is None and out:
            here = unknown_between(text, mentions, at)
        if here is None or here.end > end:
            return out
        out.append(here)
        gap = JOIN.match(text, here.end, end)
        if (
            gap is None
            or (
                verb_at(text, gap.end(), end, words)
                and mentions.at(gap.end()) is None
                and HEAD.match(text, gap.end(), end) is None
            )
            or role_at(text, gap.end(), words)
        ):
            return out
        at = gap.end()


def _one(text: str, mentions: Mentions, at: int, end: int, words: Words, loose: bool) -> Mention | None:
    found = mentions.at(at)
    named = actor_at(text, at, end, words, loose)
    if found is None:
        return named
    if named is not None and named.end < found.end and _NEXT_BODY.match(text, named.end):
        return named  # "Thủ trưởng các cơ quan, đơn vị | , Trạm Y tế xã"
    if found.known:
        tail = _TAIL.match(text, found.end, end)
        further = tail.end() if tail is not None else found.end
        if named is not None and named.end > further and text[found.end : found.end + 3].lstrip(" -–")[:1].isupper():
            further = named.end  # "Phòng Kế hoạch | - Kỹ thuật"
        elif named is not None and named.end > further:
            rest = text[found.end : named.end]
            if rest.startswith(" các ") or rest.strip() in NAME_VERBS:
                further = named.end  # "Công an | các đơn vị, địa phương", "Phòng Kế hoạch | tổng hợp"
        return found if further == found.end else Mention(at, further, known=False)
    return found if named is None or named.end == found.end else named


def listed(text: str, mentions: Mentions, at: int, end: int, words: Words, loose: bool = False) -> list[Mention]:
    """The list of bodies at a place, found or known by the grammar of their names: whichever reading reaches further."""
    at = people(text, at)
    named = actors(text, mentions, at, end, words, loose)
    found = chain(text, mentions, at)
    further = bool(found) and (not named or named[-1].end < found[-1].end) and all(m.known for m in found)
    return found if further or not named else named


def whole(text: str, mentions: Mentions, start: int, end: int, words: Words) -> list[Mention]:
    """The actors of a stretch that is nothing but names: "Ban Hậu cần - Kỹ thuật", "Sở A, Phòng Cảnh sát giao thông".

    What a verb would be in a sentence is part of the name here, as long as less than a verb and its object stands there.
    """
    start = people(text, start)
    at, out = start, list[Mention]()
    while at < end:
        here = listed(text, mentions, at, end, words)
        if not here:
            if HEAD.match(text, at, end) is None:
                return []
            here = [Mention(at, end, known=False)]
        rest = text[here[-1].end : end]
        out += here
        if not rest.strip():
            return out
        gap = JOIN.match(text, here[-1].end, end)
        if gap is not None and HEAD.match(text, people(text, gap.end()), end) is not None:
            at = people(text, gap.end())
            continue
        if (
            len(rest.split()) > _WITHOUT_VERB
            or any(c in ",;:." for c in rest)
            or role_at(text, here[-1].end + 1, words)
        ):
            return []
        out[-1] = Mention(out[-1].start, end, known=False)
        return out
    return out


def _part_of_name(text: str, at: int, end: int) -> bool:
    """False for a comma or "và" before the next name of a list."""
    gap = next((gap for gap in (", và ", ", ", " và ") if text.startswith(gap, at)), None)
    return gap is None or HEAD.match(text, at + len(gap), end) is None


def _half(text: str, second: regex.Match[str], end: int, words: Words, proper: bool) -> bool:
    """True for the second syllable of a word that began with a capital: "Kế | hoạch"; behind a name of a place ("Vĩnh Hanh | mở lớp") that
    is no verb."""
    at = second.start("word")
    if role_at(text, at, words) or (HEAD.match(text, at, end) is not None and not text.startswith("đoàn", at)):
        return False
    if proper and verb_at(text, at, end, words):
        return False
    stop = words.at("act", at)
    if stop is not None and not text[at:stop].islower():
        return True
    return stop is None or not (" " in text[at:stop] or text[stop : stop + 1] == " ")


def _verb_of_name(text: str, at: int, end: int, words: Words) -> int | None:
    """End of a verb that names have too, where no object follows it or the clause's own verb stands behind it."""
    pair = " ".join(text[at : min(end, at + 24)].split(" ")[:2]).rstrip(",.;:")
    if pair not in NAME_VERBS:
        return None
    stop = at + len(pair)
    if not text[stop:end].strip(" .:"):
        return stop
    if _STILL_NAME.match(text, stop, end):
        following = JOIN.match(text, stop, end)
        return stop if following is None or not verb_at(text, following.end(), end, words) else None
    return stop if text[stop : stop + 1] == " " and predicate_at(text, stop + 1, end, words, surely=True) else None


def _relative_end(text: str, at: int, end: int, words: Words) -> int | None:
    """Where the clause's own predicate begins behind a relative clause, so that the name reaches up to it."""
    reach = min(end, at + _RELATIVE_REACH)
    skipped = 0  # end of a verb that belongs to the relative clause: "được giao làm chủ | đầu tư", "nhiệm vụ | chuẩn bị đầu tư"
    for stop in range(at, reach):
        if text[stop] in ",.;:(":
            return stop if text[stop] == ":" else None
        if text[stop] != " " or stop <= at + 2:
            continue
        if not (role_at(text, stop + 1, words) or verb_at(text, stop + 1, end, words, short=False)):
            continue
        pair = " ".join(text[stop + 1 : end].split(" ", 2)[:2])
        if _OBJECT_NEXT.search(text, at - 12, stop) or (skipped == stop and pair == "đầu tư"):
            skipped = stop + 1 + len(pair)
            continue
        return stop
    return reach if reach == end else None
