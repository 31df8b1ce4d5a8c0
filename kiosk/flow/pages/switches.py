"""Pages of the keypad and of switches: practice, trying each switch, and what came of it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.moves import Overlay
from kiosk.flow.page import Choice, Page, PageKind
from kiosk.flow.pages.parts import way
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.switches import Switches, Trial
from kiosk.text import Catalogue, Text


def switches_page(plain: Page, sitting: Sitting, world: World) -> Page:
    """`plain`: the page it lies over, emptied, with the id and the heading of this one."""
    texts = world.texts
    if sitting.overlay is Overlay.SWITCH and sitting.trial is not None:
        return _trial(plain, sitting.trial, texts)
    if sitting.overlay is Overlay.SWITCHED and sitting.switches is not None:
        return _tried(plain, sitting.switches, texts)
    if sitting.overlay is Overlay.PRACTICE:
        page = _with(plain, texts, texts["practice.body"], way(texts, "practice.leave"))
        return replace(page, kind=PageKind.KEYS)
    ways = ("practice", "one", "two")
    choices = (*(way(texts, f"keys.{name}", name) for name in ways), way(texts, "help.back"))
    return _with(plain, texts, texts["keys.body"], *choices)


def _with(plain: Page, texts: Catalogue, body: Text, *choices: Choice) -> Page:
    return replace(plain, body=(body,), choices=choices, help=(texts[f"{plain.id.partition('@')[0]}.help"],))


def _trial(plain: Page, trial: Trial, texts: Catalogue) -> Page:
    """Before the tone, and after it; which switch is said only where there are two."""
    which = "only" if trial.count == 1 else ("first", "second")[trial.switch - 1]
    heading = texts["switch.now" if trial.now else f"switch.{which}"]
    body = texts["switch.press"] if trial.now else texts.text("switch.body", left=trial.left)
    page = _with(plain, texts, body, way(texts, "switch.skip", "skip"))
    return replace(page, kind=PageKind.KEYS, heading=heading)


def _tried(plain: Page, switches: Switches, texts: Catalogue) -> Page:
    ways = [way(texts, "switched.keep")]
    if switches.count == 1:
        seconds = f"{switches.seconds:g}"
        body = texts.text("switched.body", seconds=seconds)
        ways += [way(texts, f"switched.{name}", name) for name in ("slower", "faster")]
    else:
        body = texts["switched.two"]
    return _with(plain, texts, body, *ways, way(texts, "switched.again", "again"))
