"""`kiosk hub init`: makes the hub's schema, or brings it up to date."""

from __future__ import annotations

import click

from kiosk.cli._hub_database import DATABASE, administered


@click.command(short_help="Make the hub, or bring it up to date.")
@DATABASE
@click.option(
    "--all-updated",
    is_flag=True,
    help="Every kiosk and desk runs this program or a newer one: also do what breaks older ones.",
)
def init(database: str, all_updated: bool) -> None:
    """Make the hub's tables, functions and groups in an empty database, or bring them up to date.

    Safe to repeat and to start twice at once: all of it is done, or nothing. Exit code 1 where it cannot be.
    """
    from kiosk.hub.steps import apply, standing, steps_in

    steps = steps_in()
    with administered(database) as db:
        done = apply(db, steps, all_updated=all_updated)
        left = standing(db, steps).pending
    for name in done:
        click.echo(f"applied {name}")
    if left:
        click.echo("When every kiosk and desk runs this program, once more with --all-updated. It waits:")
        for step in left:
            click.echo(f"  {step.name}")
    elif not done:
        click.echo("The hub is up to date.")
