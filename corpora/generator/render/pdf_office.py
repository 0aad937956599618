"""PDF as LibreOffice exports it: many Word files in one run of the program."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from shutil import which

from corpora.generator.render.pdf_fixed import fixed
from corpora.generator.render.peers import Missing


def office_pdfs(files: Mapping[str, bytes], *, timeout: float = 600) -> dict[str, bytes]:
    """Word files as PDFs under the same names; the same bytes each time with the same LibreOffice and fonts.

    One start of LibreOffice takes longer than twenty letters, so that all go through one. Its profile is its own, in a
    folder that is removed, so that neither an open LibreOffice nor settings of the user matter.

    Args:
        files: DOCX by name. Their font should be installed, or LibreOffice takes another.
        timeout: seconds for all of them.

    Raises:
        Missing: LibreOffice is not installed.
        RuntimeError: it failed, or left a file out; the message holds what it said.
        subprocess.TimeoutExpired: it took longer than ``timeout``.
    """
    if not files:
        return {}
    program = which("soffice")
    if program is None:
        raise Missing("LibreOffice is not installed: apt-get install libreoffice-writer-nogui.")
    with tempfile.TemporaryDirectory(prefix="congvan-office-") as folder:
        root = Path(folder)
        (root / "in").mkdir()
        # Names of our own: those of the caller may not be names of files.
        numbered = {f"{n:06}": name for n, name in enumerate(sorted(files))}
        for number, name in numbered.items():
            (root / "in" / f"{number}.docx").write_bytes(files[name])
        call = [program, f"-env:UserInstallation={(root / 'profile').as_uri()}", "--headless", "--norestore"]
        call += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", str(root / "out")]
        call += [str(root / "in" / f"{number}.docx") for number in numbered]
        run = subprocess.run(call, capture_output=True, text=True, errors="replace", timeout=timeout, check=False)
        lost = [name for number, name in numbered.items() if not (root / "out" / f"{number}.pdf").exists()]
        if run.returncode or lost:
            said = (run.stderr or run.stdout).strip()
            raise RuntimeError(f"LibreOffice made no PDF of {', '.join(lost) or 'some files'}: {said}")
        return {name: fixed((root / "out" / f"{number}.pdf").read_bytes()) for number, name in numbered.items()}
