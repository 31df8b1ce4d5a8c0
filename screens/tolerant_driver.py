"""The terminal's input, whatever bytes come: what is no UTF-8 becomes a mark, not the end of the program."""

from __future__ import annotations

from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable
from functools import partial

from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.events import Key

from screens.far_keys import know_far_keys


def _forgiving(encoding: str) -> Callable[[], IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), errors="replace")


know_far_keys()


class TolerantParser(XTermParser):
    """Textual's parser, which falls over keys whose numbers are none (8.2.8)."""

    def _parse_extended_key(self, sequence: str) -> list[Key] | None:  # type: ignore[override]
        """A key that no keyboard has, or one with the kind of its event behind a colon: no key at all."""
        try:
            return super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):
            return []


class TolerantDriver(linux_driver.LinuxDriver):
    """Textual's own driver, whose input thread falls over a broken byte (8.2.8 decodes strictly)."""

    def run_input_thread(self) -> None:
        if linux_driver.XTermParser is XTermParser:  # type: ignore[attr-defined]
            linux_driver.XTermParser = TolerantParser  # type: ignore[attr-defined]
        linux_driver.getincrementaldecoder = _forgiving  # type: ignore[attr-defined, assignment]
        super().run_input_thread()
