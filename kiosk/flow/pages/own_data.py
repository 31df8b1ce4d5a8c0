"""The pages of "my data" (我的资料). Nothing of what was handed in is on any but the one that opens it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.flow.fields.dates import date_text
from kiosk.flow.held import HeldCase, HeldLine, HeldLook, OwnData
from kiosk.flow.own_data import has_more, held_case, linked
from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.flow.pages.cards import card_error, person_offered
from kiosk.flow.pages.parts import house_page, way
from kiosk.flow.sitting import Sitting, World
from kiosk.text import Catalogue, Privacy, Text

NEWEST_LOOKS = 9
"""On the screen; the paper has all of them."""
_PRIVACY = list(Privacy)


def card(sitting: Sitting, world: World) -> Page:
    """Only the owner of the card sees what is held of them."""
    texts = world.texts
    ways = (way(texts, "held_card.back"), *person_offered(sitting, world))
    trouble, body = card_error(sitting, world), texts["held_card.body"]
    return house_page(world, sitting.place, "held_card", ways, body, kind=PageKind.CARD, error=trouble)


def overview(sitting: Sitting, world: World) -> Page:
    """How much there is, and four ways to look at it."""
    texts, own = world.texts, sitting.own_data
    if own is None:
        return house_page(world, sitting.place, "held", (way(texts, "common.ok"),))
    ways = []
    if own.held.cases:
        ways += [way(texts, f"held.{name}", name, Role.DOOR) for name in ("cases", "looks")]
    if has_more(sitting):
        ways.append(way(texts, "held.rest", "rest", Role.DOOR))
    if world.printer:
        ways.append(way(texts, "held.print", "print"))
    body = [texts.text("held.count", count=len(own.held.cases)) if own.held.cases else texts["held.none"]]
    if sitting.remembering.kept is not None:
        body.append(texts["held.settings"])
    if own.held.drafts:
        body.append(texts["held.draft"])
    return house_page(world, sitting.place, "held", tuple(ways) or (way(texts, "common.ok"),), *body)


def cases(sitting: Sitting, world: World) -> Page:
    """Each matter, and until when it is kept."""
    held = sitting.own_data.held.cases if sitting.own_data else ()
    choices = tuple(
        Choice(str(n), one.title, Role.DOOR, kept_until(one, world.texts)) for n, one in enumerate(held)
    )
    if not choices:
        ok = (way(world.texts, "common.ok"),)
        return house_page(world, sitting.place, "held_cases", ok, world.texts["held.none"])
    return house_page(world, sitting.place, "held_cases", choices)


def case(sitting: Sitting, world: World) -> Page:
    """One matter: since when, how far, until when, and what came of what was asked before."""
    texts, held = world.texts, held_case(sitting)
    if held is None:
        return cases(sitting, world)
    ways = [way(texts, "held_case.content", "content"), way(texts, "held_case.wrong", "wrong")]
    if linked(sitting, held):
        ways.append(way(texts, "held_case.withdraw", "withdraw"))
    ways.append(way(texts, "held_case.erase", "erase"))
    news = held.replies or ((texts["held_case.waiting"],) if held.waiting else ())
    since = texts.text("held_case.since", date=date_text(held.received), stage=held.stage)
    body = (*news, since, _ended(kept_until(held, texts), texts))
    return house_page(world, sitting.place, "held_case", tuple(ways), *body, heading=held.title)


def kept_until(held: HeldCase, texts: Catalogue) -> Text:
    """The last day, or how many days from when."""
    if held.until is not None:
        return texts.text("held.until", date=date_text(held.until))
    return texts["held.unsaid"] if held.keep_days is None else texts.text("held.days", days=held.keep_days)


def _ended(line: Text, texts: Catalogue) -> Text:
    return texts.text("held.sentence", words=line)


def content(sitting: Sitting, world: World) -> Page:
    """What was handed in, line by line as private as it was; or how it is with opening it."""
    texts, own = world.texts, sitting.own_data
    ok = way(texts, "common.ok")
    if own is None or own.by_staff:
        staff = texts["held_content.staff_heading"]
        body = texts["held_content.staff"]
        return house_page(world, sitting.place, "held_content", (ok,), body, heading=staff)
    if own.content is None:
        heading, stop = texts["held_content.opening_heading"], way(texts, "held_content.stop")
        body = texts["held_content.opening"]
        return house_page(world, sitting.place, "held_content", (stop,), body, heading=heading)
    ways = [ok]
    if world.printer:
        ways.append(way(texts, "held_content.print", "print"))
    ways.append(way(texts, "held_content.copy", "copy"))
    body_lines = (content_line(line, texts) for line in own.content)
    return house_page(world, sitting.place, "held_content", tuple(ways), *body_lines)


def content_line(line: HeldLine, texts: Catalogue) -> Text:
    """In the hall what somebody wrote is heard in part at most. Half an option would be another word: the
    room hears all of an open one, as where it was chosen, and nothing of any other."""
    told = texts.text("record.line", label=line.label, value=line.value)
    if line.chosen:
        return told
    return replace(told, privacy=max(told.privacy, Privacy.MASKED, key=_PRIVACY.index))


def wrong(sitting: Sitting, world: World) -> Page:
    """Which answer is wrong? Their names, without what they say."""
    held = held_case(sitting)
    choices = [Choice(field, label) for field, label in (held.fields if held else ())]
    choices.append(way(world.texts, "held_wrong.else", "else"))
    return house_page(world, sitting.place, "held_wrong", tuple(choices))


def erase(sitting: Sitting, world: World) -> Page:
    """Whether it may go: what cannot go yet is said with the day and the reason (PIPL 47)."""
    texts, held = world.texts, held_case(sitting)
    ok = way(texts, "common.ok")
    if held is None:
        return house_page(world, sitting.place, "held_erase", (ok,))
    ways: tuple[Choice, ...] = (ok, way(texts, "held_erase.ask", "ask"))
    match held.erasable:
        case "now":
            ways = (way(texts, "held_erase.yes", "yes"), way(texts, "held_erase.no", "no"))
            now = texts["held_erase.now"]
            page = house_page(world, sitting.place, "held_erase", ways, held.title, now, focus="no")
            return replace(page, binding=True)
        case "open":
            back = (way(texts, "held_case.withdraw", "withdraw"),) if linked(sitting, held) else ()
            ways, body = (ok, *back), texts["held_erase.open"]
            heading = texts["held_erase.open_heading"]
        case "later":
            body = texts["held_erase.later"]
            until = date_text(held.until) if held.until else texts["held.unsaid"]
            heading = texts.text("held_erase.later_heading", date=until)
        case _:
            body = texts["held_erase.unsaid"]
            heading = texts["held_erase.unsaid_heading"]
    return house_page(world, sitting.place, "held_erase", ways, body, heading=heading)


def looks(sitting: Sitting, world: World) -> Page:
    """Who of the centre saw something in full, newest first."""
    texts = world.texts
    found = all_looks(sitting.own_data)
    body = [look_line(look, texts) for _, look in found[:NEWEST_LOOKS]] or [texts["held_looks.none"]]
    if len(found) > NEWEST_LOOKS:
        body.append(texts.text("held_looks.more", count=len(found)))
    return house_page(world, sitting.place, "held_looks", (way(texts, "common.ok"),), *body)


def all_looks(own: OwnData | None) -> list[tuple[HeldCase, HeldLook]]:
    """Of every matter, as they come: each matter newest first."""
    return [(one, look) for one in (own.held.cases if own else ()) for look in reversed(one.looks)]


def look_line(look: HeldLook, texts: Catalogue) -> Text:
    """One sentence of it."""
    return texts.text("held_looks.line", at=look.at, who=look.who, what=look.what)


def rest(sitting: Sitting, world: World) -> Page:
    """Settings, and what is not finished."""
    texts, own = world.texts, sitting.own_data
    body, ways = [], []
    if sitting.remembering.kept is not None:
        body.append(texts["held.settings"])
        ways.append(way(texts, "held_rest.forget", "forget"))
    if sitting.draft is not None:
        body.append(texts["held.draft"])
        ways.append(way(texts, "held_rest.draft", "draft"))
    elif own is not None and own.held.drafts:
        body.append(texts["held_rest.draft_goes"])
    ways.append(way(texts, "common.ok"))
    return house_page(world, sitting.place, "held_rest", tuple(ways), *(body or [texts["held_rest.nothing"]]))


def done(sitting: Sitting, world: World) -> Page:
    """What became of it."""
    texts, outcome = world.texts, sitting.own_data.outcome if sitting.own_data else ""
    ok = (way(texts, "common.ok"),)
    if not outcome:
        return house_page(world, sitting.place, "held", ok)
    heading, body = texts[f"held_done.{outcome}_heading"], texts[f"held_done.{outcome}"]
    return house_page(world, sitting.place, "held_done", ok, body, heading=heading)


PAGES: Mapping[str, Callable[[Sitting, World], Page]] = {
    "held-card": card,
    "held": overview,
    "held-cases": cases,
    "held-case": case,
    "held-content": content,
    "held-wrong": wrong,
    "held-erase": erase,
    "held-looks": looks,
    "held-rest": rest,
    "held-done": done,
}
