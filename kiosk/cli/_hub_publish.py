"""`kiosk hub publish`: services and the working calendar, for all boxes of a hub."""

from __future__ import annotations

import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG, settings_of
from kiosk.cli._hub_database import opened_as

if TYPE_CHECKING:
    from kiosk.editions.edition import Kind
    from kiosk.editions.soundness import Flaw
    from kiosk.security.device_key import DeviceKey

FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
KEY = click.option(
    "--key",
    "key_file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The private key to sign with, as `kiosk hub publish key` made it.",
)
DATABASE = click.option(
    "--database", metavar="ADDRESS", help="As whoever looks after it. Else as kiosk.toml says: a district."
)


@click.group()
def publish() -> None:
    """One set of services and one working calendar for all kiosks and desks of the hub.

    They are signed here. A box takes them if it knows the key: the hub cannot put others in their place.
    """


@publish.command("key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def key(file: Path) -> None:
    """Make FILE, to sign with, where it is not there yet; print its public half.

    That goes into hub.publisher_keys of every box's kiosk.toml. Keep FILE away from the hub.
    """
    click.echo(_signing_key(file).public.hex())


@publish.command("services")
@FOLDER
@KEY
@DATABASE
@LANG
@click.pass_context
def services(ctx: click.Context, folder: Path, key_file: Path, database: str | None, lang: str) -> None:
    """Publish the service files of FOLDER, with its blocks and groups.

    Refused while `kiosk service check` finds an error in them, or a live one is not signed off.
    """
    from kiosk.editions.edition import Kind

    _publish(ctx, Kind.SERVICES, folder, key_file, database, lang)


@publish.command("calendar")
@FOLDER
@KEY
@DATABASE
@LANG
@click.pass_context
def calendar(ctx: click.Context, folder: Path, key_file: Path, database: str | None, lang: str) -> None:
    """Publish the working calendar: the YEAR.toml files of FOLDER. Other years stay as boxes have them."""
    from kiosk.editions.edition import Kind

    _publish(ctx, Kind.CALENDAR, folder, key_file, database, lang)


def _publish(
    ctx: click.Context, kind: Kind, folder: Path, key_file: Path, database: str | None, lang: str
) -> None:
    from datetime import UTC

    from kiosk.editions.edition import files_in
    from kiosk.hub.publishing import publish

    key = _signing_key(key_file)
    try:
        files = files_in(folder, kind)
    except OSError as error:
        raise click.ClickException(f"{folder.name}: {error.strerror}") from None
    if flaws := _flaws(files, kind):
        for flaw in flaws:
            click.echo(flaw.words.show(lang), err=True)
        raise click.ClickException("nothing was published")
    with opened_as(ctx, database) as db:
        try:
            made = publish(db, kind, files, key, datetime.datetime.now(UTC))
        except ValueError as fault:
            raise click.ClickException(f"nothing was published: {fault}") from None
    from zoneinfo import ZoneInfo

    at = made.made_at.astimezone(ZoneInfo(settings_of(ctx).site.zone))
    told = f"{kind} of {at:%Y-%m-%d %H:%M} published, files: {len(files)}"
    click.echo(f"{told}, signed with {key.public.hex()}")


def _flaws(files: dict[str, bytes], kind: Kind) -> tuple[Flaw, ...]:
    """Of just what is signed: somebody may be editing the folder."""
    from kiosk.editions.edition import Kind
    from kiosk.editions.soundness import flaws_in, not_signed_off

    with TemporaryDirectory(prefix="publish-") as name:
        at = Path(name)
        for file, content in files.items():
            (at / file).parent.mkdir(exist_ok=True)
            (at / file).write_bytes(content)
        today = datetime.date.today()  # noqa: DTZ011 - the publisher's own day
        return flaws_in(at, kind, today) or (not_signed_off(at) if kind is Kind.SERVICES else ())


def _signing_key(file: Path) -> DeviceKey:
    from kiosk.security.device_key import signing_key
    from kiosk.security.keys import KeyTrouble

    try:
        return signing_key(file)
    except KeyTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    except OSError as error:
        raise click.ClickException(f"{file.name}: {error.strerror}") from None
