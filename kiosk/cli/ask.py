"""`kiosk ask`: what the kiosk answers to a question."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli._given import LANG, settings_of, today_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.flow.answers import Hit
    from kiosk.services.model import Service


@click.command()
@click.argument("question")
@LANG
@click.option("--demo", is_flag=True, help="Look in the drafts of services, too, as the demo does.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.pass_context
def command(ctx: click.Context, question: str, lang: str, demo: bool, as_json: bool) -> None:
    """Where the answer to QUESTION stands, best place first, and whether that is sure.

    Ends with code 1 when nothing is written about it.
    """
    from kiosk.ask.asker import GuideAsker

    services = _offered(ctx, demo=demo)
    answers = GuideAsker(services.values()).ask(question, lang)
    if as_json:
        hits = [_plain(hit, services[hit.service], lang) for hit in answers.hits]
        click.echo(json.dumps({"sure": answers.sure, "hits": hits}, ensure_ascii=False))
    else:
        click.echo("sure" if answers.sure else "not sure")
        for hit in answers.hits:
            _print(_plain(hit, services[hit.service], lang))
    if not answers.hits:
        ctx.exit(1)


def _offered(ctx: click.Context, *, demo: bool) -> Mapping[str, Service]:
    """The services that the kiosk offers today."""
    from kiosk.cli._editions import folders_here
    from kiosk.services.load import load_shelf, offered

    return offered(load_shelf(*folders_here(ctx)), today_at(settings_of(ctx)), unsigned=demo)


def _plain(hit: Hit, service: Service, lang: str) -> dict[str, Any]:
    """The place, the words that stand there, and who answers for them."""
    if hit.faq is None:
        question, answer = service.title.text(), service.guide.who.text()
    else:
        question, answer = service.faq[hit.faq].ask.text(), service.faq[hit.faq].answer.text()
    return {
        "service": hit.service,
        "faq": hit.faq,
        "title": hit.title.show(lang),
        "question": question.show(lang),
        "answer": answer.show(lang),
        "owner": service.owner,
        "version": service.version,
        "checked": service.checked.on.isoformat() if service.checked else None,
    }


def _print(place: Mapping[str, Any]) -> None:
    where = place["service"] if place["faq"] is None else f"{place['service']}, faq {place['faq'] + 1}"
    click.echo(f"\n{place['question']}\n  {place['answer']}")
    click.echo(f"  {place['title']} ({where}), {place['owner']}, {place['version']}")
