"""The catalogue: add the records of a file, find and list what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal, Self

from sqlalchemy import Select, delete, func, insert, inspect, or_, select, update
from sqlalchemy.orm import Session

from congvan.document import Source
from congvan.errors import CatalogueError, UsageError
from congvan.record import FINDING_MODELS, Citation, FindingInfo, Record
from congvan.store import filters as narrow
from congvan.store.engine import WRITING, guard, open_engine, shown
from congvan.store.filters import Filters
from congvan.store.links import Links
from congvan.store.rows import document_values, finding_of, finding_values, problem_values, produced_by, record_of
from congvan.store.search import PATH, Hit, search
from congvan.store.tables import DocumentRow, FindingRow, ProblemRow, SourcePathRow, SourceRow

Outcome = Literal["imported", "unchanged"]

_BATCH = 500


@dataclass(frozen=True, slots=True)
class FoundFinding:
    """A finding of a list, with what names its document: id, number, date, and one path of its file.

    ``cites``: of a citation, the id of the document of the catalogue that it means, where that is certain.
    """

    document: str
    document_number: str | None
    document_issued_on: str | None
    path: str | None
    kind: str
    finding: FindingInfo
    cites: str | None = None


#: columns of a list of documents: those of the table that a person reads, and a path of the source
DOCUMENT_COLUMNS = (
    "id", "number", "symbol", "document_type", "issued_on", "issued_at", "issuer", "issuer_key", "subject", "urgency",
    "secrecy", "signatory", "signatory_position", "language", "pages", "file_code", "doc_ordinal", "status",
    "content_id", "ordinal", "imported_at", "superseded_at",
)  # fmt: skip


class Catalogue:
    """A catalogue, open. Use it as a context manager, or call :meth:`close`.

    Args:
        place: SQLAlchemy address (``sqlite:///archive.sqlite``, ``postgresql://…``) or the path of an SQLite file.
        create: make it where there is none; False for those who only read.

    Raises:
        CatalogueError: there is none, it is none, a newer congvan made it, or it is out of reach.
        MissingDependency: no driver for the database. UsageError: not an address.
    """

    def __init__(self, place: str, *, create: bool = True) -> None:
        self._engine = open_engine(place, create=create)
        self.place = shown(self._engine.url)
        with guard(self.place):
            self._indexed = inspect(self._engine).has_table("document_search")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with guard(self.place), Session(self._engine) as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """One transaction: all or nothing."""
        with guard(self.place), Session(self._engine.execution_options(**WRITING)) as session, session.begin():
            yield session

    def met(self, source: Source, made_by: dict[str, str]) -> bool:
        """True where this content is in the catalogue and was made by the same program; its path is then noted.

        Args:
            source: content and the path under which it was met.
            made_by: ``Record.produced_by`` of what parsing would give now, as a dict.
        """
        with self._reading() as session:
            known = session.scalar(select(SourceRow.id).where(SourceRow.sha256 == source.sha256))
            if known is None or not _current(session, known, [made_by]):
                return False
            noted = session.get(SourcePathRow, (known, source.path))
            if noted is not None and noted.replaced_at is None:
                return True
        with self._writing() as session:
            _note_path(session, known, source.path)
        return True

    def add(self, records: Sequence[Record], source: Source) -> Outcome:
        """Add all documents of one file, in one transaction.

        A path leads to one content: the documents of the content that was there before are superseded, unless it was
        met under other paths too. They are kept, and are current again when their content is met again. Known content under a new path adds just the path. Known content that another version of the program parsed is
        replaced; what archivists set (file code, ordinal) and corrections stay with documents of the same id.

        Args:
            records: the documents of the file, in order. source: its content, and the path under which it was met.

        Raises:
            CatalogueError: nothing was written.
        """
        if not records:
            raise CatalogueError(f"{source.path} gave no document.", "This is a bug of congvan; report it.")
        now = datetime.now(UTC)
        with self._writing() as session:
            known = session.scalar(select(SourceRow.id).where(SourceRow.sha256 == source.sha256))
            if known is None:
                row = SourceRow(sha256=source.sha256, size=source.size, media_type=source.media_type, first_seen=now)
                session.add(row)
                session.flush()
                known = row.id
            _note_path(session, known, source.path)
            if _current(session, known, [produced_by(r) for r in records]):
                return "unchanged"
            _replace(session, known, records, now)
        return "imported"

    def get(self, document: str) -> Record:
        """The record of a document, equal to the one that was added.

        Args:
            document: its id.

        Raises:
            UsageError: no such document.
        """
        with self._reading() as session:
            row = session.scalar(select(DocumentRow).where(DocumentRow.id == document))
            if row is None:
                raise UsageError(f"There is no document {document} in the catalogue.", "See `congvan list documents`.")
            query = select(FindingRow.kind, FindingRow.data).where(FindingRow.document_id == document)
            found = session.execute(query.order_by(FindingRow.position))
            return record_of(row, [(kind, data) for kind, data in found])

    def find(self, query: str, limit: int = 20) -> list[Hit]:
        """Documents that contain all words and "phrases in quotes" of a query, best first.

        Letters with and without marks are the same; places written exactly as the query rank higher.

        Raises:
            UsageError: no word in the query.
        """
        with self._reading() as session:
            return search(session, query, limit, indexed=self._indexed)

    def documents(self, filters: Filters = Filters()) -> Iterator[dict[str, Any]]:  # noqa: B008  # frozen
        """Documents as rows: :data:`DOCUMENT_COLUMNS` and ``path``.

        Raises:
            UsageError: a filter that means nothing for documents.
        """
        narrow.check(narrow.DOCUMENTS, filters)
        with self._reading() as session:
            columns: list[Any] = [getattr(DocumentRow, name) for name in DOCUMENT_COLUMNS]
            query: Select[Any] = select(*columns, PATH.label("path"))
            query = narrow.on_documents(query, filters, lambda: _types(session))
            for row in session.execute(narrow.documents_only(query, filters).execution_options(yield_per=_BATCH)):
                yield dict(row._mapping)

    def findings(self, kind: str, filters: Filters = Filters()) -> Iterator[FoundFinding]:  # noqa: B008
        """Findings of one kind, streamed.

        Raises:
            UsageError: an unknown kind, or a filter that means nothing for it.
        """
        narrow.check(kind, filters)
        if kind not in FINDING_MODELS:
            raise UsageError(f"{kind} are not findings.", "Use documents().")
        with self._reading() as session:
            query: Select[Any] = select(
                DocumentRow.id, DocumentRow.number, DocumentRow.issued_on, PATH, FindingRow.data, DocumentRow.issuer_key
            )
            query = query.join(FindingRow, FindingRow.document_id == DocumentRow.id)
            query = narrow.on_documents(query, filters, lambda: _types(session))
            query = narrow.on_findings(query, kind, filters).execution_options(yield_per=_BATCH)
            links = Links(session)
            for document, number, issued_on, path, data, issuer in session.execute(query):
                finding = finding_of(kind, data)
                cites = links.document(finding, issuer) if isinstance(finding, Citation) else None
                yield FoundFinding(document, number, issued_on, path, kind, finding, cites)

    def paths(self, document: str) -> list[str]:
        """Every path that leads to the file of a document; of a superseded document every path that did."""
        query = select(SourcePathRow.path).join(DocumentRow, DocumentRow.source_id == SourcePathRow.source_id)
        leads = or_(SourcePathRow.replaced_at.is_(None), DocumentRow.superseded_at.is_not(None))
        query = query.where(DocumentRow.id == document, leads).order_by(SourcePathRow.path)
        with self._reading() as session:
            return list(session.scalars(query))

    def counts(self) -> dict[str, int]:
        """Numbers of sources, documents and findings of every kind; superseded documents do not count."""
        current = DocumentRow.superseded_at.is_(None)
        with self._reading() as session:
            kinds = select(FindingRow.kind, func.count()).join(DocumentRow, DocumentRow.id == FindingRow.document_id)
            found = {row[0]: row[1] for row in session.execute(kinds.where(current).group_by(FindingRow.kind))}
            sources, documents = func.count(DocumentRow.source_id.distinct()), func.count()
            return {
                "sources": session.scalar(select(sources).where(current)) or 0,
                "documents": session.scalar(select(documents).select_from(DocumentRow).where(current)) or 0,
                **{kind: found.get(kind, 0) for kind in FINDING_MODELS},
            }


def _current(session: Session, source_id: int, made_by: list[dict[str, str]]) -> bool:
    """True where the documents of a source are there and were all made by the given program."""
    stored = session.scalars(select(DocumentRow.produced_by).where(DocumentRow.source_id == source_id)).all()
    return bool(stored) and all(one in made_by for one in stored)


def _types(session: Session) -> list[str]:
    return [t for t in session.scalars(select(DocumentRow.document_type).distinct()) if t is not None]


def _note_path(session: Session, source_id: int, path: str) -> None:
    """Let a path lead to a source, and to no other."""
    now = datetime.now(UTC)
    row = session.get(SourcePathRow, (source_id, path))
    if row is None:
        session.add(SourcePathRow(source_id=source_id, path=path, first_seen=now))
    else:
        row.replaced_at = None
    session.flush()
    before = (SourcePathRow.path == path, SourcePathRow.source_id != source_id)
    losers = session.scalars(select(SourcePathRow.source_id).where(*before, SourcePathRow.replaced_at.is_(None))).all()
    if losers:
        session.execute(
            update(SourcePathRow).where(*before, SourcePathRow.source_id.in_(losers)).values(replaced_at=now)
        )
        leading = select(SourcePathRow.source_id).where(SourcePathRow.replaced_at.is_(None))
        lost = (DocumentRow.source_id.in_(losers), DocumentRow.source_id.not_in(leading))
        session.execute(update(DocumentRow).where(*lost).values(superseded_at=now))
    session.execute(update(DocumentRow).where(DocumentRow.source_id == source_id).values(superseded_at=None))


def _replace(session: Session, source_id: int, records: Sequence[Record], now: datetime) -> None:
    """Put the documents of a source in place of those that it had."""
    kept_columns = (DocumentRow.id, DocumentRow.file_code, DocumentRow.doc_ordinal)
    kept = {
        row.id: {"file_code": row.file_code, "doc_ordinal": row.doc_ordinal}
        for row in session.execute(select(*kept_columns).where(DocumentRow.source_id == source_id))
    }
    session.execute(delete(DocumentRow).where(DocumentRow.source_id == source_id))
    for ordinal, record in enumerate(records):
        if session.scalar(select(DocumentRow.seq).where(DocumentRow.id == record.id)) is not None:
            raise CatalogueError(
                f"{record.source.path}: the id {record.id} is taken by another document of the catalogue.",
                "This is a bug of congvan; report it.",
            )
        values = document_values(record, source_id, ordinal, now) | kept.get(record.id, {})
        session.execute(insert(DocumentRow), [values])
        if findings := list(finding_values(record)):
            session.execute(insert(FindingRow), findings)
        if problems := problem_values(record):
            session.execute(insert(ProblemRow), problems)
