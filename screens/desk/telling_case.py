"""One person to be told at home: the number, what to say, and what came of it by one key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Digits

from kiosk.cases.reaching import Phone, phone_fields, phones
from kiosk.cases.telling import Came, Next, Step, ToTell
from kiosk.cases.views import CaseView
from kiosk.paper.choices import Kind as Paper
from kiosk.paper.choices import PaperChoice
from kiosk.store import Store
from kiosk.text import Text
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key, letter
from screens.desk.papers import PaperPage
from screens.desk.script import Sentence, first_words, script

ROOMY = 18
"""Lines from which a number is drawn large."""

ON_THE_TELEPHONE = frozenset({"show", "not_there", "call_back", "wrong_number"})


class TellingPage(DeskPage[Text | None]):
    """Ends with what was noted, in words, or None."""

    KEYS: ClassVar[Sequence[Binding]] = (
        letter("s", "show"),
        letter("t", "told"),
        letter("n", "not_there"),
        letter("b", "call_back"),
        letter("x", "wrong_number"),
        letter("o", "home_letter"),
        letter("l", "letter_posted"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, case_id: str) -> None:
        super().__init__(counter)
        self._case_id = case_id
        self._view: CaseView | None = None
        self._one: ToTell | None = None
        self._next = Next(Step.CALL)
        self._phones: tuple[Phone, ...] = ()
        self._shown = self._was_shown = False

    def body(self) -> ComposeResult:
        yield Lines(id="number")
        yield Digits(id="large")
        with VerticalScroll(id="scroll"):
            yield Lines(id="script")

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def title_words(self) -> str:
        if self._view is None:
            return self.counter.words("board.reading")
        return self.counter.words("telling.case", ticket=self._view.summary.ticket)

    def draw(self) -> None:
        self._draw_number()
        shown = [*self._so_far(), *self._script()] if self._view else []
        self.query_one("#script", Lines).show(shown)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "leave":
            return True
        if self._view is None:
            return False
        if action in ON_THE_TELEPHONE:
            return bool(self._phones)
        return self.counter.papers is not None if action == "home_letter" else True

    async def look(self) -> None:
        if not await self.counter.records.do(self._read):
            self.dismiss(self.counter.text("telling.known"))
            return
        self.retell()

    def _read(self, store: Store) -> bool:
        """False where the person knows already."""
        self._one = store.to_tell_of(self._case_id)
        if self._one is None:
            return False
        view = store.case(self._case_id)
        service = self.counter.services().get(view.summary.service_id)
        self._phones = phones(service, view.answers)
        self._next = store.next_telling(self._one, phone_fields(service), self.counter.telling)
        self._view = view
        return True

    def on_screen_suspend(self) -> None:
        """Whatever comes in front, also the lock: the number is masked again."""
        self._shown = False
        self._draw_number()

    def on_resize(self) -> None:
        self._draw_number()

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_show(self) -> None:
        self.begin(self._show)

    async def _show(self) -> None:
        """Recorded first, shown after."""
        if not self._shown:
            await self.counter.records.do(self._record_look)
        self._shown = not self._shown
        self._was_shown = True
        self.retell()

    def _record_look(self, store: Store) -> None:
        for phone in self._phones:
            store.record_view(self._case_id, self.counter.staff, phone.asked)

    def action_told(self) -> None:
        self._note(Came.TOLD)

    def action_not_there(self) -> None:
        self._note(Came.NOT_THERE)

    def action_call_back(self) -> None:
        self._note(Came.CALL_BACK)

    def action_wrong_number(self) -> None:
        self._note(Came.WRONG_NUMBER)

    def action_letter_posted(self) -> None:
        self._note(Came.LETTER)

    def _note(self, came: Came) -> None:
        how = self.counter.words("telling.by_phone" if self._was_shown else "telling.in_person")
        actor, ticket = self.counter.staff, self._view.summary.ticket if self._view else ""

        async def note() -> None:
            await self.counter.records.do(lambda store: store.note_telling(self._case_id, actor, came, how))
            self.dismiss(self.counter.text(f"telling.done_{came}", ticket=ticket))

        self.begin(note)

    def action_home_letter(self) -> None:
        if self._view is not None and self.counter.papers is not None:
            self.tell(None)
            choice = PaperChoice(Paper.HOME)
            self.app.push_screen(PaperPage(self.counter, self.counter.papers, self._view, choice))

    def _draw_number(self) -> None:
        """In fours; large where there is room for it."""
        first = self._phones[0] if self._phones else None
        large = bool(first and self._shown and self.size.height >= ROOMY)
        told = [self._number(one, covered=one is first and large) for one in self._phones]
        if self._view is not None and not told:
            told = [Line(self.counter.words("telling.no_phone"), Kind.ALERT)]
        self.query_one("#number", Lines).show(told)
        digits = self.query_one("#large", Digits)
        digits.display = large
        digits.update(first.in_fours if first and large else "")

    def _number(self, phone: Phone, *, covered: bool) -> Line:
        """`covered`: it stands below in large digits."""
        whose = self.counter.words("telling.agents" if phone.agents else "telling.own")
        number = phone.in_fours if self._shown else phone.masked
        return Line("" if covered else number, Kind.HEADING, f"{whose}  ")

    def _so_far(self) -> list[Line]:
        """What others have tried."""
        if self._one is None:
            return []
        tried = [
            Line(
                f"{one.actor}  {self.counter.words(f'event.{one.kind}')}",
                lead=f"{self.counter.time(one.at)}  ",
            )
            for one in (*self._one.before, *self._one.tries)
        ]
        untold = {Step.LETTER, Step.VISIT} if self._phones else {Step.VISIT}  # the line above has the letter
        if self._next.step in untold:
            tried.append(Line(self.counter.words(f"telling.advice_{self._next.step}"), Kind.ALERT))
        return [*tried, Line("")] if tried else []

    def _script(self) -> list[Line]:
        """In the language of the person; what only staff read, in that of the desk."""
        if self._view is None:
            return []
        words, language = self.counter.words, self._view.submission.language
        sentences = script(self.counter, self._view, self.counter.today())
        where = "" if self._phones else "_there"
        agents = (
            [Line(words("telling.agents_note"), Kind.QUIET)] if any(p.agents for p in self._phones) else []
        )
        return [
            Line(words(f"telling.say{where}"), Kind.HEADING),
            Line(first_words(self.counter, self._view).show(language), lead="1  "),
            Line(words(f"telling.not_them{where}"), Kind.QUIET, "   "),
            *agents,
            *_numbered(sentences, language),
        ]


def _numbered(sentences: Iterable[Sentence], language: str) -> Iterator[Line]:
    """One number for each sentence of ours; what colleagues wrote belongs to the one before."""
    n = 1
    for one in sentences:
        n += not one.written
        yield Line(one.text.show(language), lead="   - " if one.written else f"{n}  ")
