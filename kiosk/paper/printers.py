"""Printers: a receipt printer, a queue of CUPS, or a folder that another program prints from."""

from __future__ import annotations

import logging
import os
import secrets
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import Settings
from kiosk.flow.document import Document
from kiosk.paper.font import MissingSign, NoFont, find_font
from kiosk.ports import Printer, PrintTrouble

if TYPE_CHECKING:
    from kiosk.devices.events import PrinterState

log = logging.getLogger(__name__)

NOT_PRINTED, NO_SUCH_SIGN = "trouble.not_printed", "trouble.no_such_sign"
_JOB = "bangban"
"""The title of every job: queues show it to everybody."""
_PATIENCE = 8.0
"""Seconds in which a queue must have taken a job."""


class QueuePrinter:
    """Prints through `lp`; what the queue does with the job afterwards is the queue's."""

    def __init__(self, queue: str, program: str = "lp") -> None:
        self._order = [program, "-s", "-t", _JOB, "-d", queue]

    def print(self, document: Document, language: str) -> None:
        """The PDF goes in through a pipe: it never lies in a file of ours."""
        drawn = _drawn(document, language)
        try:
            # What it prints is not read: a pipe would wait for whatever it leaves running in the background.
            done = subprocess.run(
                self._order,
                input=drawn,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as fault:
            log.error("not printed: %s", type(fault).__name__)
            raise PrintTrouble(NOT_PRINTED) from None
        if done.returncode:
            log.error("not printed: the queue refused, code %d", done.returncode)
            raise PrintTrouble(NOT_PRINTED)


class FolderPrinter:
    """Puts each paper into a folder, whole or not at all, under a name that tells nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print(self, document: Document, language: str) -> None:
        """Readable by whoever runs the kiosk only."""
        drawn = _drawn(document, language)
        name = secrets.token_hex(8)
        begun = self._folder / f".{name}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(drawn)
            begun.rename(self._folder / f"{name}.pdf")
        except OSError as fault:
            with suppress(OSError):
                begun.unlink()
            log.error("not printed: %s", type(fault).__name__)
            raise PrintTrouble(NOT_PRINTED) from None


def printer_for(settings: Settings, told: Callable[[PrinterState], None] | None = None) -> Printer | None:
    """The printer that the settings name: a receipt printer before the queue, the queue before the folder.

    `told`: hears how a receipt printer is, before and after each paper.
    """
    return roll_printer(settings, told) or sheet_printer(settings)


def roll_printer(settings: Settings, told: Callable[[PrinterState], None] | None = None) -> Printer | None:
    """The receipt printer, where there is one."""
    if not settings.receipt_printer:
        return None
    from kiosk.paper.receipt_printer import ReceiptPrinter

    return ReceiptPrinter(settings.receipt_printer, told)


def sheet_printer(settings: Settings) -> Printer | None:
    """What prints A4: the queue before the folder."""
    if settings.printer.queue:
        return QueuePrinter(settings.printer.queue)
    return FolderPrinter(Path(settings.printer.folder)) if settings.printer.folder else None


def _drawn(document: Document, language: str) -> bytes:
    from kiosk.paper.pdf import pdf  # what draws is loaded when somebody wants a paper, not with the kiosk

    try:
        return pdf(document, find_font(), language)
    except MissingSign as missing:
        # which ones is for whoever prints from the command line: here they may be of a name
        log.error("not printed: the font lacks %d signs", len(missing.signs))
        raise PrintTrouble(NO_SUCH_SIGN, missing.signs) from None
    except NoFont:
        log.error("not printed: no Chinese font on this machine")
        raise PrintTrouble(NOT_PRINTED) from None
