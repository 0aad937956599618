"""Decipher Ghostscript damage: the most likely true text under the n-gram model and one way of writing for each letter.

A noisy channel. The true text is a sequence of syllables (trigram model); a font writes each letter beyond Latin-1 either
right or as one value of the formula, and the letters of one range fit one start. What a font does is learned from the text
itself, in rounds: first the words that cannot be right as they stand are read, then all words with what was learned around
them, until nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from congvan.document import Span
from congvan.language.ngrams import NgramModel, model
from congvan.repair.candidates import Candidate, Form
from congvan.repair.cipher.evidence import Ledger, Tracks
from congvan.repair.cipher.lattice import Lattice, decode, margins
from congvan.repair.cipher.setting import Setting
from congvan.repair.cipher.templates import Templates, Written

if TYPE_CHECKING:
    from congvan.repair.cipher.columns import Flags, Floats, Ints

ROUNDS = 4
ALONE = 8.0  # cost in nats of taking a word for damaged in a text that shows no other damage
AMONG_FOREIGN = 7.0  # cost in nats of taking a word for damaged on a line of another language, in a damaged text
ENOUGH = 3  # strange words with a reading that make the whole text count as damaged
LONE_LEAD = 1.5  # log odds that the reading of a word needs where the text as a whole is not damaged
SURE = 8.0  # or two, with log odds of this sum
OPENING = 0.8  # share of capitals where a sentence opens
CAPITAL = 0.06  # share of words inside a sentence that begin with a capital, where the value does not tell
MAX_READINGS = 8  # readings of one word that are compared
PRUNE = 9.0  # a reading that is this much less likely than the best by its letters and frequency is dropped
# A word is amid damage where so much is around it as this share of what is around half of the surely damaged words; bounds.
AMID, LEAST_AMID, MOST_AMID = 0.08, 0.2, 3.0
NEARBY = 0.2  # damage that must be around (see Tracks.around) before a word that can be right is doubted
_NOTHING = Written(Form(0, False, False, 0.0, ()), "", (), ())  # of what is no word


@dataclass(frozen=True, slots=True)
class Reading:
    """The decision on one word: ``text`` replaces what stands at ``span``; ``margin`` is the log odds against the next best."""

    span: Span
    shown: str
    text: str
    margin: float


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
        self.ledger = Ledger()
        count = len(self.setting.tokens)
        self._last = float(self.setting.positions[-1]) if count else 0.0
        self._row: Ints = np.full(count, -1, np.int64)  # of each token that is read otherwise, its row of the templates
        self._lay_out()

    def _lay_out(self) -> None:
        """The templates of the forms, and the words that are doubted."""
        setting = self.setting
        self._single: Flags = np.fromiter((len(t) == 1 for t in setting.texts), bool, len(setting.texts))
        if self.fonts is None:
            self._of = setting.of
            written = [
                Written(form, text, (-1,) * len(text), tuple(text)) if form is not None else _NOTHING
                for form, text in zip(setting.forms, setting.texts, strict=True)
            ]
        else:
            self._of, written = self._by_font(self.fonts)
        self.templates = Templates(written, self.ledger)
        self._odd: Flags = setting.odd[setting.of]
        self._valid: Flags = setting.valid[setting.of]
        self._settled: Flags = np.zeros(len(setting.tokens), bool)  # can be right and has no likely other reading
        self._listed: Flags = self._in_a_list()[setting.open]
        self._has_letters: Flags = self.templates.standing.lengths[self._of] > 0
        self._numbers: Ints = setting.as_read.copy()

    def _in_a_list(self) -> Flags:
        """Which tokens are a letter that a list of letters names: between signs, with another letter beyond one of these."""
        setting = self.setting
        sign = np.array([f is None for f in setting.forms], bool)[setting.of]
        letter = np.array([len(t) == 1 and t.isalpha() for t in setting.texts], bool)[setting.of]
        found: Flags = np.zeros(len(sign), bool)
        found[2:-2] = letter[2:-2] & sign[1:-3] & sign[3:-1] & (letter[:-4] | letter[4:])
        return found

    def _by_font(self, fonts: Sequence[int]) -> tuple[Ints, list[Written]]:
        """The template of each token, and the templates, where the fonts of the characters are known."""
        setting, codes = self.setting, self.codes
        known: dict[tuple[int, tuple[int, ...], tuple[int | str, ...]], int] = {}
        written: list[Written] = []
        of = np.zeros(len(setting.tokens), np.int64)
        starts = setting.tokens.starts.tolist()
        for i, (number, start) in enumerate(zip(setting.of.tolist(), starts, strict=True)):
            form, text = setting.forms[number], setting.texts[number]
            if form is None or not text or (text.isascii() and not form.candidates):
                form, text = None, ""
            span = range(start, start + len(text))
            groups = tuple(fonts[n] for n in span)
            keys: tuple[int | str, ...] = tuple(text)
            if codes is not None:
                keys = tuple(codes[n] if codes[n] >= 0 else c for n, c in zip(span, text, strict=True))
            row = (number if form is not None else -1, groups, keys)
            if row not in known:
                known[row] = len(written)
                written.append(Written(form, text, groups, keys) if form is not None else _NOTHING)
            of[i] = known[row]
        return of, written

    # ------------------------------------------------------------ costs

    def _tracks(self) -> Tracks:
        """What the readings so far say of each letter."""
        positions = self.setting.positions
        read = np.flatnonzero(self._row >= 0)
        right = np.flatnonzero(self._has_letters & (self._row < 0))
        kinds, counts = self.templates.standing.of(self._of[right])
        more, again = self.templates.reading.of(self._row[read])
        where = np.concatenate([np.repeat(positions[right], counts), np.repeat(positions[read], again)])
        return self.ledger.tracks(np.concatenate([kinds, more]), where, self._last, not self._one_entry)

    def _weigh(self, tokens: Ints, tracks: Tracks | None, alone: Floats) -> Lattice:
        """The lattice of some tokens with their readings; ``alone`` is what each costs if it is not as it stands."""
        templates, setting = self.templates, self.setting
        of = self._of[tokens]
        rows, counts = templates.rows.of(of)
        asked, ask_counts = templates.questions.of(of)
        positions = np.repeat(setting.positions[tokens], ask_counts)
        ledger = self.ledger
        letter_costs = ledger.without(asked)
        if tracks is not None:
            known = np.repeat(alone != ALONE, ask_counts)
            letter_costs[known] = ledger.costs(tracks, asked[known], positions[known])
        places, row_asks = templates.asks.of(rows)
        first_question = np.cumsum(ask_counts) - ask_counts
        places = places + np.repeat(np.repeat(first_question, counts), row_asks)
        number = np.repeat(np.arange(len(rows)), row_asks)
        costs = templates.constants[rows] + np.bincount(number, letter_costs[places], len(rows))
        node = np.repeat(np.arange(len(tokens)), counts)
        starts = np.cumsum(counts) - counts
        other = np.ones(len(rows), bool)
        other[starts] = False
        costs[other] += alone[node[other]]
        for n in np.flatnonzero(templates.capital[rows]).tolist():
            row = rows[n]
            token = int(tokens[node[n]])
            usual = self._capital(token, int(templates.numbers[row]))
            text = self._candidate(token, int(row)).text
            costs[n] -= log(usual if text[0].isupper() else 1 - usual)
        return self._pruned(tokens, rows, node, starts, other, costs)

    def _pruned(self, tokens: Ints, rows: Ints, node: Ints, starts: Ints, other: Flags, costs: Floats) -> Lattice:
        """The likely readings of each token; a word that can be right and has none is settled."""
        templates, setting = self.templates, self.setting
        rank = np.where(other, costs - templates.unigrams[rows], np.inf)
        order = np.lexsort((rank, node))
        nth = np.empty(len(rows), np.int64)
        nth[order] = np.arange(len(rows)) - starts[node]
        limit = np.minimum.reduceat(rank, starts) if len(rows) else np.zeros(0)
        valid = self._valid[tokens]
        as_it_stands = costs[starts] - self.lm.unigrams(setting.as_read[tokens])
        limit = np.where(valid, np.minimum(limit, as_it_stands), limit) + PRUNE
        kept = ~other | ((nth < MAX_READINGS) & (rank <= limit[node]))
        counts = np.bincount(node[kept], minlength=len(tokens))
        settled = valid & (counts == 1)
        self._settled[tokens[settled]] = True
        kept &= ~settled[node]
        nodes = np.flatnonzero(~settled)
        self._nodes: Ints = tokens[nodes]
        self._rows: Ints = rows[kept]
        return Lattice(
            setting.numbers,
            setting.places[self._nodes],
            counts[nodes],
            templates.numbers[self._rows],
            costs[kept],
            templates.labels[self._rows],
        )

    def _capital(self, i: int, number: int) -> float:
        """Share of capitals of a word in the place of token ``i``."""
        if self.setting.opens(i):
            return OPENING
        texts, numbers = self.setting.tokens.texts, self._numbers
        count = len(texts)
        before = texts[i - 1] if i else ""
        after = texts[i + 1] if i + 1 < count else ""
        a, b, d, e = (int(numbers[n]) if 0 <= n < count else 0 for n in (i - 2, i - 1, i + 1, i + 2))
        share = self.lm.capital(number, before, after, (a, b, d, e))
        return CAPITAL if share is None else share

    def _candidate(self, token: int, row: int) -> Candidate:
        """The reading of a row of the templates."""
        form = self.setting.forms[self.setting.of[token]]
        assert form is not None
        found: Candidate = form.candidates[row - self._first_row(token) - 1]
        return found

    def _first_row(self, token: int) -> int:
        """The row of the templates for a token as it stands."""
        rows = self.templates.rows
        return int(rows.values[rows.starts[self._of[token]]])

    # ------------------------------------------------------------ rounds

    def run(self) -> list[Reading]:
        """Decide; the readings of all words that change."""
        setting = self.setting
        odd = setting.open[self._odd[setting.open]]
        if not len(odd):
            return []
        self._round(None, None, ALONE)
        if not (self._row[odd] >= 0).any():
            return []
        doubted = self._established(odd)
        self._amid = self._amid_damage(odd[self._row[odd] >= 0])
        for n in range(ROUNDS):
            before = self._row.copy()
            if n == 1 and doubted and self._one_entry:
                self._read_ascii_values()
                before = self._row.copy()
                odd = setting.open[self._odd[setting.open]]
            damage = odd[self._row[odd] >= 0]
            doubt = (
                Tracks(np.zeros(len(damage), np.int64), setting.positions[damage], self._last, 1) if doubted else None
            )
            self._round(self._tracks(), doubt, 0.0 if doubted else ALONE)
            if n and (before == self._row).all():
                break
            if doubted and not self._established(odd):
                doubted = False
                self._round(None, None, ALONE)
        return self._readings(doubted)

    def _amid_damage(self, sure: Ints) -> Flags:
        """Which tokens stand amid damage, as words tell that are taken for damaged whatever is around."""
        count = len(self.setting.tokens)
        tracks = Tracks(np.zeros(len(sure), np.int64), self.setting.positions[sure], self._last, 1)
        around, _ = tracks.around(np.zeros(count, np.int64), self.setting.positions)
        usual = float(np.median(around[sure]))
        amid: Flags = around >= min(max(AMID * usual, LEAST_AMID), MOST_AMID)
        return amid

    def _read_ascii_values(self) -> None:
        """From now on i and j may be ũ."""
        texts = [(i, self._candidate(i, int(self._row[i])).text) for i in np.flatnonzero(self._row >= 0).tolist()]
        self.setting.lay_out(ascii_values=True)
        self._lay_out()
        self._row[:] = -1
        for i, text in texts:
            form = self.setting.forms[self.setting.of[i]]
            found = [n for n, c in enumerate(form.candidates) if c.text == text] if form is not None else []
            if found:
                self._row[i] = self._first_row(i) + 1 + found[0]

    @property
    def _one_entry(self) -> bool:
        """True where the readings show ranges of one entry: ư as ±, đ as U+0011. Then ũ is i, and … is &."""
        texts = self.setting.texts
        shown = np.unique(self.setting.of[self._row >= 0]).tolist()
        return any("±" in texts[n] or "\x11" in texts[n] for n in shown)

    def _established(self, odd: Ints) -> bool:
        """True where the text as a whole is damaged, and not one strange word in it."""
        accepted = odd[self._row[odd] >= 0]
        if len(accepted) > 2 * ENOUGH:
            return True
        nodes = np.searchsorted(self._nodes, accepted)
        sure: dict[str, float] = {}
        for i, lead in zip(accepted.tolist(), margins(self._lattice, self._best, nodes, self.lm).tolist(), strict=True):
            word = self.setting.tokens.texts[i].lower()
            sure[word] = max(sure.get(word, 0.0), lead)
        return len(sure) >= ENOUGH or (len(sure) > 1 and sum(sure.values()) > SURE)

    def _round(self, tracks: Tracks | None, doubt: Tracks | None, alone: float) -> None:
        """Decide all words anew. ``doubt`` holds the places of damage: near them words that can be right are doubted too.

        ``alone`` is the cost of changing a word.
        """
        setting = self.setting
        tokens = setting.open[~self._listed]
        if alone:  # one letter is too little evidence
            tokens = tokens[~self._single[setting.of[tokens]]]
        weighed = ~self._valid[tokens]
        if doubt is not None:
            able = np.flatnonzero(~weighed & ~self._settled[tokens])
            near, _ = doubt.around(np.zeros(len(able), np.int64), setting.positions[tokens[able]])
            weighed[able] = near >= NEARBY
        foreign = setting.foreign[setting.lines[tokens]]
        weighed &= ~foreign | (~self._valid[tokens] & (not alone))
        tokens, foreign = tokens[weighed], foreign[weighed]
        cost = np.where(foreign, AMONG_FOREIGN, alone)
        if not alone:
            far = ~self._amid[tokens]
            dropped = far & (self._valid[tokens] | self._single[setting.of[tokens]])
            cost = np.where(far, ALONE, cost)
            tokens, cost = tokens[~dropped], cost[~dropped]
        self._lattice = self._weigh(tokens, tracks, cost)
        self._best = decode(self._lattice, self.lm)
        rows = self._rows[self._best]
        changed = self._best > self._lattice.starts
        self._row[:] = -1
        self._row[self._nodes[changed]] = rows[changed]
        self._numbers = setting.as_read.copy()
        self._numbers[self._nodes[changed]] = self.templates.numbers[rows[changed]]

    def _readings(self, damaged: bool) -> list[Reading]:
        """The decisions. In a text that is not ``damaged`` as a whole, a reading that hardly beats the next is none."""
        tokens = self.setting.tokens
        nodes = np.flatnonzero(self._row[self._nodes] >= 0)
        found: list[Reading] = []
        leads = margins(self._lattice, self._best, nodes, self.lm).tolist()
        for i, lead in zip(self._nodes[nodes].tolist(), leads, strict=True):
            if (damaged and self._amid[i]) or lead > LONE_LEAD:
                text = self._candidate(i, int(self._row[i])).text
                span = Span(int(tokens.starts[i]), int(tokens.ends[i]))
                found.append(Reading(span, tokens.texts[i], text, lead))
        return found


def confidence(margin: float) -> float:
    """Probability that goes with log odds, at most 0.999."""
    return min(0.999, 1 / (1 + exp(-min(max(margin, -30.0), 30.0))))
