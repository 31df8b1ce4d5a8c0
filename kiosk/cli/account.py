"""`kiosk account`: who may sign in at the desk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.security.accounts import Accounts
    from kiosk.store import Store

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def command() -> None:
    """Staff accounts."""


@command.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(["volunteer", "staff", "manager"]),
    default="staff",
    show_default=True,
    help="What they may do: volunteers see no finished cases, managers reset PINs.",
)
@AS_JSON
@click.pass_context
def add(ctx: click.Context, name: str, role: str, as_json: bool) -> None:
    """Make an account for NAME and print its PIN, once."""
    from kiosk.cases.states import Role
    from kiosk.security.accounts import AccountFault

    with open_here(ctx) as store:
        try:
            pin = _accounts(store).add(name, Role(role))
        except AccountFault as fault:
            raise click.ClickException(str(fault)) from None
    _print_pin(name, role, pin, as_json)


@command.command("list")
@AS_JSON
@click.pass_context
def list_accounts(ctx: click.Context, as_json: bool) -> None:
    """List the accounts and which of them are locked for good."""
    from kiosk.security.lockout import dead

    with open_here(ctx) as store:
        found = [
            {"name": account.name, "role": account.role, "locked": dead(account.tries)}
            for account in store.accounts()
        ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in found:
        click.echo(f"{line['name']}  {line['role']}  {'locked' if line['locked'] else ''}".rstrip())
    if not found:
        click.echo("no accounts")


@command.command()
@click.argument("name")
@AS_JSON
@click.pass_context
def reset(ctx: click.Context, name: str, as_json: bool) -> None:
    """Give NAME a new PIN and all tries again.

    Whoever may run commands on this box is its manager.
    """
    from kiosk.cases.states import Actor, Role
    from kiosk.security.accounts import AccountFault

    with open_here(ctx) as store:
        try:
            pin = _accounts(store).reset(name, by=Actor("kiosk account", Role.MANAGER))
        except AccountFault as fault:
            raise click.ClickException(str(fault)) from None
        account = store.account(name)
    _print_pin(name, account.role if account else "", pin, as_json)


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
