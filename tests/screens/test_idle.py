"""Nobody there: the warning, what holds the clock, and the end (K30, K31)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.config import Times
from kiosk.flow.moves import Overlay
from kiosk.flow.pages.house import goodbye
from kiosk.flow.sitting import Sitting
from kiosk.flow.source import Slot
from kiosk.text import LANGUAGES
from screens.resident.idle import GOODBYE, GOODBYE_WITH_CARD, LONGEST, IdleClock
from tests.flow.residents import WORLD
from voice.privacy import Output
from voice.script import Reading, script

Forward = Callable[[float], "asyncio.Future[None]"]


class Watched:
    """An idle clock on a loop whose time only this test moves, and what it has called for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.loop = asyncio.get_running_loop()
        self.now = self.loop.time()
        monkeypatch.setattr(self.loop, "time", lambda: self.now)
        self.busy = False
        self.called: list[str] = []
        self.clock = IdleClock(
            Times(idle=180, warning=45),
            lambda: self.busy,
            lambda over: self.called.append("over" if over else "quiet"),
            lambda: self.called.append("remind"),
        )

    async def pass_by(self, seconds: float) -> None:
        for _ in range(round(seconds * 2)):
            self.now += 0.5
            await asyncio.sleep(0)
            await asyncio.sleep(0)


@pytest.fixture
async def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(monkeypatch)


async def test_after_three_minutes_it_asks(watched: Watched) -> None:
    """K30."""
    watched.clock.follow(Sitting(place="home"))
    await watched.pass_by(179)
    assert watched.called == []
    await watched.pass_by(2)
    assert watched.called == ["quiet"]


async def test_every_key_begins_the_three_minutes_again(watched: Watched) -> None:
    for _ in range(5):
        watched.clock.touch()
        await watched.pass_by(170)
    assert watched.called == []


async def test_speech_and_help_hold_the_clock(watched: Watched) -> None:
    """K30."""
    watched.clock.follow(Sitting(place="home"))
    watched.busy = True
    await watched.pass_by(600)
    assert watched.called == []
    watched.busy = False
    await watched.pass_by(6)
    assert watched.called == ["quiet"]


async def test_the_time_in_which_something_is_said_does_not_count(watched: Watched) -> None:
    """K30: two minutes of speech are two minutes more, and so is a card that is read meanwhile."""
    watched.clock.follow(Sitting(place="home"))
    for _ in range(12):
        await watched.pass_by(10)
        watched.clock.stirred()
    await watched.pass_by(179)
    assert watched.called == []
    await watched.pass_by(2)
    assert watched.called == ["quiet"]


async def test_what_never_ends_being_said_holds_no_visit_open_for_ever(watched: Watched) -> None:
    watched.clock.follow(Sitting(place="home"))
    watched.busy = True
    for _ in range(90):
        await watched.pass_by(10)
        watched.clock.stirred()
    assert watched.called == ["quiet"]


@pytest.mark.parametrize("overlay", [Overlay.HELP, Overlay.CALLED])
async def test_a_key_in_help_does_not_hurry_whoever_reads_it(watched: Watched, overlay: Overlay) -> None:
    """K30: ten minutes, also from the last key that stays in Help."""
    watched.clock.follow(Sitting(place="home", overlay=overlay))
    await watched.pass_by(60)
    watched.clock.touch()
    await watched.pass_by(LONGEST - 1)
    assert watched.called == []
    await watched.pass_by(2)
    assert watched.called == ["quiet"]


async def test_the_warning_is_repeated_at_twenty_and_ten_seconds_and_not_oftener(watched: Watched) -> None:
    """K31."""
    watched.clock.follow(Sitting(place="home", overlay=Overlay.IDLE))
    said = []
    for second in range(1, 46):
        await watched.pass_by(1)
        said += [(second, word) for word in watched.called]
        watched.called.clear()
    assert said == [(25, "remind"), (35, "remind"), (45, "over")]


async def test_a_key_ends_the_warning(watched: Watched) -> None:
    watched.clock.follow(Sitting(place="home", overlay=Overlay.IDLE))
    await watched.pass_by(30)
    watched.called.clear()
    watched.clock.follow(Sitting(place="home"))
    await watched.pass_by(100)
    assert watched.called == []


@pytest.mark.parametrize(("card", "seconds"), [(Slot.NONE, GOODBYE), (Slot.IDENTITY, GOODBYE_WITH_CARD)])
async def test_goodbye_lasts_no_longer_for_keys(watched: Watched, card: Slot, seconds: int) -> None:
    watched.clock.follow(Sitting(place="goodbye", card_lying=card))
    await watched.pass_by(seconds - 2)
    watched.clock.touch()
    assert "over" not in watched.called
    await watched.pass_by(3)
    assert watched.called[-1] == "over"


async def test_a_card_that_lies_at_the_end_is_called_out_again_and_again(watched: Watched) -> None:
    """K34: on whichever reader; without one nobody is called after."""
    for slot, calls in ((Slot.IDENTITY, 4), (Slot.MEMBER, 4), (Slot.SOCIAL, 4), (Slot.NONE, 0)):
        watched.called.clear()
        again = partial(watched.called.append, "now")
        watched.clock = IdleClock(Times(), lambda: False, lambda over: None, again)
        watched.clock.follow(Sitting(place="goodbye", card_lying=slot))
        await watched.pass_by(GOODBYE_WITH_CARD)
        assert watched.called == ["now"] * calls


async def test_a_card_that_was_left_is_called_out_to_the_next_one_but_not_for_ever(watched: Watched) -> None:
    """K34."""
    watched.clock.follow(Sitting(card_left=Slot.IDENTITY, card_lying=Slot.IDENTITY))
    await watched.pass_by(179)
    assert watched.called == ["remind"] * 3


def test_the_alarm_is_said_before_everything_else() -> None:
    """K34: within 3 s of the end, as speech begins 750 ms after the page (K03) and this comes first."""
    texts = load_catalogue("resident")
    for slot, key in ((Slot.IDENTITY, "goodbye.card"), (Slot.MEMBER, "goodbye.cards")):
        page = goodbye(Sitting(place="goodbye", card_lying=slot), WORLD)
        for language in LANGUAGES:
            said = script(page, Reading(language, Output.LOUDSPEAKER, load_catalogue("voice")))
            assert said[0].text == texts[key].say(language)
