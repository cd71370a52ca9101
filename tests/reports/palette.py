"""Small PNG files: an image of a page has few colours, so that 256 of them lose nothing that can be seen."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLOURS = 256
DECODE = """async png => {
    const bytes = Uint8Array.from(atob(png), character => character.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const data = context.getImageData(0, 0, image.width, image.height).data;
    let text = '';
    for (let start = 0; start < data.length; start += 32768) {
        text += String.fromCharCode(...data.subarray(start, start + 32768));
    }
    return [image.width, image.height, btoa(text)];
}"""


def reduced(png: bytes, page: Any) -> bytes:
    """Return the image as a PNG of at most 256 colours; ``page`` is an empty page of a browser, which decodes it."""
    width, height, text = page.evaluate(DECODE, base64.b64encode(png).decode())
    pixels = np.frombuffer(base64.b64decode(text), np.uint8).reshape(height * width, 4)[:, :3].astype(np.int32)
    codes, place, counts = np.unique(
        pixels[:, 0] << 16 | pixels[:, 1] << 8 | pixels[:, 2], return_inverse=True, return_counts=True
    )
    kept = codes[np.argsort(-counts, kind="stable")[:COLOURS]]
    return _encoded(_nearest(codes, kept)[place].reshape(height, width).astype(np.uint8), kept)


def _channels(codes: NDArray[Any]) -> NDArray[Any]:
    return np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=-1)


def _nearest(codes: NDArray[Any], kept: NDArray[Any]) -> NDArray[Any]:
    """Return for each colour the place of the nearest one that is kept."""
    palette = _channels(kept)
    parts = np.array_split(_channels(codes), max(1, len(codes) // 4096))
    return np.concatenate([((part[:, None] - palette[None]) ** 2).sum(axis=-1).argmin(axis=1) for part in parts])


def _encoded(indices: NDArray[np.uint8], kept: NDArray[Any]) -> bytes:
    height, width = indices.shape
    lines = np.concatenate([np.zeros((height, 1), np.uint8), indices], axis=1).tobytes()
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", _channels(kept).astype(np.uint8).tobytes())
        + _chunk(b"IDAT", zlib.compress(lines, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
