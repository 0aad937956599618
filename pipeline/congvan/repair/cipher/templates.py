"""What there is to weigh of each form of a word: its readings, the questions of their letters, and what is constant in their cost.

Of bare text this is the same for all words that are written alike. Where fonts are known, it depends on the fonts and codes
of the word's characters too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from congvan.language.ghostscript import forward
from congvan.repair.candidates import Candidate, Form
from congvan.repair.cipher.columns import Ragged
from congvan.repair.cipher.evidence import Ledger

if TYPE_CHECKING:
    from congvan.repair.cipher.columns import Flags, Floats, Ints


class Written(NamedTuple):
    """A form as it is written: its text, and the group and key of each character (:meth:`congvan.repair.cipher.evidence.Ledger.kind`)."""

    form: Form
    text: str
    groups: tuple[int, ...]
    keys: tuple[int | str, ...]


class Templates:
    """The templates of the words of a text, in columns.

    Attributes:
        questions: of each template, the questions of its letters.
        constants: of each reading (the word as it stands first), what it costs whatever the letters cost.
        rows: of each template, its readings, numbered through. asks: of each reading, which questions of the template.
        numbers, unigrams: of each reading, in the language model. labels: alike where two readings are the same text.
        capital: which readings need the cost of a capital.
        standing: of each template, the kinds of readings of its letters as they stand, where it can be right.
        reading: of each reading, the kinds of readings of its letters.
    """

    def __init__(self, written: Sequence[Written], ledger: Ledger) -> None:
        questions: list[list[int]] = []
        rows: list[range] = []
        asks: list[list[int]] = []
        constants: list[float] = []
        numbers: list[int] = []
        unigrams: list[float] = []
        labels: list[int] = []
        capital: list[bool] = []
        standing: list[list[int]] = []
        reading: list[list[int]] = []
        for word in written:
            form = word.form
            own: dict[int, int] = {}
            standing.append(_kinds(word, word.text, form.letters, ledger) if form.valid else [])
            first = len(asks)
            if form.candidates:
                asked = _asked(word, word.text, form.letters, ledger) if form.valid else []
                asks.append([own.setdefault(q, len(own)) for q in asked])
                constants.append(form.cost)
                numbers.append(form.number)
                unigrams.append(0.0)
                labels.append(-1)
                capital.append(False)
                reading.append([])
                texts: dict[str, int] = {}
                for c, unigram in zip(form.candidates, form.unigrams, strict=True):
                    asks.append([own.setdefault(q, len(own)) for q in _asked(word, c.text, c.letters, ledger)])
                    constants.append(c.cost)
                    numbers.append(c.number)
                    unigrams.append(unigram)
                    labels.append(texts.setdefault(c.text, len(texts)))
                    capital.append(_tells_no_case(c))
                    reading.append(_kinds(word, c.text, c.letters, ledger))
            questions.append(list(own))
            rows.append(range(first, len(asks)))
        self.questions, self.rows, self.asks = Ragged(questions), Ragged(rows), Ragged(asks)
        self.constants: Floats = np.array(constants, float)
        self.unigrams: Floats = np.array(unigrams, float)
        self.numbers: Ints = np.array(numbers, np.int64)
        self.labels: Ints = np.array(labels, np.int64)
        self.capital: Flags = np.array(capital, bool)
        self.standing, self.reading = Ragged(standing), Ragged(reading)


def _tells_no_case(c: Candidate) -> bool:
    """True where the first letter of a reading is read for a value, and the others do not tell its case."""
    return c.pairs[0][0] == 0 and not (c.text.isupper() and len(c.text) > 1)


def _asked(word: Written, text: str, letters: Sequence[tuple[int, str]], ledger: Ledger) -> list[int]:
    """The questions of a reading: of the letters that damage can change; where fonts are known, of the others too."""
    valid = word.form.valid
    found = [ledger.question(word.groups[n], c, word.text[n], word.keys[n], valid) for n, c in letters]
    if max(word.groups, default=-1) >= 0:
        table = forward()
        found += [
            ledger.question(group, c, word.text[n], word.keys[n], valid)
            for n, (c, group) in enumerate(zip(text, word.groups, strict=True))
            if group >= 0 and not c.isascii() and c not in table
        ]
    return found


def _kinds(word: Written, text: str, letters: Sequence[tuple[int, str]], ledger: Ledger) -> list[int]:
    """The kinds of readings that a reading is made of."""
    if max(word.groups, default=-1) >= 0:
        letters = [(n, c) for n, c in enumerate(text) if not c.isascii()]
    return [ledger.kind(word.groups[n], c, word.text[n], word.keys[n]) for n, c in letters]
