"""The page of a record: what a source holds of the person or the paper, and whether it is right."""

from __future__ import annotations

from kiosk.flow.fields.dates import date_text
from kiosk.flow.looking_up import ANSWERS, key_of, news_of, withheld
from kiosk.flow.page import Choice, Page, PageKind
from kiosk.flow.pages.parts import call_person
from kiosk.flow.pages.scene import Scene
from kiosk.flow.records import RecordNews, RecordState
from kiosk.text import Text


def record_page(scene: Scene) -> Page:
    """What was found, or why nothing is shown; always with a way on."""
    question = scene.question
    news = news_of(scene.sitting, question, scene.path)
    texts = scene.world.texts
    found = news is not None and news.state is RecordState.FOUND
    heading = question.text(for_self=scene.path.for_self) if found else texts[f"record.{_name(scene, news)}"]
    usual = texts["record.help_code" if question.look_up else "record.help"]
    help_text = question.help.text() if question.help else usual
    return scene.page(
        PageKind.CHOICE,
        heading,
        body=_lines(scene, news) if found and news else (texts[f"record.{_name(scene, news)}_body"],),
        choices=(*_choices(scene, news), call_person(texts)),
        progress=scene.progress(),
        help=(help_text if found else usual,),
    )


def _name(scene: Scene, news: RecordNews | None) -> str:
    """How the look-up came out, as the catalogue calls it."""
    by_code = scene.question.look_up is not None
    shut = withheld(scene.sitting, scene.question, scene.path)
    if news is None and (shut or key_of(scene.question, scene.path) is None):
        return "no_code" if by_code else "no_card"
    match news.state if news else None:
        case None:
            return "looking"
        case RecordState.NOTHING:
            return "nothing_code" if by_code else "nothing"
        case RecordState.AWAY:
            return "away"
    return "by_staff"


def _choices(scene: Scene, news: RecordNews | None) -> tuple[Choice, ...]:
    given = scene.path.answers.get(scene.step.id)
    offered = ANSWERS[news.state if news else None]
    return tuple(
        Choice(option.value, option.text(), chosen=bool(given and given.value == option.value))
        for option in scene.question.options
        if option.value in offered
    )


def _lines(scene: Scene, news: RecordNews) -> tuple[Text, ...]:
    """Where it is from and of when, then its lines, each as private as its field."""
    texts = scene.world.texts
    shown = [texts.text("record.line", label=line.label, value=line.value) for line in news.lines]
    of = texts.text("record.as_of", title=news.title, date=date_text(news.as_of)) if news.as_of else None
    return (of or texts.text("record.from", title=news.title), *shown)
