"""`kiosk desk`: the full screen for staff."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import settings_of, state_of
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from screens.desk.app import DeskApp
    from screens.desk.counter import Counter


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """The desk, full screen: take cases, work on them, finish them.

    With no staff account yet it says how to make one.
    """
    with open_here(ctx) as store:
        if not store.accounts():
            raise click.ClickException(
                "nobody can sign in yet; make an account first: kiosk account add NAME --role staff"
            )
    _run(state_of(ctx), settings_of(ctx).site.zone)


def _run(folder: Path, zone: str) -> None:
    import asyncio

    from kiosk.event_log import keep_events
    from screens.desk.app import DeskApp

    keep_events(folder / "desk.log")
    counter = _counter(folder, zone)
    try:
        app = DeskApp(counter)
        asyncio.run(_until_done(app))
    finally:
        counter.records.close()
    if app.return_code:
        click.echo("The desk ended unexpectedly. Everything that was kept is safe; start it again.", err=True)
        raise SystemExit(1)


async def _until_done(app: DeskApp) -> None:
    """A box that shuts down ends the program in order, so that the terminal is left as it was."""
    import asyncio
    import signal

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, app.exit)
    await app.run_async()


def _counter(folder: Path, zone: str) -> Counter:
    from kiosk.catalogue import load_catalogue
    from kiosk.clock import SystemClock
    from kiosk.paths import data_file
    from kiosk.store import open_store
    from kiosk.store.calendars import load_calendar
    from screens.desk.counter import Counter
    from screens.desk.records import Records

    clock, calendar = SystemClock(), load_calendar(data_file("calendars"), zone)
    records = Records(lambda: open_store(folder, clock=clock, calendar=calendar))
    return Counter(records, clock, calendar.zone, load_catalogue("desk"))
