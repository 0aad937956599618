"""Letterheads and endings of issuers that are no people's committee and no department: Party, Front, unions, schools, hospitals, companies.

A house is a table of the bank: what stands in its letterhead, how it numbers, who signs, whom it can task. Its texts are format
strings with the names of the place: ``{pn}`` "Gia Lai", ``{p}`` "tỉnh Gia Lai", ``{dn}`` and ``{d}`` of the district, ``{sn}`` and ``{s}``
of the seat, ``{k}`` its kind; in capital letters (``{PN}``) upper case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from corpora.generator.heads import MOST, SYMBOLS, Head, addressed, dated, field, person
from corpora.generator.model import Ending, Letterhead, Line, Node, Title, node
from corpora.generator.places import Agency, Office, literal
from corpora.generator.times import parts
from corpora.generator.writer import Writer, capitalised

MOTTOES = {
    "state": ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"), "party": ("ĐẢNG CỘNG SẢN VIỆT NAM",),
    "youth": ("ĐOÀN TNCS HỒ CHÍ MINH",),
}  # fmt: skip


def names(office: Office) -> dict[str, str]:
    """The fields of the format strings of a house."""
    places = {"p": office.province, "d": office.district or office.seat, "s": office.seat}
    small = {key: str(place) for key, place in places.items()} | {
        f"{key}n": place.name for key, place in places.items()
    }
    small["k"] = office.seat.kind
    return small | {key.upper(): text.upper() for key, text in small.items()}


def settle(writer: Writer, house: Mapping[str, Any]) -> None:
    """Make the writer speak for a house: its own name, the bodies that it tasks, and itself as the one who is reported to."""
    fields = names(writer.office)
    shown = house["us"].format_map(fields)
    writer.us = literal(shown) if "[" in shown else Agency(shown, house["issuer"].format_map(fields))
    writer.above = writer.us
    if house.get("bodies"):
        writer.only([literal(body.format_map(fields)) for body in house["bodies"]])


def frame(writer: Writer, house: Mapping[str, Any], kind: str, issued: date, subject: Node, to: list[Agency]) -> Head:
    """Letterhead, title, addressees and ending of a house's document."""
    rng, office = writer.rng, writer.office
    fields = names(office)
    left = [Line(node(text.format_map(fields)), bold=n == len(house["left"]) - 1, rule=n == len(house["left"]) - 1) for n, text in enumerate(house["left"])]  # fmt: skip
    most = min(MOST.get(kind, 600), 700) * issued.timetuple().tm_yday / 366
    figures = f"{max(1, round(most * rng.uniform(0.5, 1))):02}"
    letters = SYMBOLS[kind] or house.get("letter", "CV")
    sign, symbol = house["number"] if kind != "CÔNG VĂN" else house.get("letter_number", house["number"])
    sign, symbol = sign.format(T=letters), symbol.format(T=letters)
    colon = "" if house["motto"] == "party" else ":"
    left.append(Line(node(f"Số{colon} ", field("number", figures), sign + symbol)))
    if kind == "CÔNG VĂN":
        left.append(Line(node("V/v ", subject), small=True))
    day = parts(issued)
    when = f"ngày {day['dd']} tháng {day['m2']} năm {day['y']}"
    at = house.get("at", office.seat.name)
    motto = MOTTOES[house["motto"]]
    right = (
        *(Line(node(text), bold=True, rule=n == len(motto) - 1) for n, text in enumerate(motto)),
        Line(node(f"{at}, ", dated(when, issued)), italic=True),
    )
    about = subject if house["motto"] == "party" and rng.random() < 0.5 else capitalised(subject)
    title = None if kind == "CÔNG VĂN" else Title((Line(node(kind), bold=True), Line(about, bold=True, rule=True)))
    ending, signatory, recipients = _ending(writer, house, bool(to), fields)
    values: dict[str, Any] = {
        "document_type": kind, "number": f"{figures}{sign}{symbol}", "symbol": symbol, "issued_on": issued.isoformat(),
        "issued_at": at, "issuer": house["issuer"].format_map(fields),
        "parent_agency": house["parent"].format_map(fields) if house.get("parent") else None, "subject": subject.text,
        "addressees": [a.text for a in to], "recipients": recipients, "signatory": signatory, "urgency": None,
    }  # fmt: skip
    return Head(Letterhead(tuple(left), right), title, tuple(addressed(to, None)), ending, values)


def _ending(
    writer: Writer, house: Mapping[str, Any], addressees: bool, fields: Mapping[str, str]
) -> tuple[Ending, dict[str, Any], list[dict[str, Any]]]:
    """The signature ("above|position|authority,authority", several lines above joined by "/ ") and nơi nhận."""
    above, position, authority = writer.rng.choice(house["signs"]).format_map(fields).split("|")
    name = person(writer)
    signature = (
        *(Line(node(text), bold=True) for text in above.split("; ") if text),
        Line(node(position), bold=True),
        Line(node(name), bold=True, gap=4),
    )
    lines = [Line(node("Nơi nhận:"), bold=True, italic=True)]
    gold: list[dict[str, Any]] = []
    for text in (["Như trên"] if addressees else []) + [r.format_map(fields) for r in house["recipients"]]:
        body, _, purpose = text.partition(" (")
        lines.append(Line(node(f"- {text};"), small=True))
        gold.append({"text": body, "purpose": purpose.removesuffix(")") or None})
    lines.append(Line(node(f"- {house['kept']}."), small=True))
    codes = [code for code in authority.split(",") if code]
    return Ending(tuple(lines), signature), {"name": name, "position": position, "authority": codes}, gold
