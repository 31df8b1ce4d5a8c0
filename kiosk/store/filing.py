"""Keying a case into the official portal: begun, failed, or there under its reference."""

from __future__ import annotations

from kiosk.cases.moves import Act
from kiosk.cases.states import Actor
from kiosk.store.moving import Attempt, Moving


class Filing(Moving):
    """What happens between taking a case on and the decision of the office that decides."""

    def begin_filing(self, case_id: str, actor: Actor, epoch: int) -> None:
        """The actor begins to key it in."""
        self._do(Attempt(Act.FILE, case_id, actor, epoch))

    def fail_filing(self, case_id: str, actor: Actor, epoch: int, reason: str) -> None:
        """The portal is down, or refuses; it is tried again later."""
        self._do(Attempt(Act.FAIL_FILING, case_id, actor, epoch, reason))

    def confirm_filing(self, case_id: str, actor: Actor, epoch: int, reference: str, again: str) -> None:
        """It is in; `reference` is the portal's number and `again` the same, typed a second time."""
        self._do(Attempt(Act.CONFIRM_FILING, case_id, actor, epoch, reference=(reference, again)))
