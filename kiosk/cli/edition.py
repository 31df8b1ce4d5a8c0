"""`kiosk edition`: what was published for this box, and the way back to what it had before."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from kiosk.cli._editions import editions_of
from kiosk.cli._given import LANG, settings_of, state_of

if TYPE_CHECKING:
    from kiosk.editions.keeping import Editions, Standing

KIND = click.argument("kind", type=click.Choice(["services", "calendar"]))


@click.group()
def command() -> None:
    """Services and calendars that were published for this box over its hub."""


@command.command()
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def show(ctx: click.Context, lang: str, as_json: bool) -> None:
    """Say which are in use, which one there was before, and what was not taken, and why."""
    settings = settings_of(ctx)
    if as_json:
        click.echo(json.dumps({one.kind: _plain(one) for one in _editions(ctx)}))
        return
    from kiosk.catalogue import load_catalogue
    from kiosk.selftest.editions import editions

    texts, colon = load_catalogue("box"), "：" if lang == "zh" else ": "
    for found in editions(_editions(ctx), settings.services, ZoneInfo(settings.site.zone)):
        click.echo(texts[f"part.{found.part}"].show(lang) + colon + found.words.show(lang))


@command.command()
@KIND
@click.pass_context
def back(ctx: click.Context, kind: str) -> None:
    """Go back to the one before, or to what the box had before the first; a visit that runs is not disturbed.

    The one that was in use is not taken again before another is published, or `kiosk edition again`.
    """
    if not _done(lambda one: one.back(), _one(ctx, kind)):
        raise click.ClickException(f"no {kind} were published for this box: there is nothing to go back from")
    before = _standing(_one(ctx, kind)).current
    if before is None:
        click.echo("What came with the program, and this site's own, is in use again.")
        return
    at = before.made_at.astimezone(ZoneInfo(settings_of(ctx).site.zone))
    click.echo(f"{kind} of {at:%Y-%m-%d %H:%M}: in use again.")


@command.command()
@KIND
@click.pass_context
def again(ctx: click.Context, kind: str) -> None:
    """Let the one that was not taken come again, with the next `kiosk sync`."""
    if not _done(lambda one: one.again(), _one(ctx, kind)):
        raise click.ClickException("nothing was left out")
    click.echo("It is looked at again with the next kiosk sync.")


def _editions(ctx: click.Context) -> tuple[Editions, ...]:
    found = editions_of(settings_of(ctx), state_of(ctx))
    if not found:
        raise click.ClickException("this box knows no publisher: hub.publisher_keys in kiosk.toml is empty")
    return found


def _one(ctx: click.Context, kind: str) -> Editions:
    return next(one for one in _editions(ctx) if one.kind == kind)


def _done(what: Callable[[Editions], bool], editions: Editions) -> bool:
    from kiosk.editions.keeping import Damaged

    try:
        return what(editions)
    except Damaged:
        raise click.ClickException("what is kept about it is damaged; kiosk sync fetches it anew") from None
    except OSError as error:
        raise click.ClickException(f"nothing was changed: {error.strerror}") from None


def _standing(editions: Editions) -> Standing:
    from kiosk.editions.keeping import Damaged, Standing

    try:
        return editions.standing()
    except Damaged:
        return Standing()


def _plain(editions: Editions) -> dict[str, object]:
    standing = _standing(editions)
    kept = {"current": standing.current, "before": standing.before}
    told: dict[str, object] = {
        name: one and {"made_at": one.made_at.isoformat(), "digest": one.digest} for name, one in kept.items()
    }
    left = standing.left
    told["left"] = left and {"digest": left.digest, "why": left.why, "files": left.files}
    return told | {"whole": editions.whole()}
