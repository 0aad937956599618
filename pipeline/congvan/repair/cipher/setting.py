"""The words of a text as the deciphering sees them: their forms, what stands around them, and the chain of the model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from congvan.document import Span
from congvan.language.ngrams import ENDS, FIGURE, SIGN, START, NgramModel
from congvan.repair.candidates import Form, analyse
from congvan.repair.cipher.breaks import breaks
from congvan.repair.suspects import suspects
from congvan.repair.tokens import tokenize

if TYPE_CHECKING:
    from congvan.repair.cipher.columns import Flags, Floats, Ints

LINE = 8.0  # distance of a line end, in words
FOREIGN_SHARE = 0.3  # share of words that are in no way Vietnamese on a line of another language


class Setting:
    """Tokens with their forms.

    Attributes:
        tokens: words, figures and signs. lines: the line of each. positions: where each stands, in words.
        forms: the forms that occur, None for what is no word. of: the form of each token.
        numbers: the text as the model sees it; signs that recur count once, a stop stands before what begins anew.
        places: where each token stands in ``numbers``, -1 for what is left out.
        open: tokens that have other readings.
        foreign: for each line, whether it is in another language, as far as words tell that no damage could have made.
    """

    def __init__(
        self, text: str, lm: NgramModel, frozen: Sequence[Span] = (), within: Sequence[Span] | None = None
    ) -> None:
        self._lm = lm
        lines = suspects(text).lines
        self.tokens = tokenize(text, within)
        ends = np.fromiter((line.end for line in lines), np.int64, len(lines))
        self.lines: Ints = np.searchsorted(ends, self.tokens.starts, "right")
        self.positions: Floats = np.arange(len(self.tokens)) + LINE * self.lines
        self._breaks = breaks(text, self.tokens, self.lines, lines)
        self._anew: Flags = np.zeros(len(self.tokens) + 1, bool)
        self._anew[self._breaks] = True
        self._left_alone = self._inside(frozen)
        self.lay_out(ascii_values=False)

    def _inside(self, spans: Sequence[Span]) -> Flags:
        """Which tokens begin inside one of some spans."""
        found: Flags = np.zeros(len(self.tokens), bool)
        for first, last in np.searchsorted(self.tokens.starts, np.array(spans, np.int64).reshape(-1, 2)).tolist():
            found[first:last] = True
        return found

    # ------------------------------------------------------------ forms

    def lay_out(self, ascii_values: bool) -> None:
        """Analyse the words and lay out the chain; ``ascii_values``: i and j may be ũ."""
        self._analyse(ascii_values)
        forms, lm = self.forms, self._lm
        count = len(forms)
        self.opens_readings = np.fromiter((bool(f and f.candidates) for f in forms), bool, count)
        self.valid = np.fromiter((bool(f and f.valid) for f in forms), bool, count)
        self.odd = np.fromiter((bool(f and f.odd) for f in forms), bool, count)
        self.open: Ints = np.flatnonzero(self.opens_readings[self.of])
        fixed = np.array([self._fixed(form, n) for n, form in enumerate(forms)], np.int64)
        self.as_read: Ints = fixed[self.of]
        is_word = np.array([f is not None for f in forms], bool)[self.of]
        # stops are put in before what begins anew; of signs alike that follow each other the first is kept
        tokens = len(self.tokens)
        order = np.insert(np.arange(tokens), self._breaks, -1)
        stop = lm.number(START)
        numbers = np.where(order < 0, stop, self.as_read[order] if tokens else stop)
        words = np.where(order < 0, False, is_word[order] if tokens else False)
        again = np.zeros(len(order), bool)
        again[1:] = ~words[1:] & ~words[:-1] & (numbers[1:] == numbers[:-1])
        kept = np.flatnonzero(~again | (numbers == lm.number(FIGURE)))
        self.numbers: Ints = numbers[kept]
        self.places: Ints = np.full(tokens, -1, np.int64)
        own = order[kept]
        self.places[own[own >= 0]] = np.flatnonzero(own >= 0)
        self.foreign = self._foreign()

    def _analyse(self, ascii_values: bool) -> None:
        """The forms: of each text; of the words among capitals, where that tells; of what is left alone."""
        tokens = self.tokens
        distinct, words = tokens.distinct, tokens.words.tolist()
        forms = [analyse(t, False, ascii_values) if w else None for t, w in zip(distinct, words, strict=True)]
        texts = list(distinct)
        of = tokens.ids.copy()
        closed = np.array(
            [f is None or not f.candidates or t.isascii() for f, t in zip(forms, texts, strict=True)], bool
        )
        doubtful = np.flatnonzero(~closed[of]) if len(of) else np.zeros(0, np.int64)
        if len(doubtful):
            large = np.fromiter(
                (w and in_capitals(t) for t, w in zip(distinct, words, strict=True)), bool, len(distinct)
            )[of]
            near = np.zeros(len(doubtful), bool)
            for step in (-2, -1, 0, 1, 2):
                beside = np.clip(doubtful + step, 0, len(of) - 1)
                near |= large[beside] & (self.lines[beside] == self.lines[doubtful])
            among = doubtful[near]
            variants: dict[int, int] = {}
            for text in np.unique(of[among]).tolist():
                variants[text] = len(forms)
                forms.append(analyse(distinct[text], True, ascii_values))
                texts.append(distinct[text])
            of[among] = [variants[text] for text in of[among].tolist()]
        if self._left_alone.any():
            left = np.flatnonzero(self._left_alone)
            of[left[tokens.words[tokens.ids[left]]]] = len(forms)
            forms.append(Form(self._lm.unknown, True, False, 0.0, ()))
            texts.append("")
        self.forms: list[Form | None] = forms
        self.texts = texts
        self.of: Ints = of

    def _fixed(self, form: Form | None, n: int) -> int:
        """Number in the model of a form as it stands; of a figure or sign, that of its class."""
        if form is not None:
            return form.number
        text = self.texts[n]
        return self._lm.number(FIGURE if text[0].isdigit() else START if text in ENDS else SIGN)

    # ------------------------------------------------------------ what stands around

    def opens(self, i: int) -> bool:
        """True for a token that opens a sentence: after a stop, a break, or the mark of a point ("a)")."""
        texts = self.tokens.texts
        while i > 0 and not self._anew[i]:
            before = texts[i - 1]
            if self.tokens.words[self.tokens.ids[i - 1]]:
                if not (len(before) == 1 and texts[i] == ")"):
                    return False
            elif before in ENDS and before != ";":
                return True
            i -= 1
        return True

    def _foreign(self) -> Flags:
        count = len(self.forms)
        long = [f is not None and len(t) > 1 for f, t in zip(self.forms, self.texts, strict=True)]
        own, other = np.zeros(count), np.zeros(count)
        for n, form in enumerate(self.forms):
            if form is None or not long[n]:
                continue
            if form.valid and form.number > self._lm.unknown:
                own[n] = 1
            elif not form.candidates and (not form.valid or form.cost > 0):
                other[n] = 1
        lines = int(self.lines[-1]) + 1 if len(self.lines) else 0
        ours = np.bincount(self.lines, own[self.of], lines)
        theirs = np.bincount(self.lines, other[self.of], lines)
        found: Flags = (theirs > 1) & (theirs > FOREIGN_SHARE * (ours + theirs))
        return found


@lru_cache(maxsize=20_000)
def in_capitals(word: str) -> bool:
    """True for a word whose plain letters, at least two, are capitals."""
    plain = [c for c in word if "a" <= c <= "z" or "A" <= c <= "Z"]
    return len(plain) > 1 and all(c < "a" for c in plain)
