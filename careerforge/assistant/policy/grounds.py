"""Whether somebody is held back for something that has nothing to do with work. Pure.

No list holds everything that people are judged by. What they may be judged by here is known: skills,
evidence, requirements, hours, what a role asks for. A conclusion against somebody whose ground names none of
that is for a person to look at, whatever the ground is.
"""

import re

from careerforge.assistant.policy import premises
from careerforge.assistant.policy.asking import one_of

_PERSON = re.compile(
    r"\b(?:they|them|their|he|him|his|she|her|you|your|someone|somebody|people|those|who|person)\b", re.I
)
_AGAINST = re.compile(
    one_of(
        r"""
        \b(?:not|never|hardly|no) (?:be )?(?:the |an? )?(?:\w+ )?(?:for (?:them|him|her|you)|realistic|
        suit\w*|fit|ready|natural|right|sensible|option|advisable|good|place|leader)\b|\b(?:go|given|
        give it|left|better|leave (?:it|that)) (?:be )?(?:\w+ )?to (?:an?other|others|somebody|someone|
        a colleague)\b|\b(?:somebody|someone) else\b|\banother (?:lead|person|colleague|owner)\b|
        \bchoose an?|\bconsider one\b|\bpick |\bothers\b|\btoo (?:much|risky|hard|demanding|big|ambitious|
        far|early|slow|fast|long)\b|\bout of (?:reach|thequestion)|\bbeyond (?:them|him|her|you)\b|
        \bclosed to\b|\brules? out\b|\bunwise\b|\bunrealistic\b|\bpointless\b|\boverwhelm|\bavoided\b|
        \binadvisable\b|\bunsuitable\b|\bnot (?:be )?(?:included|recommended|suggested|proposed|possible|
        trusted|trained)\b|\bleft out\b|\bexclude|\bis wrong\b|
        \bwrong (?:for|one|choice|place|client|person)\b|\boptimistic\b|\bgamble\b|\brisk\b|
        \b(?:postpone|delay|shelve|skip|drop|hold back|spare|leave it out|avoid)\b|\bshould (?:wait|not|
        stay|be (?:kept|shelved|spared|left))\b|\bcan wait\b|\bdo not (?:plan|count|expect|propose|fund|put|
        waste|share|burden)\b|\b(?:plan|do) without\b|\bexpect (?:little|less)\b|\b(?:will|would|may|might|
        can|could|should|do|does|is|are|has|have)(?: not|n['’]t| never| hardly) \w+|\bcannot\b|\bstruggl\w+|
        \black\w*|\bless\b|\bharder\b|\bwasted?\b|\b(?:lighter|smaller|modest|lesser|safer)\b|
        \b(?:keep (?:them|him|her|you)|kept) |\bimpossible\b|\bdifficult\b|\bunlikely\b|\b(?:back-office|
        supporting) role|\bcalm(?:er)? role|\benough for (?:them|him|her|you)\b|\bno (?:role|lead|access|
        client|leader|presentations|interviews|management)\b
        """
    ),
    re.I,
)
_WORK = re.compile(
    one_of(
        r"""
        \b(?:evidence|levels?\b|requir|prerequisite|modules?\b|exam|courses?\b|profile|target|project|
        certif|skill|readiness|match|review|services?\b|tests?\b|testing|cod(?:e|ing)\b|scripts?\b|deploy|
        release|pipeline|ticket|tool|hours?\b|weeks?\b|mentor|paths?\b|plan|data|cloud|apps?\b|build|check|
        server|framework|system|platform|models?\b|report|document|template|feature|bugs?\b|incident|
        gaps?\b|goal|labs?\b|tutorial|workshop|dashboard|permission|schema|quer(?:y|ies)|queue|runbook|
        stakeholder|interface|api\b|feedback|librar|version|migrat|automat|design|analy|program|develop|
        engineer|software|network|secur|architect|infrastructure|monitor|practi[cs]|train|learn|team|
        repositor|branch|merge|request|production|operations|budget|proof|claim|experience|knowledge|
        knows?\b|roles?\b|sql\b|answer|question|sign|task|steps?\b|work|cluster|connector|process|logs?\b|
        metric|alert|deadline|class|units?\b|score|chance|leads?\b|opening|client|customer|users?\b|pair|
        session|notes?\b|pages?\b|access|account|keys?\b|lines?\b|files?\b|tables?\b|columns?\b|rows?\b|
        fields?\b|forms?\b|lists?\b|product|batch|condition|fixed|not used\b|theory\b|uses\b|reads?\b only|
        half\b|points?\b|20\d\d\b)
        """
    ),
    re.I,
)


def lacks_work(sentence: str) -> bool:
    """Whether it concludes something against somebody on a ground that names nothing of work."""
    parts = premises.split(" ".join(sentence.split()))
    if parts is None or not _PERSON.search(sentence):
        return False
    ground, conclusion = parts
    return bool(_AGAINST.search(conclusion)) and not _WORK.search(ground)
