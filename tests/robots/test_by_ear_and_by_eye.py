"""Every path of every service, by the ear alone and by the eye alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from kiosk.flow.sitting import Sitting
from kiosk.services.paths import Survey, Target, Walkthrough, reached_by, survey
from kiosk.services.question import FieldKind
from kiosk.text import LANGUAGES
from tests.flow.residents import SERVICES, TODAY, WORLD
from tests.robots.habit import Purpose
from tests.robots.mind import Mind
from tests.robots.purpose import IN_THE_RECORDS, purpose
from tests.robots.senses import Ear, Eye, Sense
from tests.robots.visitor import Visitor
from tests.screens.sitting_room import PEOPLE, Hand, Room

SIZES = ((80, 24), (57, 12), (40, 10))
IN_THE_TABLES = {"court-case-lookup": "zhang-guifang"}
"""Who has a record with the demo's offices; elsewhere it is Li Mei."""
OF_WHOM_THERE_IS_NOTHING = "chen-yan"


@cache
def surveyed(service: str) -> Survey:
    return survey(SERVICES[service], TODAY)


def sense_of(kind: str, language: str, log: Path) -> Sense:
    return Ear(language, log) if kind == "ear" else Eye(language)


@dataclass
class Reached:
    """What the visitors of a service have come to, as the visit itself has it."""

    targets: set[Target] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    """Pages that were on the screen."""
    last: Sitting | None = None
    hand: Hand | None = None

    def begun(self) -> bool:
        """The first page is there."""
        return self.hand is not None and bool(self.hand.place)

    def look(self) -> None:
        """At every page."""
        assert self.hand is not None and self.hand.app.stage is not None
        self.places.add(self.hand.place)
        if self.hand.app.stage.sitting.service:
            self.last = self.hand.app.stage.sitting
            if self.last.place == "refused" or self.last.place.startswith("refused:"):
                self.targets.add(("refusal", self.last.place.partition(":")[2]))

    def end(self) -> str:
        """How the visit ended; what was reached on the way counts."""
        assert self.last is not None
        path = self.last.path(WORLD)
        walk = Walkthrough({name: answer.value for name, answer in path.answers.items()}, path)
        self.targets |= set(reached_by(SERVICES[self.last.service], walk))
        return "submit" if self.last.place == "receipt" else self.last.place.rpartition(":")[2]


def _all() -> Iterator[ParameterSet]:
    """Each service by ear in one language and by eye in the other; the soak has the other way round, too."""
    for number, service in enumerate(SERVICES):
        for kind, language in product(("ear", "eye"), LANGUAGES):
            each_time = (kind == "ear") is (language == LANGUAGES[number % 2])
            mark = pytest.mark.slow if each_time else pytest.mark.soak
            yield pytest.param(service, kind, language, id=f"{service}-{kind}-{language}", marks=mark)


@pytest.mark.parametrize(("service", "kind", "language"), _all())
async def test_every_way_through_a_service(
    centre: Room, tmp_path: Path, service: str, kind: str, language: str
) -> None:
    """K05, K06: each question, each option, each consent given and refused, each end."""
    reached = Reached()
    for number, (walk, hesitant) in enumerate(people(service)):
        log = tmp_path / "speech.jsonl"
        log.unlink(missing_ok=True)
        sense = sense_of(kind, language, log)
        card = card_brought(service, walk)
        wants = purpose(SERVICES[service], walk, language, sense.wording, hesitant=hesitant, card=bool(card))
        walked = await goes(centre, Visit(sense, wants, SIZES[number % len(SIZES)], card), reached)
        assert reached.end() == walk.end or tells_records(service), walked
    missing = surveyed(service).reached - reached.targets
    assert not missing or tells_records(service)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody with one sense who knows what for they come; the card they brought."""

    sense: Sense
    wants: Purpose
    size: tuple[int, int]
    card: str = ""


async def goes(centre: Room, visit: Visit, reached: Reached) -> str:
    """From the first page to the end; what they did, and why."""
    async with centre.app().run_test(size=visit.size) as pilot:
        hand = reached.hand = Hand(pilot)
        await hand.until(reached.begun, "the first page")
        visitor = Visitor(hand, visit.sense, Mind(visit.wants), Table(centre, visit.card))
        await visitor.visit(reached.look)
    return visitor.walked()


def people(service: str) -> Iterator[tuple[Walkthrough, frozenset[str]]]:
    """Who together come to every part of a service. Each consent is refused first by one of them, who then
    thinks better of it."""
    asked: set[str] = set()
    for walk in surveyed(service).covering:
        if not walk.refused:
            yield walk, frozenset(walk.path.consents.keys() - asked)
            asked |= walk.path.consents.keys()


def tells_records(service: str) -> bool:
    """What an office says is not the visitor's to decide."""
    return any(one.type is FieldKind.RECORD for one in SERVICES[service].question)


def card_brought(service: str, walk: Walkthrough) -> str:
    """Records are shown to the owner of a card; of some people there are none."""
    asked = (one for one in SERVICES[service].question if one.type is FieldKind.RECORD and not one.look_up)
    said = {walk.answers.get(one.id) for one in asked}
    if said & set(IN_THE_RECORDS):
        return IN_THE_TABLES.get(service, "li-mei")
    return OF_WHOM_THERE_IS_NOTHING if "missing" in said else ""


@dataclass
class Table:
    """The reader, and the card that was brought along."""

    room: Room
    card: str

    def lay(self) -> None:
        self.room.lay(PEOPLE[self.card])

    def lift(self) -> None:
        self.room.reader.lift()


_SHORT = "lost-card-report"


def _with_a_name() -> Iterator[ParameterSet]:
    for service, kind, language, size in product(SERVICES, ("ear", "eye"), LANGUAGES, SIZES[::2]):
        mark = pytest.mark.slow if service == _SHORT else pytest.mark.soak
        yield pytest.param(service, kind, language, size, marks=mark)


@pytest.mark.parametrize(("service", "kind", "language", "size"), _with_a_name())
async def test_a_name_is_written_with_what_a_number_block_has(
    centre: Room, tmp_path: Path, service: str, kind: str, language: str, size: tuple[int, int]
) -> None:
    """K05, K06, K27: nobody types it for them, and no input method does."""
    typed = (walk for walk, _ in people(service) if walk.answers.get("name"))
    walk = next(walk for walk in typed if walk.end == "submit")
    sense = sense_of(kind, language, tmp_path / "speech.jsonl")
    wants = purpose(SERVICES[service], walk, language, sense.wording, by_keys=True)
    reached = Reached()
    walked = await goes(centre, Visit(sense, wants, size), reached)
    assert reached.end() == "submit", walked
    assert reached.last is not None and reached.last.given.answers["name"].value == (
        walk.answers["name"] if language == "zh" else "Zhang"
    )
