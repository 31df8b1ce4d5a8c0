"""`kiosk voice`: what the speech sounds like, without a screen."""

from __future__ import annotations

import json
import threading
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG, settings_of, state_of
from kiosk.cli._speech import HEARD, speech_of
from kiosk.cli._standard_error import standard_error
from kiosk.cli._voice_devices import devices
from kiosk.cli._voice_install import install
from kiosk.cli._voice_prepare import prepare
from kiosk.cli._voice_remove import remove

if TYPE_CHECKING:
    from voice.engines import Engine
    from voice.fitting import Fitting


@click.group()
def command() -> None:
    """Speech: say a text, list the voices, bring better ones, hear a recording."""


for _part in (prepare, install, remove, devices):
    command.add_command(_part)


@command.command()
@click.argument("text")
@LANG
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a WAV file instead of playing.",
)
@click.option("--rate", type=click.IntRange(1, 7), default=4, show_default=True, help="1 slow, 7 fast.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_context
def say(ctx: click.Context, text: str, lang: str, out: Path | None, rate: int, as_json: bool) -> None:
    """Say TEXT, as a page would: numbers, dates and tickets become words."""
    from voice.spoken_forms import spoken

    words = spoken(text, lang)
    if not any(character.isalnum() for character in words):
        raise click.UsageError("there is nothing in this text that can be said")
    fitting = _fitting(ctx)
    done = _save(words, lang, rate, out, fitting) if out else _say_aloud(text, lang, rate, fitting)
    done = {"text": words, "lang": lang, **done}
    click.echo(json.dumps(done, ensure_ascii=False) if as_json else words)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_context
def voices(ctx: click.Context, as_json: bool) -> None:
    """The voices that work here and pass their self-test, by language, best first."""
    found = [
        {"engine": engine.name, "lang": language, "voice": voice}
        for engine in _engines(_fitting(ctx))
        for language, voice in engine.voices().items()
    ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo(
            "\n".join(f"{v['lang']}  {v['voice']:<24} {v['engine']}" for v in found) or "none: captions only"
        )
    if not found:
        click.get_current_context().exit(1)


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lang", type=click.Choice(HEARD), default="zh", show_default=True, help="Language.")
@click.option(
    "--expect",
    default="yesno",
    show_default=True,
    metavar="WHAT",
    help="yesno, digits, digits:11, options:a,b,c, number, money, date, commands or text.",
)
@click.option(
    "--model",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of a model, instead of the installed one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_context
def listen(ctx: click.Context, file: Path, lang: str, expect: str, model: Path | None, as_json: bool) -> None:
    """Hear FILE, a WAV file, as a page hears the microphone, and say what was understood.

    Ends with 1 where nothing was.
    """
    from kiosk.cli._voice_listen import listen_in

    if not listen_in(ctx, file, lang, expect, model, as_json=as_json):
        ctx.exit(1)


def _fitting(ctx: click.Context) -> Fitting:
    """What is installed and set on this box."""
    return speech_of(settings_of(ctx).voice, state_of(ctx))


def _engines(fitting: Fitting) -> tuple[Engine, ...]:
    from voice.engines.ready import patient_engines

    return patient_engines(fitting)


def _save(words: str, lang: str, rate: int, out: Path, fitting: Fitting) -> dict[str, object]:
    """Render into a WAV file."""
    from voice.engines import rendered_by

    with standard_error():
        found = rendered_by(_engines(fitting), words, lang, rate)
    if found is None:
        raise click.ClickException(f"no voice for {lang} works here; screens show captions instead")
    engine, sound = found
    try:
        with out.open("wb") as target, wave.open(target, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(sound.rate)
            file.writeframes(sound.pcm)
    except OSError as fault:
        raise click.ClickException(f"cannot write {out}: {fault.strerror}") from fault
    return {"engine": engine.name, "seconds": round(sound.seconds, 3), "out": str(out)}


def _say_aloud(text: str, lang: str, rate: int, fitting: Fitting) -> dict[str, object]:
    """Through the speaker that a sitting has, so that what is heard here is what a resident hears."""
    from kiosk.catalogue import load_catalogue
    from kiosk.text import same
    from voice.mouth import PROGRAM
    from voice.privacy import Output
    from voice.speaker import PageSpeaker

    silent = threading.Event()
    try:
        speaker = PageSpeaker(
            load_catalogue("voice"),
            lambda _: None,
            silent.set,
            output=Output.PRIVATE,
            program=(*PROGRAM, *fitting.arguments()),
        )
    except ValueError as fault:
        raise click.ClickException(str(fault)) from fault
    try:
        speaker.set_rate(rate)
        speaker.notice(same(text), lang)
        while not speaker.wait_quiet(0.1) and not silent.is_set():
            continue
    finally:
        speaker.close()
        speaker.wait_quiet(2.0)
    if silent.is_set():
        raise click.ClickException("no sound device here; use --out FILE to keep the sound")
    return {"out": None}
