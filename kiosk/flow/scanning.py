"""What a scanned code means on the page it comes to. It is a claim, never a proof and never a command."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from kiosk.flow import querying
from kiosk.flow.fields.base import tidy
from kiosk.flow.moves import Back, Choose, Draw, Enter, Move, Overlay, Scanned
from kiosk.flow.page import PageKind
from kiosk.flow.pages.codes import FOR_RECEIPTS, code_helps, takes_code
from kiosk.flow.pages.now import page_of
from kiosk.flow.path import StepKind
from kiosk.flow.sitting import Sitting, Turn, World
from kiosk.flow.walking import page_of_path
from kiosk.services.question import FieldKind

_RECEIPT = re.compile(r"([0-9]{4})-?([0-9]{2})([0-9]{2})-?[0-9]{8}")
_NOT_NOW = {Overlay.CALLED, Overlay.TROUBLE}
"""Over these nothing is scanned; help and the warning give way to a code."""


def put_aside(sitting: Sitting, move: Move) -> Sitting:
    """What was said of the last code goes with the person's next step; a reading back waits for its yes."""
    if not (sitting.code_trouble or sitting.scanned) or not isinstance(move, Choose | Enter | Draw | Back):
        return sitting
    return replace(sitting, code_trouble="", scanned=sitting.scanned and sitting.offer is not None)


def receipt_number(text: str) -> str | None:
    """The number of a receipt, where a code is nothing else; a row of sixteen digits without a day is not."""
    found = _RECEIPT.fullmatch(tidy(text))
    if found is None:
        return None
    try:
        date(*map(int, found.groups()))
    except ValueError:
        return None
    return found[0]


def scanned(sitting: Sitting, move: Scanned, world: World, entered: Callable[[Sitting, Enter], Turn]) -> Turn:
    """A code on any page. `entered` makes the move of somebody who has typed its text there."""
    if sitting.overlay in _NOT_NOW or sitting.place == "goodbye" or sitting.card_left:
        return Turn(sitting)
    here = _before_the_last_code(sitting)
    number = receipt_number(move.text)
    if number is not None and here.place in FOR_RECEIPTS:
        return querying.by_code(here, number)
    if here.place == "language":
        return Turn(sitting)
    page = page_of(here, world)
    if not move.text:
        return _trouble(here, "scan.unreadable") if code_helps(page) else Turn(sitting)
    if page.kind is PageKind.CARD:
        return _trouble(here, "scan.lay_card")
    if page.entry is None or not takes_code(page) or _is_address(here, world):
        return _trouble(here, "scan.not_needed")
    if len(move.text) > page.entry.longest:
        return _trouble(here, "scan.too_long")
    return entered(replace(here, scanned=True), Enter(move.text))


def _before_the_last_code(sitting: Sitting) -> Sitting:
    """Whoever scans again has not meant what is read back."""
    here = replace(sitting, overlay=Overlay.NONE, code_trouble="")
    return replace(here, offer=None, scanned=False, typed="") if sitting.scanned else here


def _trouble(sitting: Sitting, key: str) -> Turn:
    return Turn(replace(sitting, code_trouble=key))


def _is_address(sitting: Sitting, world: World) -> bool:
    """The parts of an address are not read back: they are chosen, or written by hand."""
    kind, _, subject = page_of_path(sitting.place).partition(":")
    if kind != StepKind.QUESTION:
        return False
    return world.services[sitting.service].find_question(subject).type is FieldKind.ADDRESS
