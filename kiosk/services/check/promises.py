"""E5: what the law and the house ask of a service before it goes live."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from kiosk.flow.conditions import holds
from kiosk.services.check.duty import SEPARATELY
from kiosk.services.check.finding import Finding
from kiosk.services.check.plain import sensitive_words
from kiosk.services.guide import Amount, Validity
from kiosk.services.model import Service
from kiosk.services.paths import Survey, shortest_way
from kiosk.services.question import FieldKind, Question
from kiosk.services.signing import signed_off
from kiosk.text import Privacy

MOST_PAGES, MOST_TYPED = 9, 3
"""Of the shortest way with a card (K02)."""
_TO_CONFIRM = re.compile(r"待[^）)。]*核对|to be confirmed", re.IGNORECASE)
_AUTHORITY = re.compile("委托|授权")


def is_signed_off(service: Service) -> Iterator[Finding]:
    """W505, E506: what goes live was read by somebody, and is still what they read."""
    if service.checked is not None and service.checked.digest and not signed_off(service):
        yield "W505", ("checked",), {"by": service.checked.by}
    if service.status == "live" and (service.checked is None or not service.checked.digest):
        yield "E506", ("status",), {}


def stands_on_law(service: Service) -> Iterator[Finding]:
    """E520: what goes live does not say that its legal basis is still to be confirmed."""
    for n, basis in enumerate(service.guide.basis):
        found = _TO_CONFIRM.search(f"{basis.law.zh} {basis.law.en}")
        if service.status == "live" and found:
            yield "E520", ("guide", "basis", n, "law", "zh"), {"words": found.group()}


def dates_are_in_order(service: Service, today: datetime.date) -> Iterator[Finding]:
    """W510, E517: an offer begins before it ends, and has not ended."""
    if service.valid.end is not None and service.valid.end < today:
        yield "W510", ("valid", "to"), {"day": service.valid.end.isoformat()}
    if _reversed(service.valid):
        yield "E517", ("valid", "to"), {}
    for n, amount in enumerate(service.guide.amount):
        if _reversed(amount.valid):
            yield "E517", ("guide", "amount", n, "valid", "to"), {}


def amounts_do_not_overlap(service: Service) -> Iterator[Finding]:
    """E516: on every day there is one sum for the same people."""
    amounts = service.guide.amount
    for n, later in enumerate(amounts):
        if any(_clash(earlier, later) for earlier in amounts[:n]):
            yield "E516", ("guide", "amount", n, "valid"), {}


def private_answers_are_hidden(service: Service) -> Iterator[Finding]:
    """W507, W509: health and the body are hidden, and under a consent of their own (PIPL 28, 29)."""
    separate = {name for consent in service.consent if consent.separate for name in consent.covers}
    for n, question in enumerate(service.question):
        word = _sensitive(question)
        if word and question.privacy is Privacy.OPEN:
            yield "W507", ("question", n, "id"), {"key": question.id, "words": word}
        if word and question.id not in separate:
            yield "W509", ("question", n, "id"), {"key": question.id}


def one_consent_one_kind(service: Service) -> Iterator[Finding]:
    """E508, W518: no consent for two kinds of private number at once; how long they are kept is said."""
    for n, consent in enumerate(service.consent):
        asked = [service.questions[name] for name in consent.covers if name in service.questions]
        kinds = {str(one.type) for one in asked if one.type in SEPARATELY}
        if len(kinds) > 1:
            yield "E508", ("consent", n, "covers"), {"key": consent.id, "near": "、".join(sorted(kinds))}
    if not any(consent.keep_days for consent in service.consent):
        yield "W518", ("consent", 0, "id"), {}


def family_brings_authority(service: Service, found: Survey) -> Iterator[Finding]:
    """E514: whoever hands in another's numbers shows that they may. Calling for help needs no letter."""
    others = [walk for walk in found.ends if walk.end == "submit" and not walk.path.for_self]
    private = any(question.type in SEPARATELY for question in service.question)
    if service.applicant is None or not others or not private:
        return
    letters = [one for one in service.material if one.id == "entrust" or _AUTHORITY.search(one.zh)]
    if not any(holds(one.need_if, walk.path.values) for one in letters for walk in others):
        yield "E514", ("applicant", "self_when"), {}


def is_short(service: Service, found: Survey) -> Iterator[Finding]:
    """W519: with a card, nine question pages and three typed answers at the most (K02)."""
    pages, typed = shortest_way(service, found.ends) or (0, 0)
    if pages > MOST_PAGES or typed > MOST_TYPED:
        values = {"count": pages, "typed": typed, "most": MOST_PAGES, "least": MOST_TYPED}
        yield "W519", ("question", 0, "id"), values


def has_questions_people_ask(service: Service) -> Iterator[Finding]:
    """W515: the second door (问) has something to say."""
    if not service.faq:
        yield "W515", ("id",), {}


def _sensitive(question: Question) -> str:
    """The word by which the question is known to be about health or the body."""
    if question.type in (FieldKind.DOCUMENT, FieldKind.SIGNATURE):
        return ""
    asked = f"{question.label.zh} {question.ask.zh}"
    return next((word for word in sensitive_words() if word in asked), "")


def _reversed(valid: Validity | None) -> bool:
    return valid is not None and valid.end is not None and valid.end < valid.start


def _clash(earlier: Amount, later: Amount) -> bool:
    if earlier.when != later.when or earlier.valid is None or later.valid is None:
        return earlier.when == later.when and earlier.valid == later.valid
    ends = [one.valid.end or datetime.date.max for one in (earlier, later) if one.valid]
    return max(earlier.valid.start, later.valid.start) <= min(ends)
