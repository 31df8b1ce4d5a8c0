"""A centre for the length of a demo: its store, its reader, its screens, and what must come of the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.states import Outcome, Role
from kiosk.cases.views import CaseView
from kiosk.catalogue import load_catalogue
from kiosk.cli._demo_walk import APPLY, STAFF, Resident, Seen, WentWrong, desk_work, lay, person_named
from kiosk.cli._fittings import fittings_for
from kiosk.cli._transcript import Transcript
from kiosk.clock import SystemClock
from kiosk.config import Settings
from kiosk.devices.emulator import Emulator
from kiosk.identity.people import load_people
from kiosk.paths import data_file
from kiosk.security.accounts import Accounts
from kiosk.store import Store, open_store
from kiosk.store.calendars import load_calendar
from screens.desk.app import DeskApp
from screens.desk.counter import Counter
from screens.desk.records import Records
from screens.resident.app import ResidentApp


class DemoSite:
    """Everything is real but the people and the card."""

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        reader: Emulator,
        language: str,
        size: tuple[int, int],
        show: Callable[[Seen], None],
    ) -> None:
        self._settings, self._folder, self._reader = settings, folder, reader
        self._language, self._size, self._show = language, size, show
        self._clock = SystemClock()

    async def apply(self, person: str) -> str:
        """The elderly allowance from the first page to goodbye; gives the case number."""
        voice = Transcript()
        app = self._resident_app(voice)
        async with app.run_test(size=self._size) as pilot:
            resident = Resident(app, pilot, voice, self._show)
            await self._arrive(resident, person)
            await resident.takes(APPLY)
            await resident.sees("receipt")
            receipt = app.stage.sitting.receipt if app.stage else None
            if receipt is None:
                raise WentWrong("the receipt")
            await resident.presses(str(len(resident.part.choices)))
            await resident.sees("goodbye")
            self._reader.lift()
        return receipt.number

    async def finish(self, result: str) -> None:
        """At the desk."""
        with_store = self._open()
        try:
            pin = Accounts(with_store, self._clock).add(STAFF, Role.STAFF)
        finally:
            with_store.close()
        records = Records(self._open)
        counter = Counter(records, self._clock, self._calendar().zone, load_catalogue("desk"), self._language)
        try:
            await desk_work(DeskApp(counter), pin, result, self._show)
        finally:
            records.close()

    async def look_again(self, person: str, result: str) -> list[str]:
        """The same card on another day: the resident sees how it came out."""
        voice = Transcript()
        app = self._resident_app(voice)
        async with app.run_test(size=self._size) as pilot:
            resident = Resident(app, pilot, voice, self._show)
            await self._arrive(resident, person)
            await resident.sees("home")
            await resident.presses("4")
            await resident.sees("query")
            await resident.presses("1")
            await resident.sees("query-cases")
            await resident.presses("1")
            await resident.sees("query:0")
            shown = [text.show(self._language) for text in (app.stage.part.body if app.stage else ())]
            await resident.goes_back_to("leave")
            await resident.presses("1")
            await resident.sees("goodbye")
            self._reader.lift()
        if not any(result in line for line in shown):
            raise WentWrong("the result on the progress page")
        return shown

    def checked_case(self, number: str, result: str) -> CaseView:
        """The finished case, if it is all that it should be. Raises WentWrong."""
        store = self._open()
        try:
            case_id = store.case_id_of(number)
            if case_id is None:
                raise WentWrong("the case of the receipt")
            case = store.case(case_id)
            waiting = store.open_cases(self._clock.now())
        finally:
            store.close()
        answers = {answer.field: (answer.value, str(answer.source)) for answer in case.submission.answers}
        person = person_named(load_people(), "zhang-guifang")
        expected = {
            "name": (person.name, "card"),
            "birth_date": (person.birth.isoformat(), "card"),
            "id_number": (person.number, "card"),
            "hukou": ("local", "resident"),
            "account": ("sscard", "resident"),
            "phone": ("13900000000", "resident"),
            "who": ("self", "resident"),
        }
        if answers != expected:
            wrong = sorted(f for f in {*answers, *expected} if answers.get(f) != expected.get(f))
            raise WentWrong(f"the answers {', '.join(wrong)}")
        if case.summary.outcome is not Outcome.GRANTED or case.result != result or waiting:
            raise WentWrong("the end of the case")
        return case

    async def _arrive(self, resident: Resident, person: str) -> None:
        await resident.sees("language")
        if self._language == "en":
            await resident.presses("2")
            await resident.sees("welcome")
            await resident.presses("1")
            await resident.sees("card")
        lay(self._reader, person_named(load_people(), person))

    def _resident_app(self, voice: Transcript) -> ResidentApp:
        fittings = fittings_for(self._settings, self._folder, demo=True, port=str(self._folder / "reader"))
        return ResidentApp(replace(fittings, make_speaker=lambda on_caption, on_no_sound: voice))

    def _calendar(self) -> WorkCalendar:
        return load_calendar(data_file("calendars"), self._settings.site.zone)

    def _open(self) -> Store:
        return open_store(self._folder, clock=self._clock, calendar=self._calendar())
