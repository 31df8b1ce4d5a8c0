"""A version that keeps falling in its first day: noted for whoever may go back, and told to staff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.text import Text

_WATCHED = "NOTIFY_SOCKET"
"""Where systemd has started the kiosk, and starts it again, after having gone back."""


def note_fall(state: Path) -> None:
    """The page for staff is reached: noted for the next start, where the version that runs is to be gone back
    from. What cannot be noted changes nothing.
    """
    from contextlib import suppress

    from kiosk.update.first_day import mark

    if _lasts():
        with suppress(OSError):
            mark(state)


def goes_back(state: Path, environment: Mapping[str, str]) -> Callable[[], bool]:
    """Asked after a fall: is the kiosk to end, so that whoever starts it goes back first?"""
    from kiosk.update.first_day import is_marked

    watched = bool(environment.get(_WATCHED))
    # A note that nobody could take away is no reason once the day is over, or the version stays.
    return lambda: watched and is_marked(state) and _lasts()


def _lasts() -> bool:
    """Is the version that runs in its first day, and may be gone back from?"""
    from kiosk.clock import SystemClock
    from kiosk.update.first_day import first_day
    from kiosk.update.program import home
    from kiosk.update.versions import Versions

    folder = home()
    day = first_day(folder) if folder else None
    return bool(folder and day and day.lasts(Versions(folder).current, SystemClock().now()))


def what_staff_must_know() -> tuple[Text, ...]:
    """Why a version that keeps falling was not gone back from; empty where there is nothing of the kind."""
    from kiosk.catalogue import load_catalogue
    from kiosk.update.first_day import first_day
    from kiosk.update.program import home
    from kiosk.update.versions import Versions

    folder = home()
    day = first_day(folder) if folder else None
    if folder is None or day is None or not day.stays(Versions(folder).current):
        return ()
    texts = load_catalogue("box")
    why = "would_lose" if day.why == "store_newer" else "not_possible"
    which = texts.text("version_stays.which", version=day.version)
    return which, texts[f"version_stays.{why}"], texts["version_stays.call"]
