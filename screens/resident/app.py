"""The resident's screen: one sitting, from the first page to goodbye."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.console import RenderableType
from textual.app import App, ComposeResult
from textual.binding import BindingsMap
from textual.events import Event, Key
from textual.message import Message

from kiosk.event_log import without_values
from kiosk.flow.moves import Move, Quiet, ReaderSays
from kiosk.ports import Caption, Hearing, Listener, Speaker
from kiosk.text import LANGUAGES
from screens.keys import Act, act_of
from screens.resident.comfort import Comfort
from screens.resident.controls import Controls
from screens.resident.course import Course
from screens.resident.field import Field
from screens.resident.fittings import Devices, Fittings
from screens.resident.idle import IdleClock
from screens.resident.page_view import PageView
from screens.resident.stage import Stage
from screens.resident.visit_thread import Shown, VisitThread
from screens.theme import DARK, PALETTES
from screens.tolerant_driver import TolerantDriver

if TYPE_CHECKING:
    from kiosk.config import DeviceSettings
    from kiosk.devices.events import DeviceEvent
    from screens.resident.codes import Lamp, TypedCodes
    from screens.resident.listening import Listening

log = logging.getLogger(__name__)

CARD_LEFT = 32
"""Exit code, with the readers added to it: the visit ended with cards on them."""
NO_READER = "card.reader_missing"
"""What is said where no reader is set up."""
FRESH = 1800.0
"""Seconds after which a sitting that nobody has begun makes room for a new one."""
CRASHED = 70
"""Exit code: something unexpected; what was submitted is safe."""


class ResidentApp(App[None]):
    """One sitting. No way out but its end."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
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
        super().__init__(driver_class=TolerantDriver)
        # Textual's own bindings quit the program, which no visitor may.
        self._bindings = BindingsMap()
        for palette in PALETTES:
            self.register_theme(palette.theme())
        self.theme = fittings.settings.screen.colours
        self._fittings = fittings
        self.view = PageView(fittings.texts, fittings.settings.screen.colours)
        self.field = Field(fittings.settings.screen.colours)
        self.visit = VisitThread(fittings.open_visit, lambda move: self._tell(self.FromVisit(move)))
        self.course = Course(self.visit, self.run_worker, self._show)
        self._since = time.monotonic()
        self.idle = IdleClock(fittings.settings.times, self._someone_is_busy, self._quiet, self._remind)
        self.stage: Stage | None = None
        self.controls: Controls | None = None
        self.speaker: Speaker | None = None
        self._devices: Devices | None = None
        self._lamp: Lamp | None = None
        self._typed_codes: TypedCodes | None = None
        self._listening: Listening | None = None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DARK.theme().variables

    def compose(self) -> ComposeResult:
        yield self.view
        yield self.field

    def on_mount(self) -> None:
        """The first page is drawn before anything else is loaded."""
        with contextlib.suppress(ValueError, RuntimeError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.exit)
        self.view.show_page(self._fittings.first_page, "zh", 0)
        self.call_after_refresh(lambda: self.run_worker(self._begin()))

    async def _begin(self) -> None:
        """Voice, visit and reader, in this order."""
        fittings = self._fittings
        texts, settings = fittings.texts, fittings.settings
        speaker = fittings.make_speaker(
            lambda caption: self._tell(self.Captioned(caption)), lambda: self._tell(self.Silent())
        )
        comfort = Comfort(texts, speaker, settings.screen, settings.voice)
        self.speaker = speaker
        self.stage = Stage(texts, self.view, self.field, speaker)
        self.controls = Controls(self.stage, comfort, speaker, self.course.wish)
        await self.course.open()
        self._devices = fittings.make_devices(lambda *news: self._tell(self.FromDevice(*news)))
        if not any(setting.purpose == "identity_card" for setting in settings.device):
            self.course.wish(ReaderSays(NO_READER))
        self._devices.start()
        if any(setting.purpose == "code" for setting in settings.device):
            self._expect_codes(self._devices)
        if fittings.make_listener is not None:
            self._listen(fittings.make_listener, self.stage, self.controls, speaker)

    def _listen(
        self,
        make_listener: Callable[[Callable[[Hearing], None]], Listener],
        stage: Stage,
        controls: Controls,
        speaker: Speaker,
    ) -> None:
        """Last of all: its models take a while, and keys work without them."""
        from screens.resident.listening import Listening
        from screens.resident.spoken_answers import SpokenAnswers

        texts = self._fittings.texts
        controls.listening = self._listening = Listening(
            make_listener,
            lambda hearing, page: self._tell(self.FromListener(hearing, page)),
            stage,
            controls,
            speaker,
            SpokenAnswers(stage, controls, speaker, self.course.wish, self.idle.touch, texts),
            texts,
            by_itself=self._fittings.settings.listening.mode == "free",
            hears=lambda: stage.ready and self.course.hears_now(stage.part.guard),
            set_timer=self.set_timer,
        )

    def _expect_codes(self, devices: Devices) -> None:
        from screens.resident.codes import Lamp, TypedCodes

        if any(setting.protocol == "keyboard" for setting in self._fittings.settings.device):
            self._typed_codes = TypedCodes(super().on_event, self.course.make, self.set_timer)
        self._lamp = Lamp(devices.order)
        if self.stage is not None and self.stage.ready:
            self._lamp.follow(self.stage.part)

    def on_unmount(self) -> None:
        self.idle.stop()
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
        if self._fittings.cards is not None and event.key in ("f10", "ctrl+q"):
            from screens.resident.card_menu import demo_key

            demo_key(self, event.key, self._fittings, self.stage.language if self.stage else "zh")
        elif controls := self._controls_at(event.time):
            controls.key(event)

    def on_page_view_touched(self, message: PageView.Touched) -> None:
        if controls := self._controls_at(message.at):
            controls.touch(message.act, message.at)

    def on_page_view_drawn(self) -> None:
        self.idle.touch()
        self._hush()
        if self.stage is not None:
            self.stage.mark_changed()

    def on_field_finished(self, message: Field.Finished) -> None:
        if controls := self._controls_at(message.time):
            controls.enter()

    def on_field_touched(self) -> None:
        self.idle.touch()
        self._hush()
        if self.stage is not None:
            self.stage.enter_field()

    def on_field_box_reached(self, message: Field.BoxReached) -> None:
        if self.stage is not None:
            self.stage.box_reached(message.box)

    def on_field_used(self, message: Field.Used) -> None:
        """Any key stops the voice (K08)."""
        self.idle.touch()
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
            self.stage.announce(self._fittings.texts["bar.too_long"])

    async def on_resident_app_from_device(self, message: FromDevice) -> None:
        from screens.resident.device_news import move_for

        move = move_for(message.setting.purpose, message.event)
        if move is not None:
            await self.course.make(move)

    async def on_resident_app_from_visit(self, message: FromVisit) -> None:
        await self.course.make(message.move)

    def on_resident_app_captioned(self, message: Captioned) -> None:
        self.view.caption.say(message.words, message.word)

    def on_resident_app_from_listener(self, message: FromListener) -> None:
        if self._listening is not None:
            self._listening.hear(message.hearing, message.page)

    def on_resident_app_silent(self) -> None:
        """Staff are told in the log; the person sees it beside the captions, which nothing interrupts."""
        log.warning("no sound device: captions only")
        self.view.caption.silent = True

    def on_page_view_resized(self) -> None:
        if self.stage is not None:
            self.stage.fit_again()

    def _controls_at(self, at: float) -> Controls | None:
        """The controls, unless an input is not to be heard."""
        if self.stage is None or not self.stage.ready or not self.course.hears(at, self.stage.part.guard):
            return None
        self.idle.touch()
        return self.controls

    def _show(self, shown: Shown) -> bool:
        if shown.ended:
            left = shown.sitting.card_lying
            self.exit(return_code=CARD_LEFT + left if left else 0)
            return False
        if self._lamp is not None:
            self._lamp.follow(shown.page)
        if self.stage is None or not self.stage.show(shown):
            return False
        self.idle.follow(shown.sitting)
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
        else:
            self.course.wish(Quiet(over))

    @property
    def _set_otherwise(self) -> bool:
        changed = self.controls is not None and self.controls.comfort.changed
        return changed or (self.stage is not None and self.stage.language != LANGUAGES[0])

    def _remind(self) -> None:
        if self.speaker is not None:
            self.speaker.repeat(whole=True)

    # the unexpected

    def panic(self, *renderables: RenderableType) -> None:
        """Textual would print what its input thread failed on, values and all."""
        log.error("the terminal's input failed")
        self._return_code = CRASHED
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        """No traceback for a resident: the kind of error is logged (its words may be personal), and
        the supervisor shows a calm page and starts again. Textual re-raises it for the tests.
        """
        log.error("unexpected %s", without_values(error))
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self._return_code = CRASHED
            self._close_messages_no_wait()
