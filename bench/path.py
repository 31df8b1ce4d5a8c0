"""From answers to the path: find_path on services of many sizes, on a shelf of few and of many services.

    .venv/bin/python -m bench.path [--json]

All questions are answered, so that every one of them is replayed. The limit is 1 ms at 200 questions, and the
number of services on the shelf must not matter. Processor time: what else the machine does is not in it.
bench/README.md says how to read it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import statistics
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.flow.fields import field_type
from kiosk.flow.given import Answer, Given
from kiosk.flow.sitting import Sitting, World
from kiosk.services.model import Service
from kiosk.text import Catalogue, same

TODAY = datetime.date(2026, 11, 2)
LIMIT_MS = 1.0
MOST_QUESTIONS, MOST_SERVICES = 200, 100
COURSES = ((10, 1), (50, 1), (100, 1), (200, 1), (200, 10), (200, 100))
"""Questions of a service, services on the shelf."""
FLAT = 1.25
"""Services on the shelf may change the time by so much before it counts as growth."""

WORDS = {"zh": "问一件事", "en": "One thing"}
KINDS: tuple[dict[str, Any], ...] = (
    {"type": "choice", "options": [{"value": code, **WORDS} for code in ("self", "family")]},
    {"type": "date", "check": [{"rule": {"not_after": "today"}, **WORDS}]},
    {"type": "yes_no", "options": [{"value": code, **WORDS} for code in ("yes", "no")]},
    {"type": "number", "at_most": 99},
    {"type": "person_name", "privacy": "masked"},
    {"type": "many", "options": [{"value": code, **WORDS} for code in ("a", "b", "c")]},
    {"type": "money"},
    {"type": "cn_phone", "privacy": "private"},
    {"type": "text"},
    {"type": "cn_id", "privacy": "private"},
)


def service_of(count: int, number: int) -> Service:
    """A service with that many questions, each kind in turn; facts, stops and consents with them."""
    questions = [
        {"id": f"q{n}", "ask": WORDS, "label": WORDS, **KINDS[n % len(KINDS)], **_condition(n)}
        for n in range(count)
    ]
    return Service.model_validate(
        {
            "format": 1, "id": f"bench-{number}", "version": "1", "status": "draft", "title": WORDS,
            "owner": "bench", "valid": {"from": TODAY},
            "guide": {"who": WORDS, "get": WORDS, "fee": WORDS, "visits": 0, "basis": [{"law": WORDS}]},
            "question": questions,
            "fact": [{"id": f"age{n}", "is": {"years_from": f"q{n}"}} for n in range(1, count, 20)],
            "stop": [
                {"id": f"s{n}", "after": f"q{n}", "when": {"field": f"age{n}", "at_most": 17}, "tell": WORDS}
                for n in range(1, count, 20)
            ],
            "consent": [{"id": "use", **WORDS}, {"id": "number", "before": "q9", **WORDS}],
            "material": [{"id": "card", **WORDS, "need_if": {"field": "q0", "is": "self"}}],
            "handling": {
                "desk": "bench", "form_order": ["q0"], "phone": "0",
                "legal_workdays": 9, "promised_workdays": 9,
            },
        }
    )  # fmt: skip


def _condition(n: int) -> Mapping[str, Any]:
    """Two of three questions hang on earlier ones."""
    if n < len(KINDS) or n % 3 == 0:
        return {"ask_if": None}
    first = {"field": f"q{n - 1 - (n - 1) % len(KINDS)}", "is": "self"}
    return {"ask_if": first if n % 3 == 1 else {"all": [first, {"field": "q3", "at_least": 1}]}}


def answers_of(service: Service) -> Given:
    """Every question answered and every consent given."""
    answers = {}
    for question in service.question:
        outcome = field_type(question).parse(field_type(question).sample(question), question, TODAY)
        answers[question.id] = Answer(getattr(outcome, "value", ""))
    answers |= {f"consent:{consent.id}": Answer("yes") for consent in service.consent}
    return Given(answers)


@dataclass(frozen=True, slots=True)
class Course:
    """A visit to the last service of a shelf, and the times its paths took."""

    questions: int
    services: int
    visit: Sitting
    world: World
    times: list[float]

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.times)


def course(questions: int, services: int) -> Course:
    """A shelf of so many services of so many questions."""
    shelf = {one.id: one for one in (service_of(questions, number) for number in range(services))}
    name, last = list(shelf.items())[-1]
    visit = Sitting(service=name, given=answers_of(last))
    return Course(questions, services, visit, World(shelf, Catalogue({}), TODAY, same("bench"), "0"), [])


def run(one: Course) -> None:
    """One path more, in processor milliseconds."""
    begun = time.thread_time()
    path = one.visit.path(one.world)
    one.times.append((time.thread_time() - begun) * 1000)
    if len(path.answers) + len(path.consents) != len(one.visit.given.answers):
        raise SystemExit("not every answer was on the path: the bench measures too little")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=500, help="paths of each size (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    courses = [course(questions, services) for questions, services in COURSES]
    for _ in range(options.runs):
        for one in courses:
            run(one)
    for one in courses:
        line = {
            "questions": one.questions,
            "services": one.services,
            "median_ms": round(one.median, 3),
            "slowest_of_20_ms": round(statistics.quantiles(one.times, n=20)[-1], 3),
            "us_a_question": round(one.median * 1000 / one.questions, 2),
            "of_limit": round(one.median / LIMIT_MS, 2),
        }
        print(json.dumps(line) if options.json else "   ".join(f"{key} {line[key]}" for key in line))
    biggest = [one for one in courses if one.questions == MOST_QUESTIONS]
    growth = biggest[-1].median / biggest[0].median
    kept = biggest[-1].median <= LIMIT_MS and growth <= FLAT
    if not options.json:
        verdict = "kept" if kept else "MISSED"
        print(f"{MOST_SERVICES} services over 1: {growth:.2f}   (goals {LIMIT_MS} ms, {FLAT})  {verdict}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
