"""Citations of other documents: number, symbol, date, issuer and type are drawn, then a surface of the bank chosen.

Classes of a bank's table ``citation``: ``full`` (number and date), ``bare`` (number alone), ``list`` (several that share a
symbol), ``law`` (by name and year), ``back`` ("Quyết định này"), ``provision`` (of a numbered document), ``party``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from corpora.generator.amounts import drawn
from corpora.generator.model import Gold, Node, node
from corpora.generator.places import Agency, Office
from corpora.generator.surfaces import fill
from corpora.generator.times import parts

CITATION_CLASSES = {"full": 10, "bare": 3, "list": 1, "law": 2, "provision": 2, "party": 1}
# laws by name, with the year of their passing; public facts
LAWS = (
    ("Luật Đầu tư công", 2019), ("Luật Ngân sách nhà nước", 2015), ("Luật Đất đai", 2024), ("Luật Bảo vệ môi trường", 2020),
    ("Luật Đấu thầu", 2023), ("Luật Lâm nghiệp", 2017), ("Luật Phòng, chống thiên tai", 2013), ("Luật Giáo dục", 2019),
    ("Bộ luật Lao động", 2019), ("Luật Tổ chức chính quyền địa phương", 2025),
)  # fmt: skip
# how many documents of a type an office numbers in a year, about
MOST = {
    "Chỉ thị": 30,
    "Kế hoạch": 320,
    "Thông báo": 450,
    "Công điện": 130,
    "Nghị quyết": 220,
    "Báo cáo": 600,
    "Tờ trình": 380,
}
# national documents: type, letters behind the year or number, issuer, whether the year stands in the number
NATIONAL = (
    ("Nghị định", "NĐ-CP", "Chính phủ", True),
    ("Nghị quyết", "NQ-CP", "Chính phủ", False),
    ("Quyết định", "QĐ-TTg", "Thủ tướng Chính phủ", False),
    ("Chỉ thị", "CT-TTg", "Thủ tướng Chính phủ", False),
    ("Công điện", "CĐ-TTg", "Thủ tướng Chính phủ", False),
    ("Thông tư", "TT-BTC", "Bộ Tài chính", True),
    ("Thông tư", "TT-BNV", "Bộ Nội vụ", True),
    ("Thông tư", "TT-BYT", "Bộ Y tế", True),
)
ORDERS = (("Quyết định", "QĐ"), ("Kế hoạch", "KH"), ("Chỉ thị", "CT"), ("Thông báo", "TB"))
REQUESTS = (("Báo cáo", "BC"), ("Tờ trình", "TTr"))
SOURCES = ("", "local", "national", "request", "articles")


def _number(rng: Random, most: int) -> str:
    n = rng.randrange(1, most)
    return f"{n:02}" if n < 10 else str(n)


def _drawn_document(rng: Random, office: Office, issued: date, source: str) -> tuple[str, str, date, Agency]:
    """(type, number, date, issuer) of a document before the date of issue.

    ``source``: ``local`` an order of the office's own committee or a report of a body, ``request`` a report or proposal of a
    body, ``national``, ``articles`` a national one that is divided into Điều; empty: any.
    """
    source = source or rng.choice(("local", "national"))
    # requests are answered soon; an office made in July 2025 has nothing older
    oldest = 120 if source == "request" else 900
    if source != "national" and source != "articles" and office.era == "34":
        oldest = min(oldest, (issued - date(2025, 7, 1)).days)
    day = issued - timedelta(days=rng.randrange(min(3, max(oldest, 1)), max(oldest, 3) + 1))
    if source in ("local", "request"):
        committee = office.committee
        bodies = [b for b in office.bodies() if b.letters and b.letters != "UBND"]
        ask = source == "request" or rng.random() < 0.3
        issuer = rng.choice(bodies) if ask else committee
        kind, letters = rng.choice(ORDERS if issuer is committee else REQUESTS)
        if issuer is committee:  # how its own offices speak of it
            issuer = Agency(f"Ủy ban nhân dân {office.seat.kind}", issuer.name, "UBND")
        symbol = f"{letters}-{issuer.letters}"
        return kind, f"{_number(rng, MOST.get(kind, 900))}/{symbol}", day, issuer
    kind, letters, name, with_year = rng.choice([n for n in NATIONAL if n[3] or source == "national"])
    number = (
        f"{_number(rng, 160)}/{day.year}/{letters}" if with_year else f"{_number(rng, MOST.get(kind, 900))}/{letters}"
    )
    return kind, number, day, Agency(name, name)


def citation(
    rng: Random,
    table: Mapping[str, Sequence[str]],
    days: Sequence[str],
    titles: Sequence[str],
    office: Office,
    issued: date,
    wanted: str = "",
) -> Node:
    """A citation; ``wanted`` is a class of the table, or one of :data:`SOURCES` for a full citation of that kind.

    Surfaces may have ``{of}`` (the issuer, an agency) and ``{title}`` behind the bracketed citation.
    """
    source = wanted if wanted in SOURCES else ""
    name, surface = drawn(rng, CITATION_CLASSES, table, "full" if source and source == wanted else wanted)
    if name == "law":
        law, year = rng.choice([law for law in LAWS if law[1] < issued.year])
        values: dict[str, object] = {
            "number": None,
            "document_type": "BỘ LUẬT" if law.startswith("Bộ luật") else "LUẬT",
            "title": law,
        }
        return fill(surface, {"law": law, "y": year}, [Gold("citations", values)])
    kind, number, day, issuer = _drawn_document(rng, office, issued, "articles" if name == "provision" else source)
    if name == "party":
        place = office.province
        kind, number = "Nghị quyết", f"{_number(rng, 40)}-NQ/TU"
        issuer = Agency("Tỉnh ủy", f"Tỉnh ủy {place.name}")
    values = {"number": number, "document_type": kind.upper(), "issued_on": None if name == "bare" else day.isoformat()}
    fields = parts(day) | {
        "day": rng.choice(list(days)).format_map(parts(day)), "type": kind, "number": number, "title": rng.choice(list(titles)), "of": "\0",
        "khoan": rng.randrange(1, 9), "dieu": rng.randrange(2, 60), "diem": rng.choice("abcd"),
    }  # fmt: skip
    if name == "list":
        numbers = sorted(rng.sample(range(10, 90), 3))
        year = (
            max(day.year, 2025) if office.era == "34" else day.year
        )  # councils of communes of 2025 have nothing older
        fields |= {"n1": numbers[0], "n2": numbers[1], "n3": f"{numbers[2]}/{year}/NQ-HĐND"}
        golds = [Gold("citations", {"number": f"{n}/{year}/NQ-HĐND", "document_type": "NGHỊ QUYẾT"}) for n in numbers]
        council = f"Hội đồng nhân dân {office.seat.kind}"
        return _with_issuer(fill(surface, fields, golds), Agency(council, f"Hội đồng nhân dân {office.seat}"))
    if name == "provision":
        if "{day}" not in surface:
            values["issued_on"] = None
        values["provision"] = _provision(surface).format_map(fields)
    return _with_issuer(fill(surface, fields, [Gold("citations", values)]), issuer)


def _provision(surface: str) -> str:
    """The part of a surface before the type: "điểm {diem} khoản {khoan} Điều {dieu}"; a bracket may open before it or behind."""
    return surface.partition("{type}")[0].replace("[", "").strip().removesuffix(" của")


def _with_issuer(made: Node, issuer: Agency) -> Node:
    """The place that a surface left for the issuer becomes an agency's mention."""
    out: list[str | Node] = []
    for part in made.parts:
        if isinstance(part, str) and "\0" in part:
            before, _, after = part.partition("\0")
            out += [before, issuer.node(), after]
        else:
            out.append(part)
    return made if made.gold is not None else node(*[p for p in out if p != ""])
