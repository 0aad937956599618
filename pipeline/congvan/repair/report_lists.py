"""The lists of the report: what should be looked at first, totals by family, the different replacements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from congvan.document import Edit, Span
from congvan.repair.lines import LINE_END
from congvan.repair.planfile import Repaired
from congvan.repair.report_rows import NORMAL_FORM, Row, about, level, plain, visible
from congvan.repair.report_words import FAMILIES, LEVELS, both, number

LISTED = 300  # places to look at and replacements that are listed, at most
AROUND = 24  # characters around a place in the list


def to_look_at(repaired: Repaired, rows: Sequence[Row]) -> Iterator[str]:
    """Unresolved places and doubtful edits, in the order of the text."""
    found: list[tuple[int, str]] = []
    for row in rows:
        at = row.before.start
        shift = row.after.start - at
        for n in range(*row.edits):
            edit = repaired.edits[n]
            start = edit.span.start + shift
            shift += len(edit.after) - edit.span.length
            if edit.family != NORMAL_FORM and level(edit.confidence) == "doubt":
                what = f'<del class="doubt">{visible(edit.before)}</del> → {visible(edit.after) or "∅"}'
                there = _around(repaired.text, Span(start, start + len(edit.after)))
                found.append((start, _listed(f"e{n + 1}", row.line, what, there, about(edit))))
        for n in range(*row.unresolved):
            span = repaired.unresolved[n]
            shown = visible(span.of(repaired.text)[:80]) + ("…" if span.length > 80 else "")
            what = f'<span class="left">{shown}</span>'
            found.append(
                (
                    span.start,
                    _listed(f"u{n + 1}", row.line, what, _around(repaired.text, span), "chưa sửa được / unresolved"),
                )
            )
    if not found:
        return
    found.sort()
    yield f"<h2>{both('Cần xem trước', 'To be looked at first')} ({number(len(found))})</h2>\n"
    long = len(found) > 30
    if long:
        yield f"<details><summary>{both('Mở danh sách', 'Open the list')}</summary>\n"
    yield (
        f'<div class="scroll"><table class="list"><thead><tr><th class="n">{both("Dòng", "line")}</th>'
        f"<th>{both('Chỗ', 'place')}</th><th>{both('Trong câu', 'in its line')}</th>"
        f"<th>{both('Loại | căn cứ | độ tin cậy', 'family | evidence | confidence')}</th></tr></thead>\n<tbody>\n"
    )
    yield from (line for _, line in found[:LISTED])
    yield "</tbody></table></div>\n"
    if len(found) > LISTED:
        more = number(len(found) - LISTED)
        yield f"<p>{both(f'và {more} chỗ nữa, đánh dấu trong văn bản', f'and {more} more, marked in the text')}</p>\n"
    if long:
        yield "</details>\n"


def _listed(key: str, line: int, what: str, there: str, why: str) -> str:
    return (
        f'<tr><td class="n"><a href="#{key}">{line}</a></td><td>{what}</td><td>{there}</td>'
        f"<td>{escape(plain(why))}</td></tr>\n"
    )


def _around(text: str, span: Span) -> str:
    """A place with what stands around it on its line."""
    before = LINE_END.split(text[max(span.start - AROUND, 0) : span.start])[-1]
    after = LINE_END.split(text[span.end : span.end + AROUND])[0]
    opening = "…" if len(before) == AROUND else ""
    closing = "…" if len(after) == AROUND else ""
    return f"{opening}{visible(before)}<b>{visible(span.of(text)[:80])}</b>{visible(after)}{closing}"


# ---------------------------------------------------------------- totals


def totals(repaired: Repaired) -> str:
    """Edits by family and confidence, and the stretches that stay damaged, as a table."""
    counts: dict[str, Counter[str]] = {}
    for edit in repaired.edits:
        counts.setdefault(edit.family, Counter())[level(edit.confidence)] += 1
    left = Counter(v.family or "" for v in repaired.verdicts if v.verdict == "damaged")
    out = [f"<h2>{both('Tổng số theo loại', 'Totals by family')}</h2>\n"]
    out.append(
        f'<div class="scroll"><table class="list"><thead><tr><th>{both("Loại hỏng", "family")}</th>'
        f'<th class="n">{both("Chỗ sửa", "edits")}</th>'
        + "".join(f'<th class="n">{both(v, e)}</th>' for v, e, _ in LEVELS.values())
        + f'<th class="n">{both("đoạn còn hỏng", "damaged stretches")}</th></tr></thead>\n<tbody>\n'
    )
    for family in sorted(counts.keys() | left.keys(), key=lambda f: (-counts.get(f, Counter()).total(), f)):
        own = counts.get(family, Counter())
        figures = (own.total(), *(own[key] for key in LEVELS), left[family])
        cells = "".join(f'<td class="n">{number(figure)}</td>' for figure in figures)
        out.append(f"<tr><td>{_family(family)}</td>{cells}</tr>\n")
    if not counts and not left:
        out.append(f'<tr><td colspan="6">{both("Không có gì phải sửa.", "Nothing had to be repaired.")}</td></tr>\n')
    out.append("</tbody></table></div>\n")
    return "".join(out)


def _family(family: str) -> str:
    names = FAMILIES.get(family)
    shown = f"<code>{escape(family)}</code>" if family else both("không rõ", "not known")
    return shown + (f" {both(*names)}" if names else "")


def replacements(edits: Sequence[Edit]) -> str:
    """Which replacements were made how often, the least certain first."""
    counts: Counter[tuple[str, str, str]] = Counter()
    lowest: dict[tuple[str, str, str], float] = {}
    for edit in edits:
        if edit.family != NORMAL_FORM:
            key = (edit.before, edit.after, edit.family)
            counts[key] += 1
            lowest[key] = min(lowest.get(key, 1.0), edit.confidence)
    if not counts:
        return ""
    order = sorted(counts, key=lambda key: (lowest[key], -counts[key], key))
    out = [
        f"<details><summary>{both('Danh sách các thay thế khác nhau', 'List of different replacements')} "
        f"({number(len(order))})</summary>\n"
        f'<div class="scroll"><table class="list"><thead><tr><th>{both("Trước", "before")}</th><th>{both("Sau", "after")}</th>'
        f'<th class="n">{both("Số lần", "times")}</th><th class="n">{both("Tin cậy thấp nhất", "lowest confidence")}</th>'
        f"<th>{both('Loại', 'family')}</th></tr></thead>\n<tbody>\n"
    ]
    for key in order[:LISTED]:
        before, after, family = key
        out.append(
            f'<tr><td>{visible(before) or "∅"}</td><td>{visible(after) or "∅"}</td><td class="n">{number(counts[key])}</td>'
            f'<td class="n">{lowest[key]:.3f}</td><td><code>{escape(family)}</code></td></tr>\n'
        )
    out.append("</tbody></table></div>\n")
    if len(order) > LISTED:
        more = number(len(order) - LISTED)
        out.append(f"<p>{both(f'và {more} thay thế chắc chắn hơn', f'and {more} more certain ones')}</p>\n")
    return "".join([*out, "</details>\n"])
