"""A new account: whose, and in which role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from kiosk.cases.states import Role
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.table import Column, Row

ROLES = (Role.VOLUNTEER, Role.STAFF, Role.MANAGER)


class NamePage(DeskPage[str | None]):
    """Ends with the name that was written."""

    KEYS: ClassVar[Sequence[Binding]] = (key("enter", "go", "Enter"), key("escape", "leave", "Esc"))

    def __init__(self, counter: Counter, taken: frozenset[str]) -> None:
        super().__init__(counter)
        self._taken = taken

    def body(self) -> ComposeResult:
        yield Lines(id="label")
        field = Input(id="name", max_length=40)
        field.cursor_blink = False
        yield field

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def title_words(self) -> str:
        return self.counter.words("account_new.title")

    def draw(self) -> None:
        words = self.counter.words
        lines = [Line(words("account_new.name")), Line(words("account_new.hint"), Kind.QUIET)]
        self.query_one("#label", Lines).show(lines)

    def action_leave(self) -> None:
        self.dismiss(None)

    @on(Input.Submitted)
    def action_go(self) -> None:
        name = self.query_one(Input).value.strip()
        if not name or not name.isprintable():
            self.tell(self.counter.text("account_new.empty"))
        elif name in self._taken:
            self.tell(self.counter.text("account_new.taken", name=name))
        else:
            self.dismiss(name)

    @on(Input.Changed)
    def _typed(self) -> None:
        self.tell(None)


class RolePage(PickPage[Role | None]):
    """Ends with the role; the cursor stands on the one they have."""

    def __init__(self, counter: Counter, name: str, now: Role = Role.STAFF) -> None:
        super().__init__(counter)
        self._who, self._now = name, now

    def body(self) -> ComposeResult:
        yield PickList(id="roles")

    def title_words(self) -> str:
        return self.counter.words("account_role.title", name=self._who)

    def draw(self) -> None:
        words = self.counter.words
        rows = [Row(role, (words(f"role.{role}"), words(f"account_role.{role}"))) for role in ROLES]
        self.query_one(PickList).show([Column(""), Column("", drop=1, least=12)], rows)

    def on_mount(self) -> None:
        super().on_mount()
        self.draw()
        self.query_one(PickList).put_cursor(self._now)

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        self.dismiss(Role(picked.key))
