"""Where each field lies in the 256-byte text block: (start, size) in bytes, UTF-16LE."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.identity.card import CardKind

Spans = tuple[tuple[int, int], ...]
"""The pieces of one field, in reading order."""

BLOCK_SIZE = 256
KIND_AT = 248
KINDS = {"I": CardKind.FOREIGN_2017, "J": CardKind.HMT, "Y": CardKind.FOREIGN_2023}
"""By the character at KIND_AT; any other one is a resident card."""

_COMMON: Mapping[str, Spans] = {
    "name": ((0, 30),),
    "sex_code": ((30, 2),),
    "birth": ((36, 16),),
    "number": ((122, 36),),
    "valid_from": ((188, 16),),
    "valid_to": ((204, 16),),
}

ADDRESS_SIZE = 70
"""Bytes of the printed address, and of each one appended later."""
MOST_ADDRESSES = 4
"""That can be appended."""

LAYOUTS: Mapping[CardKind, Mapping[str, Spans]] = {
    CardKind.RESIDENT: {
        **_COMMON,
        "ethnic_code": ((32, 4),),
        "address": ((52, 70),),
        "authority": ((158, 30),),
    },
    CardKind.HMT: {
        **_COMMON,
        "address": ((52, 70),),
        "authority": ((158, 30),),
        "pass_number": ((220, 18),),
        "issue_count": ((238, 4),),
    },
    CardKind.FOREIGN_2023: {
        **_COMMON,
        "issue_count": ((32, 4),),
        "name_latin": ((52, 70), (220, 22)),
        "nationality": ((242, 6),),
    },
    CardKind.FOREIGN_2017: {
        "name_latin": ((0, 120),),
        "sex_code": ((120, 2),),
        "number": ((122, 30),),
        "nationality": ((152, 6),),
        "name": ((158, 30),),
        "valid_from": ((188, 16),),
        "valid_to": ((204, 16),),
        "birth": ((220, 16),),
        "authority": ((240, 8),),
    },
}


def compose(kind: CardKind, texts: Mapping[str, str]) -> bytes:
    """The text block that holds these texts, padded with spaces; what does not fit is cut.

    Raises KeyError for a field that this kind of card does not have.
    """
    block = bytearray(" ".encode("utf-16-le") * (BLOCK_SIZE // 2))
    for name, text in texts.items():
        stored = text.encode("utf-16-le", "surrogatepass")
        for start, size in LAYOUTS[kind][name]:
            piece, stored = stored[:size], stored[size:]
            block[start : start + len(piece)] = piece
    for mark, marked in KINDS.items():
        if marked is kind:
            block[KIND_AT : KIND_AT + 2] = mark.encode("utf-16-le")
    return bytes(block)
