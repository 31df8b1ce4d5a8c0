"""`kiosk records`: what other offices hold of people, as it stands on this box."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli._given import LANG, settings_of, state_of, today_at
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.config import Settings
    from kiosk.records.definition import RecordSource
    from kiosk.records.inspection import Standing
    from kiosk.records.load import Sources
    from kiosk.records.table_file import BadTable, ReadTable
    from kiosk.store.records import RecordRow
    from kiosk.text import Catalogue

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def command() -> None:
    """Records of other offices: tables to import, services to ask."""


@command.command("import")
@click.argument("source")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day its figures are of; today unless given."
)
@LANG
@AS_JSON
@click.pass_context
def import_table(
    ctx: click.Context, source: str, file: Path, as_of: datetime.datetime | None, lang: str, as_json: bool
) -> None:
    """Put the table of SOURCE from a CSV FILE in the place of the one before; all of it, or nothing."""
    from kiosk.records.definition import SourceKind
    from kiosk.records.table_file import BadTable

    settings = settings_of(ctx)
    sources = _sources(settings).sources.values()
    tables = {one.id: one for one in sources if one.kind is SourceKind.TABLE}
    known = tables.get(source)
    if known is None:
        raise click.UsageError(f"{source} is no source with a table; these are: {', '.join(tables)}")
    today = today_at(settings)
    day = as_of.date() if as_of else today
    if day > today:
        raise click.UsageError("--as-of is a day to come")
    table = _read(file, known)
    if isinstance(table, BadTable):
        _tell_faults(file.name, table, lang, as_json=as_json)
        ctx.exit(1)
    _keep(ctx, known, table, day, lang, as_json=as_json)


def _read(file: Path, source: RecordSource) -> ReadTable | BadTable:
    from kiosk.records.table_file import read_table

    try:
        return read_table(file, source)
    except OSError as error:
        raise click.ClickException(f"{file.name} cannot be read: {error.strerror}") from None


def _keep(
    ctx: click.Context,
    source: RecordSource,
    table: ReadTable,
    day: datetime.date,
    lang: str,
    *,
    as_json: bool,
) -> None:
    from kiosk.security.keys import KeyTrouble, site_key

    try:
        key = site_key(state_of(ctx))
    except KeyTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    with open_here(ctx) as store:
        kept = store.replace_record_table(source.id, day, _rows(table, key))
    if as_json:
        shown = {"source": source.id, "rows": kept.rows, "as_of": day.isoformat(), "ignored": table.ignored}
        click.echo(_json(shown))
        return
    texts = _texts()
    click.echo(texts.text("records.imported", source=source.id, rows=kept.rows, day=str(day)).show(lang))
    if table.ignored:
        click.echo(texts.text("records.ignored", columns=", ".join(table.ignored)).show(lang))


def _rows(table: ReadTable, key: bytes) -> Iterator[RecordRow]:
    """Under the keyed name: numbers and codes go no further than this."""
    from kiosk.records.keys import name_in_store
    from kiosk.store.records import RecordRow

    for one in table.rows:
        yield RecordRow(name_in_store(one.key, key), json.dumps(dict(one.row), ensure_ascii=False))


def _tell_faults(file: str, table: BadTable, lang: str, *, as_json: bool) -> None:
    texts = _texts()
    told = [
        {"line": one.line, "column": one.column, "what": texts[f"table.{one.code}"].show(lang)}
        for one in table.faults
    ]
    if as_json:
        click.echo(_json({"imported": False, "faults": told, "more": table.more}))
        return
    for one in told:
        place = f"{file}:{one['line']}" if one["line"] else file
        click.echo(" ".join(filter(None, [place, str(one["column"]), str(one["what"])])), err=True)
    if table.more:
        click.echo(texts.text("records.more_faults", count=table.more).show(lang), err=True)
    click.echo(texts["records.nothing_imported"].show(lang), err=True)


@command.command("list")
@LANG
@AS_JSON
@click.pass_context
def list_sources(ctx: click.Context, lang: str, as_json: bool) -> None:
    """List the sources: how each is asked, how old its table is and how many rows it has."""
    settings = settings_of(ctx)
    _tell(_standings(ctx, settings, _sources(settings), knock=False), lang, as_json=as_json)


@command.command()
@click.option("--offline", is_flag=True, help="Do not see whether the offices' services answer.")
@LANG
@AS_JSON
@click.pass_context
def check(ctx: click.Context, offline: bool, lang: str, as_json: bool) -> None:
    """Check definitions, ages of tables, certificates, and whether services answer; asks for nobody."""
    settings = settings_of(ctx)
    loaded = _sources(settings)
    for problem in loaded.problems:
        click.echo(problem.show(lang), err=True)
    found = _standings(ctx, settings, loaded, knock=not offline)
    _tell(found, lang, as_json=as_json)
    if loaded.problems or not all(one.well for one in found):
        ctx.exit(1)


def _standings(ctx: click.Context, settings: Settings, loaded: Sources, *, knock: bool) -> list[Standing]:
    from kiosk.records.inspection import standings

    with open_here(ctx) as store:
        tables = store.record_tables()
    return list(standings(loaded.sources, tables, today_at(settings), state_of(ctx), knock=knock))


def _tell(found: list[Standing], lang: str, *, as_json: bool) -> None:
    texts = _texts()
    if as_json:
        click.echo(_json([_plain(one) for one in found]))
        return
    for one in found:
        values: dict[str, str | int] = {}
        if one.table is not None and one.days is not None:
            values = {"rows": one.table.rows, "day": str(one.table.as_of), "days": one.days}
        words = texts.text(f"standing.{one.code}", **values).show(lang)
        mark = " " if one.well else "!"
        click.echo(f"{mark} {one.source.id:20} {one.source.kind:6} {words}")


def _plain(one: Standing) -> dict[str, Any]:
    table = one.table
    return {
        "source": one.source.id,
        "kind": one.source.kind,
        "standing": one.code,
        "well": one.well,
        "as_of": table.as_of.isoformat() if table else None,
        "imported_at": table.imported_at.isoformat() if table else None,
        "rows": table.rows if table else None,
        "days": one.days,
    }


def _sources(settings: Settings) -> Sources:
    from kiosk.records.load import load_sources

    return load_sources(settings.records.path())


def _texts() -> Catalogue:
    from kiosk.catalogue import load_catalogue

    return load_catalogue("records")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
