"""Open the database of a catalogue: find it, check that it is one, bring its schema up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from congvan.errors import CatalogueError, MissingDependency, UsageError
from congvan.store.rows import to_json

VERSION_TABLE = "congvan_version"
#: the newest revision under ``migrations/versions``
HEAD = "0001"
#: execution options of a transaction that writes: on SQLite it waits its turn at the start, not in the middle
WRITING = {"sqlite_begin": "BEGIN IMMEDIATE"}
_WAIT_MS = 30_000


def address(place: str) -> URL:
    """The SQLAlchemy address of a catalogue.

    Args:
        place: a SQLAlchemy address, or the path of an SQLite file.

    Raises:
        UsageError: not an address.
    """
    if "://" not in place:
        return URL.create("sqlite", database=place)
    try:
        return make_url(place)
    except ArgumentError as err:
        raise UsageError(
            f"{place!r} is not the address of a catalogue.",
            "Give a path, or an address such as sqlite:///archive.sqlite.",
        ) from err


def shown(url: URL) -> str:
    """A catalogue in messages: the path of the file, or the address without its password."""
    is_file = url.get_backend_name() == "sqlite" and url.database
    return str(url.database) if is_file else url.render_as_string(hide_password=True)


def open_engine(place: str, *, create: bool) -> Engine:
    """An engine on a catalogue whose schema is up to date.

    Args:
        place: as for :func:`address`. create: make the catalogue where there is none.

    Raises:
        CatalogueError: none there, not a catalogue, made by a newer congvan, or out of reach.
        MissingDependency: the driver of the database is not installed.
        UsageError: not an address.
    """
    url = address(place)
    called = shown(url)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        _check_file(Path(url.database), create)
    try:
        engine = create_engine(url, json_serializer=to_json)
    except ModuleNotFoundError as err:
        raise MissingDependency(
            f"The driver {err.name!r} for the catalogue {called} is not installed.",
            'Install it: pip install "congvan[postgres]".' if url.get_backend_name() == "postgresql" else "Install it.",
        ) from err
    except (NoSuchModuleError, ArgumentError) as err:
        raise UsageError(f"{called}: unknown kind of database.", "congvan knows sqlite and postgresql.") from err
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        with guard(called), engine.connect() as connection:
            _check_schema(connection, called, create)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def guard(called: str) -> Iterator[None]:
    """Turn errors of the database into :class:`CatalogueError` that names the catalogue."""
    try:
        yield
    except SQLAlchemyError as err:
        cause = str(getattr(err, "orig", None) or err).strip().splitlines()[0]
        hint = "Check that it is there, that you may write it, and that the disk is not full."
        if "not a database" in cause or "malformed" in cause:
            hint = "Restore it from a copy, or name another file with --catalogue."
        raise CatalogueError(f"The catalogue {called} cannot be used: {cause}.", hint) from err


def _check_file(path: Path, create: bool) -> None:
    if path.is_dir():
        raise CatalogueError(
            f"{path} is a folder.", "Name the file of the catalogue, as in --catalogue archive.sqlite."
        )
    if not path.exists():
        if not create:
            raise CatalogueError(
                f"There is no catalogue at {path}.",
                "Make one with `congvan import FOLDER`, or name another with --catalogue.",
            )
        if not path.absolute().parent.is_dir():
            raise CatalogueError(f"The folder of the catalogue {path} does not exist.", "Make the folder first.")


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, not where the driver guesses
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def _version(connection: Connection) -> str | None:
    """Revision of the schema, None in an empty database, "" in one that is no catalogue."""
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE not in tables:
        return "" if tables else None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()


def _check_schema(connection: Connection, called: str, create: bool) -> None:
    version = _version(connection)
    connection.rollback()
    if version == HEAD:
        return
    if version == "":
        raise CatalogueError(
            f"{called} is the database of another program.", "Name another file or database with --catalogue."
        )
    if version is None and not create:
        raise CatalogueError(f"{called} is empty, not a catalogue.", "Make one with `congvan import FOLDER`.")
    if version is None and connection.dialect.name == "sqlite":
        connection.connection.execute("PRAGMA journal_mode = WAL")  # stays with the file
    _upgrade(connection.execution_options(**WRITING), called)


def _upgrade(connection: Connection, called: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    with connection.begin():
        version = _version(connection)  # again, now that nobody else can write
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if version is not None and version not in known:
            raise CatalogueError(
                f"{called} was written by a newer congvan (schema {version}, this one knows {HEAD}).",
                "Upgrade congvan, or name another catalogue with --catalogue.",
            )
        command.upgrade(config, "head")
