"""Reading a body within a limit that counts unpacked bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import httpx2

from careerforge.http.errors import Refused, TooLarge, Unreachable

PIECE = 262_144
GZIP_MAGIC = b"\x1f\x8b"


def read_body(response: httpx2.Response, max_bytes: int, host: str) -> bytes:
    """The whole unpacked body.

    Raises TooLarge once sent or unpacked bytes pass `max_bytes` (at most one piece more is in memory then),
    Refused for stacked or unknown packings, Unreachable for a packing that is a lie or breaks off.
    """
    coding = _coding(response)
    too_large = TooLarge(f"The source sends more than {max_bytes / 1e6:.3g} MB.", "too_large")
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared[:20]) > max_bytes:
        raise too_large
    pieces: list[bytes] = []
    size = 0
    for piece in _unpack(_counted(response, max_bytes, too_large), coding, host):
        size += len(piece)
        if size > max_bytes:
            raise too_large
        pieces.append(piece)
    return b"".join(pieces)


def _coding(response: httpx2.Response) -> str:
    header = response.headers.get("content-encoding", "").lower()
    codings = [
        name for name in (token.strip() for token in header.split(",")) if name not in {"", "identity"}
    ]
    if len(codings) > 1 or not set(codings) <= {"gzip", "deflate"}:
        raise Refused("The source packs its answer in a way that is not accepted.", "encoding")
    return codings[0] if codings else ""


def _counted(response: httpx2.Response, max_bytes: int, too_large: TooLarge) -> Iterator[bytes]:
    sent = 0
    for raw in response.iter_raw():
        sent += len(raw)
        if sent > max_bytes + 65_536:
            raise too_large
        yield raw


def _unpack(raw: Iterator[bytes], coding: str, host: str) -> Iterator[bytes]:
    if not coding:
        yield from raw
        return
    broken = Unreachable(f"The packed answer of {host} could not be unpacked.", "encoding")
    unpacker = None
    for data in raw:
        try:
            while data:
                if unpacker is None or unpacker.eof:
                    unpacker = zlib.decompressobj(_window(coding, data))
                yield unpacker.decompress(data, PIECE)
                data = unpacker.unconsumed_tail or unpacker.unused_data
                if unpacker.eof and not data.startswith(GZIP_MAGIC):
                    # padding behind the last member
                    break
        except zlib.error:
            raise broken from None
    if unpacker is not None and not unpacker.eof:
        raise broken


def _window(coding: str, start: bytes) -> int:
    """zlib's word for the format. Some servers send deflate without its header, whose check sum decides."""
    if coding == "gzip":
        return zlib.MAX_WBITS | 16
    is_zlib = len(start) > 1 and start[0] & 15 == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS
