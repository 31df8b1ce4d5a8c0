"""The letter of authority as a value: what it says, on the screen and on paper. Pure."""

from __future__ import annotations

import datetime
from datetime import timedelta

from kiosk.flow import fields
from kiosk.flow.acting import acting_as
from kiosk.flow.document import Block, Paragraph, Rows
from kiosk.flow.fields.dates import date_text
from kiosk.flow.holders import is_document
from kiosk.flow.path import SKIPPED, Path
from kiosk.services.acting import Acting
from kiosk.services.model import Service
from kiosk.services.proof import CardRole
from kiosk.services.question import FieldKind
from kiosk.text import EMPTY, Catalogue, Privacy, Text


def person_was_here(path: Path) -> bool:
    """Was the identity card of the person whose matter it is read in this visit?"""
    card = path.cards.get(CardRole.SUBJECT)
    return card is not None and is_document(card)


def until(service: Service, today: datetime.date) -> datetime.date:
    """The last day of a letter of today."""
    return today + timedelta(days=service.authority.days if service.authority else 0)


def letter(service: Service, path: Path, texts: Catalogue, today: datetime.date) -> tuple[Text, ...]:
    """Its sentences: who for whom, for what, what they may do, until when, how it is taken back."""
    if service.authority is None:
        return ()
    acting = acting_as(service, path.values, for_self=path.for_self)
    who = "letter.guardian" if acting is Acting.GUARDIAN else "letter.who"
    title = service.title.text().as_written()
    return (
        texts.text(
            who, person=_person(service, path, texts), helper=_helper(service, path, texts), title=title
        ),
        texts.text("letter.may", may=service.authority.may.text()),
        texts.text("letter.until", date=date_text(until(service, today))),
    )


def letter_blocks(service: Service, path: Path, texts: Catalogue, today: datetime.date) -> tuple[Block, ...]:
    """The same for paper, with the lines to sign on."""
    signed = (texts["letter.signed"], EMPTY), (texts["letter.signed_on"], EMPTY)
    return (*(Paragraph(line) for line in letter(service, path, texts, today)), Rows(signed))


def relation(service: Service, path: Path) -> Text:
    """How the helper belongs to the person, in the words of the answer; EMPTY where it is not asked."""
    return _answer(service, path, service.authority.relation if service.authority else None) or EMPTY


def _person(service: Service, path: Path, texts: Catalogue) -> Text:
    own = (
        question.id
        for question in service.question
        if question.type is FieldKind.NAME and question.from_card is CardRole.SUBJECT
    )
    return _answer(service, path, next(own, None)) or texts["letter.the_person"]


def _helper(service: Service, path: Path, texts: Catalogue) -> Text:
    named = _answer(service, path, service.authority.name if service.authority else None)
    return named or texts["letter.the_helper"]


def _answer(service: Service, path: Path, field: str | None) -> Text | None:
    """As it was said on the check page, never where anybody may hear more than a name."""
    answer = path.answers.get(field) if field else None
    if field is None or answer is None or answer.value == SKIPPED:
        return None
    shown = fields.show(service.find_question(field), answer.value)
    return None if shown.privacy is Privacy.PRIVATE else shown
