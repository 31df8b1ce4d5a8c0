"""`kiosk voice install --list`: what is known to work, and what is on this box."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from voice.install.catalogue import Offer
    from voice.install.shelf import Installed, Shelf


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    name: str
    kind: str
    languages: tuple[str, ...]
    licence: str
    installed: bool
    about: str = ""
    size: int = 0
    sha256: str = ""


def row_of(one: Installed) -> Row:
    note = one.note
    return Row(one.name, str(note.kind), note.languages, note.licence, True, sha256=note.sha256)


def _offered(offer: Offer, there: Installed | None) -> Row:
    about = offer.about.show("en")
    is_there = there is not None
    kind, languages = str(offer.kind), offer.languages
    return Row(offer.name, kind, languages, offer.licence, is_there, about, offer.size, offer.sha256)


def show(shelf: Shelf, *, as_json: bool) -> None:
    """Those that are known first, then those of this box alone."""
    from voice.install.catalogue import offer_named, offers

    installed = {one.name: one for one in shelf.all()}
    rows = [_offered(offer, installed.get(offer.name)) for offer in offers()]
    rows += [row_of(one) for name, one in installed.items() if offer_named(name) is None]
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
        return
    for row in rows:
        mark = "installed" if row.installed else "known"
        click.echo(f"{mark:<10} {row.kind:<11} {', '.join(row.languages):<7} {row.name}")
        for line in filter(None, (row.about, row.licence.partition("\n")[0])):
            click.echo(f"{'':10} {line}")
