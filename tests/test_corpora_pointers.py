"""Sentences by pointer: the list is well-formed, the corpora still hold them, and the check of labels sees what is wrong."""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from corpora.pointers import check
from corpora.pointers.candidates import candidates, stratum_of
from corpora.pointers.read import HERE, Pointer, PointerError, pointers, sentences, write_batches

SENTENCE = "Sở Tài chính phân bổ hơn 1.700 tỷ đồng theo Quyết định số 86/QĐ-UBND ngày 22/02/2031."


def label(kind: str, words: str, **values: Any) -> dict[str, Any]:
    start = SENTENCE.index(words)
    return {"kind": kind, "start": start, "end": start + len(words), **values}


GOOD = [
    label("agencies", "Sở Tài chính", name=None),
    label("amounts", "hơn 1.700 tỷ đồng", operator=">", value=1_700_000_000_000, currency="VND"),
    label(
        "citations", "Quyết định số 86/QĐ-UBND ngày 22/02/2031",
        number="86/QĐ-UBND", document_type="QUYẾT ĐỊNH", issued_on="2031-02-22", provision=None,
    ),
]  # fmt: skip


# ---------------------------------------------------------------- the pointers


def test_the_list_is_well_formed() -> None:
    rows = pointers()
    assert [row.id for row in rows] == [f"P{n:03}" for n in range(1, 361)]
    assert Counter(row.corpus.split("_")[0] for row in rows) == {"phapdien": 240, "underthesea": 40, "viwiki": 80}
    assert Counter(row.corpus for row in rows)["phapdien_2026_diepxuan.jsonl.gz"] == 120
    assert max(Counter((row.corpus, row.doc) for row in rows).values()) <= 3
    assert len({row.sha256 for row in rows}) == len(rows)
    assert all(60 <= row.length <= 500 and row.offset >= 0 for row in rows)
    assert {path.suffix for path in HERE.iterdir() if path.is_file()} <= {".py", ".md", ".jsonl"}


def test_the_corpora_hold_the_sentences(shared: Path) -> None:
    found = list(sentences(shared))
    assert [sentence.pointer for sentence in found] == pointers()
    strata = Counter(stratum_of(sentence.text) for sentence in found)
    assert strata["measures"] + strata["figures"] >= 180
    for sentence in found:
        assert hashlib.sha256(sentence.text.encode()).hexdigest() == sentence.pointer.sha256
        assert len(sentence.text) == sentence.pointer.length
        assert sentence.text in {c.text for c in candidates(sentence.text)}


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Pointer]:
    """A folder with one corpus of two documents, and a pointer to a sentence of the second."""
    (tmp_path / "corpora").mkdir()
    rows = [{"id": 'một "ngoặc"', "text": "Không."}, {"id": "hai", "text": f"1. Đầu.\n{SENTENCE} Hết."}]
    with gzip.open(tmp_path / "corpora" / "small.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return tmp_path, Pointer(
        "P001", "small.jsonl.gz", "hai", 8, len(SENTENCE), hashlib.sha256(SENTENCE.encode()).hexdigest()
    )


def test_a_sentence_is_had_by_its_pointer(small: tuple[Path, Pointer]) -> None:
    shared, pointer = small
    [found] = sentences(shared, [pointer])
    assert found.text == SENTENCE


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"corpus": "none.jsonl.gz"}, "CONGVAN_SHARED"),
        ({"doc": "ba"}, "no document 'ba'"),
        ({"offset": 7}, "P001: small.jsonl.gz, 'hai' has another text at 7"),
    ],
)
def test_what_is_not_there_is_told(small: tuple[Path, Pointer], change: dict[str, Any], message: str) -> None:
    shared, pointer = small
    values = {key: getattr(pointer, key) for key in Pointer.__slots__} | change
    with pytest.raises(PointerError, match=message):
        list(sentences(shared, [Pointer(**values)]))


def test_texts_are_never_written_into_the_project(small: tuple[Path, Pointer]) -> None:
    shared, pointer = small
    with pytest.raises(PointerError, match="outside"):
        write_batches(HERE / "labels", sentences(shared, [pointer]))
    assert write_batches(shared / "out", sentences(shared, [pointer])) == 1
    assert (shared / "out" / "batch_1.txt").read_text(encoding="utf-8") == f"P001\t{SENTENCE}\n"


# ---------------------------------------------------------------- what can be chosen


def test_candidates_are_sentences_of_lines_with_their_places() -> None:
    text = (
        f"Chương I\n- {SENTENCE} Ngày 02 tháng 3 năm 2031, đoàn kiểm tra của tỉnh đã làm việc với chủ đầu tư dự án.\n"
    )
    found = list(candidates(text))
    assert [c.stratum for c in found] == ["measures", "figures"]
    assert found[0].text == SENTENCE
    assert all(text[c.offset : c.offset + len(c.text)] == c.text for c in found)


@pytest.mark.parametrize(
    "line",
    [
        "(Điều này có nội dung liên quan đến Điều 14.3.LQ.2. Đối tượng áp dụng của Luật Giao thông năm 2031.)",
        "Ủy ban nhân dân tỉnh h ợp nhất, kiểm tra, giám sát các dự án đầu tư công trên địa bàn toàn tỉnh.",
        "Ủy ban nhân dân tỉnh quy định chínhsách hỗ trợ các hộ nghèo, hộ cận nghèo trên địa bàn toàn tỉnh.",
        "Điều 5. Trách nhiệm của Ủy ban nhân dân các cấp trong quản lý, bảo vệ và phát triển rừng",
        "Tên tổ chức: ……………………… do Ủy ban nhân dân tỉnh thành lập theo quyết định ngày …… tháng …… năm 2031.",
    ],
)
def test_what_is_spoilt_is_no_candidate(line: str) -> None:
    assert list(candidates(line)) == []


@pytest.mark.parametrize(
    ("sentence", "stratum"),
    [
        ("12. Ủy ban nhân dân tỉnh thực hiện khoản 1, 2 và 3 Điều 15 của Luật này.", "agencies"),
        ("3. Việc thực hiện theo quy định tại điểm a khoản 2 Điều 7 của Luật này.", None),
        ("Tỷ lệ giải ngân đạt 62,5% kế hoạch.", "measures"),
        ("Toàn huyện có 1.240 hộ.", "figures"),
    ],
)
def test_strata(sentence: str, stratum: str | None) -> None:
    assert stratum_of(sentence) == stratum


# ---------------------------------------------------------------- the labels


def test_good_labels_have_no_problems() -> None:
    assert [told for one in GOOD for told in check.problems_of(one, SENTENCE)] == []


@pytest.mark.parametrize(
    ("number", "change", "message"),
    [
        (0, {"kind": "bodies"}, "unknown kind"),
        (0, {"end": 500}, "not inside"),
        (0, {"end": 13}, "space or comma"),
        (0, {"nmae": "x"}, "unknown keys nmae"),
        (1, {"currency": ""}, "currency is empty"),
        (1, {"operator": "range"}, "a range needs"),
        (1, {"value": 1_750_000_000_000}, "is not in the words"),
        (2, {"number": "87/QĐ-UBND"}, "number 87/QĐ-UBND is not in the words"),
        (2, {"issued_on": "2021-02-22"}, "date 2021-02-22 is not in the words"),
        (2, {"document_type": None}, "must be optional"),
    ],
)
def test_a_wrong_label_is_told(number: int, change: dict[str, Any], message: str) -> None:
    told = list(check.problems_of(GOOD[number] | change, SENTENCE))
    assert any(message in line for line in told), told


@pytest.mark.parametrize(
    ("sentence", "one"),
    [
        ("trong thời hạn 05 ngày", {"kind": "deadlines", "inclusive": True, "offset": "P5D", "working_days": False}),
        ("chậm nhất mười ngày", {"kind": "deadlines", "inclusive": True, "offset": "P10D"}),
        (
            "giai đoạn 2031-2035",
            {"kind": "dates", "start_date": "2031-01-01", "end_date": "2035-12-31", "grain": "period"},
        ),
        ("1 tỷ 200 triệu đồng", {"kind": "amounts", "operator": "=", "value": 1_200_000_000, "currency": "VND"}),
        ("từ 0,5% đến 12%", {"kind": "percentages", "operator": "range", "low": 0.5, "high": 12}),
        ("2 năm rưỡi", {"kind": "dates", "duration": "P30M"}),
    ],
)
def test_values_that_stand_in_the_words(sentence: str, one: dict[str, Any]) -> None:
    assert list(check.problems_of({"start": 0, "end": len(sentence), **one}, sentence)) == []


def test_a_sentence_is_labelled_once(tmp_path: Path) -> None:
    line = json.dumps({"id": "P001", "labels": GOOD}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(f"{line}\n{line}\n{{}}\n", encoding="utf-8")
    counts: Counter[str] = Counter()
    told = list(check.problems([tmp_path / "a.jsonl"], {"P001": SENTENCE}, counts))
    assert len(told) == 2 and "labelled in a.jsonl:1 already" in told[0] and "not a line of labels" in told[1]
    assert counts == {"sentences": 2, "agencies": 2, "amounts": 2, "citations": 2}


def test_the_labels_of_the_project_are_valid(shared: Path) -> None:
    texts: dict[str, str | int] = {s.pointer.id: s.text for s in sentences(shared)}
    assert list(check.problems(sorted((HERE / "labels").glob("*.jsonl")), texts, Counter())) == []
