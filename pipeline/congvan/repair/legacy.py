"""Text in an encoding from before Unicode (TCVN3, VNI, VISCII, VPS, VIQR, TCVN 5712, cp1258, BK HCM): found and converted.

Each stretch of a text without white space is judged as clean or foreign text and under each encoding: is what it becomes a
Vietnamese word, and how frequent is that? Neighbours share an encoding unless the evidence against it outweighs the cost of
a change, so a short line follows its document, and a line that mixes encodings is cut where they change. The font of a run
is evidence too ("VNI-Times"), but never without syllables: fonts are declared and not used.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from math import exp
from typing import NamedTuple

import regex

from congvan.document import Edit, Span
from congvan.language.ngrams import model
from congvan.repair.legacy_capitals import restored
from congvan.repair.legacy_fonts import hinted_family, is_capital_font
from congvan.repair.legacy_readings import (
    EDGES,
    INVALID,
    ONE_LETTER,
    UNICODE,
    Reading,
    foreign,
    is_cased,
    known,
    plain,
    reading,
)
from congvan.repair.legacy_tables import BLANK, WORD, by_family, from_viqr
from congvan.repair.suspects import WordTest, lines_with, suspects

# accepts a stretch without white space ("(Céng", "Vie^.t,")
_CHUNK = regex.compile(rf"[^{BLANK}]+")
_ODD = r"\x01-\x06\x10-\x1e\x7f-\xbf×÷ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþÿŒœŠšŸŽžƒˆ˜€™†‡‰„‚‹›"
# accepts two letters that never meet in clean Vietnamese: a vowel and its mark in VNI or cp1258 ("aâ", "oû", "êì")
_PAIR = r"[AaEe][ÁÀÂÃáàâã]|[Oo][Ââ]|[AaEeOoUuYy][ÙÚÛùúû]|[Aa][ÊÉÈêéè]|[AaEeIiOoUuYyÂâÊêÔôÃãÕõÝý](?:[Ìì]|(?<![Oo])[Òò])"
# accepts a character that clean Vietnamese text does not have beside a letter: "·" in "x·", "ø" in "hoøa"; or such a pair
_TRIGGER = regex.compile(rf"(?<=\p{{L}})[{_ODD}]|[{_ODD}](?=\p{{L}})|{_PAIR}")
# accepts a letter with its mark as VIQR writes it: "e^", "u+", "a(", "a~n"
_VIQR_TRIGGER = regex.compile(r"[AaEeOo]\^|[Aa]\((?=['`?~.]?[A-Za-z])|[OoUu]\+|[AaEeIiOoUuYy][`~]")
# accepts what VIQR makes of a letter and other text rarely has inside a word: "e^", "u+'", "a`n"
_VIQR_SIGN = regex.compile(r"(?<=[AaEeIiOoUuYy])[\^(+]?['`?~.](?=[A-Za-z])|(?<=[AEOUaeou])[\^+]|\b(?:dd|DD)")
_VIQR_COST = 4.0  # in nats of such a sign in other text

REACH = 20  # characters around a sign that are looked at first
NEAR = 6  # lines around one with a sign of old encodings that are looked at too
HINT = 4.0  # what the name of the font is worth, in nats
# Leads in nats before an encoding is believed: of all its stretches; of one, where the text has more. And how many
# different words it must make.
ENOUGH, ENOUGH_OF_MANY, WORDS = 10.0, 4.0, 2
LONGEST_SYLLABLE = 7  # letters ("nghiêng")
ROUNDING = 1e-6  # nats that sums in another order may differ by
PHRASE, MOST_CHUNKS = (
    9.0,
    200,
)  # lead in nats of a line that is a phrase in an encoding; stretches of a text that is asked for it
CHANCE = 500  # stretches without white space in which chance gives an encoding a lead of one nat


class Costs(NamedTuple):
    """Costs in nats of a change of encoding inside a line, at a line end, and where the font changes."""

    inside: float
    line: float
    font: float


UNKNOWN, KNOWN = Costs(9.0, 6.0, 4.0), Costs(7.0, 3.0, 1.0)  # while it is not known which encodings the text has; then


class Chunk(NamedTuple):
    """A stretch without white space: its place, its line, its font (-1: not known)."""

    start: int
    end: int
    text: str
    line: int
    font: int


class Stretch(NamedTuple):
    """Neighbouring chunks (from, to) of one encoding; by how many nats it leads; the words that it makes."""

    first: int
    stop: int
    family: str
    lead: float
    words: frozenset[str]


def legacy_edits(text: str, fonts: Sequence[int] | None = None, font_names: Sequence[str] = ()) -> tuple[Edit, ...]:
    """The edits that bring what is in an old encoding to Unicode; none for other text.

    Args:
        text: in NFC. fonts: for each character the number of its font, -1 where not known; None for bare text.
        font_names: the name of each font, as the file has it.
    """
    hints = [hinted_family(name) for name in font_names]
    kept = _near(text)
    if not kept:
        return ()
    near = _chunks(text, fonts, kept)
    candidates = _candidates(near)
    families = _believed(near, candidates, hints)
    if not families:
        return _phrase_edits(text, near, candidates)
    chunks = _chunks(text, fonts)
    states = ("", *families)
    found = _stretches(chunks, states, _scores(chunks, states, hints), KNOWN)
    stretches = [s for s in found if s.lead >= ENOUGH_OF_MANY]
    edits = [edit for stretch in stretches for edit in _converted(text, stretch, chunks)]
    if not edits:
        return ()
    shown = frozenset(n for n, name in enumerate(font_names) if hints[n] == "tcvn3")
    large = frozenset(n for n in shown if is_capital_font(font_names[n]))
    spans = [Span(chunks[s.first].start, chunks[s.stop - 1].end) for s in stretches if s.family == "tcvn3"]
    return restored(text, edits, spans, fonts, shown, large)


# ---------------------------------------------------------------- what is looked at


def _chunks(text: str, fonts: Sequence[int] | None, kept: Sequence[bool] | None = None) -> list[Chunk]:
    """The stretches without white space, of all lines or of those that are to be kept."""
    return [
        Chunk(*m.span(), m[0], n, -1 if fonts is None else fonts[m.start()])
        for n, line in enumerate(suspects(text).lines)
        if kept is None or kept[n]
        for m in _CHUNK.finditer(text, line.start, line.stop)
    ]


def _near(text: str) -> list[bool]:
    """For each line, whether it or one near has a sign of old encodings."""
    seen = suspects(text)
    if seen.parted_plainly:
        numbers = lines_with(text, _HAS_TRIGGER.among(seen.words))
    else:
        ends = [line.end for line in seen.lines]
        numbers = [bisect_right(ends, at) for at in _triggers(text)]
    if not numbers:
        return []
    near = [False] * len(seen.lines)
    last = -1
    for number in numbers:
        if number != last:
            first = max(number - NEAR, 0)
            near[first : number + NEAR + 1] = [True] * (min(number + NEAR + 1, len(near)) - first)
            last = number
    return near


def _triggers(text: str) -> list[int]:
    """Where signs of old encodings stand in words that one of them makes Vietnamese."""
    found: list[int] = []
    if not text.isascii():
        for m in _TRIGGER.finditer(text):
            start = m.start()
            while start and m.start() - start < REACH and not text[start - 1].isspace():
                start -= 1
            chunk = _CHUNK.match(text, start, m.start() + REACH)
            if chunk is not None and _may_be_encoded(chunk[0]):
                found.append(m.start())
    found += [m.start() for m in _VIQR_TRIGGER.finditer(text)]
    found += [m.start() for m in _CHUNK.finditer(text) if _is_strange(m[0])]
    return sorted(found)


@lru_cache(maxsize=20_000)
def _is_strange(chunk: str) -> bool:
    """True for a word of letters of Latin-1 that is no syllable, and one in an old encoding ("côa", của in BK HCM)."""
    if chunk.isascii() or UNICODE.search(chunk):
        return False
    words = [m[0] for m in WORD.finditer(chunk)]
    strange = (len(w) > 1 and not w.isascii() and (known(w.strip(EDGES)) is None or not is_cased(w)) for w in words)
    return any(strange) and _may_be_encoded(chunk)


@lru_cache(maxsize=20_000)
def _may_be_encoded(chunk: str) -> bool:
    return any(_has_valid(chunk, family) for family in by_family())


@lru_cache(maxsize=20_000)
def _has_valid(chunk: str, family: str) -> bool:
    return any(r.valid for r in _readings(chunk, family))


def _is_unicode(chunk: str) -> bool:
    """True for a chunk of one word with a letter that no encoding of one byte shows."""
    found = UNICODE.search(chunk)
    return found is not None and len(WORD.findall(chunk)) == 1


_HAS_TRIGGER = WordTest(lambda word: bool(_triggers(word)))


def _candidates(chunks: Sequence[Chunk]) -> list[str]:
    """The encodings that make several Vietnamese words of what is none, one of them odd by its characters."""
    texts = {c.text for c in chunks}
    odd = [t for t in texts if _TRIGGER.search(t) or _is_strange(t)]
    tables = [f for f in by_family() if any(_has_valid(t, f) for t in odd)]
    marked = [t for t in texts if not t.isascii() and not _is_unicode(t)]
    counts = {f: sum(_has_valid(t, f) for t in marked) for f in tables}
    counts["viqr"] = sum(_viqr_valid(t) for t in texts if _VIQR_TRIGGER.search(t))
    return [family for family, count in counts.items() if count >= WORDS]


# ---------------------------------------------------------------- which encoding where


@lru_cache(maxsize=20_000)
def _score(chunk: str, family: str) -> float:
    """Log probability of a chunk under an encoding, or as it stands ("")."""
    if family == "viqr":
        new = from_viqr(chunk)
        old = {m[0] for m in WORD.finditer(chunk)}
        return sum(_of_viqr(m[0], m[0] not in old) for m in WORD.finditer(new))
    signs = _VIQR_COST * len(_VIQR_SIGN.findall(chunk))
    if not family:
        return sum(plain(m[0]) for m in WORD.finditer(chunk)) - signs
    return sum(r.score for r in _readings(chunk, family)) - signs


def _readings(chunk: str, family: str) -> list[Reading]:
    return [] if family == "viqr" else [reading(m[0], family) for m in WORD.finditer(chunk)]


def _of_viqr(word: str, changed: bool) -> float:
    word = word.strip(EDGES)
    score = known(word) if word else 0.0
    if score is None:
        return foreign(word) - (INVALID if changed else 1.0)
    return max(score, foreign(word) - 1.0) if not changed else score


def _viqr_valid(chunk: str) -> bool:
    old = {m[0] for m in WORD.finditer(chunk)}
    return any(m[0] not in old and known(m[0].strip(EDGES)) is not None for m in WORD.finditer(from_viqr(chunk)))


def _believed(chunks: Sequence[Chunk], families: Sequence[str], hints: Sequence[str | None]) -> list[str]:
    """The encodings that the text has."""
    if not families:
        return []
    states = ("", *families)
    scores = _scores(chunks, states, hints)
    by_chance = len(chunks) / CHANCE
    # what an encoding leads by at most, if a change cost nothing: mostly that is too little already
    most = (sum(own[n] - own[0] for own in scores if own[n] > own[0]) for n in range(1, len(states)))
    if max(most) < ENOUGH + by_chance - ROUNDING:
        return []
    found = _stretches(chunks, states, scores, UNKNOWN)
    kept = []
    for family in families:
        own = [s for s in found if s.family == family]
        words = {word for s in own for word in s.words}
        if sum(s.lead for s in own) >= ENOUGH + by_chance and len(words) >= WORDS:
            kept.append(family)
    if "tcvn5712" in kept and "tcvn3" in kept:
        kept.remove("tcvn3")  # the other has the same codes, and those of the capitals
    return kept


def _scores(chunks: Sequence[Chunk], states: Sequence[str], hints: Sequence[str | None]) -> list[list[float]]:
    """The score of each chunk in each state; the same words stand again and again."""
    known: dict[tuple[str, int], list[float]] = {}
    for c in chunks:
        font = c.font if hints else -1
        if (c.text, font) not in known:
            known[c.text, font] = [a + _hint(c, s, hints) for s, a in zip(states, _row(c.text, states), strict=True)]
    return [known[c.text, c.font if hints else -1] for c in chunks]


def _row(chunk: str, states: Sequence[str]) -> list[float]:
    """The score of a chunk in each state. What no encoding of one byte changes scores alike in all of them."""
    if not chunk.isascii() and not _is_unicode(chunk):
        return [_score(chunk, state) for state in states]
    alike = next((state for state in states if state and state != "viqr"), "")
    score = _score(chunk, alike) if alike and (chunk.isprintable() or not chunk.isascii()) else None
    return [_score(chunk, s) if s in ("", "viqr") or score is None else score for s in states]


def _stretches(
    chunks: Sequence[Chunk], states: Sequence[str], scores: Sequence[Sequence[float]], costs: Costs
) -> list[Stretch]:
    path = _best_path(scores, [_change(a, b, costs) for a, b in pairwise(chunks)])
    found: list[Stretch] = []
    for state, group in groupby(range(len(chunks)), key=path.__getitem__):
        if not state:
            continue
        numbers = list(group)
        lead = sum(scores[i][state] - scores[i][0] for i in numbers)
        words = {w for i in numbers for w in _made(chunks[i].text, states[state])}
        found.append(Stretch(numbers[0], numbers[-1] + 1, states[state], lead, frozenset(words)))
    return found


def _made(chunk: str, family: str) -> Iterable[str]:
    """The Vietnamese words that an encoding makes of a chunk."""
    if family == "viqr":
        return (chunk.lower(),) if _viqr_valid(chunk) else ()
    return (
        r.text.lower() for r in _readings(chunk, family) if r.valid and len(r.text) > 1 and known(r.text) is not None
    )


def _hint(chunk: Chunk, state: str, hints: Sequence[str | None]) -> float:
    hinted = hints[chunk.font] if 0 <= chunk.font < len(hints) else None
    return HINT if hinted and (state == hinted or (state == "tcvn5712" and hinted == "tcvn3")) else 0.0


def _change(a: Chunk, b: Chunk, costs: Costs) -> float:
    if a.font != b.font:
        return costs.font
    return costs.inside if a.line == b.line else costs.line


def _best_path(scores: Sequence[Sequence[float]], changes: Sequence[float]) -> list[int]:
    """The best state of each chunk (every change at a place costs the same).

    A chunk that loses more in every encoding than two changes cost stands as it is, and where no chunk between two such
    gains in any encoding, nothing changes: what is left to decide is little in a text that has no old encoding.
    """
    leads: dict[int, float] = {}  # of each row of scores, by identity: the same words share one
    for own in scores:
        if id(own) not in leads:
            leads[id(own)] = max(own[1:]) - own[0]
    gains = [leads[id(own)] for own in scores]
    least = -2 * max(changes, default=0.0)
    path = [0] * len(scores)
    first = -1  # the last chunk that stands as it is
    gained = False
    for i, gain in enumerate([*gains, least - 1]):
        if gain > 0:
            gained = True
        elif gain < least:
            if gained:
                start, stop = max(first, 0), min(i + 1, len(scores))
                path[start:stop] = _viterbi(scores[start:stop], changes[start : stop - 1])
            first, gained = i, False
    return path


def _viterbi(scores: Sequence[Sequence[float]], changes: Sequence[float]) -> list[int]:
    best = list(scores[0])
    back: list[tuple[list[float], float, int]] = []  # what was best so far, what a change leaves of the best, its state
    for here, cost in zip(scores[1:], changes, strict=True):
        most = max(best)
        bound = most - cost
        back.append((best, bound, best.index(most)))
        best = [(b if b >= bound else bound) + h for b, h in zip(best, here, strict=True)]
    state = best.index(max(best))
    path = [state]
    for before, bound, top in reversed(back):
        if before[state] < bound:
            state = top
        path.append(state)
    return path[::-1]


# ---------------------------------------------------------------- a line alone


def _phrase_edits(text: str, chunks: Sequence[Chunk], families: Sequence[str]) -> tuple[Edit, ...]:
    """The edits of short lines that are a phrase in an encoding ("Hµ Néi"), in a text that has too little of it else."""
    if not families or len(chunks) > MOST_CHUNKS:
        return ()
    found: list[Edit] = []
    for _, group in groupby(chunks, key=lambda c: c.line):
        line = list(group)
        plain_lead = _phrase(" ".join(c.text for c in line))
        best = max((_phrase_of(line, family, plain_lead) for family in families), key=lambda s: s.lead)
        if best.lead >= PHRASE and len(best.words) >= WORDS:
            found += _converted(text, best, line)
    return tuple(found)


def _phrase_of(line: Sequence[Chunk], family: str, plain_lead: float) -> Stretch:
    """A line as an encoding reads it; its lead is nothing where one of its words is none in it."""
    lead = sum(_score(c.text, family) - _score(c.text, "") for c in line)
    readings = [r for c in line for r in _readings(c.text, family)]
    words = frozenset(w for c in line for w in _made(c.text, family))
    changed = [c for c in line if not c.text.isascii()]
    if not all(_has_valid(c.text, family) for c in changed):
        return Stretch(0, len(line), family, 0.0, words)
    return Stretch(0, len(line), family, lead + _phrase(" ".join(r.text for r in readings)) - plain_lead, words)


def _phrase(text: str) -> float:
    """By how many nats the words of a text are likelier together than each alone; never less than nothing."""
    lm = model()
    numbers = [n for n in lm.numbers(text) if n > lm.unknown]
    a = b = lm.start
    total = 0.0
    for n in numbers:
        total += lm.score(a, b, n) - lm.unigram(n)
        a, b = b, n
    return max(total, 0.0)


# ---------------------------------------------------------------- conversion


def _converted(text: str, stretch: Stretch, chunks: Sequence[Chunk]) -> Iterator[Edit]:
    title = by_family()[stretch.family].title
    sure = 1 - exp(-stretch.lead / 4)
    many = len(stretch.words)
    evidence = f"{title}: {many} different {'word' if many == 1 else 'words'} of this stretch are Vietnamese in it"
    for chunk in chunks[stretch.first : stretch.stop]:
        if stretch.family == "viqr":
            new = from_viqr(chunk.text)
            if new != chunk.text:
                confidence = 0.99 if _viqr_valid(chunk.text) else 0.8
                yield Edit(Span(chunk.start, chunk.end), chunk.text, new, "viqr", evidence, round(sure * confidence, 3))
            continue
        for m in WORD.finditer(chunk.text):
            r = reading(m[0], stretch.family)
            shown = m[0][r.start : r.end]
            start = chunk.start + m.start() + r.start
            if shown != r.text and (r.valid or _is_encoded(shown, r.text)) and not _is_sign(text, start, shown, r.text):
                confidence = 0.99 if r.valid else 0.8
                yield Edit(
                    Span(start, start + len(shown)),
                    shown,
                    r.text,
                    stretch.family,
                    evidence,
                    round(sure * confidence, 3),
                )


def _is_encoded(shown: str, text: str) -> bool:
    """True for a word that is no syllable and yet in the encoding: one with signs ("Kit«"), words run together.

    A long word of letters only is foreign and was never encoded ("Nürburgring").
    """
    if not text.isalpha():
        return False
    if not shown.isalpha() or len(text) <= LONGEST_SYLLABLE:
        return True
    return any(known(text[:i]) is not None and known(text[i:]) is not None for i in range(1, len(text)))


def _is_sign(text: str, start: int, shown: str, new: str) -> bool:
    """True for a sign that is what it shows: beside a figure, alone where no word of one letter fits, a bullet."""
    if any(c.isalpha() for c in shown) or new in "đĐ":
        return False
    before, after = text[max(start - 2, 0) : start], text[start + len(shown) : start + len(shown) + 2]
    if before[-1:].isdigit() or after[:1].isdigit() or (before.strip().isdigit() and after.strip().isdigit()):
        return True
    return len(shown) == 1 and (new not in ONE_LETTER or (shown == "·" and not before.strip(" \t").strip("\r\n")))
