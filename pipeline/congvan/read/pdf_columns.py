"""Lines to flows: rows side by side become columns, read one after the other; everything else is one flow.

The letterhead and the signature of an administrative letter are two columns whose base lines seldom agree; tables have
three columns and more and are read row by row.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from congvan.read.pdf_chars import Line

_GUTTER = 0.7  # em: white space that parts two columns
_LOOSE = 1.5  # em: white space above a line that is centred in its column
_LABEL = 9  # characters: a column of no more is a column of list marks


@dataclass(slots=True)
class _Level:
    """Lines that overlap vertically: one line, or what stands side by side."""

    lines: list[Line]
    top: float
    bottom: float
    spans: list[tuple[float, float]]  # their horizontal extents, merged


@dataclass(slots=True)
class _Band:
    """Consecutive levels with a common gutter."""

    levels: list[_Level]
    spans: list[tuple[float, float]] = field(default_factory=list)
    table: bool = False  # three columns and more: read by rows


def flows_of(lines: list[Line]) -> list[list[Line]]:
    """Lines in reading order, as flows whose lines follow each other in one column."""
    flows: list[list[Line]] = []
    main: list[Line] = []
    for band in _bands(_levels(lines)):
        if len(band.spans) < 2:
            main.extend(line for level in band.levels for line in _in_row(level))
            continue
        if main:
            flows.append(main)
            main = []
        flows.extend(_columns(band))
    if main:
        flows.append(main)
    return flows


def _levels(lines: list[Line]) -> list[_Level]:
    """Group lines whose cores overlap, over and over, into levels."""
    levels: list[_Level] = []
    for line in sorted(lines, key=lambda e: e.top):
        if levels and line.top < levels[-1].bottom:
            levels[-1].lines.append(line)
            levels[-1].bottom = max(levels[-1].bottom, line.bottom)
        else:
            levels.append(_Level([line], line.top, line.bottom, []))
    for level in levels:
        level.spans = _merged([(e.left, e.right) for e in level.lines], _GUTTER * _size(level))
    return levels


def _size(level: _Level) -> float:
    return max(line.size for line in level.lines)


def _merged(spans: list[tuple[float, float]], gutter: float) -> list[tuple[float, float]]:
    """Join extents that are less than a gutter apart."""
    out: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if out and left - out[-1][1] < gutter:
            out[-1] = (out[-1][0], max(out[-1][1], right))
        else:
            out.append((left, right))
    return out


def _bands(levels: list[_Level]) -> list[_Band]:
    bands: list[_Band] = []
    for level in levels:
        band = bands[-1] if bands else None
        if band is not None and len(band.spans) > 1 and _continues(band, level):
            band.levels.append(level)
            band.spans = _merged(band.spans + level.spans, _GUTTER * _size(level))
        else:
            bands.append(_Band([level], level.spans))
    return [_settled(band) for band in bands]


def _continues(band: _Band, level: _Level) -> bool:
    """The level keeps a gutter of the band; a lone line must lie within one column and follow closely."""
    together = _merged(band.spans + level.spans, _GUTTER * _size(level))
    if len(together) < 2:
        return False
    gap = level.top - band.levels[-1].bottom
    size = _size(level)
    if len(level.spans) > 1:
        return gap < 2.0 * size or len(together) == len(band.spans)
    left, right = level.spans[0]
    inside = any(a - size <= left and right <= b + size for a, b in band.spans)
    flush = any(abs(a - left) < 0.5 * size for a, _ in band.spans)
    if gap < size and (inside or flush):
        return True
    return gap < _LOOSE * size and any(_same_axis(level.lines[0], above) for above in band.levels[-1].lines)


def _same_axis(line: Line, above: Line) -> bool:
    """The line is centred below the other: the subject of a letter below its number."""
    return abs(line.left + line.right - above.left - above.right) / 2 < 0.3 * line.size


def _settled(band: _Band) -> _Band:
    """Take back columns that are none: list marks before their text, a single line with a wide gap."""
    if len(band.spans) < 2:
        return band
    widest = [0] * len(band.spans)
    for level in band.levels:
        for line in level.lines:
            for i, (a, b) in enumerate(band.spans):
                if a <= line.left <= b:
                    widest[i] = max(widest[i], len(line.text))
    spans = list(band.spans)
    while len(spans) > 1 and widest[0] <= _LABEL:
        spans[:2] = [(spans[0][0], spans[1][1])]
        widest[:2] = [widest[1]]
    return _Band(band.levels, spans, table=len(band.spans) > 2)


def _columns(band: _Band) -> list[list[Line]]:
    """Flows of a band: column after column where there are two, row after row where there are more."""
    if not band.table:
        return [flow for flow in _split([line for level in band.levels for line in _in_row(level)], band.spans) if flow]
    flows: list[list[Line]] = []
    for level in band.levels:
        flows.extend(flow for flow in _split(_in_row(level), band.spans) if flow)
    return flows


def _split(lines: list[Line], spans: list[tuple[float, float]]) -> list[list[Line]]:
    flows: list[list[Line]] = [[] for _ in spans]
    for line in lines:
        middle = (line.left + line.right) / 2
        nearest = min(range(len(spans)), key=lambda i: max(spans[i][0] - middle, middle - spans[i][1], 0.0))
        flows[nearest].append(line)
    return flows


def _in_row(level: _Level) -> list[Line]:
    """Lines of a level, top to bottom by base line, then left to right."""
    return sorted(level.lines, key=lambda e: (e.base, e.left))
