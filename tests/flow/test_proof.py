"""What a service that asks for a document does with people: said once, nobody turned away (K02, K34)."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from kiosk.flow.entitlement import needed_materials
from kiosk.flow.moves import Back, CardLaid, Choose, Receipt, Submitted
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.proof import Basis, MemberCard, Proof, basis_of, expired, proof_of, to_be_shown
from kiosk.flow.sitting import Sitting, World
from kiosk.services.proof import CardRole
from tests.flow.residents import (
    ALLOWANCE,
    AT_EIGHTY,
    DEHOU,
    GUIFANG,
    LI_MEI,
    TODAY,
    WORLD,
    at_home,
    clean_replay,
    led,
    moved,
)

SOCIAL = {**GUIFANG, "by": "social_card"}
ASKED = "proof:card"


def world_asking(level: Proof) -> World:
    """The elderly allowance, asking for that level."""
    asking = ALLOWANCE.model_copy(update={"proof": level})
    return replace(WORLD, services={**WORLD.services, asking.id: asking})


def begin(level: Proof, card: dict[str, str] | None = None, member: str = "") -> Sitting:
    """Past the consent of the allowance, with that card and member card laid."""
    home = replace(at_home(card), keep=True if card else None, member=MemberCard(member) if member else None)
    return moved(home, Choose("do"), Choose(ALLOWANCE.id), Choose("yes"), world=world_asking(level))


def words(page: Page) -> str:
    return " ".join(text.show("zh") for text in (page.heading, *page.body))


@pytest.mark.parametrize(("better", "worse"), product(Proof, Proof))
def test_the_levels_stand_in_one_order(better: Proof, worse: Proof) -> None:
    order = ["claimed", "known", "presented", "seen"]
    assert better.reaches(worse) == (order.index(better) >= order.index(worse))


def test_only_an_identity_card_that_was_read_well_is_a_document() -> None:
    """What is open on a chip can be copied; of a bad read nothing is offered, and it proves nothing."""
    assert proof_of(GUIFANG) is Proof.PRESENTED
    assert [proof_of(card) for card in (None, {}, SOCIAL)] == [Proof.CLAIMED] * 3
    assert [basis_of(card) for card in (None, {}, SOCIAL, GUIFANG)] == [
        Basis.TYPED, Basis.TYPED, Basis.SOCIAL_CARD, Basis.ID_CARD,
    ]  # fmt: skip


@pytest.mark.parametrize(("last_day", "told"), [("2026-11-01", True), ("2026-11-02", False), (None, False)])
def test_a_card_has_run_out_after_its_last_day(last_day: str | None, told: bool) -> None:
    card = {**GUIFANG, "valid_to": last_day} if last_day else GUIFANG
    assert expired(card, TODAY) is told
    assert proof_of(card) is Proof.PRESENTED


@pytest.mark.parametrize("level", list(Proof))
def test_whoever_laid_their_card_meets_no_extra_page(level: Proof) -> None:
    """K02."""
    assert begin(level, GUIFANG).place == begin(Proof.CLAIMED, GUIFANG).place
    done = led(begin(level, GUIFANG), {}, world=world_asking(level))
    assert done.place == "submit"
    assert ASKED not in [step.place for step in done.path(world_asking(level)).steps]


@pytest.mark.parametrize("level", [Proof.KNOWN, Proof.PRESENTED, Proof.SEEN])
def test_who_has_no_card_is_told_once_and_gets_to_the_end(level: Proof) -> None:
    """A person without a card is always served another way."""
    world = world_asking(level)
    asked = begin(level)
    assert asked.place == ASKED
    page = page_of(asked, world)
    assert "身份证" in words(page) and "没带也能办" in words(page)
    assert [choice.id for choice in page.choices] == ["later"]
    done = led(moved(asked, Choose("later"), world=world), AT_EIGHTY, world=world)
    assert done.place == "submit"
    assert [step.place for step in done.path(world).steps].count(ASKED) == 1


def test_a_service_that_asks_for_nothing_says_nothing_of_cards() -> None:
    assert begin(Proof.CLAIMED).place == "question:who"


def test_laying_the_card_on_that_page_goes_straight_on() -> None:
    laid = moved(begin(Proof.PRESENTED), CardLaid(GUIFANG))
    assert laid.place == "question:who"
    assert ASKED not in [step.place for step in laid.path(WORLD).steps]


def test_back_from_the_next_page_leads_to_it_and_the_card_can_still_be_laid() -> None:
    back = moved(begin(Proof.PRESENTED), Choose("later"), Back())
    assert back.place == ASKED
    assert moved(back, CardLaid(GUIFANG)).place == "question:who"


def test_a_social_security_card_is_no_document_and_goes_on_by_the_same_way() -> None:
    asked = begin(Proof.PRESENTED, SOCIAL)
    assert asked.place == ASKED
    assert moved(asked, Choose("later")).place == "question:who"


@pytest.mark.parametrize(
    ("level", "place"), [(Proof.KNOWN, "question:who"), (Proof.PRESENTED, ASKED), (Proof.SEEN, ASKED)]
)
def test_a_member_card_is_enough_only_where_that_is_what_is_asked(level: Proof, place: str) -> None:
    assert begin(level, member="04A1B2C3D4E5F6").place == place


def test_the_card_that_was_not_laid_stands_on_the_receipt() -> None:
    """K36."""
    receipt = Receipt("case", "2026-1102-00000001", "A001", TODAY)
    without = led(moved(begin(Proof.PRESENTED), Choose("later")), AT_EIGHTY)
    told = page_of(moved(without, Choose("submit"), Submitted(receipt)), WORLD)
    assert "身份证" in words(told)
    read = led(begin(Proof.PRESENTED, GUIFANG), {})
    assert "身份证" not in words(page_of(moved(read, Choose("submit"), Submitted(receipt)), WORLD))


def test_whom_staff_must_see_brings_the_card_although_it_was_read() -> None:
    for level, brought in ((Proof.PRESENTED, False), (Proof.SEEN, True)):
        world = world_asking(level)
        done = led(begin(level, GUIFANG), {}, world=world)
        service = world.services[ALLOWANCE.id]
        cards = [one.id for one in service.material if one.card is CardRole.SUBJECT]
        assert (set(cards) <= set(needed_materials(service, done.path(world)))) is brought


def test_a_chip_that_can_be_copied_does_not_take_the_card_off_the_list() -> None:
    done = led(moved(begin(Proof.PRESENTED, SOCIAL), Choose("later")), AT_EIGHTY)
    assert done.path(WORLD).cards
    assert "id-card" in needed_materials(ALLOWANCE, done.path(WORLD))


def test_what_was_answered_stays_when_the_card_comes_late() -> None:
    """K40: whoever types first and lays the card later loses nothing, and is not asked for it again."""
    typed = led(moved(begin(Proof.PRESENTED), Choose("later")), AT_EIGHTY, until="question:hukou")
    late = moved(typed, CardLaid(GUIFANG), Choose("local"))
    assert clean_replay(late).steps == late.path(WORLD).steps
    assert ASKED not in [step.place for step in late.path(WORLD).steps]


def test_two_cards_and_nobody_is_asked_again() -> None:
    both = moved(begin(Proof.PRESENTED, LI_MEI), Choose("family"), Choose("actor"), CardLaid(DEHOU))
    assert both.path(WORLD).cards == {CardRole.ACTOR: LI_MEI, CardRole.SUBJECT: DEHOU}
    assert ASKED not in [step.place for step in both.path(WORLD).steps]


def test_a_member_cards_number_is_in_no_repr() -> None:
    """K46."""
    assert "04A1B2" not in repr(Sitting(member=MemberCard("04A1B2C3D4E5F6")))
    assert MemberCard("04A1B2C3D4E5F6").tail == "E5F6"


def test_nobody_gets_past_a_read_card_at_the_kiosk() -> None:
    """That staff must see somebody is no reason to keep the person at the machine."""
    assert not to_be_shown(Proof.SEEN, GUIFANG, known=False)
    assert to_be_shown(Proof.SEEN, None, known=True)
