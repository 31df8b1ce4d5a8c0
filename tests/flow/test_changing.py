"""The check page: every answer can be changed, what a card said too; and ends that are good ones."""

from __future__ import annotations

from kiosk.flow.moves import Back, Choose, Enter
from kiosk.flow.page import Role
from kiosk.flow.path import SKIPPED
from kiosk.flow.source import Source
from tests.flow.every_kind import choices, done, on, page, value, words
from tests.flow.residents import GUIFANG, TRIAL

CHECK = on("check", "name", "birth_date", "id_number", card=GUIFANG)
"""Her card was read, and the rest is answered."""


def test_what_a_card_said_stands_among_the_answers_and_says_where_it_is_from() -> None:
    """K12, K40."""
    line = choices(CHECK)["change:name"]
    assert line.role is Role.CHANGE
    assert "张桂芳" in line.detail.show("zh") and "身份证" in line.detail.show("zh")
    assert set(CHECK.path(TRIAL).answers) == {
        choice.removeprefix("change:") for choice in choices(CHECK) if choice.startswith("change:")
    }


def test_an_answer_from_the_card_can_be_given_otherwise_and_is_the_persons_then() -> None:
    """K40: staff see that it was typed."""
    asked = done(CHECK, Choose("change:name"))
    assert asked.place == "question:name"
    entry = page(asked).entry
    assert entry is not None and entry.value == "张桂芳"
    changed = done(asked, Enter("张桂花"))
    assert changed.place == "check"
    answer = changed.path(TRIAL).answers["name"]
    assert (answer.value, answer.source) == ("张桂花", Source.RESIDENT)
    assert "身份证" not in choices(changed)["change:name"].detail.show("zh")


def test_the_check_page_opens_where_the_changed_line_stands() -> None:
    """Its first focus stays on the way on: Enter does not change the same thing again."""
    assert page(CHECK).opens_at is None
    for move in (Enter("13900000009"), Back()):
        back = page(done(CHECK, Choose("change:phone"), move))
        assert (back.id, back.opens_at, back.focus) == ("check", "change:phone", "go")
    assert page(done(CHECK, Choose("change:phone"), Back(), Choose("go")).go("check")).opens_at is None


def test_what_was_typed_is_kept_by_back_where_it_would_be_taken() -> None:
    """K09: the page before is looked at, and nothing is typed twice."""
    story = on("question:story", "story")
    assert value(done(story, Back("我住在三楼，没有电梯。")), "story") == "我住在三楼，没有电梯。"
    phone = on("question:phone", "phone")
    for typed in ("", " ", "139"):
        assert value(done(phone, Back(typed)), "phone") is None
    changing = done(CHECK, Choose("change:phone"), Back("13900000009"))
    assert changing.place == "check" and value(changing, "phone") == value(CHECK, "phone")


def test_who_leaves_it_as_it_was_leaves_it_to_the_card() -> None:
    for move in (Back(), Enter(""), Enter("张桂芳")):
        kept = done(CHECK, Choose("change:name"), move)
        assert kept.place == "check"
        assert kept.path(TRIAL).answers["name"].source is Source.CARD
        assert kept.given.by_hand == frozenset()


def test_a_wrong_change_stays_on_its_page_with_the_card_still_holding() -> None:
    wrong = done(CHECK, Choose("change:id_number"), Enter("123"))
    assert wrong.place == "question:id_number" and page(wrong).error is not None
    assert wrong.path(TRIAL).answers["id_number"].source is Source.CARD
    assert done(wrong, Back()).place == "check"


def test_a_change_asks_again_for_what_was_confirmed() -> None:
    confirmed = done(CHECK, Choose("go"))
    assert confirmed.path(TRIAL).last.place == "sign"
    changed = done(confirmed.go("check"), Choose("change:name"), Enter("张桂花"))
    assert changed.path(TRIAL).last.place == "check"


def test_a_changed_card_answer_can_be_changed_again() -> None:
    twice = done(CHECK, Choose("change:name"), Enter("张桂花"), Choose("change:name"), Enter("张桂华"))
    assert twice.place == "check" and value(twice, "name") == "张桂华"


def test_the_other_answers_of_the_card_stay_the_cards() -> None:
    changed = done(CHECK, Choose("change:name"), Enter("张桂花"))
    assert changed.path(TRIAL).answers["id_number"].source is Source.CARD


def test_a_long_answer_is_one_line_among_the_others() -> None:
    """At the smallest grid a line of the check page must fit; all of it stands on its own page."""
    told = "楼上没有电梯，下楼要歇三回。" * 15
    long = on("check", story=told)
    line = choices(long)["change:story"].detail.show("zh")
    assert len(line) <= 42 and line.endswith("……")
    entry = page(done(long, Choose("change:story"))).entry
    assert entry is not None and entry.value == told


def test_what_was_left_open_says_so() -> None:
    assert choices(CHECK)["change:phone"].detail.show("zh") == "139******00"
    skipped = on("check", phone=SKIPPED)
    assert choices(skipped)["change:phone"].detail == TRIAL.texts["common.none_given"]


def test_a_good_end_does_not_say_that_something_was_refused() -> None:
    good = on("stop:all-right", insurance="right", aim="look")
    shown = page(good)
    assert shown.id == "stop:all-right"
    assert "先不能在这里办" not in words(shown) and "不用再办" in words(shown)
    assert shown.choices[0].id == "leave"
    assert done(good, Choose("leave")).place == "home"
    assert done(good, Choose("fix")).place == "question:aim"


def test_an_end_that_is_not_good_says_what_can_be_done() -> None:
    young = on("stop:too-young", birth_date="2010-01-10")
    assert "先不能在这里办" in words(page(young))
    assert page(young).choices[0].id == "fix"
