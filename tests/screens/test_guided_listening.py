"""A helper's walk at the microphone, and what sounds: the far ends are scripts, all else is the product."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from kiosk.catalogue import load_catalogue
from kiosk.config import Settings, load_settings
from kiosk.display.tables import faces, panels
from kiosk.display.type_size import TOUCH_HEIGHT, TOUCH_WIDTH, fits
from kiosk.flow.page import Choice, Entry, Page
from kiosk.ports import Caption, Hearing, Listener, NotUnderstood, Speaker, Understood
from kiosk.selftest.finding import State
from kiosk.selftest.guided import Step, Walk
from kiosk.text import Text
from screens.guided_check import ONCE_MORE, Around, GuidedCheck
from screens.keys import REPEAT_GUARDS
from tests.screens.answering_aloud import Script
from tests.screens.every_try import WORLD

APART = REPEAT_GUARDS["page"] + 0.05


class Voice:
    """Notes what is said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        """Headings of pages, and what was said beside them."""
        self.repeated = self.stopped = 0
        self.speaking = self.closed = False

    def notice(self, text: Text, language: str) -> None:
        self.said.append(text.say(language))

    def present(self, page: Page, language: str) -> None:
        self.said.append(page.heading.say(language))

    def repeat(self, *, whole: bool) -> None:
        self.repeated += 1

    def stop(self) -> None:
        self.stopped += 1

    def tone(self) -> float:
        return 0.0

    def close(self) -> None:
        self.closed = True

    def focus(self, page: Page, choice: Choice, language: str) -> None: ...
    def aloud(self, entry: Entry, language: str) -> None: ...
    def pause(self) -> None: ...
    def set_rate(self, step: int) -> None: ...
    def set_volume(self, step: int) -> None: ...


class Place:
    """A walk, and what stands around it."""

    def __init__(self, *steps: Step, settings: Settings | None = None) -> None:
        self.voice, self.ear = Voice(), Script()
        self.kept: list[Walk] = []
        self.listens = False
        voice = load_catalogue("voice")
        self.app = GuidedCheck(
            Around(
                settings or load_settings(),
                WORLD,
                load_catalogue("guided"),
                load_catalogue("box"),
                self._speaker,
                self._listener,
                lambda tell: lambda: None,
                lambda language: None,
                self._keep,
                lambda reason: voice[f"deaf.{reason}"],
            ),
            steps,
            "zh",
        )

    def _speaker(self, on_caption: Callable[[Caption], None], on_no_sound: Callable[[], None]) -> Speaker:
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


async def tap(pilot: Pilot[None], *keys: str) -> None:
    """As a hand does: a key that comes again at once is one that is held down."""
    for key in keys:
        await pilot.pause(APART)
        await pilot.press(key)


async def begun(pilot: Pilot[None], place: Place) -> None:
    """Once all that the walk works with is there."""
    await until(pilot, lambda: place.listens)
    await tap(pilot, "1")
    await until(pilot, lambda: place.app.walk.step is not None)


def drawn(place: Place) -> str:
    """The screen as it is painted, corners and all."""
    rows = (place.app.view.render_line(y).text for y in range(place.app.view.size.height))
    return "\n".join(rows)


async def test_the_microphone_opens_when_the_page_was_said_and_again_after_silence() -> None:
    """It must not hear the kiosk; and who is told to say it again is heard."""
    place = Place(Step.MICROPHONE)
    async with place.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: place.listens)
        place.voice.speaking = True
        await tap(pilot, "1")
        await until(pilot, lambda: "请说：是" in place.shown)
        await pilot.pause(0.3)
        assert place.ear.opened == 0
        place.voice.speaking = False
        await until(pilot, lambda: place.ear.opened == 1)
        asked = place.ear.pages[-1]
        assert [one.id for one in asked.choices] == ["yes", "no"]
        place.ear.tell(NotUnderstood(silent=True))
        await until(pilot, lambda: "没有听见声音" in place.shown and place.ear.opened == 2)
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
        await tap(pilot, "1")
        await until(pilot, lambda: "这一样还不行" in place.shown)
        await tap(pilot, "2")
        await until(pilot, lambda: bool(place.kept))
        (walk,) = place.kept
        (found,) = walk.findings(1)
        assert (found.state, found.words.show("zh")) == (State.BAD, words.show("zh"))


async def test_every_page_is_said_from_its_heading_and_again_by_its_key() -> None:
    place = Place(Step.SOUND, Step.HEADPHONES)
    async with place.app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, place)
        await until(pilot, lambda: len(place.voice.said) == 2)
        assert place.voice.said == ["把这台机器走一遍", "您好，这里是帮办。这句话，您听得清吗？"]
        await tap(pilot, "r")
        await until(pilot, lambda: place.voice.repeated == 1)
        await tap(pilot, "1")
        await until(pilot, lambda: "请插上耳机" in place.shown)
        await tap(pilot, "down", "enter")
        await until(pilot, lambda: "从哪里听到" in place.shown)
        assert place.voice.said[-1] == "您从哪里听到这句话？"
        assert len(place.voice.said) == 4


async def test_on_the_first_page_the_key_that_skips_says_that_there_is_nothing_to_skip() -> None:
    place = Place(Step.SOUND)
    async with place.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(place.voice.said))
        await tap(pilot, "s")
        nothing = load_catalogue("guided")["skip.not_here"].say("zh")
        await until(pilot, lambda: nothing in place.voice.said)
        assert place.app.walk.step is None


async def test_of_keys_only_the_next_one_is_said() -> None:
    """Who sees badly hears which key to press, and nothing that would drown it."""
    place = Place(Step.KEYPAD)
    async with place.app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, place)
        await until(pilot, lambda: len(place.voice.said) == 2)
        assert place.voice.said[-1] == "请按这个键：数字1"
        place.voice.stopped = 0
        await tap(pilot, "1", "slash")
        await until(pilot, lambda: len(place.voice.said) == 4)
        assert place.voice.said[-2:] == ["数字2", "数字2"]
        # what was begun of the page named another key
        assert place.voice.stopped >= 2
        await tap(pilot, "r")
        await until(pilot, lambda: place.voice.said[-1] == "请按这个键：数字2")
        await tap(pilot, *"234567890", "asterisk", "minus", "plus", "enter")
        await until(pilot, lambda: "试完了" in place.shown)
        assert place.kept[0].results[Step.KEYPAD].state is State.GOOD


async def test_enter_pressed_once_too_often_answers_nothing() -> None:
    """The trial of keys ends with Enter; a second one does not say of the next thing that it is well."""
    place = Place(Step.KEYPAD, Step.SOUND)
    async with place.app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, place)
        await tap(pilot, *"1234567890", "slash", "asterisk", "minus", "plus", "enter")
        await until(pilot, lambda: place.app.walk.step is Step.SOUND)
        await tap(pilot, "enter")
        await pilot.pause(APART)
        assert place.app.walk.step is Step.SOUND
        await until(pilot, lambda: time.monotonic() > place.app._struck_at + ONCE_MORE)
        await tap(pilot, "enter")
        await until(pilot, lambda: place.app.walk.ended)


async def test_larger_type_louder_and_help_are_there_as_for_a_resident() -> None:
    place = Place(Step.TOUCH)
    async with place.app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, place)
        await tap(pilot, "plus")
        await until(pilot, lambda: place.voice.said[-1].startswith("音量"))
        await tap(pilot, "h")
        await until(pilot, lambda: "跳过这一样" in place.shown and "字大小、颜色、声音" in place.shown)
        await tap(pilot, "3")
        await until(pilot, lambda: "您想调哪一样" in place.shown)
        assert "█" not in drawn(place)
        await tap(pilot, "0")
        await until(pilot, lambda: "亮着的角" in place.shown and "█" in drawn(place))


async def test_with_one_switch_the_mark_comes_to_the_bar_and_the_switch_skips() -> None:
    settings = load_settings()
    keys = replace(settings.keys, switches=1, stay=500)
    place = Place(Step.PRINTER, settings=replace(settings, keys=keys))
    async with place.app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, place)
        await until(pilot, lambda: "＞跳过" in place.shown)
        await tap(pilot, "f8")
        await until(pilot, lambda: "为什么跳过小票打印机" in place.shown)
        await until(pilot, lambda: "＞2现在试不了" in place.shown)
        await tap(pilot, "f8")
        await until(pilot, lambda: bool(place.kept))
        assert place.kept[0].results[Step.PRINTER].key == "skipped.later"


async def test_with_two_switches_all_can_be_reached() -> None:
    place = Place(Step.PRINTER)
    async with place.app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, place)
        for marked in ("＞2出来了，看不清", "＞3没有出来", "＞返回", "＞帮助", "＞重听", "＞跳过"):
            await tap(pilot, "f7")
            await until(pilot, lambda marked=marked: marked in place.shown)  # type: ignore[misc]
        await tap(pilot, "f8")
        await until(pilot, lambda: "为什么跳过小票打印机" in place.shown)


async def test_nobody_at_the_screen_any_more_gives_the_kiosk_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was tried until then is kept."""
    place = Place(Step.SOUND, Step.PRINTER)
    async with place.app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, place)
        await tap(pilot, "1")
        await until(pilot, lambda: "纸出来了吗" in place.shown)
        monkeypatch.setattr("screens.guided_check.NOBODY", 1.0)
        await until(pilot, lambda: place.app._exit)
    (walk,) = place.kept
    assert walk.stopped == 1 and walk.results.keys() == {Step.SOUND}


@pytest.mark.parametrize("size", [(40, 10), (57, 12), (80, 24)])
async def test_a_lit_corner_hides_no_words(size: tuple[int, int]) -> None:
    place = Place(Step.TOUCH)
    async with place.app.run_test(size=size) as pilot:
        await begun(pilot, place)
        for n, corner in enumerate(("左上角", "右上角", "右下角", "左下角"), 1):
            await until(pilot, lambda corner=corner: corner in place.shown)  # type: ignore[misc]
            lines = drawn(place).splitlines()
            seen = "".join("".join(lines).split())
            assert "用手指点亮着的角" in seen and f"第{n}个，共4个：{corner}" in seen
            assert "点了，不对" in seen and "█" in seen
            # the key under the corner is whole or not there
            assert ("返回" in seen) == (corner != "左下角") == ("返" in seen or "回" in seen)
            assert ("LEN" in seen) == (corner != "右下角") == ("EN" in seen or "L" in seen)
            lit = [y for y, line in enumerate(lines) if "█" in line]
            assert (min(lit) == 0) == (n < 3) and (max(lit) == size[1] - 1) == (n > 2)
            await pilot.pause()
            x = 0 if "左" in corner else size[0] - 1
            y = 0 if "上" in corner else size[1] - 1
            await pilot.click(offset=(x, y))
        await until(pilot, lambda: "试完了" in place.shown)


@pytest.mark.parametrize("inches", ["10.1", "13.3", "15.6"])
async def test_a_lit_corner_is_as_large_as_a_finger_at_every_size(inches: str) -> None:
    for fit in fits(panels()[inches], faces()["kitty"]):
        place = Place(Step.TOUCH)
        place.app.view.pitch = fit.pitch
        async with place.app.run_test(size=(fit.columns, fit.rows)) as pilot:
            await begun(pilot, place)
            await until(pilot, lambda place=place: "█" in drawn(place))  # type: ignore[misc]
            lines = [line for line in drawn(place).splitlines() if "█" in line]
            assert len(lines) * fit.pitch.height >= TOUCH_HEIGHT
            assert all(line.count("█") * fit.pitch.width >= TOUCH_WIDTH for line in lines)
