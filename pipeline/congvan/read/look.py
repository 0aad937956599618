"""How text is drawn, in the formats that say it by styles."""

from __future__ import annotations

from dataclasses import dataclass

from congvan.document import Run


@dataclass(frozen=True, slots=True)
class Look:
    """Font by name, size in points (0: unknown), and what else of the style matters here."""

    font: str = ""
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    raised: bool = False

    def run(self, text: str, font: int | None) -> Run:
        """A run of this look; ``font``: the index of its font in the document."""
        return Run(
            text, font=font, size=self.size, origin="sup" if self.raised else "body", bold=self.bold, italic=self.italic
        )
