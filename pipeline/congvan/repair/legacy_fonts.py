"""What the name of a font says of the encoding of its text: a hint, since fonts are declared and not used."""

from __future__ import annotations

import regex

# accepts the subset prefix of a font in a PDF: "ABCDEF+"
_PREFIX = regex.compile(r"[A-Z]{6}\+")
# accepts fonts of the ABC family, and what office programs make of the leading dot: ".VnTime", "_VnArialH", "VnTimeH,Bold"
_TCVN3 = regex.compile(r"[._]?(?:Vn(?=[A-Z.3])|TCVN)", regex.IGNORECASE)
# accepts a font of the ABC family that draws capitals: ".VnTimeH", ".VnTimeH,Bold", ".VnArial NarrowH-Italic"
_CAPITALS = regex.compile(r"[._]?Vn[\w. ]*?H(?=$|[-, ]|Bold|Italic)")
_NAMES = (
    # accepts "VNI-Times", "VNI Helve", "VNI-Times,Bold"
    ("vni", regex.compile(r"VNI\b", regex.IGNORECASE)),
    # accepts "VPS Times", "VPSTimesHN"
    ("vps", regex.compile(r"VPS", regex.IGNORECASE)),
    # accepts "VISCII Times", "VI Times"
    ("viscii", regex.compile(r"VISCII|VI(?=[ -])", regex.IGNORECASE)),
    ("tcvn3", _TCVN3),
)


def hinted_family(name: str) -> str | None:
    """The encoding that a font of this name is made for, None where the name says nothing."""
    bare = _PREFIX.sub("", name.strip(), count=1)
    return next((family for family, pattern in _NAMES if pattern.match(bare)), None)


def is_capital_font(name: str) -> bool:
    """True for fonts that draw small letters as capitals (.VnTimeH)."""
    return _CAPITALS.match(_PREFIX.sub("", name.strip(), count=1)) is not None
