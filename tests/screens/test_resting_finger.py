"""When a drawn character counts as written: after the finger has rested, by a clock that the test turns."""

from __future__ import annotations

from collections.abc import Callable

from screens.resident.by_hand import RESTED, ByHand
from tests.handwriting.copybook import COPYBOOK
from tests.screens.sitting_room import Hand, Room
from tests.screens.test_drawing_pages import takes_the_finger
from tests.screens.test_writing_pages import asked_her_name


class Timer:
    """One that goes off when the test says so."""

    def __init__(self, seconds: float, then: Callable[[], None]) -> None:
        self.seconds, self._then, self.stopped = seconds, then, False

    def stop(self) -> None:
        self.stopped = True

    def goes_off(self) -> None:
        if not self.stopped:
            self._then()


class Clock:
    """Keeps what was set."""

    def __init__(self) -> None:
        self.timers: list[Timer] = []

    def set_timer(self, seconds: float, then: Callable[[], None]) -> Timer:
        self.timers.append(Timer(seconds, then))
        return self.timers[-1]


def draw(hand: Hand, character: str) -> None:
    """On the view of the page, at once."""
    for stroke in COPYBOOK[character]:
        hand.app.view.ink.begin()
        for x, y in stroke:
            hand.app.view.ink.to(int(1 + x * 20), int(1 + y * 10))


async def test_each_stroke_begins_the_rest_anew(room: Room) -> None:
    clock, found = Clock(), list[tuple[str, ...]]()
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        by_hand = ByHand(hand.app.view, found.append, clock.set_timer)
        draw(hand, "王")
        by_hand.lifted()
        by_hand.lifted()
        first, second = clock.timers
        assert first.stopped and second.seconds == RESTED
        first.goes_off()
        await hand.settle()
        assert not found
        second.goes_off()
        await hand.settle()
        assert len(found) == 1 and "王" in found[0]


async def test_what_is_found_for_an_earlier_drawing_does_not_come_late(room: Room) -> None:
    clock, found = Clock(), list[tuple[str, ...]]()
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        by_hand = ByHand(hand.app.view, found.append, clock.set_timer)
        draw(hand, "十")
        by_hand.look_up()
        by_hand.wipe()
        await hand.settle()
        assert not found and not by_hand.inked


async def test_nothing_changes_under_a_finger_on_its_way(room: Room) -> None:
    """What is offered must be what was there when the finger came down on it."""
    clock, found = Clock(), list[tuple[str, ...]]()
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await takes_the_finger(hand)
        by_hand = ByHand(hand.app.view, found.append, clock.set_timer)
        draw(hand, "人")
        key = hand.target("type:wipe")
        await pilot.mouse_down(offset=(key.column + 1, key.row))
        by_hand.look_up()
        await hand.settle()
        assert not found and clock.timers
        await pilot.mouse_up(offset=(0, 0))
        clock.timers[-1].goes_off()
        await hand.settle()
        assert found and "人" in found[-1]
