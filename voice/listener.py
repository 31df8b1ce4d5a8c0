"""The listener of a sitting: hears answers to pages, never makes the screen wait."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from kiosk.flow.page import Page
from kiosk.ports import Deaf, Hearing, Shut
from voice.listening.attention import Attention
from voice.listening.ears import PROGRAM, Ears


class PageListener:
    """A `kiosk.ports.Listener`. The callback comes from its own thread; what it raises is dropped."""

    def __init__(
        self,
        on_hearing: Callable[[Hearing], None],
        models: Mapping[str, Path],
        *,
        device: str = "",
        accents: Path | None = None,
        program: tuple[str, ...] = PROGRAM,
    ) -> None:
        """`models`: the folder of each language's model. `device`: a part of the microphone's name.
        `accents`: a site's own table of sounds."""
        self._on_hearing = on_hearing
        self._turning = threading.Lock()
        self._page = 0
        """Counts the pages."""
        self._attention = Attention(
            self._pass_on, lambda deliver: Ears(deliver, program, device), models, accents
        )
        threading.Thread(target=self._attention.run, name="hearing", daemon=True).start()

    def attend(self, page: Page, language: str) -> None:
        with self._turning:
            self._page += 1
            number = self._page
        self._attention.post(lambda: self._attention.attend(page, language, number))

    def open(self) -> None:
        self._attention.post(self._attention.open)

    def shut(self) -> None:
        self._attention.post(self._attention.shut)

    def mute(self, *, on: bool) -> None:
        """From any thread: the speaker calls it from its own."""
        self._attention.post(lambda: self._attention.mute(on=on))

    def close(self) -> None:
        self._attention.post(self._attention.close)

    def _pass_on(self, hearing: Hearing, page: int) -> None:
        """Once `attend` has returned, nothing that was said to an older page is passed on any more."""
        with self._turning:
            if page == self._page or isinstance(hearing, Shut | Deaf):
                self._on_hearing(hearing)

    @property
    def child(self) -> int | None:
        """The listening process, while there is one."""
        return self._attention.ears.pid
