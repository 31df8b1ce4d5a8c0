"""The centre's key pairs on this box: new ones, and those in the process that opens what is sealed.

Until staff have made theirs, a box has one pair whose private half lies in a file of its own: everything
works, and nothing is protected from whoever holds the box. That is said wherever staff look.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.durable import sync
from kiosk.security.derive import derived
from kiosk.security.envelope import KEY, key_id, public_of

CENTRE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """One key pair of a centre."""

    public: bytes
    private: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """How it is called in everything that is sealed to it."""
        return key_id(self.public)


class Keyring:
    """The private keys that are open in this process, and the box's own secret."""

    __slots__ = ("_lasting", "_lent", "_site")

    def __init__(self, site: bytes) -> None:
        self._site = site
        self._lasting: dict[bytes, bytes] = {}
        self._lent: dict[bytes, bytes] = {}

    @property
    def centre(self) -> Mapping[bytes, bytes]:
        """Private keys of the centre by their ids."""
        return {**self._lasting, **self._lent}

    @property
    def lying(self) -> tuple[bytes, ...]:
        """The ids of those that lie unprotected on the box."""
        return tuple(self._lasting)

    @property
    def drafts(self) -> bytes:
        """What the keys of drafts are wrapped under."""
        return derived(self._site, "drafts")

    def lie_open(self, keys: Mapping[bytes, bytes]) -> None:
        """These keys lie unprotected on the box: they are open whoever sits there."""
        self._lasting = dict(keys)

    def lend(self, keys: Mapping[bytes, bytes]) -> None:
        """Somebody has signed in, and opened these with it."""
        self._lent = dict(keys)

    def take_back(self) -> None:
        """Whoever signed in has left."""
        self._lent = {}


def new_pair() -> Pair:
    """A pair nobody has seen before."""
    private = os.urandom(KEY)
    return Pair(public_of(private), private)


def keep_unprotected(folder: Path, pair: Pair) -> None:
    """Lay the private half beside the site's key, for its owner's eyes only, safely on the disk."""
    path = _file(folder, pair.id)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, pair.private)
        os.fsync(handle)
    finally:
        os.close(handle)
    sync(folder)


def unprotected(folder: Path, one: bytes) -> bytes | None:
    """The private half that lies beside the site's key; None where there is none, or not a whole one."""
    try:
        private = _file(folder, one).read_bytes()
    except FileNotFoundError:
        return None
    return private if len(private) == KEY else None


def forget_unprotected(folder: Path, one: bytes) -> None:
    """Staff hold it now: write over it, then remove it."""
    path = _file(folder, one)
    with suppress(FileNotFoundError):
        handle = os.open(path, os.O_WRONLY)
        try:
            os.write(handle, bytes(KEY))
            os.fsync(handle)
        finally:
            os.close(handle)
        path.unlink()
        sync(folder)


def _file(folder: Path, one: bytes) -> Path:
    return folder / f"centre-{one.hex()}.key"
