"""Keypad practice, one switch that the focus comes to by itself, and trying switches: at the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.config import Keys
from kiosk.flow.moves import Overlay
from kiosk.flow.switches import Switches
from screens.keys import Act
from screens.layout import CHOOSE, PRESS
from screens.resident.practice import LASTS
from screens.resident.scan import FIRST_LONGER, ROUNDS
from tests.screens.answering_aloud import NAME
from tests.screens.sitting_room import STOPWATCH, Hand, Room
from tests.screens.test_keys_and_touch import led_to

STAY = 2.0


@pytest.fixture
def one_switch(room: Room) -> Room:
    room.settings = replace(room.settings, keys=Keys(switches=1))
    return room


def overlay(hand: Hand) -> Overlay:
    assert hand.app.stage is not None
    return hand.app.stage.sitting.overlay


def focus(hand: Hand) -> str:
    stage = hand.app.stage
    assert stage is not None
    return stage.focused.id if stage.focused else stage.key or stage.button or "field"


def due(hand: Hand) -> float | None:
    """When the focus moves on."""
    assert hand.app._switching is not None
    return hand.app._switching.scan._due


async def silence(hand: Hand) -> None:
    """Nobody waits for the end of what is said."""
    assert hand.app.speaker is not None
    hand.app.speaker.stop()
    await hand.until(lambda: not hand.app._someone_is_busy(), "silence")


async def comes(hand: Hand, what: Callable[[], bool], words: str) -> None:
    """While time goes by quickly."""

    def passing() -> bool:
        STOPWATCH.skipped += 0.05
        if hand.app.speaker is not None:
            hand.app.speaker.stop()
        return what()

    await hand.until(passing, words)


async def chooses(hand: Hand, choice: str) -> None:
    """The one switch, when the focus has come to it."""
    assert hand.app._switching is not None
    scan = hand.app._switching.scan
    if scan.waits:
        await hand.presses("f8")
    await comes(hand, lambda: focus(hand) == choice, f"the focus on {choice}, not {focus(hand)}")
    await hand.presses("f8")


async def moves_to(hand: Hand, where: str) -> None:
    """By the first of two switches."""
    for _ in range(60):
        if focus(hand) == where:
            return
        await hand.presses("f7")
    raise AssertionError(f"the switch never comes to {where}")


# practice


async def in_practice(hand: Hand) -> None:
    await hand.sees("language")
    await hand.presses("1")
    await hand.sees("welcome")
    await hand.presses("h")
    await hand.sees("help@welcome")
    await hand.presses(str([choice.id for choice in hand.part.choices].index("keys") + 1), "1")
    await hand.sees("practice@welcome")


TO_KEYS = ("h", "h", "h", "4")
"""From practice back to the page it is chosen on."""


async def test_in_practice_keys_say_their_names_and_do_nothing(room: Room) -> None:
    """K29: every key of the table, and one that has no meaning."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await in_practice(hand)
        texts = hand.app.fittings.texts
        for key, said in (
            ("1", "数字1"),
            ("0", "返回键"),
            ("enter", "确认键"),
            ("s", "叫人键"),
            ("z", "用不着"),
        ):
            await hand.presses(key)
            await hand.until(lambda said=said: said in hand.seen, said)  # type: ignore[misc]
            assert hand.place == "practice@welcome"
        assert all(texts[f"practice.{act}"] for act in Act if act is not Act.HELP)


async def test_practice_is_left_by_help_twice_with_nothing_between(room: Room) -> None:
    """K29."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await in_practice(hand)
        await hand.presses("h", "down", "h")
        assert overlay(hand) is Overlay.PRACTICE
        await hand.presses("h")
        assert hand.place == "welcome"


async def test_practice_ends_by_itself_after_a_while(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """K29: twenty seconds."""
    assert LASTS == 20
    monkeypatch.setattr("screens.resident.practice.LASTS", 0.3)
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await in_practice(hand)
        await silence(hand)
        await hand.sees("welcome")


async def test_a_finger_can_leave_practice_and_the_bar_only_says_what_it_is(room: Room) -> None:
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await in_practice(hand)
        await hand.touches(f"{PRESS}{Act.PERSON}")
        assert overlay(hand) is Overlay.PRACTICE
        await hand.touches(f"{CHOOSE}go")
        assert hand.place == "welcome"


# one switch


async def test_nothing_moves_by_itself_unless_that_was_asked_for(room: Room) -> None:
    """The calm rule: with two switches, the usual, the focus stays where it is."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1")
        await hand.sees("welcome")
        assert hand.app._switching is not None
        assert not hand.app._switching.scan.on and hand.app._switching.scan._timer is None


async def test_the_page_at_rest_stands_still_until_the_switch_is_pressed(one_switch: Room) -> None:
    """Nobody may be there: no voice in an empty hall."""
    async with one_switch.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await silence(hand)
        STOPWATCH.skipped += 60
        assert hand.app._switching is not None and hand.app._switching.scan._timer is None
        await chooses(hand, "en")
        await hand.sees("welcome")


async def test_the_first_item_stays_a_second_longer(one_switch: Room) -> None:
    """K28: 2 s, and 1 s more on the first; none of it while something is said."""
    async with one_switch.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await silence(hand)
        await hand.presses("f8")
        await hand.until(hand.app._someone_is_busy, "the first item being said")
        assert due(hand) is None
        await silence(hand)
        await hand.until(lambda: due(hand) is not None, "the time on the first item")
        left = (due(hand) or 0.0) - STOPWATCH.monotonic()
        assert STAY < left <= STAY + FIRST_LONGER
        STOPWATCH.skipped += STAY + FIRST_LONGER
        await hand.until(lambda: focus(hand) == "en", "the second item")
        await silence(hand)
        await hand.until(lambda: due(hand) is not None, "the time on the second item")
        assert (due(hand) or 0.0) - STOPWATCH.monotonic() <= STAY


async def test_a_switch_alone_calls_a_person_asks_for_help_and_goes_back(room: Room) -> None:
    """K10, K20, K28: what stands in the bar is drawn and said when the focus comes to it."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("1")
        await hand.sees("welcome")
        for button, said, place in (
            ("help", "这一页的帮助", "help@welcome"),
            ("back", "返回上一步", "welcome"),
            ("person", "叫工作人员来", "called@welcome"),
        ):
            await moves_to(hand, f"press:{button}")
            assert hand.lines[-2].count("＞") == 1
            await hand.until(lambda said=said: said in hand.seen, said)  # type: ignore[misc]
            await hand.presses("f8")
            await hand.sees(place)


async def test_a_switch_that_has_come_to_the_bar_types_nothing(room: Room) -> None:
    async with room.app(NAME).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("question:name")
        await moves_to(hand, "press:person")
        assert "F9" not in hand.lines[-2], "letters are keys again"
        await hand.presses("up", "up", "up")
        assert hand.app.stage is not None and not hand.app.stage.button


async def test_after_three_rounds_it_waits_and_says_so(one_switch: Room) -> None:
    """K28: the next press sets it off again and chooses nothing."""
    async with one_switch.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("f8")
        scan = hand.app._switching.scan  # type: ignore[union-attr]
        rounds = [focus(hand)]

        def stopped() -> bool:
            if focus(hand) != rounds[-1]:
                rounds.append(focus(hand))
            return scan.waits

        await comes(hand, stopped, "the end of the rounds")
        assert rounds == ["zh", "en", "press:help", "press:repeat", "press:person"] * ROUNDS + ["zh"]
        await hand.presses("f7")
        assert hand.place == "language" and not scan.waits


async def test_an_application_is_handed_in_with_one_switch(one_switch: Room) -> None:
    """K28: also a number of eleven figures, on the keys of the screen."""
    async with one_switch.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, one_switch, "question:hukou")
        await chooses(hand, "local")
        await hand.sees("consent:id-data")
        await chooses(hand, "yes")
        await hand.sees("question:phone")
        for digit in "13900000000":
            await chooses(hand, digit)
        assert hand.field == "13900000000"
        await chooses(hand, "enter")
        for place, choice in (
            *(("question:account", "sscard"), ("check", "go"), ("consent:proxy", "yes")),
            *(("sign", "key"), ("submit", "submit")),
        ):
            await hand.sees(place)
            while choice not in [each.id for each in hand.part.choices]:
                await chooses(hand, "more")
            await chooses(hand, choice)
        await hand.sees("receipt")


# trying switches


async def test_a_switch_is_tried_and_the_focus_begins_to_move(room: Room) -> None:
    """K28: at the tone, twice; before it a press counts for nothing."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await in_practice(hand)
        await hand.presses(*TO_KEYS, "2")
        await hand.sees("switch@welcome")
        await hand.presses("f8")
        await hand.until(lambda: "等响一声" in hand.seen, "to wait for the tone")
        stage = hand.app.stage
        assert stage is not None
        for _ in range(2):
            await silence(hand)
            await hand.until(lambda: bool(stage.sitting.trial and stage.sitting.trial.now), "the tone")
            await hand.presses("f7", apart=1.0)
        await hand.sees("switched@welcome")
        assert stage.sitting.switches is not None and stage.sitting.switches.count == 1
        assert 1.5 <= stage.sitting.switches.seconds <= 6
        assert hand.app._switching is not None and hand.app._switching.scan.on
        await chooses(hand, "slower")
        await chooses(hand, "go")
        assert hand.place == "welcome"


async def test_the_wrong_one_of_two_switches_is_told_and_not_counted(room: Room) -> None:
    """K28."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await in_practice(hand)
        await hand.presses(*TO_KEYS, "3")
        await hand.sees("switch@welcome")
        await hand.presses("f8")
        await hand.until(lambda: "另一个开关" in hand.seen, "that it was the other one")
        await hand.presses("1")
        assert hand.place == "welcome"
        assert hand.app.stage is not None and hand.app.stage.sitting.switches == Switches(2)


async def test_who_presses_a_switch_first_hears_once_how_it_goes(room: Room) -> None:
    """K28: nobody else hears of switches; what the focus comes to is said all the same."""
    how = "一个开关往下走"
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("down")
        assert how not in hand.seen
        at = focus(hand)
        await hand.presses("f7")
        await hand.until(lambda: how in hand.seen, "how switches go")
        assert focus(hand) != at
        await silence(hand)
        await hand.presses("f7")
        await hand.until(lambda: how not in hand.seen, "the next item alone: once is enough")
        await silence(hand)
        assert how not in hand.seen


async def test_with_one_switch_the_press_that_sets_it_off_says_how_it_goes(one_switch: Room) -> None:
    """K28."""
    async with one_switch.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("f8")
        await hand.until(lambda: "记号自己往下走" in hand.seen, "how it goes")
        assert hand.place == "language", "nothing is chosen by it"
