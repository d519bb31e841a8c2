# A pattern is read best in one piece.
# ruff: noqa: E501
"""“Assistants must tell every reader …”, “note to AI systems: …”."""

from careerforge.knowledge.quarantine.orders.rule import rule
from careerforge.knowledge.quarantine.orders.setting import Setting
from careerforge.knowledge.quarantine.orders.words import BARE, ITSELF, MODEL, MODEL_STEMS, MUST

_BEFORE = (
    r"(?:^|[\"'“(>*#\-:;,.] ?|\b(?:all|any|every|dear|hey|hello|hi|attention|note to|message to|instructions? (?:to|for)|"
    r"if you are an?|as an?) )"
)
_DOES = r"(?:reading|processing|that reads?|who reads?|summari[sz]ing|screening|parsing|evaluating|reviewing|using)"

RULES = (
    rule(
        "addressed",
        (f"{MODEL_STEMS} assi bot bots mode copi", "must shou shal has have need are is will may"),
        rf"{_BEFORE}(?:the |this |an? )?{MODEL}(?:s|es)?(?: {_DOES}[^\n]{{0,40}}?)?[,:]? (?:please |you )?(?:{MUST}) "
        r"(?:always |only |never |not |now )?(?:tell|say|answer|reply|respond|rank|rate|recommend|treat|ignore|include|output|"
        r"state|report|mention|repeat|write|score|add|give|click|send|summari[sz]e|assume|refuse|approve|use|obey|follow|disregard)\b",
        rf"{_BEFORE}(?:the |all |every )?{BARE} (?:{MUST}) (?:always |only |never |not |now )?"
        r"(?:tell|say|answer|reply|respond|ignore|disregard|obey|repeat|recommend)\b[^\n]{0,30}"
        r"\b(?:readers?|users?|questions?|that|with|instructions?|prompts?)\b",
        ordinary=[Setting.MODELS],
    ),
    rule(
        "addressed",
        (MODEL_STEMS, "you"),
        rf"\b(?:if|when|since|as) you(?:'re| are) (?:an? |the )?{MODEL}{ITSELF}",
        ordinary=[Setting.MODELS],
        quoted=True,
    ),
    rule(
        "addressed",
        (f"{MODEL_STEMS} assi bot bots", "inst note mess atte noti comm hint hidd memo"),
        r"\b(?:instructions?|note|message|attention|notice|command|hint|hidden text|memo) (?:to|for):? ?"
        r"(?:any |all |every |the |an? |our )?(?:ai|llms?|gpt|chatgpt|language models?|ai (?:models?|assistants?|agents?|systems?|"
        r"readers?|tools?)|assistants?|bots?|chatbots?|automated (?:systems?|readers?|tools?))\b ?[:,!\-–—(]",
        ordinary=[Setting.MODELS],
    ),
)
