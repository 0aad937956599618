"""A hundred administrative sentences, chosen and labelled before any tool ran: congvan, dateparser and underthesea side by side.

Every tool's output for every sentence is written to ``docs/hundred.md``; the totals go to the page of measurements too. To write
the page alone::

    PYTHONPATH=. .venv/bin/python tests/benchmarks/bench_hundred.py

congvan gets each sentence as the body of a letter of 10 March 2023, dateparser the same day as its base. What a peer cannot say
is not counted against it: dateparser is judged on times, underthesea's ``ner`` on agencies.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from congvan.parse import parse_bytes
from measuring import ROOT, Bench, per_thousand, table

SENTENCES = ROOT / "corpora" / "hundred" / "sentences.jsonl"
PAGE = ROOT / "docs" / "hundred.md"
ISSUED = datetime(2023, 3, 10)
HEAD = """ỦY BAN NHÂN DÂN
TỈNH GIA LAI

Số: 145/UBND-KTTH
V/v triển khai nhiệm vụ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Gia Lai, ngày 10 tháng 3 năm 2023

Kính gửi: Các sở, ban, ngành.

"""
KINDS = ("percentages", "amounts", "quantities", "dates", "deadlines", "citations", "agencies")
TIMES = ("dates", "deadlines")
# keys that say what a value is, in the order in which they are shown
SHOWN = (
    "number", "operator", "value", "low", "high", "unit", "currency", "points", "start", "end", "duration", "due", "inclusive",
    "recurrence", "offset", "working_days", "event",
)  # fmt: skip

Found = tuple[str, int, int, Mapping[str, Any]]  # kind, start, end, values


@dataclass
class Count:
    """What one tool had to find, what it found, and how much was false."""

    wanted: int = 0
    right: int = 0
    false: int = 0

    def row(self, name: str) -> Sequence[object]:
        """A row of the table of totals."""
        missed = self.wanted - self.right
        return (
            name,
            self.wanted,
            self.right,
            self.false,
            per_thousand(missed, self.wanted),
            per_thousand(self.false, self.right + self.false),
        )


@dataclass
class Sentence:
    """A sentence, what is in it by hand, and what each tool says of it."""

    text: str
    gold: list[dict[str, Any]]
    ours: list[Found] = field(default_factory=list)
    days: list[tuple[str, int, int, datetime]] = field(default_factory=list)
    names: list[tuple[str, int, int]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def sentences() -> list[Sentence]:
    """The hundred, with their labels."""
    rows = map(json.loads, SENTENCES.read_text(encoding="utf-8").splitlines())
    return [Sentence(row["text"], row["find"]) for row in rows]


def _ours(text: str) -> list[Found]:
    [record] = parse_bytes(f"{HEAD}{text}\n".encode(), "letter.txt")
    start = record.text.rindex(text[:20])
    return [
        (kind, f.span[0] - start, f.span[1] - start, f.model_dump(mode="json"))
        for kind in KINDS
        for f in record.findings(kind)
        if f.span[0] >= start
    ]


def _days(text: str) -> list[tuple[str, int, int, datetime]]:
    """What dateparser finds: text, span, day."""
    from dateparser.search import search_dates

    out, at = [], 0
    for words, day in search_dates(text, languages=["vi"], settings={"RELATIVE_BASE": ISSUED}) or []:
        start = max(text.find(words, at), 0)
        at = start + len(words)
        out.append((words, start, at, day))
    return out


def _names(text: str) -> list[tuple[str, int, int]]:
    """The entities of underthesea: label, span."""
    from underthesea import ner

    out: list[tuple[str, int, int]] = []
    at = 0
    for word, *_, label in ner(text):
        start = text.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        if label.startswith("B-"):
            out.append((label[2:], start, at))
        elif label.startswith("I-") and out:
            out[-1] = out[-1][0], out[-1][1], at
    return out


def _right(gold: Mapping[str, Any], found: Found) -> bool:
    """Whether a finding of ours is the labelled one: the same stretch at least in part, and every value the same."""
    kind, start, end, values = found
    if kind != gold["kind"] or not _touch(gold["span"], (start, end)):
        return False
    if kind == "agencies":
        return [start, end] == gold["span"]
    keys = [key for key in gold if key not in ("kind", "span", "optional", "event")]
    return all(values.get(key) == gold[key] for key in keys)


def _touch(a: Sequence[int], b: Sequence[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def count_ours(one: Sentence, counts: Mapping[str, Count]) -> None:
    """One to one; what touches an optional label of its kind counts neither way."""
    left = list(one.ours)
    for gold in one.gold:
        if gold.get("optional"):
            continue
        counts[gold["kind"]].wanted += 1
        hit = next((f for f in left if _right(gold, f)), None)
        if hit:
            counts[gold["kind"]].right += 1
            left.remove(hit)
    free = [gold for gold in one.gold if gold.get("optional")]
    for kind, start, end, _ in left:
        if not any(gold["kind"] == kind and _touch(gold["span"], (start, end)) for gold in free):
            counts[kind].false += 1


def count_days(one: Sentence, count: Count) -> None:
    """dateparser on times: right where a day of its lies inside the labelled time; durations and recurrences are not asked of it.

    The date of a citation is a date, though not one of ours: finding it is no mistake.
    """
    asked = [g for g in one.gold if g["kind"] in TIMES and (g.get("start") or g.get("due"))]
    count.wanted += sum(not g.get("optional") for g in asked)
    for gold in asked:
        first, last = gold.get("start") or gold["due"], gold.get("end") or gold["due"]
        hit = any(_touch(gold["span"], d[1:3]) and first <= d[3].date().isoformat() <= last for d in one.days)
        count.right += hit and not gold.get("optional")
    free = [g for g in one.gold if g["kind"] == "citations" or g.get("optional")]
    for _, start, end, day in one.days:
        stretch = (start, end)
        times = [g for g in asked if _touch(g["span"], stretch)]
        right = any((g.get("start") or g["due"]) <= day.date().isoformat() <= (g.get("end") or g["due"]) for g in times)
        count.false += not right and not any(_touch(g["span"], stretch) for g in free)


def count_names(one: Sentence, count: Count, half: bool) -> None:
    """underthesea on agencies: organisations or places are right, organisations alone can be false.

    ``half`` takes half of the name for the whole.
    """
    agencies = [g for g in one.gold if g["kind"] == "agencies"]
    found = [(start, end) for label, start, end in one.names if label in ("ORG", "LOC")]
    organisations = [(start, end) for label, start, end in one.names if label == "ORG"]
    for gold in agencies:
        if gold.get("optional"):
            continue
        start, end = gold["span"]
        count.wanted += 1
        if half:
            count.right += any((min(end, e) - max(start, s)) * 2 > end - start for s, e in found)
        else:
            count.right += (start, end) in found
    count.false += sum(not any(_touch(g["span"], f) for g in agencies) for f in organisations)


def measured() -> tuple[list[Sentence], list[Sequence[object]]]:
    """All tools on all sentences, and the rows of the totals."""
    from underthesea import word_tokenize

    all_of_them = sentences()
    counts = {kind: Count() for kind in KINDS}
    days, whole, half = Count(), Count(), Count()
    for one in all_of_them:
        one.ours, one.days, one.names = _ours(one.text), _days(one.text), _names(one.text)
        one.words = list(word_tokenize(one.text))
        count_ours(one, counts)
        count_days(one, days)
        count_names(one, whole, half=False)
        count_names(one, half, half=True)
    rows = [counts[kind].row(f"congvan: {kind}") for kind in KINDS]
    rows.append(days.row("dateparser `search_dates`: a day inside the labelled time"))
    rows.append(whole.row("underthesea `ner`: agencies, the whole name"))
    rows.append(half.row("underthesea `ner`: agencies, half of the name"))
    return all_of_them, rows


def hundred(bench: Bench) -> list[str]:
    """The totals; the page with all sentences is written too, but for a quick run."""
    all_of_them, rows = measured()
    for kind, row in zip(KINDS, rows, strict=False):
        bench.keep(f"hundred/missed/{kind}", int(str(row[1])) - int(str(row[2])))
        bench.keep(f"hundred/false/{kind}", int(str(row[3])))
    if not bench.quick:
        PAGE.write_text("\n".join(_page(all_of_them, rows)) + "\n", encoding="utf-8")
    return [
        "## A hundred sentences",
        "",
        "Chosen and labelled before any tool ran; every output stands in [hundred.md](hundred.md).",
        "",
        *_totals(rows),
    ]


def _totals(rows: Sequence[Sequence[object]]) -> list[str]:
    return table(("tool and kind", "wanted", "right", "false", "missed per 1,000", "false per 1,000"), rows)


def _page(all_of_them: Sequence[Sentence], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield "# A hundred administrative sentences, three tools"
    yield ""
    yield "Written by `tests/benchmarks/bench_hundred.py`; not edited by hand. The sentences were chosen and labelled by hand"
    yield "(`corpora/hundred/sentences.jsonl`) before any tool ran on them. congvan reads each as the body of a letter of 10 March 2023,"
    yield "dateparser has that day as its base. A finding of congvan is right where every labelled value is; of an agency, where the"
    yield "whole name is. dateparser is asked for days only, underthesea for names only: neither knows amounts, deadlines or citations."
    yield "A place that underthesea names is right where it is an agency and never false; an organisation that is none is false."
    yield '"?" marks a label that may be found or not.'
    yield ""
    yield from _totals(rows)
    for number, one in enumerate(all_of_them, 1):
        yield ""
        yield f"**{number}.** {one.text}"
        yield ""
        yield f"- by hand: {_shown(_labels(one))}"
        yield f"- congvan: {_shown(_said(f, one.text) for f in one.ours)}"
        yield f"- dateparser: {_shown(f'`{words}` {day.date().isoformat()}' for words, _, _, day in one.days)}"
        yield f"- underthesea names: {_shown(f'`{one.text[s:e]}` {label}' for label, s, e in one.names)}"
        yield f"- underthesea words: {' · '.join(one.words)}"


def _shown(items: Any) -> str:
    return "; ".join(items) or "nothing"


def _labels(one: Sentence) -> Iterator[str]:
    for gold in one.gold:
        start, end = gold["span"]
        yield ("? " if gold.get("optional") else "") + _said((gold["kind"], start, end, gold), one.text)


def _said(found: Found, text: str) -> str:
    kind, start, end, values = found
    said = [f"{key} {values[key]}" for key in SHOWN if key in values and values[key] not in (None, False)]
    if values.get("inclusive") is False:
        said.append("not inclusive")
    return f"{kind} `{text[start:end]}`" + (f" ({', '.join(said)})" if said else "")


if __name__ == "__main__":
    print("\n".join(hundred(Bench())))
