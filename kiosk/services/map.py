"""A service as an outline in words: what is asked in which order, only when, and where it ends. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

from kiosk.services.condition import Condition
from kiosk.services.guide import Amount
from kiosk.services.model import Fact, Service
from kiosk.services.proof import Proof
from kiosk.services.question import Asked, Question
from kiosk.text import EMPTY, Catalogue, Text, same


class Mark(StrEnum):
    """What a line of the map is about."""

    CONSENT = "consent"
    PROOF = "proof"
    QUESTION = "question"
    ANSWERS = "answers"
    STOP = "stop"
    GOOD_END = "good-end"
    END = "end"
    MATERIAL = "material"
    STAFF = "staff"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `when` is the condition in words, EMPTY where it always holds."""

    mark: Mark
    words: Text
    when: Text = EMPTY
    depth: int = 0


def outline(service: Service, texts: Catalogue) -> tuple[Line, ...]:
    """The whole service from the first page to the last; `texts` is the catalogue `author`."""
    return tuple(_Outline(service, texts).lines())


def condition_words(condition: Condition, service: Service, texts: Catalogue) -> Text:
    """A condition read back: 「打到」是「本人银行卡」."""
    return _Conditions(service, texts).words(condition)


def label_of(name: str, service: Service, texts: Catalogue) -> Text:
    """What people call a question, a part of a list (`goods.price`) or a fact."""
    return _Conditions(service, texts).label(name)


class _Conditions:
    """Conditions in words, by the labels of the questions and options they look at."""

    def __init__(self, service: Service, texts: Catalogue) -> None:
        self._service, self._texts = service, texts
        self._facts = {fact.id: fact for fact in service.fact}

    def words(self, condition: Condition) -> Text:
        """The condition, inner ones included."""
        for key, parts in (("all", condition.every), ("any", condition.some), ("none", condition.neither)):
            if parts is not None:
                how = "any" if key == "none" else key
                joined = self._join([self.words(part) for part in parts], f"when.{how}")
                return self._texts.text("when.none", first=joined) if key == "none" else joined
        return self._join(list(self._comparisons(condition)), "when.all")

    def _comparisons(self, condition: Condition) -> Iterator[Text]:
        name, say = condition.field or "", self._texts.text
        label = self.label(name)
        plain = {"is": condition.equals, "is_not": condition.is_not, "includes": condition.includes}
        for key, value in plain.items():
            if value is not None:
                yield say(f"when.{key}", label=label, value=self._value(name, value))
        if condition.one_of is not None:
            quoted = [say("when.quoted", value=self._value(name, value)) for value in condition.one_of]
            yield say("when.in", label=label, values=self._join(quoted, "when.or"))
        if condition.low is not None and condition.high is not None:
            yield say("when.between", label=label, low=condition.low, high=condition.high)
        else:
            yield from self._bounds(condition, label)
        for key, day in (("before", condition.before), ("after", condition.after)):
            if day is not None:
                yield say(f"when.{key}", label=label, value=day.isoformat())
        if condition.answered is not None:
            yield say("when.answered" if condition.answered else "when.not_answered", label=label)

    def _bounds(self, condition: Condition, label: Text) -> Iterator[Text]:
        bounds = {
            "at_least": (condition.at_least, condition.low),
            "at_most": (condition.at_most, condition.high),
        }
        for key, values in bounds.items():
            for value in values:
                if value is not None:
                    yield self._texts.text(f"when.{key}", label=label, value=value)

    def _join(self, parts: Sequence[Text], key: str) -> Text:
        return reduce(lambda first, second: self._texts.text(key, first=first, second=second), parts)

    def label(self, name: str) -> Text:
        """The name of what is compared."""
        outer, _, inner = name.partition(".")
        question = self._service.questions.get(outer)
        if question is None:
            return self._fact(self._facts[name]) if name in self._facts else same(name)
        items = {item.id: item for item in question.item}
        return items[inner].label.text() if inner in items else question.label.text()

    def _fact(self, fact: Fact) -> Text:
        value = fact.value
        if value.sum:
            labels = [self.label(name) for name in value.sum]
            return self._texts.text("fact.sum", label=self._join(labels, "when.or"))
        key = next(key for key in value.model_fields_set if key != "to")
        label = self.label(getattr(value, key))
        if not key.endswith("_from"):
            return self._texts.text(f"fact.{key}", label=label)
        end = self._texts["fact.today"] if value.to == "today" else self.label(value.to)
        return self._texts.text(f"fact.{key}", label=label, to=end)

    def _value(self, name: str, value: object) -> Text:
        question = self._service.questions.get(name)
        options = {option.value: option for option in question.options} if question else {}
        found = options.get(str(value))
        if name in self._facts and self._facts[name].value.sex_in:
            return self._texts[f"fact.{value}"]
        return found.text() if found else same(str(value))


class _Outline:
    """The lines of a service, in the order a person meets them."""

    def __init__(self, service: Service, texts: Catalogue) -> None:
        self._service, self._texts = service, texts
        self._conditions = _Conditions(service, texts)

    def lines(self) -> Iterator[Line]:
        """Consents, proof, questions with their ends, the end; then papers, notes and what is paid."""
        yield from self._consents("start")
        if self._service.proof is not Proof.CLAIMED:
            yield Line(Mark.PROOF, self._texts[f"map.proof_{self._service.proof}"])
        for number, question in enumerate(self._service.question, 1):
            yield from self._consents(question.id)
            yield from self._question(number, question)
        yield from self._consents("submit")
        yield Line(Mark.END, self._texts["map.check"])
        yield from self._afterwards()

    def _when(self, condition: Condition | None) -> Text:
        if condition is None:
            return EMPTY
        return self._texts.text("when.only", when=self._conditions.words(condition))

    def _consents(self, point: str) -> Iterator[Line]:
        for consent in self._service.consent:
            if consent.before == point:
                key = "map.separate" if consent.separate else "map.consent"
                words = self._texts.text(key, words=consent.text())
                yield Line(Mark.CONSENT, words, self._when(consent.need_if))

    def _question(self, number: int, question: Question) -> Iterator[Line]:
        asked = self._texts.text("map.question", number=number, words=question.ask.text())
        yield Line(Mark.QUESTION, asked, self._when(question.ask_if))
        if question.from_card:
            yield Line(Mark.ANSWERS, self._texts["map.from_card"], depth=1)
        if question.optional:
            yield Line(Mark.ANSWERS, self._texts["map.optional"], depth=1)
        yield from self._answers(question)
        for item in question.item:
            words = self._texts.text("map.item", words=item.ask.text())
            yield Line(Mark.ANSWERS, words, depth=1)
            yield from self._answers(item, depth=2)
        for stop in self._service.stop:
            if stop.after == question.id:
                mark, key = (Mark.GOOD_END, "map.good_end") if stop.good_end else (Mark.STOP, "map.stop")
                words = self._texts.text(key, words=stop.tell.text())
                yield Line(mark, words, self._when(stop.when), depth=1)

    def _answers(self, asked: Asked, depth: int = 1) -> Iterator[Line]:
        if asked.options:
            quoted = [self._texts.text("when.quoted", value=option.text()) for option in asked.options]
            joined = reduce(lambda a, b: self._texts.text("when.or", first=a, second=b), quoted)
            yield Line(Mark.ANSWERS, self._texts.text("map.options", words=joined), depth=depth)

    def _afterwards(self) -> Iterator[Line]:
        say: Callable[..., Text] = self._texts.text
        for material in self._service.material:
            yield Line(
                Mark.MATERIAL, say("map.material", words=material.text()), self._when(material.need_if)
            )
        for note in self._service.staff_note:
            words = Text({"zh": note.zh, "en": note.en})
            yield Line(Mark.STAFF, say("map.staff", words=words), self._when(note.when))
        for amount in self._service.guide.amount:
            yield Line(Mark.PAID, say("map.paid", words=self._sum(amount)), self._when(amount.when))

    def _sum(self, amount: Amount) -> Text:
        if amount.yuan_per_month is not None:
            return self._texts.text("map.month", yuan=amount.yuan_per_month)
        return self._texts.text("map.once", yuan=amount.yuan_once or 0)
