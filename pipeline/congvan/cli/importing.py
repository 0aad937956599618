"""`congvan import`: files and folders into the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from congvan.cli.failures import exit_code, show, show_problems
from congvan.cli.inputs import CatalogueOption, PasswordOption, RulesOption, with_password, with_rules
from congvan.config import load_config

if TYPE_CHECKING:
    from congvan.record import Record
    from congvan.run.importing import Progress


def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, and folders with all their subfolders.")],
    catalogue: CatalogueOption = None,
    password: PasswordOption = None,
    rules: RulesOption = None,
) -> None:
    """Parse documents into the catalogue.

    Content that is in the catalogue already adds nothing, whatever its name. A file that fails is listed on stderr;
    the others go on, and nothing of it is left behind. A document without text (a scan), or with only a part of it,
    is imported; stderr says so, and why.

    \b
    Examples:
      congvan import inbox/
      congvan import 2023/ 2024/ letter.pdf --catalogue archive.sqlite
    """
    from congvan.run.importing import import_paths
    from congvan.store.catalogue import Catalogue

    config = with_rules(with_password(load_config(), password), rules)
    with Catalogue(catalogue or config.catalogue) as opened, _progress() as progress:
        report = import_paths(paths, opened, config, progress)
    for path, error in report.failed:
        show(error, path)
    for path, record in report.incomplete:
        show_problems(path, record.problems)
    print(
        f"{report.found} found = {report.imported} imported + {report.unchanged} unchanged + {len(report.failed)} failed",
        flush=True,
    )
    if report.skipped:
        kinds = ", ".join(f"{n} {suffix or 'without a suffix'}" for suffix, n in sorted(report.skipped.items()))
        print(
            f"{report.skipped.total()} files left in the folders: {kinds}; name them one by one to try them",
            file=sys.stderr,
        )
    if report.incomplete:
        print(_incomplete([record for _, record in report.incomplete]), file=sys.stderr)
    raise typer.Exit(exit_code([error for _, error in report.failed], report.found))


def _incomplete(records: Sequence[Record]) -> str:
    """How many documents came in without text, and why, and how many in part."""
    failed = [record for record in records if record.status == "failed"]
    reasons = sorted({problem.category for record in failed for problem in record.problems})
    why = f" ({', '.join(reasons)})" if reasons else ""
    return f"of these {len(failed)} without text{why}, {len(records) - len(failed)} partial"


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
