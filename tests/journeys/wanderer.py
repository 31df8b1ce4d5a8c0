"""Somebody who presses whatever the page offers, now and then what it does not, and comes everywhere."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from tests.journeys.kiosk_terminal import DOWN, ENTER, ESCAPE, F10, KioskTerminal, NeverShown
from tests.journeys.resident import words
from tests.journeys.sights import Sight, seen_in

_CHOICE = re.compile(r"^\W*([1-9])  ?\S", re.MULTILINE)
"""A number before a choice, behind the mark of the focus where it has it."""
STRANGERS = range(4, 8)
"""Fictional people of whom no test keeps count."""
_TRIES = 4
"""Keys on the same page after which something else is tried."""
_WIPE, _PASTE_ENDS = "\x7f" * 20, "\x1b[201~"
_SAME_KEY_APART = 0.08
_FOR_THE_MENU = 5.0


class Wanderer:
    """Random within reason: a key that is not on the page is the exception, or nobody would come far."""

    def __init__(
        self,
        terminal: KioskTerminal,
        chance: random.Random,
        *,
        cards: Sequence[int] = STRANGERS,
        odd_keys: Sequence[bytes] = (),
    ) -> None:
        self._terminal, self._chance = terminal, chance
        self._cards, self._odd_keys = cards, odd_keys
        self._demo_menu = words("demo.heading")
        self.saw: Counter[str] = Counter()
        """How often a key was pressed on a page, by its name in `sights`."""
        self._here, self._tries = "", 0

    def wander(self, seconds: float) -> None:
        """Press on for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self._terminal.ended:
            self.step()

    def step(self) -> None:
        """Look, and do one thing."""
        self._terminal.take(self._chance.uniform(0.0, 0.2))
        text = self._terminal.text
        sight = seen_in(text)
        self.saw[sight.name if sight else "elsewhere"] += 1
        if self._demo_menu in text:
            self._lay_or_lift()
            return
        self._tries = self._tries + 1 if sight and sight.words == self._here else 0
        self._here = sight.words if sight else ""
        at = self._chance.random()
        if self._tries > _TRIES and at < 0.5:
            self._elsewhere()
        elif at < 0.05 and self._cards:
            self._terminal.tap(F10)
            with suppress(NeverShown):  # the visit may just have ended
                self._terminal.shows(self._demo_menu, limit=_FOR_THE_MENU)
                self._lay_or_lift()
        elif at < 0.09:
            self._terminal.tap(ESCAPE)
        elif at < 0.15 and self._odd_keys:
            self._terminal.type(self._chance.choice(self._odd_keys))
        else:
            self._answer(sight)

    def _lay_or_lift(self) -> None:
        """A key meant for the page below would lay a card of people that are counted."""
        self._terminal.tap("0" if self._chance.random() < 0.2 else str(self._chance.choice(self._cards)))
        with suppress(NeverShown):
            self._terminal.until(lambda text: self._demo_menu not in text, _FOR_THE_MENU)

    def _elsewhere(self) -> None:
        """Off a page that takes nothing of this: back, or with an empty field."""
        self._terminal.type(_PASTE_ENDS)
        if self._chance.random() < 0.5:
            self._terminal.tap(*[ESCAPE] * self._chance.randint(1, 4))
        else:
            self._type(_WIPE)

    def _answer(self, sight: Sight | None) -> None:
        """A choice by its number; on a page to type on, something typed, or another way on."""
        numbers = _CHOICE.findall("\n".join(self._terminal.lines))
        if sight and sight.typed and self._chance.random() < 0.8:
            self._type(sight.typed)
            self._terminal.tap(ENTER)
        elif numbers:
            self._terminal.tap(self._chance.choice(numbers))
        else:
            self._terminal.tap(*self._chance.choice(((ENTER,), (DOWN, ENTER), ("3", ENTER), ("1", ENTER))))

    def _type(self, typed: str) -> None:
        """The same key twice in no time at all would count as held down."""
        for key, last in zip(typed, " " + typed, strict=False):
            if key == last:
                self._wait(_SAME_KEY_APART)
            self._terminal.type(key)

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._terminal.take(left)
