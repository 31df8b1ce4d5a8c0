"""The program of a box: brought up to date, tried, switched, tried again, and gone back where it fails.

Cut off at any moment one whole version runs, the old or the new one, and the store opens with it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from kiosk.update import first_day, store_copy
from kiosk.update.contents import Contents, steps
from kiosk.update.environment import LOCK, make_environment, version_of
from kiosk.update.first_day import Became, FirstDay, note_first_day
from kiosk.update.refused import Refused
from kiosk.update.rights import as_the_owner
from kiosk.update.stick import Stick, bring
from kiosk.update.trial import Box, Finding, last_line, worse
from kiosk.update.versions import ALL, CURRENT, Switch, Versions

Say = Callable[..., None]
"""Told where it stands: a key of the catalogue's group `step`, and its values."""
BACKUPS = "before-update"
"""In the data folder: the store as it was before the last update, as `kiosk restore` takes it."""
AT_A_START = 50
"""Seconds for each of the three commands of going back before a start, which is waited for no longer than
TimeoutStartSec of the kiosk's unit."""
_NEXT_TIME = {"store_busy", "hangs"}


def home() -> Path | None:
    """The folder of versions that this program runs from; None where it does not lie in one."""
    prefix = Path(sys.prefix).resolve()
    return prefix.parent.parent if prefix.parent.name == ALL else None


def own_command() -> Path:
    """How others start this program: by the link where there is one, so that an update reaches them, too."""
    folder = home()
    return (folder / CURRENT if folder else Path(sys.prefix)) / "bin" / "kiosk"


class ProgramUpdate:
    """One box, and the versions of the program on it. Every method raises Refused and OSError."""

    def __init__(
        self, versions: Versions, box: Box, say: Say, now: Callable[[], datetime], *, again: bool = False
    ) -> None:
        """`now`: with the centre's zone. `again`: a version that fell here before is taken all the same."""
        self._versions = versions
        self._box = box
        self._say = say
        self._now = now
        self._again = again

    def update(self, stick: Stick, contents: Contents) -> str:
        """The version that runs now. Refused: the one before runs, with its store."""
        version = self._fitting(contents)
        self.settle()
        before = self._versions.current
        known = self._found_now(before)
        backup = self._backed_up(before)
        self._made(stick, contents, version, before)
        try:
            self._tried(version, known)
            self._versions.note(Switch(before, version, good=False, backup=backup))
            self._versions.switch(version)
            self._say("switched", version=version)
            self._tried_in_place(version, known, before)
        except BaseException:
            store_copy.drop_copy(self._box.state)
            raise
        store = ""
        with suppress(Refused):
            store = self._digest(version)
        self._kept(replace(self._must_have_record(), good=True), store)
        store_copy.keep_for_first_day(self._box.state)
        return version

    def settle(self) -> str:
        """What was cut off is brought to its end; the version that runs then."""
        record, current = self._versions.record(), self._versions.current
        # People may have been there since: the store stays as it is, whatever comes out.
        store_copy.drop_copy(self._box.state)
        if record is None or record.good:
            self._versions.keep_only(current, *((record.before, record.after) if record else ()))
        elif record.after != current:
            # It was cut off before the switch, or after it had gone back.
            self._versions.note(Switch("", current, good=True))
            self._versions.keep_only(current)
        else:
            self._say("again", version=current)
            found = self._box.check(self._versions.path(current))
            if found["store"].state == "bad":
                raise Refused("unsettled", version=current, found=found["store"].words)
            self._kept(replace(record, good=True))
        return current

    def back(self) -> str:
        """To the version before; the one that runs then."""
        record, current = self._versions.record(), self._versions.current
        if record is None or record.after != current or not self._versions.is_whole(record.before):
            raise Refused("no_older")
        self._not_one_that_fell(record.before)
        older = self._versions.path(record.before)
        with store_copy.nobody_else(self._box.state):
            pass
        store = self._box.check(older).get("store")
        if store is not None and store.state == "bad":
            if self._back_with_the_store(record.before, current):
                return record.before
            raise Refused("store_newer", version=record.before, backup=record.backup, found=store.words)
        self._back_to(record.before, current)
        store_copy.drop_first_day(self._box.state)
        return record.before

    def after_falls(self) -> str:
        """The kiosk has reached its page for staff: back to the version before, where the one that runs is in
        its first day; empty where nothing is to be done. Refused: it stays, and why.
        """
        state, current = self._box.state, self._versions.current
        if not first_day.is_marked(state):
            return ""
        # Whatever comes out: nothing of this is to stand in the way of the next start.
        with as_the_owner(state):
            first_day.unmark(state)
        day, now = self._day(), self._now()
        if day is None or not day.lasts(current, now):
            return ""
        fell = replace(day, became=Became.FELL, at=now.isoformat(timespec="minutes"))
        self._note_day(fell)
        self._box = replace(self._box, longest=min(self._box.longest, AT_A_START))
        try:
            version = self.back()
        except Refused as refused:
            # With a desk closed, or less to do, it may be possible the next time; all else is for people.
            busy = refused.code in _NEXT_TIME
            self._note_day(day if busy else replace(fell, became=Became.STAYS, why=refused.code))
            raise
        with suppress(Refused):
            # The day's report, which tells of it.
            self._box.ran(self._versions.path(version), "check")
        return version

    # the steps

    def _back_to(self, version: str, current: str) -> None:
        self._versions.switch(version)
        self._versions.note(Switch(current, version, good=True))
        self._versions.keep_before(current)
        self._say("switched", version=version)

    def _back_with_the_store(self, older: str, current: str) -> bool:
        """Where nobody has done anything since, the store goes back as well. False: somebody has."""
        day = self._day()
        if day is None or day.version != current or not day.store:
            return False
        noted, then = day.store, partial(self._back_to, older, current)
        state = self._box.state
        return store_copy.put_back_of_first_day(state, lambda now: self._digest(current, now) == noted, then)

    def _digest(self, version: str, data: Path | None = None) -> str:
        """Of all that lies in the store, as this version reads it; empty where it cannot. Raises Refused."""
        done = self._box.ran(self._versions.path(version), "verify", "--digest", data=data)
        return done.stdout.strip() if done.returncode == 0 else ""

    def _day(self) -> FirstDay | None:
        return first_day.first_day(self._versions.folder)

    def _note_day(self, day: FirstDay) -> None:
        note_first_day(self._versions.folder, day)

    def _not_one_that_fell(self, version: str) -> None:
        day = self._day()
        if day is None or day.version != version:
            return
        if day.fell(self._versions.current) and not self._again:
            raise Refused("fell_here", version=version, at=day.shown_at)

    def _fitting(self, contents: Contents) -> str:
        """A whole program, newer than the one that runs."""
        version = version_of(set(contents.files))
        if version is None or version != contents.version or LOCK not in contents.files:
            raise Refused("sheet")
        current = self._versions.current
        if current and steps(version) <= steps(current):
            raise Refused("not_newer", version=version, current=current)
        self._not_one_that_fell(version)
        return version

    def _found_now(self, before: str) -> dict[str, Finding]:
        """What works with the version that runs: nothing of it may stop."""
        with store_copy.nobody_else(self._box.state):
            pass
        program = self._versions.path(before) if before else Path(sys.prefix)
        try:
            return self._box.check(program)
        except Refused as refused:
            raise Refused("not_checked", **refused.values) from None

    def _backed_up(self, before: str) -> str:
        """The store for `kiosk restore`, should somebody want to go back days later, and the copy for now."""
        state = self._box.state
        made = ""
        if (state / store_copy.STORE).exists():
            program = self._versions.path(before) if before else Path(sys.prefix)
            done = self._box.ran(program, "backup", str(state / BACKUPS), "--json")
            if done.returncode:
                raise Refused("no_backup", said=last_line(done.stderr))
            made = json.loads(done.stdout)["folder"]
            self._say("backed_up", name=made)
        store_copy.keep_copy(state)
        return made

    def _made(self, stick: Stick, contents: Contents, version: str, before: str) -> None:
        folder = self._versions.begin(version)
        try:
            bring(stick, contents, folder)
            self._say("copied", version=version, count=str(len(contents.files)))
            make_environment(folder, self._versions.path(before) if before else None)
            self._versions.finish(version)
        except BaseException:
            self._versions.drop(version)
            store_copy.drop_copy(self._box.state)
            raise
        self._say("made", version=version)

    def _tried(self, version: str, known: dict[str, Finding]) -> None:
        """On a copy of the store: the new form may be one that the old program cannot read."""
        program = self._versions.path(version)
        try:
            with store_copy.trial_data(self._box.state) as data:
                self._no_worse(known, self._box.check(program, data))
            self._box.walk(program)
        except BaseException:
            self._versions.drop(version)
            raise
        self._say("tried", version=version)

    def _tried_in_place(self, version: str, known: dict[str, Finding], before: str) -> None:
        program = self._versions.folder / CURRENT
        try:
            self._no_worse(known, self._box.check(program))
        except BaseException:
            self._taken_back(version, before)
            raise
        self._say("tried_again", version=version)

    def _taken_back(self, version: str, before: str) -> None:
        """The store first: the new program could open the old store, the old one not the new."""
        store_copy.put_back(self._box.state)
        if before:
            self._versions.switch(before)
        else:
            # the program that lies somewhere else runs on
            self._versions.none()
        self._versions.note(Switch("", before, good=True))
        self._versions.drop(version)
        if before:
            self._say("taken_back", version=before)

    def _no_worse(self, known: dict[str, Finding], found: dict[str, Finding]) -> None:
        finding = worse(known, found)
        if finding is not None:
            raise Refused("worse", found=finding.words)

    def _kept(self, record: Switch, store: str = "") -> None:
        """The one that runs and the one before stay, and of the backups the last."""
        self._versions.note(record)
        self._versions.keep_before(record.before)
        if record.before:
            since = self._now().isoformat(timespec="seconds")
            self._note_day(FirstDay(record.after, since, store=store))
        self._versions.keep_only(record.before, record.after)
        store_copy.keep_only_backup(self._box.state / BACKUPS, record.backup)

    def _must_have_record(self) -> Switch:
        record = self._versions.record()
        assert record is not None
        return record
