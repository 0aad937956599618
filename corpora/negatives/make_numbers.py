"""Write the negatives that are made of figures alone: the same seed gives the same bytes.

Values of the damage are figures too (3, 8 and 9 stand for signs), and a long table of them gives the repair many places to
be wrong in. ``--check`` writes nothing and fails where a file differs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
SEED = 389
ROWS = 600


def _grouped(value: int) -> str:
    """A whole number with dots between thousands, as offices write it."""
    return f"{value:,}".replace(",", ".")


def _decimal(value: float) -> str:
    """A number with one place and a decimal comma."""
    return f"{value:.1f}".replace(".", ",")


def _table(random: Random, row: int) -> str:
    cells = [str(row), *(_grouped(random.randrange(10**7)) for _ in range(4)), _decimal(random.uniform(0, 100))]
    return "\t".join(cells)


def _digits(random: Random, row: int) -> str:
    """Lone figures between blanks, most of them those that stand for signs."""
    return " ".join(random.choice("3389890124567") for _ in range(random.randint(1, 24)))


def _terms(random: Random, row: int) -> str:
    """Figures with the signs that stand for quotation marks and dots."""
    signs = (
        " < ",
        " = ",
        " & ",
        "<",
        "=",
        "&",
        " - ",
        " – ",
        " × ",
        " ± ",
        " ÷ ",
        " / ",
        ":",
        "°, ",
        " * ",
        ") ",
        " (",
    )
    parts = [str(random.randrange(1000))]
    for _ in range(random.randint(1, 9)):
        parts += (random.choice(signs), _decimal(random.uniform(0, 99)))
    return "".join(parts)


def _numbers(random: Random, row: int) -> str:
    """Telephone numbers, dates, times and codes."""
    day, month, year = random.randint(1, 28), random.randint(1, 12), random.randint(1945, 2030)
    phone = f"0{random.randrange(10**9):09d}"
    return (
        f"{row}; {day}/{month}/{year}; {day:02d}-{month:02d}-{year}; {phone[:4]}.{phone[4:7]}.{phone[7:]};"
        f" {random.randrange(24)}:{random.randrange(60):02d}; {random.randrange(10**12):012d}"
    )


FILES: dict[str, Callable[[Random, int], str]] = {
    "39_so_bang.txt": _table,
    "40_so_roi.txt": _digits,
    "41_so_va_dau.txt": _terms,
    "42_so_ma.txt": _numbers,
}


def texts() -> dict[str, str]:
    """File name -> text of each file of figures."""
    return {
        name: "".join(f"{line(random, row)}\n" for row in range(1, ROWS + 1))
        for name, line in FILES.items()
        for random in [Random(f"{SEED} {name}")]
    }


def main() -> int:
    """Write the files, or compare them; the exit code."""
    check = "--check" in sys.argv[1:]
    wrong = 0
    for name, text in texts().items():
        path = HERE / name
        data = text.encode("utf-8")
        if not check:
            path.write_bytes(data)
        elif not path.is_file() or path.read_bytes() != data:
            print(f"{path.name} differs: run python {Path(__file__).name}")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
