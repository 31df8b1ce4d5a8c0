"""Commands: what may be said on any page. Pure."""

from __future__ import annotations

from kiosk.ports import Wish
from voice.understanding.expect import Expectation, Wanted
from voice.understanding.naming import Named, is_negated, mentions
from voice.understanding.pack import Pack
from voice.understanding.phrases import Phrase, inside, peelings


def active(expected: Expectation, pack: Pack) -> dict[Phrase, Wish]:
    """The commands that count here: where something binds, "go on" is no way to agree to it."""
    return {said: wish for said, wish in pack.wishes.items() if not (expected.binding and wish is Wish.NEXT)}


def find_wish(said: Phrase, expected: Expectation, pack: Pack) -> Wish | None:
    """A command, said exactly or with the words that people say around one."""
    wishes = active(expected, pack)
    if expected.wanted is Wanted.TEXT:
        return wishes.get(said)
    for words in peelings(said, pack.around.before, pack.around.after):
        if words in wishes:
            return wishes[words]
    return None


def find_wish_inside(
    said: Phrase, options: tuple[Named, ...], expected: Expectation, pack: Pack
) -> Wish | None:
    """A call for somebody inside a longer sentence, unless it says no, or a choice has the word."""
    if is_negated(said, pack) or expected.wanted is Wanted.TEXT:
        return None
    for words, wish in pack.wishes_inside.items():
        if inside(words, said) and not mentions(words, options):
            return wish
    return None
