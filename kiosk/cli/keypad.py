"""`kiosk keypad`: a site's own keypad, learned key by key."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG

if TYPE_CHECKING:
    from kiosk.text import Catalogue
    from screens.keypad_lesson import Lesson


@click.group()
def command() -> None:
    """Keypads whose keys send something else than docs/keys.md says."""


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@LANG
def learn(file: Path, lang: str) -> None:
    """Press each key when told; FILE, ending in .toml, is written for `keys.keypad` in kiosk.toml.

    Run it in the kiosk's own terminal. Ends with 1 where nothing was written.
    """
    from kiosk.catalogue import load_catalogue
    from screens.keypad_lesson import KeypadLesson
    from screens.keypads import written_keypad

    texts, names = load_catalogue("keypad"), load_catalogue("resident")
    if file.suffix != ".toml":
        raise click.UsageError(texts["learn.name"].show(lang))
    if file.exists():
        raise click.ClickException(texts["learn.exists"].show(lang))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.ClickException(texts["learn.terminal"].show(lang))
    lesson = KeypadLesson(lambda lesson: _told(lesson, texts, names, lang)).run()
    if lesson is None:
        raise click.ClickException(texts["learn.given_up"].show(lang))
    if not lesson.keypad:
        click.echo(texts["learn.plain"].show(lang))
        return
    try:
        file.write_text(written_keypad(lesson.keypad), encoding="utf-8")
    except OSError as fault:
        raise click.ClickException(
            texts["learn.unwritten"].fill(why=fault.strerror or "").show(lang)
        ) from None
    click.echo(texts["learn.written"].fill(file=str(file.absolute())).show(lang))


def _told(lesson: Lesson, texts: Catalogue, names: Catalogue, lang: str) -> str:
    """The page: how far it is, which key to press, what the last one was, what else can be done."""
    from screens.keypad_lesson import ASKED

    if lesson.wanted is None:
        return ""
    count = texts.text("learn.count", n=lesson.asked + 1, all=len(ASKED))
    lines = [count, texts["learn.press"], names[f"practice.{lesson.wanted}"]]
    if lesson.taken is not None:
        lines.append(texts["learn.taken"])
        lines.append(names[f"practice.{lesson.taken}"])
    lines += [texts["learn.skip"], texts["learn.end"]]
    return "\n\n".join(line.show(lang) for line in lines)
