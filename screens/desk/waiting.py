"""Who waits with a number, and calling them: the next one with one key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from kiosk.cases.calling import (
    AT_WINDOW,
    RINGS,
    RULES,
    Lane,
    Standing,
    Step,
    Waiter,
    Window,
    in_order,
    is_still_heard,
)
from kiosk.cases.roles import Right, may
from kiosk.flow.moves import NumberDrawn
from kiosk.store.waiting import Hall
from screens.desk.counter import Counter
from screens.desk.draw_number import Asked, DrawPage, WindowPage, print_slip
from screens.desk.lines import Kind, Line, Lines
from screens.desk.number_desk import NumberDesk
from screens.desk.page import DeskPage, key, letter
from screens.desk.pick_list import PickList
from screens.desk.waiting_rows import columns, here, row

LOOK_EVERY = 5.0
"""Seconds between two looks at the store."""
_OF_WINDOW = {"again": Step.AGAIN, "serve": Step.SERVE, "passed": Step.PASS, "finish": Step.FINISH}
"""Keys for the number that this window has."""
_OF_ROW = {"call": Step.CALL, "gone": Step.LEAVE, "prefer": Step.PREFER}
"""Keys for the number that the cursor is on."""


class WaitingPage(DeskPage[None]):
    """The window's own number on top, then who waits in the order of the calls, then who did not come."""

    KEYS: ClassVar[Sequence[Binding]] = (
        letter("n", "next_number"),
        letter("a", "again"),
        letter("b", "serve"),
        letter("d", "finish"),
        letter("g", "passed"),
        key("enter", "call", "Enter"),
        letter("l", "gone"),
        letter("p", "prefer"),
        letter("t", "draw_number"),
        letter("o", "window"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, desk: NumberDesk) -> None:
        super().__init__(counter)
        self._desk = desk
        self._hall = Hall()
        self._seen = False

    def body(self) -> ComposeResult:
        yield Lines(id="now")
        yield PickList(id="waiters")

    def on_mount(self) -> None:
        self.query_one(PickList).focus()
        self.set_interval(LOOK_EVERY, self._look_again)
        if self._desk.window is None and self._works:
            self.action_window()

    def title_words(self) -> str:
        waiting = self._waiting
        first = sum(one.lane is Lane.FIRST for one in waiting)
        told = self.counter.words("waiting.title", n=len(waiting), first=first)
        if self._desk.window is None:
            return told
        return self.counter.words("waiting.at", window=self._desk.window.name, told=told)

    def draw(self) -> None:
        words, names = self.counter.words, self._desk.names
        empty = words("waiting.nobody" if self._seen else "board.reading")
        rows = [row(self.counter, one, names) for one in self._listed]
        self.query_one(PickList).show(columns(self.counter), rows, empty)
        now = here(self.counter, self._mine, waits=bool(self._waiting))
        self.query_one("#now", Lines).show([Line(now, Kind.HEADING)] if self._works else [])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _OF_WINDOW:
            return _possible(_OF_WINDOW[action], self._mine) and self._works
        if action in _OF_ROW:
            return self._row_allows(_OF_ROW[action])
        match action:
            case "next_number":
                return self._calls and bool(self._waiting)
            case "window":
                return self._works and len(self._desk.numbers.windows) > 1
        return True

    async def look(self) -> None:
        letters = self._desk.window.letters if self._desk.window else "".join(self._desk.numbers.letters)
        self._hall = await self.counter.records.do(lambda store: store.hall(letters))
        self._seen = True
        self.retell()

    @property
    def _works(self) -> bool:
        """May whoever sits here call? A volunteer draws numbers and sees who waits."""
        return may(self.counter.staff.role, Right.WORK)

    @property
    def _calls(self) -> bool:
        """And is it known to which window?"""
        return self._works and self._desk.window is not None

    @property
    def _window(self) -> Window:
        return self._desk.window or self._desk.numbers.windows[0]

    @property
    def _waiting(self) -> tuple[Waiter, ...]:
        """Those that are called here, in their order."""
        letters = self._desk.window.letters if self._desk.window else "".join(self._desk.numbers.letters)
        here = [
            one for one in self._hall.waiters if one.standing is Standing.WAITING and one.letter in letters
        ]
        return in_order(here, self._hall.run, self._desk.numbers.cap)

    @property
    def _listed(self) -> list[Waiter]:
        others = [one for one in self._hall.waiters if one.standing in AT_WINDOW and one is not self._mine]
        passed = [one for one in self._hall.waiters if one.standing is Standing.PASSED]
        mine = [self._mine] if self._mine else []
        return [*mine, *self._waiting, *passed, *others]

    @property
    def _mine(self) -> Waiter | None:
        """The number that this window has."""
        window = self._desk.window
        at_window = [one for one in self._hall.waiters if one.standing in AT_WINDOW]
        return next((one for one in at_window if window and one.window == window.name), None)

    @property
    def _pointed(self) -> Waiter | None:
        at = self.query_one(PickList).cursor
        return next((one for one in self._hall.waiters if str(one.id) == at), None)

    def _row_allows(self, step: Step) -> bool:
        one = self._pointed
        if step is Step.PREFER and one is not None and one.lane is Lane.FIRST:
            return False
        if one is not None and one.standing in AT_WINDOW and one != self._mine:
            return False
        return _possible(step, one) and (self._calls or step is Step.PREFER)

    @on(PickList.Moved)
    def _moved(self) -> None:
        self._show_keys()

    @on(PickList.Picked)
    def _picked(self) -> None:
        if self.check_action("call", ()):
            self.action_call()

    def _look_again(self) -> None:
        if self.is_current:
            self.begin(self.look)

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_next_number(self) -> None:
        self.begin(self._next)

    def action_again(self) -> None:
        self._begin_step(Step.AGAIN, self._mine)

    def action_serve(self) -> None:
        self._begin_step(Step.SERVE, self._mine)

    def action_passed(self) -> None:
        self._begin_step(Step.PASS, self._mine)

    def action_finish(self) -> None:
        self._begin_step(Step.FINISH, self._mine)

    def action_call(self) -> None:
        self._begin_step(Step.CALL, self._pointed)

    def action_gone(self) -> None:
        self._begin_step(Step.LEAVE, self._pointed)

    def action_prefer(self) -> None:
        self._begin_step(Step.PREFER, self._pointed)

    def action_window(self) -> None:
        def chosen(window: Window | None) -> None:
            self._desk.window = window or self._desk.window

        self.tell(None)
        self.app.push_screen(WindowPage(self.counter, self._desk), chosen)

    def action_draw_number(self) -> None:
        def asked(whom: Asked | None) -> None:
            if whom is not None:
                self.begin(lambda: self._draw_number(*whom))

        self.tell(None)
        self.app.push_screen(DrawPage(self.counter, self._desk), asked)

    def _begin_step(self, step: Step, one: Waiter | None) -> None:
        if one is not None:
            self.begin(lambda: self._step(step, one))

    async def _next(self) -> None:
        mine = self._mine
        if mine is not None and is_still_heard(mine, self.counter.clock.now()):
            self.tell(self.counter.text("waiting.still_heard", number=mine.label))
            return
        window, cap = self._window, self._desk.numbers.cap
        called = await self.counter.records.do(lambda store: store.call_next(window, cap))
        await self.look()
        if called is None:
            self.tell(self.counter.text("waiting.nobody"), Kind.HEADING)
        else:
            self._tell_called(called)

    async def _step(self, step: Step, one: Waiter) -> None:
        window = self._window
        now = await self.counter.records.do(lambda store: store.step_number(one.id, step, window))
        await self.look()
        if now is None:
            self.tell(self.counter.text("waiting.faster", number=one.label))
        elif step in RINGS:
            self._tell_called(now)
        else:
            self.tell(self.counter.text(f"waiting.did_{step}", number=one.label), Kind.HEADING)

    async def _draw_number(self, letter: str, lane: Lane) -> None:
        numbers = self._desk.numbers
        drawn, ahead = await self.counter.records.do(lambda store: store.draw_number(letter, lane, numbers))
        await self.look()
        self.query_one(PickList).put_cursor(str(drawn.id))
        self.tell(self.counter.text("waiting.drawn", number=drawn.label, n=ahead), Kind.HEADING)
        if not await print_slip(self.counter, self._desk, NumberDrawn(drawn.label, ahead)):
            self.tell(self.counter.text("waiting.not_printed", number=drawn.label))

    def _tell_called(self, one: Waiter) -> None:
        told = self.counter.text("waiting.called_now", number=one.label, window=one.window)
        self.tell(told, Kind.HEADING)


def _possible(step: Step, one: Waiter | None) -> bool:
    return one is not None and one.standing in RULES[step].start
