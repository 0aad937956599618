"""The first catalogue: sources, documents, findings, problems, corrections, and full-text search on SQLite."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
EXACT = sa.Numeric().with_variant(sa.String(), "sqlite")  # SQLite has no decimals: the digits as text

# The index covers two writings of a text: folded for words typed without marks, exact for ranking. Its content is not
# kept twice: the view gives the true text for both, so that snippets show it. Folding keeps the borders of words.
FULL_TEXT = (
    "CREATE VIEW document_search_content AS SELECT seq, text AS folded, text AS exact FROM documents",
    "CREATE VIRTUAL TABLE document_search USING fts5(folded, exact, content='document_search_content', "
    "content_rowid='seq', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER document_search_insert AFTER INSERT ON documents BEGIN "
    "INSERT INTO document_search (rowid, folded, exact) VALUES (new.seq, new.folded, new.text); END",
    "CREATE TRIGGER document_search_delete AFTER DELETE ON documents BEGIN "
    "INSERT INTO document_search (document_search, rowid, folded, exact) "
    "VALUES ('delete', old.seq, old.folded, old.text); END",
    "CREATE TRIGGER document_search_update AFTER UPDATE OF seq, folded, text ON documents BEGIN "
    "INSERT INTO document_search (document_search, rowid, folded, exact) "
    "VALUES ('delete', old.seq, old.folded, old.text); "
    "INSERT INTO document_search (rowid, folded, exact) VALUES (new.seq, new.folded, new.text); END",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("finding_id", sa.Text()),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old_value", sa.JSON()),
        sa.Column("new_value", sa.JSON()),
        sa.Column("quote", sa.Text()),
        sa.Column("quote_before", sa.Text()),
        sa.Column("quote_after", sa.Text()),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
    )
    op.create_index("ix_corrections_document_id", "corrections", ["document_id"])
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("sha256", name="uq_sources_sha256"),
    )
    op.create_table(
        "documents",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.String(length=64)),
        sa.Column("schema_version", sa.Text(), nullable=False),
        sa.Column("produced_by", sa.JSON(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("symbol", sa.Text()),
        sa.Column("document_type", sa.Text()),
        sa.Column("issued_on", sa.Text()),
        sa.Column("issued_at", sa.Text()),
        sa.Column("issuer", sa.Text()),
        sa.Column("issuer_key", sa.Text()),
        sa.Column("issuer_search", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text()),
        sa.Column("urgency", sa.Text()),
        sa.Column("secrecy", sa.Text()),
        sa.Column("signatory", sa.Text()),
        sa.Column("signatory_position", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer()),
        sa.Column("file_code", sa.Text()),
        sa.Column("doc_ordinal", sa.Integer()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.Column("superseded_at", MOMENT),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_documents_source_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_documents"),
        sa.UniqueConstraint("id", name="uq_documents_id"),
        sa.UniqueConstraint("source_id", "ordinal", name="uq_documents_source_id_ordinal"),
    )
    op.create_index("ix_documents_content_id", "documents", ["content_id"])
    op.create_index("ix_documents_document_type", "documents", ["document_type"])
    op.create_index("ix_documents_file_code", "documents", ["file_code"])
    op.create_index("ix_documents_issued_on", "documents", ["issued_on"])
    op.create_index("ix_documents_issuer_key", "documents", ["issuer_key"])
    op.create_index("ix_documents_number", "documents", ["number"])
    op.create_index("ix_documents_status", "documents", ["status"])
    op.create_table(
        "source_paths",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("replaced_at", MOMENT),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_source_paths_source_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source_id", "path", name="pk_source_paths"),
    )
    op.create_index("ix_source_paths_path", "source_paths", ["path"])
    op.create_table(
        "findings",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("operator", sa.Text()),
        sa.Column("value", EXACT),
        sa.Column("low", EXACT),
        sa.Column("high", EXACT),
        sa.Column("unit", sa.Text()),
        sa.Column("per", sa.Text()),
        sa.Column("due", sa.Text()),
        sa.Column("start", sa.Text()),
        sa.Column("end", sa.Text()),
        sa.Column("recurrence", sa.Text()),
        sa.Column("event", sa.Text()),
        sa.Column("number", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("document_type", sa.Text()),
        sa.Column("issued_on", sa.Text()),
        sa.Column("relation", sa.Text()),
        sa.Column("resolved", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("key", sa.Text()),
        sa.Column("role", sa.Text()),
        sa.Column("lead", sa.Text()),
        sa.Column("coordinating", sa.Text()),
        sa.Column("reports_to", sa.Text()),
        sa.Column("action", sa.Text()),
        sa.Column("headline", sa.Text()),
        sa.Column("modality", sa.Text()),
        sa.Column("section", sa.Text()),
        sa.Column("indicator", sa.Text()),
        sa.Column("period", sa.Text()),
        sa.Column("verdict", sa.Text()),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("lead_search", sa.Text(), nullable=False),
        sa.Column("agency_search", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_findings_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "id", name="pk_findings"),
    )
    op.create_index("ix_findings_kind_due", "findings", ["kind", "due"])
    op.create_index("ix_findings_kind_key", "findings", ["kind", "key"])
    op.create_index("ix_findings_kind_number", "findings", ["kind", "number"])
    op.create_index("ix_findings_kind_start", "findings", ["kind", "start"])
    op.create_table(
        "problems",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_problems_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_problems"),
    )
    op.create_index("ix_problems_category", "problems", ["category"])
    connection = op.get_bind()
    if connection.dialect.name == "sqlite" and connection.scalar(
        sa.text("SELECT sqlite_compileoption_used('ENABLE_FTS5')")
    ):
        for statement in FULL_TEXT:
            op.execute(statement)
