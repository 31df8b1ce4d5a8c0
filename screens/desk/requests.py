"""What people ask of what is held of them: the list, the oldest on top, and what to do about one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from kiosk.cases.requests import Request, Standing, Wish
from kiosk.paper.choices import Kind as PaperKind
from kiosk.paper.choices import PaperChoice
from kiosk.text import Text
from screens.desk.case import CasePage
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.note import NotePage
from screens.desk.page import DeskPage, key, letter
from screens.desk.papers import PaperPage
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.sure import Sure
from screens.desk.table import Column, Row


class RequestList(PickPage[None]):
    """What is not answered yet."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._requests: tuple[Request, ...] = ()
        self._seen = False

    def body(self) -> ComposeResult:
        yield PickList(id="requests")

    def title_words(self) -> str:
        return self.counter.words("requests.title", n=len(self._requests))

    def draw(self) -> None:
        words = self.counter.words
        columns = [
            Column(words("requests.wish")),
            Column(words("board.ticket")),
            Column(words("board.service"), least=12),
            Column(words("requests.since"), drop=1),
        ]
        rows = [
            Row(
                str(one.id),
                (
                    words(f"requests.{one.wish}"),
                    one.ticket,
                    self.counter.read(one.title),
                    self.counter.time(one.asked_at)[5:],
                ),
            )
            for one in self._requests
        ]
        empty = words("requests.empty" if self._seen else "board.reading")
        self.query_one(PickList).show(columns, rows, empty)

    async def look(self) -> None:
        self._requests = await self.counter.records.do(lambda store: store.waiting_requests())
        self._seen = True
        self.retell()

    @on(PickList.Picked)
    def _open(self, picked: PickList.Picked) -> None:
        def back(told: Text | None) -> None:
            self.tell(told, Kind.HEADING)

        request = next(one for one in self._requests if str(one.id) == picked.key)
        self.app.push_screen(RequestPage(self.counter, request), back)


class RequestPage(DeskPage[Text | None]):
    """One of them. Ends with what was done, in words, or None."""

    KEYS: ClassVar[Sequence[Binding]] = (
        letter("p", "copy_paper"),
        letter("o", "open_case"),
        letter("e", "erase_now"),
        letter("d", "request_done"),
        letter("j", "request_refused"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, request: Request) -> None:
        super().__init__(counter)
        self._request = request

    def body(self) -> ComposeResult:
        with VerticalScroll(id="scroll"):
            yield Lines(id="request")

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def title_words(self) -> str:
        one = self._request
        return self.counter.words("request.title", ticket=one.ticket, wish=self._wish)

    def draw(self) -> None:
        words, one = self.counter.words, self._request
        rows = [
            ("board.service", self.counter.read(one.title)),
            ("request.number", one.number),
            ("requests.since", self.counter.time(one.asked_at)),
            *((("request.field", self._field),) if one.wish is Wish.CORRECT else ()),
            *((("request.until", self._until),) if one.wish is Wish.ERASE else ()),
        ]
        shown = [Line(value, lead=f"{words(label)}  ") for label, value in rows]
        advice = "erase_open" if one.wish is Wish.ERASE and not one.can_erase else str(one.wish)
        told = (Line(words(f"request.do_{advice}")), Line(words("request.is_told"), Kind.QUIET))
        self.query_one("#request", Lines).show([*shown, Line(""), *told])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "copy_paper":
                return self._request.wish is Wish.PRINT and self.counter.papers is not None
            case "erase_now":
                return self._request.wish is Wish.ERASE and self._request.can_erase
        return True

    @property
    def _wish(self) -> str:
        return self.counter.words(f"requests.{self._request.wish}")

    @property
    def _field(self) -> str:
        service = self.counter.services().get(self._request.service_id)
        question = service.questions.get(self._request.field) if service else None
        if question is None:
            return self.counter.words("request.somewhere")
        return question.label.text().show(self.counter.language)

    @property
    def _until(self) -> str:
        until = self._request.keep_until
        return until.isoformat() if until else self.counter.words("request.unsaid")

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_open_case(self) -> None:
        self.app.push_screen(CasePage(self.counter, self._request.case_id))

    def action_copy_paper(self) -> None:
        self.begin(self._copy_paper)

    async def _copy_paper(self) -> None:
        papers, case_id = self.counter.papers, self._request.case_id
        if papers is None:
            return
        view = await self.counter.records.do(lambda store: store.case(case_id))
        self.tell(None)
        self.app.push_screen(PaperPage(self.counter, papers, view, PaperChoice(PaperKind.COPY)))

    def action_request_done(self) -> None:
        self._answer(Standing.DONE)

    def action_request_refused(self) -> None:
        self._answer(Standing.REFUSED)

    def _answer(self, standing: Standing) -> None:
        actor, number = self.counter.staff, self._request.id

        async def keep(words: str) -> None:
            await self.counter.records.do(lambda store: store.answer_request(number, actor, standing, words))

        def back(done: bool | None) -> None:
            if done:
                self.dismiss(self.counter.text("request.answered"))

        self.tell(None)
        self.app.push_screen(NotePage(self.counter, f"request_{standing}", keep, self._wish), back)

    def action_erase_now(self) -> None:
        def back(sure: bool | None) -> None:
            if sure:
                self.begin(self._erase)

        self.tell(None)
        about = (self.counter.words("request_erase.about", service=self.counter.read(self._request.title)),)
        self.app.push_screen(Sure(self.counter, "request_erase", self._request.ticket, lambda: about), back)

    async def _erase(self) -> None:
        actor, number = self.counter.staff, self._request.id
        await self.counter.records.do(lambda store: store.erase_as_asked(number, actor))
        self.dismiss(self.counter.text("request.erased"))
