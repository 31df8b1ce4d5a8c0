"""`kiosk statistics`: how much there was to do, and how it went; no count that points at somebody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli._given import LANG, settings_of, state_of, today_at
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.cases.counts import Statistics
    from kiosk.text import Text

SPANS = click.Choice(["days", "month", "quarter", "year"])


@click.command()
@click.option(
    "--span",
    type=SPANS,
    default="days",
    show_default=True,
    help="The last 30 days, this month, this quarter, this year.",
)
@click.option(
    "--csv",
    "folder",
    type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path),
    help="Write a table for spreadsheets into this folder.",
)
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, span: str, folder: Path | None, lang: str, as_json: bool) -> None:
    """Count cases and ratings. Fewer than 5 are never told: they could point at somebody."""
    told, titles = _counted(ctx, span), _titles(ctx)
    shown = {name: title.show(lang) for name, title in titles.items()}
    if folder is not None:
        from kiosk.paper.statistics_file import write_csv

        path = write_csv(folder, told, shown)
        click.echo(json.dumps({"file": str(path)}, ensure_ascii=False) if as_json else path)
    elif as_json:
        click.echo(json.dumps(_plain(told, shown), ensure_ascii=False, indent=2))
    else:
        for line in _lines(told, titles, lang):
            click.echo(line)


def _counted(ctx: click.Context, span: str) -> Statistics:
    from kiosk.cases.counts import Span, first_day

    today = today_at(settings_of(ctx))
    with open_here(ctx) as store:
        while store.count_on():
            pass
        return store.statistics(first_day(Span(span), today), today)


def _titles(ctx: click.Context) -> dict[str, Text]:
    from kiosk.cli._editions import shelf_of

    shelf = shelf_of(settings_of(ctx), state_of(ctx))
    return {name: service.title.text() for name, service in shelf.services.items()}


def _plain(told: Statistics, titles: dict[str, str]) -> dict[str, Any]:
    """As the table has it; null where the number would point at somebody."""
    from kiosk.paper.statistics_file import rows

    counts = [
        {"table": table, "service": service, "of": of, "count": count}
        for table, service, of, count in rows(told, titles)
    ]
    return {"from": told.first.isoformat(), "to": told.last.isoformat(), "counts": counts}


def _lines(told: Statistics, titles: dict[str, Text], lang: str) -> list[str]:
    from kiosk.catalogue import load_catalogue
    from screens.desk.statistics_lines import Teller, statistics_lines, title_of

    desk = load_catalogue("desk")

    def words(key: str, **values: Any) -> str:
        return desk.text(key, **values).show(lang)

    lines = statistics_lines(told, Teller(words, title_of(titles, lang)))
    return [f"{told.first} - {told.last}", *(line.lead + line.text for line in lines)]
