"""Conditions have three values: yes, no, not known yet. Unanswered is not zero."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.conditions import fields_of, holds
from kiosk.flow.values import Values
from kiosk.services.condition import Condition

YES, NO, OPEN = {"field": "a", "is": "x"}, {"field": "a", "is": "y"}, {"field": "missing", "is": "x"}
KNOWN: Values = {"a": "x", "age": 82, "born": "1944-03-05", "rent": Decimal("800.50"), "ticked": "left,top"}
PARTS = {True: YES, False: NO, None: OPEN}


def tell(shape: dict[str, Any], values: Values = KNOWN) -> bool | None:
    return holds(Condition.model_validate(shape), values)


def rank(value: bool | None) -> int:
    """Kleene's order: no, not known, yes."""
    return {False: 0, None: 1, True: 2}[value]


@pytest.mark.parametrize("parts", list(product([True, False, None], repeat=3)))
def test_joins_follow_kleene(parts: tuple[bool | None, ...]) -> None:
    inner = [PARTS[part] for part in parts]
    lowest, highest = min(parts, key=rank), max(parts, key=rank)
    assert tell({"all": inner}) is lowest
    assert tell({"any": inner}) is highest
    assert tell({"none": inner}) is (None if highest is None else not highest)


def test_an_empty_join_is_what_logic_says() -> None:
    assert tell({"all": []}) is True
    assert tell({"any": []}) is False
    assert tell({"none": []}) is True


def test_no_condition_always_holds() -> None:
    assert holds(None, {}) is True


@pytest.mark.parametrize(
    ("shape", "held"),
    [
        ({"field": "a", "is": "x"}, True),
        ({"field": "a", "is_not": "x"}, False),
        ({"field": "a", "in": ["w", "x"]}, True),
        ({"field": "a", "in": []}, False),
        ({"field": "age", "is": 82}, True),
        ({"field": "age", "at_least": 82}, True),
        ({"field": "age", "at_least": 83}, False),
        ({"field": "age", "at_most": 82}, True),
        ({"field": "age", "at_most": 81}, False),
        ({"field": "age", "from": 80, "to": 89}, True),
        ({"field": "age", "from": 83, "to": 89}, False),
        ({"field": "born", "before": "1944-03-06"}, True),
        ({"field": "born", "before": "1944-03-05"}, False),
        ({"field": "born", "after": "1944-03-04"}, True),
        ({"field": "born", "after": "1944-03-05"}, False),
        ({"field": "age", "at_least": 80, "at_most": 81}, False),
        ({"field": "rent", "at_least": 800}, True),
        ({"field": "rent", "at_most": 800}, False),
        ({"field": "rent", "from": 800, "to": 801}, True),
        ({"field": "rent", "is": 800}, False),
        ({"field": "ticked", "includes": "top"}, True),
        ({"field": "ticked", "includes": "le"}, False),
        ({"field": "ticked", "answered": True}, True),
        ({"field": "age", "answered": True}, True),
        ({"field": "missing", "answered": True}, False),
        ({"field": "missing", "answered": False}, True),
    ],
)
def test_one_comparison(shape: dict[str, Any], held: bool) -> None:
    assert tell(shape) is held


@pytest.mark.parametrize(
    "test",
    [
        {"is": 0}, {"is_not": "x"}, {"in": ["x"]}, {"at_least": 0}, {"at_most": 79}, {"from": 0, "to": 5},
        {"before": "2000-01-01"}, {"after": "1900-01-01"}, {"includes": "top"},
    ],
)  # fmt: skip
def test_unanswered_is_not_zero(test: dict[str, Any]) -> None:
    assert tell({"field": "missing", **test}) is None


JOINS = st.sampled_from(["all", "any", "none"])
LEAF = st.sampled_from([YES, NO, OPEN])
TREES = st.recursive(
    LEAF,
    lambda inner: st.dictionaries(JOINS, st.lists(inner, max_size=3), min_size=1, max_size=1),
    max_leaves=12,
)


@given(TREES)
def test_learning_more_never_takes_back_what_was_known(tree: dict[str, Any]) -> None:
    before = tell(tree)
    for found in ("x", "z"):
        after = tell(tree, {**KNOWN, "missing": found})
        assert after is not None
        if before is not None:
            assert after is before


@given(TREES)
def test_none_is_the_opposite_of_any(tree: dict[str, Any]) -> None:
    one = tell({"any": [tree]})
    assert tell({"none": [tree]}) is (None if one is None else not one)
    assert tell({"all": [tree]}) is one


@given(TREES)
def test_it_names_every_field_it_looks_at(tree: dict[str, Any]) -> None:
    named = set(fields_of(Condition.model_validate(tree)))
    assert named <= {"a", "missing"}
    assert ("missing" in named) == ("missing" in str(tree))
