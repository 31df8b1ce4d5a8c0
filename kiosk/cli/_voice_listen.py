"""What `kiosk voice listen` listens for, and what it says of what it heard."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from kiosk.cli._given import settings_of, state_of
from kiosk.flow.page import Choice, Entry, Figures, Keyboard, Page, PageKind
from kiosk.ports import NotUnderstood, Understood, Unsure, Wished
from kiosk.text import Text, same
from voice.listening.asking import question_for
from voice.listening.hear_file import HeardFile, heard_in
from voice.listening.recogniser import BAD_MODEL, NO_ENGINE, NO_MODEL, GrammarFault, ModelFault
from voice.listening.wave_file import WaveFault
from voice.understanding import (
    Expectation,
    Pack,
    PackFault,
    Wanted,
    digits_said,
    expectation,
    load_pack,
    understand,
)

Answer = Understood | Unsure | Wished | NotUnderstood
_FIGURES = {11: Figures.PHONE, 16: Figures.RECEIPT, 18: Figures.IDENTITY, 19: Figures.BANK_CARD}
"""Numbers of these lengths are checked as they are on a page."""
_TYPED = {
    "number": Keyboard.DIGITS,
    "money": Keyboard.MONEY,
    "date": Keyboard.DATE,
    "text": Keyboard.TEXT,
}
_YES_NO = {"yes": {"zh": "是", "en": "Yes", "ko": "네"}, "no": {"zh": "不是", "en": "No", "ko": "아니요"}}

_OF_MODEL = {
    NO_MODEL: "no model to listen with; `kiosk voice install` brings one, or name a folder with --model",
    BAD_MODEL: "the model is damaged or of another kind; install it again with `kiosk voice install`",
    NO_ENGINE: "its program is not installed (sherpa-onnx for models with a tokens.txt, else vosk)",
}


class ExpectFault(ValueError):
    """It is nothing that can be expected; the message says what can."""


def expected_of(words: str, language: str) -> Expectation:
    """What a page would wait for that asks for this. Raises ExpectFault."""
    kind, _, rest = words.partition(":")
    if kind == "digits":
        return _digits(rest, language)
    if kind == "options" and (labels := [label.strip() for label in rest.split(",") if label.strip()]):
        return expectation(_page(tuple(Choice(label, same(label)) for label in labels)), language)
    if rest:
        raise ExpectFault("only digits and options take more words after a colon")
    if kind == "yesno":
        return expectation(_page(tuple(Choice(key, Text(said)) for key, said in _YES_NO.items())), language)
    if kind == "commands":
        return expectation(_page(()), language)
    if kind in _TYPED:
        return expectation(_page((), Entry(_TYPED[kind])), language)
    raise ExpectFault("yesno, digits, digits:11, options:a,b,c, number, money, date, commands or text")


def listen_in(
    ctx: click.Context, file: Path, language: str, words: str, model: Path | None, *, as_json: bool
) -> bool:
    """Hear it, print what was heard, and tell whether it was understood. Raises ClickException."""
    try:
        expected = expected_of(words, language)
        pack = load_pack(language, _accents(ctx))
        done = heard_in(file, model or _installed(ctx, language), question_for(expected, pack))
    except ExpectFault as fault:
        raise click.BadParameter(str(fault), param_hint="--expect") from None
    except ModelFault as fault:
        raise click.ClickException(_OF_MODEL[fault.reason]) from None
    except GrammarFault:
        raise click.ClickException(f"the model knows no word of this; is it one for {language}?") from None
    except (PackFault, WaveFault) as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        raise click.ClickException(f"{file}: {fault.strerror}") from None
    answer = NotUnderstood(silent=True) if done.silent else _meant(done.heard.texts, expected, pack)
    click.echo(
        json.dumps(_as_fields(done, answer), ensure_ascii=False) if as_json else _as_text(done, answer)
    )
    return not isinstance(answer, NotUnderstood)


def _installed(ctx: click.Context, language: str) -> Path:
    from voice.listening.models import models

    found = models(settings_of(ctx).listening.models, state_of(ctx), (language,)).get(language)
    if found is None:
        raise ModelFault(NO_MODEL)
    return found


def _accents(ctx: click.Context) -> Path | None:
    own = settings_of(ctx).listening.accents
    return Path(own) if own else None


def _as_fields(done: HeardFile, answer: Answer) -> dict[str, object]:
    return {
        "heard": list(done.heard.texts),
        "confidence": round(done.heard.confidence, 3),
        "understood": told(answer),
        "seconds": round(done.seconds, 3),
        "work": round(done.work, 3),
        "missing": list(done.missing),
    }


def _as_text(done: HeardFile, answer: Answer) -> str:
    heard = done.heard.texts[0] if done.heard.texts else "nothing"
    (kind, value), *_ = told(answer).items()
    value = ", ".join(value) if isinstance(value, list) else value
    lines = [
        f"heard        {heard}  ({done.heard.confidence:.2f})",
        f"{kind.replace('_', ' '):<12} {value}",
    ]
    if done.missing:
        lines.append(f"not in the model: {', '.join(done.missing)}")
    return "\n".join(lines)


def told(answer: Answer) -> Mapping[str, object]:
    """An answer in plain words, for a person or a program."""
    match answer:
        case Understood(choice=choice, typed=typed):
            return {"choice": choice} if choice else {"typed": typed}
        case Wished(wish=wish):
            return {"wish": wish.value}
        case Unsure(choices=choices):
            return {"unsure": list(choices)}
        case NotUnderstood(silent=silent):
            return {"not_understood": "silence" if silent else "other words"}


def _digits(length: str, language: str) -> Expectation:
    if length and not (length.isascii() and length.isdigit() and 1 <= int(length) <= 30):
        raise ExpectFault("digits, or digits: and how many there are, at most 30")
    figures = _FIGURES.get(int(length or 0))
    if figures:
        return expectation(_page((), Entry(Keyboard.DIGITS, figures=figures)), language)
    return Expectation(Wanted.DIGITS, lengths=(int(length),) if length else ())


def _page(choices: tuple[Choice, ...], entry: Entry | None = None) -> Page:
    return Page(
        "listen", PageKind.ENTRY if entry else PageKind.CHOICE, same(""), choices=choices, entry=entry
    )


def _meant(texts: Sequence[str], expected: Expectation, pack: Pack) -> Answer:
    if expected.wanted is Wanted.DIGITS and expected.figures is None:
        for text in texts:
            digits = digits_said(text, pack)
            if digits and (not expected.lengths or len(digits) in expected.lengths):
                return Understood(typed=digits)
    return understand(texts, expected, pack)
