"""A receipt printer on a serial line: asked before and after, and never sent the same paper twice."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kiosk.config import DeviceSettings
from kiosk.devices.escpos.meaning import ready_to_print
from kiosk.devices.events import Paper, PrinterState
from kiosk.devices.on_demand import PrinterLine
from kiosk.devices.port import PortGone
from kiosk.flow.document import Document
from kiosk.paper.font import MissingSign, NoFont
from kiosk.paper.receipt import receipt_bytes, receipt_lines
from kiosk.ports import PrintTrouble

log = logging.getLogger(__name__)

NOT_PRINTED, NO_SUCH_SIGN = "trouble.not_printed", "trouble.no_such_sign"
NO_PAPER, COVER_OPEN = "trouble.not_printed_no_paper", "trouble.not_printed_open"
PAPER_ENDED, HALF_PRINTED = "trouble.not_printed_ended", "trouble.not_printed_half"


class ReceiptPrinter:
    """Prints on a roll. The port is open only while something is printed."""

    def __init__(self, setting: DeviceSettings, told: Callable[[PrinterState], None] | None = None) -> None:
        """`told`: hears how the printer is, each time that it was asked."""
        self._setting, self._told = setting, told or _to_nobody

    def print(self, document: Document, language: str) -> None:
        """Nothing is sent to a printer that says it cannot: it would print it later, for somebody else."""
        paper = self._paper(document, language)
        try:
            line = PrinterLine(self._setting)
        except PortGone as gone:
            raise _trouble(NOT_PRINTED, gone.reason.value) from None
        with line:
            before = self._ready(line)
            try:
                line.send(paper)
                after = line.settled(before)
                self._told(after)
            except PortGone as gone:
                raise _trouble(HALF_PRINTED, gone.reason.value) from None
        if not ready_to_print(after):
            raise _trouble(PAPER_ENDED if after.paper is Paper.OUT else HALF_PRINTED, "it stopped")
        if after.paper is Paper.LOW:
            log.warning("the receipt printer has little paper left")

    def _paper(self, document: Document, language: str) -> bytes:
        try:
            lines = receipt_lines(document, self._setting.columns, language)
            return receipt_bytes(lines, self._setting.encoding)
        except NoFont:
            raise _trouble(NOT_PRINTED, "no Chinese font on this machine to draw with") from None
        except MissingSign as missing:
            log.error("not printed: receipt printers lack %d signs", len(missing.signs))
            raise PrintTrouble(NO_SUCH_SIGN, missing.signs) from None

    def _ready(self, line: PrinterLine) -> PrinterState:
        """How it is, when it can print. Raises PrintTrouble."""
        try:
            state = line.state()
        except PortGone as gone:
            raise _trouble(NOT_PRINTED, gone.reason.value) from None
        self._told(state)
        if ready_to_print(state):
            return state
        if state.cover_open:
            raise _trouble(COVER_OPEN, "cover open")
        if state.paper is Paper.OUT:
            raise _trouble(NO_PAPER, "no paper")
        raise _trouble(NOT_PRINTED, "it says it cannot")


def _to_nobody(state: PrinterState) -> None:
    """Nobody wants to know."""


def _trouble(key: str, why: str) -> PrintTrouble:
    """`why` is for the log: never of what is printed."""
    log.error("not printed: %s", why)
    return PrintTrouble(key)
