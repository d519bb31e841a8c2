"""What kind of document a text is, where its source does not say: by its title, else by its headings. Pure.

A title says it when it begins or ends with the kind's own word ("Policy: home office", "Data practice
ladder"). A text says it by headings that stand in this kind and in few others; one of them is not enough.
Whoever sets up a source can always say it of all its documents.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from careerforge.skills.titles.wording import is_head, tokens_of

_KINDS_BY_TITLE: Final[tuple[tuple[str, str], ...]] = (
    ("salary_report", r"(?:salary|salaries|pay|wages?|compensation|remuneration|gehalts?)[ -]?"
                      r"(?:reports?|surveys?|stud(?:y|ies)|guides?|benchmarks?|bands?|report)"),
    ("certification_guide", r"(?:certification|certificate|exam(?:ination)?)(?: preparation)?"
                            r" (?:guides?|handbook)"),
    ("market_report", r"(?:labou?r[ -]?market|job[ -]?market|market|hiring|skills?)[ -]"
                      r"(?:reports?|notes?|surveys?|stud(?:y|ies)|trends|outlook|monitor|analysis)"),
    ("ladder", r"(?:career |practice |engineering |job |competency )?(?:ladders?|levelling guide)"
               r"|(?:career|competency|levelling) (?:framework|matrix|levels)"),
    ("policy", r"polic(?:y|ies)|code of conduct|works agreement|betriebsvereinbarung|richtlinien?"),
    ("playbook", r"playbooks?|runbooks?"),
    ("course", r"(?:academy |training |online |e-learning )?courses?|curriculum|syllabus|bootcamp|workshop"
               r"|lehrgang|schulung|kurs"),
    ("posting", r"(?:job|position) (?:posting|description|advert(?:isement)?|opening)|vacancy|we are hiring"
                r"|stellenanzeige|stellenausschreibung"),
)  # fmt: skip
# What a title of a vacancy carries in some countries.
_GENDERS: Final = re.compile(r"\(\s*[mfdwx](?:\s*/\s*[mfdwx]){1,3}\s*\)", re.IGNORECASE)
_TITLES: Final = tuple(
    (kind, re.compile(rf"(?:the\s+)?(?:{words})\b(?=\s*(?:$|[:,(\[–—-]|for\b|on\b|\d))"
                      rf"|.*(?<!\w)(?:{words})\s*(?:\d{{4}}\s*)?(?=$|[:(\[–—])", re.IGNORECASE))
    for kind, words in _KINDS_BY_TITLE
)  # fmt: skip

# Headings, each a sign of its kind, and how many different ones it takes.
_SIGNS: Final[tuple[tuple[str, int, tuple[str, ...]], ...]] = (
    ("posting", 3, (
        r"(?:what is )?(?:requirements|required|asked for)|what we ask for|qualifications|(?:your )?profile"
        r"|what you bring|who you are|ihr profil|must[- ]haves?|skills(?: asked for| required)?",
        r"responsibilities|(?:your )?(?:tasks?|role|job)|what you(?:['’]ll| will) do|aufgaben"
        r"|(?:the|about the) (?:job|role|post)",
        r"what we offer|benefits|(?:our )?offer|we offer|wir bieten|compensation|salary|pay|terms"
        r"|(?:pay and )?conditions",
        r"about (?:us|the company|the team)|why (?:us|join us)|who is hiring|über uns",
        r"how to apply|apply|application|bewerbung|contact",
    )),
    ("course", 2, (
        r"learning (?:objectives|outcomes|goals)|what you(?:['’]ll| will) learn|lernziele",
        r"syllabus|curriculum|(?:course )?(?:outline|contents?|structure)|modules?|lessons",
        r"prerequisites|for whom|who (?:is this|should attend).*|target (?:group|audience)|zielgruppe",
        r"enrol(?:ment)?|registration|dates and (?:cost|fees?)|instructors?|assessment",
    )),
    ("certification_guide", 2, (
        r"(?:what is examined|exam(?:ination)?(?: (?:format|content|domains|objectives|topics))?)",
        r"(?:exam )?fees?|pass(?:ing)? (?:mark|score|rate)",
        r"(?:re)?certification|renewal|validity|recertification",
        r"preparation|how to prepare|who passes.*|study plan",
    )),
    ("policy", 3, (
        r"purpose|aim|zweck", r"scope|applies to|who (?:it|this) applies to|geltungsbereich",
        r"the rules?|rules|principles|regulations", r"exceptions?|ausnahmen",
        r"responsib(?:ility|ilities)|compliance|violations?|enforcement",
        r"effective date|review|entry into force",
    )),
    ("playbook", 2, (
        r"(?:before you start|when to use (?:this|it))", r"steps|step by step|order|the plan",
        r"checklist", r"(?:common )?(?:mistakes|pitfalls)|what (?:goes|went) wrong",
        r"(?:first|second|third) (?:week|month|thirty days)|week \d+|days? \d+.*",
    )),
    ("market_report", 2, (
        r"sample|method(?:ology)?|basis|data(?: sources?)?", r"key findings|findings|summary of results",
        r"(?:skills )?(?:in )?demand|most wanted.*|adverts|postings|employers|vacancies",
        r"outlook|trends?|forecast|change since.*",
    )),
)  # fmt: skip
_HEADINGS: Final = tuple(
    (kind, least, tuple(re.compile(rf"(?:{sign})\W*", re.IGNORECASE) for sign in signs))
    for kind, least, signs in _SIGNS
)
_HEADING: Final = re.compile(r"^(?:#{1,4}[ \t]+([^\n]{2,80})|([A-Z][^\n.!?]{1,60}):[ \t]*)$", re.MULTILINE)
_RUNG: Final = re.compile(
    r"(?:junior|mid-?level|intermediate|senior|staff|principal|lead|level \d|[A-Z]\d\b).*", re.IGNORECASE
)
RUNGS: Final = 3
_MONEY: Final = re.compile(r"(?:EUR|USD|GBP|CHF|€|\$|£)\s?\d{2,3}(?:[,.'\s]\d{3}|k)\b", re.IGNORECASE)
_AVERAGE: Final = re.compile(r"\b(?:median|percentile|quartile|average (?:salary|pay))", re.IGNORECASE)
AMOUNTS, AVERAGES = 4, 2
_HIRES: Final = re.compile(
    r"\b(?:(?:is|are) looking for|(?:is|are) wanted|wanted as|we(?: a|['’])re hiring|we need an?|applicants?"
    r"|candidates?|join our team|wir suchen)\b", re.IGNORECASE
)  # fmt: skip
# Beyond this a text says nothing new about what it is.
READ: Final = 60_000


def kind_of(title: str, text: str) -> str:
    """One of ``Document.Kind``; empty for a text that does not say. Linear in its length."""
    plain = " ".join(title.split())[:300]
    if _GENDERS.search(plain):
        return "posting"
    said = next((kind for kind, pattern in _TITLES if pattern.match(plain)), "")
    return said or _by_structure(text[:READ], names_worker=_names_worker(plain))


def headings(text: str) -> Iterator[str]:
    """Markdown headings, and lines that end in a colon."""
    for found in _HEADING.finditer(text):
        yield (found[1] or found[2]).strip(" #*:")


def _names_worker(title: str) -> bool:
    """Whether a title begins with somebody's job: "Data engineer, Ostrava Rail"."""
    return any(is_head(token) for token in tokens_of(re.split(r"[,:(|–—]", title)[0]))


def _by_structure(text: str, *, names_worker: bool) -> str:
    found = list(dict.fromkeys(one.casefold() for one in headings(text)))
    if sum(bool(_RUNG.fullmatch(one)) for one in found) >= RUNGS:
        return "ladder"
    if len(_AVERAGE.findall(text)) >= AVERAGES and len(_MONEY.findall(text)) >= AMOUNTS:
        return "salary_report"
    # Below the title of a job fewer headings do, with words that look for somebody even one.
    least = 1 if _HIRES.search(text) else 2
    points = _points(found, {"posting": least} if names_worker else {})
    return max(points, key=lambda kind: points[kind], default="")


def _points(found: list[str], easier: Mapping[str, int]) -> Mapping[str, int]:
    """How many different signs of each kind stand in the headings, of those kinds that have enough."""
    counted = {
        kind: (sum(any(sign.fullmatch(one) for one in found) for sign in signs), easier.get(kind, least))
        for kind, least, signs in _HEADINGS
    }
    return {kind: number for kind, (number, least) in counted.items() if number >= least}
