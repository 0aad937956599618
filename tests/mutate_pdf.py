"""Damages a PDF in a way that follows from a number: bytes, objects, fonts, CMaps. For the fuzz tests."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import pikepdf

_ODD = (0, -1, 2**31, 0.0001, True, None, "/Odd", "text", [], {})


def mutated(data: bytes, seed: int) -> bytes:
    """The file with a few mutations of one kind."""
    draw = random.Random(f"mutated {seed}")
    way = draw.choice(_WAYS)
    try:
        return way(data, draw)
    except Exception:  # the file, or what a mutation made of it, cannot be written: change bytes instead
        return _bytes(data, draw)


def _bytes(data: bytes, draw: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(draw.choice((1, 3, 10, 100))):
        at = draw.randrange(len(out))
        match draw.randrange(4):
            case 0:
                out[at] = draw.randrange(256)
            case 1:
                del out[at : at + draw.randrange(1, 30)]
            case 2:
                out[at:at] = draw.randbytes(draw.randrange(1, 30))
            case _:
                out[at : at + 8] = out[draw.randrange(len(out)) :][:8]
        if not out:
            break
    return bytes(out)


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(20, len(data))]


def _objects(data: bytes, draw: random.Random) -> bytes:
    """Values of dictionaries and arrays replaced, taken away, or led back to another object."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        things = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array)]
        for _ in range(draw.choice((1, 2, 6))):
            thing = draw.choice(things)
            if isinstance(thing, pikepdf.Array):
                if len(thing):
                    thing[draw.randrange(len(thing))] = _odd(draw, things)
                continue
            keys = sorted(thing.keys())
            if not keys:
                continue
            key = draw.choice(keys)
            if draw.random() < 0.3 and key != "/Length":
                del thing[key]
            elif key != "/Length":
                thing[key] = _odd(draw, things)
        return _saved(pdf)


def _odd(draw: random.Random, things: list[Any]) -> Any:
    if draw.random() < 0.4:
        return draw.choice(things)
    value = draw.choice(_ODD)
    if value == "/Odd":
        return pikepdf.Name("/Odd")
    if isinstance(value, list):
        return pikepdf.Array([])
    return pikepdf.Dictionary() if isinstance(value, dict) else value


def _streams(keys: tuple[str, ...]) -> Callable[[bytes, random.Random], bytes]:
    """Bytes inside the streams that are found under some keys."""

    def change(data: bytes, draw: random.Random) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found = [
                o[key]
                for o in pdf.objects
                if isinstance(o, pikepdf.Dictionary)
                for key in keys
                if isinstance(o.get(key), pikepdf.Stream)
            ]
            for stream in found:
                if draw.random() < 0.7:
                    content = stream.read_bytes()
                    stream.write(
                        _cut(content, draw) if draw.random() < 0.2 and len(content) > 21 else _bytes(content, draw)
                    )
            return _saved(pdf)

    return change


def _cmaps(data: bytes, draw: random.Random) -> bytes:
    """CMaps with entries that break the format or lead far away."""
    odd = (
        b"1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\n",
        b"1 beginbfrange\n<0000> <FFFF> [<0041> <00",
        b"2 beginbfchar\n<03> <D800> <04> <DC00DC00>\nendbfchar\n",
        b"1 beginbfchar\n<0003> <" + b"0041" * 500 + b">\nendbfchar\n",
        b"99999999 beginbfchar\n" + b"<0003><0041>" * 2000 + b"\nendbfchar\n",
        b"1 beginbfrange <FFFF> <0000> <10FFFF> endbfrange",
        b"<" * 3000,
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for o in pdf.objects:
            if isinstance(o, pikepdf.Dictionary) and isinstance(o.get("/ToUnicode"), pikepdf.Stream):
                content = o["/ToUnicode"].read_bytes()
                at = draw.randrange(len(content) + 1)
                o["/ToUnicode"] = pdf.make_stream(content[:at] + draw.choice(odd) + content[at:])
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _bytes,
    _cut,
    _objects,
    _objects,
    _streams(("/FontFile2", "/FontFile3", "/FontFile", "/CIDToGIDMap")),
    _streams(("/ToUnicode",)),
    _streams(("/Contents",)),
    _cmaps,
)
