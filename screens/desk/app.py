"""The desk's program: who sits there, which page is in front, the lock, and what happens on a bad day."""

from __future__ import annotations

import asyncio
import logging
from typing import ClassVar

from textual import events, on
from textual._context import active_message_pump
from textual.app import App
from textual.binding import Binding, BindingType

from kiosk.cases.states import Actor
from kiosk.event_log import happened, without_values
from kiosk.text import Text
from screens.desk.board import LOOK_EVERY, Board
from screens.desk.calling import Standing, go_to_call, look_for_calls, standing
from screens.desk.case import CasePage
from screens.desk.counter import Counter
from screens.desk.lines import Kind
from screens.desk.name_and_pin import NameAndPinPage
from screens.desk.opening import LOOK_EVERY as OPEN_EVERY
from screens.desk.opening import Opening
from screens.desk.page import CasePicked, DeskPage, NotTheSame
from screens.desk.sending import SEND_EVERY, send_next
from screens.desk.sign_in import SignInPage
from screens.desk.sorry import Sorry
from screens.theme import DARK, LIGHT
from screens.tolerant_driver import TolerantDriver

PALETTES = (DARK.name, LIGHT.name)
log = logging.getLogger(__name__)


class DeskApp(App[None]):
    """Staff at the desk."""

    CSS_PATH = "desk.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "language", show=False, priority=True),
        Binding("f3", "colours", show=False, priority=True),
        Binding("f4", "go_to_call", show=False, priority=True),
    ]

    def __init__(self, counter: Counter) -> None:
        super().__init__(driver_class=TolerantDriver)
        # before the style sheet is read, which uses their colours
        for palette in (DARK, LIGHT):
            self.register_theme(palette.theme())
        self.theme = DARK.name
        self.counter = counter
        self.locked = False
        """True while the sign-in stands in front of somebody's work."""
        self._opening = Opening(counter)
        self._failed = False
        self._sending = False

    def on_mount(self) -> None:
        self.set_interval(LOOK_EVERY, self.look_at_clock)
        self.set_interval(LOOK_EVERY, self.look_for_calls)
        self.set_interval(OPEN_EVERY, self.open_contents)
        self.set_interval(SEND_EVERY, self.send_messages)
        self._welcome()

    def look_at_clock(self) -> None:
        """Lock a desk that was left alone; end a shift that has lasted too long."""
        if self.counter.shift_over:
            self._sign_out()
        elif self.counter.idle:
            self._lock()

    def _lock(self, first: Text | None = None) -> None:
        """Behind the sign-in everything stays as it is. `first`: why, where nobody was away."""
        if not self.locked:
            self.locked = True
            self.counter.records.lock()
            self.copy_to_clipboard("")
            self.push_screen(SignInPage(self.counter, locked=True, first=first), self._unlocked)

    def open_contents(self) -> None:
        """For whoever waits at the kiosk to see what they handed in; not while the desk is locked."""
        if not self.locked:
            self.run_worker(self._opening.look(), group="opening")

    def look_for_calls(self) -> None:
        """Ring until somebody goes."""
        self.run_worker(self._ring(), group="calls", exclusive=True)

    def send_messages(self) -> None:
        """One at a time; the next look comes soon."""
        if not self.locked and not self._sending:
            self._sending = True
            self.run_worker(self._send(), group="messages")

    async def _send(self) -> None:
        try:
            await send_next(self.counter)
        finally:
            self._sending = False

    async def _ring(self) -> None:
        if (now := await standing(self.counter)) is not Standing.SAME:
            self._end(now)
        if await look_for_calls(self.counter):
            self.bell()
        if isinstance(self.screen, DeskPage):
            self.screen.show_calls()

    def action_go_to_call(self) -> None:
        page = self.screen
        if isinstance(page, DeskPage) and page.can_go_to_calls and self.counter.calls:
            page.begin(lambda: self._go_to_call(page))

    async def _go_to_call(self, page: DeskPage[object]) -> None:
        told = await go_to_call(self.counter)
        await page.look_at_calls()
        page.tell(told, Kind.HEADING)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.MouseDown | events.Paste | events.MouseScrollDown):
            # a machine that slept wakes up locked: this key still belongs to nobody
            if not self.locked and (self.counter.idle or self.counter.shift_over):
                self.look_at_clock()
                return
            self.counter.touch()
            if (
                isinstance(event, events.Key)
                and isinstance(self.screen, NameAndPinPage)
                and self.screen.goes_on(event)
            ):
                return
        await super().on_event(event)

    def action_language(self) -> None:
        self.counter.next_language()
        if isinstance(self.screen, DeskPage):
            self.screen.retell()

    def action_colours(self) -> None:
        self.theme = PALETTES[1 - PALETTES.index(self.theme)]

    async def action_quit(self) -> None:
        if isinstance(self.screen, DeskPage) and not self.screen.may_quit:
            self.screen.tell(self.counter.text("house.back_first"))
            return
        self.exit(return_code=int(self._failed))

    def action_help_quit(self) -> None:
        """Ctrl+C, where nothing is selected that could be copied."""
        if isinstance(self.screen, DeskPage):
            told = "house.how_to_quit" if self.screen.may_quit else "house.back_first"
            self.screen.tell(self.counter.text(told))

    @on(Board.SignedOut)
    def _sign_out(self) -> None:
        happened("signed_out")
        self.counter.records.lock()
        self._clear()
        self._welcome()

    @on(NotTheSame)
    def _not_the_same(self, found: NotTheSame) -> None:
        self._end(found.standing)

    def _end(self, now: Standing) -> None:
        """With the new PIN they find their work as it was; without account or role it ends.

        The looks every few seconds and an act may both find it.
        """
        if self.counter.actor is None:
            return
        if now is Standing.OTHER_PIN:
            self._lock(self.counter.text("sign_in.other_pin"))
            return
        self.counter.records.lock()
        self._clear()
        self._welcome(self.counter.text("sign_in.gone"))

    @on(CasePicked)
    def _open_case(self, picked: CasePicked) -> None:
        def back(told: Text | None) -> None:
            if told and isinstance(self.screen, DeskPage):
                self.screen.tell(told, Kind.HEADING)

        self.push_screen(CasePage(self.counter, picked.case_id), back)

    def _welcome(self, first: Text | None = None) -> None:
        self.push_screen(SignInPage(self.counter, first=first), self._signed_in)

    def _signed_in(self, actor: Actor | None) -> None:
        if actor is None:
            return
        self.counter.sign_in(actor)
        happened("signed_in", role=actor.role)
        self.push_screen(Board(self.counter))

    def _unlocked(self, actor: Actor | None) -> None:
        self.locked = False
        if actor == self.counter.actor:
            self.counter.touch()
            return
        self._clear()
        if actor is None:
            self._welcome()
        else:
            self._signed_in(actor)

    def _clear(self) -> None:
        """Nothing of one person's work stays for the next."""
        self.copy_to_clipboard("")
        self.locked = False
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.counter.actor, self.counter.pin_hash = None, ""

    def _handle_exception(self, error: Exception) -> None:
        """Instead of the framework's traceback, which would show values: a log line by type, a calm page."""
        log.error("unexpected %s", without_values(error))
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        # when the app's own loop is what failed, no page can be shown any more
        if self._failed or active_message_pump.get() is self:
            self._close_messages_no_wait()
            return
        self._failed = True
        self._sorry_shown = asyncio.get_running_loop().create_task(self._show_sorry())

    async def _show_sorry(self) -> None:
        self.counter.actor = None
        self.counter.records.lock()
        await self.push_screen(Sorry(self.counter))
