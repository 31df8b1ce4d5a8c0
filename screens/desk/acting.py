"""Who acts for the person, and what of it staff should look at, as lines of the case page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.cases.authority import NOTED, WITHDRAWN, Standing, counts
from kiosk.cases.concerns import Concern, concerns
from kiosk.cases.corrections import Correction, Said
from kiosk.cases.views import CaseView, Event
from screens.desk.answers import hidden, in_full, masked
from screens.desk.correct import correctable
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line

HAS: Mapping[str, Callable[[Counter, CaseView], bool]] = {
    "authority": lambda counter, view: view.authority is not None,
    "correct": lambda counter, view: bool(correctable(counter, view)),
    "heard": lambda counter, view: any(change.said is not Said.RIGHT for change in view.changes),
}
"""Whether there is anything to note of that sort in a case, by the name of the key."""


def authority_lines(counter: Counter, view: CaseView) -> list[Line]:
    """As what somebody acts, how far it is shown, until when; nothing where it is the person's own matter."""
    state, letter = view.authority, view.submission.authority
    words, operator = counter.words, view.submission.operator
    beside = [Line(words("authority.operator", who=operator), lead="  ")] if operator else []
    if state is None:
        return beside + concern_lines(counter, view)
    relation = counter.read(letter.relation) if letter and letter.relation else ""
    who = words(f"authority.acting_{state.acting}", relation=relation or words("authority.relation_unknown"))
    ok = counts(state, counter.today())
    standing = state.standing if ok or state.standing is not Standing.GIVEN else "run_out"
    told = words(f"authority.standing_{standing}", date=state.until.isoformat())
    lines = [Line(who, lead="  "), Line(told, Kind.TEXT if ok else Kind.ALERT, "  " if ok else "! ")]
    return lines + beside + concern_lines(counter, view)


def concern_lines(counter: Counter, view: CaseView) -> list[Line]:
    """What to look at, in plain words; it accuses nobody and keeps nothing from going on."""
    # in their own matter nobody acts: only who stood beside them counts
    acted = view.authority is not None
    service = counter.services().get(view.submission.service_id) if acted else None
    answers = {answer.field: answer.value for answer in view.answers}
    found = concerns(service, answers, view.people_helped, operated=view.people_operated)
    people = {Concern.MANY_OPERATED: view.people_operated}
    return [
        Line(counter.words(f"authority.{one}", n=people.get(one, view.people_helped)), lead="  · ")
        for one in found
    ]


def change_lines(counter: Counter, view: CaseView, shown: bool) -> list[Line]:
    """Every version that staff made: before, after, who, when, why; and what the person said to the last."""
    said = {change.field: change.said for change in view.changes}
    last = {one.after.field: one for one in view.corrections}
    lines = []
    for one in view.corrections:
        lines.append(_change(counter, one, shown))
        if last[one.after.field] is one:
            heard = said.get(one.after.field, Said.NOTHING)
            kind = Kind.QUIET if heard is Said.RIGHT else Kind.ALERT
            lines.append(Line(counter.words(f"correct.said_{heard}"), kind, "    "))
    return lines


def authority_seen(counter: Counter, event: Event) -> str | None:
    """What an event of an authority is about, in words; None of other events."""
    if event.kind == NOTED:
        return counter.words(f"authority.shows_{event.note}")
    return event.words or " " if event.kind == WITHDRAWN else None


def _change(counter: Counter, one: Correction, shown: bool) -> Line:
    covered = hidden(one.after) and not shown
    before, after = (
        masked(answer) if covered else in_full(answer, counter.language) for answer in (one.before, one.after)
    )
    field, at = counter.read(one.after.label), counter.time(one.at)
    told = counter.words("correct.line", field=field, before=before, after=after)
    return Line(f"{told}\n{one.by}  {at}  {one.reason}", lead="  ")
