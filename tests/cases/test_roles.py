"""Who may do what: every cell of the one table (K42)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kiosk.cases.moves import Act
from kiosk.cases.roles import Right, may, may_see
from kiosk.cases.states import DECIDED, OPEN, Role, State

ORDER = (Role.RESIDENT, Role.VOLUNTEER, Role.STAFF, Role.MANAGER)
TABLE: dict[Right | Act, str] = {
    # R resident, V volunteer, S staff, M manager
    Right.SIGN_IN: "VSM",
    Right.SEE_BOARD: "VSM",
    Right.SEARCH: "VSM",
    Right.SEE_OPEN: "VSM",
    Right.SEE_FINISHED: "SM",
    Right.ANSWER_CALLS: "VSM",
    Right.STAND_BESIDE: "VSM",
    Right.NEW_OWN_PIN: "VSM",
    Right.SEE_IN_FULL: "SM",
    Right.SEE_WORDS: "SM",
    Right.WORK: "SM",
    Right.PAPERS: "SM",
    Right.IDENTITY: "SM",
    Right.AUTHORITY: "SM",
    Right.CORRECT: "SM",
    Right.RATINGS: "SM",
    Right.TAKE_RATING_OVER: "M",
    Right.OTHERS_CASES: "M",
    Right.ACCOUNTS: "M",
    Right.SERVICES: "M",
    Right.STATISTICS: "M",
    Right.EXPORT: "M",
    Right.CONFIRM_EXPORT: "SM",
    Act.SUBMIT: "RVSM",
    Act.CLAIM: "SM",
    Act.PUT_DOWN: "SM",
    Act.RELEASE: "SM",
    Act.CHECK: "SM",
    Act.ASK_INFO: "SM",
    Act.RECEIVE_INFO: "SM",
    Act.ACCEPT: "SM",
    Act.FILE: "SM",
    Act.FAIL_FILING: "SM",
    Act.CONFIRM_FILING: "SM",
    Act.COMPLETE: "SM",
    Act.REJECT: "SM",
    Act.TELL: "SM",
    Act.HEAR: "R",
    Act.CLOSE: "SM",
    Act.RATE: "R",
    Act.HOLD: "SM",
    Act.WAKE: "SM",
    Act.ASK_COLLEAGUE: "SM",
    Act.ANSWER_COLLEAGUE: "SM",
    Act.OFFER: "SM",
    Act.DECLINE: "SM",
    Act.TAKE_OVER: "SM",
    Act.ASSIGN: "M",
    Act.TRANSFER: "SM",
    Act.MERGE: "SM",
    Act.HAND_OVER: "SM",
    Act.GIVE_BACK: "SM",
    Act.TAKE_BACK: "SM",
    Act.WITHDRAW: "R",
    Act.WITHDRAW_FOR: "SM",
    Act.REOPEN: "SM",
}
"""Written a second time on purpose: a change that gives somebody more must be said here, too."""


def test_the_table_leaves_nothing_out() -> None:
    """K42: whatever can be done has its line."""
    assert set(TABLE) == {*Right, *Act}


@pytest.mark.parametrize("what", TABLE, ids=lambda what: f"{type(what).__name__}-{what}")
def test_each_role_may_do_just_what_the_table_says(what: Right | Act) -> None:
    """K42: each cell."""
    assert "".join(role[0].upper() for role in ORDER if may(role, what)) == TABLE[what]


@pytest.mark.parametrize("state", State)
def test_a_volunteer_sees_no_case_that_came_out(state: State) -> None:
    """K42: volunteers cannot see finished cases; staff see all, a resident none at the desk."""
    assert may_see(Role.VOLUNTEER, state) == (state in OPEN)
    assert may_see(Role.STAFF, state) and may_see(Role.MANAGER, state)
    assert not may_see(Role.RESIDENT, state)
    assert not (state in DECIDED and may_see(Role.VOLUNTEER, state))


def test_roles_are_asked_for_nowhere_else() -> None:
    """A check that stands somewhere else would not be in the table."""
    strays = [
        f"{path}:{node.lineno}"
        for folder in ("kiosk/store", "kiosk/security", "kiosk/cli", "screens/desk")
        for path in sorted(Path(folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Compare) and _is_of_a_role(node)
    ]
    assert strays == []


def _is_of_a_role(node: ast.Compare) -> bool:
    """`somebody.role is Role.X`, `role in DESK`; what an old line says of its writer is no check."""
    sides = [ast.unparse(side) for side in (node.left, *node.comparators)]
    whose = any(side == "role" or side.endswith((".role", "['role'])")) for side in sides)
    which = any(side == "DESK" or side.startswith("Role.") for side in sides)
    return whose and which and "event.role" not in sides
