"""Tables of bare text: what is left of a table when each cell stands on a line of its own.

Such a table is known by its head, which begins with the column of numbers ("TT", "Nội dung", "Chủ trì", "Thời hạn"), and by rows
that begin with 1, 2, 3. How many lines a row has tells where a cell was wrapped, and what is the number or the footnote of a page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from congvan.language.letterforms import ANNEX_LINE, RECIPIENTS_LINE, SIGNING
from congvan.language.markers import marker_of
from congvan.segment.lines import PAGE_NUMBER, Line, Measure

# accepts the head of the column of numbers: "STT", "S.T.T", "TT", "Số TT", "Số thứ tự"
_NUMBERS_HEAD = regex.compile(r"(?:(?:S\.?)?T\.?T|Số TT|(?:Số )?thứ tự|Số)\.?", regex.IGNORECASE)
# accepts a cell of the row that numbers the columns: "(1)", "(A)"
_COLUMN_NUMBER = regex.compile(r"\((?:\d{1,2}|[A-Z])\)")
# accepts the end of a line after which a cell must go on: "Phòng Tư pháp,", "Sở Y tế và"
_OPEN = regex.compile(
    r"(?:,|[-–]|\b(?:và|của|các|với|trước|ngày|tháng|năm|quý|từ|đến|cho|trong|theo|số))$", regex.IGNORECASE
)
# accepts a cell of time: "Trước ngày 5/3/2031", "Quý II/2031", "Thường xuyên"
_TIME = regex.compile(
    r"(?:Trước|Trong|Chậm nhất|Muộn nhất|Quý|Năm|Tháng|Ngày|Đến|Hằng|Hàng|Thường xuyên|Không quá|Hoàn thành|Ngay|Xong|Định kỳ|\d{1,2}/\d)",
    regex.IGNORECASE,
)
# accepts a title above words, not figures: "Cơ quan chủ trì", "Thời hạn hoàn thành"
_WORDS_HEAD = regex.compile(
    r"chủ trì|phối hợp|thực hiện|đầu mối|phụ trách|thời (?:gian|hạn)|tiến độ|\bhạn\b", regex.IGNORECASE
)
# accepts a footnote at the end of a page: "(1) Theo Kế hoạch số 5/KH-UBND."
_NOTE = regex.compile(r"\(\d{1,2}\) ?[\p{L}\d“\"]")
# accepts the first cell of the row of sums: "Cộng", "Tổng cộng"
_SUM = regex.compile(r"(?:Cộng|Tổng(?: cộng| số)?)\s*:?", regex.IGNORECASE)
# accepts a cell that holds a figure and no more: "1.234,5", "-"
_FIGURE = regex.compile(r"[\d.,%]+|-")
_HEAD_LENGTH = 60
_FEWEST, _MOST = 3, 9  # columns, that of the numbers among them
_ROW_LINES = 40  # of one row at most
_ROWS_SEEN = 6  # from which the number of columns is told
_NOTE_LINES = 4  # of a footnote at most


@dataclass(frozen=True, slots=True)
class BareTable:
    """A table in the lines of a block.

    Attributes:
        start, end: its lines. cells: the cell that a line belongs to, as row and column, by the number of the line; a line of
            none is the number or a footnote of a page.
    """

    start: int
    end: int
    cells: Mapping[int, tuple[int, int]]


def bare_tables(lines: Sequence[Line], how: Measure) -> Iterator[BareTable]:
    """All tables of the lines of one block, in order."""
    kept = _without_notes(lines)
    at = 0
    while at < len(kept):
        table = _Reader(lines, kept, at, how).table() if _NUMBERS_HEAD.fullmatch(lines[kept[at]].text) else None
        if table is not None:
            yield table
        at = bisect_left(kept, table.end) if table is not None else at + 1


class _Reader:
    """Reads one table. Cells are lists of numbers of lines; places (``at``, ``end``) count in ``kept``, the lines without
    footnotes."""

    def __init__(self, lines: Sequence[Line], kept: Sequence[int], start: int, how: Measure) -> None:
        self.lines = lines
        self.kept = kept
        self.start = start
        self.how = how
        self.words = False

    def _text(self, at: int) -> str:
        return self.lines[self.kept[at]].text

    def table(self) -> BareTable | None:
        """The table, None where the lines below the head are no rows."""
        head = self._head()
        if head is None:
            return None
        titles, at = head
        self.words = any(_WORDS_HEAD.search(self.lines[part[-1]].text) for part in titles) and not self._of_figures(
            at, len(titles)
        )
        wanted = self._width(at, len(titles) - 1)
        cells = _titles(titles, wanted)
        row = top = 1 + max(r for r, _ in cells.values())
        while at < len(self.kept) and self._is_number(at, 1 + row - top):
            found = self._row(at, 1 + row - top, wanted)
            if found is None:
                break
            parts, end = found
            cells[self.kept[at]] = (row, 0)
            places = range(1, wanted + 1) if len(parts) == wanted else self._places(parts, wanted)
            cells |= {i: (row, column) for column, part in zip(places, parts, strict=True) for i in part}
            at, row = end, row + 1
        if row == top:
            return None
        cells |= {i: (row, column) for column, i in enumerate(self._sums(at, wanted), 1)}
        return BareTable(self.kept[self.start], 1 + max(cells), cells)

    def _sums(self, at: int, wanted: int) -> list[int]:
        """The lines of the row of sums at a place: its name and a figure for each other column; empty where there is none."""
        if at >= len(self.kept) or not _SUM.fullmatch(self._text(at)):
            return []
        end = at + 1
        while end < len(self.kept) and end - at <= wanted and self._is_figure(self.kept[end]):
            end += 1
        row = self._without_pages(self.kept[at:end], wanted)
        return row if len(row) == wanted else []

    def _without_pages(self, row: Sequence[int], wanted: int) -> list[int]:
        """The lines of a row of figures without the numbers of pages, of which there are as many as figures too many."""
        more = sum(map(self._is_figure, row)) - (wanted - 1)
        pages = [line for line in row if PAGE_NUMBER.fullmatch(self.lines[line].text)]
        pages = sorted(pages, key=lambda line: len(self.lines[line].text))[: max(more, 0)]
        return [line for line in row if line not in pages]

    def _head(self) -> tuple[list[list[int]], int] | None:
        """The titles of the columns, a wrapped one joined, and where the first row begins."""
        titles = [[self.kept[self.start]]]
        at, paged = self.start + 1, False
        while at < len(self.kept) and len(titles) <= _MOST and not self._is_number(at, 1):
            text = self._text(at)
            if PAGE_NUMBER.fullmatch(text) and at + 1 < len(self.kept) and self._is_number(at + 1, 1):
                at += 1
                break
            if PAGE_NUMBER.fullmatch(text) and len(titles) > 1 and not paged:
                paged, at = True, at + 1  # the head stands on two pages
                continue
            if len(text) > _HEAD_LENGTH or text[-1] in ".;:" or text[0].isdigit():
                return None
            if text[0].islower() and len(titles) > 1:
                titles[-1].append(self.kept[at])
            elif not _COLUMN_NUMBER.fullmatch(text):
                titles.append([self.kept[at]])
            at += 1
        if at >= len(self.kept) or not _FEWEST <= len(titles) <= _MOST:
            return None
        return titles, at

    def _width(self, at: int, titles: int) -> int:
        """How many cells a row has behind its number: as many as there are titles, or one or two fewer where most of the
        first rows agree on that, since a title may stand above others."""
        counts: Counter[int] = Counter()
        begin, number = at, 1
        while number < _ROWS_SEEN:
            end = next(
                (
                    i
                    for i in range(begin + 2, min(len(self.kept), begin + _ROW_LINES))
                    if self._is_number(i, number + 1)
                ),
                None,
            )
            if end is None:
                break
            counts[end - begin - 1] += 1
            begin, number = end, number + 1
        count, often = counts.most_common(1)[0] if counts else (titles, 0)
        return count if not self.words and often > 1 and 2 <= titles - 2 <= count < titles else titles

    def _of_figures(self, at: int, columns: int) -> bool:
        """Whether most lines of the first two rows are figures, whatever the titles say ("Đã thực hiện")."""
        first = self.kept[at : at + 2 * columns]
        return 2 * sum(map(self._is_figure, first)) > len(first)

    def _is_number(self, at: int, number: int) -> bool:
        """True for a line that is the number of a row and no more: "3", "03", "3."."""
        return self._text(at).rstrip(".").lstrip("0") == str(number)

    def _is_figure(self, line: int) -> bool:
        return _FIGURE.fullmatch(self.lines[line].text) is not None

    def _row(self, at: int, number: int, wanted: int) -> tuple[list[list[int]], int] | None:
        """The cells of the row whose number stands at a place, and where it ends; None where they do not fit the head."""
        reach = min(len(self.kept), at + _ROW_LINES)
        nexts = [i for i in range(at + 2, reach) if self._is_number(i, number + 1)]
        for end in nexts:  # a page number may look like the number of the next row
            parts = self._cells(at + 1, end, wanted)
            if len(parts) == wanted:
                return parts, end
        for end in nexts[:1]:
            parts = self._cells(at + 1, end, wanted)
            if 2 <= len(parts) < wanted:
                return parts, end
        return self._last_row(at, wanted)

    def _last_row(self, at: int, wanted: int) -> tuple[list[list[int]], int] | None:
        """The row behind which no other one follows: so many cells as the head has, or what stands before the text goes on."""
        end = at + 1
        while end < min(len(self.kept), at + _ROW_LINES) and not _leaves(self._text(end)):
            full = len(self._cells(at + 1, end, wanted)) >= wanted
            more = not self.words and self._is_figure(self.kept[end])
            if full and not more and not self._strength(self.kept[end - 1], self.kept[end]) > 1:
                break
            end += 1
        parts = self._cells(at + 1, end, wanted)
        return (parts, end) if 2 <= len(parts) <= wanted else None

    def _cells(self, start: int, end: int, wanted: int) -> list[list[int]]:
        """The lines of a row as its cells: page numbers gone, and wrapped lines joined as long as there are too many."""
        kept = list(self.kept[start:end])
        if len(kept) > 1 and PAGE_NUMBER.fullmatch(self.lines[kept[0]].text) and not self._is_figure(kept[1]):
            del kept[0]
        figures = sum(map(self._is_figure, kept))
        if not self.words and figures >= wanted - 1:
            kept = self._without_pages(kept, wanted)
        for i in range(len(kept) - 1, -1, -1) if self.words or figures < wanted - 1 else ():
            if (self.words or len(kept) > wanted) and PAGE_NUMBER.fullmatch(self.lines[kept[i]].text):
                del kept[i]
        parts = [[line] for line in kept]
        while len(parts) > wanted:
            joints = [(self._strength(parts[i][-1], parts[i + 1][0]), -i) for i in range(len(parts) - 1)]
            strength, place = max(joints)
            if not strength:
                break
            parts[-place].extend(parts.pop(1 - place))
        return parts

    def _strength(self, a: int, b: int) -> int:
        """How sure it is that a cell goes on from one line to the next; 0: nothing speaks for it."""
        first, second = self.lines[a], self.lines[b]
        if second.text[0].islower() or _OPEN.search(first.text) is not None:
            return 2
        return 1 if self.how.full(first, second) else 0

    def _places(self, parts: Sequence[Sequence[int]], wanted: int) -> list[int]:
        """The columns of a row with empty cells: a time that ends it stands in the last one, the others from the left."""
        out = list(range(1, len(parts) + 1))
        if _TIME.match(self.lines[parts[-1][0]].text):
            out[-1] = wanted
        return out


def _titles(titles: Sequence[Sequence[int]], wanted: int) -> dict[int, tuple[int, int]]:
    """The cells of the head. What there is more than columns stands above the last ones, which make a second row."""
    more = len(titles) - 1 - wanted
    below = len(titles) - (wanted - 1) if more else len(titles)
    return {
        i: (0, min(n, 2) if more else n) if n < below else (1, n - below + 2)
        for n, part in enumerate(titles)
        for i in part
    }


def _without_notes(lines: Sequence[Line]) -> list[int]:
    """The lines without the footnotes that stand above the number of the next page."""
    out: list[int] = []
    at = 0
    while at < len(lines):
        if _NOTE.match(lines[at].text):
            near = range(at + 1, min(len(lines), at + 1 + _NOTE_LINES))
            number = next((i for i in near if PAGE_NUMBER.fullmatch(lines[i].text)), None)
            if number is not None:
                at = number + 1
                continue
        out.append(at)
        at += 1
    return out


def _leaves(text: str) -> bool:
    """True for a line that stands in no cell: an item of the text, the end of the document, an annex."""
    return (
        marker_of(text) is not None
        or SIGNING.match(text) is not None
        or RECIPIENTS_LINE.match(text) is not None
        or ANNEX_LINE.match(text) is not None
        or text.endswith("./.")
    )
