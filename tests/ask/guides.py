"""What the shipped services say, to be asked about."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache

from kiosk.ask.asker import GuideAsker
from kiosk.ask.topics import topics
from kiosk.catalogue import load_catalogue
from kiosk.flow.moves import Answered, Move
from kiosk.flow.sitting import Errand, Sitting, World
from kiosk.flow.turn import turn
from kiosk.paths import data_file
from kiosk.services.groups import load_groups
from kiosk.services.load import load_shelf
from kiosk.services.model import Service
from kiosk.text import same

TODAY = datetime.date(2026, 11, 2)


@cache
def shipped() -> Mapping[str, Service]:
    return load_shelf(data_file("services")).services


@cache
def asker() -> GuideAsker:
    return GuideAsker(shipped().values())


@cache
def world() -> World:
    return World(
        shipped(),
        load_catalogue("resident"),
        TODAY,
        same("幸福路社区服务中心"),
        "000-12345",
        groups=load_groups(data_file("services")),
        topics=topics(shipped()),
    )


def moved(sitting: Sitting, *moves: Move) -> Sitting:
    """The visit after some moves, each question answered by the shipped guides."""
    for move in moves:
        made = turn(sitting, move, world())
        sitting = made.sitting
        if Errand.ASK in made.errands:
            answers = asker().ask(sitting.question, sitting.language)
            sitting = turn(sitting, Answered(answers), world()).sitting
    return sitting
