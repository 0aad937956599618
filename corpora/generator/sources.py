"""More documents that are cited, for a bank that asks for them: of every issuer from the National Assembly to a department, and of the Party.

Classes of the table ``source``: ``paper`` (number and date), ``plain`` (number alone), ``misprint`` (blanks and signs as typists set them),
``law`` (by its number), ``provision``, ``numbers`` (several that share a symbol), ``dated`` (several, each with its date).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from corpora.generator.amounts import drawn
from corpora.generator.model import Gold, Node, node
from corpora.generator.numerals import roman
from corpora.generator.places import Agency, Office
from corpora.generator.surfaces import fill
from corpora.generator.times import parts

CLASSES = {"paper": 8, "plain": 4, "misprint": 1, "law": 2, "provision": 4, "numbers": 1, "dated": 1}
FAMILIES = {"state": 3, "ministry": 3, "assembly": 1, "council": 2, "committee": 5, "body": 4, "party": 3}


class Paper(NamedTuple):
    """A document: type, number, date, issuer."""

    type: str
    number: str
    day: date
    issuer: Agency


# laws with number and day of passing; public facts
LAWS = (
    ("Luật Đất đai", "31/2024/QH15", date(2024, 1, 18)),
    ("Luật Đấu thầu", "22/2023/QH15", date(2023, 6, 23)),
    ("Luật Nhà ở", "27/2023/QH15", date(2023, 11, 27)),
    ("Luật Giá", "16/2023/QH15", date(2023, 6, 19)),
    ("Luật Căn cước", "26/2023/QH15", date(2023, 11, 27)),
    ("Luật Thực hiện dân chủ ở cơ sở", "10/2022/QH15", date(2022, 11, 10)),
    ("Luật Thanh tra", "11/2022/QH15", date(2022, 11, 14)),
    ("Luật Bảo vệ môi trường", "72/2020/QH14", date(2020, 11, 17)),
    ("Luật Cư trú", "68/2020/QH14", date(2020, 11, 13)),
    ("Luật Doanh nghiệp", "59/2020/QH14", date(2020, 6, 17)),
    ("Luật Đầu tư", "61/2020/QH14", date(2020, 6, 17)),
    ("Luật Đầu tư công", "39/2019/QH14", date(2019, 6, 13)),
    ("Luật Giáo dục", "43/2019/QH14", date(2019, 6, 14)),
    ("Bộ luật Lao động", "45/2019/QH14", date(2019, 11, 20)),
    ("Luật Lâm nghiệp", "16/2017/QH14", date(2017, 11, 15)),
    ("Luật Quản lý, sử dụng tài sản công", "15/2017/QH14", date(2017, 6, 21)),
    ("Luật Ngân sách nhà nước", "83/2015/QH13", date(2015, 6, 25)),
    ("Luật Ban hành văn bản quy phạm pháp luật", "80/2015/QH13", date(2015, 6, 22)),
)  # fmt: skip
STATE = (
    ("Nghị định", "{n}/{y}/NĐ-CP", "Chính phủ"), ("Nghị quyết", "{n}/NQ-CP", "Chính phủ"), ("Quyết định", "{n}/QĐ-TTg", "Thủ tướng Chính phủ"),
    ("Quyết định", "{n}/{y}/QĐ-TTg", "Thủ tướng Chính phủ"), ("Chỉ thị", "{n}/CT-TTg", "Thủ tướng Chính phủ"), ("Công điện", "{n}/CĐ-TTg", "Thủ tướng Chính phủ"),
    ("Thông báo", "{n}/TB-VPCP", "Văn phòng Chính phủ"), ("Công văn", "{n}/VPCP-NN", "Văn phòng Chính phủ"), ("Công văn", "{n}/TTg-NN", "Thủ tướng Chính phủ"),
)  # fmt: skip
ASSEMBLY = (
    ("Nghị quyết", "{n}/{y}/QH15", "Quốc hội"), ("Nghị quyết", "{n}/NQ-UBTVQH15", "Ủy ban Thường vụ Quốc hội"),
    ("Nghị quyết", "{n}/{y}/UBTVQH15", "Ủy ban Thường vụ Quốc hội"), ("Pháp lệnh", "{n}/{y}/UBTVQH15", "Ủy ban Thường vụ Quốc hội"),
)  # fmt: skip
# ministries: letters, name, first and last year in which they stood under it
MINISTRIES = (
    ("BTC", "Bộ Tài chính", 0, 9999), ("BNV", "Bộ Nội vụ", 0, 9999), ("BYT", "Bộ Y tế", 0, 9999), ("BTP", "Bộ Tư pháp", 0, 9999), ("BCT", "Bộ Công Thương", 0, 9999),
    ("BXD", "Bộ Xây dựng", 0, 9999), ("BCA", "Bộ Công an", 0, 9999), ("BQP", "Bộ Quốc phòng", 0, 9999), ("BGDĐT", "Bộ Giáo dục và Đào tạo", 0, 9999),
    ("BKHCN", "Bộ Khoa học và Công nghệ", 0, 9999), ("BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch", 0, 9999), ("BKHĐT", "Bộ Kế hoạch và Đầu tư", 0, 2024),
    ("BGTVT", "Bộ Giao thông vận tải", 0, 2024), ("BTNMT", "Bộ Tài nguyên và Môi trường", 0, 2024), ("BNNPTNT", "Bộ Nông nghiệp và Phát triển nông thôn", 0, 2024),
    ("BTTTT", "Bộ Thông tin và Truyền thông", 0, 2024), ("BLĐTBXH", "Bộ Lao động - Thương binh và Xã hội", 0, 2024), ("BNNMT", "Bộ Nông nghiệp và Môi trường", 2026, 9999),
    ("TTCP", "Thanh tra Chính phủ", 0, 9999), ("UBDT", "Ủy ban Dân tộc", 0, 2024),
)  # fmt: skip
ROOMS = ("TH", "KTTH", "NC", "KGVX", "CNXD", "NNTN", "VP", "TCKT", "QLDA", "HCTC")
ORDERS = (
    ("Quyết định", "QĐ"), ("Kế hoạch", "KH"), ("Chỉ thị", "CT"), ("Thông báo", "TB"), ("Chương trình", "CTr"), ("Phương án", "PA"), ("Đề án", "ĐA"),
    ("Hướng dẫn", "HD"), ("Báo cáo", "BC"), ("Tờ trình", "TTr"), ("Quy chế", "QC"),
)  # fmt: skip
# the Party: type, letters, and of whom: of the Centre, the province, the district
PARTY = (
    ("Nghị quyết", "NQ"), ("Chỉ thị", "CT"), ("Kết luận", "KL"), ("Chương trình", "CTr"), ("Thông báo", "TB"), ("Quy định", "QĐ"), ("Kế hoạch", "KH"), ("Hướng dẫn", "HD"),
)  # fmt: skip


def _n(rng: Random, most: int) -> str:
    n = rng.randrange(1, most)
    return f"{n:02}" if n < 10 else str(n)


def paper(rng: Random, office: Office, issued: date, family: str = "") -> Paper:
    """A document of a family before the date of issue."""
    family = family or rng.choices(list(FAMILIES), list(FAMILIES.values()))[0]
    oldest = (
        (issued - date(2025, 7, 1)).days if office.era == "34" and family in ("committee", "body", "council") else 1100
    )
    day = issued - timedelta(days=rng.randrange(min(3, max(oldest, 1)), max(oldest, 3) + 1))
    if family in ("state", "assembly"):
        kind, pattern, name = rng.choice(STATE if family == "state" else ASSEMBLY)
        return Paper(kind, pattern.format(n=_n(rng, 160), y=day.year), day, Agency(name, name))
    if family == "ministry":
        letters, name = rng.choice([(m[0], m[1]) for m in MINISTRIES if m[2] <= day.year <= m[3]])
        kind, number = rng.choice(
            (
                ("Thông tư", f"{_n(rng, 90)}/{day.year}/TT-{letters}"),
                ("Thông tư", f"{_n(rng, 90)}/{day.year}/TT-{letters}"),
                ("Quyết định", f"{_n(rng, 2900)}/QĐ-{letters}"),
                ("Công văn", f"{_n(rng, 9000)}/{letters}-{rng.choice(ROOMS)}"),
            )
        )
        return Paper(kind, number, day, Agency(name, name))
    place = office.seat
    if family == "council":
        year = rng.choice((f"/{day.year}", ""))
        name = f"Hội đồng nhân dân {place}"
        return Paper("Nghị quyết", f"{_n(rng, 99)}{year}/NQ-HĐND", day, Agency(f"Hội đồng nhân dân {place.kind}", name))
    if family == "committee":
        name = f"Ủy ban nhân dân {place}"
        issuer = Agency(rng.choice((f"Ủy ban nhân dân {place.kind}", f"UBND {place.kind}", name)), name)
        kind, letters = rng.choice(ORDERS)
        if rng.random() < 0.3:
            word = rng.choice(("Công văn", "Văn bản"))
            return Paper(word, f"{_n(rng, 6000)}/UBND-{rng.choice(ROOMS)}", day, issuer)
        year = f"/{day.year}" if letters == "QĐ" and rng.random() < 0.3 else ""
        return Paper(kind, f"{_n(rng, 900)}{year}/{letters}-UBND", day, issuer)
    if family == "body":
        issuer = rng.choice([b for b in office.bodies() if b.letters and b.letters != "UBND"])
        kind, letters = rng.choice((*ORDERS[-3:], ("Hướng dẫn", "HD")))
        number = f"{_n(rng, 900)}/{letters}-{issuer.letters}"
        if rng.random() < 0.4:
            kind, number = rng.choice(("Công văn", "Văn bản")), f"{_n(rng, 3000)}/{issuer.letters}-{rng.choice(ROOMS)}"
        return Paper(kind, number, day, issuer)
    kind, letters = rng.choice(PARTY)
    seat, issuer = rng.choice(_party(office, kind))
    return Paper(kind, f"{_n(rng, 180)}-{letters}/{seat}", day, issuer)


def _party(office: Office, kind: str) -> list[tuple[str, Agency]]:
    """Letters and issuer of the Party's bodies that the office knows."""
    province = office.province.name
    centre = [("TW", Agency(name, name)) for name in ("Ban Chấp hành Trung ương Đảng", "Bộ Chính trị", "Ban Bí thư")]
    local = [("TU", Agency(text, f"{text} {province}")) for text in ("Tỉnh ủy", "Ban Thường vụ Tỉnh ủy")]
    if office.district and office.district.kind == "huyện":
        local.append(("HU", Agency("Huyện ủy", f"Huyện ủy {office.district.name}")))
    return [*centre, *local] if kind not in ("Chương trình", "Kế hoạch") else local


def _gold(one: Paper, *, dated: bool, **more: object) -> Gold:
    values = {
        "number": one.number,
        "document_type": one.type.upper(),
        "issued_on": one.day.isoformat() if dated else None,
    }
    return Gold("citations", {**values, **more})


def source(
    rng: Random,
    table: Mapping[str, Sequence[str]],
    days: Sequence[str],
    titles: Sequence[str],
    office: Office,
    issued: date,
    wanted: str = "",
) -> Node:
    """A citation of the table ``source``; ``wanted`` is a class, a family, or both ("provision=state")."""
    wanted, _, family = wanted.partition("=")
    if wanted in FAMILIES:
        wanted, family = "", wanted
    name, surface = drawn(
        rng, {"paper": 8, "plain": 4, "misprint": 1} if family and not wanted else CLASSES, table, wanted
    )
    if name == "law":
        law, number, day = rng.choice([one for one in LAWS if one[2] < issued])
        values = {
            "number": number,
            "document_type": "BỘ LUẬT" if law.startswith("Bộ") else "LUẬT",
            "issued_on": day.isoformat() if "{day}" in surface else None,
        }
        fields: dict[str, object] = {"law": law, "number": number, "day": rng.choice(list(days)).format_map(parts(day))}
        return fill(surface, fields, [Gold("citations", values)])
    if name in ("numbers", "dated"):
        return _several(rng, surface, days, office, issued)
    one = paper(rng, office, issued, family or ("state" if name == "provision" else ""))
    if name == "provision":  # what is divided into articles
        while one.type not in ("Nghị định", "Thông tư", "Nghị quyết"):
            one = paper(rng, office, issued, family or rng.choice(("state", "ministry")))
    dated = "{day}" in surface
    fields = parts(one.day) | {
        "type": one.type, "number": one.number, "spaced": one.number.replace("/", " /", 1), "title": rng.choice(list(titles)), "of": "\0",
        "day": rng.choice(list(days)).format_map(parts(one.day)),
        "khoan": rng.randrange(1, 9), "dieu": rng.randrange(2, 60), "diem": rng.choice("abcdđeg"), "chuong": roman(rng.randrange(1, 7)),
    }  # fmt: skip
    fields |= {"khoan2": int(str(fields["khoan"])) + 1, "dieu2": int(str(fields["dieu"])) + 1}
    more = {"provision": provision(surface).format_map(fields)} if name == "provision" else {}
    return _signed(fill(surface, fields, [_gold(one, dated=dated, **more)]), one.issuer)


def provision(surface: str) -> str:
    """The part of a surface before the document, without the words that join it."""
    return surface.partition("{type}")[0].replace("[", "").strip().removesuffix(" của").removesuffix(",")


def _several(rng: Random, surface: str, days: Sequence[str], office: Office, issued: date) -> Node:
    """Several documents of one type and symbol; they have one date or each its own."""
    one = paper(rng, office, issued, rng.choice(("state", "ministry", "council", "committee")))
    _, _, symbol = one.number.partition("/")
    figures = sorted(rng.sample(range(10, 160), 3))
    own = [one.day - timedelta(days=n) for n in (41, 17, 0)]
    if symbol[:4].isdigit():  # the year stands in the number
        own = [day if day.year == one.day.year else one.day for day in own]
    if office.era == "34":
        own = [max(day, min(one.day, date(2025, 7, 1))) for day in own]
    shared = "{day}" in surface
    fields: dict[str, object] = {"type": one.type, "types": one.type, "symbol": symbol, "of": "\0"}
    fields |= {f"n{i}": n for i, n in enumerate(figures, 1)}
    fields |= {f"day{i}": rng.choice(list(days)).format_map(parts(day)) for i, day in enumerate(own, 1)}
    fields["day"] = rng.choice(list(days)).format_map(parts(one.day))
    golds = []
    for i in range(surface.count("[")):
        day = one.day if shared else own[i]
        told = shared or "{day1}" in surface
        golds.append(_gold(Paper(one.type, f"{figures[i]}/{symbol}", day, one.issuer), dated=told))
    return _signed(fill(surface, fields, golds), one.issuer)


def _signed(made: Node, issuer: Agency) -> Node:
    """The place that a surface left for the issuer becomes an agency's mention."""
    out: list[str | Node] = []
    for part in made.parts:
        before, mark, after = part.partition("\0") if isinstance(part, str) else (part, "", "")
        out += [before, issuer.node(), after] if mark else [part]
    return made if made.gold is not None else node(*[p for p in out if p != ""])
