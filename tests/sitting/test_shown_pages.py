"""What somebody saw and heard before they signed goes with what they hand in, and with nothing else (K41)."""

from __future__ import annotations

from kiosk import __version__
from kiosk.cases.wish import Claim, EvidenceOfWish
from kiosk.flow.moves import Back, Choose, Draw, NextLanguage
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.flow.residents import STROKES
from tests.sitting.conftest import START, Open, fill_in, made


def handed_in(visit: Visit, store: Store) -> EvidenceOfWish:
    assert visit.sitting.receipt is not None
    wish = store.case(visit.sitting.receipt.case_id).submission.wish
    assert wish is not None
    return wish


def test_consents_check_signature_and_handing_in_are_kept_word_for_word(
    open_visit: Open, store: Store
) -> None:
    visit = open_visit()
    made(visit, *START)
    fill_in(visit, until="check")
    check = visit.page()
    fill_in(visit, until="sign")
    sign = visit.page()
    fill_in(visit)
    made(visit, Choose("submit"))
    wish = handed_in(visit, store)
    kept = {one.place: one for one in wish.pages}
    assert set(kept) >= {"check", "sign", "submit"}
    assert [place for place in kept if place.startswith("consent:")]
    assert check.heading.show("zh") in kept["check"].shown
    assert {choice.detail.show("zh") for choice in check.choices if choice.detail.shown} <= set(
        kept["check"].shown
    )
    assert sign.body[0].show("zh") in kept["sign"].shown
    assert sign.body[0].say("zh") in kept["sign"].said
    assert wish.whole
    assert wish.claim is Claim.WISH
    assert (wish.box, wish.program) == (store.box_id(), __version__)


def test_the_mark_is_in_it_by_its_digest_alone(open_visit: Open, store: Store) -> None:
    visit = open_visit()
    made(visit, *START)
    fill_in(visit, until="sign")
    made(visit, Draw(STROKES))
    fill_in(visit)
    made(visit, Choose("submit"))
    wish = handed_in(visit, store)
    assert wish.strokes is not None and len(wish.strokes) == 64
    assert STROKES not in str(wish)


def test_a_page_that_is_read_twice_stands_there_once(open_visit: Open, store: Store) -> None:
    visit = open_visit()
    made(visit, *START)
    fill_in(visit, until="sign")
    made(visit, Back())
    fill_in(visit)
    made(visit, Choose("submit"))
    digests = [one.digest for one in handed_in(visit, store).pages]
    assert len(digests) == len(set(digests))


def test_both_languages_are_kept_where_both_were_read(open_visit: Open, store: Store) -> None:
    visit = open_visit()
    made(visit, *START)
    fill_in(visit, until="sign")
    made(visit, NextLanguage())
    fill_in(visit)
    made(visit, Choose("submit"))
    assert {one.language for one in handed_in(visit, store).pages if one.place == "sign"} == {"zh", "en"}


def test_another_application_begins_with_nothing_shown(open_visit: Open, store: Store) -> None:
    visit = open_visit()
    made(visit, *START)
    fill_in(visit, until="check")
    visit._shown.note(visit.page(), "another", "zh", visit._clock.now())
    assert [one.place for one in visit._shown._pages.values()] == ["check"]
