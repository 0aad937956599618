"""The XML of Office files by local names, so that the transitional and the strict namespace read alike."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree


def parse(data: bytes) -> etree._Element:
    """Root of a part. Entities and network are off: a part cannot expand or fetch anything.

    Raises:
        lxml.etree.XMLSyntaxError: malformed XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def local(e: etree._Element) -> str:
    """Name without namespace."""
    return e.tag.rpartition("}")[2] if isinstance(e.tag, str) else ""


def children(e: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """Direct children of a name."""
    if e is not None:
        yield from (c for c in e if local(c) == name)


def child(e: etree._Element | None, name: str) -> etree._Element | None:
    """First child of a name, or None."""
    return next(children(e, name), None)


def value(e: etree._Element, name: str) -> str:
    """Attribute by local name; "" where it is missing."""
    for key, found in e.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(found)
    return ""


def integer(text: str, default: int = 0) -> int:
    """A whole number of an attribute, or the default where it is none."""
    try:
        return int(text)
    except ValueError:
        return default


def switched_on(e: etree._Element | None) -> bool:
    """A toggle such as <w:b/>: on where it stands, unless its value says no."""
    return e is not None and value(e, "val") not in ("0", "false", "off", "none")
