"""Words written on the real screen: by touch, by arrows, by a number pad, by one switch, by a keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from kiosk.flow.sitting import Sitting
from screens.layout import CHOOSE, PRESS, TYPE
from screens.ways import ERASE, OFFER, WAY, Way
from tests.flow.residents import every_journey
from tests.screens.sitting_room import Hand, Room
from tests.screens.test_kinds_of_answer import STORY, answered, come_to, focused, goes_to_the_field

SIZES = pytest.mark.parametrize("size", [(40, 10), (57, 12), (80, 24)], ids=str)
NAME = "question:name"


def asked_her_name(language: str = "zh") -> Sitting:
    """Somebody without a card is asked for her name."""
    pages = (sitting for journey in every_journey("elderly-allowance") for sitting in journey.pages)
    return replace(next(sitting for sitting in pages if sitting.place == NAME), language=language)


def offered(hand: Hand) -> tuple[str, ...]:
    writing = hand.app.field.writing
    assert writing is not None
    return writing.offers


def key_of(hand: Hand, words: str) -> str:
    """The key on which something is offered."""
    return f"{OFFER}{offered(hand).index(words)}"


@SIZES
async def test_a_name_is_written_with_a_finger(room: Room, size: tuple[int, int]) -> None:
    """No keyboard at all: keys, what is offered, and on."""
    async with room.app(asked_her_name()).run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        for keys, words in (("94264", "张"), ("484", "桂"), ("3264", "芳")):
            for key in keys:
                await hand.touches(f"{TYPE}{key}")
            assert words in hand.seen
            await hand.touches(f"{TYPE}{key_of(hand, words)}")
        assert hand.field == "张桂芳"
        await hand.touches(f"{CHOOSE}enter")
        assert answered(hand, "name") == "张桂芳"


@SIZES
async def test_a_name_is_written_on_a_number_pad(room: Room, size: tuple[int, int]) -> None:
    """Figures, arrows, Enter: the first that is offered has the focus, so mostly Enter is enough."""
    async with room.app(asked_her_name()).run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        await hand.types("94264")
        assert focused(hand) == f"{OFFER}0" and offered(hand)[0] == "张"
        await hand.presses("enter")
        assert hand.field == "张" and focused(hand) == ""
        await hand.types("4843264")
        for _ in range(offered(hand).index("桂芳")):
            await hand.presses("right")
        await hand.presses("enter", "enter")
        assert answered(hand, "name") == "张桂芳"


async def test_a_name_is_written_with_one_switch(room: Room) -> None:
    """After each key the focus is where the way on is shortest: on what is offered first."""
    async with room.app(asked_her_name()).run_test(size=(40, 10)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        most = 0
        for keys, words in (("94264", "张"), ("484", "桂"), ("3264", "芳")):
            for key in (*keys, ""):
                wanted = key or key_of(hand, words)
                presses = 0
                while focused(hand) != wanted:
                    await hand.presses("f7")
                    presses += 1
                most = max(most, presses)
                await hand.presses("f8")
        assert hand.field == "张桂芳"
        assert most <= 16, "keys and what is offered, and nothing else on the way"
        while focused(hand) != "enter":
            await hand.presses("f7")
        await hand.presses("f8")
        assert answered(hand, "name") == "张桂芳"


async def test_keys_on_the_screen_are_gone_along_with_arrows(room: Room) -> None:
    """The focus stays on the keys, straight up and down through their rows."""
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        await hand.presses("down", "down", "down", "down", "right", "right", "enter")
        assert focused(hand) == "9"
        await hand.presses("up", "left", "left", "enter")
        assert focused(hand) == "4" and hand.app.field.writing is not None
        assert hand.app.field.writing.typed == "94"
        await hand.presses("up", "up")
        assert focused(hand).startswith(OFFER)
        await hand.presses("enter")
        assert len(hand.field) == 1 and not focused(hand).startswith(OFFER)


async def test_a_keyboard_writes_pinyin_and_figures_choose(room: Room) -> None:
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        await hand.types("zhang")
        assert "1张" in hand.seen and "zhang" in hand.seen
        await hand.types(" gui")
        await hand.types(str(offered(hand).index("桂") + 1))
        await hand.types("fang1")
        assert hand.field[:2] == "张桂" and len(hand.field) == 3
        await hand.presses("enter")
        assert hand.place != NAME


async def test_what_an_input_method_or_a_paste_puts_in_goes_straight_in(room: Room) -> None:
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        for character in "李丽丽":
            hand.strikes(character, apart=0.001)
        await hand.settle()
        assert hand.field == "李丽丽"
        await hand.types("zh")
        await hand.pastes("芳")
        assert hand.field.startswith("李丽丽") and hand.field.endswith("芳")
        assert not offered(hand)


async def test_going_on_takes_what_is_half_written_first_and_stays(room: Room) -> None:
    """Nothing is lost without a word, and nothing goes out that was not looked at."""
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        await hand.types("zhang")
        await hand.touches(f"{CHOOSE}enter")
        assert hand.place == NAME and hand.field == "张"
        await hand.until(lambda: "填上了张" in hand.seen, "the words that it is in")


async def test_letters_figures_and_signs_are_one_key_away(room: Room) -> None:
    async with room.app(asked_her_name()).run_test(size=(40, 10)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        for key in (f"{WAY}{Way.FIGURES}", "3", f"{WAY}{Way.SIGNS}", "-", f"{WAY}{Way.LETTERS}", "2"):
            await hand.touches(f"{TYPE}{key}")
        await hand.touches(f"{TYPE}{key_of(hand, 'B')}")
        assert hand.field == "3-B"
        await hand.touches(f"{TYPE}{ERASE}")
        assert hand.field == "3-"


@SIZES
async def test_an_english_name_is_written_with_a_finger(room: Room, size: tuple[int, int]) -> None:
    async with room.app(asked_her_name("en")).run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        nine = size[1] < 16
        for letter in "Zhou":
            for key in ("9", "4", "6", "8") if nine else ():
                if letter.lower() in {"9": "z", "4": "h", "6": "o", "8": "u"}[key]:
                    await hand.touches(f"{TYPE}{key}")
                    await hand.touches(f"{TYPE}{key_of(hand, letter)}")
            if not nine:
                await hand.touches(f"{TYPE}{letter.lower()}")
        assert hand.field == "Zhou"


async def test_each_key_and_what_is_offered_for_it_is_said(room: Room) -> None:
    """K20, K04: as a caption too; characters that sound alike are told apart."""
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        for key in "94264":
            await hand.touches(f"{TYPE}{key}")
        await hand.until(lambda: "4，ghi。张，弓长张" in hand.seen, "the key and the first that is offered")
        await hand.presses("enter")
        await hand.until(lambda: "填上了张" in hand.seen, "what has gone in")


async def test_in_a_long_text_the_hall_hears_how_much_is_written_and_not_what(room: Room) -> None:
    """K26: until the person has said twice that it may be heard."""
    async with room.app(come_to(STORY)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(STORY)
        await goes_to_the_field(hand)
        await hand.types("zhang")
        await hand.until(lambda: "第1个，不念出来" in hand.seen, "that there is something")
        await hand.presses("enter")
        await hand.until(lambda: "填上了1个字" in hand.seen, "that it is in")
        await hand.presses("f11", "f11")
        await hand.types("zhang")
        await hand.until(lambda: "不念出来" not in hand.seen and "长" in hand.seen, "what is offered")


async def test_a_trembling_finger_takes_one_of_what_is_offered(room: Room) -> None:
    """K19: what stands there after the first touch is something else."""
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        await hand.types("zhangzhang")
        target = hand.target(f"{TYPE}{OFFER}1")
        assert await pilot.click(offset=(target.column + 1, target.row), times=2)
        await hand.settle()
        assert len(hand.field) <= 2 and offered(hand)


@pytest.mark.parametrize("size", [(40, 10), (57, 12), (82, 17), (80, 24), (108, 26), (160, 50)], ids=str)
async def test_what_is_offered_stands_whole_at_every_size(room: Room, size: tuple[int, int]) -> None:
    """K16: on a key each, inside the screen, beside no other."""
    async with room.app(asked_her_name()).run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        for keys in ("9", "zhongguo", "yi"):
            await hand.types(keys)
            layout = hand.app.view.layout_now
            assert layout is not None
            keyed = [target for target in layout.targets if target.act.startswith(f"{TYPE}{OFFER}")]
            assert len(keyed) == len(offered(hand)) >= 4
            for target, words in zip(keyed, offered(hand), strict=True):
                assert words in "".join(hand.lines[target.row : target.row + target.rows])
                assert cell_len(words) < target.columns
                assert target.column + target.columns <= size[0] - layout.grid.margin + 1
            await hand.presses("escape")
            assert not offered(hand) and hand.place == NAME


async def test_what_is_half_written_outlives_help_and_not_a_change_of_language(room: Room) -> None:
    """The keys are others in another language; what is in stays."""
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        await hand.types("zhang gui")
        before = offered(hand)
        await hand.presses("f1")
        assert hand.place == f"help@{NAME}" and not any("桂" in line for line in hand.lines[:-5])
        await hand.presses("escape")
        assert hand.place == NAME and offered(hand) == before
        await hand.touches(f"{PRESS}language")
        assert hand.field == "张" and not offered(hand)


async def test_an_empty_field_that_is_asked_for_says_that_it_is_empty(room: Room) -> None:
    """K26: no press stays without an answer; where others may hear it is asked twice, as ever."""
    async with room.app(come_to(STORY)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(STORY)
        await goes_to_the_field(hand)
        await hand.presses("f11", "f11")
        await hand.until(lambda: "这里还没有填" in hand.seen, "that nothing is there")
