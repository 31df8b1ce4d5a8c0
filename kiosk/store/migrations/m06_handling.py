"""Every state of assisted handling, who answers for a case, and events that a chain can hold together."""

from __future__ import annotations

from kiosk.store.sqlite import Database


def handling(db: Database) -> None:
    """Every state of assisted handling, who answers for a case, and events that a chain can hold together."""
    for statement in _STATEMENTS:
        db.execute(statement)


_STATEMENTS = (
    # ── what is known of a case beside what was handed in ──
    # Who answers for it for days; `holder` is who has it in hand for minutes.
    "ALTER TABLE cases ADD COLUMN owner TEXT",
    "ALTER TABLE cases ADD COLUMN outcome TEXT",
    "ALTER TABLE cases ADD COLUMN held_from TEXT",
    "ALTER TABLE cases ADD COLUMN wake_on TEXT",
    # To whom it was offered, or who was asked.
    "ALTER TABLE cases ADD COLUMN colleague TEXT",
    "ALTER TABLE cases ADD COLUMN reference TEXT",
    "ALTER TABLE cases ADD COLUMN goes_on_in TEXT",
    "ALTER TABLE cases ADD COLUMN legal_workdays INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE cases ADD COLUMN pauses TEXT NOT NULL DEFAULT 'needs_info'",
    "ALTER TABLE cases ADD COLUMN info_rounds INTEGER NOT NULL DEFAULT 0",
    # Of whoever acts for the person: the keyed hash, never the number.
    "ALTER TABLE cases ADD COLUMN agent_key TEXT",
    # The account of the volunteer or member of staff who worked the kiosk for them.
    "ALTER TABLE cases ADD COLUMN operator TEXT",
    "UPDATE cases SET owner = holder",
    "UPDATE cases SET outcome = 'granted', state = 'decided' WHERE state = 'completed'",
    "UPDATE cases SET outcome = 'refused', state = 'decided' WHERE state = 'rejected'",
    # ── the queue: one descent finds the next of a desk, however many wait or are done ──
    "DROP INDEX cases_open",
    """CREATE INDEX cases_open ON cases (desk, state, due, received_at)
        WHERE state NOT IN ('told', 'closed', 'rated', 'withdrawn', 'merged')""",
    # Small: what lies in the queue or is done is in none of them, and a submit writes none.
    "CREATE INDEX cases_held ON cases (holder) WHERE holder IS NOT NULL",
    "CREATE INDEX cases_owned ON cases (owner, state) WHERE owner IS NOT NULL",
    "CREATE INDEX cases_asleep ON cases (wake_on) WHERE wake_on IS NOT NULL",
    # ── events: words and bodies can be erased without breaking what holds the history together ──
    "ALTER TABLE event ADD COLUMN words TEXT",
    "ALTER TABLE event ADD COLUMN salt BLOB",
    # SHA-256 over salt, words and sealed body; stays when they go.
    "ALTER TABLE event ADD COLUMN content BLOB",
    # SHA-256 over the link before and all that this line says.
    "ALTER TABLE event ADD COLUMN link BLOB",
    "ALTER TABLE event ADD COLUMN sealed BLOB",
    """UPDATE event SET words = note, note = ''
        WHERE kind IN ('released', 'info_asked', 'info_received', 'completed', 'rejected') AND note <> ''""",
    # ── staff who are not here: their cases go back to the desk ──
    "ALTER TABLE account ADD COLUMN away_until TEXT",
)
