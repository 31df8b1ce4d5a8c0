"""A visitor at the keypad: one sense, one mind, and the keys of a number block."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from textual.worker import WorkerCancelled

from kiosk.catalogue import load_catalogue
from kiosk.hanzi.readings import syllables
from screens.ways import NINE
from tests.robots.habit import BACK, Press, bare
from tests.robots.mind import TAKE, Deed, GoTo, Lay, Lift, Mind, Perceived, Return, Stuck, Wait, Write
from tests.robots.purpose import KNOWN_CODE
from tests.robots.senses import Sense
from tests.screens.sitting_room import PATIENCE, Hand

KEYPAD = {
    **{digit: digit for digit in "0123456789"},
    ".": "full_stop",
    "*": "asterisk",
    "/": "slash",
    "+": "plus",
    "-": "minus",
    **{name: name for name in ("enter", "up", "down", "left", "right")},
}
"""What a number block has, by the names of its keys."""
IN_NO_HURRY = 1.0
"""Seconds from one key to the next; longer than the last page before a receipt takes no key."""
MOST_STEPS = 250
A_MOMENT = 0.1
MOST_KEYS_ALONG = 40


_ONLY_ON_THE_SCREEN = "X"
"""The last figure of some identity numbers, which no keypad has."""


def _runs(words: str) -> list[str]:
    """What can be typed in one go, and what cannot."""
    if not words.strip("Xx").isdigit():
        return [words]
    return [run for run in re.split(r"(X)", words.upper()) if run]


def nine_keys_for(character: str) -> str:
    """The keys of a telephone for the sound of a character, as one learns them in school."""
    return "".join(nine_key_of(letter) for letter in syllables(character)[0].rstrip("12345"))


def nine_key_of(letter: str) -> str:
    """The key with that letter on it."""
    return next(key for key, letters in NINE.items() if letter in letters)


class Reader(Protocol):
    """Where a card can be laid."""

    def lay(self) -> None:
        """The visitor's own."""
        ...

    def lift(self) -> None:
        """Away with it."""
        ...


class Visitor:
    """Goes on until the visit is over, or they are stuck."""

    def __init__(self, hand: Hand, sense: Sense, mind: Mind, reader: Reader) -> None:
        self._hand, self._sense, self._mind, self._reader = hand, sense, mind, reader
        self._since = 0.0
        self.way: list[tuple[Perceived, Deed]] = []
        """All that was perceived and done, for whoever wants to know why they got stuck."""

    async def visit(self, watched: Callable[[], None] = lambda: None) -> None:
        """From the first page to the end; `watched` is called at every page."""
        while self._hand.app._exit is False:
            seen = await self._sense.perceive(self._hand)
            try:
                deed = self._mind.decide(seen)
            except Stuck as stuck:
                raise Stuck(f"{stuck}\n{self.told()}") from None
            self.way.append((seen, deed))
            watched()
            if len(self.way) > MOST_STEPS and not isinstance(deed, Wait):
                raise Stuck(f"no end in sight\n{self.told()}")
            with self._perhaps_the_last():
                await self._do(deed)
        await self._hand.ends()

    def told(self, last: int = 6) -> str:
        """The last pages as they were perceived."""
        return "\n".join([self.walked(last), *self._hand.lines])

    def walked(self, last: int = 60) -> str:
        """What was done, and after which words."""
        return "\n".join(f"{deed} after {seen.words!r} {seen.offers}" for seen, deed in self.way[-last:])

    @contextmanager
    def _perhaps_the_last(self) -> Iterator[None]:
        """What a key began is broken off where it ended the visit."""
        try:
            yield
        except WorkerCancelled:
            if self._hand.app._exit is False:
                raise

    async def _do(self, deed: Deed) -> None:
        match deed:
            case Press(key):
                await self._press(key)
            case Write(words, by_keys):
                await (self._spell(words) if by_keys else self._write(words))
                await asyncio.sleep(0.05)
                await self._hand.settle()
            case Return():
                await self._press("down")
                await self._on_until(self._mind.go, "down")
                await self._press(BACK)
            case GoTo(words):
                await self._go_to(words)
            case Wait():
                await self._wait()
            case Lay():
                await self._after(self._reader.lay)
            case Lift():
                await self._after(self._reader.lift)

    async def _press(self, key: str) -> None:
        await self._hand.presses(KEYPAD[key], apart=IN_NO_HURRY)

    async def _write(self, words: str) -> None:
        for run in _runs(words):
            if run in _ONLY_ON_THE_SCREEN:
                await self._along_the_keys_to(bare(run))
            elif set(run) <= KEYPAD.keys() and run != KNOWN_CODE:
                await self._hand.types(run)
            else:
                await self._as_from_an_input_method(run)
        await self._press(TAKE)

    async def _as_from_an_input_method(self, words: str) -> None:
        """All that these visitors do not do with a number block: words, and a code in a field for words: its
        last figures would be taken for a syllable."""
        await self._hand.pastes(words)

    async def _spell(self, name: str) -> None:
        """With the number block and what the keys on the screen offer, nothing else."""
        if not name.isascii():
            await self._on_nine_keys([(nine_keys_for(one), bare(one)) for one in name])
            await self._press(TAKE)
            return
        await self._press("down")
        texts = load_catalogue("resident")
        nine = self._sense.wording(texts.text("bar.key_nine", figure="2", letters="a b c"))
        if await self._on_until("a", "right", nine, "abc") == "a":
            await self._on_the_alphabet(name.casefold())
            return
        await self._on_nine_keys([(nine_key_of(letter), letter) for letter in name.casefold()])
        await self._press(TAKE)

    async def _on_nine_keys(self, parts: list[tuple[str, str]]) -> None:
        """The keys of each, then along what is offered for them."""
        for keys, wanted in parts:
            for key in keys:
                await self._press(key)
            await self._on_until(wanted, "right")
            await self._press(TAKE)

    async def _on_the_alphabet(self, letters: str) -> None:
        """From one letter to the next, beginning at the first of all; then on."""
        at = "a"
        for letter in letters:
            if letter != at:
                await self._on_until(letter, "right" if letter > at else "left")
            await self._press(TAKE)
            at = letter
        await self._on_until(self._mind.go, "down")
        await self._press(TAKE)

    async def _along_the_keys_to(self, name: str) -> None:
        """From the field down to the keys on the screen, along them, and back up."""
        await self._press("down")
        await self._on_until(name, "right")
        await self._press(TAKE)
        await self._press("up")

    async def _go_to(self, words: str) -> None:
        await self._press("down")
        await self._on_until(words, "down")
        await self._press(TAKE)

    async def _on_until(self, words: str, key: str, *others: str) -> str:
        """Which of these it was. Of a single letter no other key begins with it that is meant."""
        for _ in range(MOST_KEYS_ALONG):
            now = await self._sense.focused(self._hand)
            for one in (words, *others):
                if now in (one, f"capital{one}") or (len(one) > 1 and now.startswith(one)):
                    return one
                if len(one) == 1 and not one.isascii() and now.startswith(one):
                    return one
            await self._press(key)
        raise Stuck(f"{words!r} is not to be found with {key}\n{self.told()}")

    async def _after(self, act: Callable[[], None]) -> None:
        """Till what was done with a card shows."""
        before, limit = self._hand.lines, time.monotonic() + PATIENCE
        act()
        while self._hand.app._exit is False and self._hand.lines == before:
            if time.monotonic() > limit:
                raise Stuck(f"no card is noticed\n{self.told()}")
            await asyncio.sleep(A_MOMENT)
        await self._hand.settle()

    async def _wait(self) -> None:
        """For what is under way, a moment at a time: it may have come since one last looked."""
        if self.way[-2:-1] != self.way[-1:]:
            self._since = time.monotonic()
        if time.monotonic() - self._since > PATIENCE:
            raise Stuck(f"waited in vain\n{self.told()}")
        await asyncio.sleep(A_MOMENT)
        await self._hand.settle()
