"""Joins core, screens and voice for one sitting."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.catalogue import load_catalogue
from kiosk.config import DeviceSettings, Settings

if TYPE_CHECKING:
    from kiosk.devices.events import DeviceEvent
    from kiosk.devices.rack import Rack
    from kiosk.flow.regions import Regions
    from kiosk.flow.sitting import World
    from kiosk.ports import Caption, Clock, Hearing, Listener, Speaker
    from kiosk.sitting.closed import ClosedVisit
    from kiosk.sitting.visit import Visit
    from screens.resident.fittings import CardTable, Fittings

log = logging.getLogger(__name__)


def fittings_for(
    settings: Settings,
    state: Path,
    *,
    demo: bool,
    card_left: int = 0,
    port: str = "",
    cards: CardTable | None = None,
    clock: Clock | None = None,
) -> Fittings:
    """What the resident's app needs. `port` overrides the reader's port of the settings; `card_left` tells
    where the last sitting left cards, a bit of `Slot` for each reader.
    """
    from kiosk.flow.pages.threshold import threshold
    from screens.resident.fittings import Fittings
    from voice.own_voice import OwnVoice

    settings = with_port(settings, port)

    def open_visit() -> Visit | ClosedVisit:
        return _open_visit(settings, state, demo=demo, card_left=card_left, clock=clock)

    def make_devices(on_event: Callable[[DeviceSettings, DeviceEvent], None]) -> Rack:
        from kiosk.devices.rack import Rack

        return Rack(settings.device, on_event)

    own_voice = OwnVoice()

    def make_speaker(on_caption: Callable[[Caption], None], on_no_sound: Callable[[], None]) -> Speaker:
        from kiosk.cli._speech import speech_of
        from voice.mouth import PROGRAM
        from voice.privacy import Output
        from voice.speaker import PageSpeaker

        return PageSpeaker(
            load_catalogue("voice"),
            on_caption,
            on_no_sound,
            demo=demo,
            output=Output(settings.voice.output),
            sound=settings.voice.sound and os.environ.get("KIOSK_SOUND") != "off",
            program=(*PROGRAM, *speech_of(settings.voice, state).arguments()),
            on_sounding=own_voice.sounding,
        )

    def make_listener(on_hearing: Callable[[Hearing], None]) -> Listener:
        listener = _listener(settings, state, on_hearing)
        own_voice.spare(listener)
        return listener

    texts = load_catalogue("resident")
    first_page = threshold(texts, settings.site.name, card_left=bool(card_left), demo=demo)
    return Fittings(
        texts,
        settings,
        first_page,
        open_visit,
        make_speaker,
        make_devices,
        cards,
        make_listener if settings.listening.mode != "off" else None,
    )


def _listener(settings: Settings, state: Path, on_hearing: Callable[[Hearing], None]) -> Listener:
    from voice.listener import PageListener
    from voice.listening.models import models

    listening = settings.listening
    return PageListener(
        on_hearing,
        models(listening.models, state),
        device=listening.device,
        accents=Path(listening.accents) if listening.accents else None,
    )


def with_port(settings: Settings, port: str) -> Settings:
    """The identity cards are read at this port instead of the one that is set."""
    if not port:
        return settings
    others = tuple(device for device in settings.device if device.purpose != "identity_card")
    return replace(settings, device=(DeviceSettings("identity_card", "sdt", port), *others))


def load_all() -> None:
    """Load in advance all that a sitting loads for itself, so that its forks find it loaded."""
    import importlib

    for name in _LOADED_BY_A_SITTING:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


_LOADED_BY_A_SITTING = (
    "screens.resident.app",
    "screens.resident.codes",
    "screens.resident.device_news",
    "screens.resident.listening",
    "screens.resident.spoken_answers",
    "kiosk.ask.asker",
    "kiosk.ask.topics",
    "kiosk.cli._speech",
    "kiosk.clock",
    "kiosk.devices.device",
    "kiosk.devices.rack",
    "kiosk.devices.scanner.family",
    "kiosk.devices.sdt.family",
    "kiosk.notices",
    "kiosk.paper.printers",
    "kiosk.records.opening",
    "kiosk.services.groups",
    "kiosk.services.load",
    "kiosk.services.regions",
    "kiosk.sitting.closed",
    "kiosk.sitting.visit",
    "kiosk.store.calendars",
    "pypinyin",
    "textual.drivers.headless_driver",
    "textual.drivers.linux_driver",
    "textual.layouts.factory",
    "textual.layouts.horizontal",
    "textual.layouts.stream",
    "textual.pilot",
    "textual.scrollbar",
    "voice.listener",
    "voice.listening.models",
    "voice.own_voice",
    "voice.fitting",
    "voice.speaker",
)


def _open_visit(
    settings: Settings, state: Path, *, demo: bool, card_left: int, clock: Clock | None
) -> Visit | ClosedVisit:
    """On the visit's thread: the store is opened where it is used. Without one, a visit that says so."""
    from kiosk.clock import SystemClock
    from kiosk.security.keys import KeyTrouble
    from kiosk.sitting.closed import ClosedVisit
    from kiosk.store import StoreTrouble

    clock = clock or SystemClock()
    world = world_today(settings, clock.now().astimezone(ZoneInfo(settings.site.zone)).date(), demo=demo)
    try:
        return _with_store(world, settings, state, clock, card_left=card_left, demo=demo)
    except (StoreTrouble, KeyTrouble, OSError) as trouble:
        log.error("no store: %s", getattr(trouble, "kind", type(trouble).__name__))
        return ClosedVisit(world)


def world_today(settings: Settings, today: date, *, demo: bool) -> World:
    """The centre as a person finds it that day: its services, notices, tables."""
    from kiosk.ask.topics import topics
    from kiosk.flow.sitting import World
    from kiosk.notices import load_notices
    from kiosk.services.groups import load_groups
    from kiosk.services.load import load_shelf, offered
    from kiosk.services.signing import signed_off

    shelf = load_shelf(settings.services.path())
    for problem in shelf.problems:
        log.warning("service left out: %s", problem.show("en"))
    services = offered(shelf, today, unsigned=demo)
    unsigned = frozenset(name for name, one in services.items() if demo and not signed_off(one))
    return World(
        services=services,
        texts=load_catalogue("resident"),
        today=today,
        centre=settings.site.name,
        phone=settings.site.phone,
        demo=demo,
        groups=load_groups(settings.services.path()),
        notices=load_notices(settings.notices.path()),
        printer=settings.prints,
        regions=_regions(settings),
        topics=topics(services),
        unsigned=unsigned,
    )


def _regions(settings: Settings) -> Regions:
    """The table of regions; an empty one where it cannot be used: an address is then typed whole."""
    from kiosk.flow.regions import Regions
    from kiosk.services.regions import RegionFault, load_regions

    try:
        return load_regions(settings.services.regions_path())
    except RegionFault as fault:
        log.error("no regions: %s", fault)
        return Regions()


def _with_store(
    world: World, settings: Settings, state: Path, clock: Clock, *, card_left: int, demo: bool
) -> Visit:
    from kiosk.ask.asker import GuideAsker
    from kiosk.flow.source import Slot
    from kiosk.paper.printers import printer_for
    from kiosk.paths import data_file
    from kiosk.records.opening import Box, open_office
    from kiosk.security.keys import site_key
    from kiosk.sitting.visit import Visit
    from kiosk.store import open_store
    from kiosk.store.calendars import load_calendar

    zone = settings.site.zone
    calendar = load_calendar(data_file("calendars"), zone)
    store = open_store(state, clock=clock, calendar=calendar)
    try:
        store.sweep_drafts(clock.now())
        key = site_key(state)
        asker = GuideAsker(world.services.values())
        asker.prepare()
        return Visit(
            world,
            store,
            key,
            clock,
            zone=ZoneInfo(zone),
            card_left=Slot(card_left),
            asker=asker,
            printer=printer_for(settings),
            records=open_office(settings.records.path(), Box(state, store, key, clock, zone), demo=demo),
        )
    except BaseException:
        store.close()
        raise
