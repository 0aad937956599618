"""The place where the text goes on: how much room the page has, its footnotes, its number, the next page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from corpora.generator.render.fonts import Face
from corpora.generator.render.lines import RAISED, RISE, Note, SetLine, Text, set_text
from corpora.generator.render.page import MM, UPRIGHT, Align, Frame, Sheets, baseline, printed

NOTE_SIZE: Final = printed(10)
NOTE_PITCH: Final = 12.0
NOTE_GAP: Final = 10.0  # from the text to the first footnote, with the rule between
NOTE_RULE: Final = 144.0  # two inches, as Word draws it
NUMBER_SIZE: Final = printed(13)
NUMBER_AT: Final = 14.5 * MM  # the baseline of the page number


class Flow:
    """Goes down the pages of a file.

    Attributes:
        y: where the next block begins. frame: the page that is being filled.
        empty: nothing stands on the page yet.
    """

    def __init__(self, face: Face, leaves: int) -> None:
        """An empty file with this many leaves."""
        self.sheets = Sheets(face, [[] for _ in range(leaves)])
        self.face = face
        self.frame = UPRIGHT
        self.y = 0.0
        self.empty = True
        self._number = 0
        self._notes: list[Note] = []
        self._set: dict[int, list[SetLine]] = {}
        self._full = 0.0  # height of the footnotes of this page

    def begin_document(self) -> None:
        """Pages are counted anew."""
        self._number = 0

    def begin_page(self, frame: Frame) -> None:
        """A new page; the second and later ones of a document have their number at the top."""
        self.end_page()
        self.frame = frame
        self.sheets.add(frame)
        self._number += 1
        self.y = frame.top
        self.empty = True
        if self._number > 1:
            number = str(self._number)
            width = sum(self.face.regular.widths[c] for c in number) * NUMBER_SIZE / 1000
            self.sheets.plain(number, NUMBER_SIZE, (frame.left + frame.right - width) / 2, NUMBER_AT)

    def next_page(self) -> None:
        """A new page like this one."""
        self.begin_page(self.frame)

    def end_page(self) -> None:
        """Prints the footnotes of the page, if there are any."""
        if not self._notes:
            return
        top = self.frame.bottom - self._full
        left, right = self.frame.left, self.frame.right
        self.sheets.rule(left, left + NOTE_RULE, top + 4, 0.6)
        top += NOTE_GAP
        for note in self._notes:
            at = baseline(top, NOTE_PITCH, NOTE_SIZE)
            self.sheets.plain(f"{note.mark} ", NOTE_SIZE * RAISED, left, at - NOTE_SIZE * RISE)
            for line in self._lines(note):
                self.sheets.line(line, left, right, baseline(top, NOTE_PITCH, NOTE_SIZE), "justify")
                top += NOTE_PITCH
        self._notes = []
        self._full = 0.0

    def room(self, notes: Iterable[Note] = ()) -> float:
        """The height that is left on the page if these footnotes come to it."""
        return self.frame.bottom - self.y - self._full - self._height(notes)

    def take(self, height: float, notes: Iterable[Note] = ()) -> float:
        """Uses up the height; the footnotes go to the foot of the page. Returns where the height begins."""
        notes = list(notes)
        self._full += self._height(notes)
        self._notes += notes
        top = self.y
        self.y += height
        self.empty = False
        return top

    def line(self, line: SetLine, pitch: float, size: float, align: Align) -> None:
        """Puts a line over the width of the text."""
        top = self.take(pitch, line.notes)
        self.sheets.line(line, self.frame.left, self.frame.right, baseline(top, pitch, size), align)

    def _height(self, notes: Iterable[Note]) -> float:
        lines = sum(len(self._lines(note)) for note in notes)
        if not lines:
            return 0.0
        return lines * NOTE_PITCH + (0.0 if self._notes else NOTE_GAP)

    def _lines(self, note: Note) -> list[SetLine]:
        if note.leaf not in self._set:
            widths = self.face.regular.widths
            mark = sum(widths[c] for c in f"{note.mark} ") * NOTE_SIZE * RAISED / 1000
            text = Text(note.leaf, note.text, ())
            self._set[note.leaf] = set_text(text, self.face, NOTE_SIZE, self.frame.measure, first=mark)
        return self._set[note.leaf]
