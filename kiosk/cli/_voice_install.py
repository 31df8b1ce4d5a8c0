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
from kiosk.cli._speech import HEARD, VOICES
from kiosk.cli._voice_list import row_of, show
from kiosk.text import LANGUAGES

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

    @property
    def wanted(self) -> str:
        """The checksum that the file must have; empty where none was named."""
        return self.sha256 or (self.offer.sha256 if self.offer else "")


@click.command(short_help="Bring a better voice, or a listening model.")
@click.argument("name", required=False)
@click.option("--from", "source", metavar="SOURCE", help="An address, an archive, or a folder (on a stick).")
@click.option(
    "--lang",
    "languages",
    type=click.Choice(HEARD),
    multiple=True,
    help="What it speaks or understands; ko is for trying out `kiosk voice listen`.",
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
        show(shelf, as_json=as_json)
        return
    if not name or not is_name(name):
        raise click.UsageError(
            "NAME is of Latin letters, figures, dots and hyphens; --list shows those known"
        )
    if not source:
        raise click.UsageError("--from says where it is: an address, an archive, or a folder")
    done = _install(_Wish(name, source, languages, sha256, agree, offer_named(name)), shelf)
    if as_json:
        click.echo(json.dumps(asdict(row_of(done)), ensure_ascii=False))
    else:
        click.echo(f"{done.name} is installed ({done.kind}, {', '.join(done.languages)}).")
        if not set(done.languages) & set(LANGUAGES):
            click.echo("No page is in that language: only `kiosk voice listen` uses it.")


def _install(wish: _Wish, shelf: Shelf) -> Installed:
    from voice.install.fetch import FetchTrouble
    from voice.install.kinds import NoUse
    from voice.install.shelf import discard
    from voice.install.unpack import UnpackTrouble

    place = shelf.workplace()
    try:
        done = _installed(wish, shelf, place)
    except (UnpackTrouble, NoUse) as trouble:
        _forget_download(wish, shelf)
        raise click.ClickException(str(trouble)) from None
    except FetchTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    except OSError as fault:
        raise click.ClickException(f"cannot be installed: {fault.strerror}") from None
    else:
        _forget_download(wish, shelf)
        return done
    finally:
        discard(place)


def _installed(wish: _Wish, shelf: Shelf, place: Path) -> Installed:
    from voice.install.kinds import kind_of, languages_of, licence_in, try_out
    from voice.install.shelf import Note

    licence = wish.offer.licence if wish.offer else ""
    if licence:
        _agree(wish, licence)
    checksum = _bring(wish, shelf, place)
    kept = "; what was fetched is kept for the next try" if wish.is_address else ""
    kind = kind_of(place)
    offered = wish.offer.languages if wish.offer else ()
    languages = languages_of(place) or wish.languages or offered
    if not languages:
        raise click.UsageError(f"--lang says which language it is for{kept}")
    if not licence:
        licence = licence_in(place) or "no licence came with it"
        _agree(wish, licence, kept)
    try_out(place, kind, languages)
    origin = wish.source.rpartition("/")[2].partition("?")[0] or wish.name
    return shelf.put(wish.name, place, Note(kind, languages, licence, origin, checksum))


def _agree(wish: _Wish, licence: str, kept: str = "") -> None:
    click.echo(f"The licence of {wish.name}:\n\n{licence}\n", err=True)
    if wish.agree:
        return
    if not sys.stdin.isatty():
        raise click.ClickException(f"give --agree when the licence was read and is agreed to{kept}")
    click.confirm("Do you agree to it for this centre?", abort=True, err=True)


def _bring(wish: _Wish, shelf: Shelf, place: Path) -> str:
    """Into the folder; the checksum of the file, where it is one."""
    from voice.install.fetch import check_sum
    from voice.install.unpack import copy_folder, unpack

    if wish.is_address:
        archive = _fetched(wish, shelf)
        checksum = check_sum(archive, wish.wanted)
        unpack(archive, place)
        return checksum
    source = Path(wish.source)
    if source.is_dir():
        copy_folder(source, place)
        return ""
    if not source.is_file():
        raise click.UsageError(f"{source.name}: no such file or folder")
    checksum = _sum_of(source, wish.wanted)
    unpack(source, place)
    return checksum


def _sum_of(file: Path, wanted: str) -> str:
    """Of somebody's own file, which stays where it is whatever it holds."""
    with file.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    if wanted and found != wanted.lower():
        raise click.ClickException("the file is not the one that was meant: its checksum is another one")
    return found


def _fetched(wish: _Wish, shelf: Shelf) -> Path:
    from voice.install.fetch import fetch

    if not wish.wanted:
        raise click.UsageError("--checksum is needed with an address: the SHA-256 that the publisher names")
    target = _download(shelf, wish.wanted)
    with _bar(wish.offer.size if wish.offer else 0) as tell:
        fetch(wish.source, target, tell)
    return target


def _download(shelf: Shelf, checksum: str) -> Path:
    return shelf.downloads() / checksum.lower()[:32]


def _forget_download(wish: _Wish, shelf: Shelf) -> None:
    """Only now: hours of a slow line are not to be lost for a word that was missing in the command."""
    if wish.is_address:
        _download(shelf, wish.wanted).unlink(missing_ok=True)


@contextmanager
def _bar(size: int) -> Iterator[Progress]:
    """Its length is told by the other end, so it begins with what the list says."""
    with click.progressbar(range(size or 1), label="Fetching", file=sys.stderr) as bar:

        def tell(have: int, whole: int) -> None:
            bar.length = whole or have
            bar.update(have - bar.pos)

        yield tell
