"""Joins core, screens and voice for one sitting."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
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
    from kiosk.sitting.staff import StaffVisit
    from kiosk.sitting.visit import Visit
    from kiosk.store import Store
    from kiosk.watchdog import Watchdog
    from screens.resident.fittings import CardTable, Fittings
    from screens.resident.type_sizes import Sizes

    AnyVisit = Visit | ClosedVisit | StaffVisit

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
    sizes: Sizes | None = None,
    watchdog: Watchdog | None = None,
    staff: bool = False,
) -> Fittings:
    """What the resident's app needs. `port` overrides the reader's port of the settings; `card_left` tells
    where the last sitting left cards, a bit of `Slot` for each reader. `staff`: the visit is one of staff.
    """
    from kiosk.cli._parts import noting_reader, noting_sound
    from kiosk.clock import SystemClock
    from kiosk.flow.pages.threshold import threshold
    from kiosk.sitting.parts import Parts
    from screens.resident.fittings import Fittings
    from voice.own_voice import OwnVoice

    settings = with_port(settings, port)
    # what a demo plays says nothing of this box
    parts = None if demo else Parts(state, clock or SystemClock())

    def open_visit() -> AnyVisit:
        if staff:
            return _open_staff_visit(settings, state, demo=demo, clock=clock)
        return _open_visit(settings, state, demo=demo, card_left=card_left, clock=clock)

    def make_devices(on_event: Callable[[DeviceSettings, DeviceEvent], None]) -> Rack:
        from kiosk.devices.rack import Rack

        return Rack(settings.device, on_event if parts is None else noting_reader(parts, on_event))

    own_voice = OwnVoice()

    def make_speaker(on_caption: Callable[[Caption], None], on_no_sound: Callable[[], None]) -> Speaker:
        from kiosk.cli._browser import sound_line
        from kiosk.cli._speech import speech_of
        from voice.mouth import PROGRAM
        from voice.privacy import Output
        from voice.speaker import PageSpeaker

        sounding: Callable[[bool], None] = own_voice.sounding
        page = sound_line(os.environ)
        # how a tablet sounds says nothing of this box
        if parts is not None and page is None:
            sounding, on_no_sound = noting_sound(parts, sounding, on_no_sound)
        return PageSpeaker(
            load_catalogue("voice"),
            on_caption,
            on_no_sound,
            demo=demo,
            output=Output(settings.voice.output),
            sound=settings.voice.sound and os.environ.get("KIOSK_SOUND") != "off",
            program=(*PROGRAM, *speech_of(settings.voice, state, browser=page).arguments()),
            on_sounding=sounding,
            inherited=() if page is None else (page,),
        )

    def make_listener(on_hearing: Callable[[Hearing], None]) -> Listener:
        listener = _listener(settings, state, on_hearing)
        own_voice.spare(listener)
        return listener

    texts = load_catalogue("resident")
    first_page = threshold(texts, settings.site.name, card_left=bool(card_left), demo=demo)
    if staff:
        from kiosk.sitting.staff import card_page

        first_page = card_page(texts, settings.site.name)
    return Fittings(
        texts,
        settings,
        first_page,
        open_visit,
        make_speaker,
        make_devices,
        cards,
        make_listener if settings.listening.mode != "off" and not staff else None,
        sizes,
        watchdog,
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
    "screens.resident.equipment",
    "screens.resident.listening",
    "screens.resident.number_calls",
    "screens.resident.practice",
    "screens.resident.scan",
    "screens.resident.spoken_answers",
    "screens.resident.switching",
    "screens.resident.trial",
    "screens.resident.type_sizes",
    "kiosk.ask.asker",
    "kiosk.ask.topics",
    "kiosk.cli._browser",
    "kiosk.cli._camera",
    "kiosk.cli._parts",
    "kiosk.cli._editions",
    "kiosk.cli._speech",
    "kiosk.cli._waiting",
    "kiosk.clock",
    "kiosk.cli._hub",
    "kiosk.devices.device",
    "kiosk.devices.rack",
    "kiosk.devices.scanner.family",
    "kiosk.devices.sdt.family",
    "kiosk.editions.keeping",
    "kiosk.hub.asking",
    "kiosk.hub.opening",
    "kiosk.notices",
    "kiosk.paper.cameras",
    "kiosk.paper.printers",
    "kiosk.records.opening",
    "kiosk.services.groups",
    "kiosk.services.load",
    "kiosk.services.regions",
    "kiosk.sitting.closed",
    "kiosk.hub.report",
    "kiosk.sitting.number_room",
    "kiosk.sitting.parts",
    "kiosk.sitting.staff",
    "kiosk.sitting.visit",
    "kiosk.store.calendars",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.hpke",
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
    from kiosk.store.space import make_room

    clock = clock or SystemClock()
    today = clock.now().astimezone(ZoneInfo(settings.site.zone)).date()
    world = world_today(settings, today, demo=demo, state=state)
    if not make_room(state):
        # nobody is to fill in a form that could not be handed in
        log.error("no room on the disk")
        return ClosedVisit(world)
    try:
        return _with_store(world, settings, state, clock, card_left=card_left, demo=demo)
    except (StoreTrouble, KeyTrouble, OSError) as trouble:
        log.error("no store: %s", getattr(trouble, "kind", type(trouble).__name__))
        return ClosedVisit(world)


def _open_staff_visit(
    settings: Settings, state: Path, *, demo: bool, clock: Clock | None
) -> StaffVisit | ClosedVisit:
    """Without a store there are no accounts: a visit that says that something is wrong."""
    from kiosk.cli._browser import browser_of
    from kiosk.cli._editions import calendar_of
    from kiosk.clock import SystemClock
    from kiosk.security.keys import KeyTrouble, site_key
    from kiosk.security.staff_cards import StaffCards
    from kiosk.sitting.closed import ClosedVisit
    from kiosk.sitting.staff import StaffVisit
    from kiosk.store import StoreTrouble, open_store

    clock = clock or SystemClock()
    today = clock.now().astimezone(ZoneInfo(settings.site.zone)).date()
    world = world_today(settings, today, demo=demo, state=state)
    try:
        key, calendar = site_key(state), calendar_of(settings, state)
        store = open_store(state, clock=clock, calendar=calendar, encrypt=settings.security.encrypt_file)
    except (StoreTrouble, KeyTrouble, OSError) as trouble:
        log.error("no store: %s", getattr(trouble, "kind", type(trouble).__name__))
        return ClosedVisit(world)
    walk = not demo and browser_of(os.environ) is None
    return StaffVisit(world, store, key, clock, StaffCards(state), walk=walk)


def world_today(settings: Settings, today: date, *, demo: bool, state: Path | None = None) -> World:
    """The centre as a person finds it that day: its services, notices, tables.

    `state`: the data folder, where what was published lies; without it that is left out.
    """
    from kiosk.ask.topics import topics
    from kiosk.cli._camera import has_camera
    from kiosk.cli._editions import service_folders
    from kiosk.cli._hub import asks_hub
    from kiosk.cli._waiting import numbering_of
    from kiosk.flow.sitting import World
    from kiosk.notices import load_notices
    from kiosk.services.groups import load_groups
    from kiosk.services.load import load_shelf, offered
    from kiosk.services.signing import signed_off

    # once for all that is read: another edition may come into use meanwhile
    folders = service_folders(settings, state) if state else (settings.services.path(),)
    shelf = load_shelf(*folders)
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
        groups=load_groups(*folders),
        notices=load_notices(settings.notices.path()),
        printer=settings.prints,
        camera=has_camera(settings),
        remembers=settings.remembered.settings > 0,
        regions=_regions(settings),
        topics=topics(services),
        unsigned=unsigned,
        elsewhere=asks_hub(settings, demo=demo),
        waiting=numbering_of(settings),
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
) -> Visit | ClosedVisit:
    from kiosk.ask.asker import GuideAsker
    from kiosk.cli._camera import camera_of
    from kiosk.cli._editions import calendar_of
    from kiosk.cli._hub import asking_hub
    from kiosk.cli._parts import noting_paper
    from kiosk.cli._waiting import number_room
    from kiosk.flow.source import Slot
    from kiosk.paper.printers import printer_for
    from kiosk.records.opening import Box, open_office
    from kiosk.security.keys import site_key
    from kiosk.sitting.closed import ClosedVisit
    from kiosk.sitting.parts import Parts
    from kiosk.sitting.visit import Visit
    from kiosk.store import open_store

    zone, calendar = settings.site.zone, calendar_of(settings, state)
    store = open_store(state, clock=clock, calendar=calendar, encrypt=settings.security.encrypt_file)
    try:
        if settings.hub.there and not demo:
            store.send_to_hub()
        if world.services and not demo and not _protected(settings, store):
            log.warning("nothing is taken in: staff have no keys yet (kiosk keys make)")
            store.close()
            return ClosedVisit(world, unprotected=True)
        settings_kept = timedelta(days=settings.remembered.settings)
        store.sweep_preferences(clock.now(), settings_kept)
        store.sweep_contents()
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
            printer=printer_for(settings, None if demo else noting_paper(Parts(state, clock))),
            records=open_office(settings.records.path(), Box(state, store, key, clock, zone), demo=demo),
            settings_kept=settings_kept,
            names=settings.rights.names,
            number_room=number_room(settings, store, clock),
            camera=camera_of(settings, world.texts, demo=demo),
            papers_mib=settings.materials.case_mib,
            elsewhere=asking_hub(settings, demo=demo),
        )
    except BaseException:
        store.close()
        raise


def _protected(settings: Settings, store: Store) -> bool:
    """Can somebody at the desk open what is handed in now, and nobody else? With a hub the desk is there."""
    if settings.hub.there and not store.has_key_of_hub():
        return False
    return store.protected or not settings.security.require_protected
