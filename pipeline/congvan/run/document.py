"""Parse one document so that nothing but an interrupt comes out as an exception: the unit of work of all executors."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from congvan.config import Config
from congvan.document import Lesson
from congvan.errors import CongvanError, EmptyInput, ExitCode, InputTooLarge
from congvan.record import Record
from congvan.run.limits import time_limit

_log = logging.getLogger(__name__)


class InternalError(CongvanError):
    """An exception that congvan did not foresee: a bug. The traceback is in the log."""

    exit_code = ExitCode.ERROR
    category = "internal"


@dataclass(frozen=True, slots=True)
class Task:
    """A document to parse. ``content`` is its path or its bytes; ``name`` stands for it in messages and the record."""

    content: Path | bytes
    name: str
    config: Config


@dataclass(frozen=True, slots=True)
class Parsed:
    """What parsing gave: records, or an error; and what a healthy document teaches of its fonts."""

    task: Task
    records: tuple[Record, ...] = ()
    error: CongvanError | None = None
    lessons: tuple[Lesson, ...] = ()


def parse_document(task: Task) -> Parsed:
    """Parse one document within the limits of its configuration; every failure is in the result."""
    from congvan.parse import parse_and_learn

    try:
        with time_limit(task.config.max_seconds, task.name):
            records, lessons = parse_and_learn(task.content, task.name, task.config)
        if not records:
            raise EmptyInput(f"{task.name} gave no document.")
        return Parsed(task, tuple(records), lessons=lessons)
    except CongvanError as err:
        return Parsed(task, error=err)
    except MemoryError:
        return Parsed(task, error=InputTooLarge(f"{task.name} needs more memory than there is.", "Split it."))
    except Exception as err:
        return Parsed(task, error=unexpected(task.name, err))


def unexpected(name: str, err: Exception) -> InternalError:
    """Log the traceback of an exception that is being handled, and make it an error that can be reported."""
    _log.exception("Unexpected error with %s", name)
    return InternalError(
        f"{name}: unexpected {type(err).__name__}: {err}.", "This is a bug of congvan; report it with the log above."
    )
