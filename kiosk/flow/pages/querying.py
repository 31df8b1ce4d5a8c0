"""The door 查: my cases, a case by its receipt, my records, and taking back what was given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.fields.dates import date_text
from kiosk.flow.moves import CaseLine
from kiosk.flow.page import ENTER, Choice, Entry, Figures, Keyboard, Page, PageKind, Role
from kiosk.flow.pages.cards import card_error, person_offered
from kiosk.flow.pages.parts import call_person, house_page, way
from kiosk.flow.querying import MOST_WRONG_NUMBERS, case_at, consent_at, record_services
from kiosk.flow.sitting import Sitting, World
from kiosk.text import EMPTY, Text

_LONGEST_NUMBER = 24
"""With the marks that people type between its groups."""


def query(sitting: Sitting, world: World) -> Page:
    """What can be looked up, or one of the person's cases."""
    if sitting.place != "query":
        return _case(sitting, world)
    texts = world.texts
    missing = any(case.missing.shown for case in sitting.cases)
    changed = any(case.changes for case in sitting.cases)
    news = texts["home.changed"] if changed else texts["home.missing"] if missing else EMPTY
    choices = [
        Choice("mine", texts["query.mine"], Role.DOOR, news),
        way(texts, "query.by_number", "number", Role.DOOR),
    ]
    if record_services(world):
        choices.append(way(texts, "query.records", "records", Role.DOOR))
    answered = texts["home.replied"] if sitting.replied else EMPTY
    choices.append(Choice("held", texts["query.held"], Role.DOOR, answered))
    return house_page(world, "query", "query", tuple(choices))


def cases(sitting: Sitting, world: World) -> Page:
    """The person's own, newest first."""
    texts = world.texts
    if not sitting.cases:
        home = way(texts, "common.back_home", "home")
        if not world.elsewhere:
            return house_page(world, sitting.place, "query_cases", (home,), texts["query_cases.none"])
        ways = (way(texts, "query.by_number", "number"), home)
        return house_page(world, sitting.place, "query_cases", ways, texts["query_cases.none_here"])
    choices = tuple(
        Choice(str(n), _title(case, world), Role.DOOR, case.stage) for n, case in enumerate(sitting.cases)
    )
    return house_page(world, sitting.place, "query_cases", choices)


def card(sitting: Sitting, world: World) -> Page:
    """Cases are shown to the owner of the card only."""
    texts = world.texts
    trouble = card_error(sitting, world)
    choices = (way(texts, "query.by_number", "number"), *person_offered(sitting, world))
    body = texts["query_card.body"]
    return house_page(world, sitting.place, "query_card", choices, body, kind=PageKind.CARD, error=trouble)


def _case(sitting: Sitting, world: World) -> Page:
    case, texts = case_at(sitting), world.texts
    if case is None:
        return cases(sitting, world)
    choices = [way(texts, "common.ok")]
    if case.closed:
        choices.append(way(texts, "query_case.rate", "rate"))
    if case.consents:
        choices.append(way(texts, "query_case.consents", "consents"))
    if case.acted_for:
        choices.append(way(texts, "query_case.authority", "authority"))
    if case.open:
        choices.append(way(texts, "query_case.withdraw", "withdraw"))
    told = (*_progress(case, world), texts.text("query_case.number", number=case.number))
    heading = _title(case, world)
    return house_page(world, sitting.place, "query_case", tuple(choices), *told, heading=heading)


def _title(case: CaseLine, world: World) -> Text:
    return world.texts.text("query_case.line", title=case.title, ticket=case.ticket)


def _progress(case: CaseLine, world: World) -> tuple[Text, ...]:
    texts = world.texts
    lines = []
    if case.stage.shown:
        lines.append(texts.text("query_case.stage", stage=case.stage))
    if case.missing.shown:
        lines.append(texts.text("query_case.missing", words=case.missing))
    if case.result.shown:
        lines.append(texts.text("query_case.result", words=case.result))
    if case.due is not None:
        lines.append(texts.text("query_case.due", date=date_text(case.due)))
    return tuple(lines) or (texts["query_case.at_the_desk"],)


def withdraw(sitting: Sitting, world: World) -> Page:
    """The whole matter? What follows is said before it is done."""
    case, texts = case_at(sitting), world.texts
    title = (_title(case, world),) if case else ()
    choices = (way(texts, "query_withdraw.yes", "yes"), way(texts, "query_withdraw.no", "no"))
    body = (*title, texts["query_withdraw.body"])
    page = house_page(world, sitting.place, "query_withdraw", choices, *body, focus="no")
    return replace(page, binding=True)


def consents(sitting: Sitting, world: World) -> Page:
    """What was agreed to, each to be taken back by one choice (K35)."""
    case = case_at(sitting)
    given = case.consents if case else ()
    choices = tuple(Choice(str(n), one.words, Role.DOOR) for n, one in enumerate(given))
    return house_page(world, sitting.place, "query_consents", choices)


def consent(sitting: Sitting, world: World) -> Page:
    """One consent: its words, what follows, and one key to take it back."""
    given, texts = consent_at(sitting), world.texts
    body = (given.words, given.follows) if given else ()
    choices = (way(texts, "query_consent.yes", "yes"), way(texts, "query_consent.no", "no"))
    page = house_page(world, sitting.place, "query_consent", choices, *body, focus="no")
    return replace(page, binding=True)


def done(sitting: Sitting, world: World) -> Page:
    """How taking back came out."""
    texts, outcome = world.texts, sitting.outcome
    choices = (way(texts, "common.ok"),)
    heading, body = texts[f"query_done.{outcome}_heading"], texts[f"query_done.{outcome}"]
    return house_page(world, sitting.place, "query_done", choices, body, heading=heading)


def number(sitting: Sitting, world: World) -> Page:
    """The number of a receipt, typed; after a few wrong ones a person helps."""
    texts = world.texts
    if sitting.wrong_numbers >= MOST_WRONG_NUMBERS:
        choices = (call_person(texts), way(texts, "common.back_home", "home"))
        body = texts["query_number.too_many"]
        return house_page(world, sitting.place, "query_number", choices, body)
    refused = sitting.refused
    return Page(
        id=sitting.place,
        kind=PageKind.ENTRY,
        heading=texts["query_number.heading"],
        body=() if refused else (texts["query_number.body"],),
        choices=(way(texts, "common.go", ENTER),),
        entry=Entry(
            Keyboard.DIGITS,
            sitting.typed,
            _LONGEST_NUMBER,
            figures=Figures.RECEIPT,
            anew=refused is not None and refused.anew,
        ),
        error=texts.text(refused.key, **refused.values) if refused else None,
        banner=world.centre,
        help=(texts["query_number.help"],),
    )


def found(sitting: Sitting, world: World) -> Page:
    """By its receipt: how far it is, and nothing personal."""
    case, texts = sitting.sought, world.texts
    choices = (way(texts, "common.ok"),)
    more = case.elsewhere if case and case.elsewhere.shown else texts["query_found.more"]
    body = (*_progress(case, world), more) if case else ()
    return house_page(world, sitting.place, "query_found", choices, *body)


def asking(sitting: Sitting, world: World) -> Page:
    """The number is not known here; the answer comes by itself."""
    texts = world.texts
    choices = (way(texts, "query_asking.leave", "leave"), call_person(texts))
    return house_page(world, sitting.place, "query_asking", choices, texts["query_asking.body"])


def away(sitting: Sitting, world: World) -> Page:
    """Nobody answers; nothing is wrong with the number or the case."""
    texts = world.texts
    ways = (way(texts, "trouble.retry", "retry"), call_person(texts), way(texts, "common.back_home", "home"))
    return house_page(world, sitting.place, "query_away", ways, texts["query_away.body"])


def enough(sitting: Sitting, world: World) -> Page:
    """Too many numbers were asked for at this kiosk, perhaps by others before."""
    texts = world.texts
    ways = (call_person(texts), way(texts, "common.back_home", "home"))
    return house_page(world, sitting.place, "query_enough", ways, texts["query_enough.body"])


def records(sitting: Sitting, world: World) -> Page:
    """The records that can be looked at."""
    choices = tuple(
        Choice(name, service.title.text(), Role.DOOR) for name, service in record_services(world).items()
    )
    return house_page(world, sitting.place, "query_records", choices or (call_person(world.texts),))


PAGES: dict[str, Callable[[Sitting, World], Page]] = {
    "query": query,
    "query-cases": cases,
    "query-card": card,
    "query-withdraw": withdraw,
    "query-consents": consents,
    "query-consent": consent,
    "query-done": done,
    "query-number": number,
    "query-asking": asking,
    "query-away": away,
    "query-enough": enough,
    "query-found": found,
    "query-records": records,
}
