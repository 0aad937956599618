"""Administrative documents with gold by construction: written by our own grammar, rendered in every condition archivists meet.

    python -m corpora.generator --help

A :class:`~corpora.generator.model.File` is made from a seed and a phrase bank; its gold is what the grammar meant, never
what an extractor read. ``render`` turns it into text, Markdown, HTML, DOCX, PDF, damaged PDF and scans.
"""
