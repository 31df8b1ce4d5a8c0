"""`kiosk conformance`: which requirement is proved by which tests, and what others must still show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG

if TYPE_CHECKING:
    from kiosk.conformance.verdict import Table


@click.command()
@click.argument("row", required=False)
@LANG
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the table as a page for a browser, with every test by name.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
def command(row: str | None, lang: str, html: Path | None, as_json: bool) -> None:
    """The table of accessibility standards, or one ROW of it ("WCAG 2.2.1", K26) with its tests.

    Ends with 1 where a row claims a test that is not there or did not pass.
    """
    from kiosk.catalogue import load_catalogue
    from kiosk.conformance import sheet

    table, texts = _table(), load_catalogue("conformance")
    if row is not None:
        found = next((judged for judged in table.judged if judged.row.id == row), None)
        if found is None:
            raise click.ClickException(texts.text("flaw.unknown", row=row).show(lang))
        click.echo("\n".join(sheet.row_lines(found, texts, lang, tests=True)))
        return
    if html is not None:
        html.write_text(sheet.page(table, texts, lang), encoding="utf-8")
    elif as_json:
        click.echo(json.dumps(sheet.as_json(table), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(sheet.lines(table, texts, lang)))
    if not table.holds:
        raise click.ClickException("\n".join(sheet.flaw_lines(table, texts, lang)))
    if not as_json:
        click.echo(texts["flaw.holds"].show(lang))


def _table() -> Table:
    from kiosk.conformance.load import load_proofs, load_standards, proofs_file
    from kiosk.conformance.verdict import judge

    try:
        return judge(load_standards(), load_proofs(proofs_file()))
    except (OSError, ValueError) as fault:
        raise click.ClickException(str(fault)) from None
