"""The automatic check before handing in: complete, consistent, eligible, each with its reason. Pure.

It never keeps anybody from handing in: what does not fit is told, and staff see the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kiosk.flow.conditions import holds
from kiosk.flow.entitlement import needed_materials
from kiosk.flow.path import Path
from kiosk.services.model import Service
from kiosk.text import Catalogue, Text

FOUND = "found"
"""The page inside the last step that tells every finding."""


class FindingKind(StrEnum):
    """What a finding is about."""

    COMPLETE = "complete"
    CONSISTENT = "consistent"
    ELIGIBLE = "eligible"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check."""

    kind: FindingKind
    ok: bool | None
    """None where the answers do not tell: staff look at it."""
    text: Text
    """The reason, in plain words."""


def pre_check(service: Service, path: Path, texts: Catalogue) -> tuple[Finding, ...]:
    """What there is to say about this application; first what is not as it should be."""
    found = (*_papers(service, path, texts), *_rules(service, path, texts), *_stops(service, path, texts))
    order = (False, None, True)
    return tuple(sorted(found, key=lambda finding: order.index(finding.ok)))


def _papers(service: Service, path: Path, texts: Catalogue) -> Iterator[Finding]:
    """Every paper that is still to be brought; what was read or shown here is not among them."""
    needed = needed_materials(service, path)
    for material in service.material:
        if material.id in needed:
            yield Finding(
                FindingKind.COMPLETE, False, texts.text("precheck.paper", words=material.text().as_written())
            )
    if service.material and not needed:
        yield Finding(FindingKind.COMPLETE, True, texts["precheck.papers"])


def _rules(service: Service, path: Path, texts: Catalogue) -> Iterator[Finding]:
    for rule in service.precheck:
        held = holds(rule.when, path.values)
        words = rule.bad if held is False else rule.good
        yield Finding(FindingKind(rule.kind), held, texts.text(_KEYS[held], words=words.text().as_written()))


def _stops(service: Service, path: Path, texts: Catalogue) -> Iterator[Finding]:
    """What could have ended the application early and did not."""
    for stop in service.stop:
        if stop.passed is None or stop.after not in path.answers:
            continue
        met = holds(stop.when, path.values)
        passed = None if met is None else not met
        yield Finding(
            FindingKind.ELIGIBLE, passed, texts.text(_KEYS[passed], words=stop.passed.text().as_written())
        )


_KEYS = {True: "precheck.good", False: "precheck.bad", None: "precheck.staff"}
