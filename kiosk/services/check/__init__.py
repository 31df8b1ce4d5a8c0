"""Rules that a service must keep, beyond its shape. One file a rule family.

Each rule yields `(code, path of the key, values for the message)`; the codes have their words in
`data/locale/check.toml` and their reasons in `docs/rules.md`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.services.check.conditions import conditions_make_sense
from kiosk.services.check.duty import (
    authority_names_what_is_there,
    consents_cover_private_fields,
    proof_can_be_given,
)
from kiosk.services.check.finding import Finding
from kiosk.services.check.logic import (
    bounds_leave_room,
    facts_are_made_of_the_right_kind,
    names_are_unique,
    own_wording_has_a_use,
    references_exist,
    rules_fit_their_question,
)
from kiosk.services.model import Service

__all__ = ["Finding", "check_service"]

_RULES = (
    names_are_unique,
    conditions_make_sense,
    references_exist,
    facts_are_made_of_the_right_kind,
    rules_fit_their_question,
    bounds_leave_room,
    own_wording_has_a_use,
    consents_cover_private_fields,
    proof_can_be_given,
    authority_names_what_is_there,
)


def check_service(service: Service) -> Iterator[Finding]:
    """What a resident could stumble over in a service whose shape is right; quick, run at every start."""
    for rule in _RULES:
        yield from rule(service)
