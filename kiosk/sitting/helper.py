"""Who helps at the kiosk, as the desk knows it."""

from __future__ import annotations

from kiosk.cases.roles import Right, may
from kiosk.flow.moves import Beside
from kiosk.store import Store


def who_came(store: Store, call_id: int) -> Beside | None:
    """Whoever went to this call of the visit; None while nobody has said that they do."""
    actor = store.who_came(call_id)
    if actor is None or not may(actor.role, Right.STAND_BESIDE):
        return None
    return Beside(actor.name, actor.role)
