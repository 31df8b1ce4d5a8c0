"""Single keys, held keys, early keys, trembling fingers, long pastes."""

from __future__ import annotations

from random import Random

import pytest
from textual import events

from screens.keys import ANYWHERE, OUTSIDE_A_FIELD, REPEAT_GUARDS, Act, KeyGuard, act_of
from screens.layout import CHOOSE, PRESS
from screens.theme import PALETTES
from tests.screens.sitting_room import Hand, Room
from tests.screens.test_whole_way import BY_CARD, by_numbers, fills

AUTO_REPEAT = 0.03
"""Seconds between the keys that a held key sends."""


async def led_to(hand: Hand, room: Room, place: str) -> None:
    """Lay the card and go on, as far as a page."""
    await hand.sees("language")
    room.lay()
    for page, choice in BY_CARD:
        await hand.sees(page)
        if page == place:
            return
        await (fills(hand, choice, "numbers") if page == "question:phone" else by_numbers(hand, choice))
    await hand.sees(place)


def test_no_key_has_two_meanings() -> None:
    assert not set(ANYWHERE) & set(OUTSIDE_A_FIELD)
    assert not {str(number) for number in range(1, 10)} & set(OUTSIDE_A_FIELD)


@pytest.mark.parametrize("key", sorted(OUTSIDE_A_FIELD))
def test_letters_digits_and_arrows_are_typed_where_a_field_has_the_focus(key: str) -> None:
    assert act_of(key, in_field=True) is None
    assert act_of(key, in_field=False) is OUTSIDE_A_FIELD[key]


@pytest.mark.parametrize(("key", "act"), [("H", Act.HELP), ("upper_s", Act.PERSON), ("f1", Act.HELP)])
def test_capital_letters_mean_the_same(key: str, act: Act) -> None:
    assert act_of(key, in_field=False) is act


def test_a_held_key_is_one_key() -> None:
    """Textual cannot see auto-repeat; the same key within 120 ms is one (K27)."""
    guard = KeyGuard()
    let = [guard.lets_through("enter", at * AUTO_REPEAT, in_field=False) for at in range(100)]
    assert let == [True, *[False] * 99]
    assert guard.lets_through("enter", 100 * AUTO_REPEAT + 0.2, in_field=False)
    assert guard.lets_through("down", 100 * AUTO_REPEAT + 0.2, in_field=False)


@pytest.mark.parametrize(("in_field", "held_every"), [(False, 0.115), (False, 0.09), (True, 0.035)])
def test_bursts_of_held_keys_are_one_key_each(in_field: bool, held_every: float) -> None:
    """K27: hands that shake, hold and let go, for an hour; whatever rate the keyboard repeats at."""
    chance, guard, at, let = Random(27), KeyGuard(), 0.0, 0
    for _ in range(1000):
        key = chance.choice(["down", "enter", "1", "f8", "asterisk"])
        for _ in range(chance.randint(1, 40)):
            let += guard.lets_through(key, at, in_field=in_field)
            at += chance.uniform(0.001, held_every)
        at += REPEAT_GUARDS["page"]
    assert let == 1000


def test_a_quick_hand_types_a_figure_twice_in_a_field_and_chooses_once_on_a_page() -> None:
    """K27: 80 ms apart."""
    for in_field, counted in ((True, [True, True]), (False, [True, False])):
        guard = KeyGuard()
        assert [guard.lets_through("6", at, in_field=in_field) for at in (0.0, 0.08)] == counted


@pytest.mark.usefixtures("only_hands_take_time")
async def test_a_held_number_answers_one_question(room: Room) -> None:
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "consent:use")
        await hand.presses("1", *["1"] * 8, apart=AUTO_REPEAT)
        assert hand.place == "consent:use", "still the key that answered the page before"
        await hand.presses("1")
        await hand.presses(*["1"] * 8, apart=AUTO_REPEAT)
        assert hand.place == "question:who"
        await hand.presses("enter")
        await hand.presses(*["enter"] * 8, apart=AUTO_REPEAT)
        assert hand.place == "question:hukou"


async def test_keys_pressed_before_a_page_was_there_do_nothing_on_it(room: Room) -> None:
    """Also not in the field of a page that comes up while somebody goes on pressing."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "consent:id-data")
        await hand.settle()
        hand.strikes("1")
        early = [events.Key(key, key if len(key) == 1 else None) for key in ("2", "3", "enter", "4")]
        await hand.sees("question:phone")
        for key in early:
            hand.app.post_message(key)
        await hand.settle()
        assert hand.place == "question:phone"
        assert hand.field == ""


@pytest.mark.usefixtures("only_hands_take_time")
async def test_enter_held_down_never_submits(room: Room) -> None:
    """K13: a thousand presses, held and one by one; nothing is handed in, whatever the pause between."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "submit")
        places = set()
        for press in range(1000):
            hand.strikes("enter", apart=AUTO_REPEAT if press % 4 else 1.0)
            if press % 50 == 0:
                await hand.settle()
                places.add(hand.place)
        await hand.settle()
        assert "receipt" not in places
    with room.store() as store:
        assert not store.open_cases(room.clock.now())


@pytest.mark.usefixtures("only_hands_take_time")
async def test_the_submit_page_hears_nothing_at_first(room: Room) -> None:
    """K13: 800 ms, and nobody is left to think that the key is broken."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "submit")
        hand.strikes("2", apart=0.01)
        await hand.settle()
        assert hand.place == "submit"
        assert "请等一下" in hand.seen, "whoever pressed sees that it was noticed"
        await hand.presses("2")
        assert hand.place == "receipt"


async def test_a_finger_that_trembles_chooses_once(room: Room) -> None:
    """K19: the second touch in the same place within 300 ms is none, even where a new page has come."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "consent:use")
        target = hand.target(f"{CHOOSE}yes")
        await pilot.click(offset=(target.column + 4, target.row), times=2)
        await hand.settle()
        assert hand.place == "question:who"


@pytest.mark.proves("WCAG 2.5.2")
async def test_a_finger_that_slides_off_chooses_nothing(room: Room) -> None:
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "consent:use")
        yes, no = hand.target(f"{CHOOSE}yes"), hand.target(f"{CHOOSE}no")
        await pilot.mouse_down(offset=(yes.column + 4, yes.row))
        await pilot.mouse_up(offset=(no.column + 4, no.row))
        await hand.settle()
        assert hand.place == "consent:use"


async def test_a_paste_of_ten_thousand_characters_is_cut_and_said_so(room: Room) -> None:
    app = room.app()
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "question:phone")
        await hand.pastes("7\n" * 5000)
        assert hand.part.entry is not None
        assert len(hand.field) == hand.part.entry.longest
        cut = room.app().fittings.texts["bar.too_long"].show("zh")
        await hand.until(lambda: cut in hand.seen, "the words that it was cut")


async def test_an_input_method_may_put_in_the_same_character_twice_at_once(room: Room) -> None:
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "question:phone")
        for character in "李丽丽":
            hand.strikes(character, apart=0.001)
        await hand.settle()
        assert hand.field == "李丽丽"


async def test_what_is_typed_never_goes_to_the_terminal_s_clipboard(room: Room) -> None:
    """K32: it would outlive the visit."""
    app = room.app()
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "question:phone")
        await hand.types("139")
        await hand.presses("ctrl+a", "ctrl+c", "ctrl+x", "super+c")
        assert app.clipboard == ""
        assert hand.field == "139"


async def test_no_key_leads_out_of_the_program(room: Room) -> None:
    app = room.app()
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses(
            "ctrl+c", "ctrl+p", "ctrl+z", "ctrl+d", "f12", "tab", "shift+tab", "ctrl+backslash"
        )
        assert app.is_running and hand.place == "language"


async def test_every_setting_is_announced_at_every_press_and_stops_at_its_end(room: Room) -> None:
    """K21, vxsuite 7717: also where nothing changes any more."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        for key, steps in (
            ("full_stop", (5, 6, 7, 7)),
            ("comma", (6, 5, 4, 3, 2, 1, 1)),
            ("equals_sign", (8, 9, 10, 10)),
        ):
            for step in steps:
                await hand.presses(key)
                await hand.until(lambda step=step: f"第{step}档" in hand.seen, f"step {step}")  # type: ignore[misc]
        await hand.presses("m")
        await hand.until(lambda: "声音关了" in hand.seen, "sound off")
        await hand.presses("m")
        await hand.until(lambda: "声音打开了" in hand.seen, "sound on")


async def test_a_number_that_is_no_choice_says_which_there_are(room: Room) -> None:
    """A slip has stopped the voice (K08): who cannot see would hear nothing any more."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        await hand.presses("9")
        await hand.until(lambda: "请按1到" in hand.seen.replace(" ", ""), "the numbers that there are")
        assert hand.place == "language"


async def test_the_colours_key_changes_page_and_field_alike(room: Room) -> None:
    app = room.app()
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "question:phone")
        for palette in (*PALETTES[1:], PALETTES[0]):
            await hand.presses("f4")
            assert app.view.palette is palette
            middle = app.field.render_line(app.field.size.height // 2)
            grounds = {segment.style.bgcolor.name.upper() for segment in middle if segment.style}  # type: ignore[union-attr]
            assert grounds == {palette.focus_ground, palette.focus_text}, "the line, and its caret"
            assert app.screen.styles.background.hex.upper() == palette.ground


async def test_help_again_and_a_person_are_there_on_every_page(room: Room) -> None:
    """K07, K10: and lead back to the page, with what was half typed."""
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        room.lay()
        for page, choice in BY_CARD:
            await hand.sees(page)
            await hand.presses("f1")
            assert hand.place == f"help@{page}"
            assert 1 <= len(hand.part.body) <= 2
            await by_numbers(hand, "person")
            assert hand.place == f"called@{page}"
            await hand.presses("f2", "escape")
            assert hand.place == page
            await hand.presses("f9", "1")
            assert hand.place == page
            await (fills(hand, choice, "numbers") if page == "question:phone" else by_numbers(hand, choice))
        await hand.sees("goodbye")


async def test_what_is_half_typed_outlives_help_and_a_change_of_language(room: Room) -> None:
    async with room.app().run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "question:phone")
        await hand.types("139 00")
        await hand.presses("f1", "escape")
        await hand.touches(f"{PRESS}language")
        assert "phone" in hand.seen
        assert hand.field == "139 00"
        await hand.types("00 0000")
        await hand.presses("enter")
        assert hand.place == "question:account"


async def test_after_a_change_the_check_page_comes_back_to_the_changed_line(room: Room) -> None:
    """K12: on a small screen it is several parts; Enter still leads on, part by part."""
    app = room.app()
    async with app.run_test(size=(40, 10)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "check")
        stage = app.stage
        assert stage is not None
        changes = [choice.id for choice in stage.part.choices]
        while "change:phone" not in [choice.id for choice in stage.part.choices]:
            await hand.presses("enter")
        assert "change:phone" not in changes and stage.part.part > 1
        await by_numbers(hand, "change:phone")
        assert hand.place == "question:phone"
        await hand.presses("enter")
        assert hand.place == "check"
        assert "change:phone" in [choice.id for choice in stage.part.choices]
        while stage.part.part < stage.part.parts:
            await hand.presses("enter")
        assert hand.place == "check" and stage.focused is not None and stage.focused.id == "go"


async def test_back_from_every_page_keeps_every_answer(room: Room) -> None:
    """K09."""
    app = room.app()
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await led_to(hand, room, "check")
        assert app.stage is not None
        before = app.stage.sitting.given.answers
        places = []
        while hand.place != "pause":
            places.append(hand.place)
            await hand.presses("escape")
        assert len(places) >= 6
        assert app.stage.sitting.given.answers == before
        await by_numbers(hand, "stay")
        for _ in places[1:]:
            await hand.presses("enter")
        assert hand.place == "check"
        assert app.stage.sitting.given.answers == before
