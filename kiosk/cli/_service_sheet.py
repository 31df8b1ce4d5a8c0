"""`kiosk service sheet`: a service as a workbook, and back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click

from kiosk.cli._given import LANG
from kiosk.cli._service_files import FILE, sound

_WRITTEN = click.Path(dir_okay=False, path_type=Path)


@click.group(short_help="Make a workbook of it, and read it back.")
def sheet() -> None:
    """A service as a workbook for a spreadsheet program, and back. The text file stays the master."""


@sheet.command("export")
@FILE
@click.argument("out", type=_WRITTEN)
@LANG
def export_sheet(file: Path, out: Path, lang: str) -> None:
    """Write FILE as the workbook OUT (.xlsx). Comments of the file are not in it."""
    from kiosk.catalogue import load_catalogue
    from kiosk.services.sheet import export

    sound(file, lang)
    texts = load_catalogue("author")
    document = tomllib.loads(file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    try:
        export(document, texts, lang).save(out)
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}") from None
    click.echo(texts.text("sheet.exported", file=out.name).show(lang))


@sheet.command("import")
@click.argument("workbook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("out", type=_WRITTEN)
@click.option("--replace", is_flag=True, help="OUT may be there already.")
@LANG
@click.pass_context
def import_sheet(ctx: click.Context, workbook: Path, out: Path, replace: bool, lang: str) -> None:
    """Write WORKBOOK as the service file OUT (.toml). With an error nothing is written.

    What is wrong is told by sheet and cell.
    """
    from kiosk.catalogue import load_catalogue
    from kiosk.services.rewriting import replace_file
    from kiosk.services.sheet_import import SheetFault, check, errors, read

    texts = load_catalogue("author")
    if out.exists() and not replace:
        raise click.UsageError(f"{out.name} is there already; --replace writes over it")
    try:
        found = read(workbook, texts, lang)
    except SheetFault:
        raise click.ClickException(texts.text("sheet.no_workbook", file=workbook.name).show(lang)) from None
    for one in found.unread:
        click.echo(f"{one.where} {texts.text(f'sheet.{one.why}', **one.values).show(lang)}")
    if found.unread:
        ctx.exit(1)
    text, problems = check(found, out)
    for problem in problems:
        click.echo(problem.show(lang))
    if errors(problems):
        ctx.exit(1)
    try:
        if out.exists():
            replace_file(out, text.encode())
        else:
            out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}") from None
    click.echo(texts.text("sheet.imported", file=out.name).show(lang))
