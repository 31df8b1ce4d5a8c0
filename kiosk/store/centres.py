"""Cases between centres, where there are no others: a box for itself offers nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.cases.centres import Between, Neighbour, Untaken
from kiosk.cases.moves import Act
from kiosk.cases.states import Actor
from kiosk.store.moving import Attempt, Moving


class Centres(Moving):
    """Refusals raise IllegalMove. The store of a centre in a hub knows more."""

    def neighbours(self, case_id: str) -> tuple[Neighbour, ...]:
        """The centres that this case can be handed over to."""
        return ()

    def between(self, case_id: str) -> Between:
        """What other centres have to do with this case."""
        return Between()

    def whence(self, case_ids: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """Of these, those that came from another centre, with what people call it."""
        return {}

    def centre_names(self) -> Mapping[str, Mapping[str, str]]:
        """What people call the other centres, by their names in the hub and by language."""
        return {}

    def untaken(self) -> tuple[Untaken, ...]:
        """What went to another centre a day ago and more, and is still on its way; the oldest first."""
        return ()

    def hand_over(self, case_id: str, actor: Actor, epoch: int, centre: str, reason: str) -> None:
        """Another centre goes on with it. CAME, CENTRE; StoreTrouble SEALED where the keys are not open."""
        self._do(Attempt(Act.HAND_OVER, case_id, actor, epoch, reason, centre=centre))

    def give_back(self, case_id: str, actor: Actor, epoch: int, reason: str) -> None:
        """To the centre it came from, which goes on with it; here nothing of it is kept. TOUCHED."""
        self._do(Attempt(Act.GIVE_BACK, case_id, actor, epoch, reason))

    def take_back(self, case_id: str, actor: Actor, reason: str) -> None:
        """What the other centre has not taken in yet is ours again, in the queue. GONE."""
        self._do(Attempt(Act.TAKE_BACK, case_id, actor, words=reason))
