"""A list of words as one pattern that is quick however long the list: letters that words share are looked at once."""

from __future__ import annotations

from collections.abc import Iterable

import regex

# accepts a word of a list, and the look-ahead that it may have: "hộ", "điểm(?! (?:phần|so))"
_WORD = regex.compile(r"(?P<word>[^()|\\]+?)(?P<guard>\(\?.*\))?")

Trie = dict[str, "Trie | str"]


def words_pattern(words: Iterable[str]) -> str:
    """A pattern that accepts each of the words, the longest that stands at a place first.

    Args:
        words: plain text, each perhaps with a look-ahead at its end; white space around it does not count.

    Raises:
        ValueError: an entry is no word.
    """
    root: Trie = {}
    for entry in words:
        m = _WORD.fullmatch(entry.strip())
        if m is None:
            raise ValueError(f"{entry!r} is no word")
        node = root
        for letter in m["word"]:
            below = node.setdefault(letter, {})
            assert isinstance(below, dict)
            node = below
        node[""] = m["guard"] or ""
    return _pattern(root)


def _pattern(node: Trie) -> str:
    branches: list[str] = []
    own: str | None = None
    for letter, below in node.items():
        if isinstance(below, str):
            own = below
            continue
        tail = letter
        while len(below) == 1 and "" not in below:  # a stretch without a fork
            [(following, further)] = below.items()
            assert isinstance(further, dict)
            tail, below = tail + following, further
        branches.append(regex.escape(tail, special_only=True, literal_spaces=True) + _pattern(below))
    if own is not None:
        branches.append(own)
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
