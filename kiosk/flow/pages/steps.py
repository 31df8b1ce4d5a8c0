"""Pages of a service's own path: questions, consents, cards, stops, check, signature, submit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.flow import fields
from kiosk.flow.page import ENTER, Choice, Entry, Page, PageKind, Role
from kiosk.flow.pages.parts import call_person, way
from kiosk.flow.path import SKIPPED, Answer, Path, Step, StepKind
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.source import Source
from kiosk.services.model import Service
from kiosk.services.question import CHOSEN_KINDS, FieldKind, Question
from kiosk.text import Privacy, Text, same

GUARD_SECONDS = 0.8
"""Input is ignored for so long after the submit page appears (K13)."""

_PATIENCE = 2
"""Refused inputs in a row after which help by a person is offered (flows.md e 19)."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What every page of a path is made from."""

    sitting: Sitting
    world: World
    service: Service
    path: Path
    step: Step

    def page(self, kind: PageKind, heading: Text, **parts: object) -> Page:
        """A page of this step, with the service as its banner."""
        return Page(
            id=self.step.place,
            kind=kind,
            heading=heading,
            banner=self.service.title.text(),
            **parts,  # type: ignore[arg-type]
        )


def step_page(sitting: Sitting, world: World) -> Page:
    """The page of the step the person is on, or of the open one where that step is no longer on the path."""
    path = sitting.path(world)
    step = next((s for s in path.steps if s.place == sitting.place), path.last)
    return _STEPS[step.kind](_Scene(sitting, world, world.services[sitting.service], path, step))


def _question(scene: _Scene) -> Page:
    question = scene.service.find_question(scene.step.id)
    given = scene.sitting.given.answers.get(question.id)
    texts = scene.world.texts
    parts: dict[str, object] = {
        "progress": _progress(scene),
        "help": (question.help.text() if question.help else texts["question.help"],),
        "error": _error(scene),
    }
    asked = question.text(for_self=scene.path.for_self)
    skip = (way(texts, "common.skip", "skip"),) if question.optional else ()
    if question.type in CHOSEN_KINDS:
        choices = tuple(
            Choice(option.value, option.text(), chosen=bool(given and given.value == option.value))
            for option in question.options
        )
        chosen = next((choice.id for choice in choices if choice.chosen), None)
        return scene.page(PageKind.CHOICE, asked, choices=(*choices, *skip), focus=chosen, **parts)
    # Beside an error the hint would only be more to read: the error itself says what to type.
    parts["body"] = () if scene.sitting.refused else tuple(_entry_lines(scene, question, given))
    parts["choices"] = (way(texts, "common.go", ENTER), *skip)
    return scene.page(PageKind.ENTRY, asked, entry=_entry(scene, question, given), **parts)


def _entry_lines(scene: _Scene, question: Question, given: Answer | None) -> list[Text]:
    texts = scene.world.texts
    lines = [question.hint.text()] if question.hint else []
    if given and given.value != SKIPPED and question.privacy is Privacy.PRIVATE:
        lines.append(texts.text("question.kept", value=fields.display(question, given.value)))
    return lines


def _entry(scene: _Scene, question: Question, given: Answer | None) -> Entry:
    kind = fields.field_type(question)
    secret = question.privacy is Privacy.PRIVATE
    before = "" if secret or given is None else _as_typed(question, given.value)
    return Entry(
        kind.keyboard,
        value=scene.sitting.typed or before,
        longest=kind.longest,
        secret=secret,
        optional=question.optional,
    )


def _as_typed(question: Question, value: str) -> str:
    """A date as people write it; everything else as it is."""
    if question.type is not FieldKind.DATE:
        return value
    return " ".join(part.lstrip("0") for part in value.split("-"))


def _error(scene: _Scene) -> Text | None:
    refused = scene.sitting.refused
    if refused is None:
        return None
    if scene.sitting.misses % (_PATIENCE + 1) == 0:
        return scene.world.texts["field.still"]
    return refused.text or scene.world.texts.text(refused.key, **refused.values)


def _progress(scene: _Scene) -> Text:
    """Only what is honest (K38): a total only where the answers so far decide it."""
    asked = [step.id for step in scene.path.steps if step.kind is StepKind.QUESTION]
    at = asked.index(scene.step.id) + 1
    ahead = scene.path.questions_ahead
    if ahead is None:
        return scene.world.texts.text("common.step", at=at)
    return scene.world.texts.text("common.step_of", at=at, of=len(asked) + ahead)


def _consent(scene: _Scene) -> Page:
    texts = scene.world.texts
    consent = next(c for c in scene.service.consent if c.id == scene.step.id)
    given = scene.sitting.given.answers.get(scene.step.place)
    choices = tuple(
        Choice(value, texts[f"consent.{value}"], chosen=bool(given and given.value == value))
        for value in ("yes", "no")
    )
    focus = given.value if given else "no"
    return scene.page(
        PageKind.CHOICE,
        texts["consent.heading"],
        body=(consent.text(),),
        choices=choices,
        focus=focus,
        help=(texts["consent.help"],),
    )


def _refused(scene: _Scene) -> Page:
    texts = scene.world.texts
    choices = (way(texts, "refused.again", "again"), call_person(texts), way(texts, "refused.leave", "leave"))
    return scene.page(
        PageKind.CHOICE,
        texts["refused.heading"],
        body=(texts["refused.body"],),
        choices=choices,
        help=(texts["refused.help"],),
    )


def _stop(scene: _Scene) -> Page:
    texts = scene.world.texts
    stop = next(s for s in scene.service.stop if s.id == scene.step.id)
    choices = (way(texts, "stop.fix", "fix"), call_person(texts), way(texts, "stop.leave", "leave"))
    return scene.page(
        PageKind.CHOICE,
        texts["stop.heading"],
        body=(stop.tell.text(),),
        choices=choices,
        help=(texts["stop.help"],),
    )


def _card_whose(scene: _Scene) -> Page:
    texts = scene.world.texts
    given = scene.sitting.given.answers.get(scene.step.place)
    choices = tuple(
        Choice(role, texts[f"whose.{role}"], chosen=bool(given and given.value == role))
        for role in ("subject", "actor")
    )
    name = (scene.sitting.given.first_card or {}).get("name", "")
    heading = texts.text("whose.heading", name=same(name, Privacy.MASKED))
    return scene.page(PageKind.CHOICE, heading, choices=choices, help=(texts["whose.help"],))


def _card_other(scene: _Scene) -> Page:
    texts = scene.world.texts
    trouble = scene.sitting.card_trouble
    taken = (way(texts, "other.taken", "taken"),) if scene.sitting.given.other_card is not None else ()
    return scene.page(
        PageKind.CARD,
        texts[f"other.{scene.step.id}"],
        body=(texts["other.body"],),
        choices=(*taken, way(texts, "other.without", "without")),
        error=texts[trouble] if trouble else None,
        help=(texts["other.help"],),
    )


def _check(scene: _Scene) -> Page:
    """Every answer; those from a card are shown, the others can be changed (K12)."""
    texts = scene.world.texts
    read, choices = [texts["check.body"]], []
    for field, answer in scene.path.answers.items():
        question = scene.service.find_question(field)
        label = question.label.text()
        value = (
            texts["common.none_given"] if answer.value == SKIPPED else fields.display(question, answer.value)
        )
        if answer.source is Source.CARD:
            read.append(texts.text("common.from_card", label=label, value=value))
        else:
            choices.append(Choice(f"change:{field}", label, Role.CHANGE, value))
    choices.append(way(texts, "check.go"))
    return scene.page(
        PageKind.CHOICE,
        texts["check.heading"],
        body=tuple(read),
        choices=tuple(choices),
        focus="go",
        help=(texts["check.help"],),
    )


def _sign(scene: _Scene) -> Page:
    texts = scene.world.texts
    statement = texts.text("sign.statement", title=scene.service.title.text().as_written())
    return scene.page(
        PageKind.SIGN,
        texts["sign.heading"],
        body=(statement,),
        choices=(way(texts, "sign.key", "key"),),
        help=(texts["sign.help"],),
    )


def _submit(scene: _Scene) -> Page:
    texts = scene.world.texts
    choices = (way(texts, "submit.look", "look"), way(texts, "submit.submit", "submit"))
    return scene.page(
        PageKind.SUBMIT,
        texts["submit.heading"],
        body=(texts["submit.body"],),
        choices=choices,
        focus="look",
        guard=GUARD_SECONDS,
        help=(texts["submit.help"],),
    )


_STEPS: dict[StepKind, Callable[[_Scene], Page]] = {
    StepKind.QUESTION: _question,
    StepKind.CONSENT: _consent,
    StepKind.REFUSED: _refused,
    StepKind.STOP: _stop,
    StepKind.CARD_WHOSE: _card_whose,
    StepKind.CARD_OTHER: _card_other,
    StepKind.CHECK: _check,
    StepKind.SIGN: _sign,
    StepKind.SUBMIT: _submit,
}
