"""One of a list: a colleague, a desk, another case of the same person."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult

from kiosk.cases.roles import Right, may
from kiosk.store import Store
from screens.desk.acts import Among
from screens.desk.counter import Counter
from screens.desk.lines import Line, Lines
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.table import Column, Row

Rows = Callable[[Store], list[Row]]


class Choose(PickPage[Row | None]):
    """Ends with the row that was chosen, or None."""

    def __init__(self, counter: Counter, title: str, found: Rows) -> None:
        super().__init__(counter)
        self._title = title
        self._found = found
        self._rows: list[Row] | None = None

    def body(self) -> ComposeResult:
        yield PickList(id="choices")
        yield Lines(id="advice")

    def title_words(self) -> str:
        return self.counter.words(f"choose.{self._title}")

    def draw(self) -> None:
        rows = self._rows or []
        columns = [Column("", least=12) for _ in rows[0].cells] if rows else [Column("")]
        empty = "board.reading" if self._rows is None else f"choose.no_{self._title}"
        choices = self.query_one(PickList)
        choices.show(columns, rows, self.counter.words(empty))
        about = next((row.about for row in rows if row.key == choices.cursor), "")
        self.query_one("#advice", Lines).show([Line(line) for line in about.splitlines()])

    async def look(self) -> None:
        self._rows = await self.counter.records.do(self._found)
        self.retell()

    @on(PickList.Moved)
    def _moved(self) -> None:
        self.retell()

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        self.dismiss(next(row for row in self._rows or [] if row.key == picked.key))


def rows_among(counter: Counter, among: Among, case_id: str) -> Rows:
    """How the rows of that list are read."""
    if among is Among.COLLEAGUES:
        return lambda store: colleagues(counter, store)
    if among is Among.CENTRES:
        return lambda store: centres(counter, store, case_id)
    if among is Among.DESKS:
        return lambda store: [Row(desk, (desk,)) for desk in counter.desks()]
    return lambda store: [
        Row(case.case_id, (case.number, counter.words(f"state.{case.state}"), counter.time(case.received_at)))
        for case in store.same_matter(case_id)
    ]


def centres(counter: Counter, store: Store, case_id: str) -> list[Row]:
    """Other centres, and by which key what goes there is sealed: it can be asked for on the telephone."""
    found = []
    for one in store.neighbours(case_id):
        whither, key = one.whither(counter.language), counter.words("choose.key", key=one.key_words)
        found.append(Row(one.centre, (counter.read(one.name), key), f"{whither}\n{key}"))
    return found


def colleagues(counter: Counter, store: Store) -> list[Row]:
    """Whoever else can work on cases; who is away says so."""
    today = counter.today()
    rows = []
    for account in store.accounts():
        if not may(account.role, Right.WORK) or account.name == counter.staff.name:
            continue
        away = account.away_until
        there = counter.words("choose.away", day=away.isoformat()) if away and away > today else ""
        rows.append(Row(account.name, (account.name, there)))
    return rows
