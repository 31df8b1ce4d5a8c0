"""The terminal's input, whatever bytes come: what is no UTF-8 becomes a mark, not the end of the program."""

from __future__ import annotations

from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable
from functools import partial

from textual.drivers import linux_driver

from screens.far_keys import know_far_keys


def _forgiving(encoding: str) -> Callable[[], IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), errors="replace")


know_far_keys()


class TolerantDriver(linux_driver.LinuxDriver):
    """Textual's own driver, whose input thread falls over a broken byte (8.2.8 decodes strictly)."""

    def run_input_thread(self) -> None:
        linux_driver.getincrementaldecoder = _forgiving  # type: ignore[attr-defined, assignment]
        super().run_input_thread()
