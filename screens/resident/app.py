"""The resident's screen: one sitting, from the first page to goodbye."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.events import Event, Key, Resize
from textual.message import Message

from kiosk.ports import Caption, Hearing, Speaker
from kiosk.text import LANGUAGES
from screens.keys import Act, act_of
from screens.pixel_driver import CellDriver, PixelDriver
from screens.resident.closed_app import ClosedApp
from screens.resident.course import Course
from screens.resident.field import Field
from screens.resident.fittings import Devices, Fittings
from screens.resident.idle import IdleClock
from screens.resident.knocking import CLOSED, Knocking
from screens.resident.page_view import PageView
from screens.resident.visit_thread import Shown, VisitThread

if TYPE_CHECKING:
    from kiosk.config import DeviceSettings
    from kiosk.devices.events import DeviceEvent
    from kiosk.flow.moves import Move
    from screens.resident.codes import Lamp, TypedCodes
    from screens.resident.controls import Controls
    from screens.resident.listening import Listening
    from screens.resident.stage import Stage
    from screens.resident.switching import Switching
    from screens.resident.type_sizes import TypeSizes

log = logging.getLogger(__name__)

CARD_LEFT = 32
"""Exit code, with the readers added to it: the visit ended with cards on them."""
STAFF = 12
"""Exit code: staff have asked for their page."""
NO_READER = "card.reader_missing"
"""What is said where no reader is set up."""
FRESH = 1800.0
"""Seconds after which a sitting that nobody has begun makes room for a new one."""
SHOW_CURSOR = "\x1b[?25h"


class ResidentApp(ClosedApp):
    """One sitting. No way out but its end."""

    CSS = "Screen { layers: page field; overflow: hidden; } PageView { layer: page; }"

    class FromDevice(Message):
        """An event of a device's thread."""

        def __init__(self, setting: DeviceSettings, event: DeviceEvent) -> None:
            super().__init__()
            self.setting, self.event = setting, event

    class FromVisit(Message):
        """Something that took long has come."""

        def __init__(self, move: Move) -> None:
            super().__init__()
            self.move = move

    class Captioned(Message):
        """What is being said now."""

        def __init__(self, caption: Caption) -> None:
            super().__init__()
            self.words, self.word = caption.text, caption.word

    class FromListener(Message):
        """What is heard, and the number of the page it was said to."""

        def __init__(self, hearing: Hearing, page: int) -> None:
            super().__init__()
            self.hearing, self.page = hearing, page

    class Silent(Message):
        """There is no sound device."""

    def __init__(self, fittings: Fittings) -> None:
        screen = fittings.settings.screen
        super().__init__(PixelDriver if screen.pixels else CellDriver, screen.colours)
        self.fittings = fittings
        self.view = PageView(fittings.texts, screen.colours)
        self.view.linear = screen.linear
        self.field = Field(screen.colours)
        self.visit = VisitThread(fittings.open_visit, lambda move: self._tell(self.FromVisit(move)))
        self.course = Course(self.visit, self.run_worker, self._show, self._untold)
        self._since = time.monotonic()
        self.idle = IdleClock(fittings.settings.times, self._someone_is_busy, self._quiet, self._remind)
        self._sizes = self._type_sizes()
        self.stage: Stage | None = None
        self.controls: Controls | None = None
        self.speaker: Speaker | None = None
        self._devices: Devices | None = None
        self._lamp: Lamp | None = None
        self._typed_codes: TypedCodes | None = None
        self._listening: Listening | None = None
        self._switching: Switching | None = None
        self._knocking = Knocking()

    def _type_sizes(self) -> TypeSizes | None:
        """Where the terminal is our own: what is on the screen is laid out by its millimetres."""
        if self.fittings.sizes is None:
            return None
        from screens.resident.type_sizes import TypeSizes

        return TypeSizes(self.fittings.sizes, self.write_to_terminal, self.view)

    def compose(self) -> ComposeResult:
        yield self.view
        yield self.field

    def on_mount(self) -> None:
        """The first page is drawn before anything else is loaded."""
        self.end_when_told()
        self.view.show_page(self.fittings.first_page, "zh", 0)
        if self.view.linear:
            # Braille displays and screen readers follow it; it stands at the item that has the focus.
            self.write_to_terminal(SHOW_CURSOR)
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        """The first page is on the screen. Whoever watches over this loop is fed by nothing else."""
        watchdog = self.fittings.watchdog
        if watchdog is not None:
            watchdog.ready()
            if watchdog.every:
                self.set_interval(watchdog.every, watchdog.feed)
        self.run_worker(self._begin())

    async def _begin(self) -> None:
        """Voice, visit and reader, in this order."""
        from screens.resident.equipment import equip, listen

        fittings, devices = self.fittings, self.fittings.settings.device
        self.speaker = speaker = fittings.make_speaker(
            lambda caption: self._tell(self.Captioned(caption)), lambda: self._tell(self.Silent())
        )
        equipment = equip(self, speaker, self._sizes)
        self.stage, self.controls = equipment.stage, equipment.controls
        self._switching = equipment.switching
        await self.course.open()
        self._devices = fittings.make_devices(lambda *news: self._tell(self.FromDevice(*news)))
        if not any(setting.purpose == "identity_card" for setting in devices):
            from kiosk.flow.moves import ReaderSays

            self.course.wish(ReaderSays(NO_READER))
        self._devices.start()
        if any(setting.purpose == "code" for setting in devices):
            self._expect_codes(self._devices)
        if fittings.settings.waiting_letter:
            from screens.resident.number_calls import NumberCalls

            NumberCalls(self)
        if fittings.make_listener is not None:
            self._listening = listen(self, equipment, speaker, fittings.make_listener)

    def _expect_codes(self, devices: Devices) -> None:
        from screens.resident.codes import Lamp, TypedCodes

        if any(setting.protocol == "keyboard" for setting in self.fittings.settings.device):
            self._typed_codes = TypedCodes(super().on_event, self.course.make, self.set_timer)
        self._lamp = Lamp(devices.order)
        if self.stage is not None and self.stage.ready:
            self._lamp.follow(self.stage.part)

    def on_unmount(self) -> None:
        self.idle.stop()
        if self._switching is not None:
            self._switching.end()
        if self._sizes is not None:
            self._sizes.end()
        if self._listening is not None:
            self._listening.close()
        if self._devices is not None:
            self._devices.stop()
        if self.speaker is not None:
            self.speaker.close()
        self.visit.close()

    def _tell(self, message: Message) -> None:
        """From another thread; after the end there is nobody to tell."""
        if self.is_running:
            self.post_message(message)

    def tell_heard(self, hearing: Hearing, page: int) -> None:
        """From the listener's thread: what is heard, and the number of the page it was said to."""
        self._tell(self.FromListener(hearing, page))

    # what happens

    async def on_event(self, event: Event) -> None:
        """Keys pass a sieve where a scanner types among them, and only there."""
        if self._typed_codes is not None and isinstance(event, Key) and not event.is_forwarded:
            await self._typed_codes.key(event)
        else:
            await super().on_event(event)

    def on_key(self, event: Key) -> None:
        event.stop()
        # Textual would move its own focus with Tab.
        event.prevent_default()
        if self.fittings.cards is not None and event.key in ("f10", "ctrl+q"):
            from screens.resident.card_menu import demo_key

            demo_key(self, event.key, self.fittings, self.stage.language if self.stage else "zh")
        elif controls := self._controls_at(event.time):
            if act_of(event.key, in_field=False, keypad=controls.keypad) is Act.BACK:
                self._knock(event.time)
            else:
                self._knocking.forget()
            controls.key(event)

    def on_page_view_knocked(self, message: PageView.Knocked) -> None:
        if self._controls_at(message.at):
            self._knock(message.at)

    def _knock(self, at: float) -> None:
        """Staff ask for their page, which is there only while nobody's visit has begun, or none can begin."""
        sitting = self.stage.sitting if self.stage is not None else None
        if sitting is None or sitting.place not in ("language", *CLOSED) or sitting.overlay:
            self._knocking.forget()
        elif self._knocking.knock(at):
            self.exit(return_code=STAFF)

    def on_page_view_touched(self, message: PageView.Touched) -> None:
        if controls := self._controls_at(message.at):
            self._knocking.forget()
            controls.touch(message.act, message.at)

    def on_page_view_drawn(self) -> None:
        self.idle.touch()
        self._hush()
        if self.stage is not None:
            self.stage.drawn()

    def on_field_finished(self, message: Field.Finished) -> None:
        if controls := self._controls_at(message.time):
            controls.enter()

    def on_field_touched(self) -> None:
        self.idle.touch()
        self._hush()
        if self.controls is not None and self.view.dark:
            self.controls.do(Act.PICTURE)
        elif self.stage is not None:
            self.stage.enter_field()

    def on_field_changed(self) -> None:
        if self.stage is not None:
            self.stage.mend()

    def on_field_box_reached(self, message: Field.BoxReached) -> None:
        if self.stage is not None:
            self.stage.box_reached(message.box)

    def on_field_written(self, message: Field.Written) -> None:
        if self.stage is not None:
            self.stage.pen.written(message.put, taken=message.taken)

    def on_field_used(self, message: Field.Used) -> None:
        """Any key stops the voice (K08)."""
        self.idle.touch()
        if self._switching is not None:
            self._switching.scan.touched()
        if act_of(message.key, in_field=True) is not Act.LISTEN:
            self._hush()
        if self.speaker is not None:
            self.speaker.stop()

    def _hush(self) -> None:
        """What was being said is for nobody: somebody uses their hands."""
        if self._listening is not None:
            self._listening.cease()

    def on_field_cut_short(self) -> None:
        if self.stage is not None:
            self.stage.announce(self.fittings.texts["bar.too_long"])

    async def on_resident_app_from_device(self, message: FromDevice) -> None:
        from screens.resident.device_news import move_for

        move = move_for(message.setting.purpose, message.event)
        if move is not None:
            self.idle.stirred()
            await self.course.make(move)

    async def on_resident_app_from_visit(self, message: FromVisit) -> None:
        await self.course.make(message.move)

    def on_resident_app_captioned(self, message: Captioned) -> None:
        self.idle.stirred()
        self.view.caption.say(message.words, message.word)

    def on_resident_app_from_listener(self, message: FromListener) -> None:
        if self._listening is not None:
            self._listening.hear(message.hearing, message.page)

    def on_resident_app_silent(self) -> None:
        """Staff are told in the log; the person sees it beside the captions, which nothing interrupts."""
        log.warning("no sound device: captions only")
        self.view.caption.silent = True
        if self.controls is not None:
            self.controls.lose_sound()

    def on_resize(self, event: Resize) -> None:
        """Just as large as before: another terminal is there, on which nothing stands yet."""
        if event.size == self.view.size:
            self.refresh()

    def on_page_view_resized(self) -> None:
        if self.stage is not None:
            self.stage.fit_again()

    def _controls_at(self, at: float) -> Controls | None:
        """The controls, unless an input is not to be heard."""
        if self.stage is None or not self.stage.ready:
            return None
        guard = self.stage.part.guard
        if not self.course.hears(at, guard):
            if self.course.too_soon(at, guard):
                self.view.caption.hold(self.fittings.texts["bar.wait"], guard)
            return None
        self.idle.touch()
        return self.controls

    def _untold(self) -> Move | None:
        """What the person has set since the last move, where it could be kept."""
        now = self.controls.comfort.news() if self.controls is not None else None
        if now is None:
            return None
        from kiosk.flow.moves import Prefers

        return Prefers(now)

    def _show(self, shown: Shown) -> bool:
        if shown.ended:
            left = shown.sitting.card_lying
            self.exit(return_code=shown.leaving or (CARD_LEFT + left if left else 0))
            return False
        if self._lamp is not None:
            self._lamp.follow(shown.page)
        otherwise = self.controls is not None and self.controls.follow(shown.sitting.remembering)
        if self.stage is None or not self.stage.show(shown):
            if otherwise and self.stage is not None:
                self.stage.fit_again()
            return False
        self.idle.follow(shown.sitting)
        if self._switching is not None:
            self._switching.follow()
        return True

    def _someone_is_busy(self) -> bool:
        """The idle clock stands still for speech (K30)."""
        return self.speaker is not None and self.speaker.speaking

    def _quiet(self, over: bool) -> None:
        """A page at rest that somebody has set for themselves begins anew for the next (K33).

        So does one that has stood long: its services and notices are those of its beginning.
        """
        old = time.monotonic() - self._since > FRESH
        resting = self.stage is not None and self.stage.sitting.place == "language"
        if resting and (old or self._set_otherwise):
            self.exit()
        elif resting:
            self.idle.touch()
        else:
            from kiosk.flow.moves import Quiet

            self.course.wish(Quiet(over))

    @property
    def _set_otherwise(self) -> bool:
        changed = self.controls is not None and self.controls.comfort.changed
        stage = self.stage
        switched = stage is not None and stage.sitting.switches is not None
        return changed or switched or (stage is not None and stage.language != LANGUAGES[0])

    def _remind(self) -> None:
        if self.speaker is not None:
            self.speaker.repeat(whole=True)
