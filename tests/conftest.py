"""Fixtures that all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def glyphs_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What imports learn of fonts goes to a file of this run, not to the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONGVAN_GLYPHS", str(tmp_path_factory.mktemp("glyphs") / "glyphs.sqlite"))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of seeds, gold and corpora that lives outside the repository."""
    path = Path(os.environ.get("CONGVAN_SHARED", ROOT.parent / "shared"))
    if not path.is_dir():
        pytest.skip(f"no shared material at {path} (set CONGVAN_SHARED)")
    return path
