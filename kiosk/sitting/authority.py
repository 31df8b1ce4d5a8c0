"""The letter of authority as it is handed in: its words, their hash, and what was said to them."""

from __future__ import annotations

from datetime import datetime

from kiosk.cases.authority import Agreed, AuthorityRecord, digest_of
from kiosk.flow.acting import AGREE, acting_as, needs_letter
from kiosk.flow.letter import letter, person_was_here, relation, until
from kiosk.flow.path import Path
from kiosk.flow.sitting import World
from kiosk.services.acting import Acting
from kiosk.services.model import Service


def authority_of(service: Service, path: Path, world: World, now: datetime) -> AuthorityRecord | None:
    """None of one's own matter, and of services that ask for no letter."""
    asked = service.authority
    if asked is None or not needs_letter(service, for_self=path.for_self, unnamed=path.unnamed):
        return None
    acting = acting_as(service, path.values, for_self=False)
    read_back = tuple(dict(line.shown) for line in letter(service, path, world.texts, world.today))
    paper = asked.guardian_paper if acting is Acting.GUARDIAN else asked.paper
    return AuthorityRecord(
        acting=acting,
        until=until(service, world.today),
        letter=read_back,
        digest=digest_of(read_back),
        agreed=_agreed(path, acting),
        at=now,
        relation=dict(relation(service, path).shown),
        scope=dict(asked.may.text().shown),
        paper=paper or "",
    )


def _agreed(path: Path, acting: Acting) -> Agreed:
    """Only the person's own card makes it theirs; a guardian's paper is looked at by staff."""
    said = path.said_to_letter
    if said != AGREE:
        return Agreed.LATER
    own = acting is not Acting.GUARDIAN and person_was_here(path)
    return Agreed.CARD if own else Agreed.SAID
