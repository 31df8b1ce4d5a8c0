"""What a person reads and hears: one wording in every language, with a privacy level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

LANGUAGES = ("zh", "en")
"""The languages of the program's own texts, in the order of the language key."""

FALLBACK = "zh"
"""The language that every text has; shown where another language is missing, never a blank."""


class Privacy(StrEnum):
    """Who may read or hear a text (K26)."""

    OPEN = "open"
    """Anyone in the room: a question, a service's name."""
    MASKED = "masked"
    """Shown in full to the person, spoken and listed in part: a name, an address."""
    PRIVATE = "private"
    """Never spoken in full on a loudspeaker: identity, bank and phone numbers."""


@dataclass(frozen=True, slots=True)
class Text:
    """One wording, by language code. `said` overrides how a language is spoken."""

    shown: Mapping[str, str]
    said: Mapping[str, str] = field(default_factory=dict)
    privacy: Privacy = Privacy.OPEN
    decoration: bool = False
    """True for what is drawn but need not be spoken (K04)."""
    parts: tuple[Text, ...] = ()
    """What it is a row of, where not all of it is for everyone: in the hall each is heard as it may be."""
    names: tuple[Text, ...] = ()
    """What was filled into it and is masked, as a name is: the hall hears of each in the sentence a part."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "shown", MappingProxyType(dict(self.shown)))
        object.__setattr__(self, "said", MappingProxyType(dict(self.said)))

    def __hash__(self) -> int:
        return hash((tuple(self.shown.items()), tuple(self.said.items()), self.privacy))

    def show(self, language: str) -> str:
        """The written form; the fallback language where this one is missing."""
        return self.shown.get(language) or self.shown.get(FALLBACK, "")

    def say(self, language: str) -> str:
        """The spoken form, before numbers and dates are turned into words."""
        return self.said.get(language) or self.show(language)

    def as_written(self) -> Text:
        """Said as it is written: a title inside a sentence, where its own spoken form would not fit."""
        return replace(self, said={})

    def fill(self, **values: str | int | Text) -> Text:
        """The same text with its `{placeholders}` replaced, and the strictest privacy of its parts."""
        levels = [self.privacy, *(v.privacy for v in values.values() if isinstance(v, Text))]
        strict = max(levels, key=list(Privacy).index)
        filled = [value for value in values.values() if isinstance(value, Text)]
        names = [
            name for value in filled if value.privacy is Privacy.MASKED for name in value.names or (value,)
        ]
        languages = set(self.shown) | {k for v in values.values() if isinstance(v, Text) for k in v.shown}

        def shown(language: str) -> str:
            parts = {k: v.show(language) if isinstance(v, Text) else str(v) for k, v in values.items()}
            return self.show(language).format(**parts)

        def said(language: str) -> str:
            parts = {k: v.say(language) if isinstance(v, Text) else str(v) for k, v in values.items()}
            return self.say(language).format(**parts)

        return replace(
            self,
            shown={language: shown(language) for language in sorted(languages)},
            said={language: said(language) for language in sorted(languages)},
            privacy=strict,
            parts=(),
            names=(*self.names, *names),
        )


def same(words: str, privacy: Privacy = Privacy.OPEN, said: Mapping[str, str] | None = None) -> Text:
    """A text that reads the same in every language: a number, a name, a code."""
    return Text({FALLBACK: words}, said or {}, privacy)


EMPTY = Text({})


class Catalogue(Mapping[str, Text]):
    """Texts by dotted key (`"card.lay"`)."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self._texts = dict(texts)

    def __getitem__(self, key: str) -> Text:
        return self._texts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, key: str, /, **values: str | int | Text) -> Text:
        """The text with its placeholders filled."""
        return self._texts[key].fill(**values)
