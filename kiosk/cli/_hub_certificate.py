"""`kiosk hub certificate`: who is who where kiosks reach the hub over HTTPS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.durable import write_new

if TYPE_CHECKING:
    from kiosk.hub.certificates import Identity

_VOUCHING = "authority"
AUTHORITY, AUTHORITY_KEY = f"{_VOUCHING}.crt", f"{_VOUCHING}.key"
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
READ = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def certificate() -> None:
    """Certificates for kiosks and the hub, from an authority of your own.

    A private key stays on the machine it was made on: `ask` there, carry the request to the authority,
    `sign`, and carry the certificate back.
    """


@certificate.command()
@click.argument("folder", type=FOLDER)
@click.option("--name", default="Bangban", show_default=True, help="What it calls itself.")
def authority(folder: Path, name: str) -> None:
    """Make an authority in FOLDER, once. Keep FOLDER away from every machine of the hub."""
    from datetime import UTC, datetime

    from kiosk.hub.certificates import make_authority

    made = make_authority(name, datetime.now(UTC))
    with _telling():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_new(folder / AUTHORITY_KEY, made.key)
        write_new(folder / AUTHORITY, made.certificate)
    click.echo(f"{AUTHORITY} goes to the hub and to every kiosk; {AUTHORITY_KEY} stays here.")


@certificate.command()
@click.argument("folder", type=FOLDER)
@click.option("--name", default="bangban", show_default=True, help="Of the files, and in the request.")
def ask(folder: Path, name: str) -> None:
    """On the machine it is for: make a key in FOLDER, and a request to carry to the authority."""
    from kiosk.hub.certificates import make_request

    if "/" in name or not name.isprintable() or not 0 < len(name) <= 64:
        raise click.UsageError("--name is a plain name")
    made = make_request(name)
    with _telling():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_new(folder / f"{name}.key", made.key)
        write_new(folder / f"{name}.request", made.request)
    click.echo(f"Carry {name}.request to whoever keeps the authority; {name}.key stays here.")


@certificate.command()
@click.argument("request", type=READ)
@click.argument("made", type=FILE)
@click.option("--authority", "folder", required=True, type=FOLDER, help="The folder of the authority.")
@click.option("--kiosk", "kiosk_name", help="It is for this kiosk, as `kiosk hub kiosk add` named it.")
@click.option("--hub", "hosts", multiple=True, help="It is for the hub, which kiosks reach under this name.")
@click.option(
    "--days", default=397, show_default=True, type=click.IntRange(1, 3650), help="How long it is good."
)
def sign(
    request: Path, made: Path, folder: Path, kiosk_name: str | None, hosts: tuple[str, ...], days: int
) -> None:
    """Vouch for REQUEST: the certificate goes into the new file MADE. Look first who brought it."""
    from datetime import UTC, datetime

    from kiosk.hub.certificates import sign_hub, sign_kiosk
    from kiosk.hub.members import Kind, MemberFault, role_of

    if bool(kiosk_name) == bool(hosts):
        raise click.UsageError("give either --kiosk NAME or --hub NAME")
    now = datetime.now(UTC)
    with _telling():
        vouching, asked = _authority(folder), request.read_bytes()
        try:
            if kiosk_name:
                signed = sign_kiosk(vouching, asked, role_of(Kind.KIOSK, kiosk_name), now, days)
            else:
                signed = sign_hub(vouching, asked, hosts, now, days)
        except (ValueError, MemberFault) as fault:
            raise click.ClickException(str(fault)) from None
        write_new(made, signed)
    click.echo(f"{made.name} is good for {days} days.")


@certificate.command("receipt-key")
@click.argument("file", type=FILE)
def receipt_key(file: Path) -> None:
    """Make FILE, with which the hub signs receipts, where it is not there yet; print its public half.

    That goes into hub.receipt_key of every kiosk's kiosk.toml. Servers beside one another share the file.
    """
    from kiosk.security.device_key import signing_key
    from kiosk.security.keys import KeyTrouble

    with _telling():
        try:
            click.echo(signing_key(file).public.hex())
        except KeyTrouble as trouble:
            raise click.ClickException(str(trouble)) from None


def _authority(folder: Path) -> Identity:
    from kiosk.hub.certificates import Identity

    return Identity((folder / AUTHORITY).read_bytes(), (folder / AUTHORITY_KEY).read_bytes())


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        name = Path(str(error.filename)).name if error.filename else "the file"
        raise click.ClickException(f"{name}: {error.strerror}") from None
