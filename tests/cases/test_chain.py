"""Lines that hold the one before (K41): no two of them are the same bytes, and heads read back as written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.cases.chain import (
    BEGINNING,
    Head,
    Line,
    content_of,
    digest_of,
    head_line,
    link_of,
    read_note,
    short_of,
)

SALT = bytes(16)
texts = st.binary(max_size=6)
digests = st.binary(min_size=0, max_size=4)
counts = st.integers(0, 120)
lines = st.builds(
    Line, counts, texts, counts, texts, texts, texts, texts, counts, texts, digests, digests, digests
)


@given(lines, lines)
def test_two_lines_have_one_link_only_where_they_say_the_same(one: Line, other: Line) -> None:
    """K41: what moves from one part to the next is another line."""
    assert (link_of(BEGINNING, one) == link_of(BEGINNING, other)) == (one == other)


def test_a_letter_that_moves_to_the_next_part_is_seen() -> None:
    one = Line(1, b"c", 1, b"t", b"wang", b"staff", b"claimed", 1, b"", b"", b"", b"")
    moved = one._replace(actor=b"wangs", role=b"taff")
    assert link_of(BEGINNING, one) != link_of(BEGINNING, moved)
    assert link_of(b"x" * 32, one) != link_of(BEGINNING, one)


def test_nothing_and_the_empty_word_are_not_the_same() -> None:
    assert content_of(SALT, None, None) != content_of(SALT, b"", None)
    assert content_of(SALT, b"a", None) != content_of(SALT, None, b"a")
    assert content_of(SALT, b"a", None) != content_of(bytes([1] * 16), b"a", None)
    assert digest_of(("12", 3)) != digest_of(("1", 23))
    assert digest_of((1,)) != digest_of(("1",))


HEAD = Head(
    1204, b"\x12" * 32, 3, b"\x34" * 32, "2026-11-02T01:30:00+00:00", "ab" * 8, b"\x56" * 32, b"s" * 64
)


def test_a_head_reads_back_from_its_line_and_from_paper() -> None:
    noted = read_note(head_line(HEAD))
    assert noted is not None and noted.head == HEAD
    paper = read_note(HEAD.short.lower())
    assert paper is not None and (paper.n, paper.short, paper.head) == (1204, HEAD.short, None)


def test_a_line_that_the_power_cut_in_two_is_no_head() -> None:
    whole = head_line(HEAD)
    assert all(read_note(whole[:cut]) is None for cut in range(len(whole) - 128))
    assert read_note("1204") is None
    assert read_note("bangban-head 1 x " + " ".join(whole.split()[3:])) is None


def test_the_short_form_has_no_letters_that_are_mistaken_for_others() -> None:
    signs = "".join(short_of(1, bytes([n] * 32)) for n in range(256))
    assert not set(signs) & set("ILOU")


def test_a_head_is_signed_over_everything_it_says() -> None:
    changed = [
        HEAD._replace(n=1),
        HEAD._replace(at="x"),
        HEAD._replace(before=bytes(32)),
        HEAD._replace(key_id=""),
    ]
    assert len({one.signed for one in (HEAD, *changed)}) == 5
    assert HEAD._replace(signature=b"t" * 64).digest != HEAD.digest
