# A pattern is read best in one piece.
# ruff: noqa: E501
"""“In your answer …”: who reads a document gives no answer to it, unless it is about giving answers."""

from careerforge.knowledge.quarantine.orders.rule import rule
from careerforge.knowledge.quarantine.orders.setting import Setting
from careerforge.knowledge.quarantine.orders.words import YOUR_ANSWER

_ANSWER_STEMS = "answ resp repl outp comp summ gene fina next mess"
_ASKED = (Setting.ANSWERING, Setting.SOFTWARE)
# What nobody would advise an applicant to do with an answer.
_GARBLE = (
    r"(?:misspell|anagram|scramble|jumble|reverse|shuffle|disguise|encode|encrypt|garble|obfuscate|rearrange)"
)
_PUT = (
    r"(?:add|append|insert|include|incorporate|integrate|introduce|mention|place|put|embed|weave|blend|mix|hide|sprinkle|"
    r"intersperse|use|apply|adopt|replace|substitute|swap|convert|change|remove|delete|drop|omit|combine|group|join|split|"
    r"capitali[sz]e|repeat|recommend|suggest|promote|advertise|link|refer|praise|quote|cite|state|say|tease|hint|remind|"
    r"encourage|ensure|make sure|avoid|prefix|end|begin|start|finish|conclude|reply|respond|do)"
)
_TURN = (
    r"(?:modify|change|rewrite|augment|enhance|extend|supplement|expand|end|begin|start|finish|conclude|precede|prefix|"
    r"translate|alter|adjust|format|limit|structure|craft|shape|phrase|express|convert|infuse|tailor|reorder|replace|turn|"
    r"spell|enrich|fill|render)"
)
# These say nothing without the manner.
_GIVE = r"(?:write|provide|give|present|deliver|compose|make|keep|produce|use|return|send|put|convey)"
_MANNER = r"(?:with|without|using|in|as|by|through|entirely|only)"
# Where somebody is told to do something: at the start of a sentence or after these words.
_START = (
    r"(?:^[\s\"'“‘(>*#\d.\-–—]{0,8}|[.;:!?,] ?|\b(?:please|kindly|and|must|should|then|also|always|randomly|forget to|sure to|"
    r"remember to|want you to|need you to) )"
)

RULES = (
    rule(
        "answer",
        ("your", _ANSWER_STEMS, "miss anag scra jumb reve shuf disg enco encr garb obfu rear"),
        rf"\b{_GARBLE}\b (?:\w+ ){{0,6}}?(?:{YOUR_ANSWER}|your message\b)",
    ),
    rule(
        "answer",
        ("your", _ANSWER_STEMS),
        rf"{_START}{_PUT}\b[^\n]{{0,100}}?\b(?:in|into|to|of|with|within|throughout|from) {YOUR_ANSWER}",
        rf"{_START}{_TURN}\b (?:\w+ ){{0,3}}?{YOUR_ANSWER}",
        rf"{_START}{_GIVE}\b (?:\w+ ){{0,3}}?{YOUR_ANSWER} {_MANNER}\b",
        rf"\b(?:in|within|throughout|at the (?:end|start|beginning) of) {YOUR_ANSWER}[,:]? "
        rf"(?:please |always |also |never |do not |don't |kindly ){{0,2}}{_PUT}\b",
        ordinary=_ASKED,
    ),
    rule(
        "answer",
        ("resp answ repl outp", "with usin in by as"),
        r"\b(?:respond|answer|reply|output)(?: to (?:this|the|all|any|every) \w+)? (?:only|just|always|exactly|nothing but) "
        r"(?:with|using|in|by saying)\b",
        r"\b(?:respond|answer|reply|output)(?: to (?:this|the|all|any|every) \w+)? (?:with|using|in|by saying) "
        r"(?:\w+ ){0,2}(?:json|base64|emojis?|rhymes?|all caps|leet ?speak|nothing else|the (?:exact )?(?:word|words|phrase) [\"'“‘])",
        ordinary=_ASKED,
    ),
    rule(
        "answer",
        ("tell info warn remi", "user read", "that"),
        r"\b(?:tell|inform|warn|remind) (?:the |your |every |any |all )(?:user|reader)s? that\b",
        ordinary=(*_ASKED, Setting.SERVICE),
    ),
    rule(
        "answer",
        ("ment reve disc tell info", "user this thes your", "do don neve with"),
        r"\b(?:do not|don't|never|without) (?:mention(?:ing)?|reveal(?:ing)?|disclos(?:e|ing)|tell(?:ing)?|inform(?:ing)?)\b"
        r"[^\n]{0,40}\b(?:this (?:instruction|message|prompt|note)|these instructions|your (?:instructions|prompt))\b",
        r"\b(?:do not|don't|never|without) (?:tell|inform)(?:ing)? the user (?:that you|that this|about (?:this|these))\b",
        ordinary=[Setting.SOFTWARE],
    ),
    rule(
        "answer",
        ("repe writ say prin outp type", "fore endl inde infi time"),
        r"\b(?:repeat|write|say|print|output|type)\b[^\n]{0,40}\b(?:forever|endlessly|indefinitely|infinitely|"
        r"(?:one |ten |a |a hundred |several )?(?:thousand|million)s?(?: of)? times|\d{3,} times)\b",
        ordinary=[Setting.SOFTWARE],
    ),
)
