"""A page on which somebody proves who they are with their name and six digits."""

from __future__ import annotations

from typing import Generic

from textual import events, on
from textual.widgets import Input

from kiosk.security.accounts import PIN_DIGITS
from screens.desk.page import DeskPage, Result


class NameAndPinPage(DeskPage[Result], Generic[Result]):
    """Its body has `name_field` and `pin_field`; Enter in the PIN submits it (`Input.Submitted`)."""

    begins_at = "#name"

    @staticmethod
    def name_field(name: str = "") -> Input:
        return Input(name, id="name", max_length=40)

    @staticmethod
    def pin_field() -> Input:
        return Input(id="pin", password=True, restrict="[0-9]*", max_length=PIN_DIGITS)

    def on_mount(self) -> None:
        for field in self.query(Input):
            field.cursor_blink = False
        self.query_one(self.begins_at).focus()

    def goes_on(self, event: events.Key) -> bool:
        """From the name to the PIN, at the very key: a PIN typed fast must never stand readable as a name."""
        if event.key != "enter" or self.focused is None or self.focused.id != "name":
            return False
        self.set_focus(self.query_one("#pin"))
        return True

    @on(Input.Changed)
    def _shows_what_is_written(self, changed: Input.Changed) -> None:
        """On a small screen what is told above may have pushed the field below its edge."""
        changed.input.scroll_visible(animate=False)

    def take_name_and_pin(self, incomplete: str) -> tuple[str, str] | None:
        """What was written, the PIN gone from the page; where a part is missing that is told."""
        name, pin = self.query_one("#name", Input).value.strip(), self.query_one("#pin", Input)
        if not name or len(pin.value) < PIN_DIGITS:
            self.tell(self.counter.text(incomplete))
            return None
        typed, pin.value = pin.value, ""
        return name, typed
