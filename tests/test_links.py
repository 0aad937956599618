"""From citations to documents of the catalogue: a link where it is certain, none where two documents could be meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from congvan.document import Source
from congvan.parse import parse_bytes
from congvan.record import Record
from congvan.store.catalogue import Catalogue

LETTER = """ỦY BAN NHÂN DÂN
TỈNH {place}

Số: {number}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

{at}, ngày {day} tháng {month} năm {year}

QUYẾT ĐỊNH
Về việc phân công nhiệm vụ

{body}
"""


def letter(place: str, number: str, on: str, body: str = "Điều 1. Giao nhiệm vụ.") -> Record:
    year, month, day = on.split("-")
    text = LETTER.format(
        place=place.upper(), at=place, number=number, day=day, month=month, year=year, body=f"{body} ({place})"
    )
    [record] = parse_bytes(text.encode(), f"{place}-{number.replace('/', '-')}-{on}.txt")
    assert (record.number, record.issued_on) == (number, on)
    return record


def cited(tmp_path: Path, records: Sequence[Record]) -> list[str | None]:
    """Where the citations of the last document lead: the place of the document among those given, by its path."""
    with Catalogue(str(tmp_path / "archive.sqlite")) as catalogue:
        for record in records:
            source = record.source
            catalogue.add([record], Source(source.path, source.sha256, source.size, source.media_type))
        paths = {record.id: record.source.path for record in records}
        return [
            None if found.cites is None else paths[found.cites]
            for found in catalogue.findings("citations")
            if found.document == records[-1].id and found.finding.number  # type: ignore[attr-defined]  # a citation
        ]


KON_TUM = letter("Kon Tum", "86/QĐ-UBND", "2023-02-22")
GIA_LAI = letter("Gia Lai", "86/QĐ-UBND", "2023-02-22")
YEAR_BEFORE = letter("Kon Tum", "86/QĐ-UBND", "2022-02-15")


@pytest.mark.parametrize(
    ("body", "there", "leads"),
    [
        (
            "Theo Quyết định số 86/QĐ-UBND ngày 22/02/2023 của Ủy ban nhân dân tỉnh.",
            [KON_TUM, GIA_LAI, YEAR_BEFORE],
            KON_TUM,
        ),
        ("Theo Quyết định số 86/QĐ-UBND ngày 22/02/2023.", [KON_TUM, GIA_LAI, YEAR_BEFORE], KON_TUM),
        ("Theo Quyết định số 86/QĐ-UBND ngày 22/02/2023.", [GIA_LAI], None),
        ("Theo Quyết định số 86/QĐ-UBND của Ủy ban nhân dân tỉnh.", [KON_TUM, YEAR_BEFORE], None),
        ("Theo Quyết định số 86/QĐ-UBND.", [KON_TUM], None),
        ("Theo Quyết định số 86/QĐ-UBND ngày 23/02/2023 của Ủy ban nhân dân tỉnh.", [KON_TUM], None),
        (
            "Theo Quyết định số 86/QĐ-UBND ngày 22/02/2023 của Ủy ban nhân dân tỉnh Gia Lai.",
            [KON_TUM, GIA_LAI],
            GIA_LAI,
        ),
        ("Theo Quyết định số 87/QĐ-UBND ngày 22/02/2023.", [KON_TUM], None),
    ],
)
def test_a_citation_leads_to_the_one_document_that_it_means(
    tmp_path: Path, body: str, there: list[Record], leads: Record | None
) -> None:
    citing = letter("Kon Tum", "120/QĐ-UBND", "2023-05-10", body)
    assert cited(tmp_path, [*there, citing]) == [leads.source.path if leads else None]
