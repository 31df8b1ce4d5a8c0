"""A keyboard where words are written: what its keys do to what is half written. Pure."""

from __future__ import annotations

from screens.ways import ERASE, OFFER
from screens.writing import Stroke, Writing

LEFT_TO_THE_OFFERS = ("left", "right", "up", "down")
"""Keys that, while something is offered, walk along it: they are not the field's."""
_PAGES = {"pageup": -1, "pagedown": +1}
_NOT_IN_A_WORD = ("delete", "home", "end")
"""Keys that move in what stands in the field; nothing, while something else is half written there."""


def takes(key: str, writing: Writing) -> bool:
    """Does it take what is offered? A space does not end a letter that is still being looked for."""
    return (key == "enter" and writing.open) or (key == "space" and bool(writing.typed or writing.drawn))


def stroke_for(
    key: str, character: str | None, writing: Writing, before: str, meant: int | None
) -> Stroke | None:
    """What a key does, by Textual's name of it and what it types; None for one of an ordinary field.

    `meant` is the number of the offer that has the focus.
    """
    if takes(key, writing):
        return writing.strike(f"{OFFER}{meant}", before) if meant is not None else None
    if key == "tab":
        return writing.other_way()
    if writing.open:
        if key == "backspace":
            return writing.strike(ERASE, before)
        if key == "escape":
            return Stroke(writing.dropped())
        if key in _PAGES:
            return Stroke(writing.turned(_PAGES[key]))
        if key in _NOT_IN_A_WORD:
            return Stroke(writing)
    if character is not None and character.isprintable():
        return writing.press(character, before)
    return None
