"""The store of this box, opened for one command; trouble with it in words for staff."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import settings_of, state_of

if TYPE_CHECKING:
    from kiosk.store import Store

TROUBLE = {
    "full": "the disk is full: nothing was written",
    "read_only": "the store's folder or file cannot be written",
    "busy": "another program is using the store; try again in a moment",
    "damaged": "the store's file is damaged; do not delete it, call your support",
    "newer": "the store belongs to a newer version of this program; install that version",
}


@contextmanager
def open_here(ctx: click.Context) -> Iterator[Store]:
    """The store in the folder of `--data`; its trouble ends the command with code 1."""
    from kiosk.clock import SystemClock
    from kiosk.paths import data_file
    from kiosk.store import StoreTrouble, open_store
    from kiosk.store.calendars import load_calendar

    try:
        folder = state_of(ctx)
        calendar = load_calendar(data_file("calendars"), settings_of(ctx).site.zone)
        store = open_store(folder, clock=SystemClock(), calendar=calendar)
        try:
            yield store
        finally:
            store.close()
    except StoreTrouble as trouble:
        raise click.ClickException(TROUBLE[trouble.kind]) from None
    except OSError as error:
        raise click.ClickException(f"the store's folder cannot be used: {error.strerror}") from None
