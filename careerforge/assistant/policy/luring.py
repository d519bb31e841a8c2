"""Whether a text has readers give away what is private, or call, pay or order somewhere. Pure.

An answer sends nobody anywhere: whom to turn to comes from the company's own list. Notes and results may be
shared, and a budget asked about.
"""

import re

from careerforge.assistant.policy.asking import one_of

LONGEST = 4_000
_GIVES = one_of(
    r"""
    give|gives|giving|send|sends|sending|tell|tells|telling|share|shares|sharing|enter|enters|provide|
    provides|state|states|submit|submits|disclose|discloses|reply with|replies with|confirm|confirms|type|
    types|e-?mail|e-?mails|post|posts|write down|hand over|reveal|reveals|report|reports|message|paste|upload
    """
)
_OWN = "(?:their|his|her|your|one['’]s) "
_PRIVATE = one_of(
    rf"""
    passwords?|passcodes?|passphrases?|(?:staff|employee|personnel|payroll) (?:number|id)s?|social security|
    national insurance|bank (?:account|details|data)|iban|card (?:number|details)|credit cards?|
    account (?:number|details)|tax (?:number|id)|passport\w*|credentials|one-time codes?|
    {_OWN}(?:access (?:code|token|key)s?|api keys?|pins?|log-?ins?|home address|date of birth|
    phone number|(?:\w+ ){{0,2}}(?:salary|salaries|pay|wages?|income|earnings|payslips?|debts?|bonus)\b|
    (?:wish|plans?|intention|reasons?) to (?:leave|quit|resign)|(?:\w+ )?(?:illness\w*|
    diagnos[ei]s|health|sick (?:days|notes?)|medical \w+|medication|disabilit\w+|pregnancy|religion))
    """
)
_LURES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?<!never )(?<!not )(?<!n['’]t ){_GIVES} (?:[\w’'-]+,? ){{0,7}}?{_PRIVATE}",
        # An address in words.
        r"\w\s{0,3}[\[({]?\s{0,3}\bdot\b\s{0,3}[\])}]?\s{0,3}(?:com|org|net|io|info|biz|eu"
        r"|uk|us|de|fr|es|co|app|dev|shop|store|xyz)\b",
        # A number to call; a date or a span of years is none.
        r"(?<![\w.,-])(?!\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b)(?:\+\d|0\d)[\d\s()/.-]{5,18}\d(?![\w%])",
        r"\b(?:call|dial|phone|ring|text|whatsapp|fax)\b(?: \w+){0,5}? ?\+?\d[\d\s()/-]{4,20}",
        r"\b(?:order|buy|purchase|book|subscribe)\b(?: \w+){0,4}"
        r" (?:there|here|from us|with us|now|today|online)\b",
        r"\b(?:pay|transfer|wire|send|deposit)\b(?: \w+){0,2} (?:fee|deposit|money|sum|gift cards?|amount|eur"
        r"|euros?|usd|dollars)\b(?: [\w,.]+){0,4} (?:to|into|at|before)\b",
    )
)


def is_one(sentence: str) -> bool:
    """Whether it asks for something private, or sends readers somewhere to call, pay or buy."""
    words = " ".join(sentence[:LONGEST].split())
    return any(pattern.search(words) for pattern in _LURES)
