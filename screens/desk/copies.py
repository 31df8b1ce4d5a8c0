"""The copies of one paper: which there are, and a look at one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from kiosk.cases.materials import Attachment, Copy
from kiosk.cases.materials import Kind as CopyKind
from kiosk.cases.states import RESIDENT
from kiosk.cases.views import CaseView
from kiosk.paper.taking import NotShown, Shown
from screens.desk.counter import Counter
from screens.desk.in_terminal import draws_pictures, show_in_terminal
from screens.desk.lines import Kind
from screens.desk.page import key, letter
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.sure import Sure
from screens.desk.table import Column, Row

_KB = 1024


class CopiesPage(PickPage[None]):
    """Each look is recorded, then shown; whatever comes in front, also the lock, closes the picture."""

    KEYS: ClassVar[Sequence[Binding]] = (
        key("enter", "pick", "Enter"),
        letter("x", "leave_out"),
        key("escape", "leave", "Esc"),
    )

    def __init__(
        self,
        counter: Counter,
        view: CaseView,
        what: str,
        copies: Sequence[Attachment],
        *,
        may_leave_out: bool,
    ) -> None:
        super().__init__(counter)
        self._view, self._what, self._copies = view, what, copies
        self._may_leave_out = may_leave_out
        self._shown: Shown | None = None

    def body(self) -> ComposeResult:
        yield PickList(id="choices")

    def title_words(self) -> str:
        return self.counter.words("materials.look_title", what=self._what)

    def draw(self) -> None:
        words = self.counter.words
        columns = [
            Column(words("materials.number")),
            Column(words("materials.kind")),
            Column(words("materials.size"), drop=3),
            Column(words("materials.at"), drop=1),
            Column(words("materials.by"), drop=2, least=6),
        ]
        self.query_one(PickList).show(columns, [self._row(one) for one in self._copies])

    def _row(self, one: Attachment) -> Row:
        size = self.counter.words("materials.kilobytes", n=max(1, one.size // _KB))
        by = self.counter.words("role.resident") if one.by == RESIDENT.name else one.by
        return Row(str(one.n), (str(one.n), one.kind.upper(), size, self.counter.time(one.at), by))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._may_leave_out if action == "leave_out" else True

    def action_leave_out(self) -> None:
        """A wrong one: asked once more, as it cannot be had again."""
        chosen = self.query_one(PickList).cursor
        if not chosen:
            return
        n, words = int(chosen), self.counter.words

        def back(sure: bool | None) -> None:
            if sure:
                self.begin(lambda: self._leave_out(n))

        page = Sure(self.counter, "leave_out", self._what, lambda: [words("leave_out.about", n=n)])
        self.app.push_screen(page, back)

    async def _leave_out(self, n: int) -> None:
        case_id, actor = self._view.summary.case_id, self.counter.staff
        await self.counter.records.do(lambda store: store.leave_out(case_id, actor, n))
        self._copies = [one for one in self._copies if one.n != n]
        if not self._copies:
            self.dismiss(None)
            return
        self.retell()
        self.tell(self.counter.text("materials.left_out"), Kind.HEADING)

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        self.begin(lambda: self._look_at(int(picked.key)))

    async def _look_at(self, n: int) -> None:
        kind = next(one.kind for one in self._copies if one.n == n)
        inside = kind is not CopyKind.PDF and draws_pictures(self.app)
        if not inside and not self.counter.materials.viewer:
            self.tell(self.counter.text("materials.not_shown"))
            return
        case_id, actor = self._view.summary.case_id, self.counter.staff
        copy = await self.counter.records.do(lambda store: store.look_at(case_id, actor, n))
        if inside:
            await show_in_terminal(self.app, copy.content, self.counter.words("materials.in_terminal"))
        else:
            await self._in_a_window(copy)

    async def _in_a_window(self, copy: Copy) -> None:
        self._put_away()
        try:
            self._shown = await asyncio.to_thread(Shown, self.counter.materials.viewer, copy)
        except NotShown:
            self.tell(self.counter.text("materials.not_shown"))
            return
        self.tell(self.counter.text("materials.shown"), Kind.HEADING)

    def _put_away(self) -> None:
        if self._shown is not None:
            self._shown.put_away()
            self._shown = None

    def on_screen_suspend(self) -> None:
        self._put_away()

    def on_unmount(self) -> None:
        self._put_away()
