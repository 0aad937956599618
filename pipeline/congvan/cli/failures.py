"""Errors of several inputs on the command line: each is shown, together they make one exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from congvan.errors import CongvanError, ExitCode, InputError, MissingDependency

if TYPE_CHECKING:
    from congvan.document import Problem
    from congvan.record import ProblemInfo, Record


def show(error: CongvanError, path: str = "") -> None:
    """Print an error and its hint on stderr; the path goes before a message that does not name it in full."""
    place = "" if path in error.message else f"{path}: "
    print(f"congvan: {place}{error.message}", file=sys.stderr)
    if error.hint:
        print(f"  {error.hint}", file=sys.stderr)


def unwritten(err: OSError, place: str = "") -> CongvanError:
    """The error of output that cannot be written; ``place`` is the file, "" the standard output."""
    return CongvanError(
        f"{place or 'The output'} cannot be written: {err.strerror or err}.",
        "Make room on the disk, or write elsewhere.",
    )


def show_problems(path: str, problems: Sequence[ProblemInfo]) -> None:
    """Print the problems of a document on stderr as errors are; those of many pages that are alike make one."""
    alike: dict[tuple[str, str], list[ProblemInfo]] = {}
    for problem in problems:
        alike.setdefault((problem.category, problem.hint), []).append(problem)
    for (_, hint), found in alike.items():
        more = f" ({len(found) - 1} more problems like this)" if len(found) > 1 else ""
        print(f"congvan: {path}: {found[0].message}{more}", file=sys.stderr)
        if hint:
            print(f"  {hint}", file=sys.stderr)


def exit_code(errors: Sequence[CongvanError], inputs: int) -> ExitCode:
    """0 without errors; the code of the errors where all inputs failed alike; 13 otherwise."""
    if not errors:
        return ExitCode.OK
    codes = {error.exit_code for error in errors}
    return codes.pop() if len(errors) == inputs and len(codes) == 1 else ExitCode.PARTIAL


def nothing_read(records: Sequence[Record]) -> CongvanError | None:
    """The error of a file of which nothing could be read, although it has pages; None for others."""
    if not records or any(record.status != "failed" for record in records):
        return None
    return of_problems(records[0].source.path, [p for record in records for p in record.problems])


def of_problems(path: str, problems: Sequence[ProblemInfo | Problem]) -> CongvanError:
    """The error that the problems of a file without text amount to: a missing part comes first."""
    worst = min(problems, key=lambda p: p.category != "ocr-missing", default=None)
    if worst is None:
        return InputError(f"{path}: no text could be read.")
    kind = MissingDependency if worst.category == "ocr-missing" else InputError
    return kind(f"{path}: {worst.message}", worst.hint)
