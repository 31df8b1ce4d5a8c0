"""The hash chain over everything that happened: each line holds the digest of the one before it (K41).

Bytes in, bytes out. What a line says is written with the lengths of its parts in front, so that no two lines
are the same bytes. Words and bodies are in it by a salted digest only: they can be erased, and the chain
still stands. Signed heads say where it stood at a certain time, and each holds the one before.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

BEGINNING = hashlib.sha256(b"bangban cases 1").digest()
"""What stands before the first line of the cases."""
HOUSE_BEGINNING = hashlib.sha256(b"bangban house 1").digest()
"""The same of the house: accounts, exports, settings; whatever belongs to no case."""

SALT = 16
ERASED = "erased"
"""The line after which words and bodies of the case's earlier lines may be gone."""
BEGUN = "chain_begun"
"""The line of the house that says up to where lines were older than the chain itself."""
NOTE_KEPT = "note_kept"
"""A save was refused and its text kept as a side note."""

_KINDS = {str: b"s", int: b"i", bytes: b"b"}

Value = str | int | bytes | None


class Line(NamedTuple):
    """What one line says, as the bytes it is kept in. A line of the house has no case and no `seq`."""

    n: int
    case: bytes
    seq: int
    at: bytes
    actor: bytes
    role: bytes
    kind: bytes
    epoch: int
    note: bytes
    content: bytes
    """Of words and body; empty where the line has none."""
    row: bytes
    """Of the case as it stood after this line."""
    beside: bytes
    """Of rows elsewhere that the line speaks of; empty where there are none."""


def content_of(salt: bytes, words: bytes | None, body: bytes | None) -> bytes:
    """The digest that stays when words and body are erased; the salt goes with them, so that nobody can
    try out what they were."""
    return digest_of((b"content", salt, words, body))


def link_of(before: bytes, line: Line) -> bytes:
    """The digest of the line and of all that was before it."""
    n, case, seq, at, actor, role, kind, epoch, note, content, row, beside = line
    form = (
        f"{n} {seq} {epoch} {len(case)} {len(at)} {len(actor)} {len(role)} {len(kind)} {len(note)}"
        f" {len(content)} {len(row)} {len(beside)}\n"
    )
    parts = (before, form.encode(), case, at, actor, role, kind, note, content, row, beside)
    return hashlib.sha256(b"".join(parts)).digest()


def digest_of(values: Iterable[Value]) -> bytes:
    """Of any row: each value with its kind and length, so that nothing can move from one to the next."""
    parts: list[bytes] = []
    for value in values:
        if value is None:
            parts.append(b"n;")
            continue
        plain = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")
        parts.append(b"%b%d:%b;" % (_KINDS[type(value)], len(plain), plain))
    return hashlib.sha256(b"".join(parts)).digest()


class Head(NamedTuple):
    """Where both books stood at a time, signed by the box."""

    n: int
    link: bytes
    house_n: int
    house_link: bytes
    at: str
    key_id: str
    before: bytes
    """Digest of the head before this one, with its signature."""
    signature: bytes

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        return b"bangban head 1\n" + digest_of(self[:-1])

    @property
    def digest(self) -> bytes:
        """What the next head holds of this one."""
        return hashlib.sha256(self.signed + self.signature).digest()

    @property
    def short(self) -> str:
        """For paper, and to read over the telephone: the line's number and sixty bits of its digest."""
        return short_of(self.n, self.link)


_SIGNS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""Crockford's: no I, L, O or U, which are mistaken for others."""


def short_of(n: int, link: bytes) -> str:
    """`1204 7K3Q-0M9P-XW2A`"""
    signs = base64.b32encode(link[:10]).decode().translate(_SIGNS)
    return f"{n} {signs[:4]}-{signs[4:8]}-{signs[8:12]}"


_WORD = "bangban-head"


def head_line(head: Head) -> str:
    """One line of a text file."""
    signs = (head.link.hex(), str(head.house_n), head.house_link.hex(), head.at, head.key_id)
    return " ".join((_WORD, "1", str(head.n), *signs, head.before.hex(), head.signature.hex()))


class Noted(NamedTuple):
    """A head that was noted somewhere else: whole, or the short form from paper."""

    n: int
    short: str
    head: Head | None


def read_note(line: str) -> Noted | None:
    """A line of such a file, or what was typed from paper; None where it is neither."""
    words = line.split()
    if words[:2] == [_WORD, "1"] and len(words) == 10:
        head = _read_head(words[2:])
        return None if head is None else Noted(head.n, head.short, head)
    if len(words) == 2 and words[0].isdecimal() and len(words[1]) == 14:
        return Noted(int(words[0]), f"{int(words[0])} {words[1].upper()}", None)
    return None


def _read_head(words: Sequence[str]) -> Head | None:
    n, link, house_n, house_link, at, key_id, before, signature = words
    try:
        books = (int(n), bytes.fromhex(link), int(house_n), bytes.fromhex(house_link))
        return Head(*books, at, key_id, bytes.fromhex(before), bytes.fromhex(signature))
    except ValueError:
        return None
