"""`kiosk check`: this box in the morning, before the first person comes."""

from __future__ import annotations

import json
import logging
import shutil
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from kiosk.cli._given import LANG, settings_of, state_of

if TYPE_CHECKING:
    from kiosk.cases.calendar import WorkCalendar
    from kiosk.clock import SystemClock
    from kiosk.config import Settings
    from kiosk.selftest.finding import Finding

_MARKS = {"good": "✓", "look": "!", "bad": "✗"}


@click.command()
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--guided", is_flag=True, help="Try keys, sound, readers, paper and touch, page by page.")
@click.option("--next-start", is_flag=True, help="With --guided: on the kiosk's screen when it starts next.")
@click.option("--no-report", is_flag=True, help="Keep no report beside the store.")
@click.pass_context
def command(
    ctx: click.Context, lang: str, as_json: bool, guided: bool, next_start: bool, no_report: bool
) -> None:
    """Look whether this box has all that a visit needs. Ends with 1 where something does not work.

    Run it while the kiosk is not running: a device has room for one program.
    """
    if guided or next_start:
        if as_json or no_report or not guided:
            raise click.UsageError("--next-start goes with --guided, and both with --lang alone")
        _want_walk(ctx, lang) if next_start else _walk(ctx, lang)
        return
    from kiosk.clock import SystemClock
    from kiosk.selftest import report
    from kiosk.selftest.finding import State

    # What a device does not do is a finding, in words; its line for a log would stand above them.
    logging.getLogger("kiosk.devices").addHandler(logging.NullHandler())
    settings = settings_of(ctx)
    clock = SystemClock()
    try:
        folder = state_of(ctx)
    except OSError as error:
        raise click.ClickException(f"the folder of --data cannot be used: {error.strerror}") from None
    findings = _findings(settings, folder, clock)
    now = clock.now().astimezone(ZoneInfo(settings.site.zone))
    told = report.record(findings, now)
    kept = None if no_report else _keep(told, folder, now)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _print(findings, settings, now, lang, kept)
    if report.worst(findings) is State.BAD:
        ctx.exit(1)


def _want_walk(ctx: click.Context, lang: str) -> None:
    """From another screen than the kiosk's own, where keys and fingers would be those of somebody else."""
    from kiosk.catalogue import load_catalogue
    from kiosk.cli._guided_next import want_walk

    texts = load_catalogue("guided")
    try:
        want_walk(state_of(ctx), lang)
    except OSError as error:
        raise click.ClickException(f"the folder of --data cannot be used: {error.strerror}") from None
    click.echo(texts["command.wanted"].show(lang))


def _walk(ctx: click.Context, lang: str) -> None:
    """By a person, on this screen."""
    from kiosk.catalogue import load_catalogue
    from kiosk.cli._guided_check import walk_through
    from kiosk.selftest.finding import State

    texts = load_catalogue("guided")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.ClickException(texts["command.terminal"].show(lang))
    try:
        folder = state_of(ctx)
    except OSError as error:
        raise click.ClickException(f"the folder of --data cannot be used: {error.strerror}") from None
    kept = walk_through(settings_of(ctx), folder, lang)
    if kept is None:
        click.echo(texts["command.no_report"].show(lang))
        ctx.exit(1)
    click.echo(texts.text("command.kept", day=f"{kept.at:%Y-%m-%d %H:%M}").show(lang))
    if kept.state == State.BAD:
        ctx.exit(1)


def _findings(settings: Settings, folder: Path, clock: SystemClock) -> list[Finding]:
    """Every part, in the order in which staff can do something about it."""
    from kiosk.cli._editions import calendar_of, editions_of, service_folders
    from kiosk.cli._listening_check import listening_findings
    from kiosk.cli._speech_check import speech_findings
    from kiosk.cli._type_sizes import screen_finding
    from kiosk.cli._update_check import update_findings
    from kiosk.selftest import (
        cameras,
        devices,
        editions,
        gateway,
        hub,
        machine,
        services,
        waiting_numbers,
    )
    from kiosk.selftest.finding import State, finding

    now = clock.now().astimezone(ZoneInfo(settings.site.zone))
    calendar = calendar_of(settings, folder)
    kept, latest = _kept(settings, folder, clock, calendar)
    return [
        finding("settings", State.GOOD, "settings.good", centre=settings.site.name),
        *update_findings(),
        *services.services(service_folders(settings, folder), now.date()),
        services.calendar(calendar, now.date()),
        *editions.editions(editions_of(settings, folder), settings.services, ZoneInfo(settings.site.zone)),
        *kept,
        machine.disk(shutil.disk_usage(folder).free),
        machine.clock(now, latest),
        screen_finding(settings.screen),
        *devices.devices(settings.device),
        *cameras.cameras(settings.materials),
        *speech_findings(settings.voice, folder),
        *listening_findings(settings.listening, folder),
        *gateway.gateway(settings.gateway, folder),
        *hub.hub(settings.hub, folder, clock, calendar, encrypt=settings.security.encrypt_file),
        *waiting_numbers.waiting_numbers(settings.waiting_letter),
    ]


def _kept(
    settings: Settings, folder: Path, clock: SystemClock, calendar: WorkCalendar
) -> tuple[list[Finding], datetime | None]:
    """The store, who can open what is in it, and when its newest open case came; of a desk of a hub all that
    lies there.
    """
    from kiosk.selftest import keeping, sealed

    if settings.hub.of_a_desk:
        return [], None
    encrypt = settings.security.encrypt_file
    store, latest = keeping.store(folder, clock, calendar, encrypt=encrypt)
    return [
        store,
        *sealed.keys(folder, clock, calendar, encrypt=encrypt, alone=not settings.hub.there),
    ], latest


def _keep(told: dict[str, object], folder: Path, now: datetime) -> Path | None:
    """None where it cannot be kept: it is shown all the same, and the store's line says what is wrong."""
    from kiosk.selftest import report

    try:
        return report.keep(told, folder, now)
    except OSError:
        return None


def _print(
    findings: Sequence[Finding], settings: Settings, now: datetime, lang: str, kept: Path | None
) -> None:
    from kiosk.catalogue import load_catalogue
    from kiosk.selftest import report

    texts = load_catalogue("box")
    heading = texts.text(
        "report.heading", centre=settings.site.name, day=f"{now:%Y-%m-%d}", time=f"{now:%H:%M}"
    )
    click.echo(heading.show(lang))
    for one in findings:
        part = texts[f"part.{one.part}"].show(lang)
        click.echo(f" {_MARKS[one.state]} {part}{'：' if lang == 'zh' else ': '}{one.words.show(lang)}")
    for line in report.outcome(findings):
        click.echo(line.show(lang))
    if kept is not None:
        click.echo(texts.text("report.kept", name=f"{kept.parent.name}/{kept.name}").show(lang))
