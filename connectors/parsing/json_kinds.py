"""What a JSON record is about, told by its fields, and the facts that belong to its kind. Names are folded
(`values.fold`).
"""

from __future__ import annotations

from collections.abc import Mapping

from connectors.parsing.dates import parse_date
from connectors.parsing.item import ARTICLE, COURSE, EVENT, MEDIA, PAGE, POSTING
from connectors.parsing.values import (
    Record,
    first,
    fold,
    folded,
    label,
    label_of_scalar,
    labels,
    scalar,
    web_address,
)

DATES = (
    "firstpublished", "publishedat", "datepublished", "publicationdate", "publicationstartdate", "dateposted",
    "posteddate",
    "releaseddate", "published", "pubdate", "createdat", "created", "createdati", "sourcecreatedate", "date",
    "updatedat",
    "updated", "modified", "lastmodified", "changed", "sourcelastmodifieddate", "datamodifiedtimestamp",
)  # fmt: skip

_COMPANY = (
    "companyname",
    "hiringorganization",
    "company",
    "organizationname",
    "organisationname",
    "employer",
    "employername",
)
_LOCATION = (
    "candidaterequiredlocation",
    "positionlocationdisplay",
    "location",
    "joblocation",
    "locations",
    "offices",
    "city",
)
_TYPE = (
    "employmenttype",
    "jobtype",
    "jobtypes",
    "contracttype",
    "contracttime",
    "positionschedule",
    "commitment",
)
_POSTING_FACTS = {
    "company": _COMPANY,
    "location": _LOCATION,
    "employment_type": _TYPE,
    "department": ("departmentname", "department", "departments", "category", "team"),
    "workplace": ("workplacetype",),
    "remote": ("isremote", "remote", "remoteindicator"),
    "salary": ("salary", "compensation", "salaryrange"),
    "closes": ("applicationdeadline", "applicationclosedate", "validthrough", "closeat"),
    "requisition": ("requisitionid", "positionid", "refnumber"),
    "listed": ("islisted",),
    "state": ("state", "status"),
}
_COURSE_FACTS = {
    "provider": ("platform", "provider", "partner", "owners", "authoringorganizations", "department"),
    "duration": ("duration", "fieldduration", "totalhoursofeffort"),
    "time_commitment": ("timecommitment", "fieldtimecommitment", "effort"),
    "level": ("leveltype", "level"),
    "format": ("learningformat", "format", "formatname", "delivery", "learningtype"),
    "price": ("price", "fieldprice", "minprice", "currentprice"),
    "currency": ("currency",),
    "certificate": ("certificatetype", "coursecertificate", "certificationtype", "certificatename", "type"),
    "credits": ("continuingedcredits", "credits", "fieldnondegreecredits"),
    "starts": ("startdate", "start"),
    "ends": ("enddate", "end"),
    "location": ("location",),
    "code": ("readableid", "courseid", "key"),
}
_EVENT_FACTS = {
    "starts": ("startdate", "eventdatetime"),
    "ends": ("enddate",),
    "time": ("timerange",),
    "location": ("location",),
}

_DATE_FACTS = frozenset({"closes", "starts", "ends"})

_POSTING_STRONG = frozenset({
    "hiringorganization", "jobtype", "jobtypes", "employmenttype", "jobposting", "positiontitle", "jobtitle",
    "internaljobid",
    "candidaterequiredlocation", "salarymin", "requisitionid", "applyurl", "joburl", "workplacetype",
    "salaryispredicted",
})  # fmt: skip
_POSTING_WEAK = frozenset(
    {*_COMPANY, *_LOCATION, "salary", "department", "departments", "remote", "categories", "absoluteurl"}
)
_COURSE_STRONG = frozenset({
    "courseid", "courseruns", "courses", "readableid", "enrollmentstart", "enrollmentenddate",
    "coursecertificate", "syllabusraw",
    "continuingedcredits", "certificatetype", "certificationtype", "fieldcourseorprogram", "brochurelink",
    "courselink",
    "timecommitment", "childprogram", "reqtree", "coursecode",
})  # fmt: skip
_COURSE_TYPES = frozenset({"course", "program", "bootcamp", "learningpath", "specialization"})
_EVENT_FIELDS = frozenset({"timerange", "eventdatetime", "eventtype", "audience"})


def kind_of(record: Record, has_date: bool) -> str:
    """The kind of a folded record: said by a type field, or told by fields that only this kind has."""
    said = fold(
        label(first(record, ("learningresourcetype", "resourcetype", "fieldcourseorprogram", "kind", "type")))
    )
    names = {name for name, value in record.items() if value is not None}
    if said in _COURSE_TYPES or names & _COURSE_STRONG:
        return COURSE
    if names & _POSTING_STRONG or len(names & _POSTING_WEAK) > 1:
        return POSTING
    if said.startswith("youtube"):
        return MEDIA
    if (
        "event" in said.removeprefix("taxonomyterm") and not said.startswith("taxonomy")
    ) or names & _EVENT_FIELDS:
        return EVENT
    return ARTICLE if has_date or "author" in names else PAGE


def facts_of(kind: str, record: Record, base: str) -> dict[str, str | tuple[str, ...]]:
    """The facts that belong to the kind, without empty ones; names of people are never among them."""
    table = {POSTING: _POSTING_FACTS, COURSE: _COURSE_FACTS, EVENT: _EVENT_FACTS}.get(kind, {})
    facts: dict[str, str | tuple[str, ...]] = {}
    for fact, names in table.items():
        text = label(first(record, names))
        if text:
            facts[fact] = _as_date(text) if fact in _DATE_FACTS else text
    if kind == POSTING:
        facts |= _pay(record)
        apply_url = web_address(first(record, ("applyurl", "applyuri", "applyonlineurl")), base)
        facts |= {"apply_url": apply_url} if apply_url else {}
    topics = labels(first(record, ("topics", "tags", "subjects", "labels")))
    return facts | ({"topics": topics} if topics else {})


def _as_date(text: str) -> str:
    """ISO 8601 where the text is one date; else as the source says it."""
    found = parse_date(text)
    return found.isoformat() if found else text


def _pay(record: Record) -> dict[str, str]:
    """`salary_min`, `salary_max`, `salary_currency`, `salary_period` as the source says them;
    `salary_predicted` if it guessed.
    """
    source: dict[str, object] = dict(record)
    for name in ("salary", "salaryrange", "basesalary", "positionremuneration", "compensation"):
        nested = record.get(name)
        nested = nested[0] if isinstance(nested, list) and nested else nested
        if isinstance(nested, Mapping):
            source |= folded(nested)
            if isinstance(inner := source.get("value"), Mapping):
                source |= folded(inner)
    names = {
        "salary_min": ("salarymin", "minimumrange", "min", "minvalue"),
        "salary_max": ("salarymax", "maximumrange", "max", "maxvalue"),
        "salary_currency": ("salarycurrency", "currency", "currencycode"),
        "salary_period": ("salaryperiod", "period", "unittext", "interval", "rateintervalcode"),
    }
    pay = {fact: text for fact, fields in names.items() if (text := label_of_scalar(first(source, fields)))}
    if scalar(record.get("salaryispredicted")) in {"1", "true"}:
        pay["salary_predicted"] = "true"
    return pay
