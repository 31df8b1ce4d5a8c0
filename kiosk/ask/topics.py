"""The words to choose from at the door 问 (`data/ask/words.toml`)."""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from kiosk.flow.answers import Topic
from kiosk.paths import data_file
from kiosk.services.condition import Id
from kiosk.services.side_file import read_side_file
from kiosk.services.wording import Record, Wording


class _Word(Wording):
    id: Id
    services: tuple[Id, ...]


class _Words(Record):
    word: tuple[_Word, ...]


@cache
def every_topic() -> tuple[Topic, ...]:
    """In the order of the file. With one that cannot be read there are none, and people type or look."""
    read = read_side_file(data_file("ask/words.toml"), _Words)
    return tuple(Topic(word.id, word.text(), word.services) for word in read.word) if read else ()


def topics(services: Container[str]) -> tuple[Topic, ...]:
    """Those that say something about the services there are, and only those services of each."""
    kept = (
        Topic(topic.id, topic.word, tuple(service for service in topic.services if service in services))
        for topic in every_topic()
    )
    return tuple(topic for topic in kept if topic.services)
