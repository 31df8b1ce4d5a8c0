"""What is said to somebody on the telephone, sentence by sentence, in the language of the person."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.cases.reaching import person_of
from kiosk.cases.states import Outcome, State
from kiosk.cases.views import CaseView
from kiosk.flow.fields.dates import date_text
from kiosk.paper.house import REVIEW_DAYS
from kiosk.text import Text, same
from screens.desk.counter import Counter


def first_words(counter: Counter, view: CaseView) -> Text:
    """Who calls, and whether the right person is there: of the matter not a word yet."""
    name = person_of(counter.services().get(view.summary.service_id), view.answers)
    whom = counter.text("script.whom", name=same(name)) if name else counter.text("script.nameless")
    return counter.text("script.first", centre=counter.centre, whom=whom)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something to say; `written` by a colleague, to be read out as it stands."""

    text: Text
    written: bool = False


def script(counter: Counter, view: CaseView, today: datetime.date) -> Iterator[Sentence]:
    """What comes once the right person is on the line."""
    case = view.summary
    day = _day(case.received_at.astimezone(counter.zone).date(), today)
    about = {"day": day, "service": Text(case.title)}
    if case.state is State.NEEDS_INFO:
        yield Sentence(counter.text("script.needs_info", **about))
        yield from _written(view.missing)
        if case.wake_on:
            yield Sentence(counter.text("script.bring_by", day=_day(case.wake_on, today)))
        yield Sentence(counter.text("script.cannot_come"))
    elif case.outcome is Outcome.GRANTED:
        yield Sentence(counter.text("script.granted", **about))
        yield from _written(view.result)
        yield Sentence(counter.text("script.not_right", phone=same(_phone(counter, view))))
    else:
        yield Sentence(counter.text("script.refused", **about))
        yield from _written(view.result)
        yield Sentence(counter.text("script.again"))
        until = _day(today + datetime.timedelta(days=REVIEW_DAYS), today)
        yield Sentence(counter.text("script.review", day=until))
    yield Sentence(counter.text("script.last"))


def _written(words: str | None) -> Iterator[Sentence]:
    """What colleagues wrote for the person, line by line."""
    for line in (words or "").splitlines():
        if line.strip():
            yield Sentence(same(line.strip()), written=True)


def _day(day: datetime.date, today: datetime.date) -> Text:
    """As it is said: nobody says the year of this year."""
    whole = date_text(day)
    if day.year != today.year:
        return whole
    chinese, english = whole.show("zh"), whole.show("en")
    return Text({"zh": chinese.removeprefix(f"{day.year}年"), "en": english.removesuffix(f" {day.year}")})


def _phone(counter: Counter, view: CaseView) -> str:
    service = counter.services().get(view.summary.service_id)
    return service.handling.phone if service else counter.phone
