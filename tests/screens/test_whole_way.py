"""The whole way from the first page to goodbye, by every way of saying what one wants."""

from __future__ import annotations

import pytest

from screens.key_room import pad_keys
from screens.layout import CHOOSE, PRESS, TYPE
from tests.screens.sitting_room import GUIFANG, Hand, Room

PHONE = "139 0000 0000"
BY_CARD = (
    *(("home", "do"), ("do", "elderly-allowance"), ("keep", "yes"), ("consent:use", "yes")),
    *(("question:who", "self"), ("question:hukou", "local"), ("consent:id-data", "yes")),
    *(("question:phone", PHONE), ("question:account", "sscard"), ("check", "go")),
    *(("consent:proxy", "yes"), ("sign", "key"), ("submit", "submit"), ("receipt", "leave")),
)
"""Each page and what is chosen on it, for somebody who lays her card."""


async def by_numbers(hand: Hand, choice: str) -> None:
    while True:
        ids = [each.id for each in hand.part.choices]
        if choice in ids:
            await hand.presses(str(ids.index(choice) + 1))
            return
        await hand.presses(str(ids.index("more") + 1))


async def by_arrows(hand: Hand, choice: str, down: str = "down", take: str = "enter") -> None:
    while True:
        ids = [each.id for each in hand.part.choices]
        wanted = choice if choice in ids else "more"
        for _ in range(2 * (len(ids) + len(pad_keys(hand.part.entry)) + 1)):
            assert hand.app.stage is not None
            focused = hand.app.stage.focused
            if focused is not None and focused.id == wanted:
                break
            above = focused is not None and down == "down" and ids.index(focused.id) > ids.index(wanted)
            await hand.presses("up" if above else down)
        await hand.presses(take)
        if wanted == choice:
            return


async def by_switch(hand: Hand, choice: str) -> None:
    await by_arrows(hand, choice, "f7", "f8")


async def by_touch(hand: Hand, choice: str) -> None:
    while choice not in [each.id for each in hand.part.choices]:
        await hand.touches(f"{CHOOSE}more")
    await hand.touches(f"{CHOOSE}{choice}")


WAYS = {"numbers": by_numbers, "arrows": by_arrows, "touch": by_touch, "switch": by_switch}


async def fills(hand: Hand, words: str, way: str) -> None:
    """Type on the keys, or with those on the screen: by touch, by one switch, by arrows."""
    if way == "numbers":
        await hand.types(words)
        await hand.presses("enter")
        return
    for digit in words.replace(" ", ""):
        await KEYS[way](hand, digit)
    await WAYS[way](hand, "enter")


async def touch_key(hand: Hand, key: str) -> None:
    await hand.touches(f"{TYPE}{key}")


async def scan_to_key(hand: Hand, key: str) -> None:
    """One switch goes on, the other takes."""
    assert hand.app.stage is not None
    while hand.app.stage.key != key:
        await hand.presses("f7")
    await hand.presses("f8")


async def arrow_to_key(hand: Hand, key: str) -> None:
    """Down from the field to the row of keys, along it, Enter."""
    assert hand.app.stage is not None
    if not hand.app.stage.key:
        await hand.presses("down")
    keys = pad_keys(hand.part.entry)
    while hand.app.stage.key != key:
        await hand.presses("right" if keys.index(hand.app.stage.key) < keys.index(key) else "left")
    await hand.presses("enter")


KEYS = {"touch": touch_key, "switch": scan_to_key, "arrows": arrow_to_key}


@pytest.mark.parametrize(
    ("way", "size"),
    [("numbers", (40, 10)), ("arrows", (80, 24)), ("touch", (57, 12)), ("switch", (80, 24))],
    ids=str,
)
async def test_somebody_with_a_card_applies(room: Room, way: str, size: tuple[int, int]) -> None:
    """K27, K06: every way leads through, at the largest type and the usual one."""
    app = room.app()
    async with app.run_test(size=size) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        room.lay()
        for page, choice in BY_CARD:
            await hand.sees(page)
            if page == "question:phone":
                await fills(hand, choice, way)
            else:
                await WAYS[way](hand, choice)
        await hand.sees("goodbye")
        room.reader.lift()
        assert await hand.ends() == 0
    with room.store() as store:
        (case,) = store.open_cases(room.clock.now())
        submission = store.case(case.case_id).submission
        answers = {answer.field: answer.value for answer in submission.answers}
    assert answers["name"] == GUIFANG.name
    assert answers["phone"] == "13900000000"


async def test_somebody_without_a_card_types_everything_in_english(room: Room) -> None:
    """K34: the manual path; the receipt says all four things (K36)."""
    app = room.app()
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        typed = {
            "question:birth_date": "1944 3 5",
            "question:name": "张桂芳",
            "question:id_number": GUIFANG.number,
            "question:phone": PHONE,
        }
        chosen = {
            "language": "en",
            "welcome": "go",
            "card": "without",
            "home": "do",
            "do": "elderly-allowance",
            "consent:use": "yes",
            "proof:card": "later",
            "question:who": "self",
            "question:hukou": "local",
            "consent:id-data": "yes",
            "question:account": "sscard",
            "check": "go",
            "consent:proxy": "yes",
            "sign": "key",
            "submit": "submit",
        }
        while hand.place != "receipt":
            page = hand.place
            if page in typed:
                await hand.types(typed[page])
                await hand.presses("enter")
            else:
                await by_numbers(hand, chosen[page])
            assert hand.place != page, hand.lines
        assert app.stage is not None and app.stage.sitting.receipt is not None
        said = " ".join(text.show("en") for text in hand.part.body)
        assert "You need not wait" in said and "finished by" in said and "000-12345" in said
        assert hand.part.big.show("en") == app.stage.sitting.receipt.ticket
        await by_numbers(hand, "leave")
        await hand.sees("goodbye")
        await by_numbers(hand, "done")
        assert await hand.ends() == 0


async def test_a_mark_is_drawn_with_a_finger_wiped_and_drawn_again(room: Room) -> None:
    app = room.app()
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees("language")
        room.lay()
        for page, choice in BY_CARD[:-3]:
            await hand.sees(page)
            await (fills(hand, choice, "numbers") if page == "question:phone" else by_numbers(hand, choice))
        await hand.sees("sign")
        layout = app.view.layout_now
        assert layout is not None and layout.canvas is not None
        column, row = layout.canvas.column, layout.canvas.row
        for attempt in ("wiped", "kept"):
            await pilot.mouse_down(offset=(column + 2, row))
            await pilot.hover(offset=(column + 9, row + 1))
            await pilot.mouse_up(offset=(column + 9, row + 1))
            await hand.settle()
            assert [choice.id for choice in hand.part.choices][:2] == ["drawn", "clear"]
            if attempt == "wiped":
                await by_numbers(hand, "clear")
                assert app.view.strokes == ""
        await by_numbers(hand, "drawn")
        await hand.sees("submit")
        assert [choice.id for choice in hand.part.choices][:2] == ["look", "submit"]
        assert app.stage is not None and app.stage.sitting.strokes
        await hand.touches(f"{PRESS}back")
        await hand.sees("sign")
