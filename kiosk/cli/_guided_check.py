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
    from datetime import datetime

    from kiosk.devices.events import DeviceEvent
    from kiosk.flow.sitting import World
    from kiosk.ports import PrintTrouble
    from kiosk.selftest.report import Kept
    from kiosk.text import Text
    from kiosk.watchdog import Watchdog
    from screens.guided_check import GuidedCheck
    from screens.resident.type_sizes import Sizes

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
    from kiosk.cli._type_sizes import sizes_for
    from kiosk.event_log import keep_events
    from kiosk.sitting.supervisor import cards_left
    from kiosk.watchdog import watchdog_of

    keep_events(state / "kiosk.log")
    before = report.latest(state, report.BY_HAND)
    sizes = sizes_for(settings.screen, os.environ)
    code = walk_here(settings, state, language, sizes, watchdog_of(os.environ))
    if code and not cards_left(code):
        raise ClickException(load_catalogue("guided")["command.fell"].show(language))
    after = report.latest(state, report.BY_HAND)
    return after if after != before else None


def walk_here(
    settings: Settings, state: Path, language: str, sizes: Sizes | None, watchdog: Watchdog | None
) -> int:
    """In this process, which ends with it: the exit code of the screen, as of a sitting."""
    # Textual draws on standard error; what redirects that must not take the screen away.
    os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
    os.environ.setdefault("TEXTUAL_FPS", str(settings.screen.frames))
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    app = _app(settings, state, language, sizes, watchdog)
    app.run()
    return app.return_code or 0


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


def _app(
    settings: Settings, state: Path, language: str, sizes: Sizes | None, watchdog: Watchdog | None
) -> GuidedCheck:
    from kiosk.cli._fittings import fittings_for
    from screens.guided_check import Around, GuidedCheck

    fittings = fittings_for(settings, state, demo=False)
    texts, voice = load_catalogue("guided"), load_catalogue("voice")
    around = Around(
        settings,
        world_of(settings),
        texts,
        load_catalogue("box"),
        fittings.make_speaker,
        fittings.make_listener,
        partial(_watch, settings),
        partial(_print, settings),
        partial(_keep, settings, state),
        lambda reason: voice[f"deaf.{reason}"],
        sizes,
        watchdog,
    )
    return GuidedCheck(around, steps_of(settings), language)


def world_of(settings: Settings) -> World:
    """A visit's, with nothing to apply for. The key that calls somebody skips: who helps is there already."""
    from kiosk.flow.sitting import World
    from kiosk.text import Catalogue

    bar, own = load_catalogue("resident"), load_catalogue("guided")
    words = {"bar.person": "bar.person", "bar.to_person": "bar.to_person", "common.call": "bar.to_person"}
    texts = Catalogue({**bar, **{theirs: own[ours] for theirs, ours in words.items()}})
    return World({}, texts, _now(settings).date(), settings.site.name, settings.site.phone)


def _now(settings: Settings) -> datetime:
    from kiosk.clock import SystemClock

    return SystemClock().now().astimezone(ZoneInfo(settings.site.zone))


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
        case seen.CardRemoved() | seen.NothingLies() | seen.MemberCardRemoved() | seen.SocialCardRemoved():
            tell(step, False)
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
    at = _now(settings)
    told = {
        **report.record(walk.findings(now), at),
        "seconds": round(walk.taken(now)),
        "whole": walk.stopped is None,
        "each": {step.value: round(result.seconds) for step, result in walk.results.items()},
    }
    try:
        report.keep(told, state, at, report.BY_HAND)
    except OSError:
        return False
    return True
