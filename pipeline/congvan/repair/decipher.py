"""Decipher Ghostscript damage: the most likely true text under the n-gram model and one way of writing for each letter.

A noisy channel. The true text is a sequence of syllables (trigram model); a font writes each letter beyond Latin-1 either
right or as one value of the formula. What a font does is learned from the text itself, in rounds: first the words that
cannot be right as they stand are read, then all words with what was learned around them, until nothing changes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from congvan.document import Span
from congvan.language.ghostscript import forward, starts
from congvan.language.ngrams import ENDS, FIGURE, SIGN, START, NgramModel, model
from congvan.repair.candidates import Candidate
from congvan.repair.lattice import Node, decode, margin
from congvan.repair.setting import Setting
from congvan.repair.support import Support, Track, share
from congvan.repair.tokens import Token

ROUNDS = 4
# Shares of damage among the letters beyond Latin-1, before evidence: in a word that cannot be right; in one that can.
DAMAGE_ODD, DAMAGE_VALID = 0.3, 0.02
ALONE = 8.0  # cost in nats of taking a word for damaged in a text that shows no other damage
AMONG_FOREIGN = 7.0  # cost in nats of taking a word for damaged on a line of another language, in a damaged text
ENOUGH = 3  # strange words with a reading that make the whole text count as damaged
LONE_LEAD = 1.5  # log odds that the reading of a word needs where the text as a whole is not damaged
SURE = 8.0  # or two, with log odds of this sum
SWITCH = 0.1  # share of words of bare text that are in another font than what is around
ALPHA, BETA = 1.0, 0.7  # weights of the prior and of the whole document: see Support.emission
OPENING = 0.8  # share of capitals where a sentence opens
CAPITAL = 0.06  # share of words inside a sentence that begin with a capital, where the value does not tell
FAR = 150.0  # distance at which a reading tells nothing of a letter any more
MAX_READINGS = 8  # readings of one word that are compared
SAME_RANGE = 3.0  # how much likelier a value is whose range has given other letters of the font already
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
        within: Sequence[Span] | None = None,
    ) -> None:
        self.fonts, self.codes = fonts, codes
        self.lm: NgramModel = model()
        # frozen: sorted spans that have other damage and are left alone
        self.setting = Setting(text, self.lm, frozen, within)
        self.tokens, self.positions = self.setting.tokens, self.setting.positions
        self.forms = self.setting.forms
        self.chosen: list[Candidate | None] = [None] * len(self.tokens)
        self._starts: dict[tuple[int, int], set[str]] = {}  # (group, start of a range) -> letters read from it
        self._priors: dict[tuple[int, str, str, float], float] = {}
        # of bare text, (letter, value, share of damage) -> P(value | letter) before evidence, and where that was read
        self._evidence: dict[tuple[str, str, float], tuple[float, Track | None, Track | None]] = {}
        self._short_ranges = False
        self._settled: set[int] = set()  # tokens that can be right and have no likely other reading
        self._nodes: dict[int, Node] = {}
        self._best: dict[int, int] = {}

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
        support = Support(by_font=self.fonts is not None)
        self._starts = {}
        self._short_ranges = self.one_entry
        for i, form in enumerate(self.forms):
            if form is None:
                continue
            chosen = self.chosen[i]
            if chosen is not None:
                marked = chosen.letters
            elif form.valid:
                marked = form.letters
            else:
                continue
            if self.fonts is not None:
                text = self.tokens[i].text if chosen is None else chosen.text
                marked = tuple((n, c) for n, c in enumerate(text) if not c.isascii())
            if not marked:
                continue
            position = self.positions[i]
            if chosen is None and self.fonts is None:
                for _, letter in marked:
                    support.add_right(letter, position)
                continue
            for offset, letter in marked:
                group, shown = self._group(i, offset), self.tokens[i].text[offset]
                support.add(group, letter, self._key(i, offset), position)
                if shown != letter:
                    for start in starts(letter, shown):
                        self._starts.setdefault((group, start), set()).add(letter)
        return support

    def _same_range(self, group: int, letter: str, shown: str) -> bool:
        """True where a range that gives ``letter`` this value has given other letters already."""
        for start in starts(letter, shown):
            others = self._starts.get((group, start))
            if others is not None and (len(others) > 1 or letter not in others):
                return True
        return False

    def _letter_cost(self, i: int, offset: int, letter: str, support: Support | None, damage: float) -> float:
        """-log P(what is written | letter)."""
        shown = self.tokens[i].text[offset]
        if support is not None and self.fonts is None and self.codes is None:
            evidence = self._evidence.get((letter, shown, damage))
            if evidence is None:
                prior = self._prior(-1, letter, shown, support, damage)
                evidence = self._evidence[letter, shown, damage] = prior, *support.tracks(-1, letter, shown)
            prior, pair, letters = evidence
            p = share(pair, letters, self.positions[i], prior, ALPHA, BETA)
            return -log(max((1 - SWITCH) * p + SWITCH * prior, 1e-12))
        group = self._group(i, offset)
        prior = self._prior(group, letter, shown, support, damage)
        if support is None:
            return -log(prior)
        position = self.positions[i]
        key = self._key(i, offset)
        p = support.emission(group, letter, key, position, prior, ALPHA, BETA)
        if group >= 0:
            p *= support.reading(group, letter, key, position, 0.3, ALPHA)
        else:
            p = (1 - SWITCH) * p + SWITCH * prior
        return -log(max(p, 1e-12))

    def _prior(self, group: int, letter: str, shown: str, support: Support | None, damage: float) -> float:
        """P(value | letter) before the evidence of the place, the same in a whole round."""
        prior = self._priors.get((group, letter, shown, damage))
        if prior is None:
            prior = 1 - damage if letter == shown else damage * forward()[letter].get(shown, 1e-4)
            if (
                support is not None
                and letter != shown
                and not self._short_ranges
                and self._same_range(group, letter, shown)
            ):
                prior *= SAME_RANGE
            self._priors[group, letter, shown, damage] = prior
        return prior

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
        for place in form.letters if reading is None else reading.letters:
            known = letters.get(place)
            if known is None:
                known = letters[place] = self._letter_cost(i, *place, support, damage)
            cost += known
        if self.fonts is not None and support is not None:
            table = forward()
            for offset, letter in enumerate(text):
                if letter in table or letter.isascii() or (group := self._group(i, offset)) < 0:
                    continue
                cost -= log(support.reading(group, letter, self._key(i, offset), self.positions[i], 0.9, ALPHA))
        return cost

    def _capital(self, i: int, number: int) -> float:
        """Share of capitals of a word in the place of token ``i``."""
        if self.setting.opens(i):
            return OPENING
        before = self.tokens[i - 1].text if i else ""
        after = self.tokens[i + 1].text if i + 1 < len(self.tokens) else ""
        around = (self._number(i - 2), self._number(i - 1), self._number(i + 1), self._number(i + 2))
        share = self.lm.capital(number, before, after, around)
        return CAPITAL if share is None else share

    def _number(self, i: int) -> int:
        """Number of a token as it is read so far; 0 outside of the text."""
        form = self.forms[i] if 0 <= i < len(self.forms) else None
        if form is None:
            return self._fixed(self.tokens[i].text) if 0 <= i < len(self.forms) else 0
        chosen = self.chosen[i]
        return form.number if chosen is None else chosen.number

    def _fixed(self, text: str) -> int:
        """Number of the class of a figure or sign."""
        return self.lm.number(FIGURE if text[0].isdigit() else START if text in ENDS else SIGN)

    # ------------------------------------------------------------ lattice

    def _weighed(self, i: int, support: Support | None, doubt: Track | None, alone: float) -> Node | None:
        """A token with its readings; None where it is not doubted."""
        token, form = self.tokens[i], self.forms[i]
        assert form is not None
        if alone and len(token.text) == 1:
            return None  # one letter is too little evidence
        if form.valid and (i in self._settled or doubt is None or doubt.near(self.positions[i]) < NEARBY):
            return None
        if self.setting.foreign(i):
            if alone or form.valid:
                return None
            alone = AMONG_FOREIGN
        damage = DAMAGE_VALID if form.valid else DAMAGE_ODD
        letters: dict[tuple[int, str], float] = {}
        costs = [alone + self._cost(i, c, support, damage, letters) for c in form.candidates]
        ranked = sorted([(cost - likely, n) for n, (cost, likely) in enumerate(zip(costs, form.unigrams, strict=True))])
        own = self._cost(i, None, support, damage, letters)
        limit = ranked[0][0] + PRUNE
        if form.valid:
            limit = min(limit, own - self.lm.unigram(form.number) + PRUNE)
        kept = [n for rank, n in ranked[:MAX_READINGS] if rank <= limit]
        if not kept and form.valid:
            self._settled.add(i)
            return None
        return Node(
            i,
            [form.number, *(form.candidates[n].number for n in kept)],
            [own, *(costs[n] for n in kept)],
            [None, *(form.candidates[n] for n in kept)],
        )

    # ------------------------------------------------------------ rounds

    def run(self) -> list[Reading]:
        """Decide; the readings of all words that change, and of odd words that stay."""
        odd = self.odd
        if not odd:
            return []
        self._round(None, None, ALONE)
        accepted = [i for i in odd if self.chosen[i] is not None]
        if not accepted:
            return self._readings(set(odd), False)
        doubted = self._established(accepted)
        last: list[Candidate | None] | None = None
        for n in range(ROUNDS):
            before = list(self.chosen)
            changes = None if last is None or self.fonts is not None else self._changes(last)
            if n == 1 and doubted and self.one_entry:
                self.setting.lay_out(ascii_values=True)
                self.forms = self.setting.forms
                self._settled.clear()
                changes = None
            doubt: Track | None = None
            if doubted:
                doubt = Track()
                for i in odd:
                    if self.chosen[i] is not None:
                        doubt.add(self.positions[i])
            self._round(self._support(), doubt, 0.0 if doubted else ALONE, changes)
            if n and self.chosen == before:
                break
            last = before
            if doubted and not self._established([i for i in odd if self.chosen[i] is not None]):
                doubted, last = False, None
                self._round(None, None, ALONE)
        return self._readings(set(odd), doubted)

    @property
    def one_entry(self) -> bool:
        """True where the readings show ranges of one entry: ư as ±, đ as U+0011. Then ũ is i, and … is &."""
        return any(
            value in "±\x11" for i, c in enumerate(self.chosen) if c is not None for value in self.tokens[i].text
        )

    def _established(self, accepted: list[int]) -> bool:
        """True where the text as a whole is damaged, and not one strange word in it."""
        if len(accepted) > 2 * ENOUGH:
            return True
        places = {self.setting.places[k]: k for k in self._nodes}
        sure: dict[str, float] = {}
        for i in accepted:
            word = self.tokens[i].text.lower()
            sure[word] = max(sure.get(word, 0.0), self._margin(places[i]))
        return len(sure) >= ENOUGH or (len(sure) > 1 and sum(sure.values()) > SURE)

    def _margin(self, k: int) -> float:
        return margin(self.setting.numbers, self._nodes, self._best, k, self.lm)

    def _round(
        self,
        support: Support | None,
        doubt: Track | None,
        alone: float,
        changes: dict[str, list[float]] | None = None,
    ) -> None:
        """Decide all words anew. ``doubt`` holds the places of damage: near them words that can be right are doubted too.

        ``alone`` is the cost of changing a word. ``changes`` tells where the last round has read letters in another way:
        words that these do not concern keep their weights.
        """
        before, self._nodes = self._nodes, {}
        self._priors.clear()
        self._evidence.clear()
        places = self.setting.places
        for k in self.setting.open:
            if changes is None or self._concerned(places[k], changes):
                node = self._weighed(places[k], support, doubt, alone)
            else:
                node = before.get(k)
            if node is None:
                self.chosen[places[k]] = None
            else:
                self._nodes[k] = node
        self._best = decode(self.setting.numbers, self._nodes, self.lm)
        for k, node in self._nodes.items():
            self.chosen[places[k]] = node.readings[self._best[k]]

    def _changes(self, before: Sequence[Candidate | None]) -> dict[str, list[float]]:
        """The letters that are read where others were before, or no longer are, and the positions."""
        found: dict[str, list[float]] = {}
        for i, (old, new) in enumerate(zip(before, self.chosen, strict=True)):
            if old is not new:
                form = self.forms[i]
                own = () if form is None else form.letters
                for _, letter in {*(own if old is None else old.letters)} ^ {*(own if new is None else new.letters)}:
                    found.setdefault(letter, []).append(self.positions[i])
        return found

    def _concerned(self, i: int, changes: dict[str, list[float]]) -> bool:
        form, position = self.forms[i], self.positions[i]
        assert form is not None
        for letter in form.all_letters & changes.keys():
            at = changes[letter]
            n = bisect_left(at, position - FAR)
            if n < len(at) and at[n] <= position + FAR:
                return True
        return False

    def _readings(self, odd: set[int], damaged: bool) -> list[Reading]:
        """The decisions. In a text that is not ``damaged`` as a whole, a reading that hardly beats the next is none."""
        found: list[Reading] = []
        for k in self.setting.open:
            i = self.setting.places[k]
            token, chosen = self.tokens[i], self.chosen[i]
            lead = 0.0 if chosen is None else self._margin(k)
            if chosen is not None and (damaged or lead > LONE_LEAD):
                found.append(Reading(token, chosen.text, lead, i in odd))
            elif i in odd:
                found.append(Reading(token, token.text, 0.0, True))
        return found


def confidence(margin: float) -> float:
    """Probability that goes with log odds, at most 0.999."""
    return min(0.999, 1 / (1 + exp(-min(max(margin, -30.0), 30.0))))
