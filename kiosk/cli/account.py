"""`kiosk account`: who may sign in at the desk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from kiosk.cli._given import settings_of, state_of
from kiosk.cli._store import note_where_it_counts, open_here

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.cases.staff import Account
    from kiosk.security.accounts import Accounts
    from kiosk.security.leaving import Left
    from kiosk.store import Store

Outcome = TypeVar("Outcome")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
ROLES = click.Choice(["volunteer", "staff", "manager"])
_LAST_KEY = "nobody else could open anything any more; first make a sheet: kiosk keys recovery-sheet"


@click.group()
def command() -> None:
    """Staff accounts. Whoever may run commands on this box is its manager; each change is recorded."""


@command.command()
@click.argument("name")
@click.option(
    "--role",
    type=ROLES,
    default="staff",
    show_default=True,
    help="What they may do: volunteers see no finished cases, managers reset PINs.",
)
@AS_JSON
@click.pass_context
def add(ctx: click.Context, name: str, role: str, as_json: bool) -> None:
    """Make an account for NAME and print its PIN, once."""
    from kiosk.cases.states import Role

    note_where_it_counts(ctx)
    pin = _done(ctx, lambda store: _accounts(store).add(name, Role(role)))
    _print_pin(name, role, pin, as_json)


@command.command("list")
@AS_JSON
@click.pass_context
def list_accounts(ctx: click.Context, as_json: bool) -> None:
    """List the accounts: role, last sign-in, and which of them wait or are locked for good."""
    zone = ZoneInfo(settings_of(ctx).site.zone)
    with open_here(ctx) as store:
        found = [_line(account, zone) for account in store.accounts()]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in found:
        lock = "locked" if line["locked"] else "waits" if line["waits_seconds"] else ""
        seen = line["last_sign_in"] or "never signed in"
        click.echo(f"{line['name']}  {line['role']}  {seen}  {lock}".rstrip())
    if not found:
        click.echo("no accounts")


@command.command()
@click.argument("name")
@AS_JSON
@click.pass_context
def reset(ctx: click.Context, name: str, as_json: bool) -> None:
    """Give NAME a new PIN and all tries again.

    Who holds the centre's keys gets them anew with `kiosk keys admit`.
    """
    from kiosk.cases.states import BOX

    def reset(store: Store) -> tuple[str, str]:
        pin = _accounts(store).reset(name, by=BOX)
        account = store.account(name)
        return pin, account.role if account else ""

    pin, role = _done(ctx, reset)
    _print_pin(name, role, pin, as_json)


@command.command("role")
@click.argument("name")
@click.argument("role", type=ROLES)
@click.pass_context
def set_role(ctx: click.Context, name: str, role: str) -> None:
    """Give NAME another ROLE. A volunteer has no cases and no keys: the cases go back to the desk."""
    from kiosk.cases.states import BOX, Role
    from kiosk.security.custody import Custody
    from kiosk.security.leaving import change_role

    def change(store: Store) -> Left:
        accounts, custody = _accounts(store), Custody(store)
        return change_role(accounts, custody, store, name, Role(role), BOX, _reason())

    left = _done(ctx, change)
    click.echo(f"{name} is {role} now.")
    _tell_left(left)


@command.command()
@click.argument("name")
@click.option("--forget", is_flag=True, help="NAME has no card any more.")
@click.pass_context
def card(ctx: click.Context, name: str, forget: bool) -> None:
    """Tell whose identity card opens the page for staff at this kiosk; asks for its number.

    The number itself is not kept.
    """
    from kiosk.identity import id_number
    from kiosk.security.keys import person_key, site_key
    from kiosk.security.staff_cards import StaffCards

    with open_here(ctx) as store:
        if store.account(name) is None:
            raise click.ClickException("there is no account of this name")
    state = state_of(ctx)
    cards = StaffCards(state)
    if forget:
        cards.forget(name)
        click.echo(f"{name} has no card any more.")
        return
    number: str = click.prompt(f"Number on the identity card of {name}", hide_input=True)
    if not id_number.check(number).valid:
        raise click.ClickException("this is not the number of an identity card; please look at it again")
    cards.give(name, person_key(number, site_key(state)))
    click.echo(f"This card and the PIN of {name} open the page for staff.")


@command.command()
@click.argument("name")
@click.pass_context
def remove(ctx: click.Context, name: str) -> None:
    """Take NAME's account away. Their cases go back to the desk; what they did stays in the books."""
    from kiosk.cases.states import BOX
    from kiosk.security.custody import Custody
    from kiosk.security.leaving import remove
    from kiosk.security.staff_cards import StaffCards

    left = _done(ctx, lambda store: remove(_accounts(store), Custody(store), store, name, BOX, _reason()))
    StaffCards(state_of(ctx)).forget(name)
    click.echo(f"{name} has no account any more.")
    _tell_left(left)


def _reason() -> str:
    """What stands with each case that goes back, for the colleague who takes it next."""
    from kiosk.catalogue import load_catalogue

    return load_catalogue("desk")["account.given_back"].show("zh")


def _tell_left(left: Left) -> None:
    if left.cases:
        click.echo(f"{left.cases} of their cases are back at the desk.")
    if left.still_theirs:
        click.echo(f"{left.still_theirs} finished cases keep their name; anybody can close them.")
    if left.keys:
        click.echo("What comes from now on is sealed to new keys, which they do not hold.")
        click.echo("What came before they could have kept: also take their card or key stick.")


def _done(ctx: click.Context, act: Callable[[Store], Outcome]) -> Outcome:
    from kiosk.security.accounts import AccountFault
    from kiosk.security.custody import KeysRefused

    with open_here(ctx) as store:
        try:
            return act(store)
        except AccountFault as fault:
            raise click.ClickException(str(fault)) from None
        except KeysRefused:
            raise click.ClickException(_LAST_KEY) from None


def _line(account: Account, zone: ZoneInfo) -> dict[str, Any]:
    from kiosk.clock import SystemClock
    from kiosk.security.lockout import dead, wait

    seen = account.signed_in_at
    return {
        "name": account.name,
        "role": account.role,
        "locked": dead(account.tries),
        "waits_seconds": round(wait(account.tries, SystemClock().now()).total_seconds()),
        "last_sign_in": f"{seen.astimezone(zone):%Y-%m-%d %H:%M}" if seen else None,
    }


def _accounts(store: Store) -> Accounts:
    from kiosk.clock import SystemClock
    from kiosk.security.accounts import Accounts

    return Accounts(store, SystemClock())


def _print_pin(name: str, role: str, pin: str, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"name": name, "role": role, "pin": pin}, ensure_ascii=False))
        return
    click.echo(f"{name} ({role}): PIN {pin}")
    click.echo("This PIN is shown only now. Give it to them in person.")
