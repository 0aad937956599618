"""Pictures read one after the other, or side by side in processes; never more of them in memory than are being read."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from functools import cache

from congvan.config import Config
from congvan.read.scan.engine import Engine
from congvan.read.scan.pictures import Picture
from congvan.read.scan.seen import SeenPage
from congvan.read.scan.sheet import read_sheet
from congvan.read.scan.store import Readings

Read = tuple[int, SeenPage | Exception]


@cache
def _engine(process: int) -> Engine:
    """The engine of this process: one that was loaded before a fork is not used after it."""
    return Engine()


def engine() -> Engine:
    """The engine of this process.

    Raises:
        MissingDependency: it is not installed.
    """
    return _engine(os.getpid())


def read_one(picture: Picture) -> SeenPage:
    """Read a picture with the engine of this process."""
    return read_sheet(picture.pixels(), picture.dpi, engine(), picture.lines)


def read_pictures(pictures: Iterable[tuple[int, Picture]], config: Config) -> Iterator[Read]:
    """Read numbered pictures; what goes wrong with one comes in its place. In the order of the pictures.

    Raises:
        MissingDependency: the engine is not installed.
    """
    kept = Readings(config.ocr_cache, engine().version)
    many = config.ocr_processes > 1 and not multiprocessing.current_process().daemon
    with closing(_in_processes(pictures, kept, config.ocr_processes) if many else _one_by_one(pictures, kept)) as found:
        yield from found


def _one_by_one(pictures: Iterable[tuple[int, Picture]], kept: Readings) -> Generator[Read, None, None]:
    for number, picture in pictures:
        key = picture.key if kept.keeps else ""
        found = kept.get(key)
        if found is None:
            try:
                found = read_one(picture)
            except Exception as err:  # the libraries raise all kinds of exceptions on strange pictures
                yield number, err
                continue
            kept.put(key, found)
        yield number, found


def _in_processes(
    pictures: Iterable[tuple[int, Picture]], kept: Readings, processes: int
) -> Generator[Read, None, None]:
    waiting: deque[tuple[int, str, SeenPage | Future[SeenPage]]] = deque()
    pool: ProcessPoolExecutor | None = None
    try:
        for number, picture in pictures:
            key = picture.key if kept.keeps else ""
            known = kept.get(key)
            if known is not None:
                waiting.append((number, key, known))
            else:
                if pool is None:
                    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"))
                waiting.append((number, key, pool.submit(read_one, picture)))
            while len(waiting) > processes + 1:
                yield _done(waiting.popleft(), kept)
        while waiting:
            yield _done(waiting.popleft(), kept)
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _done(one: tuple[int, str, SeenPage | Future[SeenPage]], kept: Readings) -> Read:
    number, key, found = one
    if isinstance(found, SeenPage):
        return number, found
    try:
        page = found.result()
    except Exception as err:
        return number, err
    kept.put(key, page)
    return number, page
