"""`kiosk screen`: how large the letters are on this screen, and a line to put a ruler to."""

from __future__ import annotations

import fcntl
import json
import struct
import sys
import termios
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG, settings_of

if TYPE_CHECKING:
    from kiosk.cli._type_sizes import Shown

_LINE = 100
"""Millimetres that the drawn line should have, as nearly as whole cells can."""
_TEN_HAN = "一二三四五六七八九十"


@click.command()
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print the sizes as JSON.")
@click.pass_context
def command(ctx: click.Context, lang: str, as_json: bool) -> None:
    """The type sizes that this screen offers, and a line to measure. Run it in the kiosk's own terminal.

    Ends with 1 where the screen is not known.
    """
    from kiosk.catalogue import load_catalogue
    from kiosk.cli._type_sizes import NoSize, show_on

    texts = load_catalogue("box")
    try:
        shown = show_on(settings_of(ctx).screen)
    except NoSize as trouble:
        raise click.ClickException(texts[f"display.{trouble}"].show(lang)) from None
    if as_json:
        click.echo(json.dumps([asdict(fit) for fit in shown.offered]))
        return
    for fit in shown.offered:
        words = texts.text(
            "display.size",
            size=int(fit.size),
            capital=f"{fit.capital:.1f}",
            body=f"{fit.body:.1f}",
            grid=f"{fit.columns}x{fit.rows}",
        )
        click.echo(words.show(lang))
    way = "display.anew" if shown.restarts else "display.in_place"
    click.echo(texts.text(way, terminal=shown.terminal).show(lang))
    cell = _cell_width(shown)
    if cell is None:
        click.echo(texts["display.no_ruler"].show(lang))
        return
    cells = round(_LINE / cell)
    click.echo("\n" + "█" * cells + "\n")
    click.echo(texts.text("display.ruler", length=f"{cells * cell:.1f}").show(lang))
    click.echo("\n" + _TEN_HAN + "\n")
    click.echo(texts.text("display.ten", length=f"{20 * cell:.1f}").show(lang))


def _cell_width(shown: Shown) -> float | None:
    """Millimetres, by the pixels that the terminal tells; None where it does not."""
    if not sys.stdout.isatty():
        return None
    told = fcntl.ioctl(sys.stdout.fileno(), termios.TIOCGWINSZ, b"\0" * 8)
    _, columns, across, _ = struct.unpack("HHHH", told)
    return across / columns / shown.panel.across * shown.panel.width if across and columns else None
