"""The store of this box, opened for one command; trouble with it in words for staff."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import settings_of, state_of

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.cases.calendar import WorkCalendar
    from kiosk.config import Settings
    from kiosk.ports import Clock
    from kiosk.store import Store

TROUBLE = {
    "full": "the disk is full: nothing was written",
    "read_only": "the store's folder or file cannot be written",
    "busy": "another program is using the store; try again in a moment",
    "damaged": "the store's file is damaged; do not delete it, call your support",
    "away": "the hub cannot be reached; nothing was changed",
    "erased": "what was handed in has had its time and was erased",
    "sealed": "the case is sealed, and this command has no key; open it at the desk: kiosk desk",
    "newer": "the store belongs to a newer version of this program; install that version",
    "behind": "the hub is of an older version than this program; on its server: kiosk hub init",
}


def opened(settings: Settings, folder: Path, clock: Clock, calendar: WorkCalendar) -> Store:
    """Of this box; where it is a desk of a hub, of its centre there. Raises StoreTrouble."""
    if settings.hub.of_a_desk:
        from kiosk.hub.opening import desk_address
        from kiosk.hub.store import open_hub_store

        store = open_hub_store(desk_address(settings.hub), folder, clock=clock, calendar=calendar)
        site = settings.site
        store.introduce(site.name.shown, site.address.shown, site.phone)
        return store
    from kiosk.store import open_store

    return open_store(folder, clock=clock, calendar=calendar, encrypt=settings.security.encrypt_file)


def note_where_it_counts(ctx: click.Context) -> None:
    """Accounts and keys of a centre that shares a hub are made at its desk, not at one of its kiosks."""
    hub = settings_of(ctx).hub
    if hub.there and not hub.of_a_desk:
        click.echo("this box is a kiosk of a hub: made here it counts at this box alone;", err=True)
        click.echo("for the desks of its centre run this on the computer with the desk", err=True)


@contextmanager
def open_here(ctx: click.Context) -> Iterator[Store]:
    """The store in the folder of `--data`; its trouble ends the command with code 1."""
    from kiosk.cli._editions import calendar_of
    from kiosk.clock import SystemClock
    from kiosk.store import StoreTrouble

    try:
        folder = state_of(ctx)
        calendar = calendar_of(settings_of(ctx), folder)
        store = opened(settings_of(ctx), folder, SystemClock(), calendar)
        try:
            yield store
        finally:
            store.close()
    except StoreTrouble as trouble:
        raise click.ClickException(TROUBLE[trouble.kind]) from None
    except OSError as error:
        raise click.ClickException(f"the store's folder cannot be used: {error.strerror}") from None
