"""What goes wrong: nobody there, a forgotten card, no reader, a store that takes nothing, a small screen."""

from __future__ import annotations

import asyncio
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.devices.events import CardRead
from kiosk.flow.moves import Quiet
from kiosk.flow.source import Slot
from kiosk.sitting.visit import Visit
from screens.resident.app import CARD_LEFT
from screens.resident.closed_app import CRASHED
from tests.screens.sitting_room import GUIFANG, Hand, Room
from tests.screens.test_keys_and_touch import led_to
from tests.screens.test_whole_way import by_numbers
from voice.speaker import PageSpeaker


def everything_held(hand: Hand) -> str:
    """All that the screen's side of a visit still holds in words."""
    assert hand.app.stage is not None
    sitting = hand.app.stage.sitting
    return " ".join([hand.seen, hand.field, repr(sitting.given.answers), repr(sitting.card), sitting.strokes])


async def falls_silent(hand: Hand) -> None:
    """Nobody waits for the end of what is said."""
    assert hand.app.speaker is not None
    hand.app.speaker.stop()
    await hand.until(lambda: not hand.app._someone_is_busy(), "silence")


async def test_the_warning_leads_back_to_the_page_at_any_key(room: Room) -> None:
    """K31: also a number that is none of the choices, and ten times over."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "question:phone")
        await hand.types("139")
        for key in ("x", "9", "space", "1", "escape", "down", "f5", "0", "tab", "h", "r", "f2"):
            hand.app.course.wish(Quiet())
            await hand.sees("idle@question:phone")
            await hand.presses(key)
            assert hand.place == "question:phone", key
            assert hand.field == "139"


async def test_twelve_times_over_more_time_is_given_and_then_it_ends(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """K30, K31: at least ten; by the clock of the running program."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1")
        await hand.sees("welcome")
        loop, skipped = asyncio.get_running_loop(), [0.0]
        by_the_wall = loop.time
        monkeypatch.setattr(loop, "time", lambda: by_the_wall() + skipped[0])
        for _ in range(12):
            await falls_silent(hand)
            skipped[0] += 181
            await hand.sees("idle@welcome")
            await hand.presses("enter")
            await hand.sees("welcome")
        await falls_silent(hand)
        skipped[0] += 181
        await hand.sees("idle@welcome")
        skipped[0] += 46
        await hand.sees("goodbye")


async def test_nobody_is_asked_on_the_page_at_rest_however_often_it_is_quiet(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the time is counted on, or what is new overnight would never be read."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        loop, skipped = asyncio.get_running_loop(), [0.0]
        by_the_wall = loop.time
        monkeypatch.setattr(loop, "time", lambda: by_the_wall() + skipped[0])
        for _ in range(2):
            await falls_silent(hand)
            skipped[0] += 181
            await hand.settle()
            assert hand.place == "language" and hand.app.is_running
        monkeypatch.setattr("screens.resident.app.FRESH", 0.0)
        await falls_silent(hand)
        skipped[0] += 181
        assert await hand.ends() == 0


async def test_nothing_of_a_person_is_left_when_nobody_came_back(room: Room) -> None:
    """K32: page, field and stage are empty of them."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "question:phone")
        await hand.types("139 1234")
        hand.app.course.wish(Quiet())
        await hand.sees("idle@question:phone")
        hand.app.course.wish(Quiet(over=True))
        await hand.sees("goodbye")
        left = everything_held(hand)
        for personal in (GUIFANG.name, GUIFANG.number, "1391234", "1391", "local"):
            assert personal not in left
        assert hand.app.view.strokes == ""


async def test_goodbye_asks_for_the_card_and_ends_when_it_is_taken(room: Room) -> None:
    """K34."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "home")
        await hand.presses("escape", "1")
        assert hand.place == "goodbye"
        assert hand.part.error is not None and "请拿好您的身份证" in hand.seen
        await hand.presses("1")
        assert hand.place == "goodbye", "that it was taken is seen, not said"
        room.reader.lift()
        assert await hand.ends() == 0


async def test_a_card_that_is_left_is_told_to_the_next_sitting(room: Room) -> None:
    """K34: the next person's card is not read before it is gone."""
    app = room.app()
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "home")
        await hand.presses("escape", "1")
        app.course.wish(Quiet(over=True))
        assert await hand.ends() == CARD_LEFT + Slot.IDENTITY
    async with room.app(card_left=int(Slot.IDENTITY)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        assert "还有一张卡" in hand.seen
        await hand.until(lambda: any(isinstance(event, CardRead) for event in room.told), "the card seen")
        room.reader.lift()
        await hand.until(lambda: "还有一张卡" not in hand.seen, "the card gone")
        room.lay()
        await hand.sees("home")


async def test_a_reader_that_is_unplugged_says_what_to_do_and_the_way_goes_on(room: Room) -> None:
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1", "1")
        assert hand.place == "card"
        room.reader.unplug()
        await hand.until(lambda: hand.part.error is not None, "the words about the reader")
        assert "可以不刷卡继续" in hand.seen
        await by_numbers(hand, "without")
        assert hand.place == "home"


async def test_a_kiosk_without_a_reader_goes_on_without_cards(room: Room) -> None:
    async with room.app(port="").run_test(size=(40, 10)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1", "1")
        assert hand.part.error is not None
        await by_numbers(hand, "without")
        assert hand.place == "home"


async def test_where_nothing_can_be_stored_nothing_is_sent_and_it_works_later(room: Room) -> None:
    """The person is told what was not sent, and submits the same answers when the disk is back."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "submit")
        let_store_write(hand, False)
        await hand.presses("2")
        assert hand.place == "trouble@submit"
        assert "还没有交上去" in hand.seen
        await hand.presses("1")
        let_store_write(hand, True)
        await hand.presses("2")
        assert hand.place == "receipt"
    with room.store() as store:
        assert len(store.open_cases(room.clock.now())) == 1


def let_store_write(hand: Hand, allowed: bool) -> None:
    """The sitting's own store, on its own thread, on a disk that has turned read-only, or back."""
    visit = hand.app.visit

    def turn() -> None:
        assert isinstance(visit._visit, Visit)
        visit._visit._store._db.execute(f"PRAGMA query_only = {int(not allowed)}")

    visit._thread.submit(turn).result()


@pytest.mark.parametrize("small", [(20, 5), (39, 10), (40, 9), (3, 1), (1, 1)], ids=str)
async def test_a_screen_too_small_says_so_and_keeps_the_answer(room: Room, small: tuple[int, int]) -> None:
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "question:phone")
        await hand.types("139")
        await hand.resizes(*small)
        if small[0] >= 20:
            assert "屏幕太小" in hand.seen
        await hand.presses("f1", "escape")
        await hand.resizes(80, 24)
        assert hand.place == "question:phone" and hand.field == "139"
        assert "屏幕太小" not in hand.seen


async def test_another_size_shows_the_same_page(room: Room) -> None:
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "check")
        for size in ((40, 10), (160, 50), (57, 12), (80, 24)):
            await hand.resizes(*size)
            assert hand.place == "check"
            assert hand.app.view.size == size
        for _ in range(hand.part.parts):
            await hand.presses("enter")
        assert hand.place == "consent:proxy"


async def test_the_focus_stays_on_what_it_was_on_at_another_size(room: Room) -> None:
    """vxsuite 4901: Enter after a change of size takes what was focused, not what has its number now."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "check")
        assert hand.app.stage is not None
        await hand.presses("up")
        assert hand.app.stage.focused is not None
        focused = hand.app.stage.focused.id
        for size in ((40, 10), (160, 50), (57, 12)):
            await hand.resizes(*size)
            assert hand.app.stage.focused is not None
            assert hand.app.stage.focused.id == focused


async def test_enter_alone_goes_through_the_check_page_and_changes_nothing(room: Room) -> None:
    async with room.app().run_test(size=(40, 10)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "check")
        for _ in range(hand.part.parts):
            assert hand.place == "check"
            await hand.presses("enter")
        assert hand.place == "consent:proxy"


FALLING = """
import sys
from pathlib import Path
from kiosk.cli._fittings import fittings_for
from kiosk.config import load_settings
from screens.resident.app import ResidentApp

def falls():
    raise ValueError("990101194403050029 张桂芳")

from dataclasses import replace
fittings = replace(fittings_for(load_settings(), Path(sys.argv[1]), demo=False), open_visit=falls)
app = ResidentApp(fittings)
app.run()
sys.exit(app.return_code or 0)
"""


def test_the_unexpected_ends_the_sitting_with_its_code_and_shows_no_value(tmp_path: Path) -> None:
    """K46: on a real terminal nothing of the exception's words comes to the screen or the error stream."""
    ours, theirs = pty.openpty()
    fallen = subprocess.Popen(
        [sys.executable, "-c", FALLING, str(tmp_path)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "KIOSK_SOUND": "off", "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:
        pass  # the terminal's other end is closed: the program has ended
    finally:
        os.close(ours)
    assert fallen.wait(60) == CRASHED
    words = shown.decode("utf-8", "replace")
    assert "990101" not in words and "张桂芳" not in words
    assert "Traceback" not in words and "falls()" not in words


async def test_a_page_that_has_stood_for_long_begins_anew(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is offered may have changed overnight: a new sitting reads services and notices again."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        hand.app._quiet(over=False)
        await pilot.pause()
        assert hand.place == "language" and hand.app.is_running
        monkeypatch.setattr("screens.resident.app.FRESH", 0.0)
        hand.app._quiet(over=False)
        assert await hand.ends() == 0


async def test_a_receipt_is_not_said_again_because_the_card_was_taken(room: Room) -> None:
    """Only the line about the card goes; what is still there was said (K36)."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "submit")
        await by_numbers(hand, "submit")
        await hand.sees("receipt")
        assert "请先拿好您的卡" in hand.seen
        speaker = hand.app.speaker
        assert isinstance(speaker, PageSpeaker)
        said = speaker._asked
        room.reader.lift()
        await hand.until(lambda: "请先拿好您的卡" not in hand.seen, "the line's going")
        assert speaker._asked == said
