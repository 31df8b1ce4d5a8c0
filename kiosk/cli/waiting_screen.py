"""`kiosk waiting-screen`: a second screen that shows and says who is called."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import settings_of, state_of
from kiosk.cli._until_done import until_done

if TYPE_CHECKING:
    from kiosk.config import Settings
    from kiosk.ports import Speaker


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Who is called to which window, full screen, each call said twice. Ctrl+Q ends it."""
    settings = settings_of(ctx)
    if not settings.waiting_letter:
        raise click.ClickException("nobody is called by number here; kiosk.toml says how ([waiting])")
    _run(settings, state_of(ctx))


def _run(settings: Settings, state: Path) -> None:
    import asyncio

    from kiosk.catalogue import load_catalogue
    from kiosk.cli._editions import calendar_of
    from kiosk.clock import SystemClock
    from kiosk.event_log import keep_events
    from kiosk.store import open_store
    from screens.desk.records import Records
    from screens.waiting_screen import Calls, WaitingScreen

    keep_events(state / "waiting-screen.log")
    clock, calendar = SystemClock(), calendar_of(settings, state)
    encrypt = settings.security.encrypt_file
    records = Records(lambda: open_store(state, clock=clock, calendar=calendar, encrypt=encrypt))
    texts = load_catalogue("resident")
    languages = ("zh", "en") if settings.waiting.english else ("zh",)
    view = Calls(texts, settings.site.name, settings.waiting.from_age)
    try:
        speaker = _speaker(settings, state)
        app = WaitingScreen(records, speaker, texts, view, languages)
        asyncio.run(until_done(app))
    finally:
        records.close()
    if app.return_code:
        click.echo("The screen ended unexpectedly; start it again. waiting-screen.log says where.", err=True)
        raise SystemExit(1)


def _speaker(settings: Settings, state: Path) -> Speaker:
    """As a sitting speaks. What is said here may be heard by everybody, so a speech log may be kept."""
    from kiosk.catalogue import load_catalogue
    from kiosk.cli._speech import speech_of
    from voice.mouth import PROGRAM
    from voice.speaker import PageSpeaker

    return PageSpeaker(
        load_catalogue("voice"),
        lambda caption: None,
        lambda: None,
        demo=True,
        sound=settings.voice.sound and os.environ.get("KIOSK_SOUND") != "off",
        program=(*PROGRAM, *speech_of(settings.voice, state).arguments()),
    )
