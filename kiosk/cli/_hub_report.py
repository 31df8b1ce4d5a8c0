"""How this kiosk is, for its hub: from the store, the notes of sittings and the morning check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import __version__
from kiosk.cli._parts import PAPER, READER, SOUND
from kiosk.hub.report import Paper, Reader, Report, Sound

if TYPE_CHECKING:
    from kiosk.config import Settings
    from kiosk.ports import Clock
    from kiosk.selftest.report import Kept
    from kiosk.sitting.parts import Noted
    from kiosk.store import Store

_CHECKED_AS = {READER: "identity_card", PAPER: "printer", SOUND: "sound"}
"""What the morning check calls them."""
_GOOD = {READER: Reader.THERE, PAPER: Paper.ENOUGH, SOUND: Sound.ON}
_BAD = {READER: Reader.AWAY, PAPER: Paper.STUCK, SOUND: Sound.AWAY}


def report_of(settings: Settings, state: Path, store: Store, clock: Clock) -> Report:
    """As things stand now. Nothing in it is of a person. Raises StoreTrouble."""
    from kiosk.selftest.report import BY_HAND, latest
    from kiosk.sitting.parts import read_parts

    waiting, checked, noted = store.waiting_for_hub(), latest(state), read_parts(state)
    tried = latest(state, BY_HAND)
    return Report(
        version=__version__,
        said_at=clock.now(),
        waiting=waiting.parcels,
        oldest=waiting.oldest,
        calls=len(store.open_calls()),
        reader=_reader(settings, noted, checked),
        paper=_paper(settings, noted, checked),
        sound=_known(SOUND, noted, checked) if settings.voice.sound else Sound.OFF,
        certificate_ends=_ends(settings),
        checked_at=checked.at if checked else None,
        checked=checked.state if checked else "",
        wants_look=_not_good(checked),
        tried_at=tried.at if tried else None,
        tried=tried.state if tried else "",
        tried_look=_not_good(tried),
    )


def _not_good(kept: Kept | None) -> str:
    return " ".join(sorted(part for part, how in kept.parts.items() if how != "good")) if kept else ""


def _reader(settings: Settings, noted: Mapping[str, Noted], checked: Kept | None) -> str:
    if not any(one.purpose == "identity_card" for one in settings.device):
        return Reader.NONE
    return _known(READER, noted, checked)


def _paper(settings: Settings, noted: Mapping[str, Noted], checked: Kept | None) -> str:
    if settings.receipt_printer is None:
        return Paper.NO_PRINTER
    return _known(PAPER, noted, checked)


def _known(part: str, noted: Mapping[str, Noted], checked: Kept | None) -> str:
    """Whichever is newer, the note or the check. What the check only looked at says nothing new."""
    note = noted.get(part)
    how = checked.parts.get(_CHECKED_AS[part], "") if checked else ""
    if checked and how in {"good", "bad"} and (note is None or checked.at > note.at):
        return _GOOD[part] if how == "good" else _BAD[part]
    return note.word if note else ""


def _ends(settings: Settings) -> datetime | None:
    """Of what this box shows over HTTPS; None where it shows nothing, or nothing that can be read."""
    from kiosk.hub.certificates import ends_at

    if not settings.hub.certificate:
        return None
    try:
        return ends_at(Path(settings.hub.certificate).read_bytes())
    except (OSError, ValueError):
        return None
