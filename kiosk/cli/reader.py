"""`kiosk reader`: card readers, real and emulated."""

from __future__ import annotations

import json
import queue
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli._reader_decode import decode
from kiosk.cli._reader_list import list_command

if TYPE_CHECKING:
    from kiosk.devices.emulator import Emulator
    from kiosk.devices.events import DeviceEvent
    from kiosk.identity.people import Person


@click.group()
def command() -> None:
    """Card readers, real and emulated."""


@command.command()
@click.argument("port")
@click.option("--baud", default=115200, show_default=True, help="Speed of the line.")
@click.option("--cards", type=click.IntRange(min=1), help="Stop after this many cards.")
@click.option("--json", "as_json", is_flag=True, help="Print each event as a JSON line.")
def watch(port: str, baud: int, cards: int | None, as_json: bool) -> None:
    """Print what the reader on PORT sees until interrupted. Names and numbers are masked."""
    from kiosk.config import DeviceSettings
    from kiosk.devices.device import Device
    from kiosk.devices.events import CardRead

    events: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()
    setting = DeviceSettings("identity_card", "sdt", port, baud)  # type: ignore[arg-type]
    reader = Device(setting, events.put)
    reader.start()
    try:
        while cards is None or cards > 0:
            event = events.get()
            seen = _masked(event)
            words = "  ".join(str(value) for value in seen.values())
            click.echo(json.dumps(seen, ensure_ascii=False) if as_json else words)
            if cards is not None and isinstance(event, CardRead):
                cards -= 1
    except KeyboardInterrupt:
        click.echo("", err=True)
    finally:
        reader.stop()


def _masked(event: DeviceEvent) -> dict[str, str]:
    """An event as a public screen may show it."""
    from kiosk.devices.events import (
        CardRead,
        CardRemoved,
        CardTrouble,
        DeviceReady,
        DeviceTrouble,
        NothingLies,
    )

    match event:
        case DeviceReady(name):
            return {"event": "reader-ready", "reader": name}
        case CardRead(card):
            name = card.name[:1] + "*" * (len(card.name) - 1)
            return {"event": "card-read", "card": card.kind, "name": name, "number": card.masked_number}
        case CardRemoved():
            return {"event": "card-removed"}
        case NothingLies():
            return {"event": "nothing-lies"}
        case CardTrouble(kind):
            return {"event": "card-trouble", "kind": kind.value}
        case DeviceTrouble(kind):
            return {"event": "reader-trouble", "kind": kind.value}
        case _:
            return {"event": type(event).__name__}


@command.command()
@click.option("--link", type=click.Path(path_type=Path), required=True, help="Where the port appears.")
@click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another file of fictional people than the shipped one.",
)
@click.option(
    "--behaviour",
    type=click.Choice(["a", "b", "c"]),
    default="a",
    show_default=True,
    help="After a read, find answers: a, no card; b, the same card again; c, no card until a reset.",
)
def emulate(link: Path, people: Path | None, behaviour: str) -> None:
    """Be a card reader at LINK. Type a person's number to lay down that card, 0 to lift it, q to quit.

    When the standard input ends, the reader stays until it is told to stop by a signal.
    """
    from kiosk.devices.emulator import sdt_emulator
    from kiosk.devices.sdt.emulated import Behaviour
    from kiosk.identity.people import load_people

    try:
        cast = load_people(people)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"not a file of fictional people: {error}") from None
    emulator = sdt_emulator(link, Behaviour(behaviour))
    try:
        emulator.start()
    except OSError as error:
        raise click.ClickException(f"cannot make {link}: {error.strerror or error}") from None
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _menu(emulator, cast)
    except KeyboardInterrupt:
        click.echo("", err=True)
    finally:
        signal.signal(signal.SIGTERM, before)
        emulator.stop()


def _menu(emulator: Emulator, cast: list[Person]) -> None:
    click.echo(f"card reader at {emulator.path}")
    for position, person in enumerate(cast, start=1):
        click.echo(f"{position:2}  {person.name}  {person.birth}")
    click.echo(" 0  lift the card\n q  quit")
    for typed in iter(sys.stdin.readline, ""):
        line = typed.strip()
        if line == "q":
            return
        if line == "0":
            emulator.lift()
            click.echo("lifted")
        elif line.isascii() and line.isdigit() and int(line) <= len(cast):
            emulator.lay(cast[int(line) - 1].text_block())
            click.echo(f"laid down: {cast[int(line) - 1].name}")
        elif line:
            click.echo(f"type a number from 0 to {len(cast)}, or q")
    while True:
        signal.pause()


command.add_command(decode)
command.add_command(list_command)
