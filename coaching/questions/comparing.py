"""Whether a question asks who is better than whom: nobody is ranked here. Pure."""

import re

from careerforge.assistant.policy.asking import one_of

# More is no question.
LONGEST = 4_000
_BETTER = one_of(
    """
    best|better|worst|worse|weakest|weaker|strongest|stronger|smartest|smarter|cleverest|fastest|slowest|
    laziest|top|least (?:able|skilled|productive)|
    (?:more|most|less) (?:able|skilled|experienced|productive|senior|qualified|talented|competent)
    """
)
_PEOPLE = one_of(
    """
    colleagues?|co-?workers?|team-?mates?|(?:team )?members?|persons?|people(?! skills?| manag)|employees?|
    coachees?|reports|(?:the )?others|everyone|everybody|anyone|anybody|somebody|someone|peers?
    """
)
_ME = r"(?:me|I|them|him|her|us|others|they|he|she)"
# Whom to turn to is no ranking.
_ASK = "ask|talk|speak|contact|turn|learn|help|questions?|mentor|coach|show|teach"
_TO_ASK = rf"(?! (?:\w+ ){{0,2}}(?:to|for) (?:{_ASK})\b)"
_RANKS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:who|which|whose)\b.{{0,30}}\b{_PEOPLE}\b.{{0,30}}\b{_BETTER}\b{_TO_ASK}",
        rf"\bwho(?: is|['\u2019]s| are| was)\b.{{0,20}}\b{_BETTER}\b{_TO_ASK}",
        rf"\b{_BETTER} (?:(?!for )\w+ )?{_PEOPLE} (?:in|on|of|at) (?:my|our|the|their)\b{_TO_ASK}",
        rf"(?<!\bit )\b{_BETTER}\b.{{0,15}}\bthan (?:the |my |our |all |most )?"
        rf"(?:{_ME}|(?:\w+ )?{_PEOPLE})\b",
        r"\b(?:compare|rank|rate) (?:me|us|them|him|her|my (?:team|people|colleagues?)|the team)\b"
        r"(?:.{0,20}\b(?:with|to|against)\b|\W*$|.{0,20}\b(?:by|colleague|team)\b)",
        rf"\bhow (?:do|does|am|are|is) (?:I|he|she|they) (?:doing |compare |rank )?"
        rf"(?:compared (?:to|with)|compare (?:to|with)|to|with|against|rank among) "
        rf"(?:the |my |our )?(?:\w+ )?(?:{_PEOPLE}|team)\b",
    )
)


def asks(question: str) -> bool:
    """Whether people are to be put in an order, the asker among them or not."""
    words = " ".join(question[:LONGEST].split())
    return any(pattern.search(words) for pattern in _RANKS)
