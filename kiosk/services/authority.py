"""Who acts for whom, and what a service asks of somebody who acts for another (K41)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kiosk.services.condition import Condition, Id
from kiosk.services.wording import Record, Wording


class Authority(Record):
    """What the letter of authority says, and when it must be there.

    A service with this part reads the letter back to whoever applies for somebody else.
    """

    may: Wording
    """What the helper may do, as it follows "可以"."""
    before: Literal["submit", "accept"] = "accept"
    """Without it nothing is handed in; or it is handed in, and staff wait with taking it on."""
    days: int = Field(default=90, ge=1, le=366)
    """How long it counts."""
    name: Id | None = None
    """The question that asks what the helper is called."""
    relation: Id | None = None
    """The question that asks how they belong to the person."""
    paper: Id | None = None
    """The material that is the signed letter."""
    volunteer_when: Condition | None = None
    guardian_when: Condition | None = None
    guardian_paper: Id | None = None
    """The material that shows the guardianship."""
    agent_phone: Id | None = None
    """The question for the helper's own number, where it is asked beside the person's."""
    account_name: Id | None = None
    """The question in whose name the account is that the money goes to."""
