"""A resident at the kiosk who reads each page and presses what leads to a receipt."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from kiosk.catalogue import load_catalogue
from kiosk.paths import data_dir
from kiosk.services.groups import load_groups
from kiosk.services.load import load_shelf
from kiosk.services.model import Service
from kiosk.services.question import CHOSEN_KINDS
from tests.journeys.kiosk_terminal import (
    ENTER,
    F10,
    PATIENCE,
    PRESS_AGAIN,
    KioskTerminal,
    NeverShown,
)
from tests.slowness import slowness

ZHANG = {
    "who": "self",
    "birth_date": "1944 3 5",
    "hukou": "local",
    "name": "张桂芳",
    "id_number": "990101194403050029",
    "phone": "",
    "account": "sscard",
}
"""What somebody types who has no card with her."""
NUMBER = re.compile(r"办件编号：(\d{8}-?\d{8}|\d+(?:-\d+)+)")
FIRST_PAGE_PRESS_AGAIN = 0.3
"""The first page is on the screen before it listens."""


class Glass(Protocol):
    """A kiosk as somebody has it who stands before it."""

    @property
    def text(self) -> str:
        """What is on it, without the spaces."""
        ...

    @property
    def ended(self) -> bool:
        """It is there no more."""
        ...

    @property
    def too_soon(self) -> float:
        """Seconds until the next key may come."""
        ...

    def take(self, timeout: float) -> object:
        """Look on for so long."""
        ...

    def tap(self, *keys: str) -> None:
        """Press keys, as fast as a person can."""
        ...

    def type(self, keys: str) -> None:
        """Press keys one after another."""
        ...

    def picture(self) -> str:
        """For a failure's message."""
        ...


class TimeIsUp(Exception):
    """The moment came for which this resident was to stop."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What is done on a page: the choice with these words, or these keys."""

    choice: str = ""
    typed: str | None = None


def words(key: str) -> str:
    """What the program shows in Chinese for a catalogue key, without spaces."""
    return squeezed(load_catalogue("resident")[key].show("zh"))


def squeezed(shown: str) -> str:
    return "".join(shown.split())


@cache
def allowance() -> Service:
    return load_shelf(data_dir() / "services").services["elderly-allowance"]


def habits(answers: Mapping[str, str]) -> dict[str, Habit]:
    """By words that stand on one page only. Consents first: they share a heading."""
    service = allowance()
    known = {squeezed(c.text().show("zh"))[:12]: Habit(words("consent.yes")) for c in service.consent}
    for question in service.question:
        given = answers.get(question.id, "")
        if question.type in CHOSEN_KINDS:
            labels = {option.value: squeezed(option.text().show("zh")) for option in question.options}
            habit = Habit(labels.get(given, ""))
        else:
            habit = Habit(typed=given)
        for for_self in (True, False):
            known[squeezed(question.text(for_self=for_self).show("zh"))] = habit
    pages = {
        "language.heading": "language.zh",
        "welcome.heading": "welcome.go",
        "card.heading": "card.without",
        "home.heading": "home.do",
        "keep.heading": "keep.yes",
        "whose.heading": "whose.subject",
        "check.heading": "check.go",
        "sign.heading": "sign.key",
        "submit.heading": "submit.submit",
        "receipt.heading": "common.leave",
        "goodbye.heading": "goodbye.done",
        "goodbye.take_it": "goodbye.done",
        "consent.heading": "consent.yes",
        "proof.presented": "proof.later",
        "same_case.heading": "same_case.again",
        "same_case.heading_maybe": "same_case.again",
        "same_case_why.heading": "same_case.changed",
        "papers.heading": "papers.no",
    }
    known |= {words(page)[:12]: Habit(words(choice)) for page, choice in pages.items()}
    group = load_groups(data_dir() / "services")[service.group]
    in_group = load_catalogue("resident").text("doors.do_in", group=group)
    known[words("doors.do_groups")] = Habit(squeezed(group.show("zh")))
    known[squeezed(in_group.show("zh"))] = Habit(squeezed(service.title.text().show("zh")))
    return known


class Resident:
    """Goes from page to page. `changed` overrides what is chosen on a page, by catalogue keys."""

    def __init__(
        self,
        terminal: Glass,
        answers: Mapping[str, str] = ZHANG,
        changed: Mapping[str, str] | None = None,
        *,
        until: float = float("inf"),
    ) -> None:
        self._terminal, self._until = terminal, until
        self._habits = habits(answers)
        for page, choice in (changed or {}).items():
            self._habits[words(page)[:12]] = Habit(words(choice))
        self.receipts: list[str] = []
        """Case numbers as they stood on the screen."""

    def go_to(self, *pages: str, limit: float = 2 * PATIENCE) -> str:
        """Answer every page until one of these (catalogue keys of headings, or words) is there."""
        wanted = [squeezed(words(page) if "." in page else page)[:12] for page in pages]
        end = time.monotonic() + limit
        while True:
            here = self._page(wanted)
            if here in wanted:
                return here
            if time.monotonic() > end:
                raise NeverShown(f"{pages} was never reached; there is:\n" + self._terminal.picture())
            self._answer(here)

    def stop_after(self, seconds: float) -> None:
        """TimeIsUp comes so long from now."""
        self._until = time.monotonic() + seconds

    def hand_in(self, then: float) -> None:
        """On the submit page: wait till it listens, press the key, and look on for so long."""
        self._wait(0.9)
        key = _number(self._terminal.text, words("submit.submit"))
        assert key is not None, self._terminal.picture()
        self._terminal.tap(key)
        self._wait(then)

    def choose(self, key: str) -> None:
        """The choice with these words (a catalogue key), until it is there no more."""
        label = words(key)
        self._press(label)
        limit = time.monotonic() + PATIENCE
        while _number(self._terminal.text, label) is not None:
            self._see(lambda text: _number(text, label) is None, PRESS_AGAIN, patient=True)
            if time.monotonic() > limit:
                raise NeverShown(f"{key} does nothing; there is:\n" + self._terminal.picture())
            if _number(self._terminal.text, label) is not None:
                self._press(label)

    def press_once(self, key: str, then: float) -> None:
        """The choice with these words, once it is there; then look on for so long."""
        self._press(words(key))
        self._wait(then)

    def _press(self, label: str) -> None:
        self._see(lambda text: _number(text, label) is not None, PATIENCE)
        self._wait(self._terminal.too_soon)
        self._terminal.tap(_number(self._terminal.text, label) or "")

    def look_for_receipt(self) -> None:
        """Remember the number, where one is on the screen."""
        if found := NUMBER.search(self._terminal.text):
            self._note(found[1])

    def fall(self) -> float:
        """The plug is pulled on the sitting: the seconds until the next person can begin."""
        terminal = self._terminal
        assert isinstance(terminal, KioskTerminal)
        at = len(terminal.raw)
        while not terminal.kill_sitting():
            terminal.take()
        terminal.take(0)
        self.look_for_receipt()
        pages = load_catalogue("resident")["crash.heading"], load_catalogue("box")["out_of_order.heading"]
        headings = [page.show("zh").encode() for page in pages]
        seconds = terminal.until(
            lambda _: any(heading in terminal.raw[at:] for heading in headings), what="the page to wait by"
        )
        return seconds + terminal.shows(words("language.heading")[:12])

    def lay(self, person: int) -> None:
        """Lay a fictional person's card, by the demo's menu."""
        self._menu(str(person))

    def come_with(self, person: int) -> bool:
        """Lay the card and wait for what it brings: true where a kept draft is offered."""
        self.lay(person)
        draft, home = words("draft.body")[:12], words("home.heading")
        self._see(lambda text: draft in text or home in text, PATIENCE)
        return draft in self._terminal.text

    def lift(self) -> None:
        """Take the card away."""
        self._menu("0")

    def _menu(self, key: str) -> None:
        limit = time.monotonic() + 2 * PATIENCE
        while words("demo.heading") not in self._terminal.text:
            # A page that has just come takes no key yet.
            self._terminal.tap(F10)
            self._see(lambda text: words("demo.heading") in text, PRESS_AGAIN, patient=True)
            if time.monotonic() > limit:
                raise NeverShown("F10 does nothing; there is:\n" + self._terminal.picture())
        self._terminal.tap(key)
        self._see(lambda text: words("demo.heading") not in text, PATIENCE)

    def _page(self, wanted: list[str]) -> str:
        """The words by which the page is known: what stands there when the next key may be pressed."""
        self._wait(self._terminal.too_soon)
        known = [*wanted, *self._habits]
        self._see(lambda text: any(word in text for word in known), PATIENCE)
        text = self._terminal.text
        return next(word for word in known if word in text)

    def _answer(self, here: str) -> None:
        habit, before = self._habits[here], self._terminal.text
        self.look_for_receipt()
        more = False
        if habit.typed is not None:
            self._type(habit.typed, before)
        else:
            key = _number(before, habit.choice)
            more = key is None
            key = key or _number(before, words("common.more"))
            if key is None:
                self._pass(0.05)
                return
            if here == words("submit.heading")[:12]:
                self._wait(0.9)
            self._terminal.tap(key)
        self._see(
            lambda text: here not in text or (more and _choices(text) != _choices(before)),
            FIRST_PAGE_PRESS_AGAIN if here == words("language.heading")[:12] else PRESS_AGAIN,
            patient=True,
        )

    def _type(self, typed: str, before: str) -> None:
        """Once, then Enter. The same key twice in no time at all would count as held down."""
        if squeezed(typed) not in before:
            for key, last in zip(typed, " " + typed, strict=False):
                if key == last:
                    # Read in one go by a kiosk that was kept from reading, they would count as held, too.
                    self._wait(0.08 * slowness())
                self._terminal.type(key)
        self._terminal.tap(ENTER)

    def _note(self, number: str) -> None:
        if number not in self.receipts:
            self.receipts.append(number)

    def _see(self, seen: Callable[[str], bool], limit: float, *, patient: bool = False) -> None:
        begun, measured = time.monotonic(), False
        while not seen(self._terminal.text):
            self._pass(0.02)
            if time.monotonic() - begun > limit:
                if not measured:
                    limit, measured = limit * slowness(), True
                elif patient:
                    return
                else:
                    raise NeverShown("nothing known is there:\n" + self._terminal.picture())

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._pass(left)

    def _pass(self, seconds: float) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeIsUp
        self._terminal.take(min(seconds, left))
        if self._terminal.ended:
            raise NeverShown("the kiosk has ended:\n" + self._terminal.picture())


def _number(text: str, label: str) -> str | None:
    """The number before a choice."""
    found = re.search(rf"([1-9]){re.escape(label[:6])}", text) if label else None
    return found[1] if found else None


def _choices(text: str) -> list[str]:
    return re.findall(r"[1-9]\D{1,4}", text)
