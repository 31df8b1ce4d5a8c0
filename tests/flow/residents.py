"""Fictional people at the kiosk, and every way they can go. 990101 is a region that does not exist."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kiosk.ask.topics import topics
from kiosk.catalogue import load_catalogue
from kiosk.flow.moves import CardLaid, Choose, Enter, Move
from kiosk.flow.path import Given, Path, StepKind, find_path
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.source import CardFields, Source
from kiosk.flow.turn import turn
from kiosk.identity.id_number import check_character
from kiosk.paths import data_file
from kiosk.services.groups import load_groups
from kiosk.services.load import load_shelf
from kiosk.services.question import CHOSEN_KINDS, FieldKind, Question
from kiosk.text import same

TODAY = datetime.date(2026, 11, 2)
SERVICES = dict(load_shelf(data_file("services")).services)
ALLOWANCE = SERVICES["elderly-allowance"]
WORLD = World(
    SERVICES,
    load_catalogue("resident"),
    TODAY,
    same("幸福路社区服务中心"),
    "000-12345",
    groups=load_groups(data_file("services")),
    printer=True,
    topics=topics({"elderly-allowance", "complaint"}),
)


def id_number(birth: datetime.date, serial: str = "002") -> str:
    """A sound number of nobody's, for that birth date."""
    first_17 = f"990101{birth:%Y%m%d}{serial}"
    return first_17 + check_character(first_17)


def card(name: str, birth: datetime.date, serial: str = "002") -> dict[str, str]:
    return {"name": name, "birth_date": birth.isoformat(), "id_number": id_number(birth, serial)}


GUIFANG = card("张桂芳", datetime.date(1944, 3, 5))
"""She is 82 and applies for herself."""
LI_MEI = card("李梅", datetime.date(1970, 6, 12), "004")
"""Her daughter."""
DEHOU = card("李德厚", datetime.date(1935, 1, 10), "001")
"""Her husband, 91."""
JIANGUO = card("王建国", datetime.date(1950, 7, 1), "003")
"""A neighbour."""

BIRTHS = (
    datetime.date(1900, 1, 1),
    datetime.date(1936, 11, 2),  # 90 today
    datetime.date(1936, 11, 3),  # 89, one day to go
    datetime.date(1946, 11, 2),  # 80 today
    datetime.date(1946, 11, 3),  # 79, one day to go
    TODAY,
)

SAMPLES: dict[FieldKind, str] = {
    FieldKind.PHONE: "138 0013 8000",
    FieldKind.NAME: "李德厚",
    FieldKind.BANK_CARD: "6200 0000 0000 0005",
    FieldKind.NUMBER: "3",
}


def samples(question: Question, path: Path) -> tuple[str, ...]:
    """What people type there: each boundary of a date, one sound value of all else."""
    if question.type is FieldKind.DATE:
        return tuple(f"{day:%Y %m %d}" for day in BIRTHS)
    if question.type is FieldKind.ID_NUMBER:
        birth = path.values.get("birth_date", "1944-03-05")
        return (id_number(datetime.date.fromisoformat(str(birth))),)
    return (SAMPLES[question.type],)


def ways_on(sitting: Sitting, world: World = WORLD, *, refusing: bool = True) -> Iterator[Move]:
    """Every answer that can be given on the open page of an application."""
    kind, _, subject = sitting.place.partition(":")
    match kind:
        case StepKind.QUESTION:
            question = world.services[sitting.service].find_question(subject)
            if question.type in CHOSEN_KINDS:
                yield from (Choose(option.value) for option in question.options)
            else:
                yield from (Enter(typed) for typed in samples(question, sitting.path(world)))
            if question.optional:
                yield Choose("skip")
        case StepKind.CONSENT:
            yield Choose("yes")
            if refusing:
                yield Choose("no")
        case StepKind.CARD_WHOSE:
            yield Choose("subject")
            yield Choose("actor")
        case StepKind.CARD_OTHER:
            yield CardLaid(DEHOU if subject == "subject" else JIANGUO)
            yield Choose("without")
        case StepKind.CHECK:
            yield Choose("go")
        case StepKind.SIGN:
            yield Choose("key")
        case "keep":
            yield Choose("yes")


def at_home(laid: CardFields | None = None) -> Sitting:
    return Sitting(place="home", card=laid, card_lying=laid is not None)


def begun(laid: CardFields | None = None, service: str = "elderly-allowance") -> Sitting:
    """On the first page of an application, which may be kept where a card was laid."""
    return moved(replace(at_home(laid), keep=True if laid else None), Choose("do"), Choose(service))


def moved(sitting: Sitting, *moves: Move, world: World = WORLD) -> Sitting:
    for move in moves:
        sitting = turn(sitting, move, world).sitting
    return sitting


def led(sitting: Sitting, pick: dict[str, Move], until: str = "submit", world: World = WORLD) -> Sitting:
    """Led on by `pick` (a move by place), elsewhere by the first way on, until a place or an end."""
    for _ in range(60):
        if sitting.place == until:
            return sitting
        move = pick.get(sitting.place) or next(ways_on(sitting, world), None)
        if move is None:
            return sitting
        sitting = moved(sitting, move, world=world)
    raise AssertionError(f"no end after {sitting.place}")


AT_EIGHTY: dict[str, Move] = {"question:birth_date": Enter("1944 3 5")}


@dataclass(frozen=True)
class Journey:
    """One way through an application, with every page on it."""

    pages: tuple[Sitting, ...]

    @property
    def end(self) -> Sitting:
        return self.pages[-1]


@cache
def every_journey(service: str) -> tuple[Journey, ...]:
    """All of them: without a card, with the own card, as a daughter with hers or her mother's first."""
    starts = [begun(None, service), begun(GUIFANG, service), begun(LI_MEI, service)]
    return tuple(journey for start in starts for journey in _journeys((start,)))


def _journeys(so_far: tuple[Sitting, ...]) -> Iterator[Journey]:
    moves = list(ways_on(so_far[-1]))
    if not moves:
        yield Journey(so_far)
    for move in moves:
        yield from _journeys((*so_far, moved(so_far[-1], move)))


def clean_replay(sitting: Sitting, world: World = WORLD) -> Path:
    """The same application by somebody who answered only what is asked, once, without detours."""
    path = sitting.path(world)
    answers = {key: answer for key, answer in path.answers.items() if answer.source is Source.RESIDENT}
    steps = {step.place for step in path.steps}
    answers |= {key: answer for key, answer in sitting.given.answers.items() if key in steps}
    fresh = Given(answers, sitting.given.first_card, sitting.given.other_card, sitting.given.marks)
    return find_path(world.services[sitting.service], fresh, world.today)
