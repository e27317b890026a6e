"""Undo the compression of a reply's body, piece by piece: a few bytes may stand for gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import httpx

#: What is asked for. Whatever else a server may send is refused, and so is a body compressed twice.
ACCEPTED_CODING = "gzip"
#: Most bytes that one step makes.
_PIECE = 1024 * 1024
_GZIP_NAMES = frozenset({"gzip", "x-gzip"})
_IS_GZIP = zlib.MAX_WBITS | 16


def plain_parts(response: httpx.Response) -> Iterator[bytes]:
    """Yield the body of a reply in parts of bounded size; some are empty.

    Raises:
        httpx.DecodingError: it is compressed as was not asked for, or broken.
        httpx.TransportError: it did not come to its end.
    """
    named = response.headers.get_list("content-encoding", split_commas=True)
    codings = [name for name in (each.strip().lower() for each in named) if name not in ("", "identity")]
    stream = response.stream
    if not isinstance(stream, httpx.SyncByteStream):
        raise TypeError("the client waits: its replies are no asynchronous ones")
    if not codings:
        return iter(stream)
    if len(codings) > 1 or codings[0] not in _GZIP_NAMES:
        raise httpx.DecodingError("a content coding that was not asked for")
    return _unpacked(stream)


def _unpacked(packed: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_IS_GZIP)
    is_empty = True
    for part in packed:
        is_empty = is_empty and not part
        rest = part
        while rest and not unpacker.eof:
            try:
                made = unpacker.decompress(rest, _PIECE)
            except zlib.error as error:
                raise httpx.DecodingError(str(error)) from error
            yield made
            rest = unpacker.unconsumed_tail
        yield b""  # so that whoever takes the parts can stop, whether something came of them or not
    yield unpacker.flush(_PIECE)
    if not unpacker.eof and not is_empty:
        raise httpx.DecodingError("the compressed body ends early")
