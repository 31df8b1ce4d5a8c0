"""What a file in `data/records` may say: one record source, as pydantic models. Opens no file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from kiosk.flow.records import KeyKind
from kiosk.services.condition import Id
from kiosk.services.wording import Record, Wording, Words
from kiosk.text import Privacy

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
FilePath = Annotated[str, Field(max_length=200)]
"""A file below the data folder of this box (`--data`); empty: none."""


class SourceKind(StrEnum):
    """How a source is asked."""

    TABLE = "table"
    """A table that the centre imports."""
    HTTP = "http"
    """The office's own service, asked while the person waits."""
    STAFF = "staff"
    """Not by machine: staff look it up, and the person hears from them."""


class ValueType(StrEnum):
    """What stands in a field."""

    TEXT = "text"
    DATE = "date"
    MONTH = "month"
    MONEY = "money"
    NUMBER = "number"


class SourceField(Record):
    """One line of the record, in the order of the file. What is not listed is neither shown nor kept."""

    name: Name
    """Its key in the service's answer."""
    label: Wording
    type: ValueType = ValueType.TEXT
    privacy: Privacy = Privacy.OPEN
    unit: Wording | None = None
    words: dict[str, Wording] = Field(default_factory=dict)
    """What a code of the office means; a value without an entry is shown as it is."""
    optional: bool = False
    """May be missing or empty; then the line is left out."""
    column: Words | None = None
    """Its heading in a table; the Chinese label where nothing is said."""

    @property
    def heading(self) -> str:
        """The column of a table that holds it."""
        return self.column or self.label.zh


class TableFile(Record):
    """A table that comes as a CSV file."""

    key_column: Words | None = None
    """The column that rows are found by; 身份证号码 or 核对码 where nothing is said."""
    max_age_days: int = Field(default=40, ge=1, le=400)
    """Older than this it is not shown any more."""


class HttpService(Record):
    """A service that is asked by POST, with JSON there and back."""

    url: Annotated[str, Field(max_length=300)] = ""
    """Empty: not connected yet, staff look it up."""
    timeout_seconds: float = Field(default=3.0, ge=0.5, le=6.0)
    """For one try; all tries together end within eight seconds whatever is set here."""
    tries: int = Field(default=2, ge=1, le=3)
    ca: FilePath = ""
    """Who vouches for the service; the system's own list where empty."""
    client_cert: FilePath = ""
    client_key: FilePath = ""


class RecordSource(Record):
    """One file of `data/records`."""

    format: Literal[1]
    id: Id
    title: Wording
    keeper: Wording
    """The office that keeps the record and answers for it."""
    kind: SourceKind
    key: KeyKind = KeyKind.ID_NUMBER
    """`code`: found by the code on a paper, which anybody may type; it holds nothing personal."""
    most_rows: int = Field(default=1, ge=1, le=9)
    """How many rows of one key are shown; of a table with 1, each person (or code) has one row."""
    field: tuple[SourceField, ...] = ()
    table: TableFile | None = None
    http: HttpService | None = None

    @property
    def connected(self) -> bool:
        """Is there anything that this box could ask?"""
        return self.kind is SourceKind.TABLE or (self.http is not None and bool(self.http.url))
