"""Papers laid under the kiosk's camera: only if they want, one after another, and nothing depends on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.moves import Back, CardLaid, Choose, Move, Quiet, Submitted
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.photographing import handed_in, showable
from kiosk.flow.pictures import PapersShown, Picture, PictureTaken
from kiosk.flow.sitting import Errand, Sitting, Turn
from kiosk.flow.turn import turn
from tests.flow.reached import RECEIPT
from tests.flow.residents import AT_EIGHTY, GUIFANG, WORLD, begun, led, moved

SEEING = replace(WORLD, camera=True)
"""The same centre, with a camera."""
FOR_HER: dict[str, Move] = {**AT_EIGHTY, "question:who": Choose("family")}


def checked(pick: dict[str, Move] = AT_EIGHTY, card: dict[str, str] | None = None) -> Sitting:
    """Everything is answered and looked at."""
    return led(begun(card, world=SEEING), pick, "check", SEEING)


def going_on(sitting: Sitting) -> Sitting:
    """All is right, and so is what is agreed to only then."""
    sitting = after(sitting, Choose("go"))
    while sitting.place.startswith("consent:"):
        sitting = after(sitting, Choose("yes"))
    return sitting


def after(sitting: Sitting, *moves: Move) -> Sitting:
    return moved(sitting, *moves, world=SEEING)


def made(sitting: Sitting, move: Move) -> Turn:
    return turn(sitting, move, SEEING)


def page(sitting: Sitting) -> Page:
    return page_of(sitting, SEEING)


def taken(sitting: Sitting, n: int) -> Sitting:
    """The paper is laid, and its picture comes."""
    material = sitting.place.partition(":")[2]
    return after(sitting, Choose("take"), PictureTaken(n, material))


def test_where_there_is_a_camera_people_are_asked_once_after_the_check() -> None:
    asked = going_on(checked())
    assert asked.place == "papers"
    assert [one.id for one in page(asked).choices] == ["yes", "no", "person"]
    assert after(asked, Choose("no")).place == "sign"
    assert after(asked, Choose("no"), Choose("key")).place == "submit"


def test_where_there_is_none_nobody_is_asked() -> None:
    at_consent = moved(checked(), Choose("go"))
    assert moved(at_consent, Choose("yes")).place == "sign"


def test_whose_papers_were_all_read_here_is_not_asked() -> None:
    """Her identity card lay on the reader: there is nothing else to show."""
    assert showable(checked(card=GUIFANG), SEEING) == ()
    assert going_on(checked(card=GUIFANG)).place == "sign"


def test_a_paper_that_they_have_with_them_is_asked_for_and_one_that_comes_later_is_not() -> None:
    """They were asked whether they have it."""
    for said, papers in (("here", {"certificate"}), ("later", set())):
        pick: dict[str, Move] = {**AT_EIGHTY, "question:certificate_paper": Choose(said)}
        applying = led(begun(None, "disability-allowance", SEEING), pick, "check", SEEING)
        assert applying.place == "check"
        assert {one.id for one in showable(applying, SEEING)} & {"certificate"} == papers


def test_each_paper_is_asked_for_by_name_and_what_was_taken_is_said_back() -> None:
    laid = after(going_on(checked()), Choose("yes"))
    assert laid.place == "papers-lay:id-card"
    assert "身份证" in page(laid).heading.show("zh") and "ID card" in page(laid).heading.show("en")
    turned = made(laid, Choose("take"))
    assert turned.errands == (Errand.TAKE_PICTURE,) and turned.sitting.place == "papers-taking:id-card"
    done = after(turned.sitting, PictureTaken(1, "id-card"))
    assert done.place == "papers-taken:id-card" and done.papers.taken == (Picture(1, "id-card"),)
    assert "拍好了" in page(done).heading.show("zh") and "身份证" in page(done).heading.show("zh")
    assert after(done, Choose("go")).place == "sign"


def test_another_page_of_the_same_paper_and_a_wrong_one_taken_once_more() -> None:
    one = taken(after(going_on(checked()), Choose("yes")), 1)
    two = taken(after(one, Choose("again")), 2)
    assert [picture.n for picture in two.papers.taken] == [1, 2]
    assert "2" in page(two).body[0].show("zh")
    undone = after(two, Choose("wrong"))
    assert undone.place == "papers-lay:id-card" and [picture.n for picture in undone.papers.taken] == [1]
    assert after(undone, Choose("done")).place == "sign", "one page is enough"


def test_who_has_a_paper_not_with_them_goes_on_to_the_next_and_is_not_asked_again() -> None:
    first = after(going_on(checked(FOR_HER)), Choose("yes"))
    needed = [one.id for one in showable(first, SEEING)]
    assert len(needed) > 1 and first.place == f"papers-lay:{needed[0]}"
    assert page(first).progress.show("zh") == f"第1样，共{len(needed)}样"
    second = after(first, Choose("done"))
    assert second.place == f"papers-lay:{needed[1]}"
    rest = after(second, *[Choose("done")] * (len(needed) - 1))
    assert not rest.place.startswith("papers") and rest.papers.taken == ()


@pytest.mark.parametrize("trouble", ["dark", "blank", "failed", "full"])
def test_a_picture_that_did_not_come_out_says_what_to_do_and_the_page_is_the_same(trouble: str) -> None:
    """K14."""
    laid = after(going_on(checked()), Choose("yes"))
    failed = after(laid, Choose("take"), PictureTaken(1, "id-card", trouble))
    assert failed.place == laid.place and failed.papers.taken == ()
    error = page(failed).error
    assert error is not None and [one.id for one in page(failed).choices] == ["take", "done", "person"]
    assert page(after(failed, Choose("take"), Back())).error is None


def test_who_does_not_wait_gets_no_picture_they_do_not_know_of() -> None:
    waiting = after(going_on(checked()), Choose("yes"), Choose("take"))
    gone = after(waiting, Back(), PictureTaken(1, "id-card"))
    assert gone.place == "papers-lay:id-card" and gone.papers.taken == ()


def test_back_leads_page_by_page_and_there_no_may_become_yes() -> None:
    laid = after(going_on(checked()), Choose("yes"))
    assert after(laid, Back()).place == "papers"
    assert after(laid, Back(), Back()).place == "consent:proxy"
    assert after(laid, Back(), Back(), Choose("yes")).place == "papers-lay:id-card", "they wanted to"
    signing = after(going_on(checked()), Choose("no"))
    assert after(signing, Back(), Choose("yes")).place == "papers"


def test_who_comes_back_to_the_question_hears_what_goes_in_and_may_let_it_go() -> None:
    """No picture goes along unsaid."""
    first = after(going_on(checked(FOR_HER)), Choose("yes"))
    asked = after(taken(first, 1), Choose("go"), Back())
    assert asked.place == "papers" and "已经拍好1张" in page(asked).body[0].show("zh")
    assert [one.id for one in page(asked).choices] == ["yes", "no", "drop", "person"]
    assert after(asked, Choose("yes")).place not in {"papers", first.place}, "the next paper"
    assert len(handed_in(after(asked, Choose("no")), SEEING)) == 1
    dropped = after(asked, Choose("drop"))
    assert dropped.papers.taken == () and [one.id for one in page(dropped).choices] == ["yes", "no", "person"]
    all_taken = after(taken(after(going_on(checked()), Choose("yes")), 1), Choose("again"), Back())
    assert [one.id for one in page(all_taken).choices] == ["no", "drop", "person"]
    signing = after(all_taken, Choose("no"))
    assert signing.place == "sign"
    assert after(signing, Back(), Choose("yes"), Choose("drop"), Choose("no")).papers.taken == ()


def test_going_back_and_forth_before_the_end_does_not_ask_again() -> None:
    submitting = after(going_on(checked()), Choose("no"), Choose("key"))
    assert submitting.place == "submit"
    again = going_on(after(submitting, Choose("look")))
    assert again.place in {"sign", "submit"}


def test_a_picture_of_a_paper_that_is_no_longer_asked_for_is_not_handed_in() -> None:
    sitting = replace(checked(), papers=PapersShown(True, (Picture(1, "id-card"), Picture(2, "entrust"))))
    assert handed_in(sitting, SEEING) == (Picture(1, "id-card"),)


def test_what_was_handed_in_left_or_given_up_leaves_nothing_in_the_visit() -> None:
    one = after(taken(after(going_on(checked()), Choose("yes")), 1), Choose("go"), Choose("key"))
    assert one.place == "submit" and one.papers.taken
    for end in ((Submitted(RECEIPT),), (Quiet(), Quiet(over=True))):
        assert after(one, *end).papers == PapersShown()
    assert after(one.go("pause"), Choose("leave")).papers == PapersShown()


def test_help_another_language_and_a_card_laid_meanwhile_change_nothing_of_it() -> None:
    laid = after(going_on(checked()), Choose("yes"))
    assert after(laid, CardLaid(GUIFANG)).papers == laid.papers


def test_a_case_that_must_not_lead_to_the_person_asks_for_no_papers() -> None:
    service = SEEING.services["complaint"]
    papers = tuple(one.model_copy(update={"form": "copy", "need_if": None}) for one in service.material)
    asks = service.model_copy(update={"material": papers})
    world = replace(SEEING, services={**SEEING.services, service.id: asks})
    for named, shown in (("no", 0), ("yes", len(papers))):
        pick: dict[str, Move] = {"question:named": Choose(named), "question:proof": Choose("here")}
        complaint = led(begun(None, "complaint", world), pick, "check", world)
        assert complaint.path(world).unnamed is (named == "no")
        assert len(showable(complaint, world)) == shown
