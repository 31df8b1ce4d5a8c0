"""`kiosk check --guided`: a helper's walk joined with screen, voice, devices and report."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from click import ClickException

from kiosk.catalogue import load_catalogue
from kiosk.config import DeviceSettings, Settings
from kiosk.selftest import report
from kiosk.selftest.guided import READERS, Step, Walk

if TYPE_CHECKING:
    from kiosk.devices.events import DeviceEvent
    from kiosk.ports import PrintTrouble
    from kiosk.selftest.report import Kept
    from kiosk.text import Text
    from screens.guided_check import GuidedCheck

_PAPER = {
    "trouble.not_printed_no_paper": "paper.out",
    "trouble.not_printed_ended": "paper.out",
    "trouble.not_printed_open": "paper.cover_open",
}
News = Callable[[Step, "bool | Text | None"], None]


def walk_through(settings: Settings, state: Path, language: str) -> Kept | None:
    """All of the screen, until somebody is done or leaves: the report, None where none was kept.

    Raises ClickException where the screen fell.
    """
    from kiosk.event_log import keep_events

    keep_events(state / "kiosk.log")
    # Textual draws on standard error; what redirects that must not take the screen away.
    os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
    app = _app(settings, state, language)
    app.run()
    if app.return_code:
        raise ClickException(load_catalogue("guided")["command.fell"].show(language))
    return report.latest(state, report.BY_HAND) if app.walk.ended and app.walk.kept else None


def steps_of(settings: Settings) -> tuple[Step, ...]:
    """What there is to try on this box, as it is set up."""
    watched = {one.purpose for one in settings.device if one.protocol != "keyboard"}
    there = {
        Step.SOUND: settings.voice.sound,
        Step.HEADPHONES: settings.voice.sound,
        Step.MICROPHONE: settings.listening.mode != "off",
        Step.PRINTER: settings.prints,
        **{step: step.value in watched for step in READERS},
    }
    return tuple(step for step in Step if there.get(step, True))


def _app(settings: Settings, state: Path, language: str) -> GuidedCheck:
    from kiosk.cli._fittings import fittings_for
    from kiosk.watchdog import watchdog_of
    from screens.guided_check import Around, GuidedCheck
    from screens.keypads import load_keypad

    fittings = fittings_for(settings, state, demo=False)
    voice = load_catalogue("voice")
    around = Around(
        load_catalogue("guided"),
        load_catalogue("box"),
        fittings.texts,
        lambda on_no_sound: fittings.make_speaker(lambda caption: None, on_no_sound),
        fittings.make_listener,
        partial(_watch, settings),
        partial(_print, settings),
        partial(_keep, settings, state),
        lambda reason: voice[f"deaf.{reason}"],
        watchdog_of(os.environ),
    )
    keypad = load_keypad(settings.keys.keypad)
    return GuidedCheck(around, steps_of(settings), keypad, settings.screen.colours, language)


def _watch(settings: Settings, tell: News) -> Callable[[], None]:
    """Only that a card was read leaves this place, never what is on it."""
    from kiosk.devices.rack import Rack

    rack = Rack(settings.device, lambda setting, event: _heard(tell, setting, event))
    rack.start()
    return rack.stop


def _heard(tell: News, setting: DeviceSettings, event: DeviceEvent) -> None:
    from kiosk.devices import events as seen
    from kiosk.selftest.devices import trouble_words

    step = Step(setting.purpose)
    match event:
        case seen.CardRead() | seen.MemberCardRead() | seen.CodeScanned() | seen.SocialCardRead():
            tell(step, True)
        case seen.CardTrouble() | seen.MemberCardUnfit() | seen.CodeUnreadable() | seen.SocialCardTrouble():
            tell(step, load_catalogue("guided")["reading_asked.unread"])
        case seen.DeviceTrouble(kind=fault):
            tell(step, trouble_words(setting, fault))
        case seen.DeviceReady():
            tell(step, None)


def _print(settings: Settings, language: str) -> Text | None:
    from kiosk.flow.document import Document, Paragraph
    from kiosk.paper.printers import printer_for
    from kiosk.ports import PrintTrouble

    texts, printer = load_catalogue("guided"), printer_for(settings)
    if printer is None:
        return None
    try:
        printer.print(Document(texts["strip.title"], (Paragraph(texts["strip.body"]),)), language)
    except PrintTrouble as trouble:
        return _printer_words(settings, trouble)
    return None


def _printer_words(settings: Settings, trouble: PrintTrouble) -> Text:
    """For staff, as in the morning check: what the printer says of itself, else what came of printing."""
    from kiosk.selftest.devices import devices
    from kiosk.selftest.finding import State

    texts = load_catalogue("box")
    if settings.receipt_printer is not None and trouble.key not in _PAPER:
        found = [one for one in devices([settings.receipt_printer]) if one.part == "printer"]
        if found and found[0].state is State.BAD:
            return found[0].words
    return texts[_PAPER.get(trouble.key, "paper.error")]


def _keep(settings: Settings, state: Path, walk: Walk, now: float) -> bool:
    from kiosk.clock import SystemClock

    at = SystemClock().now().astimezone(ZoneInfo(settings.site.zone))
    told = {
        **report.record(walk.findings(now), at),
        "seconds": round(walk.taken(now)),
        "each": {step.value: round(result.seconds) for step, result in walk.results.items()},
    }
    try:
        report.keep(told, state, at, report.BY_HAND)
    except OSError:
        return False
    return True
