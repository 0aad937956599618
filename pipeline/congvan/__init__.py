"""congvan reads Vietnamese administrative documents (công văn): it repairs garbled text and extracts structured records.

>>> import congvan
>>> congvan.repair("Chā tịch Āy ban nhân dân").text
'Chủ tịch Ủy ban nhân dân'

``congvan.parse(path)`` gives the records of a file, ``record.to_frame("obligations")`` a pandas table of its obligations.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from congvan._version import __version__

if TYPE_CHECKING:
    from congvan.config import Config
    from congvan.errors import CongvanError
    from congvan.parse import parse, parse_bytes, repair
    from congvan.record import Record

__all__ = ["Config", "CongvanError", "Record", "__version__", "parse", "parse_bytes", "repair"]

_HOMES = {
    "Config": "congvan.config",
    "CongvanError": "congvan.errors",
    "Record": "congvan.record",
    "parse": "congvan.parse",
    "parse_bytes": "congvan.parse",
    "repair": "congvan.parse",
}


class _Package(ModuleType):
    """The package. Its verbs ``parse`` and ``repair`` win over the submodules of the same name, which the import system
    would bind here; those are reached by their full names (``from congvan.repair import ...``)."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: ``import congvan`` stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module 'congvan' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


sys.modules[__name__].__class__ = _Package
