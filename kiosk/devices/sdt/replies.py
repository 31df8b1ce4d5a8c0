"""The payloads of the module's replies, cut into their parts. Pure; what does not fit is None or empty."""

from __future__ import annotations

from dataclasses import dataclass, field

_SHORTEST_TEXT = 220
"""One reader sends the text without its reserved end."""


@dataclass(frozen=True, slots=True)
class ReadReply:
    """The parts of a read reply; photo and fingerprints are counted, not kept."""

    text: bytes = field(repr=False)
    photo_len: int
    fingerprint_len: int = 0


def slice_read_reply(payload: bytes, fingerprints: bool = False) -> ReadReply | None:
    """Cut the payload of a reply to 30 01 (or 30 10: `fingerprints`); None when its lengths do not fit."""
    pairs = 3 if fingerprints else 2
    lengths = [int.from_bytes(payload[2 * i : 2 * i + 2], "big") for i in range(pairs)]
    start = 2 * pairs
    if len(payload) != start + sum(lengths) or lengths[0] < _SHORTEST_TEXT:
        return None
    return ReadReply(payload[start : start + lengths[0]], lengths[1], lengths[2] if fingerprints else 0)


def module_number(payload: bytes) -> str:
    """The module's own number as printed on it: it names the reader, not a person."""
    if len(payload) != 16:
        return ""
    parts = [int.from_bytes(payload[a:b], "little") for a, b in ((0, 2), (2, 4), (4, 8), (8, 12), (12, 16))]
    return "{:02d}.{:02d}-{:08d}-{:010d}-{:010d}".format(*parts)
