"""What `kiosk install` and `kiosk uninstall` share: the box they work on, and how faults are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kiosk.install.record import Record
    from kiosk.text import Catalogue

ROOT = click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("/"),
    help="A box that lies in this folder, instead of this machine.",
)


def texts() -> Catalogue:
    from kiosk.catalogue import load_catalogue

    return load_catalogue("install")


@contextmanager
def in_words(lang: str) -> Iterator[None]:
    """What does not work, as a message to act on."""
    from kiosk.install.machine import Trouble
    from kiosk.install.templates import NotPlain

    try:
        yield
    except Trouble as trouble:
        message = texts().text(f"trouble.{trouble.kind}", **_detail(trouble.kind, trouble.what)).show(lang)
        raise click.ClickException(message) from None
    except NotPlain as fault:
        raise click.ClickException(texts().text("trouble.not_plain", what=str(fault)).show(lang)) from None


def _detail(kind: str, what: str) -> dict[str, str]:
    return {} if kind in ("desktop", "not_root", "not_debian", "record") else {"what": what}


def record_of(root: Path) -> Record:
    """Raises Trouble."""
    from kiosk.install.machine import Trouble
    from kiosk.install.record import read_record

    try:
        return read_record(root)
    except (OSError, ValueError):
        raise Trouble("record") from None
