"""Signing in with a name and six digits; also the lock of a desk that was left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from kiosk.cases.states import Actor
from kiosk.security.accounts import Accounts, SignIn
from kiosk.security.custody import Custody, KeysRefused
from kiosk.security.signing_in import Keys, sign_in
from kiosk.security.stick import tokens
from kiosk.store import Store
from kiosk.text import Text
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.name_and_pin import NameAndPinPage
from screens.desk.own_pin import renewed
from screens.desk.page import key
from screens.desk.pin_page import PinPage
from screens.desk.wording import denied


class SignInPage(NameAndPinPage[Actor | None]):
    """Ends with who signed in, or with None when a locked desk is given up."""

    KEYS: ClassVar[Sequence[Binding]] = (key("f6", "new_pin", "F6"), key("escape", "leave", "Esc"))
    can_go_to_calls = False

    def __init__(self, counter: Counter, locked: bool = False, first: Text | None = None) -> None:
        """`first`: what is told as it comes up."""
        super().__init__(counter)
        self._told = (first, Kind.ALERT) if first else None
        self._locked = locked
        self.may_quit = not locked
        self.begins_at = "#pin" if locked else "#name"

    def body(self) -> ComposeResult:
        yield Lines(id="why")
        yield Lines(id="name_label")
        yield self.name_field(self.counter.staff.name if self._locked else "")
        yield Lines(id="pin_label")
        yield self.pin_field()

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

    @on(Input.Submitted, "#pin")
    def _try(self) -> None:
        self.begin(self._sign_in)

    async def _sign_in(self) -> None:
        if (given := self.take_name_and_pin("sign_in.incomplete")) is None:
            return
        tried = await self._tried(*given)
        if tried.actor is None:
            self.tell(denied(self.counter, tried))
            return
        self.dismiss(tried.actor)

    def action_new_pin(self) -> None:
        """Name and PIN are there: another PIN in the place of this one."""
        self.begin(self._new_pin)

    async def _new_pin(self) -> None:
        if (given := self.take_name_and_pin("sign_in.old_first")) is None:
            return
        name, pin = given
        try:
            made = await self.counter.records.do(lambda store: self._renewed(store, name, pin))
        except KeysRefused:
            self.tell(self.counter.text("new_pin.no_stick"))
            return
        if isinstance(made, SignIn):
            self.tell(denied(self.counter, made))
            return
        self.tell(None)
        self.app.push_screen(PinPage(self.counter, "new_pin", name, made))

    def _renewed(self, store: Store, name: str, pin: str) -> str | SignIn:
        """The new one; else why they are not known."""
        tried = Accounts(store, self.counter.clock).sign_in(name, pin)
        return tried if tried.actor is None else renewed(self.counter, store, tried.actor, pin)

    async def _tried(self, name: str, pin: str) -> SignIn:
        counter = self.counter
        tried, counter.keys, pin_hash = await counter.records.do(lambda store: self._opened(store, name, pin))
        if tried.actor is not None:
            counter.pin_hash = pin_hash
        return tried

    def _opened(self, store: Store, name: str, pin: str) -> tuple[SignIn, Keys, str]:
        # read before the try: a PIN that is replaced meanwhile ends the session at once
        account, accounts = store.account(name), Accounts(store, self.counter.clock)
        tried, keys = sign_in(accounts, Custody(store), name, pin, tokens(self.counter.key_stick))
        return tried, keys, account.pin_hash if account else ""
