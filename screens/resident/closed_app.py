"""A program that nobody at the screen can leave, and that shows nobody what went wrong inside it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal

from rich.console import RenderableType
from textual.app import App
from textual.binding import BindingsMap
from textual.driver import Driver

from kiosk.event_log import without_values
from screens.theme import DARK, PALETTES

log = logging.getLogger(__name__)

CRASHED = 70
"""Exit code: something unexpected; what was submitted is safe."""


class ClosedApp(App[None]):
    """No key of Textual's own, no palette, no traceback. Ends by `exit`, or by SIGTERM."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, driver: type[Driver], colours: str) -> None:
        """`colours`: the name of the palette to begin with."""
        super().__init__(driver_class=driver)
        # Textual's own bindings quit the program, which no visitor may.
        self._bindings = BindingsMap()
        for palette in PALETTES:
            self.register_theme(palette.theme())
        self.theme = colours

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DARK.theme().variables

    def end_when_told(self) -> None:
        """SIGTERM ends the program and leaves the terminal as it was."""
        with contextlib.suppress(ValueError, RuntimeError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.exit)

    def write_to_terminal(self, sequence: str) -> None:
        """What Textual has no word for."""
        if self._driver is not None:
            self._driver.write(sequence)
            self._driver.flush()

    def panic(self, *renderables: RenderableType) -> None:
        """Textual would print what its input thread failed on, values and all."""
        log.error("the terminal's input failed")
        self._return_code = CRASHED
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        """No traceback for a resident: the kind of error is logged (its words may be personal), and
        the supervisor shows a calm page and starts again. Textual re-raises it for the tests.
        """
        log.error("unexpected %s", without_values(error))
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self._return_code = CRASHED
            self._close_messages_no_wait()
