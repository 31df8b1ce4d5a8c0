"""Dates in boxes, long texts, several choices ticked, a mark for an answer: by hand, on the real screen."""

from __future__ import annotations

import json

import pytest

from kiosk.flow.sitting import Sitting
from screens.layout import CHOOSE, TYPE
from screens.page_lines import ALARM
from screens.ways import WAY, Way
from tests.flow.residents import EVERY_KIND, every_journey
from tests.screens.sitting_room import Hand, Room
from tests.screens.test_whole_way import by_arrows, by_switch, scan_to_key

BIRTH, NEED, STORY, PHONE, MARK = (
    f"question:{name}" for name in ("birth_date", "need", "story", "phone", "mark")
)
SIZES = pytest.mark.parametrize("size", [(40, 10), (80, 24)], ids=str)


def come_to(place: str) -> Sitting:
    """Somebody who has answered all that is asked before."""
    pages = (sitting for journey in every_journey(EVERY_KIND) for sitting in journey.pages)
    return next(sitting for sitting in pages if sitting.place == place)


def answered(hand: Hand, question: str) -> str:
    assert hand.app.stage is not None
    return hand.app.stage.sitting.given.answers[question].value


def focused(hand: Hand) -> str:
    assert hand.app.stage is not None
    return hand.app.stage.focused.id if hand.app.stage.focused else hand.app.stage.key


async def goes_to_the_field(hand: Hand) -> None:
    """On a small screen it stands on the last part of a page."""
    while hand.part.entry is None:
        await hand.presses("enter")


async def touches_box(hand: Hand, box: int) -> None:
    """A finger on one of the boxes."""
    layout, drawing = hand.app.view.layout_now, hand.app.field._drawing
    assert layout is not None and layout.field is not None and drawing is not None
    place = drawing.boxes[box]
    at = (layout.field.column + place.column + 3, layout.field.row)
    assert await hand._pilot.click(offset=at)
    await hand.settle()


@SIZES
@pytest.mark.parametrize("keys", ["1944327", "1944 3 27", "19440327"])
async def test_a_date_is_typed_into_three_boxes(room: Room, size: tuple[int, int], keys: str) -> None:
    """A full box leads on by itself; Enter takes all three."""
    async with room.app(come_to(BIRTH)).run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.sees(BIRTH)
        await hand.types(keys)
        assert "年" in hand.seen and "月" in hand.seen and "日" in hand.seen
        await hand.presses("enter")
        assert answered(hand, "birth_date") == "1944-03-27"


async def test_where_the_person_is_now_is_said_when_a_box_is_full(room: Room) -> None:
    """K20: by its name."""
    async with room.app(come_to(BIRTH)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(BIRTH)
        await hand.types("1944")
        await hand.until(lambda: "是哪个月" in hand.seen, "the month's name")
        await hand.types("3")
        await hand.until(lambda: "是哪一天" in hand.seen, "the day's name")


async def test_boxes_are_gone_to_by_arrows_tab_and_touch(room: Room) -> None:
    async with room.app(come_to(BIRTH)).run_test(size=(57, 12)) as pilot:
        hand = Hand(pilot)
        await hand.sees(BIRTH)
        await hand.types("1944327")
        await hand.presses("left", "left", "backspace")
        await hand.types("5")
        assert hand.field == "1945 3 27"
        await hand.presses("tab", "shift+tab", "delete")
        assert hand.field == "1945  27"
        await touches_box(hand, 1)
        await hand.types("6")
        assert hand.field == "1945 6 27"
        await hand.presses("enter")
        assert answered(hand, "birth_date") == "1945-06-27"


@pytest.mark.parametrize("words", ["1944 3 27", "1944-03-27", "1944年3月27日"])
async def test_a_date_is_pasted_whole(room: Room, words: str) -> None:
    async with room.app(come_to(BIRTH)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(BIRTH)
        await hand.pastes(words)
        await hand.presses("enter")
        assert answered(hand, "birth_date") == "1944-03-27"


async def test_a_date_of_the_old_calendar_in_words_is_one_line_and_read_back(room: Room) -> None:
    """No leads back to the words as they were typed."""
    async with room.app(come_to(BIRTH)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(BIRTH)
        await hand.pastes("农历1944年三月初五")
        assert not hand.app.field.in_boxes
        await hand.presses("enter")
        assert "1944年3月28日" in hand.seen
        await hand.presses("2")
        assert hand.field == "农历1944年三月初五"
        await hand.presses("enter", "1")
        assert answered(hand, "birth_date") == "1944-03-28"


async def test_a_refused_date_stands_in_its_boxes_to_be_corrected(room: Room) -> None:
    """K09."""
    async with room.app(come_to(BIRTH)).run_test(size=(40, 10)) as pilot:
        hand = Hand(pilot)
        await hand.sees(BIRTH)
        await hand.types("1944 13 2")
        await hand.presses("enter")
        assert hand.part.error is not None
        assert hand.field == "1944 13 2"
        await hand.presses("left", "backspace")
        await hand.types("2")
        await hand.presses("enter")
        assert answered(hand, "birth_date") == "1944-12-02"


async def test_an_error_gives_way_as_it_is_put_right_and_nothing_moves(room: Room) -> None:
    """K09: who has begun to mend it has read it. A finger finds every key where it was."""
    alarm, hint = f"{ALARM}月份是", "改好了，就按继续。"
    async with room.app(come_to(BIRTH)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(BIRTH)
        await hand.types("1944 13 2")
        await hand.presses("enter")
        refused = hand.app.view.layout_now
        await hand.presses("left")
        assert alarm in hand.seen, "nothing was put right by looking"
        await hand.presses("backspace")
        assert alarm not in hand.seen and hint in hand.seen
        mended = hand.app.view.layout_now
        assert refused is not None and mended is not None and mended.targets == refused.targets
        await hand.types("4")
        await hand.presses("enter")
        assert alarm in hand.seen and hint not in hand.seen, "refused once more, it says why"


async def test_a_touch_on_the_old_calendar_leaves_the_hand_in_the_boxes(room: Room) -> None:
    """Who touches it goes on typing: the figures must not choose anything."""
    async with room.app(come_to(BIRTH)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(BIRTH)
        await hand.types("1944")
        await hand.touches(f"{CHOOSE}old-calendar")
        await hand.until(lambda: "选上了" in hand.seen, "that it is ticked")
        await hand.types("35")
        assert hand.field == "1944 3 5"
        await hand.presses("enter", "1")
        assert answered(hand, "birth_date") == "1944-03-28"


@SIZES
async def test_a_date_by_touch_alone(room: Room, size: tuple[int, int]) -> None:
    async with room.app(come_to(BIRTH)).run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.sees(BIRTH)
        for key in ("1", "9", "4", "5", "erase", "4", "1", "next", "5"):
            await hand.touches(f"{TYPE}{key}")
        assert hand.field == "1944 1 5"
        await hand.touches(f"{CHOOSE}enter")
        assert answered(hand, "birth_date") == "1944-01-05"


async def test_a_date_by_one_switch(room: Room) -> None:
    """K28: everything on the page is reached, and the page says where one is."""
    async with room.app(come_to(BIRTH)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(BIRTH)
        await hand.presses("f7")
        assert focused(hand) == "1"
        for key in ("1", "9", "4", "4", "1", "next", "6", "erase", "5"):
            await scan_to_key(hand, key)
        assert hand.field == "1944 1 5"
        for _ in range(2):
            await by_switch(hand, "old-calendar")
        await by_switch(hand, "enter")
        assert answered(hand, "birth_date") == "1944-01-05"


async def test_real_keys_still_type_while_one_on_the_screen_has_the_focus(room: Room) -> None:
    """A figure goes into the field, wherever the arrows have led; it chooses nothing."""
    async with room.app(come_to(PHONE)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(PHONE)
        await hand.presses("down", "right", "right")
        assert focused(hand) == "3"
        await hand.types("139")
        assert (hand.field, focused(hand)) == ("139", "")
        await hand.presses("down", "backspace")
        assert hand.field == "13"


async def test_a_private_number_is_hidden_once_it_is_typed(room: Room) -> None:
    """K26: on the screen, too, when the focus goes on."""
    async with room.app(come_to(PHONE)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(PHONE)
        await hand.types("13900000012")
        assert "13900000012" in hand.seen
        await hand.presses("down")
        assert "13900000012" in hand.seen, "the keys on the screen still write it"
        await hand.presses("down")
        assert "13900000012" not in hand.seen and "139******12" in hand.seen


async def test_a_number_that_came_out_too_long_is_typed_again_without_erasing(room: Room) -> None:
    """K09, K11: nothing is cleared by the error; a number block has no key that erases, so none is needed."""
    async with room.app(come_to(PHONE)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(PHONE)
        await hand.types("213900000001")
        await hand.presses("enter")
        assert hand.field == "213900000001" and "从头再写一遍" in hand.seen
        await hand.types("21")
        assert hand.field == "21"
        await hand.presses("f1", "f1")
        await hand.types("3900000001")
        assert hand.field == "213900000001", "help in between changes nothing"
        await hand.presses("enter")
        assert hand.field == "213900000001" and "从头再写一遍" in hand.seen
        await hand.presses("left", "f1", "f1")
        await hand.types("9")
        assert hand.field == "2139000000091", "whoever mends it by hand is let mend it"
        await hand.presses("enter")
        await hand.types("13900000012")
        await hand.presses("enter")
        assert answered(hand, "phone") == "13900000012"


@pytest.mark.proves("WCAG 3.2.2")
@SIZES
async def test_several_are_ticked_by_number_and_the_focus_stays(room: Room, size: tuple[int, int]) -> None:
    """K18, K20: a mark, a word, and what is said; the page is not said anew."""
    async with room.app(come_to(NEED)).run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.sees(NEED)
        await hand.presses("2")
        assert focused(hand) == "wash"
        assert "[x]帮忙洗澡（已选）" in hand.seen and "[]送饭上门" in hand.seen
        await hand.until(lambda: "帮忙洗澡，选上了" in hand.seen, "what is ticked")
        await hand.presses("enter")
        assert focused(hand) == "wash" and "[]帮忙洗澡" in hand.seen
        await hand.until(lambda: "帮忙洗澡，取消了" in hand.seen, "that it is so no more")


@pytest.mark.parametrize("way", [by_arrows, by_switch], ids=["arrows", "switch"])
async def test_several_are_ticked_without_numbers(room: Room, way: object) -> None:
    """K27, K28: on every part of the page, and done."""
    async with room.app(come_to(NEED)).run_test(size=(57, 12)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NEED)
        for choice in ("meals", "doctor", "money", "done"):
            await (by_arrows if way is by_arrows else by_switch)(hand, choice)
        assert answered(hand, "need") == "meals,doctor,money"


async def test_several_are_ticked_by_touch_and_one_too_many_is_said(room: Room) -> None:
    """Each tick is a touch of its own; a trembling finger ticks once (K19)."""
    async with room.app(come_to(NEED)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NEED)
        for choice in ("meals", "wash", "doctor"):
            await hand.touches(f"{CHOOSE}{choice}")
        await hand.touches(f"{CHOOSE}more")
        await hand.touches(f"{CHOOSE}money")
        assert hand.app.stage is not None
        assert hand.app.stage.sitting.refused is not None
        assert hand.part.error is not None


@SIZES
async def test_a_long_text_is_broken_into_lines_and_enter_goes_on(room: Room, size: tuple[int, int]) -> None:
    words = "我住在三楼，楼上没有电梯，上下楼很不方便。"
    async with room.app(come_to(STORY)).run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.sees(STORY)
        await goes_to_the_field(hand)
        await hand.pastes(words[:12] + "\n" + words[12:])
        assert hand.field == words[:12] + " " + words[12:]
        await hand.until(lambda: words[-6:] in hand.seen, "its end")
        await hand.presses("home")
        await hand.until(lambda: words[:6] in hand.seen, "its beginning")
        await hand.presses("enter")
        assert hand.place != STORY
        assert answered(hand, "story").replace(" ", "") == words


async def test_what_was_typed_and_not_entered_outlives_back(room: Room) -> None:
    """K09: who looks at the page before has nothing to type again."""
    async with room.app(come_to(STORY)).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(STORY)
        await hand.pastes("我住在三楼，楼上没有电梯。")
        await hand.presses("escape")
        assert hand.place != STORY
        assert answered(hand, "story") == "我住在三楼，楼上没有电梯。"


async def test_up_and_down_leave_a_long_text_at_its_ends(room: Room) -> None:
    async with room.app(come_to(STORY)).run_test(size=(40, 10)) as pilot:
        hand = Hand(pilot)
        await hand.sees(STORY)
        await goes_to_the_field(hand)
        await hand.pastes("一句话。" * 12)
        await hand.presses("up")
        assert focused(hand) == "", "a line up, inside the text"
        await hand.presses("down", "down")
        assert focused(hand) == f"{WAY}{Way.LETTERS}", "out of it, to the keys below"
        await hand.presses("up")
        await hand.types("X")
        assert hand.field.endswith("X")


async def test_a_mark_is_drawn_for_an_answer(room: Room) -> None:
    """As on the page where the whole application is signed."""
    app = room.app(come_to(MARK))
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(MARK)
        layout = app.view.layout_now
        assert layout is not None and layout.canvas is not None
        column, row = layout.canvas.column, layout.canvas.row
        await pilot.mouse_down(offset=(column + 2, row))
        await pilot.hover(offset=(column + 9, row + 1))
        await pilot.mouse_up(offset=(column + 9, row + 1))
        await hand.settle()
        await hand.presses("1")
        assert hand.place != MARK
        (stroke,) = json.loads(answered(hand, "mark"))
        across = [x for x, *_ in stroke]
        assert across == sorted(across)
        assert 0 < across[0] < across[-1] < 10_000, "within the place for it, in ten-thousandths of its width"


async def test_a_mark_need_not_be_drawn(room: Room) -> None:
    """K27: a key will do."""
    async with room.app(come_to(MARK)).run_test(size=(40, 10)) as pilot:
        hand = Hand(pilot)
        await hand.sees(MARK)
        await by_switch(hand, "key")
        assert answered(hand, "mark") == "key"
