"""Signing in with a name and six digits; also the lock of a desk that was left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from kiosk.cases.states import Actor
from kiosk.security.accounts import PIN_DIGITS, Accounts, SignIn
from screens.desk.counter import Counter
from screens.desk.lines import Line, Lines
from screens.desk.page import DeskPage, key
from screens.desk.wording import denied


class SignInPage(DeskPage[Actor | None]):
    """Ends with who signed in, or with None when a locked desk is given up."""

    KEYS: ClassVar[Sequence[Binding]] = (key("escape", "leave", "Esc"),)

    def __init__(self, counter: Counter, locked: bool = False) -> None:
        super().__init__(counter)
        self._locked = locked
        self.may_quit = not locked

    def body(self) -> ComposeResult:
        yield Lines(id="why")
        yield Lines(id="name_label")
        yield Input(self.counter.staff.name if self._locked else "", id="name", max_length=40)
        yield Lines(id="pin_label")
        yield Input(id="pin", password=True, restrict="[0-9]*", max_length=PIN_DIGITS)

    def on_mount(self) -> None:
        for field in self.query(Input):
            field.cursor_blink = False
        self.query_one("#pin" if self._locked else "#name").focus()

    def title_words(self) -> str:
        return self.counter.words("sign_in.locked_title" if self._locked else "sign_in.title")

    def draw(self) -> None:
        words = self.counter.words
        self.query_one("#why", Lines).show([Line(words("sign_in.locked_why"))] if self._locked else [])
        self.query_one("#name_label", Lines).show([Line(words("sign_in.name"))])
        self.query_one("#pin_label", Lines).show([Line(words("sign_in.pin"))])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._locked if action == "leave" else True

    def action_leave(self) -> None:
        """Somebody else wants to sit here."""
        self.dismiss(None)

    @on(Input.Submitted, "#name")
    def _to_pin(self) -> None:
        self.query_one("#pin").focus()

    @on(Input.Submitted, "#pin")
    def _try(self) -> None:
        self.begin(self._sign_in)

    async def _sign_in(self) -> None:
        name, pin = self.query_one("#name", Input).value.strip(), self.query_one("#pin", Input)
        if not name or len(pin.value) < PIN_DIGITS:
            self.tell(self.counter.text("sign_in.incomplete"))
            return
        typed, pin.value = pin.value, ""
        tried = await self._tried(name, typed)
        if tried.actor is None:
            self.tell(denied(self.counter, tried))
            return
        self.dismiss(tried.actor)

    async def _tried(self, name: str, pin: str) -> SignIn:
        return await self.counter.records.do(
            lambda store: Accounts(store, self.counter.clock).sign_in(name, pin)
        )
