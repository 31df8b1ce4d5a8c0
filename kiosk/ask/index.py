"""The index of all that can be an answer: one row a guide, one row a question of a service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.ask.lexicon import Lexicon
from kiosk.ask.segment import Segments, Term, segment
from kiosk.services.guide import Guide
from kiosk.services.model import Service
from kiosk.services.wording import Wording
from kiosk.store.sqlite import Connection, in_memory

_WEIGHTS = (6.0, 4.0, 1.0, 1.5)
"""Of the name, the question, the answer and the sound: whoever names a service means it."""

_MAKE = "CREATE VIRTUAL TABLE passage USING fts5(name, asked, told, sounding, tokenize = 'ascii')"
_ADD = "INSERT INTO passage (rowid, name, asked, told, sounding) VALUES (?, ?, ?, ?, ?)"
_FIND = f"""
    SELECT rowid, -bm25(passage, {", ".join(map(str, _WEIGHTS))}) AS score,
           name || ' ' || asked || ' ' || told, sounding
    FROM passage WHERE passage MATCH ? ORDER BY score DESC LIMIT ?
"""
_GUESS_COUNTS = 0.5
_LOOKED_AT = 40
"""Rows in which the best services are looked for."""


@dataclass(frozen=True, slots=True)
class Match:
    """A row that has something to do with the question."""

    service: str
    score: float
    """How well it fits, beside others for the same question."""
    understood: float
    """The share of the question that stands in it, 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A text as a column of the index holds it."""

    written: str = ""
    sounding: str = ""


_NOTHING = _Tokens()
_NO_MATCH = Match("", 0.0, 0.0)


class Index:
    """Guides and questions of some services, in memory."""

    def __init__(self, services: Iterable[Service], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._service_of: list[str] = []
        self._connection: Connection = in_memory()
        self._connection.execute(_MAKE)
        with self._connection:
            for service in services:
                self._connection.executemany(_ADD, self._rows(service))

    def best(self, question: Segments) -> list[Match]:
        """The services with what is best in each, best first."""
        expression = _expression(question.terms)
        if not expression:
            return []
        best: dict[str, Match] = {}
        for row, score, written, sounding in self._connection.execute(_FIND, (expression, _LOOKED_AT)):
            service = self._service_of[row]
            share = _understood(question, set(written.split()), set(sounding.split()))
            match = Match(service, score * share, share)
            if match.score > best.get(service, _NO_MATCH).score:
                best[service] = match
        return sorted(best.values(), key=lambda match: -match.score)

    def _rows(self, service: Service) -> Iterator[tuple[int, str, str, str, str]]:
        """The guide, and each question beside the name of its service."""
        name = self._tokens(_words(service.title), *service.also_called)
        yield self._row(service, name, _NOTHING, self._tokens(*_lines(service.guide)))
        for faq in service.faq:
            yield self._row(service, name, self._tokens(_words(faq.ask)), self._tokens(_words(faq.answer)))

    def _row(
        self, service: Service, name: _Tokens, asked: _Tokens, told: _Tokens
    ) -> tuple[int, str, str, str, str]:
        self._service_of.append(service.id)
        sounding = f"{name.sounding} {asked.sounding}"
        return len(self._service_of) - 1, name.written, asked.written, told.written, sounding

    def _tokens(self, *texts: str) -> _Tokens:
        parts = [segment(text, self._lexicon) for text in texts]
        return _Tokens(" ".join(p.written() for p in parts), " ".join(p.sounding() for p in parts))


def _words(wording: Wording) -> str:
    return f"{wording.zh}\n{wording.en}"


def _lines(guide: Guide) -> Iterator[str]:
    yield from (_words(line) for line in (guide.who, guide.get, guide.fee))
    if guide.rest:
        yield _words(guide.rest)


def _expression(terms: Iterable[Term]) -> str:
    """Any of the terms, each where it belongs. Tokens hold nothing but letters and digits."""
    written = {term.token for term in terms if not term.sound}
    sounding = {term.token for term in terms if term.sound}
    columns = (("{name asked told}", written), ("sounding", sounding))
    return " OR ".join(f"{column} : ({_any(tokens)})" for column, tokens in columns if tokens)


def _any(tokens: set[str]) -> str:
    return " OR ".join(f'"{token}"' for token in sorted(tokens))


def _understood(question: Segments, written: set[str], sounding: set[str]) -> float:
    if not question.places:
        return 0.0
    read: set[int] = set()
    guessed: set[int] = set()
    for term in question.terms:
        if term.token in (sounding if term.sound else written):
            (guessed if term.guess else read).update(term.at)
    read &= question.places
    guessed &= question.places - read
    return (len(read) + len(guessed) * _GUESS_COUNTS) / len(question.places)
