"""A limit on the time that one document may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from congvan.errors import InputTooLarge

# seconds until the alarm rings again: the first may meet code that goes on after any exception
_AGAIN = 1.0


@contextmanager
def time_limit(seconds: float, name: str) -> Iterator[None]:
    """Stop the work inside after so many seconds.

    Works in the main thread of a process, by an alarm; elsewhere there is no limit. Native code is stopped where it
    returns to Python.

    Args:
        seconds: 0 or less means no limit. name: of the document, for the message.

    Raises:
        InputTooLarge: the time is over.
    """
    if seconds <= 0 or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise InputTooLarge(
            f"{name} takes longer than {seconds:g} seconds.",
            "Split it, or raise the setting max_seconds (environment variable CONGVAN_MAX_SECONDS).",
        )

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
