"""The report of a repair: a page for the person who has to answer for it. One file, without scripts, without network.

Before and after stand side by side, line by line; edits are coloured by confidence, and underlined differently so that the
colours are not needed. What should be looked at first stands first: unresolved places and doubtful edits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from congvan._version import __version__
from congvan.document import Verdict
from congvan.repair.planfile import Repaired
from congvan.repair.report_lists import replacements, to_look_at, totals
from congvan.repair.report_rows import LIKELY, NORMAL_FORM, Row, after_cell, before_cell, plain, rows_of
from congvan.repair.report_words import LEVELS, STYLE, VERDICTS, both, number

CONTEXT = 1  # lines around an edit that are not folded
FOLD = 3  # lines without an edit that are folded, at least


def report_html(raw: str, repaired: Repaired, name: str) -> Iterator[str]:
    """The report as parts of an HTML page.

    Args:
        raw: the text before repair. repaired: what repair made of it. name: how the page calls the document.
    """
    rows = list(rows_of(raw, repaired.edits, repaired.unresolved))
    yield from _head(raw, repaired, name)
    yield from to_look_at(repaired, rows)
    yield totals(repaired)
    yield replacements(repaired.edits)
    if not _tiles(repaired):
        yield f"<h2>{both('Đánh giá từng phông chữ', 'Verdicts by font')}</h2>\n"
        yield from (f'<p class="verdict {v.verdict}">{_verdict(v)}</p>\n' for v in repaired.verdicts)
    yield from _text(raw, repaired, rows)
    yield _FOOT


# ---------------------------------------------------------------- what stands first


def _head(raw: str, repaired: Repaired, name: str) -> Iterator[str]:
    edits = [e for e in repaired.edits if e.family != NORMAL_FORM]
    doubtful = sum(e.confidence < LIKELY for e in edits)
    left = len(repaired.unresolved)
    yield (
        '<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(plain(name))}: báo cáo sửa văn bản / repair report</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{both('Báo cáo sửa văn bản', 'Repair report')}</h1>\n"
        f'<p class="soft"><code>{escape(plain(name))}</code> · congvan {escape(__version__)}'
        f" · {number(len(raw))} {both('ký tự', 'characters')}</p>\n"
        f'<p class="sum"><b>{number(len(edits))}</b> {both("chỗ đã sửa", "edits")} · '
        f"<b>{number(doubtful)}</b> {both('chỗ cần xem lại', 'doubtful')} · "
        f"<b>{number(left)}</b> {both('chỗ chưa sửa được', 'unresolved')}</p>\n"
    )
    yield '<p class="legend">'
    for key, (vietnamese, english, bound) in LEVELS.items():
        yield f'<span><ins class="{key}">{vietnamese}</ins> <span class="en" lang="en">/ {english}</span> {bound}</span> '
    yield (
        f'<span><span class="left">{both("chưa sửa được", "unresolved")}</span></span> '
        f'<span><span class="sign">U+0004</span> <span class="sign">\ufffd</span> '
        f"{both('ký tự không in được', 'characters that do not print')}</span></p>\n"
        '<p class="soft">'
        + both(
            "Đưa chuột vào chỗ tô màu để xem loại hỏng, căn cứ và độ tin cậy. Gộp dấu rời (NFC) chỉ được đếm, không tô màu.",
            "Point at a coloured place for family, evidence and confidence. Changes of the normal form are counted, not coloured.",
        )
        + "</p>\n"
    )


# ---------------------------------------------------------------- the text


def _text(raw: str, repaired: Repaired, rows: Sequence[Row]) -> Iterator[str]:
    yield f"<h2>{both('Văn bản', 'Text')}</h2>\n"
    yield (
        f'<div class="cols" aria-hidden="true"><span></span><span>{both("Trước khi sửa", "Before")}</span>'
        f"<span>{both('Sau khi sửa', 'After')}</span></div>\n"
    )
    if not _tiles(repaired):
        yield from _folded(raw, repaired, rows)
        return
    at = 0
    for verdict in repaired.verdicts:
        own: list[Row] = []
        while at < len(rows) and (rows[at].after.start < verdict.span.end or verdict is repaired.verdicts[-1]):
            own.append(rows[at])
            at += 1
        line = f'<p class="verdict {verdict.verdict}">{_verdict(verdict)}</p>'
        if len(own) >= FOLD and all(row.quiet for row in own):
            yield f"<details><summary>{line}</summary>\n{_table(raw, repaired, own)}</details>\n"
        elif own:
            yield line + "\n"
            yield from _folded(raw, repaired, own)
    yield from _folded(raw, repaired, rows[at:])  # a text of which repair left nothing has no verdict


def _tiles(repaired: Repaired) -> bool:
    """True where the verdicts follow each other through the text (those of lines; fonts overlap)."""
    at = 0
    for verdict in repaired.verdicts:
        if verdict.span.start != at:
            return False
        at = verdict.span.end
    return at == len(repaired.text)


def _verdict(verdict: Verdict) -> str:
    sign, vietnamese, english = VERDICTS[verdict.verdict]
    unit = plain(verdict.unit).replace("lines", "dòng / lines").replace("line ", "dòng / line ")
    parts = [f"<b>{sign} {both(vietnamese, english)}</b>", escape(unit)]
    if verdict.family:
        parts.append(f"<code>{escape(verdict.family)}</code>")
    parts += (escape(plain(verdict.evidence)), both("tin cậy", "confidence") + f" {verdict.confidence:.3f}")
    return " · ".join(part for part in parts if part)


def _folded(raw: str, repaired: Repaired, rows: Sequence[Row]) -> Iterator[str]:
    """Rows; long stretches of quiet ones can be opened, but for those beside an edit."""
    loud = {n + d for n, row in enumerate(rows) if not row.quiet for d in range(-CONTEXT, CONTEXT + 1)}
    for shown, group in groupby(enumerate(rows), key=lambda pair: pair[0] in loud):
        own = [row for _, row in group]
        if shown or len(own) < FOLD:
            yield _table(raw, repaired, own)
        else:
            lines = f"{own[0].line}–{own[-1].line}"
            label = both(f"dòng {lines}, không đổi", f"lines {lines}, unchanged")
            yield f"<details><summary>{label}</summary>\n{_table(raw, repaired, own)}</details>\n"


def _table(raw: str, repaired: Repaired, rows: Sequence[Row]) -> str:
    out = [
        '<table class="text"><colgroup><col class="no"><col><col></colgroup><thead class="hide"><tr>'
        "<th>dòng / line</th><th>trước / before</th><th>sau / after</th></tr></thead><tbody>\n"
    ]
    for row in rows:
        kind = "quiet" if row.quiet else "open" if row.unresolved[0] < row.unresolved[1] else "edited"
        out.append(
            f'<tr class="{kind}"><th scope="row">{row.line}</th><td>{before_cell(raw, row, repaired.edits)}</td>'
            f"<td>{after_cell(repaired.text, row, repaired.edits, repaired.unresolved)}</td></tr>\n"
        )
    return "".join([*out, "</tbody></table>\n"])


_FOOT = (
    '<div class="sign-off">'
    f"<div>{both('Người kiểm tra', 'Checked by')}</div><div>{both('Ngày', 'Date')}</div>"
    f"<div>{both('Chữ ký', 'Signature')}</div></div>\n</body>\n</html>\n"
)
