"""Import many different documents by the program, twice: ``python tests/soak_import.py [number]``; time and peak memory.

The documents are copies of the samples, each made different by its number: as a line of its own in texts, Markdown, web
pages and Word files, in the description of PDF files.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import docx
import pikepdf

SAMPLES = Path(__file__).parents[1] / "corpora" / "samples"
PROGRAM = Path(sys.executable).with_name("congvan")


def numbered(sample: Path, number: int) -> bytes:
    """The content of a sample with a number in it."""
    data = sample.read_bytes()
    line = f"Bản sao thứ {number}."
    if sample.suffix == ".html":
        return data.replace(b"</main>", f"<p>{line}</p></main>".encode())
    out = io.BytesIO()
    if sample.suffix == ".docx":
        document = docx.Document(io.BytesIO(data))
        document.add_paragraph(line)
        document.save(out)
    elif sample.suffix == ".pdf":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.docinfo["/Subject"] = line
            pdf.save(out)
    else:
        return data + f"\n{line}\n".encode()
    return out.getvalue()


def run(*words: str | Path) -> tuple[str, float]:
    """Output and seconds of the program."""
    began = time.perf_counter()
    done = subprocess.run([PROGRAM, *words], capture_output=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"congvan {' '.join(map(str, words))}: exit {done.returncode}\n{done.stderr[-3000:]}")
    return done.stdout, time.perf_counter() - began


def main(count: int) -> None:
    """Make the documents, import them, look that all are there."""
    with tempfile.TemporaryDirectory() as name:
        folder, catalogue = Path(name) / "documents", Path(name) / "soak.sqlite"
        folder.mkdir()
        for number, sample in enumerate(islice(cycle(sorted(SAMPLES.iterdir())), count)):
            (folder / f"{number:06}_{sample.name}").write_bytes(numbered(sample, number))
        first, seconds = run("import", folder, "--catalogue", catalogue)
        memory = (
            resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
        )
        print(f"{first.strip()}: {seconds:.0f} s, {count / seconds:.0f} documents/s, peak {memory:.0f} MB")
        print(f"catalogue: {catalogue.stat().st_size / 1e6:.0f} MB")
        again, seconds = run("import", folder, "--catalogue", catalogue)
        print(f"{again.strip()}: {seconds:.1f} s")
        rows, seconds = run("list", "documents", "--format", "json", "--catalogue", catalogue)
        listed = json.loads(rows)
        print(f"list of {len(listed)} documents: {seconds:.1f} s")
        tasks, seconds = run("list", "obligations", "--format", "json", "--catalogue", catalogue)
        print(f"list of {len(json.loads(tasks))} obligations: {seconds:.1f} s")
        hits, seconds = run("find", "thien tai", "--format", "json", "--catalogue", catalogue)
        print(f"find, {len(json.loads(hits))} best: {seconds:.1f} s")
        expected = f"{count} found = {count} imported + 0 unchanged + 0 failed"
        unchanged = f"{count} found = 0 imported + {count} unchanged + 0 failed"
        if (first.strip(), again.strip(), len(listed)) != (expected, unchanged, count):
            raise SystemExit("wrong: not every document is in the catalogue once")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
