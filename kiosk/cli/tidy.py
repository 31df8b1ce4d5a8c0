"""`kiosk tidy`: what has had its time is erased for good."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG, settings_of, state_of
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.config import Settings
    from kiosk.store import Store
    from kiosk.store.erasing import Times

log = logging.getLogger(__name__)


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say which cases have had their time.")
@click.option(
    "--anyway", is_flag=True, help="Also after days without a line in the books: the clock is right."
)
@click.option("--nightly", is_flag=True, help="What the kiosk does by itself: the backup, too.")
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, dry_run: bool, anyway: bool, nightly: bool, lang: str, as_json: bool) -> None:
    """Erase cases past the days that people were told, and drafts nobody came back for.

    Kiosk and desk may be running.
    """
    settings = settings_of(ctx)
    with open_here(ctx) as store:
        times = store.times(_days(settings, state_of(ctx)))
        # the backup comes last: what was erased is not in it
        erases = not dry_run and (anyway or not times.leapt)
        erased = store.erase(times.due) if erases else 0
        drafts = 0 if dry_run else store.sweep_old_drafts()
        if not dry_run:
            store.sweep_numbers()
            store.note_upkeep(erased)
        if nightly and not dry_run:
            _by_night(store, settings, state_of(ctx))
    if as_json:
        click.echo(json.dumps(_plain(times, erased, drafts), ensure_ascii=False, indent=2))
    else:
        _tell(times, erased, drafts, lang, leapt=times.leapt and not anyway, dry_run=dry_run)


def _days(settings: Settings, state: Path) -> dict[str, int]:
    """As the services say today: for cases that were handed in before terms were kept with them."""
    from kiosk.cases.retention import longest
    from kiosk.cli._editions import shelf_of

    shelf = shelf_of(settings, state)
    terms = {one.id: longest(each.keep_days for each in one.consent) for one in shelf.services.values()}
    return {name: days for name, days in terms.items() if days is not None}


def _by_night(store: Store, settings: Settings, state: Path) -> None:
    from kiosk.clock import SystemClock
    from kiosk.event_log import keep_events
    from kiosk.store import StoreTrouble
    from kiosk.store.backup import remove_old
    from kiosk.store.space import lay_ballast
    from kiosk.update.store_copy import drop_first_day

    keep_events(state / "kiosk.log")
    store.sweep_preferences(SystemClock().now(), timedelta(days=settings.remembered.settings))
    store.sign_today()
    store.forget_sent()
    while store.count_on():
        pass
    lay_ballast(state)
    # what was erased tonight must not lie in a copy from before an update
    drop_first_day(state)
    if not settings.upkeep.backups:
        return
    into = Path(settings.upkeep.backups)
    try:
        store.back_up(state, into)
    except StoreTrouble as trouble:
        log.error("no backup: %s", trouble.kind)
        raise
    remove_old(into, SystemClock().now(), timedelta(days=settings.upkeep.keep_backups))


def _tell(times: Times, erased: int, drafts: int, lang: str, *, leapt: bool, dry_run: bool) -> None:
    from kiosk.catalogue import load_catalogue

    texts = load_catalogue("upkeep")
    if not times.due:
        click.echo(texts["tidy.none"].show(lang))
    elif dry_run:
        numbers = ", ".join(one.number for one in times.due)
        click.echo(texts.text("tidy.would", count=len(times.due), numbers=numbers).show(lang))
    elif leapt:
        click.echo(texts["tidy.leapt"].show(lang), err=True)
    else:
        click.echo(texts.text("tidy.erased", count=erased).show(lang))
    for key, count in (("drafts", drafts), ("later", times.later), ("unsaid", times.unsaid)):
        if count:
            click.echo(texts.text(f"tidy.{key}", count=count).show(lang))


def _plain(times: Times, erased: int, drafts: int) -> dict[str, object]:
    return {
        "due": [one.number for one in times.due],
        "erased": erased,
        "drafts": drafts,
        "later": times.later,
        "unsaid": times.unsaid,
        "leapt": times.leapt,
    }
