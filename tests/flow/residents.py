"""Fictional people at the kiosk, and every way they can go. 990101 is a region that does not exist."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path as FilePath

from kiosk.ask.topics import topics
from kiosk.catalogue import load_catalogue
from kiosk.flow.answering import OLD_CALENDAR
from kiosk.flow.fields import field_type
from kiosk.flow.moves import CardLaid, Choose, Draw, Enter, Move, NumberCalled, NumberDrawn
from kiosk.flow.numbering import Numbering
from kiosk.flow.page import ENTER, PageKind, Role
from kiosk.flow.pages.now import page_of
from kiosk.flow.path import SKIPPED, Path, StepKind, find_path
from kiosk.flow.records import RecordLine, RecordNews, RecordState
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.source import CardFields, Slot, Source
from kiosk.flow.things import item_at, things_of
from kiosk.flow.turn import turn
from kiosk.flow.walking import inside, page_of_path
from kiosk.identity.id_number import check_character
from kiosk.paths import data_file
from kiosk.services.groups import load_groups
from kiosk.services.load import load_service, load_shelf
from kiosk.services.model import Service
from kiosk.services.paths import Walkthrough, survey
from kiosk.services.question import Asked, FieldKind, Question
from kiosk.services.regions import load_regions
from kiosk.services.samples import Samples
from kiosk.text import Text, same

TODAY = datetime.date(2026, 11, 2)
NOW = datetime.datetime(2026, 11, 2, 1, 30, tzinfo=datetime.UTC)
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
    regions=load_regions(data_file("regions") / "sample.toml"),
    topics=topics(SERVICES),
)
CALLING = replace(
    WORLD,
    waiting=Numbering(
        {
            "A": Text({"zh": "社保、津贴", "en": "Pensions and allowances"}),
            "B": Text({"zh": "住房、居住证", "en": "Housing and residence"}),
        },
        70,
    ),
)
"""The same centre, where people are called by number."""


def numbered() -> Iterator[Sitting]:
    """Every page on which a waiting number is offered, drawn or called (`CALLING`)."""
    mine = NumberDrawn("A105", 12)
    called = NumberCalled(7, "B105", "12")
    yield from (Sitting(place=place, number=mine) for place in ("welcome", "do"))
    yield from (Sitting(place=place) for place in ("number", "number:A", "number-drawing:A:first"))
    for ahead in (12, 0, None):
        yield Sitting(place="number-drawn", number=replace(mine, ahead=ahead))
    yield from (Sitting(called=one) for one in (called, replace(called, window="婚姻登记")))


def calls_by_number(sitting: Sitting) -> bool:
    """Is that visit where people are called by number?"""
    return bool(sitting.number or sitting.called) or sitting.place.startswith("number")


SHARING = replace(WORLD, elsewhere=True)
"""The same centre, with more than one kiosk."""


def asks_elsewhere(sitting: Sitting) -> bool:
    """Is that visit at one of several kiosks? Where nothing of hers is found, Li Mei stands there."""
    none = sitting.place == "query-cases" and not sitting.cases and sitting.card == LI_MEI
    return none or sitting.place in {"query-asking", "query-away", "query-enough"}


def trial() -> World:
    """A world with two services: the elderly allowance, and the one that has every kind of answer."""
    made = load_service(FilePath(__file__).with_name("every_kind.toml"))
    assert isinstance(made, Service), made
    services = {ALLOWANCE.id: ALLOWANCE, made.id: made}
    return replace(WORLD, services=services, topics=topics(services))


TRIAL = trial()
EVERY_KIND = "every-kind"


def world_of(service: str) -> World:
    """The world a service is tried in."""
    return WORLD if service in SERVICES else TRIAL


STROKES = "[[[2,1],[9,2]],[[4,1],[4,3]]]"


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


def samples(asked: Asked, sitting: Sitting, world: World = WORLD) -> tuple[str, ...]:
    """What people type there: each value at which something turns, one sound value where nothing does."""
    if not isinstance(asked, Question):
        return (_as_typed(asked, field_type(asked).sample(asked)),)
    service = world.services[sitting.service]
    found = Samples(service, world.today).of(asked, sitting.path(world).values)
    return tuple(_as_typed(asked, value) for value in found if value)


def _as_typed(asked: Asked, value: str) -> str:
    """As it comes out of the field: a date from its three boxes, everything else as it is."""
    if asked.type is FieldKind.DATE:
        return " ".join(part.lstrip("0") for part in value.split("-"))
    return json.loads(value)[2] if asked.type is FieldKind.ADDRESS else value


def asked_at(sitting: Sitting, world: World = WORLD) -> Asked:
    """The open question: one of the service, or one about a thing of a list."""
    question = world.services[sitting.service].find_question(page_of_path(sitting.place).partition(":")[2])
    opened = item_at(sitting, question) if question.type is FieldKind.REPEAT else None
    return opened[1] if opened else question


def ways_on(sitting: Sitting, world: World = WORLD, *, refusing: bool = True) -> Iterator[Move]:
    """Every answer that can be given on the open page of an application. The first ones lead to an end."""
    kind, _, subject = sitting.place.partition(":")
    match kind:
        case StepKind.QUESTION:
            yield from _answers(sitting, world)
        case StepKind.CONSENT:
            yield Choose("yes")
            if refusing:
                yield Choose("no")
        case StepKind.PROOF:
            yield Choose("later")
        case StepKind.CARD_WHOSE:
            yield Choose("subject")
            yield Choose("actor")
        case StepKind.CARD_OTHER:
            yield CardLaid(DEHOU if subject == "subject" else JIANGUO)
            yield Choose("without")
        case StepKind.CHECK:
            yield Choose("go")
        case StepKind.AUTHORITY:
            yield Choose("agree")
            yield Choose("later")
        case StepKind.SIGN:
            yield Choose("key")
        case "keep" | "earlier":
            yield Choose("yes")


_ASIDE = {ENTER, OLD_CALENDAR, "person"}
"""Choices of a question's page that are no answer by themselves."""


def _answers(sitting: Sitting, world: World) -> Iterator[Move]:
    """Of the page as it is, whichever page of the question it is."""
    page = page_of(sitting, world)
    asked = asked_at(sitting, world)
    if page.entry is not None:
        yield from (Enter(typed) for typed in samples(asked, sitting, world))
    ids = [choice.id for choice in page.choices if choice.id not in _ASIDE]
    if "done" in ids and (asked.type is not FieldKind.MANY or any(choice.chosen for choice in page.choices)):
        ids.insert(0, ids.pop(ids.index("done")))
    yield from map(Choose, ids)
    if page.kind is PageKind.SIGN:
        yield Draw(STROKES)


def at_home(laid: CardFields | None = None) -> Sitting:
    return Sitting(place="home", card=laid, card_lying=Slot.IDENTITY if laid else Slot.NONE)


def begun(
    laid: CardFields | None = None, service: str = "elderly-allowance", world: World = WORLD
) -> Sitting:
    """On the first page of an application, which may be kept where a card was laid."""
    home = replace(at_home(laid), keep=True if laid else None)
    return moved(home, Choose("do"), Choose(service), world=world)


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
    """People who together come to every page, option and end of a service.

    Without a card; with the own card; as a daughter with hers or her mother's first, and the other one
    laid or not. What is the same for all of them is not gone through again for each.
    """
    world = world_of(service)
    walks = survey(world.services[service], TODAY).covering
    journeys = [_journey(begun(None, service, world), walk, {}, world) for walk in walks]
    handed_in = sorted((walk for walk in walks if walk.end == "submit"), key=lambda w: -len(w.path.steps))
    journeys += [_journey(begun(GUIFANG, service, world), walk, {}, world) for walk in handed_in[:3]]
    of_others = [walk for walk in handed_in if not walk.path.for_self][:2]
    for whose, other in product(("subject", "actor"), (None, Choose("without"))):
        cards: dict[str, Move] = {StepKind.CARD_WHOSE: Choose(whose)}
        cards |= {StepKind.CARD_OTHER: other} if other else {}
        laid = begun(LI_MEI, service, world)
        journeys += [_journey(laid, walk, cards, world) for walk in of_others]
    return tuple(journeys)


def _journey(sitting: Sitting, walk: Walkthrough, cards: Mapping[str, Move], world: World) -> Journey:
    """With this walk's answers, as far as they are asked for, by the moves that give them."""
    pages = [sitting]
    for _ in range(200):
        move = _move_of(sitting, walk, cards, world)
        if move is None:
            return Journey(tuple(pages))
        sitting = moved(sitting, move, world=world)
        pages.append(sitting)
    raise AssertionError(f"no end after {sitting.place}: {sitting.refused}")


def _move_of(sitting: Sitting, walk: Walkthrough, cards: Mapping[str, Move], world: World) -> Move | None:
    kind, _, subject = sitting.place.partition(":")
    if kind == StepKind.CONSENT:
        return Choose("no" if subject == walk.refused else "yes")
    value = walk.answers.get(page_of_path(subject)) if kind == StepKind.QUESTION else None
    given = giving(sitting, value, world) if value is not None else None
    return given or cards.get(kind) or next(ways_on(sitting, world), None)


def giving(sitting: Sitting, value: str, world: World = WORLD) -> Move | None:
    """The next move of somebody who gives this canonical value; None where the page takes no part of it."""
    question = world.services[sitting.service].find_question(page_of_path(sitting.place).partition(":")[2])
    page, asked = page_of(sitting, world), asked_at(sitting, world)
    offered = {choice.id for choice in page.choices}
    if asked is not question:
        position, things = int(inside(sitting)[0]), json.loads(value)
        value = things[position - 1][asked.id] if position <= len(things) else ""
    elif question.type is FieldKind.REPEAT and value != SKIPPED:
        return _listing(len(things_of(sitting, question)), len(json.loads(value)), offered)
    if value == SKIPPED:
        return Choose("skip") if "skip" in offered else None
    if asked.type is FieldKind.MANY:
        wrong = (
            c.id for c in page.choices if c.role is Role.TOGGLE and c.chosen != (c.id in value.split(","))
        )
        return Choose(next(wrong, "done"))
    if question.type is FieldKind.RECORD and value not in offered:
        return record_news(question, value)
    if page.entry is not None and sitting.refused is None:
        return Enter(_as_typed(asked, value))
    return Choose(value) if value in offered else None


def _listing(there: int, wanted: int, offered: set[str]) -> Move | None:
    """On the list itself; the pages of one thing have no part of it."""
    if not offered & {"add", "done"}:
        return None
    return Choose("add" if there < wanted else "done")


def record_news(question: Question, said: str) -> RecordNews:
    """What the source must have said, so that this can be said of it."""
    states = {"missing": RecordState.NOTHING, "staff": RecordState.AWAY}
    lines = (RecordLine(same("缴费月数"), same("312")), RecordLine(same("最近一次缴费"), same("2026年9月")))
    title = Text({"zh": "社保局的记录", "en": "Records of the insurance office"})
    state = states.get(said, RecordState.FOUND)
    shown = lines if state is RecordState.FOUND else ()
    return RecordNews(question.id, state, question.source or "", title, shown, NOW, TODAY)


def clean_replay(sitting: Sitting, world: World = WORLD) -> Path:
    """The same application by somebody who answered only what is asked, once, without detours."""
    path = sitting.path(world)
    answers = {key: answer for key, answer in path.answers.items() if answer.source is not Source.CARD}
    steps = {step.place for step in path.steps}
    answers |= {key: answer for key, answer in sitting.given.answers.items() if key in steps}
    fresh = replace(sitting.given, answers=answers)
    return find_path(world.services[sitting.service], fresh, world.today)
