"""A site with one real store and any number of desks on it, fictional people, and how a test uses a desk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from kiosk.cases.states import Actor
from kiosk.cases.submission import (
    AnswerRecord,
    ConsentRecord,
    MaterialRecord,
    SignatureRecord,
    Submission,
)
from kiosk.catalogue import load_catalogue
from kiosk.flow.source import Source
from kiosk.paths import data_file
from kiosk.services.load import load_shelf
from kiosk.services.model import Service
from kiosk.store import Store, open_store
from kiosk.store.calendars import load_calendar
from kiosk.text import Privacy
from screens.desk.app import DeskApp
from screens.desk.counter import Counter
from screens.desk.page import DeskPage
from screens.desk.records import Records

NUMBER = "990101194403050029"
GUIFANG = "a1" * 32
MONDAY = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
WANG, CHEN, XIAOLIN = "王丽", "陈明", "小林"


@cache
def shelf() -> Mapping[str, Service]:
    """The services as they are shipped."""
    return load_shelf(data_file("services")).services


@dataclass
class DeskClock:
    """Half past nine on a Monday at the site, until a test moves it."""

    moment: datetime = field(default=MONDAY)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


def application(
    submission_id: str, name: str = "张桂芳", workdays: int = 10, language: str = "zh", more: int = 0
) -> Submission:
    """An elderly allowance; `more` adds fields with long words."""
    answers = [
        AnswerRecord("name", {"zh": "姓名", "en": "Name"}, name, {"zh": name}, Source.CARD, Privacy.MASKED),
        AnswerRecord(
            "id_number",
            {"zh": "身份证号", "en": "ID number"},
            NUMBER,
            {"zh": NUMBER},
            Source.CARD,
            Privacy.PRIVATE,
        ),
        AnswerRecord(
            "hukou",
            {"zh": "户口所在地", "en": "Household registration"},
            "local",
            {"zh": "本区", "en": "In this district"},
            Source.RESIDENT,
        ),
    ]
    for place in range(more):
        words = {
            "zh": f"第{place + 1}个很长很长的栏目名称，写也写不完",
            "en": f"A long name of field {place + 1}",
        }
        answers.append(AnswerRecord(f"more{place}", words, "x", {"zh": "很长的内容，" * 9}, Source.RESIDENT))
    return Submission(
        id=submission_id,
        service_id="elderly-allowance",
        service_version="2026.11.1",
        title={"zh": "高龄津贴申请", "en": "Allowance for the elderly"},
        language=language,
        desk="民政",
        person_key=GUIFANG,
        answers=tuple(answers),
        consents=(
            ConsentRecord(
                "use",
                {"zh": "我同意社区用这些资料帮我办高龄津贴，不作别的用途。", "en": "I agree to this use."},
                True,
                MONDAY,
            ),
            ConsentRecord("photo", {"zh": "我同意拍照。", "en": "I agree to a photograph."}, False, MONDAY),
        ),
        signature=SignatureRecord("mark", MONDAY, {"zh": "这是我本人的意思。", "en": "This is what I want."}),
        materials=(MaterialRecord("id-card", {"zh": "老人身份证", "en": "ID card"}, "original"),),
        staff_notes=({"zh": "户口所在地说不准：受理前先看户口簿", "en": "See the household booklet first"},),
        legal_workdays=30,
        promised_workdays=workdays,
        begun_at=MONDAY,
    )


@dataclass
class Site:
    """One store, and any number of desks on it."""

    folder: Path
    clock: DeskClock
    store: Store
    pins: dict[str, str]
    opened: list[Counter] = field(default_factory=list)

    def open(self) -> Store:
        return open_store(self.folder, clock=self.clock, calendar=load_calendar(data_file("calendars")))

    def desk(self, language: str = "zh") -> DeskApp:
        """Another desk program."""
        calendar = load_calendar(data_file("calendars"))
        records = Records(self.open)
        counter = Counter(
            records, self.clock, calendar.zone, load_catalogue("desk"), language, services=shelf
        )
        self.opened.append(counter)
        return DeskApp(counter)

    def submit(self, submission_id: str = "case-1", **how: object) -> str:
        return self.store.submit(application(submission_id, **how)).case_id  # type: ignore[arg-type]

    def actor(self, name: str) -> Actor:
        account = self.store.account(name)
        assert account is not None
        return Actor(account.name, account.role)

    def kinds(self, case_id: str = "case-1") -> list[str]:
        """What happened to the case, as the store kept it."""
        return [event.kind for event in self.store.case(case_id).events]


async def settle(pilot: Pilot[None]) -> None:
    """Until every act that was begun has ended and been drawn."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Keys, each after the last one's act has ended."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    """Put into the field that has the focus, all at once, as an input method does."""
    pilot.app.post_message(events.Paste(text))
    await settle(pilot)


async def sign_in(pilot: Pilot[None], site: Site, name: str = WANG) -> None:
    await settle(pilot)
    await write(pilot, name)
    await press(pilot, "enter")
    await write(pilot, site.pins[name])
    await press(pilot, "enter")


def page(pilot: Pilot[None]) -> DeskPage[object]:
    assert isinstance(pilot.app.screen, DeskPage)
    return pilot.app.screen


def pin_shown(pilot: Pilot[None]) -> str:
    """The new PIN on the page."""
    found = re.search(r"密码：(\d{6})", seen(pilot))
    assert found
    return found.group(1)


def told(pilot: Pilot[None]) -> str:
    """The message that stands on the page."""
    return page(pilot).told


def screen_lines(pilot: Pilot[None]) -> list[str]:
    """Every line of the screen as a person sees it."""
    strips = pilot.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def seen(pilot: Pilot[None]) -> str:
    """All that stands on the screen, without line breaks and spaces."""
    return "".join("".join(line.split()) for line in screen_lines(pilot))
