"""`kiosk reader watch`: what devices see, as it may stand on a screen that others can look at."""

from __future__ import annotations

import queue
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import settings_of
from kiosk.cli._reader_words import json_line, plain_line
from kiosk.config import DeviceSettings
from kiosk.devices import events as seen
from kiosk.devices.line import Order
from kiosk.devices.rack import PCSC
from kiosk.identity.id_number import mask

if TYPE_CHECKING:
    from kiosk.devices.rack import Watched

_PURPOSES = {
    "sdt": "identity_card",
    "pn532": "member_card",
    "rdm6300": "member_card",
    "scanner": "code",
    "escpos": "printer",
    "pcsc": "social_card",
}
_READS = (seen.CardRead, seen.MemberCardRead, seen.CodeScanned, seen.SocialCardRead)
_News = tuple[DeviceSettings, seen.DeviceEvent]


@click.command()
@click.argument("port", required=False)
@click.option("--protocol", type=click.Choice([*_PURPOSES]), help="How it speaks; sdt if left out.")
@click.option(
    "--baud",
    default="0",
    type=click.Choice(["0", "9600", "19200", "38400", "57600", "115200"]),
    help="Speed of the line; 0, if left out, finds it out.",
)
@click.option("--ends", type=click.Choice(["newline", "tab"]), default="newline", help="What ends a code.")
@click.option("--trigger", type=click.Choice(["none", "gm65"]), default="none", help="How a scanner is told.")
@click.option("--cards", type=click.IntRange(min=1), help="Stop after this many cards and codes.")
@click.option("--json", "as_json", is_flag=True, help="Print each event as a JSON line.")
@click.pass_context
def watch(
    ctx: click.Context,
    /,
    port: str | None,
    protocol: str | None,
    cards: int | None,
    as_json: bool,
    **line: str,
) -> None:
    """Print what the device on PORT sees until interrupted, or all devices of kiosk.toml without PORT.

    Names and numbers are masked; of a code only its length is told.
    """
    settings = _settings(ctx, port, protocol, line)
    news: queue.SimpleQueue[_News] = queue.SimpleQueue()
    devices = _devices(settings, news)
    for device in devices:
        device.start()
        device.order(Order.LOOK)
        device.order(Order.STATE)
    show = json_line if as_json else plain_line
    try:
        while cards is None or cards > 0:
            setting, event = news.get()
            which = {"device": setting.purpose} if len(settings) > 1 else {}
            click.echo(show({**which, **masked(event)}))
            if cards is not None and isinstance(event, _READS):
                cards -= 1
    except KeyboardInterrupt:
        click.echo("", err=True)
    finally:
        for device in devices:
            device.stop()


def _settings(
    ctx: click.Context, port: str | None, protocol: str | None, line: dict[str, str]
) -> Sequence[DeviceSettings]:
    if port is None and protocol is None:
        settings = settings_of(ctx).device
        if not settings:
            raise click.ClickException("kiosk.toml has no [[device]]: set one, or give a PORT")
        return settings
    protocol = protocol or "sdt"
    if port is None and protocol != PCSC:
        raise click.UsageError("say on which PORT; only a pcsc reader is found without one")
    # click has checked each of these against what the settings know
    known = {**line, "purpose": _PURPOSES[protocol], "baud": int(line["baud"])}
    return [DeviceSettings(protocol=protocol, port=port or "", **known)]  # type: ignore[arg-type]


def _devices(settings: Sequence[DeviceSettings], news: queue.SimpleQueue[_News]) -> list[Watched]:
    """All that a visit watches, and the printers, which it only asks when it needs them."""
    from kiosk.devices.device import Device
    from kiosk.devices.rack import ON_DEMAND, Rack

    on_demand = [setting for setting in settings if setting.purpose in ON_DEMAND]
    return [
        Rack(settings, lambda setting, event: news.put((setting, event))),
        *(Device(setting, lambda event, own=setting: news.put((own, event))) for setting in on_demand),  # type: ignore[misc]
    ]


def masked(event: seen.DeviceEvent) -> dict[str, object]:
    """An event as a public screen may show it."""
    match event:
        case seen.DeviceReady(name):
            return {"event": "ready", "name": name}
        case seen.DeviceTrouble(fault):
            return {"event": "trouble", "kind": fault.value}
        case seen.CardRead(card):
            return {
                "event": "card",
                "kind": card.kind.value,
                "name": _initial(card.name),
                "number": card.masked_number,
            }
        case seen.CardTrouble(bad):
            return {"event": "card-trouble", "kind": bad.value}
        case seen.MemberCardRead(number):
            return {"event": "member-card", "number": mask(number)}
        case seen.CodeScanned(text):
            return {"event": "code", "characters": len(text)}
        case seen.SocialCardRead(social):
            return {"event": "social-card", "name": _initial(social.name), "number": mask(social.card_number)}
        case seen.SocialCardTrouble(kind):
            return {"event": "social-card-trouble", "kind": kind}
        case seen.PrinterState(online, cover_open, paper, error):
            return {
                "event": "printer",
                "online": online,
                "cover_open": cover_open,
                "paper": paper.value,
                "error": error,
            }
    return {"event": _WORDLESS[type(event)]}


_WORDLESS: dict[type[seen.DeviceEvent], str] = {
    seen.NothingLies: "nothing-lies",
    seen.CardRemoved: "card-removed",
    seen.MemberCardRemoved: "member-card-removed",
    seen.MemberCardUnfit: "member-card-unfit",
    seen.CodeUnreadable: "code-unreadable",
    seen.SocialCardRemoved: "social-card-removed",
}


def _initial(name: str) -> str:
    return name[:1] + "*" * (len(name) - 1)
