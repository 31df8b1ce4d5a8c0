"""`kiosk backup`: a copy of the store, made while everybody goes on working."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli._given import LANG, settings_of, state_of
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.store.backup import Backup
    from kiosk.text import Catalogue

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=_FOLDER, required=False)
@click.option("--keys", type=_FOLDER, help="Copy the keys, too, to this other place.")
@click.option("--keep", type=click.IntRange(1, 3650), help="Remove backups that are older, in days.")
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context, folder: Path | None, keys: Path | None, keep: int | None, lang: str, as_json: bool
) -> None:
    """Make a backup in a new folder inside FOLDER; upkeep.backups of kiosk.toml without one.

    Its keys are never in it.
    """
    texts = _texts()
    settings = settings_of(ctx)
    if settings.hub.of_a_desk:
        raise click.ClickException(texts["backup.in_hub"].show(lang))
    into = folder or (Path(settings.upkeep.backups) if settings.upkeep.backups else None)
    if into is None:
        raise click.UsageError(texts["backup.no_folder"].show(lang))
    if keys is not None and keys.resolve().is_relative_to(into.resolve()):
        raise click.UsageError(texts["backup.same_place"].show(lang))
    days = keep or (settings.upkeep.keep_backups if folder is None else None)
    made, gone = _make(ctx, into, days)
    copied = _copied(state_of(ctx), keys)
    if as_json:
        click.echo(json.dumps(_plain(made, gone, copied), ensure_ascii=False, indent=2))
    else:
        _tell(texts, lang, made, gone, copied, keys)


def _make(ctx: click.Context, into: Path, days: int | None) -> tuple[Backup, list[str]]:
    from kiosk.clock import SystemClock
    from kiosk.store.backup import remove_old

    with open_here(ctx) as store:
        made = store.back_up(state_of(ctx), into)
        gone = remove_old(into, SystemClock().now(), timedelta(days=days)) if days else []
    return made, gone


def _copied(state: Path, keys: Path | None) -> list[str]:
    from kiosk.security.key_files import copy_keys

    if keys is None:
        return []
    try:
        return [one.name for one in copy_keys(state, keys)]
    except OSError as error:
        raise click.ClickException(f"{keys}: {error.strerror}") from None


def _tell(
    texts: Catalogue, lang: str, made: Backup, gone: list[str], copied: list[str], keys: Path | None
) -> None:
    size = sum(one.stat().st_size for one in made.folder.iterdir()) / 1e6
    told = texts.text("backup.made", name=str(made.folder), cases=made.manifest.cases, size=f"{size:.1f}")
    click.echo(told.show(lang))
    if gone:
        click.echo(texts.text("backup.removed", names=", ".join(gone)).show(lang))
    if copied:
        click.echo(texts.text("backup.keys", folder=str(keys), names=", ".join(copied)).show(lang))
    else:
        click.echo(texts["backup.keys_apart"].show(lang))


def _plain(made: Backup, gone: list[str], copied: list[str]) -> dict[str, Any]:
    return {
        "folder": str(made.folder),
        "cases": made.manifest.cases,
        "line": made.manifest.line,
        "removed": gone,
        "keys": copied,
    }


def _texts() -> Catalogue:
    from kiosk.catalogue import load_catalogue

    return load_catalogue("upkeep")
