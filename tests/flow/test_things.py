"""A list of things: added, changed and removed one by one; nothing half given is lost."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.flow.moves import Back, Choose, Enter, Move
from kiosk.flow.page import PageKind, Role
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.things import REMOVE
from kiosk.text import LANGUAGES, Privacy
from tests.flow.every_kind import asked, choices, done, errands, on, page, value, words
from tests.flow.residents import TRIAL

GOODS = "question:goods"
RICE: tuple[Move, ...] = (Choose("add"), Enter("大米"), Enter("60"), Choose("large"), Choose("skip"))
OIL: tuple[Move, ...] = (Choose("add"), Enter("菜油"), Enter("55.5"), Choose("small"), Choose("skip"))
SALT: tuple[Move, ...] = (
    Choose("add"),
    Enter("盐"),
    Enter("3"),
    Choose("small"),
    Choose("market"),
    Choose("done"),
)


def things(sitting: Sitting) -> list[str]:
    """Their names, in order."""
    return [thing["thing"] for thing in json.loads(value(sitting, "goods") or "[]")]


def test_an_empty_list_says_so_and_may_stay_empty() -> None:
    empty = asked("goods")
    assert "还没有" in words(page(empty))
    assert set(choices(empty)) == {"add", "done"}
    made = done(empty, Choose("done"))
    assert value(made, "goods") == "[]"
    assert made.place == "question:contacts"


def test_a_thing_is_asked_for_question_by_question_and_then_stands_on_the_list() -> None:
    begun = done(asked("goods"), Choose("add"))
    assert begun.place == f"{GOODS}/1/thing"
    assert page(begun).kind is PageKind.ENTRY
    assert "第1项" in page(begun).progress.show("zh")
    assert done(begun, Enter("大米")).place == f"{GOODS}/1/price"
    listed = done(asked("goods"), *RICE)
    assert listed.place == GOODS
    line = choices(listed)["1"]
    assert line.role is Role.CHANGE and "大米" in line.detail.show("zh") and "60元" in line.detail.show("zh")


def test_each_answer_about_a_thing_saves_the_draft() -> None:
    """K44."""
    half = done(asked("goods"), Choose("add"))
    assert errands(half, Enter("大米")) == (Errand.SAVE_DRAFT,)
    last = done(half, Enter("大米"), Enter("60"), Choose("large"))
    assert errands(last, Choose("skip")) == (Errand.SAVE_DRAFT,)


def test_no_more_can_be_added_than_the_question_takes() -> None:
    full = done(asked("goods"), *RICE, *OIL, *SALT)
    assert things(full) == ["大米", "菜油", "盐"]
    assert "add" not in choices(full)
    assert done(full, Choose("add")) == full
    assert "3" in words(page(full))


def test_a_list_that_needs_one_cannot_be_done_without() -> None:
    empty = asked("contacts")
    assert "done" not in choices(empty)
    refused = done(empty, Choose("done"))
    assert refused.place == "question:contacts" and page(refused).error is not None


def test_back_goes_one_question_back_and_then_to_the_list_and_nothing_is_lost() -> None:
    """K09."""
    at_size = done(asked("goods"), Choose("add"), Enter("大米"), Enter("60"))
    at_price = done(at_size, Back())
    assert at_price.place == f"{GOODS}/1/price"
    assert page(at_price).entry is not None and page(at_price).entry.value == "60"  # type: ignore[union-attr]
    on_list = done(at_price, Back(), Back())
    assert on_list.place == GOODS and things(on_list) == []
    assert done(on_list, Back()).place == "question:income"
    again = done(on_list, Choose("add"))
    assert page(again).entry is not None and page(again).entry.value == "大米"  # type: ignore[union-attr]
    assert things(done(again, Enter(""), Enter(""), Choose("large"), Choose("skip"))) == ["大米"]


def test_a_wrong_answer_about_a_thing_stays_to_be_corrected() -> None:
    """K09, K11."""
    wrong = done(asked("goods"), Choose("add"), Enter("大米"), Enter("很贵"))
    shown = page(wrong)
    assert shown.id == f"{GOODS}/1/price" and shown.error is not None
    assert shown.entry is not None and shown.entry.value == "很贵"


def test_a_thing_can_be_changed_with_what_it_was_as_the_beginning() -> None:
    changing = done(asked("goods"), *RICE, *OIL, Choose("2"), Choose("change"))
    assert changing.place == f"{GOODS}/2/thing"
    made = done(changing, Enter("花生油"), Enter(""), Choose("large"), Choose("skip"))
    assert things(made) == ["大米", "花生油"]
    assert json.loads(value(made, "goods") or "")[1]["price"] == "55.50"


def test_a_change_that_is_not_finished_changes_nothing_on_the_list() -> None:
    half = done(asked("goods"), *RICE, Choose("1"), Choose("change"), Enter("小米"), Back(), Back())
    assert half.place == f"{GOODS}/1"
    assert things(half) == ["大米"]


def test_a_thing_is_removed_only_after_a_yes() -> None:
    asking = done(asked("goods"), *RICE, *OIL, Choose("1"), Choose("remove"))
    assert asking.place == f"{GOODS}/1/{REMOVE}"
    assert page(asking).focus == "no"
    assert "大米" in words(page(asking))
    for kept in (done(asking, Choose("no")), done(asking, Back())):
        assert things(kept) == ["大米", "菜油"] and kept.place == f"{GOODS}/1"
    gone = done(asking, Choose("yes"))
    assert things(gone) == ["菜油"] and gone.place == GOODS
    assert Errand.SAVE_DRAFT in errands(asking, Choose("yes"))


def test_what_is_half_given_moves_up_when_one_before_it_is_removed() -> None:
    half = done(asked("goods"), *RICE, Choose("add"), Enter("菜油"), Back(), Back())
    moved = done(half, Choose("1"), Choose("remove"), Choose("yes"), Choose("add"))
    assert moved.place == f"{GOODS}/1/thing"
    assert page(moved).entry is not None and page(moved).entry.value == "菜油"  # type: ignore[union-attr]


def test_a_change_from_the_check_page_returns_there() -> None:
    """K12."""
    changing = done(on("check"), Choose("change:goods"))
    assert changing.place == GOODS
    made = done(changing, *OIL, Choose("done"))
    assert made.place == "check"
    assert "菜油" in words(page(made))
    assert done(changing, Back()).place == "check"


def test_private_answers_about_a_thing_are_masked_on_the_list() -> None:
    """K26."""
    contact = done(asked("contacts"), Choose("add"), Enter("李梅"), Enter("139 0000 0001"), Choose("skip"))
    for language in LANGUAGES:
        assert "13900000001" not in words(page(contact), language)
    again = done(contact, Choose("1"), Choose("change"), Enter(""))
    assert page(again).entry is not None and page(again).entry.value == ""  # type: ignore[union-attr]
    assert "139******01" in words(page(again))


def test_what_is_private_of_a_thing_does_not_make_the_rest_of_it_private() -> None:
    """K26: each answer on its line is as private as its own question."""
    contact = done(asked("contacts"), Choose("add"), Enter("李梅"), Enter("139 0000 0001"), Choose("skip"))
    line = choices(contact)["1"].detail
    assert line.privacy is Privacy.PRIVATE
    assert [(part.show("zh"), part.privacy) for part in line.parts] == [
        ("李梅", Privacy.MASKED),
        ("139******01", Privacy.PRIVATE),
    ]


def test_the_sum_of_a_list_follows_the_list() -> None:
    both = done(asked("goods"), *RICE, *OIL)
    service_values = done(both, Choose("done")).path(TRIAL).values
    assert str(service_values["total"]) == "115.50" and service_values["things"] == 2


MOVES = st.sampled_from(
    [
        Back(), Choose("add"), Choose("done"), Choose("1"), Choose("2"), Choose("change"), Choose("remove"),
        Choose("yes"), Choose("no"), Choose("skip"), Choose("large"), Choose("market"), Enter("米"),
        Enter("7"), Enter(""), Enter("?"),
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(MOVES, max_size=60))
def test_whatever_is_pressed_the_list_stays_whole(moves: list[Move]) -> None:
    sitting = asked("goods")
    for move in moves:
        before = sitting
        sitting = done(sitting, move)
        assert page(sitting).choices and page(sitting).heading.show("zh")
        if isinstance(move, Back):
            assert sitting.given == before.given
        for thing in json.loads(value(sitting, "goods") or "[]"):
            assert list(thing) == ["thing", "price", "size", "shops"] and thing["thing"] and thing["size"]
        assert len(things(sitting)) <= 3
