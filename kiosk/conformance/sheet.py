"""The table as plain lines, as a page for a browser, and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import Any

from kiosk.conformance.proofs import Outcome
from kiosk.conformance.rows import Needs, Standard
from kiosk.conformance.verdict import Judged, Table
from kiosk.text import Catalogue

_STYLE = """\
body { font: 20px/1.6 sans-serif; max-width: 62em; margin: 2em auto; padding: 0 1em; color: #111;
background: #fff }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .5em; border-bottom: 1px solid #666 }
td:first-child { white-space: nowrap } code { font-size: 16px }
.flaw { font-weight: bold; border: 3px solid #111; padding: 0 .3em }
@media print { body { font-size: 12pt } }"""


def standing(judged: Judged, texts: Catalogue, lang: str) -> str:
    """In a few words: proved, or what it needs; and whether tests prove a part of it."""
    needs = judged.row.needs
    if judged.flaw is not None:
        return texts[f"flaw.{judged.flaw}"].show(lang)
    if needs is Needs.TESTS:
        return texts.text("standing.tests", count=len(judged.passed)).show(lang)
    words = texts[f"standing.{'seen' if judged.row.seen else needs}"].show(lang)
    if judged.passed and needs is not Needs.OUTSIDE:
        words += texts.text("standing.part", count=len(judged.passed)).show(lang)
    return words


def counts(rows: tuple[Judged, ...]) -> Counter[str]:
    """How many rows are proved, and how many need what; flaws apart."""
    return Counter("flaw" if judged.flaw else str(judged.row.needs) for judged in rows)


def _sums(rows: tuple[Judged, ...], texts: Catalogue, lang: str) -> str:
    found = counts(rows)
    order = (*(str(needs) for needs in Needs), "flaw")
    parts = [texts.text(f"sum.{name}", count=found[name]).show(lang) for name in order if found[name]]
    return texts["sum.between"].show(lang).join(parts)


def row_lines(judged: Judged, texts: Catalogue, lang: str, *, tests: bool = False) -> Iterator[str]:
    """A row as a person reads it in a terminal; on demand with every test that claims it."""
    row = judged.row
    level = f" ({row.level})" if row.level else ""
    yield f"{row.id}{level}  {row.title.show(lang)}"
    yield f"    [{standing(judged, texts, lang)}]  {row.here.show(lang)}"
    if row.seen is not None:
        yield f"    {row.seen.show(lang)}"
    if tests:
        yield from (f"    {proof.outcome}  {proof.test}" for proof in judged.proofs)


def lines(table: Table, texts: Catalogue, lang: str) -> Iterator[str]:
    """The whole table for a terminal, the sums last."""
    for standard, rows in table.parts:
        yield f"== {standard.title.show(lang)} ({standard.edition})"
        yield standard.checked.show(lang)
        yield ""
        for judged in rows:
            yield from row_lines(judged, texts, lang)
        yield ""
    for standard, rows in table.parts:
        yield f"{standard.title.show(lang)}: {_sums(rows, texts, lang)}"


def flaw_lines(table: Table, texts: Catalogue, lang: str) -> Iterator[str]:
    """What the table claims without ground."""
    for judged in table.judged:
        if judged.flaw is not None:
            yield f"{judged.row.id}: {texts[f'flaw.{judged.flaw}'].show(lang)}"
            yield from (
                f"    {p.outcome}  {p.test}" for p in judged.proofs if p.outcome is not Outcome.PASSED
            )
    for name, who in table.strays:
        yield texts.text("flaw.stray", row=name, who=who).show(lang)


def as_json(table: Table) -> list[dict[str, Any]]:
    """A list of standards with their rows; the state of each row as `needs` and `flaw`."""
    return [
        {
            "standard": dict(standard.title.shown),
            "edition": standard.edition,
            "rows": [_row_json(judged) for judged in rows],
        }
        for standard, rows in table.parts
    ]


def _row_json(judged: Judged) -> dict[str, Any]:
    row = judged.row
    return {
        "id": row.id,
        "level": row.level or None,
        "title": dict(row.title.shown),
        "here": dict(row.here.shown),
        "needs": row.needs,
        "by": list(row.by),
        "seen": dict(row.seen.shown) if row.seen else None,
        "flaw": judged.flaw,
        "tests": {proof.test: proof.outcome for proof in judged.proofs},
    }


def page(table: Table, texts: Catalogue, lang: str) -> str:
    """The table as one HTML page that asks no other place for anything."""
    title = escape(texts["page.title"].show(lang))
    body = "\n".join(_part(standard, rows, texts, lang) for standard, rows in table.parts)
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>\n'
        f"<style>{_STYLE}</style></head><body>\n<h1>{title}</h1>\n"
        f"<p>{escape(texts['page.told'].show(lang))}</p>\n{body}\n</body></html>\n"
    )


def _part(standard: Standard, rows: tuple[Judged, ...], texts: Catalogue, lang: str) -> str:
    heads = "".join(
        f'<th scope="col">{escape(texts[f"page.{name}"].show(lang))}</th>'
        for name in ("row", "means", "stands")
    )
    drawn = "\n".join(_row_html(judged, texts, lang) for judged in rows)
    return (
        f"<h2>{escape(standard.title.show(lang))} ({escape(standard.edition)})</h2>\n"
        f"<p>{escape(_sums(rows, texts, lang))}</p>\n<p>{escape(standard.checked.show(lang))}</p>\n"
        f"<table><thead><tr>{heads}</tr></thead><tbody>\n{drawn}\n</tbody></table>"
    )


def _row_html(judged: Judged, texts: Catalogue, lang: str) -> str:
    row = judged.row
    words = escape(standing(judged, texts, lang))
    if judged.flaw:
        words = f'<span class="flaw">{words}</span>'
    if judged.proofs:
        listed = "".join(f"<li><code>{escape(p.test)}</code> {p.outcome}</li>" for p in judged.proofs)
        words = f"<details><summary>{words}</summary><ul>{listed}</ul></details>"
    seen = f"<br>{escape(row.seen.show(lang))}" if row.seen else ""
    return (
        f'<tr><th scope="row">{escape(row.id)}{f" {row.level}" if row.level else ""}</th>'
        f"<td><b>{escape(row.title.show(lang))}</b><br>{escape(row.here.show(lang))}{seen}</td><td>{words}</td></tr>"
    )
