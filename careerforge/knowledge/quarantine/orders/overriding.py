# A pattern is read best in one piece.
# ruff: noqa: E501
"""“Ignore all previous instructions”, “disregard everything above”."""

from careerforge.knowledge.quarantine.orders.rule import rule
from careerforge.knowledge.quarantine.orders.setting import Setting
from careerforge.knowledge.quarantine.orders.words import GAP, NEGATED

_DISREGARD = (
    r"(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|ing)|bypass(?:ing)?|neglect(?:ing)?|"
    r"discard(?:ing)?|do not (?:follow|obey)|don'?t (?:follow|obey)|stop (?:following|obeying)|dismiss|erase|drop)"
)
_ORDERS = r"(?:instructions?|prompts?|directions?|directives?|guidelines?|orders?|programming|training)"
# What there is in software and at work as well.
_LIMITS = (
    r"(?:rules?|commands?|constraints?|context|conversation|restrictions?|policies|safeguards?|filters?)"
)
_EARLIER = (
    r"(?:all|any|every|the|your|my|these|those|of|previous(?:ly)?|prior|earlier|above|preceding|foregoing|former|"
    r"original|initial|existing|current|system|other|given|safety|content|open ?ai'?s?)"
)
_EARLIER_ONES = (
    r"(?:previous(?:ly)?|prior|earlier|above|preceding|foregoing|former|original|initial|system|"
    r"(?:all|every|any) (?:of )?(?:the|your|other)|your)"
)
_TOLD = (
    r"(?:that |you |was |is |were |has |have |had |been |i |we |told |said |written |learned |stated |of the |this ){0,12}"
    r"(?:above|before|previously|earlier|so far|up to (?:now|this point)|prior)\b"
)
_DISREGARD_STEMS = "igno disr forg over bypa negl disc foll obey stop dism eras drop do don"

RULES = (
    rule(
        "override",
        (_DISREGARD_STEMS, "inst prom dire guid orde prog trai"),
        rf"{NEGATED}\b{_DISREGARD} (?:{_EARLIER} ){{0,5}}{_EARLIER_ONES} (?:\w+ ){{0,3}}{_ORDERS}\b",
        rf"{NEGATED}\b{_DISREGARD} (?:all |any |every ){_ORDERS}\b",
    ),
    rule(
        "override",
        (_DISREGARD_STEMS, "rule comm cons cont conv rest poli safe filt"),
        rf"{NEGATED}\b{_DISREGARD} (?:{_EARLIER} ){{0,5}}{_EARLIER_ONES} (?:\w+ ){{0,3}}{_LIMITS}\b",
        rf"{NEGATED}\b{_DISREGARD} (?:all |any |every ){_LIMITS}\b",
        ordinary=[Setting.SOFTWARE],
    ),
    rule(
        "override",
        (_DISREGARD_STEMS, "ever anyt all what the text docu"),
        rf"{NEGATED}\b{_DISREGARD} (?:everything|anything|all|what|the (?:text|content|document|rest)|whatever) {_TOLD}",
    ),
    rule(
        "override",
        ("inst over",),
        r"\b(?:new|real|actual|true) instructions?\s?(?:for (?:you|the (?:assistant|model|ai))[^\n:]{0,40})?:",
        rf"\b(?:administrator|admin|system|developer|security) override\b{GAP}[:!]",
        ordinary=[Setting.SOFTWARE],
    ),
)
