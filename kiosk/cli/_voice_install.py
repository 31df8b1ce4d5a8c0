"""`kiosk voice install`: a better voice, recordings or a listening model, brought to this box."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import state_of
from kiosk.cli._speech import VOICES

if TYPE_CHECKING:
    from voice.install.catalogue import Offer
    from voice.install.fetch import Progress
    from voice.install.shelf import Installed, Shelf


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for."""

    name: str
    source: str
    languages: tuple[str, ...]
    sha256: str
    agree: bool
    offer: Offer | None

    @property
    def is_address(self) -> bool:
        return self.source.startswith(("http://", "https://"))


@click.command(short_help="Bring a better voice, or a listening model.")
@click.argument("name", required=False)
@click.option("--from", "source", metavar="SOURCE", help="An address, an archive, or a folder (on a stick).")
@click.option(
    "--lang",
    "languages",
    type=click.Choice(["zh", "en"]),
    multiple=True,
    help="What it speaks or understands.",
)
@click.option("--checksum", "sha256", default="", help="The SHA-256 that its publisher names.")
@click.option("--agree", is_flag=True, help="The licence was read and is agreed to.")
@click.option("--list", "list_only", is_flag=True, help="What is known and what is installed.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_context
def install(
    ctx: click.Context,
    name: str | None,
    source: str | None,
    languages: tuple[str, ...],
    sha256: str,
    agree: bool,
    list_only: bool,
    as_json: bool,
) -> None:
    """Bring NAME to this box and see whether it works. NAME is one of the list, or your own.

    An address that was cut off goes on where it was. Nothing in use is touched until all of it is good.
    """
    from voice.install.catalogue import offer_named
    from voice.install.shelf import Shelf, is_name

    shelf = Shelf(state_of(ctx) / VOICES)
    if list_only:
        _list(shelf, as_json=as_json)
        return
    if not name or not is_name(name):
        raise click.UsageError(
            "NAME is of Latin letters, figures, dots and hyphens; --list shows those known"
        )
    if not source:
        raise click.UsageError("--from says where it is: an address, an archive, or a folder")
    done = _install(_Wish(name, source, languages, sha256, agree, offer_named(name)), shelf)
    if as_json:
        click.echo(json.dumps(asdict(_row(done)), ensure_ascii=False))
    else:
        click.echo(f"{done.name} is installed ({done.kind}, {', '.join(done.languages)}).")


def _list(shelf: Shelf, *, as_json: bool) -> None:
    from voice.install.catalogue import offer_named, offers

    installed = {one.name: one for one in shelf.all()}
    rows = [_row_of_offer(offer, installed.get(offer.name)) for offer in offers()]
    rows += [_row(one) for name, one in installed.items() if offer_named(name) is None]
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
        return
    for row in rows:
        mark = "installed" if row.installed else "known"
        click.echo(f"{mark:<10} {row.kind:<11} {', '.join(row.languages):<7} {row.name}")
        for line in filter(None, (row.about, row.licence.partition("\n")[0])):
            click.echo(f"{'':10} {line}")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the list."""

    name: str
    kind: str
    languages: tuple[str, ...]
    licence: str
    installed: bool
    about: str = ""
    size: int = 0
    sha256: str = ""


def _row(one: Installed) -> _Row:
    note = one.note
    return _Row(one.name, str(note.kind), note.languages, note.licence, True, sha256=note.sha256)


def _row_of_offer(offer: Offer, there: Installed | None) -> _Row:
    about = offer.about.show("en")
    is_there = there is not None
    kind, languages = str(offer.kind), offer.languages
    return _Row(offer.name, kind, languages, offer.licence, is_there, about, offer.size, offer.sha256)


def _install(wish: _Wish, shelf: Shelf) -> Installed:
    from voice.install.fetch import FetchTrouble
    from voice.install.kinds import NoUse
    from voice.install.shelf import discard
    from voice.install.unpack import UnpackTrouble

    place = shelf.workplace()
    try:
        return _installed(wish, shelf, place)
    except (FetchTrouble, UnpackTrouble, NoUse) as trouble:
        raise click.ClickException(str(trouble)) from None
    except OSError as fault:
        raise click.ClickException(f"cannot be installed: {fault.strerror}") from None
    finally:
        discard(place)


def _installed(wish: _Wish, shelf: Shelf, place: Path) -> Installed:
    from voice.install.kinds import kind_of, languages_of, licence_in, try_out
    from voice.install.shelf import Note

    licence = wish.offer.licence if wish.offer else ""
    if licence:
        _agree(wish, licence)
    checksum = _bring(wish, shelf, place)
    kind, languages = kind_of(place), languages_of(place) or wish.languages
    if not languages:
        languages = wish.offer.languages if wish.offer else ()
    if not languages:
        raise click.UsageError("--lang says which language it is for")
    if not licence:
        licence = licence_in(place) or "no licence came with it"
        _agree(wish, licence)
    try_out(place, kind, languages)
    origin = wish.source.rpartition("/")[2].partition("?")[0] or wish.name
    return shelf.put(wish.name, place, Note(kind, languages, licence, origin, checksum))


def _agree(wish: _Wish, licence: str) -> None:
    click.echo(f"The licence of {wish.name}:\n\n{licence}\n", err=True)
    if wish.agree:
        return
    if not sys.stdin.isatty():
        raise click.ClickException("give --agree when the licence was read and is agreed to")
    click.confirm("Do you agree to it for this centre?", abort=True, err=True)


def _bring(wish: _Wish, shelf: Shelf, place: Path) -> str:
    """Into the folder; the checksum of the file, where it is one."""
    from voice.install.fetch import check_sum
    from voice.install.unpack import copy_folder, unpack

    wanted = wish.sha256 or (wish.offer.sha256 if wish.offer else "")
    if wish.is_address:
        archive = _fetched(wish, shelf, wanted)
        checksum = check_sum(archive, wanted)
        unpack(archive, place)
        archive.unlink()
        return checksum
    source = Path(wish.source)
    if source.is_dir():
        copy_folder(source, place)
        return ""
    if not source.is_file():
        raise click.UsageError(f"{source.name}: no such file or folder")
    checksum = _sum_of(source, wanted)
    unpack(source, place)
    return checksum


def _sum_of(file: Path, wanted: str) -> str:
    """Of somebody's own file, which stays where it is whatever it holds."""
    with file.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    if wanted and found != wanted.lower():
        raise click.ClickException("the file is not the one that was meant: its checksum is another one")
    return found


def _fetched(wish: _Wish, shelf: Shelf, wanted: str) -> Path:
    from voice.install.fetch import fetch

    if not wanted:
        raise click.UsageError("--checksum is needed with an address: the SHA-256 that the publisher names")
    target = shelf.downloads() / wanted.lower()[:32]
    with _bar(wish.offer.size if wish.offer else 0) as tell:
        fetch(wish.source, target, tell)
    return target


@contextmanager
def _bar(size: int) -> Iterator[Progress]:
    """Its length is told by the other end, so it begins with what the list says."""
    with click.progressbar(range(size or 1), label="Fetching", file=sys.stderr) as bar:

        def tell(have: int, whole: int) -> None:
            bar.length = whole or have
            bar.update(have - bar.pos)

        yield tell
