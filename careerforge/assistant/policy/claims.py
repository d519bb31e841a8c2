"""Whether a sentence concludes something about work from a protected trait. Pure.

Two things together make such a claim: a trait of a person or of a group of people, and a judgement of them at
work (fit, chance, pay, promotion, stamina, commitment, learning). That a trait is
*not* looked at may be said, and so may what people wish, in their own words.
"""

import re

from careerforge.assistant.policy import asking, hints, traits
from careerforge.assistant.policy.asking import one_of
from careerforge.assistant.terms import terms

# With fewer words that mean something by themselves, there is nothing that somebody could be judged by.
FEWEST_WORDS = 3
_JUDGED = re.compile(
    one_of(
        r"""
        \btoo \w+|\b(?:can|could|will|would|should|must|do|does|did|is|are|may|
        might)(?: ?n['’]?t| not| never| hardly| rarely| seldom| no longer)\b|
        \b(?:cannot|won['’]t|can['’]t|never|hardly|rarely|seldom|unlikely|unable)\b|\b(?:less|more|better|
        worse|slow|slower|fast|faster|strong|stronger|weak|weaker|
        hard|harder|easier|lower|higher|smaller|clearer|softer|best|worst(?! (?:\w+ )?(?:obstacles?|
        barriers?|faults?|defects?|bugs?|errors?|findings?|cases?)\b)|first)\b|\b(?:struggl|lack|suit|
        unsuit|unfit|prefer|tend|usual|general|deserv|avoid|choos|delay|postpon|
        wait|skip|wast|limit|reduc|hurt|harm|damag|burden|distract|commit|loyal|reliab|unreliab|stamina|
        energ|ambiti|promot|hire|invest|unrealistic|realistic|
        wise|risk|difficult|learn|problem|object|resist|trouble|doubt|stay away|keep (?:them|him|her|up|the|
        pace|it)|pay(?:s|ing)? off|worth|raise|expect|odd|soft|
        trust|honest|punctual|disciplin|creativ|assertiv|flexib|stable|adapt|patien|accept|respect|dislike|
        give up|worker|natural|
        impossible|pointless|poor|sensitiv|judgmental|unprofessional|performance|progress|chance|
        out of reach|out of the question|fits?\b|fit for|fill|lead|leader|stretch|
        supervision|speaks? (?:for|against)|should|need|leave|focus|margin|succe|fail|last in|last long|
        enjoy|like |ideal|only|rather|instead|plan on|count on|depend|
        enough|no (?:\w+ )?(?:role|lead|project|responsibilit|budget|customer)|(?:give|hand|leave|
        offer) (?:it|the|them|their)|put |pick |laugh|notice|exclud|spoil|foreign to|invit|weak|strange|
        optimistic|ideal|hopeless|bad |good |great |cling|will find|would find|safer|safe bet|steer|
        aim |sent|grateful|back office|rules? out|confus|of no use|belong|cost more|content with|
        place(?:d)? in|considered|longer|shorter|change|can (?:work|take|travel)|asset|miss(?:es)? |cope|
        handle|manage to|pull|weigh|explain|mak(?:e|es|ing) (?:them|him|her|the|a|an|better|good)|
        good (?:at|with)|look|show|available|unavailable)
        """
    ),
    re.I,
)
_SOMEBODY = re.compile(
    rf"\b(?:they|them|their|he|him|his|she|her|hers|you|your|someone|somebody|anyone|nobody|those|who|whose|"
    rf"we|us|clients?|customers?|organisers?|smokers?|patients?|entrants?|newcomers?|folks?|{traits.PEOPLE})\b",
    re.I,
)
_TRAITS = one_of(
    """
    ages?|gender|sex|origin|ethnicity|race|religion|belief|faith|health|disabilit(?:y|ies)|
    family(?: situation)?|orientation|
    nationality|background|pregnancy|parental leave|leave|politics|appearance|looks|skin colou?r|traits?
    """
)
# That nothing follows from a trait.
_DENIED = re.compile(
    one_of(
        rf"""
        \b(?:is|are|was|were) (?:not|never) (?:used|stored|looked at|considered|counted|asked|part|known|
        shown|a factor)\b|
        \b{_TRAITS} (?:is|are|was|were) left out\b|
        \b(?:does|do|must|may|should) not (?:look at|fade|use|store|
        influence|(?:matter|count|play|change|affect) (?:for |in |a |the )?(?:role|result|match|score|level|
        gap|order|here))\b|
        \bnever (?:lowers?|changes?|counts?|fades?|affects?|matters?|enters?)\b|\bno (?:\w+ ){{1,2}}(?:is|
        are) (?:stored|used|kept)\b|
        \b(?:regardless|irrespective|independent(?:ly)?) of (?:their |your |the )?{_TRAITS}\b
        """
    ),
    re.I,
)
# What people have said of themselves, and wish to be taken into account.
_OWN_WORDS = re.compile(
    r"\bby (?:their|his|her|your) own (?:profile|notes?|words?|wish|choice|account)\b|"
    r"\b(?:they|he|she|you) (?:have |has )?(?:said|told us|wrote|noted) that\b",
    re.I,
)
# What is offered to people, or asked for by them, is no judgement of them.
_OFFERED = re.compile(
    one_of(
        r"""
        \b(?:polic(?:y|ies)|handbook|process|programme|network|course|agreement|law|guideline|benefits?|
        scheme|fund|procedure)\b.{0,40}\b(?:allows?|covers?|meets?|applies|offers?|
        is described|sets?|protects?|forbids?|is part)\b|\b(?:can|may) (?:ask|apply|join|request|register|
        claim)\b|open to (?:everybody|everyone|all)
        """
    ),
    re.I,
)


def is_denied(sentence: str) -> bool:
    """Whether it says that a trait is not looked at, what is offered to people, or what they have said."""
    return any(one.search(sentence) for one in (_DENIED, _OFFERED, _OWN_WORDS))


def could_be_one(sentence: str) -> bool:
    """Whether there is room for such a claim: something said, and somebody or a judgement in it."""
    words = " ".join(sentence.split())
    if not (_SOMEBODY.search(words) or _JUDGED.search(words)):
        return False
    return len(set(terms(words).words)) >= FEWEST_WORDS


def trait_in(sentence: str) -> tuple[str, bool]:
    """The trait that a sentence judges somebody by, and whether it is named outright; empty for none."""
    words = " ".join(sentence.split())
    if is_denied(words):
        return "", False
    judged = bool(_JUDGED.search(words))
    if asking.is_about_a_trait(words):
        return traits.outright(words) or "trait", judged
    if not judged:
        return "", False
    if kind := traits.outright(words):
        return kind, True
    if _SOMEBODY.search(words) and (kind := hints.hinted(words)):
        return kind, False
    return "", False
