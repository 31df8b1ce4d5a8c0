"""`kiosk case export`: lines without names by anybody; what people handed in by two, as a closed file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from kiosk.cli._given import settings_of
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.cases.states import Actor
    from kiosk.cases.two_persons import Confirmed
    from kiosk.cases.views import CaseView
    from kiosk.store import Store

_LACK = {
    "role": "an export is asked for by a manager and confirmed by staff or another manager",
    "same": "the second person must be another",
    "one_hand": "within 30 days one of the two gave the other an account, a PIN or a higher role, or a third"
    " gave it to both; somebody else has to confirm it",
    "new": "the second account was made less than 7 days ago; somebody else has to confirm it",
    "late": "more than five minutes went by; begin again",
}
_OUT = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--all", "every", is_flag=True, help="Finished cases too.")
@click.option("--full", is_flag=True, help="With everything people handed in: needs --out, --by and --with.")
@click.option("--out", type=_OUT, help="The closed file to write; its code is shown once.")
@click.option("--by", help="The manager who wants it; the PIN is asked for.")
@click.option("--with", "second", help="The second person, who confirms it with their own PIN.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list, where it is printed.")
@click.pass_context
def export(
    ctx: click.Context,
    every: bool,
    full: bool,
    out: Path | None,
    by: str | None,
    second: str | None,
    as_json: bool,
) -> None:
    """Print the cases without anything personal, one JSON object a line.

    With --full two persons take out whole cases, as a closed file for `kiosk case open-export`.
    """
    if not full:
        _print(_bare(ctx, every), as_json)
        return
    if out is None or by is None or second is None:
        raise click.UsageError("--full needs --out FILE, --by MANAGER and --with COLLEAGUE")
    if out.exists():
        raise click.ClickException(f"{out.name} is there already")
    count, code = _export(ctx, every, out, by, second)
    click.echo(f"{count} cases in {out.name}. It opens with this code, which is shown only now:")
    click.echo(f"  {code}")
    click.echo("Write it down, and let code and file never go the same way.")


@click.command("open-export")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@click.pass_context
def open_export(ctx: click.Context, file: Path, as_json: bool) -> None:
    """Print what is in an export, one JSON object a line; the code is asked for."""
    from kiosk.security.export_file import NotOpened, head_of, opened
    from kiosk.security.recovery import CodeFault

    try:
        sealed = file.read_bytes()
        head = head_of(sealed)
        told = f"{head.count} cases, {head.at}, {head.centre}, by {head.by}, confirmed by {head.confirmed_by}"
        click.echo(told, err=True)
        _, body = opened(sealed, click.prompt("Code", hide_input=True, err=True))
    except CodeFault as fault:
        raise click.ClickException(str(fault)) from None
    except NotOpened:
        raise click.ClickException("this is no export, it was changed, or it has another code") from None
    except OSError as error:
        raise click.ClickException(f"the file cannot be read: {error.strerror}") from None
    _print(json.loads(body), as_json)


def _print(cases: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(cases, ensure_ascii=False, indent=2))
        return
    for one in cases:
        click.echo(json.dumps(one, ensure_ascii=False))


def _bare(ctx: click.Context, every: bool) -> list[dict[str, Any]]:
    from kiosk.cases.plain import line_of
    from kiosk.clock import SystemClock

    now = SystemClock().now()
    with open_here(ctx) as store:
        return [line_of(case) for case in (store.all_cases(now) if every else store.open_cases(now))]


def _export(ctx: click.Context, every: bool, out: Path, by: str, second: str) -> tuple[int, str]:
    from kiosk.cases.two_persons import NotConfirmed
    from kiosk.security.export_file import keep
    from kiosk.store.exporting import MOST, TooMany

    with open_here(ctx) as store:
        try:
            both = _both(ctx, store, by, second)
            cases = store.export(both, every=every)
        except NotConfirmed as refused:
            raise click.ClickException(_LACK[refused.lack]) from None
        except TooMany:
            raise click.ClickException(
                f"one export holds {MOST} cases, and there are more; without --all it takes only the open"
                " ones. To move everything to another box: kiosk backup"
            ) from None
    file, code = _file(ctx, both, cases)
    try:
        keep(file, out.parent, out.name)
    except OSError as error:
        raise click.ClickException(f"the file cannot be written: {error.strerror}") from None
    return len(cases), code


def _both(ctx: click.Context, store: Store, by: str, second: str) -> Confirmed:
    from kiosk.cases.two_persons import Asked
    from kiosk.clock import SystemClock

    asked = Asked(_signed_in(ctx, store, by, opens=True), SystemClock().now())
    return store.confirm(asked, _signed_in(ctx, store, second, opens=False))


def _signed_in(ctx: click.Context, store: Store, name: str, *, opens: bool) -> Actor:
    """By their PIN; where they hold keys, with their stick, too. `opens`: theirs are the keys that read."""
    from kiosk.clock import SystemClock
    from kiosk.security.accounts import Accounts
    from kiosk.security.custody import Custody, KeysRefused
    from kiosk.security.stick import tokens

    pin: str = click.prompt(f"PIN of {name}", hide_input=True, err=True)
    actor = Accounts(store, SystemClock()).sign_in(name, pin).actor
    custody, sticks = Custody(store), tuple(tokens(settings_of(ctx).security.key_stick))
    if actor is None or not custody.shows(name, pin, sticks):
        raise click.ClickException("name, PIN and stick do not match, or too many were tried just now")
    if opens and custody.protected:
        try:
            custody.open_with(name, pin, sticks)
        except KeysRefused:
            raise click.ClickException(f"{name} does not hold the keys: kiosk keys status") from None
    return actor


def _file(ctx: click.Context, both: Confirmed, cases: list[CaseView]) -> tuple[bytes, str]:
    from kiosk.security.exported import exported

    settings = settings_of(ctx)
    return exported(both, cases, settings.site.name.show("zh"), ZoneInfo(settings.site.zone))
