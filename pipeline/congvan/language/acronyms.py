"""Acronyms (chữ viết tắt) of agencies, and what they stand for: ``UBND``, ``Sở NN&PTNT``, ``SKHĐT``, ``UBMTTQVN``.

The tables are part of the authority file ``models/agencies.json``. An acronym of a field (``NN&PTNT``) is read only
after the head noun of an agency, since "CT", "TC" or "TP" alone mean many things.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import regex

from congvan.config import models_dir
from congvan.errors import CongvanError
from congvan.language.symbols import DocumentNumber

# accepts capitals joined by the signs of acronyms: "UBND", "LĐ-TB&XH", "VH,TT&DL", "NN và PTNT", "HĐND, UBND"
_RUN = regex.compile(r"(?<![\p{L}\d])\p{Lu}{2,}(?:(?: ?[&,–-] ?| và )\p{Lu}{2,})*(?![\p{L}\d])")
# accepts a head noun before an acronym of a field: the "Sở " of "Sở NN&PTNT"
_HEAD = regex.compile(r"(?:Sở|Bộ|Phòng|SỞ|BỘ|PHÒNG|sở|bộ|phòng|ngành|Ngành) $")
# accepts the letters of one acronym of a run
_PART = regex.compile(r"\p{Lu}{2,}")
# accepts "TP" or "TX" with its stop before a name: "TP. Kon Tum", "Tp.Kon Tum"
_CITY = regex.compile(r"(?<!\p{L})(?:T[Pp]\.? ?|TP\b)(?=\p{Lu}\p{Ll})")
_HEADS = {"S": "Sở ", "B": "Bộ ", "P": "Phòng "}


@cache
def agency_table() -> dict[str, Any]:
    """The authority file as it stands in ``models/agencies.json``.

    Raises:
        CongvanError: the file is missing or no JSON.
    """
    path = models_dir() / "agencies.json"
    try:
        table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as err:
        raise CongvanError("The authority file agencies.json cannot be read.", "Run models/build_agencies.py.") from err
    return table


@cache
def acronyms() -> dict[str, str]:
    """What an acronym stands for, without separators: ``UBND``, ``BLĐTBXH``, ``SKHĐT``, ``MTQG``."""
    table = agency_table()
    known: dict[str, str] = dict(table["words"])
    for short, field in table["fields"].items():
        if len(short) > 2:
            known.update({head + short: noun + field for head, noun in _HEADS.items()})
    for body in table["bodies"]:
        known.update(dict.fromkeys(body.get("abbr", ()), body["name"]))
    return known


# issuers that sign with letters of their own
_SIGNED = {"CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "QH": "Quốc hội", "UBTVQH": "Ủy ban Thường vụ Quốc hội"}
# bodies that every unit of several levels has: their letters alone do not say whose they are
_EVERYWHERE = frozenset({"UBND", "HĐND", "TTHĐND", "CA", "BCĐ", "BCH", "BTV", "TW", "TTr", "TX", "TP"})
# accepts the number of a term behind the letters: "QH15"
_TERM = regex.compile(r"\d+$")


def issuer_of_symbol(agency: str) -> str | None:
    """The body whose letters a symbol carries: "SKHĐT" and "SKHĐT-KT" are Sở Kế hoạch và Đầu tư, "QH15" Quốc hội.

    None for letters that many bodies share (UBND) and for those that are not known.
    """
    first = _TERM.sub("", regex.split("[-/.]", agency, maxsplit=1)[0])
    if first in _EVERYWHERE:
        return None
    if first in _SIGNED:
        return _SIGNED[first]
    field = agency_table()["fields"].get(first[1:])
    if first[:1] in _HEADS and field is not None:
        return f"{_HEADS[first[:1]]}{field}"
    known = next((body["name"] for body in agency_table()["bodies"] if first in body.get("abbr", ())), None)
    return None if known is None else str(known)


def is_national(number: DocumentNumber) -> bool:
    """Whether a number is given once in the whole country: it carries its year, and one central body signs with its letters."""
    issuer = issuer_of_symbol(number.agency) if number.year is not None and number.agency is not None else None
    return issuer in _SIGNED.values() or (issuer is not None and issuer.startswith("Bộ "))


def expand(text: str) -> str:
    """The text with the acronyms of agencies written out (``UBND các huyện, TP`` becomes ``Ủy ban nhân dân các huyện,
    thành phố``). What is not known stays as it is; text without acronyms is returned unchanged."""

    def full(m: regex.Match[str]) -> str:
        run = m[0]
        compact = "".join(_PART.findall(run))
        if _HEAD.search(text, max(m.start() - 6, 0), m.start()):
            field = agency_table()["fields"].get(compact)
            if field is not None:
                return str(field)
        whole = acronyms().get(compact)
        if whole is not None:
            return whole
        return _PART.sub(lambda part: acronyms().get(part[0], part[0]), run)

    return _RUN.sub(full, _CITY.sub("thành phố ", text))
