"""E5: the sample people of the file: who they are, where they come, and that it comes out as they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.flow.path import Path
from kiosk.services.check.finding import Finding, nearest
from kiosk.services.model import Service
from kiosk.services.stories import compare, refused_answer, walk_story
from kiosk.services.story import Story


@dataclass(frozen=True, slots=True)
class Walked:
    """A story with the path of its person."""

    number: int
    story: Story
    path: Path


def stories_name_what_exists(service: Service) -> Iterator[Finding]:
    """E522: answers, refusals and expectations are of questions, consents and papers that there are."""
    questions, consents = list(service.questions), [consent.id for consent in service.consent]
    papers = [material.id for material in service.material]
    ends = ["submit", "refused", *(stop.id for stop in service.stop)]
    for n, story in enumerate(service.story):
        expect = story.expect
        named = [
            (("answers",), tuple(story.answers), questions),
            (("refuse",), story.refuse, consents),
            (("expect", "end"), (expect.end,), ends),
            (("expect", "asked"), expect.asked or (), questions),
            (("expect", "not_asked"), expect.not_asked or (), questions),
            (("expect", "materials"), expect.materials or (), papers),
            (("expect", "consents"), expect.consents or (), consents),
        ]
        for at, names, known in named:
            for name in names:
                if name not in known:
                    place = (*at, name) if at == ("answers",) else at
                    free = [one for one in known if one not in names]
                    values = {"key": story.name, "name": name, "near": nearest(name, free or known)}
                    yield "E522", ("story", n, *place), values


def walk_all(service: Service) -> list[Walked]:
    """Everybody's path."""
    return [Walked(n, story, walk_story(service, story)) for n, story in enumerate(service.story)]


def stories_come_out(service: Service, walked: list[Walked]) -> Iterator[Finding]:
    """E502, E523: each answer is taken, and each story ends, asks and calls for what it expects.

    Due dates need the calendar: not here.
    """
    for one in walked:
        refused = refused_answer(service, one.story, one.path)
        if refused:
            values = {"key": one.story.name, "name": refused[0], "near": refused[1]}
            yield "E523", ("story", one.number, "answers", refused[0]), values
            continue
        for difference in compare(service, one.story, one.path):
            values = {"name": difference.name, "expected": difference.wanted, "got": difference.came}
            yield "E502", ("story", one.number, "expect", difference.name), {"key": one.story.name, **values}


def stories_go_everywhere(service: Service, walked: list[Walked]) -> Iterator[Finding]:
    """E511, E512, W513: somebody hands in, somebody meets each stop, somebody takes each option."""
    ends = {one.path.end for one in walked}
    if "submit" not in ends:
        yield "E512", ("story", 0) if service.story else ("id",), {}
    for n, stop in enumerate(service.stop):
        if stop.id not in ends:
            yield "E511", ("stop", n, "id"), {"key": stop.id}
    taken = [_taken(one.path) for one in walked]
    for n, question in enumerate(service.question):
        for m, option in enumerate(question.options):
            if not any(option.value in given.get(question.id, ()) for given in taken):
                values = {"key": question.id, "option": option.value}
                yield "W513", ("question", n, "options", m), values


def _taken(path: Path) -> Mapping[str, set[str]]:
    return {name: set(answer.value.split(",")) for name, answer in path.answers.items()}
