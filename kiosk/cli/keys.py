"""`kiosk keys`: who can open what people handed in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli._given import LANG, settings_of
from kiosk.cli._store import note_where_it_counts, open_here

if TYPE_CHECKING:
    from kiosk.security.custody import Custody, Member
    from kiosk.store import Store

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
STICK = click.option(
    "--stick",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The key stick: this file on it is used, and made where it is not there yet.",
)
BY = click.option("--by", required=True, help="An account that holds the keys; its PIN is asked for.")

_WHY = {
    "wrong": "this does not open it: look at the PIN, the stick, the code",
    "no_key": "this account has no key; somebody who has one gives it: kiosk keys admit NAME --by NAME",
    "closed": "this account does not hold all keys",
    "pin_alone": "without --stick a PIN alone would open everything; to allow that: [security] pin_alone",
    "last": "nobody else could open anything any more; first make a sheet: kiosk keys recovery-sheet",
    "done": "staff have made their keys already: kiosk keys status",
    "open_yet": "staff have not made their keys yet: kiosk keys make NAME",
}


@click.group()
def command() -> None:
    """Who can open what people handed in."""


@command.command()
@AS_JSON
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Who holds the keys, and whether the box alone opens anything."""
    with open_here(ctx) as store:
        told = _status(store)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if not told["protected"]:
        click.echo("unprotected: whoever has this box can read everything. Make keys: kiosk keys make NAME")
    for one in told["keys"]:
        held = ", ".join(one["holders"]) or "this box"
        click.echo(f"{one['id']}  {one['made_at']}  held by {held}")
    for name in told["pin_alone"]:
        click.echo(f"{name}: a PIN alone, which falls in days to whoever has a copy of this box")
    if told["protected"] and not told["recovery_sheet"]:
        click.echo("no recovery sheet yet: kiosk keys recovery-sheet --by NAME")


@command.command()
@click.argument("name")
@STICK
@click.pass_context
def make(ctx: click.Context, name: str, stick: Path | None) -> None:
    """Put the keys into the hands of account NAME; from then on this box alone opens nothing.

    Others are let in by NAME afterwards, with `kiosk keys admit`.
    """
    note_where_it_counts(ctx)
    with _custody(ctx) as (store, custody):
        custody.protect([_member(store, name, stick)])
    click.echo(f"{name} holds the keys now. Next, print the sheet that opens them when all else is lost:")
    click.echo(f"  kiosk keys recovery-sheet --by {name}")


@command.command()
@click.argument("name")
@BY
@STICK
@click.pass_context
def admit(ctx: click.Context, name: str, by: str, stick: Path | None) -> None:
    """Give the keys to account NAME as well, or anew after a new PIN."""
    with _custody(ctx) as (store, custody):
        _open(ctx, store, custody, by)
        custody.admit(_member(store, name, stick))
    click.echo(f"{name} holds the keys now.")


@command.command()
@click.argument("name")
@click.pass_context
def dismiss(ctx: click.Context, name: str) -> None:
    """Take the keys from account NAME, who leaves: what comes from now on is sealed to new ones."""
    with _custody(ctx) as (_, custody):
        custody.dismiss(name)
    click.echo(f"{name} opens nothing that comes from now on.")


@command.command()
@click.pass_context
def rotate(ctx: click.Context) -> None:
    """New keys for what comes from now on; everything older still opens."""
    with _custody(ctx) as (_, custody):
        custody.rotate()
    click.echo("What comes from now on is sealed to new keys. Everybody who held the old ones holds them.")


@command.command("recovery-sheet")
@BY
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A PDF, on a stick of your own.")
@LANG
@click.pass_context
def recovery_sheet(ctx: click.Context, by: str, out: Path | None, lang: str) -> None:
    """Print the code that opens everything when nobody who holds a key is left. Lock it away.

    Without --out it comes out of the printer of kiosk.toml. A sheet from before opens nothing any more.
    """
    from kiosk.cli._recovery_sheet import sheet, way_out

    settings = settings_of(ctx)
    hand_out = way_out(settings, out)
    with _custody(ctx) as (store, custody):
        _open(ctx, store, custody, by)
        custody.new_recovery(lambda code: hand_out(sheet(settings, code), lang))
    click.echo("The sheet was made. Lock it away: whoever has it and this box can read everything.")


@command.command()
@click.argument("name")
@STICK
@click.pass_context
def recover(ctx: click.Context, name: str, stick: Path | None) -> None:
    """Give the keys to account NAME with the code of the recovery sheet."""
    from kiosk.security.recovery import CodeFault

    with _custody(ctx) as (store, custody):
        code = click.prompt("Code of the recovery sheet", hide_input=True)
        try:
            custody.recover(code, _member(store, name, stick))
        except CodeFault as fault:
            raise click.ClickException(str(fault)) from None
    click.echo(f"{name} holds the keys now.")


@contextmanager
def _custody(ctx: click.Context) -> Iterator[tuple[Store, Custody]]:
    from kiosk.security.custody import Custody, KeysRefused

    with open_here(ctx) as store:
        try:
            yield store, Custody(store, pin_alone=settings_of(ctx).security.pin_alone)
        except KeysRefused as refused:
            raise click.ClickException(_WHY[refused.why]) from None


def _member(store: Store, name: str, stick: Path | None) -> Member:
    """Somebody with an account, whose PIN is right."""
    from kiosk.security.custody import Member

    pin = _pin(store, name)
    return Member(name, pin, _token(stick) if stick else b"")


def _open(ctx: click.Context, store: Store, custody: Custody, name: str) -> None:
    from kiosk.security.stick import tokens

    custody.open_with(name, _pin(store, name), tokens(settings_of(ctx).security.key_stick))


def _pin(store: Store, name: str) -> str:
    from kiosk.clock import SystemClock
    from kiosk.security.accounts import Accounts

    pin: str = click.prompt(f"PIN of {name}", hide_input=True)
    if Accounts(store, SystemClock()).sign_in(name, pin).actor is None:
        raise click.ClickException("name and PIN do not match, or too many were tried just now")
    return pin


def _token(stick: Path) -> bytes:
    from kiosk.security.stick import tokens, write

    try:
        return write(stick)
    except FileExistsError:
        found = next(tokens(str(stick)), None)
    except OSError as error:
        raise click.ClickException(f"the stick cannot be written: {error.strerror}") from None
    if found is None:
        raise click.ClickException("there is a file on the stick that is not a key")
    return found


def _status(store: Store) -> dict[str, Any]:
    keys = [
        {
            "id": key.id.hex(),
            "made_at": key.made_at.isoformat(timespec="seconds"),
            "protected": key.protected,
            "holders": sorted(name or "recovery sheet" for name in key.holders),
        }
        for key in store.centre_keys()
    ]
    return {
        "protected": store.protected,
        "keys": keys,
        "pin_alone": [key.account for key in store.staff_keys() if not key.token],
        "recovery_sheet": store.recovery_key() is not None,
    }
