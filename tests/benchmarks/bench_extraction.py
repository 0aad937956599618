"""Missed and false findings: generated documents of both banks, gold by hand, real sentences by pointer, beside the peers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import regex

import congvan
import score
from congvan.language.markers import ENUMERATED
from generated import FIELDS, Case, cases, compare_obligations, overlap
from measuring import ABSENT, SHARED, Bench, per_thousand, table
from scorer import Score, score_record, score_spans

Record = Mapping[str, Any]
HEAD = ("kind", "wanted", "found", "missed", "false", "missed per 1,000", "false per 1,000")
KINDS = (
    "letterhead",
    "percentages",
    "amounts",
    "quantities",
    "dates",
    "deadlines",
    "citations",
    "agencies",
    "obligations",
)
# kinds scored by place, with what the gold leaves open
BY_PLACE = ("targets", "results", "checks")


def _rows(scores: Iterable[Score]) -> list[Sequence[object]]:
    rows: list[Sequence[object]] = []
    by_kind = score.totals(list(scores))
    for kind in sorted(by_kind, key=lambda k: KINDS.index(k) if k in KINDS else len(KINDS)):
        _, wanted, found, missed, false = by_kind[kind]
        rows.append(
            (kind, wanted, found, missed, false, per_thousand(missed, wanted), per_thousand(false, found + false))
        )
    return rows


def _parsed(one: Case) -> list[Record]:
    """The records of a case, the spans of all counted in the text of the file, as those of the gold are."""
    records = [record.to_dict() for record in congvan.parse_bytes(one.text.encode(), f"{one.name}.txt")]
    at = 0
    for record in records:
        at = one.text.index(record["text"], at)
        for kind in (*KINDS, *BY_PLACE):
            for finding in record.get(kind, ()):
                finding["span"] = [at + place for place in finding["span"]]
        at += len(record["text"])
    return records


def _merged(records: Sequence[Record]) -> Record:
    """The records of a file as one: the letterhead of the first, the findings of all."""
    out = dict(records[0])
    for record in records[1:]:
        for kind in (*KINDS, *BY_PLACE):
            if kind in record:
                out[kind] = [*out[kind], *record[kind]]
    return out


def _agencies(one: Case, record: Record) -> Score:
    """Mentions by place and name, where the gold has them: the letterhead and the ending have other gold.

    A class of bodies that no authority file knows ("các cơ quan liên quan") may be found or not.
    """
    gold = [item for record in one.records for item in record["agencies"]]
    found = [
        a for a in record["agencies"]
        if any(overlap(a["span"], span) for span in one.bodies) and (a["key"] or any(overlap(a["span"], g["span"]) for g in gold))
    ]  # fmt: skip
    return score_spans(one.name, "agencies", gold, found)


def _values(one: Case, kind: str) -> list[Mapping[str, Any]]:
    """Gold by place, optional items included; what was computed may be written in more than one way."""
    items = [item for record in one.records for item in record[kind]]
    return [{k: v for k, v in item.items() if k != "computed"} for item in items]


def scores_of_case(one: Case, records: list[Record] | None = None) -> list[Score]:
    """The scores of all kinds of a generated document."""
    record = _merged(_parsed(one) if records is None else records)
    scores = [*score_record(one.name, one.gold, record), _agencies(one, record)]
    return scores + [score_spans(one.name, kind, _values(one, kind), record[kind]) for kind in BY_PLACE]


def scores_of_pointers(first: int | None = None) -> list[Score]:
    """The scores of the real sentences (of the first ones), by kind; none where the reference material is not at hand."""
    if not SHARED.joinpath("corpora").is_dir():
        return []
    from corpora.pointers.gold import labelled

    scores: list[Score] = []
    for sentence in list(labelled(SHARED))[:first]:
        [record] = congvan.parse_bytes(sentence.text.encode(), "sentence.txt")
        found = record.to_dict()
        scores += [score_spans(sentence.id, kind, labels, found[kind]) for kind, labels in sentence.labels.items()]
    return scores


# accepts what tells two nodes of one path apart: "#2" of "I.1#2"
_AGAIN = regex.compile(r"#\d+$")


def outline_score(one: Case, records: Sequence[Record]) -> Score:
    """Numbered and lettered nodes by their path, which holds number and parent; dashes have no gold."""
    wanted = Counter(node["id"] for record in one.records for node in record["outline"])
    found = Counter(_AGAIN.sub("", n["id"]) for r in records for n in r["outline"] if n["kind"] in ENUMERATED)
    missed, false = wanted - found, found - wanted
    hits = wanted & found
    return Score(one.name, "outline", wanted.total(), hits.total(), list(missed.elements()), list(false.elements()))


def generated_documents(bench: Bench) -> list[str]:
    """The values and obligations of generated documents, bank by bank, and where obligations go wrong."""
    out = [
        "## Findings in generated documents",
        "",
        "Gold comes from the generator. Bank a is in sight when rules are written, bank b is not: **b is the figure to go by**. One document a file, bare text.",
    ]
    for bank in ("a", "b"):
        documents = cases(bank, bench.size(120, 12))
        scores: list[Score] = []
        fields: Counter[str] = Counter()
        whole = total = 0
        for one in documents:
            records = _parsed(one)
            mine = scores_of_case(one, records)
            scores += mine
            for s in mine:
                bench.keep(f"findings/{s.kind}/{one.name}", len(s.missed) + len(s.false))
            for _, right in compare_obligations(one, records):
                total += 1
                whole += right is not None and len(right) == len(FIELDS)
                fields.update(right or ())
        out += ["", f"### Bank {bank}, {len(documents)} documents", "", *table(HEAD, _rows(scores)), ""]
        out.append(
            f"Obligations with all fields right: {whole:,} of {total:,} ({per_thousand(whole, total)} per 1,000). Right by field:"
        )
        out += ["", *table(FIELDS, [[f"{fields[name]:,}" for name in FIELDS]])]
    return out


def by_hand(bench: Bench) -> list[str]:
    """Seeds, samples and documents written apart, with gold made by hand."""
    scores, repairs = score.run()
    groups: dict[str, list[Score]] = {"seeds": [], "samples": []}
    for one in scores:
        groups["seeds" if (SHARED / "seeds" / one.document).exists() else "samples"].append(one)
    groups |= score.blind()
    out = [
        "## Findings against gold made by hand",
        "",
        "Seeds (reference material) and samples (`corpora/truth`) were in sight when the rules were written: they show what is lost. The blind documents",
        "(`corpora/heldout`) were written by someone who had not seen the program; of those held out totals alone are looked at. `make score` names what is missed.",
    ]
    for group, of_group in groups.items():
        for s in of_group:
            bench.keep(f"hand/{s.kind}/{s.document}", len(s.missed) + len(s.false))
        out += [
            "",
            f"### {group.capitalize()}, {len({s.document for s in of_group})} documents",
            "",
            *table(HEAD, _rows(of_group)),
        ]
    out += ["", "Repair of whole texts, in words:", "", *table(("document", "garbled", "still wrong", "broken"), [(r.document, r.garbled, len(r.wrong), len(r.broken)) for r in repairs])]  # fmt: skip
    return out if groups["seeds"] else [*out, "", f"Seeds {ABSENT}"]


def pointers(bench: Bench) -> list[str]:
    """Real sentences, labelled by hand."""
    head = [
        "## Findings in real sentences",
        "",
        "Sentences of laws and of an encyclopaedia, drawn at random among those with figures or agencies and labelled by hand (`corpora/pointers`): a finding hits",
        "where it overlaps the label and has its values. They are no administrative prose: this breaks the circle between generator and rules.",
        "",
    ]
    if not SHARED.joinpath("corpora").is_dir():
        return [*head, ABSENT]
    scores = scores_of_pointers(bench.size(10_000, 120))
    for one in scores:
        bench.keep(f"pointers/{one.kind}/{one.document}", len(one.missed) + len(one.false))
    sentences = {one.document for one in scores}
    return [*head, f"{len(sentences)} sentences.", "", *table(HEAD, _rows(scores))]


# ---------------------------------------------------------------- peers


def _days(one: Case) -> Counter[str]:
    """The calendar days that the text names: of deadlines, dates and citations."""
    days: Counter[str] = Counter()
    days.update(
        d["due"]
        for d in one.findings("deadlines")
        if d.get("due") and any(c.isdigit() for c in d["text"]) and "ngày" in d["text"].lower()
    )
    days.update(d["start"] for d in one.findings("dates") if d["grain"] == "day")
    days.update(c["issued_on"] for c in one.findings("citations") if c.get("issued_on"))
    days.update(r["issued_on"] for r in one.records if "issued_on" in r)
    return days


def _our_days(records: Sequence[Record]) -> Counter[str]:
    days: Counter[str] = Counter()
    for r in records:
        days.update(d["due"] for d in r["deadlines"] if d["due"] and "ngày" in d["text"].lower())
        days.update(d["start"] for d in r["dates"] if d["grain"] == "day")
        days.update(c["issued_on"] for c in r["citations"] if c["issued_on"])
        days.update([r["issued_on"]] if r["issued_on"] else [])
    return days


def _counted(wanted: Counter[str], found: Counter[str]) -> tuple[int, int, int]:
    hit = sum((wanted & found).values())
    return sum(wanted.values()), hit, sum((found - wanted).values())


def peers(bench: Bench) -> list[str]:
    """What the peers find at all: calendar days (dateparser), organisations (underthesea)."""
    from underthesea import ner

    documents = cases("b", bench.size(20, 3))
    texts = [one.text for one in documents]
    rows: list[Sequence[object]] = []
    ours = [_parsed(one) for one in documents]
    finders: dict[str, Callable[[int], Counter[str]]] = {"congvan": lambda n: _our_days(ours[n])}
    try:
        from dateparser.search import search_dates
    except ImportError:
        rows.append(("dateparser `search_dates`: not installed", *[""] * 5))
    else:
        finders["dateparser `search_dates`"] = lambda n: Counter(
            day.date().isoformat() for _, day in search_dates(texts[n], languages=["vi"]) or []
        )
    for name, find in finders.items():
        counts = [_counted(_days(one), find(n)) for n, one in enumerate(documents)]
        wanted, hit, false = (sum(c[i] for c in counts) for i in range(3))
        rows.append(
            (
                f"calendar days: {name}",
                wanted,
                hit,
                false,
                per_thousand(wanted - hit, wanted),
                per_thousand(false, hit + false),
            )
        )
    for name, bodies in (
        ("congvan", [[a["span"] for r in rs for a in r["agencies"]] for rs in ours]),
        ("underthesea `ner`", [_organisations(ner, t) for t in texts]),
    ):
        wanted = hit = false = 0
        for one, found in zip(documents, bodies, strict=True):
            inside = [f for f in found if any(overlap(f, span) for span in one.bodies)]
            gold = [a["span"] for a in one.findings("agencies")]
            wanted += len(gold)
            hit += sum(any(overlap(g, f) * 2 > g[1] - g[0] for f in inside) for g in gold)
            false += sum(not any(overlap(g, f) for g in gold) for f in inside)
        rows.append(
            (
                f"agencies, half of the name: {name}",
                wanted,
                hit,
                false,
                per_thousand(wanted - hit, wanted),
                per_thousand(false, hit + false),
            )
        )
    for kind in ("amounts with unit and bound", "deadlines with direction", "citations", "obligations"):
        rows.append((f"{kind}: dateparser, underthesea, ftfy, viparse", "", "cannot", "", "", ""))
    return [
        "## Findings beside the peers",
        "",
        f"{len(documents)} generated documents of bank b, the same text for all.",
        "",
        *table(("what", "wanted", "found", "false", "missed per 1,000", "false per 1,000"), rows),
    ]


def _organisations(ner: Callable[[str], Sequence[Sequence[str]]], text: str) -> list[tuple[int, int]]:
    """Spans of the organisations and places that the peer names."""
    out: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines():
        if not line.strip():
            continue
        for word, *_, label in ner(line):
            start = text.find(word, at)
            if start < 0:
                continue
            at = start + len(word)
            if label in ("B-ORG", "B-LOC"):
                out.append((start, at))
            elif label in ("I-ORG", "I-LOC") and out:
                out[-1] = out[-1][0], at
    return out
