"""`kiosk desk`: the full screen for staff."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import settings_of, state_of
from kiosk.cli._store import open_here
from kiosk.cli._until_done import until_done

if TYPE_CHECKING:
    from kiosk.config import Settings
    from kiosk.hub.standing import Kiosks
    from kiosk.store import Store
    from screens.desk.counter import Checks, Counter


@click.command()
@click.option("--demo", is_flag=True, help="A drawn paper stands for the document scanner.")
@click.pass_context
def command(ctx: click.Context, demo: bool) -> None:
    """The desk, full screen: take cases, work on them, finish them.

    With no staff account yet it says how to make one.
    """
    with open_here(ctx) as store:
        if not store.accounts():
            raise click.ClickException(
                "nobody can sign in yet; make an account first: kiosk account add NAME --role staff"
            )
    with _fetching(ctx):
        _run(state_of(ctx), settings_of(ctx), demo=demo)


@contextmanager
def _fetching(ctx: click.Context) -> Iterator[None]:
    """With a hub a desk has nothing to send, but fetches what was published as long as it is open."""
    from kiosk.cli._hub import companion_of

    settings = settings_of(ctx)
    beside = companion_of(ctx, settings, state_of(ctx)) if settings.hub.of_a_desk else None
    if beside is None:
        yield
        return
    beside.look()
    try:
        yield
    finally:
        beside.end()


def _run(folder: Path, settings: Settings, *, demo: bool) -> None:
    import asyncio

    from kiosk.event_log import keep_events
    from kiosk.undumpable import keep_memory_to_itself
    from screens.desk.app import DeskApp

    keep_memory_to_itself()
    keep_events(folder / "desk.log")
    _tell_beside_the_screen()
    counter = _counter(folder, settings, demo=demo)
    try:
        app = DeskApp(counter)
        asyncio.run(until_done(app))
    finally:
        counter.records.close()
    if app.return_code:
        click.echo("The desk ended unexpectedly. Everything that was kept is safe; start it again.", err=True)
        raise SystemExit(1)


def _tell_beside_the_screen() -> None:
    """Events go to standard error where that is no terminal; the screen is drawn there otherwise."""
    from kiosk.event_log import tell_events

    if not sys.stderr.isatty():
        told = os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding="utf-8", buffering=1)
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
        tell_events(told)


def _counter(folder: Path, settings: Settings, *, demo: bool = False) -> Counter:
    from kiosk.cases.telling import Rules
    from kiosk.catalogue import load_catalogue
    from kiosk.cli._case_papers import case_papers
    from kiosk.cli._editions import calendar_of, services_of, shelf_of
    from kiosk.cli._messages import messenger_for
    from kiosk.cli._store import opened
    from kiosk.cli._waiting import number_desk
    from kiosk.clock import SystemClock
    from kiosk.security.keys import person_key, site_key
    from screens.desk.counter import Counter
    from screens.desk.records import Records

    clock, calendar = SystemClock(), calendar_of(settings, folder)
    records = Records(lambda: opened(settings, folder, clock, calendar))
    texts, stick = load_catalogue("desk"), settings.security.key_stick
    services = services_of(settings, folder)
    return Counter(
        records,
        clock,
        calendar.zone,
        texts,
        key_stick=stick,
        services=services,
        shelf=lambda: shelf_of(settings, folder),
        desks=lambda: sorted({service.handling.desk for service in services().values()}),
        person_key=lambda number: person_key(number, site_key(folder)),
        centre=settings.site.name,
        phone=settings.site.phone,
        telling=Rules(settings.telling.tries, settings.telling.letter_workdays),
        messenger=messenger_for(settings, folder, services),
        papers=case_papers(settings, services),
        calling=number_desk(settings, clock),
        materials=settings.materials,
        demo=demo,
        kiosks=_kiosks if settings.hub.of_a_desk else None,
        checks=None if settings.hub.of_a_desk else lambda: _checks(folder),
    )


def _checks(folder: Path) -> Checks:
    from kiosk.selftest import report
    from screens.desk.counter import Checks

    return Checks(report.latest_told(folder), report.latest_told(folder, report.BY_HAND))


def _kiosks(store: Store) -> Kiosks:
    from kiosk.hub.store import HubStore

    assert isinstance(store, HubStore)  # a desk of a hub opens nothing else
    return store.kiosks()
