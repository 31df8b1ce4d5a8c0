"""What `kiosk sync` fetches of what was published; on a desk, which works on the hub itself, nothing else."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from kiosk.cli._editions import editions_of, fetching_of
from kiosk.cli._given import settings_of, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.config import Settings
    from kiosk.hub.fetching import Came, Fetching
    from kiosk.hub.link import Link

_LOOK = 30.0
"""Seconds between two looks whether it is time to ask."""


def sync_desk(
    ctx: click.Context, settings: Settings, link: Link, lang: str, *, watch: bool, as_json: bool
) -> None:
    """Fetch what was published, once or for ever. Ends with 1 where the hub does not answer."""
    from kiosk.event_log import keep_events

    if not settings.hub.publisher_keys:
        raise click.ClickException("this box is a desk: it works on the hub itself, nothing has to be sent")
    fetching = fetching_of(settings, state_of(ctx), link)
    if not watch:
        _once(ctx, fetching, lang, as_json=as_json)
        return
    keep_events(state_of(ctx) / "desk.log")
    while True:
        fetching.look()
        time.sleep(_LOOK)


def _once(ctx: click.Context, fetching: Fetching, lang: str, *, as_json: bool) -> None:
    from kiosk.catalogue import load_catalogue
    from kiosk.hub.link import LinkTrouble

    came: tuple[Came, ...] = ()
    fault = ""
    try:
        came = fetched(fetching)
    except LinkTrouble as trouble:
        fault = trouble.fault
    if as_json:
        click.echo(json.dumps({"published": plain_fetched(came), "fault": fault or None}))
    elif fault:
        click.echo(load_catalogue("box")["hub.desk_away"].show(lang), err=True)
    elif came:
        tell_fetched(ctx, came, lang)
    else:
        click.echo(load_catalogue("box")["edition.nothing_new"].show(lang))
    if fault:
        ctx.exit(1)


def fetched(fetching: Fetching) -> tuple[Came, ...]:
    """What is new; nothing where the hub carries no editions. Raises LinkTrouble, ClickException."""
    from kiosk.hub.link import NotKnown

    try:
        return fetching.fetch()
    except NotKnown:
        return ()
    except OSError as error:
        raise click.ClickException(f"what was published cannot be kept here: {error.strerror}") from None


def plain_fetched(came: Sequence[Came]) -> list[dict[str, object]]:
    """For programs."""
    return [{"kind": one.kind, "why_not": one.why} for one in came]


def tell_fetched(ctx: click.Context, came: Sequence[Came], lang: str) -> None:
    """What is in use now, and what was not taken, with what to do about it."""
    from kiosk.catalogue import load_catalogue
    from kiosk.selftest.editions import editions
    from kiosk.selftest.finding import State

    texts, settings = load_catalogue("box"), settings_of(ctx)
    for one in came:
        what = texts[f"part.published_{one.kind}"]
        if one.kept is not None:
            click.echo(texts.text("edition.taken", what=what).show(lang))
            continue
        kinds = [kind for kind in editions_of(settings, state_of(ctx)) if kind.kind is one.kind]
        for found in editions(kinds, settings.services, ZoneInfo(settings.site.zone)):
            if found.state is not State.GOOD:
                colon = "：" if lang == "zh" else ": "
                click.echo(what.show(lang) + colon + found.words.show(lang), err=True)
