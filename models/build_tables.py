"""Build ``syllables.txt`` and ``place_words.txt``: ``python models/build_tables.py [shared folder]``.

Syllables: the forms made by rule of ``data/syllables.tsv``, both styles of tone placement. Place words: the words of
commune, district and province names (gazetteers before and since July 2025) that are no syllables.
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

import regex
from congvan.language.folding import fold_word

MODELS = Path(__file__).parent
# accepts one word of a name ("H’Drai", "Plông")
WORD = regex.compile(r"[\p{L}\p{M}]+")


def main(shared: Path) -> None:
    """Write both files next to this program."""
    forms = set()
    for line in (shared / "data/syllables.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            forms.add(line.split("\t")[0])
    known = {fold_word(form) for form in forms}
    _write("syllables.txt", "Vietnamese syllables by onset, rhyme and tone", sorted(known))
    words: set[str] = set()
    for path in sorted((shared / "data").glob("gazetteer_[0-9]*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines)
            next(rows)  # names of the columns
            for row in rows:
                words.update(fold_word(w) for cell in row for w in WORD.findall(cell))
    _write(
        "place_words.txt", "words of place names that are no syllables", sorted(w for w in words - known if len(w) > 1)
    )


def _write(name: str, about: str, lines: list[str]) -> None:
    (MODELS / name).write_text(f"# {about}; built by build_tables.py\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else MODELS.parent.parent / "shared"))
