"""An unfinished application as it is kept in the store, and back."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kiosk.cases.views import Draft
from kiosk.flow.path import Answer, Given, SavedDraft
from kiosk.flow.records import RecordLine, RecordNews, RecordState
from kiosk.flow.sitting import Sitting
from kiosk.flow.source import Source
from kiosk.services.model import Service
from kiosk.text import Privacy, Text

_FORM = 2
"""The form of the JSON; a draft in another one is not offered."""


_FILLED_IN = {"question", "stop", "fact", "consent", "applicant"}
"""What an unfinished application hangs on. A word mended in the guide takes no draft away."""


def draft_of(sitting: Sitting, service: Service, person: str | None, now: datetime.datetime) -> Draft:
    """The open application as it is kept.

    One that is not to be kept is offered to nobody: whose it is does not stand there.
    """
    return Draft(
        id=sitting.draft_id,
        service_id=service.id,
        service_version=edition(service),
        person_key=person if sitting.keep else None,
        keep=bool(sitting.keep),
        body=to_json(sitting.given),
        updated_at=now,
    )


def offered(draft: Draft, services: Mapping[str, Service]) -> SavedDraft | None:
    """A draft is offered only where the service is still the one it was begun with."""
    service, given = services.get(draft.service_id), from_json(draft.body)
    if service is None or given is None or edition(service) != draft.service_version:
        return None
    return SavedDraft(draft.id, draft.service_id, given, draft.updated_at)


def edition(service: Service) -> str:
    """The service as it is now: what is asked may be changed under the version that the file had."""
    asked = service.model_dump_json(include=_FILLED_IN, exclude_defaults=True, by_alias=True)
    return f"{service.version} {hashlib.sha256(asked.encode()).hexdigest()[:16]}"


def to_json(given: Given) -> str:
    """All that was given, the other person's card and what records said included.

    The own card is laid again to open it.
    """
    return json.dumps(
        {
            "form": _FORM,
            "answers": {key: [answer.value, answer.source] for key, answer in given.answers.items()},
            "other_card": dict(given.other_card) if given.other_card is not None else None,
            "by_hand": sorted(given.by_hand),
            "records": [_plain_news(news) for news in given.records.values()],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_json(body: str) -> Given | None:
    """What was given, or None for a draft of another form. Confirmations are asked again."""
    document: dict[str, Any] = json.loads(body)
    if document.get("form") != _FORM:
        return None
    news = [_news(plain) for plain in document["records"]]
    return Given(
        answers={key: Answer(value, Source(source)) for key, (value, source) in document["answers"].items()},
        other_card=document["other_card"],
        by_hand=frozenset(document["by_hand"]),
        records={one.question: one for one in news},
    )


def _plain_news(news: RecordNews) -> dict[str, Any]:
    return {
        "question": news.question,
        "state": news.state,
        "source": news.source,
        "title": _plain_text(news.title),
        "lines": [[_plain_text(line.label), _plain_text(line.value)] for line in news.lines],
        "at": news.at.isoformat() if news.at else None,
        "as_of": news.as_of.isoformat() if news.as_of else None,
    }


def _news(plain: dict[str, Any]) -> RecordNews:
    return RecordNews(
        question=plain["question"],
        state=RecordState(plain["state"]),
        source=plain["source"],
        title=_text(plain["title"]),
        lines=tuple(RecordLine(_text(label), _text(value)) for label, value in plain["lines"]),
        at=datetime.datetime.fromisoformat(plain["at"]) if plain["at"] else None,
        as_of=datetime.date.fromisoformat(plain["as_of"]) if plain["as_of"] else None,
    )


def _plain_text(text: Text) -> list[Any]:
    return [dict(text.shown), dict(text.said), text.privacy]


def _text(plain: list[Any]) -> Text:
    shown, said, privacy = plain
    return Text(shown, said, Privacy(privacy))
