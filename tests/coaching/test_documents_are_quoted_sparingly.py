from datetime import date

from coaching.quoting.choosing import SENTENCES, Quote, choose, same

NAMES = [("Batch orchestration",), ("Data quality testing", "data tests")]


def quote(text, score=1.0, document="a", start=0, kind="ladder"):
    return Quote(
        text, "A title", f"/{document}/{start}", date(2026, 11, 1), kind, kind, 1, document, start, score
    )


CAUSE = quote("Batch orchestration matters, because most incidents came from jobs nobody could rerun.", 2)
ORDER = quote("Data quality testing comes second: a test needs a run that it can stop.", 1.2, "b")
DEMAND = quote("45 of 52 adverts named batch orchestration.", 1.1, "c")


def test_reasons_are_one_for_the_order_one_for_demand_and_one_for_what_happens_otherwise():
    again = quote("Batch orchestration counts, since a night without it is lost for a week.", 1.9, "d")
    asked = quote("The role is expected to hold batch orchestration at level 4.", 3, "e")
    assert set(choose("?", [asked, CAUSE, again, ORDER, DEMAND], NAMES, reasons=True)) == {
        CAUSE,
        ORDER,
        DEMAND,
    }


def test_only_sentences_that_name_a_skill_of_the_answer_count():
    assert choose("?", [quote("Mentoring comes first.", 5)], NAMES, reasons=True) == []


def test_an_alias_names_a_skill_too():
    found = quote("Write data tests, because bad rows travel far.")
    assert choose("?", [found], NAMES, reasons=True) == [found]


def test_the_same_sentence_of_two_documents_is_quoted_once():
    copy = quote(CAUSE.text.replace("most", "many"), 1.9, "z")
    assert same(copy.text, CAUSE.text)
    assert choose("?", [CAUSE, copy]) == [CAUSE]


def test_what_falls_far_behind_the_best_sentence_is_left_out():
    assert choose(
        "?", [quote("The budget is 1,500 euros a year.", 2), quote("The course is in May.", 0.4, "b")]
    ) == [quote("The budget is 1,500 euros a year.", 2)]


def test_no_document_speaks_more_than_twice_and_no_answer_quotes_more_than_four():
    words = ["apples", "bridges", "candles", "dolphins", "engines", "feathers", "gardens", "hammers"]
    quotes = [
        quote(f"The {word} stand in a place of their own.", 1, f"{n // 3}", n) for n, word in enumerate(words)
    ]
    found = choose("?", quotes)
    assert len(found) <= SENTENCES
    assert max(sum(one.document == other.document for other in found) for one in found) <= 2


def test_sentences_of_one_document_stand_together_in_its_order():
    late, early = (
        quote("The second fact is about rivers.", 3, "a", 90),
        quote("First, a word on hills.", 2.5, "a", 10),
    )
    between = quote("Elsewhere, trees are counted.", 2.8, "b")
    assert choose("?", [late, between, early]) == [early, late, between]


def test_a_question_about_openings_is_answered_from_postings_first():
    posting = quote("The post is open to internal applicants.", 0.9, "p", kind="posting")
    assert choose("Is there an opening?", [quote("The ladder has five levels.", 1), posting])[0] == posting
