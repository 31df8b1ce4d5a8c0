"""`kiosk hub aside`: what a desk could not take in, why, and another try."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from kiosk.cli._given import LANG, settings_of
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.hub.taking_again import SetAside, TakingAgain
    from kiosk.text import Catalogue


@click.group()
def aside() -> None:
    """Parcels of kiosks that could not be taken in. At a desk of their centre."""


@aside.command("list", short_help="Which they are, and why.")
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def list_aside(ctx: click.Context, lang: str, as_json: bool) -> None:
    """Tell each parcel that was set aside, with the reason and what to do. Nothing in it is shown.

    Exit code 1 where there is one.
    """
    from kiosk.catalogue import load_catalogue

    with _at_desk(ctx) as store:
        found = store.parcels_aside()
    texts = load_catalogue("box")
    if as_json:
        told = [asdict(one) for one in found]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=lambda moment: moment.isoformat()))
    else:
        zone = ZoneInfo(settings_of(ctx).site.zone)
        for one in found:
            click.echo(_line(one, texts, lang, zone))
        if not found:
            click.echo(texts["aside.none"].show(lang))
    if found:
        ctx.exit(1)


@aside.command("again", short_help="Try once more.")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, type=click.IntRange(min=1))
@LANG
@click.pass_context
def again(ctx: click.Context, numbers: tuple[int, ...], lang: str) -> None:
    """Put parcels (their NUMBER in `kiosk hub aside list`) back to be taken in, with all of the same case.

    Noted in the book of the house. Exit code 1 where one still cannot be taken in.
    """
    from kiosk.catalogue import load_catalogue

    texts = load_catalogue("box")
    with _at_desk(ctx) as store:
        known = {one.number for one in store.parcels_aside()}
        if strange := sorted(set(numbers) - known):
            raise click.ClickException(texts.text("aside.unknown", number=strange[0]).show(lang))
        back = store.take_again(numbers)
        left = [one for one in store.parcels_aside() if one.number in back]
    click.echo(texts.text("aside.again", taken=len(back) - len(left), left=len(left)).show(lang))
    zone = ZoneInfo(settings_of(ctx).site.zone)
    for one in left:
        click.echo(_line(one, texts, lang, zone))
    if left:
        ctx.exit(1)


@contextmanager
def _at_desk(ctx: click.Context) -> Iterator[TakingAgain]:
    from kiosk.hub.taking_again import TakingAgain

    if not settings_of(ctx).hub.of_a_desk:
        raise click.ClickException("this is done at a desk: [hub] in its kiosk.toml names bb_desk_…")
    with open_here(ctx) as store:
        assert isinstance(store, TakingAgain)
        yield store


def _line(one: SetAside, texts: Catalogue, lang: str, zone: ZoneInfo) -> str:
    return texts.text(
        "aside.line",
        number=one.number,
        kiosk=one.kiosk,
        kseq=one.kseq,
        kind=texts[f"aside.{one.kind or 'other'}"],
        at=f"{one.received_at.astimezone(zone):%Y-%m-%d %H:%M}",
        why=texts[f"aside.{one.why}"],
    ).show(lang)
