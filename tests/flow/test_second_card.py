"""Somebody else's card in the middle of a visit: whose it is, and what neither of them sees of the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.moves import (
    Back,
    CardLaid,
    CardLifted,
    Choose,
    Enter,
    Found,
    Help,
    NotStored,
    Overlay,
    Quiet,
    ReaderSays,
    Scanned,
    Submitted,
)
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.source import Slot
from kiosk.flow.turn import turn
from kiosk.services.proof import CardRole
from kiosk.services.question import FieldKind
from kiosk.sitting.submission import build_submission
from kiosk.text import Privacy
from tests.flow.reached import CASE, DRAFT, RECEIPT, handed_in, reached, world_at
from tests.flow.residents import (
    ALLOWANCE,
    DEHOU,
    GUIFANG,
    JIANGUO,
    LI_MEI,
    NOW,
    WORLD,
    at_home,
    begun,
    led,
    moved,
)

ONE_PERSON = "residence-permit-renewal"
AT_HOME = moved(at_home(LI_MEI), Found((CASE,), None))


def page(sitting: Sitting) -> Page:
    return page_of(sitting, world_at(sitting))


def ways(sitting: Sitting) -> list[str]:
    return [choice.id for choice in page(sitting).choices]


def words(sitting: Sitting) -> str:
    shown = page(sitting)
    texts = (shown.heading, shown.banner, shown.progress, shown.big, *shown.body)
    texts += tuple(text for choice in shown.choices for text in (choice.label, choice.detail))
    return " ".join(text.show("zh") for text in texts)


@pytest.mark.parametrize("place", ["home", "do", "look", "ask", "query", "query-number", "leave"])
def test_another_persons_card_asks_whose_it_is(place: str) -> None:
    """Nobody goes on as somebody else, and nobody is sent away for laying a card."""
    asked = moved(AT_HOME.go(place), CardLaid(DEHOU))
    assert ways(asked) == ["help", "next", "mistake"]
    assert "李**" in words(asked) and "德厚" not in words(asked)
    assert page(asked).heading.privacy is Privacy.MASKED
    assert moved(asked, Choose("mistake")).place == place


def test_the_next_persons_visit_begins_with_the_card_that_lies_there() -> None:
    """K32: nothing of the first visit is in it, and the card is read anew, not to be taken away."""
    made = turn(moved(AT_HOME, CardLifted(), CardLaid(DEHOU)), Choose("next"), WORLD)
    assert Errand.END in made.errands
    assert made.sitting == Sitting(place="goodbye")


def test_what_was_not_handed_in_goes_when_the_next_person_begins() -> None:
    """And it is said before it is chosen, unless it is kept."""
    applying = replace(led(begun(LI_MEI), {}, until="question:hukou"), keep=False, draft_id="d")
    asked = moved(applying, CardLaid(JIANGUO))
    assert "不留" in words(asked)
    assert turn(asked, Choose("next"), WORLD).errands == (Errand.DROP_DRAFT, Errand.END)
    assert "不留" not in words(moved(replace(applying, keep=True), CardLaid(JIANGUO)))


def test_the_next_application_knows_the_person_who_is_helped() -> None:
    """Subject and actor come out right, and neither card is asked for again."""
    helping = moved(AT_HOME, CardLifted(), CardLaid(DEHOU), Choose("help"))
    assert helping.place == "home" and "李**" in words(helping)
    at_check = led(
        moved(helping, Choose("do"), Choose(ALLOWANCE.id), Choose("no")),
        {"question:who": Choose("family")},
        until="check",
    )
    path = at_check.path(WORLD)
    assert path.cards == {"subject": DEHOU, "actor": LI_MEI}
    assert (path.values["name"], path.values["agent_name"]) == ("李德厚", "李梅")


def helping_him() -> Sitting:
    """Li Mei at home, after she said that she helps him."""
    return moved(AT_HOME, CardLaid(DEHOU), Choose("help"))


def test_the_cards_are_not_asked_for_where_they_were_told_apart_and_back_leads_over_them() -> None:
    helping = moved(helping_him(), Choose("do"), Choose(ALLOWANCE.id), Choose("no"))
    who = led(helping, {}, until="question:who")
    after = moved(who, Choose("family"))
    assert after.place == "question:hukou"
    assert moved(after, Back()).place == "card-other:subject"
    assert moved(after, Back(), Back()).place == "card-whose"


def test_what_is_handed_in_says_who_applied_for_whom() -> None:
    """Each with the level that their card gives; nothing was typed for either."""
    applying = moved(helping_him(), Choose("do"), Choose(ALLOWANCE.id), Choose("no"))
    at_submit = led(applying, {"question:who": Choose("family")})
    assert at_submit.place == "submit"
    sent = build_submission(at_submit, WORLD, None, NOW)
    assert [(one.role, one.level) for one in sent.identity] == [
        ("subject", "presented"),
        ("actor", "presented"),
    ]
    values = {answer.field: (answer.value, answer.source) for answer in sent.answers}
    assert values["name"] == ("李德厚", "card") and values["agent_name"] == ("李梅", "card")


def test_staff_read_that_a_sign_stands_on_the_card() -> None:
    rare = {**GUIFANG, "name": "张\ue863芳"}
    at_submit = led(moved(Sitting(), CardLaid(rare), Choose("do"), Choose(ALLOWANCE.id), Choose("no")), {})
    name = next(one for one in build_submission(at_submit, WORLD, None, NOW).answers if one.field == "name")
    assert name.value == "张\ue863芳" and name.shown["zh"] == "张［见证件］芳"


def test_whoever_then_applies_for_themselves_is_the_one_applied_for() -> None:
    helping = moved(helping_him(), Choose("do"), Choose(ALLOWANCE.id), Choose("no"))
    own = led(helping, {"question:who": Choose("self")}, until="stop:too-young")
    assert own.path(WORLD).cards[CardRole.SUBJECT] == LI_MEI


def test_a_service_for_one_person_asks_which_of_the_two() -> None:
    helping = moved(AT_HOME, CardLaid(DEHOU), Choose("help"))
    asked = moved(helping, Choose("do"), Choose(ONE_PERSON))
    assert "只给一个人" in words(asked)
    assert ways(asked) == ["instead", "next", "mistake"]
    for_him = turn(asked, Choose("instead"), WORLD)
    assert for_him.sitting.given.first_card == for_him.sitting.card == DEHOU
    assert for_him.errands[0] is Errand.LOOK_UP_CARD
    for_her = moved(asked, Choose("mistake"))
    assert for_her.given.first_card == LI_MEI


def test_in_an_application_for_two_the_second_card_is_the_others() -> None:
    """Laid before it is asked for; where the first one was the helped person's, it is the helper's own."""
    applying = led(begun(LI_MEI), {"question:who": Choose("family")}, until="card-whose")
    without = led(moved(applying, Choose("actor"), Choose("without")), {}, until="question:hukou")
    asked = moved(without, CardLaid(DEHOU))
    assert ways(asked)[0] == "help" and "我帮的那位" in words(asked)
    assert moved(asked, Choose("help")).path(WORLD).cards == {"subject": DEHOU, "actor": LI_MEI}
    hers = led(moved(applying, Choose("subject"), Choose("without")), {}, until="question:hukou")
    own = moved(hers, CardLaid(JIANGUO))
    assert "是我自己" in words(own)
    assert moved(own, Choose("help")).path(WORLD).cards == {"subject": LI_MEI, "actor": JIANGUO}


def test_in_an_application_for_oneself_a_second_card_changes_nothing_by_itself() -> None:
    applying = replace(led(begun(GUIFANG), {}, until="question:hukou"), keep=True)
    asked = moved(applying, CardLaid(JIANGUO))
    assert "只给一个人" in words(asked) and ways(asked) == ["next", "mistake"]
    on = moved(asked, Choose("mistake"))
    assert (on.place, on.given, on.card) == (applying.place, applying.given, GUIFANG)


def test_nothing_of_the_first_person_is_on_the_page_that_asks() -> None:
    """Not the name of the service, either."""
    for sitting in reached():
        if sitting.card is None or sitting.receipt or sitting.newcomer or sitting.overlay:
            continue
        asked = moved(sitting, CardLaid(JIANGUO), world=world_at(sitting))
        if asked.newcomer is not None:
            shown = words(asked)
            personal = [*sitting.card.values(), *(case.number for case in sitting.cases)]
            assert not [value for value in personal if value in shown], sitting.place
            assert page(asked).banner == WORLD.centre and page(asked).entry is None


@pytest.mark.parametrize(
    "place", ["query-cases", "query:0", "query-consents:0", "query-withdraw:0", "rate:0", "draft"]
)
def test_pages_of_ones_own_are_left_for_home(place: str) -> None:
    """Whatever is said of the card, the second person does not come to see them."""
    own = replace(AT_HOME.go(place), draft=DRAFT if place == "draft" else None)
    asked = moved(own, CardLaid(DEHOU))
    on = moved(asked, Choose("mistake"))
    assert on.place == "home" and on.cases == () and on.draft is None
    assert "李梅" not in words(on)
    assert moved(on, Found((CASE,), DRAFT)) == on, "nor by a look-up that comes late"


def test_who_goes_on_with_a_mistake_is_not_the_first_person_without_their_card() -> None:
    """An application begun then fills in nothing of theirs; their card laid again does."""
    on = moved(AT_HOME, CardLaid(JIANGUO), Choose("mistake"), CardLifted())
    applying = moved(on, Choose("do"), Choose(ALLOWANCE.id))
    assert applying.given.first_card is None
    again = moved(applying, CardLaid(LI_MEI))
    assert again.given.first_card == LI_MEI and not again.guarded


def test_the_first_card_laid_again_settles_it() -> None:
    asked = moved(AT_HOME, CardLaid(JIANGUO))
    made = turn(asked, CardLaid(LI_MEI), WORLD)
    assert made.sitting.newcomer is None and made.errands == (Errand.LOOK_UP_CARD,)


def test_so_does_the_identity_card_of_whoever_began_with_a_social_security_card() -> None:
    """It counts from then on, and what was kept is theirs at once, not only when it is laid once more."""
    begun_so = at_home({**LI_MEI, "by": "social_card"})
    asked = moved(begun_so, CardLaid(DEHOU), CardLifted())
    settled = turn(asked, CardLaid(LI_MEI), WORLD)
    assert settled.sitting.newcomer is None and settled.sitting.opens_own
    assert settled.errands == (Errand.LOOK_UP_CARD,)


def test_the_question_waits_while_the_card_is_taken_away_again() -> None:
    """People pick it up to look at it; nothing is decided by that."""
    asked = moved(AT_HOME, CardLaid(DEHOU), CardLifted())
    assert ways(asked) == ["help", "next", "mistake"]
    assert moved(asked, Choose("help")).helped == DEHOU


def test_help_the_warning_and_troubles_come_back_to_the_question() -> None:
    asked = moved(AT_HOME, CardLaid(DEHOU))
    for over in (Help(), Quiet(), NotStored("trouble.not_stored")):
        assert moved(asked, over).overlay
        assert page(moved(asked, over, Back())).id == page(asked).id
    told = page(moved(asked, Help())).body
    assert told == (WORLD.texts["second_card.help"],)
    trouble = moved(AT_HOME, NotStored("trouble.not_stored"), CardLaid(DEHOU))
    assert trouble.overlay is Overlay.TROUBLE, "what went wrong is read first"


def test_nothing_else_is_done_before_the_question_is_answered() -> None:
    """K13: least of all something handed in."""
    at_submit = led(begun(GUIFANG), {})
    assert at_submit.place == "submit"
    asked = moved(at_submit, CardLaid(JIANGUO))
    for move in (Choose("submit"), Choose("look"), Enter("1"), Scanned("2026-1102-48203915")):
        made = turn(asked, move, WORLD)
        assert (made.sitting, made.errands) == (asked, ())
    assert turn(moved(asked, Back()), Choose("submit"), WORLD).errands == (Errand.SUBMIT,)


def test_a_card_that_is_known_already_is_not_asked_about_again() -> None:
    helping = moved(AT_HOME, CardLaid(DEHOU), Choose("help"))
    back_and_forth = moved(helping, CardLifted(), CardLaid(LI_MEI), CardLifted(), CardLaid(DEHOU))
    assert back_and_forth.newcomer is None and back_and_forth.helped == DEHOU


def test_a_receipt_is_not_covered_by_anybodys_card() -> None:
    """K36: the number stays to be read; what is asked, is asked by ending or going on there."""
    receipt = moved(handed_in(), CardLaid(JIANGUO))
    assert receipt.place == "receipt" and receipt.newcomer is None
    assert RECEIPT.ticket in words(receipt)


def test_who_laid_a_card_beside_a_receipt_and_took_it_away_is_not_the_first_person() -> None:
    """What follows the receipt is the first person's again only with their card."""
    receipt = replace(AT_HOME, service=ALLOWANCE.id, receipt=RECEIPT).go("receipt")
    home = turn(moved(receipt, CardLaid(DEHOU), CardLifted()), Choose("home"), WORLD)
    assert home.sitting.guarded and home.sitting.cases == () and not home.errands
    assert "李梅" not in words(home.sitting)
    own_again = moved(receipt, CardLaid(DEHOU), CardLifted(), CardLaid(LI_MEI))
    assert turn(own_again, Choose("home"), WORLD).errands == (Errand.LOOK_UP_CARD,)


def test_what_the_first_person_gave_before_is_used_by_nobody_else() -> None:
    """Nor does the page that offers it stay: nothing was begun there yet."""
    before = {("phone", FieldKind.PHONE): "13900000000"}
    offered = moved(
        at_home(LI_MEI), Found((), None, before), Choose("do"), Choose(ALLOWANCE.id), Choose("no")
    )
    assert offered.place == "earlier"
    asked = moved(offered, CardLaid(DEHOU))
    assert ways(asked) == ["help", "next", "mistake"]
    on = moved(asked, Choose("mistake"))
    assert on.place == "home" and on.service == "" and on.earlier == {}


def test_what_the_first_person_agreed_to_keep_says_nothing_of_the_next_application() -> None:
    """Nobody's card would open it, and whoever goes on was not asked."""
    kept = moved(at_home(LI_MEI), Choose("do"), Choose(ALLOWANCE.id), Choose("yes"), Back(), Choose("leave"))
    assert kept.place == "home" and kept.keep
    on = moved(kept, CardLaid(DEHOU), Choose("mistake"), Choose("do"), Choose(ALLOWANCE.id))
    assert on.given.first_card is None and on.keep is None


def test_keeping_is_offered_only_for_a_card_that_can_open_it() -> None:
    unsound = {key: value for key, value in LI_MEI.items() if key != "id_number"}
    assert moved(at_home(unsound), Choose("do"), Choose(ALLOWANCE.id)).place != "keep"


REMOVALS = (Slot.IDENTITY, Slot.MEMBER, Slot.SOCIAL)


@pytest.mark.parametrize("slot", REMOVALS, ids=str)
def test_taking_a_card_away_ends_no_visit_and_loses_no_answer(slot: Slot) -> None:
    """On every page there is, with a card lying and without."""
    for sitting in reached():
        if sitting.place == "goodbye":
            continue
        for lying in (sitting, replace(sitting, card_lying=slot, lying=sitting.card)):
            made = turn(lying, CardLifted(slot), world_at(sitting))
            after = made.sitting
            assert made.errands == (), sitting.place
            assert (after.given, after.card, after.cases) == (lying.given, lying.card, lying.cases)
            assert (after.typed, after.offer, after.overlay) == (lying.typed, lying.offer, lying.overlay)
            assert lying.place in (after.place, "card-left")


def test_a_card_that_lies_at_the_end_is_called_out_whichever_way_the_end_came() -> None:
    """K34: said before all else, until it is gone; "I have it" does not help while it lies there."""
    lying = replace(AT_HOME, card_lying=Slot.IDENTITY)
    rated, left = (Choose("rate"), Choose("good"), Choose("leave")), (Back(), Choose("leave"))
    for end in (rated, left, (Quiet(over=True),)):
        gone = moved(lying, *end)
        assert gone.place == "goodbye"
        assert page(gone).error == WORLD.texts["goodbye.card"]
        pressed = turn(gone, Choose("done"), WORLD)
        assert pressed.errands == () and pressed.sitting.misses > gone.misses, "it is said again"
        assert turn(gone, CardLifted(), WORLD).errands == (Errand.END,)
    assert "拿好您的卡" in words(moved(replace(handed_in(), card_lying=Slot.IDENTITY), Submitted(RECEIPT)))


def test_each_reader_has_a_card_of_its_own_to_be_taken() -> None:
    both = replace(Sitting(place="goodbye"), card_lying=Slot.IDENTITY | Slot.SOCIAL)
    assert page(both).error == WORLD.texts["goodbye.cards"]
    one = turn(both, CardLifted(Slot.IDENTITY), WORLD)
    assert one.errands == () and page(one.sitting).error is not None
    assert turn(one.sitting, CardLifted(Slot.SOCIAL), WORLD).errands == (Errand.END,)


@pytest.mark.parametrize("slot", REMOVALS, ids=str)
def test_the_next_person_begins_when_the_last_ones_card_is_gone(slot: Slot) -> None:
    """K34. Nothing is read meanwhile, on any reader."""
    left = Sitting(card_left=slot, card_lying=slot)
    assert page(left).error is not None
    waiting = moved(left, Choose("zh"))
    assert waiting.place == "card-left" and ways(waiting) == ["person"]
    unread = moved(waiting, CardLaid(GUIFANG))
    assert unread.card is None and unread.place == "card-left"
    gone = moved(unread, CardLifted(slot), CardLifted(Slot.IDENTITY))
    assert gone.place == "welcome"
    assert moved(gone, CardLaid(GUIFANG)).place == "home"


def test_nobody_waits_for_a_reader_that_cannot_tell() -> None:
    """It went away with the card on it: the visit goes on without, and reads nothing."""
    waiting = moved(Sitting(card_left=Slot.IDENTITY, card_lying=Slot.IDENTITY), Choose("zh"))
    on = moved(waiting, ReaderSays("card.reader_missing"))
    assert on.place == "welcome"
    assert moved(on, CardLaid(GUIFANG)).card is None


def test_after_three_cards_that_cannot_be_read_a_person_is_offered() -> None:
    """K34."""
    at_card = Sitting(place="card")
    tried = at_card
    for times in range(1, 4):
        tried = moved(tried, ReaderSays("card.bad_read"))
        assert ("person" in ways(tried)) is (times == 3)
        assert page(tried).error is not None
    assert "叫工作人员" in str(page(tried).error)
    assert moved(tried, CardLaid(GUIFANG)).failed_reads == 0


@pytest.mark.parametrize("place", ["language", "welcome", "card", "query-card", "card-other:subject"])
def test_a_card_that_cannot_be_read_says_so_wherever_one_may_be_laid(place: str) -> None:
    """K34: read, or say why. What is the matter with the reader itself is no news at rest."""
    whose = led(begun(LI_MEI), {"question:who": Choose("family")}, until="card-whose")
    applying = moved(whose, Choose("actor"))
    start = applying if place.startswith("card-other") else Sitting(place=place)
    assert start.place == place
    error = page(moved(start, ReaderSays("card.bad_read"))).error
    assert error == WORLD.texts["card.bad_read"]
    if place == "language":
        assert page(moved(start, ReaderSays("card.reader_missing"))).error is None


def test_a_card_that_has_run_out_is_used_and_told_once() -> None:
    old = {**GUIFANG, "valid_to": "2025-05-01"}
    home = moved(Sitting(), CardLaid(old))
    assert "2025年5月1日" in words(home) and "张**" in words(home)
    assert "到期" not in words(moved(home, Choose("do"), Back()))
    assert "到期" not in words(moved(home.go("home"), CardLifted(), CardLaid(old)))
    assert led(moved(home, Choose("do"), Choose(ALLOWANCE.id), Choose("no")), {}).given.first_card == old
    today = {**GUIFANG, "valid_to": WORLD.today.isoformat()}
    assert "到期" not in words(moved(Sitting(), CardLaid(today)))


def test_it_is_told_also_where_an_unfinished_application_is_offered() -> None:
    old = {**GUIFANG, "valid_to": "2025-05-01"}
    offered = moved(Sitting(), CardLaid(old), Found((), DRAFT))
    assert offered.place == "draft" and "到期" in words(offered)


def test_a_name_that_cannot_be_drawn_is_no_empty_box() -> None:
    rare = {**GUIFANG, "name": "张\ue863芳"}
    home = moved(Sitting(), CardLaid(rare))
    assert "\ue863" not in words(home) and "您好" in words(home)
    at_check = led(moved(home, Choose("do"), Choose(ALLOWANCE.id), Choose("no")), {}, until="check")
    assert "\ue863" not in words(at_check) and "张［见证件］芳" in words(at_check)
    named = moved(at_check, Choose("change:name"))
    assert "\ue863" not in words(named)
    entry = page(named).entry
    assert entry is not None and entry.value == ""
    kept = moved(named, Enter(""))
    assert kept.path(WORLD).answers["name"].value == "张\ue863芳", "and it is sent as it is on the card"


def test_a_card_with_a_latin_name_greets_by_its_first_letter() -> None:
    home = moved(Sitting(), CardLaid({**GUIFANG, "name": "SAMPLE, PERSON"}))
    assert "S**，您好" in words(home)
