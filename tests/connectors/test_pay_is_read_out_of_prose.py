import pytest

from connectors.parsing.details import details
from connectors.parsing.item import POSTING, Item
from connectors.parsing.pay import Pay, pay_of_prose


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("We build ferries. The salary is 51000 to 64000 EUR. Two day trips.", Pay(5100000, 6400000, "EUR")),
        ("Salary: £31,000 - £42,500 per annum", Pay(3100000, 4250000, "GBP", "year")),
        ("The base salary range for this role is $118k - $131k.", Pay(11800000, 13100000, "USD")),
        ("Gehalt: 45.000 bis 56.000 EUR pro Jahr", Pay(4500000, 5600000, "EUR", "year")),
        ("Compensation of 25 - 35 EUR per hour", Pay(2500, 3500, "EUR", "hour")),
    ],
)
def test_a_range_behind_a_word_for_pay_is_pay(text, pay):
    assert pay_of_prose(text) == pay


@pytest.mark.parametrize(
    "text",
    [
        "You pay invoices of 5000 to 9000 EUR.",
        "Yearly reviews of your salary. A budget for training of 5,000 to 9,000 EUR.",
        "You plan compensation for 200 to 300 people.",
        "A salary that we talk about; we move 2 to 3 million EUR a day.",
        "Salary: 20 to 90000 EUR",
        "Salary: 2 to 3 EUR",
        "Salary of 50000 EUR",
    ],
)
def test_other_numbers_are_not(text):
    assert pay_of_prose(text) == Pay()


def test_a_field_of_its_own_outweighs_the_text():
    said = "The salary is 51000 to 64000 EUR a year."
    plain = details(Item("1", "Pilot", said, "", POSTING))
    given = details(Item("1", "Pilot", said, "", POSTING, facts={"salary": "60000 - 70000 CHF"}))
    assert (plain.salary_min, plain.salary_currency, plain.salary_period) == (5100000, "EUR", "year")
    assert (given.salary_min, given.salary_currency) == (6000000, "CHF")
