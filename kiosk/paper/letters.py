"""The papers a person gets while a case goes on, as documents: what stands on each, in plain words. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from kiosk.cases.moves import MOVES, Act
from kiosk.cases.reaching import address_of, person_of, phones
from kiosk.cases.states import Outcome, State
from kiosk.cases.views import CaseView
from kiosk.flow.document import Big, Block, Code, Document, Form, Listing, Paragraph, Rows, Window
from kiosk.flow.fields.dates import date_text
from kiosk.paper.choices import Kind
from kiosk.paper.house import COURT_MONTHS, REVIEW_DAYS, House, months_on
from kiosk.paper.own_copy import copy_blocks
from kiosk.text import EMPTY, FALLBACK, LANGUAGES, Text, same

_ROOM = same("\n")
"""For a signature or a thumb."""
_KNOWN_SINCE = frozenset({MOVES[Act.TELL].event, MOVES[Act.HEAR].event})


def letter(kind: Kind, view: CaseView, house: House, today: datetime.date) -> Document:
    """That paper about the case as it stands now."""
    title = house.texts[f"titles.{_title(kind, view)}"]
    blocks = (*_BODY[kind](view, house, today), *_whom_to_ask(view, house))
    return Document(title, blocks, house.foot(today))


def number_slip(number: str, ahead: int, taken_at: str, house: House, today: datetime.date) -> Document:
    """For whoever waits to be called: the number to be seen from far, and how many come before."""
    texts = house.texts
    rows = (
        (texts["rows.ahead"], texts.text("letters.ahead", n=ahead)),
        (texts["rows.since"], same(taken_at)),
    )
    blocks = (Big(same(number)), Rows(rows), Paragraph(texts["letters.number"]))
    return Document(texts["titles.number"], blocks, house.foot(today))


def spoken(document: Document) -> tuple[Text, ...]:
    """The paper for the ear: its title, its sentences and lists; numbers and codes stand on the paper."""
    said = [document.title]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            said.append(block.text)
        elif isinstance(block, Listing):
            said += [block.heading, *block.items]
    return tuple(said)


def _title(kind: Kind, view: CaseView) -> str:
    if kind is Kind.DECISION:
        return str(view.summary.outcome or Outcome.REFUSED)
    return str(kind)


def _acceptance(view: CaseView, house: House, today: datetime.date) -> Iterator[Block]:
    texts, case = house.texts, view.summary
    papers = [Text(one.label) for one in view.submission.materials]
    have = ((texts["rows.have"], _joined(papers)),) if papers else ()
    yield Paragraph(texts["letters.acceptance"])
    yield Rows(
        (
            (texts["rows.what"], Text(case.title)),
            (texts["rows.received"], date_text(house.day(case.received_at))),
            (texts["rows.due"], date_text(case.deadline.due)),
            *have,
        )
    )
    yield Paragraph(texts["letters.acceptance_next"])


def _missing(view: CaseView, house: House, today: datetime.date) -> Iterator[Block]:
    texts = house.texts
    yield _about(view, house)
    yield Paragraph(texts["letters.missing"])
    items = tuple(same(line.strip()) for line in (view.missing or "").splitlines() if line.strip())
    yield Listing(texts["letters.missing_list"], items)
    if State.NEEDS_INFO in view.submission.pauses:
        yield Paragraph(texts["letters.missing_paused"])
    if view.summary.wake_on:
        yield Paragraph(texts.text("letters.missing_look", date=date_text(view.summary.wake_on)))


def _hold(view: CaseView, house: House, today: datetime.date) -> Iterator[Block]:
    texts = house.texts
    yield _about(view, house)
    yield Paragraph(texts["letters.hold"])
    yield from _written(_last_words(view, MOVES[Act.HOLD].event))
    if view.summary.wake_on:
        yield Paragraph(texts.text("letters.hold_until", date=date_text(view.summary.wake_on)))


def _authority(view: CaseView, house: House, today: datetime.date) -> Iterator[Block]:
    """The very sentences that were read back; below them how it is taken back, and lines to sign on."""
    texts, record = house.texts, view.submission.authority
    assert record is not None
    for sentence in record.letter:
        yield Paragraph(Text(sentence))
    if record.relation:
        yield Rows(((texts["rows.relation"], Text(record.relation)),))
    yield Paragraph(texts["letters.letter_back"])
    if not _stands(view):
        yield Paragraph(texts["letters.letter_pending"])
    yield Form((((texts["rows.signed"], _ROOM), (texts["rows.signed_on"], _ROOM)),))


def _stands(view: CaseView) -> bool:
    return view.authority is not None and view.authority.standing == "given"


def _decision(view: CaseView, house: House, today: datetime.date) -> Iterator[Block]:
    texts = house.texts
    granted = view.summary.outcome is Outcome.GRANTED
    yield _about(view, house)
    yield Paragraph(texts["letters.granted" if granted else "letters.refused"])
    yield from _written(view.result)
    if granted:
        return
    known = _known_since(view, house) or today
    review, court = known + datetime.timedelta(days=REVIEW_DAYS), months_on(known, COURT_MONTHS)
    yield Paragraph(texts["letters.refused_ask"])
    yield Paragraph(texts.text("letters.refused_review", date=date_text(review)))
    yield Paragraph(texts.text("letters.refused_court", date=date_text(court)))


def _home(view: CaseView, house: House, today: datetime.date) -> Iterator[Block]:
    """By post: to whom in the window, then what the paper of this matter says, and who reads it out."""
    texts, service = house.texts, house.services.get(view.summary.service_id)
    name, address = person_of(service, view.answers), address_of(service, view.answers)
    where = Text(address.shown) if address else EMPTY
    yield Window(Text({code: f"{where.show(code)}\n{name}".strip() for code in LANGUAGES}))
    greeting = (
        texts.text("letters.home_greeting", name=same(name)) if name else texts["letters.home_nameless"]
    )
    yield Paragraph(greeting)
    called = phones(service, view.answers)
    yield Paragraph(texts["letters.home_why" if called else "letters.home_no_phone"])
    yield from _BODY[Kind.MISSING if view.summary.state is State.NEEDS_INFO else Kind.DECISION](
        view, house, today
    )
    yield Paragraph(texts["letters.home_ask"])


def _completion(view: CaseView, house: House, today: datetime.date) -> Iterator[Block]:
    yield _about(view, house)
    yield Paragraph(house.texts["letters.completion"])
    yield from _written(view.result)
    yield Paragraph(house.texts["letters.completion_wrong"])


_BODY: dict[Kind, Callable[[CaseView, House, datetime.date], Iterator[Block]]] = {
    Kind.ACCEPTANCE: _acceptance,
    Kind.MISSING: _missing,
    Kind.HOLD: _hold,
    Kind.LETTER: _authority,
    Kind.DECISION: _decision,
    Kind.COMPLETION: _completion,
    Kind.COPY: lambda view, house, today: copy_blocks(view, house),
    Kind.HOME: _home,
}


def _about(view: CaseView, house: House) -> Rows:
    return Rows(((house.texts["rows.what"], Text(view.summary.title)),))


def _whom_to_ask(view: CaseView, house: House) -> tuple[Block, ...]:
    """The number, which is all that the telephone needs to be told, and the telephone."""
    texts, phone = house.texts, house.phone_of(view.summary.service_id)
    number = Code(texts["letters.code"], view.summary.number)
    return (Rows(((texts["rows.phone"], same(phone)),)), number)


def _written(words: str | None) -> Iterator[Block]:
    """What staff wrote, line by line."""
    for line in (words or "").splitlines():
        if line.strip():
            yield Paragraph(same(line.strip()))


def _last_words(view: CaseView, kind: str) -> str:
    return next((event.words for event in reversed(view.events) if event.kind == kind), "")


def _known_since(view: CaseView, house: House) -> datetime.date | None:
    """The day the person was told; None while they do not know."""
    told = [event.at for event in view.events if event.kind in _KNOWN_SINCE]
    return house.day(told[-1]) if told else None


def _joined(parts: list[Text]) -> Text:
    comma = {FALLBACK: "、"}
    return Text({code: comma.get(code, ", ").join(part.show(code) for part in parts) for code in LANGUAGES})
