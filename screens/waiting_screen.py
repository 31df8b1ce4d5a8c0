"""A second screen in the hall: the last calls, and each new one called out twice."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from kiosk.cases.calling import Waiter
from kiosk.event_log import without_values
from kiosk.flow.numbering import call_words, spoken_label, twice, window_words
from kiosk.ports import Speaker
from kiosk.store import Store, StoreTrouble
from kiosk.text import Catalogue, Text
from screens.desk.records import Records
from screens.theme import DARK
from screens.tolerant_driver import TolerantDriver
from screens.waiting_lines import ShownCall, waiting_lines

LOOK_EVERY = 1.0
"""Seconds between two looks at the store."""
SAID_WITHIN = timedelta(seconds=60)
"""A call that is older is not called out any more: the screen may have been away."""
MOST = 4
"""Calls that are shown."""
log = logging.getLogger(__name__)


class Calls(Widget):
    """All of the screen."""

    def __init__(self, texts: Catalogue, centre: Text, from_age: int) -> None:
        super().__init__()
        self._texts, self._centre, self._from_age = texts, centre, from_age
        self._calls: Sequence[Waiter] = ()

    def show(self, calls: Sequence[Waiter]) -> None:
        """Draw these, the newest first."""
        if calls != self._calls:
            self._calls = calls
            self.refresh()

    def render(self) -> Content:
        words, size = self._texts, self.size
        lines = waiting_lines(
            [self._worded(one) for one in self._calls],
            self._centre.show("zh"),
            words["waiting_screen.wait"].show("zh"),
            words.text("waiting_screen.first", age=self._from_age).show("zh"),
            size.width,
            size.height,
        )
        return Content("\n".join(lines))

    def _worded(self, one: Waiter) -> ShownCall:
        return ShownCall(
            self._texts.text("number_call.number", label=spoken_label(one.label)).show("zh"),
            window_words(self._texts, one.window).show("zh"),
            call_words(self._texts, one.label, one.window).show("zh"),
        )


class WaitingScreen(App[None]):
    """Shows and says; takes nothing but Ctrl+Q."""

    CSS = "Screen { overflow: hidden; } Calls { width: 100%; height: 100%; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", show=False, priority=True)]

    def __init__(
        self, records: Records, speaker: Speaker, texts: Catalogue, view: Calls, languages: Sequence[str]
    ) -> None:
        """`languages`: those that each call is said in, one after the other."""
        super().__init__(driver_class=TolerantDriver)
        self.register_theme(DARK.theme())
        self.theme = DARK.name
        self._records, self._speaker, self._texts, self._languages = records, speaker, texts, languages
        self.view = view
        self._call = 0
        self._to_say: deque[tuple[Text, str]] = deque()
        self._looking = False
        self._well = True

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.set_interval(LOOK_EVERY, self.look)
        self.look()

    def on_unmount(self) -> None:
        self._speaker.close()

    def action_help_quit(self) -> None:
        """Ctrl+C copies nothing here, and tells nobody how to end the screen."""

    def look(self) -> None:
        """What has been called? Calls that come together are called out one after the other."""
        if not self._looking:
            self._looking = True
            self.run_worker(self._looked(), group="look")

    async def _looked(self) -> None:
        try:
            await self._look()
        finally:
            self._looking = False

    def _handle_exception(self, error: Exception) -> None:
        """Instead of the framework's traceback in the hall: a log line by type, and an end that says so."""
        log.error("unexpected %s", without_values(error))
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    async def _look(self) -> None:
        after = self._call
        try:
            calls, fresh = await self._records.do(lambda store: _read(store, after))
        except StoreTrouble as trouble:
            # what was called last stays on the screen
            if self._well:
                log.error("no calls: store %s", trouble.kind)
            self._well = False
            return
        self._well = True
        self.view.show(calls)
        if fresh is not None:
            self._call = fresh.call
            words = twice(call_words(self._texts, fresh.label, fresh.window))
            self._to_say.extend((words, language) for language in self._languages)
        if self._to_say and not self._speaker.speaking:
            self._speaker.notice(*self._to_say.popleft())


def _read(store: Store, after: int) -> tuple[Sequence[Waiter], Waiter | None]:
    return store.last_calls(MOST), store.call_after(after, SAID_WITHIN)
