"""`kiosk paper`: papers for people to take home, made at the desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG, settings_of, today_at
from kiosk.cli._service_files import FILE, sound
from kiosk.cli._service_world import world_with

if TYPE_CHECKING:
    from kiosk.flow.document import Document


@click.group()
def command() -> None:
    """Papers to take home."""


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
    content = _pdf(document, lang) if suffix == ".pdf" else plain_text(document, width, lang).encode()
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
    from kiosk.paper.font import MissingSign, NoFont, find_font
    from kiosk.paper.pdf import pdf

    try:
        return pdf(document, find_font(), language)
    except MissingSign as missing:
        raise click.ClickException(f"not printed: the font has no sign for {missing.signs}") from None
    except NoFont:
        raise click.ClickException(
            "not printed: there is no Chinese font here; install one, for example Noto Sans CJK"
        ) from None
