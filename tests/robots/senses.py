"""The ear and the eye: each makes of what the kiosk gives it a page as a visitor has it, of nothing else."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass, replace
from itertools import count, takewhile
from pathlib import Path
from typing import Protocol

from rich.cells import cell_len

from kiosk.catalogue import load_catalogue
from kiosk.text import Text
from screens.grid import Grid
from tests.robots.habit import bare
from tests.robots.mind import Offer, Perceived
from tests.screens.sitting_room import Hand
from voice.spoken_forms import spoken


class Sense(Protocol):
    """One way in."""

    def wording(self, text: Text) -> str:
        """How a text arrives by it."""
        ...

    async def perceive(self, hand: Hand) -> Perceived:
        """The page now."""
        ...

    async def focused(self, hand: Hand) -> str:
        """What has the focus now."""
        ...


_ZH, _EN = "一二三四五六七八九", ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NUMBERS = {word: n for words in (_ZH, _EN) for n, word in enumerate(words, 1)}
_NUMBERED = re.compile(rf"^(?:第([{_ZH}])个，|([{_ZH}])，|(?i:({'|'.join(_EN)})), )(.+)$")
"""How a choice is announced, in either language: the first page is in Chinese for everybody."""


class Ear:
    """Hears what is said since the last key, from the speech log, and remembers the page it was about."""

    def __init__(self, language: str, log: Path) -> None:
        self._language, self._log = language, log
        self._heard_so_far = 0
        self._page = Perceived("")
        words = load_catalogue("voice")
        ways = ("digits", "date", "money", "id-number", "text")
        self._to_fill = [bare(spoken(words[f"answer.{way}"].say(language), language)) for way in ways]
        boxes = words["answer.boxes"].say(language).partition("{names}")
        self._to_fill.append(bare(boxes[0]) if len(bare(boxes[0])) > 4 else bare(boxes[2]))
        self._optional = bare(words["answer.optional"].say(language))
        self._chosen = bare(words["choice.chosen"].say(language))

    def wording(self, text: Text) -> str:
        return bare(spoken(text.say(self._language), self._language))

    async def perceive(self, hand: Hand) -> Perceived:
        """Where only a notice was said the page is still the one before."""
        said = _last_page(await self._new_words(hand))
        offers = tuple(self._offers(said))
        everything, words = bare("".join(said)), bare("".join(s for s in said if not _NUMBERED.match(s)))
        to_write = any(way in everything for way in self._to_fill)
        if offers or to_write:
            self._page = Perceived(words, offers, to_write, self._optional in words)
        elif words:
            return replace(self._page, words=self._page.words + words)
        return self._page

    async def focused(self, hand: Hand) -> str:
        said = await self._new_words(hand)
        numbered = _NUMBERED.match(said[-1]) if said else None
        return bare(numbered.groups()[-1] if numbered else said[-1]) if said else ""

    async def _new_words(self, hand: Hand) -> list[str]:
        speaker = hand.app.speaker
        await hand.settle()
        while speaker is not None and speaker.speaking:
            # Again, where a page came by itself while the screen settled: half a page is not enough.
            await hand.until(lambda: not speaker.speaking, "the end of what is said")
        with self._log.open(encoding="utf-8") as log:
            log.seek(self._heard_so_far)
            lines = log.read()
            self._heard_so_far = log.tell()
        events = [json.loads(line) for line in lines.splitlines()]
        return [event["text"] for event in events if event["event"] == "start"]

    def _offers(self, said: list[str]) -> list[Offer]:
        """The last time each number was said."""
        found: dict[int, Offer] = {}
        for sentence in said:
            match = _NUMBERED.match(sentence)
            if match is None:
                continue
            number, words = next(filter(None, match.groups()[:-1])), bare(match.groups()[-1])
            n = _NUMBERS[number.casefold()]
            found[n] = Offer(n, words, chosen=words.endswith(self._chosen))
        return list(found.values())


def _last_page(said: list[str]) -> list[str]:
    """Where another page came up by itself, it begins after the last choice of the one before."""
    begins, before = 0, (0, 0)
    for at, sentence in enumerate(said):
        match = _NUMBERED.match(sentence)
        if match is None:
            continue
        number = _NUMBERS[next(filter(None, match.groups()[:-1])).casefold()]
        if number <= before[0]:
            begins = before[1] + 1
        before = (number, at)
    return said[begins:]


_FOR_A_MOMENT = 1.0
_MARK = "＞"
_TICKED, _BOX = "[x]", re.compile(r"^\[[x ]\] ")


class Eye:
    """Sees the characters on the screen."""

    def __init__(self, language: str) -> None:
        self._language = language

    def wording(self, text: Text) -> str:
        return bare(text.show(self._language))

    async def perceive(self, hand: Hand) -> Perceived:
        await _standing(hand)
        lines, bar = self._rows(hand)
        offers, rest = _split(lines)
        limit = time.monotonic() + _FOR_A_MOMENT
        while not _whole(lines, offers) and time.monotonic() < limit:
            await asyncio.sleep(0.02)
            lines, bar = self._rows(hand)
            offers, rest = _split(lines)
        return Perceived(bare("".join(rest)), tuple(offers), "Esc" in "".join(bar))

    async def focused(self, hand: Hand) -> str:
        await _standing(hand)
        lines, _ = self._rows(hand)
        marked = [line.partition(_MARK)[2] for line in lines if _MARK in line]
        if marked:
            return bare(re.split(r"\s{2,}[1-9]  ?(?=\S)", re.sub(r"^ [1-9] ", "", marked[0]).strip())[0])
        key = next((found[1] for line in lines if (found := re.search(r">(\S+)", line))), "")
        return bare(key)

    @staticmethod
    def _rows(hand: Hand) -> tuple[list[str], list[str]]:
        """The page without its banner, and the bar; captions are what is said."""
        lines = hand.lines
        size, view = hand.app.size, hand.app.view
        grid = Grid(size.width, size.height, view.pitch, view.glyphs)
        end = grid.rows - grid.bar_rows
        return lines[1 : end - grid.caption_rows], lines[end:]


async def _standing(hand: Hand) -> None:
    """Until the picture stands still: what has just gone may be on it for a moment."""
    before: list[str] = []
    while before != (now := hand.lines):
        before = now
        await asyncio.sleep(0)
        await hand.settle()


_NUMBER = re.compile(r"(?:(?:^|(?<=\s))＞ |(?<=\s\s))([1-9])(?=  ?\S| *[▀▄█])(?!  ?\d +\d)(?:  ?)")
"""Before the words of a choice, which may be drawn of blocks; no key with a figure, no figure in a field."""
_TALLEST = 2
"""Rows by which the words of one of two choices in a row may begin above the other's."""
_MARK_AND_NUMBER = 5
_FAR = 1000


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the words of a choice begin on the screen, in cells."""

    number: int
    column: int
    row: int

    def is_beside(self, other: Spot) -> bool:
        """Do they share a row?"""
        return other.column > self.column and abs(other.row - self.row) <= _TALLEST


def spots(lines: list[str]) -> list[Spot]:
    """Of all choices, one below the other or two in a row."""
    found: dict[int, Spot] = {}
    for row, line in enumerate(lines):
        for match in _NUMBER.finditer(line):
            number = int(match[1])
            found.setdefault(number, Spot(number, cell_len(line[: match.end()]), row))
    return [found[number] for number in takewhile(found.__contains__, count(1))]


def _whole(lines: list[str], offers: list[Offer]) -> bool:
    """Is every choice there? The field of the page before may lie over one for a moment."""
    return max((int(match[1]) for line in lines for match in _NUMBER.finditer(line)), default=0) == len(
        offers
    )


def _split(lines: list[str]) -> tuple[list[Offer], list[str]]:
    """The choices with all of their words, and the lines above."""
    there = spots(lines)
    offers = [_offer(spot, there, lines) for spot in there]
    return offers, lines[: min(spot.row for spot in there)] if there else lines


def _offer(spot: Spot, there: list[Spot], lines: list[str]) -> Offer:
    """Its words, down to the next choice in its column, and across to the one beside it."""
    right = min((one.column - _MARK_AND_NUMBER for one in there if spot.is_beside(one)), default=_FAR)
    left = spot.column if any(one.is_beside(spot) for one in there) else 0
    below = [
        one.row for one in there if one.row > spot.row and not one.is_beside(spot) and not spot.is_beside(one)
    ]
    last = min(below, default=len(lines))
    words = _cells(lines[spot.row], spot.column, right)
    rest = [_cells(line, left, right) for line in lines[spot.row + 1 : last]]
    return Offer(spot.number, bare("".join((_BOX.sub("", words), *rest))), words.startswith(_TICKED))


def _cells(line: str, left: int, right: int) -> str:
    """What stands between two columns."""
    kept, at = "", 0
    for character in line:
        kept += character if left <= at < right else ""
        at += cell_len(character)
    return kept
