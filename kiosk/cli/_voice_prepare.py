"""`kiosk voice prepare`: the sentences that everybody hears, rendered before anybody is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import settings_of, state_of, today_at
from kiosk.cli._standard_error import standard_error

if TYPE_CHECKING:
    from kiosk.config import Settings
    from voice.prepare import Tally, Task


@click.command(short_help="Render what everybody hears ahead of time.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="One language only; both without it.")
@click.option(
    "--rate",
    "rates",
    type=click.IntRange(1, 7),
    multiple=True,
    help="A speed, 1 slow to 7 fast; may be given several times. Without it, the one in the settings.",
)
@click.option("--demo", is_flag=True, help="Drafts of services, too.")
@click.option(
    "--to-record",
    type=click.Path(file_okay=False, path_type=Path),
    help="Make nothing; put the list of sentences there, for somebody who lends their voice.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_context
def prepare(
    ctx: click.Context,
    lang: str | None,
    rates: tuple[int, ...],
    demo: bool,
    to_record: Path | None,
    as_json: bool,
) -> None:
    """Render the sentences of all services that everybody hears, with the best voice there is.

    Cut off, it goes on where it was the next time. What no page says any more is taken away.
    """
    settings = settings_of(ctx)
    languages = (lang,) if lang else ("zh", "en")
    said = {language: _sentences(ctx, language, demo=demo) for language in languages}
    if to_record:
        _write_lists(said, to_record)
        return
    tasks = _tasks(said, rates or (settings.voice.rate,))
    try:
        tally = _prepared(tasks, settings, state_of(ctx), quiet=as_json)
    except OSError as fault:
        raise click.ClickException(f"cannot keep what was made: {fault.strerror}") from None
    _tell(tally, len(tasks), as_json=as_json)


def _sentences(ctx: click.Context, language: str, *, demo: bool) -> tuple[str, ...]:
    from kiosk.cli._editions import state_here
    from kiosk.cli._fittings import world_today
    from kiosk.cli._voice_pages import sentences
    from voice.privacy import Output

    settings = settings_of(ctx)
    world = world_today(settings, today_at(settings), demo=demo, state=state_here(ctx))
    return sentences(world, language, Output(settings.voice.output))


def _tasks(said: dict[str, tuple[str, ...]], rates: tuple[int, ...]) -> list[Task]:
    from voice.prepare import Task

    return [
        Task(words, language, rate) for rate in rates for language, lines in said.items() for words in lines
    ]


def _prepared(tasks: list[Task], settings: Settings, state: Path, *, quiet: bool) -> Tally:
    from kiosk.cli._speech import speech_of
    from voice.engines.cache import SpeechCache
    from voice.engines.ready import patient_engines
    from voice.prepare import prepare as render_all

    fitting = speech_of(settings.voice, state)
    engines = patient_engines(fitting)
    if not engines:
        raise click.ClickException("no voice works here; screens show captions instead")
    with (
        standard_error() as terminal,
        click.progressbar(length=len(tasks), label="Sentences", file=terminal, hidden=quiet) as bar,
    ):
        return render_all(tasks, engines, SpeechCache(Path(fitting.prepared)), lambda _tally: bar.update(1))


def _write_lists(said: dict[str, tuple[str, ...]], folder: Path) -> None:
    """One folder a language, with the list that `kiosk voice install` wants; the WAV files go beside it."""
    for language, lines in said.items():
        entries = (
            f'\n[[sentence]]\ntext = {json.dumps(words, ensure_ascii=False)}\nfile = "{number:04}.wav"\n'
            for number, words in enumerate(lines, 1)
        )
        try:
            place = folder / language
            place.mkdir(parents=True, exist_ok=True)
            (place / "index.toml").write_text(
                f'language = "{language}"\n' + "".join(entries), encoding="utf-8"
            )
        except OSError as fault:
            raise click.ClickException(f"cannot write there: {fault.strerror}") from None
        click.echo(f"{place / 'index.toml'}: {len(lines)} sentences")


def _tell(tally: Tally, asked: int, *, as_json: bool) -> None:
    if as_json:
        told = {
            name: getattr(tally, name)
            for name in ("made", "there", "recorded", "unsaid", "swept", "size", "full")
        }
        click.echo(json.dumps({"sentences": asked, **told, "seconds": round(tally.seconds, 1)}))
    else:
        click.echo(
            f"{asked} sentences: {tally.made} made, {tally.there} there already, {tally.recorded} recorded"
            f" by a person, {tally.unsaid} left to their time; {tally.swept} old ones taken away."
        )
        click.echo(f"{tally.seconds / 60:.0f} minutes of sound, {tally.size / 1e6:.0f} MB.")
    if tally.full:
        raise click.ClickException(
            "not all fits into the room for prepared speech (2 GB); fewer speeds need less"
        )
