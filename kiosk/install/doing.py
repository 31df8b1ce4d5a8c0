"""A plan, carried out on a box; what it will do to each path can be asked beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.install.machine import Machine, Trouble
from kiosk.install.record import BEFORE, BESIDE, PATH, Record, record_text
from kiosk.install.steps import File, Folder, Keep, Link, Run, Step


class How(StrEnum):
    """What becomes of a step; a key of `how` in the catalogue `install`."""

    NEW = "new"
    SAME = "same"
    ANOTHER = "another"
    """Ours, of another day: it is replaced."""
    BESIDE = "beside"
    """Somebody has written it, or changed it: it stays, ours lies beside it."""
    OVER = "over"
    """The system's own: it is kept beside, ours takes its place."""
    RUN = "run"
    LATER = "later"
    """Only the box itself can do that."""
    GONE = "gone"
    """Of an earlier plan, and not needed any more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    step: Step
    how: How


def outcomes(steps: Iterable[Step], machine: Machine, record: Record) -> list[Outcome]:
    """What carrying out would do, as the box is now. Raises Trouble."""
    steps = tuple(steps)
    found = [Outcome(step, _how(step, machine, record)) for step in steps]
    paths = [step.path for step in steps if isinstance(step, File | Link)]
    stale = [Outcome(Link(path, ""), How.GONE) for path in record.only(paths)]
    return [*found, *stale, Outcome(File(PATH, ""), How.ANOTHER if machine.is_there(PATH) else How.NEW)]


def carry_out(
    steps: Sequence[Step], machine: Machine, record: Record, tell: Callable[[Outcome], None]
) -> None:
    """All of it, in its order. Raises Trouble; doing it again then goes on where it was."""
    decided = outcomes(steps, machine, record)
    for one in decided:
        _expect(one, machine, record)
    written = False
    for one in decided:
        tell(one)
        # packages and the account come before; from the first file on the record has to be there
        if not written and isinstance(one.step, File | Folder | Link):
            _keep(machine, record)
            written = True
        _do(one, machine, record)
    _keep(machine, record)


def _how(step: Step, machine: Machine, record: Record) -> How:
    match step:
        case Run():
            return How.RUN if machine.live or step.elsewhere else How.LATER
        case Folder():
            return How.SAME if machine.is_there(step.path) else How.NEW
        case Link():
            return _how_link(step, machine, record)
        case File():
            return _how_file(step, machine, record)


def _how_link(step: Link, machine: Machine, record: Record) -> How:
    if not machine.is_there(step.path):
        return How.NEW
    if machine.target(step.path) == step.target:
        return How.SAME
    return How.ANOTHER if step.path in record.links else How.OVER


def _how_file(step: File, machine: Machine, record: Record) -> How:
    there = machine.read(step.path)
    if there is None:
        return How.NEW
    if there == step.content.encode():
        return How.SAME if machine.mode(step.path) == step.mode else How.ANOTHER
    if record.wrote(step.path, there):
        return How.ANOTHER
    return How.OVER if step.over and step.path not in record.over else How.BESIDE


def _expect(one: Outcome, machine: Machine, record: Record) -> None:
    """Written down beforehand: whatever is cut off in the middle, what is there is known to be ours."""
    step = one.step
    if not isinstance(step, Run):
        for folder in machine.missing_above(step.path):
            record.add_folder(folder)
    if isinstance(step, Folder):
        if one.how is How.NEW or step.keep is not Keep.NO:
            record.add_folder(step.path, step.keep)
    elif isinstance(step, Link) and one.how is not How.GONE:
        if one.how is not How.SAME or step.path in record.links:
            record.links[step.path] = step.target
    elif isinstance(step, File) and step.path != PATH:
        record.expect(step.path + (BESIDE if one.how is How.BESIDE else ""), step.content.encode())
    if one.how is How.OVER and isinstance(step, File | Link) and step.path not in record.over:
        record.over.append(step.path)


def _do(one: Outcome, machine: Machine, record: Record) -> None:
    step, how = one.step, one.how
    if how is How.GONE:
        assert isinstance(step, Link)
        take_away(step.path, machine, record)
    elif isinstance(step, Run):
        _run(step, machine)
    elif isinstance(step, Folder):
        machine.make_folder(step.path, step.mode, step.owner)
    elif how is How.OVER:
        machine.rename(step.path, step.path + BEFORE)
        _put(step, machine, "")
    elif isinstance(step, Link) and how is not How.SAME:
        _put(step, machine, "")
    elif isinstance(step, File) and step.path != PATH and how is not How.SAME:
        _put(step, machine, BESIDE if how is How.BESIDE else "")


def _put(step: File | Link, machine: Machine, beside: str) -> None:
    if isinstance(step, Link):
        machine.link(step.path, step.target)
    else:
        machine.write(step.path + beside, step.content.encode(), step.mode)


def _run(step: Run, machine: Machine) -> None:
    if machine.live:
        machine.run(step.words)
    elif step.elsewhere:
        machine.run(tuple(word.format(root=machine.root) for word in step.elsewhere))


def _keep(machine: Machine, record: Record) -> None:
    machine.write(PATH, record_text(record).encode(), 0o644)


def take_away(path: str, machine: Machine, record: Record) -> str | None:
    """A file or a link of ours; where it was kept since somebody changed it. Raises Trouble."""
    kept = None
    link = machine.target(path)
    if link is None:
        there = machine.read(path)
        if there is not None and not record.wrote(path, there):
            kept = path + BEFORE
            machine.rename(path, kept)
        else:
            machine.remove(path)
    elif link == record.links.get(path, link):
        machine.remove(path)
    if path in record.over and kept is None and machine.is_there(path + BEFORE):
        machine.rename(path + BEFORE, path)
    record.forget(path)
    return kept


__all__ = ["How", "Outcome", "Trouble", "carry_out", "outcomes", "take_away"]
