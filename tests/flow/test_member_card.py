"""Cards that are no proof: member cards, social security cards, a phone on the reader. They open nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.entitlement import needed_materials
from kiosk.flow.looking_up import key_of
from kiosk.flow.moves import CardLaid, CardLifted, Choose, Enter, Found, MemberLaid, ReaderSays, Remark
from kiosk.flow.pages.now import page_of
from kiosk.flow.path import StepKind
from kiosk.flow.proof import Proof, proof_of
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.source import Slot, Source
from kiosk.flow.turn import turn
from kiosk.services.proof import CardRole
from kiosk.services.question import FieldKind
from kiosk.sitting.record_room import asked_by
from kiosk.sitting.whose import applicant, visitor
from tests.flow.every_kind import asked
from tests.flow.reached import CASE, DRAFT
from tests.flow.residents import (
    ALLOWANCE,
    DEHOU,
    EVERY_KIND,
    GUIFANG,
    JIANGUO,
    LI_MEI,
    TRIAL,
    WORLD,
    at_home,
    begun,
    led,
    moved,
)

MEMBER, ANOTHER = "04A1B2C3D4E5F6", "0003887558"
SOCIAL = {**{key: GUIFANG[key] for key in ("name", "id_number", "birth_date")}, "by": "social_card"}
SITE_KEY = bytes(32)


def words(sitting: Sitting) -> str:
    shown = page_of(sitting, WORLD)
    return " ".join(text.show("zh") for text in (shown.heading, *shown.body, *filter(None, [shown.error])))


@pytest.mark.parametrize("place", ["language", "welcome", "card"])
def test_a_member_card_leads_to_the_page_for_the_better_one(place: str) -> None:
    """It fills in nothing; the identity card does, and who has none goes on."""
    laid = moved(Sitting(place=place), MemberLaid(MEMBER))
    assert laid.place == "card" and "会员卡看到了" in words(laid)
    assert laid.card is None
    assert moved(laid, Choose("without")).place == "home"
    assert moved(laid, CardLaid(GUIFANG)).card == GUIFANG


@pytest.mark.parametrize("place", ["home", "do", "query", "question:who"])
def test_a_member_card_later_on_is_seen_and_changes_nothing(place: str) -> None:
    start = led(begun(None), {}, until=place) if ":" in place else at_home().go(place)
    made = turn(start, MemberLaid(MEMBER), WORLD)
    assert made.errands == () and "会员卡看到了" in words(made.sitting)
    assert (made.sitting.place, made.sitting.given, made.sitting.card) == (start.place, start.given, None)


def test_a_member_card_is_known_for_the_visit_and_no_longer() -> None:
    visit = moved(at_home(), MemberLaid(MEMBER), CardLifted(Slot.MEMBER), Choose("do"))
    assert visit.member is not None and visit.member.number == MEMBER
    assert visit.card_lying is Slot.NONE
    assert moved(visit.go("leave"), Choose("leave")).member is None


def test_of_two_member_cards_the_last_one_counts_without_a_word() -> None:
    first = moved(at_home(), MemberLaid(MEMBER), CardLifted(Slot.MEMBER)).go("home")
    second = moved(first, MemberLaid(ANOTHER))
    assert second.member is not None and second.member.number == ANOTHER
    assert words(second) == words(first)


def test_a_member_card_opens_nothing_private() -> None:
    visit = moved(at_home(), MemberLaid(MEMBER), Choose("query"))
    assert moved(visit, Choose("mine")).place == "query-card"
    assert visitor(visit, SITE_KEY) is None


def test_the_number_of_a_member_card_is_in_no_repr() -> None:
    """K46."""
    visit = moved(at_home(), MemberLaid(MEMBER))
    assert MEMBER not in repr(visit) and MEMBER not in repr(MemberLaid(MEMBER))


def test_a_phone_is_told_kindly_that_it_cannot_be_remembered() -> None:
    for place, led_to in (("language", "card"), ("card", "card"), ("home", "home"), ("do", "do")):
        told = moved(Sitting(place=place), Remark("card.member_unfit"))
        assert told.place == led_to and told.member is None
        assert "不要紧" in words(told)
    assert moved(Sitting(place="goodbye"), Remark("card.member_unfit")) == Sitting(place="goodbye")


def test_a_member_card_left_behind_is_not_the_next_persons() -> None:
    """K34."""
    left = Sitting(card_left=Slot.MEMBER, card_lying=Slot.MEMBER)
    assert moved(left, MemberLaid(MEMBER)).member is None
    at_the_end = moved(at_home(), MemberLaid(MEMBER), Choose("leave"))
    assert at_the_end.place == "goodbye" and "拿好您的卡" in words(at_the_end)


def test_a_social_card_fills_in_a_claim_that_staff_look_at() -> None:
    home = moved(Sitting(), CardLaid(SOCIAL))
    assert home.place == "home" and "张**" in words(home) and "工作人员会再看" in words(home)
    at_check = led(moved(home, Choose("do"), Choose(ALLOWANCE.id)), {}, until="check")
    path = at_check.path(WORLD)
    filled = {field for field, answer in path.answers.items() if answer.source is Source.SOCIAL_CARD}
    assert filled == {"name", "id_number", "birth_date"}
    assert proof_of(path.cards[CardRole.SUBJECT]) is Proof.CLAIMED
    assert "id-card" in needed_materials(ALLOWANCE, path), "it stands for no document"
    shown = page_of(at_check, WORLD).choices
    assert any("来自社保卡" in choice.detail.show("zh") for choice in shown)


def test_what_a_social_card_said_can_be_put_right_by_hand() -> None:
    at_check = led(moved(Sitting(), CardLaid(SOCIAL), Choose("do"), Choose(ALLOWANCE.id)), {}, until="check")
    right = moved(at_check, Choose("change:name"), Enter("张桂花"))
    answer = right.path(WORLD).answers["name"]
    assert (answer.value, answer.source) == ("张桂花", Source.RESIDENT)


OPENED_BY_A_CARD = ("query-cases", "query:0", "query-consents:0", "draft")


def test_neither_a_social_card_nor_a_typed_number_opens_anything_of_anybody() -> None:
    """Cases, drafts and earlier answers are looked up for the owner of an identity card alone."""
    for visit in (moved(Sitting(), CardLaid(SOCIAL)), at_home()):
        assert visitor(visit, SITE_KEY) is None
        assert moved(visit, Choose("query"), Choose("mine")).place == "query-card"
        late = moved(visit, Choose("query"), Choose("mine"), CardLaid(SOCIAL))
        assert late.place == "query-card" and not late.opens_own
        applying = moved(visit, Choose("do"), Choose(ALLOWANCE.id))
        assert applying.place != "keep", "nothing is kept that no card could open again"
        assert applicant(applying, SITE_KEY) is None
        typed = led(applying, {}, until="check")
        assert typed.path(WORLD).answers["id_number"].value
        assert applicant(typed, SITE_KEY) is None


@pytest.mark.parametrize("card", [SOCIAL, None], ids=["social card", "typed"])
def test_no_record_is_looked_up_by_a_social_card_or_a_typed_number(card: dict[str, str] | None) -> None:
    question = TRIAL.services[EVERY_KIND].find_question("insurance")
    assert question.type is FieldKind.RECORD
    at_record = asked("insurance", card=card)
    assert at_record.place == f"{StepKind.QUESTION}:insurance"
    assert key_of(question, at_record.path(TRIAL)) is None
    assert asked_by(at_record, TRIAL, "insurance") is None
    by_card = turn(at_record, CardLaid(GUIFANG), TRIAL)
    assert Errand.LOOK_UP_RECORD in by_card.errands, "the identity card of the same person opens it"


def test_records_are_withheld_while_it_is_unclear_who_stands_there() -> None:
    question = TRIAL.services[EVERY_KIND].find_question("insurance")
    hers = replace(asked("insurance", card=GUIFANG), card=GUIFANG)
    strange = moved(hers, CardLaid(JIANGUO), Choose("mistake"), world=TRIAL)
    assert strange.place == hers.place and key_of(question, strange.path(TRIAL)) is not None
    assert asked_by(strange, TRIAL, "insurance") is None
    assert page_of(strange, TRIAL).heading == TRIAL.texts["record.no_card"]
    again = turn(strange, CardLaid(GUIFANG), TRIAL)
    assert Errand.LOOK_UP_RECORD in again.errands


def test_the_identity_card_of_the_same_person_replaces_a_social_card() -> None:
    home = moved(Sitting(), CardLaid(SOCIAL))
    made = turn(home, CardLaid(GUIFANG), WORLD)
    assert made.sitting.card == GUIFANG and Errand.LOOK_UP_CARD in made.errands
    assert moved(made.sitting, Found((CASE,), DRAFT)).place == "draft"
    applying = led(moved(home, Choose("do"), Choose(ALLOWANCE.id)), {}, until="question:hukou")
    surer = moved(applying, CardLaid(GUIFANG))
    assert surer.place == applying.place
    assert led(surer, {}, until="check").path(WORLD).answers["name"].source is Source.CARD


def test_a_social_card_never_replaces_an_identity_card() -> None:
    home = at_home(GUIFANG)
    assert moved(home, CardLaid(SOCIAL)).card == GUIFANG
    assert moved(home, CardLaid({"name": "张桂芳", "by": "social_card"})).card == GUIFANG


def test_somebody_elses_social_card_is_asked_about_like_any_other() -> None:
    home = at_home(LI_MEI)
    helped = moved(home, CardLaid(SOCIAL), Choose("help"))
    assert helped.helped == SOCIAL
    applying = moved(helped, Choose("do"), Choose(ALLOWANCE.id), Choose("no"))
    path = led(applying, {"question:who": Choose("family")}, until="check").path(WORLD)
    assert path.cards == {"subject": SOCIAL, "actor": LI_MEI}
    assert path.answers["name"].source is Source.SOCIAL_CARD


def test_a_social_card_is_taken_where_the_other_persons_card_is_waited_for() -> None:
    """And his identity card, laid later, replaces it."""
    whose = led(begun(LI_MEI), {"question:who": Choose("family")}, until="card-whose")
    waiting = moved(whose, Choose("actor"))
    social = {"name": "李德厚", "by": "social_card"}
    taken = moved(waiting, CardLaid(social))
    assert taken.given.other_card == social
    assert moved(taken, CardLaid(DEHOU)).given.other_card == DEHOU


@pytest.mark.parametrize("kind", ["card.social_not_one", "card.social_silent", "card.social_empty"])
def test_a_social_card_that_cannot_be_used_says_what_to_do(kind: str) -> None:
    said = moved(Sitting(place="card"), ReaderSays(kind))
    assert page_of(said, WORLD).error == WORLD.texts[kind]
    assert said.card_lying is Slot.SOCIAL
    gone = moved(said, CardLifted(Slot.SOCIAL))
    assert page_of(gone, WORLD).error is None and gone.card_lying is Slot.NONE
