"""Whether a measured statement is a target (aimed at) or a result (reached): its words, its bound, its time, its heading, the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from congvan.document import Finding, Layout
from congvan.relate.intros import MONEY_HEADING, TASK_HEADING
from congvan.relate.statements import Statement

Mood = Literal["targets", "results"]

# accepts words that aim: "phấn đấu", "mục tiêu", "chỉ tiêu", "quyết tâm"
_AIMS = regex.compile(
    r"\b(?:phấn đấu|quyết tâm|mục tiêu(?! (?:quốc gia|đề ra))|chỉ tiêu(?! (?:đề ra|kế hoạch|được giao))|hướng tới|đặt ra(?! từ)|tầm nhìn|kế hoạch (?:năm|giao) (?=.{0,20}:))\b",
    regex.IGNORECASE,
)
# accepts weaker words of the same: "bảo đảm", "duy trì", "nâng", "phải", "hằng năm"
_WANTS = regex.compile(
    r"\b(?:bảo đảm|đảm bảo|duy trì|giữ vững|nâng|đưa|phải|cần|sẽ|dự kiến|không để|hằng năm|hàng năm|bình quân hằng năm|kéo giảm|toàn bộ)\b",
    regex.IGNORECASE,
)
# accepts words of what is done: "đã", "ước đạt", "đến nay", "so với cùng kỳ", "chưa đạt kế hoạch"
_REACHED = regex.compile(
    r"\b(?:đã|ước(?: tính| đạt| thực hiện)?(?! mơ)|đến nay|(?<!(?:thực|phát|thể|xuất|tái|biểu|cải) )hiện(?: nay| có| còn)?(?! đại| trạng| thực| hành)|(?:mới|chỉ)(?: chỉ)? đạt|cùng kỳ|chưa đạt|không đạt|vượt (?:kế hoạch|chỉ tiêu|mục tiêu|\d)|so với (?:đầu năm|cuối năm|mục tiêu đề ra|kế hoạch|tháng trước|quý trước)|"
    r"thực hiện được|huy động được|giải ngân được|xảy ra|ghi nhận|phát hiện|lũy kế|tính đến|đạt kết quả|kết quả(?: là)?:|kế hoạch đề ra|còn thấp|(?:cao|thấp) hơn (?:mức )?bình quân|(?:xếp|đứng) thứ|còn chậm|từ đầu năm)\b",
    regex.IGNORECASE,
)
# accepts the share of a plan that is reached, behind a value: "% kế hoạch", "% dự toán HĐND tỉnh giao"
_OF_PLAN = regex.compile(r"^(?:tổng )?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|nhu cầu|nghị quyết)", regex.IGNORECASE)
# accepts a heading of aims: "I. MỤC TIÊU", "II. CHỈ TIÊU ĐẾN NĂM 2025", "1. Mục đích, yêu cầu"
_AIM_HEADING = regex.compile(r"mục tiêu(?! quốc gia)|chỉ tiêu|mục đích|định hướng|phương hướng", regex.IGNORECASE)
# accepts a heading under which every figure is a target: "I. CHỈ TIÊU", "II. CÁC CHỈ TIÊU ĐẾN NĂM 2025", "Thông qua mục tiêu, chỉ tiêu"
_GOAL_HEADING = regex.compile(r"chỉ tiêu", regex.IGNORECASE)
# accepts a heading of what was reached: "I. KẾT QUẢ THỰC HIỆN", "II. HIỆN TRẠNG", "Tình hình", "Tồn tại, hạn chế"
_FACT_HEADING = regex.compile(
    r"kết quả|tình hình|hiện trạng|thực trạng|đánh giá|tồn tại|hạn chế|khó khăn|vướng mắc|nguyên nhân|đặc điểm|sự cần thiết",
    regex.IGNORECASE,
)
# accepts what makes a value a condition, a norm or part of a name: "trường hợp", "các dự án có", "mức hỗ trợ"
_CONDITION = regex.compile(
    r"\b(?:trường hợp|nếu|khi(?! hậu| nào)|đối với (?:các|những)|mức (?:hỗ trợ|thu|chi|phạt|đóng|vay|đầu tư|trích|giảm)|định mức|đơn giá|hạn mức|tổng mức|từ nguồn tiết kiệm|chịu trách nhiệm|ký quỹ|được (?:giảm|miễn|hưởng))\b|(?<!toàn \p{L}{1,9} )\bcó (?=tỷ lệ|tỉ lệ|mức|số|diện tích|quy mô|tổng|thu nhập|giá trị)",
    regex.IGNORECASE,
)
# accepts the noun of money that is planned or needed, which is neither aim nor result: "Kinh phí dự kiến để", "Nhu cầu vốn"
_BUDGET = regex.compile(
    r"(?:tổng )?(?:kinh phí|nhu cầu|dự toán|mức|vốn|nguồn vốn|kế hoạch vốn|khái toán|tổng mức|ngân sách|nguồn(?! lực))\b",
    regex.IGNORECASE,
)
# accepts words of its own before a value that is done: "đã cấp", "huy động được", "ước"
_DONE = regex.compile(
    r"\b(?:đã|được|ước(?: tính)?|xảy ra|ghi nhận|phát hiện|hoàn thành|kết nạp|có)\b", regex.IGNORECASE
)
# accepts an order that is told of, or what did not succeed: "đã giao Sở Y tế", "đã chỉ đạo", "chưa chủ động", "nhiều cố gắng trong việc"
_DELEGATED = regex.compile(
    r"\b(?:giao(?! động)|chỉ đạo|yêu cầu|đề nghị|phân công|chưa|cố gắng|nỗ lực|trong việc)\b", regex.IGNORECASE
)
# accepts what is still missing or only reckoned: "phần còn thiếu", "Nhu cầu kinh phí", "Qua kiểm tra"
_LACKING = regex.compile(r"\bcòn thiếu\b|^(?:tổng )?(?:nhu cầu|dự kiến|dự toán|mức|qua )", regex.IGNORECASE)
# accepts a sum that was spent or raised, told with "là": "Tổng nguồn lực huy động", "tổng kinh phí thực hiện"
_WHOLE = regex.compile(r"tổng (?!mức|nhu|dự|số vốn|kế hoạch|kinh phí dự|vốn đầu tư)", regex.IGNORECASE)
_AIMING_TYPES: Mapping[str, float] = {
    "KẾ HOẠCH": 1.0,
    "CHƯƠNG TRÌNH": 1.0,
    "ĐỀ ÁN": 1.0,
    "CHỈ THỊ": 0.5,
    "NGHỊ QUYẾT": 1.0,
    "QUYẾT ĐỊNH": 0.5,
    "CÔNG ĐIỆN": 0.0,
    "PHƯƠNG ÁN": 0.5,
    "HƯỚNG DẪN": 0.5,
}
_TELLING_TYPES: Mapping[str, float] = {"BÁO CÁO": 1.5, "TỜ TRÌNH": 1.0, "BIÊN BẢN": 1.0, "THÔNG BÁO": 0.5}
_HEADING_WORDS = 24
_OPENS = 24  # characters before a time that opens a sentence: "Phấn đấu đến hết "
_SURE = 1.0  # evidence on one side over the other, below which a value in a task is neither


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a paragraph: titles above it, nearest first; the type and day of the document; whether it sets a task."""

    titles: Sequence[str]
    document_type: str | None
    issued_on: str | None
    in_task: bool
    before_orders: bool


def titles_above(layout: Layout) -> dict[str | None, list[str]]:
    """Node id -> titles of the short headings over what stands in it, nearest first, its own included."""
    by_id = {n.id: n for n in layout.outline}
    out: dict[str | None, list[str]] = {None: []}
    for node in layout.outline:
        titles: list[str] = []
        at: str | None = node.id
        while at is not None:
            title = by_id[at].title
            if len(title.split()) <= _HEADING_WORDS:
                titles.append(title)
            at = by_id[at].parent
        out[node.id] = titles
    return out


def mood_of(text: str, s: Statement, times: Iterable[Finding], setting: Setting) -> Mood | None:
    """Target, result, or neither where nothing tells, or where the value is a norm, a condition or a budget.

    The evidence of both sides is added up; words of the sentence count most, then the heading, the time, the document.
    """
    a, b = s.sentence
    before = text[a : s.value.at]
    clause = max(a, text.rfind(";", a, s.start) + 1)
    if s.value.value.get("operator") is None or _CONDITION.search(text, clause, s.value.at):
        return None
    stop = text.find(";", s.value.at, b)
    said = text[clause : stop if stop >= 0 else b]
    aim = reached = 0.0
    said_so = _AIMS.search(before) is not None
    aim += 4.0 if said_so else 0.0
    wants = _WANTS.search(before) is not None
    if wants or s.value.value["operator"] in {">=", "<="}:
        aim += 1.5
    elif s.value.value["operator"] in {">", "<", "range"}:
        aim += 0.5
    if _REACHED.search(said):
        reached += 2.5
    if s.compared_with is not None and _OF_PLAN.match(s.compared_with):
        reached += 2.5
    if s.others and s.value.value["operator"] == "=" and "/" in text[s.value.at : s.end]:
        reached += 1.5
    figure = s.value.value["value"]
    if s.value.kind == "percentages" and figure is not None and figure.normalize().as_tuple().exponent < -1:
        reached += 0.5  # what is told has decimals, what is aimed at is round
    heading = next((h for t in setting.titles if (h := _heading(t)) is not None), None)
    if heading == "money" and not said_so:
        return None
    aim += {"goals": 3.0, "aim": 3.0, "tasks": 1.0}.get(heading or "", 0.0)
    reached += 3.0 if heading == "fact" else 0.0
    for time in times:
        if of_clause(text, s, time):
            ahead = _ahead(time, setting.issued_on)
            wants = wants or ahead > 0
            aim, reached = aim + max(ahead, 0.0), reached + max(-ahead, 0.0)
    kind = setting.document_type or ""
    aim += _AIMING_TYPES.get(kind, 0.0)
    if setting.in_task:
        aim += 1.5 if s.form == "level" and s.verb else 0.0  # a task that says how much is to be reached
    else:
        reached += _TELLING_TYPES.get(kind, 0.0) + (1.0 if setting.before_orders else 0.0)
    bounded = (
        s.value.kind == "percentages" and s.value.value["operator"] in {">=", "<="} and _AIMING_TYPES.get(kind, 0) >= 1
    )
    bare = not (said_so or wants or heading or setting.in_task or bounded) and s.form != "level"
    if bare and aim > reached:
        return None  # a bound alone, or the type of the document, makes no target of a figure
    mood: Mood | None = "targets" if aim > reached else "results" if reached > aim else None
    delegated = s.form in {"object", "first"} and _DELEGATED.search(text, s.since, s.value.at) is not None
    own = _DONE.search(text, s.since, s.value.at) is not None
    return (
        mood
        if mood is not None and _enough(s, mood, aim - reached, said_so, own, heading, setting.in_task, delegated)
        else None
    )


def of_clause(text: str, s: Statement, time: Finding) -> bool:
    """Whether a time before the value is that of its own clause: it stands in it, or opens the sentence."""
    a = s.sentence[0]
    return a <= time.at < s.value.at and (";" not in text[time.at : s.start] or time.at - a < _OPENS)


def _ahead(time: Finding, issued_on: str | None) -> float:
    """How far a time speaks for what is to come: 2 for one that begins after the day of issue, -2 for one that is over."""
    start, end = time.value.get("start"), time.value.get("end") or time.value.get("due")
    if issued_on is None or end is None:
        return 0.0
    if end <= issued_on:
        return -2.0
    return 2.0 if start is None or start > issued_on else 1.0


def _heading(title: str) -> str | None:
    if MONEY_HEADING.match(title):
        return "money"
    if _FACT_HEADING.search(title):
        return "fact"
    if _GOAL_HEADING.search(title):
        return "goals"
    if _AIM_HEADING.search(title):
        return "aim"
    return "tasks" if TASK_HEADING.search(title) else None


def _enough(
    s: Statement, mood: Mood, margin: float, aims: bool, done: bool, heading: str | None, in_task: bool, delegated: bool
) -> bool:
    """Whether the form of the statement bears its mood: money and counts without a verb of reaching need words that say so.

    Args:
        margin: by how much more speaks for a target. aims: a word says that it is aimed at. done: its own words say that it
            is done. heading: of which kind the heading over it is. delegated: the doing was only asked of somebody, or failed.
    """
    percent = s.value.kind == "percentages"
    operator = s.value.value["operator"]
    if heading == "goals" and mood == "targets":
        return True
    if in_task:
        if mood == "results":
            return False
        return aims or (percent and s.form in {"level", "change", "bare"} and margin > _SURE and bool(s.verb))
    if mood == "targets":
        if percent:
            return s.form != "object" or aims or heading == "aim"
        if _BUDGET.match(s.indicator) and not aims:
            return False
        return aims or (heading == "aim" and s.form != "object")
    if s.value.kind == "amounts" and (s.difference or "").startswith("chiếm"):
        return False  # a share of a plan
    told = s.difference is not None or s.compared_with is not None or s.change is not None
    if not told and ((operator in {"<=", ">="} and not percent) or delegated):
        return False
    if percent:
        return told or s.form in {"level", "bare"} or done
    if _LACKING.search(s.indicator):
        return False
    reaching = any(word in s.verb.lower().split() for word in ("đạt", "được", "ước", "đã", "tăng", "giảm"))
    return told or done or reaching or (s.verb == "là" and _WHOLE.match(s.indicator) is not None)
