"""Who opens what: before staff have keys, with theirs, after a change, after somebody left, off the sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.security.custody import Custody, KeysRefused, Member, Refusal
from kiosk.security.recovery import CodeFault
from kiosk.security.staff_keys import Stretch
from kiosk.store import Store, StoreTrouble, Trouble, open_store
from tests.store.people import HandClock, application, draft, shipped_calendar

CHEAP = Stretch(1, 8, 1)
WANG = Member("王丽", "118204", b"w" * 16)
CHEN = Member("陈明", "550913", b"c" * 16)
ZHOU = Member("周洁", "903311", b"z" * 16)
Opened = Callable[[], Store]


@pytest.fixture
def fresh(tmp_path: Path) -> Opened:
    """A program that opens this box anew: nobody has signed in there."""
    return lambda: open_store(tmp_path / "state", clock=HandClock(), calendar=shipped_calendar())


def custody(store: Store, pin_alone: bool = False) -> Custody:
    return Custody(store, CHEAP, pin_alone)


def protected(store: Store, *members: Member) -> str:
    """A box that staff have keys to, and its recovery code."""
    custody(store).protect(members or (WANG, CHEN))
    custody(store).open((members or (WANG,))[0])
    printed: list[str] = []
    custody(store).new_recovery(printed.append)
    custody(store).close()
    return printed[0]


def why(act: Callable[[], object]) -> Refusal:
    with pytest.raises(KeysRefused) as refused:
        act()
    assert not any(one.pin in str(refused.value) for one in (WANG, CHEN, ZHOU))
    return refused.value.why


def reads(store: Store, *cases: str) -> bool:
    return all(store.case(one).submission.answers[0].value == "张桂芳" for one in cases)


def closed(store: Store, case_id: str) -> bool:
    with pytest.raises(StoreTrouble) as trouble:
        store.case(case_id)
    return trouble.value.kind is Trouble.SEALED


def test_a_new_box_works_and_is_not_protected(fresh: Opened) -> None:
    case_id = fresh().submit(application()).case_id
    store = fresh()
    assert reads(store, case_id)
    assert not custody(store).protected
    assert [key.protected for key in store.centre_keys()] == [False]


def test_with_staff_keys_the_box_alone_opens_nothing_not_even_what_came_before(
    fresh: Opened, tmp_path: Path
) -> None:
    store = fresh()
    before = store.submit(application()).case_id
    protected(store)
    after = store.submit(application()).case_id
    store.close()
    assert [path.name for path in (tmp_path / "state").glob("centre-*")] == []
    again = fresh()
    assert custody(again).protected
    assert closed(again, before)
    assert closed(again, after)
    custody(again).open(CHEN)
    assert reads(again, before, after)
    custody(again).close()
    assert closed(again, after)


@pytest.mark.parametrize(
    "tried",
    [Member("王丽", "118205", b"w" * 16), Member("王丽", "118204", b"c" * 16), Member("王丽", "118204")],
    ids=["another PIN", "another's stick", "no stick"],
)
def test_pin_and_stick_open_only_together(fresh: Opened, tried: Member) -> None:
    store = fresh()
    protected(store)
    assert why(lambda: custody(store).open(tried)) is Refusal.WRONG
    assert why(lambda: custody(store).open(ZHOU)) is Refusal.NO_KEY
    assert not store.can_open()


def test_a_pin_alone_has_to_be_allowed(fresh: Opened) -> None:
    store, alone = fresh(), Member("王丽", "118204")
    assert why(lambda: custody(store).protect([alone])) is Refusal.PIN_ALONE
    custody(store, pin_alone=True).protect([alone])
    custody(store).open(alone)
    assert store.can_open()


def test_a_change_of_keys_loses_nothing(fresh: Opened) -> None:
    """Failure 15 of the list: the centre's key changes while somebody fills in a form."""
    store = fresh()
    protected(store)
    old = store.submit(application()).case_id
    sent = application()
    store.save_draft(draft(sent.id))
    kiosk = fresh()
    custody(store).rotate()
    assert store.find_draft("a1" * 32, HandClock().now()) is not None
    new = kiosk.submit(sent).case_id
    assert len(store.centre_keys()) == 3
    for member in (WANG, CHEN):
        custody(store).open(member)
        assert reads(store, old, new)


def test_who_leaves_opens_nothing_any_more_and_the_others_everything(fresh: Opened) -> None:
    store = fresh()
    protected(store)
    old = store.submit(application()).case_id
    custody(store).dismiss("陈明")
    new = store.submit(application()).case_id
    assert why(lambda: custody(store).open(CHEN)) is Refusal.NO_KEY
    custody(store).open(WANG)
    assert reads(store, old, new)
    assert {name for key in store.centre_keys() for name in key.holders} == {"王丽", ""}


def test_the_last_holder_stays_until_there_is_a_sheet_in_the_safe(fresh: Opened) -> None:
    store = fresh()
    custody(store).protect([WANG])
    assert why(lambda: custody(store).dismiss("王丽")) is Refusal.LAST
    custody(store).open(WANG)
    custody(store).new_recovery(lambda code: None)
    custody(store).dismiss("王丽")
    assert store.staff_keys() == []


def test_a_new_colleague_is_let_in_by_one_who_holds_the_keys(fresh: Opened) -> None:
    store = fresh()
    protected(store)
    case_id = store.submit(application()).case_id
    assert why(lambda: custody(store).admit(ZHOU)) is Refusal.CLOSED
    custody(store).open(WANG)
    custody(store).admit(ZHOU)
    custody(store).close()
    custody(store).open(ZHOU)
    assert reads(store, case_id)


def test_a_new_pin_makes_the_old_one_useless(fresh: Opened) -> None:
    store = fresh()
    protected(store)
    custody(store).open(WANG)
    custody(store).admit(Member("陈明", "777001", b"c" * 16))
    assert why(lambda: custody(store).open(CHEN)) is Refusal.WRONG


def test_the_sheet_out_of_the_safe_opens_everything_for_a_new_holder(fresh: Opened) -> None:
    store = fresh()
    code = protected(store)
    before = store.submit(application()).case_id
    custody(store).rotate()
    after = store.submit(application()).case_id
    custody(store).recover(code.lower(), ZHOU)
    custody(store).open(ZHOU)
    assert reads(store, before, after)


def test_a_sheet_that_was_replaced_opens_nothing(fresh: Opened) -> None:
    store = fresh()
    old = protected(store)
    custody(store).open(WANG)
    custody(store).new_recovery(lambda code: None)
    assert why(lambda: custody(store).recover(old, ZHOU)) is Refusal.WRONG
    with pytest.raises(CodeFault):
        custody(store).recover("ABCDE", ZHOU)


def test_a_sheet_that_was_not_printed_leaves_the_old_one_good(fresh: Opened) -> None:
    store = fresh()
    old = protected(store)
    custody(store).open(WANG)

    def jammed(code: str) -> None:
        raise OSError

    with pytest.raises(OSError):
        custody(store).new_recovery(jammed)
    custody(store).recover(old, ZHOU)


def test_a_share_given_to_another_holder_does_not_open(fresh: Opened) -> None:
    store = fresh()
    protected(store)
    with store._writing() as db:
        db.execute(
            "UPDATE key_share SET sealed = (SELECT sealed FROM key_share AS other"
            " WHERE other.key_id = key_share.key_id AND other.holder = '陈明') WHERE holder = '王丽'"
        )
    assert why(lambda: custody(store).open(WANG)) is Refusal.WRONG


def test_a_plug_pulled_as_the_keys_changed_hands_leaves_no_key_lying(fresh: Opened, tmp_path: Path) -> None:
    store = fresh()
    (lying,) = (tmp_path / "state").glob("centre-*.key")
    private = lying.read_bytes()
    protected(store)
    lying.write_bytes(private)
    again = fresh()
    assert not lying.exists()
    assert not again.can_open()


def test_a_box_whose_lying_key_was_lost_makes_a_new_one_for_what_comes(fresh: Opened, tmp_path: Path) -> None:
    lost = fresh().submit(application()).case_id
    (lying,) = (tmp_path / "state").glob("centre-*.key")
    lying.unlink()
    store = fresh()
    case_id = store.submit(application()).case_id
    assert reads(fresh(), case_id)
    assert closed(store, lost)


def test_no_private_key_shows_when_printed(fresh: Opened) -> None:
    store = fresh()
    protected(store)
    custody(store).open(WANG)
    shown = repr((store.centre_keys(), store.staff_keys(), store.keyring, WANG))
    assert "118204" not in shown
    assert not any(repr(private)[2:-1] in shown for private in store.keyring.centre.values())
