"""`kiosk case attach`: a paper of a case from a file, sealed; it can be opened at the desk only."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import click

from kiosk.cli._given import settings_of, state_of
from kiosk.cli._store import open_here

if TYPE_CHECKING:
    from kiosk.cases.materials import Copy
    from kiosk.cases.moves import IllegalMove

_UNFIT = {
    "empty": "the file is empty",
    "kind": "only a JPEG, a PNG or a PDF can be kept, by its content; this is none of them",
    "broken": "the file is damaged",
    "large": "the copy is larger than [materials] file_mib allows",
    "dots": "the picture has more dots than any paper; scan it at 300 dpi or less",
}
_REFUSED = {
    "held": "somebody is working on this case: add the paper at the desk, or later",
    "state": "the case is decided: nothing is added to it any more",
    "room": "the case holds as many copies as [materials] case_mib allows",
}


@click.command("attach")
@click.argument("number")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--material", default="other", show_default=True, help="Which paper of the case it is, by its id."
)
@click.pass_context
def attach(ctx: click.Context, number: str, file: IO[bytes], material: str) -> None:
    """Keep FILE with case NUMBER, sealed; - reads it from standard input.

    A JPEG or PNG is drawn anew, so that place and time of the picture stay behind; a PDF is kept as it is.
    """
    from kiosk.cases.materials import OTHER
    from kiosk.cases.moves import IllegalMove
    from kiosk.cases.states import Actor, Role

    limits = settings_of(ctx).materials
    copy = _copy(file, limits.file_mib)
    with open_here(ctx) as store:
        case_id = store.case_id_of(number)
        if case_id is None:
            raise click.ClickException("there is no case with this number")
        known = _materials(ctx, store.progress_of(case_id).service_id)
        if material not in {OTHER, *known}:
            raise click.ClickException(f"its service asks for no such paper, but for: {' '.join(known)}")
        try:
            n = store.attach(case_id, Actor("kiosk case", Role.MANAGER), material, copy, limits.case_mib)
        except IllegalMove as refused:
            raise click.ClickException(_why(refused)) from None
    click.echo(f"kept as copy {n}; the file is still where it was")


def _materials(ctx: click.Context, service_id: str) -> list[str]:
    """From the service file: what the case itself asks for lies sealed."""
    from kiosk.cli._editions import shelf_of

    service = shelf_of(settings_of(ctx), state_of(ctx)).services.get(service_id)
    return [one.id for one in service.material] if service else []


def _copy(file: IO[bytes], most_mib: int) -> Copy:
    from kiosk.paper.copies import LARGEST_RAW, UnfitCopy, copy_of

    try:
        return copy_of(file.read(LARGEST_RAW + 1), most_mib)
    except UnfitCopy as unfit:
        raise click.ClickException(_UNFIT[unfit.why]) from None


def _why(refused: IllegalMove) -> str:
    return _REFUSED.get(refused.why, str(refused))
