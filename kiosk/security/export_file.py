"""An export as a file: closed under a code of 128 bits that is shown once and kept nowhere.

    "BBX" version | length of the head | head, readable: who, when, how many | closed body

The code is drawn, never chosen: nobody guesses it. The head is part of what is closed; changed, the file
does not open.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.security.derive import derived
from kiosk.security.envelope import SealTrouble, unwrap, wrap
from kiosk.security.recovery import BITS, code_of, secret_of

MAGIC = b"BBX\x01"
SUFFIX = ".bbx"
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Head:
    """What may be read without the code."""

    at: str
    """As the clock on the wall at the site showed it."""
    centre: str
    by: str
    confirmed_by: str
    count: int


class NotOpened(Exception):
    """A file that is none, was changed, or has another code."""


def closed(head: Head, body: str) -> tuple[bytes, str]:
    """The file, and the code that opens it."""
    secret = os.urandom(BITS // 8)
    told = json.dumps(asdict(head), ensure_ascii=False).encode()
    sealed = wrap(derived(secret, "export"), body.encode(), _purpose(told))
    return MAGIC + _LENGTH.pack(len(told)) + told + sealed, code_of(secret)


def head_of(file: bytes) -> Head:
    """Whose it is, before anybody is asked for the code. Raises NotOpened."""
    return _head(_parts(file)[0])


def opened(file: bytes, code: str) -> tuple[Head, str]:
    """Raises NotOpened, and CodeFault where the code was not typed right."""
    told, sealed = _parts(file)
    try:
        body = unwrap(derived(secret_of(code), "export"), sealed, _purpose(told))
    except SealTrouble:
        raise NotOpened from None
    return _head(told), body.decode()


def keep(file: bytes, folder: Path, name: str) -> Path:
    """Written anew under that name, whole or not at all, for its owner's eyes only. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = folder / name
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(file)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    return made


def _parts(file: bytes) -> tuple[bytes, bytes]:
    start = len(MAGIC) + _LENGTH.size
    if not file.startswith(MAGIC) or len(file) < start:
        raise NotOpened
    end = start + _LENGTH.unpack(file[len(MAGIC) : start])[0]
    if end > len(file):
        raise NotOpened
    return file[start:end], file[end:]


def _head(told: bytes) -> Head:
    try:
        return Head(**json.loads(told))
    except (ValueError, TypeError):
        raise NotOpened from None


def _purpose(told: bytes) -> str:
    return f"export {hashlib.sha256(told).hexdigest()}"
