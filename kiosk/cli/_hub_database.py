"""The hub's database, opened for one command: by whoever looks after it, or as this box comes in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli._given import settings_of

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[Any]

HERE = "postgresql:///bangban"
DATABASE = click.option(
    "--database",
    metavar="ADDRESS",
    default=HERE,
    show_default=True,
    help="The hub's database, as whoever looks after it.",
)


@contextmanager
def administered(address: str) -> Iterator[Connection]:
    """In autocommit. Whatever is wrong with it ends the command with code 1."""
    from kiosk.config.hub import is_address
    from kiosk.hub.direct import Entry, entering

    if not is_address(address) or address.startswith("https"):
        raise click.UsageError("--database is postgresql://…, and holds no password")
    with _told(), entering(Entry(address))() as db:
        yield db


@contextmanager
def as_this_box(ctx: click.Context) -> Iterator[Connection]:
    """As `[hub]` in kiosk.toml says. In autocommit."""
    from kiosk.hub.direct import entering
    from kiosk.hub.opening import entry_of

    hub = settings_of(ctx).hub
    if not hub.there or hub.over_https:
        raise click.ClickException("kiosk.toml names no hub with postgresql://…; give --database ADDRESS")
    with _told(), entering(entry_of(hub))() as db:
        yield db


def opened_as(ctx: click.Context, database: str | None) -> AbstractContextManager[Connection]:
    """At that address, else as `[hub]` in kiosk.toml says."""
    return as_this_box(ctx) if database is None else administered(database)


@contextmanager
def _told() -> Iterator[None]:
    """In words for whoever installs; what the server says may quote what it was sent."""
    import psycopg

    from kiosk.hub.members import MemberFault
    from kiosk.hub.steps import SchemaFault

    try:
        yield
    except (MemberFault, SchemaFault) as fault:
        raise click.ClickException(str(fault)) from None
    except psycopg.errors.InsufficientPrivilege:
        raise click.ClickException("this role may not do that; see docs/hub.md for who does what") from None
    except psycopg.errors.UndefinedFunction:
        raise click.ClickException("the hub is older than this program: kiosk hub init") from None
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        raise click.ClickException("this database is no hub yet: kiosk hub init") from None
    except psycopg.OperationalError as error:
        raise click.ClickException(f"the hub's database cannot be reached ({_reason(error)})") from None
    except psycopg.Error as error:
        raise click.ClickException(f"the hub's database refused ({error.sqlstate})") from None


def _reason(error: psycopg.OperationalError) -> str:
    """Of a connection that was not made there is no code, and what is said is about the way there."""
    return error.sqlstate or str(error).partition("\n")[0]
