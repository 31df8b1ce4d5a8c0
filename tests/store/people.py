"""Fictional people and what they submit; 990101 is a region that does not exist."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from kiosk.cases.calendar import WorkCalendar
from kiosk.cases.numbers import uuid7
from kiosk.cases.states import Actor, Role
from kiosk.cases.submission import (
    AnswerRecord,
    ConsentRecord,
    MaterialRecord,
    SignatureRecord,
    Submission,
)
from kiosk.cases.views import Draft
from kiosk.flow.source import Source
from kiosk.paths import data_file
from kiosk.store.calendars import load_calendar
from kiosk.text import Privacy

MONDAY = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
"""Half past nine in the morning at the site."""

NUMBER = "990101194403050029"
NAME = "张桂芳"
GUIFANG = "a1" * 32
"""Her person key."""

WANG = Actor("王丽", Role.STAFF)
CHEN = Actor("陈明", Role.STAFF)
ZHOU = Actor("周洁", Role.MANAGER)
XIAOLIN = Actor("小林", Role.VOLUNTEER)


class HandClock:
    """A clock that moves only when told."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


class WallClock:
    """The clock of the machine, for tests with several processes."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return datetime.now(UTC).timestamp()


def shipped_calendar() -> WorkCalendar:
    return load_calendar(data_file("calendars"))


def new_id() -> str:
    return uuid7(datetime.now(UTC), os.urandom)


def application(
    submission_id: str | None = None, person_key: str | None = GUIFANG, workdays: int = 10
) -> Submission:
    """An elderly allowance, filled in by Zhang Guifang with her card."""
    return Submission(
        id=submission_id or new_id(),
        service_id="elderly-allowance",
        service_version="2026.11.1",
        title={"zh": "高龄津贴申请", "en": "Allowance for the elderly"},
        language="zh",
        desk="民政",
        person_key=person_key,
        answers=(
            _answer("name", {"zh": "姓名", "en": "Name"}, NAME, Source.CARD, Privacy.MASKED),
            _answer("id_number", {"zh": "身份证号", "en": "ID number"}, NUMBER, Source.CARD, Privacy.PRIVATE),
            _answer("hukou", {"zh": "户口", "en": "Registered"}, "local", Source.RESIDENT, Privacy.OPEN),
        ),
        consents=(
            ConsentRecord("use", {"zh": "我同意用这些资料办津贴。", "en": "I agree."}, True, MONDAY),
            ConsentRecord("id-data", {"zh": "我同意登记身份证号。", "en": "I agree."}, True, MONDAY),
        ),
        signature=SignatureRecord("mark", MONDAY, {"zh": "这是我的意思。"}, strokes="[[1,2],[3,4]]"),
        materials=(MaterialRecord("id-card", {"zh": "身份证", "en": "ID card"}, "original"),),
        staff_notes=({"zh": "户口要核对。", "en": "Check the registration."},),
        legal_workdays=30,
        promised_workdays=workdays,
        begun_at=MONDAY,
    )


def _answer(field: str, label: dict[str, str], value: str, source: Source, privacy: Privacy) -> AnswerRecord:
    return AnswerRecord(field, label, value, {"zh": value, "en": value}, source, privacy)


def draft(
    draft_id: str, *, keep: bool = True, person_key: str | None = GUIFANG, at: datetime = MONDAY
) -> Draft:
    """Her half-filled form."""
    body = f'{{"name": "{NAME}"}}'
    return Draft(draft_id, "elderly-allowance", "2026.11.1", person_key, keep, body, at)
