"""Words as a spaCy ``Doc`` that keeps the text exactly."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from congvan.language.spacy_vi import exact_doc
from congvan.segment.tokens import tokenize

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


def words_doc(text: str) -> Doc:
    """A spaCy ``Doc`` of the words of :func:`~congvan.segment.tokens.tokenize`, with ``doc.text == text``."""
    return _language().make_doc(text)


class WordTokenizer:
    """spaCy tokenizer "congvan.words.v1": words of :func:`~congvan.segment.tokens.tokenize`, no character
    lost. It has no state beyond the vocabulary."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The words of ``text``, no character lost."""
        return exact_doc(self.vocab, text, tokenize(text))

    def __reduce__(self) -> tuple[type[WordTokenizer], tuple[Vocab]]:
        return (WordTokenizer, (self.vocab,))

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to save."""
        return b""

    def from_bytes(self, _data: bytes, **_kwargs: Any) -> WordTokenizer:
        """Nothing to load."""
        return self

    def to_disk(self, _path: Any, **_kwargs: Any) -> None:
        """Nothing to save."""

    def from_disk(self, _path: Any, **_kwargs: Any) -> WordTokenizer:
        """Nothing to load."""
        return self


def make_tokenizer() -> Callable[[Language], WordTokenizer]:
    """The maker that spaCy calls by the name "congvan.words.v1"."""
    return _tokenizer_for


def _tokenizer_for(nlp: Language) -> WordTokenizer:
    return WordTokenizer(nlp.vocab)


def register_tokenizer() -> None:
    """Tell spaCy of the tokenizer; a second time changes nothing."""
    from spacy.util import registry

    registry.tokenizers("congvan.words.v1", func=make_tokenizer)


@cache
def _language() -> Language:
    """A blank Vietnamese pipeline with our tokenizer (spaCy's own would need pyvi)."""
    import spacy

    register_tokenizer()
    return spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "congvan.words.v1"}}})
