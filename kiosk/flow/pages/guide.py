"""What the guide of a service says, line by line: the same on the page and on paper. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow.entitlement import in_force
from kiosk.flow.fields.dates import date_text
from kiosk.flow.pages.parts import join, spelled
from kiosk.flow.sitting import World
from kiosk.services.condition import Condition
from kiosk.services.guide import Amount
from kiosk.services.model import Material, Service
from kiosk.text import Text, same

_IN_ONE_SENTENCE = 30
"""Han characters of names that one sentence can hold besides its own words (K24)."""


def can_do_here(service: Service, world: World) -> tuple[Text, ...]:
    """Can this kiosk do it? All of it, or the beginning and what comes after (K37)."""
    if service.guide.rest is None:
        return (world.texts["guide.whole"],)
    return world.texts["guide.part"], world.texts.text("guide.rest", words=service.guide.rest.text())


def what_to_bring(service: Service, world: World) -> tuple[Text, ...]:
    """The papers that everybody needs, then those that some need."""
    texts = world.texts
    always = [material.text() for material in service.material if material.need_if is None]
    for_some = [material.text() for material in service.material if material.need_if is not None]
    if not always and not for_some:
        return (texts["guide.bring_nothing"],)
    lines = [texts.text("doors.bring", words=join(texts, some)) for some in in_sentences(always)]
    return (*lines, *(texts.text("guide.bring_some", words=join(texts, s)) for s in in_sentences(for_some)))


def in_sentences(names: list[Text]) -> Iterator[list[Text]]:
    """As many names in a sentence as can be kept in mind; a longer one stands alone."""
    taken: list[Text] = []
    for name in names:
        if taken and sum(len(one.show("zh")) for one in (*taken, name)) > _IN_ONE_SENTENCE:
            yield taken
            taken = []
        taken.append(name)
    if taken:
        yield taken


def guide_lines(service: Service, world: World) -> tuple[Text, ...]:
    """Everything after what to bring."""
    return for_whom(service, world), *terms(service, world), *grounds(service, world)


def for_whom(service: Service, world: World) -> Text:
    """Who can apply."""
    return world.texts.text("doors.who", words=service.guide.who.text())


def terms(service: Service, world: World) -> tuple[Text, ...]:
    """What one gets, what it costs, how long it takes, how often to come."""
    texts, guide = world.texts, service.guide
    visits = texts.text("guide.visits", n=guide.visits) if guide.visits else texts["guide.visits_none"]
    return (
        texts.text("doors.get", words=guide.get.text()),
        *_amounts(service, world),
        texts.text("doors.fee", words=guide.fee.text()),
        texts.text("doors.how_long", days=service.handling.promised_workdays),
        visits,
    )


def grounds(service: Service, world: World) -> tuple[Text, ...]:
    """The law it stands on, who answers for it, who last checked the guide."""
    texts, guide = world.texts, service.guide
    return (
        *(texts.text("doors.basis", words=basis.law.text()) for basis in guide.basis),
        *(
            texts.text("guide.notice", words=same(basis.local_notice))
            for basis in guide.basis
            if basis.local_notice
        ),
        texts.text("doors.owner", words=service.owner),
        texts.text("guide.phone", phone=spelled(texts, service.handling.phone)),
        last_check(service, world),
    )


def last_check(service: Service, world: World) -> Text:
    """The version, and who last read it through; a demo shows what nobody has signed off."""
    if service.checked is None or service.id in world.unsigned:
        return world.texts.text("guide.unchecked", version=service.version)
    day = date_text(service.checked.on)
    return world.texts.text("guide.checked", version=service.version, date=day, who=service.checked.by)


def _amounts(service: Service, world: World) -> tuple[Text, ...]:
    """What is paid today: to whom, where that can be said in few words."""
    paid = [amount for amount in service.guide.amount if in_force(amount, world.today)]
    return tuple(dict.fromkeys(_amount(amount, service, world) for amount in paid))


def _amount(amount: Amount, service: Service, world: World) -> Text:
    texts = world.texts
    if amount.yuan_per_month is not None:
        paid = texts.text("guide.monthly", yuan=amount.yuan_per_month)
    else:
        paid = texts.text("guide.once", yuan=amount.yuan_once or 0)
    whom = amount.whom.text() if amount.whom else _whom(amount.when, service, world)
    return (
        texts.text("guide.amount_for", whom=whom, paid=paid)
        if whom
        else texts.text("guide.amount", paid=paid)
    )


def _whom(when: Condition, service: Service, world: World) -> Text | None:
    """The people a simple condition means: those of an age, or who chose an option."""
    years = {fact.id for fact in service.fact if fact.value.years_from}
    if when.field in years:
        low = when.low if when.low is not None else when.at_least
        high = when.high if when.high is not None else when.at_most
        return _age(low, high, world)
    question = service.questions.get(when.field or "")
    if question is None or when.equals is None:
        return None
    return next((option.text() for option in question.options if option.value == when.equals), None)


def _age(low: int | None, high: int | None, world: World) -> Text | None:
    match low, high:
        case int(), int():
            return world.texts.text("guide.age_from_to", low=low, high=high)
        case int(), None:
            return world.texts.text("guide.age_from", low=low)
        case None, int():
            return world.texts.text("guide.age_to", high=high)
    return None


def on_paper(material: Material, world: World) -> Text:
    """A paper to bring with the form it is wanted in, for a list to tick off at home."""
    texts = world.texts
    if material.form == "copy" and material.copies > 1:
        return texts.text("paper.copies", what=material.text(), n=material.copies)
    forms = {"original": "paper.original", "copy": "paper.copy", "photo": "paper.photo"}
    key = forms.get(material.form, "paper.printed_here")
    return texts.text(key, what=material.text())
