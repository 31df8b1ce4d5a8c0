"""`kiosk sync`: what this box has for its hub goes there, and what the hub has for it comes back."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from kiosk.cli._editions import fetching_of
from kiosk.cli._given import LANG, settings_of, state_of
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.config import Settings
    from kiosk.hub.fetching import Came, Fetching
    from kiosk.hub.link import Link
    from kiosk.hub.sending import Courier, Exchanged
    from kiosk.store import Store


@click.command()
@click.option("--watch", is_flag=True, help="Go on for ever, as kiosk run does beside itself.")
@click.option(
    "--again",
    type=click.DateTime(["%Y-%m-%d"]),
    help="First offer anew what was sent from that day on: the hub was put back to a backup.",
)
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, watch: bool, again: datetime | None, lang: str, as_json: bool) -> None:
    """Send what waits for the hub and fetch what it has for this box. Ends with 1 where it does not answer.

    Kiosk and desk may be running; it may be ended at any moment.
    """
    settings = settings_of(ctx)
    if not settings.hub.there:
        raise click.ClickException("this box stands alone: kiosk.toml names no hub ([hub])")
    if settings.hub.of_a_desk:
        from kiosk.cli._sync_desk import sync_desk

        sync_desk(ctx, settings, _link(settings), lang, watch=watch, as_json=as_json)
        return
    # each time another calendar is in use, the store is opened with it
    begun = False
    while watch or not begun:
        with open_here(ctx) as store:
            link = _link(settings)
            courier, fetching = _courier(ctx, store, link), fetching_of(settings, state_of(ctx), link)
            if again is not None and not begun:
                store.send_again(again.replace(tzinfo=ZoneInfo(settings.site.zone)))
            begun = True
            if watch:
                _watch(ctx, courier, fetching)
            else:
                _once(ctx, store, courier, fetching, lang, as_json=as_json)


def _link(settings: Settings) -> Link:
    from kiosk.hub.link import LinkTrouble
    from kiosk.hub.opening import open_link

    try:
        return open_link(settings.hub)
    except (LinkTrouble, OSError) as trouble:
        raise click.ClickException(
            f"certificate, key or authority of [hub] in kiosk.toml cannot be used ({type(trouble).__name__})"
        ) from None


def _courier(ctx: click.Context, store: Store, link: Link) -> Courier:
    from kiosk.cli._hub_report import report_of
    from kiosk.clock import SystemClock
    from kiosk.hub.sending import Courier

    settings, state, clock = settings_of(ctx), state_of(ctx), SystemClock()
    return Courier(store, link, clock, lambda: report_of(settings, state, store, clock))


def _watch(ctx: click.Context, courier: Courier, fetching: Fetching) -> None:
    """Until another calendar is in use."""
    from kiosk.editions.edition import Kind
    from kiosk.event_log import keep_events, tell_events
    from kiosk.hub.watching import Watch
    from kiosk.undumpable import keep_memory_to_itself

    keep_memory_to_itself()
    keep_events(state_of(ctx) / "kiosk.log")
    tell_events()
    watch = Watch(courier)
    while True:
        watch.turn()
        if any(one.kind is Kind.CALENDAR and one.kept for one in fetching.look()):
            return


def _once(
    ctx: click.Context, store: Store, courier: Courier, fetching: Fetching, lang: str, *, as_json: bool
) -> None:
    from kiosk.catalogue import load_catalogue
    from kiosk.cli._sync_desk import fetched, plain_fetched, tell_fetched
    from kiosk.hub.link import LinkTrouble
    from kiosk.hub.sending import Exchanged

    came: tuple[Came, ...] = ()
    fault, done = "", Exchanged()
    try:
        done = courier.round()
        came = fetched(fetching)
    except LinkTrouble as trouble:
        fault = trouble.fault
    waiting = store.waiting_for_hub()
    texts = load_catalogue("box")
    if as_json:
        click.echo(json.dumps(_plain(done, waiting.parcels, fault) | {"published": plain_fetched(came)}))
    elif fault:
        part, colon = texts["part.hub"].show(lang), "：" if lang == "zh" else ": "
        click.echo(part + colon + texts.text(f"hub.{fault}", count=waiting.parcels).show(lang), err=True)
    else:
        click.echo(texts.text("hub.exchanged", sent=done.sent, news=done.news).show(lang))
        if done.unread:
            click.echo(texts.text("hub.unread", count=done.unread).show(lang))
        if waiting.set_aside:
            click.echo(texts.text("hub.set_aside", count=waiting.set_aside).show(lang))
        tell_fetched(ctx, came, lang)
    if fault:
        ctx.exit(1)


def _plain(done: Exchanged, waiting: int, fault: str) -> dict[str, object]:
    return {
        "sent": done.sent,
        "set_aside": done.set_aside,
        "news": done.news,
        "unread": done.unread,
        "waiting": waiting,
        "fault": fault or None,
    }
