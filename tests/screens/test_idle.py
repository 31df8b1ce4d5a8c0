"""Nobody there: the warning, what holds the clock, and the end (K30, K31)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from kiosk.config import Times
from kiosk.flow.moves import Overlay
from kiosk.flow.sitting import Sitting
from kiosk.flow.source import Slot
from screens.resident.idle import GOODBYE, GOODBYE_WITH_CARD, IdleClock

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
    assert watched.called == []
    await watched.pass_by(3)
    assert watched.called == ["over"]
