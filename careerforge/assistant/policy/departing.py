"""Whether a text advises that somebody go: resign, leave the company, be dismissed or replaced. Pure.

Things may be left, quit, retired and replaced, and a document may say what happens when people go.
"""

import re

from careerforge.assistant.policy.asking import one_of

LONGEST = 4_000
_WHERE = one_of(
    r"""
    (?:the|this|that|their|his|her|your|our) (?:current |present )?(?:company|firm|employer|organi[sz]ation|
    job|workplace|business|profession)(?! (?:as|in|to|queue|title|advert|running|unfinished))\b|
    us\b|(?-i:[A-Z]\w{2,30})(?: (?:before|soon|now|at once|today|this|next|as soon|for (?:an?other|good))\b|
    \s?[.!]?$)
    """
)
_ADVISED = one_of(
    r"""
    should|must|ought to|had better|['’]d better|better|best|needs? to|has to|have to|time to|wise to|
    advised to|urged to|told to|expected to|asked to|recommended to|consider|suggest|recommend|please|just|
    smart(?:er)? to|right to|free to|will|would do well to|then|first|^\W{0,3}
    """
)
_GO = rf"(?:resign(?:ing)?\b|(?:leave|leaving|quit|quitting) {_WHERE}"
_GO += (
    r"|quit(?:ting)?(?: (?:before|soon|now)\b|\s?[.!;,]|$)"
    r"|(?:hand(?:ing)? in|give|giving|submit(?:ting)?) (?:in )?"
    r"(?:their|his|her|your|a) (?:notice|resignation)"
    r"|look(?:ing)? (?:for (?:an?other|a new) (?:employer|company|job)|elsewhere for (?:an?other|a) job)"
    r"|(?:find|finding|seek|seeking) (?:an?other|a new|a different) (?:employer|company))"
)
_PEOPLE = one_of(
    r"""
    they|he|she|you|them|him|her|who(?:ever)?|someone|somebody|anyone|anybody|person|people|staff|employees?|
    colleagues?|members?|engineers?|developers?|testers?|analysts?|designers?|managers?|leads?|reliab\w+|ones
    """
)
_SENT = r"(?:dismissed|fired|sacked|laid off|let go|made redundant|shown the door)"
_ADVICE = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?:\b|(?<=^)){_ADVISED} ?(?:[\w’'-]+ ){{0,4}}?\b{_GO}",
        rf"\b{_PEOPLE}\b[^.;]{{0,80}}\b(?:should|must|ought to|needs? to|has to|have to)"
        rf" (?:\w+ )?be (?:\w+ )?{_SENT}\b",
        r"\b(?:dismiss|fire|sack|lay off|let go of|get rid of)"
        r" (?:them|him|her|anyone|anybody|whoever|everyone|those|people|staff|employees|colleagues"
        r"|(?:the|this|that|any|every|weak) (?:person|employee|colleague|engineer|developer)s?)\b",
        r"\breplace (?:him|her|anyone|anybody|whoever|(?:the|this|that|any|every|weak)"
        r" (?:person|employee|colleague|engineer|developer)s?)\b",
    )
)


def is_advised(sentence: str) -> bool:
    """Whether it advises that somebody leave their employer, or be made to."""
    words = " ".join(sentence[:LONGEST].split())
    return any(pattern.search(words) for pattern in _ADVICE)
