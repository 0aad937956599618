"""Build ``syllables.txt``, ``place_words.txt`` and ``legacy.json``: ``python models/build_tables.py [shared folder]``.

Syllables: the forms made by rule of ``data/syllables.tsv``, both styles of tone placement. Place words: the words of
commune, district and province names (gazetteers before and since July 2025) that are no syllables. Legacy: what the bytes of
old encodings look like when they are read as cp1252, and the letters that they mean (``data/encodings.json``), codes among
the control characters included.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from pathlib import Path

import regex

from congvan.language.folding import fold_word

MODELS = Path(__file__).parent
NOT_CP1252 = b"\x81\x8d\x8f\x90\x9d"
# name in legacy.json -> name in data/encodings.json
LEGACY = {
    "tcvn3": "tcvn3",
    "tcvn5712": "tcvn5712_1",
    "vni_win": "vni_win",
    "viscii": "viscii",
    "vps": "vps",
    "cp1258": "cp1258",
    "bkhcm1": "bkhcm1",
    "bkhcm2": "bkhcm2",
}
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

    _legacy(json.loads((shared / "data/encodings.json").read_text(encoding="utf-8"))["encodings"])


def _legacy(encodings: dict[str, dict[str, str]]) -> None:
    tables: dict[str, dict[str, str]] = {}
    for name, source in LEGACY.items():
        letters = {_as_read(bytes.fromhex(code)): letter for letter, code in encodings[source].items()}
        # a printable ASCII sign is itself far more often than a letter; control characters of VISCII, VPS and TCVN 5712
        # are letters and nothing else
        tables[name] = {
            shown: letter for shown, letter in sorted(letters.items()) if not (shown.isascii() and shown.isprintable())
        }
    text = json.dumps(tables, ensure_ascii=False, indent=0)
    (MODELS / "legacy.json").write_text(text + "\n", encoding="utf-8")
    print(f"legacy.json: {', '.join(f'{name} {len(table)}' for name, table in tables.items())}")


def _as_read(code: bytes) -> str:
    """Bytes as readers show them: cp1252, and Latin-1 for the five bytes that cp1252 does not have."""
    return "".join(chr(b) if b in NOT_CP1252 else bytes([b]).decode("cp1252") for b in code)


def _write(name: str, about: str, lines: list[str]) -> None:
    (MODELS / name).write_text(f"# {about}; built by build_tables.py\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else MODELS.parent.parent / "shared"))
