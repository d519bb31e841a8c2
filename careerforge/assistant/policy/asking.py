"""Whether a question claims or asks something about a person that nobody may decide by. Pure.

Rules about what is claimed of a person, not about words: "manager" holds "age", a race condition is no race,
and work for blind users says nothing about who does it.
"""

import re


def one_of(alternatives: str) -> str:
    """A pattern of alternatives that are written over several lines."""
    return "(?:" + re.sub(r"\s*\n\s*", "", alternatives) + ")"


# More is neither a question nor a sentence.
LONGEST = 4_000
_WHO = one_of(
    """
    they|he|she|this person|the person|(?:the|this) employee|(?:my|the) coachee|somebody|someone
    """
)
_WHOSE = one_of("their|his|her|this person['’]s|the (?:person|employee|coachee)['’]s|my coachee['’]s")
_BE = one_of(
    """
    ['’]re|['’]s
    |\\s(?:are|is|was|were|be|been|being|became|becomes?|feels?|gets?|got|looks?)
    |\\s(?:seems?|appears?)(?: to be)?
    """
)
_ADVERBS = one_of(
    """
    (?:also|very|quite|rather|really|too|now|still|already|currently|recently|probably|possibly|maybe|perhaps|
    not|visibly|apparently|clearly|just|a bit|a little|seriously|chronically|openly|going to be)\\s
    """
)
_ADVERBS += "{0,3}"
_HEALTH = """
    pregnant|expecting(?: an? (?:baby|child))?|ill|sick|unwell|disabled|handicapped|autistic|neurodivergent|
    depressed|burn(?:t|ed)[- ]out|dyslexic|deaf|blind|diabetic|epileptic|bipolar|in therapy|menopausal|
    on (?:maternity|paternity|parental|sick) leave
"""
_AGE = """
    old|older|elderly|young|(?:over|under|past|nearly|about|almost) (?:\\d\\d|thirty|forty|fifty|sixty)|
    in (?:their|his|her) (?:early |late |mid[- ])?(?:\\d0s|twenties|thirties|forties|fifties|sixties)|
    \\d\\d years? old|close to retirement|retiring
"""
_BELIEF = """
    religious|muslim|islamic|christian|catholic|protestant|orthodox|jewish|hindu|buddhist|sikh|an? atheist|
    in (?:a|the) union|an? union member|a member of (?:a|the) (?:union|party|church)
"""
_FAMILY = """
    married|unmarried|single|divorced|widowed|
    an? (?:single |young |new |working )?(?:mother|father|parent|mum|mom|dad)
"""
_GROUP = """
    gay|lesbian|bisexual|queer|trans|transgender|non-binary|homosexual|heterosexual|
    an? (?:woman|man|girl|boy)|female|male|an? (?:foreigner|immigrant|migrant|refugee)|
    black(?! (?:box|belt|hat))|asian|arab|roma
"""
_TRAIT = one_of("|".join(part.strip() for part in (_HEALTH, _AGE, _BELIEF, _FAMILY, _GROUP)))
# "Old hands", "single-handedly", "old-school".
_ENDS = r"\b(?!-| (?:hands?|school|code|point)\b)"
_HELD = (
    one_of("(?:an?|two|three|four|small|young|little|more|any|some|another|the|serious|chronic) ") + "{0,3}"
)
_HELD += one_of(
    """
    children|child(?! process)|kids?|baby|babies|family(?! of)|disability|disabilities|illness|disease|cancer|
    depression|anxiety|adhd|autism|diabetes|epilepsy|burnout|mental (?:illness|health (?:issues?|problems?))|
    health (?:issues?|problems?)|medical (?:condition|issues?|problems?)|husband|wife|accent|headscarf
    """
)
_OWNED = r"(?:(?:own|young|poor|bad|current|ethnic|national|cultural) )?" + one_of(
    """
    age|health|pregnancy|religion|religious beliefs?|faith|disability|disabilities|illness|disease|diagnosis|
    gender(?!-)(?: identity)?|sex|sexuality|sexual orientation|ethnicity|ethnic (?:origin|background)|
    race(?! condition)|skin colou?r|nationality|country of origin|family(?! of)|marital status|marriage|
    children|kids|husband|wife|mental health|medical (?:condition|history)|
    politics|political (?:views?|opinions?|party)|union membership|accent|
    (?:maternity|paternity|parental|sick) leave|retirement|menopause|birthday|year of birth
    """
)
_CLAIMS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_WHO}{_BE} {_ADVERBS}{_TRAIT}{_ENDS}",
        rf"\b(?:are|is|was|were) {_WHO} {_ADVERBS}{_TRAIT}{_ENDS}",
        rf"\b{_WHO}(?:['’]ve)?(?: \w+)? (?:have|has|had|got|wants?|plans?|expects?|suffers? from)"
        rf"(?: to have| got| for)? {_HELD}\b",
        rf"\b(?:do|does|did|will) {_WHO} (?:have|want|plan|expect|suffer from)(?: to have)? {_HELD}\b",
        rf"\b{_WHOSE} {_OWNED}\b",
        rf"\b(?:how old|what age) (?:are|is) {_WHO}\b",
        r"\btoo (?:old|young) (?:to (?:learn|lead|start|change|become|manage|keep|work|be (?:promoted|"
        r"hired|trained))"
        r"|for (?:an?|the|this) (?:role|job|promotion|change|course))\b",
        rf"\b{_WHO}(?: \w+){{0,4}} (?:goes?|going|will be) on (?:maternity|paternity|parental|sick) leave\b",
    )
)


def is_about_a_trait(question: str) -> bool:
    """Whether it speaks of somebody's health, family, belief, age, origin, gender or the like."""
    words = " ".join(question[:LONGEST].split())
    return any(claim.search(words) for claim in _CLAIMS)
