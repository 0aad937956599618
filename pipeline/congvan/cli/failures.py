"""Errors of several inputs on the command line: each is shown, together they make one exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from congvan.errors import CongvanError, ExitCode


def show(error: CongvanError, path: str = "") -> None:
    """Print an error and its hint on stderr; the path goes before a message that does not name it in full."""
    place = "" if path in error.message else f"{path}: "
    print(f"congvan: {place}{error.message}", file=sys.stderr)
    if error.hint:
        print(f"  {error.hint}", file=sys.stderr)


def exit_code(errors: Sequence[CongvanError], inputs: int) -> ExitCode:
    """0 without errors; the code of the errors where all inputs failed alike; 13 otherwise."""
    if not errors:
        return ExitCode.OK
    codes = {error.exit_code for error in errors}
    return codes.pop() if len(errors) == inputs and len(codes) == 1 else ExitCode.PARTIAL
