"""What has changed from one page to the next, and so how much of it is to be said again. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.flow.numbering import twice
from kiosk.flow.page import Choice, Role
from kiosk.text import EMPTY, Text

if TYPE_CHECKING:
    from screens.resident.visit_thread import Shown


def tries(shown: Shown) -> tuple[str, int]:
    """What makes the same page one to be said again: its language, and one more refused input."""
    return shown.sitting.language, shown.sitting.misses


def ticked(before: Shown | None, shown: Shown) -> Choice | None:
    """The one choice that was ticked or is so no more, where nothing else has changed but words beside it."""
    if before is None or shown.page.error is not None or before.sitting.language != shown.sitting.language:
        return None
    old, new = before.page, shown.page
    if (old.id, old.heading) != (new.id, new.heading) or len(old.choices) != len(new.choices):
        return None
    changed = [after for was, after in zip(old.choices, new.choices, strict=True) if was != after]
    one = changed[0] if len(changed) == 1 else None
    return one if one is not None and one.role is Role.TOGGLE else None


def only_less(before: Shown | None, shown: Shown) -> bool:
    """Has nothing changed but that a line went, as a card was taken away? What is still there was said."""
    if before is None or tries(before) != tries(shown):
        return False
    old, new = before.page, shown.page
    if replace(old, body=()) != replace(new, body=()):
        return False
    return len(new.body) < len(old.body) and all(line in old.body for line in new.body)


def number_called(before: Shown | None, shown: Shown) -> Text | None:
    """A waiting number that is called on the page at rest, to be said twice; empty where one is taken away.
    None where it is about something else."""
    if before is None or before.sitting.called == shown.sitting.called or shown.page.id != before.page.id:
        return None
    called = shown.sitting.called
    if called is None or not called.label:
        return EMPTY
    return twice(shown.page.body[0])


def missed(before: Shown | None, shown: Shown) -> bool:
    """Has listening led to nothing once more? The page need not be said again for that."""
    if before is None or shown.sitting.overlay or tries(before) != tries(shown):
        return False
    return shown.sitting.unheard > before.sitting.unheard
