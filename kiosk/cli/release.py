"""`kiosk release`: for whoever makes updates: of the program, of services, of the working calendar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG

if TYPE_CHECKING:
    from datetime import date

    from kiosk.editions.edition import Kind

_NEW = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_KEY = click.option(
    "--key",
    "key_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The private key to sign with.",
)


@click.group()
def command() -> None:
    """Updates for boxes, made and signed away from them (docs/update.md)."""


@command.command()
@click.argument("file", type=_FILE)
@LANG
def key(file: Path, lang: str) -> None:
    """Make FILE, the key that updates are signed with, where it is not there yet; print its public half."""
    from kiosk.catalogue import load_catalogue
    from kiosk.security.device_key import signing_key
    from kiosk.security.keys import KeyTrouble

    try:
        public = signing_key(file).public.hex()
    except KeyTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from None
    click.echo(load_catalogue("update").text("release.key", key=public).show(lang))


@command.command()
@click.argument("folder", type=_FOLDER)
@_KEY
@LANG
def sign(folder: Path, key_file: Path, lang: str) -> None:
    """Sign the update in FOLDER: its wheels and requirements.lock, as script/release lays them out."""
    from kiosk.catalogue import load_catalogue
    from kiosk.security.device_key import signing_key
    from kiosk.security.keys import KeyTrouble
    from kiosk.update.making import sign_folder
    from kiosk.update.refused import Refused

    texts = load_catalogue("update")
    try:
        made = sign_folder(folder, signing_key(key_file), key_file)
    except Refused as refused:
        told = texts.text(f"release.{refused.code}", **refused.values)
        raise click.ClickException(told.show(lang)) from None
    except (KeyTrouble, OSError) as trouble:
        raise click.ClickException(str(trouble)) from None
    told = texts.text("release.signed", version=made.version, count=len(made.files))
    click.echo(told.show(lang))


@command.command()
@click.argument("folder", type=_FOLDER)
@_NEW
@_KEY
@LANG
def services(folder: Path, file: Path, key_file: Path, lang: str) -> None:
    """Sign the service files of FOLDER, with its blocks and groups, as one new FILE for a stick.

    Refused while `kiosk service check` finds an error in them, or a live one is not signed off.
    """
    from kiosk.editions.edition import Kind

    _edition(Kind.SERVICES, folder, file, key_file, lang)


@command.command()
@click.argument("folder", type=_FOLDER)
@_NEW
@_KEY
@LANG
def calendar(folder: Path, file: Path, key_file: Path, lang: str) -> None:
    """Sign the working calendar, the YEAR.toml files of FOLDER, as one new FILE for a stick."""
    from kiosk.editions.edition import Kind

    _edition(Kind.CALENDAR, folder, file, key_file, lang)


def _edition(kind: Kind, folder: Path, file: Path, key_file: Path, lang: str) -> None:
    from kiosk.catalogue import load_catalogue
    from kiosk.clock import SystemClock
    from kiosk.editions.edition import files_in
    from kiosk.security.device_key import signing_key
    from kiosk.security.keys import KeyTrouble
    from kiosk.update.published import write

    texts, now = load_catalogue("update"), SystemClock().now()
    if faults := _faults(kind, folder, now.date(), lang):
        click.echo("\n".join(faults), err=True)
        raise click.ClickException(texts["release.faults"].show(lang))
    try:
        made = write(file, kind, files_in(folder, kind), signing_key(key_file), now)
    except (KeyTrouble, ValueError, OSError) as trouble:
        raise click.ClickException(str(trouble)) from None
    click.echo(texts.text("release.edition", count=len(made.files), name=file.name).show(lang))


def _faults(kind: Kind, folder: Path, today: date, lang: str) -> list[str]:
    """For which no box would take it, or nobody answers."""
    from kiosk.editions.edition import Kind
    from kiosk.editions.soundness import flaws_in, not_signed_off

    flaws = flaws_in(folder, kind, today) or (not_signed_off(folder) if kind is Kind.SERVICES else ())
    return [flaw.words.show(lang) for flaw in flaws]
