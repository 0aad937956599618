"""A PDF through the Ghostscript that is installed, where it is one with the bug."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pikepdf

from corpora.generator.damage.tounicode import saved

# The C interpreter with the bug is in these versions; in 9.55 it must be asked for.
FIRST, LAST = (9, 55), (10, 0)
# seconds since 1970 of the dates in the output: 2023-01-01
_EPOCH = "1672531200"
_HELP = "Debian 12 has one with the bug: apt-get install ghostscript (10.0.0~dfsg-11)."
# accepts the name of a file in XMP ("uuid:93a9e992-1e7a-11fd-0000-52440543d528")
_UUID = re.compile(rb"uuid:[0-9a-f]{8}-[0-9a-f-]{27}")


class NoBuggyGhostscript(RuntimeError):
    """No Ghostscript with the ToUnicode bug is installed."""


def buggy_version() -> tuple[int, int]:
    """Version of the installed Ghostscript, where it has the bug.

    Raises:
        NoBuggyGhostscript: if none is installed, or one of another version.
    """
    program = shutil.which("gs")
    if program is None:
        raise NoBuggyGhostscript(f"No Ghostscript is installed. {_HELP}")
    shown = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    major, minor = (int(n) for n in shown.split(".")[:2])
    if not FIRST <= (major, minor) <= LAST:
        raise NoBuggyGhostscript(f"Ghostscript {shown} has no ToUnicode bug (9.55 to 10.00 have). {_HELP}")
    return major, minor


def genuine_gs(pdf: bytes) -> bytes:
    """The PDF as the installed Ghostscript writes it, with fixed dates and ids.

    The outlines are those of the input; pages are not turned by the direction of their text.

    Raises:
        NoBuggyGhostscript: if none is installed, or one of another version.
    """
    version = buggy_version()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        source.write_bytes(pdf)
        options = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", "-dAutoRotatePages=/None"]
        if version == FIRST:
            options.append("-dNEWPDF=true")
        subprocess.run(
            ["gs", *options, f"-sOutputFile={target}", str(source)],
            check=True,
            capture_output=True,
            env=os.environ | {"SOURCE_DATE_EPOCH": _EPOCH, "TZ": "UTC"},
        )
        return _fixed(target.read_bytes())


def _fixed(pdf: bytes) -> bytes:
    """Without what depends on the clock: the random name in the XMP packet and the id of the file."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        if "/Metadata" in file.Root:
            packet = file.Root.Metadata.read_bytes()
            file.Root.Metadata.write(_UUID.sub(b"uuid:00000000-0000-0000-0000-000000000000", packet))
        del file.trailer["/ID"]
        return saved(file)
