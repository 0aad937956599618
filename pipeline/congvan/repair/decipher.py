"""Decipher Ghostscript damage: the most likely true text under the n-gram model and one way of writing for each letter.

A noisy channel. The true text is a sequence of syllables (trigram model); a font writes each letter beyond Latin-1 either
right or as one value of the formula. What a font does is learned from the text itself, in rounds: first the words that
cannot be right as they stand are read, then all words with what was learned around them, until nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from congvan.document import Span
from congvan.language.ghostscript import forward, starts
from congvan.language.ngrams import ENDS, FIGURE, SIGN, START, NgramModel, model
from congvan.repair.candidates import Candidate, Form, analyse
from congvan.repair.lattice import Node, decode, margin
from congvan.repair.support import Support, Track
from congvan.repair.tokens import Token, line_numbers, tokenize

LINE = 8.0  # distance of a line end, in words
ROUNDS = 4
# Shares of damage among the letters beyond Latin-1, before evidence: in a word that cannot be right; in one that can.
DAMAGE_ODD, DAMAGE_VALID = 0.3, 0.02
ALONE = 7.0  # cost in nats of taking a word for damaged in a text that shows no other damage
SWITCH = 0.1  # share of words of bare text that are in another font than what is around
ALPHA, BETA = 1.0, 0.7  # weights of the prior and of the whole document: see Support.emission
OPENING = 0.8  # share of capitals where a sentence opens
CAPITAL = 0.06  # share of words inside a sentence that begin with a capital, where the value does not tell
MAX_READINGS = 8  # readings of one word that are compared
SAME_RANGE = 3.0  # how much likelier a value is whose range has given other letters of the font already
_NONE: frozenset[str] = frozenset()
PRUNE = 9.0  # a reading that is this much less likely than the best by its letters and frequency is dropped
NEARBY = 0.2  # damage that must be around (see Track.near) before a word that can be right is doubted


@dataclass(frozen=True, slots=True)
class Reading:
    """The decision on one word: ``text`` replaces the token; ``margin`` is the log odds against the next best reading."""

    token: Token
    text: str
    margin: float
    odd: bool


class Decipherer:
    """One text with its tokens and what is known of its fonts."""

    def __init__(
        self,
        text: str,
        fonts: Sequence[int] | None = None,
        codes: Sequence[int] | None = None,
        frozen: Sequence[Span] = (),
    ) -> None:
        self.fonts, self.codes = fonts, codes
        self.frozen = frozen  # sorted spans that have other damage and are left alone
        self.tokens = tokenize(text)
        self.lm: NgramModel = model()
        lines = line_numbers(text, self.tokens)
        self.positions = [i + LINE * line for i, line in enumerate(lines)]
        self._opens = self._openings(lines)
        self.forms: list[Form | None] = []
        self._lay_out(ascii_values=False)
        self.chosen: list[Candidate | None] = [None] * len(self.tokens)
        self._starts: dict[tuple[int, int], set[str]] = {}  # (group, start of a range) -> letters read from it
        self._short_ranges = False
        self._nodes: list[Node] = []
        self._best: list[int] = []

    def _openings(self, lines: Sequence[int]) -> list[bool]:
        """True for tokens that open a sentence: after a stop, after a sign that opens or ends a line."""
        opens: list[bool] = []
        fresh = True
        for i, token in enumerate(self.tokens):
            if i and lines[i] != lines[i - 1] and not self.tokens[i - 1].is_word:
                fresh = True
            opens.append(fresh)
            fresh = (token.text in ENDS and token.text != ";") or (fresh and not token.is_word)
        return opens

    def _analyse(self, ascii_values: bool) -> list[Form | None]:
        capitals = [t.is_word and _in_capitals(t.text) for t in self.tokens]
        known: dict[tuple[str, bool], Form] = {}
        forms: list[Form | None] = []
        other = 0
        for i, token in enumerate(self.tokens):
            if not token.is_word:
                forms.append(None)
                continue
            while other < len(self.frozen) and self.frozen[other].end <= token.start:
                other += 1
            if other < len(self.frozen) and self.frozen[other].start <= token.start:
                forms.append(Form(self.lm.unknown, True, False, 0.0, ()))
                continue
            near = False
            if not token.text.isascii():
                near = any(capitals[max(i - 2, 0) : i + 3])
            key = (token.text, near)
            form = known.get(key)
            if form is None:
                form = known[key] = analyse(*key, ascii_values)
            forms.append(form)
        return forms

    @property
    def odd(self) -> list[int]:
        """Tokens that cannot be right as they stand and have a reading."""
        return [i for i, form in enumerate(self.forms) if form is not None and form.odd]

    # ------------------------------------------------------------ costs

    def _group(self, i: int, offset: int) -> int:
        return -1 if self.fonts is None else self.fonts[self.tokens[i].start + offset]

    def _key(self, i: int, offset: int) -> str | int:
        if self.codes is not None:
            code = self.codes[self.tokens[i].start + offset]
            if code >= 0:
                return code
        return self.tokens[i].text[offset]

    def _support(self) -> Support:
        """What the readings so far say of each letter."""
        support = Support()
        self._starts = {}
        self._short_ranges = self.one_entry
        table = forward()
        known: dict[str, list[tuple[int, str]]] = {}
        for i, form in enumerate(self.forms):
            if form is None:
                continue
            chosen = self.chosen[i]
            if chosen is None and not form.valid:
                continue
            text = self.tokens[i].text if chosen is None else chosen.text
            if text.isascii():
                continue
            marked = known.get(text)
            if marked is None:
                marked = known[text] = [
                    (n, c) for n, c in enumerate(text) if c in table or (self.fonts is not None and not c.isascii())
                ]
            for offset, letter in marked:
                group, shown = self._group(i, offset), self.tokens[i].text[offset]
                support.add(group, letter, self._key(i, offset), self.positions[i])
                if shown != letter:
                    for start in starts(letter, shown):
                        self._starts.setdefault((group, start), set()).add(letter)
        return support

    def _letter_cost(self, i: int, offset: int, letter: str, support: Support | None, damage: float) -> float:
        """-log P(what is written | letter)."""
        shown = self.tokens[i].text[offset]
        prior = 1 - damage if letter == shown else damage * forward()[letter].get(shown, 1e-4)
        if support is None:
            return -log(prior)
        group, position = self._group(i, offset), self.positions[i]
        if (
            letter != shown
            and not self._short_ranges
            and any(self._starts.get((group, s), _NONE) - {letter} for s in starts(letter, shown))
        ):
            prior *= SAME_RANGE
        key = self._key(i, offset)
        p = support.emission(group, letter, key, position, prior, ALPHA, BETA)
        if group >= 0:
            p *= support.reading(group, letter, key, position, 0.3, ALPHA)
        else:
            p = (1 - SWITCH) * p + SWITCH * prior
        return -log(max(p, 1e-12))

    def _cost(
        self,
        i: int,
        reading: Candidate | None,
        support: Support | None,
        damage: float,
        letters: dict[tuple[int, str], float],
    ) -> float:
        """Cost of a reading; ``letters`` keeps the costs of the letters for the other readings of the word."""
        token, form = self.tokens[i], self.forms[i]
        assert form is not None
        table = forward()
        text = token.text if reading is None else reading.text
        cost = 0.0
        if reading is None:
            if not form.valid:
                return form.cost
            cost = form.cost
        else:
            cost = reading.cost
            if reading.pairs[0][0] == 0 and not (text.isupper() and len(text) > 1):
                usual = self._capital(i, reading.number)
                cost -= log(usual if text[0].isupper() else 1 - usual)
        for offset, letter in enumerate(text):
            if letter in table:
                known = letters.get((offset, letter))
                if known is None:
                    known = letters[offset, letter] = self._letter_cost(i, offset, letter, support, damage)
                cost += known
            elif self.fonts is not None and support is not None and not letter.isascii():
                group = self._group(i, offset)
                if group >= 0:
                    cost -= log(support.reading(group, letter, self._key(i, offset), self.positions[i], 0.9, ALPHA))
        return cost

    def _capital(self, i: int, number: int) -> float:
        """Share of capitals of a word in the place of token ``i``."""
        if self._opens[i]:
            return OPENING
        before = self.tokens[i - 1].text if i else ""
        after = self.tokens[i + 1].text if i + 1 < len(self.tokens) else ""
        share = self.lm.capital(number, before, after)
        return CAPITAL if share is None else share

    # ------------------------------------------------------------ lattice

    def _lattice(self, support: Support | None, doubt: Track | None, alone: float) -> list[Node]:
        """The lattice. ``doubt`` holds the places of damage: near them words that can be right are doubted too.

        ``alone`` is the cost of changing a word.
        """
        nodes = list(self._plain)
        for k in self._open:
            node = self._weighed(nodes[k].index, support, doubt, alone)
            if node is not None:
                nodes[k] = node
        return nodes

    def _weighed(self, i: int, support: Support | None, doubt: Track | None, alone: float) -> Node | None:
        """A token with its readings; None where it is not doubted."""
        token, form = self.tokens[i], self.forms[i]
        assert form is not None
        if alone and len(token.text) == 1:
            return None  # one letter is too little evidence
        if form.valid and (doubt is None or doubt.near(self.positions[i]) < NEARBY):
            return None
        share = DAMAGE_VALID if form.valid else DAMAGE_ODD
        letters: dict[tuple[int, str], float] = {}
        costs = [alone + self._cost(i, c, support, share, letters) for c in form.candidates]
        unigram = self.lm.unigram
        ranked = sorted(
            (cost - unigram(c.number), n) for n, (cost, c) in enumerate(zip(costs, form.candidates, strict=True))
        )
        own = self._cost(i, None, support, share, letters)
        limit = ranked[0][0] + PRUNE
        if form.valid:
            limit = min(limit, own - unigram(form.number) + PRUNE)
        kept = [n for rank, n in ranked[:MAX_READINGS] if rank <= limit]
        return Node(
            i,
            [form.number, *(form.candidates[n].number for n in kept)],
            [own, *(costs[n] for n in kept)],
            [None, *(form.candidates[n] for n in kept)],
        )

    def _lay_out(self, ascii_values: bool) -> None:
        """Analyse the words, and lay out the lattice with one reading each."""
        self.forms = self._analyse(ascii_values)
        lm = self.lm
        fixed = {kind: lm.number(kind) for kind in (START, SIGN, FIGURE)}
        self._plain: list[Node] = []
        self._open: list[int] = []  # nodes that have other readings
        last = -1
        for i, form in enumerate(self.forms):
            if form is None:
                text = self.tokens[i].text
                kind = FIGURE if text[0].isdigit() else START if text in ENDS else SIGN
                number = fixed[kind]
                if number != last or kind == FIGURE:
                    self._plain.append(Node(i, [number], [0.0], [None]))
                last = number
                continue
            last = -1
            if form.candidates:
                self._open.append(len(self._plain))
            self._plain.append(Node(i, [form.number], [0.0], [None]))

    # ------------------------------------------------------------ rounds

    def run(self) -> list[Reading]:
        """Decide; the readings of all words that change, and of odd words that stay."""
        odd = self.odd
        if not odd:
            return []
        self._round(None, None, ALONE)
        accepted = [i for i in odd if self.chosen[i] is not None]
        if not accepted:
            return self._readings(set(odd))
        doubted = self._established(accepted)
        for n in range(ROUNDS):
            if n == 1 and doubted and self.one_entry:
                self._lay_out(ascii_values=True)
            before = list(self.chosen)
            doubt: Track | None = None
            if doubted:
                doubt = Track()
                for i in odd:
                    if self.chosen[i] is not None:
                        doubt.add(self.positions[i])
            self._round(self._support(), doubt, 0.0 if doubted else ALONE)
            if n and self.chosen == before:
                break
        return self._readings(set(odd))

    @property
    def one_entry(self) -> bool:
        """True where the readings show ranges of one entry: ư as ±, đ as U+0011. Then ũ is i, and … is &."""
        return any(
            value in "±\x11" for i, c in enumerate(self.chosen) if c is not None for value in self.tokens[i].text
        )

    def _established(self, accepted: list[int]) -> bool:
        """True where the text as a whole is damaged, and not one strange word in it."""
        return len({self.tokens[i].text for i in accepted}) > 1 or len(accepted) > 2

    def _round(self, support: Support | None, doubt: Track | None, alone: float) -> None:
        self._nodes = self._lattice(support, doubt, alone)
        self._best = decode(self._nodes, self.lm)
        for k in self._open:
            node = self._nodes[k]
            self.chosen[node.index] = node.readings[self._best[k]]

    def _readings(self, odd: set[int]) -> list[Reading]:
        found: list[Reading] = []
        for k in self._open:
            i = self._nodes[k].index
            token, chosen = self.tokens[i], self.chosen[i]
            if chosen is not None:
                found.append(Reading(token, chosen.text, margin(self._nodes, self._best, k, self.lm), i in odd))
            elif i in odd:
                found.append(Reading(token, token.text, 0.0, True))
        return found


def _in_capitals(word: str) -> bool:
    plain = [c for c in word if c.isascii() and c.isalpha()]
    return len(plain) > 1 and all(c.isupper() for c in plain)


def confidence(margin: float) -> float:
    """Probability that goes with log odds, at most 0.999."""
    return min(0.999, 1 / (1 + exp(-min(max(margin, -30.0), 30.0))))
