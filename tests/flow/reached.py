"""Every page a resident can come to: of the house, of every service, refused, overlaid."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kiosk.flow.answering import OLD_CALENDAR
from kiosk.flow.answers import Answers, Hit
from kiosk.flow.held import Held
from kiosk.flow.moves import (
    Answered,
    Back,
    CallPerson,
    CardLaid,
    CaseChanged,
    CaseLine,
    Choose,
    ContentCome,
    Cue,
    Enter,
    Found,
    GivenConsent,
    Heard,
    HeardAmong,
    HeldFound,
    Help,
    MemberLaid,
    Miss,
    Missed,
    NotStored,
    PreferencesKept,
    Prefers,
    Printed,
    Quiet,
    RatingKept,
    ReaderSays,
    Receipt,
    ReceiptSought,
    Remark,
    Settings,
    Sought,
    Struck,
    Submitted,
    ToldChange,
)
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.path import Given, SavedDraft, StepKind
from kiosk.flow.pictures import PapersShown, Picture
from kiosk.flow.precheck import FOUND
from kiosk.flow.preferences import Preferences
from kiosk.flow.records import RecordState
from kiosk.flow.same_values import SameCase, SameSought
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.source import Slot
from kiosk.services.question import FieldKind
from kiosk.text import Privacy, Text, same
from tests.flow.every_kind import asked, done, on
from tests.flow.own_data import CONTENT, HELD
from tests.flow.residents import (
    ALLOWANCE,
    AT_EIGHTY,
    CALLING,
    EVERY_KIND,
    GUIFANG,
    LI_MEI,
    SERVICES,
    SHARING,
    TODAY,
    TRIAL,
    WORLD,
    asked_at,
    asks_elsewhere,
    at_home,
    begun,
    calls_by_number,
    every_journey,
    led,
    moved,
    numbered,
    record_news,
)

RECEIPT = Receipt("case-1", "2026-1102-48203915", "A7", datetime.date(2026, 11, 16))
CASE = CaseLine("2026-1102-48203915", "A7", ALLOWANCE.title.text(), WORLD.texts["stage.claimed"], TODAY,
                missing=Text({"zh": "户口簿"}), result=Text({"zh": "等着"}))  # fmt: skip
DRAFT = SavedDraft("d", "elderly-allowance", Given(), datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC))


def handed_in() -> Sitting:
    return moved(led(begun(None), AT_EIGHTY), Submitted(RECEIPT))


def in_the_house() -> Iterator[Sitting]:
    """Every page outside an application, found by choosing everything that can be chosen."""
    waiting = [
        Sitting(),
        Sitting(card_left=Slot.IDENTITY, card_lying=Slot.IDENTITY),
        *_cards_laid(),
        moved(at_home(), Found((CASE,), DRAFT)),
        moved(at_home(GUIFANG), Found((CASE,), None)),
        moved(at_home(), Choose("query"), ReaderSays("card.hold_still")),
        moved(begun(GUIFANG), Back()),
        moved(begun(None), Back()),
        replace(at_home(GUIFANG), place="keep", service="elderly-allowance"),
        handed_in(),
        *_told(),
    ]
    seen: set[tuple[object, ...]] = set()
    while waiting:
        sitting = waiting.pop()
        known = (
            *(sitting.place, sitting.card is None, bool(sitting.cases), sitting.card_trouble),
            *(sitting.card_left, sitting.newcomer is None, sitting.guarded, sitting.helped is None),
        )
        if known in seen or sitting.place.partition(":")[0] in list(StepKind):
            continue
        seen.add(known)
        yield sitting
        waiting += [moved(sitting, Choose(choice.id)) for choice in page_of(sitting, WORLD).choices]
        waiting.append(moved(sitting, Back()))


def _cards_laid() -> Iterator[Sitting]:
    """A second person's card, one that has run out, one that cannot be read, and cards that are no proof."""
    old = {**GUIFANG, "valid_to": "2020-01-01"}
    social = {"name": "李梅", "by": "social_card"}
    yield moved(at_home(GUIFANG), CardLaid(LI_MEI))
    yield moved(at_home(GUIFANG), CardLaid({**LI_MEI, "name": RARE}))
    yield from (moved(Sitting(), CardLaid(laid)) for laid in (old, social, {**GUIFANG, "name": RARE}))
    yield moved(Sitting(place="card"), MemberLaid("04A1B2C3"))
    yield moved(at_home(), Remark("card.member_unfit"))
    for place in ("language", "welcome", "card"):
        yield moved(Sitting(place=place), *[ReaderSays("card.bad_read")] * 3)


RARE = "王\ue863英"
"""With a sign of an older code that cannot be drawn."""


def _told() -> Iterator[Sitting]:
    """What the store and the search for answers bring about."""
    mine = replace(
        CASE, open=True, consents=(GivenConsent("use", CASE.title, CASE.title),), acted_for=True, case_id="c"
    )
    phone = ToldChange(
        "phone", Text({"zh": "电话", "en": "Phone"}), "少了一位", same("139****0000", Privacy.PRIVATE)
    )
    for change in (phone, replace(phone, value=None)):
        yield replace(at_home(GUIFANG), cases=(replace(mine, changes=(change,)),), place="query-change:0")
    known = replace(at_home(GUIFANG), cases=(mine, replace(CASE, ticket="A8", closed=True)))
    yield replace(known, place="query-cases")
    yield replace(at_home(GUIFANG), place="query-cases")
    yield replace(at_home(LI_MEI), place="query-cases")
    next_step = replace(CASE, elsewhere=WORLD.texts["query_found.at_the_desk"])
    yield from (moved(known.go("query-number"), ReceiptSought(case)) for case in (mine, next_step, None))
    for how in (Sought.ASKING, Sought.AWAY, Sought.ENOUGH):
        yield moved(known.go("query-number"), ReceiptSought(None, how))
    yield from (moved(known, CaseChanged(how, (mine,))) for how in _outcomes())
    hits = tuple(Hit(service.id, None, service.title.text()) for service in SERVICES.values())[:3]
    asking = replace(at_home(), place="ask-type")
    yield from (
        moved(asking, Answered(Answers(hits[:many], sure)))
        for many, sure in ((0, False), (1, True), (3, False))
    )
    yield from (moved(known.go(f"{door}:1"), RatingKept(7, True)) for door in ("why", "call-back"))
    yield moved(Sitting(place="printing:look:elderly-allowance"), Printed("look:elderly-allowance"))
    yield from (replace(at_home(GUIFANG), place=f"stopped:{what}") for what in ("new", "kept", "dropped"))


def _looking_at_own_data() -> Iterator[Sitting]:
    """What is held of her: matters of every kind, opened, left to staff, asked about; and nothing at all."""
    mine = replace(CASE, open=True, consents=(GivenConsent("use", CASE.title, CASE.title),), case_id="c")
    known = replace(at_home(GUIFANG), cases=(mine,))
    yield Sitting(place="held-card")
    liked = moved(known, Found(known.cases, DRAFT, preferences=Preferences(rate=6), replied=True))
    for sitting in (known, liked):
        look = moved(sitting.go("query"), Choose("held"))
        yield from (look, moved(look, HeldFound(Held(()))), moved(look, HeldFound(HELD)))
    data = moved(liked.go("query"), Choose("held"), HeldFound(HELD))
    yield from (moved(data, Choose(name)) for name in ("looks", "rest", "cases"))
    for number in range(len(HELD.cases)):
        case = moved(data, Choose("cases"), Choose(str(number)))
        yield from (case, *(moved(case, Choose(name)) for name in ("content", "wrong", "erase")))
    asked_for = moved(data, Choose("cases"), Choose("0"), Choose("content"))
    for came in (CONTENT, None):
        yield moved(asked_for, ContentCome("c", came))
    yield from (moved(data, HeldFound(HELD, how)) for how in _outcomes("held_done"))


def _outcomes(group: str = "query_done") -> list[str]:
    """How taking something back can come out, as the catalogue tells it."""
    found = (re.fullmatch(rf"{group}\.(\w+)_heading", key) for key in WORLD.texts)
    return [match[1] for match in found if match]


def world_at(sitting: Sitting) -> World:
    """The world that visit is in."""
    if calls_by_number(sitting):
        return CALLING
    if asks_elsewhere(sitting):
        return SHARING
    return TRIAL if sitting.service == EVERY_KIND else WORLD


def on_the_way() -> tuple[Sitting, ...]:
    """Each page of every way through every service, and those inside a question that no way leads over."""
    plain = {
        (s.service, s.place, s.path(world_at(s)).for_self): s
        for sid in (*SERVICES, EVERY_KIND)
        for journey in every_journey(sid)
        for s in journey.pages
    }
    return (*plain.values(), *inside_questions())


def inside_questions() -> Iterator[Sitting]:
    """Lists with something on them, addresses half chosen, dates read back, records in every state."""
    listed = on("question:goods")
    yield from (listed, done(listed, Choose("1")), done(listed, Choose("1"), Choose("remove")))
    full = done(listed, *(move for _ in range(2) for move in ADD))
    yield from (full, asked("goods"), asked("contacts"))
    street = done(asked("home"), Choose("9901"))
    yield from (street, done(street, Choose("elsewhere")), on("question:home/rest"))
    yield from (done(asked("need"), Choose("done")), done(asked("need"), Choose("meals")))
    yield done(asked("birth_date"), Choose(OLD_CALENDAR), Enter("1944 2 11"))
    question = TRIAL.services[EVERY_KIND].find_question("insurance")
    yield from (asked("insurance"), asked("insurance", card=GUIFANG))
    for said in ("right", "missing", "staff"):
        yield done(asked("insurance", card=GUIFANG), record_news(question, said))
    by_staff = replace(record_news(question, "staff"), state=RecordState.STAFF)
    yield done(asked("insurance", card=GUIFANG), by_staff)
    yield on("check", "name", "birth_date", "id_number", card=GUIFANG)
    at_submit = moved(on("check", booklet="later"), Choose("go"), world=TRIAL)
    yield from (
        done(at_submit.go("sign"), Choose("key")),
        done(at_submit.go("sign"), Choose("key"), Choose(FOUND)),
    )
    yield on("stop:all-right", insurance="right", aim="look")
    earlier = {("phone", FieldKind.PHONE): "13900000002"}
    yield Sitting(place="earlier", service=EVERY_KIND, card=GUIFANG, earlier=earlier)
    yield from handed_in_before(EVERY_KIND)
    yield from laying_papers(on("check", booklet="later"))


def laying_papers(sitting: Sitting) -> Iterator[Sitting]:
    """Every page on which papers are laid under a camera, with the longest name that a paper has here."""
    papers = world_at(sitting).services[sitting.service].material
    longest = max(papers, key=lambda one: len(one.zh)).id
    known = PapersShown(True, back="sign")
    for taken in ((), (Picture(1, longest),)):
        at = replace(sitting, papers=replace(known, taken=taken))
        yield replace(at, place="papers")
        yield from (replace(at, place=f"{room}:{longest}") for room in ("papers-lay", "papers-taking"))
        yield replace(at, place=f"papers-taken:{longest}")
    for trouble in ("dark", "blank", "failed", "full"):
        told = replace(known, trouble=trouble)
        yield replace(sitting, place=f"papers-lay:{longest}", papers=told)


def handed_in_before(service: str) -> Iterator[Sitting]:
    """Open, granted, and by a number that was typed; and why it comes again."""
    for still_open, by_card in ((True, True), (False, True), (True, False)):
        case = SameCase("2026-1102-48203915", TODAY, still_open)
        same = SameSought("990101194403050029", by_card, case=case, back="consent:use")
        at = Sitting(place="same-case", service=service, card=GUIFANG, same=same)
        yield from (at, replace(at, place="same-case:why"))


ADD = (Choose("add"), Enter("菜油"), Enter("55.5"), Choose("small"), Choose("skip"))


@cache
def reached() -> tuple[Sitting, ...]:
    """Each page of the house and of every way through every service, plain, refused and overlaid."""
    fullest = [
        max((j.end for j in every_journey(sid)), key=lambda s: len(s.path(world_at(s)).answers))
        for sid in (*SERVICES, EVERY_KIND)
    ]
    full = [s.go("check") for s in fullest]
    at_doors = (*in_the_house(), *numbered(), *_looking_at_own_data())
    sittings = [*at_doors, *on_the_way(), *full, *refused_entries()]
    overlaid = [
        moved(sitting, move)
        for sitting in (at_home(GUIFANG), full[0])
        for move in (
            Help(),
            Settings(),
            CallPerson(),
            Quiet(),
            NotStored("trouble.not_sent"),
            NotStored("trouble.not_stored"),
        )
    ]
    set_up = [moved(full[0], Settings(), Choose(name)) for name in ("speed", "volume")]
    spoken_to = (*_listened_to(at_home(GUIFANG)), *_listened_to(full[0]))
    remembered = (*_remembered(at_home(GUIFANG)), *_remembered(full[0]))
    return (*sittings, *overlaid, *set_up, *_keys_and_switches(full[0]), *spoken_to, *remembered)


def _remembered(sitting: Sitting) -> Iterator[Sitting]:
    """Settings that are offered to be kept, are kept, come back, are put off, forgotten."""
    known = replace(sitting, card=GUIFANG)
    liked = moved(known, Prefers(Preferences(rate=6)))
    yield moved(liked, Settings(), Back())
    yield moved(liked.go("leave"), Choose("leave"))
    yield moved(moved(liked.go("leave"), Choose("leave")), PreferencesKept(Preferences(rate=6)))
    back = moved(known, Found((), None, preferences=Preferences(rate=6, language="en")))
    yield from (back, moved(back, Settings()), moved(back, Settings(), Choose("usual")))
    yield moved(back, Settings(), PreferencesKept(None))
    yield moved(back, Settings(), NotStored("trouble.not_remembered"))


def _keys_and_switches(sitting: Sitting) -> Iterator[Sitting]:
    """Practice; each switch before its tone, after it, and tried."""
    keys = moved(sitting, Help(), Choose("keys"))
    yield from (keys, moved(keys, Choose("practice")))
    for count, presses in (("one", 2), ("two", 4)):
        tried = moved(keys, Choose(count))
        for _ in range(presses):
            yield tried
            yield (now := moved(tried, Cue()))
            tried = moved(now, Struck(0.9))
        yield tried


def _listened_to(sitting: Sitting) -> Iterator[Sitting]:
    """What was heard is said back; it may be one of two; nothing was understood three times."""
    choices = page_of(sitting, world_at(sitting)).choices
    for move in (Heard(choices[0].id, 1), HeardAmong(tuple(choice.id for choice in choices[:2]))):
        yield moved(sitting, move, world=world_at(sitting))
    yield moved(sitting, *[Missed(Miss.UNCLEAR)] * 3, world=world_at(sitting))


TOO_LONG = "幸福路" * 40
"""What is no address at all cannot be told; one that is too long can."""


def entry_pages() -> dict[tuple[str, str], Sitting]:
    """The pages of questions where something is typed, one of each."""
    asked_on = (s for s in on_the_way() if s.place.startswith(StepKind.QUESTION))
    return {(s.service, s.place): s for s in asked_on if page_of(s, world_at(s)).entry is not None}


def refused_entries() -> Iterator[Sitting]:
    """Something wrong typed into every field, once and for the third time."""
    for sitting in entry_pages().values():
        world = world_at(sitting)
        wrong = Enter(TOO_LONG if asked_at(sitting, world).type is FieldKind.ADDRESS else "?")
        once = moved(sitting, wrong, world=world)
        if once.refused is not None:
            yield once
            yield moved(once, wrong, wrong, world=world)


def page_at(sitting: Sitting) -> Page:
    """What is seen there."""
    return page_of(sitting, world_at(sitting))


@cache
def pages() -> tuple[Page, ...]:
    """All of them, each once."""
    return tuple(dict.fromkeys(map(page_at, reached())))
