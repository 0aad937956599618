"""The tables of the catalogue. Portable between SQLite and PostgreSQL; changes need a migration (``migrations/``).

sources ─┬─ source_paths        one content, every path under which it was met
         └─ documents ─┬─ findings
                       └─ problems
corrections                     kept apart: they outlive the parse that they correct
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Exact(TypeDecorator[Decimal]):
    """A number without loss: NUMERIC where the database computes with decimals, its digits as text on SQLite.

    SQLite keeps numbers as 64-bit integers or binary floats. Compare and sort by ``cast(column, Numeric)``.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, NUMERIC elsewhere."""
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """To the database."""
        return str(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """From the database."""
        return None if value is None else Decimal(value)


class Moment(TypeDecorator[datetime]):
    """A point in time, in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text(), datetime: Moment(), Decimal: Exact(), Any: JSON()}  # noqa: RUF012


class SourceRow(Base):
    """A content, known by its SHA-256, wherever it lies."""

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    first_seen: Mapped[datetime]


class SourcePathRow(Base):
    """A path under which a content was met; ``replaced_at`` since another content was met there."""

    __tablename__ = "source_paths"

    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True, index=True)
    first_seen: Mapped[datetime]
    replaced_at: Mapped[datetime | None]


class DocumentRow(Base):
    """A parsed document.

    ``seq`` numbers the rows for the full-text index; ``id`` is the identity that the record, findings and corrections
    use. ``folded`` is the text without marks and in lower case. ``record`` is the record but for its text and findings,
    which stand in their own columns and rows; keys with their default are left out, exact numbers are strings.
    ``file_code`` (mã hồ sơ) and ``doc_ordinal`` (số thứ tự văn bản trong hồ sơ) are set by archivists and survive a
    new parse of the same document. ``superseded_at`` is set since another content took the last path of its source;
    such a document is kept for history, and left out of lists and searches.
    """

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("source_id", "ordinal"),)

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    content_id: Mapped[str | None] = mapped_column(String(64), index=True)
    schema_version: Mapped[str]
    produced_by: Mapped[Any]
    status: Mapped[str] = mapped_column(index=True)
    number: Mapped[str | None] = mapped_column(index=True)
    symbol: Mapped[str | None]
    document_type: Mapped[str | None] = mapped_column(index=True)
    issued_on: Mapped[str | None] = mapped_column(index=True)
    issued_at: Mapped[str | None]
    issuer: Mapped[str | None]
    issuer_key: Mapped[str | None] = mapped_column(index=True)
    issuer_search: Mapped[str]
    subject: Mapped[str | None]
    urgency: Mapped[str | None]
    secrecy: Mapped[str | None]
    signatory: Mapped[str | None]
    signatory_position: Mapped[str | None]
    language: Mapped[str]
    pages: Mapped[int | None]
    file_code: Mapped[str | None] = mapped_column(index=True)
    doc_ordinal: Mapped[int | None]
    text: Mapped[str]
    folded: Mapped[str]
    record: Mapped[Any]
    imported_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]


class FindingRow(Base):
    """A finding: the columns that analysts filter by, and the whole finding in ``data`` (as ``record`` above).

    ``unit`` is the currency of an amount. ``due``, ``recurrence`` and ``event`` of an obligation are its deadline's.
    ``name`` and ``key`` are those of an agency, of a citation's issuer, of a target's owner. ``lead``, ``coordinating``
    and ``reports_to`` are names joined by "; ". The columns ending in ``search`` are folded.
    """

    __tablename__ = "findings"
    __table_args__ = (
        Index(None, "kind", "due"),
        Index(None, "kind", "start"),
        Index(None, "kind", "number"),
        Index(None, "kind", "key"),
    )

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    position: Mapped[int]
    span_start: Mapped[int]
    span_end: Mapped[int]
    page: Mapped[int | None]
    text: Mapped[str]
    rule: Mapped[str]
    confidence: Mapped[float]
    operator: Mapped[str | None]
    value: Mapped[Decimal | None]
    low: Mapped[Decimal | None]
    high: Mapped[Decimal | None]
    unit: Mapped[str | None]
    per: Mapped[str | None]
    due: Mapped[str | None]
    start: Mapped[str | None]
    end: Mapped[str | None]
    recurrence: Mapped[str | None]
    event: Mapped[str | None]
    number: Mapped[str | None]
    title: Mapped[str | None]
    document_type: Mapped[str | None]
    issued_on: Mapped[str | None]
    relation: Mapped[str | None]
    resolved: Mapped[str | None]
    name: Mapped[str | None]
    key: Mapped[str | None]
    role: Mapped[str | None]
    lead: Mapped[str | None]
    coordinating: Mapped[str | None]
    reports_to: Mapped[str | None]
    action: Mapped[str | None]
    headline: Mapped[str | None]
    modality: Mapped[str | None]
    section: Mapped[str | None]
    indicator: Mapped[str | None]
    period: Mapped[str | None]
    verdict: Mapped[str | None]
    search: Mapped[str]
    lead_search: Mapped[str]
    agency_search: Mapped[str]
    data: Mapped[Any]


class ProblemRow(Base):
    """Something that went wrong with a document without ending the work."""

    __tablename__ = "problems"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[str]
    category: Mapped[str] = mapped_column(index=True)
    page: Mapped[int | None]
    message: Mapped[str]
    hint: Mapped[str]


class CorrectionRow(Base):
    """A value that a person corrected. No foreign key: it outlives the parse, and is anchored again by its quote."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(index=True)
    finding_id: Mapped[str | None]
    field: Mapped[str]
    old_value: Mapped[Any] = mapped_column(JSON, nullable=True)
    new_value: Mapped[Any] = mapped_column(JSON, nullable=True)
    quote: Mapped[str | None]
    quote_before: Mapped[str | None]
    quote_after: Mapped[str | None]
    author: Mapped[str]
    reason: Mapped[str | None]
    created_at: Mapped[datetime]
    status: Mapped[str]
