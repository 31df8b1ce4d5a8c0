"""Drafts: written on every answer, kept for a day only where the person agreed to it (K32)."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.cases.views import Draft
from kiosk.store.connected import Connected
from kiosk.store.instant import read, written
from kiosk.store.sealing import closed_draft, opened_draft
from kiosk.store.statements import DROP_DRAFT, FIND_DRAFT, SAVE_DRAFT, SWEEP_DRAFTS

KEPT_FOR = timedelta(hours=24)


class Drafts(Connected):
    """Half-filled forms."""

    def save_draft(self, draft: Draft) -> None:
        """Keep this version of the draft; after its submission nothing is written."""
        sealed, wrapped = closed_draft(self._keys.drafts, draft.id, draft.body)
        with self._writing() as db:
            db.execute(
                SAVE_DRAFT,
                {
                    "id": draft.id,
                    "service_id": draft.service_id,
                    "service_version": draft.service_version,
                    "person_key": draft.person_key,
                    "keep": int(draft.keep),
                    "updated_at": written(draft.updated_at),
                    "sealed": sealed,
                    "wrapped": wrapped,
                },
            )

    def find_draft(self, person_key: str, now: datetime) -> Draft | None:
        """This person's newest draft, where they agreed to keep it and it is not older than a day."""
        with self._reading() as db:
            row = db.execute(FIND_DRAFT, (person_key, written(now - KEPT_FOR))).fetchone()
        if row is None:
            return None
        return Draft(
            id=row["id"],
            service_id=row["service_id"],
            service_version=row["service_version"],
            person_key=row["person_key"],
            keep=bool(row["keep"]),
            body=opened_draft(self._keys.drafts, row),
            updated_at=read(row["updated_at"]),
        )

    def drop_draft(self, draft_id: str) -> None:
        """The person does not want it any more."""
        with self._writing() as db:
            db.execute(DROP_DRAFT, (draft_id,))

    def sweep_drafts(self, now: datetime) -> int:
        """Remove what nobody agreed to keep and what is too old, for good; how many that were.

        For the moment when no sitting runs: it also folds the log back into the file.
        """
        with self._writing() as db:
            gone = db.execute(SWEEP_DRAFTS, (written(now - KEPT_FOR),)).rowcount
        self.tidy()
        return gone
