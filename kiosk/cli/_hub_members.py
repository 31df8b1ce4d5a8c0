"""`kiosk hub centre`, `kiosk`, `server`, `district`: who comes into the hub, and who does no more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from kiosk.cli._hub_database import DATABASE, administered

if TYPE_CHECKING:
    import psycopg

    from kiosk.hub.members import Kind

PASSWORD_FILE = click.option(
    "--password-file",
    "file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where its password goes: a new file, for hub.password_file of its kiosk.toml.",
)
AGAIN = click.option("--again", is_flag=True, help="It was let in before: another password.")


@click.group()
def centre() -> None:
    """Offices with cases of their own; nobody sees those of another."""


@centre.command("add")
@click.argument("name")
@click.option("--title", default="", help="What people call it.")
@PASSWORD_FILE
@AGAIN
@DATABASE
def add_centre(name: str, title: str, file: Path, again: bool, database: str) -> None:
    """Let in centre NAME (small letters, digits, _) and its desks."""
    from kiosk.hub import members

    with _new_file(file) as words, administered(database) as db, db.transaction():
        if again:
            password = members.add_again(db, members.Kind.DESK, name)
        else:
            members.add_centre(db, name, title)
            password = members.add(db, members.Kind.DESK, name)
        _keep(words, members.Kind.DESK, name, password)
    _tell_settings(members.Kind.DESK, name, file)


@click.group()
def kiosk() -> None:
    """Boxes that hand cases in."""


@kiosk.command("add")
@click.argument("name")
@click.option("--centre", "office", help="The centre it stands in.")
@click.option(
    "--password-file",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where its password goes: a new file, for hub.password_file of its kiosk.toml.",
)
@click.option(
    "--over-https", is_flag=True, help="It has a certificate and never comes to the database itself."
)
@AGAIN
@DATABASE
def add_kiosk(
    name: str, office: str | None, file: Path | None, over_https: bool, again: bool, database: str
) -> None:
    """Let in kiosk NAME (small letters, digits, _) of a centre."""
    from kiosk.hub.members import Kind, role_of

    if (file is None) is not over_https:
        raise click.UsageError("give --password-file FILE, or --over-https")
    if not again and office is None:
        raise click.UsageError("give --centre")
    if file is not None:
        with _new_file(file) as words, administered(database) as db, db.transaction():
            _keep(words, Kind.KIOSK, name, _let_in(db, Kind.KIOSK, name, office, again=again, login=True))
        _tell_settings(Kind.KIOSK, name, file)
        return
    with administered(database) as db:
        _let_in(db, Kind.KIOSK, name, office, again=again, login=False)
    click.echo(f"{name} is let in with a certificate for {role_of(Kind.KIOSK, name)}.")


@click.group()
def server() -> None:
    """Programs that answer kiosks over HTTPS (kiosk hub serve)."""


@server.command("add")
@click.argument("name")
@click.option("--centre", "office", help="It answers kiosks of this centre only.")
@PASSWORD_FILE
@AGAIN
@DATABASE
def add_server(name: str, office: str | None, file: Path, again: bool, database: str) -> None:
    """Let in server NAME. It can speak for each kiosk, and reads no table."""
    from kiosk.hub.members import Kind

    with _new_file(file) as words, administered(database) as db, db.transaction():
        _keep(words, Kind.SERVER, name, _let_in(db, Kind.SERVER, name, office, again=again, login=True))
    _tell_settings(Kind.SERVER, name, file)


@click.group()
def district() -> None:
    """Whoever looks after many centres: counts, and no case."""


@district.command("add")
@click.argument("name")
@PASSWORD_FILE
@AGAIN
@DATABASE
def add_district(name: str, file: Path, again: bool, database: str) -> None:
    """Let in district NAME."""
    from kiosk.hub.members import Kind

    with _new_file(file) as words, administered(database) as db, db.transaction():
        _keep(words, Kind.DISTRICT, name, _let_in(db, Kind.DISTRICT, name, None, again=again, login=True))
    _tell_settings(Kind.DISTRICT, name, file)


def _revoking(kind: str) -> click.Command:
    @click.command("revoke", short_help="Send it away, at once.")
    @click.argument("name")
    @DATABASE
    def revoke(name: str, database: str) -> None:
        """Let NAME in no more, and end its connections. What it has sent stays."""
        from kiosk.hub import members

        with administered(database) as db:
            ended = members.revoke(db, members.Kind(kind), name)
        click.echo(f"{name} is let in no more; connections ended: {ended}.")

    return revoke


for _group, _kind in ((kiosk, "kiosk"), (centre, "desk"), (server, "server"), (district, "district")):
    _group.add_command(_revoking(_kind))


def _let_in(
    db: psycopg.Connection[Any], kind: Kind, name: str, office: str | None, *, again: bool, login: bool
) -> str:
    from kiosk.hub import members

    if again:
        return members.add_again(db, kind, name, login=login)
    return members.add(db, kind, name, office, login=login)


@contextmanager
def _new_file(path: Path) -> Iterator[IO[str]]:
    """For its owner only, made before anybody is let in and gone where nobody was."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise click.ClickException(f"{path.name}: {error.strerror}") from None
    try:
        with open(number, "w", encoding="utf-8") as words:
            yield words
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _keep(words: IO[str], kind: Kind, name: str, password: str) -> None:
    """On the disk before the database knows it: a password is nowhere else."""
    from kiosk.hub.members import password_line, role_of

    words.write(password_line(role_of(kind, name), password))
    words.flush()
    os.fsync(words.fileno())


def _tell_settings(kind: Kind, name: str, file: Path) -> None:
    from kiosk.hub.members import role_of

    click.echo(f"{name} is let in. Carry {file.name} there, then in its kiosk.toml:")
    click.echo(f'\n[hub]\naddress = "postgresql://{role_of(kind, name)}@HOST/DATABASE"')
    click.echo('password_file = "WHERE IT LIES THERE"\nauthority = "THE CERTIFICATE OF WHO VOUCHES FOR HOST"')
