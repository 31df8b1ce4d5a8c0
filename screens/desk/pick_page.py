"""A page on which one line of a list is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic

from textual.binding import Binding

from screens.desk.page import DeskPage, Result, key
from screens.desk.pick_list import PickList


class PickPage(DeskPage[Result], Generic[Result]):
    """Its list has the focus; Enter picks (`PickList.Picked`), Esc ends without a result."""

    KEYS: ClassVar[Sequence[Binding]] = (
        key("enter", "pick", "Enter"),
        key("escape", "leave", "Esc"),
    )

    def on_mount(self) -> None:
        self.query_one(PickList).focus()

    def action_pick(self) -> None:
        self.query_one(PickList).action_pick()

    def action_leave(self) -> None:
        self.dismiss(None)
