"""Answers by voice on the real screens: what is heard comes from a script, all else is the product."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

import pytest
from rich.cells import cell_len

from kiosk.config import Listening
from kiosk.flow.moves import Back, Choose, Enter, Heard, HeardAmong, Miss, Missed, Move, Overlay, Quiet
from kiosk.flow.page import Choice, Entry, Page
from kiosk.flow.pages.hearing import hint
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting
from kiosk.ports import (
    Caption,
    Deaf,
    Hearing,
    Level,
    NotUnderstood,
    Opened,
    Shut,
    Understood,
    Unsure,
    Wish,
    Wished,
)
from kiosk.text import LANGUAGES, Text
from screens.captions import caption_pieces, caption_spans, level_line, marks_in
from screens.grid import Grid
from screens.keys import Act
from screens.layout import PRESS, lay_out
from screens.resident.app import ResidentApp
from screens.resident.listening import LOOK_EVERY
from screens.spans import Look
from tests.flow.residents import AT_EIGHTY, WORLD, begun, led, moved, world_of
from tests.screens.every_page import every_sitting
from tests.screens.sitting_room import Hand, Room
from tests.screens.test_every_page_fits import (
    TEXTS,
    VOICE,
    Drawn,
    content_rows,
    every_language,
    every_size,
    expected_content,
    inside,
    parts_of,
    squeezed,
)
from voice.privacy import Output
from voice.script import Reading, script
from voice.understanding import expectation, load_pack, understand

SPEAKING = -5
"""The row above the bar on which a caption begins, at 80 x 24."""
SPEAK = TEXTS["listen.speak"].show("zh")
WHO = led(begun(None), AT_EIGHTY, "question:who")
PHONE = led(begun(None), AT_EIGHTY, "question:phone")
NAME = led(begun(None), AT_EIGHTY, "question:name")


# the pages, at every size


@cache
def pages_said_back() -> tuple[Page, ...]:
    """Each choice that can be said, two that sound alike, and the page that offers keys, over each page."""
    pages: dict[object, Page] = {}
    for sitting in every_sitting():
        world = world_of(sitting.service) if sitting.service else WORLD
        choices = page_of(sitting, world).choices
        moves: list[tuple[Move, ...]] = [(Heard(one.id, at),) for at, one in enumerate(choices, 1)]
        among = HeardAmong(tuple(choice.id for choice in choices[:2]))
        for made in (*moves, (among,), (Missed(Miss.UNCLEAR),) * 3):
            there = moved(sitting, *made, world=world)
            if there.said_back is not None or there.overlay is Overlay.UNHEARD:
                page = page_of(there, world)
                pages.setdefault((page.heading, page.choices), page)
    dictated = (moved(PHONE, Heard(typed="138")), moved(NAME, Heard(typed="欧阳" * 20)))
    return (*pages.values(), *(page_of(sitting, WORLD) for sitting in dictated))


@every_language
@every_size
def test_what_was_heard_stands_whole_on_every_screen(grid: Grid, language: str) -> None:
    """K16, K01: and the bar has the key to speak wherever there is room."""
    assert len(pages_said_back()) > 100
    for page in pages_said_back():
        for part in parts_of(page, grid, language):
            layout = lay_out(part, grid, language, TEXTS, 0, listens=True)
            each = Drawn(page, part, layout, layout.text())
            assert content_rows(each) == expected_content(part, grid, language), (page.id, each.lines)
            assert len(part.choices) <= 4
            assert page.parts == 1 or grid.rows < 24
            for choice in part.choices:
                target = next(t for t in layout.targets if t.act == f"choose:{choice.id}")
                assert squeezed(choice.label.show(language)) in inside(layout, target)
            bar = {t.act.removeprefix(PRESS): t for t in layout.targets if t.act.startswith(PRESS)}
            assert ("listen" in bar) == (grid.columns > 40)
            for name, target in bar.items():
                assert inside(layout, target).endswith(squeezed(TEXTS[f"bar.{name}"].show(language)))
                assert target.column + target.columns <= grid.columns


@every_language
def test_what_was_heard_is_asked_in_a_few_words(language: str) -> None:
    """The person waits for it after each answer: what they have heard already is not said again."""
    reading = Reading(language, Output.LOUDSPEAKER, VOICE)
    for page in pages_said_back():
        said = script(page, reading)
        assert {choice.id for choice in page.choices} <= {sentence.place for sentence in said}
        assert not {"body", "entry"} & {s.place for s in said} or page.id.startswith("unheard@"), page.id


def test_a_private_number_is_said_back_by_its_last_figures() -> None:
    """K26."""
    page = page_of(moved(PHONE, Heard(typed="13800138000")), WORLD)
    said = "".join(s.text for s in script(page, Reading("zh", Output.LOUDSPEAKER, VOICE)))
    assert "尾号00" in said and "138" not in said
    assert "1380 0138 000" in page.heading.show("zh")


@every_size
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("height", [-1.0, 0.0, 0.37, 1.0, 2.0])
def test_the_level_meter_fills_its_line(grid: Grid, language: str, height: float) -> None:
    """K18: how loud it is can be told without colours."""
    words = TEXTS["listen.speak"].show(language)
    line = level_line(words, height, grid.width)
    assert cell_len(line) == grid.width
    assert line.startswith(words)
    assert (line.count("█") > 0) == (height > 0)
    assert ("·" in line) == (height < 1)


# the word that sounds


@every_size
def test_each_word_of_a_caption_is_marked_where_it_stands(grid: Grid) -> None:
    words = (
        "您好，张桂芳。请到 3 号窗口，找 WPS 组的老师，带上身份证和户口簿的复印件。" * 2
        + "Thank you very much."
    )
    pieces = caption_pieces(words, grid.width, grid.caption_rows)
    for start in range(len(words)):
        for length in (1, 3):
            marked = ""
            for mark in marks_in(pieces, words, (start, length)):
                marked += pieces[mark.piece][mark.line][mark.start : mark.end]
            assert squeezed(marked) == squeezed(words[start : start + length]), (start, length)


def test_the_mark_cuts_no_line_and_changes_no_word() -> None:
    line = "请到3号窗口"
    marks = marks_in([[line]], line, (2, 1))
    spans = caption_spans(line, 2, marks)
    assert [(span.words, span.look) for span in spans] == [
        ("  ", Look.QUIET),
        ("请到", Look.QUIET),
        ("3", Look.MARK),
        ("号窗口", Look.QUIET),
    ]
    assert [span.column for span in spans] == [0, 2, 6, 7]


# the app


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


@dataclass
class Voice:
    """Says all in no time, or is still speaking, as the test wants it; shows what it says."""

    show: Callable[[Caption], None]
    said: list[str] = field(default_factory=list)
    busy: bool = False
    rates: list[int] = field(default_factory=list)

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
    room: Room, at: Sitting | None, mode: Literal["push", "free"] = "push"
) -> AsyncIterator[tuple[Hand, Script]]:
    """The app at a page, with somebody who listens."""
    listener = Script()

    def make_listener(tell: Callable[[Hearing], None]) -> Script:
        listener.tell = tell
        return listener

    def make_speaker(show: Callable[[Caption], None], _no_sound: Callable[[], None]) -> Voice:
        return Voice(show)

    room.settings = replace(room.settings, listening=Listening(mode=mode))
    app = room.app(at)
    fittings = replace(app._fittings, make_listener=make_listener, make_speaker=make_speaker)
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


async def test_zhang_presses_the_key_says_the_number_and_says_yes(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        assert not listener.opened, "with a key only the key opens it"
        await hand.presses("v")
        assert hand.lines[SPEAKING].strip().startswith(SPEAK)
        listener.tell(Level(0.5))
        await hand.settle()
        assert "█" in hand.lines[SPEAKING]
        listener.hears(Understood(choice="family"))
        await hand.sees("heard@question:who")
        assert "您说的是2" in hand.seen and SPEAK not in hand.lines[SPEAKING]
        assert listener.pages[-1].id == "heard@question:who", "a yes is listened for there"
        await says(hand, listener, Understood(choice="yes"))
        await hand.sees(moved(WHO, Choose("family")).place)


async def test_what_was_heard_is_answered_by_key_and_touch_too(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        await says(hand, listener, Understood(choice="family"))
        await hand.presses("2")
        await hand.sees("question:who")
        await says(hand, listener, Understood(choice="family"))
        await hand.touches("choose:yes")
        await hand.sees(moved(WHO, Choose("family")).place)


async def test_pressing_again_ends_what_is_said(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        await hand.presses("v", "v")
        assert not listener.is_open() and SPEAK not in hand.seen
        listener.tell(Understood(choice="family"))
        await hand.sees("heard@question:who")


@pytest.mark.parametrize("presses", [["v"], ["v", "v"]], ids=["while-speaking", "after-speaking"])
async def test_any_other_key_forgets_what_was_said(room: Room, presses: list[str]) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        await hand.presses(*presses)
        pages = len(listener.pages)
        await hand.presses("down")
        assert not listener.is_open() and SPEAK not in hand.seen
        assert len(listener.pages) == pages + 1, "what was begun is for nobody any more"
        assert hand.place == "question:who"


async def test_what_was_said_to_the_last_page_answers_no_other(room: Room) -> None:
    """The news is on its way when a key turns the page."""
    async with listening_at(room, WHO) as (hand, _listener):
        app, following = hand.app, moved(WHO, Choose("self"))
        answer = page_of(following, WORLD).choices[0].id
        await hand.presses("1")
        place = hand.place
        assert place == following.place
        app.post_message(app.FromListener(Understood(choice=answer), 1))
        await hand.settle()
        assert hand.place == place


@pytest.mark.parametrize(
    ("wish", "then"),
    [
        (Wish.HELP, "help@question:who"),
        (Wish.PERSON, "called@question:who"),
        (Wish.BACK, "question:relation"),
    ],
)
async def test_commands_act_at_once(room: Room, wish: Wish, then: str) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        await says(hand, listener, Wished(wish))
        await hand.until(lambda: hand.place != "question:who", "another page")
        if wish is Wish.BACK:
            assert hand.place == moved(WHO, Back()).place
        else:
            assert hand.place == then


async def test_louder_slower_and_again_need_no_page(room: Room) -> None:
    """K21, K07."""
    async with listening_at(room, WHO) as (hand, listener):
        for wish, words in ((Wish.LOUDER, "音量第8档"), (Wish.SLOWER, "说话速度第3档")):
            await says(hand, listener, Wished(wish))
            assert words in hand.seen
        await says(hand, listener, Wished(Wish.REPEAT))
        assert voice_of(hand).said[-1] == "again"


async def test_next_goes_on_where_there_is_one_way_and_answers_nothing_else(room: Room) -> None:
    async with listening_at(room, Sitting(place="welcome")) as (hand, listener):
        await says(hand, listener, Wished(Wish.NEXT))
        await hand.sees("card")
    async with listening_at(room, WHO) as (hand, listener):
        await says(hand, listener, Wished(Wish.NEXT))
        assert hand.place == "question:who"
        assert voice_of(hand).said[-1] == hint(page_of(WHO, WORLD), Miss.UNCLEAR, 1, TEXTS).show("zh")


async def test_each_miss_is_explained_and_the_third_offers_keys_and_a_person(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        page = page_of(WHO, WORLD)
        for times in (1, 2):
            await says(hand, listener, NotUnderstood())
            assert voice_of(hand).said[-1] == hint(page, Miss.UNCLEAR, times, TEXTS).show("zh")
            assert hand.place == "question:who"
        await says(hand, listener, NotUnderstood())
        await hand.sees("unheard@question:who")
        await hand.presses("1")
        await hand.sees("question:who")


async def test_two_that_sound_alike_are_both_shown(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        await says(hand, listener, Unsure(("self", "family")))
        await hand.sees("heard@question:who")
        assert [choice.id for choice in hand.part.choices] == ["self", "family", "neither"]


async def test_a_dictated_number_is_kept_group_by_group(room: Room) -> None:
    """What was said stands in the field, and can be finished by hand (K09)."""
    async with listening_at(room, PHONE) as (hand, listener):
        await hand.presses("f12")
        assert not listener.is_open(), "first it is said that others would hear"
        assert "旁边的人会听见" in hand.seen
        await says(hand, listener, Understood(typed="139"))
        await hand.sees("heard@question:phone")
        await hand.presses("1")
        await hand.sees("question:phone")
        assert hand.field == "139"
        await hand.types("00000000")
        await hand.presses("enter")
        assert hand.place == moved(PHONE, Enter("13900000000")).place


async def test_a_private_number_is_said_in_full_only_when_it_is_asked_for_twice(room: Room) -> None:
    """K26."""
    async with listening_at(room, PHONE) as (hand, _listener):
        voice = voice_of(hand)
        await hand.presses("f11")
        assert "旁边的人" not in voice.said[-1], "nothing stands there yet"
        await hand.types("139")
        await hand.presses("f11")
        assert voice.said[-1] == TEXTS["bar.aloud"].show("zh")
        await hand.presses("f11")
        assert voice.said[-1] == "aloud 139"
    async with listening_at(room, NAME) as (hand, _listener):
        await hand.types("abc")
        await hand.presses("f11")
        assert voice_of(hand).said[-1] == "aloud abc"


async def test_letters_are_typed_in_a_field_and_a_figure_shuts_the_microphone(room: Room) -> None:
    async with listening_at(room, NAME) as (hand, listener):
        await hand.types("v")
        assert hand.field == "v" and not listener.is_open()
        await hand.presses("f12")
        assert listener.is_open()
        await hand.types("w")
        assert hand.field == "vw" and not listener.is_open()


async def test_a_touch_opens_the_microphone_as_well(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        await hand.touches(f"{PRESS}{Act.LISTEN}")
        assert listener.is_open()
        await hand.touches(f"{PRESS}{Act.HELP}")
        assert not listener.is_open() and hand.place == "help@question:who"


# hands free


async def test_hands_free_it_opens_when_the_page_has_been_said(room: Room) -> None:
    async with listening_at(room, WHO, "free") as (hand, listener):
        voice = voice_of(hand)
        voice.busy = True
        await hand.settle()
        before = listener.opened
        await asyncio.sleep(3 * LOOK_EVERY)
        assert listener.opened == before, "the kiosk must not hear itself"
        voice.busy = False
        await hand.until(listener.is_open, "the microphone")
        listener.hears(Understood(choice="family"))
        await hand.sees("heard@question:who")
        await hand.until(listener.is_open, "the microphone for a yes")
        listener.hears(Understood(choice="yes"))
        await hand.sees(moved(WHO, Choose("family")).place)


async def test_it_is_told_once_how_to_answer_aloud(room: Room) -> None:
    for mode, key in (("push", "listen.how_push"), ("free", "listen.how_free")):
        async with listening_at(room, WHO, "push" if mode == "push" else "free") as (hand, _listener):
            await said_out(hand)
            await hand.presses("1")
            await said_out(hand)
            assert voice_of(hand).said.count(TEXTS[key].show("zh")) == 1


async def test_nobody_who_speaks_is_told_how_to_speak(room: Room) -> None:
    async with listening_at(room, None) as (hand, listener):
        await hand.sees("language")
        await hand.presses("1")
        await hand.sees("welcome")
        voice_of(hand).busy = True
        await hand.presses("v")
        assert listener.is_open() and not voice_of(hand).busy, "whoever presses the key need not wait"
        await said_out(hand)
        assert TEXTS["listen.how_push"].show("zh") not in voice_of(hand).said


async def test_hands_free_never_opens_for_a_private_answer_by_itself(room: Room) -> None:
    """K26: a key, a warning, and the key again; then for this field only."""
    async with listening_at(room, PHONE, "free") as (hand, listener):
        await said_out(hand)
        await hand.presses("f12")
        assert not listener.opened
        await hand.presses("f12")
        assert listener.is_open()
        listener.hears(Understood(typed="139"))
        await hand.sees("heard@question:phone")
        await hand.until(listener.is_open, "a yes can be said anywhere")
        listener.hears(Understood(choice="yes"))
        await hand.sees("question:phone")
        await hand.until(listener.is_open, "the next digits of the same number")
        await hand.presses("escape")
        await hand.sees("question:id_number")
        await said_out(hand)
        assert not listener.is_open(), "what was chosen for one field is for no other"
        await hand.presses("enter")
        await hand.sees("question:phone")
        await said_out(hand)
        assert not listener.is_open(), "another time they may not be alone"


async def test_hands_free_nobody_is_spoken_to_at_rest(room: Room) -> None:
    """Nobody may be there, and a talk in the hall is none of the kiosk's business."""
    async with listening_at(room, None, "free") as (hand, listener):
        await hand.sees("language")
        await said_out(hand)
        assert not listener.opened
        assert not any("说话来答" in words for words in voice_of(hand).said)


async def test_hands_free_a_key_shuts_it_until_the_next_page(room: Room) -> None:
    async with listening_at(room, WHO, "free") as (hand, listener):
        await hand.until(listener.is_open, "the microphone")
        await hand.presses("down")
        await said_out(hand)
        assert not listener.is_open()
        await hand.presses("r")
        voice_of(hand).busy = True
        await hand.presses("up")
        await said_out(hand)
        assert not listener.is_open(), "a key while it speaks is a hand, too"
        await hand.presses("r")
        await hand.until(listener.is_open, "the microphone, after the page was said again")
        await hand.presses("1")
        await hand.until(listener.is_open, "the microphone on the next page")


async def test_silence_is_met_with_the_page_more_slowly_then_help_then_a_person(room: Room) -> None:
    async with listening_at(room, WHO, "free") as (hand, listener):
        voice, page = voice_of(hand), page_of(WHO, WORLD)
        for words in ("again", page.help[0].show("zh")):
            await hand.until(listener.is_open, "the microphone")
            listener.hears(NotUnderstood(silent=True))
            await hand.settle()
            assert voice.said[-1] == words
        assert voice.rates == [4, 3, 4], "one step slower, and then as it was"
        await hand.until(listener.is_open, "the microphone")
        listener.hears(NotUnderstood(silent=True))
        await hand.sees("unheard@question:who")
        await hand.presses("1")
        await hand.sees("question:who")
        await said_out(hand)
        assert not listener.is_open(), "who was sent to the keys is not asked to speak again"


async def test_who_asks_for_a_moment_is_not_asked_again(room: Room) -> None:
    async with listening_at(room, WHO, "free") as (hand, listener):
        await hand.until(listener.is_open, "the microphone")
        listener.hears(Wished(Wish.STOP))
        for _ in range(4):
            await hand.until(listener.is_open, "the microphone, as long as it takes")
            listener.hears(NotUnderstood(silent=True))
            await hand.settle()
        assert hand.place == "question:who"
        await hand.until(listener.is_open, "the microphone")
        listener.hears(Understood(choice="family"))
        await hand.sees("heard@question:who")


async def test_are_you_there_is_answered_aloud(room: Room) -> None:
    """K31."""
    async with listening_at(room, WHO, "free") as (hand, listener):
        hand.app.course.wish(Quiet())
        await hand.sees("idle@question:who")
        await hand.until(listener.is_open, "the microphone")
        listener.hears(Understood(choice="go"))
        await hand.sees("question:who")


async def test_a_noisy_hall_keeps_no_visit_alive(room: Room) -> None:
    """K30: only words that mean something here are a person."""
    async with listening_at(room, WHO) as (hand, listener):
        due = {timer.when() for timer in hand.app.idle._timers}
        await hand.presses("v")
        pressed = {timer.when() for timer in hand.app.idle._timers}
        assert pressed != due
        listener.hears(NotUnderstood())
        await hand.settle()
        assert {timer.when() for timer in hand.app.idle._timers} == pressed


# nobody listens


async def test_without_a_listener_nothing_of_it_is_shown(room: Room) -> None:
    async with room.app(WHO).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("question:who")
        await hand.presses("v", "f12")
        assert hand.place == "question:who"
        assert f"{PRESS}listen" not in _acts(hand)
        assert SPEAK not in hand.seen


async def test_a_deaf_kiosk_says_so_to_staff_and_to_who_pressed_the_key(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening_at(room, WHO) as (hand, listener):
        listener.deaf = "no_microphone"
        with caplog.at_level(logging.WARNING):
            await hand.presses("v")
        assert "nothing can be heard: no_microphone" in caplog.text
        cannot = squeezed(TEXTS["listen.deaf"].show("zh") + TEXTS["listen.cannot"].show("zh"))
        assert cannot in hand.seen
        assert "F12" not in hand.seen and "V说话" not in hand.seen, "what does nothing is not offered"
        assert f"{PRESS}listen" not in _acts(hand)
        listener.deaf = ""
        await hand.presses("v")
        assert listener.is_open(), "once it is back it is used"
        assert f"{PRESS}listen" in _acts(hand)


def _acts(hand: Hand) -> list[str]:
    layout = hand.app.view.layout_now
    assert layout is not None
    return [target.act for target in layout.targets]


async def test_the_word_that_sounds_is_marked_on_the_screen(room: Room) -> None:
    async with listening_at(room, WHO) as (hand, _listener):
        await said_out(hand)
        app = hand.app
        app.post_message(app.Captioned(Caption("请坐一会儿", True, (1, 1))))
        await hand.settle()
        row = next(n for n, line in enumerate(hand.lines) if "请坐一会儿" in line)
        marked = [s.text for s in app.view.render_line(row) if s.style and s.style.underline]
        assert marked == ["坐"]
        app.post_message(app.Captioned(Caption("请坐一会儿", True, None)))
        await hand.settle()
        assert not [s for s in app.view.render_line(row) if s.style and s.style.underline]


def test_a_long_text_is_private_and_a_birthday_is_not() -> None:
    page = page_of(NAME, WORLD)
    assert isinstance(page.entry, Entry)
    assert not page.overheard
    assert replace(page, entry=replace(page.entry, rows=4)).overheard


# what counts as a yes


CONSENT = led(begun(None), AT_EIGHTY, "consent:use")
PACK = load_pack("zh")


@pytest.mark.parametrize(
    ("heard", "said", "means"),
    [
        (Heard("family", 2), "对", "yes"),
        (Heard("family", 2), "是的", "yes"),
        (Heard("family", 2), "不对", "no"),
        (Heard("family", 2), "不对，是一", "no"),
        (Heard("family", 2), "一", ""),
        (Heard("family", 2), "二", ""),
        (Heard("family", 2), "第一个", ""),
        (Heard("family", 2), "下一步", ""),
        (Heard("family", 2), "火车", ""),
    ],
)
def test_a_number_is_no_yes_to_what_is_said_back(heard: Heard, said: str, means: str) -> None:
    """Whoever hears "two" read back, and says "one", puts it right; 1 is the key of the yes all the same."""
    expected = expectation(page_of(moved(WHO, heard), WORLD), "zh")
    answer = understand([said], expected, PACK)
    assert (answer == Understood(choice=means)) if means else not isinstance(answer, Understood)


@pytest.mark.parametrize("said", ["同意", "我同意", "好", "要"])
def test_an_agreement_is_no_yes_to_a_misheard_refusal(said: str) -> None:
    """您说的是「不同意」，对吗: 同意 is what they had said."""
    refusal = expectation(page_of(moved(CONSENT, Heard("no", 2)), WORLD), "zh")
    assert not isinstance(understand([said], refusal, PACK), Understood)
    assert understand(["不同意"], refusal, PACK) == Understood(choice="no"), "asked again, nothing is lost"
    agreement = expectation(page_of(moved(CONSENT, Heard("yes", 1)), WORLD), "zh")
    assert understand([said], agreement, PACK) == Understood(choice="yes")
    assert understand(["不同意"], agreement, PACK) == Understood(choice="no")


def test_an_mm_is_no_yes_where_it_binds() -> None:
    for at, answer in ((WHO, Understood(choice="yes")), (CONSENT, NotUnderstood())):
        page = page_of(moved(at, Heard(page_of(at, WORLD).choices[0].id, 1)), WORLD)
        assert understand(["嗯"], expectation(page, "zh"), PACK) == answer
