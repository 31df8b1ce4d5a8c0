"""What a confirmation is for: one digest over all that was confirmed, so that any change asks again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from kiosk.flow.given import Answer
from kiosk.flow.records import RecordNews
from kiosk.services.model import Service
from kiosk.text import FALLBACK


def digest_of(
    service: Service,
    answers: Mapping[str, Answer],
    consents: Mapping[str, bool],
    records: Mapping[str, RecordNews],
) -> str:
    """SHA-256 over the answers, the consents before them, and what the records said, in the order asked."""
    after_the_check = {consent.id for consent in service.consents_before.get("submit", ())}
    content = [service.id, service.version]
    content += [f"{key}={answer.value}" for key, answer in answers.items()]
    content += [f"{key}:{given}" for key, given in consents.items() if key not in after_the_check]
    if records:
        shown = ((key, records.get(key)) for key in answers)
        content += [f"{key}@{news.state}:{_told(news)}" for key, news in shown if news is not None]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _told(news: RecordNews) -> list[tuple[str, str]]:
    """What a record said, as it was shown."""
    return [(line.label.show(FALLBACK), line.value.show(FALLBACK)) for line in news.lines]
