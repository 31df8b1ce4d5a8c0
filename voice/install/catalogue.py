"""What is known to work, by name. What is not on the list can be installed all the same."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from kiosk.paths import data_file
from kiosk.text import Text
from voice.install.shelf import Kind


@dataclass(frozen=True, slots=True)
class Offer:
    """One voice or model."""

    name: str
    kind: Kind
    languages: tuple[str, ...]
    licence: str
    about: Text
    size: int = 0
    """Bytes to fetch; 0 where that is not known."""
    sha256: str = ""


@cache
def offers() -> tuple[Offer, ...]:
    """The shipped list."""
    document = tomllib.loads(data_file("voices/catalogue.toml").read_text(encoding="utf-8"))
    return tuple(
        Offer(
            **{
                **entry,
                "kind": Kind(entry["kind"]),
                "languages": tuple(entry["languages"]),
                "about": Text(entry["about"]),
            }
        )
        for entry in document["offer"]
    )


def offer_named(name: str) -> Offer | None:
    return next((offer for offer in offers() if offer.name == name), None)
