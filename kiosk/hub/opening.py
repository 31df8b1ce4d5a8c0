"""From the settings to the way there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import Hub
from kiosk.hub.link import Link

if TYPE_CHECKING:
    from kiosk.hub.direct import Entry


def open_link(hub: Hub, patience: float | None = None) -> Link:
    """Nothing is asked of the hub yet. Raises LinkTrouble where the certificates cannot be used.

    `patience`: seconds in which something must move, where somebody waits for the answer.
    """
    if hub.over_https:
        from kiosk.hub.https import TIMEOUT, HttpsLink, Papers

        papers = Papers(
            Path(hub.certificate), Path(hub.key), Path(hub.authority), bytes.fromhex(hub.receipt_key)
        )
        return HttpsLink(hub.address, papers, patience or TIMEOUT)
    from kiosk.hub.direct import DirectLink, entering

    return DirectLink(entering(entry_of(hub), patience))


def entry_of(hub: Hub) -> Entry:
    """To the database itself."""
    from kiosk.hub.direct import Entry

    return Entry(
        hub.address, _file(hub.password_file), _file(hub.authority), _file(hub.certificate), _file(hub.key)
    )


def desk_address(hub: Hub) -> str:
    """How a desk comes in, complete but for what lies in files."""
    from psycopg.conninfo import make_conninfo

    from kiosk.hub.direct import parameters

    return make_conninfo(**parameters(entry_of(hub)))


def _file(name: str) -> Path | None:
    return Path(name) if name else None
