"""Spaces put inside a syllable ("mục t iêu") and lost between two ("đềtài"), as the syllables and the model tell.

A text is sound until shown otherwise: where nothing shows the habit, the evidence must be overwhelming. Where such places are
many, the whole text is read again as one that has it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from congvan.document import Edit, Span
from congvan.language.acronyms import acronyms
from congvan.language.folding import fold_word
from congvan.language.ngrams import TOKEN, classify, model
from congvan.language.syllables import place_words, prefixes, syllables
from congvan.language.symbols import TYPES
from congvan.repair.candidates import analyse
from congvan.repair.linepath import Edge, best_path
from congvan.repair.regions import is_abbreviation, is_known
from congvan.repair.suspects import WordTest, suspects

INSERTED, LOST = "inserted-space", "lost-space"
COMMON = -11.5  # log P that a joined syllable must have where nothing shows the habit
UNKNOWN = 9.0  # cost in nats of a word that the model does not know, on top of its class: it is one of very many
PIECES = 4  # pieces of a syllable, and syllables that run together, at most
SHORT = 6  # letters of a piece
MARGIN = 12  # words around a piece of a syllable that tell more than enough


class Habit(NamedTuple):
    """What a text must show for a space: costs in nats of one taken out and of one put in.

    Attributes:
        broken: the text puts spaces into syllables: a piece may be a word by itself. glued: it loses spaces.
    """

    inserted: float
    lost: float
    broken: bool = False
    glued: bool = False


SOUND = Habit(14.0, -3.0)
# a text counts as damaged where this many different places show it, and one in so many words
PLACES, ONE_IN = {INSERTED: 4, LOST: 2}, 100
BROKEN_COST, GLUED_COST = 2.0, -6.0  # in a damaged text; a word that can be cut is hardly ever a word of its own
PLACE = 3.0  # cost in nats of a word of a place name, which the model knows hardly

# accepts a letter beyond ASCII, at which a space is put in or lost ("c|ủ|a")
_MARKED = regex.compile(r"[À-ỹ]")
# accepts a vowel with a tone, at which a space is lost ("ề")
_TONED = regex.compile(r"[ÀÁÃÈÉÌÍÒÓÕÙÚÝàáãèéìíòóõùúýĨĩŨũẠ-ỹ]")
# accepts a letter or a mark of one
_LETTER = regex.compile(r"[\p{L}\p{M}]")
# accepts letters without a vowel ("t", "ng", "đ")
_CONSONANTS = regex.compile(r"[bcdđghklmnpqrstvx]+")
# accepts what joins a piece to more than a word: a letter, figure or sign of the damage before it
_JOINED_BEFORE = regex.compile(r"[\p{L}\p{M}\p{Nd}/.’'¡-¿\ufffd\x01-\x08\x0e-\x1b-]")
# accepts the same after it
_JOINED_AFTER = regex.compile(r"[\p{L}\p{M}\p{Nd}/’'-]")


class _Token(NamedTuple):
    start: int
    end: int
    text: str


@lru_cache(maxsize=2)
def space_edits(text: str) -> tuple[Edit, ...]:
    """The edits that take spaces out of syllables, and put them between words that run together."""
    near = _near(text)
    if not near:
        return ()
    found = _read(text, _tokens(text, near), SOUND)
    places = {family: len({e.before for e in found if e.family == family}) for family in (INSERTED, LOST)}
    habits = {f: n >= PLACES[f] and n * ONE_IN >= text.count(" ") for f, n in places.items()}
    if any(habits.values()):
        broken, glued = habits[INSERTED], habits[LOST]
        costs = BROKEN_COST if broken else SOUND.inserted, GLUED_COST if glued else SOUND.lost
        found = _read(text, _tokens(text, [Span(0, len(text))]), Habit(*costs, broken, glued))
    return tuple(found)


def _near(text: str) -> list[Span]:
    """The unusual lines, and those beside them, that have what may be read in another way, and so much around as tells.

    What is left out between two of them is so long that neither sees the other.
    """
    seen = suspects(text)
    told = _MAY_BE_READ.among(seen.words)
    if not told or not seen.unusual:
        return []
    near = sorted({n + k for n in seen.unusual for k in (-1, 0, 1) if 0 <= n + k < len(seen.lines)})
    words = [text[seen.lines[n].start : seen.lines[n].end].split() for n in near]
    kept: set[int] = set()
    for at in (i for i, own in enumerate(words) if not told.isdisjoint(own) and _has_readings(own, told)):
        kept.add(at)
        for step in (-1, 1):
            i, left = at + step, MARGIN
            while left > 0 and 0 <= i < len(near):
                kept.add(i)
                left -= len(words[i])
                i += step
    return [Span(seen.lines[near[i]].start, seen.lines[near[i]].end) for i in sorted(kept)]


def _may_be_read(chunk: str) -> bool:
    """True for a stretch without white space with a word to cut, or with a piece of a syllable at an end that is open."""
    found = list(TOKEN.finditer(chunk))
    for n, m in enumerate(found):
        if _cuts(m[0], False):
            return True
        if _is_piece(m[0]) and (
            (n == len(found) - 1 and not _is_joined(chunk, m.start() - 1, _JOINED_BEFORE))
            or (n == 0 and not _is_joined(chunk, m.end(), _JOINED_AFTER))
        ):
            return True
    return False


_MAY_BE_READ = WordTest(_may_be_read)


def _has_readings(words: Sequence[str], told: Collection[str]) -> bool:
    """True for a line, parted at white space, with a word to cut or words that may be pieces of a syllable."""
    for i, word in enumerate(words):
        if word not in told:
            continue
        if any(_cuts(token, False) for token in TOKEN.findall(word)):
            return True
        for start in range(max(i - PIECES + 1, 0), i + 1):
            for stop in range(max(i + 1, start + 2), min(start + PIECES, len(words)) + 1):
                if _may_be_joined(tuple(words[start:stop])):
                    return True
    return False


@lru_cache(maxsize=16384)
def _may_be_joined(words: tuple[str, ...]) -> bool:
    """True where the end of the first, the beginning of the last, and those between are pieces of a syllable."""
    tokens = [TOKEN.findall(word) for word in words]
    if not all(tokens) or any(len(own) != 1 for own in tokens[1:-1]):
        return False
    pieces = (tokens[0][-1], *(own[0] for own in tokens[1:-1]), tokens[-1][0])
    return all(p[0].isalpha() and len(p) <= SHORT for p in pieces) and _is_joinable(pieces, False)


def _tokens(text: str, within: Sequence[Span]) -> list[_Token]:
    return [_Token(*m.span(), m[0]) for span in within for m in TOKEN.finditer(text, span.start, span.end)]


# ---------------------------------------------------------------- readings


def _read(text: str, tokens: Sequence[_Token], habit: Habit) -> list[Edit]:
    """The best reading of the islands of tokens that have more than one."""
    edges: dict[int, list[Edge]] = {}
    for i in range(len(tokens)) if habit.broken or habit.glued else _places(tokens):
        if tokens[i].text[0].isalpha() and (
            found := [*_merges(text, tokens, i, habit), *_splits(text, tokens, i, habit)]
        ):
            edges[i] = found
    edits: list[Edit] = []
    places = sorted(edges)
    first = 0
    while first < len(places):
        last, end = first, max(e.stop for e in edges[places[first]])
        while last + 1 < len(places) and places[last + 1] <= end + 2:
            last += 1
            end = max(end, *(e.stop for e in edges[places[last]]))
        edits += _island(text, tokens, edges, places[first], end, habit)
        first = bisect_left(places, end, last + 1)
    return edits


def _places(tokens: Sequence[_Token]) -> list[int]:
    """The tokens with which a syllable in pieces may begin, or that may be cut, where nothing shows the habit."""
    words = {token.text for token in tokens}
    pieces = {w for w in words if _is_piece(w)}
    cut = {w for w in words if _cuts(w, False)}
    found: set[int] = set()
    for i, token in enumerate(tokens):
        if token.text in pieces:
            found.update(range(max(i - PIECES + 1, 0), i + 1))
        elif token.text in cut:
            found.add(i)
    return sorted(found)


def _island(
    text: str, tokens: Sequence[_Token], edges: dict[int, list[Edge]], start: int, end: int, habit: Habit
) -> list[Edit]:
    lm = model()
    numbers = [_number(t.text) for t in tokens[max(start - 2, 0) : min(end + 2, len(tokens))]]
    at = start - max(start - 2, 0)
    before, after = numbers[:at], numbers[at + end - start :]
    lattice = [
        [Edge(i + 1 - start, (numbers[at + i - start],), _standing(tokens[i].text, habit), None)]
        + [Edge(e.stop - start, e.numbers, e.cost, e.text) for e in edges.get(i, ())]
        for i in range(start, end)
    ]
    found: list[Edit] = []
    for i, edge in best_path(lattice, before, after, lm):
        if edge.text is not None:
            first, last = tokens[start + i], tokens[start + edge.stop - 1]
            shown = text[first.start : last.end]
            joined = edge.stop - i > 1
            evidence = (
                f"{edge.text} is a syllable, {shown} are none" if joined else f"{edge.text} are words, {shown} is none"
            )
            sure = 0.9 if (habit.broken if joined else habit.glued) else 0.98
            found.append(
                Edit(Span(first.start, last.end), shown, edge.text, INSERTED if joined else LOST, evidence, sure)
            )
    return found


@lru_cache(maxsize=20_000)
def _number(word: str) -> int:
    """Number of a token in the model; capitals with tones ("CHỦTỊCH") are no abbreviation."""
    lm = model()
    number = lm.number(classify(word), word)
    return lm.unknown if number == lm.abbreviation and not is_abbreviation(word) else number


def _standing(word: str, habit: Habit) -> float:
    """Cost of a token as it stands: of an unknown word, and of capitals that are no acronym where syllables are broken."""
    unknown = _number(word) == model().unknown or (habit.broken and is_abbreviation(word) and not _is_acronym(word))
    return UNKNOWN if unknown else 0.0


def _is_acronym(word: str) -> bool:
    return word in acronyms() or word in TYPES


# ---------------------------------------------------------------- spaces inside a syllable


def _merges(text: str, tokens: Sequence[_Token], i: int, habit: Habit) -> list[Edge]:
    """The syllables that a token and those after it make, a space between each two."""
    found: list[Edge] = []
    before, after = (_LETTER, _LETTER) if habit.broken else (_JOINED_BEFORE, _JOINED_AFTER)
    if len(tokens[i].text) > SHORT or _is_joined(text, tokens[i].start - 1, before):
        return found
    for j in range(i + 1, min(i + PIECES, len(tokens))):
        left, right = tokens[j - 1], tokens[j]
        if (
            right.start != left.end + 1
            or text[left.end] != " "
            or not right.text[0].isalpha()
            or len(right.text) > SHORT
        ):
            break
        if habit.broken and not _MARKED.match(left.text[-1]) and not _MARKED.match(right.text[0]):
            break
        pieces = tuple(t.text for t in tokens[i : j + 1])
        if not _is_joined(text, right.end, after) and _is_joinable(pieces, habit.broken):
            word = "".join(pieces)
            cost = habit.inserted * (j - i if habit.broken else 1) + PLACE * (fold_word(word) in place_words())
            found.append(Edge(j + 1, (_number(word),), cost, word))
    return found


def _is_joined(text: str, at: int, pattern: regex.Pattern[str]) -> bool:
    return 0 <= at < len(text) and pattern.match(text[at]) is not None


@lru_cache(maxsize=20_000)
def _is_joinable(pieces: tuple[str, ...], loose: bool) -> bool:
    """True where a piece is no word and the whole is a common syllable; ``loose``: a syllable that the model knows, or an acronym."""
    lm = model()
    word = "".join(pieces)
    if loose and is_abbreviation(word) and not is_known(word):
        return _is_acronym(word) and not all(map(_is_acronym, pieces))
    if loose and fold_word(word) in place_words():
        return True
    number = lm.number(fold_word(word))
    if number == lm.unknown or fold_word(word) not in syllables() or not is_known(word):
        return False
    if loose:
        return True
    return lm.unigram(number) >= COMMON and not pieces[0].isupper() and any(map(_is_piece, pieces))


@lru_cache(maxsize=20_000)
def _is_piece(word: str) -> bool:
    """True for what the corpora do not know, and for letters without a vowel."""
    folded = fold_word(word)
    return (
        word[0].isalpha()
        and folded not in place_words()
        and len(word) <= SHORT
        and (folded not in model() or _CONSONANTS.fullmatch(folded) is not None)
    )


# ---------------------------------------------------------------- words that run together


def _splits(text: str, tokens: Sequence[_Token], i: int, habit: Habit) -> list[Edge]:
    token = tokens[i]
    if _is_joined(text, token.start - 1, _JOINED_BEFORE):
        return []
    if not habit.glued and _is_joined(text, token.end, _JOINED_AFTER):
        return []
    return [
        Edge(i + 1, tuple(map(_number, parts)), habit.lost * (len(parts) - 1), " ".join(parts))
        for parts in _cuts(token.text, habit.glued)
    ]


@lru_cache(maxsize=20_000)
def _cuts(word: str, loose: bool) -> tuple[tuple[str, ...], ...]:
    """The ways to cut a word that is none into words, after a vowel with a tone.

    ``loose``: after ô, ê, ơ … too (but đôla and ôtô are words); the last may be an acronym or a name.
    """
    folded = fold_word(word)
    if (
        len(word) < 3
        or word.isascii()
        or folded in model()
        or folded in place_words()
        or is_known(word)
        or is_abbreviation(word)
        or analyse(word).odd  # one damaged word: "đáa" is địa
    ):
        return ()
    found: list[tuple[str, ...]] = []

    def grow(at: int, parts: tuple[str, ...]) -> None:
        rest = word[at:]
        if parts and (_is_part(rest) or (loose and parts[-1][-1].islower() and _is_name(rest))):
            found.append((*parts, rest))
        if len(parts) >= PIECES:
            return
        for k in range(at + 1, len(word)):
            if word[at:k].lower() not in prefixes():
                break
            if (_MARKED if loose else _TONED).match(word[k - 1]) and _is_part(word[at:k]):
                grow(k, (*parts, word[at:k]))

    grow(0, ())
    return tuple(found)


def _is_part(word: str) -> bool:
    folded = fold_word(word)
    return folded in syllables() and folded in model() and is_known(word)


def _is_name(word: str) -> bool:
    """True for what has a capital after a small letter: an acronym, a number ("quýII"), a name ("từKm")."""
    return word[0].isupper() and (word.isascii() or is_abbreviation(word) or fold_word(word) in place_words())
