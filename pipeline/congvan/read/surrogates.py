"""Lone surrogates: halves of pairs of UTF-16 that malformed files give as characters. No UTF-8 can hold them."""

from __future__ import annotations

from dataclasses import replace

import regex

from congvan.document import Problem, RawDocument

# accepts half of a surrogate pair: U+D800
_LONE = regex.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> tuple[str, tuple[Problem, ...]]:
    """The text with U+FFFD for every lone surrogate, and the problem where there were any."""
    clean, count = _LONE.subn("\ufffd", text)
    return clean, _problem(count)


def checked(document: RawDocument) -> RawDocument:
    """The document with U+FFFD for every lone surrogate in its text; a problem says how many there were."""
    count = sum(len(_LONE.findall(run.text)) for _, block in document.blocks() for run in block.runs)
    if not count:
        return document
    pages = tuple(
        replace(
            page,
            blocks=tuple(
                replace(block, runs=tuple(replace(run, text=_LONE.sub("\ufffd", run.text)) for run in block.runs))
                for block in page.blocks
            ),
        )
        for page in document.pages
    )
    return replace(document, pages=pages, problems=(*document.problems, *_problem(count)))


def _problem(count: int) -> tuple[Problem, ...]:
    if not count:
        return ()
    message = f"{count} characters are halves of a pair without the other half; they read as U+FFFD."
    return (Problem("read", "invalid-characters", message, "Look for a better copy of the file."),)
