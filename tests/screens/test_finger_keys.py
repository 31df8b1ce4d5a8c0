"""Keys large enough for a finger on the running program, on panels with the least room (K19)."""

from __future__ import annotations

import pytest

from kiosk.display.tables import faces, panels
from kiosk.display.type_size import Fit, Size, fits
from screens.layout import CHOOSE, TYPE
from screens.paginate import MORE
from screens.ways import PAGE_ON
from tests.screens.sitting_room import Hand, Room
from tests.screens.test_kinds_of_answer import answered
from tests.screens.test_writing_pages import NAME, asked_her_name, key_of, offered


def fit_of(panel: str, size: Size) -> Fit:
    return next(fit for fit in fits(panels()[panel], faces()["kitty"]) if fit.size is size)


TIGHT = [fit_of("10.1", Size.SMALL), fit_of("10.1", Size.USUAL), fit_of("13.3", Size.LARGEST)]


async def comes_to_the_field(hand: Hand, fit: Fit) -> None:
    """Where the question has a part of its own, past it."""
    hand.app.view.pitch = fit.pitch
    await hand.resizes(fit.columns, fit.rows - 1)
    await hand.resizes(fit.columns, fit.rows)
    while hand.part.entry is None:
        await hand.touches(f"{CHOOSE}{MORE}")


async def takes(hand: Hand, words: str) -> None:
    """What is offered, however many times the page of it must be turned."""
    while words not in offered(hand):
        await hand.touches(f"{TYPE}{PAGE_ON}")
    await hand.touches(f"{TYPE}{key_of(hand, words)}")


@pytest.mark.parametrize("fit", TIGHT, ids=lambda fit: f"{fit.columns}x{fit.rows}")
async def test_a_name_is_written_with_a_finger_on_a_small_panel(room: Room, fit: Fit) -> None:
    """K19: every key hit in its middle is the one meant; the way on stands beside them."""
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        await comes_to_the_field(hand, fit)
        for keys, words in (("94264", "张"), ("484", "桂"), ("3264", "芳")):
            for key in keys:
                places = hand.target(f"{TYPE}9"), hand.target(f"{CHOOSE}enter")
                await hand.touches(f"{TYPE}{key}")
                assert places == (hand.target(f"{TYPE}9"), hand.target(f"{CHOOSE}enter"))
            await takes(hand, words)
        assert hand.field == "张桂芳"
        await hand.touches(f"{CHOOSE}enter")
        assert answered(hand, "name") == "张桂芳"


@pytest.mark.parametrize("fit", TIGHT, ids=lambda fit: f"{fit.columns}x{fit.rows}")
async def test_one_switch_comes_to_all_keys_and_the_way_on(room: Room, fit: Fit) -> None:
    """K28: nothing is passed over because it stands elsewhere, and the round ends."""
    async with room.app(asked_her_name()).run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.sees(NAME)
        await comes_to_the_field(hand, fit)
        layout = hand.app.view.layout_now
        assert layout is not None
        missing = {target.act for target in layout.targets if target.act.startswith((CHOOSE, TYPE))}
        for _ in range(3 * len(layout.targets)):
            await hand.presses("f7")
            stage = hand.app.stage
            assert stage is not None
            missing -= {f"{TYPE}{stage.key}", f"{CHOOSE}{stage.focused.id if stage.focused else ''}"}
            if not missing:
                break
        assert not missing
