"""A new service file from what its author told, with everything that the check asks for. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.services.model import Service
from kiosk.services.paths import survey
from kiosk.services.proof import CardRole, Proof
from kiosk.services.question import PRIVATE_KINDS, FieldKind
from kiosk.services.story_text import story_document
from kiosk.text import LANGUAGES, Catalogue

Said = Mapping[str, str]
"""One text in both languages."""
Table = dict[str, Any]

_OF_A_PERSON = {FieldKind.NAME, FieldKind.DATE, FieldKind.ADDRESS}
"""Kinds that the person sees in full and the room does not hear in full."""
_SEPARATELY = {FieldKind.ID_NUMBER: "id_data", FieldKind.BANK_CARD: "account_data"}
"""Kinds that need a consent of their own (K35), and its words."""
_HELP = {
    **dict.fromkeys((FieldKind.CHOICE, FieldKind.YES_NO), "new.help_chosen"),
    FieldKind.MANY: "new.help_several",
    FieldKind.DOCUMENT: "new.help_paper",
}
"""The word of help for kinds where nothing is typed."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What the author told."""

    id: str
    title: Said
    who: Said
    get: Said
    fee: Said
    law: Said
    owner: str
    desk: str
    phone: str
    workdays: int
    since: datetime.date
    questions: Sequence[Table]
    stops: Sequence[Table] = ()
    materials: Sequence[Table] = ()
    proof: bool = False
    """An identity card has to be seen before a case is done."""


def both(texts: Catalogue, key: str, **values: str | int) -> dict[str, str]:
    """A text of the catalogue as a file writes it."""
    text = texts.text(key, **values)
    return {language: text.show(language) for language in LANGUAGES}


def question(number: int, kind: FieldKind, ask: Said, label: Said, texts: Catalogue, **more: Any) -> Table:
    """A question of that kind, with a word of help; `more` are its other keys."""
    privacy = "private" if kind in PRIVATE_KINDS else "masked" if kind in _OF_A_PERSON else ""
    told: Table = {"id": f"q{number}", "type": str(kind), "label": dict(label), "ask": dict(ask)}
    told["help"] = both(texts, _HELP.get(kind, "new.help"))
    return {**told, **({"privacy": privacy} if privacy else {}), **more}


def document(sketch: Sketch, texts: Catalogue) -> Table:
    """The service file, but for its stories."""
    ids = [str(one["id"]) for one in sketch.questions]
    title = dict(sketch.title)
    head: Table = {
        "format": 1,
        "id": sketch.id,
        "version": f"{sketch.since:%Y.%m}.1",
        "status": "draft",
        "title": title,
        "owner": sketch.owner,
        "valid": {"from": sketch.since},
        **({"proof": str(Proof.PRESENTED)} if sketch.proof else {}),
    }
    guide: Table = {"who": dict(sketch.who), "get": dict(sketch.get), "fee": dict(sketch.fee), "visits": 0}
    guide["basis"] = [{"law": dict(sketch.law)}]
    tail: Table = {
        "handling": {
            "desk": sketch.desk,
            "form_order": ids,
            "legal_workdays": sketch.workdays,
            "promised_workdays": sketch.workdays,
            "phone": sketch.phone,
        },
        "print": [{"id": "form", "title": title, "rows": _rows(ids)}],
    }
    middle: Table = {
        "question": list(sketch.questions),
        "stop": list(sketch.stops),
        "material": [*([_id_card(texts)] if sketch.proof else []), *sketch.materials],
        "consent": list(_consents(sketch, texts)),
    }
    faq = {"ask": both(texts, "new.faq_ask"), "answer": both(texts, "new.faq_answer", n=sketch.workdays)}
    kept = {key: value for key, value in middle.items() if value}
    return {**head, "guide": guide, "faq": [faq], **kept, **tail}


def _id_card(texts: Catalogue) -> Table:
    """The paper that must not be missing where a card is asked for; once read it need not be brought."""
    return {"id": "id-card", **both(texts, "new.id_card"), "form": "original", "card": str(CardRole.SUBJECT)}


def _rows(ids: Iterable[str]) -> list[list[str]]:
    return [*([one] for one in ids), ["@materials"], ["@consents"], ["@signature_or_fingerprint", "@date"]]


def _consents(sketch: Sketch, texts: Catalogue) -> Iterable[Table]:
    words = {code: texts.text("new.consent_use", title=sketch.title[code]).show(code) for code in LANGUAGES}
    yield {"id": "use", "before": "start", **words, "keep_days": 90}
    for one in sketch.questions:
        key = _SEPARATELY.get(FieldKind(one["type"]))
        if key:
            words = both(texts, f"new.consent_{key}")
            covers = {"before": one["id"], "covers": [one["id"]], "separate": True}
            yield {"id": f"use-{one['id']}", **covers, **words}


def stories(service: Service, today: datetime.date, texts: Catalogue, language: str) -> list[Table]:
    """Sample people who together come to every part of the service."""
    told = []
    for number, walk in enumerate(survey(service, today).covering, 1):
        end = walk.end if walk.end in ("submit", "refused") else "stop"
        name = texts.text(f"new.story_{end}", n=number).show(language)
        refused = (walk.refused,) if walk.refused else ()
        told.append(story_document(service, walk.answers, refused, today, name))
    return told
