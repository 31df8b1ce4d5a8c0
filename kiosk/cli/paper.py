"""`kiosk paper`: papers for people to take home, made at the desk, and sheets to fill in by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG, settings_of, state_of, today_at
from kiosk.cli._service_files import FILE, sound
from kiosk.cli._service_world import world_with
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.flow.document import Document
    from kiosk.paper.font import Font


@click.group()
def command() -> None:
    """Papers to take home, sheets to fill in."""


@command.command()
@FILE
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file: x.pdf or x.txt.")
@LANG
@click.option("--width", type=click.IntRange(20, 200), default=64, help="Cells of a line of text.")
@click.pass_context
def guide(ctx: click.Context, file: Path, out: Path | None, lang: str, width: int) -> None:
    """The guide of a service FILE, as text on the screen or in large type in a PDF."""
    from kiosk.paper.plain import plain_text

    suffix = out.suffix.lower() if out else ".txt"
    if suffix not in {".pdf", ".txt"}:
        raise click.UsageError("--out: a file that ends in .pdf or .txt")
    document = _guide(ctx, file, lang)
    if out is None:
        click.echo(plain_text(document, width, lang), nl=False)
        return
    _keep(out, _pdf(document, lang) if suffix == ".pdf" else plain_text(document, width, lang).encode())


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="A file: x.pdf.")
def sheets(file: Path, out: Path) -> None:
    """The sheets of a Markdown FILE as a PDF to print and fill in by hand, such as docs/trial/zh.md."""
    from kiosk.paper.sheets import sheets as drawn

    if out.suffix.lower() != ".pdf":
        raise click.UsageError("--out: a file that ends in .pdf")
    try:
        written = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(f"{file.name}: this is not a text file") from None
    _keep(out, _printed(lambda font: drawn(written, font)))


@command.command()
@click.argument("number")
@click.argument("name", required=False)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file: x.pdf or x.txt.")
@click.option("--print", "on_printer", is_flag=True, help="On the printer of kiosk.toml.")
@click.option(
    "--by", default="", help="Your account: a form shows private numbers, and the look is recorded."
)
@click.pass_context
def case(
    ctx: click.Context, number: str, name: str | None, out: Path | None, on_printer: bool, by: str
) -> None:
    """A paper of the case with this NUMBER, in the language of the person; without NAME which there are."""
    from kiosk.cli._case_papers import CaseDesk

    if out and out.suffix.lower() not in {".pdf", ".txt"}:
        raise click.UsageError("--out: a file that ends in .pdf or .txt")
    desk = CaseDesk(settings_of(ctx), state_of(ctx))
    with open_here(ctx) as store:
        view = desk.view(store, number)
        if name is None:
            for line in desk.list(view):
                click.echo(line)
            return
        paper = desk.paper(store, view, name, by)
    if on_printer:
        desk.print(paper)
    elif out and out.suffix.lower() == ".pdf":
        _keep(out, _pdf(paper.document, paper.language))
    else:
        _text(paper.document, paper.language, out)


def _text(document: Document, language: str, out: Path | None) -> None:
    from kiosk.paper.plain import plain_text

    words = plain_text(document, 64, language)
    click.echo(words, nl=False) if out is None else _keep(out, words.encode())


def _keep(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as fault:
        raise click.ClickException(f"{out.name}: {fault.strerror}") from None


def _guide(ctx: click.Context, file: Path, lang: str) -> Document:
    """The guide as it would be printed at the kiosk today."""
    from kiosk.flow.papers import guide_paper

    service, settings = sound(file, lang), settings_of(ctx)
    return guide_paper(service, world_with(service, settings, today_at(settings)))


def _pdf(document: Document, language: str) -> bytes:
    from kiosk.paper.pdf import pdf

    return _printed(lambda font: pdf(document, font, language))


def _printed(draw: Callable[[Font], bytes]) -> bytes:
    """Drawn with a font of this machine that has all the signs."""
    from kiosk.paper.font import MissingSign, NoFont, find_font

    try:
        return draw(find_font())
    except MissingSign as missing:
        raise click.ClickException(f"not printed: the font has no sign for {missing.signs}") from None
    except NoFont:
        raise click.ClickException(
            "not printed: there is no Chinese font here; install one, for example Noto Sans CJK"
        ) from None
