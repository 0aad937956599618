"""Bare text: one page, one block, exactly the decoded text."""

from __future__ import annotations

from congvan.document import Block, RawDocument, RawPage, Run, Source
from congvan.read.encoding import Decoded


def read_text(decoded: Decoded, source: Source) -> RawDocument:
    """A text as one block of kind "text": line ends and form feeds as they are, only the byte order mark is gone."""
    block = Block("text", (Run(decoded.text),))
    return RawDocument(source, "text", (RawPage(1, (block,)),), problems=decoded.problems)
