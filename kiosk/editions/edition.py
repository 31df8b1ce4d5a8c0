"""An edition: all service files of a day, or its working calendar, signed as a whole by whoever publishes it.

It travels as bytes that nobody in between can change: the signature is over all of it, its number included.
Where it lies on the way (a hub, a stick) is of no matter. The signature is looked at before anything is read.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from kiosk.security.device_key import signed_by

LARGEST = 4 * 1024 * 1024
"""Bytes of all that is signed."""
MOST_FILES = 400
_FORM = 1
_BEGINS = b"bangban edition 1\n"
"""Before what is signed: a receipt's or a book's signature is never one of an edition."""
_LONGEST_SERIAL = 2**63
_LONGEST_NAME = 120


class Kind(StrEnum):
    """What is published."""

    SERVICES = "services"
    CALENDAR = "calendar"


_NAMES = {
    Kind.SERVICES: re.compile(r"(?:blocks/)?[^./\\\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]*\.toml"),
    Kind.CALENDAR: re.compile(r"\d{4}\.toml"),
}
_FOLDERS = {Kind.SERVICES: ("*.toml", "blocks/*.toml"), Kind.CALENDAR: ("*.toml",)}


class Why(StrEnum):
    """Why an edition was left as it was."""

    SIGNATURE = "signature"
    """It is not signed with a key that this box knows."""
    NOT_READ = "not_read"
    """It is signed, and this program does not understand its form."""
    OLDER = "older"
    """It was published before one that was here already."""
    UNSOUND = "unsound"
    """It has faults."""
    BY_HAND = "by_hand"
    """Somebody here went back to the one before."""


class Refused(Exception):
    """It is not taken. Nothing was changed."""

    def __init__(self, why: Why, names: Iterable[str] = ()) -> None:
        super().__init__(f"edition refused: {why}")
        self.why = why
        self.names = tuple(names)
        """Of the files with faults."""


class SigningKey(Protocol):
    """The private half of what boxes know."""

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Signed:
    """As it travels."""

    body: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    @property
    def digest(self) -> bytes:
        """By which it is known: SHA-256 of the body."""
        return hashlib.sha256(self.body).digest()


@dataclass(frozen=True, slots=True)
class Holding:
    """What a box says of itself when it asks for the newest of a kind."""

    kind: Kind
    held: bytes = b""
    """The digest of what is in use there; empty: none is."""
    left_out: bytes = b""
    """And of what was not taken, and why."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """What was signed."""

    kind: Kind
    serial: int
    """Higher than that of each one before."""
    made_at: datetime
    files: Mapping[str, bytes] = field(repr=False)
    """By name; a shared block's begins with `blocks/`."""


def serial_at(now: datetime) -> int:
    """The number of what is published at this moment, to go by hub or stick: milliseconds since 1970.

    By the clock, so that nobody has to keep count, and also after a hub was put back to a backup the next one
    is higher.
    """
    return int(now.timestamp() * 1000)


def files_in(folder: Path, kind: Kind) -> dict[str, bytes]:
    """What would be published of a folder, by name. Raises OSError."""
    found = sorted(path for pattern in _FOLDERS[kind] for path in folder.glob(pattern))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def signed(edition: Edition, key: SigningKey) -> Signed:
    """Raises ValueError where it is too large, or a file of it has a name that will not do or is no UTF-8."""
    files = {name: content.decode("utf-8") for name, content in edition.files.items()}
    _check_names(files, edition.kind)
    told = {
        "form": _FORM,
        "kind": edition.kind.value,
        "serial": edition.serial,
        "made_at": edition.made_at.astimezone(UTC).isoformat(),
        "files": files,
    }
    body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    if len(body) > LARGEST:
        raise ValueError(f"more than {LARGEST // 1024 // 1024} MiB")
    return Signed(body, key.sign(_BEGINS + body))


def opened(came: Signed, kind: Kind, keys: Iterable[bytes]) -> Edition:
    """What came, if one of the holders of `keys` (public halves, 32 bytes) signed it. Raises Refused."""
    if len(came.body) > LARGEST or not any(
        signed_by(key, _BEGINS + came.body, came.signature) for key in keys
    ):
        raise Refused(Why.SIGNATURE)
    try:
        edition = _read(json.loads(came.body))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise Refused(Why.NOT_READ) from None
    if edition.kind is not kind:
        # signed, but for another place: whoever carries it has exchanged them
        raise Refused(Why.SIGNATURE)
    return edition


def _read(told: Any) -> Edition:
    if told["form"] != _FORM or type(told["serial"]) is not int or not 0 < told["serial"] < _LONGEST_SERIAL:
        raise ValueError("form")
    kind, files = Kind(told["kind"]), {str(name): text.encode() for name, text in told["files"].items()}
    _check_names(files, kind)
    made_at = datetime.fromisoformat(told["made_at"])
    if made_at.tzinfo is None:
        raise ValueError("time")
    return Edition(kind, told["serial"], made_at, files)


def _check_names(files: Mapping[str, object], kind: Kind) -> None:
    """They become names in a folder."""
    if len(files) > MOST_FILES:
        raise ValueError(f"more than {MOST_FILES} files")
    for name in files:
        if not _NAMES[kind].fullmatch(name) or len(name.encode()) > _LONGEST_NAME:
            raise ValueError(f"{name}: a file of this name cannot be published")
