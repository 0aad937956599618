"""The words of a text as the deciphering sees them: their forms, what stands around them, and the chain of the model."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from congvan.document import Span
from congvan.language.ngrams import ENDS, FIGURE, SIGN, START, NgramModel
from congvan.repair.breaks import breaks
from congvan.repair.candidates import Form, analyse
from congvan.repair.lines import lines_of
from congvan.repair.tokens import line_numbers, tokenize

LINE = 8.0  # distance of a line end, in words
FOREIGN_SHARE = 0.3  # share of words that are in no way Vietnamese on a line of another language


class Setting:
    """Tokens with their forms.

    Attributes:
        tokens: words, figures and signs. lines: the line of each. positions: where each stands, in words.
        forms: of each token, None for what is no word.
        numbers: the text as the model sees it; signs that recur count once, a stop stands before what begins anew.
        places: the token of each of these. open: those that have other readings.
    """

    def __init__(
        self, text: str, lm: NgramModel, frozen: Sequence[Span] = (), within: Sequence[Span] | None = None
    ) -> None:
        self._lm = lm
        self._frozen = frozen
        lines = list(lines_of(text))
        self.tokens = tokenize(text, within)
        self.lines = line_numbers(lines, self.tokens)
        self.positions = [i + LINE * line for i, line in enumerate(self.lines)]
        self._breaks = breaks(text, self.tokens, self.lines, lines)
        self._foreign: dict[int, bool] = {}
        self.lay_out(ascii_values=False)

    # ------------------------------------------------------------ forms

    def lay_out(self, ascii_values: bool) -> None:
        """Analyse the words and lay out the chain; ``ascii_values``: i and j may be ũ."""
        self.forms = self._analyse(ascii_values)
        lm, places_of_breaks = self._lm, self._breaks
        start, sign, figure = (lm.number(kind) for kind in (START, SIGN, FIGURE))
        self.numbers: list[int] = []
        self.places: list[int] = []
        self.open: list[int] = []
        last = -1
        for i, form in enumerate(self.forms):
            if i in places_of_breaks and last != start:
                last = start
                self.numbers.append(start)
                self.places.append(i)
            if form is None:
                text = self.tokens[i].text
                number = figure if text[0].isdigit() else start if text in ENDS else sign
                if number == last and number != figure:
                    continue
                last = number
            else:
                last = -1
                number = form.number
                if form.candidates:
                    self.open.append(len(self.numbers))
            self.numbers.append(number)
            self.places.append(i)

    def _analyse(self, ascii_values: bool) -> list[Form | None]:
        known: dict[str, Form] = {}
        forms: list[Form | None] = []
        for i, token in enumerate(self.tokens):
            if not token.is_word:
                forms.append(None)
                continue
            form = known.get(token.text)
            if form is None:
                form = known[token.text] = analyse(token.text, False, ascii_values)
            if form.candidates and not token.text.isascii() and self._capitals_near(i):
                form = analyse(token.text, True, ascii_values)
            forms.append(form)
        if self._frozen:
            starts = [token.start for token in self.tokens]
            left_alone = Form(self._lm.unknown, True, False, 0.0, ())
            for span in self._frozen:
                for i in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
                    forms[i] = left_alone if self.tokens[i].is_word else None
        return forms

    def _capitals_near(self, i: int) -> bool:
        """True where one of the words beside a word, on its line, is written in capitals."""
        line = self.lines[i]
        for n in range(max(i - 2, 0), min(i + 3, len(self.tokens))):
            token = self.tokens[n]
            if token.is_word and in_capitals(token.text) and self.lines[n] == line:
                return True
        return False

    # ------------------------------------------------------------ what stands around

    def opens(self, i: int) -> bool:
        """True for a token that opens a sentence: after a stop, a break, or the mark of a point ("a)")."""
        tokens = self.tokens
        while i > 0 and i not in self._breaks:
            before = tokens[i - 1]
            if before.is_word:
                if not (before.end - before.start == 1 and tokens[i].text == ")"):
                    return False
            elif before.text in ENDS and before.text != ";":
                return True
            i -= 1
        return True

    def foreign(self, i: int) -> bool:
        """True where a token stands on a line of another language, as far as words tell that no damage could have made."""
        line = self.lines[i]
        known = self._foreign.get(line)
        if known is None:
            own = other = 0
            for n in range(bisect_left(self.lines, line), bisect_right(self.lines, line)):
                form, token = self.forms[n], self.tokens[n]
                if form is None or token.end - token.start < 2:
                    continue
                if form.valid and form.number > self._lm.unknown:
                    own += 1
                elif not form.candidates and (not form.valid or form.cost > 0):
                    other += 1
            known = self._foreign[line] = other > 1 and other > FOREIGN_SHARE * (own + other)
        return known


@lru_cache(maxsize=65536)
def in_capitals(word: str) -> bool:
    """True for a word whose plain letters, at least two, are capitals."""
    plain = [c for c in word if "a" <= c <= "z" or "A" <= c <= "Z"]
    return len(plain) > 1 and all(c < "a" for c in plain)
