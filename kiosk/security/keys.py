"""The site's key, and what is made with it: a stable name for a person that tells nobody who it is."""

from __future__ import annotations

import hmac
import os
import secrets
import unicodedata
from contextlib import suppress
from pathlib import Path

from kiosk.durable import sync

KEY_BYTES = 32
FILE_NAME = "site.key"


class KeyTrouble(Exception):
    """The key file is there but cannot be a key. Nothing is replaced: the old cases hang on it."""


def site_key(state_dir: Path) -> bytes:
    """The key of this box: 32 random bytes, made once, for its owner's eyes only."""
    path = state_dir / FILE_NAME
    if not path.exists():
        make_secret(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise KeyTrouble(f"{FILE_NAME} has {len(key)} bytes instead of {KEY_BYTES}")
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return key


def person_key(number: str, key: bytes) -> str:
    """The same person's key on every visit to this site, from an identity number however it was typed."""
    plain = unicodedata.normalize("NFKC", number)
    kept = "".join(sign for sign in plain if sign.isalnum()).upper()
    return hmac.digest(key, b"person:" + kept.encode(), "sha256").hex()


def member_key(number: str, key: bytes) -> str:
    """The same member card's key on every visit to this site; never that of a person."""
    return hmac.digest(key, b"member:" + number.strip().upper().encode(), "sha256").hex()


def make_secret(path: Path) -> None:
    """32 random bytes for the owner's eyes only.

    Written whole under another name, then linked: two programs starting at once agree on one key.
    """
    written = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secrets.token_bytes(KEY_BYTES))
        os.fsync(handle)
        with suppress(FileExistsError):
            os.link(written, path)
    finally:
        os.close(handle)
        written.unlink()
    sync(path.parent)
