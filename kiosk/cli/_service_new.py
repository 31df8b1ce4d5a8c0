"""`kiosk service new`: a new service file, from questions anybody can answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli._given import LANG, settings_of
from kiosk.cli._service_files import told
from kiosk.cli._service_world import day_meant

if TYPE_CHECKING:
    from kiosk.cli._interview import Interview
    from kiosk.config import Settings
    from kiosk.services.question import FieldKind
    from kiosk.services.template import Sketch
    from kiosk.text import Catalogue

_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")


@click.command(short_help="Begin a service by answering questions.")
@click.argument("service", metavar="ID")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file; ID.toml without it.")
@click.option("--yes", is_flag=True, help="Ask nothing: write the bare template.")
@LANG
@click.pass_context
def new(ctx: click.Context, service: str, out: Path | None, yes: bool, lang: str) -> None:
    """Begin a service: answer a few questions, and it is written as a file that can be walked at once.

    ID is its short name in small Latin letters, for example bus-pass. Ctrl+C stops, and nothing is written.
    """
    from kiosk.catalogue import load_catalogue
    from kiosk.cli._interview import Interview

    texts = load_catalogue("author")
    target = out or Path(f"{service}.toml")
    if not _ID.fullmatch(service):
        raise click.UsageError(texts["new.bad_id"].show(lang))
    if target.exists():
        raise click.ClickException(texts.text("new.there", file=target.name).show(lang))
    settings, ask = settings_of(ctx), Interview(texts, lang)
    sketch = _bare(service, settings, texts) if yes else _told(service, settings, texts, ask)
    _write(ctx, target, sketch, texts, lang)


def _write(ctx: click.Context, target: Path, sketch: Sketch, texts: Catalogue, lang: str) -> None:
    """The file, what the check says of it, and what to do next."""
    from kiosk.services.load import look_over, look_over_source
    from kiosk.services.problem import Severity
    from kiosk.services.template import document, stories
    from kiosk.services.toml_text import dump

    made = document(sketch, texts)
    service, _ = look_over_source(dump(made).encode(), target, sketch.since)
    if service is not None:
        made["story"] = stories(service, sketch.since, texts, lang)
    head = texts["new.comment"].show(lang)
    try:
        target.write_text(f"# {head}\n{dump(made)}", encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{target.name}: {error.strerror}") from None
    problems = look_over(target, sketch.since)[1]
    for problem in problems:
        click.echo(told(problem, lang))
    click.echo(texts.text("new.written", file=target.name, path=str(target)).show(lang))
    if any(problem.severity is Severity.ERROR for problem in problems):
        ctx.exit(1)


def _bare(service: str, settings: Settings, texts: Catalogue) -> Sketch:
    """A service with a question of two answers and one to type, to be written over."""
    from kiosk.services.question import FieldKind
    from kiosk.services.template import Sketch, both, question

    options = [{"value": f"a{n}", **both(texts, f"new.bare_option_{n}")} for n in (1, 2)]
    chosen = question(
        1,
        FieldKind.CHOICE,
        both(texts, "new.bare_ask"),
        both(texts, "new.bare_label"),
        texts,
        options=options,
    )
    named = _about_the_person(2, FieldKind.NAME, texts)
    return Sketch(
        id=service,
        title=both(texts, "new.bare_title"),
        who=both(texts, "new.bare_who"),
        get=both(texts, "new.bare_get"),
        fee=both(texts, "new.bare_fee"),
        law=both(texts, "new.bare_law"),
        owner=settings.site.name.show("zh"),
        desk=texts["new.bare_desk"].show("zh"),
        phone=settings.site.phone,
        workdays=10,
        since=day_meant(None),
        questions=(chosen, named),
    )


def _told(service: str, settings: Settings, texts: Catalogue, ask: Interview) -> Sketch:
    from kiosk.services.template import Sketch, both

    ask.tell("new.hello")
    title, who, get = (ask.said(f"new.{key}") for key in ("title", "who", "get"))
    fee, law = (ask.said(f"new.{key}", both(texts, f"new.bare_{key}")) for key in ("fee", "law"))
    owner = ask.line("new.owner", settings.site.name.show("zh"))
    desk = ask.line("new.desk", texts["new.bare_desk"].show("zh"))
    phone = ask.line("new.phone", settings.site.phone)
    workdays = ask.number("new.workdays", 10, 1, 365)
    told = _Questions(ask, texts)
    told.ask_all()
    materials = [*told.materials, *_materials(ask, len(told.materials))]
    return Sketch(
        id=service,
        title=title,
        who=who,
        get=get,
        fee=fee,
        law=law,
        owner=owner,
        desk=desk,
        phone=phone,
        workdays=workdays,
        since=day_meant(None),
        questions=told.questions,
        stops=told.stops,
        materials=materials,
        proof=ask.yes("new.proof"),
    )


def _about_the_person(number: int, kind: FieldKind, texts: Catalogue) -> dict[str, Any]:
    """What a card answers: name, or identity number."""
    from kiosk.services.template import both, question

    ask, label = (both(texts, f"new.{kind}_{part}") for part in ("ask", "label"))
    return question(number, kind, ask, label, texts, from_card="subject")


def _materials(ask: Interview, there: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while ask.yes("new.material_more" if found else "new.material_any"):
        found.append(_paper(ask, there + len(found) + 1))
    return found


def _paper(ask: Interview, number: int) -> dict[str, Any]:
    """One paper: what it is, and whether the original or a copy of it is wanted."""
    named = ask.said("new.material")
    forms = ("original", "copy", "photo")
    form = ask.one_of(ask.words("new.form"), [ask.words(f"new.form_{one}") for one in forms])
    return {"id": f"m{number}", **named, "form": forms[form]}


class _Questions:
    """The questions, with the papers and early ends that come of them."""

    def __init__(self, ask: Interview, texts: Catalogue) -> None:
        self._ask, self._texts = ask, texts
        self.questions: list[dict[str, Any]] = []
        self.stops: list[dict[str, Any]] = []
        self.materials: list[dict[str, Any]] = []

    def ask_all(self) -> None:
        """Who it is for, then one question after another."""
        from kiosk.services.question import FieldKind

        for kind in (FieldKind.NAME, FieldKind.ID_NUMBER):
            if self._ask.yes(f"new.{kind}_wanted", default=True):
                self.questions.append(_about_the_person(self._number, kind, self._texts))
        while not self.questions or self._ask.yes("new.question_more", default=self._number < 4):
            self._one()

    @property
    def _number(self) -> int:
        return len(self.questions) + 1

    def _one(self) -> None:
        from kiosk.services.question import FieldKind
        from kiosk.services.template import question

        self._ask.tell("new.question_nth", n=self._number)
        asked, label = self._ask.said("new.ask"), self._ask.said("new.label")
        kinds = [kind for kind in FieldKind if kind is not FieldKind.RECORD]
        kind = self._kind(kinds)
        made = question(self._number, kind, asked, label, self._texts, **self._more(kind))
        if kind not in (FieldKind.CHOICE, FieldKind.YES_NO) and self._ask.yes("new.optional"):
            made["optional"] = True
        self.questions.append(made)
        if kind in (FieldKind.CHOICE, FieldKind.YES_NO) and self._ask.yes("new.stop_any"):
            self._stop(made)

    def _kind(self, kinds: Sequence[FieldKind]) -> FieldKind:
        names = [self._ask.words(f"new.kind_{kind}") for kind in kinds]
        return kinds[self._ask.one_of(self._ask.words("new.kind"), names)]

    def _more(self, kind: FieldKind) -> dict[str, Any]:
        """What this kind needs besides."""
        from kiosk.services.question import FieldKind

        match kind:
            case FieldKind.CHOICE | FieldKind.MANY:
                return {"options": self._options()}
            case FieldKind.DOCUMENT:
                self.materials.append(_paper(self._ask, len(self.materials) + 1))
                return {"material": self.materials[-1]["id"]}
            case FieldKind.REPEAT:
                return {"item": self._items()}
        return {}

    def _options(self) -> list[dict[str, Any]]:
        options: list[dict[str, Any]] = []
        while len(options) < 2 or self._ask.yes("new.option_more"):
            words = self._ask.said("new.option", n=len(options) + 1)
            options.append({"value": f"a{len(options) + 1}", **words})
        return options

    def _items(self) -> list[dict[str, Any]]:
        from kiosk.services.question import FieldKind
        from kiosk.services.template import question

        simple = [FieldKind.TEXT, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.NAME]
        simple += [FieldKind.PHONE, FieldKind.CHOICE]
        items: list[dict[str, Any]] = []
        while not items or self._ask.yes("new.item_more"):
            asked, label = self._ask.said("new.item_ask"), self._ask.said("new.label")
            kind = self._kind(simple)
            items.append(question(len(items) + 1, kind, asked, label, self._texts, **self._more(kind)))
        return items

    def _stop(self, made: dict[str, Any]) -> None:
        """The answer with which it ends, and what such people are told."""
        yes_no = [{"value": one, "zh": self._ask.words(f"ask.{one}")} for one in ("yes", "no")]
        options = made.get("options", yes_no)
        names = [option["zh"] for option in options]
        value = options[self._ask.one_of(self._ask.words("new.stop_which"), names)]["value"]
        when = {"field": made["id"], "is": value}
        stop = {"id": f"stop-{made['id']}", "after": made["id"], "when": when}
        self.stops.append({**stop, "tell": self._ask.said("new.stop_tell")})
