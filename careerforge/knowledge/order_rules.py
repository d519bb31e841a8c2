# A pattern is read best in one piece.
# ruff: noqa: E501
"""How instructions to a model are built: patterns by code. Every one is bounded, so that any text is read in
time linear in its length.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_GAP = r"[^\n]{0,60}?"

_ANSWER = (
    r"(?:answers?|responses?|repl(?:y|ies)|outputs?|completions?|summar(?:y|ies)|generated (?:text|code)|"
    r"final (?:answer|message|output)|next message)"
)
_YOURS = rf"\byour (?:\w+ ){{0,2}}{_ANSWER}\b"
_INSTRUCTIONS = (
    r"(?:instructions?|prompts?|directions?|directives?|guidelines?|rules?|orders?|commands?|constraints?|"
    r"programming|training|context|conversation|messages?|restrictions?|policies|safeguards?|filters?)"
)
_EARLIER = (
    r"(?:all|any|every|the|your|my|these|those|of|previous(?:ly)?|prior|earlier|above|preceding|foregoing|former|"
    r"original|initial|existing|current|system|other|given|safety|content|open ?ai'?s?)"
)
_EARLIER_ONES = (
    r"(?:previous(?:ly)?|prior|earlier|above|preceding|foregoing|former|original|initial|system|"
    r"(?:all|every|any) (?:of )?(?:the|your|other)|your)"
)
_DISREGARD = (
    r"(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|ing)|bypass(?:ing)?|neglect(?:ing)?|"
    r"discard(?:ing)?|do not (?:follow|obey)|don'?t (?:follow|obey)|stop (?:following|obeying)|dismiss|erase|drop)"
)
# What can only be a machine, and what people may be called as well.
_MODEL = (
    r"(?:(?:ai|artificial intelligence|digital|virtual|language|chat) ?-?(?:assistants?|models?|agents?|systems?|bots?)|"
    r"(?:large )?language models?|llms?|chat ?-?bots?|chat ?gpt|gpt-?\d?|ais?|helpful assistants?|"
    r"recruiting systems?|screening (?:systems?|tools?|software)|(?:automatic )?summari[sz]ers?)"
)
_BARE = r"(?:assistants?|bots?|models?|copilots?)"
_MUST = r"(?:must|should|shall|has to|have to|need to|needs to|are to|is to|will|may only)"

# Where an order begins.
_IMPERATIVE = r"(?:^|[.;:,!?\"'“‘(>*\-–—] ?|\b(?:please|and|must|should|then|to|also|now|just|you) )"


@dataclass(frozen=True)
class Rule:
    """Patterns of one code. ``needs``: of each set of word beginnings (four letters) a sentence must have one."""

    code: str
    needs: tuple[frozenset[str], ...]
    patterns: tuple[re.Pattern[str], ...]


def _rule(code: str, needs: Sequence[str], *patterns: str) -> Rule:
    stems = tuple(frozenset(words.split()) for words in needs)
    return Rule(code, stems, tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns))


RULES: tuple[Rule, ...] = (
    # “Ignore all previous instructions”, “disregard everything above”, in the languages of Europe.
    _rule(
        "override",
        (
            "igno disr forg over bypa negl disc foll obey stop dism eras drop do don",
            "inst prom dire guid rule orde comm cons prog trai cont conv mess rest poli safe filt ever anyt all what text docu abov befo prev prio earl",
        ),
        rf"\b{_DISREGARD} (?:{_EARLIER} ){{0,5}}{_EARLIER_ONES} (?:\w+ ){{0,3}}{_INSTRUCTIONS}\b",
        rf"\b{_DISREGARD} (?:all |any |every ){_INSTRUCTIONS}\b",
        rf"\b{_DISREGARD} (?:everything|anything|all|what|the (?:text|content|document|rest)|whatever)"
        r" (?:that |you |was |is |were |has |have |been |i |we |told |said |written |learned |stated |of the )*"
        r"(?:above|before|previously|earlier|so far|up to (?:now|this point)|prior|told|else)",
    ),
    _rule(
        "override",
        (
            "igno miss verg oubl olvi esqu desc dime zign pomi zapo nege игно прои забу",
            "anwe anor inst vorg rege consi cons règl dire regl regr rego istr indi pole zasa regu reguł aanw opdr инст указ прав",
        ),
        rf"\b(?:ignor\w+|missacht\w+|vergiss|vergessen)\b{_GAP}\b(?:anweisung|anordnung|instruktion|vorgabe|regel)\w*",
        rf"\b(?:ignor\w+|oubli\w+)\b{_GAP}\b(?:instructions?|consignes?|règles?|directives?) (?:précédent|antérieur|ci-dessus|initial|d'éval|du syst)\w*",
        rf"\b(?:ignor\w+|olvid\w+|esquec\w+|descart\w+|dimentic\w+)\b{_GAP}\b(?:instruccion\w*|instruç\w+|istruzion\w+|reglas?|regras?|regole|indicac\w+)",
        rf"\b(?:z?ignoruj\w*|zapomnij|pomiń)\b{_GAP}\b(?:instrukc\w+|polece\w+|zasad\w*|reguł\w*)",
        rf"\b(?:negeer|vergeet)\b{_GAP}\b(?:instructies|aanwijzingen|regels|opdrachten)\b",
        r"(?:игнорируй|проигнорируй|забудь)\w*[^\n]{0,40}(?:инструкц|указани|правил)",
    ),
    _rule(
        "override",
        (
            "inst over",
        ),
        r"\b(?:new|updated|real|actual|true) (?:\w+ )?instructions?\s?(?:for (?:you|the)[^\n:]{0,40})?:",
        rf"\b(?:administrator|admin|system|developer|security) override\b{_GAP}[:!]",
    ),
    # “You are now …”, “from now on …”: a role, and something that makes it a model's.
    _rule(
        "role",
        (
            "from",
        ),
        rf"\bfrom (?:now|this (?:point|moment)) on(?:wards?)?,?{_GAP}\byou(?:r|'re|'ll)?\b",
    ),
    _rule(
        "role",
        (
            "you",
            "now",
        ),
        r"\byou (?:are|will be|'re) now (?:in |going to |an? |the |acting |playing |free|dan\b|my |chat|stan\b|able|unrestricted|unfiltered)",
    ),
    _rule(
        "role",
        (
            "act pret role beha resp answ repl spea talk writ simu",
            "ai ais arti digi virt lang chat larg llm llms gpt assi bot bots copi agen mode recr scre summ auto dan no unfi unce with jail",
        ),
        rf"\b(?:act|pretend|roleplay|role-play|behave|respond|answer|reply|speak|talk|write|simulate)\b (?:\w+ ){{0,2}}(?:as|like|to be|you are|you're)\b[^\n]{{0,40}}?\b(?:{_MODEL}|dan|no (?:limits|rules|restrictions|filter)|unfiltered|uncensored|without (?:any )?(?:limits|restrictions|rules|filters?)|jailbroken)\b",
    ),
    _rule(
        "role",
        (
            "stay rema keep brea brok",
            "char",
        ),
        r"\b(?:stay|remain|stays|keep|break|breaking|breaks|broken) (?:in |out of |acting in )?character\b",
    ),
    _rule(
        "role",
        (
            "anyt deve jail dan god main debu",
        ),
        r"\b(?:do anything now|developer mode|jail ?break(?:ed|ing)?|dan mode|god mode|maintenance mode|debug mode) ?(?:enabled|activated|on|output|is|and|with|,|\.|\)|:)",
    ),
    _rule(
        "role",
        (
            "you your",
            "act pret resp answ repl role play beha simu impe gene outp refu",
        ),
        r"\b(?:(?:i want you to|i need you to|i'd like you to|you are going to|your task is to|your job is to) (?:only |always |now |then |never )*(?:act|pretend|respond|answer|reply|roleplay|role-play|play|behave|simulate|impersonate|generate|output|refuse)|you (?:will|must|shall) (?:only |always |now |then |never )*(?:pretend|respond|reply|roleplay|role-play|simulate|impersonate|output|refuse))\b",
    ),
    _rule(
        "role",
        (
            "refu decl reje",
            "neve not n t can cann don",
        ),
        r"\b(?:never|not|n't|cannot) (?:refuse|decline|reject) (?:any|to answer|to respond|a |the |my |an |user)",
    ),
    _rule(
        "role",
        (
            "you",
            "ai ais arti digi virt lang chat larg llm llms gpt assi bot bots copi agen mode recr scre summ auto dan",
        ),
        rf"\byou are (?:an? |the |my )?(?:\w+[ -]){{0,4}}(?:{_MODEL}|dan)\b",
    ),
    _rule(
        "role",
        (
            "ethi mora lega cont open safe",
            "guid rest cons limi poli filt prin boun",
        ),
        r"\b(?:without|no|free (?:of|from)|ignoring|bypass(?:es|ing)?) (?:\w+ ){0,3}(?:ethical|moral|legal|content|openai|safety)(?: \w+){0,4} (?:guidelines?|restrictions?|constraints?|limitations?|polic(?:y|ies)|filters?|principles|boundaries)\b",
    ),
    _rule(
        "role",
        (
            "open anth goog",
            "poli guid rule rest cont",
        ),
        r"\b(?:open ?ai'?s?|anthropic'?s?|google'?s?)\b (?:\w+ ){0,2}(?:polic(?:y|ies)|guidelines?|rules|restrictions|content)\b",
    ),
    # “In your answer …”: who reads a document gives no answer to it.
    _rule(
        "answer",
        (
            "your",
            "answ resp repl outp comp summ gene fina next",
        ),
        rf"\b(?:in|into|to|of|with|within|throughout|from|for|at the (?:end|start|beginning) of|as part of|alongside|through) {_YOURS[2:]}",
        rf"\b(?:modify|change|rewrite|augment|enhance|extend|supplement|expand|introduce|add|misspell|anagram|end|begin|start|finish|conclude|precede|prefix|encode|translate|alter|adjust|format|write|provide|give|present|deliver|compose|limit|structure|craft|shape|phrase|scramble|jumble|reverse|shuffle|disguise|make|keep|express|convert|produce|infuse|embed|tailor|reorder|replace|encrypt|turn|spell|use|enrich|return|fill|render|send|put|convey)\b (?:\w+ ){{0,3}}?{_YOURS[2:]}",
    ),
    _rule(
        "answer",
        (
            "resp answ repl outp",
            "with usin in by as",
        ),
        r"\b(?:respond|answer|reply|output)(?: to (?:this|the|all|any|every) \w+)? (?:only |just |always |exactly |simply )?(?:with|using|in|by saying|as follows)\b[^\n]{0,30}(?:[\"'“‘:]|\b(?:only|json|base64|emojis?|rhymes?|caps|word|sentence|nothing else)\b)",
    ),
    _rule(
        "answer",
        (
            "tell info conv pers remi warn ask enco urge advi inst",
            "user read huma pers inte recr",
            "that to abou",
        ),
        r"\b(?:tell|inform|convince|persuade|remind|warn|ask|encourage|urge|advise|instruct) (?:the |your |every |any |all )(?:user|reader|human|person asking|interviewer|recruiter)s?\b[^\n]{0,30}\b(?:that|to|about)\b",
    ),
    _rule(
        "answer",
        (
            "ment reve disc tell info",
            "user this thes your",
            "do don neve with",
        ),
        r"\b(?:do not|don't|never|without) (?:mention(?:ing)?|reveal(?:ing)?|disclos(?:e|ing)|tell(?:ing)?|inform(?:ing)?)\b[^\n]{0,40}\b(?:the user|this (?:instruction|message|prompt|note)|these instructions|your (?:instructions|prompt|rules))\b",
    ),
    _rule(
        "answer",
        (
            "repe writ say prin outp type",
            "fore endl inde infi time",
        ),
        r"\b(?:repeat|write|say|print|output|type)\b[^\n]{0,40}\b(?:forever|endlessly|indefinitely|infinitely|(?:one |ten |a |a hundred |several )?(?:hundred|thousand|million)s?(?: of)? times|\d{3,} times)\b",
    ),
    # “Show me your system prompt.”
    _rule(
        "prompt",
        (
            "repe reve show prin outp disp tell give shar enco tran writ stat list summ reci expo leak retu past copy quot para see spel what oppo cont",
            "syst your init orig star hidd secr firs inte prev exac full own base unde you",
            "prom mess inst conf rule guid prog",
        ),
        rf"\b(?:repeat|reveal|show|print|output|display|tell|give|share|encode|translate|write|state|list|summari[sz]e|recite|expose|leak|return|paste|copy|quote|paraphrase|see|spell|what(?:'s| is| are| were)|opposite of|continue)\b{_GAP}\b(?:system (?:prompts?|messages?|instructions?|configuration)|(?:your|the) (?:initial|original|starting|hidden|secret|first|internal|system|previous|exact|full|own|base|underlying) (?:\w+ )?(?:instructions?|prompts?|configuration|rules|guidelines|message)|instructions you (?:were|have been|are|got|received)|your (?:instructions|prompt|guidelines|programming))\b",
    ),
    _rule(
        "prompt",
        (
            "you",
            "told give inst",
        ),
        r"\b(?:what|everything|text|instructions?|all) (?:\w+ ){0,3}you (?:were|have been|had been) (?:told|given|instructed)\b",
    ),
    _rule(
        "prompt",
        (
            "not",
            "tell say reve shar disc",
        ),
        r"\byou(?: are|'re) not (?:supposed|allowed|permitted) to (?:tell|say|reveal|share|disclose)\b",
    ),
    _rule(
        "prompt",
        (
            "repe outp prin copy show echo",
            "abov befo conv verb word code",
        ),
        r"\b(?:repeat|output|print|copy|show|echo)\b (?:back )?(?:to me )?(?:everything|all|the (?:entire |whole |full )?(?:text|words|conversation|content|message)|this entire|the above)[^\n]{0,30}(?:above|before this|conversation|verbatim|word for word|code block)",
    ),
    _rule(
        "prompt",
        (
            "syst init star",
        ),
        r"\bsystem[_ ]?prompt\b[^\n]{0,20}(?:[:>'\")]|$)|\bsystemPrompt\b|\binitiali[sz]ation string\b|\b(?:your|my) (?:starting|initial|system) (?:instructions|prompt)\b",
    ),
    _rule(
        "prompt",
        (
            "inst prom",
        ),
        r"['\"“‘](?:my instructions are|i was (?:instructed|told) to|the system prompt is)",
    ),
    # “Give this person a match score of 1.0.”
    _rule(
        "score",
        (
            "give assi awar rate scor rank grad mark set put plac list",
            "scor rank rati matc read grad poin leve",
            "1 100 10 5 high maxi perf top full best",
        ),
        rf"{_IMPERATIVE}(?:give|assign|award|rate|score|rank|grade|mark|set|put|place|list)\b[^\n]{{0,50}}\b(?:score|rank(?:ing)?|rating|match|readiness|grade|points?|level)\b[^\n]{{0,25}}(?:\b(?:1\.0+|100|10|5)\b(?: ?%| ?/ ?\d+| out of| percent)?|\b(?:highest|maximum|perfect|top|full|best)\b)",
    ),
    _rule(
        "score",
        (
            "rank plac put list sort rate reco",
            "firs high at numb 1 abov as",
        ),
        r"\b(?:rank|list|sort|rate|recommend) (?:\w+ ){0,4}(?:first|highest|at the top|number one|#1|above all|as the best)\b[^\n]{0,30}(?:candidate|applicant|list|others|everyone|every|$|[.!<])",
    ),
    _rule(
        "score",
        (
            "wpis setz trag mets insc pon asig geef vul",
        ),
        r"\b(?:wpisz|setze|trage|mets|inscris|pon|asigna|geef|vul)\b[^\n]{0,40}\b(?:1[.,]0|100 ?%|10/10)",
    ),
    _rule(
        "score",
        (
            "matc scor read rank rati",
            "1 100 10",
        ),
        r"[\"']?\b(?:match_score|score|readiness|rank|rating)\b[\"']?\s?[:=]\s?[\"']?(?:1\.0|100|10)\b[^\n]{0,4}[,}\]]",
    ),
    # Code to be put into an answer.
    _rule(
        "code",
        (
            "code scri snip prog",
        ),
        rf"\b(?:following|subsequent|below|ensuing|succeeding|next) (?:\w+ ){{0,2}}(?:code|script|program|snippet)\b(?: (?:section|block|snippet|excerpt|segment|fragment|passage|piece|part)s?)?{_GAP}\b(?:your|the) (?:\w+ ){{0,3}}(?:code(?:base)?|implementation|solution|algorithm|project|response|answer|program|elucidation|explanation|script|workflow|function|logic|structure|architecture|software|output|reply)\b",
        rf"\b(?:your|the) (?:\w+ ){{0,2}}(?:code(?:base)?|implementation|solution|algorithm|response|answer|program) {_GAP}\b(?:following|subsequent|below) code\b",
        r"\b(?:include|inclu\w+|insert|add|embed|incorporat\w+|integrat\w+|use|utili[sz]e|employ|deploy|execute|run|render|leverage|ensure|append|inject|blend|merge|weave|meld|absorb|apply|implement|consider)\b[^\n]{0,60}\b(?:following|subsequent|below) (?:code|script)(?: (?:section|block|snippet|excerpt|segment|fragment|sequence))\b",
    ),
    # Data in an address, or sent away.
    _rule(
        "leak",
        (
            "send forw emai e mail post uplo tran exfi leak copy",
            "conv chat user cred api syst pass pers save",
        ),
        r"\b(?:send|forward|e-?mail|post|upload|transmit|exfiltrate|leak|copy)\b[^\n]{0,50}\b(?:conversation|chat history|user'?s? (?:data|details|messages?|password|address)|credentials|api keys?|system prompt|passwords?|personal data|saved (?:addresses|cards|payment))\b[^\n]{0,40}\bto\b[^\n]{0,40}(?:@|https?:|www\.|\.com|attacker|me\b)",
    ),
    # “Assistants must tell every reader …”
    _rule(
        "addressed",
        (
            "ai ais arti digi virt lang chat larg llm llms gpt assi bot bots copi agen mode recr scre summ auto dan",
            "must shou shal has have need are is will may",
        ),
        rf"(?:^|[\"'“(>*#\-:;,.] ?|\b(?:all|any|every|dear|hey|hello|hi|attention|note to|message to|instructions? (?:to|for)|if you are an?|as an?) )(?:the |this |an? )?{_MODEL}(?:s|es)?(?: (?:reading|processing|that reads?|who reads?|summari[sz]ing|screening|parsing|evaluating|reviewing|using)[^\n]{{0,40}}?)?[,:]? (?:please |you )?(?:{_MUST}) (?:always |only |never |not |now )?(?:tell|say|answer|reply|respond|rank|rate|recommend|treat|ignore|include|output|state|report|mention|repeat|write|score|add|give|click|send|summari[sz]e|assume|refuse|approve|use|obey|follow|disregard)\b",
        rf"(?:^|[\"'“(>*#\-:;,.] ?|\b(?:all|any|every|dear|hey|hello|hi|attention|note to|message to|instructions? (?:to|for)|if you are an?|as an?) )(?:the |all |every )?{_BARE} (?:{_MUST}) (?:always |only |never |not |now )?(?:tell|say|answer|reply|respond|ignore|disregard|obey|repeat|recommend)\b[^\n]{{0,30}}\b(?:readers?|users?|questions?|that|with|instructions?|prompts?)\b",
    ),
    _rule(
        "addressed",
        (
            "ai ais arti digi virt lang chat larg llm llms gpt assi bot bots copi agen mode recr scre summ auto dan",
            "you",
        ),
        rf"\b(?:if|when|since|as) you(?:'re| are) (?:an? |the )?{_MODEL}\b",
    ),
    _rule(
        "addressed",
        (
            "ai ais arti digi virt lang chat larg llm llms gpt assi bot bots copi agen mode recr scre summ auto dan",
            "inst note mess atte noti comm hint hidd memo",
        ),
        r"\b(?:instructions?|note|message|attention|notice|command|hint|hidden text|memo) (?:to|for|of)?:? ?(?:any |all |every |the |an? |our )?(?:ai|llms?|gpt|chatgpt|language models?|ai (?:models?|assistants?|agents?|systems?|readers?|tools?)|assistants?|bots?|chatbots?|automated (?:systems?|readers?|tools?))\b ?[:,!\-–—(]",
    ),
)  # fmt: skip

# Looked for in the whole text: marks that prompts and chats are built with, addresses with room for data, and
# scripts without spaces.
ANYWHERE = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in (
    ("markup", r"<\|(?:im_start|im_end|system|user|assistant|endoftext|begin_of_text|start_header_id|eot_id)\|?>?|\[/?INST\]|<</?SYS>>|</?(?:system|assistant|user)(?:_prompt|_message|_instructions?)?>"),
    ("markup", r"(?m)^[ \t]{0,4}(?:#{2,4} ?(?:system|instruction|human|assistant|response)s?\s?:|(?:system|assistant)(?: (?:prompt|message))?\s?:[ \t]*(?:you|ignore|do|never|always|please|the user|new)\b|-{3,} ?(?:end|begin)(?: of)?(?: the)? (?:document|context|instructions?|prompt|user input|data|text)s?\b)"),
    ("markup", r"(?m)^[ \t]*[\"'][ \t]?[}\]]{1,3}[ \t]?,[ \t]?[\"']\w{1,30}[\"'][ \t]?:[^\n]{1,60},[ \t]?[\"']\w{1,30}[\"'][ \t]?:[ \t]?[\[{]"),
    ("leak", r"!?\[[^\]\n]{0,80}\]\(\s?(?:https?:)?//[^)\s]{1,200}[?&/#=](?:[^)\s]{0,80})(?:\{[^}\s]{1,60}\}|\[[A-Za-z_ ]{2,40}\]|<[A-Za-z_ ]{2,40}>|%7[bB])"),
    ("leak", r"\bhttps?://[^\s)?]{1,120}[?&=](?:[^\s)]{0,60})(?:\{[A-Za-z_ ]{2,60}\}|\{\{|\$\{|%s|<[A-Za-z_ ]{3,40}>)"),
))  # fmt: skip
UNSPACED = tuple(re.compile(pattern) for pattern in (
    r"(?:忽略|无视|忘记)[^\n]{0,20}(?:指令|指示|规则|提示|说明)",
    r"(?:以前|上記|これまで)[^\n]{0,20}(?:指示|命令|ルール)[^\n]{0,10}(?:無視|忘れ)",
))  # fmt: skip
