"""The conformance table: every row is told, and none claims more than tests have shown."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.catalogue import load_catalogue
from kiosk.cli import main
from kiosk.conformance import sheet
from kiosk.conformance.load import load_proofs, load_standards, proofs_file
from kiosk.conformance.proofs import Outcome, Proof, read_proofs, written_proofs
from kiosk.conformance.rows import Needs, Row, RowFault, Standard, every_row, read_standard
from kiosk.conformance.verdict import Flaw, judge
from kiosk.text import Text
from tests.claims import is_written, keep, told

ROOT = Path(__file__).resolve().parents[1]
WORDS = Text({"zh": "话", "en": "words"})
ROWS = {row.id: row for row in every_row(load_standards())}
KEPT = load_proofs(proofs_file())


def table_of(*rows: Row) -> tuple[Standard, ...]:
    return (Standard(WORDS, "1", WORDS, rows),)


def row(needs: Needs = Needs.TESTS, name: str = "A 1", by: tuple[str, ...] = ()) -> Row:
    return Row(name, WORDS, WORDS, needs, by=by)


def proof(outcome: Outcome, *rows: str, test: str = "tests/test_a.py::test_b") -> Proof:
    return Proof(test, outcome, rows or ("A 1",))


def file_of(kept: Proof) -> str:
    return kept.test.partition("::")[0]


def run_kiosk(*words: str) -> Result:
    return CliRunner().invoke(main, ["conformance", *words])


def test_the_table_as_it_is_kept_holds() -> None:
    """A row that needs nothing but tests has one that passed, and no row has one that failed."""
    table = judge(load_standards(), KEPT)
    assert [(judged.row.id, judged.flaw) for judged in table.judged if judged.flaw] == []
    assert table.strays == ()


def test_every_proof_names_a_test_that_is_there_and_claims_its_rows() -> None:
    """Renamed, moved or changed a test? `script/conformance tests/its/file.py` takes it in."""
    assert KEPT
    assert [kept.test for kept in KEPT if not is_written(kept.test)] == []
    files = {path: (ROOT / path).read_text(encoding="utf-8") for path in {file_of(kept) for kept in KEPT}}
    assert [
        (kept.test, name) for kept in KEPT for name in kept.rows if name not in files[file_of(kept)]
    ] == []


def test_all_our_own_requirements_have_a_row() -> None:
    assert [name for name in ROWS if name.startswith("K")] == [f"K{number:02}" for number in range(1, 47)]


def test_all_criteria_of_wcag_are_there_but_the_one_that_was_removed() -> None:
    levels = Counter(row.level for name, row in ROWS.items() if name.startswith("WCAG "))
    assert levels == {"A": 31, "AA": 24, "AAA": 31}
    assert "WCAG 4.1.1" not in ROWS


def test_what_needs_more_than_tests_says_why_in_words_of_its_own() -> None:
    for name, asked in ROWS.items():
        for language in ("zh", "en"):
            assert asked.here.show(language) != asked.title.show(language), name
            assert asked.here.show(language)[-1] in "。.", name


@pytest.mark.parametrize(
    ("needs", "outcomes", "flaw"),
    [
        (Needs.TESTS, [], Flaw.NO_TEST),
        (Needs.TESTS, [Outcome.SKIPPED], Flaw.NONE_RAN),
        (Needs.TESTS, [Outcome.PASSED, Outcome.FAILED], Flaw.FAILED),
        (Needs.TESTS, [Outcome.PASSED, Outcome.SKIPPED], None),
        (Needs.DEVICE, [], None),
        (Needs.DEVICE, [Outcome.FAILED], Flaw.FAILED),
        (Needs.OUTSIDE, [Outcome.PASSED], Flaw.OUTSIDE_BUT_CLAIMED),
        (Needs.OUTSIDE, [], None),
    ],
)
def test_a_row_claims_no_more_than_its_tests(
    needs: Needs, outcomes: list[Outcome], flaw: Flaw | None
) -> None:
    proofs = tuple(proof(outcome, test=f"t::test_{n}") for n, outcome in enumerate(outcomes))
    table = judge(table_of(row(needs)), proofs)
    assert [judged.flaw for judged in table.judged] == [flaw]
    assert table.holds == (flaw is None)


def test_a_row_may_rest_on_another_that_asks_for_as_much() -> None:
    table = judge(table_of(row(name="K 1"), row(name="A 2", by=("K 1",))), (proof(Outcome.PASSED, "K 1"),))
    assert [len(judged.passed) for judged in table.judged] == [1, 1]


def test_what_people_saw_stands_in_the_row_and_changes_how_it_stands() -> None:
    both = {"zh": "话", "en": "words"}
    seen = {"zh": "十二位里十位", "en": "ten of twelve people"}
    entry = {"id": "A 1", "title": both, "here": both, "needs": "people"}
    texts = load_catalogue("conformance")
    for extra, stands in (({}, "needs people"), ({"seen": seen}, "tried")):
        rows = [entry | extra]
        table = judge((read_standard({"title": both, "checked": both, "row": rows}),), ())
        shown = "\n".join(sheet.lines(table, texts, "en"))
        assert f"[{stands}]" in shown
        assert ("ten of twelve people" in shown) == bool(extra)


def test_what_names_a_row_that_is_not_there_is_told() -> None:
    table = judge(table_of(row(by=("B 7",))), (proof(Outcome.PASSED, "A 1", "C 9"),))
    assert table.strays == (("B 7", "A 1"), ("C 9", "tests/test_a.py::test_b"))
    assert not table.holds


@pytest.mark.parametrize(
    ("changed", "told_of"),
    [
        ({"here": {"zh": "话"}}, "A 1: here"),
        ({"needs": "luck"}, "A 1: needs"),
        ({"proof": "mine"}, "A 1: unknown proof"),
    ],
)
def test_a_row_that_is_written_wrongly_is_named(changed: dict[str, object], told_of: str) -> None:
    both = {"zh": "话", "en": "words"}
    entry = {"id": "A 1", "title": both, "here": both} | changed
    with pytest.raises(RowFault, match=told_of):
        read_standard({"title": both, "checked": both, "row": [entry]})


def test_what_is_kept_reads_back_the_same_and_in_one_order() -> None:
    import tomllib

    proofs = [
        proof(Outcome.SKIPPED, "K01", test="b::test_é"),
        proof(Outcome.PASSED, "K02", "A 1", test="a::test_1"),
    ]
    written = written_proofs(proofs)
    assert written == written_proofs(reversed(proofs))
    assert {p.test: set(p.rows) for p in read_proofs(tomllib.loads(written))} == {
        "a::test_1": {"K02", "A 1"},
        "b::test_é": {"K01"},
    }


FOUR = '''"""Four of them."""
import pytest

@pytest.mark.proves("EN 5.7")
@pytest.mark.parametrize("n", [1, 2])
def test_one_example_is_skipped(n):
    """K27."""
    if n == 2:
        pytest.skip("needs a second one")

def test_that_fails():
    """K01: it does not hold."""
    assert False

@pytest.mark.proves("EN 5.8")
def test_that_never_runs():
    pytest.skip("needs the device")

def test_that_claims_nothing():
    """K99 is no row."""
'''


def run_tests(folder: Path, source: str, *options: str) -> subprocess.CompletedProcess[str]:
    """A run of pytest of its own, with the project's own conftest, in which the folder is the project."""
    (folder / "conftest.py").write_text(
        "from pathlib import Path\nimport tests.claims\nfrom tests.conftest import *\n"
        "from tests.conftest import _own_world\ntests.claims.ROOT = Path(__file__).parent\n"
    )
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\nmarkers = proves(*rows): rows\n")
    (folder / "test_some.py").write_text(source, encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "test_some.py"]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


IN_ONE, IN_TWO = ("-p", "no:xdist"), ("-n", "2")
"""Processes that run the tests."""


@pytest.mark.parametrize("processes", [IN_ONE, IN_TWO], ids=["in one process", "in two"])
def test_a_run_keeps_who_claims_what_and_how_it_ended(tmp_path: Path, processes: tuple[str, ...]) -> None:
    ran = run_tests(tmp_path, FOUR, "--proofs=kept.toml", *processes)
    kept = {proof.test.partition("::")[2]: proof for proof in load_proofs(tmp_path / "kept.toml")}
    assert {name: (proof.outcome, proof.rows) for name, proof in kept.items()} == {
        "test_one_example_is_skipped": (Outcome.PASSED, ("EN 5.7", "K27")),
        "test_that_fails": (Outcome.FAILED, ("K01",)),
        "test_that_never_runs": (Outcome.SKIPPED, ("EN 5.8",)),
    }
    assert "conformance: 1 of 3 tests that claim a row passed" in ran.stdout
    assert str(tmp_path) not in (tmp_path / "kept.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("processes", [IN_ONE, IN_TWO], ids=["in one process", "in two"])
def test_a_test_that_claims_nothing_any_more_is_no_proof_any_more(
    tmp_path: Path, processes: tuple[str, ...]
) -> None:
    claimed = proof(Outcome.PASSED, "K01", test="test_some.py::test_that_claims_nothing")
    (tmp_path / "kept.toml").write_text(written_proofs([claimed]), encoding="utf-8")
    run_tests(tmp_path, FOUR, "--proofs=kept.toml", *processes)
    kept = {proof.test for proof in load_proofs(tmp_path / "kept.toml")}
    assert claimed.test not in kept
    assert "test_some.py::test_that_fails" in kept


def test_only_the_tests_that_claim_a_row_may_be_run(tmp_path: Path) -> None:
    ran = run_tests(tmp_path, FOUR, "--proving", "--collect-only")
    assert "test_that_fails" in ran.stdout
    assert "test_that_claims_nothing" not in ran.stdout


def test_a_mark_that_names_no_row_stops_the_run(tmp_path: Path) -> None:
    ran = run_tests(tmp_path, FOUR.replace("EN 5.8", "EN 5.88"))
    assert ran.returncode == pytest.ExitCode.USAGE_ERROR
    assert "test_that_never_runs proves EN 5.88: no such row" in ran.stdout + ran.stderr


def test_what_ran_takes_the_place_of_what_was_kept_and_what_is_gone_goes(tmp_path: Path) -> None:
    here, file = "tests/test_conformance.py::", tmp_path / "kept.toml"
    stays, fresh, idle, gone = (
        f"{here}{name}"
        for name in (
            "test_the_table_as_it_is_kept_holds",
            "test_a_mark_that_names_no_row_stops_the_run",
            "test_all_our_own_requirements_have_a_row",
            "test_that_was_renamed",
        )
    )
    before = [proof(Outcome.PASSED, "K01", test=test) for test in (stays, fresh, idle, gone)]
    file.write_text(written_proofs(before), encoding="utf-8")
    keep(file, [proof(Outcome.FAILED, "K02", test=fresh)], {idle})
    assert {kept.test: kept.outcome for kept in load_proofs(file)} == {
        stays: Outcome.PASSED,
        fresh: Outcome.FAILED,
    }


def test_the_closing_lines_say_what_is_no_longer_so() -> None:
    kept = (proof(Outcome.PASSED, test="a"), proof(Outcome.PASSED, test="b"))
    found = (
        proof(Outcome.PASSED, test="a"),
        proof(Outcome.SKIPPED, test="b"),
        proof(Outcome.PASSED, test="c"),
    )
    assert told(found, kept) == [
        "2 of 3 tests that claim a row passed",
        "kept as passed, and not so in this run: b",
        "1 of them are new or claim other rows: script/conformance takes them in",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_shows_every_row_and_ends_well(lang: str) -> None:
    ran = run_kiosk("--lang", lang)
    assert ran.exit_code == 0, ran.output
    assert [
        name for name in ROWS if not re.search(rf"(?m)^{re.escape(name)}(?: \(A+\))?  ", ran.output)
    ] == []


def test_one_row_is_shown_with_its_tests() -> None:
    ran = run_kiosk("WCAG 2.5.2", "--lang", "en")
    assert "passed  tests/screens/test_keys_and_touch.py::test_a_finger_that_slides_off" in ran.output
    assert run_kiosk("WCAG 9.9.9").exit_code == 1


def test_a_claim_without_ground_ends_badly_and_names_the_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept.toml"
    file.write_text(written_proofs([*KEPT, proof(Outcome.FAILED, "K01")]), encoding="utf-8")
    monkeypatch.setattr("kiosk.conformance.load.proofs_file", lambda: file)
    ran = run_kiosk("--lang", "en")
    assert ran.exit_code == 1
    assert "K01: a test of it failed\n    failed  tests/test_a.py::test_b" in ran.output


def test_the_page_for_a_browser_has_every_row_and_asks_no_other_place(tmp_path: Path) -> None:
    ran = run_kiosk("--html", str(tmp_path / "table.html"))
    assert ran.exit_code == 0, ran.output
    page = (tmp_path / "table.html").read_text(encoding="utf-8")
    assert [name for name in ROWS if f'<th scope="row">{name}' not in page] == []
    assert not re.search(r"https?:|src=|url\(", page)


def test_programs_are_told_needs_flaws_and_tests() -> None:
    standards = json.loads(run_kiosk("--json").stdout)
    rows = {row["id"]: row for standard in standards for row in standard["rows"]}
    assert set(rows) == set(ROWS)
    assert rows["K14"]["needs"] == "people"
    assert set(rows["K26"]["tests"].values()) == {"passed"}
