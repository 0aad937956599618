"""Memory of ``congvan repair`` on a text that comes through a pipe, 20 and 100 MB: it must stay that of one piece.

    PYTHONPATH=. .venv/bin/python tests/soak_stream.py [megabytes ...]

Generated documents, one in six of them damaged as Word's runs are (1 to 2 of 100 words in all), each with a number of its own in
front, are written to the program until there are so many megabytes. Prints seconds and peak memory; fails where the
longer text needs more than a tenth more than the shorter one.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

MEGABYTE = 1_000_000
DOCUMENTS = 60
# reads a text from its input into the program; prints seconds, peak memory in bytes
METER = """
import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
unit = 1 if sys.platform == "darwin" else 1024
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit)
"""


def texts() -> list[str]:
    """Generated documents, sound but for one in six."""
    from corpora.generator.compose import compose
    from corpora.generator.renderings import printed, renderings

    damaged = renderings()["txt-ghostscript-runs"]
    files = [compose(seed, "a") for seed in range(DOCUMENTS)]
    return [damaged.make(file).decode() if n % 6 == 0 else printed(file).text for n, file in enumerate(files)]


def stream(documents: list[str], size: int) -> Iterator[bytes]:
    """The documents over and over, about ``size`` bytes."""
    number = 0
    while size > 0:
        part = f"Số thứ tự {number}\n{documents[number % len(documents)]}\n\n".encode()
        yield part
        size -= len(part)
        number += 1


def measure(documents: list[str], size: int) -> tuple[int, float, float]:
    """Syllables, seconds and peak memory in MB of one run."""
    program = Path(sys.executable).with_name("congvan")
    call = [sys.executable, "-S", "-c", METER, str(program), "repair"]
    syllables = 0
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        assert run.stdin is not None and run.stdout is not None
        for part in stream(documents, size):
            syllables += len(part.split())
            run.stdin.write(part)
        run.stdin.close()
        seconds, memory = map(float, run.stdout.read().split())
    return syllables, seconds, memory / MEGABYTE


def main() -> int:
    """Print a row for each size."""
    documents = texts()
    peaks: list[float] = []
    for size in [int(arg) for arg in sys.argv[1:]] or [20, 100]:
        syllables, seconds, memory = measure(documents, size * MEGABYTE)
        print(
            f"congvan repair, {size} MB through a pipe: {seconds:.0f} s, {syllables / seconds:,.0f} syllables/s, peak {memory:.0f} MB",
            flush=True,
        )
        peaks.append(memory)
    if max(peaks) > 1.1 * peaks[0]:
        print("memory grows with the text", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
