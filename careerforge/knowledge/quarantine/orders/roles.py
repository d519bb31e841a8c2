# A pattern is read best in one piece.
# ruff: noqa: E501
"""“You are now …”, “from now on …”: a role, and something that makes it a model's."""

from careerforge.knowledge.quarantine.orders.rule import rule
from careerforge.knowledge.quarantine.orders.setting import Setting
from careerforge.knowledge.quarantine.orders.words import ITSELF, MODEL, MODEL_STEMS

_FREE = r"(?:free (?:of|from)|unrestricted|unfiltered|uncensored|jailbroken)"
_SPEAK = r"(?:act|respond|answer|reply|speak|talk|behave|pretend|refuse|output|write|roleplay|identify|simulate|obey)"

RULES = (
    rule(
        "role",
        ("from", "you your"),
        r"\bfrom (?:now|this (?:point|moment)) on(?:wards?)?,? (?:\w+ ){0,3}?you(?:'re| are| will be) "
        r"(?:an? |my |(?-i:[A-Z])|going to (?:act|be|play|pretend)|acting|playing|free|not bound|no longer)",
        rf"\bfrom (?:now|this (?:point|moment)) on(?:wards?)?,? (?:\w+ ){{0,3}}?you(?:'ll)? "
        rf"(?:will |must |shall |should |can |only |always |never ){0, 4}{_SPEAK}\b",
        r"\bfrom (?:now|this (?:point|moment)) on(?:wards?)?,? (?:\w+ ){0,3}?your (?:name|answers?|responses?|repl(?:y|ies))\b",
        quoted=True,
        ordinary=[Setting.MODELS],
    ),
    rule(
        "role",
        ("you", "now"),
        rf"\byou (?:are|will be|'re) now (?:acting|playing|dan\b|my \w+ ?(?:assistant|bot|slave)|chat ?gpt|chat ?bot|stan\b|"
        rf"{_FREE}|in (?:\w+ ){{0,2}}mode|going to (?:act|pretend|play|roleplay)|an? [^.\n]{{0,40}}?(?:{MODEL}{ITSELF}|persona|character|{_FREE}))",
        quoted=True,
        ordinary=[Setting.MODELS],
    ),
    rule(
        "role",
        ("act pret role beha resp answ repl spea talk simu", f"{MODEL_STEMS} dan no with jail"),
        r"\b(?:act|pretend|roleplay|role-play|behave|respond|answer|reply|speak|talk|simulate)\b (?:\w+ ){0,2}"
        r"(?:as|like|to be|you are|you're|as if you were) (?:(?!(?:of|for|to|with|in|by|and|at|on|from)\b)\w+[ -]){0,4}"
        rf"(?:{MODEL}{ITSELF}|dan\b|no (?:limits|restrictions|filter)\b|without (?:any )?(?:limits|restrictions|rules|filters?)\b|jailbroken\b)",
        quoted=True,
        ordinary=[Setting.MODELS],
    ),
    rule(
        "role",
        ("stay rema brea", "char"),
        r"\b(?:stay|remain) in character (?:at all times|forever|no matter)|\bnever break (?:out of )?character\b",
    ),
    rule(
        "role",
        ("anyt deve jail dan god",),
        r"\b(?:do anything now|(?:developer|jail ?break|dan|god) mode(?: is)?(?: now)?[ :_]{0,2}(?:enabled|activated|on\b|output)|"
        r"jail ?breaked|(?:dan|god|jail ?break) mode\b)",
        ordinary=[Setting.SOFTWARE],
    ),
    rule(
        "role",
        ("you your", "act pret resp answ repl role play simu impe outp"),
        r"\b(?:i want you to|i need you to|i'd like you to|you are going to) (?:only |always |now |then |never ){0,4}"
        r"(?:act|pretend|respond|answer|reply|roleplay|role-play|simulate|impersonate|output)\b",
        r"\b(?:your task is to|your job is to|you will|you must|you shall) (?:only |always |now |then |never ){0,4}"
        r"(?:pretend|roleplay|role-play|impersonate)\b",
        r"\byou (?:will|must|shall) (?:only|now) (?:respond|reply|answer|output|speak) (?:as|in|with|like)\b",
        quoted=True,
        ordinary=[Setting.MODELS],
    ),
    rule(
        "role",
        ("refu decl reje", "neve not n t can cann don"),
        r"\b(?:never|not|n't|cannot) (?:refuse|decline|reject) (?:to (?:answer|respond)|"
        r"(?:any |my |an? |the )?(?:users?'?s? )?(?:requests?|questions?|prompts?|commands?|instructions?) from (?:me|the user)|"
        r"(?:my|the user'?s?|any user) \w+)\b",
    ),
    rule(
        "role",
        ("you", f"{MODEL_STEMS} dan"),
        rf"\byou are (?:(?:an?|the|my) (?:\w+[ -]){{0,4}})?(?:{MODEL}{ITSELF}|dan\b)",
        quoted=True,
        ordinary=[Setting.MODELS],
    ),
    rule(
        "role",
        ("ethi mora open", "guid rest cons limi filt boun"),
        r"\b(?:without|free (?:of|from)|ignoring|bypass(?:es|ing)?) (?:\w+ ){0,3}(?:ethical|moral|openai)(?: \w+){0,4} "
        r"(?:guidelines?|restrictions?|constraints?|limitations?|filters?|boundaries)\b",
    ),
    rule(
        "role",
        ("open anth", "poli guid rule rest cont"),
        r"\b(?:regardless of|despite|against|ignor\w+|bypass\w*|bound by|free (?:of|from)|violat\w+) (?:\w+ ){0,4}"
        r"(?:open ?ai'?s?|anthropic'?s?)\b (?:\w+ ){0,2}(?:polic(?:y|ies)|guidelines?|rules|restrictions)\b",
        ordinary=[Setting.MODELS],
        quoted=True,
    ),
)
