"""A copy of a paper laid into its case: sealed, numbered, and a line of the book. Inside a transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kiosk.cases.materials import ATTACHED, Brought
from kiosk.cases.states import Actor
from kiosk.store import attachment_rows as rows
from kiosk.store.attachment_rows import sealed_digest
from kiosk.store.instant import written
from kiosk.store.sealing import Sealing
from kiosk.store.sqlite import Connection


class CopiesKept(Sealing):
    """What residents bring at the kiosk and staff at the desk is kept alike."""

    def _keep_copy(
        self, db: Connection, place: Any, paper: Brought, actor: Actor, epoch: int, now: datetime
    ) -> None:
        """`place` is what `NEXT_OF_CASE` says of the case."""
        n, content, kind = place["n"], paper.copy.content, paper.copy.kind
        sealed = self._sealed_bytes(db, place, part_of(n), content)
        digest, case_id = sealed_digest(sealed), place["case_id"]
        kept = (case_id, n, paper.material, kind, len(content), digest, actor.name, written(now), sealed)
        db.execute(rows.ADD, kept)
        self._add_event(db, case_id, now, actor, ATTACHED, epoch, paper.material)


def part_of(n: int) -> str:
    """The name of a copy as a part of its case: laid into another place, it does not open."""
    return f"attachment {n}"
