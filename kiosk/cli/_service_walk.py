"""`kiosk service walk`: the real kiosk with one service, on any day, and nothing of it reaches the queue."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import click

from kiosk.cli._given import LANG, settings_of
from kiosk.cli._service_files import FILE, sound
from kiosk.cli._service_world import DATE, day_meant
from kiosk.text import same

if TYPE_CHECKING:
    from kiosk.cli._walk_visit import Ended, Trace
    from kiosk.config import Settings
    from kiosk.services.model import Service
    from kiosk.text import Catalogue, Text
    from screens.resident.fittings import CardTable, Fittings


@click.command(short_help="Try it at the real kiosk.")
@FILE
@LANG
@DATE
@click.option("--save", metavar="NAME", help="Keep the walk as a story of this name without asking.")
@click.pass_context
def walk(ctx: click.Context, file: Path, lang: str, day: datetime.datetime | None, save: str | None) -> None:
    """Walk FILE at the real kiosk: F10 lays fictional people's cards, Ctrl+Q ends it.

    At the end the walk can be kept as a story of the file.
    """
    from kiosk.catalogue import load_catalogue
    from kiosk.cli._demo_reader import demo_reader
    from kiosk.cli._walk_visit import Trace

    texts, settings = load_catalogue("author"), settings_of(ctx)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.ClickException(texts["walk.no_terminal"].show(lang))
    service, today = sound(file, lang), day_meant(day)
    _must_be_offered(service, today, texts, lang)
    trace = Trace(service, today)
    with tempfile.TemporaryDirectory(prefix="bangban-walk-") as folder, demo_reader() as (port, cards):
        _sit(_settings_in(Path(folder), file, settings), Path(folder), trace, today, texts, port, cards)
    if trace.ended is None:
        click.echo(texts["walk.no_end"].show(lang))
        return
    click.echo(texts.text("walk.came_to", end=_in_words(trace.ended.end, service, texts)).show(lang))
    name = save or _asked_for_name(texts, lang)
    if name:
        _keep(ctx, file, trace.ended, today, name, texts, lang)


def _must_be_offered(service: Service, today: datetime.date, texts: Catalogue, lang: str) -> None:
    start, end = service.valid.start, service.valid.end
    if today < start:
        raise click.ClickException(texts.text("walk.too_early", day=start.isoformat()).show(lang))
    if end is not None and today > end:
        raise click.ClickException(texts.text("walk.too_late", day=end.isoformat()).show(lang))


def _settings_in(folder: Path, file: Path, settings: Settings) -> Settings:
    """The centre's settings, with this service alone; papers come out in the temporary folder."""
    from kiosk.config import Printing, Services

    shelf = folder / "services"
    shelf.mkdir()
    shutil.copy(file, shelf / file.name)
    if (file.parent / "blocks").is_dir():
        shutil.copytree(file.parent / "blocks", shelf / "blocks")
    return replace(
        settings,
        services=Services(str(shelf), settings.services.regions),
        printer=Printing(folder=str(folder / "papers")) if settings.prints else Printing(),
        device=tuple(one for one in settings.device if one.purpose != "printer"),
    )


def _sit(
    settings: Settings,
    folder: Path,
    trace: Trace,
    today: datetime.date,
    texts: Catalogue,
    port: str,
    cards: CardTable,
) -> None:
    """One sitting on this terminal, its store in a folder that goes with it."""
    from kiosk.cli._fittings import fittings_for
    from kiosk.cli._walk_visit import PretendedClock
    from kiosk.event_log import keep_events

    keep_events(folder / "kiosk.log")
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    from screens.resident.app import ResidentApp

    clock = PretendedClock(today, ZoneInfo(settings.site.zone))
    state = folder / "state"
    state.mkdir(mode=0o700)
    fittings = fittings_for(settings, state, demo=True, port=port, cards=cards, clock=clock)
    ResidentApp(_followed(fittings, trace, today, texts)).run()


def _followed(fittings: Fittings, trace: Trace, today: datetime.date, texts: Catalogue) -> Fittings:
    from kiosk.cli._walk_visit import Followed

    def mark(banner: Text) -> Text:
        return texts.text("walk.banner", date=today.isoformat(), banner=banner)

    first = replace(fittings.first_page, banner=mark(fittings.first_page.banner))
    return replace(
        fittings, first_page=first, open_visit=lambda: Followed(fittings.open_visit(), trace, mark)
    )


def _in_words(end: str, service: Service, texts: Catalogue) -> Text:
    """An end as a person tells it: where it stopped, and with what words."""
    told = next((stop.tell.text() for stop in service.stop if stop.id == end), None)
    if told is not None:
        return texts.text("walk.end_stop", words=told)
    return texts[f"walk.end_{end}"] if end in ("submit", "refused") else same(end)


def _asked_for_name(texts: Catalogue, lang: str) -> str:
    """The name of the story; empty where it is not to be kept."""
    from kiosk.cli._interview import Interview

    ask = Interview(texts, lang)
    return ask.line("walk.name") if ask.yes("walk.keep") else ""


def _keep(
    ctx: click.Context,
    file: Path,
    ended: Ended,
    today: datetime.date,
    name: str,
    texts: Catalogue,
    lang: str,
) -> None:
    """Append the story, if it comes out as the walk did and the file can still be read."""
    from kiosk.services.load import look_over_source
    from kiosk.services.rewriting import replace_file
    from kiosk.services.story_text import story_document, with_story

    def refuse(key: str, **values: str | Text) -> NoReturn:
        click.echo(texts.text(f"walk.{key}", **values).show(lang), err=True)
        ctx.exit(1)

    source = file.read_bytes()
    service = look_over_source(source, file, today)[0]
    if service is None or set(ended.answers) - set(service.questions):
        refuse("broken", file=file.name)
    story = story_document(service, ended.answers, ended.refused, today, name)
    if story["expect"]["end"] != ended.end:
        refuse("not_kept", end=_in_words(story["expect"]["end"], service, texts))
    written = with_story(source, story)
    if look_over_source(written, file, today)[0] is None:
        refuse("broken", file=file.name)
    try:
        replace_file(file, written)
    except OSError as error:
        raise click.ClickException(f"{file.name}: {error.strerror}") from None
    click.echo(texts.text("walk.kept", file=file.name).show(lang))
