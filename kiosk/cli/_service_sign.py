"""`kiosk service sign`: somebody has read the service and answers for it."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli._given import LANG
from kiosk.cli._service_files import FILE, told


@click.command(short_help="Sign it off, and offer it.")
@FILE
@click.option("--by", required=True, help="Who has read it and answers for it.")
@click.option("--live", is_flag=True, help="Offer it to residents from now on.")
@LANG
def sign(file: Path, by: str, live: bool, lang: str) -> None:
    """Sign FILE off. Refused while the check finds an error; any later change of the content lapses it."""
    import datetime

    from kiosk.catalogue import load_catalogue
    from kiosk.services.sign_off import Signed, sign

    if not by.strip():
        raise click.UsageError("--by needs a name")
    try:
        outcome = sign(file, by, datetime.date.today(), live=live)  # noqa: DTZ011 - the signer's own day
    except OSError as error:
        raise click.ClickException(f"{file.name}: {error.strerror}") from None
    if not isinstance(outcome, Signed):
        raise click.ClickException("\n".join(told(problem, lang) for problem in outcome))
    service = outcome.service
    key = "summary.signed_live" if service.status == "live" else "summary.signed_draft"
    told_now = load_catalogue("author").text(
        key, title=service.title.text(), version=service.version, digest=outcome.digest[:12], by=by.strip()
    )
    click.echo(told_now.show(lang))
