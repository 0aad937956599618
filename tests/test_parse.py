"""The recipe: the second look at damaged PDFs, statuses, and what a record says of how it was made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import congvan
import congvan.read
from congvan.document import RawDocument
from congvan.errors import DamagedInput, InputTooLarge

SAMPLES = Path(__file__).parents[1] / "corpora" / "samples"
GARBLED = SAMPLES / "13_thong_bao_thien_tai_gs.pdf"


def test_a_damaged_pdf_is_read_with_the_codes_of_its_fonts() -> None:
    [record] = congvan.parse(GARBLED)
    assert record.source.reader == "pdf-evidence"
    assert record.status == "ok"
    assert "Chủ tịch Ủy ban nhân dân tỉnh" in " ".join(record.text.split())
    assert all(f.places for _, f in record.all_findings())


def test_a_healthy_pdf_is_read_once() -> None:
    [record] = congvan.parse(SAMPLES / "12_quyet_dinh_ho_tro.pdf")
    assert (record.source.reader, record.repair.edits) == ("pdf-text", 0)


def test_a_second_look_that_fails_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> RawDocument:
        raise DamagedInput("No /Root object.")

    monkeypatch.setattr(congvan.read, "read_bytes_evidence", fails)
    [record] = congvan.parse(GARBLED)
    assert record.source.reader == "pdf-text"
    assert len(record.text) > 2000
    assert record.status == "partial"
    assert [p.category for p in record.problems] == ["evidence-failed"]


def test_a_page_that_the_second_look_loses_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    real = congvan.read.read_bytes_evidence

    def loses_the_first_page(*args: Any, **kwargs: Any) -> RawDocument:
        seen = real(*args, **kwargs)
        return replace(seen, pages=(replace(seen.pages[0], blocks=()), *seen.pages[1:]))

    monkeypatch.setattr(congvan.read, "read_bytes_evidence", loses_the_first_page)
    [record] = congvan.parse(GARBLED)
    assert "THÔNG BÁO" in record.text
    assert [(p.category, p.page) for p in record.problems] == [("evidence-failed", 1)]


def test_the_time_limit_is_no_failure_of_the_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_long(*_: Any, **__: Any) -> RawDocument:
        raise InputTooLarge("It takes too long.")

    monkeypatch.setattr(congvan.read, "read_bytes_evidence", too_long)
    with pytest.raises(InputTooLarge):
        congvan.parse(GARBLED)


def test_a_record_says_what_made_it() -> None:
    [record] = congvan.parse(SAMPLES / "01_cong_van_giai_ngan.txt")
    assert record.produced_by.version == congvan.__version__
    assert len(record.produced_by.rules) == len(record.produced_by.models) == 16
    assert record.id == congvan.parse(SAMPLES / "01_cong_van_giai_ngan.txt")[0].id


def test_the_verbs_win_over_the_modules_of_their_names() -> None:
    import congvan.parse
    import congvan.repair

    assert congvan.repair("nhißm vā").text == "nhiệm vụ"
    assert callable(congvan.parse)
