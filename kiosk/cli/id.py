"""`kiosk id`: identity numbers."""

from __future__ import annotations

import json
import sys
from datetime import date

import click


@click.group()
def command() -> None:
    """Identity numbers."""


@command.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def check(number: str, as_json: bool) -> None:
    """Check the form, the date and the check digit of NUMBER; exit 1 if it does not hold.

    Give "-" to read the number from the standard input, where no list of processes shows it.
    """
    from kiosk.identity import id_number
    from kiosk.identity.record import number_record

    if number == "-":
        number = sys.stdin.readline()
    verdict = id_number.check(number, today=date.today())  # noqa: DTZ011 - a birth date has no zone
    if as_json:
        click.echo(json.dumps(number_record(verdict), ensure_ascii=False))
    else:
        said = "valid" if verdict.valid else f"not valid ({verdict.reason})"
        notes = "".join(f", {warning}" for warning in verdict.warnings)
        click.echo(f"{id_number.mask(verdict.number)}: {said}{notes}")
    if not verdict.valid:
        raise SystemExit(1)
