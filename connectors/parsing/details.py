"""A posting's or a course's facts as parsers collect them, in words, become facts that can be counted."""

from __future__ import annotations

import re

from careerforge.knowledge.documents.facts import CourseFacts, PostingFacts
from connectors.parsing.dates import parse_date
from connectors.parsing.hours import course_hours
from connectors.parsing.item import COURSE, POSTING, Facts, Item
from connectors.parsing.pay import Pay, currency_of, pay_of_fields, pay_of_prose, pay_of_words, price_of
from connectors.parsing.values import fold

_EMPLOYMENT = (
    ("internship", ("intern", "praktik", "stage", "trainee", "werkstudent")),
    ("apprenticeship", ("apprentic", "ausbildung", "lehre")),
    ("volunteer", ("volunteer", "ehrenamt")),
    ("full_time", ("fulltime", "vollzeit", "permanent", "tempsplein", "regular")),
    ("part_time", ("parttime", "teilzeit", "tempspartiel", "minijob")),
    ("temporary", ("temp", "befrist", "fixedterm", "seasonal", "perdiem")),
    ("contract", ("contract", "freelanc", "selbst", "b2b")),
)
_REMOTE = re.compile(r"\b(?:fully[ -]?remote|remote|telecommute|home[ -]?office|anywhere)\b", re.IGNORECASE)
_YES, _NO = frozenset({"true", "1", "yes", "remote"}), frozenset({"false", "0", "no", "onsite"})


def details(item: Item) -> PostingFacts | CourseFacts | None:
    """What can be counted of an item; None for what is neither posting nor course."""
    if item.kind == POSTING:
        return _posting(item)
    return _course(item) if item.kind == COURSE else None


def _posting(item: Item) -> PostingFacts:
    facts = item.facts
    pay = _pay(facts)
    pay = pay if pay.low is not None else pay_of_prose(item.text)
    closes = parse_date(_text(facts, "closes") or _text(facts, "expires"))
    return PostingFacts(
        company=_text(facts, "company")[:200],
        locations=_several(facts, "locations") or _several(facts, "location"),
        country=_text(facts, "country")[:80],
        remote=_remote(facts),
        salary_min=pay.low,
        salary_max=pay.high,
        salary_currency=pay.currency,
        salary_period=pay.period,
        salary_is_predicted=_text(facts, "salary_predicted") == "true",
        employment=employment(_text(facts, "employment_type")),
        department=_text(facts, "department")[:200],
        valid_through=closes.isoformat() if closes else "",
        reference=_text(facts, "requisition")[:100],
        skills=_several(facts, "skills"),
        level=_text(facts, "level")[:80],
    )


def _course(item: Item) -> CourseFacts:
    facts = item.facts
    price, currency = price_of(_text(facts, "price"), _text(facts, "currency"))
    said = {
        "totalhours": _text(facts, "hours"),
        "duration": _text(facts, "duration"),
        "timecommitment": _text(facts, "time_commitment"),
    }
    starts, ends = (parse_date(_text(facts, name)) for name in ("starts", "ends"))
    return CourseFacts(
        provider=_text(facts, "provider")[:200],
        hours=course_hours(said),
        level=_text(facts, "level")[:80],
        price=price,
        currency=currency,
        url=_text(facts, "enrol_url"),
        starts=starts.isoformat() if starts else "",
        ends=ends.isoformat() if ends else "",
        certificate=_text(facts, "certificate")[:200],
        code=_text(facts, "code")[:200],
        skills=_several(facts, "skills"),
    )


def employment(text: str) -> str:
    """One word for the kind of employment; "other" for one that is not known, empty for none said."""
    words = fold(text)
    return next(
        (kind for kind, signs in _EMPLOYMENT if any(sign in words for sign in signs)),
        "other" if words else "",
    )


def _pay(facts: Facts) -> Pay:
    said, currency = _text(facts, "salary"), _text(facts, "salary_currency")
    if not currency_of(currency):
        currency = pay_of_words(said).currency
    given = pay_of_fields(
        _text(facts, "salary_min"), _text(facts, "salary_max"), currency, _text(facts, "salary_period")
    )
    return given if given.low is not None else pay_of_words(said)


def _remote(facts: Facts) -> bool | None:
    for name in ("remote", "workplace"):
        said = fold(_text(facts, name))
        if said in _YES or said in _NO:
            return said in _YES
    return True if _REMOTE.search(_text(facts, "location")) else None


def _text(facts: Facts, name: str) -> str:
    value = facts.get(name, "")
    return value if isinstance(value, str) else ", ".join(value)


def _several(facts: Facts, name: str) -> tuple[str, ...]:
    value = facts.get(name, ())
    return (value,) if isinstance(value, str) and value else tuple(value)
