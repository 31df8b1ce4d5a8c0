"""Characters drawn on the real screen with a finger, by real touches on the place to write."""

from __future__ import annotations

import logging

import pytest
from textual.pilot import Pilot

from screens.layout import CHOOSE, PRESS, TYPE
from screens.ways import ERASE, OFFER, WAY, WIPE, Way
from tests.handwriting.copybook import COPYBOOK, in_cells
from tests.screens.sitting_room import Hand, Room
from tests.screens.test_kinds_of_answer import answered, focused
from tests.screens.test_writing_pages import NAME, asked_her_name, offered

SIZES = pytest.mark.parametrize("size", [(80, 24), (108, 26), (160, 50)], ids=str)
BY_HAND = f"{WAY}{Way.HAND}"


async def takes_the_finger(hand: Hand) -> None:
    """On the page that asks her name, drawing is how she writes."""
    await hand.sees(NAME)
    await hand.touches(f"{TYPE}{BY_HAND}")


async def draws(hand: Hand, pilot: Pilot[None], character: str, strokes: int | None = None) -> None:
    """One stroke after another; with a number, only so many of them."""
    layout = hand.app.view.layout_now
    assert layout is not None and layout.canvas is not None
    canvas = layout.canvas
    whole = list(in_cells(character, canvas.column, canvas.row, canvas.columns, canvas.rows))
    for stroke in whole[:strokes]:
        await pilot.mouse_down(offset=stroke[0])
        for cell in stroke[1:]:
            await pilot.hover(offset=cell)
        await pilot.mouse_up(offset=stroke[-1])


async def sees_offers(hand: Hand) -> tuple[str, ...]:
    await hand.until(lambda: bool(offered(hand)), "what it may be")
    return offered(hand)


def is_clean(hand: Hand) -> bool:
    """Nothing of a character is left anywhere, drawn or offered."""
    return not hand.app.view.ink and not offered(hand) and "█" not in hand.seen


@SIZES
async def test_a_name_is_drawn_with_a_finger(room: Room, size: tuple[int, int]) -> None:
    """What is taken goes in, and the place to write is clean for the next character."""
    async with room.app(asked_her_name()).run_test(size=size) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        for character in COPYBOOK:
            assert "在这里写字" in hand.seen
            await draws(hand, pilot, character)
            assert character in await sees_offers(hand)
            await hand.touches(f"{TYPE}{OFFER}{offered(hand).index(character)}")
            assert is_clean(hand)
        assert hand.field == "".join(COPYBOOK)
        await hand.touches(f"{CHOOSE}enter")
        assert answered(hand, "name") == hand.field or hand.place != NAME


async def test_a_figure_of_the_keyboard_takes_what_is_offered(room: Room) -> None:
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        await draws(hand, pilot, "王")
        number = (await sees_offers(hand)).index("王") + 1
        assert f"{number}王" in hand.seen
        await hand.types(str(number))
        assert hand.field == "王" and is_clean(hand)


async def test_what_was_drawn_is_said_and_told_apart(room: Room) -> None:
    """K20: the likeliest, in the words that tell it from others, once the finger rests."""
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        await draws(hand, pilot, "王")
        await hand.until(lambda: "三横王" in hand.seen, "how 王 is told apart")


@pytest.mark.parametrize("key", [WIPE, f"{WAY}{Way.PINYIN}"])
async def test_wiping_and_another_way_leave_nothing_drawn(room: Room, key: str) -> None:
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        await draws(hand, pilot, "人", strokes=1)
        assert "█" in hand.seen
        await hand.touches(f"{TYPE}{key}")
        assert is_clean(hand) and hand.field == ""


@pytest.mark.parametrize("press", ["help", "language", "back"])
async def test_help_another_language_and_back_leave_nothing_drawn(room: Room, press: str) -> None:
    """K33: nor does it come late, from the thread that looks it up."""
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        await draws(hand, pilot, "王")
        await sees_offers(hand)
        await hand.touches(f"{PRESS}{press}")
        assert not hand.app.view.ink
        assert hand.app.field.writing is None or not hand.app.field.writing.drawn


async def test_after_help_a_finger_writes_on_where_it_was(room: Room) -> None:
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        await hand.touches(f"{PRESS}help")
        await hand.touches(f"{PRESS}back")
        await hand.sees(NAME)
        assert "在这里写字" in hand.seen and is_clean(hand)


async def test_the_key_that_takes_one_back_takes_the_last_stroke_first(room: Room) -> None:
    """And the letter before the caret only when nothing is drawn."""
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        await hand.pastes("李")
        await draws(hand, pilot, "十")
        await hand.touches(f"{TYPE}{ERASE}")
        assert len(hand.app.view.ink.points) == 1 and hand.field == "李"
        await hand.touches(f"{TYPE}{ERASE}")
        await hand.touches(f"{TYPE}{ERASE}")
        assert hand.field == "" and is_clean(hand)


async def test_going_on_looks_at_the_drawing_first(room: Room) -> None:
    """Nothing drawn is lost without a word; too little to be a character holds nobody up."""
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        await draws(hand, pilot, "王")
        await hand.touches(f"{CHOOSE}enter")
        assert hand.place == NAME and "王" in await sees_offers(hand)
        await hand.touches(f"{TYPE}{WIPE}")
        layout = hand.app.view.layout_now
        assert layout is not None and layout.canvas is not None
        assert await pilot.click(offset=(layout.canvas.column + 5, layout.canvas.row + 3))
        await hand.touches(f"{CHOOSE}enter")
        await hand.until(lambda: "没认出来" in hand.seen, "that it could not be read")
        assert hand.place == NAME and is_clean(hand)


async def test_keys_and_switches_are_not_led_to_where_only_a_finger_writes(room: Room) -> None:
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        seen = set()
        for _ in range(30):
            seen.add(focused(hand))
            await hand.presses("f7")
        assert f"{WAY}{Way.LETTERS}" in seen and BY_HAND not in seen


@pytest.mark.parametrize(
    ("size", "language"), [((40, 10), "zh"), ((57, 12), "zh"), ((80, 24), "en")], ids=str
)
async def test_drawing_is_not_offered_where_it_would_not_be_read(
    room: Room, size: tuple[int, int], language: str
) -> None:
    """Too few cells, or a language that is not drawn."""
    async with room.app(asked_her_name(language)).run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        assert hand.app.stage is not None
        assert BY_HAND not in [key.name for line in hand.app.stage.pad.lines for key in line]


async def test_a_smaller_screen_leads_back_to_the_keys(room: Room) -> None:
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        await draws(hand, pilot, "王", strokes=2)
        await hand.resizes(57, 12)
        assert hand.app.stage is not None and not hand.app.stage.pad.canvas
        assert is_clean(hand)


async def test_nothing_drawn_is_in_a_log(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    """K27."""
    caplog.set_level(logging.DEBUG)
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        await draws(hand, pilot, "王")
        await sees_offers(hand)
        assert "王" not in caplog.text and "[[" not in caplog.text
        assert "王" not in repr(hand.app.field.writing) and "[" not in repr(hand.app.view.ink)
