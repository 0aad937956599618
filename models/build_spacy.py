"""Write the spaCy pipeline ``vi_congvan``: ``python models/build_spacy.py``.

Words by congvan's tokenizer, then congvan's findings. Nothing is learned: what is written is the configuration alone.
"""

from __future__ import annotations

import json
from pathlib import Path

import spacy

import congvan.run.spacy_component  # noqa: F401  (registers what the pipeline is made of)

TARGET = Path(__file__).parent / "vi_congvan"


def main() -> None:
    """Write ``config.cfg`` and ``meta.json``."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "congvan.words.v1"}}})
    nlp.add_pipe("congvan")
    nlp.meta.update(name="congvan", version="1.0.0", license="Apache-2.0", description="Words and findings of congvan")
    TARGET.mkdir(exist_ok=True)
    nlp.config.to_disk(TARGET / "config.cfg")
    (TARGET / "meta.json").write_text(json.dumps(nlp.meta, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
