"""Phrases for numbers, amounts, percentages, quantities, dates and deadlines, and sentences that hold none: all by hand.

The tables (``goldens/values/*.toml``) were written from the grammar of the language, apart from the rules. Each sentence is
the body of a letter with a date of issue, and goes through the whole program. ``known.txt`` names the ids that fail today:
``ID`` for values, ``ID span`` for the stretch of text. A line there whose phrase comes out right fails: it has to go.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import regex

from congvan.parse import parse_bytes
from congvan.record import FindingInfo

TABLES = Path(__file__).parent / "goldens" / "values"
# the date of issue where a row names none: a Friday
ISSUED = date(2023, 3, 10)
HEAD = """ỦY BAN NHÂN DÂN
TỈNH GIA LAI

Số: 145/UBND-KTTH
V/v triển khai nhiệm vụ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Gia Lai, ngày {day:02} tháng {month:02} năm {year}

Kính gửi: Các sở, ban, ngành.

"""
# keys that are compared always, with what they are where a row does not name them; the others only where it does
ALWAYS: dict[str, dict[str, Any]] = {
    "percentages": {"operator": None, "value": None, "low": None, "high": None},
    "amounts": {"operator": None, "value": None, "low": None, "high": None},
    "quantities": {"operator": None, "value": None, "low": None, "high": None},
    "dates": {"start": None, "end": None},
    "deadlines": {"due": None, "recurrence": None, "offset": None},
}
NUMBERS = ("value", "low", "high")
# accepts a marked stretch of a sentence: ⟦trước ngày 25⟧
MARKED = regex.compile(r"⟦([^⟧]*)⟧")
# accepts weeks of a duration: P2W, -P1W
WEEKS = regex.compile(r"(-?)P(\d+)W")

Row = Mapping[str, Any]


def rows(key: str) -> list[dict[str, Any]]:
    """The rows of all tables under a key: ``phrase`` or ``counter``."""
    tables = (tomllib.loads(p.read_text(encoding="utf-8"), parse_float=Decimal) for p in sorted(TABLES.glob("*.toml")))
    return [row for table in tables for row in table.get(key, [])]


PHRASES, COUNTERS = rows("phrase"), rows("counter")
KNOWN = [line for line in (TABLES / "known.txt").read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]


def cases(table: Iterable[Row], suffix: str = "") -> list[Any]:
    """One test a row; those that are known to fail have to fail."""
    marks = {True: [pytest.mark.xfail(reason="known", strict=True)], False: []}
    return [pytest.param(row, id=row["id"], marks=marks[row["id"] + suffix in KNOWN]) for row in table]


@cache
def found(sentence: str, issued: date) -> dict[str, list[FindingInfo]]:
    """The findings of a sentence in the body of a letter of a day, by kind."""
    head = HEAD.format(day=issued.day, month=issued.month, year=issued.year)
    [record] = parse_bytes(f"{head}{sentence}\n".encode(), "letter.txt")
    assert record.issued_on == issued.isoformat()
    start = record.text.rindex("Kính gửi: Các sở, ban, ngành.") + 29
    return {kind: [f for f in record.findings(kind) if f.span[0] >= start] for kind in ALWAYS}


def of(row: Row) -> list[FindingInfo]:
    """What is found in a row's sentence of its kind."""
    return found(MARKED.sub(r"\1", row["text"]), row.get("issued", ISSUED))[row["kind"]]


def comparable(key: str, value: Any) -> Any:
    """A value in a form in which equal meanings are equal: numbers as Decimal, weeks as days, null as false."""
    if key in NUMBERS and value is not None:
        return Decimal(str(value))
    if key in ("offset", "duration") and value and (weeks := WEEKS.fullmatch(value)):
        return f"{weeks[1]}P{int(weeks[2]) * 7}D"
    return bool(value) if key in ("working_days", "points", "lunar") else value


def single_rules(rule: str | None) -> list[str | None]:
    """A rule of recurrence as rules of one month and one day each, parts in order: BYMONTHDAY=10,25 is two."""
    if rule is None:
        return [None]
    parts = sorted(part.partition("=")[::2] for part in rule.split(";"))
    return [
        ";".join(f"{k}={v}" for k, v in one) for one in product(*([(k, v) for v in vs.split(",")] for k, vs in parts))
    ]


def values(finding: Mapping[str, Any], wanted: Row, kind: str) -> list[tuple[tuple[str, Any], ...]]:
    """The compared keys of a finding; a recurrence of several days is several."""
    keys = [key for key in {**ALWAYS[kind], **wanted} if key != "event"]
    plain = {key: comparable(key, finding.get(key)) for key in keys}
    out = []
    for rule in single_rules(plain["recurrence"]) if "recurrence" in plain else [None]:
        out.append(tuple(sorted((plain | ({"recurrence": rule} if "recurrence" in plain else {})).items())))
    return out


@pytest.mark.parametrize("row", cases(PHRASES))
def test_values(row: Row) -> None:
    """No more and no less than what the row says, in order."""
    kind, wanted = row["kind"], row["find"]
    got = of(row)
    want = Counter(v for one in wanted for v in values(one, one, kind))
    have = Counter(v for n, f in enumerate(got) for v in values(f.model_dump(), wanted[min(n, len(wanted) - 1)], kind))
    assert have == want, [f.text for f in got]
    for one, finding in zip(wanted, got, strict=False):
        if "event" in one:
            assert one["event"] in (finding.model_dump()["event"] or "")


@pytest.mark.parametrize("row", cases(PHRASES, " span"))
def test_spans(row: Row) -> None:
    """The stretches that the row marks; where it says ``span = "near"`` the border is open, but they touch."""
    text = MARKED.sub(r"\1", row["text"])
    marked = [m[1] for m in MARKED.finditer(row["text"])]
    got = [f.text for f in of(row)]
    if row.get("span") != "near":
        assert got == marked
        return
    assert got
    for stretch in got:
        start = text.index(stretch)
        assert any(start < m.start() - 2 * n + len(m[1]) and m.start() - 2 * n < start + len(stretch)
                   for n, m in enumerate(MARKED.finditer(row["text"])))  # fmt: skip


@pytest.mark.parametrize("row", cases(COUNTERS))
def test_counter_examples(row: Row) -> None:
    got = found(row["text"], row.get("issued", ISSUED))
    assert {kind: [f.text for f in got[kind]] for kind in row["kinds"]} == {kind: [] for kind in row["kinds"]}


def test_the_tables_are_large_and_sound() -> None:
    """Ids are single, sentences are not told twice, known ids exist; at least 400 phrases and as many counter-examples."""
    ids = [row["id"] for row in (*PHRASES, *COUNTERS)]
    assert len(ids) == len(set(ids))
    told = [(MARKED.sub(r"\1", row["text"]), row.get("issued")) for row in (*PHRASES, *COUNTERS)]
    assert [text for text, n in Counter(told).items() if n > 1] == []
    assert len(KNOWN) == len(set(KNOWN))
    assert {line.removesuffix(" span") for line in KNOWN} <= set(ids)
    assert len(PHRASES) >= 400
    assert len(COUNTERS) >= len(PHRASES)
