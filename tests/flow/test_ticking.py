"""Several of the options: ticked one by one, done at the end."""

from __future__ import annotations

import pytest

from kiosk.flow.moves import Back, Choose, Enter, Help
from kiosk.flow.page import PageKind, Role
from kiosk.flow.sitting import Errand, Sitting
from tests.flow.every_kind import asked, choices, done, errands, on, page, value, words

NEED = "question:need"


def ticked(sitting: Sitting) -> list[str]:
    return [choice.id for choice in page(sitting).choices if choice.role is Role.TOGGLE and choice.chosen]


def test_a_press_ticks_and_another_one_takes_it_away() -> None:
    once = done(asked("need"), Choose("meals"), Choose("doctor"))
    assert once.place == NEED
    assert ticked(once) == ["meals", "doctor"]
    assert ticked(done(once, Choose("meals"))) == ["doctor"]


def test_nothing_counts_before_it_is_done() -> None:
    half = done(asked("need"), Choose("meals"))
    assert value(half, "need") is None
    assert errands(half, Choose("wash")) == ()
    assert value(done(half, Choose("done")), "need") == "meals"
    assert Errand.SAVE_DRAFT in errands(half, Choose("done"))


def test_the_answer_stands_in_the_order_of_the_options() -> None:
    made = done(asked("need"), Choose("money"), Choose("meals"), Choose("done"))
    assert value(made, "need") == "meals,money"
    assert made.place == "question:extras"


def test_help_and_back_keep_the_ticks() -> None:
    """K09."""
    half = done(asked("need"), Choose("meals"), Choose("wash"))
    assert ticked(done(half, Help(), Back())) == ["meals", "wash"]
    assert ticked(done(half, Back()).go(NEED)) == ["meals", "wash"]


def test_with_nothing_ticked_the_page_says_what_to_do() -> None:
    """K11."""
    refused = done(asked("need"), Choose("done"))
    assert refused.place == NEED
    assert "1" in (page(refused).error or page(refused).heading).show("zh")
    assert page(done(refused, Choose("meals"))).error is None


def test_one_too_many_is_not_ticked_and_the_page_says_why() -> None:
    full = done(asked("need"), Choose("meals"), Choose("wash"), Choose("doctor"))
    over = done(full, Choose("money"))
    assert ticked(over) == ["meals", "wash", "doctor"]
    assert page(over).error is not None and "最多选3个" in words(page(over))
    assert "最多选3个" in words(page(full)), "told before it is too many"


@pytest.mark.parametrize("move", [Choose("done"), Choose("skip")])
def test_an_optional_one_may_be_left_open(move: Choose) -> None:
    made = done(asked("extras"), move)
    assert value(made, "extras") == ""
    assert made.place == "question:days"


def test_what_was_ticked_and_then_skipped_is_gone() -> None:
    made = done(asked("extras"), Choose("paper"), Choose("skip"))
    assert value(made, "extras") == ""
    assert ticked(made.go("question:extras")) == []


def test_a_change_begins_with_what_was_chosen_and_returns() -> None:
    """K12."""
    changing = done(on("check"), Choose("change:need"))
    assert ticked(changing) == ["meals", "money"]
    back = done(changing, Choose("wash"), Choose("done"))
    assert back.place == "check"
    assert value(back, "need") == "meals,wash,money"


def test_there_is_nothing_to_type() -> None:
    assert page(asked("need")).kind is PageKind.CHOICE
    assert done(asked("need"), Enter("meals")) == asked("need")
    assert choices(asked("need"))["done"].role is Role.GO
