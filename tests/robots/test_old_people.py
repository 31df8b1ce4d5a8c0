"""Old people with unsteady fingers: nothing falls, nothing is lost, nothing is left."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from kiosk.services.paths import survey
from kiosk.text import LANGUAGES
from screens.resident.app import CARD_LEFT
from tests.flow.residents import SERVICES, TODAY
from tests.robots.elder import Elder
from tests.robots.how_it_went import Sitting, table
from tests.robots.persona import Persona
from tests.robots.purpose import purpose
from tests.robots.senses import Eye
from tests.screens.sitting_room import PATIENCE, PEOPLE, Hand, Room

CARD = "zhang-guifang"
IN_EVERY_RUN, IN_A_SOAK, AT_A_TIME = 50, 1000, 25
THEY_COME_FOR = (
    "elderly-allowance",
    "pension-confirmation",
    "home-care-visit",
    "lost-card-report",
    "complaint",
)
MOST_WHO_GIVE_UP = 0.2
"""Of all; they would have called somebody."""
_FIGURES = {"零": "0", "幺": "1", **{word: str(n) for n, word in enumerate("一二三四五六七八九", 1)}}
_WORDS = {word: str(n) for n, word in enumerate("zero one two three four five six seven eight nine".split())}


async def sitting_of(centre: Room, persona: Persona, card_left: int) -> tuple[Sitting, list[str], int]:
    """One sitting, what of the person may be nowhere afterwards, and the cards they left behind."""
    chance = Random(f"why {persona.seed}")
    service = SERVICES[chance.choice(THEY_COME_FOR)]
    walks = [walk for walk in survey(service, TODAY).covering if walk.end == "submit" and not walk.refused]
    walk = chance.choice(walks)
    purposes = {
        language: purpose(service, walk, language, Eye(language).wording, card=persona.brings_a_card)
        for language in LANGUAGES
    }
    await plugged_in(centre)
    app = centre.app(card_left=card_left, sizes=persona.sizes)
    async with app.run_test(size=persona.grid) as pilot:
        hand = Hand(pilot)
        await hand.until(lambda: bool(hand.place), "the first page")
        if card_left:
            centre.reader.lift()
            await hand.settle()
        elder = Elder(hand, pilot, centre, persona, purposes, CARD)
        await elder.sit()
    centre.reader.mend()
    left = max((app.return_code or 0) - CARD_LEFT, 0)
    if not left:
        centre.reader.lift()
    private = [PEOPLE[CARD].number, PEOPLE[CARD].name] if persona.brings_a_card else []
    private += [value for value in walk.answers.values() if re.fullmatch(r"\d{11,19}X?", value)]
    return elder.sitting, private, left


async def plugged_in(centre: Room) -> None:
    """The cable that came out goes back in before the next person sits down."""
    limit = time.monotonic() + PATIENCE
    while True:
        with suppress(RuntimeError):
            if centre.reader.path:
                return
        assert time.monotonic() < limit
        await asyncio.sleep(0.02)


def figures_said(log: Path) -> list[str]:
    """All figures of each sentence that went to the loudspeaker, one after another."""
    lines = [json.loads(line)["text"] for line in log.read_text(encoding="utf-8").splitlines()]
    return [
        "".join(_figure(word) for word in re.findall(r"[a-z]+|[^a-z]", line.casefold())) for line in lines
    ]


def _figure(word: str) -> str:
    return word if word.isascii() and word.isdigit() else _FIGURES.get(word) or _WORDS.get(word, "")


async def people_come(centre: Room, log: Path, seeds: range) -> list[Sitting]:
    sittings: list[Sitting] = []
    card_left = 0
    for seed in seeds:
        log.unlink(missing_ok=True)
        sitting, private, card_left = await sitting_of(centre, Persona(seed), card_left)
        sittings.append(sitting)
        numbers = [one for one in private if one[:11].isdigit()]
        for said in figures_said(log):
            assert not any(number[:-1] in said for number in numbers), seed
        left = [path for path in centre.folder.rglob("*") if path.is_file() and "store" not in path.name]
        for path in left:
            kept = path.read_bytes()
            assert not any(word.encode() in kept for word in private), (seed, path.name)
    return sittings


@pytest.mark.slow
async def test_fifty_old_people(centre: Room, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """K09, K26, K32: nothing falls; no private number is said aloud or left outside the store."""
    sittings = await people_come(centre, tmp_path / "speech.jsonl", range(IN_EVERY_RUN))
    print(table(sittings))
    assert PEOPLE[CARD].number not in caplog.text and PEOPLE[CARD].name not in caplog.text
    gave_up = sum(not one.handed_in for one in sittings)
    assert gave_up <= MOST_WHO_GIVE_UP * len(sittings), table(sittings)


@pytest.fixture(scope="module")
def everybody() -> Iterator[list[Sitting]]:
    """All who come in a soak; how they got on is printed at the end."""
    sittings: list[Sitting] = []
    yield sittings
    if sittings:
        print(table(sittings))


@pytest.mark.soak
@pytest.mark.parametrize("first", range(IN_EVERY_RUN, IN_EVERY_RUN + IN_A_SOAK, AT_A_TIME))
async def test_a_thousand_old_people(
    centre: Room, tmp_path: Path, everybody: list[Sitting], first: int
) -> None:
    """The same with a thousand more, a few at a time, so that no test is taken for one that hangs."""
    sittings = await people_come(centre, tmp_path / "speech.jsonl", range(first, first + AT_A_TIME))
    everybody += sittings
    assert sum(not one.handed_in for one in sittings) <= MOST_WHO_GIVE_UP * len(sittings), table(sittings)
