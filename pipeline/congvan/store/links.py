"""From a citation to the document of the catalogue that it means, where that is certain.

Number and symbol are given anew every year by every office: "86/QĐ-UBND" leads nowhere. What makes it one document is its issuer (the
key of the authority file) and its date; a number that carries its year and the letters of one central body
("60/2021/NĐ-CP") needs neither. Where two documents fit, or the issuer is told by nothing, there is no link.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from congvan.language.acronyms import is_national
from congvan.language.symbols import DocumentNumber, normal_number, parse_number
from congvan.record import Citation
from congvan.store.tables import DocumentRow


@dataclass(frozen=True, slots=True)
class _Document:
    id: str
    issued_on: str | None
    issuer_key: str | None
    content_id: str | None


class Links:
    """Looks up the documents that citations mean; each number is asked for once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, list[_Document]] = {}

    def document(self, citation: Citation, citing_issuer: str | None) -> str | None:
        """Id of the document that a citation means, or None.

        Args:
            citation: as found. citing_issuer: key of the issuer of the document that it stands in: a citation that names no
                issuer means one of the same place, where number and date agree.
        """
        number = parse_number(citation.number) if citation.number else None
        if number is None:
            return None
        issuer = citation.issuer.key if citation.issuer is not None else None
        fitting = [d for d in self._numbered(number.number) if _fits(d, citation, number, issuer, citing_issuer)]
        contents = {d.content_id or d.id for d in fitting}
        return fitting[0].id if len(contents) == 1 else None

    def _numbered(self, number: str) -> list[_Document]:
        if number not in self._known:
            columns = (DocumentRow.id, DocumentRow.issued_on, DocumentRow.issuer_key, DocumentRow.content_id)
            query = select(*columns).where(
                DocumentRow.number == normal_number(number), DocumentRow.superseded_at.is_(None)
            )
            rows = self._session.execute(query.order_by(DocumentRow.seq)).all()
            self._known[number] = [_Document(*row) for row in rows]
        return self._known[number]


def _fits(
    document: _Document, citation: Citation, number: DocumentNumber, issuer: str | None, citing_issuer: str | None
) -> bool:
    """Whether a document of that number is the one: no word against it, and enough for it."""
    if citation.issued_on and document.issued_on and citation.issued_on != document.issued_on:
        return False
    if issuer and document.issuer_key and issuer != document.issuer_key:
        return False
    if is_national(number):
        return True
    dated = bool(citation.issued_on and document.issued_on) or number.year is not None
    if issuer is not None:
        return dated and issuer == document.issuer_key
    return dated and document.issuer_key is not None and _place(document.issuer_key) == _place(citing_issuer)


def _place(key: str | None) -> str | None:
    """Place of a key of the authority file: "63:62" of "63:62/ubnd"; None for central bodies."""
    place = key.partition("/")[0] if key else None
    return None if place == "vn" else place
