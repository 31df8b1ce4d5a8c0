"""`kiosk service stop` and `start`: what residents can apply for, from one moment to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG, settings_of, state_of, today_at
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.services.load import Shelf
    from kiosk.services.model import Service

WHY = click.option("--why", required=True, help="The reason; staff read it at the desk.")


@click.command(short_help="Switch it off at once.")
@click.argument("service")
@WHY
@LANG
@click.pass_context
def stop(ctx: click.Context, service: str, why: str, lang: str) -> None:
    """Take SERVICE (its id) from every kiosk of this store, at once.

    Whoever is filling it in reads what was kept; nothing more is handed in.
    """
    from kiosk.cases.moves import IllegalMove
    from kiosk.cases.states import BOX
    from kiosk.services.standing import may_be_stopped

    found = _service_of(ctx, service)
    if not may_be_stopped(found, today_at(settings_of(ctx))):
        raise click.ClickException(f"{service} is not offered anyway (kiosk service check)")
    with open_here(ctx) as store:
        try:
            store.stop_service(found.id, BOX, _said(why))
        except IllegalMove:
            raise click.ClickException(f"{service} is switched off already") from None
    click.echo(_told("stopped", found, lang))


@click.command(short_help="Switch it on again.")
@click.argument("service")
@WHY
@LANG
@click.pass_context
def start(ctx: click.Context, service: str, why: str, lang: str) -> None:
    """Offer SERVICE (its id) again. Refused while it is not signed off as it is now."""
    from kiosk.cases.moves import IllegalMove
    from kiosk.cases.states import BOX
    from kiosk.services.standing import may_go_on

    found = _service_of(ctx, service)
    if not may_go_on(found, today_at(settings_of(ctx))):
        raise click.ClickException(
            f"{service} is not offered: it is a draft, not signed off as it is now, or its time is over"
            " (kiosk service sign)"
        )
    with open_here(ctx) as store:
        try:
            store.start_service(found.id, BOX, _said(why))
        except IllegalMove:
            raise click.ClickException(f"{service} is not switched off") from None
    click.echo(_told("started", found, lang))


def _service_of(ctx: click.Context, service_id: str) -> Service:
    from kiosk.cli._editions import shelf_of

    shelf: Shelf = shelf_of(settings_of(ctx), state_of(ctx))
    found = shelf.services.get(service_id)
    if found is None:
        known = ", ".join(sorted(shelf.services))
        raise click.ClickException(f"there is no service {service_id}; there are {known}")
    return found


def _said(why: str) -> str:
    if not why.strip():
        raise click.UsageError("--why needs a reason")
    return why


def _told(which: str, service: Service, lang: str) -> str:
    from kiosk.catalogue import load_catalogue

    told = load_catalogue("author").text(f"summary.{which}", title=service.title.text())
    return told.show(lang)
