"""Number and symbol (số, ký hiệu) of a document: grammar, normal form, and the document type that the symbol tells.

Decree 30/2020/NĐ-CP: "15/QĐ-BNV" (number / type - issuer), "05/BNV-VP" (công văn: number / issuer - unit). Normative
documents carry the year: "27/2022/NĐ-CP", "61/2022/QH15". The Party writes "23-NQ/TU", "70-CTr-HU", "60/CTr/HU".
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import regex

TYPES: dict[str, str] = {
    # Decree 30/2020/NĐ-CP, Annex III
    "NQ": "NGHỊ QUYẾT",
    "QĐ": "QUYẾT ĐỊNH",
    "CT": "CHỈ THỊ",
    "QC": "QUY CHẾ",
    "QyĐ": "QUY ĐỊNH",
    "TC": "THÔNG CÁO",
    "TB": "THÔNG BÁO",
    "HD": "HƯỚNG DẪN",
    "CTr": "CHƯƠNG TRÌNH",
    "KH": "KẾ HOẠCH",
    "PA": "PHƯƠNG ÁN",
    "ĐA": "ĐỀ ÁN",
    "DA": "DỰ ÁN",
    "BC": "BÁO CÁO",
    "BB": "BIÊN BẢN",
    "TTr": "TỜ TRÌNH",
    "HĐ": "HỢP ĐỒNG",
    "CĐ": "CÔNG ĐIỆN",
    "BGN": "BẢN GHI NHỚ",
    "BTT": "BẢN THỎA THUẬN",
    "GUQ": "GIẤY ỦY QUYỀN",
    "GM": "GIẤY MỜI",
    "GGT": "GIẤY GIỚI THIỆU",
    "GNP": "GIẤY NGHỈ PHÉP",
    "PG": "PHIẾU GỬI",
    "PC": "PHIẾU CHUYỂN",
    "PB": "PHIẾU BÁO",
    "SY": "BẢN SAO Y",
    "TrS": "BẢN TRÍCH SAO",
    "SL": "BẢN SAO LỤC",
    # normative documents (Luật Ban hành văn bản quy phạm pháp luật)
    "PL": "PHÁP LỆNH",
    "L": "LỆNH",
    "NQLT": "NGHỊ QUYẾT LIÊN TỊCH",
    "NĐ": "NGHỊ ĐỊNH",
    "TT": "THÔNG TƯ",
    "TTLT": "THÔNG TƯ LIÊN TỊCH",
    "VBHN": "VĂN BẢN HỢP NHẤT",
    # Party documents (Hướng dẫn 36-HD/VPTW)
    "KL": "KẾT LUẬN",
    "CV": "CÔNG VĂN",
    "QyC": "QUY CHẾ",
    "QT": "QUY TRÌNH",
    # other papers with a number of their own
    "GP": "GIẤY PHÉP",
    "GCN": "GIẤY CHỨNG NHẬN",
    "LKG": "LỜI KÊU GỌI",
}
"""Type part of a symbol -> document type, in canonical capitals."""

# what a joint document adds to the code of its type, and to its name: "KHLT", "HDLN", "QCPH"
_JOINT = {"LT": "LIÊN TỊCH", "LN": "LIÊN NGÀNH", "PH": "PHỐI HỢP"}

_ALIASES = {"CTR": "CTr", "TTR": "TTr", "QYĐ": "QyĐ", "QĐi": "QyĐ", "ND": "NĐ", "QD": "QĐ"}

NAMED_TYPES: frozenset[str] = frozenset(TYPES.values()) | {
    "HIẾN PHÁP",
    "SẮC LỆNH",
    "LUẬT",
    "BỘ LUẬT",
    "CÔNG VĂN",
    "VĂN BẢN",
    "ĐIỀU LỆ",
    "CÔNG BÁO",
    "CHIẾN LƯỢC",
    "THƯ CÔNG",
    "THÔNG TRI",
    "TUYÊN BỐ",
}
"""Every document type that a text may name, in canonical capitals."""

# accepts white space around the signs of a number and symbol: "23 /QĐ- UBND"
_SPACE = regex.compile(r"\s+")
# accepts a normal form: figures, perhaps the year, then the symbol: "23-NQ/TU", "61/2022/QH15", "01a/KH-UBND"
_NUMBER = regex.compile(
    r"(?P<figures>\d{1,6}\p{Ll}?)(?:/(?P<year>(?:19|20)\d\d))?[/-](?P<symbol>\p{Lu}[\p{L}\d&]*(?:[-/.]\p{Lu}[\p{L}\d&]*)*)"
)
# accepts the committee of a Party document: "TU", "TW", "HU"
_COMMITTEE = regex.compile(r"(?:TW|TU|HU|ThU|ĐU|QU|BCSĐ)\p{L}*")
# accepts the space that parts figures from the type of a Party number: "05 NQ/HU"
_GAP = regex.compile(
    r"(?<=^\d{1,6}\p{Ll}?)\s+(?=(?:NQ|QĐ|CTr|CT|KH|KL|TB|BC|HD|QC|CV)\s?[-/]\s?(?:TW|TU|HU|ThU|TVTU|ĐU|ĐUK|BCSĐ|VPTW)$)"
)
# accepts the sign between two parts of a symbol
_PART = regex.compile(r"[-/.]")
# accepts the National Assembly or its Standing Committee with the number of its term: "QH15", "UBTVQH14"
_ASSEMBLY = regex.compile(r"(?:UBTV)?QH\d*")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """Number and symbol of a document, taken apart.

    Attributes:
        number: the whole string in normal form, "57/2021/NQ-HĐND".
        figures: "57". year: 2021, or None where the number carries none.
        symbol: "NQ-HĐND".
        type_code: "NQ", or None (công văn, laws, old forms).
        document_type: in canonical capitals, or None where the symbol does not tell.
        agency: the part for issuer and unit, "HĐND", "UBND-KTTH"; None where there is none.
    """

    number: str
    figures: str
    year: int | None
    symbol: str
    type_code: str | None
    document_type: str | None
    agency: str | None


def normal_number(text: str) -> str:
    """The string in normal form: NFC, no spaces, hyphens for dashes, without "số"."""
    text = (
        unicodedata.normalize("NFC", text)
        .replace("–", "-")
        .replace("—", "-")
        .replace("\N{LATIN CAPITAL LETTER ETH}", "Đ")
    )
    text = _SPACE.sub("", _GAP.sub("-", text.strip()))
    return regex.sub(r"^số:?", "", text, flags=regex.IGNORECASE)


def parse_number(text: str) -> DocumentNumber | None:
    """Take a number and symbol apart; None where the text is none (a date, a ratio, figures lost: "/BC-UBND")."""
    number = normal_number(text)
    match = _NUMBER.fullmatch(number)
    if match is None:
        return None
    symbol = match["symbol"]
    code, agency = split_symbol(symbol)
    return DocumentNumber(
        number=number,
        figures=match["figures"],
        year=int(match["year"]) if match["year"] else None,
        symbol=symbol,
        type_code=code,
        document_type=type_of_symbol(symbol),
        agency=agency,
    )


def split_symbol(symbol: str) -> tuple[str | None, str | None]:
    """Type part and agency part of a symbol: "QĐ-UBND" -> ("QĐ", "UBND"), "UBND-KTTH" -> (None, "UBND-KTTH")."""
    first = _PART.split(symbol, maxsplit=1)
    code = _ALIASES.get(first[0], first[0])
    if code not in TYPES:
        return None, symbol
    return code, first[1] if len(first) > 1 else None


def type_of_symbol(symbol: str) -> str | None:
    """The document type that a symbol tells, in canonical capitals.

    A symbol of two or more parts without a type is a công văn ("UBND-KTTH"). The National Assembly's ("QH15") may be a
    law or a resolution, an old "CP" a decree or a decision: None.
    """
    code, agency = split_symbol(symbol)
    if code == "TT" and agency is not None and _COMMITTEE.fullmatch(agency):
        return "THÔNG TRI"
    if code is not None:
        return TYPES[code]
    first = _PART.split(symbol, maxsplit=1)[0]
    base = _ALIASES.get(first[:-2], first[:-2])
    if first[-2:] in _JOINT and base in TYPES:
        return f"{TYPES[base]} {_JOINT[first[-2:]]}"
    if agency is not None and _PART.search(agency) and not _ASSEMBLY.match(agency):
        return "CÔNG VĂN"
    return None


def canonical_type(words: str) -> str | None:
    """The canonical name of a document type as written in a text ("Nghị quyết", "QĐ", "Giấy uỷ quyền"), or None."""
    text = unicodedata.normalize("NFC", " ".join(words.split()))
    code = _ALIASES.get(text, text)
    if code in TYPES:
        return TYPES[code]
    name = text.upper().replace("UỶ", "ỦY").replace("THOẢ", "THỎA")
    plain = next((name.removesuffix(f" {joint}") for joint in _JOINT.values() if name.endswith(f" {joint}")), name)
    return name if name in NAMED_TYPES or plain in NAMED_TYPES else None
