"""Every page of a service as a person comes to it, without anybody having to go there. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kiosk.flow.acting import AGREE
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.path import Answer, Given, Path, Step, StepKind, find_path
from kiosk.flow.records import RecordLine, RecordNews, RecordState
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.walking import INSIDE, REST, WHOLE
from kiosk.services.model import Service
from kiosk.services.question import FieldKind, Question
from kiosk.services.stories import walk_story
from kiosk.services.walkthrough import Walkthrough
from kiosk.text import same

_GUIDE = ("", ":terms", ":grounds")
_SOMETHING = same("******")
"""In place of what an office holds of somebody."""


@dataclass(frozen=True, slots=True)
class Way:
    """One person's pages, without those that somebody before them has shown already."""

    end: str
    """`"submit"`, a stop's id or `"refused"`; empty for the guide."""
    pages: tuple[Page, ...]


def ways(service: Service, world: World, walks: Iterable[Walkthrough]) -> Iterator[Way]:
    """The guide, then each person's way; every page once. `world` offers the service."""
    seen: set[object] = set()
    guide = (Sitting(place=f"look:{service.id}{part}") for part in _GUIDE)
    yield Way("", tuple(_news((page_of(sitting, world) for sitting in guide), seen)))
    for walk in walks:
        if pages := tuple(_news(_pages(service, world, walk), seen)):
            yield Way(walk.end, pages)


def finished(service: Service, walks: Sequence[Walkthrough]) -> Path | None:
    """The path of somebody who hands in: of the first sample person who does, else of the first walk."""
    told = (walk_story(service, story) for story in service.story)
    return next((path for path in (*told, *(walk.path for walk in walks)) if path.end == "submit"), None)


def _news(pages: Iterable[Page], seen: set[object]) -> Iterator[Page]:
    """What nobody has been shown: the count of what is still to come makes no new page."""
    for page in pages:
        mark = (page.id, page.heading, page.body, tuple((one.id, one.label) for one in page.choices))
        if mark not in seen:
            seen.add(mark)
            yield page


def _pages(service: Service, world: World, walk: Walkthrough) -> Iterator[Page]:
    """Each page as it is when the person comes to it, the answers before it given."""
    given = Given()
    for _ in walk.path.steps:
        path = find_path(service, given, world.today)
        step = path.last
        for place, so_far in _looks(service, step, given, walk):
            yield page_of(Sitting(place=place, service=service.id, given=so_far, keep=False), world)
        if path.end is not None:
            return
        given = _gone_on(given, step, path, walk)


def _gone_on(given: Given, step: Step, path: Path, walk: Walkthrough) -> Given:
    if step.kind in (StepKind.CHECK, StepKind.SIGN):
        return replace(given, marks={**given.marks, step.place: path.digest})
    if step.kind is StepKind.CONSENT:
        said = Answer("no" if step.id == walk.refused else "yes")
        return replace(given, answers={**given.answers, step.place: said})
    if step.kind is StepKind.AUTHORITY:
        given = replace(given, marks={**given.marks, step.place: path.digest})
        return _with(given, step.place, AGREE)
    if step.kind is StepKind.PROOF:
        return _with(given, step.place, "later")
    return _with(given, step.id, walk.answers.get(step.id, ""))


def _with(given: Given, key: str, value: str) -> Given:
    return replace(given, answers={**given.answers, key: Answer(value)})


def _looks(service: Service, step: Step, given: Given, walk: Walkthrough) -> Iterator[tuple[str, Given]]:
    """The page of a step, and those inside it."""
    yield step.place, given
    if step.kind is not StepKind.QUESTION or not walk.answers.get(step.id):
        return
    question = service.find_question(step.id)
    if question.type is FieldKind.RECORD:
        yield from ((step.place, _looked_up(question, given, state)) for state in RecordState)
    answered = _with(given, step.id, walk.answers[step.id])
    if question.type is FieldKind.REPEAT:
        yield from ((INSIDE.join((step.place, "1", item.id)), given) for item in question.item)
        yield step.place, answered
    elif question.type is FieldKind.ADDRESS:
        yield from _of_address(question, step, given, walk)


def _looked_up(question: Question, given: Given, state: RecordState) -> Given:
    """As if the office had been asked; what it holds of a person is not the author's to show."""
    label = question.label.text()
    lines = (RecordLine(label, _SOMETHING),) if state is RecordState.FOUND else ()
    news = RecordNews(question.id, state, question.source or "", label, lines)
    return replace(given, records={**given.records, question.id: news})


def _of_address(
    question: Question, step: Step, given: Given, walk: Walkthrough
) -> Iterator[tuple[str, Given]]:
    code = json.loads(walk.answers[question.id])[0]
    if code:
        yield step.place + INSIDE + REST, _with(given, step.place, code)
    yield step.place + INSIDE + WHOLE, given
