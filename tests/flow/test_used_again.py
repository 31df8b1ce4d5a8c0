"""Answers given before are used again only if the person agrees, and only for themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kiosk.flow.earlier_values import EarlierValues
from kiosk.flow.moves import Back, Choose, Enter, Found, Move
from kiosk.flow.page import Role
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.source import Source
from kiosk.flow.turn import turn
from kiosk.flow.walking import page_of_path
from kiosk.services.question import FieldKind
from kiosk.text import LANGUAGES
from tests.flow.every_kind import choices, done, page, words
from tests.flow.residents import EVERY_KIND, GUIFANG, TRIAL, WORLD, at_home, led, moved, ways_on

HOME = json.dumps(["", "", "示例省样本市幸福路一号"], ensure_ascii=False)
BEFORE: EarlierValues = {("phone", FieldKind.PHONE): "13900000002", ("address", FieldKind.ADDRESS): HOME}
BEGIN: tuple[Move, ...] = (Choose("do"), Choose(EVERY_KIND), Choose("yes"))


def come_again(earlier: EarlierValues = BEFORE) -> Sitting:
    """Her card is laid, and she begins another application that she lets be kept."""
    known = done(Sitting(place="home", card=GUIFANG), Found((), None, earlier))
    return done(known, *BEGIN)


def through(sitting: Sitting, who: str = "self", until: str = "check") -> Sitting:
    return led(sitting, {"question:who": Choose(who)}, until=until, world=TRIAL)


def test_the_page_names_what_there_is_and_shows_none_of_it() -> None:
    """K26."""
    asked = come_again()
    assert asked.place == "earlier"
    for language in LANGUAGES:
        shown = words(page(asked), language)
        assert "13900000002" not in shown and "幸福路一号" not in shown
    assert "电话" in words(page(asked)) and "现住址" in words(page(asked))


def test_the_first_focus_is_on_no() -> None:
    assert page(come_again()).focus == "no"


def test_after_a_yes_they_are_not_asked_and_stand_on_the_check_page() -> None:
    """K02: what is known is not asked again. K12: and can be changed."""
    begun = done(come_again(), Choose("yes"))
    assert begun.place == "consent:use"
    pages = list(_pages(begun))
    asked = {page_of_path(sitting.place) for sitting in pages}
    assert not asked & {"question:phone", "question:home"}
    sitting = pages[-1]
    answers = sitting.path(TRIAL).answers
    assert answers["phone"].source is Source.EARLIER and answers["home"].source is Source.EARLIER
    line = choices(sitting)["change:phone"]
    assert line.role is Role.CHANGE and "上次" in line.detail.show("zh") and "139" in line.detail.show("zh")
    changed = done(sitting, Choose("change:phone"), Enter("139 0000 0003"))
    assert changed.place == "check"
    assert changed.path(TRIAL).answers["phone"].source is Source.RESIDENT


def _pages(sitting: Sitting) -> Iterator[Sitting]:
    """Every page from there to the check page, by the first answer that leads on."""
    while sitting.place != "check":
        yield sitting
        move = Choose("self") if sitting.place == "question:who" else next(ways_on(sitting, TRIAL))
        sitting = done(sitting, move)
    yield sitting


def test_after_a_no_they_are_asked() -> None:
    begun = done(come_again(), Choose("no"))
    assert begun.place == "consent:use"
    assert begun.given.answers == {}


def test_back_begins_nothing() -> None:
    left = done(come_again(), Back())
    assert left.place == "do" and left.service == "" and left.given.answers == {}


def test_the_draft_begins_with_the_application_and_not_before() -> None:
    asked = turn(
        done(Sitting(place="home", card=GUIFANG), Found((), None, BEFORE)), Choose("do"), TRIAL
    ).sitting
    opened = turn(done(asked, Choose(EVERY_KIND)), Choose("yes"), TRIAL)
    assert opened.sitting.place == "earlier" and opened.errands == ()
    begun = turn(opened.sitting, Choose("yes"), TRIAL)
    assert begun.errands == (Errand.BEGIN_DRAFT, Errand.SAVE_DRAFT)


def test_they_are_not_used_for_somebody_else() -> None:
    """Her phone and her address are not her mother's."""
    begun = done(come_again(), Choose("yes"))
    family = through(begun, "family")
    answers = family.path(TRIAL).answers
    assert answers["home"].source is not Source.EARLIER
    assert answers["phone"].source is not Source.EARLIER


def test_for_somebody_else_they_are_not_even_offered_as_what_was_given_before() -> None:
    """Her phone is not one empty field away from being her mother's."""
    at_phone = through(done(come_again(), Choose("yes")), "family", until="question:phone")
    assert "02" not in words(page(at_phone))
    assert done(at_phone, Enter("")).path(TRIAL).answers["phone"].value == ""
    at_home = through(at_phone, "family", until="question:home")
    assert not any(choice.chosen for choice in page(at_home).choices)


def test_with_nothing_that_fits_nothing_is_asked() -> None:
    for earlier in (
        {},
        {("bank", FieldKind.BANK_CARD): "6200000000000005"},
        {("phone", FieldKind.TEXT): "139"},
    ):
        assert come_again(earlier).place == "consent:use"


def test_an_answer_that_the_question_would_not_take_is_not_offered() -> None:
    assert come_again({("phone", FieldKind.PHONE): "12"}).place == "consent:use"


def test_without_a_card_there_is_nothing_to_use() -> None:
    assert done(Sitting(place="home"), Choose("do"), Choose(EVERY_KIND)).place == "consent:use"


def test_back_passes_over_what_is_used_again() -> None:
    begun = done(come_again(), Choose("yes"))
    at_need = through(begun, until="question:need")
    assert not done(at_need, Back()).place.startswith(("question:phone", "question:home/"))


def test_the_home_they_named_goes_before_the_address_on_the_card() -> None:
    """Many live elsewhere than the card says: somebody who comes to the home must go to the right one."""
    her_card = {**GUIFANG, "address": "示例省样本市和平区梧桐街道12号楼"}
    sitting = moved(at_home(her_card), Found((), None, BEFORE), Choose("do"), Choose("call-a-visit"))
    sitting = led(sitting, {"keep": Choose("yes"), "earlier": Choose("yes")}, until="check")
    home = sitting.path(WORLD).answers["address"]
    assert home.source is Source.EARLIER and home.value == HOME
