"""Whoever at home does not know yet how their case stands: the list, with what to do about each next."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from kiosk.cases.reaching import phone_fields
from kiosk.cases.states import State
from kiosk.cases.telling import Next, ToTell
from kiosk.store import Store
from kiosk.text import Text
from screens.desk import wording
from screens.desk.counter import Counter
from screens.desk.lines import Kind
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.table import Column, Row
from screens.desk.telling_case import TellingPage


class CallList(PickPage[None]):
    """No name and no number stands on it: others may look at this page, too."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._found: list[tuple[ToTell, Next]] = []
        self._seen = False

    def body(self) -> ComposeResult:
        yield PickList(id="untold")

    def title_words(self) -> str:
        due = sum(step.due for _, step in self._found)
        return self.counter.words("telling.title", n=len(self._found), due=due)

    def draw(self) -> None:
        words = self.counter.words
        columns = [
            Column(words("board.ticket")),
            Column(words("telling.what")),
            Column(words("telling.next")),
            Column(words("board.service"), drop=1, least=10),
            Column(words("telling.tried"), drop=2),
            Column(words("telling.message"), drop=3),
        ]
        empty = words("telling.empty" if self._seen else "board.reading")
        self.query_one(PickList).show(columns, [self._row(*one) for one in self._found], empty)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._found) if action == "pick" else True

    async def look(self) -> None:
        self._found = await self.counter.records.do(self._read)
        self._seen = True
        self.retell()

    def _read(self, store: Store) -> list[tuple[ToTell, Next]]:
        services = self.counter.services()
        return store.call_list(lambda name: phone_fields(services.get(name)), self.counter.telling)

    @on(PickList.Picked)
    def _open(self, picked: PickList.Picked) -> None:
        def back(told: Text | None) -> None:
            self.tell(told, Kind.HEADING)

        self.tell(None)
        self.app.push_screen(TellingPage(self.counter, picked.key), back)

    def _row(self, one: ToTell, step: Next) -> Row:
        words, case = self.counter.words, one.case
        cells = (
            wording.ticket(self.counter, case),
            what(self.counter, one),
            next_words(self.counter, step),
            self.counter.read(case.title),
            words("telling.times", n=one.calls) if one.calls else "",
            words(f"telling.{one.message.kind}") if one.message else "",
        )
        return Row(case.case_id, cells)


def what(counter: Counter, one: ToTell) -> str:
    """What there is to tell, in a word."""
    about = "needs_info" if one.case.state is State.NEEDS_INFO else one.case.outcome
    return counter.words(f"telling.{about}")


def next_words(counter: Counter, step: Next) -> str:
    """What to do next, and from when on."""
    if step.on is None:
        return counter.words(f"telling.step_{step.step}")
    half = "afternoon" if step.on.afternoon else "morning"
    when = counter.text(f"telling.{half}", day=f"{step.on.day:%m-%d}")
    return counter.words(f"telling.step_{step.step}", when=when)
