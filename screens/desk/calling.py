"""What the desk asks the store every few seconds: who waits at the kiosk, and whether who sits here may."""

from __future__ import annotations

from enum import StrEnum

from kiosk.cases.views import Call
from kiosk.store import StoreTrouble
from kiosk.text import Text
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line

MINUTE = 60


async def look_for_calls(counter: Counter) -> bool:
    """Ask the store; whether anybody waits. A store in trouble rings for nobody: the list says that."""
    try:
        counter.calls = tuple(await counter.records.do(lambda store: store.open_calls()))
    except StoreTrouble:
        counter.calls = ()
    return bool(counter.calls)


class Standing(StrEnum):
    """Has who sits here the account, role and PIN they signed in with?"""

    SAME = "same"
    OTHER_PIN = "other_pin"
    """Whoever does not know the new one may not be meant to sit here."""
    GONE = "gone"
    """No account, or another role."""


async def standing(counter: Counter) -> Standing:
    """As the accounts are now. A store in trouble says nothing."""
    if counter.actor is None:
        return Standing.SAME
    actor = counter.actor
    try:
        account = await counter.records.do(lambda store: store.account(actor.name))
    except StoreTrouble:
        return Standing.SAME
    if account is None or account.role is not actor.role:
        return Standing.GONE
    return Standing.SAME if account.pin_hash == counter.pin_hash else Standing.OTHER_PIN


async def go_to_call(counter: Counter) -> Text:
    """Whoever sits here goes to the one who waits longest; what they are told: a colleague may be faster."""
    call = counter.calls[0]
    told = await answer(counter, call)
    await look_for_calls(counter)
    return told


async def answer(counter: Counter, call: Call) -> Text:
    """Whoever sits here goes to this call; where to, or that a colleague has gone."""
    actor = counter.staff
    mine = await counter.records.do(lambda store: store.answer_call(call.id, actor))
    return counter.text(f"board.{of_kiosk('go', call) if mine else 'gone'}", kiosk=call.kiosk)


def calls_told(counter: Counter, key: bool) -> list[Line]:
    """One line, however many wait; `key`: whether the page lets somebody say that they go."""
    if not counter.calls:
        return []
    call = counter.calls[0]
    minutes = int((counter.clock.now() - call.at).total_seconds() // MINUTE)
    told = ("waits" if minutes > 0 else "now") if key else "nobody"
    words = counter.words(f"calling.{of_kiosk(told, call)}", n=minutes, kiosk=call.kiosk)
    return [Line(words, Kind.ALERT)]


def of_kiosk(key: str, call: Call) -> str:
    """The key of the words that say which kiosk, where there are several."""
    return f"{key}_of" if call.kiosk else key
