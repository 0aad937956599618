"""Bytes to text: Unicode in any of its encodings, Vietnamese Windows (cp1258), then what else may be.

Old Vietnamese encodings (TCVN3, VNI, VISCII …) are no business of this module: their bytes arrive as the characters that
Windows shows for them (cp1252), which is what the repair stage expects. Nothing is normalised here.
"""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

import regex

from congvan.document import Problem

_BOMS = (  # UTF-32 before UTF-16: FF FE 00 00 begins with FF FE
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SAMPLE = 65_536  # bytes looked at where a share is enough
_CONTROL_LIMIT = 0.10  # damaged Vietnamese text has control characters for its letters (2 % in the worst file seen)
_NUL_LIMIT = 0.01
_SHORT = 32  # bytes: less is too little for statistics; only valid UTF-8 is then told from random bytes

# accepts a tone mark of cp1258 after a vowel letter: "ê" + U+0323 in "viê\u0323t"
_TONED = regex.compile("[aâăeêioôơuưyAÂĂEÊIOÔƠUƯY][\u0300\u0301\u0303\u0309\u0323]")
# accepts a tone mark of cp1258 after a letter that few other languages have: "ơ" + U+0300
_TONED_VIETNAMESE = regex.compile("[ăâêôơưĂÂÊÔƠƯ][\u0300\u0301\u0303\u0309\u0323]")
# accepts a tone mark of cp1258 wherever it stands: U+0301
_TONE = regex.compile("[\u0300\u0301\u0303\u0309\u0323]")
# accepts a byte above ASCII: E1
_HIGH = regex.compile(rb"[\x80-\xff]")
# accepts a control character that is no white space: U+0012
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

# control characters that are capitals in VPS, VISCII and TCVN 5712 (Ạ, Ộ, Ứ …)
_CAPITALS = bytes([*range(0x01, 0x07), *range(0x10, 0x1F)])
_HIGH_BYTES = bytes(range(0x80, 0x100))
_OTHER_SCRIPTS = ["cp1251", "koi8_r", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that gave it, and what had to be forgiven."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes) -> Decoded | None:
    """Text of some bytes without its byte order mark, or None where they are no text (random or binary data)."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _forgiving(data[len(bom) :], encoding)
    if b"\0" in data[:_SAMPLE]:
        return _wide(data)
    try:
        text = data.decode("utf-8")
        if len(data) < _SHORT and text.isascii() and _CONTROL.search(text):
            return None
        return _plausible(text, "utf-8")
    except UnicodeDecodeError:
        if len(data) < _SHORT:
            return None
    if _mostly_utf8(data):
        return _forgiving(data, "utf-8")
    return _eight_bit(data)


def encoded(text: str, encoding: str) -> bytes | None:
    """The bytes that :func:`decode` reads as a text (byte order mark apart); None where the encoding cannot write it."""
    try:
        return text.encode(encoding, errors=_errors(encoding, "strict"))
    except UnicodeEncodeError:
        return None


def bom_of(data: bytes) -> bytes:
    """The byte order mark that some bytes begin with, or nothing."""
    return next((bom for bom, _ in _BOMS if data.startswith(bom)), b"")


class Decoder:
    """Decodes bytes that come in parts, in the encoding that :func:`decode` finds for the first of them.

    Attributes:
        encoding: the encoding. bom: the byte order mark, left out of the text.
    """

    def __init__(self, head: bytes, encoding: str) -> None:
        self.encoding, self.bom = encoding, bom_of(head)
        self._skip = len(self.bom)
        self._decoder = codecs.getincrementaldecoder(encoding)(_errors(encoding, "replace"))

    def text(self, part: bytes, final: bool = False) -> str:
        """The text of the next part; what is invalid reads as U+FFFD. ``final`` ends it."""
        skip = min(self._skip, len(part))
        self._skip -= skip
        return self._decoder.decode(part[skip:], final)


def _errors(encoding: str, otherwise: str) -> str:
    return "congvan-c1" if encoding == "cp1252" else otherwise


def _forgiving(data: bytes, encoding: str) -> Decoded | None:
    """Decode with U+FFFD for what is invalid; the problem says how much that was."""
    try:
        return _plausible(data.decode(encoding), encoding)
    except UnicodeDecodeError as err:
        text = data.decode(encoding, errors="replace")
        bad = text.count("\ufffd")
        problem = Problem(
            "read",
            "invalid-bytes",
            f"{bad} stretches of bytes are not valid {encoding.upper()} (the first at byte {err.start}); "
            "they read as U+FFFD.",
            "Save the file again as UTF-8, or look for a better copy.",
        )
        return _plausible(text, encoding, (problem,))


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 without a byte order mark; NUL bytes in UTF-8 are forgiven where they are few."""
    sample = data[:_SAMPLE]
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        cut = len(sample) - len(sample) % width
        try:
            head = codecs.getincrementaldecoder(encoding)().decode(sample[:cut])
        except UnicodeDecodeError:
            continue
        if head and _latin_share(head) > 0.95:
            return _forgiving(data, encoding)
    if data.count(0) > _NUL_LIMIT * len(data):
        return None
    return _forgiving(data, "utf-8") if _mostly_utf8(data) else None


def _latin_share(text: str) -> float:
    """Share of characters that Vietnamese text is made of."""
    good = sum(
        1 for c in text if " " <= c <= "~" or c in "\t\n\r\f\v" or "\xa0" <= c <= "\u036f" or "\u1e00" <= c <= "\u22ff"
    )
    return good / len(text)


def _plausible(text: str, encoding: str, problems: tuple[Problem, ...] = ()) -> Decoded | None:
    """None where control characters or unassigned code points are too many for a text."""
    sample = text[:_SAMPLE]
    bad = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    bad += sum(1 for c in set(sample) if unicodedata.category(c) in ("Cn", "Cs"))
    if bad > _CONTROL_LIMIT * len(sample) and bad > 3 and not _is_shifted(sample):
        return None
    if sample.count("\0") > _NUL_LIMIT * len(sample) and sample.strip("\0 \t\r\n\ufeff") == "":
        return None
    return Decoded(text, encoding, problems)


def _is_shifted(sample: str) -> bool:
    """Text whose characters are the glyph ids of ASCII, 29 below it: blanks are U+0003, figures control characters too."""
    raised = "".join(chr(ord(c) + 29) if c not in "\r\n" and c < "`" else c for c in sample)
    letters = sum(c.isalpha() or c == " " for c in raised)
    vowels = sum(c in "aeiouyAEIOUY" for c in raised)
    blanks = sample.count("\x03")
    return blanks > 0.08 * len(sample) and letters > 0.7 * len(sample) and vowels > 0.08 * len(sample)


def _mostly_utf8(data: bytes) -> bool:
    """At least as many valid letters of UTF-8 as stray bytes; other encodings hit upon one by rare accident."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = len(text) - len(data.translate(None, _HIGH_BYTES)) - bad
    # or ASCII with one letter cut off at the very end
    return bad <= good or (bad == 1 and text.endswith("\ufffd") and len(text) > 16)


def _eight_bit(data: bytes) -> Decoded | None:
    """One byte a letter: cp1258 where its tone marks stand on vowels, another script by statistics, else cp1252."""
    sample = data[:_SAMPLE]
    controls = sum(1 for b in sample if b < 0x20 and b not in b"\t\n\r\f\v")
    capitals = sum(sample.count(b) for b in _CAPITALS)
    high = len(_HIGH.findall(sample))
    if capitals > _CONTROL_LIMIT * len(sample) or controls - capitals > 0.02 * len(sample):
        return None
    if high > 0.02 * len(sample) and not _spaced(sample):
        return None
    vietnamese = sample.decode("cp1258", errors="replace")
    marks = len(_TONE.findall(vietnamese))
    sure = marks >= 3 or _TONED_VIETNAMESE.search(vietnamese)  # one "può" makes no Vietnamese
    if sure and len(_TONED.findall(vietnamese)) >= 0.9 * marks and vietnamese.count("\ufffd") <= marks / 10:
        return _forgiving(data, "cp1258")
    letters = sum(1 for b in sample if b > 0x20)
    if high > 0.5 * letters:
        return _other_script(data)
    return _guessed(data.decode("cp1252", errors="congvan-c1"), "cp1252")


def _spaced(sample: bytes) -> bool:
    """White space as often as in prose, one in 4 to 30 characters; East Asian text has less, but line ends."""
    spaces = sum(sample.count(c) for c in (b" ", b"\n", b"\t", b"\r"))
    return spaces * 60 > len(sample)


def _other_script(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_OTHER_SCRIPTS).best()
    if best is None:
        return None
    return _guessed(data.decode(best.encoding, errors="replace"), best.encoding)


def _guessed(text: str, encoding: str) -> Decoded | None:
    problem = Problem(
        "read",
        "encoding-guessed",
        f"The text is not Unicode; it was read as {encoding}.",
        "Save the file as UTF-8 if letters look wrong.",
    )
    return _plausible(text, encoding, (problem,))


def _keep_c1(err: UnicodeError) -> tuple[str | bytes, int]:
    """Undefined bytes of cp1252 (81 8D 8F 90 9D) as the C1 characters of the same number and back, so that nothing is lost."""
    if isinstance(err, UnicodeDecodeError):
        return "".join(chr(b) for b in err.object[err.start : err.end]), err.end
    if isinstance(err, UnicodeEncodeError) and all("\x80" <= c <= "\x9f" for c in err.object[err.start : err.end]):
        return err.object[err.start : err.end].encode("latin-1"), err.end
    raise err


codecs.register_error("congvan-c1", _keep_c1)
