"""One text in every language, as service files hold it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from kiosk.text import Privacy, Text

Words = Annotated[str, Field(min_length=1, max_length=400)]


class Record(BaseModel):
    """Base of all parts: frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def __copy__(self) -> Self:
        """Without what was worked out from its parts: a copy may be given other ones."""
        copied = super().__copy__()
        for name in set(copied.__dict__) - set(type(self).model_fields):
            del copied.__dict__[name]
        return copied


def wrong(rule: str, key: str, words: str, **values: str) -> PydanticCustomError:
    """What a part of a file says that cannot be: the rule broken (`"E210"`) and the key where it shows.

    `kiosk service check` tells it in the words of `data/locale/check.toml`; `words` are for a traceback.
    """
    return PydanticCustomError(rule, words, {"key": key, **values})


class Wording(Record):
    """One text in every language, with how it is said where that differs."""

    zh: Words
    en: Words
    say_zh: Words | None = None
    say_en: Words | None = None

    def text(self, privacy: Privacy = Privacy.OPEN) -> Text:
        """As a Text, said as written unless `say_…` is given."""
        said = {"zh": self.say_zh, "en": self.say_en}
        return Text({"zh": self.zh, "en": self.en}, {k: v for k, v in said.items() if v}, privacy)
