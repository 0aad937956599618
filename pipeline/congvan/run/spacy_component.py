"""congvan as a part of spaCy: the tokenizer "congvan.words.v1" and the component "congvan", of which ``models/vi_congvan`` is made.

    nlp = spacy.load("vi_congvan")
    doc = nlp(text)
    doc.spans["deadlines"]          # one group for each kind: label = kind, id = id of the finding
    doc._.congvan                   # the records of congvan.parse, as dictionaries: one for each document in the text

Importing this module registers both; spaCy does it by the entry points of the package.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from congvan.config import Config
from congvan.document import RawMap
from congvan.errors import EmptyInput
from congvan.parse import clean_bytes, records_of
from congvan.record import FINDING_MODELS
from congvan.segment.words import register_tokenizer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

FACTORY = "congvan"


class FindingsComponent:
    """Parses the text of a Doc and keeps the records and the places of their findings.

    Spans are those of the Doc's own text; where the text was repaired, they cover what stood there before. It has no state but its
    settings, which the pipeline's configuration keeps.
    """

    def __init__(self, rules: str = "") -> None:
        self.config = Config(rules=rules)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with ``doc._.congvan`` and ``doc.spans`` set."""
        found: dict[str, list[Any]] = {kind: [] for kind in FINDING_MODELS}
        records: list[dict[str, Any]] = []
        clean = None
        with suppress(EmptyInput):
            clean = clean_bytes(doc.text.encode("utf-8", "replace"), "doc.txt", self.config)
        if clean is not None:
            raw, at = RawMap(clean.edits), 0
            shift = doc.text.find(clean.raw) if clean.raw else -1
            for record in records_of(clean, self.config):
                at = clean.text.index(record.text, at)
                records.append(record.to_dict())
                for kind in FINDING_MODELS if shift >= 0 else ():
                    for one in getattr(record, kind):
                        start, end = raw.span((at + one.span[0], at + one.span[1]))
                        span = doc.char_span(
                            shift + start, shift + end, label=kind, span_id=one.id, alignment_mode="expand"
                        )
                        if span is not None:
                            found[kind].append(span)
                at += len(record.text)
        doc.user_data[FACTORY] = json.dumps(records, ensure_ascii=False)
        for kind, spans in found.items():
            doc.spans[kind] = spans
        return doc


def _records(doc: Doc) -> list[dict[str, Any]] | None:
    """The records that the component found; kept as JSON, which a DocBin gives back as it was. None where it has not run."""
    records: list[dict[str, Any]] | None = json.loads(doc.user_data.get(FACTORY, "null"))
    return records


def make_component(nlp: Language, name: str, rules: str = "") -> FindingsComponent:
    """Factory of the component; ``rules`` as the setting of congvan."""
    return FindingsComponent(rules)


def register() -> None:
    """Tell spaCy of the tokenizer, the component and the extension of Doc; a second time changes nothing."""
    from spacy.language import Language
    from spacy.tokens import Doc

    register_tokenizer()
    if not Doc.has_extension(FACTORY):
        Doc.set_extension(FACTORY, getter=_records)
    if not Language.has_factory(FACTORY):
        Language.factory(FACTORY, default_config={"rules": ""}, assigns=["doc._.congvan"], func=make_component)


register()
