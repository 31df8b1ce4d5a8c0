"""The official form of a case, as its service lays it out, with the answers as they are now. Pure."""

from __future__ import annotations

import datetime

from kiosk.cases.submission import AnswerRecord, MaterialRecord
from kiosk.cases.views import CaseView
from kiosk.flow import signature
from kiosk.flow.document import Document
from kiosk.flow.fields.dates import date_text
from kiosk.paper.house import House
from kiosk.services.form_paper import SIGNED, Filled, laid_out
from kiosk.services.model import Print
from kiosk.services.question import FieldKind
from kiosk.text import EMPTY, Catalogue, Privacy, Text, same


def case_form(
    view: CaseView, form: str, house: House, labels: Catalogue, today: datetime.date
) -> tuple[Document, Print]:
    """The form of that name and the paper it is laid out for; `labels` is the catalogue `author`.

    The service may have been changed since: what the case has no answer for stays open.
    """
    service = house.services[view.summary.service_id]
    paper = next(one for one in service.print if one.id == form)
    marks = {one.id for one in service.question if one.type is FieldKind.SIGNATURE}
    drawn = {
        answer.field: strokes
        for answer in view.answers
        if answer.field in marks and (strokes := signature.read(answer.value))
    }
    signed = view.submission.signature
    strokes = signature.read(signed.strokes) if signed and signed.strokes else None
    if strokes:
        drawn[SIGNED] = strokes
    case = view.summary
    filled = Filled(
        day=date_text(today),
        shown={answer.field: _in_full(answer) for answer in view.answers},
        drawn=drawn,
        materials=tuple(_with_form(one, house.texts) for one in view.submission.materials),
        consents=tuple(
            Text(one.text)
            for one in view.submission.consents
            if one.given and one.id not in view.withdrawn_consents
        ),
        counter={
            "number": same(case.number),
            "ticket": same(case.ticket),
            "due": date_text(case.deadline.due),
            "missing": same(view.missing) if view.missing else EMPTY,
        },
        number=case.number,
    )
    return laid_out(service, paper, filled, labels), paper


def private_fields(view: CaseView) -> tuple[str, ...]:
    """The fields that stay masked until somebody asks to see them, which a form does."""
    return tuple(answer.field for answer in view.answers if answer.privacy is Privacy.PRIVATE)


def _in_full(answer: AnswerRecord) -> Text:
    """Digits as they were kept, not masked; everything else as the person saw it."""
    is_list = answer.value.startswith("[")
    return same(answer.value) if answer.privacy is Privacy.PRIVATE and not is_list else Text(answer.shown)


def _with_form(material: MaterialRecord, texts: Catalogue) -> Text:
    key = f"material.{material.form}"
    label = Text(material.label)
    return texts.text(key, what=label) if key in texts else label
