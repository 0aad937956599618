"""One exception tree. Every error carries an exit code and says what to do next.

    CongvanError (1)
    ├── UsageError (2)            the call itself is wrong: unknown option value, bad setting
    ├── InputError (3)            the input cannot be read
    │   ├── InputNotFound (4)     no such file, or nothing to read in a folder
    │   ├── EmptyInput (5)        a file without content
    │   ├── UnsupportedInput (6)  a kind of file that congvan does not read
    │   ├── DamagedInput (7)      truncated or malformed: the file breaks its own format
    │   ├── EncryptedInput (8)    a password is needed
    │   ├── InputTooLarge (9)     over a limit of the configuration
    │   └── SignedInput (14)      digitally signed, and asked to be changed
    ├── MissingDependency (10)    an optional part is not installed
    ├── CatalogueError (11)       the catalogue cannot be opened or written
    ├── RuleError (12)            a rule file is invalid or one of its examples fails
    └── PartialFailure (13)       some inputs failed, the others went through

Library callers get the exception; the command line prints the message and exits with the code.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line, one for each kind of failure."""

    OK = 0
    ERROR = 1
    USAGE = 2
    INPUT = 3
    NOT_FOUND = 4
    EMPTY = 5
    UNSUPPORTED = 6
    DAMAGED = 7
    ENCRYPTED = 8
    TOO_LARGE = 9
    MISSING_DEPENDENCY = 10
    CATALOGUE = 11
    RULE = 12
    PARTIAL = 13
    SIGNED = 14


class CongvanError(Exception):
    """Base of every error that congvan raises on purpose.

    Args:
        message: what is wrong, in one sentence, naming the input.
        hint: what to do next, in one sentence. Empty where nothing can be done.
    """

    exit_code: ExitCode = ExitCode.ERROR
    category: str = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()

    def __reduce__(self) -> tuple[type[CongvanError], tuple[str, str]]:
        return (type(self), (self.message, self.hint))


class UsageError(CongvanError):
    """The call itself is wrong."""

    exit_code = ExitCode.USAGE
    category = "usage"


class InputError(CongvanError):
    """The input cannot be read."""

    exit_code = ExitCode.INPUT
    category = "input"


class InputNotFound(InputError):
    """No such file, or a folder without documents."""

    exit_code = ExitCode.NOT_FOUND
    category = "not-found"


class EmptyInput(InputError):
    """A file without content."""

    exit_code = ExitCode.EMPTY
    category = "empty"


class UnsupportedInput(InputError):
    """A kind of file that congvan does not read."""

    exit_code = ExitCode.UNSUPPORTED
    category = "unsupported"


class DamagedInput(InputError):
    """A file that breaks its own format: truncated, or overwritten."""

    exit_code = ExitCode.DAMAGED
    category = "damaged"


class EncryptedInput(InputError):
    """A file that needs a password."""

    exit_code = ExitCode.ENCRYPTED
    category = "encrypted"


class InputTooLarge(InputError):
    """A file over a limit of the configuration."""

    exit_code = ExitCode.TOO_LARGE
    category = "too-large"


class SignedInput(InputError):
    """A digitally signed file that would have to be changed."""

    exit_code = ExitCode.SIGNED
    category = "signed"


class MissingDependency(CongvanError):
    """An optional part is not installed."""

    exit_code = ExitCode.MISSING_DEPENDENCY
    category = "missing-dependency"


class CatalogueError(CongvanError):
    """The catalogue cannot be opened, read or written."""

    exit_code = ExitCode.CATALOGUE
    category = "catalogue"


class RuleError(CongvanError):
    """A rule file is invalid, or one of its examples fails."""

    exit_code = ExitCode.RULE
    category = "rule"


class PartialFailure(CongvanError):
    """Some inputs failed; the others went through and their results stand."""

    exit_code = ExitCode.PARTIAL
    category = "partial"
