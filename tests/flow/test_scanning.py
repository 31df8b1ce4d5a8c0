"""A code held before the scanner: typed for the person where a field is open, a claim, and never more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.moves import Back, Choose, Enter, Help, Overlay, Quiet, ReceiptSought, Scanned
from kiosk.flow.page import Page, PageKind
from kiosk.flow.pages.codes import code_helps
from kiosk.flow.pages.now import page_of
from kiosk.flow.querying import MOST_WRONG_NUMBERS
from kiosk.flow.scanning import receipt_number
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.source import Slot, Source
from kiosk.flow.turn import turn
from tests.flow.residents import EVERY_KIND, GUIFANG, TRIAL, WORLD, at_home, begun, led, moved

RECEIPT = "2026-1122-48203915"
NUMBER = GUIFANG["id_number"]
SHOP = "small-shop-start"
LINK = "https://example.org/pay"
CODE = "9901 2026 0417"


def page(sitting: Sitting) -> Page:
    return page_of(sitting, TRIAL if sitting.service == EVERY_KIND else WORLD)


def said(sitting: Sitting) -> str:
    error = page(sitting).error
    return error.show("zh") if error else ""


def words(sitting: Sitting) -> str:
    shown = page(sitting)
    return " ".join(
        text.show("zh") for text in (shown.heading, *shown.body, *(c.label for c in shown.choices))
    )


def typing_a_code() -> Sitting:
    """On the page where the code of a licence is typed."""
    return led(begun(None, SHOP), {"question:aim": Choose("check")}, until="question:licence_code")


def at_phone() -> Sitting:
    return led(begun(None, EVERY_KIND, TRIAL), {}, until="question:phone", world=TRIAL)


@pytest.mark.parametrize(
    "place", ["language", "welcome", "card", "home", "query", "query-card", "query-number"]
)
@pytest.mark.parametrize("text", [RECEIPT, "2026112248203915", " ２０２６-1122-48203915 "])
def test_the_code_of_a_receipt_leads_straight_to_its_case(place: str, text: str) -> None:
    made = turn(Sitting(place=place), Scanned(text), WORLD)
    assert made.errands == (Errand.FIND_RECEIPT,)
    assert made.number == "2026112248203915"
    assert made.sitting.place == "query-number"


def test_receipts_that_lead_to_nothing_are_counted_as_if_typed() -> None:
    """Nobody tries numbers out, by whatever device."""
    sitting = at_home()
    for _ in range(MOST_WRONG_NUMBERS):
        sitting = moved(sitting, Scanned(RECEIPT), ReceiptSought(None))
    last = turn(replace(sitting, place="home"), Scanned(RECEIPT), WORLD)
    assert last.errands == ()
    assert page(last.sitting).kind is PageKind.CHOICE
    assert "person" in [choice.id for choice in page(last.sitting).choices]


@pytest.mark.parametrize("text", ["6212260000000003", "2026133248203915", RECEIPT + "1", f"no {RECEIPT}", ""])
def test_what_is_not_quite_the_number_of_a_receipt_is_none(text: str) -> None:
    assert receipt_number(text) is None


def test_inside_an_application_a_receipt_leads_nowhere_else() -> None:
    before = begun(None)
    assert moved(before, Scanned(RECEIPT)).place == before.place


@pytest.mark.parametrize("place", ["card", "query-card"])
@pytest.mark.parametrize("text", [NUMBER, LINK])
def test_where_a_card_is_asked_for_a_code_is_no_card(place: str, text: str) -> None:
    """A scanned number is a claim: it fills in nothing and opens nothing (K34: another way is named)."""
    made = turn(Sitting(place=place), Scanned(text), WORLD)
    assert made.errands == ()
    assert (made.sitting.place, made.sitting.card) == (place, None)
    assert "身份证本身" in said(made.sitting)
    assert text not in words(made.sitting) + said(made.sitting)


def test_what_was_said_of_a_code_goes_with_the_next_step() -> None:
    told = moved(Sitting(place="card"), Scanned(NUMBER))
    assert said(moved(told, Choose("without"), Back(), Choose("stay"))) == ""
    assert said(moved(told, Choose("no such choice"))) == ""


def test_a_code_is_typed_into_the_open_field_and_read_back_before_it_counts() -> None:
    asked = moved(typing_a_code(), Scanned(CODE))
    assert asked.place == "question:licence_code"
    assert CODE in words(asked)
    assert not asked.given.answers.get("licence_code")
    given = moved(asked, Choose("yes"))
    assert given.given.answers["licence_code"].source is Source.SCAN
    assert given.place == "question:licence"


def test_a_record_kept_by_code_is_looked_up_by_the_scanned_one() -> None:
    asked = moved(typing_a_code(), Scanned(CODE))
    assert Errand.LOOK_UP_RECORD in turn(asked, Choose("yes"), WORLD).errands


@pytest.mark.parametrize("no", [Choose("no"), Back()])
def test_a_code_that_was_not_meant_stands_in_the_field_to_be_put_right_by_hand(no: Choose | Back) -> None:
    field = moved(typing_a_code(), Scanned(CODE), no)
    entry = page(field).entry
    assert entry is not None
    assert entry.value == CODE
    given = moved(field, Enter(CODE))
    assert given.given.answers["licence_code"].source is Source.RESIDENT


def test_whoever_scans_again_has_not_meant_the_code_before() -> None:
    asked = moved(typing_a_code(), Scanned(CODE), Scanned("9901 2021 0088"))
    assert "9901 2021 0088" in words(asked)
    assert moved(asked, Choose("yes")).given.answers["licence_code"].value == "9901 2021 0088"


def test_the_field_itself_says_why_a_code_is_none_of_its_kind() -> None:
    refused = moved(at_phone(), Scanned("6901234567892123"), world=TRIAL)
    assert refused.place == "question:phone"
    assert refused.refused is not None
    assert "手机号是 11 位" in said(refused)


def test_a_private_number_is_read_back_masked() -> None:
    """K26."""
    asked = moved(at_phone(), Scanned("13900000000"), world=TRIAL)
    assert "13900000000" not in words(asked)
    assert "139" in words(asked)
    assert moved(asked, Choose("yes"), world=TRIAL).given.answers["phone"].value == "13900000000"


def test_a_code_with_too_much_in_it_is_kindly_refused_and_not_cut() -> None:
    told = moved(typing_a_code(), Scanned("BEGIN VCARD " * 40))
    assert "太多" in said(told)
    assert page(told).entry is not None
    assert "VCARD" not in words(told)


def test_a_thing_of_a_list_may_be_scanned_too() -> None:
    listing = led(begun(None, EVERY_KIND, TRIAL), {}, until="question:goods", world=TRIAL)
    opened = moved(listing, Choose("add"), Scanned("搪瓷杯"), world=TRIAL)
    assert "搪瓷杯" in words(opened)
    after = moved(opened, Choose("yes"), world=TRIAL)
    assert after.place == "question:goods/1/price"
    assert not after.scanned


def test_on_the_check_page_stands_which_answer_was_scanned() -> None:
    """K40."""
    given = moved(at_phone(), Scanned("13900000000"), Choose("yes"), world=TRIAL)
    checked = page(led(given, {}, until="check", world=TRIAL))
    details = {choice.id: choice.detail.show("zh") for choice in checked.choices}
    assert details["change:phone"].endswith("（扫码）")
    assert not details["change:name"].endswith("（扫码）")


@pytest.mark.parametrize("place", ["home", "do", "ask-type", "leave", "welcome", "query"])
@pytest.mark.parametrize("text", [LINK, NUMBER, "1", "rm -rf /", "x" * 4096])
def test_anywhere_else_a_code_does_nothing_and_is_not_shown(place: str, text: str) -> None:
    before = Sitting(place=place, language="zh")
    made = turn(before, Scanned(text), WORLD)
    assert made.errands == ()
    assert replace(made.sitting, code_trouble="") == before
    assert "用不着" in said(made.sitting)
    if len(text) > 1:
        assert text not in words(made.sitting) + said(made.sitting)


def test_at_rest_and_at_goodbye_a_code_changes_nothing() -> None:
    for sitting in (Sitting(), Sitting(place="goodbye"), Sitting(place="home", card_left=Slot.IDENTITY)):
        assert moved(sitting, Scanned(LINK)) == sitting


def test_the_parts_of_an_address_are_not_scanned() -> None:
    sitting = led(begun(None, EVERY_KIND, TRIAL), {}, until="question:home", world=TRIAL)
    told = moved(sitting, Choose("elsewhere"), Scanned("some street 1"), world=TRIAL)
    assert "用不着" in said(told)


def test_a_code_that_cannot_be_read_is_asked_for_again_where_one_helps() -> None:
    assert "没有读出来" in said(moved(typing_a_code(), Scanned("")))
    assert said(moved(Sitting(place="leave"), Scanned(""))) == ""


def test_help_and_the_warning_give_way_to_a_code_a_call_does_not() -> None:
    for over in (Help(), Quiet()):
        assert moved(typing_a_code(), over, Scanned(CODE)).offer is not None
    called = replace(typing_a_code(), overlay=Overlay.CALLED)
    assert moved(called, Scanned(CODE)) == called


def test_a_scanner_looks_where_a_code_helps_and_rests_where_a_card_is_asked_for() -> None:
    looks = [Sitting(place=place) for place in ("welcome", "home", "query", "query-number")]
    rests = [Sitting(place=place) for place in ("language", "card", "do", "ask-type", "leave", "goodbye")]
    assert all(code_helps(page(sitting)) for sitting in (*looks, typing_a_code()))
    assert not any(code_helps(page(sitting)) for sitting in rests)
    assert not code_helps(page(moved(typing_a_code(), Help())))


def test_a_scanned_code_is_in_no_repr() -> None:
    """K46."""
    assert NUMBER not in repr(Scanned(NUMBER))
    assert CODE not in repr(moved(typing_a_code(), Scanned(CODE)))
