"""Number and symbol of documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from congvan.language.symbols import canonical_type, normal_number, parse_number, split_symbol, type_of_symbol


@pytest.mark.parametrize(
    ("text", "number", "figures", "year", "symbol", "document_type", "agency"),
    [
        ("15/QĐ-BNV", "15/QĐ-BNV", "15", None, "QĐ-BNV", "QUYẾT ĐỊNH", "BNV"),
        ("số: 23 /QĐ-UBND", "23/QĐ-UBND", "23", None, "QĐ-UBND", "QUYẾT ĐỊNH", "UBND"),
        ("57/2021/NQ-HĐND", "57/2021/NQ-HĐND", "57", 2021, "NQ-HĐND", "NGHỊ QUYẾT", "HĐND"),
        ("61/2022/QH15", "61/2022/QH15", "61", 2022, "QH15", None, "QH15"),
        ("108/NQ-CP", "108/NQ-CP", "108", None, "NQ-CP", "NGHỊ QUYẾT", "CP"),
        ("32/2019/CP", "32/2019/CP", "32", 2019, "CP", None, "CP"),
        ("23-NQ/TU", "23-NQ/TU", "23", None, "NQ/TU", "NGHỊ QUYẾT", "TU"),
        ("70-CTr-HU", "70-CTr-HU", "70", None, "CTr-HU", "CHƯƠNG TRÌNH", "HU"),
        ("60/CTr/HU", "60/CTr/HU", "60", None, "CTr/HU", "CHƯƠNG TRÌNH", "HU"),
        ("4179/UBND-KTTH", "4179/UBND-KTTH", "4179", None, "UBND-KTTH", "CÔNG VĂN", "UBND-KTTH"),
        ("549/SKHĐT–KT", "549/SKHĐT-KT", "549", None, "SKHĐT-KT", "CÔNG VĂN", "SKHĐT-KT"),
        ("12/TTr-SNV", "12/TTr-SNV", "12", None, "TTr-SNV", "TỜ TRÌNH", "SNV"),
        ("05/TTLT-BTC-BKHCN", "05/TTLT-BTC-BKHCN", "05", None, "TTLT-BTC-BKHCN", "THÔNG TƯ LIÊN TỊCH", "BTC-BKHCN"),
    ],
)
def test_numbers_are_taken_apart(
    text: str, number: str, figures: str, year: int | None, symbol: str, document_type: str | None, agency: str
) -> None:
    parsed = parse_number(text)
    assert parsed is not None
    assert (parsed.number, parsed.figures, parsed.year, parsed.symbol) == (number, figures, year, symbol)
    assert (parsed.document_type, parsed.agency) == (document_type, agency)


@pytest.mark.parametrize(
    "text", ["", "/BC-UBND", "Số: /BC-UBND", "22/02/2022", "7/7", "03/2023", "QĐ-UBND", "5%", "12/xã"]
)
def test_what_is_no_number_of_a_document(text: str) -> None:
    assert parse_number(text) is None


def test_normal_form() -> None:
    assert normal_number("Số:  513 /UBND – NNTN") == "513/UBND-NNTN"


def test_type_of_symbols() -> None:
    assert type_of_symbol("CT-TTg") == "CHỈ THỊ"
    assert type_of_symbol("CTR-HU") == "CHƯƠNG TRÌNH"
    assert type_of_symbol("BNNPTNT") is None
    assert split_symbol("QyĐ-TU") == ("QyĐ", "TU")


@pytest.mark.parametrize(
    ("words", "name"),
    [("Nghị quyết", "NGHỊ QUYẾT"), ("QĐ", "QUYẾT ĐỊNH"), ("công  văn", "CÔNG VĂN"), ("Giấy uỷ quyền", "GIẤY ỦY QUYỀN"),
     ("Bộ luật", "BỘ LUẬT"), ("TTr", "TỜ TRÌNH"), ("Kết luận", "KẾT LUẬN"), ("bàn ghế", None), ("", None)],
)  # fmt: skip
def test_canonical_types(words: str, name: str | None) -> None:
    assert canonical_type(words) == name


def test_types_of_the_decree_are_known(shared: Path) -> None:
    """Decree 30/2020/NĐ-CP, Annex III, abbreviation by abbreviation."""
    decree = json.loads((shared / "data" / "decree30.json").read_text(encoding="utf-8"))
    for item in decree["annex3_abbreviations"]:
        name = item["name"].removesuffix(" (cá biệt)")
        assert type_of_symbol(f"{item['abbr']}-UBND") == canonical_type(name)


def test_frequent_symbols_of_the_corpora_are_read(shared: Path) -> None:
    """Every suffix that occurs at least 100 times in the legal corpora is a symbol."""
    counts = json.loads((shared / "data" / "doc_number_suffixes.json").read_text(encoding="utf-8"))["counts"]
    for suffix, count in counts:
        if count >= 100:
            parsed = parse_number(f"12/2020/{suffix}")
            assert parsed is not None
            assert parsed.symbol == suffix
