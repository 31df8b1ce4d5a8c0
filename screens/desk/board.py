"""The list of open cases, oldest due first, and above it whoever waits at the kiosk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message

from kiosk.cases.rating import RatingTask
from kiosk.cases.states import DESK
from kiosk.cases.views import Call, CaseSummary
from kiosk.store import Store, StoreTrouble
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, letter
from screens.desk.pick_list import PickList
from screens.desk.ratings import RatingList
from screens.desk.table import Column, Row
from screens.desk.wording import MINUTE, due, holder, state, ticket, trouble, urgency

LOOK_EVERY = 5.0
"""Seconds between two looks at the store."""


class Board(DeskPage[None]):
    """What there is to do. Picking a case is a message to the app."""

    KEYS: ClassVar[Sequence[Binding]] = (
        Binding("enter", "pick", description="open", key_display="Enter"),
        letter("a", "answer"),
        letter("p", "ratings"),
        letter("q", "sign_out"),
    )

    may_quit = True

    class CasePicked(Message):
        """Somebody wants to see this case."""

        def __init__(self, case_id: str) -> None:
            super().__init__()
            self.case_id = case_id

    class SignedOut(Message):
        """Whoever sat here goes."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._cases: list[CaseSummary] = []
        self._calls: list[Call] = []
        self._ratings: list[RatingTask] = []
        self._seen = False
        self._broken = False

    def body(self) -> ComposeResult:
        yield Lines(id="calls")
        yield PickList(id="cases")

    def on_mount(self) -> None:
        self.query_one(PickList).focus()
        self.set_interval(LOOK_EVERY, self._look_again)

    def title_words(self) -> str:
        late = sum(case.deadline.late for case in self._cases)
        return self.counter.words("board.title", who=self.counter.staff.name, n=len(self._cases), late=late)

    def draw(self) -> None:
        words = self.counter.words
        titles = [words(f"board.{name}") for name in ("ticket", "service", "urgency", "state")]
        columns = [
            Column(titles[0]),
            Column(titles[1], least=12),
            Column(titles[2]),
            Column(titles[3]),
            Column(words("board.due"), drop=2),
            Column(words("board.holder"), drop=1, least=18),
            Column(words("board.received"), drop=3),
        ]
        empty = words("board.empty" if self._seen else "board.reading")
        self.query_one(PickList).show(columns, [self._row(case) for case in self._cases], empty)
        self.query_one("#calls", Lines).show(self._waiting())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "pick":
                return bool(self._cases)
            case "answer":
                return bool(self._calls)
            case "ratings":
                return bool(self._ratings)
        return True

    async def look(self) -> None:
        try:
            self._cases, self._calls, self._ratings = await self.counter.records.do(self._read)
        except StoreTrouble as broken:
            self._broken = True
            self.tell(trouble(self.counter, broken))
            return
        self._seen = True
        if self._broken:
            self._broken = False
            self.tell(None)
        self.retell()

    def action_pick(self) -> None:
        self.query_one(PickList).action_pick()

    def action_answer(self) -> None:
        self.begin(self._answer)

    def action_ratings(self) -> None:
        self.tell(None)
        self.app.push_screen(RatingList(self.counter))

    def action_sign_out(self) -> None:
        self.post_message(self.SignedOut())

    async def _answer(self) -> None:
        if not self._calls:
            return
        call, actor = self._calls[0], self.counter.staff
        mine = await self.counter.records.do(lambda store: store.answer_call(call.id, actor))
        await self.look()
        self.tell(self.counter.text("board.go" if mine else "board.gone"), Kind.HEADING)

    @on(PickList.Picked)
    def _open(self, picked: PickList.Picked) -> None:
        self.tell(None)
        self.post_message(self.CasePicked(picked.key))

    def _look_again(self) -> None:
        if self.is_current:
            self.begin(self.look)

    def _read(self, store: Store) -> tuple[list[CaseSummary], list[Call], list[RatingTask]]:
        actor = self.counter.staff
        ratings = store.rating_tasks(actor) if actor.role in DESK else []
        return store.open_cases(self.counter.clock.now()), store.open_calls(), ratings

    def _row(self, case: CaseSummary) -> Row:
        words = self.counter
        cells = (
            ticket(words, case),
            words.read(case.title),
            urgency(words, case),
            state(words, case.state),
            due(words, case),
            holder(words, case),
            words.time(case.received_at)[5:],
        )
        return Row(case.case_id, cells)

    def _waiting(self) -> list[Line]:
        now = self.counter.clock.now()
        waits = [int((now - call.at).total_seconds() // MINUTE) for call in self._calls]
        calls = [
            Line(self.counter.words("board.call" if wait else "board.call_now", n=wait), Kind.ALERT)
            for wait in waits
        ]
        return calls + self._bad_ratings()

    def _bad_ratings(self) -> list[Line]:
        if not self._ratings:
            return []
        late = sum(task.late for task in self._ratings)
        told = self.counter.words("board.ratings", n=len(self._ratings), late=late)
        return [Line(told, Kind.ALERT if late else Kind.QUIET)]
