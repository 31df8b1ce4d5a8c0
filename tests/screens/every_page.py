"""Every page a resident can come to, each once: all journeys of the shipped services, all of the house,
refused inputs, trouble with cards, cases in every stage, and help, calls and warnings over them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kiosk.flow.answers import Answers, Hit
from kiosk.flow.fields import Refused
from kiosk.flow.moves import Back, CaseLine, Choose, Enter, GivenConsent, Move, Overlay, Receipt
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.path import SavedDraft, StepKind
from kiosk.flow.sitting import Sitting
from kiosk.text import Text
from tests.flow.residents import (
    AT_EIGHTY,
    GUIFANG,
    SERVICES,
    WORLD,
    at_home,
    begun,
    every_journey,
    led,
    moved,
)

ON_A_PATH = {str(kind) for kind in StepKind}
CARD_TROUBLES = [
    key for key in WORLD.texts if key.startswith("card.") and key.split(".")[1] in {
        "same_card", "hold_still", "not_an_id_card", "bad_read", "reader_missing", "reader_busy",
        "reader_not_permitted", "reader_silent", "reader_out_of_order", "take_card_first",
    }
]  # fmt: skip
MISTYPED = (
    *("", "x", "1", "1944 13 1", "1944 2 30", "1800 1 1", "2999 1 1", "44 1 1", "张1", "999999"),
    *("990101440305002", "990101194403050021", "990101194413050029", "6200 0000 0000 0001", "138 0013 800"),
)
YESTERDAY = datetime.datetime(2026, 11, 1, 1, tzinfo=datetime.UTC)
DUE = datetime.date(2026, 12, 14)
FOUND = Answers(
    tuple(
        Hit(service, faq, SERVICES[service].title.text())
        for service, faq in (("elderly-allowance", 0), ("complaint", 1), ("elderly-allowance", None))
    )
)
BRING = Text({"zh": "户口簿首页和本人那一页的复印件", "en": "a copy of the first page of the booklet"})
CONSENTS = tuple(
    GivenConsent(consent.id, consent.text(), WORLD.texts["query.consent_follows"])
    for consent in SERVICES["elderly-allowance"].consent
)
CASES = tuple(
    CaseLine(
        number=f"2026-0{n}123-4567",
        ticket=f"A01{n}",
        title=SERVICES["elderly-allowance"].title.text(),
        stage=WORLD.texts[f"stage.{stage}"],
        due=DUE,
        missing=BRING if stage == "needs_info" else Text({}),
        result=BRING if stage in {"rejected", "completed"} else Text({}),
        open=stage in {"queued", "claimed", "needs_info"},
        closed=stage in {"rejected", "completed"},
        consents=CONSENTS if n % 2 else (),
    )
    for n, stage in enumerate(("queued", "claimed", "needs_info", "completed", "rejected", "withdrawn"))
)


TAKEN_BACK = ("query.withdrawn", "query.consent_withdrawn", "query.too_late")


def _in_the_house() -> Iterator[Sitting]:
    """All that can be chosen from the language page on, as far as the first page of an application."""
    kept = SavedDraft("1", "elderly-allowance", begun(GUIFANG).given, YESTERDAY)
    starts = [
        Sitting(),
        Sitting(card_left=True, card_lying=True),
        replace(at_home(GUIFANG), cases=CASES, draft=kept),
        replace(at_home(GUIFANG), place="draft", draft=kept),
        replace(at_home(GUIFANG), place="query", cases=CASES),
        Sitting(place="query-number", refused=Refused("query.no_such_number"), typed="2026-1102-00000000"),
        Sitting(place="query-number", refused=Refused("query.number_length", {"count": 3, "length": 16})),
        Sitting(place="query-number", wrong_numbers=5),
        *(Sitting(place="query-found", sought=case) for case in CASES[:2]),
        *(replace(at_home(GUIFANG), place="query-done", outcome=outcome) for outcome in TAKEN_BACK),
        moved(at_home(GUIFANG), Choose("do"), Choose("elderly-allowance")),
        *(replace(begun(GUIFANG), place="pause", keep=keep) for keep in (True, False)),
        Sitting(place="goodbye", card_lying=True),
        Sitting(place="ask-found"),
        Sitting(place="ask-found", answers=FOUND),
        Sitting(place="ask-type", refused=Refused("ask.empty")),
        *(Sitting(place="card", card_trouble=key) for key in CARD_TROUBLES),
        *(Sitting(place="query-card", card_trouble=key) for key in CARD_TROUBLES),
    ]
    seen: set[tuple[object, ...]] = set()
    while starts:
        sitting = starts.pop()
        # A page of the house is made from its place and what is known of the person, not from the way there.
        known = (sitting.card is None, sitting.card_lying, sitting.keep, bool(sitting.cases))
        asked = (bool(sitting.answers.hits), sitting.refused is None)
        looked_up = (sitting.outcome, sitting.wrong_numbers, sitting.sought is None)
        mark = (sitting.place + sitting.card_trouble, *known, *asked, *looked_up)
        if mark in seen or sitting.place.partition(":")[0] in ON_A_PATH:
            continue
        seen.add(mark)
        yield sitting
        ways: list[Move] = [Back(), *(Choose(choice.id) for choice in page_of(sitting, WORLD).choices)]
        starts += [moved(sitting, way) for way in ways]


def _refused() -> Iterator[Sitting]:
    """What comes of a mistyped answer, and of three in a row."""
    asked: dict[str, Sitting] = {}
    for service in SERVICES:
        for journey in every_journey(service):
            for sitting in journey.pages:
                if page_of(sitting, WORLD).entry is not None:
                    asked.setdefault(sitting.place, sitting)
    for sitting in asked.values():
        yield from (moved(sitting, Enter(typed)) for typed in MISTYPED)
        yield moved(sitting, *[Enter("x")] * 3)


def _after() -> Iterator[Sitting]:
    """The receipt and what follows it."""
    for laid in (None, GUIFANG):
        done = led(begun(laid), AT_EIGHTY)
        given = Receipt("1", "2026-01234567-8", "A017", DUE)
        receipt = replace(done.go("receipt"), receipt=given)
        yield receipt
        yield moved(receipt, Choose("rate"))
        yield moved(receipt, Choose("rate"), Choose("fair"))


@cache
def every_page() -> tuple[Page, ...]:
    """Without the overlays."""
    journeys = (journey for service in SERVICES for journey in every_journey(service))
    sittings = [sitting for journey in journeys for sitting in journey.pages]
    sittings += [*_in_the_house(), *_refused(), *_after()]
    return tuple({_looks(page): page for page in (page_of(s, WORLD) for s in sittings)}.values())


def _looks(page: Page) -> tuple[object, ...]:
    """What makes a page look different; which of the sound answers is listed on it does not."""
    choices = tuple((choice.id, choice.chosen) for choice in page.choices)
    return page.id, page.heading, page.error, len(page.body), choices


@cache
def every_overlay() -> tuple[Page, ...]:
    """Help, a call, the warning and troubles over one page of each place."""
    sittings: dict[str, Sitting] = {}
    journeys = (journey for service in SERVICES for journey in every_journey(service))
    for sitting in [*(s for journey in journeys for s in journey.pages), *_in_the_house(), *_after()]:
        sittings.setdefault(sitting.place, sitting)
    laid_over = [
        *((Overlay.HELP, ""), (Overlay.CALLED, ""), (Overlay.IDLE, "")),
        *((Overlay.TROUBLE, f"trouble.{key}") for key in ("not_stored", "not_sent")),
    ]
    over = (replace(s, overlay=o, trouble=t) for s in sittings.values() for o, t in laid_over)
    return tuple(dict.fromkeys(page_of(sitting, WORLD) for sitting in over))
