"""The app with somebody who listens: what is heard comes from a script, all else is the product."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

from kiosk.config import Listening
from kiosk.flow.page import Choice, Entry, Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting
from kiosk.ports import Caption, Deaf, Hearing, Opened, Shut
from kiosk.text import Text
from screens.resident.app import ResidentApp
from screens.resident.listening import LOOK_EVERY
from tests.flow.residents import AT_EIGHTY, WORLD, begun, led
from tests.screens.sitting_room import Hand, Room

SPEAKING = -5
"""The row above the bar on which a caption begins, at 80 x 24."""
SPEAK = WORLD.texts["listen.speak"].show("zh")
WHO = led(begun(None), AT_EIGHTY, "question:who")
PHONE = led(begun(None), AT_EIGHTY, "question:phone")
NAME = led(begun(None), AT_EIGHTY, "question:name")


@dataclass
class Script:
    """Somebody who listens: hears what the test says, and notes what it is asked to do."""

    tell: Callable[[Hearing], None] = lambda _hearing: None
    pages: list[Page] = field(default_factory=list)
    on: bool = False
    opened: int = 0
    closed: bool = False
    deaf: str = ""

    def attend(self, page: Page, language: str) -> None:
        self.pages.append(page)
        self._shut()

    def open(self) -> None:
        if self.deaf:
            self.tell(Deaf(self.deaf))
            return
        self.on = True
        self.opened += 1
        self.tell(Opened())

    def shut(self) -> None:
        self._shut()

    def mute(self, *, on: bool) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def _shut(self) -> None:
        if self.on:
            self.on = False
            self.tell(Shut())

    def is_open(self) -> bool:
        return self.on

    def hears(self, hearing: Hearing) -> None:
        """Somebody has spoken, or not."""
        assert self.on, "nobody is listened to"
        self._shut()
        self.tell(hearing)


TONE = "(a tone)"


@dataclass
class Voice:
    """Says all in no time, or is still speaking, as the test wants it; shows what it says."""

    show: Callable[[Caption], None]
    said: list[str] = field(default_factory=list)
    busy: bool = False
    rates: list[int] = field(default_factory=list)
    tone_lasts: float = 0.0

    def present(self, page: Page, language: str) -> None:
        self._say(page.heading.show(language))

    def focus(self, page: Page, choice: Choice, language: str) -> None:
        self._say(choice.label.show(language))

    def notice(self, text: Text, language: str) -> None:
        self._say(text.show(language))

    def aloud(self, entry: Entry, language: str) -> None:
        self._say(f"aloud {entry.value}")

    def repeat(self, *, whole: bool) -> None:
        self._say("again" if whole else "the last sentence again")

    def stop(self) -> None:
        self.busy = False

    def pause(self) -> None:
        pass

    def set_rate(self, step: int) -> None:
        self.rates.append(step)

    def set_volume(self, step: int) -> None:
        pass

    def tone(self) -> float:
        self.said.append(TONE)
        return self.tone_lasts

    @property
    def speaking(self) -> bool:
        return self.busy

    def close(self) -> None:
        pass

    def _say(self, words: str) -> None:
        self.said.append(words)
        self.show(Caption(words, True))


@asynccontextmanager
async def listening_at(
    room: Room, at: Sitting | None, mode: Literal["push", "free"] = "push", *, tone: bool = True
) -> AsyncIterator[tuple[Hand, Script]]:
    """The app at a page, with somebody who listens."""
    listener = Script()

    def make_listener(tell: Callable[[Hearing], None]) -> Script:
        listener.tell = tell
        return listener

    def make_speaker(show: Callable[[Caption], None], _no_sound: Callable[[], None]) -> Voice:
        return Voice(show)

    room.settings = replace(room.settings, listening=Listening(mode=mode, tone=tone))
    app = room.app(at)
    fittings = replace(app.fittings, make_listener=make_listener, make_speaker=make_speaker)
    app = ResidentApp(fittings)
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.until(lambda: bool(listener.pages), "somebody who listens")
        if at is not None:
            await hand.sees(page_of(at, WORLD).id)
        yield hand, listener
    assert listener.closed


async def says(hand: Hand, listener: Script, hearing: Hearing) -> None:
    """Press the key, and say it."""
    await hand.presses("f12")
    await hand.until(listener.is_open, "an open microphone")
    listener.hears(hearing)
    await hand.settle()


def voice_of(hand: Hand) -> Voice:
    assert isinstance(hand.app.speaker, Voice)
    return hand.app.speaker


async def said_out(hand: Hand) -> None:
    """The kiosk says all it has to say; then, what comes of that."""
    voice_of(hand).busy = False
    for _ in range(3):
        await asyncio.sleep(2 * LOOK_EVERY)
        await hand.settle()
