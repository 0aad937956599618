"""What the name of a font says."""

from __future__ import annotations

import regex

# accepts a bold font: "AAAAAB+LiberationSerif-Bold", "TimesNewRomanPS-BoldMT", "Arial,Bold"
_BOLD = regex.compile(r"bold|black|heavy|[-,]b(?:[-,]|$)", regex.IGNORECASE)
# accepts an italic font: "TimesNewRomanPS-ItalicMT", "Arial-Oblique"
_ITALIC = regex.compile(r"italic|oblique|kursiv|[-,]i(?:[-,]|$)", regex.IGNORECASE)


def is_bold(name: str) -> bool:
    """True for bold fonts."""
    return _BOLD.search(name) is not None


def is_italic(name: str) -> bool:
    """True for italic fonts."""
    return _ITALIC.search(name) is not None
