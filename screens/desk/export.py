"""Everything people handed in, taken out by two: who sits here asks, a colleague confirms by PIN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input

from kiosk.cases.two_persons import Asked, NotConfirmed
from kiosk.security.accounts import Accounts
from kiosk.security.custody import Custody
from kiosk.security.export_file import SUFFIX, keep
from kiosk.security.exported import exported
from kiosk.security.stick import tokens
from kiosk.store import Store
from kiosk.store.exporting import MOST, TooMany
from kiosk.text import Text
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.name_and_pin import NameAndPinPage
from screens.desk.page import key
from screens.desk.wording import denied

_NAMED = 3
"""So many of those who can confirm it are named."""


class ExportPage(NameAndPinPage[None]):
    """Only for whoever may ask for it: the manager's list offers it to nobody else.

    The code of the file stands on it until the page is left, or something comes in front of it.
    """

    KEYS: ClassVar[Sequence[Binding]] = (key("f6", "every", "F6"), key("escape", "leave", "Esc"))

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._asked = Asked(counter.staff, counter.clock.now())
        self._every = False
        self._count: int | None = None
        self._can: Sequence[str] = ()
        """Who can confirm it."""
        self._made: tuple[str, str] | None = None
        """Where the file lies, and its code."""

    def body(self) -> ComposeResult:
        yield Lines(id="why")
        with Horizontal(classes="line"):
            yield Lines(id="name_label")
            yield self.name_field()
        with Horizontal(classes="line"):
            yield Lines(id="pin_label")
            yield self.pin_field()

    def title_words(self) -> str:
        return self.counter.words("export.title")

    def draw(self) -> None:
        words = self.counter.words
        self.query_one("#why", Lines).show(self._asks() if self._made is None else self._gives(*self._made))
        for name in ("name", "pin"):
            for label in self.query(f"#{name}_label").results(Lines):
                label.show([Line(words(f"export.{name}"))])

    def _asks(self) -> list[Line]:
        if self._count is None:
            return [Line(self.counter.words("board.reading"))]
        if self._count > MOST:
            hint = "export.open_only" if self._every else "export.by_backup"
            return [
                Line(self.counter.words("export.too_many", n=MOST), Kind.ALERT),
                Line(self.counter.words(hint)),
            ]
        which = "export.every" if self._every else "export.open"
        told = [Line(self.counter.words(which, n=self._count)), Line(self.counter.words("export.two"))]
        return [*told, Line(self._who(), Kind.QUIET)]

    def _who(self) -> str:
        """Somebody who was given their PIN from here finds out before they are asked."""
        words, named = self.counter.words, self._can[:_NAMED]
        if not named:
            return words("export.nobody")
        names = words("export.between").join(named)
        return words("export.some" if len(self._can) > _NAMED else "export.who", names=names)

    def _gives(self, place: str, code: str) -> list[Line]:
        words, made = self.counter.words, Line(self.counter.words("export.made", file=place))
        if not code:
            return [made, Line(words("export.code_gone"))]
        shown = [Line(words("export.code")), Line(code, Kind.HEADING)]
        return [made, *shown, Line(words("export.apart"), Kind.QUIET)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._made is None if action == "every" else True

    async def look(self) -> None:
        every = self._every
        asked = self._asked

        def found(store: Store) -> tuple[int, list[str]]:
            return store.to_export(every=every), store.who_confirms(asked)

        self._count, self._can = await self.counter.records.do(found)
        self.retell()

    def on_screen_suspend(self) -> None:
        """Whatever comes in front, also the lock: the code is shown once."""
        if self._made is not None:
            self._made = self._made[0], ""

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_every(self) -> None:
        self.begin(self._other_cases)

    async def _other_cases(self) -> None:
        """Within the act: what is taken out is what stood there when the colleague confirmed it."""
        self._every = not self._every
        await self.look()

    @on(Input.Submitted, "#pin")
    def _confirm(self) -> None:
        self.begin(self._export)

    async def _export(self) -> None:
        if (given := self.take_name_and_pin("sign_in.incomplete")) is None:
            return
        name, pin = given
        try:
            told = await self.counter.records.do(lambda store: self._taken_out(store, name, pin))
        except NotConfirmed as refused:
            self.tell(self.counter.text(f"export.not_{refused.lack}"))
            return
        except TooMany:
            await self.look()
            self.tell(self.counter.text("export.too_many", n=MOST))
            return
        except OSError:
            self.tell(self.counter.text("export.not_written"))
            return
        self.tell(told)
        if self._made is not None:
            await self.query(".line").remove()
        self.retell()

    def _taken_out(self, store: Store, name: str, pin: str) -> Text | None:
        """None where it is done; else why the second person is not known."""
        counter, second = self.counter, Accounts(store, self.counter.clock).sign_in(name, pin)
        if second.actor is None:
            return denied(counter, second)
        if not Custody(store).shows(name, pin, tokens(counter.key_stick)):
            return counter.text("export.no_stick")
        both = store.confirm(self._asked, second.actor)
        cases = store.export(both, every=self._every)
        file, code = exported(both, cases, counter.centre.show("zh"), counter.zone)
        made = f"{counter.clock.now().astimezone(counter.zone):%Y%m%d-%H%M%S}{SUFFIX}"
        self._made = str(keep(file, store.exports, made)), code
        return None
