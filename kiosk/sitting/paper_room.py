"""Pictures of papers beside the visit: in memory only, sealed with the application or gone with the visit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from threading import Lock, Thread

from kiosk.cases.materials import Brought, Copy
from kiosk.flow.pictures import Picture, PictureTaken
from kiosk.sitting.camera import Camera, CameraTrouble

log = logging.getLogger(__name__)

MEBIBYTE = 1 << 20
_LEAVE_IN = 2.0
"""Seconds for which the end of a visit waits for a camera that was told to stop."""


class PaperRoom:
    """One picture after another; only the newest that was asked for counts."""

    def __init__(self, camera: Camera | None, most_mib: int) -> None:
        """`most_mib`: of all pictures of an application together."""
        self._camera, self._most = camera, most_mib * MEBIBYTE
        self._newest = 0
        self._copies: dict[int, Copy] = {}
        self._threads: list[Thread] = []
        self._one_at_a_time = Lock()
        self.tell: Callable[[PictureTaken], None] | None = None
        """Where it is told what came of it, from another thread. While there is nobody, it is waited for."""

    def take(self, material: str, paper: str) -> PictureTaken | None:
        """Begin to take one; what came of it, where that was waited for."""
        if self._camera is None:
            return PictureTaken(0, material, "failed")
        self._stop()
        n = self._newest
        if self.tell is None:
            return self._taken(self._camera, n, material, paper)
        work = (self.tell, self._camera, n, material, paper)
        thread = Thread(target=self._take_and_tell, args=work, name="camera", daemon=True)
        self._threads.append(thread)
        thread.start()
        return None

    def expects(self, news: PictureTaken) -> bool:
        """Is this what was asked for last?"""
        return news.n == self._newest

    def keep(self, pictures: Iterable[Picture], *, waits: bool) -> None:
        """Only these are still wanted, and the one that the person waits for; else no camera runs."""
        wanted = {one.n for one in pictures}
        if waits:
            wanted.add(self._newest)
        elif any(thread.is_alive() for thread in self._threads):
            self._stop()
        # its thread may lay a picture in just now
        for n in set(self._copies) - wanted:
            del self._copies[n]

    def brought(self, pictures: Iterable[Picture]) -> tuple[Brought, ...]:
        """What is handed in, in the order it was taken."""
        return tuple(Brought(one.material, self._copies[one.n]) for one in pictures if one.n in self._copies)

    def close(self) -> None:
        """The visit is over: nothing is left, and no camera runs on."""
        self.tell = None
        self._stop()
        for thread in self._threads:
            thread.join(_LEAVE_IN)
        self._copies.clear()

    def _stop(self) -> None:
        """What is being taken now is nobody's any more."""
        self._newest += 1
        if self._camera is not None:
            self._camera.drop()

    def _take_and_tell(
        self, tell: Callable[[PictureTaken], None], camera: Camera, n: int, material: str, paper: str
    ) -> None:
        with self._one_at_a_time:
            if n != self._newest:
                return
            came = self._taken(camera, n, material, paper)
        if self.expects(came):
            tell(came)

    def _taken(self, camera: Camera, n: int, material: str, paper: str) -> PictureTaken:
        try:
            copy = camera.take(paper)
        except CameraTrouble as trouble:
            return PictureTaken(n, material, trouble.key)
        except Exception as error:
            # whatever it was, somebody stands there and waits; its message may quote the paper
            log.error("no picture: %s", type(error).__name__)
            return PictureTaken(n, material, "failed")
        if sum(len(one.content) for one in list(self._copies.values())) + len(copy.content) > self._most:
            return PictureTaken(n, material, "full")
        if n == self._newest:
            self._copies[n] = copy
        return PictureTaken(n, material)
