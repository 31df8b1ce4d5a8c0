"""Services or the working calendar on a stick: an edition as a file, and the box that takes it.

It is the edition that a hub would bring: signed alike, looked over alike, kept beside the one before
(`kiosk.editions`). A box without a hub is brought up to date in this way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from kiosk.editions import edition
from kiosk.editions.edition import LARGEST, Edition, Kind, Signed, SigningKey, Why, serial_at
from kiosk.editions.keeping import Editions, Kept
from kiosk.update.refused import Refused
from kiosk.update.rights import become_the_owner

_BEGINS = b"bangban edition on a stick 1 "
_SIGNATURE = 128
"""Hexadecimal digits, and a line end."""
_CODES = {Why.SIGNATURE: "signature", Why.NOT_READ: "sheet", Why.OLDER: "older", Why.UNSOUND: "unsound"}


def write(path: Path, kind: Kind, files: Mapping[str, bytes], key: SigningKey, now: datetime) -> Edition:
    """A new file with all of it, signed. Its number is the moment. Raises ValueError, OSError."""
    made = Edition(kind, serial_at(now), now.astimezone(UTC), files)
    signed = edition.signed(made, key)
    with path.open("xb") as file:
        file.write(_BEGINS + signed.signature.hex().encode() + b"\n" + signed.body)
    return made


def read(path: Path) -> Signed | None:
    """What came; None where the file is something else. Nothing in it is believed yet. Raises OSError."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        head = file.read(len(_BEGINS) + _SIGNATURE + 1)
        if not head.startswith(_BEGINS):
            return None
        try:
            signature = bytes.fromhex(head.removeprefix(_BEGINS).decode("ascii"))
        except ValueError:
            raise Refused("signature") from None
        return Signed(file.read(LARGEST + 1), signature)


def take(came: Signed, state: Path, keys: tuple[bytes, ...], today: date) -> tuple[Kind, Kept]:
    """Bring it into use on the box with this data folder, as the folder's owner. Raises Refused, OSError."""
    if not keys:
        raise Refused("no_publishers")
    kind = _said_to_be(came)
    become_the_owner(state)
    return kind, _telling_why(lambda: Editions(state, kind, keys).take(came, today))


def _said_to_be(came: Signed) -> Kind:
    """By its own words, which only say who is to look at the signature."""
    try:
        return Kind(json.loads(came.body)["kind"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused("signature") from None


def _telling_why(taking: Callable[[], Kept]) -> Kept:
    try:
        return taking()
    except edition.Refused as refused:
        names = ", ".join(refused.names)
        raise Refused(_CODES[refused.why], **({"name": names} if names else {})) from None
