"""The spaCy pipeline ``vi_congvan``: ``spacy.load("vi_congvan")``. The pipeline itself lies among congvan's models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language


def load(**overrides: Any) -> Language:
    """The pipeline; ``overrides`` as for ``spacy.load``."""
    from spacy.util import load_model_from_path

    import congvan.run.spacy_component  # noqa: F401  (registers what the pipeline is made of)
    from congvan.config import models_dir

    return load_model_from_path(models_dir() / "vi_congvan", **overrides)
