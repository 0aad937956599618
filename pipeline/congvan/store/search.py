"""Full-text search: FTS5 where the catalogue has it, else every word by LIKE."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

import regex
from sqlalchemy import Select, column, func, literal_column, null, select, table
from sqlalchemy.orm import Session

from congvan.errors import UsageError
from congvan.store.rows import fold
from congvan.store.tables import DocumentRow, SourcePathRow

#: marks around a hit in a snippet
OPEN, CLOSE = "\ue000", "\ue001"
_WORDS_AROUND = 24
_CHARS_AROUND = 80
_EXACT_WEIGHT = 8.0

# accepts a phrase in quotes, or a run of other characters up to white space: '"đầu tư công"', '549/SKHĐT-KT'
_PART = regex.compile(r'"([^"]*+)"?|([^\s"]++)')
# accepts a run of letters, digits and their marks: "SKHĐT"
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]++")
# accepts a run of white space: "\n\n"
_SPACE = regex.compile(r"\s+")

_INDEX = table("document_search", column("rowid"))
#: one path of the source of a document; of a superseded one, where it was
PATH = (
    select(SourcePathRow.path)
    .where(SourcePathRow.source_id == DocumentRow.source_id)
    .order_by(SourcePathRow.replaced_at.is_not(None), SourcePathRow.path)
    .limit(1)
    .correlate(DocumentRow)
    .scalar_subquery()
)
_COLUMNS = (
    DocumentRow.id.label("document"),
    DocumentRow.number,
    DocumentRow.issued_on,
    DocumentRow.document_type,
    DocumentRow.issuer,
    DocumentRow.subject,
    PATH.label("path"),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that a search found.

    Attributes:
        document: id. path: one path of its source.
        snippet: the place that fits best, as it stands in the text; hits between :data:`OPEN` and :data:`CLOSE`.
    """

    document: str
    number: str | None
    issued_on: str | None
    document_type: str | None
    issuer: str | None
    subject: str | None
    path: str | None
    snippet: str

    def marked(self, left: str, right: str) -> str:
        """The snippet with other marks around the hits."""
        return self.snippet.replace(OPEN, left).replace(CLOSE, right)


def parts(query: str) -> list[list[str]]:
    """Words and phrases of a query, each as a list of words: ``đầu "kế hoạch"`` is [[đầu], [kế, hoạch]].

    Raises:
        UsageError: no word in it.
    """
    text = unicodedata.normalize("NFC", query)
    found = [words for m in _PART.finditer(text) if (words := _WORD.findall(m[1] if m[1] is not None else m[2]))]
    if not found:
        raise UsageError(f"There is no word to look for in {query!r}.", "Give at least one letter or digit.")
    return found


def match_expression(query: str) -> str:
    """A query in the language of FTS5: all words and phrases, with or without marks; what stands there exactly as
    typed, and all of it in a row, ranks first."""
    wanted = parts(query)
    row = [word for words in wanted for word in words]
    needed = [f'folded : "{fold(" ".join(words))}"' for words in wanted]
    better = {f'exact : "{" ".join(words)}"' for words in [*wanted, row]} | {f'folded : "{fold(" ".join(row))}"'}
    return f"({' AND '.join(needed)}) AND ({' OR '.join([needed[0], *sorted(better)])})"


def full_text(query: str, limit: int) -> Select[Any]:
    """The best documents with their snippets, by the index of SQLite."""
    snippet = func.snippet(literal_column("document_search"), -1, OPEN, CLOSE, "…", _WORDS_AROUND)
    rank = func.bm25(literal_column("document_search"), 1.0, _EXACT_WEIGHT)
    return (
        select(*_COLUMNS, snippet.label("snippet"), null().label("text"))
        .select_from(_INDEX.join(DocumentRow, DocumentRow.seq == _INDEX.c.rowid))
        .where(literal_column("document_search").op("MATCH")(match_expression(query)))
        .where(DocumentRow.superseded_at.is_(None))
        .order_by(rank, DocumentRow.seq)
        .limit(limit)
    )


def plain(query: str, limit: int) -> Select[Any]:
    """Documents that contain all words and phrases somewhere, newest first: for databases without the index."""
    conditions = [DocumentRow.folded.contains(fold(" ".join(words)), autoescape=True) for words in parts(query)]
    newest_first = (DocumentRow.issued_on.is_(None), DocumentRow.issued_on.desc(), DocumentRow.seq)
    return (
        select(*_COLUMNS, null().label("snippet"), DocumentRow.text)
        .where(DocumentRow.superseded_at.is_(None), *conditions)
        .order_by(*newest_first)
        .limit(limit)
    )


def snippet_of(text: str, query: str) -> str:
    """The text around the first place of the longest phrase of a query, for databases that make no snippets."""
    words = list(_WORD.finditer(text))
    folded = [fold(word[0]) for word in words]
    phrase = [fold(word) for word in max(parts(query), key=len)]
    for i, word in enumerate(folded):
        if word == phrase[0] and folded[i : i + len(phrase)] == phrase:
            start, end = words[i].start(), words[i + len(phrase) - 1].end()
            before, after = text[max(start - _CHARS_AROUND, 0) : start], text[end : end + _CHARS_AROUND]
            return f"…{before}{OPEN}{text[start:end]}{CLOSE}{after}…"
    return text[: 2 * _CHARS_AROUND]


def search(session: Session, query: str, limit: int, *, indexed: bool) -> list[Hit]:
    """Run a search; see :meth:`congvan.store.catalogue.Catalogue.find`."""
    statement = full_text(query, limit) if indexed else plain(query, limit)
    hits = []
    for row in session.execute(statement):
        values = dict(row._mapping)
        snippet, text = values.pop("snippet"), values.pop("text")
        shown = snippet_of(text, query) if snippet is None else snippet
        hits.append(Hit(**values, snippet=_SPACE.sub(" ", shown).strip()))
    return hits
