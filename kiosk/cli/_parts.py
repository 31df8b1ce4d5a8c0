"""From what a sitting hears of its devices to what is noted of them (kiosk.sitting.parts)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.hub.report import Paper, Reader, Sound

if TYPE_CHECKING:
    from kiosk.config import DeviceSettings
    from kiosk.devices.events import DeviceEvent, PrinterState
    from kiosk.sitting.parts import Parts

READER, PAPER, SOUND = "reader", "paper", "sound"
OnEvent = Callable[["DeviceSettings", "DeviceEvent"], None]


def noting_reader(parts: Parts, on_event: OnEvent) -> OnEvent:
    """Goes on to `on_event`; whether the reader of identity cards is there is noted on the way."""
    from kiosk.devices.events import DeviceReady, DeviceTrouble

    def hear(setting: DeviceSettings, event: DeviceEvent) -> None:
        if setting.purpose == "identity_card" and isinstance(event, DeviceReady | DeviceTrouble):
            parts.note(READER, Reader.THERE if isinstance(event, DeviceReady) else Reader.AWAY)
        on_event(setting, event)

    return hear


def noting_sound(
    parts: Parts, sounding: Callable[[bool], None], no_sound: Callable[[], None]
) -> tuple[Callable[[bool], None], Callable[[], None]]:
    """The same two, with a note on the way."""

    def sounds(on: bool) -> None:
        if on:
            parts.note(SOUND, Sound.ON)
        sounding(on)

    def silent() -> None:
        parts.note(SOUND, Sound.AWAY)
        no_sound()

    return sounds, silent


def noting_paper(parts: Parts) -> Callable[[PrinterState], None]:
    """For the receipt printer, which tells how it is before and after it prints."""
    return lambda state: parts.note(PAPER, paper_word(state))


def paper_word(state: PrinterState) -> Paper:
    """The worst that it says of itself."""
    from kiosk.devices.events import Paper as Roll

    if state.paper is Roll.OUT:
        return Paper.OUT
    if state.cover_open or state.error or state.online is False:
        return Paper.STUCK
    return {Roll.LOW: Paper.LOW, Roll.ENOUGH: Paper.ENOUGH}.get(state.paper, Paper.UNKNOWN)
