"""`kiosk held`: what this box holds of the person of a case, to print and hand to them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from kiosk.cli._given import LANG, settings_of
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.store.rights import Held, HeldCase, Look
    from kiosk.text import Catalogue, Text


@click.command()
@click.argument("number")
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, number: str, lang: str, as_json: bool) -> None:
    """Say what is held of the person whose case NUMBER is, until when, and who looked at it.

    For the person who asks: look at their document first.
    """
    from kiosk.catalogue import load_catalogue

    texts = load_catalogue("upkeep")
    with open_here(ctx) as store:
        case_id = store.case_id_of(number)
        held = store.held_beside(case_id) if case_id else None
    if held is None:
        raise click.ClickException(texts["held.nobody"].show(lang))
    if as_json:
        click.echo(json.dumps(_plain(held), ensure_ascii=False, indent=2))
        return
    zone = ZoneInfo(settings_of(ctx).site.zone)
    click.echo(texts.text("held.heading", count=len(held.cases)).show(lang))
    for case in held.cases:
        day = f"{case.received_at.astimezone(zone):%Y-%m-%d}"
        title = case.title.get(lang, case.number)
        click.echo(texts.text("held.case", number=case.number, title=title, day=day).show(lang))
        until = texts.text("held.until", day=str(case.until)) if case.until else _later(texts, case)
        click.echo("  " + until.show(lang))
        if case.copies:
            click.echo("  " + texts.text("held.copies", n=case.copies).show(lang))
        for look in case.looks:
            at = f"{look.at.astimezone(zone):%Y-%m-%d %H:%M}"
            role = texts[f"role.{look.role}"].show(lang)
            what = _what(texts, look, lang)
            click.echo("  " + texts.text("held.look", role=role, at=at, what=what).show(lang))
        if not case.looks:
            click.echo("  " + texts["held.no_look"].show(lang))
    click.echo(texts.text("held.drafts", count=held.drafts).show(lang))
    click.echo(texts["held.settings" if held.settings else "held.no_settings"].show(lang))


def _later(texts: Catalogue, case: HeldCase) -> Text:
    if case.keep_days is None:
        return texts["held.unsaid"]
    return texts.text("held.days", days=case.keep_days)


def _what(texts: Catalogue, look: Look, lang: str) -> str:
    from kiosk.cases.materials import LOOKED_AT

    return texts["held.a_copy"].show(lang) if look.what.startswith(LOOKED_AT) else look.what


def _plain(held: Held) -> dict[str, Any]:
    return {
        "cases": [
            {
                "number": case.number,
                "received_at": case.received_at.isoformat(),
                "state": case.state,
                "until": case.until.isoformat() if case.until else None,
                "keep_days": case.keep_days,
                "consents": list(case.consents),
                "copies": case.copies,
                "looks": [
                    {"role": one.role, "at": one.at.isoformat(), "what": one.what} for one in case.looks
                ],
            }
            for case in held.cases
        ],
        "drafts": held.drafts,
        "settings": held.settings,
    }
