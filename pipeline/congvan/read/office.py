"""Old Office files (DOC, RTF, XLS), converted by LibreOffice and read as what it makes of them.

LibreOffice keeps the font of each run and the soft hyphen, which is a letter of TCVN3. It runs in a profile of its own that is
thrown away, so that neither settings nor macros of the user take part, and is ended with all its children when the time is over.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from pathlib import Path
from shutil import which

from congvan.config import Config
from congvan.document import RawDocument, Source
from congvan.errors import DamagedInput, InputTooLarge, MissingDependency
from congvan.read.sniff import DOC, RTF, XLS

_PROGRAMS = ("soffice", "libreoffice")
_LONGEST = 180.0  # seconds for one file, where the configuration allows more
# media type -> suffix of the input, format to convert to, filter of LibreOffice, package of Debian that has it
_WAYS = {
    DOC: (".doc", "docx", "MS Word 2007 XML", "libreoffice-writer-nogui"),
    RTF: (".rtf", "docx", "MS Word 2007 XML", "libreoffice-writer-nogui"),
    XLS: (".xls", "html", "HTML (StarCalc)", "libreoffice-calc-nogui"),
}


def read_office(data: bytes, media_type: str, source: Source, config: Config) -> RawDocument:
    """A Word 97 document, an RTF document or an Excel 97 worksheet.

    Raises:
        MissingDependency: LibreOffice is not installed. InputTooLarge: it takes too long, or makes too much of the file.
        DamagedInput: it cannot open the file, which may also need a password.
    """
    suffix, target, convert, package = _WAYS[media_type]
    made = _converted(data, suffix, f"{target}:{convert}", package, source.path, config)
    if target == "html":
        from congvan.read.html import read_html

        return read_html(made, source)
    from congvan.read.docx import read_docx

    return read_docx(made, source, config)


def _converted(data: bytes, suffix: str, target: str, package: str, name: str, config: Config) -> bytes:
    """The file in another format; ``target`` as LibreOffice calls it."""
    program = next((found for p in _PROGRAMS if (found := which(p))), None)
    if program is None:
        raise MissingDependency(
            f"{name} is an old Office file, and LibreOffice, which converts it, is not installed.",
            f"Install it (Debian: apt-get install {package}), or save the file as DOCX.",
        )
    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        root = Path(folder)
        (root / f"a{suffix}").write_bytes(data)
        call = [program, f"-env:UserInstallation={(root / 'profile').as_uri()}", "--headless", "--norestore"]
        call += ["--nolockcheck", "--convert-to", target, "--outdir", str(root / "out"), str(root / f"a{suffix}")]
        said = _run(call, min(config.max_seconds or _LONGEST, _LONGEST), name)
        made = next(iter((root / "out").glob("a.*")), None)
        if made is None:
            raise DamagedInput(
                f"{name} cannot be opened by LibreOffice{f': {said}' if said else ''}.",
                f"If it has a password, save a copy without; else get it again, or check that {package} is installed.",
            )
        if made.stat().st_size > config.max_bytes:
            raise InputTooLarge(
                f"{name} is {made.stat().st_size:,} bytes when converted, the limit is {config.max_bytes:,}.",
                "If the file is genuine, raise the setting max_bytes (environment variable CONGVAN_MAX_BYTES).",
            )
        return made.read_bytes()


def _run(call: list[str], seconds: float, name: str) -> str:
    """Run a program with a time limit; what it said on its error output, in one line."""
    with subprocess.Popen(
        call, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            _, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as err:
            raise InputTooLarge(
                f"{name} takes LibreOffice longer than {seconds:g} seconds to convert.",
                "Save it as DOCX and try again.",
            ) from err
        finally:
            if process.poll() is None:  # also where the caller is interrupted
                os.killpg(process.pid, signal.SIGKILL)
    return " ".join(said.decode("utf-8", "replace").split())
