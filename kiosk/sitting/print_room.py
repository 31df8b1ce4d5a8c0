"""Printing beside the visit: it takes seconds; the person can go back or on meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from kiosk.flow.document import Document
from kiosk.flow.moves import Printed
from kiosk.ports import Printer, PrintTrouble

log = logging.getLogger(__name__)

_NOT_PRINTED = "trouble.not_printed"


class PrintRoom:
    """One paper after another. One that is under way is not begun again, however often it is wished for."""

    def __init__(self, printer: Printer | None) -> None:
        self._printer = printer
        self._thread: ThreadPoolExecutor | None = None
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
            self._thread = self._thread or ThreadPoolExecutor(max_workers=1, thread_name_prefix="print")
            self._thread.submit(self._print_and_tell, self.tell, self._printer, name, paper, language)
        return None

    def close(self) -> None:
        """Nothing more is begun; what is being printed comes out whole."""
        self.tell = None
        if self._thread is not None:
            self._thread.shutdown(cancel_futures=True)

    def _print_and_tell(
        self, tell: Callable[[Printed], None], printer: Printer, name: str, paper: Document, language: str
    ) -> None:
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
