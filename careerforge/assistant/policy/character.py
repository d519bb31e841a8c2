"""Whether a text infers what somebody feels or what kind of person they are. Pure.

Nobody's mood, temper or personality is inferred here (EU AI Act, article 5(1)(f)): not by a model in a
sentence, and not because a question asks for it. What people say they want is no inference, nor is a stressed
cluster.
"""

import re

from careerforge.assistant.policy.asking import one_of

# More is neither a question nor a sentence.
LONGEST = 4_000
_WHO = one_of(
    """
    they|he|she|you|this person|the person|(?:the|this|your) (?:employee|colleague|candidate|coachee|
    engineer)|
    somebody|someone
    """
)
_WHOSE = one_of("their|his|her|your|this person['’]s|the (?:person|employee|colleague|coachee)['’]s")
_SEEM = one_of(
    r"""
    ['’]re|['’]s|\s(?:are|is|was|were|be|been|being|feels?|gets?|looks?|sounds?|remains?|tends? to be)|
    \s(?:seems?|appears?|comes? across|strikes? me)(?: to be| as)?|\s(?:must|may|might|could) be
    """
)
_HOW = one_of(
    r"""
    (?:an?|the|also|very|quite|rather|really|too|so|now|still|already|currently|often|always|probably|
    possibly|maybe|
    perhaps|not|visibly|apparently|clearly|just|a bit|a little|seriously|emotionally|naturally|generally|
    somewhat|
    feeling|deeply|increasingly|at the moment|bit|more of)\s
    """
)
_MOOD = one_of(
    r"""
    (?:un|de)?motivated|frustrated|anxious|nervous|stress(?:ed|ful)\b|(?:un)?happy|sad|angry|upset|bored|
    lonely|afraid|scared|
    worried|overwhelmed|exhausted|depressed|moody|disengaged|disillusioned|discouraged|insecure|
    (?:over)?confident|
    self-confident|content|cheerful|resentful|bitter|jealous|ashamed|hopeless|enthusiastic|passionate|
    tired of|fed up|
    disappointed|dissatisfied|satisfied|calm|tense|restless|desperate|miserable|thrilled|excited|burn(?:t|
    ed)[- ]out
    """
)
_CHARACTER = one_of(
    r"""
    lazy|arrogant|stubborn|introvert(?:ed)?|extrovert(?:ed)?|extravert(?:ed)?|neurotic|narcissis\w+|shy|
    timid|bossy|moody|
    sensitive|emotional|unstable|resilient|ambitious|unambitious|conscientious|agreeable|disagreeable|
    impulsive|
    aggressive|passive|pessimis\w+|optimis\w+|perfectionis\w+|cautious|careless|selfish|self-centred|vain|
    cynical|
    naive|immature|mature|difficult(?! to)|impatient|toxic|manipulative|defensive|dominant|submissive|
    charismatic|
    people pleaser|born leader|natural leader|team player|lone wolf|dreamer|control freak|drama queen|
    empath\w*|
    (?:introvert|cautious|dominant|analytical|intuitive|red|blue|green|yellow) (?:type|personality)|
    trustworthy|honest|
    dishonest|loyal|disloyal|wise|humble|modest|outgoing|reserved|withdrawn|quiet type|easy-?going|
    high-strung|bitter
    """
)
_INNER = one_of(
    """
    mood|emotions?|feelings|emotional (?:state|stability)|personality(?: type)?|temperament|temper|attitude|
    character|nature|
    self-esteem|self-confidence|state of mind|morale|psyche|inner (?:life|world)|mindset|ego|
    true (?:feelings|motives?)|
    motivation|sentiment|psychological (?:profile|state)|ambitions? is|lack of (?:ambition|motivation|drive|
    confidence)
    """
)
_CONCLUDED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_WHO}{_SEEM} {_HOW}{{0,4}}(?:{_MOOD}|{_CHARACTER})\b(?! to)",
        rf"\b{_WHOSE} (?:[\w-]+ ){{0,2}}{_INNER}\b",
        rf"\b{_WHO} (?:\w+ )?(?:lacks?|ha(?:s|ve) (?:no|little|low|a lot of))\s"
        r"(?:\w+ )?(?:ambition|motivation|drive|confidence|self-esteem|empathy|resilience|enthusiasm|"
        r"passion|character|maturity)\b",
        rf"\b{_WHO} ha(?:s|ve) (?:an? )?(?:\w+ )?(?:personality|temperament|character|attitude|temper)\b",
        rf"\b{_WHO} scores? (?:\w+ )?(?:high|low|highly)? ?on (?:openness|conscientiousness|extraversion|"
        rf"agreeableness|neuroticism)",
        r"\b(?:tone|messages?|writing|words|answers|notes|handwriting|voice|face|body language|silence|"
        r"emails?)\b.{0,30}?"
        r"\b(?:suggests?|reveals?|shows?|betrays?|indicates?|implies)\b.{0,40}?"
        r"\b(?:anxi\w+|unhapp\w+|frustrat\w+|self-esteem|moods?|character|personality|perfectionis\w+|"
        r"stress\w*|boredom|anger|fear|insecur\w+"
        r"|(?:de)?motivat\w+|disengage\w*|depress\w+|sad\w*|enthusias\w+|doubts?)\b",
        rf"\b{_WHO} (?:\w+ )?(?:does not|doesn['’]t|do not|don['’]t|no longer) (?:really |much )?cares?\b",
        rf"\b{_WHO}(?:{_SEEM}| \w+){{0,3}} (?:thinking (?:of|about) leaving|about to (?:quit|leave|"
        rf"resign)|(?:an? )?flight risk|lost interest)",
        rf"\b{_WHO} (?:tends? to (?:be|get) |gets? ){_HOW}{{0,2}}(?:{_MOOD}|{_CHARACTER})\b",
        rf"\b{_WHO}{_SEEM} {_HOW}{{0,2}}(?:born|natural|typical) (?:\w+ )?(?:leader|follower|introvert|"
        rf"extrovert|pessimist|optimist)\b",
        rf"\b{_WHO} (?:feels?|loathes?|resents?|hates?|fears?|enjoys? (?:power|control))\b(?! free| that|"
        rf" like)",
    )
)
_ASKED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:are|is|was|were|am|does|do) (?:{_WHO}|i) (?:seem |look |feel |sound |"
        rf"appear )?(?:to be )?{_HOW}{{0,4}}(?:{_MOOD}|{_CHARACTER})\b",
        rf"\bhow (?:does|do|is|are|did) {_WHO} (?:really )?(?:feel|feeling|doing emotionally)\b",
        r"\bwhat (?:kind|sort|type) of (?:person|character|personality)\b(?! data)",
        rf"\b(?:what|which|describe|analy[sz]e|infer|guess|rate|assess|judge|tell me about|"
        rf"profile)\b.{{0,40}}\b{_WHOSE} (?:[\w-]+ ){{0,2}}{_INNER}\b",
        rf"\b(?:mood|emotions?|sentiment|tone|personality|character|temperament|"
        rf"feelings) of (?:this person|{_WHOSE}|the (?:employee|person|coachee|last|notes?|messages?))",
        rf"\b(?:introvert|extrovert|myers[- ]?briggs|mbti|big five|enneagram|"
        rf"disc profile)\b.{{0,40}}\b(?:{_WHO}|type|score|profile)\b"
        rf"|\b(?:{_WHO}|{_WHOSE})\b.{{0,40}}\b(?:introvert|extrovert|myers[- ]?briggs|mbti|big five|"
        rf"enneagram|disc profile)\b",
        rf"\b(?:will|would|could|might) {_WHO} (?:quit|resign|leave (?:us|the company|soon)|burn out)\b|"
        rf"\bflight risk\b",
        rf"\b(?:do|does) {_WHO} (?:really )?(?:care|lack (?:ambition|motivation|drive|confidence)|"
        rf"want to leave)\b",
    )
)


def infers(sentence: str) -> bool:
    """Whether a sentence says what somebody feels, or what kind of person they are."""
    words = " ".join(sentence[:LONGEST].split())
    return any(pattern.search(words) for pattern in _CONCLUDED)


def asks(question: str) -> bool:
    """Whether a question asks for somebody's mood or character."""
    words = " ".join(question[:LONGEST].split())
    return any(pattern.search(words) for pattern in _ASKED)
