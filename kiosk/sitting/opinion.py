"""What a person thought of it, from the visit into the store; kept apart from whose it was (K43)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.cases.rating import REVIEW_WORKDAYS, Rating, Stage
from kiosk.cases.states import DECIDED
from kiosk.cases.submission import Words
from kiosk.cases.views import CaseProgress
from kiosk.flow.moves import RatingKept
from kiosk.flow.rating import rated_case
from kiosk.flow.sitting import Sitting, World
from kiosk.services.question import FieldKind
from kiosk.store import Store


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is rated."""

    service_id: str | None
    title: Words
    case_id: str | None
    stage: Stage


def keep_rating(sitting: Sitting, level: int, world: World, store: Store, now: datetime) -> RatingKept:
    """The rating in the store, with a task where it is bad. Raises StoreTrouble."""
    subject = _subject(sitting, store)
    service = world.services.get(subject.service_id or "")
    rating = Rating(
        level=level,
        service_id=subject.service_id,
        title=subject.title or (dict(service.title.text().shown) if service else {}),
        review_workdays=service.rating.bad_review_workdays if service else REVIEW_WORKDAYS,
        case_id=subject.case_id,
        stage=subject.stage,
    )
    task = store.rate(rating, now)
    return RatingKept(task or 0, bool(task and _has_phone(subject, world, store)))


def tell_why(sitting: Sitting, reason: str, store: Store) -> None:
    """What was bad, with the task that the rating opened. Raises StoreTrouble."""
    if sitting.rating_task:
        store.tell_why(sitting.rating_task, reason)


def call_back(sitting: Sitting, store: Store) -> None:
    """The person wants to be called: the task leads to their case from now on. Raises StoreTrouble."""
    case_id = _subject(sitting, store).case_id
    if sitting.rating_task and case_id:
        store.ask_call_back(sitting.rating_task, case_id)


def _subject(sitting: Sitting, store: Store) -> _Subject:
    """A finished case, what was just handed in, or the visit as a whole."""
    case = rated_case(sitting)
    if case is not None:
        kept = store.progress_of(case.case_id)
        return _Subject(kept.service_id, dict(kept.title), case.case_id, "closed")
    if sitting.receipt is not None:
        return _Subject(sitting.service or None, {}, sitting.receipt.case_id, "submitted")
    return _Subject(None, {}, None, "submitted")


def _has_phone(subject: _Subject, world: World, store: Store) -> bool:
    """Asked of the names of the questions alone: the kiosk opens no case."""
    service = world.services.get(subject.service_id or "")
    if service is None or subject.case_id is None:
        return False
    phones = {question.id for question in service.question if question.type is FieldKind.PHONE}
    return bool(phones & store.answered_fields(subject.case_id))


def can_be_rated(case: CaseProgress, world: World, store: Store) -> bool:
    """It came out, its service asks how it was then, and it has not been rated since."""
    if case.stage not in DECIDED or store.rated(case.case_id, "closed"):
        return False
    service = world.services.get(case.service_id)
    return service is None or "closed" in service.rating.ask_when
