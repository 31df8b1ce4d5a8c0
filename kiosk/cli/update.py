"""`kiosk update`: the program brought up to date from a stick, and back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from kiosk.cli import option_values
from kiosk.cli._given import LANG, settings_of, state_of

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.config import Settings
    from kiosk.text import Catalogue, Text
    from kiosk.update.program import ProgramUpdate, Say
    from kiosk.update.trial import Box
    from kiosk.update.versions import Versions


@click.command()
@click.argument("stick", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--back", is_flag=True, help="To the version before.")
@click.option("--again", is_flag=True, help="Also to a version that kept falling here.")
@click.option(
    "--after-falls",
    is_flag=True,
    help="Back, if the kiosk kept falling in the first day of this version: for an installed box.",
)
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Make a folder of versions there, the first time.",
)
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    stick: Path | None,
    back: bool,
    again: bool,
    after_falls: bool,
    into: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Bring the program up to date from STICK: a folder, a zip file of it, or a wheel in it.

    Kiosk and desk must be closed, but not for services or a calendar.
    Without STICK: what runs, and what is kept.
    """
    from kiosk.catalogue import load_catalogue
    from kiosk.update.program import ProgramUpdate

    if (stick is not None) + back + after_falls > 1:
        raise click.UsageError("STICK, --back and --after-falls are different things")
    settings = settings_of(ctx)
    texts = load_catalogue("update")

    def say(step: str, **values: str | Text) -> None:
        # each line at once: whoever stands there waits for minutes
        if not as_json:
            click.echo(texts.text(f"step.{step}", **values).show(lang))

    with _telling(texts, lang):
        if stick is not None and _published(ctx, stick, texts, say, as_json):
            return
        versions = _versions(into)
        # Whoever begins this, with whatever habits: the kiosk's account has to read what root puts there.
        os.umask(0o022)
        with versions.alone():
            update = ProgramUpdate(versions, _box(ctx), say, partial(_now, settings), again=again)
            if after_falls:
                _gone_back(update, say)
            else:
                _done(ctx, update, stick, back, say)
    _show(versions, say, as_json)


def _published(ctx: click.Context, stick: Path, texts: Catalogue, say: Say, as_json: bool) -> bool:
    """Services or a calendar, taken at once, whether the kiosk is open or not. False: something else."""
    from kiosk.cli._given import today_at
    from kiosk.update.published import read, take

    came = read(stick)
    if came is None:
        return False
    settings = settings_of(ctx)
    kind, kept = take(came, state_of(ctx), settings.hub.publishers, today_at(settings))
    at = kept.made_at.astimezone(ZoneInfo(settings.site.zone))
    if as_json:
        click.echo(json.dumps({"kind": kind, "made_at": kept.made_at.isoformat(), "digest": kept.digest}))
    say("taken", kind=texts[f"kind.{kind}"], at=f"{at:%Y-%m-%d %H:%M}", name=kind)
    return True


def _done(ctx: click.Context, update: ProgramUpdate, stick: Path | None, back: bool, say: Say) -> None:
    from kiosk.update.refused import Refused
    from kiosk.update.stick import contents_of, stick_at

    if back:
        say("went_back", version=update.back())
    elif stick is None:
        update.settle()
    else:
        keys = settings_of(ctx).update.keys
        if not keys:
            raise Refused("no_keys")
        with stick_at(stick) as found:
            contents = contents_of(found, keys)
            say("signed", version=contents.version)
            say("done", version=update.update(found, contents))


def _gone_back(update: ProgramUpdate, say: Say) -> None:
    if version := update.after_falls():
        say("after_falls", version=version)


def _now(settings: Settings) -> datetime:
    from kiosk.clock import SystemClock

    return SystemClock().now().astimezone(ZoneInfo(settings.site.zone))


def _versions(into: Path | None) -> Versions:
    from kiosk.update.program import home
    from kiosk.update.refused import Refused
    from kiosk.update.versions import Versions

    folder = into or home()
    if folder is None:
        raise Refused("no_home")
    return Versions(folder.absolute())


def _box(ctx: click.Context) -> Box:
    from kiosk.update.trial import Box

    config = option_values(ctx)["config"]
    return Box(state_of(ctx).absolute(), Path(config).absolute() if config else None)


def _show(versions: Versions, say: Say, as_json: bool) -> None:
    from kiosk.update.first_day import first_day

    record, current, day = versions.record(), versions.current, first_day(versions.folder)
    kept = record.before if record and versions.is_whole(record.before) else ""
    fell = day if day and day.fell(current) else None
    stays = day if day and day.stays(current) else None
    if as_json:
        told = {"version": current, "kept": kept, "folder": str(versions.folder)}
        told |= {"fell": fell.version if fell else "", "stays": stays.version if stays else ""}
        click.echo(json.dumps(told))
        return
    if current:
        say("settled", version=current)
    if fell:
        say("fell", version=fell.version, at=fell.shown_at)
    elif kept:
        say("kept", version=kept)
    if stays:
        say("stays", version=stays.version, at=stays.shown_at)


@contextmanager
def _telling(texts: Catalogue, lang: str) -> Iterator[None]:
    """A refusal in the person's language, and what to do."""
    from kiosk.update.refused import Refused

    try:
        yield
    except Refused as refused:
        told = texts.text(f"refused.{refused.code}", **refused.values)
        raise click.ClickException(told.show(lang)) from None
    except OSError as error:
        said = error.strerror or type(error).__name__
        raise click.ClickException(texts.text("refused.disk", said=said).show(lang)) from None
