"""The walk of a helper through a kiosk, on its own screen: by keys, by touch or by a switch, said aloud."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.message import Message

from kiosk.flow.moves import CallPerson
from kiosk.flow.page import Choice, Page, PageKind
from kiosk.flow.source import Slot
from kiosk.ports import (
    Caption,
    Deaf,
    Hearing,
    Level,
    Listener,
    NotUnderstood,
    Opened,
    Shut,
    Speaker,
    Understood,
)
from kiosk.selftest import guided, guided_pages, guided_visit
from kiosk.selftest.guided import Asked, Step, Walk
from kiosk.text import Catalogue, Text
from screens.corner_view import CornerView
from screens.keypads import Keypad, load_keypad
from screens.keys import Act, KeyGuard
from screens.pixel_driver import CellDriver, PixelDriver
from screens.resident.app import CARD_LEFT
from screens.resident.closed_app import ClosedApp
from screens.resident.comfort import Comfort
from screens.resident.controls import Controls
from screens.resident.field import Field
from screens.resident.page_view import PageView
from screens.resident.practice import Practice
from screens.resident.scan import Scan
from screens.resident.stage import Stage
from screens.resident.switching import Switching
from screens.resident.trial import SwitchTrial
from screens.resident.type_sizes import GlyphSizes, TypeSizes
from screens.resident.visit_thread import Shown

if TYPE_CHECKING:
    from kiosk.config import Settings
    from kiosk.flow.moves import Move
    from kiosk.flow.sitting import World
    from kiosk.selftest.guided_visit import Guided
    from kiosk.watchdog import Watchdog
    from screens.resident.type_sizes import Sizes

LOOK_EVERY = 0.1
"""Seconds between two looks whether something has been said, while that is waited for."""
TICK = 1.0
"""Seconds between two looks whether anybody does anything."""
QUIET = 20.0
"""Seconds without a key, while keys are tried, after which those that did not come do nothing."""
ONCE_MORE = 2.0
"""Seconds for which the key that ended the trial of keys does nothing: it may be pressed once too often."""
NOBODY = 600.0
"""Seconds after which nobody is there any more: what was tried is kept, and the kiosk is for everybody."""
SHOW_CURSOR = "\x1b[?25h"
_LEAVE = ("ctrl+q", "ctrl+c")
_SLOTS = {
    Step.IDENTITY_CARD: Slot.IDENTITY,
    Step.MEMBER_CARD: Slot.MEMBER,
    Step.SOCIAL_CARD: Slot.SOCIAL,
}
_FIGURES = "1234567890"
_SIGNS = ("slash", "asterisk", "minus", "plus", "enter")
"""The other keys of a number block, by Textual's names; the last one goes on."""
_SAME_KEY = {"equals_sign": "plus"}


@dataclass(frozen=True, slots=True)
class Around:
    """What a walk works with; each part is made when the screen is there."""

    settings: Settings
    world: World
    """Its texts are what stands on every page."""
    texts: Catalogue
    """`guided`"""
    parts: Catalogue
    """`box`"""
    make_speaker: Callable[[Callable[[Caption], None], Callable[[], None]], Speaker]
    """Takes who is told what is being said, and who is told that there is no sound."""
    make_listener: Callable[[Callable[[Hearing], None]], Listener] | None
    watch: Callable[[Callable[[Step, bool | Text | None], None]], Callable[[], None]]
    """Begins to watch the readers and gives what ends it. Told of a reader: True, it has read something;
    False, it lies there no more; a text, what is wrong; None, nothing is. On threads of theirs."""
    print: Callable[[str], Text | None]
    """A strip in this language: what went wrong, or None. Takes some seconds."""
    keep: Callable[[Walk, float], bool]
    """The report; False where it cannot be kept."""
    deaf: Callable[[str], Text]
    """Why nothing can be heard, by the reason that the listener gives."""
    sizes: Sizes | None = None
    """The type sizes of our own terminal; None where large type can only be drawn from blocks."""
    watchdog: Watchdog | None = None
    """None where nobody watches whether the loop turns."""


def asked_keys(keypad: Keypad, texts: Catalogue, names: Catalogue) -> tuple[Asked, ...]:
    """Those of a number block (`texts`: the catalogue `guided`); on a site's own keypad (`names`: `resident`)
    those it has."""
    if not keypad:
        return (
            *(Asked(figure, texts.text("key.figure", n=figure)) for figure in _FIGURES),
            *(Asked(name, texts[f"key.{name}"]) for name in _SIGNS),
        )
    own = {act: key for key, act in keypad.items()}
    last = own.pop(Act.CHOOSE, "enter")
    return (
        *(Asked(key, names[f"practice.{act}"]) for act, key in own.items() if f"practice.{act}" in names),
        Asked(last, names[f"practice.{Act.CHOOSE}"]),
    )


class GuidedCheck(ClosedApp):
    """From the first page to the report. Ctrl+Q keeps what was tried so far."""

    CSS = "Screen { layers: page field; overflow: hidden; } PageView { layer: page; }"

    class Told(Message):
        """From another thread: what to do with the walk."""

        def __init__(self, step: Callable[[Walk], Walk]) -> None:
            super().__init__()
            self.step = step

    class Captioned(Message):
        """What is being said now."""

        def __init__(self, caption: Caption) -> None:
            super().__init__()
            self.words, self.word = caption.text, caption.word

    class Silent(Message):
        """There is no sound device."""

    class Heard(Message):
        """News of the microphone."""

        def __init__(self, hearing: Hearing) -> None:
            super().__init__()
            self.hearing = hearing

    def __init__(self, around: Around, steps: tuple[Step, ...], language: str) -> None:
        screen = around.settings.screen
        super().__init__(PixelDriver if screen.pixels else CellDriver, screen.colours)
        self._around, texts = around, around.world.texts
        self.view = CornerView(texts, screen.colours)
        self.view.linear = screen.linear
        self.field = Field(screen.colours)
        self._keypad = load_keypad(around.settings.keys.keypad)
        walk = guided.begin(steps, asked_keys(self._keypad, around.texts, texts), time.monotonic())
        self._now = guided_visit.begun(walk, language)
        write, view = self.write_to_terminal, self.view
        self._sizes = None if around.sizes is None else TypeSizes(around.sizes, write, view)
        self._guard = KeyGuard()
        self._struck, self._struck_at = "", 0.0
        """The key that was tried last, and when."""
        self._speaker: Speaker | None = None
        self._listener: Listener | None = None
        self._stage: Stage | None = None
        self._controls: Controls | None = None
        self._end_watch: Callable[[], None] = lambda: None
        self._pressed_at = self._page_at = time.monotonic()

    @property
    def walk(self) -> Walk:
        """How far somebody has come."""
        return self._now.walk

    def compose(self) -> ComposeResult:
        yield self.view
        yield self.field

    def on_mount(self) -> None:
        """The first page is drawn before anything else is loaded."""
        self.end_when_told()
        self.view.show_page(self._page(), self._now.sitting.language, 0)
        if self.view.linear:
            # Braille displays and screen readers follow it; it stands at the item that has the focus.
            self.write_to_terminal(SHOW_CURSOR)
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        around = self._around
        if around.watchdog is not None:
            around.watchdog.ready()
            if around.watchdog.every:
                self.set_interval(around.watchdog.every, around.watchdog.feed)
        self._speaker = speaker = around.make_speaker(
            lambda caption: self._tell(self.Captioned(caption)), lambda: self._tell(self.Silent())
        )
        self._equip(speaker)
        if around.make_listener is not None:
            self._listener = around.make_listener(lambda hearing: self._tell(self.Heard(hearing)))
        self._end_watch = around.watch(self._seen)
        self.set_interval(TICK, self._tick)
        self._show(self._now)

    def _equip(self, speaker: Speaker) -> None:
        """What a visit is shown, said and answered with."""
        settings, texts = self._around.settings, self._around.world.texts
        self._stage = stage = Stage(texts, self.view, self.field, speaker)
        sizes = self._sizes or GlyphSizes(self.view, stage.fit_again)
        comfort = Comfort(texts, speaker, settings.screen, settings.voice, sizes)
        sizes.begin(self.size.width)
        self._controls = controls = Controls(stage, comfort, speaker, self._make)
        controls.keypad = self._keypad
        with_these = (stage, speaker, self._make, self.set_timer)
        scan = Scan(stage, speaker, self.set_timer, lambda: not self.view.caption.open)
        practice, trial = Practice(*with_these), SwitchTrial(*with_these)
        controls.switching = Switching(stage, settings.keys, practice, trial, scan)

    def on_unmount(self) -> None:
        self._keep_half()
        self._end_watch()
        if self._controls is not None and self._controls.switching is not None:
            self._controls.switching.end()
        if self._sizes is not None:
            self._sizes.end()
        if self._listener is not None:
            self._listener.close()
        if self._speaker is not None:
            self._speaker.close()

    def _tell(self, message: Message) -> None:
        if self.is_running:
            self.post_message(message)

    # what comes from outside

    def _seen(self, step: Step, news: bool | Text | None) -> None:
        """On a device's thread."""
        now = time.monotonic()
        if news is True:
            self._tell(self.Told(lambda walk: guided.read(walk, step, now)))
        elif news is False:
            self._tell(self.Told(lambda walk: guided.lifted(walk, step)))
        else:
            self._tell(self.Told(lambda walk: guided.ails(walk, step, news)))

    def on_guided_check_told(self, message: Told) -> None:
        self._lead(message.step(self.walk))

    def on_guided_check_captioned(self, message: Captioned) -> None:
        self.view.caption.say(message.words, message.word)

    def on_guided_check_silent(self) -> None:
        self.view.caption.silent = True
        if self._controls is not None:
            self._controls.lose_sound()
        self._lead(guided.ails(self.walk, Step.SOUND, self._around.parts["sound.none"]))

    def on_guided_check_heard(self, message: Heard) -> None:
        texts, walk = self._around.texts, self.walk
        match message.hearing:
            case Level(height=height):
                self.view.caption.show_level(height)
            case Opened():
                self.view.caption.show_level(0.0)
            case Shut():
                self.view.caption.show_level(None)
            case Understood(choice="yes"):
                self._lead(guided.understood(walk, time.monotonic()))
            case NotUnderstood(silent=True):
                silent = texts["microphone_asked.silent"]
                self._lead(guided.misheard(walk, silent, sounded=False))
            case Understood() | NotUnderstood():
                other = texts["microphone_asked.other"]
                self._lead(guided.misheard(walk, other, sounded=True))
            case Deaf(reason=reason):
                self.view.caption.show_level(None)
                self._lead(guided.ails(walk, Step.MICROPHONE, self._around.deaf(reason)))

    # keys and touches

    def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key in _LEAVE:
            self._leave()
        elif (controls := self._controls_at(event.time)) and not self._strikes(event):
            controls.key(event)

    def _strikes(self, event: Key) -> bool:
        """Is it a key that is tried now, or was a moment ago? Then it chooses nothing."""
        name = event.key.removeprefix("upper_").lower()
        name = name if self._keypad else _SAME_KEY.get(name, name)
        if not self.walk.trying_keys or self._now.sitting.overlay:
            too_often = name == self._struck and event.time - self._struck_at < ONCE_MORE
            self._struck = name if too_often else ""
            return too_often
        if name not in {one.name for one in self.walk.keys}:
            return False
        if self._guard.lets_through(event.key, event.time, in_field=False):
            self._struck, self._struck_at = name, event.time
            self._lead(guided.press(self.walk, name, time.monotonic()))
        return True

    def on_page_view_touched(self, message: PageView.Touched) -> None:
        if controls := self._controls_at(message.at):
            controls.touch(message.act, message.at)

    def on_corner_view_cornered(self, message: CornerView.Cornered) -> None:
        self._pressed_at = time.monotonic()
        self._lead(guided.touch(self.walk, message.corner, self._pressed_at))

    def _controls_at(self, at: float) -> Controls | None:
        """The controls, unless an input is older than the page."""
        if self._stage is None or not self._stage.ready or at < self._page_at:
            return None
        self._pressed_at = time.monotonic()
        return self._controls

    # what becomes of it

    def _make(self, move: Move) -> None:
        """What somebody does."""
        if isinstance(move, CallPerson) and self.walk.step is None and self._stage is not None:
            # At the two ends: no key is pressed in vain.
            self._stage.announce(self._around.texts["skip.not_here"])
            return
        self._take(guided_visit.moved(self._now, move, self._around.world, time.monotonic()))

    def _lead(self, walk: Walk) -> None:
        """What comes by itself."""
        self._take(guided_visit.led(self._now, walk))

    def _take(self, now: Guided) -> None:
        """To what has become of the walk: do what it asks for now, and show its page."""
        before, self._now = self._now, now
        if now == before:
            return
        walk, was = now.walk, before.walk
        if walk.left:
            self._leave()
            return
        if now.sitting.place != before.sitting.place:
            self._pressed_at = time.monotonic()
            if self._listener is not None:
                self._listener.shut()
                self.view.caption.show_level(None)
        if walk.printed > was.printed:
            self.run_worker(self._print_strip(), exclusive=True, group="print")
        if walk.ended and not was.ended:
            self._keep()
        self._show(before)
        if walk.listened > was.listened and self._listener is not None:
            self._listen_when_said()

    def _leave(self) -> None:
        """The next person is told of a card that still lies there."""
        left = sum(_SLOTS[step] for step in self.walk.lying)
        self.exit(return_code=CARD_LEFT + left if left else 0)

    def _keep(self) -> None:
        if not self._around.keep(self.walk, time.monotonic()):
            self._now = guided_visit.led(self._now, guided.unkept(self.walk))

    def _keep_half(self) -> None:
        """Somebody left, or the kiosk is to end: what was tried is not lost."""
        if not self.walk.ended:
            stopped = guided.stop(self.walk, time.monotonic())
            if stopped.ended:
                self._around.keep(stopped, time.monotonic())

    def _page(self) -> Page:
        around = self._around
        return guided_visit.page(self._now, around.world, around.texts, around.parts, time.monotonic())

    def _show(self, before: Guided) -> None:
        """Say all of a page that has come; of one that stays, what has changed on it."""
        stage, now = self._stage, self._now
        if stage is None or self._controls is None:
            return
        shown = Shown(self._page(), now.sitting, ended=False)
        news = None
        if now.sitting == before.sitting and not now.sitting.overlay and now is not before:
            news = guided_pages.news(before.walk, now.walk, self._around.texts)
        if news is not None:
            stage.amend(shown, news)
        elif stage.show(shown):
            self._page_at = time.monotonic()
        if self._controls.switching is not None:
            self._controls.switching.follow()
        self.view.light("" if now.sitting.overlay else now.walk.corner)

    def _listen_when_said(self) -> None:
        """The microphone opens when the page has been said, so that it does not hear it."""
        stage, speaker, listener = self._stage, self._speaker, self._listener
        walk, listened = self.walk, self.walk.listened
        assert stage is not None and speaker is not None and listener is not None

        def begin() -> None:
            if self.walk.step is Step.MICROPHONE and self.walk.listened == listened:
                listener.open()

        def look() -> None:
            if self.walk.step is not Step.MICROPHONE or self.walk.listened != listened:
                return
            if speaker.speaking or self._now.sitting.overlay:
                self.set_timer(LOOK_EVERY, look)
                return
            listener.attend(self._word_page(), self._now.sitting.language)
            self.set_timer(max(speaker.tone(), 0.01), begin)

        if walk.step is Step.MICROPHONE:
            look()

    def _word_page(self) -> Page:
        """What the microphone is asked to make out."""
        texts = self._around.texts
        choices = tuple(Choice(name, texts[f"say.{name}"]) for name in ("yes", "no"))
        return Page("microphone", PageKind.CHOICE, texts["microphone_asked.heading"], choices=choices)

    async def _print_strip(self) -> None:
        trouble = await asyncio.to_thread(self._around.print, self._now.sitting.language)
        if trouble is not None:
            self._lead(guided.ails(self.walk, Step.PRINTER, trouble))

    def _tick(self) -> None:
        """Keys that have not come by now do nothing; and where nobody is any more the walk ends."""
        now, quiet = time.monotonic(), time.monotonic() - self._pressed_at
        if self._speaker is not None and self._speaker.speaking and quiet < NOBODY:
            if self.walk.trying_keys:
                self._pressed_at = now
        elif self.walk.trying_keys and not self._now.sitting.overlay and quiet > QUIET:
            self._lead(guided.choose(self.walk, "rest", now))
        elif quiet > NOBODY:
            self._leave()

    # the screen

    def on_resize(self, event: Resize) -> None:
        """Just as large as before: another terminal is there, on which nothing stands yet."""
        if event.size == self.view.size:
            self.refresh()

    def on_page_view_resized(self) -> None:
        if self._stage is not None:
            self._stage.fit_again()
