"""Whether somebody speaks of danger to a person: suicide, self-harm, violence, threats, harassment. Pure.

Looked for before anything else, and in more languages than anything else is read in, since nobody in danger
thinks of the language of a program. Work has its own deadly words (kill a process, a dead letter, a
deadline),
so each pattern needs a person who is hurt, or words that nothing at work is called by.
"""

import re

from careerforge.assistant.policy.asking import one_of

_SELF = "(?:myself|himself|herself|themsel(?:f|ves)|my ?self|yourself|oneself|ourselves)"
_ONE = one_of(
    """
    i|we|he|she|they|me|him|her|them|you|someone|somebody|(?:my|our|a|the|this|an) (?:\\w+ )?(?:colleague|
    coworker|co-worker|
    manager|boss|teammate|team lead|lead|coachee|employee|partner|husband|wife|ex|customer|client|
    supervisor|mentor|
    coach|person|friend|director)
    """
)
_PATTERNS = (
    # Suicide and self-harm.
    rf"(?:kill|hang|shoot|drown|poison|cut|hurt|harm|injur|burn|starv|end)(?:s|ing|e|t?ed|"
    rf"d)? {_SELF}\b(?! (?:off|out|in|a slice|some))",
    r"\b(?:suicid(?:e|al)(?! (?:linux|burnout|squad|note in the code|commands?|hotline (?:app|project|"
    r"data)|prevention (?:app|project|data|product)|rates? (?:data|dataset)))|self[- ]harm(?:ing|ed)?|"
    r"overdos(?:e|ed|ing)|slit my|jump(?:ing)? (?:off|from|in front of) (?:a |the )?(?:bridge|roof|"
    r"building|train|window|balcony))",
    r"\b(?:end(?:ing)?|take|taking|took|ended) (?:my|his|her|their|your) (?:own )?li(?:fe|ves)\b",
    r"\b(?:(?:do|did|does) ?n['’o]?t|no longer|not|never|cannot|can['’]t|stopped) (?:really |"
    r"even )?(?:want(?:ing)?|wish|wanna|bear|see (?:a |any )?(?:point|reason)(?: in|"
    r" to)?) (?:to )?(?:live|living|be alive|wake up|go(?:ing)? on living|exist|be here any ?more)\b",
    r"\b(?:want|wish|wanna|wants|ready|going|plan(?:s|ning)?|hope|better) (?:\w+ )?(?:to (?:die|be dead|"
    r"disappear forever|not exist)|i (?:was|were) dead|off dead)\b",
    r"\b(?:i|he|she|they)(?:['’]d| would| will| am| is| are)? (?:be )?better off (?:dead|without me)\b|"
    r"\bno reason to (?:live|go on living)\b|\bnothing left to live for\b",
    r"\b(?:life is not|life isn['’]t|my life is(?: not|n['’]t)?) worth living|\bcan['’]?(?:no)?t (?:go on|"
    r"take it)(?: with (?:my|this) life| any ?more and)",
    # Violence and threats.
    r"\b(?:kill|murder|shoot|stab|strangle|rape|beat|attack|bomb)(?:s|ing|ed)? (?:up )?(?:me|him|her|them|"
    r"us|you|everyone|everybody|people|my (?:boss|manager|colleague|team|wife|husband|family|children|"
    r"kids|coworkers?))\b(?! (?:at (?:chess|the quiz|table)|to (?:it|the)|with (?:work|deadlines|tickets|"
    r"questions)|in (?:the|a) (?:quiz|game)))",
    r"\b(?:hits?|hitting|beats?|beating|punch(?:es|ed|ing)?|slap(?:s|ped)?|chok(?:es?|ed|ing)|push(?:es|"
    r"ed)|kick(?:s|ed)?|grab(?:s|bed)?|grop(?:es?|ed|ing)|spat at|threw \w+ at|rap(?:es?|ed)|stalk(?:s|ed|"
    r"ing)?|molest(?:s|ed|ing)?|assault(?:s|ed|ing)?|abus(?:es?|ed|ing)|bull(?:y|ies|ied|ying)|"
    r"harass(?:es|ed|ing)?|threaten(?:s|ed|ing)?|blackmail(?:s|ed|ing)?|intimidat(?:es?|ed|ing)|"
    r"humiliat(?:es?|ed|ing)|mobb(?:s|ed|ing)) (?:at )?(?:me|him|her|them|us|my (?:\w+ )?(?:colleague|"
    r"coworker|teammate|coachee|wife|husband|child|kids?|children))\b(?! (?:with (?:work|deadlines|"
    r"tickets|questions|reminders)|into (?:a|the)|to (?:it|the)))",
    rf"\b{_ONE} (?:(?:is|are|was|were|am|being|been|get|gets|got|getting|keeps?|feels?|have|has|['’]m|"
    rf"['’]s) ?)+(?:\w+ )?(?:bullied|harassed|threatened|stalked|abused|assaulted|beaten|raped|molested|"
    rf"groped|mobbed|blackmailed|intimidated|touched|humiliated|hit|attacked|in danger|not safe|unsafe|"
    rf"afraid of (?:my|him|her|them|being))\b(?! by (?:the )?(?:queue|traffic|bots?|load|alerts|tickets))",
    r"\b(?:sexual(?:ly)?|racist|physical|domestic|racial) (?:\w+ )?(?:harass\w*|assault\w*|abus\w*|"
    r"violen\w*|remarks?|comments?|advances?|insults?|jokes?)\b(?! (?:policy|training|course|module|data|"
    r"report))",
    r"\btouch(?:es|ed|ing)? me\b|\b(?:asked|asks|wants|demands?) me for sex|\bnude (?:photos?|pictures?)|"
    r"\bfeel(?:s|ing)? (?:un|not )safe (?:at work|with|around|near|at home|here|alone)\b|"
    r"\bfear for my life\b",
    r"\b(?:bring(?:ing)?|brought|has|have|carr(?:y|ies)|with) (?:a |an )?(?:gun|knife|weapon|"
    r"explosives?)\b(?! (?:detection|detector|data|emoji))",
    r"\b(?:stalking|mobbing|bullying) (?:at work|by (?:my|a|the) \w+|from (?:my|a|the) \w+|in (?:my|our|"
    r"the) team)",
    # Other languages: words for suicide, wanting to die, being hit, threatened or harassed.
    r"\b(?:selbst(?:mord|tötung|verletz\w*)|suizid\w*|(?:bringe?|bringt|töte?t?|bringen) (?:mich|"
    r"sich) (?:selbst )?um|mich umbringen|nicht mehr leben|"
    r"will sterben|sterben will|mir (?:etwas|was) antun|(?:belästigt|bedroht|geschlagen|missbraucht|"
    r"gemobbt|vergewaltigt|gestalkt)|belästigung|häusliche gewalt)\b",
    r"\b(?:suicider|me tuer|envie de mourir|veux mourir|plus envie de vivre|mettre fin à (?:mes|"
    r"ses) jours|automutil\w*|harc[eè]l\w*|me menace|me frappe|agress\w+ sexuel\w*|"
    r"violences? conjugal\w*)\b",
    r"\b(?:suicid(?:io|arme|arse)|matarme|quiero morir\w*|no quiero vivir|quitarme la vida|acos(?:o|a|an|"
    r"ado|ada)(?: sexual| laboral)?|me (?:amenaza|pega|maltrata)\w*|autolesi\w+)\b",
    r"\b(?:suicidi[oa]|suicidarmi|uccidermi|voglio morire|non voglio (?:più )?vivere|farla finita|"
    r"molest(?:ie|ata|ato)|mi (?:minaccia|picchia)\w*|autolesionis\w+)\b",
    r"\b(?:samobójstw\w*|zabić się|chcę umrzeć|nie chcę żyć|odebrać sobie życie|molestuj\w*|molestowan\w*|"
    r"grozi mi|bije mnie|mobbing\w*)\b",
    r"\b(?:zelfmoord|zelfdoding|mezelf (?:iets aandoen|doden|van kant)|wil dood|niet meer leven|aangerand|"
    r"verkracht|word (?:bedreigd|gepest|lastiggevallen|geslagen)|seksuele intimidatie)\b",
    r"\b(?:suic[ií]dio|me matar|quero morrer|não quero (?:mais )?viver|tirar a (?:minha )?vida|assédi\w*|"
    r"me (?:ameaça|bate)\b|automutila\w*)",
    r"(?:самоубийств|покончить с собой|хочу умереть|не хочу жить|自杀|自殺|想死|死にたい|자살|죽고 싶|"
    r"intihar|"
    r"kendimi öldür|ölmek istiyorum|आत्महत्या|انتحار|самогубств|sinuicid|självmord|vill dö|selvmord|"
    r"itsemurh|öngyilkos|sebevra[žd]|αυτοκτον)",
)
# Things that kill, hit and beat at work.
_IDIOM = re.compile(
    one_of(
        r"""
        \b(?:deadlines?|workloads?|queues?|alerts?|cache|builds?|pipelines?|exams?|load|traffic|bugs?|jobs?|
        releases?|tests?|meetings?|tickets?|commute|latency|
        costs?|scheduler|kernel|oom killer|tool|tooling|servers?|course|syntax|errors?|regex|
        legacy code)\s(?:(?:is|are|was|were|keeps?|always|will|just) ){0,2}
        (?:kill|hit|beat|attack|choke|abuse|bully|push|punch|stalk|harass|threaten|bomb)\w*\s(?:me|us|them|
        you|everyone|everybody|people)\b|
        \bbeats? (?:me|us|him|her|them) (?:at|to|by|in)\b
        """
    ),
    re.I,
)
_DANGER = tuple(re.compile(pattern, re.I) for pattern in _PATTERNS)


def is_danger(words: str) -> bool:
    """Whether a text speaks of danger to somebody. Rather once too often than once too seldom."""
    plain = _IDIOM.sub(" ", words)
    return any(pattern.search(plain) for pattern in _DANGER)
