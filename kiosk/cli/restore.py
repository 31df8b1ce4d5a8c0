"""`kiosk restore`: another box goes on from a backup."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from kiosk.cli._given import LANG, settings_of, state_of
from kiosk.cli._store import TROUBLE

if TYPE_CHECKING:
    from kiosk.store.restoring import Restored
    from kiosk.text import Catalogue

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("backup", type=_FOLDER)
@click.option("--keys", type=_FOLDER, help="Where the keys were copied to.")
@click.option("--without-keys", is_flag=True, help="They are lost: no card finds its cases again.")
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context, backup: Path, keys: Path | None, without_keys: bool, lang: str, as_json: bool
) -> None:
    """Make BACKUP the store of this box, which must have none yet.

    It is looked through before anything is moved in.
    """
    from kiosk.catalogue import load_catalogue

    texts = load_catalogue("upkeep")
    if (keys is None) != without_keys:
        raise click.UsageError(texts["restore.which_keys"].show(lang))
    done = _restore(ctx, backup, keys, texts, lang)
    check = _check_command(done, backup)
    if as_json:
        click.echo(json.dumps(_plain(done, check), ensure_ascii=False, indent=2))
        return
    at = done.manifest.made_at.astimezone(ZoneInfo(settings_of(ctx).site.zone))
    click.echo(texts.text("restore.done", cases=done.cases, at=f"{at:%Y-%m-%d %H:%M}").show(lang))
    click.echo(texts["restore.since"].show(lang))
    if without_keys:
        click.echo(texts["restore.without_keys"].show(lang))
    click.echo(texts.text("restore.verify", command=check).show(lang))


def _restore(ctx: click.Context, backup: Path, keys: Path | None, texts: Catalogue, lang: str) -> Restored:
    from kiosk.cli._editions import calendar_of
    from kiosk.clock import SystemClock
    from kiosk.security.keys import KeyTrouble
    from kiosk.store.manifest import BadBackup
    from kiosk.store.restoring import restore
    from kiosk.store.trouble import StoreTrouble

    calendar = calendar_of(settings_of(ctx), state_of(ctx))
    try:
        return restore(backup, state_of(ctx), clock=SystemClock(), calendar=calendar, keys=keys)
    except BadBackup as bad:
        raise click.ClickException(texts.text(f"bad.{bad.code}", name=bad.name).show(lang)) from None
    except StoreTrouble as trouble:
        raise click.ClickException(TROUBLE[trouble.kind]) from None
    except KeyTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    except OSError as error:
        raise click.ClickException(f"the data folder cannot be used: {error.strerror}") from None


def _check_command(done: Restored, backup: Path) -> str:
    """The boxes that signed before are named: here another key signs."""
    heads = backup / "heads.log"
    words = [*(f"--box {one}" for one in done.boxes), *([f"--heads {heads}"] if heads.is_file() else [])]
    return " ".join(["kiosk verify", *words])


def _plain(done: Restored, check: str) -> dict[str, Any]:
    return {
        "cases": done.cases,
        "made_at": done.manifest.made_at.isoformat(),
        "keys": list(done.keys),
        "boxes": list(done.boxes),
        "verify": check,
    }
