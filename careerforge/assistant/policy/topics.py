"""Which questions no program answers: danger first, in whatever language, then the rest. Pure.

The rest is about a person's own case: a role's pay, a policy that is in the library or a course in labour law
may be asked about.
"""

import re

from django.utils.translation import gettext as _

from careerforge.assistant.models.contacts import Topic
from careerforge.assistant.policy.asking import one_of
from careerforge.assistant.policy.danger import is_danger

# A question may have half as many characters.
LONGEST = 4_000
_ONE = "(?:i|we|they|he|she|this person|the (?:person|employee|coachee)|my coachee)"
_BOSS = one_of(
    r"""
    (?:my|our|their|his|her|the|a) (?:\w+ )?(?:boss|manager|line manager|team lead|lead|supervisor|director|
    colleagues?|co-?workers?|teammates?|
    team|coach|mentor|buddy|peers?)
    """
)
_HEALTH = rf"""
    \b(?:should|could|can|must|do|does|may|am|is|are) {_ONE} (?:\w+ )?(?:take|stop taking|need|try|see|
    go to|get) (?:\w+ )?(?:antidepressants?|medication|pills|drugs|
    a (?:doctor|therapist|psychiatrist|psychologist)|therapy|painkillers|sick leave|a sick note)\b|
    \b{_ONE}(?:['’]m|['’]ve|['’]s)? (?:\w+ ){{0,3}}(?:burn(?:t|ed)[- ]out|burn-?out|depress(?:ed|ion)|
    panic attacks?|insomnia|pregnant|chest pains?|seriously ill|very ill|
    cancer|anxiety (?:attacks?|disorder)|eating disorder|addict(?:ed|ion)|miscarriage|a breakdown|adhd|
    diagnosed with \w+)\b(?! (?:chart|data|detection|app|project|module|course))|
    \b(?:symptoms? of (?:burn-?out|depression|stress|illness|an? )|diagnos(?:e|is) (?:me|my|of my|them)|
    is it (?:burn-?out|depression)|treat(?:ment)? (?:for )?(?:my|their|his|her) (?:back|illness|burn-?out|
    depression|anxiety))\b|
    \b(?:my|their|his|her) (?:doctor|therapist|psychiatrist|antidepressants?|medication|surgery|chemo\w*|
    illness|pregnancy|burn-?out|depression|miscarriage)\b|
    \b(?:can['’]?t|cannot|unable to|don['’]t|no longer) sleep\b(?! mode)|\bcry(?:ing)? (?:every|all|at work|
    myself)|\bdrink(?:ing)? too much\b(?! (?:memory|cpu|coffee))
"""
_CONFLICT = rf"""
    \b(?:conflict|argument|row|fight|quarrel|dispute|problems?|trouble|issues?) with {_BOSS}\b|
    \b{_BOSS} (?:\w+ ){{0,2}}(?:hates?|ignores?|yells?|shouts?|screams?|insults?|
    undermines?|discriminates?|excludes?|blames?|lies|lied|bullies|treats?|mistreats?|doesn['’]t (?:like|
    respect|trust)|does not (?:like|respect|trust)|took (?:the )?credit|steals?|humiliates?)\b|
    \b(?:report|complain about|file a complaint (?:against|about)|complaint against|denounce) {_BOSS}\b|
    \b(?:treated unfairly|unfair treatment|discriminated against|discrimination by|
    passed over because|grievance|whistle-?blow\w*|toxic (?:team|boss|manager|workplace))\b(?! (?:polic|
    course|process|procedure|data|module))|
    \b(?:mediat(?:e|or|ion)) (?:between|with) (?:me|us|{_BOSS})\b|\bhate(?:s)? {_BOSS}\b|
    \bcan['’]?(?:no)?t stand {_BOSS}\b|\b(?:two|my|our) colleagues (?:\w+ )?(?:argue|fight|don['’]t talk)
"""
_LAW = r"""
    \b(?:is it|is that|is this|would it be|are they) (?:\w+ )?(?:legal|illegal|lawful|against the law|
    allowed by law|enforceable)\b|\b(?:sue|suing|sued) (?:my|the|our|them|him|her|us)\b|
    \b(?:can|may|could|will|should) (?:they|he|she|my (?:boss|manager|employer|company)|the company|we|
    i) (?:\w+ )?(?:fire|dismiss|terminate|sack|lay off|be fired|be dismissed|be laid off|legally)\b|
    \b(?:fire|dismiss|sack|lay off) (?:me|him|her|them|this person|my coachee|somebody|someone)\b|\b(?:my|
    their|his|her) (?:employment contract|contract|notice period|severance|non-?compete|warning letter|
    termination|probation period|resignation letter|visa|work permit)\b|
    \b(?:severance (?:pay|package|agreement)|wrongful dismissal|unfair dismissal|labour court|
    employment tribunal|settlement agreement|termination agreement|lawyer|attorney|solicitor)\b(?! (?:data|
    app|project|portal|client|product))|
    \bbreach of (?:my |the |their )?(?:employment )?contract\b|\bstatutory (?:notice|leave|rights?)\b|
    \blegal (?:advice|rights?|action|claim|steps)\b|\b(?:my|our|their) rights? (?:as|under|when|if)\b|
    \bworks council (?:has|have|had) to (?:agree|be asked)
"""
_PAY = r"""
    \b(?:ask|asking|negotiat(?:e|ing)|demand|request|push|get|argue|justify|deserve|expect|give|gives|
    refuse[ds]?) (?:\w+ ){0,4}(?:a )?(?:pay rise|raise|salary increase|higher salary|more (?:money|pay|
    salary)|bonus|better (?:pay|salary))\b(?! (?:the|exceptions?|a|an|errors?|to level))|
    \bnegotiat\w+ (?:\w+ ){0,3}(?:salary|pay|compensation|offer)\b|\b(?:am|is|are) (?:i|he|she|they|
    this person) (?:\w+ )?(?:under-?paid|overpaid|paid (?:enough|fairly|less|more|too))\b|
    \b(?:my|his|her|their|this person['’]s) (?:own |current |next |new )?(?:salary|pay|bonus|compensation|
    wages?|raise|pay rise)\b(?! (?:band|data|grade|report|portal|project))|
    \b(?:how much|what) (?:do|does|should|would|will|can|could) (?:i|he|she|they|my (?:colleague|boss|
    manager)|this person) (?:earn|make(?! sense)|be paid|get paid|ask for)\b|\bwhat does my colleague earn\b
"""
_DATA = r"""
    \b(?:delete|erase|remove|wipe|correct|export|download|send|show|give|get|want|copy of|
    access to) (?:me |us )?(?:all )?(?:of )?(?:my|his|her|their) (?:own )?(?:personal )?(?:data|information|
    file|account|records?|profile data)\b(?! (?:pipeline|model|set|structure|warehouse|lake|quality|
    science))|
    \b(?:what|which) (?:personal )?(?:data|information) (?:do you|does the company|do they|is|
    are) (?:\w+ )?(?:hold|keep|store|have|stored|kept|held|known?) (?:about|on|of) (?:me|him|her|them|us)\b|
    \b(?:right to (?:be forgotten|erasure|access)|subject access request|data (?:subject|
    protection) (?:request|officer)|forget (?:everything about )?me|gdpr request)\b|
    \b(?:what is|tell me|give me|who is|reveal|find out|
    show me) (?:the )?(?:real |full |true |home |private )*(?:names?|e-?mail|phone(?: number)?|address|
    identity|birthday|date of birth) (?:of|behind|for) (?:this (?:person|employee|handle|coachee|colleague)|
    the (?:person|employee|handle|coachee|colleague)|my (?:coachee|colleague)|handle|person|them|him|her|
    another|somebody|\w+-\w+-\d)|
    \b(?:what is|tell me|give me|print|reveal|show) (?:their|his|her|
    this person['’]s) (?:real |full |true |home |private )*(?:names?|e-?mail|phone(?: number)?|address|
    identity|birthday|date of birth)\b
"""
_RULES = tuple(
    (topic, re.compile(one_of(pattern), re.I))
    for topic, pattern in (
        (Topic.HEALTH, _HEALTH),
        (Topic.CONFLICT, _CONFLICT),
        (Topic.LAW, _LAW),
        (Topic.PAY, _PAY),
        (Topic.DATA, _DATA),
    )
)


def topic_of(question: str) -> Topic | None:
    """The topic that takes a question away from the assistant, the most urgent first."""
    words = " ".join(question[:LONGEST].split())
    if is_danger(words):
        return Topic.CRISIS
    return next((topic for topic, rule in _RULES if rule.search(words)), None)


def text(topic: Topic, for_another: bool = False) -> str:
    """What is said in place of an answer: to who is concerned, or to who asks about somebody else."""
    return (_for_another(topic) if for_another else "") or {
        Topic.CRISIS: _(
            "This matters more than any plan, and I am only a program. Please talk to a person now. Nobody "
            "is told that you wrote this here."
        ),
        Topic.HEALTH: _(
            "Health is between you and people you trust. I don’t advise on it, and I keep it out of "
            "everything I suggest. A doctor, or the people named here, can help."
        ),
        Topic.CONFLICT: _(
            "This needs somebody who can listen to everyone and act. I can’t judge it from here, and nobody "
            "is told that you asked."
        ),
        Topic.LAW: _(
            "This is a question of law, and what I could say might be wrong. Please ask somebody who may "
            "give advice on it."
        ),
        Topic.PAY: _(
            "I look at nobody’s own pay and don’t advise on negotiating it. You can ask me what a role earns "
            "in a region."
        ),
        Topic.DATA: _(
            "Requests about personal data go to the people who must answer them, and in time. What is held "
            "about you is on your own data page."
        ),
    }[topic]


def _for_another(topic: Topic) -> str:
    return {
        Topic.CRISIS: _(
            "This matters more than any plan, and I am only a program. If you worry about somebody, don’t "
            "wait until you are sure and don’t carry it alone: ask them how they are, and turn to a person "
            "who is there for this. Nobody is told that you wrote this here."
        ),
        Topic.HEALTH: _(
            "Health is between a person and those they trust. I don’t advise on it, and it stays out of "
            "everything that is suggested to them. Who looks for help can turn to a doctor, or to the people "
            "named here."
        ),
        Topic.DATA: _(
            "Requests about personal data go to the people who must answer them, and in time. What is held "
            "about a person is on that person’s own data page."
        ),
    }.get(topic, "")
