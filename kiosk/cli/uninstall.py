"""`kiosk uninstall`: takes away what `kiosk install` has put on a machine."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG
from kiosk.cli._install import ROOT, in_words, record_of, texts

if TYPE_CHECKING:
    from kiosk.install.undoing import Undone


@click.command()
@ROOT
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@click.option("--data-too", is_flag=True, help="The store and its keys, too; backups stay.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(root: Path, dry_run: bool, data_too: bool, yes: bool, lang: str, as_json: bool) -> None:
    """Take away exactly what `kiosk install` has put here. What people handed in stays.

    A file that somebody has changed since is kept under another name. Packages and the account stay.
    """
    from kiosk.install.machine import Machine, Trouble
    from kiosk.install.undoing import undo, would_undo

    machine, words = Machine(root.absolute()), texts()
    with in_words(lang):
        record = record_of(machine.root)
        if not record.files:
            raise click.ClickException(words["undone.nothing"].show(lang))
        if machine.live and os.geteuid() != 0 and not dry_run:
            raise Trouble("not_root")
        if data_too and not yes and not dry_run:
            click.confirm(words["undone.sure"].show(lang), abort=True)
        undone = (would_undo if dry_run else undo)(machine, record, data_too=data_too)
    if as_json:
        click.echo(json.dumps(asdict(undone), ensure_ascii=False, indent=2))
    else:
        _tell(undone, lang, dry_run=dry_run)


def _tell(undone: Undone, lang: str, *, dry_run: bool) -> None:
    words = texts()
    removed, changed = ("would", "would_keep") if dry_run else ("removed", "changed")
    for key, paths in ((removed, undone.removed), (changed, undone.changed), ("data", undone.data)):
        for path in paths:
            click.echo(words.text(f"undone.{key}", path=path).show(lang))
    click.echo(words["done.dry" if dry_run else "undone.rest"].show(lang))
