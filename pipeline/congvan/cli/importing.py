"""`congvan import`: files and folders into the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.cli.failures import exit_code, show
from congvan.cli.inputs import CatalogueOption
from congvan.config import load_config

if TYPE_CHECKING:
    from congvan.run.importing import Progress


def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, and folders with all their subfolders.")],
    catalogue: CatalogueOption = None,
) -> None:
    """Parse documents into the catalogue.

    Content that is in the catalogue already adds nothing, whatever its name. A file that fails is listed on stderr;
    the others go on, and nothing of it is left behind.

    \b
    Examples:
      congvan import inbox/
      congvan import 2023/ 2024/ letter.pdf --catalogue archive.sqlite
    """  # noqa: D301  # click wants the backspace itself
    from congvan.run.importing import import_paths
    from congvan.store.catalogue import Catalogue

    config = load_config()
    with Catalogue(catalogue or config.catalogue) as opened, _progress() as progress:
        report = import_paths(paths, opened, config, progress)
    for path, error in report.failed:
        show(error, path)
    print(
        f"{report.found} found = {report.imported} imported + {report.unchanged} unchanged + {len(report.failed)} failed"
    )
    raise typer.Exit(exit_code([error for _, error in report.failed], report.found))


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress bar on stderr, none where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("import", total=None, name="")
        yield lambda done, total, name: bar.update(task, completed=done, total=total, name=name)
