"""The letter of authority at the kiosk: plain words, in full, with its end and how it is taken back (K41)."""

from __future__ import annotations

from dataclasses import replace

from kiosk.cases.authority import Agreed, Standing, digest_of
from kiosk.flow.letter import letter_blocks
from kiosk.flow.moves import CardLaid, Choose
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting, World
from kiosk.services.acting import Acting
from kiosk.services.authority import Authority
from kiosk.services.condition import Condition
from kiosk.sitting.submission import build_submission
from tests.flow.residents import ALLOWANCE, DEHOU, LI_MEI, NOW, WORLD, begun, led, moved


def for_her_father(world: World = WORLD, *, both_cards: bool = True) -> Sitting:
    """Li Mei, with her own card, and where he is there with his; on the page of the letter."""
    told = moved(begun(LI_MEI, world=world), Choose("yes"), Choose("family"), Choose("actor"), world=world)
    told = moved(told, CardLaid(DEHOU) if both_cards else Choose("without"), world=world)
    return led(told, {}, until="authority", world=world)


def world_asking(**how: object) -> World:
    asked = ALLOWANCE.authority
    assert asked is not None
    service = ALLOWANCE.model_copy(update={"authority": asked.model_copy(update=how)})
    return replace(WORLD, services={**WORLD.services, service.id: service})


def words(page: Page) -> str:
    return " ".join(text.show("zh") for text in (page.heading, *page.body))


def test_the_letter_names_both_the_matter_the_end_and_how_it_is_taken_back() -> None:
    page = page_of(for_her_father(), WORLD)
    for part in ("李德厚请李梅帮忙办", "高龄津贴申请", "2027年1月31日", "说一声就能收回"):
        assert part in words(page)
    assert len(page.body) == 3 and page.binding and page.focus == "later"


def test_who_applies_for_themselves_hears_no_letter() -> None:
    done = led(moved(begun(LI_MEI), Choose("yes"), Choose("self")), {})
    assert all(step.kind != "authority" for step in done.path(WORLD).steps)
    assert build_submission(done, WORLD, None, NOW).authority is None


def test_agreed_beside_his_own_card_it_counts_at_once() -> None:
    done = led(moved(for_her_father(), Choose("agree")), {})
    letter = build_submission(done, WORLD, None, NOW).authority
    assert letter is not None
    assert (letter.agreed, letter.standing, letter.acting) == (Agreed.CARD, Standing.GIVEN, Acting.FAMILY)
    assert letter.digest == digest_of(letter.letter)
    assert "李德厚请李梅" in letter.letter[0]["zh"] and letter.paper == "entrust"


def test_without_his_card_a_pressed_yes_is_only_somebodys_word() -> None:
    at = for_her_father(both_cards=False)
    for said, agreed in (("agree", Agreed.SAID), ("later", Agreed.LATER)):
        letter = build_submission(led(moved(at, Choose(said)), {}), WORLD, None, NOW).authority
        assert letter is not None and (letter.agreed, letter.standing) == (agreed, Standing.NEEDED)


def test_a_changed_answer_is_a_letter_to_be_heard_anew() -> None:
    at = moved(for_her_father(), Choose("agree"))
    assert at.place == "sign"
    changed = moved(at.go("check"), Choose("change:relation"), Choose("spouse"))
    assert changed.path(WORLD).last.place == "check"
    assert moved(changed, Choose("go")).place != "sign"


def test_where_it_must_be_there_first_the_application_waits_for_him() -> None:
    world = world_asking(before="submit")
    waiting = moved(for_her_father(world), Choose("later"), world=world)
    assert waiting.place == "pause"
    assert waiting.path(world).last.place == "authority"
    assert moved(for_her_father(world), Choose("agree"), world=world).place == "sign"


def test_a_guardian_speaks_for_the_person_and_brings_a_paper() -> None:
    world = world_asking(
        guardian_when=Condition.model_validate({"field": "relation", "is": "child"}), guardian_paper="id-card"
    )
    at = led(for_her_father(world), {}, until="authority", world=world)
    page = page_of(at, world)
    assert "李梅有监护证明，替李德厚办" in words(page)
    letter = build_submission(led(moved(at, Choose("agree"), world=world), {}, world=world), world, None, NOW)
    assert letter.authority is not None
    assert (letter.authority.acting, letter.authority.agreed) == (Acting.GUARDIAN, Agreed.SAID)
    assert letter.authority.paper == "id-card"


def test_on_paper_stands_what_was_heard_with_a_line_to_sign_on() -> None:
    at = for_her_father()
    blocks = letter_blocks(ALLOWANCE, at.path(WORLD), WORLD.texts, WORLD.today)
    assert len(blocks) == 4 and isinstance(ALLOWANCE.authority, Authority)
