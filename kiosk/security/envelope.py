"""Sealed bodies: whoever holds a public key closes them, only its private half opens them again.

Bytes in, bytes out. Suite 1: the body once with AES-256-GCM under a fresh key, and that key for every
recipient with HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM). What a body belongs to (`Binding`) is
part of both: laid into another case, it does not open.

    "BBE" version suite count | id, wrapped key (each) | nonce | body

A suite never changes; a new one gets a new number, and the old ones stay readable.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

MAGIC = b"BBE"
VERSION = 1
SUITE = 1
KEY = 32
ID = 8
_NONCE = 12
_TAG = 16
_WRAPPED = KEY + KEY + _TAG
"""The sender's point, the body's key, and its tag."""
_HEAD = len(MAGIC) + 3
_PURPOSE = b"bangban sealed body"


class Fault(StrEnum):
    """Why a body stays closed."""

    FORM = "form"
    """These are not the bytes of a sealed body, or too few of them."""
    SUITE = "suite"
    """Sealed by a newer program."""
    KEY = "key"
    """None of the keys at hand is one of its recipients."""
    BROKEN = "broken"
    """Something was changed, or it belongs somewhere else."""


class SealTrouble(Exception):
    """A body that does not open. Carries nothing of what is in it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"sealed body: {fault}")
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Binding:
    """What a body belongs to."""

    case_id: str
    part: str
    """Which body of the case: what was handed in, or what was added later."""
    service_id: str
    service_version: str
    centre: str

    def packed(self) -> bytes:
        """Each with its length before it, so that no two bindings have the same bytes."""
        texts = (self.case_id, self.part, self.service_id, self.service_version, self.centre)
        parts = [text.encode() for text in texts]
        return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def key_id(public: bytes) -> bytes:
    """The short name of a public key, as it stands in the head of what is sealed to it."""
    return hashlib.sha256(b"bangban key " + public).digest()[:ID]


def public_of(private: bytes) -> bytes:
    """The public half of an X25519 key."""
    return _private(private).public_key().public_bytes_raw()  # type: ignore[no-any-return]


def seal(plain: bytes, publics: Sequence[bytes], bound: Binding) -> bytes:
    """The body, closed; each of the private keys opens it, in this place only."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not publics:
        raise ValueError("a body that nobody could open")
    key, nonce, place = os.urandom(KEY), os.urandom(_NONCE), bound.packed()
    head = MAGIC + bytes((VERSION, SUITE, len(publics)))
    wrapped = b"".join(
        key_id(public) + _suite().encrypt(key, _public(public), info=_info(head, key_id(public), place))
        for public in publics
    )
    return head + wrapped + nonce + AESGCM(key).encrypt(nonce, plain, head + wrapped + place)


def unseal(sealed: bytes, privates: Mapping[bytes, bytes], bound: Binding) -> bytes:
    """The body that was sealed for this place; `privates` by their ids. Raises SealTrouble."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head, wrapped, rest = _parts(sealed)
    place = bound.packed()
    for one, closed in wrapped:
        if one not in privates:
            continue
        try:
            key = _suite().decrypt(closed, _private(privates[one]), info=_info(head, one, place))
            return AESGCM(key).decrypt(
                rest[:_NONCE], rest[_NONCE:], sealed[: len(sealed) - len(rest)] + place
            )
        except (InvalidTag, ValueError):
            raise SealTrouble(Fault.BROKEN) from None
    raise SealTrouble(Fault.KEY)


def recipients(sealed: bytes) -> tuple[bytes, ...]:
    """The ids of the keys that open it. Raises SealTrouble."""
    return tuple(one for one, _ in _parts(sealed)[1])


def wrap(key: bytes, plain: bytes, purpose: str) -> bytes:
    """Something small under a secret key that both sides have; opens for the same purpose only."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, purpose.encode())


def unwrap(key: bytes, wrapped: bytes, purpose: str) -> bytes:
    """What was wrapped. Raises SealTrouble."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(wrapped) < _NONCE + _TAG:
        raise SealTrouble(Fault.FORM)
    try:
        return AESGCM(key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], purpose.encode())
    except InvalidTag:
        raise SealTrouble(Fault.BROKEN) from None


def _parts(sealed: bytes) -> tuple[bytes, list[tuple[bytes, bytes]], bytes]:
    head, rest = sealed[:_HEAD], sealed[_HEAD:]
    if len(head) < _HEAD or not head.startswith(MAGIC):
        raise SealTrouble(Fault.FORM)
    version, suite, count = head[len(MAGIC) :]
    if (version, suite) != (VERSION, SUITE):
        raise SealTrouble(Fault.SUITE)
    each = ID + _WRAPPED
    if not count or len(rest) < count * each + _NONCE + _TAG:
        raise SealTrouble(Fault.FORM)
    slots = [rest[n * each : (n + 1) * each] for n in range(count)]
    return head, [(slot[:ID], slot[ID:]) for slot in slots], rest[count * each :]


def _info(head: bytes, recipient: bytes, place: bytes) -> bytes:
    return _PURPOSE + head + recipient + place


def _suite() -> Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _private(raw: bytes) -> Any:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(raw)


def _public(raw: bytes) -> Any:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return X25519PublicKey.from_public_bytes(raw)
