"""`kiosk paper`: papers for people to take home, made at the desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from kiosk.flow.document import Document


@click.group()
def command() -> None:
    """Papers to take home."""


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file: x.pdf or x.txt.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="The language of the paper.")
@click.option("--width", type=click.IntRange(20, 200), default=64, help="Cells of a line of text.")
@click.pass_context
def guide(ctx: click.Context, file: Path, out: Path | None, lang: str, width: int) -> None:
    """The guide of a service FILE, as text on the screen or in large type in a PDF."""
    from kiosk.paper.plain import plain_text

    suffix = out.suffix.lower() if out else ".txt"
    if suffix not in {".pdf", ".txt"}:
        raise click.UsageError("--out: a file that ends in .pdf or .txt")
    document = _guide(ctx, file)
    if suffix == ".pdf":
        _write(out, _pdf(document, lang))
    elif out:
        _write(out, plain_text(document, width, lang).encode())
    else:
        click.echo(plain_text(document, width, lang), nl=False)


def _guide(ctx: click.Context, file: Path) -> Document:
    """The guide as it would be printed at the kiosk today."""
    from kiosk.catalogue import load_catalogue
    from kiosk.cli import option_values
    from kiosk.clock import SystemClock
    from kiosk.config import ConfigFault, load_settings
    from kiosk.flow.papers import guide_paper
    from kiosk.flow.sitting import World
    from kiosk.services.load import load_service
    from kiosk.services.model import Service
    from kiosk.services.signing import signed_off

    read = load_service(file)
    if not isinstance(read, Service):
        raise click.ClickException("\n".join(problem.show("zh") for problem in read))
    try:
        site = load_settings(option_values(ctx)["config"]).site
    except ConfigFault as fault:
        raise click.ClickException(str(fault)) from None
    world = World(
        services={read.id: read},
        texts=load_catalogue("resident"),
        today=SystemClock().now().astimezone(ZoneInfo(site.zone)).date(),
        centre=site.name,
        phone=site.phone,
        unsigned=frozenset() if signed_off(read) else frozenset({read.id}),
    )
    return guide_paper(read, world)


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


def _write(path: Path | None, content: bytes) -> None:
    assert path is not None
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise click.ClickException(f"{path.name}: {fault.strerror}") from None
