"""Which rows of the conformance table each test claims, and what became of it in this run.

A test claims a row by `@pytest.mark.proves("EN 5.1.3.9")`, or by naming one of our own K numbers in its
docstring or in that of its file. `pytest --proofs FILE` keeps what was found; `kiosk conformance` builds its
table from that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kiosk.conformance.load import load_proofs, load_standards
from kiosk.conformance.proofs import Outcome, Proof, written_proofs
from kiosk.conformance.rows import every_row

ROOT = Path(__file__).resolve().parents[1]
_OURS = re.compile(r"\bK\d\d\b")
_PROPERTY = "proves"
_IDLE = "tests that claim nothing"


def claims_of(item: pytest.Item) -> tuple[str, ...]:
    """The rows a test claims, by its marks and docstrings. Raises UsageError for a mark that is no row."""
    known = _known_rows()
    marked = {name for mark in item.iter_markers("proves") for name in mark.args}
    if unknown := sorted(marked - known):
        raise pytest.UsageError(f"{item.nodeid} proves {', '.join(unknown)}: no such row in data/conformance")
    tellers = (getattr(item, part, None) for part in ("function", "cls", "module"))
    told = (teller.__doc__ or "" for teller in tellers if teller is not None)
    cited = {name for words in told for name in _OURS.findall(words)}
    return tuple(sorted(marked | cited & known))


@cache
def _known_rows() -> frozenset[str]:
    return frozenset(row.id for row in every_row(load_standards()))


def test_of(nodeid: str) -> str:
    """The test a node is an example of: without its parameters."""
    return nodeid.partition("[")[0]


def is_written(test: str) -> bool:
    """Whether the file of the test has a function of that name."""
    path, _, inside = test.partition("::")
    name = inside.rpartition("::")[2]
    file = ROOT / path
    return file.is_file() and name in _functions(file)


@cache
def _functions(file: Path) -> frozenset[str]:
    return frozenset(re.findall(r"(?m)^\s*(?:async )?def (test_\w+)\(", file.read_text(encoding="utf-8")))


class Claims:
    """Listens to a run of pytest: who claims what, who passed."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[str, ...]] = {}
        self.outcomes: dict[str, set[Outcome]] = {}
        self.idle: set[str] = set()
        """Tests of this run that claim nothing (any more)."""

    def proofs(self) -> tuple[Proof, ...]:
        """Of the proving tests that ran or were skipped."""
        return tuple(Proof(test, _outcome(all_of), self.rows[test]) for test, all_of in self.outcomes.items())

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        proving: list[pytest.Item] = []
        for item in items:
            if claimed := claims_of(item):
                # Reports carry it along, from whichever process runs the test.
                item.user_properties.append((_PROPERTY, claimed))
                proving.append(item)
            else:
                self.idle.add(test_of(item.nodeid))
        if config.getoption("--proving"):
            config.hook.pytest_deselected(items=[item for item in items if item not in proving])
            items[:] = proving

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        claimed = dict(report.user_properties).get(_PROPERTY)
        if not isinstance(claimed, (tuple, list)) or (report.when != "call" and report.passed):
            return
        test = test_of(report.nodeid)
        self.rows[test] = tuple(str(name) for name in claimed)
        self.outcomes.setdefault(test, set()).add(Outcome(report.outcome))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A process that runs tests for another (pytest-xdist) tells it what no report carries."""
        if _runs_for_another(session.config):
            session.config.workeroutput[_IDLE] = sorted(self.idle)  # type: ignore[attr-defined]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A process that ran tests for this one has ended; one that fell tells nothing."""
        self.idle |= set(getattr(node, "workeroutput", {}).get(_IDLE, ()))

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        found = self.proofs()
        if not found or _runs_for_another(config):
            return
        if kept := config.getoption("--proofs"):
            keep(Path(kept), found, self.idle)
        for line in told(found, load_proofs(ROOT / "data" / "conformance" / "proofs.toml")):
            terminalreporter.write_line(f"conformance: {line}")


def _runs_for_another(config: pytest.Config) -> bool:
    """Whether this is one of several processes, and another one gathers what they find."""
    return hasattr(config, "workeroutput")


def _outcome(all_of: set[Outcome]) -> Outcome:
    if Outcome.FAILED in all_of:
        return Outcome.FAILED
    return Outcome.PASSED if Outcome.PASSED in all_of else Outcome.SKIPPED


def keep(path: Path, found: Iterable[Proof], idle: Set[str] = frozenset()) -> None:
    """Puts what was found in the place of what was kept of the same tests; those gone, or idle now, go."""
    before = (proof for proof in load_proofs(path) if proof.test not in idle and is_written(proof.test))
    proofs = {proof.test: proof for proof in before}
    proofs |= {proof.test: proof for proof in found}
    path.write_text(written_proofs(proofs.values()), encoding="utf-8")


def told(found: tuple[Proof, ...], kept: tuple[Proof, ...]) -> list[str]:
    """The closing lines: how many proving tests passed, and where the kept proofs say otherwise."""
    passed = sum(proof.outcome is Outcome.PASSED for proof in found)
    lines = [f"{passed} of {len(found)} tests that claim a row passed"]
    before = {proof.test: proof for proof in kept}
    good_before = {proof.test for proof in kept if proof.outcome is Outcome.PASSED}
    lost = {proof.test for proof in found if proof.outcome is not Outcome.PASSED} & good_before
    lines += [f"kept as passed, and not so in this run: {test}" for test in sorted(lost)]
    if new := sum(proof.test not in before or before[proof.test].rows != proof.rows for proof in found):
        lines.append(f"{new} of them are new or claim other rows: script/conformance takes them in")
    return lines
