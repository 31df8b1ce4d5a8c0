"""What is said while somebody writes: of a key, of what is offered, of what went in. Pure.

In the hall nothing is said of what nobody may overhear but how much of it there is; on headphones, all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.text import Catalogue, Privacy, Text, same
from screens.pad import called_in
from screens.ways import OFFER, PAGE_BACK, PAGE_ON
from screens.writing import Writing


@dataclass(frozen=True, slots=True)
class Spelling:
    """Words for one field."""

    texts: Catalogue
    overheard: bool
    """Whoever hears it in the hall would hear what is nobody's business."""

    def key(self, key: str, writing: Writing | None) -> Text:
        """A key that has the focus."""
        if writing is not None and key.startswith(OFFER):
            return self.offer(writing, int(key.removeprefix(OFFER)))
        if writing is not None and key in (PAGE_BACK, PAGE_ON) and not writing.open:
            return same("")
        return called_in(writing, key, self.texts)

    def struck(self, key: str, writing: Writing) -> Text:
        """A key that was pressed."""
        said = self.key(key, writing)
        return self._for_one(said, self.texts["bar.key_taken"]) if len(key) == 1 else said

    def offer(self, writing: Writing, number: int) -> Text:
        """One of the things that can be taken, told apart from those that sound like it."""
        if number >= len(writing.offers):
            return same("")
        words = writing.offers[number]
        return self._for_one(_apart(words, self.texts), self.texts.text("bar.offer_hidden", n=number + 1))

    def put(self, words: str) -> Text:
        """What went into the field."""
        said = self.texts.text("bar.put_in", words=same(words))
        return self._for_one(said, self.texts.text("bar.put_hidden", count=len(words)))

    def row(self, *said: Text) -> Text:
        """One after another."""
        there = [text for text in said if text.shown.get("zh")]
        if len(there) < 2:
            return there[0] if there else same("")
        first, rest = there[0], self.row(*there[1:])
        both = self.texts.text("bar.one_then_another", one=first, another=rest)
        if first.parts or rest.parts:
            return replace(both, parts=(*(first.parts or (first,)), *(rest.parts or (rest,))))
        return both

    def _for_one(self, whole: Text, hidden: Text) -> Text:
        return replace(whole, privacy=Privacy.PRIVATE, parts=(hidden,)) if self.overheard else whole


def _apart(words: str, texts: Catalogue) -> Text:
    if len(words) == 1 and words.isascii():
        if words.isalpha() and words.isupper():
            return texts.text("bar.offer_capital", letter=same(words))
        return same(words)
    from kiosk.hanzi.told_apart import told_apart

    apart = told_apart(words)
    if apart == words:
        return same(words)
    return texts.text("bar.offer_apart", words=same(words), apart=apart)
