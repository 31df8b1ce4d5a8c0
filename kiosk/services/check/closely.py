"""What the author of a service should know besides: its words, its ways, its duties, its stories."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from kiosk.services.check import hearing, official, people, promises, reach, reading
from kiosk.services.check.finding import Finding
from kiosk.services.model import Service
from kiosk.services.paths import survey

_OF_WORDS = (
    reading.words_can_be_read,
    reading.questions_can_be_answered,
    reading.nothing_is_asked_twice,
    official.official_names_are_told_plainly,
    hearing.words_can_be_heard,
    hearing.screens_are_short,
)
_OF_PROMISES = (
    promises.is_signed_off,
    promises.stands_on_law,
    promises.amounts_do_not_overlap,
    promises.private_answers_are_hidden,
    promises.one_consent_one_kind,
    promises.has_questions_people_ask,
)
_OF_WAYS = (reach.every_part_is_reached, promises.family_brings_authority, promises.is_short)


def check_words(service: Service, today: datetime.date) -> Iterator[Finding]:
    """What can be said of a service even while its conditions make no sense."""
    for rule in (*_OF_WORDS, *_OF_PROMISES):
        yield from rule(service)
    yield from promises.dates_are_in_order(service, today)
    yield from people.stories_name_what_exists(service)


def check_closely(service: Service, today: datetime.date) -> Iterator[Finding]:
    """Everything, for a service in which the quick rules find nothing: nobody can be led along
    a path whose conditions make no sense.
    """
    yield from check_words(service, today)
    yield from reach.stops_are_told_apart(service)
    yield from reach.consents_come_first(service)
    yield from reach.who_acts_agrees_in_own_words(service)
    ways = survey(service, today)
    for rule in _OF_WAYS:
        yield from rule(service, ways)
    walked = people.walk_all(service)
    yield from people.stories_come_out(service, walked)
    yield from people.stories_go_everywhere(service, walked)
