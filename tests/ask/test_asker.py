"""The asker: what it may say, what it must never do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ask import lexicon, topics
from kiosk.ask.asker import HITS, GuideAsker
from kiosk.ask.lexicon import load_lexicon
from kiosk.flow.answers import NO_ANSWERS
from tests.ask.guides import asker, shipped

SNAGS = st.text() | st.text(alphabet="\"*():^-+{}'; 钱老人补贴ORANDNOTidcard\x00", max_size=60)


@given(words=SNAGS, language=st.sampled_from(["zh", "en"]))
def test_whatever_is_typed_it_answers_with_places_that_are_there(words: str, language: str) -> None:
    answers = asker().ask(words, language)
    assert len(answers.hits) <= HITS
    assert len({hit.service for hit in answers.hits}) == len(answers.hits)
    for hit in answers.hits:
        service = shipped()[hit.service]
        assert hit.title == service.title.text()
        assert hit.faq is None or 0 <= hit.faq < len(service.faq)
    assert answers.hits or not answers.sure


def test_only_what_is_offered_is_found() -> None:
    only = GuideAsker([shipped()["complaint"]])
    assert only.ask("我要投诉", "zh").hits[0].service == "complaint"
    assert only.ask("高龄津贴", "zh") == NO_ANSWERS


def test_with_no_services_there_is_no_answer() -> None:
    assert GuideAsker([]).ask("高龄津贴", "zh") == NO_ANSWERS


def test_a_name_alone_is_enough() -> None:
    for service in shipped().values():
        for language, title in (("zh", service.title.zh), ("en", service.title.en)):
            assert asker().ask(title, language).hits[0].service == service.id, title


def test_the_questions_of_a_service_find_themselves_or_its_guide() -> None:
    """Nine of ten find their own words; the others come to the right service."""
    found = []
    for service in shipped().values():
        for number, faq in enumerate(service.faq):
            hit = asker().ask(f"{service.title.zh}，{faq.ask.zh}", "zh").hits[0]
            assert (hit.service, hit.faq) in {(service.id, number), (service.id, None)}, faq.ask.zh
            found.append(hit.faq is not None)
    assert sum(found) >= 0.9 * len(found)


def test_a_question_of_one_service_is_never_surely_answered_by_another() -> None:
    for service in shipped().values():
        for faq in service.faq:
            answers = asker().ask(faq.ask.zh, "zh")
            assert not answers.sure or answers.hits[0].service == service.id, faq.ask.zh


def test_of_a_service_the_question_is_chosen_only_where_it_was_asked() -> None:
    """How long it takes is no answer to how it is done."""
    asked = shipped()["elderly-allowance"].faq
    how_long = next(n for n, faq in enumerate(asked) if "多久" in faq.ask.zh)
    assert asker().ask("高龄津贴几天能办好", "zh").hits[0].faq == how_long
    assert asker().ask("高龄津贴怎么申请", "zh").hits[0].faq is None


def test_nothing_of_a_question_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """K46: the index lives in memory, and SQLite spills nothing beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    GuideAsker(shipped().values()).ask("张桂芳的高龄津贴", "zh")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("broken", ["[[same]\n", "other = 1\n", None])
def test_a_word_list_that_cannot_be_read_stops_nobody(
    broken: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The official name still finds its service, and one can type and look through all."""
    file = tmp_path / "words.toml"
    if broken is not None:
        file.write_text(broken, encoding="utf-8")
    for module in (lexicon, topics):
        monkeypatch.setattr(module, "data_file", lambda name: file)
    load_lexicon.cache_clear()
    topics.every_topic.cache_clear()
    try:
        assert topics.topics(shipped()) == ()
        assert GuideAsker(shipped().values()).ask("高龄津贴", "zh").hits[0].service == "elderly-allowance"
    finally:
        load_lexicon.cache_clear()
        topics.every_topic.cache_clear()


def test_no_word_stands_in_two_groups_of_synonyms() -> None:
    """The second would never count, and whoever wrote it would wonder."""
    import tomllib

    from kiosk.paths import data_file

    read = tomllib.loads(data_file("ask/synonyms.toml").read_text(encoding="utf-8"))
    for language in ("zh", "en"):
        groups = [read["idle"], *read["aspect"], *read["same"]]
        words = [word for group in groups for word in group.get(language, [])]
        assert sorted({word for word in words if words.count(word) > 1}) == []


def test_an_index_that_is_made_ahead_answers_the_same_however_soon_it_is_asked() -> None:
    ahead = GuideAsker(shipped().values())
    ahead.prepare()
    assert ahead.ask("高龄津贴", "zh") == GuideAsker(shipped().values()).ask("高龄津贴", "zh")
