"""Give the sentences back by pointer: corpus, document, place, length; the hash proves that it is the same text.

python -m corpora.pointers.read FOLDER    write them out for labelling: FOLDER/batch_1.txt ..., "P001<TAB>text"
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).parent
POINTERS = HERE / "sentences.jsonl"
BATCH = 120  # sentences of one file for labelling
_ID = b'{"id": '


class PointerError(Exception):
    """A sentence cannot be had: its corpus is absent, or is not the one that the pointer was made from."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a sentence stands.

    Attributes:
        id: "P001".
        corpus: name of the file in the folder of corpora.
        doc: the document's field ``id``.
        offset: code points before the sentence in the document's field ``text``.
        length: code points.
        sha256: of the sentence in UTF-8.
    """

    id: str
    corpus: str
    doc: str
    offset: int
    length: int
    sha256: str

    def line(self) -> str:
        """The pointer as it stands in ``sentences.jsonl``."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def cut(self, text: str) -> str:
        """The sentence from the text of its document.

        Raises:
            PointerError: another text stands there.
        """
        found = text[self.offset : self.offset + self.length]
        if hashlib.sha256(found.encode()).hexdigest() != self.sha256:
            raise PointerError(f"{self.id}: {self.corpus}, {self.doc!r} has another text at {self.offset}")
        return found


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the pointer that it was had by."""

    pointer: Pointer
    text: str


def shared_folder() -> Path:
    """The folder of the corpora's parent: ``CONGVAN_SHARED``, else ``../shared`` beside the checkout."""
    return Path(os.environ.get("CONGVAN_SHARED") or HERE.parents[2] / "shared")


def pointers(path: Path = POINTERS) -> list[Pointer]:
    """All pointers, in the order of their ids."""
    with path.open(encoding="utf-8") as lines:
        return [Pointer(**json.loads(line)) for line in lines]


def sentences(shared: Path, wanted: Iterable[Pointer] | None = None) -> Iterator[Sentence]:
    """The sentences with their texts, in the order of their pointers; every hash is verified.

    Each corpus is read once and no further than its last wanted document; other documents are not parsed.

    Args:
        shared: the folder that holds ``corpora/``.
        wanted: pointers; None for all of ``sentences.jsonl``.

    Raises:
        PointerError: a corpus or a document is absent, or has another text.
    """
    chosen = pointers() if wanted is None else list(wanted)
    by_corpus: dict[str, dict[str, list[Pointer]]] = defaultdict(lambda: defaultdict(list))
    for pointer in chosen:
        by_corpus[pointer.corpus][pointer.doc].append(pointer)
    found: dict[str, str] = {}
    for corpus, documents in by_corpus.items():
        for doc, text in _documents(shared / "corpora" / corpus, set(documents)):
            found |= {pointer.id: pointer.cut(text) for pointer in documents[doc]}
    for pointer in chosen:
        yield Sentence(pointer, found[pointer.id])


def _documents(path: Path, wanted: set[str]) -> Iterator[tuple[str, str]]:
    """(id, text) of some documents of a corpus."""
    if not path.is_file():
        raise PointerError(f"There is no corpus {path}: set CONGVAN_SHARED to the folder that holds corpora/.")
    left = set(wanted)
    with gzip.open(path, "rb") as lines:
        for line in lines:
            if _id(line) in left:
                row = json.loads(line)
                left.discard(row["id"])
                yield row["id"], row["text"]
                if not left:
                    return
    raise PointerError(f"{path.name} has no document {min(left)!r}: another version of the corpus?")


def _id(line: bytes) -> str:
    """The document's id from the head of its line, so that megabytes of text need not be parsed to pass them by."""
    if not line.startswith(_ID):
        return str(json.loads(line)["id"])
    end = line.index(b'"', len(_ID) + 1)
    while line[end - 1 : end] == b"\\":
        end = line.index(b'"', end + 1)
    return str(json.loads(line[len(_ID) : end + 1]))


def write_batches(folder: Path, found: Iterable[Sentence]) -> int:
    """Write the texts for labelling; returns the number of files. The folder must lie outside the project."""
    if folder.resolve().is_relative_to(HERE.parents[1]):
        raise PointerError("The texts stay outside the project: name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{sentence.pointer.id}\t{sentence.text}\n" for sentence in found]
    batches = [lines[n : n + BATCH] for n in range(0, len(lines), BATCH)]
    for number, batch in enumerate(batches, 1):
        (folder / f"batch_{number}.txt").write_text("".join(batch), encoding="utf-8")
    return len(batches)


def main(arguments: list[str]) -> int:
    """The program: one argument, the folder."""
    if len(arguments) != 1:
        print("usage: python -m corpora.pointers.read FOLDER", file=sys.stderr)
        return 2
    try:
        count = write_batches(Path(arguments[0]), sentences(shared_folder()))
    except PointerError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{count} files in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
