"""Generated documents: the same from the same seed, gold where it says it is, banks without holes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.generator import numerals
from corpora.generator.bank import Slot, Tag, bank, slots, template
from corpora.generator.compose import compose
from corpora.generator.example import example
from corpora.generator.forms import formed
from corpora.generator.gold import KINDS, gold, grid
from corpora.generator.heads import TYPES
from corpora.generator.model import Letterhead, Paragraph, Table
from corpora.generator.places import office
from corpora.generator.plain import Style, plain, styled, wrap
from corpora.generator.renderings import printed, renderings
from corpora.generator.writer import Writer

BANKS = ("a", "b")
SEEDS = range(70)
# tables and lists that a wide bank has besides
WIDE = {
    "groups", "kindly", "order", "under_order", "area", "told", "task_columns", "product", "target_table", "target_caption", "forms", "houses",
    "sum", "term", "span", "source", "body", "mention", "lt", "le", "range", "scaled",
}  # fmt: skip
STYLES = (
    Style(paged=False),
    Style(beside=True, paged=False),
    Style(wrapped=False, paged=False),
    Style(paged=False, blank=True),
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (105, "một trăm lẻ năm"),
        (1_250_000, "một triệu hai trăm năm mươi nghìn"),
        (3_005_000_000, "ba tỷ không trăm lẻ năm triệu"),
        (20_000, "hai mươi nghìn"),
    ],
)
def test_numbers_in_words(value: int, words: str) -> None:
    assert numerals.words(value) == words


def test_numbers_in_figures() -> None:
    assert numerals.figures(Decimal("1234567.5")) == "1.234.567,5"
    assert numerals.figures(1000) == "1.000"
    assert [numerals.roman(n) for n in (1, 4, 9, 14, 39)] == ["I", "IV", "IX", "XIV", "XXXIX"]


@given(st.text("ab ", max_size=80), st.integers(1, 20))
def test_wrapping_loses_only_the_spaces_at_breaks(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert [text[a:b] for a, b in rows] == [text[a:b] for a, b in sorted(rows)]
    assert len(text) == sum(b - a for a, b in rows) + len(rows) - 1
    assert all(text[b] == " " for _, b in rows[:-1])


def test_a_template_is_text_slots_and_tags() -> None:
    parts = template("<o><m>Giao</m> {lead} {action}</o>, {deadline:by_day}.")
    assert isinstance(parts[0], Tag)
    assert parts[1:] == (", ", Slot("deadline", "by_day"), ".")
    assert [slot.name for slot in slots(parts)] == ["lead", "action", "deadline"]


@pytest.mark.parametrize("broken", ["<o>text", "text</o>", "<o><a>text</o></a>"])
def test_a_template_with_open_tags_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r"open|closes"):
        template(broken)


def test_bank_b_has_all_that_bank_a_has() -> None:
    """But for what is asked only of a bank with groups of bodies, which is wide (``Writer.wide``)."""
    a, b = bank("a"), bank("b")
    assert "groups" in a and "groups" not in b
    assert set(a) - WIDE <= set(b)
    for table in ("phrases", "amount", "percentage", "quantity", "deadline", "date", "citation"):
        assert set(a[table]) - WIDE <= set(b[table]), table


def test_the_banks_share_hardly_a_sentence() -> None:
    sentences = {name: {p for key, ps in bank(name)["phrases"].items() if key in ("sentence", "item", "intro", "double", "result") for p in ps} for name in BANKS}  # fmt: skip
    shared = sentences["a"] & sentences["b"]
    assert len(shared) <= 0.05 * len(sentences["b"]), shared


@pytest.mark.parametrize("name", BANKS)
def test_the_first_files_have_every_type_level_and_era(name: str) -> None:
    about = [compose(seed, name).about for seed in SEEDS]
    assert {a["type"] for a in about} >= set(TYPES)
    assert {(a["level"], a["era"]) for a in about} == {("province", "63"), ("province", "34"), ("department", "63"), ("department", "34"), ("district", "63"), ("commune", "63"), ("commune", "34")}  # fmt: skip
    assert any(a["bundle"] for a in about)


@pytest.mark.parametrize("name", BANKS)
def test_no_text_has_a_hole(name: str) -> None:
    for seed in SEEDS:
        for leaf in compose(seed, name).leaves():
            text = leaf.text.text
            assert not set(text) & set("{}<>[]|\0\n"), (seed, text)
            if leaf.role not in ("head-left",):  # figures that were never filled in leave room
                assert "  " not in text.replace("Quyết định số      /", ""), (seed, text)


@pytest.mark.parametrize("name", BANKS)
@pytest.mark.parametrize("style", STYLES, ids=str)
def test_every_span_of_the_gold_holds_its_text(name: str, style: Style) -> None:
    for seed in SEEDS:
        file = compose(seed, name)
        shown = plain(file, style)
        for record in gold(file, shown, "x")["records"]:
            for kind in KINDS:
                for item in record[kind]:
                    start, end = item["span"]
                    assert shown.text[start:end].split() == item["text"].split(), (seed, kind)


@pytest.mark.parametrize("name", BANKS)
def test_at_counts_the_characters_before_that_are_no_space(name: str) -> None:
    for seed in list(SEEDS)[:20]:
        file = compose(seed, name)
        flow = "".join("".join(leaf.text.text.split()) for leaf in file.leaves() if leaf.role != "footnote")
        for record in gold(file, printed(file), "x")["records"]:
            for kind in KINDS:
                for item in record[kind]:
                    if item["at"] is not None:
                        assert flow[slice(*item["at"])] == "".join(item["text"].split())


@pytest.mark.parametrize("name", BANKS)
def test_obligations_are_whole(name: str) -> None:
    for seed in SEEDS:
        file = compose(seed, name)
        for record in gold(file, printed(file), "x")["records"]:
            ids = {kind: {item["id"] for item in record[kind]} for kind in ("amounts", "citations")}
            sections = {node["id"] for node in record["outline"]}
            for task in record["obligations"]:
                assert task["lead"], (seed, task["text"])
                assert task["action"], (seed, task["text"])
                assert task["action"].lower() in " ".join(task["text"].lower().split())
                assert task["section"] is None or task["section"] in sections, (seed, task["section"])
                for kind, known in ids.items():
                    assert set(task[kind]) <= known


@pytest.mark.parametrize("name", BANKS)
def test_values_are_not_beyond_reason(name: str) -> None:
    for seed in SEEDS:
        file = compose(seed, name)
        for record in gold(file, printed(file), "x")["records"]:
            assert all(0 < (p.get("value") or p["high"]) <= 100 for p in record["percentages"]), seed
            assert all(p["low"] < p["high"] for kind in ("percentages", "amounts") for p in record[kind] if "low" in p)


@pytest.mark.parametrize("name", BANKS)
def test_targets_and_results_have_a_value_and_its_unit(name: str) -> None:
    for seed in SEEDS:
        file = compose(seed, name)
        for record in gold(file, printed(file), "x")["records"]:
            for item in (*record["targets"], *record["results"]):
                assert "value" in item or item["low"] < item["high"], (seed, item["text"])
                assert item["operator"] and item["unit"] and "done" not in item, (seed, item["text"])


def test_an_aim_that_is_told_of_as_done_is_no_target() -> None:
    topic = {
        "actions": ["<t optional>giảm <i>thất thoát</i> còn {percentage:le}</t>", "nạo vét {quantity:=km} kênh"],
        "name": "",
    }
    place = office(Random(1), "province", "63")
    for told, wanted in (("", [("results", "targets"), ("results",)]), (":done", [("results",), ("results",)])):
        writer = Writer(Random(2), bank("b"), place, topic, date(2024, 3, 4))
        made = [writer.write(f"Việc {{actions{told}}} kéo dài.") for _ in topic["actions"]]
        golds = [[gold for gold, _, _ in one.marks() if gold.kind in ("targets", "results")] for one in made]
        assert sorted((tuple(g.kind for g in one) for one in golds), key=len, reverse=True) == wanted
        assert all(g.values["optional"] and "operator" in g.values for one in golds for g in one)


def test_sums_of_tables_agree_where_the_gold_says_so() -> None:
    seen: Counter[str] = Counter()
    for seed in range(200):
        file = compose(seed)
        for document in file.documents:
            for block in document.blocks:
                if not isinstance(block, Table):
                    continue
                checks = [
                    made.values
                    for row in block.rows
                    for cell in row
                    for made, _, _ in cell.text.marks()
                    if made.kind == "checks" and made.values["kind"] == "sum"  # an amount may also be told in words
                ]
                if not checks:
                    continue
                rows = [row for row in grid(block)[1:] if row[0].isdigit()]
                columns = [[int(row[c].replace(".", "")) for row in rows] for c in (2, 3, 4)]
                for check, column in zip(checks, columns, strict=True):
                    seen[check["verdict"]] += 1
                    assert check["computed"] == sum(column)
                    assert (check["verdict"] == "agrees") == (check["stated"] == sum(column))
    assert seen["agrees"] > seen["disagrees"] > 0


def test_styled_text_is_the_printed_text() -> None:
    for file in (example(), *(compose(seed) for seed in range(12))):
        shown = plain(file, Style(beside=True))
        runs = styled(file, shown)
        assert "".join(run.text for run in runs) == shown.text
        assert any(run.bold for run in runs)
        assert any(run.italic for run in runs)


def test_printed_pages_carry_footnotes_and_numbers() -> None:
    file = compose(next(seed for seed in range(100) if any(leaf.role == "footnote" for leaf in compose(seed).leaves())))
    shown = plain(file, Style(paged=True))
    assert "\n2\n" in shown.text
    notes = [leaf.text.text for leaf in file.leaves() if leaf.role == "footnote"]
    assert all(note.split()[0] in shown.text for note in notes)


@pytest.mark.parametrize(
    "name", ["txt", "txt-blank", "md", "html", "txt-ghostscript-runs", "txt-tcvn3", "txt-mojibake"]
)
def test_renderings_without_outside_help(name: str) -> None:
    rendering = renderings()[name]
    file = compose(3)
    made = rendering.make(file)
    assert made == rendering.make(compose(3))
    assert len(made) > 1000
    if rendering.clean:
        assert made != renderings()[rendering.clean].make(file)


def test_the_command_writes_the_same_bytes_in_any_process(tmp_path: Path, root: Path) -> None:
    made = []
    for hash_seed in ("1", "2"):
        to = tmp_path / hash_seed
        command = [
            sys.executable,
            "-m",
            "corpora.generator",
            "--count",
            "3",
            "--bank",
            "b",
            "--to",
            to,
            "--as",
            "txt",
            "--as",
            "docx",
        ]
        subprocess.run(
            command, cwd=root, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": hash_seed}
        )
        made.append({path.name: path.read_bytes() for path in sorted(to.iterdir())})
    assert made[0] == made[1]
    assert len(made[0]) == 9
    truth = json.loads(made[0]["b00000.gold.json"])
    assert truth["source"] == "b00000.txt"


def test_an_unknown_rendering_is_refused_with_a_hint(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "corpora.generator", "--to", tmp_path, "--as", "papyrus"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert run.returncode == 2
    assert "--list" in run.stderr


def test_letterheads_follow_the_decree() -> None:
    """Days below 10 and the months 1 and 2 have a zero; other months have none (Decree 30/2020, Annex I)."""
    for seed in SEEDS:
        document = compose(seed).documents[0]
        head = next(block for block in document.blocks if isinstance(block, Letterhead))
        year, month, day = document.fields["issued_on"].split("-")
        shown = f"ngày {day} tháng {month if int(month) < 3 else int(month)} năm {year}"
        assert head.right[-1].text.text.endswith(shown)
        if document.fields["number"] is None:
            assert any("/" + document.fields["symbol"] in line.text.text for line in head.left)


@pytest.mark.parametrize("form", bank("a")["forms"], ids=lambda form: form["name"])
def test_every_form_makes_whole_documents(form: Mapping[str, Any]) -> None:
    found = 0
    for seed in range(6):
        file = formed(Random(seed), seed, "a", form, lambda rng, era: date(2024 if era == "63" else 2026, 3, 4))
        assert not set("".join(leaf.text.text for leaf in file.leaves())) & set("{}<>[]|\0\n")
        [record] = gold(file, printed(file), "x")["records"]
        found += len(record["obligations"])
        sections = {node["id"] for node in record["outline"]}
        assert all(task["lead"] and task["action"] for task in record["obligations"])
        assert all(task["section"] is None or task["section"] in sections for task in record["obligations"])
        assert all("operator" in item for kind in ("targets", "results") for item in record[kind])
        assert (record["document_type"], record["issued_on"]) == (form["kind"], "2024-03-04" if file.about["era"] == "63" else "2026-03-04")  # fmt: skip
    assert found >= 4


def test_markers_begin_their_paragraphs() -> None:
    for seed in SEEDS:
        for document in (*compose(seed, "b").documents, *compose(seed).documents):
            for block in document.blocks:
                if isinstance(block, Paragraph) and block.marker:
                    assert block.text.text.startswith(block.marker)
