"""A limit on the time that one document may take, and interrupts that are not lost."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from congvan.errors import InputTooLarge

# seconds until the alarm rings again: the first may meet code that goes on after any exception (a destructor)
_AGAIN = 1.0
_LONGEST = 1e9  # seconds (32 years): longer is no limit, and more than some systems can count


class _TimeIsOver(BaseException):
    """What the alarm raises: no ``Exception``, so that code which goes on after any exception does not swallow it."""


@contextmanager
def time_limit(seconds: float, name: str) -> Iterator[None]:
    """Stop the work inside after so many seconds.

    Works in the main thread of a process, by an alarm; elsewhere there is no limit. Native code is stopped where it
    returns to Python.

    Args:
        seconds: 0 or less means no limit, so does infinity. name: of the document, for the message.

    Raises:
        InputTooLarge: the time is over.
    """
    if not 0 < seconds < _LONGEST or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _TimeIsOver

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _TimeIsOver as err:
        raise InputTooLarge(
            f"{name} takes longer than {seconds:g} seconds.",
            "Split it, or raise the setting max_seconds (environment variable CONGVAN_MAX_SECONDS).",
        ) from err
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)  # again: the alarm may have rung just before the line above
        signal.signal(signal.SIGALRM, before)


@contextmanager
def kept_interrupt() -> Iterator[Callable[[], None]]:
    """Remember Ctrl-C, which code that goes on after any exception (a destructor) may swallow.

    Yields:
        What to call between two documents: it raises KeyboardInterrupt where Ctrl-C came before. Outside of the main
        thread, and where the caller handles the signal itself, it does nothing.
    """
    if (
        threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    ):
        yield lambda: None
        return
    came = False

    def remember(number: int, frame: FrameType | None) -> None:
        nonlocal came
        came = True
        raise KeyboardInterrupt

    def check() -> None:
        if came:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, remember)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
