"""Draw what the program found over the pages of a PDF: ``python tests/benchmarks/draw.py OUT FILE.pdf...``.

Zones grey, nodes of the outline blue, obligations red and green in turn, leads orange, coordinating agencies purple. For looking at: the
pictures go to OUT as PNG, one a page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from congvan.config import Config
from congvan.document import CleanDocument, Layout, Span
from congvan.record import Record

SCALE = 1.4  # pixels a point
COLOURS = {
    "zone": (150, 150, 150),
    "node": (30, 90, 220),
    "task": (210, 30, 30),
    "task2": (20, 140, 60),
    "lead": (240, 140, 0),
    "coordinating": (150, 40, 190),
}


def marks(clean: CleanDocument, layout: Layout, record: Record) -> Iterator[tuple[str, str, Span]]:
    """Kind, label and span of everything to draw."""
    for zone in layout.zones:
        yield "zone", zone.name, zone.span
    for node in layout.outline:
        start = node.span.start
        yield "node", node.id, Span(start, start + len(node.number) + 1)
    for n, task in enumerate(record.obligations):
        yield "task" if n % 2 == 0 else "task2", f"{n + 1}", Span(*task.span)
        for role in ("lead", "coordinating"):
            for agency in getattr(task, role):
                yield role, "", Span(*agency.span)


def draw(path: Path, out: Path) -> list[Path]:
    """The pages of a file with what was found in it; returns the pictures."""
    import pypdfium2
    from PIL import Image, ImageDraw, ImageFont

    from congvan.parse import clean_bytes, records_of
    from congvan.segment.bundle import documents_in
    from congvan.segment.layout import segment

    config = Config()
    clean = clean_bytes(path.read_bytes(), path.name, config)
    records = records_of(clean, config)
    pdf = pypdfium2.PdfDocument(path)
    pages: list[Image.Image] = [page.render(scale=SCALE).to_pil().convert("RGB") for page in pdf]
    font = ImageFont.load_default(11)
    for part, record in zip(documents_in(clean), records, strict=True):
        for kind, label, span in marks(part, segment(part), record):
            for place in part.places.of(span):
                picture = ImageDraw.Draw(pages[place.page - 1], "RGBA")
                box = [v * SCALE for v in place.box]
                colour = COLOURS[kind]
                if kind == "zone":
                    picture.rectangle([box[0] - 6, box[1] - 3, box[2] + 6, box[3] + 3], outline=colour)
                    picture.text((4, box[1]), label, fill=colour, font=font)
                else:
                    picture.rectangle(
                        [box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1], outline=colour, fill=(*colour, 40)
                    )
                    if label:
                        at = (box[0] - 40, box[1]) if kind == "node" else (box[2] + 8, box[1])
                        picture.text(at, label, fill=colour, font=font)
    out.mkdir(parents=True, exist_ok=True)
    names = [out / f"{path.stem}-{n}.png" for n in range(1, len(pages) + 1)]
    for name, picture in zip(names, pages, strict=True):
        picture.save(name)
    return names


def main(arguments: Sequence[str]) -> int:
    """Draw every file named behind the folder."""
    for name in arguments[1:]:
        for picture in draw(Path(name), Path(arguments[0])):
            print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
