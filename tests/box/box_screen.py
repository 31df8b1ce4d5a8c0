"""The screen of a virtual box as text, and its keyboard, for whoever walks through a visit there."""

from __future__ import annotations

import select
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.box.virtual_box import NeverCame, VirtualBox
from tests.journeys.kiosk_terminal import APART, DOWN, ENTER, ESCAPE, NeverShown

_KEYS = {
    ENTER: ("ret",),
    ESCAPE: ("esc",),
    DOWN: ("down",),
    " ": ("spc",),
    "-": ("minus",),
    ".": ("dot",),
    ",": ("comma",),
}
_READS = Path(__file__).with_name("reads_kitty.py")
BETWEEN_LOOKS = 0.5
PATIENCE = 300.0


class BoxScreen:
    """What kitty shows on the box, read over its own socket, as the kiosk's account may."""

    def __init__(self, box: VirtualBox) -> None:
        self._box, self._lines = box, [""]
        self._tapped_at = 0.0
        self._looks: subprocess.Popen[str] | None = None

    def open(self) -> None:
        """Begin to look; the kiosk must stand."""
        program = _READS.read_text(encoding="utf-8")
        self._box.run("cat > /run/reads_kitty.py", program)
        self._looks = subprocess.Popen(
            self._box.ssh_command("python3", "-u", "/run/reads_kitty.py"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """Look no more."""
        if self._looks:
            self._looks.terminate()
            self._looks.wait(30)
            self._looks = None

    @property
    def text(self) -> str:
        """The screen without its spaces."""
        return "".join("".join(self._lines).split())

    @property
    def ended(self) -> bool:
        """Whether nothing can be read any more."""
        return self._looks is None or self._looks.poll() is not None

    def picture(self) -> str:
        """The screen as it is."""
        return "\n".join(self._lines)

    def take(self, timeout: float = BETWEEN_LOOKS) -> None:
        """Look once, and wait for as long."""
        end = time.monotonic() + timeout
        looks = self._looks
        assert looks and looks.stdin and looks.stdout
        looks.stdin.write("\n")
        looks.stdin.flush()
        if not select.select([looks.stdout], [], [], PATIENCE)[0]:
            raise NeverCame("the box does not say what is on its screen")
        count = looks.stdout.readline()
        self._lines = [looks.stdout.readline().rstrip("\n") for _ in range(int(count or 0))]
        time.sleep(max(0.0, end - time.monotonic()))

    @property
    def too_soon(self) -> float:
        """Seconds until the next key may come."""
        return self._tapped_at + APART - time.monotonic()

    def tap(self, *keys: str) -> None:
        """Press and let go, one after another."""
        for key in keys:
            time.sleep(max(0.0, self.too_soon))
            self.type(key)
            self._tapped_at = time.monotonic()

    def type(self, keys: str) -> None:
        """The same, for a text."""
        for key in [keys] if keys in _KEYS else keys:
            self._box.press(*_KEYS.get(key, (key,)))

    def until(self, seen: Callable[[str], object], limit: float = PATIENCE, what: str = "") -> float:
        """Look until the screen is as wanted; the seconds that took."""
        begun = time.monotonic()
        self.take(0)
        while not seen(self.text):
            if self.ended or time.monotonic() - begun > limit:
                raise NeverShown(f"{what or 'what was waited for'} never came; there is:\n{self.picture()}")
            self.take()
        return time.monotonic() - begun

    def shows(self, *words: str, limit: float = PATIENCE) -> float:
        """Wait until any of these stands on the screen."""
        wanted = ["".join(word.split()) for word in words]
        return self.until(lambda text: any(word in text for word in wanted), limit, f"{words}")
