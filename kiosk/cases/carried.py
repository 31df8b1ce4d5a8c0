"""What of a case's history goes along to another centre: what its due date and its answers hang on. Pure."""

from __future__ import annotations

from kiosk.cases.corrections import STEPS
from kiosk.cases.deadline import CLOCK_EVENTS, ENDS
from kiosk.cases.identity import SEEN
from kiosk.cases.materials import Standing
from kiosk.cases.moves import MOVES, Act
from kiosk.cases.views import CONSENT_WITHDRAWN

LINES = frozenset({*(CLOCK_EVENTS - ENDS), *STEPS, CONSENT_WITHDRAWN, SEEN, *Standing})
"""Without who did it: the other centre reads the name of the first one there."""
WITH_NOTE = frozenset({*STEPS, CONSENT_WITHDRAWN, SEEN, *Standing})
"""Lines whose note is a name of the service file, or a role; that of others may be a colleague."""
WITH_WORDS = frozenset({*STEPS, *(MOVES[act].event for act in (Act.ASK_INFO, Act.RECEIVE_INFO, Act.REOPEN))})
"""What was asked of the person and came of it, and why an answer was changed."""
