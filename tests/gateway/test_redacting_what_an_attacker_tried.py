"""What an attacker got past redaction once: each of these goes, and ordinary words beside them stay."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerforge.gateway.directory import Directory, Person, Term
from careerforge.gateway.plaintext import PLACES
from careerforge.gateway.redact import mask, redact

PEOPLE = (
    Person("Liselotte Varkonyi", "l.v@corp.example", number="TV-20417", handle="Keen Lynx 6189"),
    Person("Jonas Emmerich"),
    Person("Mark Young"),
)
NAMES = ("emp-data", "admin", "owner", "3f2a9c0d4b5e6f708192a3b4c5d6e7f8")
MADE = Directory.of(PEOPLE, vocabulary=["data engineering"])
DIRECTORY = Directory(MADE.terms | {Term("handle", name, 0) for name in NAMES}, MADE.vocabulary)
UUID = "0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506"


def gone(text: str) -> str:
    redacted = redact(text, DIRECTORY)
    assert redacted.restore(redacted.text) == text
    return redacted.text


@pytest.mark.parametrize(
    "written",
    [
        "emp-data",
        "emp_data",
        "EMP.DATA",
        "3f2a9c0d4b5e6f708192a3b4c5d6e7f8",
        "aaaabbbbccccddddeeeeffff00001111",
        UUID,
        UUID.upper(),
        "Liselottes",
        "liselottes",
        "Liselottechen",
        "Emmerichs",
        "Emmerichen",
        "Var-\nkonyi",
        "Var-\r\n   konyi",
        "Lise-\nlotte Varkonyi",
        "Liselotte Var\u2010\nkonyi",
        "keenlynx6189",
        "KeenLynx",
        "Keen Lynx",
        "Lynx 6189",
        "keen-lynx-6189",
        "TV20417",
        "TV-20417",
        "lvarkonyi",
        "VarkonyiLiselotte",
        "LiselotteVarkonyi",
        "Liselotte%20Varkonyi",
        "Li\u200eselotte Var\u202ekonyi",
        "Liselotte\u200eVarkonyi",
        "Lise\u2066lotte",
        "0171 2345678",
        "030/1234567",
        "01712345678",
    ],
)
def test_what_tells_who_somebody_is_goes_and_comes_back(written: str) -> None:
    text = gone(f"Today, {written}, please.")
    assert text.startswith("Today, [")
    assert text.endswith("], please.")
    assert "," not in text[7:-9]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Is Varkonyis plan good?", "Is [person 1] plan good?"),
        ("Ask @lvarkonyi now.", "Ask @[person 1] now."),
        (f"See /console/people/{UUID}/edit", "See /console/people/[colleague 1]/edit"),
        (f"See %2Fpeople%2F{UUID}", "See %2Fpeople%2F[colleague 1]"),
    ],
)
def test_what_stands_around_it_stays(text: str, left: str) -> None:
    assert gone(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Mark the task; marks and youngest are words.",
        "The owner asks an admin about data, and an emp data set.",
        "Keen to learn; a lynx is a cat; Mobile, Rose, Nice.",
        "A well-\nknown long-\nterm goal of 100%, 20% 30 of it.",
        "See RFC 9457, 0.1234567, 2024-01-02 09:30, 0 12 and 007.",
        "An emoji \U0001f469\u200d\U0001f4bb and a mark\u200e stay.",
        "Commit 3f2a9c0d4b5e6f708192a3b4c5d6e7f8aabbccdd is forty digits.",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert gone(text) == text
    assert mask(text, DIRECTORY) == text


def test_a_document_keeps_its_keys_and_its_strangers() -> None:
    text = f"Key {UUID}, hash aaaabbbbccccddddeeeeffff00001111, call 0171 2345678, Keen Lynx, Liselottes."
    assert mask(text, DIRECTORY) == text


def test_a_document_loses_sign_in_names_and_broken_full_names() -> None:
    text = "By emp_data, TV20417, and Lise-\nlotte Varkonyi; Liselotte Varkonyis plan."
    assert mask(text, DIRECTORY) == (
        "By [handle removed], [number removed], and [name removed]; [name removed] plan."
    )


def test_every_format_character_of_unicode_is_seen_through() -> None:
    characters = [chr(code) for code in range(sys.maxunicode + 1)]
    known = [one for one in characters if unicodedata.category(one) == "Cf"]
    assert [one for one in known if not PLACES[1].match(one)] == []


PIECES = (
    "Var",
    "-\n",
    "konyi",
    "%20",
    "%C3",
    "%A9",
    "\u202e",
    "Liselotte",
    "s",
    " ",
    "\u00ad",
    "emp",
    "_",
    "data",
    "6189",
)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_is_hidden_the_text_comes_back(text: str) -> None:
    gone(text)
