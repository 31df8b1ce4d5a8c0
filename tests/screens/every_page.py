"""Every page a resident can come to, each look of it once.

All pages, options and ends of the shipped services and of the one with every kind of answer, the pages inside
a question, all of the house, refused inputs, trouble with cards, cases in every stage, and help, calls and
warnings over them. Not every way there: people who come to a page that looks the same are one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

from kiosk.flow.answers import Answers, Hit
from kiosk.flow.held import Held
from kiosk.flow.moves import (
    Answered,
    Back,
    CardLaid,
    CaseChanged,
    CaseLine,
    Choose,
    ContentCome,
    Enter,
    GivenConsent,
    HeldFound,
    MemberLaid,
    Move,
    Overlay,
    RatingKept,
    ReaderSays,
    Receipt,
    ReceiptSought,
    Remark,
    Scanned,
    Sought,
    ToldChange,
)
from kiosk.flow.page import Page, Role
from kiosk.flow.pages.now import page_of
from kiosk.flow.path import SavedDraft, StepKind
from kiosk.flow.pictures import PapersShown, Picture
from kiosk.flow.precheck import FOUND
from kiosk.flow.preferences import Preferences, Remembering
from kiosk.flow.querying import MOST_WRONG_NUMBERS
from kiosk.flow.same_values import SameCase, SameSought
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.source import Slot
from kiosk.flow.switches import Switches, Trial
from kiosk.flow.things import has_room
from kiosk.flow.walking import page_of_path
from kiosk.services.question import FieldKind
from kiosk.sitting.staff import card_page, pin_page, what_page
from kiosk.text import EMPTY, Text
from tests.flow.own_data import CONTENT, HELD
from tests.flow.residents import (
    AT_EIGHTY,
    CALLING,
    EVERY_KIND,
    GUIFANG,
    LI_MEI,
    SERVICES,
    SHARING,
    WORLD,
    asks_elsewhere,
    at_home,
    begun,
    calls_by_number,
    every_journey,
    led,
    moved,
    numbered,
    record_news,
    ways_on,
    world_of,
)

ALL = (*SERVICES, EVERY_KIND)
ON_A_PATH = {str(kind) for kind in StepKind}
CARD_TROUBLES = [
    key for key in WORLD.texts if key.startswith("card.") and key.split(".")[1] in {
        "same_card", "hold_still", "not_an_id_card", "bad_read", "reader_missing", "reader_busy",
        "reader_not_permitted", "reader_silent", "reader_out_of_order", "take_card_first",
    }
]  # fmt: skip
CODE_TROUBLES = [key for key in WORLD.texts if key.startswith("scan.")]
MISTYPED = (
    *("", "?", "1", "1944 13 1", "1944 2 30", "1800 1 1", "2999 1 1", "44 1 1", "张1", "999999", "-1"),
    *("990101440305002", "990101194403050021", "990101194413050029", "6200 0000 0000 0001", "138 0013 800"),
    *("810000199408230021", "9999999999", "农历 1944 13 1", "12.345", "一" * 61),
)
YESTERDAY = datetime.datetime(2026, 11, 1, 1, tzinfo=datetime.UTC)
DUE = datetime.date(2026, 12, 14)
GIVEN = Receipt("1", "2026-01234567-8", "A017", DUE)
BRING = Text({"zh": "户口簿首页和本人那一页的复印件", "en": "a copy of the first page of the booklet"})
AGREED = tuple(
    GivenConsent(consent.id, consent.text(), consent.withdraw.text() if consent.withdraw else BRING)
    for consent in SERVICES["elderly-allowance"].consent
)
REASON = "户口簿首页和身份证上写的不一样，派出所查过，以户口簿为准"
CHANGED = tuple(
    ToldChange(question.id, question.label.text(), REASON, value)
    for question, value in (
        (SERVICES["elderly-allowance"].find_question("hukou"), BRING),
        (SERVICES["elderly-allowance"].find_question("hukou"), BRING),
        (SERVICES["elderly-allowance"].find_question("phone"), None),
    )
)
CASES = tuple(
    CaseLine(
        number=f"2026-0{n}123-4567",
        ticket=f"A01{n}",
        title=SERVICES["elderly-allowance"].title.text(),
        stage=WORLD.texts[f"stage.{stage}"],
        due=DUE,
        missing=BRING if stage == "needs_info" else Text({}),
        result=BRING if stage in {"refused", "granted"} else Text({}),
        case_id=str(n),
        open=n < 3,
        closed=stage in {"refused", "granted"},
        consents=AGREED if n < 3 else (),
        acted_for=n == 0,
        changes=CHANGED[n : n + 1] if n in (1, 2) else (),
    )
    for n, stage in enumerate(("queued", "claimed", "needs_info", "granted", "refused", "withdrawn"))
)
HITS = (
    Hit("elderly-allowance", 0, SERVICES["elderly-allowance"].title.text()),
    *(Hit(name, None, service.title.text()) for name, service in list(SERVICES.items())[:2]),
)


TAKEN_BACK = (
    *("withdrawn", "consent_withdrawn", "too_late"),
    *("authority_withdrawn", "change_right", "change_wrong"),
)


def _arrivals() -> Iterator[Sitting]:
    """Where the walk through the house begins, and what the store and the reader can bring about in it."""
    kept = SavedDraft("1", "elderly-allowance", begun(GUIFANG).given, YESTERDAY)
    known = replace(at_home(GUIFANG), cases=CASES)
    yield from (
        Sitting(),
        Sitting(card_left=Slot.IDENTITY, card_lying=Slot.IDENTITY),
        Sitting(place="goodbye", card_lying=Slot.IDENTITY),
        Sitting(place="printed:look:elderly-allowance"),
    )
    yield from (
        at_home(GUIFANG),
        known,
        replace(known, draft=kept),
        replace(known, place="draft", draft=kept),
    )
    for key in ("recalled", "usual", "forgotten", "kept"):
        told = (WORLD.texts[f"remember.{key}"],)
        yield from (replace(one, told=told) for one in (known, begun(GUIFANG), Sitting(place="goodbye")))
    yield replace(at_home(GUIFANG), place="remember")
    yield moved(at_home(GUIFANG), Choose("do"), Choose("elderly-allowance"))
    yield from (replace(begun(GUIFANG), place="pause", keep=keep) for keep in (True, False))
    yield from (
        Sitting(place=place, card_trouble=key) for place in ("card", "query-card") for key in CARD_TROUBLES
    )
    yield from (
        Sitting(place=place, code_trouble=key)
        for place in ("welcome", "card", "home", "query-number", "leave")
        for key in CODE_TROUBLES
    )
    at_code = led(begun(None, "small-shop-start"), {"question:aim": Choose("check")}, "question:licence_code")
    yield from (moved(at_code, Scanned(code)) for code in ("9901 2026 0417", "W" * 40, "x" * 999))
    yield from _cards_laid(known)
    yield replace(at_home(GUIFANG), place="query-cases")
    again = {("phone", FieldKind.PHONE): "13800138000"}
    yield replace(at_home(GUIFANG), place="earlier", service="elderly-allowance", earlier=again)
    for still_open, by_card in ((True, True), (False, True), (True, False)):
        case = SameCase("2026-01234567-8", YESTERDAY.date(), still_open)
        before = SameSought("990101194403050029", by_card, case=case, back="consent:use")
        yield replace(at_home(GUIFANG), place="same-case", service="elderly-allowance", same=before)
    yield from _papers(begun(None))
    numbers = replace(known, place="query-number")
    yield from (moved(numbers, ReceiptSought(case)) for case in (*CASES, *_from_elsewhere(), None))
    yield moved(numbers, ReceiptSought(_handed_over()))
    yield from (moved(numbers, ReceiptSought(None, how)) for how in Sought if how is not Sought.DONE)
    yield replace(at_home(LI_MEI), place="query-cases")
    yield replace(numbers, wrong_numbers=MOST_WRONG_NUMBERS)
    yield from (moved(known, CaseChanged(outcome, CASES)) for outcome in TAKEN_BACK)
    yield from _own_data(known)
    asking = replace(at_home(), place="ask-type")
    yield from (
        moved(asking, Answered(Answers(HITS[:n], sure))) for n, sure in ((0, False), (1, True), (3, False))
    )
    yield from (
        moved(replace(known, place=f"{door}:3"), RatingKept(7, True)) for door in ("why", "call-back")
    )
    yield replace(known, place="rated", rating_task=7)
    yield from (replace(at_home(GUIFANG), place=f"stopped:{what}") for what in ("new", "kept", "dropped"))


def _papers(sitting: Sitting) -> Iterator[Sitting]:
    """Papers under the camera: asked for, laid, taken, and each way in which that goes wrong."""
    known = PapersShown(True, (Picture(1, "guardianship"),), back="sign")
    for taken in ((), (Picture(1, "id-card"),)):
        yield replace(sitting, place="papers", papers=replace(known, taken=taken))
    for place in ("papers-lay", "papers-taking", "papers-taken"):
        yield replace(sitting, place=f"{place}:guardianship", papers=known)
    for trouble in ("", "dark", "blank", "failed", "full"):
        yield replace(sitting, place="papers-lay:agent-id", papers=replace(known, trouble=trouble))


def _own_data(known: Sitting) -> Iterator[Sitting]:
    """What is held of her, and what comes of asking about it."""
    yield replace(known, place="query", replied=True)
    mine = replace(known, draft=SavedDraft("1", "elderly-allowance", begun(GUIFANG).given, YESTERDAY))
    liked = replace(mine, remembering=Remembering(kept=Preferences(rate=2)), place="held")
    yield from (moved(liked, HeldFound(Held(()))), moved(known.go("held"), HeldFound(Held(()))))
    data = moved(liked, HeldFound(HELD))
    yield from (data, replace(data, draft=None).go("held-rest"))
    asked = [moved(data, Choose("cases"), Choose(str(n))) for n in range(len(HELD.cases))]
    yield from (moved(one, Choose(name)) for one in asked for name in ("content", "wrong", "erase"))
    waiting = moved(asked[0], Choose("content"))
    yield from (moved(waiting, ContentCome("c", lines)) for lines in (CONTENT, None))
    yield from (moved(data, HeldFound(HELD, how)) for how in ASKED_OF_DATA)


ASKED_OF_DATA = ("copy_asked", "correction_asked", "erasure_asked", "erased", "not_now")


def _cards_laid(known: Sitting) -> Iterator[Sitting]:
    """Somebody else's card, one that has run out, one with a rare sign, cards that prove nothing, trouble."""
    rare = {**LI_MEI, "name": "李\ue863"}
    for card in (LI_MEI, rare):
        yield moved(known, CardLaid(card))
        yield moved(known, CardLaid(card), Choose("help"))
        for place in ("question:hukou", "check"):
            yield moved(led(begun(GUIFANG), {}, until=place), CardLaid(card))
    for helper in (begun(LI_MEI), replace(begun(LI_MEI), keep=False)):
        for_family = led(helper, {"question:who": Choose("family")}, until="question:hukou")
        yield moved(for_family, CardLaid(GUIFANG))
    old, social = {**GUIFANG, "valid_to": "2019-12-31"}, {**GUIFANG, "by": "social_card"}
    for card in (old, social, {**social, "valid_to": "2019-12-31"}, rare):
        yield moved(Sitting(), CardLaid(card))
        yield moved(Sitting(place="query-card"), CardLaid(card))
        yield from (moved(led(begun(None), AT_EIGHTY, until=at), CardLaid(card)) for at in LATE)
    yield moved(Sitting(place="card"), MemberLaid("04A1B2C3"))
    for start in (known, led(begun(None), AT_EIGHTY, until="question:phone")):
        yield moved(start, MemberLaid("04A1B2C3"))
        yield moved(start, Remark("card.member_unfit"))
    for place in ("language", "welcome", "card", "query-card"):
        yield moved(Sitting(place=place), *[ReaderSays("card.not_an_id_card")] * 3)
        yield moved(Sitting(place=place), ReaderSays("card.social_not_one"))
    yield Sitting(place="goodbye", card_lying=Slot.SOCIAL)


LATE = ("question:who", "question:phone", "question:bank_card", "check", "sign", "submit")
"""Pages of each look on which a card may come out."""


def _in_the_house() -> Iterator[Sitting]:
    """All that can be chosen from there on, as far as the first page of an application.

    What is on a page decides what can be done on it, so of pages that look the same one is enough, in each
    room of the house.
    """
    waiting = list(_arrivals())
    seen: set[object] = set()
    while waiting:
        sitting = waiting.pop()
        room = sitting.place.partition(":")[0]
        if room in ON_A_PATH or sitting.overlay:
            continue
        page = page_of(sitting, WORLD)
        looks = (_looks(page), sitting.card is None, sitting.keep)
        if looks in seen and room in seen:
            continue
        seen |= {looks, room}
        yield sitting
        ways: list[Move] = [Back(), *(Choose(choice.id) for choice in page.choices)]
        ways += [Enter(""), *[Enter("2026-11023-4567")]] if page.entry else []
        waiting += [moved(sitting, way) for way in ways]


def _walked(services: Iterable[str]) -> dict[tuple[str, str], Sitting]:
    """One visit at each place of these services."""
    found: dict[tuple[str, str], Sitting] = {}
    for service in services:
        for sitting in chain.from_iterable(journey.pages for journey in every_journey(service)):
            found.setdefault((service, sitting.place), sitting)
    return found


def _inside_questions() -> Iterator[Sitting]:
    """The pages that a question has beside its own: lists of things and of regions, readings back, ticks.

    Numbers of things and codes of regions are not told apart: the first ones stand for all.
    """
    for (_, place), sitting in _walked(ALL).items():
        if place != page_of_path(place) or not place.startswith(f"{StepKind.QUESTION}:"):
            continue
        waiting, seen = [sitting], set[tuple[object, ...]]()
        while waiting:
            here = waiting.pop()
            page = _page(here)
            ids = {_unnumbered(choice.id) for choice in page.choices}
            ticks = any(choice.chosen for choice in page.choices)
            state = (_unnumbered(here.place), page.kind, here.refused is None, ticks, frozenset(ids))
            if page_of_path(here.place) != place or here.overlay or state in seen:
                continue
            seen.add(state)
            yield here
            waiting += [moved(here, way, world=_world(here)) for way in _ways_inside(here)]
        yield from _full_list(sitting)


def _ways_inside(sitting: Sitting) -> list[Move]:
    world, page = _world(sitting), _page(sitting)
    ids = [choice.id for choice in page.choices]
    typed = [way for way in ways_on(sitting, world) if isinstance(way, Enter)][:1]
    question = world.services[sitting.service].find_question(page_of_path(sitting.place).partition(":")[2])
    told: list[Move] = []
    if question.type is FieldKind.RECORD and question.id not in sitting.given.records:
        told = [record_news(question, said) for said in ("right", "missing", "staff")]
    lunar = [Enter("农历 1944 3 5")] if page.entry and page.entry.boxes else []
    return [*map(Choose, [*ids[:3], *ids[-3:]]), *typed, *lunar, *told]


def _full_list(sitting: Sitting) -> Iterator[Sitting]:
    """A list of things with no room for more."""
    world = _world(sitting)
    question = world.services[sitting.service].find_question(page_of_path(sitting.place).partition(":")[2])
    for _ in range(200):
        if question.type is not FieldKind.REPEAT or page_of_path(sitting.place) != f"question:{question.id}":
            return
        offered = {choice.id for choice in _page(sitting).choices}
        if "done" in offered and not has_room(sitting, question) and sitting.place.count("/") == 0:
            yield sitting
            return
        way = Choose("add") if "add" in offered else next(ways_on(sitting, world))
        sitting = moved(sitting, way, world=world)
    raise AssertionError(f"{question.id} is never full")


def _refused() -> Iterator[Sitting]:
    """What comes of a mistyped answer, and of three in a row."""
    for sitting in _walked(ALL).values():
        if _page(sitting).entry is not None:
            world = _world(sitting)
            yield from (moved(sitting, Enter(typed), world=world) for typed in MISTYPED)
            yield moved(sitting, *[Enter("?")] * 3, world=world)


def receipts() -> tuple[Sitting, ...]:
    """Of somebody without a card, and with one."""
    done = (led(begun(laid), AT_EIGHTY) for laid in (None, GUIFANG))
    return tuple(replace(sitting.go("receipt"), receipt=GIVEN) for sitting in done)


def _after() -> Iterator[Sitting]:
    """What was checked before the last step, the receipt and what follows it."""
    for (_, place), sitting in _walked(ALL).items():
        if place == StepKind.SUBMIT:
            yield moved(sitting, Choose(FOUND), world=_world(sitting))
            yield replace(sitting.go("receipt"), receipt=GIVEN)
    for receipt in receipts():
        yield receipt
        yield moved(receipt, Choose("rate"))
        yield moved(receipt, Choose("rate"), Choose("fair"))
        yield moved(receipt, Choose("rate"), Choose("very-poor"))


def _handed_over() -> CaseLine:
    """With the longest of names, addresses and numbers."""
    where = {
        "zh": "河西区柳林街道综合便民服务中心  柳林路一百零八号二楼  000-12345678",
        "en": "Liulin Sub-district Public Service Centre  108 Liulin Road, 2nd floor  000-12345678",
    }
    stage = WORLD.texts.text("stage.handed_over_to", where=Text(where))
    return replace(CASES[4], stage=stage, result=EMPTY, due=None)


def _from_elsewhere() -> Iterator[CaseLine]:
    """As far as the hub tells, with what to do next."""
    steps = ("at_the_desk", "at_the_desk", "bring", "result", "result", "at_the_desk")
    for case, step in zip(CASES, steps, strict=True):
        yield replace(case, missing=EMPTY, result=EMPTY, elsewhere=WORLD.texts[f"query_found.{step}"])


def _world(sitting: Sitting) -> World:
    if calls_by_number(sitting):
        return CALLING
    if asks_elsewhere(sitting):
        return SHARING
    return world_of(sitting.service) if sitting.service else WORLD


def _page(sitting: Sitting) -> Page:
    return page_of(sitting, _world(sitting))


@cache
def every_sitting() -> tuple[Sitting, ...]:
    """One visit at each page."""
    walked = (j.pages for service in ALL for j in every_journey(service))
    found = chain(*walked, _inside_questions(), _in_the_house(), _refused(), _after(), numbered())
    return tuple({(s.place.partition(":")[0], _looks(_page(s))): s for s in found}.values())


@cache
def every_page() -> tuple[Page, ...]:
    """Without the overlays."""
    return (*map(_page, every_sitting()), *_for_staff())


def _for_staff() -> Iterator[Page]:
    """Card, PIN, refused in each way, and what the kiosk shall do."""
    texts, centre = WORLD.texts, WORLD.centre
    yield from (card_page(texts, centre, trouble) for trouble in ("", "card.reader_missing", "card.bad_read"))
    errors = (None, *(texts[f"staff.{name}"] for name in ("wrong", "dead", "not_now")))
    yield from (pin_page(texts, centre, error=error) for error in errors)
    yield pin_page(texts, centre, error=texts.text("staff.wait", minutes=128))
    yield what_page(texts, centre)
    yield what_page(texts, centre, card_lies=True)


def _looks(page: Page) -> tuple[object, ...]:
    """What makes a page look different: not its service's name, nor how far it is, nor what is typed already,
    nor the figures in an error, nor which of several are ticked. Of the page of all answers, which there are.
    """
    ticked = min(sum(choice.chosen for choice in page.choices if choice.role is Role.TOGGLE), 2)
    choices = tuple(choice if choice.role is not Role.TOGGLE else choice.id for choice in page.choices)
    body: tuple[Text, ...] = page.body
    if page.id == "check":
        body, choices = body[:1], tuple(choice.id for choice in page.choices)
    entry = replace(page.entry, value="") if page.entry else None
    error = _unnumbered(page.error.show("zh")) if page.error else ""
    return page.heading, page.big, body, choices, ticked, entry, error, page.kind, page.back, page.focus


def _unnumbered(words: str) -> str:
    return re.sub(r"[0-9]+", "#", words)


@cache
def every_overlay() -> tuple[Page, ...]:
    """Help over each page that has help of its own; a call, the warning and troubles once in each room."""
    pages: dict[object, Page] = {}
    for sitting in every_sitting():
        room = sitting.place.partition(":")[0]
        for overlay, trouble in OVERLAYS:
            page = _page(replace(sitting, overlay=overlay, trouble=trouble))
            pages.setdefault((room, _looks(page)), page)
        for over in (*_with_switches(sitting), *_with_settings_kept(sitting)):
            pages.setdefault((room, _looks(over)), over)
    return tuple(pages.values())


def _with_switches(sitting: Sitting) -> Iterator[Page]:
    """Keypad practice, and each step of trying one switch and two."""
    for overlay in (Overlay.KEYS, Overlay.PRACTICE):
        yield _page(replace(sitting, overlay=overlay))
    for trial in (Trial(1), Trial(2), Trial(2, (0.5, 0.5)), Trial(1, now=True)):
        yield _page(replace(sitting, overlay=Overlay.SWITCH, trial=trial))
    for switches in (Switches(1, 2.5), Switches(2)):
        yield _page(replace(sitting, overlay=Overlay.SWITCHED, switches=switches))


def _with_settings_kept(sitting: Sitting) -> Iterator[Page]:
    """The settings of somebody whose card has brought theirs back, and after they were put off."""
    for recalled in (True, False):
        kept = Remembering(kept=Preferences(rate=2), recalled=recalled)
        own = replace(sitting, card=GUIFANG, guarded=False, remembering=kept, overlay=Overlay.SETTINGS)
        yield _page(own)


OVERLAYS = (
    *((Overlay.HELP, ""), (Overlay.CALLED, ""), (Overlay.CALLED, "called.nobody_yet"), (Overlay.IDLE, "")),
    *((Overlay.SETTINGS, ""), (Overlay.SPEED, ""), (Overlay.VOLUME, ""), (Overlay.REMEMBER, "")),
    *(
        (Overlay.TROUBLE, key)
        for key in WORLD.texts
        if key.startswith("trouble.not") or key == "trouble.no_such_sign"
    ),
)
