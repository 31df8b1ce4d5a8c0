"""The words to choose from at the door 问 (`data/ask/words.toml`)."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Container
from functools import cache

from kiosk.flow.answers import Topic
from kiosk.paths import data_file
from kiosk.services.condition import Id
from kiosk.services.wording import Record, Wording

log = logging.getLogger(__name__)


class _Word(Wording):
    id: Id
    services: tuple[Id, ...]


class _Words(Record):
    word: tuple[_Word, ...]


@cache
def every_topic() -> tuple[Topic, ...]:
    """In the order of the file. With one that cannot be read there are none, and people type or look."""
    try:
        document = tomllib.loads(data_file("ask/words.toml").read_text(encoding="utf-8"))
        words = _Words.model_validate(document).word
    except (OSError, ValueError) as fault:
        log.warning("no words to ask by: %s", type(fault).__name__)
        return ()
    return tuple(Topic(word.id, word.text(), word.services) for word in words)


def topics(services: Container[str]) -> tuple[Topic, ...]:
    """Those that say something about the services there are, and only those services of each."""
    kept = (
        Topic(topic.id, topic.word, tuple(service for service in topic.services if service in services))
        for topic in every_topic()
    )
    return tuple(topic for topic in kept if topic.services)
