"""Every device of the settings, opened and asked how it is."""

from __future__ import annotations

import queue
import time
from collections.abc import Sequence

from kiosk.catalogue import load_catalogue
from kiosk.config import DeviceSettings
from kiosk.devices.events import DeviceEvent, DeviceFault, DeviceReady, DeviceTrouble, Paper, PrinterState
from kiosk.devices.port import PortGone
from kiosk.devices.rack import ON_DEMAND, Rack
from kiosk.selftest.finding import Finding, State, finding
from kiosk.text import Text

PATIENCE = 20.0
"""Seconds that the slowest may take: five speeds, each asked twice."""


def devices(settings: Sequence[DeviceSettings], patience: float = PATIENCE) -> list[Finding]:
    """A line for each, in their order. An identity card reader is missed where none is set up."""
    heard = _answers([one for one in settings if one.purpose not in ON_DEMAND], patience)
    findings = [_finding(one, heard) for one in settings]
    if not any(one.purpose == "identity_card" for one in settings):
        findings.insert(0, finding("identity_card", State.LOOK, "device.none"))
    return findings


def _answers(settings: Sequence[DeviceSettings], patience: float) -> dict[DeviceSettings, DeviceEvent]:
    """What each says of itself first; a device that says nothing in time is missing here."""
    news: queue.SimpleQueue[tuple[DeviceSettings, DeviceEvent]] = queue.SimpleQueue()
    heard: dict[DeviceSettings, DeviceEvent] = {}
    waited_for = {one for one in settings if one.protocol != "keyboard"}
    rack = Rack(settings, lambda setting, event: news.put((setting, event)))
    rack.start()
    try:
        until = time.monotonic() + patience
        while waited_for - heard.keys():
            setting, event = news.get(timeout=max(0.0, until - time.monotonic()))
            if isinstance(event, DeviceReady | DeviceTrouble):
                heard.setdefault(setting, event)
    except queue.Empty:
        return heard
    finally:
        rack.stop()
    return heard


def _finding(setting: DeviceSettings, heard: dict[DeviceSettings, DeviceEvent]) -> Finding:
    part = setting.purpose
    if part in ON_DEMAND:
        return _printer(setting)
    if setting.protocol == "keyboard":
        return finding(part, State.LOOK, "device.keyboard")
    match heard.get(setting):
        case DeviceReady(name=""):
            return finding(part, State.LOOK, "device.listening")
        case DeviceReady(name=name):
            return finding(part, State.GOOD, "device.ready", name=name)
        case DeviceTrouble(kind=fault):
            return _trouble(setting, fault)
    return _trouble(setting, DeviceFault.SILENT)


def _trouble(setting: DeviceSettings, fault: DeviceFault) -> Finding:
    """What another program holds, the kiosk itself as a rule, was not tried: that tells nothing bad of it."""
    state = State.LOOK if fault is DeviceFault.BUSY else State.BAD
    return Finding(setting.purpose, state, trouble_words(setting, fault))


def trouble_words(setting: DeviceSettings, fault: DeviceFault) -> Text:
    """What is wrong and what to do, for staff."""
    words = {} if fault is DeviceFault.NOT_INSTALLED else {"port": setting.port or setting.protocol}
    return load_catalogue("box").text(f"device.{fault}", **words)


def _printer(setting: DeviceSettings) -> Finding:
    from kiosk.devices.on_demand import printer_state

    try:
        said = printer_state(setting)
    except PortGone as gone:
        return _trouble(setting, gone.reason)
    return finding("printer", *_paper(said))


def _paper(said: PrinterState) -> tuple[State, str]:
    """The worst first: what staff must do something about."""
    if said.cover_open:
        return State.BAD, "paper.cover_open"
    if said.paper is Paper.OUT:
        return State.BAD, "paper.out"
    if said.error:
        return State.BAD, "paper.error"
    if said.online is False:
        return State.BAD, "paper.offline"
    if said.paper is Paper.ENOUGH:
        return State.GOOD, "paper.enough"
    return State.LOOK, f"paper.{said.paper}"
