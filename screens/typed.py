"""What stands in a field, and where the caret is in it: one line, or several short boxes. Pure.

Both take keys and pastes in the same words, so whoever serves them need not know which it is.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import Self

from kiosk.flow.page import Entry, Keyboard

_PARTED_BY = frozenset(" -/.,:、，。．年月日号")
"""What people put between the numbers of a date; it leads to the next box."""
_LARGEST = {Keyboard.DATE: (9999, 12, 31)}
"""The largest number that each box takes; the box has room for its figures."""
_LARGEST_ELSE = 9999


@dataclass(frozen=True, slots=True)
class Line:
    """Text of any kind, as long as the entry allows."""

    longest: int
    text: str = field(default="", repr=False)
    caret: int = 0
    empty_boxes: Boxes | None = None
    """The boxes that it stands for, where something was put in that no box takes."""
    gives_way: bool = False
    """Until somebody mends it, it is there to be looked at: what is put in takes the place of all of it."""

    @property
    def value(self) -> str:
        """What the visit is told."""
        return self.text

    def put(self, words: str) -> Line:
        """More at the caret; what is too long is left out."""
        if self.gives_way:
            return replace(self, text="", caret=0, gives_way=False).put(words)
        kept = words[: max(self.longest - len(self.text), 0)]
        text = self.text[: self.caret] + kept + self.text[self.caret :]
        return replace(self, text=text, caret=self.caret + len(kept))

    def holds(self, words: str) -> bool:
        """Is there room for all of it?"""
        return len(words) + (0 if self.gives_way else len(self.text)) <= self.longest

    def erase(self) -> Typed:
        """The character before the caret goes; with the last one the boxes are back."""
        if not self.caret:
            return self
        left = self.text[: self.caret - 1]
        return replace(
            self, text=left + self.text[self.caret :], caret=len(left), gives_way=False
        )._or_boxes()

    def delete(self) -> Typed:
        """The character at the caret goes."""
        left = self.text[: self.caret] + self.text[self.caret + 1 :]
        return replace(self, text=left, gives_way=False)._or_boxes()

    def move(self, by: int) -> Self:
        """The caret to the left or the right."""
        return self.to(self.caret + by)

    def to(self, caret: int) -> Self:
        """The caret to a place; as far as the text goes."""
        return replace(self, caret=min(max(caret, 0), len(self.text)), gives_way=False)

    def first(self) -> Self:
        return self.to(0)

    def last(self) -> Self:
        return self.to(len(self.text))

    def _or_boxes(self) -> Typed:
        return self.empty_boxes if self.empty_boxes and not self.text else self


@dataclass(frozen=True, slots=True)
class Boxes:
    """Short numbers side by side. In a box the caret stands behind what is in it.

    No figure is lost without a word: only the last box, once it was typed full, takes no more.
    """

    longest: int
    """Characters of the line that takes what is no number."""
    most: tuple[int, ...]
    """The largest number of each box."""
    parts: tuple[str, ...] = field(repr=False)
    at: int = 0
    """The box that is typed into."""
    come_to: bool = field(default=True, compare=False)
    """Nothing was typed into it since it was come to: the first figure replaces what stands there."""

    @property
    def value(self) -> str:
        """What the visit is told: the parts joined by a space; nothing where all are empty."""
        return " ".join(self.parts).rstrip()

    def size(self, box: int) -> int:
        """Figures that a box has room for."""
        return len(str(self.most[box]))

    def put(self, words: str) -> Typed:
        """Figures go in from this box on, a full box leads to the next. Anything else makes one line."""
        figures = _plain(words)
        if not all(character in _PARTED_BY or _is_figure(character) for character in figures):
            so_far = "".join(f"{part} " for part in self.parts if part)
            empty = replace(self, parts=("",) * len(self.parts), at=0)
            return Line(self.longest, empty_boxes=empty).put(so_far + words)
        # A whole date in one go is not the rest of what stands there.
        several = len(figures) > self.size(self.at)
        boxes = replace(self, parts=("",) * len(self.parts), at=0) if several else self
        for character in figures:
            boxes = boxes._next_after_it() if character in _PARTED_BY else boxes._figure(character)
        return boxes

    def holds(self, words: str) -> bool:
        """Is there room for all of it? Figures that no box takes are not to be typed at all."""
        return len(words) <= self.longest

    def erase(self) -> Boxes:
        """The last figure of this box goes, or of the one before where it is empty."""
        if not self.parts[self.at]:
            if not self.at:
                return self
            return self.to(self.at - 1).erase()
        return self._with(self.parts[self.at][:-1])

    def delete(self) -> Boxes:
        """This box is empty again."""
        return self._with("")

    def move(self, by: int) -> Boxes:
        """To a box on the left or the right."""
        return self.to(self.at + by)

    def to(self, box: int) -> Boxes:
        """To a box; as far as there are boxes."""
        return replace(self, at=min(max(box, 0), len(self.parts) - 1), come_to=True)

    def first(self) -> Boxes:
        return self.to(0)

    def last(self) -> Boxes:
        return self.to(len(self.parts) - 1)

    def _with(self, part: str) -> Boxes:
        parts = (*self.parts[: self.at], part, *self.parts[self.at + 1 :])
        return replace(self, parts=parts, come_to=False)

    def _next_after_it(self) -> Boxes:
        return self.move(+1) if self.parts[self.at] and not self.come_to else self

    def _figure(self, figure: str) -> Boxes:
        if self._is_full(self.at) and not self.come_to:
            return self
        grown = self._with(("" if self.come_to else self.parts[self.at]) + figure)
        last = self.at == len(self.parts) - 1
        return grown.move(+1) if grown._is_full(self.at) and not last else grown

    def _is_full(self, box: int) -> bool:
        """No further figure can belong to it: "1944" for a year, "3" for a month."""
        part = self.parts[box]
        return len(part) >= self.size(box) or (bool(part) and int(part) * 10 > self.most[box])


Typed = Line | Boxes


def typed_in(entry: Entry) -> Typed:
    """What stands in the field of an entry when its page comes up.

    In a line the caret is behind it; boxes are gone through again from the first one.
    """
    value = " ".join(entry.value.split("\n"))
    if not entry.boxes:
        return Line(entry.longest).put(value)
    count = len(entry.boxes)
    most = _LARGEST.get(entry.keyboard, ())
    boxes = Boxes(entry.longest, (*most, *[_LARGEST_ELSE] * count)[:count], ("",) * count)
    parts = value.split(" ")
    if len(parts) <= count and all(_fits(part, boxes.size(n)) for n, part in enumerate(parts)):
        boxes = replace(boxes, parts=(*parts, *[""] * (count - len(parts))))
        return boxes.first()
    return boxes.put(value)


def _fits(part: str, size: int) -> bool:
    return len(part) <= size and all(map(_is_figure, part))


def _is_figure(character: str) -> bool:
    return character.isascii() and character.isdigit()


def _plain(words: str) -> str:
    """Full-width figures and signs as plain ones."""
    return unicodedata.normalize("NFKC", words)
