"""More bodies, for a bank that asks for them: Party, councils, front and unions, courts, army and police, branches of the state, committees below.

A body is written in full, with its place, or short ("Sở GD&ĐT"); lists share one head ("các Sở: Y tế, Nội vụ"). :func:`body` draws one or
several of a class; :func:`rewritten` writes a body that is known already in another way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from corpora.generator.model import Node, node
from corpora.generator.places import DEPARTMENTS, Agency, Office, Place, literal, provinces, under
from corpora.generator.sources import MINISTRIES
from corpora.generator.surfaces import mentions

CLASSES = {
    "party": 3, "council": 2, "front": 3, "justice": 3, "force": 2, "branch": 4, "centre": 3, "ministry": 3, "below": 5, "room": 3, "short": 4,
    "placed": 3, "shared": 2, "institution": 2, "board": 2, "elsewhere": 1, "company": 1,
}  # fmt: skip
# short forms of departments, as offices write them
SHORT = {
    "Sở Kế hoạch và Đầu tư": ("Sở KH&ĐT", "Sở KHĐT"),
    "Sở Giáo dục và Đào tạo": ("Sở GD&ĐT", "Sở GDĐT", "Sở Giáo dục - Đào tạo"),
    "Sở Nông nghiệp và Phát triển nông thôn": ("Sở NN&PTNT", "Sở Nông nghiệp và PTNT"),
    "Sở Nông nghiệp và Môi trường": ("Sở NN&MT", "Sở NNMT"),
    "Sở Tài nguyên và Môi trường": ("Sở TN&MT", "Sở TNMT"),
    "Sở Lao động - Thương binh và Xã hội": ("Sở LĐ-TB&XH", "Sở LĐTBXH"),
    "Sở Thông tin và Truyền thông": ("Sở TT&TT", "Sở TTTT"),
    "Sở Khoa học và Công nghệ": ("Sở KH&CN", "Sở KHCN"),
    "Sở Văn hóa, Thể thao và Du lịch": ("Sở VHTT&DL", "Sở VH,TT&DL"),
    "Sở Giao thông vận tải": ("Sở GTVT",),
    "Bộ Chỉ huy Quân sự tỉnh": ("Bộ CHQS tỉnh", "BCH Quân sự tỉnh"),
    "Văn phòng Ủy ban nhân dân tỉnh": ("Văn phòng UBND tỉnh", "VP UBND tỉnh"),
}
PARTY = (
    "Tỉnh ủy", "Ban Thường vụ Tỉnh ủy", "Thường trực Tỉnh ủy", "Văn phòng Tỉnh ủy", "Ban Tổ chức Tỉnh ủy", "Ban Nội chính Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy",
)  # fmt: skip
PARTY_63 = ("Ban Tuyên giáo Tỉnh ủy", "Ban Dân vận Tỉnh ủy")
PARTY_34 = ("Ban Tuyên giáo và Dân vận Tỉnh ủy",)
# of a province: its name follows "tỉnh"
COUNCIL = (
    "Hội đồng nhân dân tỉnh",
    "Thường trực Hội đồng nhân dân tỉnh",
    "Đoàn đại biểu Quốc hội tỉnh",
    "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
)
FRONT = (
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    "Liên đoàn Lao động tỉnh",
    "Hội Nông dân tỉnh",
    "Hội Liên hiệp Phụ nữ tỉnh",
    "Hội Cựu chiến binh tỉnh",
    "Hội Chữ thập đỏ tỉnh",
    "Liên minh Hợp tác xã tỉnh",
)
JUSTICE = ("Tòa án nhân dân tỉnh", "Viện kiểm sát nhân dân tỉnh")
JUSTICE_63 = ("Cục Thi hành án dân sự tỉnh",)
FORCE = ("Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh")
FORCE_63 = ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh",)
BRANCH_63 = (
    "Bảo hiểm xã hội tỉnh",
    "Cục Thống kê tỉnh",
    "Cục Thuế tỉnh",
    "Chi cục Kiểm lâm tỉnh",
    "Chi cục Thủy lợi tỉnh",
    "Chi cục Dân số - Kế hoạch hóa gia đình tỉnh",
    "Cục Quản lý thị trường tỉnh",
)
BRANCH_34 = ("Bảo hiểm xã hội tỉnh", "Thuế tỉnh", "Thống kê tỉnh", "Chi cục Kiểm lâm tỉnh", "Chi cục Thủy lợi tỉnh")
INSTITUTION = (
    "Bệnh viện Đa khoa tỉnh",
    "Bệnh viện Y dược cổ truyền tỉnh",
    "Trung tâm Kiểm soát bệnh tật tỉnh",
    "Trung tâm Khuyến nông tỉnh",
    "Trung tâm Phục vụ hành chính công tỉnh",
    "Thư viện tỉnh",
    "Bảo tàng tỉnh",
    "Trường Chính trị tỉnh",
    "Trường Phổ thông Dân tộc nội trú tỉnh",
)
BOARD = (
    "Ban Quản lý Khu kinh tế tỉnh",
    "Ban Quản lý các khu công nghiệp tỉnh",
    "Ban Quản lý dự án đầu tư xây dựng tỉnh",
    "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh",
    "Ban An toàn giao thông tỉnh",
    "Hội đồng Thi đua - Khen thưởng tỉnh",
    "Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh",
    "Quỹ Bảo vệ và Phát triển rừng tỉnh",
    "Quỹ Đầu tư phát triển tỉnh",
)
CENTRE = (
    "Chính phủ",
    "Thủ tướng Chính phủ",
    "Quốc hội",
    "Ủy ban Thường vụ Quốc hội",
    "Văn phòng Chính phủ",
    "Tòa án nhân dân tối cao",
    "Viện kiểm sát nhân dân tối cao",
    "Kiểm toán nhà nước",
    "Thanh tra Chính phủ",
    "Ngân hàng Nhà nước Việt Nam",
    "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
    "Tổng Liên đoàn Lao động Việt Nam",
)
ROOMS_63 = (
    "Phòng Tài chính - Kế hoạch",
    "Phòng Nội vụ",
    "Phòng Tư pháp",
    "Phòng Giáo dục và Đào tạo",
    "Phòng Tài nguyên và Môi trường",
    "Phòng Lao động - Thương binh và Xã hội",
    "Phòng Nông nghiệp và Phát triển nông thôn",
    "Phòng Văn hóa và Thông tin",
    "Phòng Kinh tế và Hạ tầng",
    "Thanh tra",
)
ROOMS_34 = (
    "Phòng Kinh tế",
    "Phòng Văn hóa - Xã hội",
    "Trung tâm Phục vụ hành chính công",
    "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
)
COMPANIES = (
    "Công ty Điện lực {p}",
    "Viễn thông {p}",
    "Bưu điện tỉnh {p}",
    "Công ty TNHH MTV Khai thác công trình thủy lợi {p}",
    "Công ty Cổ phần Cấp nước {p}",
    "Ngân hàng Chính sách xã hội Chi nhánh tỉnh {p}",
    "Công ty TNHH MTV Xổ số kiến thiết {p}",
)


def _of_province(texts: tuple[str, ...], office: Office, rng: Random) -> Agency:
    """A body whose name ends in "tỉnh", as written: so, or with the name of the province."""
    text = rng.choice(texts)
    name = f"{text} {office.province.name}"
    return Agency(name if rng.random() < 0.25 else text, name)


def _places(office: Office, kinds: tuple[str, ...]) -> list[Place]:
    places = [p for p in under(office.era, office.province.code) if p.kind in kinds]
    return places or list(under(office.era, office.province.code))


def _party(rng: Random, office: Office) -> Agency:
    if rng.random() < 0.35:
        if office.era == "63":
            place = rng.choice(_places(office, ("huyện",)))
            head = "Huyện ủy" if place.kind == "huyện" else "Thành ủy" if place.kind == "thành phố" else "Thị ủy"
            text = f"{head} {place.name}"
            return Agency(text, text)
        place = rng.choice(_places(office, ("xã", "phường")))
        return Agency(f"Đảng ủy {place}", f"Đảng ủy {place}")
    text = rng.choice((*PARTY, *(PARTY_63 if office.era == "63" else PARTY_34)))
    return Agency(text, f"{text} {office.province.name}")


def _justice(rng: Random, office: Office) -> Agency:
    if rng.random() < 0.4:
        head = rng.choice(JUSTICE).removesuffix(" tỉnh")
        if office.era == "63":
            place = rng.choice(_places(office, ("huyện", "thành phố", "thị xã")))
            return Agency(f"{head} {place}", f"{head} {place}")
        text = f"{head} khu vực {rng.randrange(1, 9)} - {office.province.name}"
        return Agency(text, text)
    return _of_province(JUSTICE + (JUSTICE_63 if office.era == "63" else ()), office, rng)


def _below(rng: Random, office: Office) -> Agency:
    """A committee, council or post of police of a district or commune."""
    kinds = ("huyện", "thành phố", "thị xã") if office.era == "63" else ("xã", "phường")
    place = rng.choice(_places(office, kinds))
    if office.era == "63" and rng.random() < 0.3:
        commune = rng.choice(under("63", place.code) or (place,))
        text = f"{commune}"
        return Agency(rng.choice(("UBND ", "Ủy ban nhân dân ")) + text, f"Ủy ban nhân dân {text}")
    head, full = rng.choice(
        (
            ("UBND", "Ủy ban nhân dân"),
            ("Ủy ban nhân dân", "Ủy ban nhân dân"),
            ("HĐND", "Hội đồng nhân dân"),
            ("Công an", "Công an"),
            ("Ủy ban MTTQ Việt Nam", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
        )
    )
    return Agency(f"{head} {place}", f"{full} {place}")


def _room(rng: Random, office: Office) -> Agency:
    kinds = ("huyện",) if office.era == "63" else ("xã", "phường")
    place = rng.choice(_places(office, kinds))
    text = f"{rng.choice(ROOMS_63 if office.era == '63' else ROOMS_34)} {place}"
    return Agency(text, text)


def _departments(office: Office) -> list[str]:
    return [text for text, _, eras in DEPARTMENTS if office.era in eras.split() and text.startswith("Sở ")]


def _short(rng: Random, office: Office) -> Agency:
    texts = [t for t, _, eras in DEPARTMENTS if office.era in eras.split() and t in SHORT]
    text = rng.choice(texts)
    place = str(office.province) if not text.endswith("tỉnh") else office.province.name
    return Agency(rng.choice(SHORT[text]), f"{text} {place}")


def _placed(rng: Random, office: Office) -> Agency:
    text = f"{rng.choice(_departments(office))} {office.province}"
    return Agency(text, text)


def _elsewhere(rng: Random, office: Office) -> Agency:
    """A body of another province."""
    place = rng.choice([p for p in provinces(office.era) if p.code != office.province.code])
    text = f"{rng.choice(('Ủy ban nhân dân', 'UBND', 'Công an', 'Sở Tài chính', 'Sở Y tế'))} {place}"
    return Agency(text, text.replace("UBND", "Ủy ban nhân dân"))


def _ministry(rng: Random, office: Office) -> Agency:
    year = 2024 if office.era == "63" else 2026
    name = rng.choice([m[1] for m in MINISTRIES if m[2] <= year <= m[3]])
    return Agency(name, name)


def _shared(rng: Random, office: Office) -> Agency:
    """Departments under one head: "các Sở: [Tài chính], [Y tế] và [Nội vụ]"."""
    few = [t.removeprefix("Sở ") for t in rng.sample(_departments(office), rng.randint(2, 4))]
    head = rng.choice(("các Sở: ", "các Sở "))
    marked = [f"[{t}]" for t in few]
    return literal(head + ", ".join(marked[:-1]) + rng.choice((" và ", ", ")) + marked[-1])


def _company(rng: Random, office: Office) -> Agency:
    return literal(f"[?{rng.choice(COMPANIES).format(p=office.province.name)}]")


_MAKERS: dict[str, Callable[[Random, Office], Agency]] = {
    "party": _party,
    "council": lambda rng, office: _of_province(COUNCIL, office, rng),
    "front": lambda rng, office: _of_province(FRONT, office, rng),
    "justice": _justice,
    "force": lambda rng, office: _of_province(FORCE + (FORCE_63 if office.era == "63" else ()), office, rng),
    "branch": lambda rng, office: _of_province(BRANCH_63 if office.era == "63" else BRANCH_34, office, rng),
    "centre": lambda rng, office: (lambda name: Agency(name, name))(rng.choice(CENTRE)),
    "ministry": _ministry,
    "below": _below,
    "room": _room,
    "short": _short,
    "placed": _placed,
    "shared": _shared,
    "institution": lambda rng, office: _of_province(INSTITUTION, office, rng),
    "board": lambda rng, office: _of_province(BOARD, office, rng),
    "elsewhere": _elsewhere,
    "company": _company,
}


def body(rng: Random, office: Office, wanted: str = "") -> Node:
    """A body of a class ("justice"), of one of several ("party|front"), or of any."""
    classes = wanted.split("|") if wanted else list(CLASSES)
    name = rng.choices(classes, [CLASSES[c] for c in classes])[0]
    made = _MAKERS[name](rng, office)
    return node(mentions(made.shown)) if made.shown else made.node()


def rewritten(rng: Random, one: Agency, office: Office) -> Agency:
    """A body in another writing: short, with its place, or as it was."""
    if one.shown or one.name is None:
        return one
    if one.text.startswith("Ủy ban nhân dân "):
        return replace(one, text=one.text.replace("Ủy ban nhân dân", "UBND", 1))
    if one.text in SHORT:
        return replace(one, text=rng.choice(SHORT[one.text]))
    if one.text.startswith("Sở ") and one.name.endswith(str(office.province)):
        return replace(one, text=one.name)
    return one
