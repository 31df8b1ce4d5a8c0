"""What somebody holds and answers for: put down, handed over or given back before they go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from kiosk.cases.moves import Act, IllegalMove
from kiosk.cases.possible import holds
from kiosk.cases.roles import Right, may
from kiosk.cases.search import read_day
from kiosk.cases.states import Why
from kiosk.cases.views import CaseSummary
from kiosk.store import Store
from kiosk.store.shift import Swept
from screens.desk.choose import Choose, colleagues
from screens.desk.counter import Counter
from screens.desk.lines import Kind
from screens.desk.note import NotePage
from screens.desk.page import CasePicked, DeskPage, key, letter
from screens.desk.pick_list import PickList
from screens.desk.table import Column, Row
from screens.desk.wording import case_row


class ShiftPage(DeskPage[None]):
    """One's own; a manager sees anybody's, and can move all of it."""

    KEYS: ClassVar[Sequence[Binding]] = (
        Binding("enter", "pick", description="open", key_display="Enter"),
        letter("d", "put_down_all"),
        letter("h", "offer_all"),
        letter("r", "release_all"),
        letter("b", "away"),
        letter("o", "somebody"),
        letter("g", "assign_all"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, name: str | None = None) -> None:
        super().__init__(counter)
        self._who = name or counter.staff.name
        self._cases: list[CaseSummary] = []
        self._away: date | None = None

    def body(self) -> ComposeResult:
        yield PickList(id="mine")

    def on_mount(self) -> None:
        self.query_one(PickList).focus()

    @property
    def _own(self) -> bool:
        return self._who == self.counter.staff.name

    @property
    def _in_hand(self) -> int:
        return sum(case.holder == self._who and case.lease_until is not None for case in self._cases)

    def title_words(self) -> str:
        words = self.counter.words
        title = words("shift.title", who=self._who, n=len(self._cases), held=self._in_hand)
        if self._away and self._away > self.counter.today():
            return title + words("shift.away_until", day=self._away.isoformat())
        return title

    def draw(self) -> None:
        words = self.counter.words
        names = ("ticket", "service", "urgency", "state", "due", "holder", "received")
        drops = (0, 0, 0, 0, 2, 1, 3)
        columns = [
            Column(words(f"board.{name}"), drop=drop, least=12 if name == "service" else None)
            for name, drop in zip(names, drops, strict=True)
        ]
        rows = [case_row(self.counter, case) for case in self._cases]
        self.query_one(PickList).show(columns, rows, words("shift.empty"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        role = self.counter.staff.role
        match action:
            case "pick":
                return bool(self._cases)
            case "put_down_all":
                return self._own and any(holds(case, self.counter.staff) for case in self._cases)
            case "offer_all" | "release_all":
                return self._own and bool(self._cases)
            case "assign_all":
                return may(role, Act.ASSIGN) and bool(self._cases)
            case "away":
                return self._own or may(role, Right.OTHERS_CASES)
            case "somebody":
                return may(role, Right.OTHERS_CASES)
        return True

    async def look(self) -> None:
        await self.counter.records.do(self._read)
        self.retell()

    def _read(self, store: Store) -> None:
        self._cases = store.cases_with(self._who)
        account = store.account(self._who)
        self._away = account.away_until if account else None

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_pick(self) -> None:
        self.query_one(PickList).action_pick()

    def action_put_down_all(self) -> None:
        actor = self.counter.staff
        self.begin(lambda: self._sweep(lambda store: store.put_down_all(actor)))

    def action_release_all(self) -> None:
        actor = self.counter.staff

        async def give_back(words: str) -> None:
            await self._sweep(lambda store: store.release_all(actor, words))

        self._note("release_all", give_back)

    def action_offer_all(self) -> None:
        actor = self.counter.staff

        def chosen(row: Row) -> None:
            async def offer(words: str) -> None:
                await self._sweep(lambda store: store.offer_all(actor, row.key, words))

            self._note("offer_all", offer, row.cells[0])

        self._choose(lambda store: colleagues(self.counter, store), chosen)

    def action_assign_all(self) -> None:
        actor, name = self.counter.staff, self._who
        desk = Row("", (self.counter.words("choose.desk"), ""))

        def chosen(row: Row) -> None:
            async def assign(words: str) -> None:
                await self._sweep(lambda store: store.assign_all(name, actor, row.key or None, words))

            self._note("assign_all", assign, row.cells[0])

        self._choose(lambda store: [*colleagues(self.counter, store), desk], chosen)

    def action_somebody(self) -> None:
        def chosen(row: Row) -> None:
            self.app.push_screen(ShiftPage(self.counter, row.key))

        self._choose(lambda store: colleagues(self.counter, store), chosen)

    def action_away(self) -> None:
        """Until a day that is typed; whoever is away already is here again."""
        if self._away and self._away > self.counter.today():
            self.begin(lambda: self._set_away(None))
            return

        async def until(words: str) -> None:
            day = read_day(words, self.counter.today(), ahead=True)
            if day is None or day <= self.counter.today():
                raise IllegalMove(Why.DAY)
            await self._set_away(day)

        self._note("away", until)

    async def _set_away(self, day: date | None) -> None:
        actor, name = self.counter.staff, self._who
        await self.counter.records.do(lambda store: store.set_away(name, actor, day))
        await self.look()

    def _choose(self, rows: Callable[[Store], list[Row]], chosen: Callable[[Row], None]) -> None:
        self.tell(None)
        page = Choose(self.counter, "colleagues", rows)
        self.app.push_screen(page, lambda row: chosen(row) if row else None)

    def _note(self, texts: str, keep: Callable[[str], Awaitable[None]], about: str = "") -> None:
        self.tell(None)
        self.app.push_screen(NotePage(self.counter, texts, keep, about))

    async def _sweep(self, act: Callable[[Store], Swept]) -> None:
        swept = await self.counter.records.do(act)
        told = "shift.done_but" if swept.left else "shift.done"
        self.tell(self.counter.text(told, done=swept.done, left=swept.left), Kind.HEADING)
        await self.look()

    @on(PickList.Picked)
    def _open(self, picked: PickList.Picked) -> None:
        self.post_message(CasePicked(picked.key))
