"""`kiosk release`: for whoever makes the updates of the program."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli._given import LANG

_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


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
@click.option(
    "--key", "key_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True
)
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
