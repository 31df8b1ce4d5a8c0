"""`kiosk hub status`: which kiosks are silent or behind, and what somebody must look at."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import ZoneInfo

import click

from kiosk.cli._given import settings_of
from kiosk.cli._hub_database import administered, as_this_box

if TYPE_CHECKING:
    import psycopg

    from kiosk.hub.publishing import Published
    from kiosk.hub.standing import Alarm, KioskStanding
    from kiosk.hub.steps import Standing as Schema
    from kiosk.text import Catalogue, Text


@click.command(short_help="Which kiosks are silent or behind.")
@click.option(
    "--database", metavar="ADDRESS", help="As whoever looks after it. Else as kiosk.toml says: a desk."
)
@click.option("--looked-at", is_flag=True, help="The alarms shown are known now, and are not shown again.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="en", show_default=True, help="Language.")
@click.option("--metrics", "as_metrics", is_flag=True, help="Print OpenMetrics text.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def status(
    ctx: click.Context, database: str | None, looked_at: bool, lang: str, as_metrics: bool, as_json: bool
) -> None:
    """Tell which kiosks are silent, what waits, what could not be taken in. Nothing of a case is read.

    Exit code 1 where something should be looked at.
    """
    from kiosk.cli._hub_published import not_taken, tell_published
    from kiosk.hub import standing
    from kiosk.hub.kiosk_troubles import troubles
    from kiosk.hub.publishing import published
    from kiosk.hub.steps import standing as of_schema
    from kiosk.hub.steps import steps_in

    with _opened(ctx, database) as db:
        schema = of_schema(db, steps_in())
        if schema.pending and not schema.fits:
            _tell_behind(schema, standing.hub_clock(db), lang, as_metrics=as_metrics)
        kiosks, alarms, now = standing.kiosks(db), standing.new_alarms(db), standing.hub_clock(db)
        if looked_at:
            standing.looked_at(db, alarms)
        editions = published(db)
    if as_metrics:
        from kiosk.hub.metrics import metrics

        click.echo(metrics(kiosks, len(schema.pending), now), nl=False)
        return
    if as_json:
        _print_json(kiosks, alarms, editions)
    else:
        _print_lines(kiosks, alarms, now, ZoneInfo(settings_of(ctx).site.zone), lang)
        _tell_pending(schema, lang)
        tell_published(editions, ZoneInfo(settings_of(ctx).site.zone), lang)
    if schema.pending or alarms or not_taken(editions) or any(troubles(one, now) for one in kiosks):
        sys.exit(1)


def _tell_behind(schema: Schema, now: datetime, lang: str, *, as_metrics: bool) -> NoReturn:
    """What else would be asked may not be there yet. Ends the command."""
    from kiosk.hub.metrics import metrics

    if as_metrics:
        click.echo(metrics((), len(schema.pending), now), nl=False)
        sys.exit(0)
    _tell_pending(schema, lang)
    sys.exit(1)


def _tell_pending(schema: Schema, lang: str) -> None:
    from kiosk.catalogue import load_catalogue

    for step in schema.pending:
        click.echo(load_catalogue("kiosks").text("status.pending", step=step.name).show(lang))


def _opened(ctx: click.Context, database: str | None) -> AbstractContextManager[psycopg.Connection[Any]]:
    return as_this_box(ctx) if database is None else administered(database)


def _print_lines(
    kiosks: tuple[KioskStanding, ...], alarms: tuple[Alarm, ...], now: datetime, zone: ZoneInfo, lang: str
) -> None:
    from kiosk.catalogue import load_catalogue
    from kiosk.hub.kiosk_troubles import KioskWords, troubles, worst_first

    texts = load_catalogue("kiosks")
    words = KioskWords(texts, load_catalogue("box"), zone)
    for one in worst_first(kiosks, now):
        found = troubles(one, now)
        well = texts["status.revoked" if one.revoked else "how.well"].show(lang)
        line = texts.text(
            "status.kiosk",
            centre=one.centre,
            kiosk=one.kiosk,
            heard=_moment(one.heard_at, zone) if one.heard_at else texts["status.never"],
            waiting=one.waiting,
            news=one.news,
            told=("、" if lang == "zh" else ", ").join(words.label(it).show(lang) for it in found) or well,
        )
        click.echo(line.show(lang))
        for trouble in found:
            click.echo(f"    {words.advice(trouble, one.kiosk, lang)}")
    for alarm in alarms:
        click.echo(_alarm(texts, alarm, zone).show(lang))
    if not kiosks:
        click.echo(texts["status.none"].show(lang))


def _alarm(texts: Catalogue, alarm: Alarm, zone: ZoneInfo) -> Text:
    return texts.text(
        "status.alarm",
        centre=alarm.centre,
        kiosk=alarm.kiosk,
        at=_moment(alarm.at, zone),
        n=alarm.kseq,
        what=texts[f"status.{alarm.kind}"],
    )


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _print_json(
    kiosks: tuple[KioskStanding, ...], alarms: tuple[Alarm, ...], editions: tuple[Published, ...]
) -> None:
    told = {
        "kiosks": [asdict(one) for one in kiosks],
        "alarms": [asdict(one) for one in alarms],
        "published": [asdict(one) for one in editions],
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=lambda moment: moment.isoformat()))
