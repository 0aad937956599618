"""Where the numbers of a running text stand: figures, words, both mixed, with the misprints that offices make.

A number is one stretch with one value: "14.770,5", "1 tỷ 250 triệu", "hai mươi mốt", "05 (năm) tỷ", "12 500 000", "8, 3 tỷ". A word
that may be another ("năm" the year, "tư" in "đầu tư", "không", "chín") is a number only inside a longer one, or before đồng and
phần trăm. Vague words ("hàng trăm triệu", "vài chục") are none, and neither is a row of figures whose signs contradict each
other ("0260.3862.320", "2.1.3"). Time is linear in the length of the text. What the words mean: ``language/numerals.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

import regex

from congvan.language.misprints import mended
from congvan.language.numerals import DIGITS, SCALES, parse_figure, parse_number, parse_tokens

Form = Literal["small", "year", "figure", "scaled", "words"]

# accepts, in small letters, a figure with its dots and commas ("14.770,5"); tr and ng shortened before đ ("1.500 tr.đồng"); or a
# word of a number that is not the first syllable of another word ("tỷ" in "tỷ lệ", "triệu" in "triệu tập")
_TOKEN = regex.compile(
    r"\d+(?:[.,]\d+)*+|(?<=\d ?)(?P<short>tr|ng)\.?(?= ?đ(?:ồng)?(?!\p{L}))"
    r"|(?=[bchklmnprstv])(?<!\p{L})(?:không|hai|b(?:a|ốn|[ảẩ]y)|ch(?:ín|ục)|l(?:ăm|inh|ẻ)|m(?:ột|ốt|ư[ờơ]i)"
    r"|n(?:ăm|hăm|ghìn|g[àì]n|ửa)|phẩy|rưỡi|sáu|t(?:ư|ám|răm|riệu(?! (?:tập|chứng|hồi|gọi|phú))"
    r"|[ỷỉ](?! (?:lệ|trọng|số|giá|suất|phú|phần|thí|mỉ)))|vạn)(?!\p{L})"
)
_SHORT = {"tr": "triệu", "tr.": "triệu", "ng": "nghìn", "ng.": "nghìn"}
# accepts the number again in words, in brackets: " (năm)" in "05 (năm) tỷ"; or in figures behind words: " (05)" in "năm (05) tỷ"
_WORDS_ASIDE = regex.compile(r" ?\((\p{L}+(?:,? \p{L}+){0,40})\)")
_FIGURES_ASIDE = regex.compile(r" ?\((\d[\d.,]{0,40})\)")
_MONEY = r"(?:đồng(?! (?:chí|bào|thời|hồ|bộ))|VN[ĐD]|đ|đô(?:[ -]la)?|USD|EUR|euro)(?!\p{L})|[₫$€]"
# accepts what can follow "3 triệu 5": money, or the end of the phrase; so that "3 triệu 5 hộ" is none
_AFTER_TENTHS = regex.compile(
    rf" ?(?:{_MONEY}|[.,;:)\]/]|$|(?:để|cho|tiền|vốn|kinh phí|mỗi|và|được|nên|là|thì|từ|trong|của|đã|sẽ|vào|mà)(?!\p{{L}}))",
    regex.IGNORECASE,
)
# accepts what makes one word a number: "năm đồng", "mười phần trăm", "từ hai đến ba triệu"
_AFTER_WORD = regex.compile(
    rf" (?:{_MONEY}|(?:điểm )?phần trăm|điểm %|%|(?:đến|tới) (?:\d|(?:hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|một trăm) \p{{L}}))",
    regex.IGNORECASE,
)
# accepts a word before a number in words that makes it vague: "vài ba trăm", "dăm bảy chục"
_VAGUE = regex.compile(r"(?r)(?<!\p{L})(?:vài|mấy|dăm|hàng|một|hai|ba|bốn|sáu|bảy|bẩy|tám|mười) ", regex.IGNORECASE)
# accepts four figures that may be a year: "2023"
_YEAR = regex.compile(r"(?:1[89]|20)\d\d")
_POWER = 1_000  # scale words from here on multiply all that stands before them
_ROW_OF_POWERS = 2  # side by side: "nghìn tỷ"
_LONGEST = 40  # words of a number that are looked at together
_AFTER_TENS = frozenset({"mốt", "tư", "lăm", "nhăm"})  # forms of a digit that follow tens
_NO_START = frozenset({"mươi", "linh", "lẻ", "mốt", "lăm", "nhăm", "phẩy", "rưỡi"})  # words that no number begins with
_TENS = frozenset({"mười", "mươi", "chục"})


class Number(NamedTuple):
    """A number in a text.

    Attributes:
        start, end: ``text[start:end]``, the bracket with the same in words included.
        value: with its scale words. scale: product of the scale words at its end: 10^6 for "101.294 triệu", 1 for none.
        form: "small" (an integer of one or two figures, no zero before it), "year" (four figures that may be a year),
            "figure" (any other), "scaled" (with scale words), "words".
        in_words: value of the bracket, None without one.
    """

    start: int
    end: int
    value: Decimal
    scale: int
    form: Form
    in_words: Decimal | None = None


class Token(NamedTuple):
    """A figure (without the spaces of misprints) or a word of a number in small letters."""

    start: int
    end: int
    word: str
    value: Decimal | None = None  # of a figure; None where its signs contradict each other

    @property
    def figure(self) -> bool:
        """Whether it is written in figures."""
        return self.word[0].isdecimal()


class _Shape:
    """What words a number may still have: no second "trăm" before the next power, no second "tỷ" at all, no two digits side by side.

    It lets through what may be a number, so that what cannot be one is never tried whole.
    """

    def __init__(self) -> None:
        self._within: set[str] = set()  # words since the last power of a thousand
        self._used: list[int] = []  # powers so far, falling
        self._last = ""

    def takes(self, word: str) -> bool:
        """Take the next word of a number; False where none can go on with it."""
        last, self._last = self._last, word
        if last == "rưỡi" and word not in SCALES:
            return False
        if word[0].isdecimal():
            return True
        if SCALES.get(word, 0) >= _POWER:
            return self._takes_power(SCALES[word], SCALES.get(last, 0) >= _POWER)
        if word in DIGITS:
            return last not in DIGITS or word in _AFTER_TENS or "phẩy" in self._within or last == "không"
        if word == "phẩy" and word not in self._within:  # behind it another number below one thousand
            self._within = {word}
            return True
        kind = "tens" if word in _TENS else "link" if word in ("linh", "lẻ") else word
        if kind in self._within or (kind == "trăm" and "tens" in self._within):
            return False
        self._within.add(kind)
        return True

    def _takes_power(self, power: int, beside: bool) -> bool:
        if power in self._used:
            return False
        self._used = [*(p for p in self._used if p > power), power]
        self._within -= {"trăm", "tens", "link"}
        return not (beside and len(self._used) > _ROW_OF_POWERS)


def find_numbers(text: str) -> list[Number]:
    """The numbers of a flow, by start; they do not overlap."""
    tokens = _tokens(text)
    out: list[Number] = []
    end = 0
    for i, token in enumerate(tokens):
        if token.start < end:
            continue
        number = _number_at(text, tokens, i)
        if number is not None:
            out.append(number)
            end = number.end
    return out


def _tokens(text: str) -> list[Token]:
    out: list[Token] = []
    low = text.lower()
    if len(low) != len(text):  # a letter that is two in small
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for m in _TOKEN.finditer(low):
        start, end = m.span()
        if not text[start].isdecimal():
            out.append(Token(start, end, _SHORT[m[0]] if m["short"] else m[0]))
            continue
        if start and (text[start - 1].isalpha() or (text[start - 1] == "-" and text[start - 2 : start - 1].isalpha())):
            continue  # part of a name: "m2", "Covid-19"
        before = out[-1] if out and out[-1].figure else None
        whole = mended(text, before.start, before.end, before.word, start, end) if before is not None else None
        if before is not None and whole is not None:
            out[-1] = Token(before.start, end, whole, parse_figure(whole))
        else:
            out.append(Token(start, end, m[0], parse_figure(m[0])))
    return [t for t in out if t.value is not None or not t.figure]


def _number_at(text: str, tokens: Sequence[Token], i: int) -> Number | None:
    """The longest number that begins with a token; None where none does."""
    first = tokens[i]
    if first.word in _NO_START or (first.word in SCALES and tokens[i + 1 : i + 2] and tokens[i + 1].word != "rưỡi"):
        return None
    row = [first]
    shape = _Shape()
    shape.takes(first.word)
    for token in tokens[i + 1 : i + _LONGEST]:
        gap = text[row[-1].end : token.start]
        if gap not in ("", " ", ", ") or (token.figure and (row[-1].figure or gap != " ")):
            break
        if not shape.takes(token.word):
            break
        row.append(token)
    if len(row) == 1 and first.value is not None:
        behind = text[first.end : first.end + 2]
        if behind != " (" and behind[:1] != "(":
            return Number(first.start, first.end, first.value, 1, _form_of_figure(first.word))
    for size in range(len(row), 0, -1):
        value = parse_tokens([t.word for t in row[:size]]) if _may_end(text, row, size) else None
        if value is not None:
            return _with_bracket(text, tokens, i + size, row[:size], value)
    return None


def _may_end(text: str, row: Sequence[Token], size: int) -> bool:
    """Whether a number may end with this word: "năm" is the year in "hai mươi năm", the tenths in "3 triệu 5" end a phrase."""
    last = row[size - 1]
    if last.figure or last.word in DIGITS:
        if size == 1:
            return last.figure or (
                not _VAGUE.match(text, 0, last.start)
                and (_AFTER_WORD.match(text, last.end) is not None or _said_again(text, last))
            )
        before = row[size - 2].word
        if last.word == "năm" and (before in _TENS or before in SCALES):
            return _AFTER_WORD.match(text, last.end) is not None
        return before not in SCALES or before in _TENS or _AFTER_TENTHS.match(text, last.end) is not None
    if size == 1 and _AFTER_WORD.match(text, last.end) is None:
        return False
    return row[0].figure or not _VAGUE.match(text, 0, row[0].start)


def _said_again(text: str, token: Token) -> bool:
    """Whether the bracket behind a word has the same in figures: "năm (05)", and no mark of a note: "năm (1)"."""
    m = _FIGURES_ASIDE.match(text, token.end)
    return m is not None and parse_figure(m[1]) == DIGITS.get(token.word)


def _with_bracket(text: str, tokens: Sequence[Token], i: int, row: Sequence[Token], value: Decimal) -> Number:
    """The number of a row of tokens, with the bracket behind it that says it again, and the scale words behind that.

    ``i`` is the index of the token behind the row.
    """
    end = row[-1].end
    words = [t.word for t in row]
    m = (_WORDS_ASIDE if row[0].figure else _FIGURES_ASIDE).match(text, end)
    said = parse_number(m[1]) if m is not None else None
    if m is not None and said is not None:
        end = m.end()
        for token in tokens[i : i + _LONGEST]:
            if token.start < end:
                continue  # within the bracket
            if token.word not in SCALES or text[end : token.start] != " ":
                break
            words.append(token.word)
            value, said, end = value * SCALES[token.word], said * SCALES[token.word], token.end
    scale = 1
    for word in reversed(words):
        if SCALES.get(word, 1) < 1_000:
            break
        scale *= SCALES[word]
    return Number(row[0].start, end, value, scale, _form(words, row), said)


def _form(words: Sequence[str], row: Sequence[Token]) -> Form:
    if len(words) > 1:
        return "scaled" if any(SCALES.get(word, 1) >= 1_000 for word in words) or row[0].figure else "words"
    if not row[0].figure:
        return "words"
    return _form_of_figure(words[0])


def _form_of_figure(word: str) -> Form:
    if len(word) <= 2 and not word.startswith("0"):
        return "small"
    return "year" if _YEAR.fullmatch(word) else "figure"
