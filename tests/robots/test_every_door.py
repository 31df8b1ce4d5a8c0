"""All doors besides applying, the settings and the keypad practice: by the ear alone and by the eye alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from kiosk.config import Materials
from kiosk.services.paths import Walkthrough
from kiosk.text import LANGUAGES
from tests.flow.residents import SERVICES, WORLD
from tests.robots.errands import Errands
from tests.robots.habit import Purpose
from tests.robots.purpose import purpose
from tests.robots.senses import Eye
from tests.robots.test_by_ear_and_by_eye import Reached, Visit, goes, sense_of, surveyed
from tests.screens.sitting_room import Room

WITH_PAPERS = SERVICES["elderly-allowance"]
APPLIED_FOR, RECORD = SERVICES["lost-card-report"], SERVICES["social-insurance-record"]
CARD, ON_RECORD = "zhang-guifang", "li-mei"

Goes = Callable[[Callable[[Errands], Purpose], str], "Reached"]

by_each_sense = pytest.mark.parametrize(
    ("kind", "language", "size"),
    [
        pytest.param(kind, language, size, marks=mark, id=f"{kind}-{language}-{size[0]}")
        for (kind, language), size, mark in (
            *((sense, (80, 24), pytest.mark.slow) for sense in product(("ear", "eye"), LANGUAGES)),
            *((sense, (57, 12), pytest.mark.soak) for sense in product(("ear", "eye"), LANGUAGES)),
            *((sense, (40, 10), pytest.mark.soak) for sense in product(("ear", "eye"), LANGUAGES)),
        )
    ],
)


class Robot:
    """One sense, one language, one size of screen; a kiosk."""

    def __init__(self, centre: Room, log: Path, kind: str, language: str, size: tuple[int, int]) -> None:
        self._centre, self._log, self._size = centre, log, size
        self._kind, self._language = kind, language

    async def comes(self, errand: Callable[[Errands], Purpose], card: str = "") -> set[str]:
        """For an errand: the pages they came to. The visit was ended by themselves."""
        self._log.unlink(missing_ok=True)
        sense = sense_of(self._kind, self._language, self._log)
        wants = errand(Errands(self._language, sense.wording))
        reached = Reached()
        await goes(self._centre, Visit(sense, wants, self._size, card), reached)
        return reached.places


@pytest.fixture
def robot(centre: Room, tmp_path: Path, kind: str, language: str, size: tuple[int, int]) -> Robot:
    return Robot(centre, tmp_path / "speech.jsonl", kind, language, size)


def applies(service: str, end: str = "submit") -> Walkthrough:
    """Somebody who answers so that it can be handed in."""
    return next(one for one in surveyed(service).covering if one.end == end and not one.refused)


async def handed_in(centre: Room, log: Path, card: str) -> str:
    """Somebody has applied before, and holds the slip with the number."""
    eye = Eye("zh")
    walk = applies(APPLIED_FOR.id)
    reached = Reached()
    wants = purpose(APPLIED_FOR, walk, "zh", eye.wording, card=bool(card))
    await goes(centre, Visit(eye, wants, (80, 24), card), reached)
    assert reached.last is not None and reached.last.receipt is not None
    return "".join(sign for sign in reached.last.receipt.number if sign.isdigit())


@by_each_sense
async def test_how_it_is_done_is_read_page_by_page(robot: Robot) -> None:
    """K05, K06, K37: the guide, its terms, its law, and a question about it."""
    there = await robot.comes(lambda errands: errands.reads(APPLIED_FOR))
    look = f"look:{APPLIED_FOR.id}"
    assert {look, f"{look}:terms", f"{look}:grounds", f"ask:{APPLIED_FOR.id}:0"} <= there


@by_each_sense
async def test_a_question_is_asked_in_all_three_ways(robot: Robot) -> None:
    """K05, K06: by a word, in one's own words, from the list; each answer is looked at."""
    topic = next(one for one in WORLD.topics if APPLIED_FOR.id in one.services)
    there = await robot.comes(lambda errands: errands.asks(APPLIED_FOR, topic.word))
    answers = {f"ask-words:{topic.id}:{APPLIED_FOR.id}:{n}" for n in range(len(APPLIED_FOR.faq))}
    assert answers <= there
    assert any(place.startswith("ask-answer:") for place in there)
    assert f"ask:{APPLIED_FOR.id}" in there


@by_each_sense
async def test_how_far_it_is_is_seen_with_the_card_and_all_is_taken_back(
    robot: Robot, centre: Room, tmp_path: Path
) -> None:
    """K05, K06, K35: one's own matter, a consent, and the matter itself."""
    await handed_in(centre, tmp_path, CARD)
    there = await robot.comes(lambda errands: errands.looks_up(APPLIED_FOR), CARD)
    assert {"query", "query-cases", "query:0", "query-consents:0", "query-consent:0/0"} <= there
    assert {"query-withdraw:0", "query-done"} <= there


@by_each_sense
async def test_how_far_it_is_is_seen_by_the_number_of_the_slip(
    robot: Robot, centre: Room, tmp_path: Path
) -> None:
    """K05, K06, K36: without the card, and nothing personal."""
    number = await handed_in(centre, tmp_path, "")
    there = await robot.comes(lambda errands: errands.looks_up_number(number))
    assert {"query-number", "query-found"} <= there


@by_each_sense
async def test_a_record_is_seen_by_its_owner(robot: Robot) -> None:
    """K05, K06: by the door for it."""
    walk = next(
        one
        for one in surveyed(RECORD.id).covering
        if one.answers.get("record") == "wrong" and one.end == "submit" and not one.refused
    )
    there = await robot.comes(lambda errands: errands.sees_record(RECORD, walk), ON_RECORD)
    assert {"query-records", "question:record", "receipt"} <= there


@by_each_sense
async def test_a_paper_is_laid_under_the_camera(robot: Robot, centre: Room) -> None:
    """K05, K06: by the words alone that are said or shown about it."""
    centre.settings = replace(centre.settings, materials=Materials(kiosk_command=("drawn-in-a-demo",)))
    there = await robot.comes(lambda errands: errands.lays_papers(WITH_PAPERS, applies(WITH_PAPERS.id)))
    assert {"papers", "papers-lay:id-card", "papers-taken:id-card", "receipt"} <= there


@by_each_sense
async def test_today_is_rated(robot: Robot) -> None:
    """K05, K06, K43."""
    assert {"rate", "rated"} <= await robot.comes(Errands.rates)


@by_each_sense
async def test_what_was_handed_in_is_rated_and_somebody_is_to_call(robot: Robot) -> None:
    """K05, K06, K43."""
    walk = applies(APPLIED_FOR.id)
    there = await robot.comes(lambda errands: errands.rates_what_was_done(APPLIED_FOR, walk))
    assert {"receipt", "rate"} <= there and there & {"will-call", "rated"}


@by_each_sense
async def test_everything_is_set_and_the_keys_are_practised(robot: Robot) -> None:
    """K05, K06, K29: to and fro, and back to the start."""
    there = await robot.comes(Errands.sets_and_practises)
    assert {"help@home", "settings@home", "speed@home", "volume@home", "keys@home", "practice@home"} <= there
