"""What people say to a page in English, and what is taken from it (K05)."""

from __future__ import annotations

import pytest

from kiosk.flow.page import Page
from kiosk.ports import NotUnderstood, Understood, Unsure, Wish, Wished
from tests.voice.understanding import spoken_pages as pages
from tests.voice.understanding.spoken_pages import EN, lines, on
from voice.understanding import understand

CHOSEN: list[tuple[Page, str, str]] = [
    *((pages.WHO, said, "self") for said in lines("""
        one | number one | the first | the first one | first | option one | 1 | one please | um one
        I choose one
        myself | for myself | it's for myself | myself please | one one""")),
    *((pages.WHO, said, "family") for said in lines("""
        two | number two | the second | the second one please | I'd like the second one | I'll take two
        the last one
        an older relative | older relative | for an older relative | my older relative""")),
    *((pages.KIN, said, "child") for said in lines("""son | daughter | I am the daughter | my son
        the first one""")),
    *((pages.KIN, said, "parent") for said in lines("father | mother | I'm her mother | three | the third")),
    *((pages.LOST, said, "social") for said in lines("""social security card | my social security
        the social security card please""")),
    *((pages.LOST, said, "id") for said in lines("id card | my id card | ID card please")),
    *((pages.LOST, said, "two") for said in lines("both | both of them | three | the last one")),
    *((pages.HOME, said, "ask") for said in lines("ask a question | I want to ask a question | question")),
    *((pages.HOME, said, "query") for said in lines("progress | records | my records please | four")),
    *((pages.RATE, said, "poor") for said in lines("poor | four | the last one")),
    *((pages.SUBMIT, said, "submit") for said in lines("hand it in | two | yes hand it in | the second")),
    *((pages.SUBMIT, said, "look") for said in lines("look again | one")),
    *((pages.WHO, said, "family") for said in lines("one no two")),
    *((pages.TOLD, said, "go") for said in lines("all right | okay | yes | one | all right then")),
]  # fmt: skip

YES = lines("""
    yes | yeah | yep | yes please | that's right | correct | right | okay | sure | of course | um yes
    yes yes | yes it is
    I am | I do | well yes | exactly | all right | fine | one | that is correct | Yes, that's right.""")
NO = lines("""
    no | nope | no thanks | no thank you | that's wrong | wrong | not right | it isn't | it is not
    I don't | no no | um no
    no it isn't | no I don't | not at all | incorrect | two | no, that is not right | I do not agree
    no the other one""")
NEITHER = lines("""
    what | is it | I don't know | not sure | maybe | I'm not sure | perhaps | yes or no | I think so | how
    it depends""")
UNRELATED = lines("""
    weather | apple | train | table | yesterday | garden | television | cabbage | bicycle
    my grandson goes to school
    nice day today | blood pressure | glasses | tea house | new year | bus station | kitten | umbrella
    moon | dancing
    soup | doctor | the battery is empty | keys | trousers | story | stone | bread | river | telephone box""")

WISHED: list[tuple[str, Wish]] = [
    *((said, Wish.NEXT) for said in lines("next | continue | go on | next please")),
    *((said, Wish.BACK) for said in lines("back | go back | go back please | previous | cancel")),
    *((said, Wish.REPEAT) for said in lines("""repeat | say that again | pardon | once more please
        can you repeat that""")),
    *((said, Wish.HELP) for said in lines("help | help me please | what do I do")),
    *((said, Wish.LOUDER) for said in lines("louder | louder please | speak up | too quiet")),
    *((said, Wish.QUIETER) for said in lines("quieter | turn it down please | too loud")),
    *((said, Wish.SLOWER) for said in lines("slower | slow down please | can you speak slower")),
    *((said, Wish.FASTER) for said in lines("faster | speed up")),
    *((said, Wish.STOP) for said in lines("stop | wait a minute | hold on please")),
    *((said, Wish.PERSON) for said in lines("""a person | call a person please | staff
        I want to talk to a person | operator""")),
]  # fmt: skip


@pytest.mark.parametrize(("page", "said", "choice"), CHOSEN)
def test_a_choice_is_named_in_english(page: Page, said: str, choice: str) -> None:
    assert understand([said], on(page, EN), EN) == Understood(choice=choice)


@pytest.mark.parametrize("said", YES)
def test_yes_in_english(said: str) -> None:
    assert understand([said], on(pages.CITY, EN), EN) == Understood(choice="yes")


@pytest.mark.parametrize("said", NO)
def test_no_in_english(said: str) -> None:
    assert understand([said], on(pages.CITY, EN), EN) == Understood(choice="no")


@pytest.mark.parametrize("said", NEITHER)
def test_a_doubt_in_english_is_no_answer(said: str) -> None:
    assert understand([said], on(pages.CITY, EN), EN) == NotUnderstood()


@pytest.mark.parametrize("page", [pages.WHO, pages.CITY, pages.SUM], ids=["who", "city", "sum"])
@pytest.mark.parametrize(("said", "wish"), WISHED)
def test_a_command_in_english(page: Page, said: str, wish: Wish) -> None:
    assert understand([said], on(page, EN), EN) == Wished(wish)


@pytest.mark.parametrize("said", UNRELATED)
@pytest.mark.parametrize(
    "page",
    [pages.WHO, pages.CITY, pages.CONSENT, pages.RATE, pages.HOME, pages.BORN, pages.SUM, pages.PHONE],
    ids=["who", "city", "consent", "rate", "home", "born", "sum", "phone"],
)
def test_nothing_is_taken_from_unrelated_english_words(page: Page, said: str) -> None:
    assert understand([said], on(page, EN), EN) == NotUnderstood()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (pages.WHO, "yes"), (pages.WHO, "three"), (pages.CITY, "three"), (pages.CITY, "nineteen forty four"),
        (pages.BORN, "yesterday"), (pages.BORN, "yes"), (pages.SUM, "no"), (pages.WHO, "not myself"),
            (pages.SUBMIT, "okay"),
        (pages.SUBMIT, "continue"), (pages.CONSENT, "mm"), (pages.CONSENT, "go on"),
    ],
)  # fmt: skip
def test_an_english_answer_to_another_page_is_none_here(page: Page, said: str) -> None:
    assert understand([said], on(page, EN), EN) == NotUnderstood()


def test_of_two_named_in_english_the_person_is_asked() -> None:
    assert understand(["one or two"], on(pages.WHO, EN), EN) == Unsure(("self", "family"))


def test_this_english_table_is_long_enough() -> None:
    assert len(CHOSEN) + len(YES) + len(NO) + len(NEITHER) + len(WISHED) >= 100
    assert len(UNRELATED) >= 30
