"""PDF as a browser or a portal prints it: the print page through WeasyPrint."""

from __future__ import annotations

import hashlib
import importlib

from corpora.generator.model import File
from corpora.generator.render.peers import Missing, family
from corpora.generator.render.web import print_page


def weasyprint_pdf(file: File, face: str) -> bytes:
    """The file as a PDF in a face of :data:`corpora.generator.render.fonts.FACES`; the same bytes each time.

    Raises:
        Missing: WeasyPrint or Pango is not installed. MissingFont: the font is not.
    """
    page = print_page(file, family(face))
    try:
        weasyprint = importlib.import_module("weasyprint")  # a peer that need not be there, nor tell its types
    except ImportError as err:
        raise Missing("WeasyPrint is not installed: pip install weasyprint.") from err
    except OSError as err:  # the package is there, but cannot load Pango
        raise Missing("WeasyPrint needs Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0.") from err
    made: bytes = weasyprint.HTML(string=page).write_pdf(pdf_identifier=hashlib.md5(page.encode()).digest())
    return made
