"""The listener of a sitting: hears answers to pages, never makes the screen wait."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from kiosk.flow.page import Page
from kiosk.ports import Hearing
from voice.listening.attention import Attention
from voice.listening.ears import PROGRAM, Ears


class PageListener:
    """A `kiosk.ports.Listener`. The callback comes from its own thread; what it raises is dropped."""

    def __init__(
        self,
        on_hearing: Callable[[Hearing], None],
        models: Mapping[str, Path],
        *,
        push: bool = True,
        device: str = "",
        accents: Path | None = None,
        program: tuple[str, ...] = PROGRAM,
    ) -> None:
        """`models`: the folder of each language's model. `push`: a key ends an answer, so that what was said
        until `shut` is taken. `accents`: a site's own table of sounds."""
        self._attention = Attention(
            on_hearing, lambda deliver: Ears(deliver, program, device), models, accents, push=push
        )
        threading.Thread(target=self._attention.run, name="hearing", daemon=True).start()

    def attend(self, page: Page, language: str) -> None:
        self._attention.post(lambda: self._attention.attend(page, language))

    def open(self) -> None:
        self._attention.post(self._attention.open)

    def shut(self) -> None:
        self._attention.post(self._attention.shut)

    def mute(self, *, on: bool) -> None:
        """From any thread: the speaker calls it from its own."""
        self._attention.post(lambda: self._attention.mute(on=on))

    def close(self) -> None:
        self._attention.post(self._attention.close)

    @property
    def child(self) -> int | None:
        """The listening process, while there is one."""
        return self._attention.ears.pid
