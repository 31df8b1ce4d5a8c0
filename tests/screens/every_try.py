"""Every page of a helper's walk through a kiosk, each look of it once: steps, answers, faults, ends."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kiosk.catalogue import load_catalogue
from kiosk.cli._guided_check import world_of
from kiosk.config import load_settings
from kiosk.flow.moves import Back, CallPerson, Choose, Help, Move
from kiosk.flow.page import Page
from kiosk.selftest import guided, guided_visit
from kiosk.selftest.guided import PATIENCE, READERS, Step, Walk
from kiosk.selftest.guided_visit import Guided
from kiosk.text import Text
from screens.guided_check import asked_keys

TEXTS, PARTS = load_catalogue("guided"), load_catalogue("box")
WORLD = world_of(load_settings())
KEYS = asked_keys({}, TEXTS, WORLD.texts)
STEPS = tuple(Step)
TROUBLES: dict[Step, Text] = {
    Step.PRINTER: PARTS["paper.out"],
    Step.IDENTITY_CARD: PARTS.text("device.missing", port="/dev/bangban-reader"),
    Step.SOUND: PARTS["sound.none"],
    Step.MICROPHONE: load_catalogue("voice")["deaf.no_microphone"],
}
"""What devices say of themselves."""


def shown(now: Guided, at: float = 100.0) -> Page:
    """The page of this moment."""
    return guided_visit.page(now, WORLD, TEXTS, PARTS, at)


def begun(*steps: Step) -> Guided:
    """At the page before the first step."""
    return guided_visit.begun(guided.begin(steps or STEPS, KEYS, 0.0), "zh")


def _by_itself(walk: Walk) -> Iterator[Walk]:
    """What can come without anybody choosing anything."""
    if walk.step is None:
        return
    if walk.trying_keys:
        for name in [key.name for key in walk.keys[:-1]]:
            walk = guided.press(walk, name, 5)
            yield walk
        yield guided.press(walk, walk.keys[-1].name, 5)
    if walk.step in READERS:
        yield guided.read(walk, walk.step, 5)
    if walk.step in TROUBLES and walk.trouble is None:
        yield guided.ails(walk, walk.step, TROUBLES[walk.step])
    if walk.step is Step.MICROPHONE:
        for words in ("silent", "other"):
            missed = walk
            for _ in range(PATIENCE):
                missed = guided.misheard(missed, TEXTS[f"microphone_asked.{words}"], sounded=False)
                yield missed
        yield guided.understood(walk, 5)
    while walk.corner:
        yield guided.touch(walk, "", 5)
        walk = guided.touch(walk, walk.corner, 5)
        yield walk


def _of_step(step: Step, after: Step) -> Iterator[Page]:
    """Of one step, and what comes right after it."""
    seen: set[Page] = set()
    to_see = [guided_visit.moved(begun(step, after), Choose("begin"), WORLD, 0.0)]
    while to_see:
        now = to_see.pop()
        page = shown(now)
        if page in seen:
            continue
        seen.add(page)
        yield page
        if now.sitting.overlay or now.walk.step is not step:
            continue
        moves: list[Move] = [CallPerson(), Help(), Back(), *(Choose(choice.id) for choice in page.choices)]
        to_see += [guided_visit.moved(now, move, WORLD, 50.0) for move in moves]
        to_see += [guided_visit.led(now, walk) for walk in _by_itself(now.walk)]


def ended(*, well: bool, half: bool = False) -> Guided:
    """At the last page, with everything as it should be, or as little as can be."""
    now = guided_visit.moved(begun(), Choose("begin"), WORLD, 0.0)
    answers = ("well", "in", "alone") if well else ("rest", "broken", "nothing", "in", "deaf", "note")
    while (step := now.walk.step) is not None:
        if half and len(now.walk.results) > 2:
            now = guided_visit.led(now, guided.stop(now.walk, 100.0))
            continue
        walk = now.walk if well else guided.ails(now.walk, step, TROUBLES.get(step))
        for walk_on in _by_itself(walk) if well else ():
            walk = walk_on if walk_on.place > walk.place else walk
        for answer in answers:
            walk = guided.choose(walk, answer, 100.0) if walk.step is step else walk
        now = guided_visit.led(now, walk)
    return now


@cache
def every_try_page() -> tuple[Page, ...]:
    """In the order of the steps, the two ends last."""
    found = dict.fromkeys(shown(now) for now in (begun(), guided_visit.moved(begun(), Help(), WORLD, 0.0)))
    for number, step in enumerate(STEPS):
        found |= dict.fromkeys(_of_step(step, STEPS[(number + 1) % len(STEPS)]))
    ends = (ended(well=True), ended(well=False), ended(well=False, half=True))
    return (*found, *map(shown, ends))
