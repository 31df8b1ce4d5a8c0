"""Every text of a service with its place, in the order of the file's parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.services.model import Service
from kiosk.services.positions import Part
from kiosk.services.question import Question
from kiosk.services.wording import Record

OFFICIAL = {"law", "staff_note", "title"}
"""Texts with official names in them: an act of law, a reminder for staff, a service, a paper."""
SAID_ALONE = {"ask", "ask_self", "tell", "consent", "other"}
"""Texts that are a sentence of their own when they are said."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    path: tuple[Part, ...]
    """Of the part that has `zh` and `en`."""
    role: str
    """What it is: the key that holds it (`"ask"`), or the group of the part (`"options"`, `"consent"`)."""
    zh: str
    en: str
    say_zh: str | None = None
    say_en: str | None = None
    say_path: tuple[Part, ...] = ()
    """Of the part that holds how it is said, where that is another one."""

    @property
    def said_zh(self) -> str:
        """As it is said in Chinese."""
        return self.say_zh or self.zh

    @property
    def said_en(self) -> str:
        """As it is said in English."""
        return self.say_en or self.en

    def at(self, language: str) -> tuple[Part, ...]:
        """The key of one of its languages."""
        return (*self.path, language)

    def said_at(self, language: str) -> tuple[Part, ...]:
        """The key of what is said in one of its languages."""
        if self.say_path:
            return (*self.say_path, language)
        return self.at(f"say_{language}" if getattr(self, f"say_{language}") else language)


def texts_of(service: Service) -> list[Words]:
    """All texts that people or staff meet."""
    return list(_within(service, ()))


def _within(part: object, path: tuple[Part, ...]) -> Iterator[Words]:
    if isinstance(part, tuple):
        for number, one in enumerate(part):
            yield from _within(one, (*path, number))
    if not isinstance(part, Record):
        return
    zh, en = getattr(part, "zh", None), getattr(part, "en", None)
    if isinstance(zh, str) and isinstance(en, str):
        role = next((str(key) for key in reversed(path) if isinstance(key, str)), "")
        said = (getattr(part, "say_zh", None), getattr(part, "say_en", None))
        yield Words(path, role, zh, en, *said)
        return
    for name, field in type(part).model_fields.items():
        value, key = getattr(part, name), field.alias or name
        if isinstance(part, Question) and name == "ask":
            yield _asked(part, (*path, key))
        elif name != "say":
            yield from _within(value, (*path, key))


def _asked(question: Question, path: tuple[Part, ...]) -> Words:
    """The question with what its `say` says instead."""
    ask, say = question.ask, question.say
    said = (say.zh or ask.say_zh, say.en or ask.say_en)
    return Words(path, "ask", ask.zh, ask.en, *said, (*path[:-1], "say") if say.zh else ())
