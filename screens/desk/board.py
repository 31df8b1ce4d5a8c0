"""The list of open cases, oldest due first, and above it whoever waits at the kiosk and what is urgent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from kiosk.cases.board import PAGE, URGENT, BoardPage, Heap
from kiosk.cases.centres import Untaken
from kiosk.cases.rating import RatingTask
from kiosk.cases.roles import Right, may
from kiosk.cases.submission import Words
from kiosk.cases.views import Call, CaseSummary
from kiosk.security.signing_in import Keys
from kiosk.store import Store, StoreTrouble
from kiosk.store.side_notes import Wish
from screens.desk.calling import answer, of_kiosk
from screens.desk.counter import Counter
from screens.desk.counts import Count, Counts
from screens.desk.lines import Kind, Line, Lines
from screens.desk.managing import ManagingPage
from screens.desk.page import CasePicked, DeskPage, letter
from screens.desk.pick_list import PickList
from screens.desk.ratings import RatingList
from screens.desk.requests import RequestList
from screens.desk.search import SearchPage
from screens.desk.shift import ShiftPage
from screens.desk.table import Column
from screens.desk.telling import CallList
from screens.desk.waiting import WaitingPage
from screens.desk.wording import MINUTE, case_row, trouble, wish

LOOK_EVERY = 5.0
"""Seconds between two looks at the store."""
STILL_TOLD = timedelta(minutes=5)
"""So long the list says who went to a call."""
TIGHT = 16
"""Lines below which only the most urgent stands above the list."""
ROOMY = 20
"""Lines from which a call gets room around it, to be seen from afar."""


NOTHING = BoardPage(Heap.ALL, 0, (), dict.fromkeys(Heap, 0))


@dataclass(frozen=True, slots=True)
class Found:
    """What one look at the store brought."""

    page: BoardPage = NOTHING
    whence: Mapping[str, Words] = field(default_factory=dict)
    """Of the cases that another centre has handed over, what people call it."""
    calls: tuple[Call, ...] = ()
    answered: tuple[Call, ...] = ()
    ratings: tuple[RatingTask, ...] = ()
    wishes: tuple[Wish, ...] = ()
    untaken: tuple[Untaken, ...] = ()
    requests: int = 0
    """What people ask of what is held of them, and nobody has answered."""


class Board(DeskPage[None]):
    """What there is to do. Picking a case is a message to the app."""

    KEYS: ClassVar[Sequence[Binding]] = (
        letter("n", "next_case"),
        Binding("enter", "pick", description="open", key_display="Enter"),
        letter("a", "answer"),
        letter("v", "heap"),
        letter("s", "search"),
        letter("m", "shift"),
        letter("w", "waiting"),
        letter("t", "telling"),
        letter("r", "requests"),
        letter("p", "ratings"),
        letter("g", "managing"),
        letter("q", "sign_out"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(n), f"heap({n})", show=False) for n in range(1, len(Heap) + 1)
    ]

    may_quit = True

    class SignedOut(Message):
        """Whoever sat here goes."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._found = Found()
        self._heap = Heap.ALL
        self._start = 0
        self._seen = False
        self._broken = False

    def body(self) -> ComposeResult:
        yield Lines(id="calls")
        yield Counts()
        yield PickList(id="cases")

    def on_mount(self) -> None:
        self.query_one(PickList).focus()
        self.set_interval(LOOK_EVERY, self._look_again)

    def title_words(self) -> str:
        counts = self._found.page.counts
        who = self.counter.staff.name
        return self.counter.words("board.title", who=who, n=counts[Heap.ALL], late=counts[Heap.LATE])

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
        whence = self._found.whence
        rows = [case_row(self.counter, case, whence.get(case.case_id)) for case in self._cases]
        self.query_one(PickList).show(columns, rows, empty)
        calls = self.query_one("#calls", Lines)
        calls.show(self._told_above())
        calls.styles.padding = (1 if self._found.calls and self.size.height >= ROOMY else 0, 1)
        self.query_one(Counts).show(self._counts())

    @property
    def _cases(self) -> Sequence[CaseSummary]:
        return self._found.page.cases

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "pick":
                return bool(self._cases)
            case "answer":
                return bool(self._found.calls)
            case "ratings":
                return bool(self._found.ratings)
            case "requests":
                return bool(self._found.requests)
            case "telling":
                counts = self._found.page.counts
                untold = counts[Heap.TO_TELL] + counts[Heap.WAITING]
                return bool(untold) and may(self.counter.staff.role, Right.WORK)
            case "waiting":
                return self.counter.calling is not None
            case "heap":
                return bool(parameters) or len(self._heaps) > 1
            case "next_case" | "shift":
                return may(self.counter.staff.role, Right.WORK)
            case "managing":
                return may(self.counter.staff.role, Right.SERVICES)
        return True

    @property
    def _heaps(self) -> list[Heap]:
        """Those that hold anything, and the one that is listed. Volunteers see no finished cases (K42)."""
        counts = self._found.page.counts
        return [
            heap
            for heap in Heap
            if (counts[heap] or heap in {Heap.ALL, self._heap})
            and (heap is not Heap.TO_TELL or may(self.counter.staff.role, Right.SEE_FINISHED))
        ]

    def show_calls(self) -> None:
        """The list has a place of its own for them."""

    async def look_at_calls(self) -> None:
        """There they are read together with the list."""
        await self.look()

    async def look(self) -> None:
        try:
            self._found = await self.counter.records.do(self._read)
        except StoreTrouble as broken:
            self._broken = True
            self.tell(trouble(self.counter, broken))
            return
        self._start = self._found.page.start
        self._seen = True
        if self._broken:
            self._broken = False
            self.tell(None)
        self.retell()

    def action_pick(self) -> None:
        self.query_one(PickList).action_pick()

    def action_next_case(self) -> None:
        self.begin(self._next_case)

    def action_answer(self) -> None:
        self.begin(self._answer)

    def action_ratings(self) -> None:
        self.tell(None)
        self.app.push_screen(RatingList(self.counter))

    def action_telling(self) -> None:
        self.tell(None)
        self.app.push_screen(CallList(self.counter))

    def action_requests(self) -> None:
        self.tell(None)
        self.app.push_screen(RequestList(self.counter))

    def action_search(self) -> None:
        self.tell(None)
        self.app.push_screen(SearchPage(self.counter))

    def action_shift(self) -> None:
        self.tell(None)
        self.app.push_screen(ShiftPage(self.counter))

    def action_managing(self) -> None:
        self.tell(None)
        self.app.push_screen(ManagingPage(self.counter))

    def action_waiting(self) -> None:
        if self.counter.calling is not None:
            self.tell(None)
            self.app.push_screen(WaitingPage(self.counter, self.counter.calling))

    def action_sign_out(self) -> None:
        self.post_message(self.SignedOut())

    def action_heap(self, number: int = 0) -> None:
        """The heap of that number; without one the next that holds anything."""
        heaps = self._heaps
        after = heaps[(heaps.index(self._heap) + 1) % len(heaps)]
        wanted = list(Heap)[number - 1] if number else after
        if wanted in heaps:
            self._go_to(wanted, 0)

    @on(Counts.Picked)
    def _heap_clicked(self, picked: Counts.Picked) -> None:
        self._go_to(Heap(picked.key), 0)

    @on(PickList.Beyond)
    def _next_page(self, beyond: PickList.Beyond) -> None:
        start = self._start + beyond.by * PAGE
        if start >= 0 and (beyond.by < 0 or self._found.page.more):
            self._go_to(self._heap, start)

    def _go_to(self, heap: Heap, start: int) -> None:
        self._heap, self._start = heap, start
        self.begin(self.look)

    async def _next_case(self) -> None:
        actor = self.counter.staff
        claim = await self.counter.records.do(lambda store: store.next_case(actor))
        if claim is None:
            self.tell(self.counter.text("board.no_next"), Kind.HEADING)
            return
        self.tell(None)
        self.post_message(CasePicked(claim.case_id))

    async def _answer(self) -> None:
        if not self._found.calls:
            return
        told = await answer(self.counter, self._found.calls[0])
        await self.look()
        self.tell(told, Kind.HEADING)

    @on(PickList.Picked)
    def _open(self, picked: PickList.Picked) -> None:
        self.tell(None)
        self.post_message(CasePicked(picked.key))

    def _look_again(self) -> None:
        if self.is_current:
            self.begin(self.look)

    def _read(self, store: Store) -> Found:
        actor = self.counter.staff
        page = store.board(self._heap, self._start)
        return Found(
            page=page,
            whence=store.whence(case.case_id for case in page.cases),
            calls=tuple(store.open_calls()),
            answered=tuple(store.calls_under_way(STILL_TOLD)),
            ratings=tuple(store.rating_tasks(actor)) if may(actor.role, Right.RATINGS) else (),
            untaken=store.untaken() if may(actor.role, Right.WORK) else (),
            wishes=tuple(store.wishes(actor)) if may(actor.role, Right.WORK) else (),
            requests=store.count_requests() if may(actor.role, Right.WORK) else 0,
        )

    def _counts(self) -> list[Count]:
        counts = self._found.page.counts
        places = {heap: n for n, heap in enumerate(Heap, 1)}
        told = [
            Count(
                heap,
                self.counter.words(f"heap.{heap}", key=places[heap], n=counts[heap]),
                heap in URGENT and counts[heap] > 0,
                heap is self._heap,
            )
            for heap in self._heaps
        ]
        page = self._found.page
        if counts[self._heap] > len(page.cases):
            until = page.start + len(page.cases)
            told.append(Count(self._heap, self.counter.words("heap.page", start=page.start + 1, until=until)))
        return told

    def _told_above(self) -> list[Line]:
        """All of it where there is room; on a small screen the most urgent line, for the list needs some."""
        told = [
            *self._calls_told(),
            *(Line(wish(self.counter, one), Kind.ALERT) for one in self._found.wishes),
            *self._untaken_told(),
            *self._requests_told(),
            *self._keys_told(),
            *self._bad_ratings(),
        ]
        if self.size.height >= TIGHT:
            return told
        return [line for line in told if line.kind is Kind.ALERT][:1]

    def _calls_told(self) -> list[Line]:
        now, words = self.counter.clock.now(), self.counter.words
        waits = [(call, int((now - call.at).total_seconds() // MINUTE)) for call in self._found.calls]
        waiting = [
            Line(
                words(f"board.{of_kiosk('call' if n > 0 else 'call_now', call)}", n=n, kiosk=call.kiosk),
                Kind.ALERT,
            )
            for call, n in waits
        ]
        gone = [words("board.answered", who=call.answered_by or "") for call in self._found.answered]
        return waiting + [Line(told, Kind.QUIET) for told in gone]

    def _keys_told(self) -> list[Line]:
        """Whoever works here knows whether the box is locked, and whether they can read what is in a case."""
        keys = self.counter.keys
        if keys is Keys.OPEN:
            return []
        told = self.counter.words(f"board.keys_{keys}")
        return [Line(told, Kind.ALERT if keys is Keys.CLOSED else Kind.QUIET)]

    def _untaken_told(self) -> list[Line]:
        """What lies between two centres is on no list of either."""
        if not self._found.untaken:
            return []
        oldest, n = self._found.untaken[0], len(self._found.untaken)
        where = self.counter.read(oldest.whither)
        told = self.counter.words("board.untaken", ticket=oldest.ticket, where=where, days=oldest.days, n=n)
        return [Line(told, Kind.ALERT)]

    def _requests_told(self) -> list[Line]:
        waiting = self._found.requests
        return [Line(self.counter.words("board.requests", n=waiting), Kind.QUIET)] if waiting else []

    def _bad_ratings(self) -> list[Line]:
        ratings = self._found.ratings
        if not ratings:
            return []
        late = sum(task.late for task in ratings)
        told = self.counter.words("board.ratings", n=len(ratings), late=late)
        return [Line(told, Kind.ALERT if late else Kind.QUIET)]
