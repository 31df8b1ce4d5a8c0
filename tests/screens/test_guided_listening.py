"""A helper's walk at the microphone, and what sounds: the far ends are scripts, all else is the product."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from kiosk.catalogue import load_catalogue
from kiosk.flow.page import Choice, Entry, Page
from kiosk.ports import Hearing, Listener, NotUnderstood, Speaker, Understood
from kiosk.selftest.finding import State
from kiosk.selftest.guided import Step, Walk
from kiosk.text import Text
from screens.guided_check import Around, GuidedCheck
from tests.screens.answering_aloud import Script


class Voice:
    """Notes what is said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.closed = False

    def notice(self, text: Text, language: str) -> None:
        self.said.append(text.say(language))

    def stop(self) -> None:
        pass

    def tone(self) -> float:
        return 0.0

    def close(self) -> None:
        self.closed = True

    def present(self, page: Page, language: str) -> None: ...
    def focus(self, page: Page, choice: Choice, language: str) -> None: ...
    def aloud(self, entry: Entry, language: str) -> None: ...
    def repeat(self, *, whole: bool) -> None: ...
    def pause(self) -> None: ...
    def set_rate(self, step: int) -> None: ...
    def set_volume(self, step: int) -> None: ...

    @property
    def speaking(self) -> bool:
        return False


class Place:
    """A walk, and what stands around it."""

    def __init__(self, *steps: Step) -> None:
        self.voice, self.ear = Voice(), Script()
        self.kept: list[Walk] = []
        self.listens = False
        voice = load_catalogue("voice")
        self.app = GuidedCheck(
            Around(
                load_catalogue("guided"),
                load_catalogue("box"),
                load_catalogue("resident"),
                self._speaker,
                self._listener,
                lambda tell: lambda: None,
                lambda language: None,
                self._keep,
                lambda reason: voice[f"deaf.{reason}"],
            ),
            steps,
            {},
            "dark",
            "zh",
        )

    def _speaker(self, on_no_sound: Callable[[], None]) -> Speaker:
        return self.voice

    def _listener(self, on_hearing: Callable[[Hearing], None]) -> Listener:
        self.ear.tell, self.listens = on_hearing, True
        return self.ear

    def _keep(self, walk: Walk, now: float) -> bool:
        self.kept.append(walk)
        return True

    @property
    def shown(self) -> str:
        layout = self.app.view.layout_now
        assert layout is not None
        rows = ("".join(span.words for span in layout.painted(y)) for y in range(layout.grid.rows))
        return "".join("".join(rows).split())


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    limit = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < limit
        await pilot.pause(0.01)


async def begun(pilot: Pilot[None], place: Place) -> None:
    """Once all that the walk works with is there."""
    await until(pilot, lambda: place.listens)
    await pilot.press("1")
    await until(pilot, lambda: place.app.walk.step is not None)


async def test_whoever_is_understood_goes_on_and_whoever_is_not_is_told_why() -> None:
    place = Place(Step.MICROPHONE)
    async with place.app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, place)
        await until(pilot, lambda: place.ear.opened == 1)
        (asked,) = place.ear.pages
        assert [one.id for one in asked.choices] == ["yes", "no"]
        place.ear.tell(NotUnderstood(silent=True))
        await until(pilot, lambda: "没有听见声音" in place.shown)
        await pilot.press("r")
        await until(pilot, lambda: place.ear.opened == 2 and "没有听见声音" not in place.shown)
        place.ear.tell(Understood(choice="yes"))
        await until(pilot, lambda: "试完了" in place.shown)
        (walk,) = place.kept
        assert walk.results[Step.MICROPHONE].state is State.GOOD
    assert place.ear.closed and place.voice.closed


@pytest.mark.parametrize("reason", ["no_model", "no_microphone"])
async def test_a_deaf_kiosk_says_why_and_the_report_says_it_too(reason: str) -> None:
    place = Place(Step.MICROPHONE)
    words = load_catalogue("voice")[f"deaf.{reason}"]
    async with place.app.run_test(size=(80, 24)) as pilot:
        place.ear.deaf = reason
        await begun(pilot, place)
        await until(pilot, lambda: "".join(words.show("zh").split())[:8] in place.shown)
        await pilot.press("2")
        await until(pilot, lambda: bool(place.kept))
        (walk,) = place.kept
        (found,) = walk.findings(1)
        assert (found.state, found.words.show("zh")) == (State.BAD, words.show("zh"))


async def test_the_sentence_is_said_once_and_again_when_asked_for() -> None:
    place = Place(Step.SOUND, Step.HEADPHONES)
    async with place.app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, place)
        await until(pilot, lambda: len(place.voice.said) == 1)
        await pilot.press("4")
        await until(pilot, lambda: len(place.voice.said) == 2)
        await pilot.press("1")
        await until(pilot, lambda: "请插上耳机" in place.shown)
        # nothing sounds before the headphones are on
        assert len(place.voice.said) == 2
        await pilot.press("down", "enter")
        await until(pilot, lambda: "从哪里听到" in place.shown)
        assert len(place.voice.said) == 3
