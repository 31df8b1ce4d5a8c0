"""The page of one question: to choose, to tick, to type, to sign. The same for a thing of a list."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow import fields
from kiosk.flow.answering import OLD_CALENDAR, Asking, ticked
from kiosk.flow.page import ENTER, Choice, Entry, Keyboard, Page, PageKind, Role
from kiosk.flow.pages.cards import readable, undrawn
from kiosk.flow.pages.parts import way
from kiosk.flow.pages.scene import Scene, shortened
from kiosk.flow.path import SKIPPED
from kiosk.services.question import CHOSEN_KINDS, FieldKind
from kiosk.text import Privacy, Text

_LONG_TEXT_ROWS = 4


def question_page(scene: Scene, asked: Asking, heading: Text, progress: Text) -> Page:
    """The page of this question; with something typed that needs a yes, the page that reads it back."""
    offer = scene.sitting.offer
    if offer is not None and offer.read_back is not None:
        return _read_back(scene, asked, offer.read_back, progress)
    kind = asked.question.type
    if kind in CHOSEN_KINDS:
        return _choice(scene, asked, heading, progress)
    if kind is FieldKind.MANY:
        return _many(scene, asked, heading, progress)
    if kind is FieldKind.SIGNATURE:
        return _sign(scene, asked, heading, progress)
    return _typed(scene, asked, heading, progress)


def help_of(scene: Scene, asked: Asking) -> tuple[Text, ...]:
    """The question's own help, else the general one."""
    own = asked.question.help
    return (own.text() if own else scene.world.texts["question.help"],)


def help_to_fill(scene: Scene, asked: Asking) -> tuple[Text, ...]:
    """The same beside a field; where words are written the general one tells how."""
    words = fields.field_type(asked.question).keyboard is Keyboard.TEXT
    if words and asked.question.help is None:
        return (scene.world.texts["question.write_help"],)
    return help_of(scene, asked)


def skip_of(scene: Scene, asked: Asking) -> tuple[Choice, ...]:
    """The way past a question that may be left open."""
    return (way(scene.world.texts, "common.skip", "skip"),) if asked.question.optional else ()


def kept_line(scene: Scene, asked: Asking) -> tuple[Text, ...]:
    """What was given before, where the field does not show it."""
    before, question = asked.before, asked.question
    if before is None or before.value == SKIPPED or not _unshown(question.privacy, before.value):
        return ()
    texts = scene.world.texts
    return (texts.text("question.kept", value=readable(fields.display(question, before.value), texts)),)


def _unshown(privacy: Privacy, value: str) -> bool:
    """What does not stand in the field again: a private answer, and one with a sign that cannot be drawn."""
    return privacy is Privacy.PRIVATE or undrawn(value)


def _choice(scene: Scene, asked: Asking, heading: Text, progress: Text) -> Page:
    before = asked.before.value if asked.before else None
    choices = tuple(
        Choice(option.value, option.text(), chosen=option.value == before)
        for option in asked.question.options
    )
    return scene.page(
        PageKind.CHOICE,
        heading,
        choices=(*choices, *skip_of(scene, asked)),
        focus=next((choice.id for choice in choices if choice.chosen), None),
        error=scene.error(),
        progress=progress,
        help=help_of(scene, asked),
    )


def _many(scene: Scene, asked: Asking, heading: Text, progress: Text) -> Page:
    """Each option is ticked or not; the last choice goes on."""
    texts, question = scene.world.texts, asked.question
    codes = ticked(scene.sitting, asked)
    options = tuple(
        Choice(option.value, option.text(), Role.TOGGLE, chosen=option.value in codes)
        for option in question.options
    )
    most = question.at_most
    limited = most is not None and most < len(question.options)
    body = texts.text("many.most", most=most or 0) if limited else texts["many.several"]
    return scene.page(
        PageKind.CHOICE,
        heading,
        body=(body,) if scene.sitting.refused is None else (),
        choices=(*options, *skip_of(scene, asked), way(texts, "many.done", "done")),
        error=scene.error(),
        progress=progress,
        help=help_of(scene, asked),
    )


def _sign(scene: Scene, asked: Asking, heading: Text, progress: Text) -> Page:
    return scene.page(
        PageKind.SIGN,
        heading,
        choices=(way(scene.world.texts, "sign.key", "key"), *skip_of(scene, asked)),
        binding=True,
        error=scene.error(),
        progress=progress,
        help=help_of(scene, asked),
    )


def _typed(scene: Scene, asked: Asking, heading: Text, progress: Text) -> Page:
    texts, question = scene.world.texts, asked.question
    # Beside an error the hint would only be more to read: the error itself says what to type.
    hint = (question.hint.text(),) if question.hint else ()
    body = () if scene.sitting.refused else (*hint, *kept_line(scene, asked))
    return scene.page(
        PageKind.ENTRY,
        heading,
        body=body,
        choices=(way(texts, "common.go", ENTER), *_calendars(scene, asked), *skip_of(scene, asked)),
        entry=entry(scene, asked),
        error=scene.error(),
        progress=progress,
        help=help_to_fill(scene, asked),
    )


def _calendars(scene: Scene, asked: Asking) -> tuple[Choice, ...]:
    """To say that the date is one of the old calendar, where it may be."""
    if asked.question.calendar != "lunar_ok":
        return ()
    label = scene.world.texts["date.old"]
    return (Choice(OLD_CALENDAR, label, Role.TOGGLE, chosen=scene.sitting.old_calendar),)


def entry(scene: Scene, asked: Asking, value: str | None = None) -> Entry:
    """The field to type into, with what was typed or given before; a private answer is not shown again.

    `value` stands there instead of the answer, where only a part of it is typed.
    """
    question = asked.question
    kind, secret = fields.field_type(question), question.privacy is Privacy.PRIVATE
    before = asked.before.value if asked.before and value is None else value or ""
    return Entry(
        kind.keyboard,
        value=scene.sitting.typed or ("" if secret or undrawn(before) else _as_typed(question.type, before)),
        longest=kind.room(question),
        secret=secret,
        optional=question.optional,
        rows=_LONG_TEXT_ROWS if question.type is FieldKind.LONG_TEXT else 1,
        boxes=_boxes(scene) if question.type is FieldKind.DATE else (),
        figures=kind.figures,
        name=question.type is FieldKind.NAME,
        anew=scene.sitting.refused is not None and scene.sitting.refused.anew,
    )


def _boxes(scene: Scene) -> tuple[Text, ...]:
    return tuple(scene.world.texts[f"date.{name}"] for name in ("year", "month", "day"))


def _as_typed(kind: FieldKind, value: str) -> str:
    """A date and a sum as people write them; everything else as it is."""
    match kind:
        case FieldKind.DATE:
            return " ".join(part.lstrip("0") for part in value.split("-"))
        case FieldKind.MONEY:
            return value.removesuffix(".00")
    return value


def _read_back(scene: Scene, asked: Asking, said: fields.ReadBack, progress: Text) -> Page:
    """What was understood, to be answered yes before it counts."""
    texts = scene.world.texts
    strict = asked.question.privacy
    values = {name: shortened(word) if isinstance(word, Text) else word for name, word in said.values.items()}
    heading = texts.text(said.key, **values)
    if heading.privacy is Privacy.OPEN:
        heading = replace(heading, privacy=strict)
    choices = (
        way(texts, "confirm.yes", "yes", Role.ANSWER),
        way(texts, "confirm.no", "no", Role.ANSWER),
    )
    return scene.page(
        PageKind.CHOICE, heading, choices=choices, progress=progress, help=(texts["confirm.help"],)
    )
