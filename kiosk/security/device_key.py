"""The key with which this box signs how far its books are: made once, kept beside the site's key.

A hub signs its receipts in the same way, with a key of its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.security.keys import KEY_BYTES, KeyTrouble, make_secret

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FILE_NAME = "box.key"


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """Signs; its id and public half may be known to everybody."""

    id: str
    public: bytes
    _private: Ed25519PrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """64 bytes (Ed25519)."""
        return self._private.sign(message)


def device_key(state_dir: Path) -> DeviceKey:
    """Of this box, made where there is none yet. Raises KeyTrouble, OSError.

    Nothing is replaced: a new key could not vouch for what the old one signed.
    """
    return signing_key(state_dir / FILE_NAME)


def signing_key(path: Path) -> DeviceKey:
    """From this file, made where there is none yet. Raises KeyTrouble, OSError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    secret = _secret(path)
    if len(secret) != KEY_BYTES:
        raise KeyTrouble(f"{path.name} has {len(secret)} bytes instead of {KEY_BYTES}")
    private = Ed25519PrivateKey.from_private_bytes(secret)
    public = private.public_key().public_bytes_raw()
    return DeviceKey(key_id(public), public, private)


def secret_of(state_dir: Path) -> bytes:
    """What the key is made from, as it lies in the file. Raises OSError."""
    return _secret(state_dir / FILE_NAME)


def _secret(path: Path) -> bytes:
    if not path.exists():
        make_secret(path)
    return path.read_bytes()


def key_id(public: bytes) -> str:
    """Short, and the same wherever the key is named."""
    return hashlib.sha256(public).hexdigest()[:16]


def signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether whoever holds the private half signed exactly this."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
