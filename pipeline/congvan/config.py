"""One frozen configuration for all stages, and the place of the models.

A setting comes from (last wins): the default below, a TOML file (``congvan.toml`` in the working folder or the one named
by ``CONGVAN_CONFIG``), an environment variable ``CONGVAN_<SETTING>``. Unknown keys are an error, never ignored.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from congvan.errors import UsageError


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of a run.

    Attributes:
        max_bytes: largest file that ``parse`` and ``import`` read, in bytes.
        max_pages: most pages of one document.
        max_seconds: time limit for one document, in seconds; 0 or inf means none.
        catalogue: SQLAlchemy address of the catalogue.
        unpack_ratio: most times that a packed part (DOCX) may grow when unpacked.
        password: of encrypted PDF files; "" for none.
        language_model: let the language model decide what the fonts of a PDF leave open.
        rules: folders of rule files of your own, parted like the entries of PATH; "" means none.
        glyphs: file of the outlines that were added or learned (`congvan fonts`); "" is the user's own.
        ocr_processes: processes that read pictures of pages side by side.
        ocr_cache: folder in which readings of pictures are kept; "" keeps none.

    Whole numbers are 1 or more.
    """

    max_bytes: int = 100_000_000
    max_pages: int = 5_000
    max_seconds: float = 600.0
    catalogue: str = "sqlite:///congvan.sqlite"
    unpack_ratio: int = 200
    password: str = ""
    language_model: bool = True
    rules: str = ""
    glyphs: str = ""
    ocr_processes: int = 1
    ocr_cache: str = ""


# not settings: read where they are needed (tests; this module)
_NOT_SETTINGS = {"CONGVAN_CONFIG", "CONGVAN_SHARED", "CONGVAN_MODELS"}


def load_config(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Config:
    """Read the configuration.

    Args:
        path: a TOML file; None looks at ``CONGVAN_CONFIG``, then for ``congvan.toml`` in the working folder.
        environ: environment to read; None is the process's own.

    Raises:
        UsageError: unknown setting, or a value of the wrong type or out of range.
    """
    env = os.environ if environ is None else environ
    if path is None and env.get("CONGVAN_CONFIG"):
        path = Path(env["CONGVAN_CONFIG"])
    if path is None and Path("congvan.toml").is_file():
        path = Path("congvan.toml")
    values: dict[str, object] = {}
    if path is not None:
        try:
            values.update(tomllib.loads(path.read_text(encoding="utf-8")))
        except OSError as err:
            raise UsageError(f"The configuration {path} cannot be read.", "Check CONGVAN_CONFIG.") from err
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
            raise UsageError(f"The configuration {path} is not valid TOML: {err}.", "Correct the file.") from err
    for key, text in env.items():
        if key.startswith("CONGVAN_") and key not in _NOT_SETTINGS:
            values[key.removeprefix("CONGVAN_").lower()] = text
    return _checked(values)


def _checked(values: Mapping[str, object]) -> Config:
    known = {f.name: type(getattr(Config(), f.name)) for f in fields(Config)}
    out: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            raise UsageError(f"Unknown setting {key!r}.", f"Known settings: {', '.join(sorted(known))}.")
        try:
            out[key] = (
                _truth(value)
                if known[key] is bool
                else known[key](str(value).replace("_", "") if known[key] is not str else str(value))
            )
        except ValueError as err:
            raise UsageError(
                f"Setting {key} = {value!r} is not a {known[key].__name__}.", "Correct the value."
            ) from err
        _check_range(key, out[key])
    return Config(**out)


def _truth(value: object) -> bool:
    word = str(value).strip().lower()
    if word in {"1", "true", "yes", "on"}:
        return True
    if word in {"0", "false", "no", "off"}:
        return False
    raise ValueError(word)


def _check_range(key: str, value: float | str) -> None:
    least = 1 if isinstance(value, int) else 0
    if not isinstance(value, str | bool) and (math.isnan(value) or value < least):
        raise UsageError(f"Setting {key} = {value} is out of range.", f"Give a number from {least}.")


def models_dir() -> Path:
    """Folder of the models: ``CONGVAN_MODELS``, else inside the installed package, else ``models/`` of the checkout."""
    override = os.environ.get("CONGVAN_MODELS")
    if override:
        return Path(override)
    inside = Path(__file__).parent / "models"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "models"
