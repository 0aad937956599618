"""`congvan tokens`: the words of a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from congvan.cli.inputs import STDIN, content
from congvan.config import load_config


def tokens(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help='A document; "-" is standard input.')] = STDIN,
    format_: Annotated[
        Literal["text", "json"], typer.Option("--format", help="Words to read, or with their spans.")
    ] = "text",
) -> None:
    """Print the words of a document after repair: a sentence a line, "|" between words.

    With --format json each line is a sentence: its span in the repaired text, and its words with their spans.

    \b
    Examples:
      congvan tokens letter.txt
      echo "Ủy ban nhân dân tỉnh" | congvan tokens
    """
    from congvan.parse import clean_bytes
    from congvan.read import load
    from congvan.segment.layout import segment
    from congvan.segment.tokens import tokenize

    config = load_config()
    name = "standard input" if file == STDIN else str(file)
    given = content(file, config)
    clean = clean_bytes(load(given, config, name=name) if isinstance(given, Path) else given, name, config)
    for sentence in segment(clean).sentences:
        words = [span.shift(sentence.start) for span in tokenize(sentence.of(clean.text))]
        if format_ == "text":
            print("|".join(" ".join(word.of(clean.text).split()) for word in words))
        else:
            spans = [{"span": list(word), "text": word.of(clean.text)} for word in words]
            print(json.dumps({"sentence": list(sentence), "words": spans}, ensure_ascii=False))
