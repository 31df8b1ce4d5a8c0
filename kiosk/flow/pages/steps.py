"""Pages of a service's own path: questions, consents, cards, stops, check, signature, submit."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow import fields
from kiosk.flow.acting import AGREE, LATER, acting_as
from kiosk.flow.answering import asking
from kiosk.flow.cards import lying_already
from kiosk.flow.consents import way_without
from kiosk.flow.letter import letter, person_was_here
from kiosk.flow.page import GUARD_SECONDS, Choice, Page, PageKind, Role
from kiosk.flow.pages.cards import card_error, name_on, person_offered, readable
from kiosk.flow.pages.parts import call_person, way
from kiosk.flow.pages.questions import question_page
from kiosk.flow.pages.record import record_page
from kiosk.flow.pages.scene import Scene, shortened
from kiosk.flow.pages.things import things_page
from kiosk.flow.pages.whereabouts import whereabouts_page
from kiosk.flow.path import SKIPPED, Answer, StepKind
from kiosk.flow.precheck import FOUND, Finding, pre_check
from kiosk.flow.proof import Proof
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.source import Source
from kiosk.flow.statement import statement
from kiosk.flow.walking import inside, stands_on
from kiosk.services.acting import Acting
from kiosk.services.question import FieldKind, Question
from kiosk.text import EMPTY, Text


def step_page(sitting: Sitting, world: World) -> Page:
    """The page of the step the person is on, or of the open one where that step is no longer on the path."""
    path = sitting.path(world)
    step = stands_on(path, sitting.place) or path.last
    return _STEPS[step.kind](Scene(sitting, world, world.services[sitting.service], path, step))


def _question(scene: Scene) -> Page:
    """Some kinds of answer have several pages; the others are one page."""
    question = scene.question
    pages = _QUESTIONS.get(question.type)
    if pages is not None:
        return pages(scene)
    heading = question.text(for_self=scene.path.for_self)
    return question_page(scene, asking(scene.sitting, question, scene.world), heading, scene.progress())


def _consent(scene: Scene) -> Page:
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
        body=(consent.text(for_self=scene.path.for_self),),
        choices=choices,
        focus=focus,
        binding=True,
        help=(texts["consent.help"],),
    )


def _refused(scene: Scene) -> Page:
    texts = scene.world.texts
    other = way_without(scene.service, scene.path, scene.step.id)
    choices = (
        *((way(texts, "refused.other", "other"),) if other else ()),
        *(way(texts, "refused.again", "again"), call_person(texts), way(texts, "refused.leave", "leave")),
    )
    return scene.page(
        PageKind.CHOICE,
        texts["refused.heading"],
        body=(texts["refused.body_other" if other else "refused.body"],),
        choices=choices,
        help=(texts["refused.help_other" if other else "refused.help"],),
    )


def _stop(scene: Scene) -> Page:
    """An early end, with what helps; or a good one, where nothing more is to be done."""
    texts = scene.world.texts
    stop = next(s for s in scene.service.stop if s.id == scene.step.id)
    fix, leave = way(texts, "stop.fix", "fix"), way(texts, "stop.leave", "leave")
    if stop.good_end:
        leave = way(texts, "stop.good_leave", "leave")
    choices = (leave, call_person(texts), fix) if stop.good_end else (fix, call_person(texts), leave)
    return scene.page(
        PageKind.CHOICE,
        texts["stop.good_heading" if stop.good_end else "stop.heading"],
        body=(stop.tell.text(),),
        choices=choices,
        help=(texts["stop.good_help" if stop.good_end else "stop.help"],),
    )


def _proof(scene: Scene) -> Page:
    """A card is needed for this: now, or later at the desk. Said once; nobody is turned away."""
    texts, asked = scene.world.texts, scene.service.proof
    return scene.page(
        PageKind.CARD,
        texts[f"proof.{asked}"],
        body=(texts["proof.body_known" if asked is Proof.KNOWN else "proof.body"], texts["proof.later_body"]),
        choices=(way(texts, "proof.later", "later"), *person_offered(scene.sitting, scene.world)),
        error=card_error(scene.sitting, scene.world),
        help=(texts["proof.help_seen" if asked is Proof.SEEN else "proof.help"],),
    )


def _card_whose(scene: Scene) -> Page:
    texts = scene.world.texts
    given = scene.sitting.given.answers.get(scene.step.place)
    choices = tuple(
        Choice(role, texts[f"whose.{role}"], chosen=bool(given and given.value == role))
        for role in ("subject", "actor")
    )
    name = name_on(scene.sitting.given.first_card or {}, texts)
    heading = texts.text("whose.heading", name=name) if name else texts["whose.unnamed"]
    return scene.page(PageKind.CHOICE, heading, choices=choices, help=(texts["whose.help"],))


def _card_other(scene: Scene) -> Page:
    texts = scene.world.texts
    lying = lying_already(scene.sitting)
    ways: tuple[Choice, ...] = (way(texts, "other.without", "without"),)
    if scene.sitting.given.other_card is not None:
        ways, lying = (way(texts, "other.taken", "taken"), *ways), None
    elif lying is not None:
        ways = (Choice("lying", texts["other.lying"], Role.GO, name_on(lying, texts) or EMPTY), *ways)
    return scene.page(
        PageKind.CARD,
        texts[f"other.{scene.step.id}"],
        body=(texts["other.body" if lying is None else "other.lying_body"],),
        choices=(*ways, *person_offered(scene.sitting, scene.world)),
        error=card_error(scene.sitting, scene.world),
        help=(texts["other.help"],),
    )


def _check(scene: Scene) -> Page:
    """Every answer, each with a Change (K12); what a card said can be changed, too."""
    texts = scene.world.texts
    lines = tuple(
        Choice(
            f"change:{field}",
            scene.service.find_question(field).label.text(),
            Role.CHANGE,
            _answer_line(scene, scene.service.find_question(field), answer),
        )
        for field, answer in scene.path.answers.items()
    )
    changed = scene.sitting.changed
    return scene.page(
        PageKind.CHOICE,
        texts["check.heading"],
        body=(texts["check.body"],),
        choices=(*lines, way(texts, "check.go")),
        focus="go",
        opens_at=f"change:{changed}" if changed else None,
        help=(texts["check.help"],),
    )


def _answer_line(scene: Scene, question: Question, answer: Answer) -> Text:
    """An answer in one line, with where it is from unless it was given just now."""
    texts = scene.world.texts
    if answer.value == SKIPPED:
        return texts["common.none_given"]
    value = readable(shortened(fields.display(question, answer.value)), texts)
    key = _ORIGINS.get(answer.source)
    return texts.text(key, value=value) if key else value


_ORIGINS = {
    Source.CARD: "common.card_value",
    Source.SOCIAL_CARD: "common.social_card_value",
    Source.EARLIER: "common.earlier_value",
    Source.SCAN: "common.scan_value",
}


def _authority(scene: Scene) -> Page:
    """The letter in full; whether the person agrees, or a paper is there, is said here."""
    texts = scene.world.texts
    acting = acting_as(scene.service, scene.path.values, for_self=scene.path.for_self)
    group = "guardian" if acting is Acting.GUARDIAN else "here" if person_was_here(scene.path) else "letter"
    given = scene.sitting.given.answers.get(StepKind.AUTHORITY)
    choices = tuple(
        Choice(said, texts[f"letter.{group}_{said}"], chosen=bool(given and given.value == said))
        for said in (AGREE, LATER)
    )
    return scene.page(
        PageKind.CHOICE,
        texts[f"letter.{group}_heading"],
        body=letter(scene.service, scene.path, texts, scene.world.today),
        choices=choices,
        focus=given.value if given else LATER,
        binding=True,
        help=(texts[f"letter.{group}_help"],),
    )


def _sign(scene: Scene) -> Page:
    """A mark by finger or a key; from who stays unnamed only the key, for a mark could be their name."""
    texts, unnamed = scene.world.texts, scene.path.unnamed
    return scene.page(
        PageKind.CHOICE if unnamed else PageKind.SIGN,
        texts["sign.unnamed" if unnamed else "sign.heading"],
        body=(statement(scene.service, scene.path, texts),),
        choices=(way(texts, "sign.key", "key"),),
        binding=True,
        help=(texts["sign.unnamed_help" if unnamed else "sign.help"],),
    )


def _submit(scene: Scene) -> Page:
    """The deliberate act; what the check before it found is one choice away, and none of it keeps anybody."""
    texts = scene.world.texts
    found = pre_check(scene.service, scene.path, texts)
    if inside(scene.sitting) == (FOUND,):
        return _found(scene, found)
    look_at = sum(finding.ok is not True for finding in found)
    told = texts.text("precheck.some", n=look_at) if look_at else texts["precheck.all"]
    choices = (way(texts, "submit.look", "look"), way(texts, "submit.submit", "submit"))
    return scene.page(
        PageKind.SUBMIT,
        texts["submit.heading"],
        body=(texts["submit.body"], *((told,) if found else ())),
        choices=(*choices, *((way(texts, "precheck.tell", FOUND),) if found else ())),
        focus="look",
        guard=GUARD_SECONDS,
        binding=True,
        help=(texts["submit.help"],),
    )


def _found(scene: Scene, found: tuple[Finding, ...]) -> Page:
    """Every finding with its reason, first what is not as it should be."""
    texts = scene.world.texts
    return scene.page(
        PageKind.CHOICE,
        texts["precheck.heading"],
        body=tuple(finding.text for finding in found),
        choices=(way(texts, "common.ok"),),
        help=(texts["precheck.help"],),
    )


_STEPS: dict[StepKind, Callable[[Scene], Page]] = {
    StepKind.QUESTION: _question,
    StepKind.CONSENT: _consent,
    StepKind.REFUSED: _refused,
    StepKind.STOP: _stop,
    StepKind.PROOF: _proof,
    StepKind.CARD_WHOSE: _card_whose,
    StepKind.CARD_OTHER: _card_other,
    StepKind.CHECK: _check,
    StepKind.AUTHORITY: _authority,
    StepKind.SIGN: _sign,
    StepKind.SUBMIT: _submit,
}

_QUESTIONS: dict[FieldKind, Callable[[Scene], Page]] = {
    FieldKind.REPEAT: things_page,
    FieldKind.ADDRESS: whereabouts_page,
    FieldKind.RECORD: record_page,
}
