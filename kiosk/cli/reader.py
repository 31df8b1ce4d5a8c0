"""`kiosk reader`: card readers, scanners and printers, real and emulated."""

from __future__ import annotations

import click

from kiosk.cli._reader_decode import decode
from kiosk.cli._reader_emulate import emulate
from kiosk.cli._reader_list import list_command
from kiosk.cli._reader_watch import watch


@click.group()
def command() -> None:
    """Card readers, scanners and printers, real and emulated."""


for _part in (list_command, watch, decode, emulate):
    command.add_command(_part)
