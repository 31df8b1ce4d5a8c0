"""Who speaks or listens once something is taken away."""

from __future__ import annotations

from voice.install.shelf import Installed, Kind, Shelf

_IN_TURN = {
    Kind.RECORDINGS: (Kind.RECORDINGS, Kind.VOICE),
    Kind.VOICE: (Kind.VOICE,),
    Kind.MODEL: (Kind.MODEL,),
}


def successor(shelf: Shelf, going: Installed, language: str, chosen: str = "") -> Installed | None:
    """The first that can do its work; None where that is left to the built-in voice, or to keys and touch.

    `chosen`: the one network that the settings want; no other speaks.
    """
    rest = [one for one in shelf.all() if one.name != going.name and language in one.languages]
    for kind in _IN_TURN[going.kind]:
        for one in rest:
            if one.kind is kind and (kind is not Kind.VOICE or chosen in ("", one.name)):
                return one
    return None
