r"""UTF-16 cut to its low byte: "TR¯ÜNG \x10\xa0I HÌC" is TRƯỜNG ĐẠI HỌC.

Every character is cut, so the channel is exact: a value is one of the few characters that have this low byte. Which one, the
syllable inventory and the trigram model tell; the case of a letter is in its value. A line with a letter beyond Latin-1 is
not of this kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from math import exp
from typing import TYPE_CHECKING, NamedTuple

import regex

from congvan.document import Edit, Span
from congvan.language.folding import fold_word
from congvan.language.ghostscript import garbled
from congvan.language.ngrams import ENDS, FIGURE, SIGN, START, model
from congvan.language.syllables import place_prefixes, place_words, prefixes, syllables
from congvan.repair.candidates import Candidate, analyse
from congvan.repair.lines import Line, lines_of
from congvan.repair.regions import is_known
from congvan.repair.suspects import WordTest, suspects

if TYPE_CHECKING:
    from congvan.repair.cipher.lattice import Lattice

FAMILY = "low-byte"
WORDS, SHARE = 3, 0.85  # strange words that a block must have, and the share of them that must have a reading
DOUBT = 0.6  # a reading that is less sure than this is left as it stands
ALIKE = 4  # letters whose value is their low byte and not the nearest of Ghostscript's
FOREIGN = 9.0  # cost in nats of a word as it stands that is no syllable
LOST = 17.0  # cost in nats of a word as it stands whose letters no clean word has
UNSEEN = 9.0  # cost in nats of a syllable that the model does not know, on top of its class
PLACE = 3.0  # cost in nats of a word of a place name, which the model knows hardly
EITHER = 1.5  # cost in nats of an i, h or bracket that is ũ, Ũ, ĩ, Ĩ
MAX_LENGTH = 9

# accepts a letter that is not of Latin-1: such a line is not cut
_BEYOND = regex.compile(r"(?=\p{L})[^\x00-\xff]")
# accepts a word with low bytes for letters ("n\x03m", "H\xa0NH", "ngh)a", "ti¿n"); a figure; a sign
_TOKEN = regex.compile(
    r"(?P<word>[A-Za-z\x02\x03\x10\x11\xa0-\xff](?:[A-Za-z\x02\x03\x10\x11\xa0-\xff]|(?<=[A-Za-z])[()](?=[A-Za-z])|(?<=[A-Za-z])\))*)"
    r"|(?P<figure>[0-9]+(?:[.,][0-9]+)*)|[^\s\xa0]"
)
# accepts a low byte that a clean Vietnamese word does not have ("\x03", "¿")
_ODD = regex.compile(
    r"[\x02\x03\x10\x11\xa1-\xbf\xc4-\xc7\xcb\xce\xcf\xd0\xd1\xd6-\xd8\xdb\xdc\xde\xdf\xe4-\xe7\xeb\xee-\xf1\xf6-\xf8\xfb-\xff]"
)
_HAS_LOW_BYTE = WordTest(lambda word: _ODD.search(word) is not None)
# accepts what stands before the letter of a point ("b)") at the start of a line
_POINT = regex.compile(r"(?:^|\n)[ \t]*$")
# accepts the low byte of a sign that nothing else stands for: – — ‘ ’ “ ”
_SIGN = regex.compile(r"[\x13\x14\x18\x19\x1c\x1d]")
# accepts the low byte of an ellipsis after a word ("v.v&"), of a bullet at the start of a line
_AMBIGUOUS_SIGN = regex.compile(r"(?<=[^\s&])&(?=[\s;,)]|$)|(?m:^[ \t]*)\K\"(?=\s)")
_AMBIGUOUS = {"&": "…", '"': "•"}


def low_byte_edits(text: str) -> tuple[Edit, ...]:
    """The edits that undo the cut, in the blocks of lines that have it."""
    seen = suspects(text)
    if seen.parted_plainly and len(_strange(_HAS_LOW_BYTE.among(seen.words))) < WORDS:
        return ()
    if not _ODD.search(text):
        return ()
    blocks = list(_blocks(text))
    if not any(_is_cut(text[start:end], WORDS) for start, end in blocks):
        return ()
    return tuple(edit for start, end in blocks if _is_cut(text[start:end], 1) for edit in _edits(text, start, end))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of lines without a letter beyond Latin-1."""
    block: list[Line] = []
    for line in lines_of(text):
        if _BEYOND.search(text, line.start, line.stop):
            if block:
                yield block[0].start, block[-1].end
            block = []
        else:
            block.append(line)
    if block:
        yield block[0].start, block[-1].end


def _is_cut(block: str, enough: int) -> bool:
    """True where ``enough`` strange words of a block are syllables by their low bytes, and Ghostscript explains fewer."""
    strange = _strange([block])
    if len(strange) < enough:
        return False
    read = sum(bool(_readings(w)) or _plain_letters(w) is not None for w in strange)
    other = sum(bool(analyse(w).candidates) for w in strange)
    if read < SHARE * len(strange):
        return False
    return read > other or enough == 1 or (read == other == len(strange) and _is_alike(strange))


def _strange(texts: Iterable[str]) -> set[str]:
    """The words with a low byte that are none as they stand."""
    found = {m[0].rstrip(")") for text in texts for m in _TOKEN.finditer(text) if m["word"] and _ODD.search(m[0])}
    return {w for w in found if len(w) > 1 and not is_known(w)}


def _is_alike(strange: set[str]) -> bool:
    """True where so many letters show their low byte that Ghostscript, which has one value in many for each, is none."""
    pairs = {(c, w[i]) for w in strange for reading in _readings(w)[:1] for i, c in reading.pairs}
    return sum(garbled(letter, 0) != shown for letter, shown in pairs) >= ALIKE


# ---------------------------------------------------------------- readings of a word


@cache
def _sources() -> dict[str, tuple[str, ...]]:
    """Low byte -> the letters of Vietnamese beyond Latin-1 that have it."""
    found: dict[str, list[str]] = {}
    for letter in sorted({c for s in syllables() for c in s + s.upper() if c > "\xff"}):
        found.setdefault(chr(ord(letter) & 0xFF), []).append(letter)
    return {value: tuple(letters) for value, letters in found.items()}


@lru_cache(maxsize=20_000)
def _readings(word: str) -> tuple[Candidate, ...]:
    """The syllables and words of place names that a word may be, as it stands included."""
    if len(word) > MAX_LENGTH:
        return ()
    lm = model()
    found: list[Candidate] = []
    for known, words, cost in ((prefixes(), syllables(), 0.0), (place_prefixes(), place_words() - syllables(), PLACE)):
        for text, either in _grown(word, known):
            if fold_word(text) in words and _has_one_case(text):
                number = lm.number(fold_word(text))
                unseen = UNSEEN if number == lm.unknown and not cost else 0.0
                pairs = tuple((i, c) for i, (c, shown) in enumerate(zip(text, word, strict=True)) if c != shown)
                found.append(Candidate(text, number, pairs, cost + unseen + EITHER * either))
    return tuple(found)


def _grown(word: str, known: frozenset[str]) -> list[tuple[str, int]]:
    """The texts that have these low bytes and can begin a word, with the number of letters that may as well be as they stand."""
    table = _sources()
    grown = [("", 0)]
    for c in word:
        itself = (c,) if c.isalpha() else ()
        grown = [
            (so_far + letter, either + (letter != c < "\x80" and c.isprintable()))
            for so_far, either in grown
            for letter in (*itself, *table.get(c, ()))
            if (so_far + letter).lower() in known
        ]
    return grown


def _has_one_case(word: str) -> bool:
    return word.isupper() or word[1:].islower() or len(word) == 1


def _plain_letters(word: str) -> str | None:
    """An abbreviation or point of a list with its Đ, đ, Ă, ă, Ư or Ơ; None for what is none of these."""
    new = word.translate({0x10: "Đ", 0x11: "đ", 0x02: "Ă", 0x03: "ă", 0xAF: "Ư"})
    if new != word and (
        new == "đ" or (new.isupper() and new.isalpha() and all(c.isascii() or c in "ĐĂƯ" for c in new))
    ):
        return new
    return None


# ---------------------------------------------------------------- decision


class _Node(NamedTuple):
    """A word: numbers of its readings in the model, their costs in nats, and the readings (None: as it is)."""

    numbers: list[int]
    costs: list[float]
    readings: list[Candidate | None]


def _edits(text: str, start: int, end: int) -> Iterator[Edit]:
    import numpy as np

    from congvan.repair.cipher.lattice import decode, margins

    lm = model()
    nodes: list[_Node] = []
    spans: list[Span] = []
    fixed = {kind: lm.number(kind) for kind in (START, SIGN, FIGURE)}
    open_bracket = 0
    signs: list[Edit] = []
    for m in _TOKEN.finditer(text, start, end):
        span, shown = Span(*m.span()), m[0]
        if m["word"] is None:
            open_bracket = max(open_bracket + (shown == "(") - (shown == ")"), 0)
            kind = FIGURE if m["figure"] else START if shown in ENDS else SIGN
            nodes.append(_Node([fixed[kind]], [0.0], [None]))
            spans.append(span)
            continue
        point = len(shown) == 2 and _POINT.search(text, max(start, span.start - 12), span.start)
        if shown.endswith(")") and (open_bracket or point or not _readings(shown)):
            open_bracket = max(open_bracket - 1, 0)
            span, shown = Span(span.start, span.end - 1), shown[:-1]
        nodes.append(_node(shown))
        spans.append(span)
    lattice = _lattice(nodes)
    best = decode(lattice, lm)
    leads = margins(lattice, best, np.arange(len(nodes)), lm).tolist()
    for node, span, row, lead in zip(nodes, spans, (best - lattice.starts).tolist(), leads, strict=True):
        reading = node.readings[row]
        if reading is not None and reading.text != (shown := span.of(text)):
            sure = 1 / (1 + exp(-min(lead, 30)))
            if sure < DOUBT:
                continue
            signs.append(Edit(span, shown, reading.text, FAMILY, "UTF-16 cut to its low byte", round(0.99 * sure, 3)))
    signs += (
        Edit(Span(*m.span()), m[0], chr(0x2000 | ord(m[0])), FAMILY, "UTF-16 cut to its low byte", 0.99)
        for m in _SIGN.finditer(text, start, end)
    )
    signs += (
        Edit(Span(*m.span()), m[0], _AMBIGUOUS[m[0]], FAMILY, "UTF-16 cut to its low byte", 0.8)
        for m in _AMBIGUOUS_SIGN.finditer(text, start, end)
    )
    yield from sorted(signs, key=lambda e: e.span)


def _lattice(nodes: Sequence[_Node]) -> Lattice:
    """All words in a row, each with its readings."""
    import numpy as np

    from congvan.repair.cipher.lattice import Lattice

    labels: list[int] = []
    for node in nodes:
        texts: dict[str | None, int] = {}
        labels += [texts.setdefault(r and r.text, len(texts)) for r in node.readings]
    return Lattice(
        chain=np.array([node.numbers[0] for node in nodes], np.int64),
        places=np.arange(len(nodes)),
        counts=np.array([len(node.numbers) for node in nodes], np.int64),
        numbers=np.array([number for node in nodes for number in node.numbers], np.int64),
        costs=np.array([cost for node in nodes for cost in node.costs], float),
        labels=np.array(labels, np.int64),
    )


def _node(word: str) -> _Node:
    """A word and its readings; as it stands only where no reading says so."""
    lm = model()
    readings: list[Candidate | None] = list(_readings(word))
    if (plain := _plain_letters(word)) is not None and not readings:
        readings.append(Candidate(plain, lm.number(fold_word(plain), plain), ()))
    numbers, costs = [r.number for r in readings if r], [r.cost for r in readings if r]
    if not any(r and r.text == word for r in readings):
        numbers.append(lm.number(fold_word(word), word))
        costs.append(LOST if _ODD.search(word) else FOREIGN if numbers[-1] == lm.unknown else 0.0)
        readings.append(None)
    return _Node(numbers, costs, readings)
