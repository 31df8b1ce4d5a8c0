"""Printing beside the visit: it takes seconds; the person can go back or on meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic

from kiosk.flow.document import Document
from kiosk.flow.moves import Printed
from kiosk.ports import Printer, PrintTrouble

log = logging.getLogger(__name__)

_NOT_PRINTED = "trouble.not_printed"
PATIENCE = 30.0
"""Seconds for which the end of a visit waits for a paper: the longest comes out whole on a slow printer, and
one that says "wait" and nothing more keeps nobody from the kiosk."""


class PrintRoom:
    """One paper after another. One that is under way is not begun again, however often it is wished for."""

    def __init__(self, printer: Printer | None) -> None:
        self._printer = printer
        self._threads: list[Thread] = []
        self._one_at_a_time = Lock()
        self._closed = False
        self._under_way: set[str] = set()
        self.tell: Callable[[Printed], None] | None = None
        """Where it is told how it came out, from another thread. While there is nobody, it is waited for."""

    def print(self, name: str, paper: Document | None, language: str) -> Printed | None:
        """Begin to print the paper of this name; how it came out, where that was waited for."""
        if self._printer is None or paper is None:
            return Printed(name, _NOT_PRINTED)
        if self.tell is None:
            return self._printed(self._printer, name, paper, language)
        if name not in self._under_way:
            self._under_way.add(name)
            work = (self.tell, self._printer, name, paper, language)
            # a daemon: the end of the process waits for no printer
            thread = Thread(target=self._print_and_tell, args=work, name="print", daemon=True)
            self._threads.append(thread)
            thread.start()
        return None

    def close(self) -> None:
        """Nothing more is begun; what is being printed comes out whole, unless the printer is stuck."""
        self.tell, self._closed = None, True
        until = monotonic() + PATIENCE
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))
            if thread.is_alive():
                log.error("a paper was left half printed: the printer did not go on")

    def _print_and_tell(
        self, tell: Callable[[Printed], None], printer: Printer, name: str, paper: Document, language: str
    ) -> None:
        with self._one_at_a_time:
            if self._closed:
                return
            came = self._printed(printer, name, paper, language)
        self._under_way.discard(name)
        if self.tell is not None:
            tell(came)

    @staticmethod
    def _printed(printer: Printer, name: str, paper: Document, language: str) -> Printed:
        try:
            printer.print(paper, language)
        except PrintTrouble as trouble:
            return Printed(name, trouble.key)
        except Exception as error:
            # Whatever it was, somebody stands there and waits. Its message may quote the paper.
            log.error("not printed: %s", type(error).__name__)
            return Printed(name, _NOT_PRINTED)
        return Printed(name)
