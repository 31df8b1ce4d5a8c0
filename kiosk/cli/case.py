"""`kiosk case`: the queue, for scripts and managers. Masked unless asked otherwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli._case_people import person_line, person_of
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.cases.views import CaseSummary, CaseView
    from kiosk.store import Store

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
FULL = click.option("--full", is_flag=True, help="Show private values in full; each look is recorded.")

_NAMES_A_FIELD = {"ticked", "unticked", "viewed", "consent_withdrawn", "identity_seen"}
"""Events whose note is a name of ours or of the service file; words that staff wrote may name the person."""


@click.group()
def command() -> None:
    """The queue of cases."""


@command.command("list")
@click.option("--all", "every", is_flag=True, help="Finished cases too.")
@AS_JSON
@click.pass_context
def list_cases(ctx: click.Context, every: bool, as_json: bool) -> None:
    """List open cases, oldest due first."""
    with open_here(ctx) as store:
        cases = _cases(store, every)
    if as_json:
        click.echo(_json([_line(case) for case in cases]))
        return
    for case in cases:
        late = "late" if case.deadline.late else "waits" if case.deadline.paused else ""
        holder = case.holder or "-"
        click.echo(
            f"{case.ticket}  {case.number}  {case.deadline.due}  {late:5}  {case.state:10}  {holder}"
            f"  {case.title['zh']}"
        )
    if not cases:
        click.echo("no cases")


@command.command()
@click.argument("number")
@FULL
@AS_JSON
@click.pass_context
def show(ctx: click.Context, number: str, full: bool, as_json: bool) -> None:
    """Show one case by its NUMBER."""
    with open_here(ctx) as store:
        case_id = store.case_id_of(number)
        if case_id is None:
            raise click.ClickException(_no_such(store, number))
        shown = _file(store, case_id, full)
    if as_json:
        click.echo(_json(shown))
        return
    for name in ("number", "ticket", "state", "due", "holder", "received_at"):
        click.echo(f"{name:12} {shown[name] or '-'}")
    for person in shown["identity"]:
        click.echo(person_line(person, shown["proof_needed"]))
    for answer in shown["answers"]:
        click.echo(f"{answer['source']:10} {answer['label']['zh']}: {answer['value']}")
    for event in shown["events"]:
        click.echo(f"{event['at']}  {event['actor']}  {event['kind']}  {event['note']}".rstrip())


def _no_such(store: Store, number: str) -> str:
    """A ticket (A001) begins anew every day: which cases it may mean, for whoever has only that."""
    meant = [case.number for case in _cases(store, every=True) if case.ticket == number.upper()]
    if not meant:
        return "there is no case with this number"
    return f"{number} is a ticket; the cases that have it: {', '.join(meant)}"


@command.command()
@click.option("--all", "every", is_flag=True, help="Finished cases too.")
@FULL
@AS_JSON
@click.pass_context
def export(ctx: click.Context, every: bool, full: bool, as_json: bool) -> None:
    """Print whole cases: one JSON object a line, or one JSON list with --json."""
    with open_here(ctx) as store:
        files = [_file(store, case.case_id, full) for case in _cases(store, every)]
    if as_json:
        click.echo(_json(files))
        return
    for one in files:
        click.echo(json.dumps(one, ensure_ascii=False))


@command.command()
@AS_JSON
@click.pass_context
def stats(ctx: click.Context, as_json: bool) -> None:
    """Count cases by state, those that are late or wait for the resident, and bad ratings to look into."""
    with open_here(ctx) as store:
        open_cases = _cases(store, every=False)
        counts: dict[str, Any] = {
            "states": store.counts(),
            "open": len(open_cases),
            "late": sum(case.deadline.late for case in open_cases),
            "waiting_for_resident": sum(case.deadline.paused for case in open_cases),
            "calls_waiting": len(store.open_calls()),
            "rating_tasks": len(ratings := store.rating_tasks()),
            "rating_tasks_late": sum(task.late for task in ratings),
        }
    if as_json:
        click.echo(_json(counts))
        return
    for name, count in {**counts.pop("states"), **counts}.items():
        click.echo(f"{name:22} {count}")


def _cases(store: Store, every: bool) -> list[CaseSummary]:
    from kiosk.clock import SystemClock

    now = SystemClock().now()
    return store.all_cases(now) if every else store.open_cases(now)


def _line(case: CaseSummary) -> dict[str, Any]:
    return {
        "number": case.number,
        "ticket": case.ticket,
        "service": case.service_id,
        "title": dict(case.title),
        "desk": case.desk,
        "state": case.state,
        "due": case.deadline.due.isoformat(),
        "late": case.deadline.late,
        "paused": case.deadline.paused,
        "due_is_sure": case.deadline.sure,
        "received_at": case.received_at.isoformat(),
        "holder": case.holder,
    }


def _file(store: Store, case_id: str, full: bool) -> dict[str, Any]:
    """One case as plain values. In full, each private value is recorded as looked at, before it is shown."""
    from kiosk.cases.states import Actor, Role
    from kiosk.text import Privacy

    if full:
        for answer in store.case(case_id).submission.answers:
            if answer.privacy is not Privacy.OPEN:
                store.record_view(case_id, Actor("kiosk case", Role.MANAGER), answer.field)
    return _plain(store.case(case_id), full)


def _plain(case: CaseView, full: bool) -> dict[str, Any]:
    from kiosk.flow.fields.base import mask_digits
    from kiosk.text import Privacy

    answers = [
        {
            "field": answer.field,
            "label": dict(answer.label),
            "value": answer.value if full or answer.privacy is Privacy.OPEN else mask_digits(answer.value),
            "source": answer.source,
        }
        for answer in case.submission.answers
    ]
    events = [
        {
            "at": event.at.isoformat(),
            "actor": event.actor,
            "role": event.role,
            "kind": event.kind,
            "note": event.note if full or event.kind in _NAMES_A_FIELD else "",
        }
        for event in case.events
    ]
    consents = [{"id": one.id, "given": one.given} for one in case.submission.consents]
    people = [person_of(case, person, full) for person in case.submission.identity]
    words = {"missing": case.missing, "result": case.result} if full else {}
    proof = {"identity": people, "proof_needed": case.submission.proof_needed}
    return {
        **_line(case.summary),
        **proof,
        "answers": answers,
        "consents": consents,
        "events": events,
        **words,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
