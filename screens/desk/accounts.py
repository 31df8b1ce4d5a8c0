"""Who may sign in: their roles, when they were last here, and what a manager changes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from kiosk.cases.staff import Account
from kiosk.cases.states import Role
from kiosk.security.accounts import AccountFault, Accounts
from kiosk.security.custody import Custody, KeysRefused
from kiosk.security.leaving import Left, change_role, remove
from kiosk.security.lockout import dead, wait
from kiosk.store import Store
from kiosk.text import Text
from screens.desk.account_new import NamePage, RolePage
from screens.desk.counter import Counter
from screens.desk.lines import Kind
from screens.desk.page import DeskPage, key, letter
from screens.desk.pick_list import PickList
from screens.desk.pin_page import PinPage
from screens.desk.sure import Sure
from screens.desk.table import Column, Row
from screens.desk.wording import duration


class AccountsPage(DeskPage[None]):
    """One's own account is changed by somebody else: nobody locks themselves out here."""

    KEYS: ClassVar[Sequence[Binding]] = (
        letter("n", "new_account"),
        letter("p", "new_pin"),
        letter("r", "change_role"),
        letter("d", "remove_account"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._accounts: dict[str, Account] = {}
        self._holders: frozenset[str] = frozenset()

    def body(self) -> ComposeResult:
        yield PickList(id="accounts")

    def on_mount(self) -> None:
        self.query_one(PickList).focus()

    def title_words(self) -> str:
        return self.counter.words("accounts.title", n=len(self._accounts))

    def draw(self) -> None:
        words = self.counter.words
        columns = [
            Column(words("accounts.name"), least=8),
            Column(words("accounts.role")),
            Column(words("accounts.seen"), drop=1),
            Column(words("accounts.locked")),
        ]
        rows = [self._row(account) for account in self._accounts.values()]
        self.query_one(PickList).show(columns, rows, words("board.reading"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"new_pin", "change_role", "remove_account"}:
            return self._here is not None and self._here.name != self.counter.staff.name
        return True

    async def look(self) -> None:
        await self.counter.records.do(self._read)
        self.retell()

    def _read(self, store: Store) -> None:
        self._accounts = {account.name: account for account in store.accounts()}
        custody = Custody(store)
        self._holders = frozenset(name for name in self._accounts if custody.held_by(name))

    def on_pick_list_moved(self) -> None:
        self.tell(None)
        self.retell()

    @property
    def _here(self) -> Account | None:
        return self._accounts.get(self.query_one(PickList).cursor or "")

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_new_account(self) -> None:
        def named(name: str | None) -> None:
            if name is not None:
                self.app.push_screen(RolePage(self.counter, name), lambda role: chosen(name, role))

        def chosen(name: str, role: Role | None) -> None:
            if role is not None:
                by = self.counter.staff
                self._give_pin(name, lambda accounts: accounts.add(name, role, by))

        self.app.push_screen(NamePage(self.counter, frozenset(self._accounts)), named)

    def action_new_pin(self) -> None:
        account, by = self._here, self.counter.staff
        if account is not None:
            name = account.name
            self._ask("account_reset", name, lambda: self._give_pin(name, lambda book: book.reset(name, by)))

    def action_change_role(self) -> None:
        account = self._here
        if account is None:
            return
        name, by, given_back = account.name, self.counter.staff, self._given_back

        def chosen(role: Role | None) -> None:
            if role is not None and role is not account.role:
                told = self.counter.text("accounts.role_changed", name=name)
                self._change(
                    told,
                    lambda book, store: change_role(book, Custody(store), store, name, role, by, given_back),
                )

        self.app.push_screen(RolePage(self.counter, name, account.role), chosen)

    def action_remove_account(self) -> None:
        account, by, given_back = self._here, self.counter.staff, self._given_back
        if account is None:
            return
        name, told = account.name, self.counter.text("accounts.removed", name=account.name)

        def go() -> None:
            self._change(told, lambda book, store: remove(book, Custody(store), store, name, by, given_back))

        self._ask("account_remove", name, go)

    @property
    def _given_back(self) -> str:
        """What stands with each case that goes back, for the colleague who takes it next."""
        return self.counter.words("account.given_back")

    def _ask(self, texts: str, name: str, go: Callable[[], None]) -> None:
        def about() -> list[str]:
            told = [self.counter.words(f"{texts}.about")]
            return [*told, self.counter.words(f"{texts}.keys")] if name in self._holders else told

        self.app.push_screen(Sure(self.counter, texts, name, about), lambda sure: go() if sure else None)

    def _give_pin(self, name: str, make: Callable[[Accounts], str]) -> None:
        async def give() -> None:
            try:
                pin = await self.counter.records.do(lambda store: make(Accounts(store, self.counter.clock)))
            except AccountFault:
                self.tell(self.counter.text("accounts.not_done"))
                return
            await self.look()
            self.query_one(PickList).put_cursor(name)
            keyless = name in self._holders
            await self.app.push_screen(PinPage(self.counter, "account_pin", name, pin, keys_are_gone=keyless))

        self.begin(give)

    def _change(self, told: Text, act: Callable[[Accounts, Store], Left]) -> None:
        async def change() -> None:
            clock = self.counter.clock
            try:
                left = await self.counter.records.do(lambda store: act(Accounts(store, clock), store))
            except AccountFault:
                self.tell(self.counter.text("accounts.last_manager"))
                return
            except KeysRefused:
                self.tell(self.counter.text("accounts.last_key"))
                return
            await self.look()
            cases = self.counter.text("accounts.cases_back", n=left.cases) if left.cases else None
            self.tell(cases or told, Kind.HEADING)

        self.begin(change)

    def _row(self, account: Account) -> Row:
        words, seen = self.counter.words, account.signed_in_at
        cells = (
            account.name,
            words(f"role.{account.role}"),
            self.counter.time(seen) if seen else words("accounts.never"),
            self._lock(account),
        )
        return Row(account.name, cells)

    def _lock(self, account: Account) -> str:
        if dead(account.tries):
            return self.counter.words("accounts.dead")
        left = wait(account.tries, self.counter.clock.now())
        if not left:
            return ""
        return self.counter.words("accounts.waits", wait=duration(self.counter, left))
