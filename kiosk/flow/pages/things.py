"""Pages of a list of things: the list, one thing of it, whether to remove it, the questions about it."""

from __future__ import annotations

from kiosk.flow.answering import asking
from kiosk.flow.fields import display_thing
from kiosk.flow.fields.lists import bounds
from kiosk.flow.lists import numbers_from_one
from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.flow.pages.parts import way
from kiosk.flow.pages.questions import help_of, question_page
from kiosk.flow.pages.scene import Scene, shortened
from kiosk.flow.things import REMOVE, about, has_room, item_at, things_of
from kiosk.flow.walking import inside
from kiosk.services.question import Question
from kiosk.text import Text


def things_page(scene: Scene) -> Page:
    """Whichever page of the list the person is on."""
    question = scene.question
    opened = item_at(scene.sitting, question)
    if opened is not None:
        number, item = opened
        which = scene.world.texts.text("list.which", label=question.label.text(), n=number)
        return question_page(scene, about(scene.sitting, question, number, item), item.text(), which)
    things = things_of(scene.sitting, question)
    match inside(scene.sitting):
        case (position, *rest) if position in numbers_from_one(things):
            line = _line(question, things[int(position) - 1])
            make = _remove if rest == [REMOVE] else _thing
            return make(scene, int(position), line)
    return _list(scene, question, things)


def _line(question: Question, thing: dict[str, str]) -> Text:
    return shortened(display_thing(question, thing))


def _list(scene: Scene, question: Question, things: list[dict[str, str]]) -> Page:
    texts = scene.world.texts
    lines = tuple(
        Choice(str(n), texts.text("list.thing", n=n), Role.CHANGE, _line(question, thing))
        for n, thing in enumerate(things, 1)
    )
    room = has_room(scene.sitting, question)
    add = (way(texts, "list.more" if things else "list.add", "add"),) if room else ()
    least, most = bounds(question)
    done = (way(texts, "list.done" if things else "list.none", "done"),) if len(things) >= least else ()
    full = texts.text("list.full", most=most)
    body = (texts["list.change"] if room else full,) if things else (texts["list.empty"],)
    return scene.page(
        PageKind.CHOICE,
        question.text(for_self=scene.path.for_self),
        body=() if scene.sitting.refused else body,
        choices=(*lines, *add, *done),
        focus="done" if things and done else None,
        error=scene.error(),
        progress=scene.progress(),
        help=help_of(scene, asking(scene.sitting, question, scene.world)),
    )


def _thing(scene: Scene, position: int, line: Text) -> Page:
    texts = scene.world.texts
    choices = (way(texts, "list.mend", "change"), way(texts, "list.remove", "remove"))
    return scene.page(
        PageKind.CHOICE,
        texts.text("list.thing_heading", n=position),
        body=(line,),
        choices=choices,
        help=(texts["list.thing_help"],),
    )


def _remove(scene: Scene, position: int, line: Text) -> Page:
    texts = scene.world.texts
    choices = (way(texts, "list.remove_yes", "yes"), way(texts, "list.remove_no", "no"))
    return scene.page(
        PageKind.CHOICE,
        texts.text("list.remove_heading", n=position),
        body=(line,),
        choices=choices,
        focus="no",
        help=(texts["list.remove_help"],),
    )
