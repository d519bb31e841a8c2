"""Names that were bent, coded, pulled apart or written in other letters go; words beside them stay."""

import base64

import pytest

from careerforge.gateway.directory import Directory, Person, Term
from careerforge.gateway.redact import mask, redact

PEOPLE = (
    Person("Hildegund Osterfeldt", "h.o@corp.example", "+49 171 368 7709", "Aubrincourt", "TV-20433"),
    Person("Hans Müller", city="Düsseldorf", number="E-48213"),
    Person("Søren Quellmann", city="Århus", number="77"),
    Person("Дмитрий Соколовский"),
    Person("田中 太郎", city="東京"),
    Person("Jan Kowalski"),
    Person("Mark Young", city="Nice"),
    Person("Grace Nice", city="Mobile"),
)
MADE = Directory.of(PEOPLE, vocabulary=["Mobile"])
HANDLES = {Term("handle", "emp-cloud", 0), Term("handle", "p-9b5522910830", 0)}
DIRECTORY = Directory(MADE.terms | HANDLES, MADE.vocabulary)
LETTERS = [
    "𝐎𝐬𝐭𝐞𝐫𝐟𝐞𝐥𝐝𝐭",
    "Ｏｓｔｅｒｆｅｌｄｔ",
    "\u041est\u0435rf\u0435ldt",
    "\u039fsterfeldt",
    "0sterfeldt",
    "0sterfe1dt",
]
UMLAUTS = ["Mueller", "Muller", "MÜLLER", "Duesseldorf", "Dusseldorf", "Aarhus", "Arhus", "Oesterfeldt"]
ESCAPED = [
    "Qu&#101;llmann", "Qu&#x65;llmann", "Quell&shy;mann", "Quell&amp;#109;ann", "%2551uellmann",
    "Quell%256Dann",
]  # fmt: skip
HIDDEN = [f"Quell{one}mann" for one in "\u034f\u0640\u3164\u180b\u17b4\U000e0101\u0336\u20dd"]
MARKED = [
    "Quell**mann",
    "Quell<!-- -->mann",
    "Quell<b>mann",
    'Quell<b class="x">mann',
    "Quell`mann",
    "Quell__mann",
]
APART = [
    "Oster\nfeldt", "Oster\r\n> feldt", "O s t e r f e l d t", "O.s.t.e.r.f.e.l.d.t", "O_s_t_e_r_f_e_l_d_t",
    "TV-204 33", "TV 204.33", "204 33", "2 0 4 3 3", "T V 2 0 4 3 3", "368 7709", "3687709", "368-7709",
    "E-4.8.2.1.3", "Personalnummer 77", "9b5522910830",
]  # fmt: skip
GLUED = ["quellmann2", "JMueller", "jquellmann", "xOsterfeldt", "tdlefretsO", "Osterfeldtさん"]
INFLECTED = [
    "Osterfeldtova", "Osterfeldtovi", "Kowalskiego", "Kowalska", "Kowalskiemu", "Kowalskim", "Соколовского",
    "Соколовскому", "СОКОЛОВСКИЙ", "Дмитрия", "Aubrincourts", "Aubrincourter",
]  # fmt: skip
CODED = [base64.b64encode(b"Ask Osterfeldt now").decode()]


def gone(text: str) -> str:
    redacted = redact(text, DIRECTORY)
    assert redacted.restore(redacted.text) == text
    return redacted.text


@pytest.mark.parametrize(
    "written", [*LETTERS, *UMLAUTS, *ESCAPED, *HIDDEN, *MARKED, *APART, *GLUED, *INFLECTED, *CODED]
)
def test_a_name_in_disguise_goes_and_comes_back(written: str) -> None:
    text = gone(f"Today, {written}, please.")
    assert text.startswith("Today, [")
    assert text.endswith("], please.")
    assert text.count(",") == 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("田中太郎さんは東京で働く", "[person 1]さんは[place 1]で働く"),
        ("昨日田中さんが来た", "昨日[person 1]さんが来た"),
        ("Ask user emp cloud about it.", "Ask user [colleague 1] about it."),
        ("Quell**mann**", "[person 1]**"),
    ],
)
def test_what_stands_around_it_stays(text: str, left: str) -> None:
    assert gone(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Mark it, Mobile and Nice work; an emp cloud, 20,433 users, 2024-2025.",
        "R&D, AT&amp;T, &nbsp; a*b*c, snake__case, <b>bold</b>text, `code`, __init__, 100%25.",
        "Christianity, Oyster, Martini, Ostler; A B C D E F, 1 2 3 4 5 6 7.",
        "The house and\nthe garden; dGhlIGhvdXNlIGFuZCBnYXJkZW4= is harmless.",
        "我想成为一个数据工程师。東と京",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert gone(text) == text
    assert mask(text, DIRECTORY) == text


def test_a_document_loses_full_names_that_are_escaped_spelt_out_or_in_other_letters() -> None:
    text = "By Hans M&uuml;ller, Hans Mueller, 𝐇𝐚𝐧𝐬 𝐌𝐮𝐥𝐥𝐞𝐫, S\u043eren Quell**mann."
    assert mask(text, DIRECTORY) == "By [name removed], [name removed], [name removed], [name removed]."
