"""Where the authority of a case stands. Inside a transaction."""

from __future__ import annotations

from datetime import date, datetime

from kiosk.cases.authority import AuthorityState, Standing, counts
from kiosk.cases.submission import Submission
from kiosk.services.acting import Acting
from kiosk.store import authority_statements as statements
from kiosk.store.instant import written
from kiosk.store.sqlite import Connection


def keep_authority(db: Connection, submission: Submission) -> None:
    """Who acts and who worked the kiosk, by what tells nobody their name; nothing of one's own matter."""
    if submission.agent_key or submission.operator:
        db.execute(statements.NOTE_HELPERS, (submission.agent_key, submission.operator, submission.id))
    letter = submission.authority
    if letter is not None:
        row = (submission.id, letter.acting, letter.standing, letter.until.isoformat())
        db.execute(statements.ADD_AUTHORITY, row)


def authority_of(db: Connection, case_id: str) -> AuthorityState | None:
    """None for a person's own matter."""
    row = db.execute(statements.FIND_AUTHORITY, (case_id,)).fetchone()
    if row is None:
        return None
    until = date.fromisoformat(row["until"])
    return AuthorityState(Acting(row["acting"]), Standing(row["standing"]), until)


def people_helped(db: Connection, agent_key: str | None, since: datetime) -> int:
    """How many different people this helper brought something for; 0 where they are not known."""
    if agent_key is None:
        return 0
    row = db.execute(statements.PEOPLE_HELPED, (agent_key, written(since))).fetchone()
    return int(row[0])


def people_operated(db: Connection, operator: str | None, since: datetime) -> int:
    """Beside how many different people this account stood at the kiosk."""
    if operator is None:
        return 0
    row = db.execute(statements.PEOPLE_OPERATED, (operator, written(since))).fetchone()
    return int(row[0])


def may_go_on(db: Connection, case_id: str, today: date) -> bool:
    """May whoever acts for the person go on today?"""
    return counts(authority_of(db, case_id), today)
