"""`kiosk reader emulate`: a device without hardware, worked by lines on the standard input."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.devices.family import SERIAL_PROTOCOLS, family
from kiosk.devices.faults import BadLine, Fault

if TYPE_CHECKING:
    from kiosk.devices.emulated import Emulated, Thing
    from kiosk.devices.emulator import Emulator

_CALLED = {
    "sdt": "card reader",
    "pn532": "member card reader",
    "rdm6300": "tag reader",
    "scanner": "scanner",
    "escpos": "printer",
}


def _faults(ctx: click.Context, param: click.Parameter, value: str) -> list[Fault]:
    names = {name.strip() for name in value.split(",")} - {""}
    if unknown := sorted(names - set(Fault)):
        known = ", ".join(Fault)
        raise click.BadParameter(f"{', '.join(unknown)}: not known; known are {known}", ctx, param)
    return [Fault(name) for name in sorted(names)]


@click.command()
@click.option(
    "--protocol",
    type=click.Choice(SERIAL_PROTOCOLS),
    default="sdt",
    show_default=True,
    help="What kind of device: identity cards, member cards, tags, codes, a printer.",
)
@click.option("--link", type=click.Path(path_type=Path), required=True, help="Where the port appears.")
@click.option(
    "--cards",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another file of what can be laid on it than the shipped one.",
)
@click.option(
    "--behaviour",
    type=click.Choice(["a", "b", "c"]),
    default="a",
    show_default=True,
    help="Of a card reader: after a read, find answers: a, no card; b, the same card again; c, no card "
    "until a reset. Of a scanner: a, always looks; b, only when told. Of a printer: a, answers all "
    "questions; b, only those about paper; c, only whether it is online.",
)
@click.option(
    "--fault", "faults", callback=_faults, default="", help="What befalls replies, with commas between."
)
@click.option("--seed", default=0, show_default=True, help="Draws the faults; the same seed draws the same.")
@click.option(
    "--rate", type=click.FloatRange(0, 1), default=0.2, show_default=True, help="Share of replies spoiled."
)
@click.option(
    "--baud",
    type=click.IntRange(min=300),
    help="Answer only at this speed, as on a real line. Left out: at any, at the usual pace.",
)
def emulate(
    protocol: str,
    link: Path,
    cards: Path | None,
    behaviour: str,
    faults: list[Fault],
    seed: int,
    rate: float,
    baud: int | None,
) -> None:
    """Be a device at LINK: type a number to lay down that card or hold up that code, 0 to take it away.

    The same lines can come from a script. When the standard input ends, the device stays until it is told
    to stop by a signal.
    """
    from kiosk.devices.emulator import Emulator

    parts = family(protocol)
    try:
        things = parts.things(cards)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"not a file of what can be laid on it: {error}") from None
    emulator = Emulator(
        _emulated(protocol, behaviour),
        link,
        baud=baud or parts.speeds[0],
        deaf_at_other_speeds=baud is not None,
        bad_line=BadLine(faults, seed=seed, rate=rate),
    )
    try:
        emulator.start()
    except OSError as error:
        raise click.ClickException(f"cannot make {link}: {error.strerror or error}") from None
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        click.echo(f"{_CALLED[protocol]} at {emulator.path}")
        _serve(emulator, things)
    except KeyboardInterrupt:
        click.echo("", err=True)
    finally:
        signal.signal(signal.SIGTERM, before)
        emulator.stop()


def _emulated(protocol: str, behaviour: str) -> Emulated:
    try:
        return family(protocol).emulated(behaviour)
    except ValueError:
        raise click.UsageError(f"--behaviour: such a {_CALLED[protocol]} knows no {behaviour}") from None


def _serve(emulator: Emulator, things: Sequence[Thing]) -> None:
    """Do what the lines say, until q or a signal."""
    for position, thing in enumerate(things, start=1):
        click.echo(f"{position:2}  {thing.label}")
    click.echo(" 0  lift the card\n p  pull the cable, plug it in again\n q  quit")
    plugged = True
    for typed in iter(sys.stdin.readline, ""):
        match typed.strip():
            case "":
                continue
            case "q":
                return
            case "p":
                plugged = not plugged
                (emulator.plug if plugged else emulator.unplug)()
                click.echo("plugged in" if plugged else "pulled")
            case "0":
                emulator.lift()
                click.echo("lifted")
            case line:
                click.echo(_laid(emulator, things, line))
    while True:
        signal.pause()


def _laid(emulator: Emulator, things: Sequence[Thing], line: str) -> str:
    if not (line.isascii() and line.isdigit() and int(line) <= len(things)):
        return f"type a number from 0 to {len(things)}, p or q"
    thing = things[int(line) - 1]
    emulator.lay(thing.content)
    return f"laid down: {thing.label}"
