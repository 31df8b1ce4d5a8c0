"""`kiosk voice remove`: what was installed goes, and the room it took is free again."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import settings_of, state_of
from kiosk.cli._speech import VOICES

if TYPE_CHECKING:
    from kiosk.config import Settings
    from voice.install.shelf import Installed, Shelf

_MEGABYTE = 1_000_000


@click.command(short_help="Take an installed voice or model away.")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_context
def remove(ctx: click.Context, name: str, yes: bool, as_json: bool) -> None:
    """Take NAME away: a voice, recordings or a listening model that `kiosk voice install` brought.

    A visit that is going on keeps what it has loaded; the next one begins without it.
    """
    from voice.install.shelf import Shelf

    settings, shelf = settings_of(ctx), Shelf(state_of(ctx) / VOICES)
    going = shelf.find(name)
    if going is None:
        there = ", ".join(one.name for one in shelf.all())
        raise click.UsageError(f"{name} is not installed. Installed: {there or 'nothing'}")
    size, instead = going.size(), _instead(shelf, going, settings)
    _ask(going, size, instead, yes=yes)
    try:
        shelf.remove(name)
    except OSError as fault:
        raise click.ClickException(f"cannot be taken away: {fault.strerror}; it is still there") from None
    if as_json:
        told = {"name": name, "kind": str(going.kind), "bytes": size, "instead": instead}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _tell(going, size, settings)


def _instead(shelf: Shelf, going: Installed, settings: Settings) -> dict[str, str]:
    """By language, what does its work from now on."""
    from voice.install.shelf import Kind
    from voice.install.successor import successor

    otherwise = "keys and touch" if going.kind is Kind.MODEL else "the built-in voice"
    found = {
        language: successor(shelf, going, language, settings.voice.voice) for language in going.languages
    }
    return {language: one.name if one else otherwise for language, one in found.items()}


def _ask(going: Installed, size: int, instead: dict[str, str], *, yes: bool) -> None:
    """Nothing is taken away by a slip of the hand."""
    click.echo(
        f"{going.name}: {going.kind}, {', '.join(going.languages)}, {size / _MEGABYTE:.0f} MB.", err=True
    )
    for language, name in instead.items():
        click.echo(f"In its place, {language}: {name}.", err=True)
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.ClickException("give --yes to take it away; it is still there")
    click.confirm("Take it away?", abort=True, err=True)


def _tell(going: Installed, size: int, settings: Settings) -> None:
    """With what is left to do."""
    from voice.install.shelf import Kind

    click.echo(f"{going.name} is taken away; {size / _MEGABYTE:.0f} MB are free again.")
    if settings.voice.voice == going.name:
        click.echo("The settings still name it under voice.voice: take that line out.")
    if going.kind is not Kind.MODEL:
        click.echo("kiosk voice prepare makes the sentences of the next voice, and takes the old ones away.")
