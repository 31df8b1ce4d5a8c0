"""`kiosk voice devices`: what sound can come out of, and go into."""

from __future__ import annotations

import json

import click

from kiosk.cli._given import settings_of


@click.command(short_help="List the sound devices by name.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_context
def devices(ctx: click.Context, as_json: bool) -> None:
    """The sound devices of this account, by the names that the settings take; * is the one that speaks."""
    from voice.fitting import is_headphones
    from voice.outlet import default_output, sound_devices

    voice = settings_of(ctx).voice
    used = default_output(voice.device)
    found = [
        {
            "name": one.name,
            "speaks": one.speaks,
            "hears": one.hears,
            "used": one.speaks and one.name == used,
            "one_person": one.speaks
            and (voice.output == "private" or is_headphones(one.name, voice.headphones)),
        }
        for one in sound_devices()
    ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for one in found:
            words = [word for key, word in _WORDS.items() if one[key]]
            click.echo(f"{'*' if one['used'] else ' '} {one['name']}  ({', '.join(words)})")
    if not found:
        raise click.ClickException("no sound device here; screens show captions instead")
    if voice.device and not any(
        one["used"] and voice.device.casefold() in str(one["name"]).casefold() for one in found
    ):
        click.echo(f"{voice.device!r} of the settings is not here; the default one is used instead", err=True)


_WORDS = {"speaks": "speaks", "hears": "hears", "one_person": "heard by one person"}
