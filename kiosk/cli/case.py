"""`kiosk case`: the queue, for scripts and managers. Masked unless asked otherwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli._case_attach import attach
from kiosk.cli._case_export import export, open_export
from kiosk.cli._case_people import person_line
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.cases.views import CaseSummary
    from kiosk.store import Store

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
FULL = click.option("--full", is_flag=True, help="Show private values in full; each look is recorded.")


@click.group()
def command() -> None:
    """The queue of cases."""


command.add_command(export)
command.add_command(open_export)


@command.command("list")
@click.option("--all", "every", is_flag=True, help="Finished cases too.")
@AS_JSON
@click.pass_context
def list_cases(ctx: click.Context, every: bool, as_json: bool) -> None:
    """List open cases, oldest due first."""
    from kiosk.cases.plain import line_of

    with open_here(ctx) as store:
        cases = _cases(store, every)
    if as_json:
        click.echo(_json([line_of(case) for case in cases]))
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
        said = event["note"] or event["words"]
        click.echo(f"{event['at']}  {event['actor']}  {event['kind']}  {said}".rstrip())


def _no_such(store: Store, number: str) -> str:
    """A ticket (A001) begins anew every day: which cases it may mean, for whoever has only that."""
    meant = [case.number for case in _cases(store, every=True) if case.ticket == number.upper()]
    if not meant:
        return "there is no case with this number"
    return f"{number} is a ticket; the cases that have it: {', '.join(meant)}"


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


command.add_command(attach)


def _cases(store: Store, every: bool) -> list[CaseSummary]:
    from kiosk.clock import SystemClock

    now = SystemClock().now()
    return store.all_cases(now) if every else store.open_cases(now)


def _file(store: Store, case_id: str, full: bool) -> dict[str, Any]:
    """One case as plain values. In full, each private value is recorded as looked at, before it is shown."""
    from kiosk.cases.plain import whole
    from kiosk.cases.states import Actor, Role
    from kiosk.text import Privacy

    if full:
        for answer in store.case(case_id).submission.answers:
            if answer.privacy is not Privacy.OPEN:
                store.record_view(case_id, Actor("kiosk case", Role.MANAGER), answer.field)
    return whole(store.case(case_id), full)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
