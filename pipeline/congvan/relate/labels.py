"""Tasks whose agencies stand behind labels: "Đơn vị chủ trì: …; Đơn vị phối hợp: …; Thời gian hoàn thành: …", in one paragraph
or as items below the task. Source: Decree 30/2020, Annex IV, form VII has the same three columns."""

from __future__ import annotations

import regex

from congvan.relate.clauses import JOIN, Mention, chain

# accepts the label of who leads: "Đơn vị chủ trì: ", "Cơ quan chủ trì thực hiện: ", "- Chủ trì: "
_LEAD_LABEL = regex.compile(
    r"(?<![\p{L}] )(?:(?:đơn vị|cơ quan)(?: được giao)? )?chủ trì(?: thực hiện)?\s*:\s*", regex.IGNORECASE
)
# accepts the label of who takes part: "Đơn vị phối hợp: ", "Phối hợp: "
_PARTNER_LABEL = regex.compile(
    r"(?<![\p{L}] )(?:(?:đơn vị|cơ quan) )?phối hợp(?: thực hiện| với)?\s*:\s*", regex.IGNORECASE
)
# accepts what stands behind a label, and one name of it
_LABEL_VALUE = regex.compile(r"[^;.:]+")
_LABEL_PART = regex.compile(r"[^;.:,]*[^;.:,\s]")
# accepts the label of the time: "Thời gian hoàn thành: ", "Tiến độ: "
TIME_LABEL = regex.compile(r"\b(?:Thời (?:gian|hạn)|Hoàn thành|Tiến độ)[^:.;]{0,40}:", regex.IGNORECASE)


def labelled(text: str, mentions: list[Mention], start: int) -> tuple[int, list[Mention], list[Mention]] | None:
    """Agencies behind labels: "… Đơn vị chủ trì: Sở A; đơn vị phối hợp: Sở B, Sở C; thời gian: …".

    Returns:
        Where the labels begin, who leads, who coordinates; None without a label for the lead and a name behind it.
    """
    first = _LEAD_LABEL.search(text, start)
    if first is None:
        return None
    lead = _named(text, mentions, first.end())
    second = _PARTNER_LABEL.search(text, start)
    partners = _named(text, mentions, second.end()) if second is not None else []
    return (
        (min(first.start(), second.start()) if second is not None else first.start(), lead, partners) if lead else None
    )


def _named(text: str, mentions: list[Mention], at: int) -> list[Mention]:
    """The list of agencies behind a label: as known, and what is not known as it stands between commas."""
    out: list[Mention] = []
    value = _LABEL_VALUE.match(text, at)
    if value is None:
        return out
    while at < value.end():
        known = chain(text, mentions, at)
        if known:
            out.extend(known)
            at = known[-1].end
        else:
            part = _LABEL_PART.match(text, at, value.end())
            if part is None:
                break
            out.append(Mention(part.start(), part.end()))
            at = part.end()
        gap = JOIN.match(text, at, value.end())
        at = gap.end() if gap is not None else value.end()
    return out


def partners_behind(text: str, mentions: list[Mention], start: int) -> list[Mention]:
    """The coordinating agencies of an item that begins with their label."""
    label = _PARTNER_LABEL.match(text, start)
    return _named(text, mentions, label.end()) if label is not None else []


def names_in(text: str, mentions: list[Mention]) -> list[Mention]:
    """The agencies of a cell or value that holds nothing else."""
    return _named(text, mentions, 0)
