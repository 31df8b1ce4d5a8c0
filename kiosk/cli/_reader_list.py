"""`kiosk reader list`: the serial ports of this machine, in words that say what to do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kiosk.cli._given import LANG, settings_of

if TYPE_CHECKING:
    from kiosk.config import DeviceSettings
    from kiosk.devices.found import Entry, Holder
    from kiosk.text import Catalogue, Text


@click.command("list")
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print the ports as JSON.")
@click.pass_context
def list_command(ctx: click.Context, lang: str, as_json: bool) -> None:
    """What each serial port of this machine is, what to call it in kiosk.toml, and whether it can be used."""
    from kiosk.catalogue import load_catalogue
    from kiosk.devices.adapters import load_adapters
    from kiosk.devices.found import explained
    from kiosk.devices.sysfs import look_around

    settings = _devices_of(ctx)
    found = look_around(one.port for one in settings if one.port)
    entries = explained(found, settings, load_adapters())
    if as_json:
        click.echo(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False))
        return
    texts, parts = load_catalogue("devices"), load_catalogue("box")
    for entry in entries:
        head, *rest = (text.show(lang) for text in told(entry, texts, parts))
        click.echo("\n  ".join([f"{entry.path}  {head}" if entry.path else head, *rest]))
    if not entries:
        click.echo(texts["port.none"].show(lang))


def _devices_of(ctx: click.Context) -> Sequence[DeviceSettings]:
    """Those of the settings. The ports are listed also for somebody who is about to mend that file."""
    try:
        return settings_of(ctx).device
    except click.ClickException as fault:
        fault.show()
        return ()


def told(entry: Entry, texts: Catalogue, parts: Catalogue) -> list[Text]:
    """What is said of it, line by line: what it is, what to do about it, what it is called and set for."""
    what = _what(entry, texts)
    lines = [what, _use(entry, texts)] if what else [_use(entry, texts)]
    if entry.product:
        lines.append(texts["port.calls_itself"].fill(name=entry.product))
    if entry.put:
        lines.append(texts["port.put"].fill(path=entry.put))
    lines += [texts["port.set_for"].fill(part=parts[f"part.{one}"]) for one in entry.purposes]
    return lines + [texts[f"remark.{remark}"] for remark in entry.remarks]


def _what(entry: Entry, texts: Catalogue) -> Text | None:
    """What hangs there; None of a path that leads nowhere."""
    from kiosk.devices.found import Use

    if entry.usb and entry.use is Use.NO_PORT:
        return texts["port.usb_reader"].fill(usb=entry.usb)
    if entry.adapter:
        return texts["port.adapter"].fill(name=entry.adapter, usb=entry.usb)
    if entry.usb:
        return texts["port.usb_device"].fill(usb=entry.usb)
    if not entry.put:
        return None
    return texts["port.emulated" if entry.path.startswith("/dev/pts/") else "port.built_in"]


def _use(entry: Entry, texts: Catalogue) -> Text:
    from kiosk.devices.found import Use

    match entry.use:
        case Use.BUSY:
            return texts["use.busy"].fill(programs=", ".join(map(_program, entry.holders)))
        case Use.NOT_PERMITTED if entry.group:
            return texts["use.not_permitted_group"].fill(group=entry.group)
    return texts[f"use.{entry.use}"]


def _program(holder: Holder) -> str:
    return f"{holder.name or '?'} ({holder.pid})"
