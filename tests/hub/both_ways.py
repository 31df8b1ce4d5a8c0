"""The ways of new kiosks to one hub: to its database itself, and over HTTPS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.https import HttpsLink
from kiosk.hub.link import Link
from kiosk.hub.members import Kind
from kiosk.hub.speaking_for import SpeakingFor
from tests.hub.https_hub import open_office, serving
from tests.hub.hubs import Hub

NewLink = Callable[[str], Link]
WAYS = ["direct", "https"]


@contextmanager
def links(hub: Hub, centre: str, office_folder: Path, way: str) -> Iterator[NewLink]:
    """Given a name, a new kiosk of the centre and its way; `way`: one of WAYS."""
    with ExitStack() as closing:
        if way == "https":
            office = open_office(office_folder)
            speaking = SpeakingFor(entering(Entry(hub.member(Kind.SERVER, "front"))))
            closing.callback(speaking.close)
            address = closing.enter_context(serving(office, speaking))

        def link(name: str) -> Link:
            entry = Entry(hub.kiosk(name, centre))
            made: Link = DirectLink(entering(entry))
            if way == "https":
                made = HttpsLink(address, office.papers(f"bb_kiosk_{name}"))
            closing.callback(made.close)
            return made

        yield link
