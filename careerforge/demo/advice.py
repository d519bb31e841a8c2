"""What the coach asked before today, answered then by the same code as on the page."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from careerforge.demo.cast import Company
from careerforge.demo.structure import Users
from coaching.advising import advice

# Days ago → coach, employee, question.
ASKED = {
    31: ("coach-data-ml", "emp-ml", "What is missing most for a senior machine learning engineer role?"),
    12: (
        "coach-data-ml",
        "emp-data",
        "How much time is there for learning, and what does the company pay for?",
    ),
}


def ask(company: Company, users: Users, age: int, now: datetime) -> None:
    """Ask what was asked on that day."""
    if age not in ASKED:
        return
    coach, employee, question = ASKED[age]
    by_account = {one.account: users[one.number] for one in company.accounts}
    advice.ask(by_account[coach], by_account[employee], question, uuid5(NAMESPACE_URL, question), now)
