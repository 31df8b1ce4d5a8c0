"""Pages of an address: a list of regions at a time, then the rest in the person's words."""

from __future__ import annotations

from kiosk.flow.answering import Asking, asking
from kiosk.flow.page import ENTER, Choice, Page, PageKind, Role
from kiosk.flow.pages.parts import way
from kiosk.flow.pages.questions import entry, help_of, help_to_fill, kept_line, skip_of
from kiosk.flow.pages.scene import Scene
from kiosk.flow.whereabouts import (
    ELSEWHERE,
    Descent,
    chosen_so_far,
    kept_parts,
    list_open,
    types_all,
)
from kiosk.text import LANGUAGES, Text


def whereabouts_page(scene: Scene) -> Page:
    """Whichever page of the address the person is on."""
    asked = asking(scene.sitting, scene.question, scene.world)
    chosen = chosen_so_far(scene.sitting, scene.question, asked, scene.world)
    number = list_open(scene.sitting, chosen)
    return _entry(scene, asked, chosen) if number is None else _list(scene, asked, chosen, number)


def _list(scene: Scene, asked: Asking, chosen: Descent, number: int) -> Page:
    regions, texts, listed = scene.world.regions, scene.world.texts, chosen.lists[number]
    within = [region.code for region in regions.path(chosen.code)]
    choices = tuple(
        Choice(region.code, region.name, Role.ANSWER, chosen=region.code in within)
        for region in regions.children(listed)
    )
    elsewhere = way(texts, "address.elsewhere", ELSEWHERE)
    return scene.page(
        PageKind.CHOICE,
        scene.question.text(for_self=scene.path.for_self),
        body=_so_far(scene, listed) if number else (),
        choices=(*choices, elsewhere, *skip_of(scene, asked)),
        focus=next((choice.id for choice in choices if choice.chosen), None),
        progress=scene.progress(),
        help=help_of(scene, asked),
    )


def _so_far(scene: Scene, code: str) -> tuple[Text, ...]:
    path = scene.world.regions.path(code)
    between = {"zh": " ", "en": ", "}
    shown = {one: between[one].join(region.name.show(one) for region in path) for one in LANGUAGES}
    names = Text(shown, privacy=scene.question.privacy)
    return (scene.world.texts.text("address.so_far", names=names),)


def _entry(scene: Scene, asked: Asking, chosen: Descent) -> Page:
    texts, question = scene.world.texts, scene.question
    code, _, rest = kept_parts(asked)
    whole = types_all(scene.sitting, chosen)
    own = question.text(for_self=scene.path.for_self)
    hint = (question.hint.text(),) if question.hint and not whole else ()
    before = (texts["address.whole"],) if whole else _so_far(scene, chosen.code)
    body = () if scene.sitting.refused else (*before, *hint, *kept_line(scene, asked))
    return scene.page(
        PageKind.ENTRY,
        own if whole else texts["address.rest"],
        body=body,
        choices=(way(texts, "common.go", ENTER), *skip_of(scene, asked)),
        entry=entry(scene, asked, rest if whole == (not code) else ""),
        error=scene.error(),
        progress=scene.progress(),
        help=help_to_fill(scene, asked),
    )
