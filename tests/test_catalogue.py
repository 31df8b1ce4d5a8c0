"""The catalogues: every key used is there, none is idle, and both languages say the same in good manners."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from kiosk.cases.states import State
from kiosk.catalogue import CatalogueFault, load_catalogue, read_catalogue
from kiosk.flow.source import Source
from kiosk.paths import data_dir
from kiosk.services.model import Material
from kiosk.text import LANGUAGES, Catalogue

ROOT = Path(__file__).resolve().parents[1]
NAMES = tuple(sorted(path.stem for path in (data_dir() / "locale").glob("*.toml")))
AMBIGUOUS = re.compile("[“”‘’—…①-⑳★☆·→←↑↓×÷°±§]")
"""Counted one cell wide by the terminal, drawn two wide by Chinese fonts (measured)."""
ABOUT_WORDS = {"check:W414.what", "check:W414.fix"}
"""They tell an author which word not to use, and so name it."""
HAN = re.compile(r"[㐀-鿿]")
SPOKEN_TO_RESIDENTS = ("resident", "voice", "case")


@cache
def texts() -> dict[str, Catalogue]:
    return {name: load_catalogue(name) for name in NAMES}


@cache
def source_strings() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every literal of the source, and a pattern for every f-string that has some letters of its own."""
    literals: set[str] = set()
    patterns: set[str] = set()
    for package in ("kiosk", "screens", "voice"):
        for path in (ROOT / package).rglob("*.py"):
            nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
            joined = [node for node in nodes if isinstance(node, ast.JoinedStr)]
            parts = {part for node in joined for part in node.values}
            patterns |= {"".join(_as_pattern(part) for part in node.values) for node in joined}
            constants = [node for node in nodes if isinstance(node, ast.Constant) and node not in parts]
            literals |= {node.value for node in constants if isinstance(node.value, str)}
    kept = [
        re.compile(shape) for shape in patterns if re.fullmatch(r".*[a-z].*", shape.replace(r"[\w-]+", ""))
    ]
    return frozenset(literals), tuple(kept)


def _as_pattern(part: ast.expr) -> str:
    return (
        re.escape(part.value) if isinstance(part, ast.Constant) and isinstance(part.value, str) else r"[\w-]+"
    )


def is_used(name: str, key: str) -> bool:
    literals, patterns = source_strings()
    if name == "check":
        return key.partition(".")[0] in literals
    return key in literals or any(shape.fullmatch(key) for shape in patterns)


def every_wording() -> Iterator[tuple[str, str, str, str]]:
    """Catalogue, key, language and words, shown or said."""
    for name, catalogue in texts().items():
        for key, text in catalogue.items():
            for words in (text.shown, text.said):
                yield from ((name, key, language, words[language]) for language in words)


def service_wordings() -> Iterator[tuple[str, str]]:
    """Chinese words of the service files: place and words."""
    for path in sorted((data_dir() / "services").glob("*.toml")):
        yield from _chinese(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)


def _chinese(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("zh", "say_zh") and isinstance(inner, str):
                yield place, inner
            else:
                yield from _chinese(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _chinese(inner, f"{place}[{number}]")


def placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_every_key_that_is_named_in_the_code_is_there() -> None:
    groups = {key.split(".")[0] for catalogue in texts().values() for key in catalogue}
    named = {word for word in source_strings()[0] if re.fullmatch(r"[a-z_]+\.[a-z][\w-]*", word)}
    missing = {
        word
        for word in named
        if word.split(".")[0] in groups and not any(word in c for c in texts().values())
    }
    assert missing == set()


@pytest.mark.parametrize("name", NAMES)
def test_no_key_is_idle(name: str) -> None:
    assert [key for key in texts()[name] if not is_used(name, key)] == []


def test_both_languages_and_their_speech_have_the_same_placeholders() -> None:
    for catalogue in texts().values():
        for key, text in catalogue.items():
            sets = [placeholders(words) for words in (*text.shown.values(), *text.said.values())]
            assert all(one == sets[0] for one in sets), key
            assert set(text.shown) == set(LANGUAGES), key


def test_chinese_has_no_mark_of_doubtful_width() -> None:
    """「」 and full-width forms instead of “ ” — … and the like."""
    shown = [(f"{n}:{k}", words) for n, k, language, words in every_wording() if language == "zh"]
    doubtful = [(place, words) for place, words in (*shown, *service_wordings()) if AMBIGUOUS.search(words)]
    assert doubtful == []


def test_no_sentence_is_longer_than_forty_characters() -> None:
    """K24."""
    shown = [
        (f"{n}:{k}", w) for n, k, lang, w in every_wording() if lang == "zh" and n in SPOKEN_TO_RESIDENTS
    ]
    long = [
        (place, sentence)
        for place, words in (*shown, *service_wordings())
        for sentence in re.split(r"[。！？]", words)
        if len(HAN.findall(sentence)) > 40
    ]
    assert long == []


def test_everybody_is_addressed_as_nin() -> None:
    shown = [(f"{n}:{k}", words) for n, k, language, words in every_wording() if language == "zh"]
    told = [(place, words) for place, words in (*shown, *service_wordings()) if place not in ABOUT_WORDS]
    assert [place for place, words in told if "你" in words] == []


def test_english_holds_no_chinese_but_the_name_of_the_language() -> None:
    mixed = {
        key
        for name, key, language, words in every_wording()
        if language == "en" and HAN.search(words) and f"{name}:{key}" not in ABOUT_WORDS
    }
    assert mixed <= {"bar.language", "key.language", "language.en", "language.zh", "language.heading"}


def write(folder: Path, words: str) -> Path:
    path = folder / "some.toml"
    path.write_text(words, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ('[a]\nb = { zh = "好" }', "en is missing"),
        ('[a]\nb = { zh = "", en = "good" }', "zh is missing"),
        ('[a]\nb = { zh = "好{n}", en = "good" }', "other placeholders"),
        ('[a]\nb = { zh = "好{n}", en = "good {n}", say_zh = "好" }', "other placeholders"),
        ('[a]\nb = { zh = "好", en = "good", fr = "bon" }', "unknown fr"),
        ("[a]\nb = ", "some.toml"),
    ],
)
def test_a_catalogue_with_a_slip_names_the_file_and_the_key(words: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogueFault, match=named) as fault:
        read_catalogue(write(tmp_path, words))
    assert "some.toml" in str(fault.value)


def test_a_filled_text_is_as_private_as_its_strictest_part() -> None:
    """K26."""
    from kiosk.text import Privacy, same

    shown = load_catalogue("resident").text(
        "common.from_card", label=same("号码"), value=same("9", Privacy.PRIVATE)
    )
    assert shown.privacy is Privacy.PRIVATE
    masked = load_catalogue("resident").text("home.greeting", name=same("张桂芳", Privacy.MASKED))
    assert masked.privacy is Privacy.MASKED


def test_what_a_person_typed_is_never_read_as_a_placeholder() -> None:
    from kiosk.text import same

    filled = load_catalogue("resident").text("home.greeting", name=same("{name}{0}"))
    assert filled.show("zh") == "{name}{0}，您好。"


def test_the_desk_has_a_word_for_everything_a_case_may_hold() -> None:
    """A word that is missing is not seen until somebody opens such a case."""
    held = {
        "source": Source,
        "state": State,
        "form": get_args(Material.model_fields["form"].annotation),
    }
    wanted = {f"{group}.{code}" for group, codes in held.items() for code in codes}
    assert wanted <= set(texts()["desk"])
