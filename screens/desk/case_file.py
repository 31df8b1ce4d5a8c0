"""One case as paragraphs: everything staff need to see, in the order they need it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from kiosk.cases.centres import LINES as BETWEEN
from kiosk.cases.materials import LEFT_OUT, LOOKED_AT, OTHER, Standing, left_out
from kiosk.cases.roles import Right, may
from kiosk.cases.states import Role
from kiosk.cases.submission import AnswerRecord, ConsentRecord, EvidenceRecord, FindingRecord
from kiosk.cases.views import CONSENT_WITHDRAWN, CaseView, Event
from kiosk.cases.wish import EvidenceOfWish
from screens.desk import wording
from screens.desk.acting import authority_lines, authority_seen, change_lines
from screens.desk.answers import hidden, in_full, masked
from screens.desk.centres import SUBMITTED, between_centres, handed_in_at
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line
from screens.desk.people import people, seen_whom
from screens.desk.table import padded

LONGEST_LEAD = 18
Sections = Sequence[tuple[str, Sequence[Line]]]


def case_file(counter: Counter, view: CaseView, shown: bool) -> list[Line]:
    """The file, as much of it as whoever sits here may read.

    `shown`: private values in full; whoever asks for that has recorded it before.
    """
    sections = _whole(counter, view, shown) if _reads_words(counter) else _for_helping(counter, view)
    return [line for title, lines in sections if lines for line in _section(counter, title, lines)]


def _reads_words(counter: Counter) -> bool:
    return may(counter.staff.role, Right.SEE_WORDS)


def _for_helping(counter: Counter, view: CaseView) -> Sections:
    """What a volunteer beside the person needs: where it stands, what is still wanted, what was answered."""
    return (
        ("", _standing(counter, view)),
        ("case.people", people(counter, view)),
        ("case.answers", [_answer(counter, one, shown=False) for one in view.answers]),
        ("case.precheck", [_finding(counter, one) for one in view.submission.precheck]),
        ("case.materials", _materials(counter, view)),
        ("case.timeline", [_event(counter, view, one) for one in reversed(view.events)]),
    )


def _whole(counter: Counter, view: CaseView, shown: bool) -> Sections:
    return (
        ("", _standing(counter, view)),
        ("case.people", [*people(counter, view), *authority_lines(counter, view)]),
        ("case.notes", _notes(counter, view)),
        ("case.answers", [_answer(counter, one, shown) for one in view.answers]),
        ("correct.section", change_lines(counter, view, shown)),
        ("case.evidence", [line for one in view.submission.evidence for line in _evidence(counter, one)]),
        ("case.precheck", [_finding(counter, one) for one in view.submission.precheck]),
        ("case.materials", _materials(counter, view)),
        ("case.consents", [_consent(counter, view, one) for one in view.submission.consents]),
        ("case.signature", _signature(counter, view)),
        ("case.side_notes", _side_notes(counter, view)),
        ("case.timeline", [_event(counter, view, one) for one in reversed(view.events)]),
    )


def _section(counter: Counter, title: str, lines: Iterable[Line]) -> list[Line]:
    head = [Line(""), Line(counter.words(title), Kind.HEADING)] if title else []
    return [*head, *lines]


def _labelled(label: str, text: str, kind: Kind = Kind.TEXT) -> Line:
    if cell_len(label) > LONGEST_LEAD:
        return Line(f"{label}\n{text}", kind, "  ")
    return Line(text, kind, "  " + padded(label, LONGEST_LEAD) + "  ")


def _standing(counter: Counter, view: CaseView) -> list[Line]:
    words, case = counter.words, view.summary
    late = Kind.ALERT if case.deadline.late else Kind.TEXT
    lines = [
        _labelled(words("case.number"), case.number),
        _labelled(words("case.state"), wording.state(counter, case.state)),
        _labelled(words("case.due"), f"{wording.due(counter, case)}  {wording.urgency(counter, case)}", late),
    ]
    if case.holder:
        lines.append(_labelled(words("case.holder"), wording.holder(counter, case) or case.holder))
    if view.missing:
        lines.append(_labelled(words("case.missing"), view.missing))
    if view.result:
        lines.append(_labelled(words("case.result"), view.result))
    return lines


def _notes(counter: Counter, view: CaseView) -> list[Line]:
    notes = [counter.read(note) for note in view.submission.staff_notes]
    if view.withdrawn_consents:
        notes.insert(0, counter.words("case.consent_gone"))
    return [Line(note, Kind.ALERT, "! ") for note in notes]


def _answer(counter: Counter, answer: AnswerRecord, shown: bool) -> Line:
    value = masked(answer) if hidden(answer) and not shown else in_full(answer, counter.language)
    source = counter.words(f"source.{answer.source}")
    return _labelled(counter.read(answer.label), f"{value}  [{source}]")


def _evidence(counter: Counter, record: EvidenceRecord) -> list[Line]:
    """What a record said when the resident called it right or wrong: as it was shown, masked where it was."""
    title = counter.read(record.title)
    if record.as_of is not None:
        title = counter.words("case.evidence_as_of", title=title, date=record.as_of.isoformat())
    at = counter.time(record.at) if record.at else ""
    head = _labelled(title, counter.words(f"case.evidence_{record.state}", at=at))
    return [head, *(_labelled(counter.read(label), counter.read(value)) for label, value in record.lines)]


def _finding(counter: Counter, finding: FindingRecord) -> Line:
    """A line of the check before handing in, in the words the resident read."""
    misfit = "case.fits_later" if finding.kind == "complete" else "case.fits_not"
    key = {True: "case.fits", False: misfit, None: "case.fits_unknown"}[finding.ok]
    kind = Kind.TEXT if finding.ok else Kind.ALERT
    return _labelled(counter.words(key), counter.read(finding.text), kind)


def _materials(counter: Counter, view: CaseView) -> list[Line]:
    lines = []
    for one in view.submission.materials:
        told = counter.words("case.material", what=counter.read(one.label), form=_form(counter, one.form))
        standing = view.standings.get(one.id)
        how = counter.words(f"materials.{standing}") if standing else ""
        kind = Kind.ALERT if standing is Standing.MISSING else Kind.TEXT
        lines.append(Line(f"{told}  {how}".rstrip(), kind, "  "))
    if view.attachments:
        told = "copies" if may(counter.staff.role, Right.PAPERS) else "copies_kept"
        lines.append(Line(counter.words(f"materials.{told}", n=len(view.attachments)), Kind.QUIET, "  "))
    return lines


def _form(counter: Counter, form: str) -> str:
    key = f"form.{form}"
    return counter.words(key) if key in counter.texts else form


def _consent(counter: Counter, view: CaseView, consent: ConsentRecord) -> Line:
    gone = view.withdrawn_consents.get(consent.id)
    given = counter.words("case.taken_back" if gone else "case.agreed" if consent.given else "case.refused")
    text = counter.read(consent.text) + (f"  {counter.time(gone)}" if gone else "")
    return _labelled(given, text, Kind.TEXT if consent.given and not gone else Kind.ALERT)


def _signature(counter: Counter, view: CaseView) -> list[Line]:
    signed = view.submission.signature
    if signed is None:
        return [Line(counter.words("case.unsigned"), Kind.ALERT, "  ")]
    kind = counter.words(f"case.signed_{signed.kind}", at=counter.time(signed.at))
    lines = [Line(kind, lead="  "), Line(counter.read(signed.statement), Kind.QUIET, "  ")]
    return lines + _claim(counter, view.submission.wish)


def _claim(counter: Counter, wish: EvidenceOfWish | None) -> list[Line]:
    """What the signature may be called; nothing of cases from before the pages were kept."""
    if wish is None:
        return []
    if not wish.whole:
        return [Line(counter.words("case.claim_broken"), Kind.ALERT, "  ")]
    return [Line(counter.words(f"case.claim_{wish.claim}", n=len(wish.pages)), Kind.QUIET, "  ")]


def _side_notes(counter: Counter, view: CaseView) -> list[Line]:
    return [
        Line(f"{counter.time(note.at)}  {note.actor}\n{note.text}", lead="  ") for note in view.side_notes
    ]


def _papers(counter: Counter, view: CaseView) -> dict[str, str]:
    """What events call the papers, and what a look at a copy does, in words."""
    names = {one.id: counter.read(one.label) for one in view.submission.materials}
    names[OTHER] = counter.words("materials.other")
    return names | {LOOKED_AT + name: label for name, label in names.items()}


def _event(counter: Counter, view: CaseView, event: Event) -> Line:
    who = counter.words("role.resident") if event.role == Role.RESIDENT else event.actor
    what = counter.words(f"event.{event.kind}")
    # a note names a field after a look or a tick; else it is what somebody wrote
    labels = {answer.field: counter.read(answer.label) for answer in view.submission.answers}
    if event.kind == CONSENT_WITHDRAWN:
        labels = {consent.id: counter.read(consent.text) for consent in view.submission.consents}
    labels |= _papers(counter, view)
    words = event.words if _reads_words(counter) else ""
    about = (
        seen_whom(counter, event)
        or authority_seen(counter, event)
        or (between_centres(counter, event, words) if event.kind in BETWEEN else None)
        or (handed_in_at(counter, event) if event.kind == SUBMITTED else None)
    )
    named = left_out(event.note)[1] if event.kind == LEFT_OUT else event.note
    note = about or labels.get(named, named) or words
    return Line(f"{who}  {what}  {note}".rstrip(), lead=f"  {counter.time(event.at)}  ")
